// SPDX-License-Identifier: GPL-2.0-only
/* Where the compiler sees a field of a struct being given a handler, or such a struct being copied. */
#include <stdlib.h>
#include <string.h>

#include "parse/positions.h"

struct walk {
	struct tu *tu;
	char *table;			/* the variable being initialised, or "" */
	const char *target;		/* the variable that is being assigned, or "" */
	unsigned lists;			/* initializer lists around */
	bool array, compound;
};

static bool known_field(const struct tu *tu, CXCursor c, char **tag, char **name)
{
	return field_wanted(tu, clang_getCursorReferenced(c), tag, name);
}

/* The tag of a type if it is a struct with such a field, or NULL; owned. */
static char *known_struct(const struct tu *tu, CXType type)
{
	char *tag = tag_of(type);
	size_t i, len = tag ? strlen(tag) : 0;

	for (i = 0; tag && tu->fields && i < tu->fields->nr; i++)
		if (!strncmp(tu->fields->items[i], tag, len) && tu->fields->items[i][len] == '.')
			return tag;
	free(tag);
	return NULL;
}

static struct fops_site *new_site(struct tu *tu, CXCursor at, const char *table, const char *how)
{
	struct fops_site *s = vec_push(&tu->u->sites);
	struct origin o = origin_of(tu, at);

	s->table = xstrdup(table);
	s->target = xstrdup("");
	s->how = o.macro ? xasprintf("macro:%s", o.macro) : xstrdup(how);
	s->file = xstrdup(tu->u->file);
	s->line = o.line;
	free(o.macro);
	return s;
}

static void set_target(struct fops_site *s, char *target)
{
	free(s->target);
	s->target = target;
}

/* The parts of a conditional expression. */
struct arms { CXCursor part[3]; unsigned nr; };

static enum CXChildVisitResult conditional_arms(CXCursor c, CXCursor parent, CXClientData data)
{
	struct arms *arms = data;

	(void)parent;
	if (arms->nr < 3)
		arms->part[arms->nr++] = c;
	return CXChildVisit_Continue;
}

/* Whoever calls the function says what is installed. */
static void set_setter(struct fops_site *s, CXCursor param)
{
	CXCursor function = clang_getCursorSemanticParent(param);
	int i, nr = clang_Cursor_getNumArguments(function);

	for (i = 0; i < nr; i++) {
		if (!clang_equalCursors(clang_Cursor_getArgument(function, (unsigned)i), param))
			continue;
		s->setter = clang_text(clang_getCursorSpelling(function));
		s->argument = (unsigned)i + 1;
		s->setter_is_static = clang_getCursorLinkage(function) == CXLinkage_Internal;
	}
}

static void set_value(struct tu *tu, struct fops_site *s, CXCursor value)
{
	CXCursor v = named_by(value), target, def;

	if (clang_getCursorKind(v) == CXCursor_DeclRefExpr) {
		target = clang_getCursorReferenced(v);
		if (clang_getCursorKind(target) == CXCursor_FunctionDecl) {
			s->value = clang_text(clang_getCursorSpelling(v));
			def = clang_getCursorDefinition(target);
			s->def_file = tu_path(tu, clang_Cursor_isNull(def) ? target : def);
			if (!clang_Cursor_isNull(def))
				*vec_push(&tu->installed) = def;
			return;
		}
		if (clang_getCursorKind(target) == CXCursor_ParmDecl)
			set_setter(s, target);
	}
	/* NULL is a null pointer constant: ((void *)0), 0. */
	s->value = xstrdup(clang_getCursorKind(v) == CXCursor_IntegerLiteral ? "NULL" : "");
}

struct site_at { CXCursor at; char *tag, *field, *table, *target; const char *how; };

/* The variable at the bottom of an lvalue: fops of fops->mmap, dev of dev->fops.mmap. */
static char *base_variable(CXCursor c)
{
	CXCursor inner;

	for (;;) {
		c = named_by(c);
		if (clang_getCursorKind(c) == CXCursor_DeclRefExpr || clang_getCursorKind(c) == CXCursor_VarDecl)
			return clang_text(clang_getCursorSpelling(c));
		inner = first_child_of(c);
		if (clang_Cursor_isNull(inner))
			return xstrdup("");
		c = inner;
	}
}

