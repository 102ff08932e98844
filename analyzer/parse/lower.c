// SPDX-License-Identifier: GPL-2.0-only
/* A function's AST to nodes: statements.  What is not understood becomes UNKNOWN, never nothing. */
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "parse/lower.h"

enum { MAX_DEPTH = 400, MAX_NODES = 400000 };

void set_type(struct node *n, CXType type)
{
	n->type = clang_text(clang_getTypeSpelling(clang_getCanonicalType(type)));
	n->ctype = ctype_of(type);
	n->elem = element_size(type);
}

uint32_t new_node(struct tu *tu, enum node_kind kind, CXCursor c)
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

uint32_t unknown_node(struct tu *tu, CXCursor c, const char *what)
{
	uint32_t n = new_node(tu, NODE_UNKNOWN, c);

	node_at(tu, n)->name = xstrdup(what);
	return n;
}

void append(struct tu *tu, uint32_t parent, uint32_t *last, uint32_t child)
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

uint32_t with_children(struct tu *tu, enum node_kind kind, CXCursor c)
{
	uint32_t n = new_node(tu, kind, c), last = 0;
	struct children ch;
	CXCursor *k;

	children_of(c, &ch);
	vec_each(k, &ch.list)
		append(tu, n, &last, lower(tu, *k));
	vec_free(&ch.list);
	return n;
}

/* The cursor leaves absent parts of `for (init; condition; step)` out without a trace. */
static uint32_t lower_for(struct tu *tu, CXCursor c)
{
	bool present[3] = { true, true, true };
	uint32_t n = new_node(tu, NODE_FOR, c), last = 0, part;
	struct children ch;
	size_t i, at = 0;

	children_of(c, &ch);
	if (!ch.list.nr || ch.list.nr > 4 ||
	    (ch.list.nr < 4 && !for_slots(tu, c, (unsigned)ch.list.nr - 1, present))) {
		node_at(tu, n)->kind = NODE_UNKNOWN;
		node_at(tu, n)->name = xstrdup("for loop whose parts are not clear");
		vec_free(&ch.list);
		return n;
	}
	for (i = 0; i < 4; i++) {
		part = i == 3 || present[i] ? lower(tu, ch.list.items[at++]) : 0;
		append(tu, n, &last, part ? part : new_node(tu, NODE_NULLSTMT, c));
	}
	vec_free(&ch.list);
	return n;
}

static uint32_t lower_asm(struct tu *tu, CXCursor c)
{
	uint32_t n = with_children(tu, NODE_ASM, c);
	struct children operands;
	CXFile file = NULL;

	/*
	 * Its own place, however many macros it is in: asm/bug.h.  Its first word can be a macro's itself, so
	 * that an operand is asked first.
	 */
	children_of(c, &operands);
	if (operands.list.nr)
		clang_getSpellingLocation(clang_getCursorLocation(operands.list.items[operands.list.nr - 1]), &file,
					  NULL, NULL, NULL);
	vec_free(&operands.list);
	if (!file)
		clang_getSpellingLocation(clang_getCursorLocation(c), &file, NULL, NULL, NULL);
	if (file)
		node_at(tu, n)->file = file_path(tu, file);
	if (asm_is_goto(tu, c))
		node_at(tu, n)->op = xstrdup("goto");
	return n;
}

/* GOTO and LABEL: with the label's name. */
static uint32_t named(struct tu *tu, uint32_t n, CXCursor label)
{
	node_at(tu, n)->name = clang_text(clang_getCursorSpelling(label));
	return n;
}

/* Which string it is, not what it says: two of one text are one. */
static uint32_t lower_string(struct tu *tu, CXCursor c)
{
	uint32_t n = new_node(tu, NODE_STRING, c);
	char *text = clang_text(clang_getCursorSpelling(c));
	XXH128_hash_t hash = XXH3_128bits(text, strlen(text));

	if (*text)
		node_at(tu, n)->op = xasprintf("%016llx%016llx", (unsigned long long)hash.high64,
					       (unsigned long long)hash.low64);
	free(text);
	return n;
}

