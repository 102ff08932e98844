// SPDX-License-Identifier: GPL-2.0-only
/* What is known of a table that is copied whole. */
#include <stdlib.h>

#include "parse/positions.h"

struct holds { const struct tu *tu; bool any; };

static void holds_value(CXCursor field, CXCursor value, void *ctx)
{
	struct holds *h = ctx;
	char *tag, *name;

	(void)value;
	if (!field_wanted(h->tu, field, &tag, &name))
		return;
	free(tag);
	free(name);
	h->any = true;
}

static enum CXChildVisitResult visit_holds(CXCursor c, CXCursor parent, CXClientData data)
{
	(void)parent;
	if (clang_getCursorKind(c) == CXCursor_MemberRef)
		holds_value(clang_getCursorReferenced(c), c, data);
	else if (clang_getCursorKind(c) == CXCursor_InitListExpr)
		positional_values(c, holds_value, data);
	return CXChildVisit_Recurse;
}

bool table_is_empty(const struct tu *tu, CXCursor source)
{
	CXCursor def = clang_getCursorDefinition(clang_getCursorReferenced(source)), init;
	struct holds h = { .tu = tu };

	if (clang_getCursorKind(def) != CXCursor_VarDecl || !clang_isConstQualifiedType(clang_getCursorType(def)))
		return false;
	init = clang_Cursor_getVarDeclInitializer(def);
	if (clang_Cursor_isNull(init) || clang_getCursorKind(named_by(init)) != CXCursor_InitListExpr)
		return false;
	visit_holds(named_by(init), init, &h);
	clang_visitChildren(named_by(init), visit_holds, &h);
	return !h.any;
}