/* A table is copied, or (with a name) one of its fields. */
static void add_copy(struct walk *w, CXCursor at, char *tag, char *field, CXCursor source, char *target)
{
	CXCursor table = clang_getCursorReferenced(source);
	struct fops_site *s = new_site(w->tu, at, "", "copy");

	s->tag = tag;
	s->field = field;
	if (clang_getCursorKind(table) == CXCursor_VarDecl && clang_getCursorLinkage(table) == CXLinkage_External)
		s->def_file = tu_path(w->tu, table);
	s->value = xstrdup(table_is_empty(w->tu, source) ? "NULL" : "");
	/* kmemdup() is a macro too. */
	free(s->how);
	s->how = xstrdup("copy");
	free(s->table);
	s->table = clang_text(clang_getCursorSpelling(source));
	set_target(s, target);
}

/* One site, or two for `condition ? a : b`. */
static void add_sites(struct walk *w, const struct site_at *at, CXCursor value, unsigned depth)
{
	CXCursor v = named_by(value);
	struct arms arms = { .nr = 0 };
	char *tag, *field;
	struct fops_site *s;

	if (clang_getCursorKind(v) == CXCursor_ConditionalOperator && depth < 8) {
		clang_visitChildren(v, conditional_arms, &arms);
		if (arms.nr > 1)
			add_sites(w, at, arms.part[1], depth + 1);
		if (arms.nr > 2 && clang_getCursorKind(named_by(arms.part[2])) != CXCursor_IntegerLiteral)
			add_sites(w, at, arms.part[2], depth + 1);
		return;
	}
	if (clang_getCursorKind(v) == CXCursor_BinaryOperator &&
	    clang_getCursorBinaryOperatorKind(v) == CXBinaryOperator_Assign) {
		add_sites(w, at, last_child_of(v), depth);
		return;
	}
	/* The same field of another table. */
	if (clang_getCursorKind(v) == CXCursor_MemberRefExpr && known_field(w->tu, v, &tag, &field)) {
		add_copy(w, at->at, tag, field, named_by(first_child_of(v)),
			 xstrdup(*at->target ? at->target : at->table));
		return;
	}
	s = new_site(w->tu, at->at, at->table, at->how);
	s->tag = xstrdup(at->tag);
	s->field = xstrdup(at->field);
	set_target(s, xstrdup(at->target));
	set_value(w->tu, s, value);
}

static enum CXChildVisitResult last_member(CXCursor c, CXCursor parent, CXClientData data)
{
	(void)parent;
	if (clang_getCursorKind(c) == CXCursor_MemberRef)
		*(CXCursor *)data = c;
	return CXChildVisit_Continue;
}

static void designated(struct walk *w, CXCursor c)
{
	CXCursor first = first_child_of(c), member = clang_getNullCursor(), value = last_child_of(c);
	struct site_at at = { .at = c, .table = w->table, .target = "" };

	/* `.a.b = v` has a MemberRef a link, `[2].b = v` the index before it; the last names the field. */
	clang_visitChildren(c, last_member, &member);
	if (clang_getCursorKind(member) != CXCursor_MemberRef)
		return;
	if (!known_field(w->tu, member, &at.tag, &at.field))
		return;
	at.how = w->compound ? "compound" : w->array ? "array"
		 : w->lists > 1 || !clang_equalCursors(first, member) ? "nested" : "static";
	add_sites(w, &at, value, 0);
	free(at.tag);
	free(at.field);
}

/* `{ NULL, handler }`: the struct's declaration says which field that is. */
static void positional(CXCursor field, CXCursor value, void *ctx)
{
	struct walk *w = ctx;
	struct site_at at = { .at = value, .table = w->table, .target = "" };

	/* What is in braces is a list of its own. */
	if (clang_getCursorKind(value) == CXCursor_InitListExpr ||
	    clang_getCursorKind(named_by(value)) == CXCursor_IntegerLiteral || !field_wanted(w->tu, field, &at.tag, &at.field))
		return;
	at.how = "positional";
	add_sites(w, &at, value, 0);
	free(at.tag);
	free(at.field);
}

