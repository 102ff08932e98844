// SPDX-License-Identifier: GPL-2.0-only
/* Declarations and initializers to nodes. */
#include <stdlib.h>
#include <string.h>

#include "parse/lower.h"

static const char elided[] = "initializer without all its braces";

static uint32_t init_node(struct tu *tu, CXCursor list, CXType type);

static uint32_t typed_node(struct tu *tu, enum node_kind kind, CXCursor c, CXType type)
{
	uint32_t n = new_node(tu, kind, c);

	free(node_at(tu, n)->type);
	set_type(node_at(tu, n), type);
	return n;
}

static bool is_aggregate(CXType type)
{
	struct ctype c = ctype_of(type);

	return c.kind == CTYPE_RECORD || c.kind == CTYPE_ARRAY;
}

uint32_t lower_as(struct tu *tu, CXCursor c, CXType type)
{
	bool list = clang_getCursorKind(c) == CXCursor_InitListExpr;
	uint32_t n, last = 0;
	CXCursor only;

	if (list && is_aggregate(type))
		return init_node(tu, c, type);
	if (list) {
		only = first_child_of(c);
		return clang_Cursor_isNull(only) ? typed_node(tu, NODE_INT, c, type)
						 : lower_as(tu, only, type);
	}
	/* The list that a person wrote need not have the conversions in it. */
	if (!ctype_converts(ctype_of(clang_getCursorType(c)), ctype_of(type)))
		return lower(tu, c);
	n = typed_node(tu, NODE_CAST, c, type);
	append(tu, n, &last, lower(tu, c));
	return n;
}

/* `{ 1, 2 }` for a record in a record may lack its own braces: the value of the wrong kind shows it. */
static bool fits(CXCursor value, CXType type)
{
	return clang_getCursorKind(value) == CXCursor_InitListExpr || !is_aggregate(type) ||
	       is_aggregate(clang_getCursorType(value));
}

static uint32_t field_node(struct tu *tu, CXCursor at, CXCursor field)
{
	uint32_t n = typed_node(tu, NODE_DESIGNATE, at, clang_getCursorType(field));
	long long bits = field_offset(field);

	node_at(tu, n)->name = clang_text(clang_getCursorSpelling(field));
	set_place(node_at(tu, n), field, bits > 0 ? bits : 0);
	return n;
}

static bool is_nameless(CXCursor field)
{
	char *name = clang_text(clang_getCursorSpelling(field));
	bool is = !*name || strchr(name, '(') || clang_Cursor_isAnonymous(field);

	free(name);
	return is;
}

/* `.a.b = 1, .a.c = 2`: the list that the first one made for `a`, for the second one. */
static uint32_t nested_init(struct tu *tu, uint32_t parent, const char *name)
{
	uint32_t i;

	for (i = node_at(tu, parent)->child; i; i = node_at(tu, i)->next)
		if (node_at(tu, i)->name && !strcmp(node_at(tu, i)->name, name) &&
		    node_at(tu, node_at(tu, i)->child)->kind == NODE_INIT)
			return node_at(tu, i)->child;
	return 0;
}

static void append_child(struct tu *tu, uint32_t parent, uint32_t child)
{
	uint32_t last = node_at(tu, parent)->child;

	while (last && node_at(tu, last)->next)
		last = node_at(tu, last)->next;
	append(tu, parent, &last, child);
}

/*
 * Designators from item i on, the value last: `.a.b[2] = value`.  False for what is not understood: of
 * two indices in a row it is not shown whether they are [1][2] or [1 ... 2].
 */
