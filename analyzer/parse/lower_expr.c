// SPDX-License-Identifier: GPL-2.0-only
/* Expressions to nodes. */
#include <stdlib.h>
#include <string.h>

#include "parse/lower.h"

static enum ref_kind variable_kind(CXCursor decl)
{
	enum CX_StorageClass storage = clang_Cursor_getStorageClass(decl);

	if (storage == CX_SC_Extern ||
	    clang_getCursorKind(clang_getCursorSemanticParent(decl)) != CXCursor_FunctionDecl)
		return REF_GLOBAL;
	return storage == CX_SC_Static ? REF_STATIC_LOCAL : REF_LOCAL;
}

uint32_t lower_ref(struct tu *tu, CXCursor c)
{
	CXCursor target = clang_getCursorReferenced(c);
	uint32_t n = new_node(tu, NODE_REF, c);
	struct node *node = node_at(tu, n);

	node->name = clang_text(clang_getCursorSpelling(c));
	switch (clang_getCursorKind(target)) {
	case CXCursor_ParmDecl:
		node->ref = REF_PARAM;
		break;
	case CXCursor_EnumConstantDecl:
		node->ref = REF_ENUM;
		node->has_value = true;
		node->value = clang_getEnumConstantDeclValue(target);
		if (str_starts(node->name, "VMA_"))
			flags_note(tu->u, node->name, node->value);
		break;
	case CXCursor_FunctionDecl:
		node->ref = REF_FUNCTION;
		node->ctype = (struct ctype){ .kind = CTYPE_FUNCTION }; /* of a __builtin_ too */
		node->file = tu_path(tu, target);
		vec_push(&tu->callees)->function = clang_getCursorDefinition(target);
		break;
	case CXCursor_VarDecl:
		node->ref = variable_kind(target);
		if (node->ref != REF_LOCAL)
			initials_note(tu, target);
		break;
	default:
		break;
	}
	return n;
}

/* The link of an anonymous struct or union: "" or "union x::(anonymous at …)". */
static bool is_anonymous_link(CXCursor c)
{
	char *name;
	bool is;

	if (clang_getCursorKind(c) != CXCursor_MemberRefExpr)
		return false;
	name = clang_text(clang_getCursorSpelling(c));
	is = !*name || strchr(name, '(');
	free(name);
	return is;
}

uint32_t lower_member(struct tu *tu, CXCursor c)
{
	CXCursor base = first_child_of(c), field = clang_getCursorReferenced(c);
	uint32_t n = new_node(tu, NODE_MEMBER, c), last = 0;
	long long bits = field_offset(field);

	node_at(tu, n)->name = clang_text(clang_getCursorSpelling(c));
	while (is_anonymous_link(base))
		base = first_child_of(base);
	if (bits < 0 || clang_Cursor_isNull(base)) {
		node_at(tu, n)->kind = NODE_UNKNOWN;
		free(node_at(tu, n)->name);
		node_at(tu, n)->name = xstrdup("member of a record that did not compile");
		return n;
	}
	set_place(node_at(tu, n), field, bits);
	node_at(tu, n)->op =
		xstrdup(ctype_of(clang_getCursorType(base)).kind == CTYPE_RECORD ? "." : "->");
	append(tu, n, &last, lower(tu, base));
	return n;
}

/*
 * The operand is the last child: the expression in a typeof is one too.  A compound literal is its
 * list.
 */
uint32_t lower_cast(struct tu *tu, CXCursor c)
{
	bool literal = clang_getCursorKind(c) == CXCursor_CompoundLiteralExpr;
	struct children ch;
	uint32_t n = 0, last = 0;

	children_of(c, &ch);
	if (!ch.list.nr) {
		n = unknown_node(tu, c, "cast without an operand");
	} else if (literal) {
		n = lower(tu, ch.list.items[ch.list.nr - 1]);
	} else {
		n = new_node(tu, NODE_CAST, c);
		append(tu, n, &last, lower(tu, ch.list.items[ch.list.nr - 1]));
	}
	vec_free(&ch.list);
	return n;
}

