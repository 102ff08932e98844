// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the variables that bodies name are initialised with: not to be read, but to tell whether two files give one
 * name the same.  A hash of libclang's print of the declaration, where macros are expanded, with the numbers that it
 * prints by a name.
 */
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "parse/clang.h"

struct naming { struct tu *tu; struct strbuf *text; struct strlist *names; bool all; };

static bool is_number(CXCursor c, bool all)
{
	enum CXCursorKind kind = clang_getCursorKind(c);

	/* sizeof(); offsetof() is no kind of its own. */
	return kind == CXCursor_UnaryExpr || (all && kind == CXCursor_UnexposedExpr);
}

static enum CXChildVisitResult visit(CXCursor c, CXCursor parent, CXClientData data)
{
	struct naming *n = data;
	CXCursor target;
	int64_t value;
	char *name;

	(void)parent;
	if (is_number(c, n->all) && tu_evaluate(n->tu, c, &value))
		strbuf_addf(n->text, " %lld", (long long)value);
	if (clang_getCursorKind(c) != CXCursor_DeclRefExpr)
		return CXChildVisit_Recurse;
	target = clang_getCursorReferenced(c);
	if (clang_getCursorKind(target) == CXCursor_EnumConstantDecl) {
		strbuf_addf(n->text, " %lld", clang_getEnumConstantDeclValue(target));
	} else if (clang_getCursorKind(target) == CXCursor_VarDecl) {
		name = clang_text(clang_getCursorSpelling(target));
		strlist_add_once(n->names, name);
		free(name);
		initials_note(n->tu, target);
	}
	return CXChildVisit_Continue;
}

/* A table of callbacks, by its type's name. */
static bool is_table(CXType type)
{
	CXType t = clang_getCanonicalType(type);
	char *tag;
	bool is;

	while (t.kind == CXType_ConstantArray || t.kind == CXType_IncompleteArray)
		t = clang_getCanonicalType(clang_getArrayElementType(t));
	tag = tag_of(t);
	is = tag && (str_ends(tag, "operations") || str_ends(tag, "operations_struct") || str_ends(tag, "_ops"));
	free(tag);
	return is;
}

static char *hash_of(const struct strbuf *text)
{
	XXH128_hash_t h = XXH3_128bits(text->s, text->len);

	return xasprintf("%016llx%016llx", (unsigned long long)h.high64, (unsigned long long)h.low64);
}

/* The one of that name, added with that hash if it is new. */
static struct initial *initial_of(struct unit *u, const char *name, const char *hash)
{
	struct initial *k;

	vec_each(k, &u->initials)
		if (!strcmp(k->name, name)) {
			if (strcmp(k->hash, hash)) {
				free(k->hash);
				k->hash = xstrdup(INITIAL_OF_MANY);
			}
			return k;
		}
	k = vec_push(&u->initials);
	k->name = xstrdup(name);
	k->hash = xstrdup(hash);
	return k;
}

static bool was_noted(struct tu *tu, CXCursor variable)
{
	CXCursor *c;

	vec_each(c, &tu->noted)
		if (clang_equalCursors(*c, variable))
			return true;
	*vec_push(&tu->noted) = variable;
	return false;
}

void initials_note(struct tu *tu, CXCursor variable)
{
	CXCursor def = clang_getCursorDefinition(variable);
	struct strbuf text = { 0 };
	struct strlist names = { 0 };
	struct naming n = { tu, &text, &names, false };
	char *name, *hash, *printed;
	struct initial *k;
	size_t i;

	/* `static int n;` may be followed by another declaration, and is none of libclang's definitions. */
	if (clang_Cursor_isNull(def))
		def = clang_Cursor_getStorageClass(variable) == CX_SC_Extern ? def : variable;
	if (clang_getCursorKind(def) != CXCursor_VarDecl || was_noted(tu, def))
		return;
	printed = clang_Cursor_isNull(clang_Cursor_getVarDeclInitializer(def)) ? xstrdup("0") : declaration_text(def);
	n.all = strstr(printed, "__builtin_") != NULL;
	strbuf_adds(&text, printed);
	clang_visitChildren(def, visit, &n);
	name = clang_text(clang_getCursorSpelling(def));
	hash = hash_of(&text);
	k = initial_of(tu->u, name, hash);
	k->is_table = is_table(clang_getCursorType(def));
	for (i = 0; i < names.nr; i++)
		strlist_add_once(&k->names, names.items[i]);
	strlist_free(&names);
	strbuf_free(&text);
	free(printed);
	free(hash);
	free(name);
}
