// SPDX-License-Identifier: GPL-2.0-only
/* Which callbacks a vm_ops table sets. */
#include <stdlib.h>
#include <string.h>

#include "parse/clang.h"

static bool type_is(CXType type, const char *name)
{
	CXType t = clang_getCanonicalType(type);
	char *s;
	bool same;

	/* clang_getUnqualifiedType() crashes on "no type", which is the pointee of a non-pointer. */
	if (t.kind == CXType_Invalid)
		return false;
	s = clang_text(clang_getTypeSpelling(clang_getUnqualifiedType(t)));
	same = !strcmp(s, name);

	free(s);
	return same;
}

struct vm_ops_walk { struct tu *tu; struct vm_ops_table *table; };

static enum CXChildVisitResult visit_vm_ops(CXCursor c, CXCursor parent, CXClientData data)
{
	struct vm_ops_walk *w = data;
	CXCursor member, field, set;
	char *name, *value;

	(void)parent;
	if (clang_getCursorKind(c) != CXCursor_UnexposedExpr)
		return CXChildVisit_Recurse;
	member = first_child_of(c);
	if (clang_getCursorKind(member) != CXCursor_MemberRef)
		return CXChildVisit_Recurse;
	field = clang_getCursorReferenced(member);
	name = clang_text(clang_getCursorSpelling(field));
	set = named_by(last_child_of(c));
	/* NULL sets none. */
	if (clang_getCursorKind(set) == CXCursor_IntegerLiteral) {
		free(name);
		return CXChildVisit_Continue;
	}
	value = clang_text(clang_getCursorSpelling(set));
	strlist_addf(&w->table->fields, "%s=%s", name, value);
	free(name);
	free(value);
	return CXChildVisit_Continue;
}

/* `.field = value` only: what has no designator is not among the fields. */
static bool is_whole(CXCursor table)
{
	CXCursor init = clang_Cursor_getVarDeclInitializer(table), *c;
	struct children ch = { 0 };
	bool whole = clang_getCursorKind(init) == CXCursor_InitListExpr;

	if (whole)
		children_of(init, &ch);
	vec_each(c, &ch.list)
		whole &= clang_getCursorKind(*c) == CXCursor_UnexposedExpr &&
			 clang_getCursorKind(first_child_of(*c)) == CXCursor_MemberRef;
	vec_free(&ch.list);
	return whole;
}

bool find_vm_ops(struct tu *tu, CXCursor top_level)
{
	bool is_filled = !clang_Cursor_isNull(clang_Cursor_getVarDeclInitializer(top_level));
	struct vm_ops_walk v = { .tu = tu };
	struct vm_ops_table *t;
	char *name;

	if (clang_getCursorKind(top_level) != CXCursor_VarDecl ||
	    !type_is(clang_getCursorType(top_level), "struct vm_operations_struct"))
		return false;
	name = clang_text(clang_getCursorSpelling(top_level));
	vec_each(t, &tu->u->vm_ops)
		if (!strcmp(t->name, name))
			v.table = t;
	/* A declaration ahead, or behind, says nothing more. */
	if (v.table && !is_filled) {
		free(name);
		return true;
	}
	if (v.table) {
		free(name);
	} else {
		v.table = vec_push(&tu->u->vm_ops);
		v.table->name = name;
	}
	v.table->is_const = clang_isConstQualifiedType(clang_getCanonicalType(clang_getCursorType(top_level)));
	v.table->is_whole = is_whole(top_level);
	v.table->line = origin_of(tu, top_level).line;
	clang_visitChildren(top_level, visit_vm_ops, &v);
	return true;
}
