// SPDX-License-Identifier: GPL-2.0-only
/* Uses of macros that are kept: MACRO nodes, and CALLs of macros that stand for a function. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "parse/lower.h"
#include "parse/macro_args.h"

/* What stands for an argument that is a type, a name or a string: its text. */
static uint32_t text_node(struct tu *tu, CXCursor c, const struct args *a, size_t i)
{
	uint32_t n = new_node(tu, NODE_STRING, c);
	struct node *node = node_at(tu, n);

	free(node->type);
	node->type = NULL;
	node->ctype = (struct ctype){ .kind = CTYPE_NONE };
	node->elem = 0;
	node->name = xstrndup(a->text + a->items[i].start, a->items[i].end - a->items[i].start);
	return n;
}

/* The largest pieces that stand inside an argument: for what is only logged. */
struct pieces {
	struct tu *tu;
	const struct args *a;
	const struct arg *arg;
	uint32_t parent, last;
	unsigned seen;
};

static enum CXChildVisitResult collect_pieces(CXCursor c, CXCursor parent, CXClientData data)
{
	struct pieces *p = data;
	CXSourceRange range = clang_getCursorExtent(c);
	unsigned start, end;
	CXFile file;

	(void)parent;
	clang_getFileLocation(clang_getRangeStart(range), &file, NULL, NULL, &start);
	clang_getFileLocation(clang_getRangeEnd(range), NULL, NULL, NULL, &end);
	if (!file || !clang_File_isEqual(file, p->a->use->file) || start < p->arg->start ||
	    end > p->arg->end || !clang_isExpression(clang_getCursorKind(c)))
		return CXChildVisit_Recurse;
	/* The second time that the macro uses its argument. */
	if (start >= p->seen) {
		append(p->tu, p->parent, &p->last, lower(p->tu, c));
		p->seen = end;
	}
	return CXChildVisit_Continue;
}

static uint32_t opaque_macro(struct tu *tu, CXCursor c, const struct origin *use)
{
	struct pieces p = { .tu = tu };
	struct args a;
	size_t i;

	p.parent = new_node(tu, NODE_MACRO, c);
	node_at(tu, p.parent)->name = xstrdup(use->macro);
	if (!macro_args_find(tu, c, use, true, &a))
		return p.parent;
	for (i = 0; i < a.nr; i++) {
		p.a = &a;
		p.arg = &a.items[i];
		p.seen = 0;
		if (!clang_Cursor_isNull(a.items[i].c))
			append(tu, p.parent, &p.last, lower(tu, a.items[i].c));
		else if (macro_arg_has_effects(&a, i))
			clang_visitChildren(c, collect_pieces, &p);
		else if (macro_arg_is_plain(&a, i))
			append(tu, p.parent, &p.last, text_node(tu, c, &a, i));
		else
			append(tu, p.parent, &p.last, unknown_node(tu, c, "argument of a macro"));
	}
	return p.parent;
}

static enum CXChildVisitResult find_log_call(CXCursor c, CXCursor parent, CXClientData data)
{
	CXCursor *found = data;

	(void)parent;
	if (clang_getCursorKind(c) != CXCursor_CallExpr ||
	    !clang_isFunctionTypeVariadic(clang_getCursorType(clang_getCursorReferenced(c))))
		return CXChildVisit_Recurse;
	*found = c;
	return CXChildVisit_Break;
}

/* `&descriptor`, the macro's own static variable. */
static bool is_own_variable(CXCursor c)
{
	CXCursor inner = c;

	while (clang_getCursorKind(inner) == CXCursor_UnexposedExpr ||
	       clang_getCursorKind(inner) == CXCursor_UnaryOperator)
		inner = first_child_of(inner);
	return clang_getCursorKind(inner) == CXCursor_DeclRefExpr &&
	       clang_Cursor_getStorageClass(clang_getCursorReferenced(inner)) == CX_SC_Static &&
	       clang_getCursorKind(clang_getCursorSemanticParent(
		       clang_getCursorReferenced(inner))) == CXCursor_FunctionDecl;
}

/*
 * What printk() and its like become inside a driver's own macro: metadata, tests, and one call of a
 * function with a format.
 */
static uint32_t inner_log(struct tu *tu, CXCursor c, const char *name)
{
	CXCursor call = clang_getNullCursor();
	struct children ch;
	uint32_t n, last = 0;
	size_t i;

	clang_visitChildren(c, find_log_call, &call);
	if (clang_Cursor_isNull(call))
		return 0;
	n = new_node(tu, NODE_MACRO, c);
	node_at(tu, n)->name = xstrdup(name);
	children_of(call, &ch);
	for (i = 1; i < ch.list.nr; i++)
		if (!is_own_variable(ch.list.items[i]))
			append(tu, n, &last, lower(tu, ch.list.items[i]));
	vec_free(&ch.list);
	return n;
}

/* The CALL and its callee; the arguments are the caller's to append. */
static uint32_t call_node(struct tu *tu, CXCursor c, const char *name, uint32_t *last)
{
	uint32_t n = new_node(tu, NODE_CALL, c), callee = new_node(tu, NODE_REF, c);
	struct node *node = node_at(tu, callee);
	CXFile file;

	clang_getSpellingLocation(clang_getRangeStart(clang_getCursorExtent(c)), &file, NULL, NULL,
				  NULL);
	node->name = xstrdup(name);
	node->ref = REF_FUNCTION;
	node->ctype = (struct ctype){ .kind = CTYPE_FUNCTION };
	node->elem = 0;
	free(node->type);
	node->type = NULL;
	node->file = file_path(tu, file);
	node = node_at(tu, n);
	node->name = xstrdup(name);
	node->file = file_path(tu, file);
	if (!clang_isExpression(clang_getCursorKind(c)))
		node->ctype = (struct ctype){ .kind = CTYPE_VOID };
	append(tu, n, last, callee);
	return n;
}

