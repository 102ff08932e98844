// SPDX-License-Identifier: GPL-2.0-only
/*
 * To whom a function hands a vma.  By types and not by values, so that a way on is never missing,
 * however many paths the function has: every function of the same file that it calls or names,
 * every other one that gets a vma, every field of a pointer to a function with a vma parameter that
 * is read for more than a test.
 */
#include <stdlib.h>
#include <string.h>

#include "parse/clang.h"

enum { MAX_DEPTH = 1000, MAX_FUNCTIONS = 4000 };

struct vma_calls {
	struct tu *tu;
	VEC(CXCursor) functions;	/* read, or to be read */
	/* Of the function that is being read: */
	char *name, *file;
	size_t first;			/* its first call in tu->u->calls */
	bool has_vma;			/* it has a vma parameter or passes a vma on */
	VEC(CXCursor) fields;		/* references to fields; recorded if has_vma */
	unsigned depth;
};

/* How the value of an expression is used. */
enum role { ROLE_VALUE, ROLE_TEST, ROLE_TARGET, ROLE_CALLEE, ROLE_CALLEE_VMA };

static bool is_vma(CXType type)
{
	CXType t = clang_getCanonicalType(type);
	char *tag;
	bool is;

	if (t.kind != CXType_Pointer)
		return false;
	tag = tag_of(clang_getPointeeType(t));
	is = tag && !strcmp(tag, "vm_area_struct");
	free(tag);
	return is;
}

/* A function, or a pointer to one (or an array of such), with a vma parameter? */
static bool takes_vma(CXType type)
{
	CXType t = clang_getCanonicalType(type);
	int i, nr;

	while (t.kind == CXType_Pointer || t.kind == CXType_ConstantArray || t.kind == CXType_IncompleteArray)
		t = clang_getCanonicalType(t.kind == CXType_Pointer ? clang_getPointeeType(t)
								    : clang_getArrayElementType(t));
	if (t.kind != CXType_FunctionProto)
		return false;
	nr = clang_getNumArgTypes(t);
	for (i = 0; i < nr; i++)
		if (is_vma(clang_getArgType(t, (unsigned)i)))
			return true;
	return false;
}

/* Through casts and parentheses. */
static CXCursor bare(CXCursor c)
{
	enum CXCursorKind kind;
	struct children ch;

	for (;;) {
		kind = clang_getCursorKind(c);
		if (kind != CXCursor_UnexposedExpr && kind != CXCursor_ParenExpr && kind != CXCursor_CStyleCastExpr)
			return c;
		memset(&ch, 0, sizeof(ch));
		children_of(c, &ch);
		if (!ch.list.nr)
			return c;
		c = ch.list.items[ch.list.nr - 1];
		vec_free(&ch.list);
	}
}

static bool in_main(const struct tu *tu, CXCursor c)
{
	CXFile file;

	clang_getFileLocation(clang_getCursorLocation(c), &file, NULL, NULL, NULL);
	return file && tu->main && clang_File_isEqual(file, tu->main);
}

static unsigned line_of(CXCursor c)
{
	unsigned line;

	clang_getFileLocation(clang_getCursorLocation(c), NULL, &line, NULL, NULL);
	return line;
}

/* Takes callee and callee_file over. */
static void add_call(struct vma_calls *v, CXCursor at, char *callee, char *callee_file)
{
	struct unit *u = v->tu->u;
	struct vma_call *c;
	size_t i;

	for (i = v->first; i < u->calls.nr; i++) {
		c = &u->calls.items[i];
		if (!strcmp(c->callee, callee) && !c->callee_file == !callee_file &&
		    (!callee_file || !strcmp(c->callee_file, callee_file))) {
			free(callee);
			free(callee_file);
			return;
		}
	}
	c = vec_push(&u->calls);
	c->function = xstrdup(v->name);
	c->file = xstrdup(v->file);
	c->callee = callee;
	c->callee_file = callee_file;
	c->line = line_of(at);
}

static void read_later(struct vma_calls *v, CXCursor def)
{
	CXCursor *c;

	if (v->functions.nr >= MAX_FUNCTIONS)
		return;
	vec_each(c, &v->functions)
		if (clang_equalCursors(*c, def))
			return;
	*vec_push(&v->functions) = def;
}

/* A function is called or named. */
static void function_used(struct vma_calls *v, CXCursor at, CXCursor target, bool passes_vma)
{
	CXCursor def = clang_getCursorDefinition(target);
	bool here = !clang_Cursor_isNull(def) && in_main(v->tu, def);

	if (!passes_vma && !here && !takes_vma(clang_getCursorType(target)))
		return;
	/* Functions of headers are followed where a vma leads. */
	add_call(v, at, clang_text(clang_getCursorSpelling(target)),
		 tu_path(v->tu, clang_Cursor_isNull(def) ? target : def));
	if (!clang_Cursor_isNull(def))
		read_later(v, def);
}