static uint32_t lower_kind(struct tu *tu, CXCursor c, enum CXCursorKind kind)
{
	char *name;
	uint32_t n;

	switch (kind) {
	case CXCursor_CompoundStmt:		return with_children(tu, NODE_BLOCK, c);
	case CXCursor_IfStmt:			return with_children(tu, NODE_IF, c);
	case CXCursor_SwitchStmt:		return with_children(tu, NODE_SWITCH, c);
	case CXCursor_CaseStmt:			return with_children(tu, NODE_CASE, c);
	case CXCursor_DefaultStmt:		return with_children(tu, NODE_DEFAULT, c);
	case CXCursor_WhileStmt:		return with_children(tu, NODE_WHILE, c);
	case CXCursor_DoStmt:			return with_children(tu, NODE_DO, c);
	case CXCursor_ForStmt:			return lower_for(tu, c);
	case CXCursor_ReturnStmt:		return with_children(tu, NODE_RETURN, c);
	case CXCursor_BreakStmt:		return new_node(tu, NODE_BREAK, c);
	case CXCursor_ContinueStmt:		return new_node(tu, NODE_CONTINUE, c);
	case CXCursor_NullStmt:			return new_node(tu, NODE_NULLSTMT, c);
	case CXCursor_GotoStmt:
		return named(tu, new_node(tu, NODE_GOTO, c), clang_getCursorReferenced(c));
	case CXCursor_LabelStmt:		return named(tu, with_children(tu, NODE_LABEL, c), c);
	case CXCursor_DeclStmt:			return lower_decl_stmt(tu, c);
	case CXCursor_VarDecl:			return lower_decl(tu, c);
	case CXCursor_GCCAsmStmt:		return lower_asm(tu, c);
	case CXCursor_UnexposedStmt:		return lower(tu, first_child_of(c));	/* attributed */
	case CXCursor_CallExpr:			return lower_call(tu, c);
	case CXCursor_MemberRefExpr:		return lower_member(tu, c);
	case CXCursor_DeclRefExpr:		return lower_ref(tu, c);
	case CXCursor_StmtExpr:			return with_children(tu, NODE_STMTEXPR, c);
	case CXCursor_UnaryOperator:
	case CXCursor_BinaryOperator:
	case CXCursor_CompoundAssignOperator:	return lower_operator(tu, c, kind);
	case CXCursor_StringLiteral:		return lower_string(tu, c);
	case CXCursor_InitListExpr:		return lower_init(tu, c);
	case CXCursor_CompoundLiteralExpr:	return lower_cast(tu, c);
	case CXCursor_ConditionalOperator:	return with_children(tu, NODE_COND, c);
	case CXCursor_ArraySubscriptExpr:	return lower_index(tu, c);
	case CXCursor_CStyleCastExpr:		return lower_cast(tu, c);
	case CXCursor_GenericSelectionExpr:	return lower_generic(tu, c);
	case CXCursor_IntegerLiteral:
	case CXCursor_CharacterLiteral:
	case CXCursor_UnaryExpr:		return lower_literal(tu, c);	/* sizeof, _Alignof too */
	case CXCursor_ParenExpr:		return lower(tu, first_child_of(c));
	case CXCursor_UnexposedExpr:		return lower_unexposed(tu, c);
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
		name = clang_text(clang_getCursorKindSpelling(kind));
		n = unknown_node(tu, c, name);
		free(name);
		return n;
	}
}

/* The first piece inside a macro's use is the whole of it; what is further in is a part. */
static bool enters_macro(struct tu *tu, const struct origin *o)
{
	if (!o->macro || (tu->macro_file && o->start == tu->macro_start &&
			  clang_File_isEqual(o->file, tu->macro_file)))
		return false;
	tu->macro_file = o->file;
	tu->macro_start = o->start;
	return true;
}

uint32_t lower(struct tu *tu, CXCursor c)
{
	enum CXCursorKind kind = clang_getCursorKind(c);
	CXFile file = tu->macro_file;
	unsigned start = tu->macro_start;
	struct origin o;
	CXCursor inner;
	int64_t value;
	bool whole = false, conversion;
	uint32_t n = 0;

	if (clang_Cursor_isNull(c) || clang_isInvalid(kind))
		return 0;
	if (tu->depth > MAX_DEPTH || tu->u->nr_nodes > MAX_NODES)
		return unknown_node(tu, c, "function too large to read");
	o = origin_of(tu, c);
	/* A conversion around a macro is not the macro's. */
	conversion = kind == CXCursor_UnexposedExpr && is_conversion(c, &inner);
	if (!conversion) {
		whole = enters_macro(tu, &o);
		n = lower_macro(tu, c, &o, whole);
	}
	if (!n) {
		tu->depth++;
		n = lower_kind(tu, c, kind);
		tu->depth--;
	}
	tu->macro_file = file;
	tu->macro_start = start;
	if (n && clang_isExpression(kind) && !node_at(tu, n)->has_value && tu_evaluate(tu, c, &value)) {
		node_at(tu, n)->has_value = true;
		node_at(tu, n)->value = value;
	}
	if (n && whole && node_at(tu, n)->has_value)
		flags_note(tu->u, o.macro, node_at(tu, n)->value);
	/* Parentheses and casts vanish, the macro that they came from must not. */
	if (n && !node_at(tu, n)->macro && o.macro)
		node_at(tu, n)->macro = xstrdup(o.macro);
	free(o.macro);
	return n;
}
