/* SPDX-License-Identifier: GPL-2.0-only */
/* Inside parse/lower*.c only: making nodes. */
#ifndef MMAPCONV_PARSE_LOWER_H
#define MMAPCONV_PARSE_LOWER_H

#include "parse/clang.h"

static inline struct node *node_at(const struct tu *tu, uint32_t i)
{
	return &tu->u->nodes[i];
}

/* A node with c's place and, for an expression, its type.  Parents are made before their children. */
uint32_t new_node(struct tu *tu, enum node_kind kind, CXCursor c);
uint32_t unknown_node(struct tu *tu, CXCursor c, const char *what);
void set_type(struct node *n, CXType type);
/* Append child (0: none) to parent's list; *last is the list's end. */
void append(struct tu *tu, uint32_t parent, uint32_t *last, uint32_t child);
/* A node of that kind whose children are c's. */
uint32_t with_children(struct tu *tu, enum node_kind kind, CXCursor c);


/* An expression or a statement to nodes; the index of its node, or 0 for what has none. */
uint32_t lower(struct tu *tu, CXCursor c);

/* lower_expr.c */
uint32_t lower_ref(struct tu *tu, CXCursor c);
uint32_t lower_member(struct tu *tu, CXCursor c);
uint32_t lower_cast(struct tu *tu, CXCursor c);
uint32_t lower_call(struct tu *tu, CXCursor c);
uint32_t lower_index(struct tu *tu, CXCursor c);
uint32_t lower_operator(struct tu *tu, CXCursor c, enum CXCursorKind kind);
uint32_t lower_generic(struct tu *tu, CXCursor c);
uint32_t lower_literal(struct tu *tu, CXCursor c);
uint32_t lower_unexposed(struct tu *tu, CXCursor c);
/* Is this UnexposedExpr a conversion (or nothing at all) around its operand? */
bool is_conversion(CXCursor c, CXCursor *operand);

/* lower_decl.c */
uint32_t lower_decl(struct tu *tu, CXCursor decl);
uint32_t lower_decl_stmt(struct tu *tu, CXCursor c);
uint32_t lower_init(struct tu *tu, CXCursor list);
/* What is assigned to an object of that type: an expression, converted where it has to be, or a list. */
uint32_t lower_as(struct tu *tu, CXCursor c, CXType type);

/* lower_macro.c: 0 when this is no use of a macro that is kept.  whole: all of what use stands for. */
uint32_t lower_macro(struct tu *tu, CXCursor c, const struct origin *use, bool whole);

#endif
