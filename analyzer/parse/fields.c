// SPDX-License-Identifier: GPL-2.0-only
/* Names of structs and of their fields. */
#include <stdlib.h>
#include <string.h>

#include "parse/clang.h"

char *tag_of(CXType type)
{
	CXType t = clang_getCanonicalType(type);
	char *s, *tag;

	if (t.kind != CXType_Record)
		return NULL;
	s = clang_text(clang_getTypeSpelling(clang_getUnqualifiedType(t)));
	tag = s;
	if (str_starts(tag, "struct "))
		tag += strlen("struct ");
	else if (str_starts(tag, "union "))
		tag += strlen("union ");
	/* "struct (unnamed at file.c:3:2)" */
	tag = strchr(tag, '(') || !*tag ? NULL : xstrdup(tag);
	free(s);
	return tag;
}

bool field_of(CXCursor field, char **tag, char **name)
{
	CXCursor parent;

	if (clang_getCursorKind(field) != CXCursor_FieldDecl)
		return false;
	*tag = NULL;
	for (parent = clang_getCursorSemanticParent(field); !*tag; parent = clang_getCursorSemanticParent(parent)) {
		if (clang_getCursorKind(parent) != CXCursor_StructDecl &&
		    clang_getCursorKind(parent) != CXCursor_UnionDecl)
			return false;
		*tag = tag_of(clang_getCursorType(parent));
	}
	*name = clang_text(clang_getCursorSpelling(field));
	return true;
}

bool field_wanted(const struct tu *tu, CXCursor decl, char **tag, char **name)
{
	char *field;
	bool known;

	if (!field_of(decl, tag, name))
		return false;
	field = xasprintf("%s.%s", *tag, *name);
	known = strlist_has_sorted(tu->fields, field);
	free(field);
	if (!known) {
		free(*tag);
		free(*name);
	}
	return known;
}
