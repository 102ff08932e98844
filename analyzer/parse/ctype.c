// SPDX-License-Identifier: GPL-2.0-only
/* libclang's types as the few kinds that arithmetic and comparison see. */
#include <stdlib.h>

#include "parse/clang.h"

static bool is_unsigned(enum CXTypeKind kind)
{
	return kind == CXType_Char_U || kind == CXType_UChar || kind == CXType_Char16 ||
	       kind == CXType_Char32 || kind == CXType_UShort || kind == CXType_UInt ||
	       kind == CXType_ULong || kind == CXType_ULongLong || kind == CXType_UInt128;
}

static bool is_signed(enum CXTypeKind kind)
{
	return kind == CXType_Char_S || kind == CXType_SChar || kind == CXType_WChar ||
	       kind == CXType_Short || kind == CXType_Int || kind == CXType_Long ||
	       kind == CXType_LongLong || kind == CXType_Int128;
}

struct ctype ctype_of(CXType type)
{
	CXType t = clang_getCanonicalType(type);
	struct ctype c = { .kind = CTYPE_NONE };

	if (t.kind == CXType_Enum)
		t = clang_getCanonicalType(
			clang_getEnumDeclIntegerType(clang_getTypeDeclaration(t)));
	switch (t.kind) {
	case CXType_Void:
		c.kind = CTYPE_VOID;
		return c;
	case CXType_Bool:
		c.kind = CTYPE_BOOL;
		c.bits = 1;
		return c;
	case CXType_Pointer:
		c.kind = CTYPE_POINTER;
		c.bits = (uint8_t)(8 * tu_sizeof(t));
		return c;
	case CXType_Record:
		c.kind = CTYPE_RECORD;
		return c;
	case CXType_ConstantArray:
	case CXType_IncompleteArray:
	case CXType_VariableArray:
		c.kind = CTYPE_ARRAY;
		return c;
	case CXType_FunctionProto:
	case CXType_FunctionNoProto:
		c.kind = CTYPE_FUNCTION;
		return c;
	default:
		break;
	}
	if (is_signed(t.kind) || is_unsigned(t.kind)) {
		c.kind = CTYPE_INT;
		c.bits = (uint8_t)(8 * tu_sizeof(t));
		c.is_signed = is_signed(t.kind);
	}
	return c;
}

uint32_t element_size(CXType type)
{
	CXType t = clang_getCanonicalType(type), e;
	long long size;

	if (t.kind == CXType_Pointer)
		e = clang_getCanonicalType(clang_getPointeeType(t));
	else if (ctype_of(t).kind == CTYPE_ARRAY)
		e = clang_getCanonicalType(clang_getArrayElementType(t));
	else
		return 0;
	/* gcc's arithmetic on void * and on functions counts bytes. */
	if (e.kind == CXType_Void || ctype_of(e).kind == CTYPE_FUNCTION)
		return 1;
	size = tu_sizeof(e);
	return size > 0 && size <= UINT32_MAX ? (uint32_t)size : 0;
}

bool ctype_equal(struct ctype a, struct ctype b)
{
	return a.kind == b.kind && a.bits == b.bits && a.is_signed == b.is_signed;
}

bool ctype_converts(struct ctype from, struct ctype to)
{
	switch (to.kind) {
	case CTYPE_BOOL:
	case CTYPE_INT:
		return !ctype_equal(from, to);
	case CTYPE_POINTER:
		/* The name of an array or a function stands for its address. */
		return from.kind != CTYPE_ARRAY && from.kind != CTYPE_FUNCTION &&
		       !ctype_equal(from, to);
	default:
		return false;
	}
}

long long field_offset(CXCursor field)
{
	CXCursor record = clang_getCursorSemanticParent(field);
	long long bits;
	char *name;

	if (!clang_Cursor_isAnonymousRecordDecl(record))
		return clang_Cursor_getOffsetOfField(field);
	/* Of the links between, the cursor of a member shows only some: ask the named record. */
	while (clang_Cursor_isAnonymousRecordDecl(record))
		record = clang_getCursorSemanticParent(record);
	name = clang_text(clang_getCursorSpelling(field));
	bits = clang_Type_getOffsetOf(clang_getCursorType(record), name);
	free(name);
	return bits;
}

/* Do other members of a record have the place of this one?  A union without a name may be around it. */
static bool in_union(CXCursor field)
{
	CXCursor record = clang_getCursorSemanticParent(field);

	while (clang_Cursor_isAnonymousRecordDecl(record) && clang_getCursorKind(record) != CXCursor_UnionDecl)
		record = clang_getCursorSemanticParent(record);
	return clang_getCursorKind(record) == CXCursor_UnionDecl;
}

void set_place(struct node *n, CXCursor field, long long bits)
{
	CXType type = clang_getCursorType(field);
	struct ctype kind = ctype_of(type);
	int width = clang_getFieldDeclBitWidth(field);
	long long size = kind.kind == CTYPE_RECORD || kind.kind == CTYPE_ARRAY ? tu_sizeof(clang_getCanonicalType(type)) : 0;

	n->offset = (uint32_t)(bits / 8);
	n->field_bits = (uint8_t)(width > 0 ? width : 0);
	n->first_bit = (uint8_t)(width > 0 ? bits % 8 : 0);
	n->in_union = in_union(field);
	n->size = size > 0 && size <= UINT32_MAX ? (uint32_t)size : 0;
}
