// SPDX-License-Identifier: GPL-2.0-only
/* Nodes as C text, for reasons and guards: readable first, exact where that is short. */
#include <inttypes.h>
#include <string.h>

#include "contract/contract.h"

enum { MAX_TEXT = 160 };

static void print(const struct unit *u, uint32_t i, struct strbuf *b);

static void print_list(const struct unit *u, uint32_t i, struct strbuf *b)
{
	for (; i && b->len < MAX_TEXT; i = u->nodes[i].next) {
		print(u, i, b);
		if (u->nodes[i].next)
			strbuf_adds(b, ", ");
	}
}

static void operand(const struct unit *u, uint32_t i, struct strbuf *b)
{
	enum node_kind k = u->nodes[i].kind;
	bool paren = (k == NODE_BINARY || k == NODE_COND || k == NODE_ASSIGN) && !u->nodes[i].macro;

	if (paren)
		strbuf_adds(b, "(");
	print(u, i, b);
	if (paren)
		strbuf_adds(b, ")");
}

static void print(const struct unit *u, uint32_t i, struct strbuf *b)
{
	const struct node *n = &u->nodes[i];
	uint32_t second = n->child ? u->nodes[n->child].next : 0;

	if (!i || b->len > MAX_TEXT)
		return;
	/* An object-like macro is how a person wrote it. */
	if (n->macro && n->has_value && n->kind != NODE_MACRO) {
		strbuf_adds(b, n->macro);
		return;
	}
	switch (n->kind) {
	case NODE_REF:
		strbuf_adds(b, n->name ? n->name : "?");
		break;
	case NODE_INT:
		if (n->has_value)
			strbuf_addf(b, "%" PRId64, n->value);
		else
			strbuf_adds(b, "?");
		break;
	case NODE_STRING:
		strbuf_adds(b, n->name ? n->name : "\"…\"");
		break;
	case NODE_MEMBER:
		operand(u, n->child, b);
		strbuf_addf(b, "%s%s", n->op ? n->op : ".", n->name ? n->name : "?");
		break;
	case NODE_CALL:
		if (n->name && *n->name)
			strbuf_adds(b, n->name);
		else
			operand(u, n->child, b);
		strbuf_adds(b, "(");
		print_list(u, second, b);
		strbuf_adds(b, ")");
		break;
	case NODE_MACRO:
		strbuf_addf(b, "%s(", n->name ? n->name : "?");
		print_list(u, n->child, b);
		strbuf_adds(b, ")");
		break;
	case NODE_UNARY:
		if (n->op && str_starts(n->op, "post")) {
			operand(u, n->child, b);
			strbuf_adds(b, n->op + 4);
		} else {
			strbuf_adds(b, n->op ? n->op : "");
			operand(u, n->child, b);
		}
		break;
	case NODE_BINARY:
	case NODE_ASSIGN:
		operand(u, n->child, b);
		strbuf_addf(b, " %s ", n->op ? n->op : "?");
		operand(u, second, b);
		break;
	case NODE_COND:
		operand(u, n->child, b);
		strbuf_adds(b, " ? … : …");
		break;
	case NODE_INDEX:
		operand(u, n->child, b);
		strbuf_adds(b, "[");
		print(u, second, b);
		strbuf_adds(b, "]");
		break;
	case NODE_CAST:
		operand(u, n->child, b);
		break;
	default:
		strbuf_adds(b, n->macro ? n->macro : "…");
		break;
	}
}

char *node_text(const struct unit *u, uint32_t node)
{
	struct strbuf b = { 0 };

	print(u, node, &b);
	if (b.len > MAX_TEXT) {
		b.len = MAX_TEXT;
		b.s[b.len] = '\0';
		strbuf_adds(&b, "…");
	}
	return strbuf_detach(&b);
}