static bool designate(struct tu *tu, CXCursor at, const struct children *ch, size_t i, CXType type,
		      uint32_t parent)
{
	CXCursor item = ch->list.items[i], value = ch->list.items[ch->list.nr - 1], field;
	uint32_t n, inner = 0;
	int64_t index;

	if (clang_getCursorKind(item) == CXCursor_MemberRef) {
		field = clang_getCursorReferenced(item);
		if (is_nameless(field) && i + 2 < ch->list.nr)
			return designate(tu, at, ch, i + 1, clang_getCursorType(field), parent);
		if (field_offset(field) < 0)
			return false;
		type = clang_getCursorType(field);
		n = field_node(tu, at, field);
		if (i + 2 < ch->list.nr)
			inner = nested_init(tu, parent, node_at(tu, n)->name);
		if (inner)
			return designate(tu, at, ch, i + 1, type, inner);
	} else {
		if (ctype_of(type).kind != CTYPE_ARRAY || !tu_evaluate(tu, item, &index) ||
		    (i + 2 < ch->list.nr &&
		     clang_getCursorKind(ch->list.items[i + 1]) != CXCursor_MemberRef))
			return false;
		type = clang_getArrayElementType(clang_getCanonicalType(type));
		n = typed_node(tu, NODE_DESIGNATE, at, type);
		node_at(tu, n)->value = index;
		node_at(tu, n)->has_value = true;
	}
	append_child(tu, parent, n);
	if (i + 2 == ch->list.nr) {
		if (!fits(value, type))
			return false;
		append_child(tu, n, lower_as(tu, value, type));
		return true;
	}
	inner = typed_node(tu, NODE_INIT, at, type);
	append_child(tu, n, inner);
	return designate(tu, at, ch, i + 1, type, inner);
}

static enum CXVisitorResult collect_field(CXCursor c, CXClientData data)
{
	struct children *fields = data;

	*vec_push(&fields->list) = c;
	return CXVisit_Continue;
}

static bool is_designated(CXCursor c, struct children *ch)
{
	bool is;

	memset(ch, 0, sizeof(*ch));
	if (clang_getCursorKind(c) != CXCursor_UnexposedExpr ||
	    clang_getCanonicalType(clang_getCursorType(c)).kind != CXType_Void)
		return false;
	children_of(c, ch);
	is = ch->list.nr > 1;
	if (!is)
		vec_free(&ch->list);
	return is;
}

/* The field behind the one that the first designator names. */
static size_t position_after(const struct children *fields, CXCursor first)
{
	size_t i;

	for (i = 0; i < fields->list.nr; i++)
		if (clang_equalCursors(fields->list.items[i], clang_getCursorReferenced(first)))
			return i + 1;
	return fields->list.nr;
}

/* Every value of a record as a DESIGNATE of its field. */
static bool init_record(struct tu *tu, CXCursor list, CXType type, uint32_t parent)
{
	struct children fields = { 0 }, values, designators;
	size_t at = 0;
	CXCursor *v, field;
	bool ok = true;
	uint32_t n;

	clang_Type_visitFields(clang_getCanonicalType(type), collect_field, &fields);
	children_of(list, &values);
	vec_each(v, &values.list) {
		if (is_designated(*v, &designators)) {
			ok = designate(tu, *v, &designators, 0, type, parent);
			at = position_after(&fields, designators.list.items[0]);
			vec_free(&designators.list);
		} else {
			while (at < fields.list.nr &&
			       clang_Cursor_isBitField(fields.list.items[at]) &&
			       is_nameless(fields.list.items[at]))
				at++;
			field = at < fields.list.nr ? fields.list.items[at++]
						    : clang_getNullCursor();
			ok = !clang_Cursor_isNull(field) && fits(*v, clang_getCursorType(field));
			if (ok && is_nameless(field)) {
				ok = clang_getCursorKind(*v) == CXCursor_InitListExpr &&
				     init_record(tu, *v, clang_getCursorType(field), parent);
			} else if (ok && (ok = field_offset(field) >= 0)) {
				n = field_node(tu, *v, field);
				append_child(tu, parent, n);
				append_child(tu, n, lower_as(tu, *v, clang_getCursorType(field)));
			}
		}
		if (!ok)
			break;
	}
	vec_free(&values.list);
	vec_free(&fields.list);
	return ok;
}

/* Values in order; from the first designator on, DESIGNATEs. */
static bool init_array(struct tu *tu, CXCursor list, CXType type, uint32_t parent)
{
	CXType element = clang_getArrayElementType(clang_getCanonicalType(type));
	struct children values, designators;
	bool ok = true, designated = false;
	int64_t at = 0;
	CXCursor *v;
	uint32_t n;

	children_of(list, &values);
	vec_each(v, &values.list) {
		if (is_designated(*v, &designators)) {
			designated = true;
			ok = tu_evaluate(tu, designators.list.items[0], &at) &&
			     designate(tu, *v, &designators, 0, type, parent);
			vec_free(&designators.list);
		} else if (!fits(*v, element) ||
			   (!is_aggregate(element) && is_aggregate(clang_getCursorType(*v)))) {
			ok = false;
		} else if (designated) {
			n = typed_node(tu, NODE_DESIGNATE, *v, element);
			node_at(tu, n)->value = at;
			node_at(tu, n)->has_value = true;
			append_child(tu, parent, n);
			append_child(tu, n, lower_as(tu, *v, element));
		} else {
			append_child(tu, parent, lower_as(tu, *v, element));
		}
		at++;
		if (!ok)
			break;
	}
	vec_free(&values.list);
	return ok;
}