static void field_read(struct vma_calls *v, CXCursor at)
{
	char *tag, *name;

	if (!field_of(clang_getCursorReferenced(at), &tag, &name))
		return;
	add_call(v, at, xasprintf("%s.%s", tag, name), NULL);
	free(tag);
	free(name);
}

static bool passes_vma(CXCursor call)
{
	int i, nr = clang_Cursor_getNumArguments(call);

	for (i = 0; i < nr; i++)
		if (is_vma(clang_getCursorType(bare(clang_Cursor_getArgument(call, (unsigned)i)))))
			return true;
	return false;
}

/* The role of child i of c, when c's own value has this role. */
static enum role child_role(CXCursor c, enum CXCursorKind kind, size_t i, enum role role, bool vma)
{
	switch (kind) {
	case CXCursor_CallExpr:
		return i ? ROLE_VALUE : vma ? ROLE_CALLEE_VMA : ROLE_CALLEE;
	case CXCursor_UnexposedExpr:
	case CXCursor_ParenExpr:
	case CXCursor_CStyleCastExpr:
		return role;
	case CXCursor_IfStmt:
	case CXCursor_WhileStmt:
	case CXCursor_ConditionalOperator:
		return i ? ROLE_VALUE : ROLE_TEST;
	case CXCursor_UnaryOperator:
		return clang_getCursorUnaryOperatorKind(c) == CXUnaryOperator_LNot ? ROLE_TEST : role;
	case CXCursor_BinaryOperator:
		switch (clang_getCursorBinaryOperatorKind(c)) {
		case CXBinaryOperator_Assign:
			return i ? ROLE_VALUE : ROLE_TARGET;
		case CXBinaryOperator_LAnd:
		case CXBinaryOperator_LOr:
		case CXBinaryOperator_EQ:
		case CXBinaryOperator_NE:
			return ROLE_TEST;
		default:
			return ROLE_VALUE;
		}
	default:
		return ROLE_VALUE;
	}
}

static void walk(struct vma_calls *v, CXCursor c, enum role role)
{
	enum CXCursorKind kind = clang_getCursorKind(c);
	struct children ch = { 0 };
	bool vma = false;
	CXCursor target;
	size_t i;

	if (v->depth > MAX_DEPTH)
		return;
	if (kind == CXCursor_CallExpr) {
		vma = passes_vma(c);
		v->has_vma |= vma;
		target = clang_getCursorReferenced(c);
		if (clang_getCursorKind(target) == CXCursor_FunctionDecl)
			function_used(v, c, target, vma);
	} else if (kind == CXCursor_DeclRefExpr) {
		target = clang_getCursorReferenced(c);
		if (clang_getCursorKind(target) == CXCursor_FunctionDecl)
			function_used(v, c, target, role == ROLE_CALLEE_VMA);
	} else if (kind == CXCursor_MemberRefExpr) {
		if (role == ROLE_CALLEE_VMA)
			field_read(v, c);
		else if (role != ROLE_TARGET && role != ROLE_TEST && takes_vma(clang_getCursorType(c)))
			*vec_push(&v->fields) = c;
	}
	children_of(c, &ch);
	v->depth++;
	for (i = 0; i < ch.list.nr; i++)
		walk(v, ch.list.items[i], child_role(c, kind, i, role, vma));
	v->depth--;
	vec_free(&ch.list);
}

static void read_function(struct vma_calls *v, CXCursor function)
{
	CXCursor *c;

	v->name = clang_text(clang_getCursorSpelling(function));
	v->file = tu_path(v->tu, function);
	v->first = v->tu->u->calls.nr;
	v->has_vma = takes_vma(clang_getCursorType(function));
	if (v->file) {
		walk(v, function, ROLE_VALUE);
		vec_each(c, &v->fields)
			if (v->has_vma)
				field_read(v, *c);
	}
	vec_free(&v->fields);
	free(v->name);
	free(v->file);
}

struct vma_calls *vma_calls_new(struct tu *tu)
{
	struct vma_calls *v = xcalloc(1, sizeof(*v));

	v->tu = tu;
	return v;
}

void vma_calls_of(struct vma_calls *v, CXCursor function)
{
	size_t i = v->functions.nr;

	read_later(v, function);
	/* The list grows while this loop runs: what the functions call follows. */
	for (; i < v->functions.nr; i++)
		read_function(v, v->functions.items[i]);
}

void vma_calls_free(struct vma_calls *v)
{
	vec_free(&v->functions);
	free(v);
}
