// SPDX-License-Identifier: GPL-2.0-only
/* A function's AST to nodes.  What is not understood becomes NODE_UNKNOWN, never nothing. */
#include <stdlib.h>
#include <string.h>

#include "parse/clang.h"

enum { MAX_DEPTH = 400, MAX_NODES = 400000 };

static struct node *node_at(const struct tu *tu, uint32_t i)
{
	return &tu->u->nodes[i];
}

static void set_type(struct node *n, CXType type)
{
	n->type = clang_text(clang_getTypeSpelling(clang_getCanonicalType(type)));
	n->ctype = ctype_of(type);
	n->elem = element_size(type);
}

static uint32_t new_node(struct tu *tu, enum node_kind kind, CXCursor c)
{
	struct unit *u = tu->u;
	struct origin o;
	struct node *n;

	if (u->nr_nodes + 1 >= u->cap_nodes) {
		u->cap_nodes = u->cap_nodes ? u->cap_nodes * 2 : 1024;
		u->nodes = xrealloc(u->nodes, u->cap_nodes, sizeof(*u->nodes));
	}
	if (!u->nr_nodes) {
		memset(&u->nodes[0], 0, sizeof(*u->nodes));
		u->nr_nodes = 1;
	}
	o = origin_of(tu, c);
	n = &u->nodes[u->nr_nodes];
	memset(n, 0, sizeof(*n));
	n->kind = kind;
	n->line = o.line;
	n->col = o.col;
	n->macro = o.macro;
	if (clang_isExpression(clang_getCursorKind(c)))
		set_type(n, clang_getCursorType(c));
	return (uint32_t)u->nr_nodes++;
}

struct children { VEC(CXCursor) list; };

static enum CXChildVisitResult collect(CXCursor c, CXCursor parent, CXClientData data)
{
	struct children *ch = data;

	(void)parent;
	*vec_push(&ch->list) = c;
	return CXChildVisit_Continue;
}

static void children_of(CXCursor c, struct children *ch)
{
	memset(ch, 0, sizeof(*ch));
	clang_visitChildren(c, collect, ch);
}

/* Append child (0: none) to parent's list; *last is the list's end. */
static void append(struct tu *tu, uint32_t parent, uint32_t *last, uint32_t child)
{
	if (!child)
		return;
	if (*last)
		node_at(tu, *last)->next = child;
	else
		node_at(tu, parent)->child = child;
	*last = child;
	while (node_at(tu, *last)->next)
		*last = node_at(tu, *last)->next;
}

static void lower_children(struct tu *tu, CXCursor c, uint32_t parent)
{
	struct children ch;
	uint32_t last = 0;
	CXCursor *k;

	children_of(c, &ch);
	vec_each(k, &ch.list)
		append(tu, parent, &last, lower(tu, *k));
	vec_free(&ch.list);
}

static uint32_t with_children(struct tu *tu, enum node_kind kind, CXCursor c)
{
	uint32_t n = new_node(tu, kind, c);

	lower_children(tu, c, n);
	return n;
}

/* The function of `__attribute__((cleanup(f)))`, which no cursor shows, from the pretty print. */
static char *cleanup_of(CXCursor var)
{
	CXPrintingPolicy policy = clang_getCursorPrintingPolicy(var);
	char *text, *p, *name = NULL;

	text = clang_text(clang_getCursorPrettyPrinted(var, policy));
	clang_PrintingPolicy_dispose(policy);
	p = strstr(text, "cleanup(");
	if (p) {
		p += strlen("cleanup(");
		name = xstrndup(p, strcspn(p, ") "));
	}
	free(text);
	return name;
}

static enum CXChildVisitResult find_attr(CXCursor c, CXCursor parent, CXClientData data)
{
	(void)parent;
	if (clang_getCursorKind(c) == CXCursor_UnexposedAttr)
		*(bool *)data = true;
	return CXChildVisit_Continue;
}

static uint32_t lower_decl(struct tu *tu, CXCursor decl)
{
	CXCursor init = clang_Cursor_getVarDeclInitializer(decl);
	bool attr = false;
	uint32_t n = new_node(tu, NODE_DECL, decl), last = 0;

	node_at(tu, n)->name = clang_text(clang_getCursorSpelling(decl));
	node_at(tu, n)->ref = clang_Cursor_getStorageClass(decl) == CX_SC_Static ? REF_STATIC_LOCAL : REF_LOCAL;
	set_type(node_at(tu, n), clang_getCursorType(decl));
	clang_visitChildren(decl, find_attr, &attr);
	if (attr)
		node_at(tu, n)->cleanup = cleanup_of(decl);
	if (!clang_Cursor_isNull(init))
		append(tu, n, &last, lower(tu, init));
	return n;
}