/* Builtins that are an expression, not a call; 0 for others. */
static uint32_t lower_builtin(struct tu *tu, CXCursor c, const char *name)
{
	struct children ch;
	uint32_t n = 0;

	/* likely(), unlikely(): the value itself. */
	if (!strcmp(name, "__builtin_expect") ||
	    !strcmp(name, "__builtin_expect_with_probability")) {
		children_of(c, &ch);
		n = ch.list.nr > 1 ? lower(tu, ch.list.items[1]) : 0;
		vec_free(&ch.list);
	} else if (!strcmp(name, "__builtin_constant_p")) {
		/* Its operand is not evaluated; what is no constant here takes the general way. */
		n = new_node(tu, NODE_INT, c);
		node_at(tu, n)->has_value = true;
		tu_evaluate(tu, c, &node_at(tu, n)->value);
	}
	return n;
}

uint32_t lower_call(struct tu *tu, CXCursor c)
{
	CXCursor target = clang_getCursorReferenced(c), def;
	char *name = NULL, *file = NULL;
	uint32_t n;

	if (clang_getCursorKind(target) == CXCursor_FunctionDecl) {
		name = clang_text(clang_getCursorSpelling(target));
		n = lower_builtin(tu, c, name);
		if (n) {
			free(name);
			return n;
		}
		def = clang_getCursorDefinition(target);
		file = tu_path(tu, clang_Cursor_isNull(def) ? target : def);
	}
	n = with_children(tu, NODE_CALL, c);
	node_at(tu, n)->name = name ? name : xstrdup("");
	node_at(tu, n)->file = file;
	if (node_at(tu, n)->macro && spelled_in_header(tu, c))
		node_at(tu, n)->op = xstrdup("header");
	return n;
}

/* a[i], and i[a]: the array first. */
uint32_t lower_index(struct tu *tu, CXCursor c)
{
	uint32_t n = new_node(tu, NODE_INDEX, c), last = 0;
	struct children ch;
	size_t base = 0;

	children_of(c, &ch);
	if (ch.list.nr == 2) {
		base = ctype_of(clang_getCursorType(ch.list.items[0])).kind == CTYPE_INT;
		append(tu, n, &last, lower(tu, ch.list.items[base]));
		append(tu, n, &last, lower(tu, ch.list.items[!base]));
	} else {
		node_at(tu, n)->kind = NODE_UNKNOWN;
		node_at(tu, n)->name = xstrdup("index");
	}
	vec_free(&ch.list);
	return n;
}

uint32_t lower_operator(struct tu *tu, CXCursor c, enum CXCursorKind kind)
{
	enum node_kind nk = NODE_BINARY;
	char *op;
	uint32_t n;

	if (kind == CXCursor_UnaryOperator) {
		enum CXUnaryOperatorKind uk = clang_getCursorUnaryOperatorKind(c);

		nk = NODE_UNARY;
		if (uk == CXUnaryOperator_Extension)
			return lower(tu, first_child_of(c));
		op = uk == CXUnaryOperator_PostInc ? xstrdup("post++")
		     : uk == CXUnaryOperator_PostDec
			     ? xstrdup("post--")
			     : clang_text(clang_getUnaryOperatorKindSpelling(uk));
	} else {
		enum CXBinaryOperatorKind bk = clang_getCursorBinaryOperatorKind(c);

		if (bk >= CXBinaryOperator_Assign && bk <= CXBinaryOperator_OrAssign)
			nk = NODE_ASSIGN;
		op = clang_text(clang_getBinaryOperatorKindSpelling(bk));
	}
	n = with_children(tu, nk, c);
	node_at(tu, n)->op = op;
	return n;
}

/*
 * Which association of a _Generic was chosen is not exposed; its type is, and the one expression of
 * that type is it.  More than one: unknown.
 */
uint32_t lower_generic(struct tu *tu, CXCursor c)
{
	CXType type = clang_getCanonicalType(clang_getCursorType(c));
	CXCursor chosen = clang_getNullCursor();
	unsigned nr = 0;
	struct children ch;
	int64_t value;
	size_t i;

	if (tu_evaluate(tu, c, &value))
		return new_node(tu, NODE_INT, c); /* lower() adds the value */
	children_of(c, &ch);
	for (i = 1; i < ch.list.nr; i++)
		if (clang_isExpression(clang_getCursorKind(ch.list.items[i])) &&
		    clang_equalTypes(clang_getCanonicalType(clang_getCursorType(ch.list.items[i])),
				     type)) {
			chosen = ch.list.items[i];
			nr++;
		}
	vec_free(&ch.list);
	return nr == 1 ? lower(tu, chosen) : unknown_node(tu, c, "_Generic");
}