static void assignment(struct walk *w, CXCursor c)
{
	CXCursor lhs = named_by(first_child_of(c)), rhs = last_child_of(c), from;
	struct site_at at = { .at = c, .table = "", .how = "assignment" };
	char *tag;

	if (clang_getCursorKind(lhs) == CXCursor_MemberRefExpr &&
	    known_field(w->tu, lhs, &at.tag, &at.field)) {
		at.target = base_variable(lhs);
		add_sites(w, &at, rhs, 0);
		free(at.target);
		free(at.tag);
		free(at.field);
		return;
	}
	from = named_by(rhs);
	if (clang_getCursorKind(from) == CXCursor_CompoundLiteralExpr)
		return;
	tag = known_struct(w->tu, clang_getCursorType(c));
	if (tag)
		add_copy(w, c, tag, xstrdup(""), from, *w->target ? xstrdup(w->target) : base_variable(lhs));
}

/* memcpy(table, source, …) and kmemdup(source, …), whatever the fortified builtin behind it. */
static void copy_call(struct walk *w, CXCursor c)
{
	char *name = clang_text(clang_getCursorSpelling(c)), *tag;
	bool copies = strstr(name, "memcpy") || strstr(name, "memdup");
	int i, from = strstr(name, "memcpy") ? 1 : 0, nr = clang_Cursor_getNumArguments(c);
	CXCursor arg;
	CXType type;

	free(name);
	/* memcpy()'s destination is its first argument, kmemdup()'s is what it is assigned to. */
	for (i = !copies ? nr : from; i < nr; i++) {
		arg = named_by(clang_Cursor_getArgument(c, (unsigned)i));
		type = clang_getCanonicalType(clang_getCursorType(arg));
		if (type.kind == CXType_Pointer)
			type = clang_getPointeeType(type);
		tag = known_struct(w->tu, type);
		if (!tag)
			continue;
		add_copy(w, c, tag, xstrdup(""), arg, from ? base_variable(clang_Cursor_getArgument(c, 0)) : xstrdup(w->target));
		return;
	}
}

static enum CXChildVisitResult visit(CXCursor c, CXCursor parent, CXClientData data)
{
	struct walk *w = data, inner = *w;
	enum CXCursorKind kind = clang_getCursorKind(c);
	CXCursor init;
	char *target, *tag;

	(void)parent;
	switch (kind) {
	case CXCursor_VarDecl:
		init = clang_Cursor_getVarDeclInitializer(c);
		inner.table = clang_text(clang_getCursorSpelling(c));
		inner.target = inner.table;
		inner.lists = 0;
		inner.array = inner.compound = false;
		if (!clang_Cursor_isNull(init)) {
			tag = known_struct(w->tu, clang_getCursorType(c));
			if (tag && clang_getCursorKind(named_by(init)) != CXCursor_InitListExpr &&
			    clang_getCursorKind(named_by(init)) != CXCursor_CompoundLiteralExpr)
				assignment(&inner, c);
			free(tag);
			clang_visitChildren(c, visit, &inner);
		}
		free(inner.table);
		return CXChildVisit_Continue;
	case CXCursor_InitListExpr:
		inner.lists++;
		if (clang_getCanonicalType(clang_getCursorType(c)).kind == CXType_ConstantArray)
			inner.array = true;
		positional_values(c, positional, &inner);
		clang_visitChildren(c, visit, &inner);
		return CXChildVisit_Continue;
	case CXCursor_CompoundLiteralExpr:
		inner.compound = true;
		clang_visitChildren(c, visit, &inner);
		return CXChildVisit_Continue;
	case CXCursor_UnexposedExpr:
		designated(w, c);
		return CXChildVisit_Recurse;
	case CXCursor_BinaryOperator:
		if (clang_getCursorBinaryOperatorKind(c) != CXBinaryOperator_Assign)
			return CXChildVisit_Recurse;
		assignment(w, c);
		target = base_variable(first_child_of(c));
		inner.target = target;
		clang_visitChildren(c, visit, &inner);
		free(target);
		return CXChildVisit_Continue;
	case CXCursor_CallExpr:
		copy_call(w, c);
		return CXChildVisit_Recurse;
	default:
		return CXChildVisit_Recurse;
	}
}

void find_sites(struct tu *tu, CXCursor top_level)
{
	struct walk w = { .tu = tu, .table = "", .target = "" };

	if (find_vm_ops(tu, top_level))
		return;
	if (clang_getCursorKind(top_level) == CXCursor_VarDecl)
		visit(top_level, top_level, &w);
	else
		clang_visitChildren(top_level, visit, &w);
}
