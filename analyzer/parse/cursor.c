// SPDX-License-Identifier: GPL-2.0-only
/* Ways around among a cursor's children. */
#include "parse/clang.h"

static enum CXChildVisitResult last_child(CXCursor c, CXCursor parent, CXClientData data)
{
	(void)parent;
	*(CXCursor *)data = c;
	return CXChildVisit_Continue;
}

static enum CXChildVisitResult first_child(CXCursor c, CXCursor parent, CXClientData data)
{
	(void)parent;
	*(CXCursor *)data = c;
	return CXChildVisit_Break;
}

static enum CXChildVisitResult every_child(CXCursor c, CXCursor parent, CXClientData data)
{
	struct children *ch = data;

	(void)parent;
	*vec_push(&ch->list) = c;
	return CXChildVisit_Continue;
}

void children_of(CXCursor c, struct children *ch)
{
	*ch = (struct children){ 0 };
	clang_visitChildren(c, every_child, ch);
}

CXCursor last_child_of(CXCursor c)
{
	CXCursor last = clang_getNullCursor();

	clang_visitChildren(c, last_child, &last);
	return last;
}

CXCursor first_child_of(CXCursor c)
{
	CXCursor first = clang_getNullCursor();

	clang_visitChildren(c, first_child, &first);
	return first;
}

CXCursor named_by(CXCursor c)
{
	enum CXCursorKind kind;
	CXCursor inner;

	for (;;) {
		kind = clang_getCursorKind(c);
		if (kind != CXCursor_UnexposedExpr && kind != CXCursor_ParenExpr &&
		    kind != CXCursor_CStyleCastExpr && kind != CXCursor_UnaryOperator)
			return c;
		inner = last_child_of(c);
		if (clang_Cursor_isNull(inner))
			return c;
		c = inner;
	}
}