static uint32_t lower_decl_stmt(struct tu *tu, CXCursor c)
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

static uint32_t lower_ref(struct tu *tu, CXCursor c)
{
	CXCursor target = clang_getCursorReferenced(c);
	enum CXCursorKind kind = clang_getCursorKind(target);
	uint32_t n = new_node(tu, NODE_REF, c);
	struct node *node;

	node = node_at(tu, n);
	node->name = clang_text(clang_getCursorSpelling(c));
	switch (kind) {
	case CXCursor_ParmDecl:
		node->ref = REF_PARAM;
		break;
	case CXCursor_EnumConstantDecl:
		node->ref = REF_ENUM;
		node->has_value = true;
		node->value = clang_getEnumConstantDeclValue(target);
		break;
	case CXCursor_FunctionDecl:
		node->ref = REF_FUNCTION;
		node->ctype = (struct ctype){ .kind = CTYPE_FUNCTION };	/* of a __builtin_ too */
		node->file = tu_path(tu, target);
		*vec_push(&tu->callees) = clang_getCursorDefinition(target);
		break;
	case CXCursor_VarDecl:
		if (clang_getCursorKind(clang_getCursorSemanticParent(target)) != CXCursor_FunctionDecl)
			node->ref = REF_GLOBAL;
		else
			node->ref = clang_Cursor_getStorageClass(target) == CX_SC_Static ? REF_STATIC_LOCAL
											 : REF_LOCAL;
		break;
	default:
		break;
	}
	return n;
}

static enum CXChildVisitResult take_first(CXCursor c, CXCursor parent, CXClientData data)
{
	(void)parent;
	*(CXCursor *)data = c;
	return CXChildVisit_Break;
}

