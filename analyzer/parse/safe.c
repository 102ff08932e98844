// SPDX-License-Identifier: GPL-2.0-only
/* The calls of libclang 19 that crash or mislead on ordinary kernel code, behind guards. */
#include "parse/clang.h"

static bool is_integer(CXType type)
{
	CXType t = clang_getCanonicalType(type);

	return (t.kind >= CXType_Bool && t.kind <= CXType_Int128) || t.kind == CXType_Enum;
}

/* Literals, enumerators, sizeof and operators over them: nothing whose effect could be dropped. */
static enum CXChildVisitResult find_impure(CXCursor c, CXCursor parent, CXClientData data)
{
	bool *impure = data;

	(void)parent;
	switch (clang_getCursorKind(c)) {
	case CXCursor_UnaryExpr:		/* sizeof, _Alignof: the operand is not evaluated */
	case CXCursor_TypeRef:
		return CXChildVisit_Continue;
	case CXCursor_IntegerLiteral:
	case CXCursor_CharacterLiteral:
	case CXCursor_ParenExpr:
	case CXCursor_UnexposedExpr:
	case CXCursor_CStyleCastExpr:
	case CXCursor_ConditionalOperator:
		return CXChildVisit_Recurse;
	case CXCursor_UnaryOperator:
		switch (clang_getCursorUnaryOperatorKind(c)) {
		case CXUnaryOperator_Plus:
		case CXUnaryOperator_Minus:
		case CXUnaryOperator_Not:
		case CXUnaryOperator_LNot:
			return CXChildVisit_Recurse;
		default:
			break;
		}
		break;
	case CXCursor_BinaryOperator:
		if (clang_getCursorBinaryOperatorKind(c) < CXBinaryOperator_Assign)
			return CXChildVisit_Recurse;
		break;
	case CXCursor_DeclRefExpr:
		if (clang_getCursorKind(clang_getCursorReferenced(c)) == CXCursor_EnumConstantDecl)
			return CXChildVisit_Continue;
		break;
	default:
		break;
	}
	*impure = true;
	return CXChildVisit_Break;
}

bool tu_evaluate(CXCursor c, int64_t *value)
{
	CXEvalResult r;
	bool impure = false, ok = false;

	if (!is_integer(clang_getCursorType(c)))
		return false;
	if (find_impure(c, c, &impure) == CXChildVisit_Recurse)
		clang_visitChildren(c, find_impure, &impure);
	if (impure)
		return false;
	r = clang_Cursor_Evaluate(c);
	if (!r)
		return false;
	if (clang_EvalResult_getKind(r) == CXEval_Int) {
		*value = clang_EvalResult_isUnsignedInt(r) ? (int64_t)clang_EvalResult_getAsUnsigned(r)
							   : clang_EvalResult_getAsLongLong(r);
		ok = true;
	}
	clang_EvalResult_dispose(r);
	return ok;
}

long long tu_sizeof(CXType type)
{
	CXType t = clang_getCanonicalType(type);
	long long size;

	/* It crashes on the type of a __builtin_ function, which is of no kind. */
	if (t.kind == CXType_Invalid || t.kind == CXType_Unexposed || t.kind == CXType_Dependent)
		return -1;
	size = clang_Type_getSizeOf(t);
	return size < 0 ? -1 : size;
}