/* `{ 0 }`: all of it, however deep the first member is. */
static bool is_zero(struct tu *tu, CXCursor list)
{
	struct children ch;
	int64_t value;
	bool is;

	children_of(list, &ch);
	is = ch.list.nr == 1 && tu_evaluate(tu, ch.list.items[0], &value) && !value;
	vec_free(&ch.list);
	return is;
}

static uint32_t init_node(struct tu *tu, CXCursor list, CXType type)
{
	uint32_t n = typed_node(tu, NODE_INIT, list, type);
	bool record = ctype_of(type).kind == CTYPE_RECORD;

	if (is_zero(tu, list) ||
	    (record ? init_record(tu, list, type, n) : init_array(tu, list, type, n)))
		return n;
	node_at(tu, n)->kind = NODE_UNKNOWN;
	node_at(tu, n)->name = xstrdup(elided);
	return n;
}

uint32_t lower_init(struct tu *tu, CXCursor list)
{
	return lower_as(tu, list, clang_getCursorType(list));
}

static enum CXChildVisitResult find_attr(CXCursor c, CXCursor parent, CXClientData data)
{
	(void)parent;
	if (clang_getCursorKind(c) == CXCursor_UnexposedAttr)
		*(bool *)data = true;
	return CXChildVisit_Continue;
}

/* The constructor of a variable with a cleanup is needed with it. */
static void need_constructor(struct tu *tu, CXCursor init)
{
	CXCursor inner, def;
	struct callee *callee;
	char *name;

	while (clang_getCursorKind(init) == CXCursor_UnexposedExpr && is_conversion(init, &inner))
		init = inner;
	if (clang_getCursorKind(init) != CXCursor_CallExpr)
		return;
	def = clang_getCursorDefinition(clang_getCursorReferenced(init));
	if (clang_Cursor_isNull(def))
		return;
	name = clang_text(clang_getCursorSpelling(def));
	callee = macro_call_find(name) ? NULL : vec_push(&tu->callees);
	free(name);
	if (!callee)
		return;
	callee->function = def;
	callee->needed = true;
}

uint32_t lower_decl(struct tu *tu, CXCursor decl)
{
	enum CX_StorageClass storage = clang_Cursor_getStorageClass(decl);
	CXType type = clang_getCursorType(decl);
	CXCursor init = clang_Cursor_getVarDeclInitializer(decl);
	uint32_t n, last = 0;
	bool attr = false;

	if (storage == CX_SC_Extern)
		return 0;
	n = new_node(tu, NODE_DECL, decl);
	node_at(tu, n)->name = clang_text(clang_getCursorSpelling(decl));
	node_at(tu, n)->ref = storage == CX_SC_Static ? REF_STATIC_LOCAL : REF_LOCAL;
	set_type(node_at(tu, n), type);
	clang_visitChildren(decl, find_attr, &attr);
	if (attr)
		node_at(tu, n)->cleanup = cleanup_of(decl);
	if (clang_Cursor_isNull(init))
		return n;
	if (node_at(tu, n)->cleanup)
		need_constructor(tu, init);
	append(tu, n, &last, lower_as(tu, init, type));
	return n;
}

uint32_t lower_decl_stmt(struct tu *tu, CXCursor c)
{
	struct children ch;
	uint32_t n = new_node(tu, NODE_BLOCK, c), last = 0;
	CXCursor *k;

	/* A block of declarations without a scope of its own. */
	node_at(tu, n)->op = xstrdup("decl");
	children_of(c, &ch);
	vec_each(k, &ch.list)
		if (clang_getCursorKind(*k) == CXCursor_VarDecl)
			append(tu, n, &last, lower_decl(tu, *k));
	vec_free(&ch.list);
	return n;
}
