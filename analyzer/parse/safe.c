// SPDX-License-Identifier: GPL-2.0-only
/* The calls of libclang 19 that crash or mislead on ordinary kernel code, behind guards. */
#include <stdlib.h>
#include <string.h>

#include "parse/lower.h"

static bool is_integer(CXType type)
{
	CXType t = clang_getCanonicalType(type);

	return (t.kind >= CXType_Bool && t.kind <= CXType_Int128) || t.kind == CXType_Enum;
}

/* Builtins whose operands are not evaluated: they can have no effect. */
static bool is_unevaluated(struct tu *tu, CXCursor c)
{
	static const char *const names[] = { "__builtin_offsetof", "__builtin_types_compatible_p",
					     "__builtin_constant_p" };
	char *word = first_word(tu, c);
	bool is = false;
	size_t i;

	for (i = 0; word && i < sizeof(names) / sizeof(*names); i++)
		is |= !strcmp(word, names[i]);
	free(word);
	return is;
}

/* A conversion around such a builtin starts with its name too. */
static bool is_builtin(struct tu *tu, CXCursor c)
{
	CXCursor operand;

	return is_unevaluated(tu, c) && !is_conversion(c, &operand);
}

static bool is_expect(CXCursor c)
{
	char *name = clang_text(clang_getCursorSpelling(clang_getCursorReferenced(c)));
	bool is = !strcmp(name, "__builtin_expect") ||
		  !strcmp(name, "__builtin_expect_with_probability");

	free(name);
	return is;
}

/* A variable of which this file says that it never changes. */
static bool is_constant(CXCursor variable)
{
	CXType type = clang_getCursorType(variable);

	return clang_isConstQualifiedType(type) && !clang_isVolatileQualifiedType(type) &&
	       !clang_Cursor_isNull(clang_Cursor_getVarDeclInitializer(variable));
}

static bool is_pure(struct tu *tu, CXCursor c);

struct purity { struct tu *tu; bool impure; };

/* The first child is asked for its type only. */
static bool associations_are_pure(struct tu *tu, CXCursor generic)
{
	struct children ch;
	bool pure = true;
	size_t i;

	children_of(generic, &ch);
	for (i = 1; pure && i < ch.list.nr; i++)
		pure = is_pure(tu, ch.list.items[i]);
	vec_free(&ch.list);
	return pure;
}

/* Literals, enumerators, sizeof and operators over them: nothing whose effect could be dropped. */
static enum CXChildVisitResult find_impure(CXCursor c, CXCursor parent, CXClientData data)
{
	struct purity *s = data;
	CXCursor target;

	(void)parent;
	switch (clang_getCursorKind(c)) {
	case CXCursor_UnaryExpr: /* sizeof, _Alignof: the operand is not evaluated */
	case CXCursor_TypeRef:
		return CXChildVisit_Continue;
	case CXCursor_IntegerLiteral:
	case CXCursor_CharacterLiteral:
	case CXCursor_GenericSelectionExpr:
		if (associations_are_pure(s->tu, c))
			return CXChildVisit_Continue;
		break;
	case CXCursor_UnexposedExpr:
		return is_builtin(s->tu, c) ? CXChildVisit_Continue : CXChildVisit_Recurse;
	case CXCursor_CallExpr:
		if (is_builtin(s->tu, c))
			return CXChildVisit_Continue;
		if (is_expect(c))
			return CXChildVisit_Recurse;
		break;
	case CXCursor_ParenExpr:
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
		target = clang_getCursorReferenced(c);
		if (clang_getCursorKind(target) == CXCursor_EnumConstantDecl || is_expect(c) ||
		    (clang_getCursorKind(target) == CXCursor_VarDecl && is_constant(target)))
			return CXChildVisit_Continue;
		break;
	default:
		break;
	}
	s->impure = true;
	return CXChildVisit_Break;
}

static bool is_pure(struct tu *tu, CXCursor c)
{
	struct purity s = { .tu = tu };

	/* What it starts with decides whether to look further in. */
	if (find_impure(c, c, &s) == CXChildVisit_Recurse)
		clang_visitChildren(c, find_impure, &s);
	return !s.impure;
}

bool tu_evaluate(struct tu *tu, CXCursor c, int64_t *value)
{
	CXEvalResult r;
	bool ok = false;

	if (!is_integer(clang_getCursorType(c)) || !is_pure(tu, c))
		return false;
	r = clang_Cursor_Evaluate(c);
	if (!r)
		return false;
	if (clang_EvalResult_getKind(r) == CXEval_Int) {
		*value = clang_EvalResult_isUnsignedInt(r)
				 ? (int64_t)clang_EvalResult_getAsUnsigned(r)
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
