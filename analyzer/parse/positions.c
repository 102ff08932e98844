// SPDX-License-Identifier: GPL-2.0-only
/* Which fields the values of an initializer list go to where no designator says so. */
#include <stdlib.h>
#include <string.h>

#include "parse/positions.h"

enum { MAX_NESTED = 16 };

VEC_DECLARE(cursors, CXCursor);

/* An aggregate whose members are being filled in, in order. */
struct level {
	struct cursors fields;		/* of a record */
	CXType element;			/* of an array */
	long long nr, at;
	bool is_union;
};

struct positions { struct level levels[MAX_NESTED]; unsigned nr; };

static enum CXVisitorResult collect_field(CXCursor c, CXClientData data)
{
	*vec_push((struct cursors *)data) = c;
	return CXVisit_Continue;
}

static bool is_array(CXType t)
{
	return t.kind == CXType_ConstantArray || t.kind == CXType_IncompleteArray;
}

static bool push(struct positions *p, CXType type)
{
	CXType t = clang_getCanonicalType(type);
	struct level *l = &p->levels[p->nr];

	if (p->nr == MAX_NESTED || (t.kind != CXType_Record && !is_array(t)))
		return false;
	memset(l, 0, sizeof(*l));
	if (t.kind == CXType_Record) {
		clang_Type_visitFields(t, collect_field, &l->fields);
		l->nr = (long long)l->fields.nr;
		l->is_union = clang_getCursorKind(clang_getTypeDeclaration(t)) == CXCursor_UnionDecl;
	} else {
		l->element = clang_getArrayElementType(t);
		l->nr = clang_getArraySize(t);
	}
	p->nr++;
	return true;
}

static void pop(struct positions *p)
{
	p->nr--;
	vec_free(&p->levels[p->nr].fields);
}

static bool is_padding(CXCursor field)
{
	char *name;
	bool is;

	if (!clang_Cursor_isBitField(field))
		return false;
	name = clang_text(clang_getCursorSpelling(field));
	is = !*name || strchr(name, '(');
	free(name);
	return is;
}

/* The next place: its type, and the field that it is, or the one around an array's element. */
static bool next(struct positions *p, CXType *type, CXCursor *field)
{
	struct level *l;

	for (;;) {
		l = &p->levels[p->nr - 1];
		while (l->fields.nr && l->at < l->nr && is_padding(l->fields.items[l->at]))
			l->at++;
		if (l->at < l->nr && !(l->is_union && l->at))
			break;
		if (p->nr == 1)
			return false;
		pop(p);
	}
	if (l->fields.nr) {
		*field = l->fields.items[l->at++];
		*type = clang_getCursorType(*field);
	} else {
		l->at++;
		*type = l->element;
	}
	return true;
}

/* Does a value fill an aggregate as a whole, rather than its first member? */
static bool fills_whole(CXCursor value, CXType type)
{
	enum CXCursorKind kind = clang_getCursorKind(value);

	return kind == CXCursor_InitListExpr || kind == CXCursor_StringLiteral ||
	       clang_equalTypes(clang_getUnqualifiedType(clang_getCanonicalType(clang_getCursorType(value))),
				clang_getUnqualifiedType(clang_getCanonicalType(type)));
}

/* Go to the member that a designator names. */
static void go_to(struct positions *p, CXCursor designator)
{
	struct level *l = &p->levels[p->nr - 1];

	l->at = 0;
	while (l->at < (long long)l->fields.nr &&
	       !clang_equalCursors(l->fields.items[l->at], clang_getCursorReferenced(designator)))
		l->at++;
}

/* `.a.b = value` among them: what has no designator after it goes on behind that field. */
static bool designated(struct positions *p, CXCursor c)
{
	struct children parts;
	CXCursor field;
	CXType type;
	size_t i;

	if (clang_getCursorKind(c) != CXCursor_UnexposedExpr ||
	    clang_getCanonicalType(clang_getCursorType(c)).kind != CXType_Void)
		return false;
	children_of(c, &parts);
	while (p->nr > 1)
		pop(p);
	for (i = 0; i + 1 < parts.list.nr; i++) {
		go_to(p, parts.list.items[i]);
		if (!next(p, &type, &field) || i + 2 == parts.list.nr || !push(p, type))
			break;
	}
	vec_free(&parts.list);
	return true;
}

static bool is_function(CXCursor value)
{
	CXType t = clang_getCanonicalType(clang_getCursorType(value));

	if (t.kind == CXType_Pointer)
		t = clang_getCanonicalType(clang_getPointeeType(t));
	return t.kind == CXType_FunctionProto || t.kind == CXType_FunctionNoProto;
}

void positional_values(CXCursor list, void (*fn)(CXCursor field, CXCursor value, void *ctx), void *ctx)
{
	struct positions p = { .nr = 0 };
	struct children values;
	CXCursor *v, field = clang_getNullCursor();
	bool ok = false;
	CXType type;

	children_of(list, &values);
	/* Most lists hold no function, and some are long. */
	vec_each(v, &values.list)
		ok |= is_function(*v);
	if (!ok || !push(&p, clang_getCursorType(list))) {
		vec_free(&values.list);
		return;
	}
	vec_each(v, &values.list) {
		if (designated(&p, *v))
			continue;
		ok = next(&p, &type, &field);
		while (ok && !fills_whole(*v, type) && push(&p, type))
			ok = next(&p, &type, &field);
		if (!ok)
			break;
		if (!clang_Cursor_isNull(field))
			fn(field, *v, ctx);
	}
	vec_free(&values.list);
	while (p.nr)
		pop(&p);
}