static uint32_t address_of(struct tu *tu, CXCursor c)
{
	CXTargetInfo target = clang_getTranslationUnitTargetInfo(tu->unit);
	uint32_t n = new_node(tu, NODE_UNARY, c), last = 0;
	struct node *node = node_at(tu, n);
	long long size = tu_sizeof(clang_getCursorType(c));

	free(node->type);
	node->type = NULL;
	node->op = xstrdup("&");
	node->ctype = (struct ctype){ .kind = CTYPE_POINTER,
				      .bits = (uint8_t)clang_TargetInfo_getPointerWidth(target) };
	node->elem = size > 0 ? (uint32_t)size : 0;
	clang_TargetInfo_dispose(target);
	append(tu, n, &last, lower(tu, c));
	return n;
}

static uint32_t call_macro(struct tu *tu, CXCursor c, const struct origin *use,
			   const struct macro_call *m)
{
	uint32_t n, last = 0;
	struct args a;
	size_t i;

	if ((use->end <= use->name_end) != m->object || !macro_args_find(tu, c, use, false, &a))
		return 0;
	/* What else a read has is a check, and may be gone with lockdep. */
	if (m->kind == MACRO_READ)
		return a.nr ? lower(tu, a.items[0].c) : 0;
	/* An argument that was not found may do something: the expansion says what. */
	for (i = 0; i < a.nr; i++)
		if (clang_Cursor_isNull(a.items[i].c) && !(i < 32 && (m->types >> i & 1)) &&
		    (macro_arg_has_effects(&a, i) || m->kind != MACRO_CALL))
			return 0;
	if (m->kind == MACRO_WRITE) {
		if (a.nr != 2)
			return 0;
		n = new_node(tu, NODE_ASSIGN, c);
		free(node_at(tu, n)->type);
		set_type(node_at(tu, n), clang_getCursorType(a.items[0].c));
		node_at(tu, n)->op = xstrdup("=");
		append(tu, n, &last, lower(tu, a.items[0].c));
		append(tu, n, &last, lower_as(tu, a.items[1].c, clang_getCursorType(a.items[0].c)));
		return n;
	}
	n = call_node(tu, c, use->macro, &last);
	for (i = 0; i < a.nr; i++) {
		if (clang_Cursor_isNull(a.items[i].c) || (i < 32 && (m->types >> i & 1)))
			append(tu, n, &last, text_node(tu, c, &a, i));
		else if (i < 32 && (m->writes >> i & 1))
			append(tu, n, &last, address_of(tu, a.items[i].c));
		else
			append(tu, n, &last, lower(tu, a.items[i].c));
	}
	return n;
}

/*
 * A call macro inside another macro's body: its body is one call whose arguments its parameters are,
 * `#define mutex_lock(lock) mutex_lock_nested(lock, 0)`.
 */
static uint32_t inner_call_macro(struct tu *tu, CXCursor c, const struct macro_body *m)
{
	struct args params = { 0 }, passed = { 0 };
	struct children ch;
	size_t i, k, open, len;
	uint32_t n = 0, last = 0;
	CXCursor found[MAX_ARGS];

	for (open = m->start; open < m->end && m->text[open] != '('; open++)
		if (!isalnum((unsigned char)m->text[open]) && m->text[open] != '_')
			return 0;
	if (m->at != m->start || open >= m->end || m->text[m->end - 1] != ')')
		return 0;
	macro_args_split(m->text, m->params, m->params_end, &params);
	macro_args_split(m->text, open + 1, m->end - 1, &passed);
	children_of(c, &ch);
	for (i = 0; i < params.nr; i++) {
		len = params.items[i].end - params.items[i].start;
		for (k = 0; k < passed.nr; k++)
			if (passed.items[k].end - passed.items[k].start == len &&
			    !strncmp(m->text + passed.items[k].start,
				     m->text + params.items[i].start, len))
				break;
		if (k == passed.nr || k + 1 >= ch.list.nr)
			break;
		found[i] = ch.list.items[k + 1];
	}
	if (i == params.nr && ch.list.nr == passed.nr + 1) {
		n = call_node(tu, c, m->name, &last);
		for (i = 0; i < params.nr; i++)
			append(tu, n, &last, lower(tu, found[i]));
	}
	vec_free(&ch.list);
	return n;
}

uint32_t lower_macro(struct tu *tu, CXCursor c, const struct origin *use, bool whole)
{
	enum CXCursorKind kind = clang_getCursorKind(c);
	const struct macro_call *call;
	struct macro_body m;
	uint32_t n = 0;

	if (use->macro && macro_is_opaque(use->macro) && !strlist_has(&tu->own_macros, use->macro))
		return opaque_macro(tu, c, use);
	call = use->macro && whole ? macro_call_find(use->macro) : NULL;
	if (call && !strlist_has(&tu->own_macros, use->macro))
		n = call_macro(tu, c, use, call);
	if (n ||
	    (kind != CXCursor_CallExpr && kind != CXCursor_DoStmt && kind != CXCursor_StmtExpr) ||
	    !macro_body_of(tu, c, &m))
		return n;
	call = strlist_has(&tu->own_macros, m.name) ? NULL : macro_call_find(m.name);
	if (kind != CXCursor_CallExpr)
		n = m.at == m.start && macro_is_log(m.name) ? inner_log(tu, c, m.name) : 0;
	else if (call && call->kind == MACRO_CALL && !call->types && !call->writes &&
		 m.params_end > m.params)
		n = inner_call_macro(tu, c, &m);
	free(m.name);
	return n;
}