/* Literals, sizeof and _Alignof.  One that stands for a macro inside another has that macro's name. */
uint32_t lower_literal(struct tu *tu, CXCursor c)
{
	enum CXCursorKind kind = clang_getCursorKind(c);
	uint32_t n = new_node(tu, NODE_INT, c);
	struct node *node = node_at(tu, n);
	struct macro_body m;
	size_t len;

	node->has_value = tu_evaluate(tu, c, &node->value);
	if (!node->has_value) {
		node->kind = NODE_UNKNOWN;
		node->name = xstrdup(kind == CXCursor_UnaryExpr ? "sizeof that is no constant"
								: "literal");
		return n;
	}
	if (kind != CXCursor_IntegerLiteral || !node->macro || !macro_body_of(tu, c, &m))
		return n;
	len = strspn(m.text + m.at, "0123456789abcdefABCDEFxXuUlL");
	if (m.at == m.start && m.at + len >= m.end) {
		free(node->macro);
		node->macro = xstrdup(m.name);
		flags_note(tu->u, m.name, node->value);
	}
	free(m.name);
	return n;
}

static unsigned spelled_at(CXCursor c)
{
	unsigned offset;

	clang_getSpellingLocation(clang_getRangeStart(clang_getCursorExtent(c)), NULL, NULL, NULL,
				  &offset);
	return offset;
}

static unsigned ends_at(CXCursor c)
{
	unsigned offset;

	clang_getFileLocation(clang_getRangeEnd(clang_getCursorExtent(c)), NULL, NULL, NULL,
			      &offset);
	return offset;
}

bool is_conversion(CXCursor c, CXCursor *operand)
{
	struct children ch;
	bool is;

	children_of(c, &ch);
	is = ch.list.nr == 1 && clang_isExpression(clang_getCursorKind(ch.list.items[0]));
	if (is) {
		*operand = ch.list.items[0];
		/* The operand of a builtin stands further right, of a call that does not compile more left. */
		is = spelled_at(c) == spelled_at(*operand) && ends_at(c) == ends_at(*operand);
	}
	vec_free(&ch.list);
	return is;
}

/* An implicit conversion: a node of its own where it changes kind, width or signedness. */
static uint32_t lower_conversion(struct tu *tu, CXCursor c, CXCursor operand)
{
	CXType from = clang_getCanonicalType(clang_getCursorType(operand));
	uint32_t n, last = 0;

	/* The name of a __builtin_ function is of no kind before it decays to a pointer. */
	if (from.kind == CXType_Unexposed ||
	    !ctype_converts(ctype_of(from), ctype_of(clang_getCursorType(c))))
		return lower(tu, operand);
	n = new_node(tu, NODE_CAST, c);
	append(tu, n, &last, lower(tu, operand));
	return n;
}

/* `a ?: b` shows as four children of which the first three hold `a`. */
static uint32_t lower_elvis(struct tu *tu, CXCursor c, const struct children *ch)
{
	uint32_t n = new_node(tu, NODE_COND, c), last = 0;

	node_at(tu, n)->op = xstrdup("?:");
	append(tu, n, &last, lower(tu, ch->list.items[0]));
	append(tu, n, &last, lower(tu, ch->list.items[3]));
	return n;
}

uint32_t lower_unexposed(struct tu *tu, CXCursor c)
{
	CXType type = clang_getCanonicalType(clang_getCursorType(c));
	struct children ch;
	CXCursor operand;
	int64_t value;
	uint32_t n;
	char *word;

	if (type.kind == CXType_Dependent)
		return unknown_node(tu, c, "expression that does not compile");
	if (is_conversion(c, &operand))
		return lower_conversion(tu, c, operand);
	if (tu_evaluate(tu, c, &value))
		return new_node(tu, NODE_INT,
				c); /* offsetof and its like; lower() adds the value */
	word = first_word(tu, c);
	children_of(c, &ch);
	if (word && !strcmp(word, "__builtin_choose_expr") && ch.list.nr == 3 &&
	    tu_evaluate(tu, ch.list.items[0], &value))
		n = lower(tu, ch.list.items[value ? 1 : 2]);
	else if (ch.list.nr == 4 && spelled_at(c) == spelled_at(ch.list.items[2]))
		n = lower_elvis(tu, c, &ch);
	else
		n = unknown_node(tu, c, word ? word : "expression that libclang does not show");
	vec_free(&ch.list);
	free(word);
	return n;
}