static CXCursor first_child(CXCursor c)
{
	CXCursor child = clang_getNullCursor();

	clang_visitChildren(c, take_first, &child);
	return child;
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

static uint32_t lower_member(struct tu *tu, CXCursor c)
{
	CXCursor base = first_child(c), field = clang_getCursorReferenced(c);
	uint32_t n = new_node(tu, NODE_MEMBER, c), last = 0;
	long long bits = field_offset(field);
	int width = clang_getFieldDeclBitWidth(field);

	node_at(tu, n)->name = clang_text(clang_getCursorSpelling(c));
	while (is_anonymous_link(base))
		base = first_child(base);
	if (bits < 0 || clang_Cursor_isNull(base)) {
		node_at(tu, n)->kind = NODE_UNKNOWN;	/* of a record that did not compile */
		return n;
	}
	node_at(tu, n)->offset = (uint32_t)(bits / 8);
	node_at(tu, n)->field_bits = (uint8_t)(width > 0 ? width : 0);
	append(tu, n, &last, lower(tu, base));
	node_at(tu, n)->op = xstrdup(last && node_at(tu, last)->ctype.kind == CTYPE_RECORD ? "." : "->");
	return n;
}

/* The operand is the last child: the expression in a typeof is one too. */
static uint32_t lower_cast(struct tu *tu, CXCursor c)
{
	uint32_t n = new_node(tu, NODE_CAST, c), last = 0;
	struct children ch;

	children_of(c, &ch);
	if (ch.list.nr)
		append(tu, n, &last, lower(tu, ch.list.items[ch.list.nr - 1]));
	vec_free(&ch.list);
	return n;
}

static uint32_t lower_call(struct tu *tu, CXCursor c)
{
	CXCursor target = clang_getCursorReferenced(c);
	uint32_t n;
	char *name = NULL, *file = NULL;
	struct children ch;
	CXCursor def;

	if (clang_getCursorKind(target) == CXCursor_FunctionDecl) {
		name = clang_text(clang_getCursorSpelling(target));
		def = clang_getCursorDefinition(target);
		file = tu_path(tu, clang_Cursor_isNull(def) ? target : def);
	}
	/* likely(), unlikely(): the value itself. */
	if (name && (!strcmp(name, "__builtin_expect") || !strcmp(name, "__builtin_expect_with_probability"))) {
		children_of(c, &ch);
		n = ch.list.nr > 1 ? lower(tu, ch.list.items[1]) : 0;
		vec_free(&ch.list);
		free(name);
		free(file);
		return n;
	}
	n = with_children(tu, NODE_CALL, c);
	node_at(tu, n)->name = name ? name : xstrdup("");
	node_at(tu, n)->file = file;
	return n;
}

static uint32_t lower_operator(struct tu *tu, CXCursor c, enum CXCursorKind kind)
{
	enum node_kind nk = NODE_BINARY;
	char *op;
	uint32_t n;

	if (kind == CXCursor_UnaryOperator) {
		enum CXUnaryOperatorKind uk = clang_getCursorUnaryOperatorKind(c);

		nk = NODE_UNARY;
		op = uk == CXUnaryOperator_PostInc ? xstrdup("post++") : uk == CXUnaryOperator_PostDec
			? xstrdup("post--") : clang_text(clang_getUnaryOperatorKindSpelling(uk));
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

/* An implicit conversion: a node of its own where it changes kind, width or signedness. */
static uint32_t lower_conversion(struct tu *tu, CXCursor c, CXCursor operand)
{
	CXType from = clang_getCanonicalType(clang_getCursorType(operand));
	uint32_t n, last = 0;

	/* The name of a __builtin_ function is of no kind before it decays to a pointer. */
	if (!clang_isExpression(clang_getCursorKind(c)) || from.kind == CXType_Unexposed ||
	    !ctype_converts(ctype_of(from), ctype_of(clang_getCursorType(c))))
		return lower(tu, operand);
	n = new_node(tu, NODE_CAST, c);
	append(tu, n, &last, lower(tu, operand));
	return n;
}

/* A GNU conditional `a ?: b` shows as four children of which three hold `a`. */
static uint32_t lower_unexposed(struct tu *tu, CXCursor c)
{
	CXType type = clang_getCanonicalType(clang_getCursorType(c));
	struct children ch;
	uint32_t n = 0, last = 0, i;

	if (clang_isExpression(clang_getCursorKind(c)) && type.kind == CXType_Dependent) {
		n = new_node(tu, NODE_UNKNOWN, c);
		node_at(tu, n)->name = xstrdup("expression that does not compile");
		return n;
	}
	children_of(c, &ch);
	if (ch.list.nr == 1) {
		n = lower_conversion(tu, c, ch.list.items[0]);
	} else if (ch.list.nr == 4) {
		n = new_node(tu, NODE_COND, c);
		node_at(tu, n)->op = xstrdup("?:");
		append(tu, n, &last, lower(tu, ch.list.items[0]));
		append(tu, n, &last, lower(tu, ch.list.items[3]));
	} else {
		n = new_node(tu, ch.list.nr ? NODE_INIT : NODE_UNKNOWN, c);
		for (i = 0; i < ch.list.nr; i++)
			append(tu, n, &last, lower(tu, ch.list.items[i]));
		node_at(tu, n)->op = clang_text(clang_getCursorKindSpelling(clang_getCursorKind(c)));
	}
	vec_free(&ch.list);
	return n;
}

struct args { struct tu *tu; struct origin use; uint32_t parent, last; };

/* The arguments of a macro's use: the largest pieces that stand between its parentheses. */
static enum CXChildVisitResult collect_args(CXCursor c, CXCursor parent, CXClientData data)
{
	struct args *a = data;
	CXSourceRange range = clang_getCursorExtent(c);
	unsigned start, end;
	CXFile file;

	(void)parent;
	clang_getFileLocation(clang_getRangeStart(range), &file, NULL, NULL, &start);
	clang_getFileLocation(clang_getRangeEnd(range), NULL, NULL, NULL, &end);
	if (file && clang_File_isEqual(file, a->tu->main) && start > a->use.start && end <= a->use.end &&
	    clang_isExpression(clang_getCursorKind(c))) {
		append(a->tu, a->parent, &a->last, lower(a->tu, c));
		return CXChildVisit_Continue;
	}
	return CXChildVisit_Recurse;
}

static uint32_t lower_macro(struct tu *tu, CXCursor c, const struct origin *use)
{
	struct args a = { .tu = tu, .use = *use };

	a.parent = new_node(tu, NODE_MACRO, c);
	node_at(tu, a.parent)->name = xstrdup(use->macro);
	clang_visitChildren(c, collect_args, &a);
	return a.parent;
}

static uint32_t lower_kind(struct tu *tu, CXCursor c, enum CXCursorKind kind)
{
	CXCursor init;
	uint32_t n;

	switch (kind) {
	case CXCursor_CompoundStmt:		return with_children(tu, NODE_BLOCK, c);
	case CXCursor_IfStmt:			return with_children(tu, NODE_IF, c);
	case CXCursor_SwitchStmt:		return with_children(tu, NODE_SWITCH, c);
	case CXCursor_CaseStmt:			return with_children(tu, NODE_CASE, c);
	case CXCursor_DefaultStmt:		return with_children(tu, NODE_DEFAULT, c);
	case CXCursor_WhileStmt:		return with_children(tu, NODE_WHILE, c);
	case CXCursor_DoStmt:			return with_children(tu, NODE_DO, c);
	case CXCursor_ForStmt:			return with_children(tu, NODE_FOR, c);
	case CXCursor_ReturnStmt:		return with_children(tu, NODE_RETURN, c);
	case CXCursor_BreakStmt:		return new_node(tu, NODE_BREAK, c);
	case CXCursor_ContinueStmt:		return new_node(tu, NODE_CONTINUE, c);
	case CXCursor_NullStmt:			return new_node(tu, NODE_NULLSTMT, c);
	case CXCursor_DeclStmt:			return lower_decl_stmt(tu, c);
	case CXCursor_VarDecl:			return lower_decl(tu, c);
	case CXCursor_GCCAsmStmt:		return with_children(tu, NODE_ASM, c);
	case CXCursor_CallExpr:			return lower_call(tu, c);
	case CXCursor_MemberRefExpr:		return lower_member(tu, c);
	case CXCursor_DeclRefExpr:		return lower_ref(tu, c);
	case CXCursor_StmtExpr:			return with_children(tu, NODE_STMTEXPR, c);
	case CXCursor_UnaryOperator:
	case CXCursor_BinaryOperator:
	case CXCursor_CompoundAssignOperator:	return lower_operator(tu, c, kind);
	case CXCursor_StringLiteral:		return new_node(tu, NODE_STRING, c);
	case CXCursor_InitListExpr:
	case CXCursor_CompoundLiteralExpr:	return with_children(tu, NODE_INIT, c);
	case CXCursor_ConditionalOperator:	return with_children(tu, NODE_COND, c);
	case CXCursor_ArraySubscriptExpr:	return with_children(tu, NODE_INDEX, c);
	case CXCursor_GotoStmt:
		n = new_node(tu, NODE_GOTO, c);
		init = clang_getCursorReferenced(c);
		node_at(tu, n)->name = clang_text(clang_getCursorSpelling(init));
		return n;
	case CXCursor_LabelStmt:
		n = with_children(tu, NODE_LABEL, c);
		node_at(tu, n)->name = clang_text(clang_getCursorSpelling(c));
		return n;
	case CXCursor_CStyleCastExpr:		return lower_cast(tu, c);
	case CXCursor_IntegerLiteral:
	case CXCursor_CharacterLiteral:
	case CXCursor_UnaryExpr:		/* sizeof, _Alignof */
		return new_node(tu, NODE_INT, c);
	case CXCursor_ParenExpr:
	case CXCursor_UnexposedExpr:
	case CXCursor_UnexposedStmt:		return lower_unexposed(tu, c);
	case CXCursor_TypeRef:
	case CXCursor_MemberRef:
	case CXCursor_LabelRef:
	case CXCursor_StaticAssert:
	case CXCursor_UnexposedAttr:
	case CXCursor_StructDecl:
	case CXCursor_UnionDecl:
	case CXCursor_EnumDecl:
	case CXCursor_TypedefDecl:		return 0;
	default:
		n = with_children(tu, NODE_UNKNOWN, c);
		node_at(tu, n)->name = clang_text(clang_getCursorKindSpelling(kind));
		return n;
	}
}

uint32_t lower(struct tu *tu, CXCursor c)
{
	enum CXCursorKind kind = clang_getCursorKind(c);
	struct origin o;
	int64_t value;
	uint32_t n;

	if (tu->depth > MAX_DEPTH || tu->u->nr_nodes > MAX_NODES) {
		n = new_node(tu, NODE_UNKNOWN, c);
		node_at(tu, n)->name = xstrdup("function too large to read");
		return n;
	}
	o = origin_of(tu, c);
	if (o.macro && macro_is_opaque(o.macro)) {
		n = lower_macro(tu, c, &o);
		free(o.macro);
		return n;
	}
	free(o.macro);
	tu->depth++;
	n = lower_kind(tu, c, kind);
	tu->depth--;
	if (n && clang_isExpression(kind) && !node_at(tu, n)->has_value && tu_evaluate(c, &value)) {
		node_at(tu, n)->has_value = true;
		node_at(tu, n)->value = value;
	}
	/* Parentheses and casts vanish, the macro that they came from must not. */
	if (n && !node_at(tu, n)->macro)
		node_at(tu, n)->macro = origin_of(tu, c).macro;
	return n;
}
