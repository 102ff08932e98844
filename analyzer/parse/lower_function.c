// SPDX-License-Identifier: GPL-2.0-only
/* A function definition as a record of the unit: name, parameters, lowered body. */
#include <stdlib.h>
#include <string.h>

#include "parse/lower.h"

static enum CXChildVisitResult find_body(CXCursor c, CXCursor parent, CXClientData data)
{
	(void)parent;
	if (clang_getCursorKind(c) != CXCursor_CompoundStmt)
		return CXChildVisit_Continue;
	*(CXCursor *)data = c;
	return CXChildVisit_Break;
}

void drop_last_function(struct tu *tu, size_t nr_nodes)
{
	struct unit *u = tu->u;
	struct unit rest = { 0 };

	while (u->nr_nodes > nr_nodes) {
		node_free(&u->nodes[--u->nr_nodes]);
	}
	*vec_push(&rest.functions) = u->functions.items[--u->functions.nr];
	unit_free(&rest);
}

/* A statement that does not compile can be gone without a trace. */
static bool is_damaged(const struct tu *tu, CXCursor function)
{
	CXSourceRange range = clang_getCursorExtent(function);
	const struct place *p;
	unsigned start, end;
	CXFile file;

	clang_getFileLocation(clang_getRangeStart(range), &file, NULL, NULL, &start);
	clang_getFileLocation(clang_getRangeEnd(range), NULL, NULL, NULL, &end);
	vec_each(p, &tu->damage)
		if (p->file && file && clang_File_isEqual(p->file, file) && p->offset >= start && p->offset <= end)
			return true;
	return false;
}

static uint32_t lower_body(struct tu *tu, CXCursor function, CXCursor body)
{
	uint32_t n, last = 0;

	if (!is_damaged(tu, function))
		return lower(tu, body);
	n = new_node(tu, NODE_BLOCK, body);
	append(tu, n, &last, unknown_node(tu, body, "code that does not compile"));
	append(tu, n, &last, lower(tu, body));
	return n;
}

bool lower_function(struct tu *tu, CXCursor function)
{
	char *name = clang_text(clang_getCursorSpelling(function));
	CXCursor body = clang_getNullCursor(), param;
	struct function *f;
	uint32_t root = 0;
	size_t at;
	int i, nr;

	if (unit_function(tu->u, name)) {
		free(name);
		return false;
	}
	f = vec_push(&tu->u->functions);
	at = tu->u->functions.nr - 1;
	f->name = name;
	f->file = tu_path(tu, function);
	if (!f->file)
		f->file = xstrdup("");
	clang_getFileLocation(clang_getCursorLocation(function), NULL, &f->line, NULL, NULL);
	clang_getFileLocation(clang_getRangeEnd(clang_getCursorExtent(function)), NULL, &f->last_line, NULL, NULL);
	f->is_static = clang_Cursor_getStorageClass(function) == CX_SC_Static;
	f->result = ctype_of(clang_getResultType(clang_getCursorType(function)));
	nr = clang_Cursor_getNumArguments(function);
	if (nr > 0) {
		f->params = xcalloc((size_t)nr, sizeof(*f->params));
		f->nr_params = (size_t)nr;
		for (i = 0; i < nr; i++) {
			param = clang_Cursor_getArgument(function, (unsigned)i);
			f->params[i].name = clang_text(clang_getCursorSpelling(param));
			f->params[i].type = clang_text(clang_getTypeSpelling(
				clang_getCanonicalType(clang_getCursorType(param))));
			f->params[i].ctype = ctype_of(clang_getCursorType(param));
		}
	}
	clang_visitChildren(function, find_body, &body);
	tu->function = function;
	if (!clang_Cursor_isNull(body))
		root = lower_body(tu, function, body);
	free(tu->pretty);
	tu->pretty = NULL;
	tu->u->functions.items[at].body = root;
	return true;
}
