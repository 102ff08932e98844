// SPDX-License-Identifier: GPL-2.0-only
/* What an expression is worth, as far as a contract wants to know it. */
#include <string.h>

#include "contract/engine.h"

static const struct value unknown = { .kind = VALUE_UNKNOWN };

static bool member_is(struct engine *e, struct state *s, uint32_t node, const char *field)
{
	const struct node *n = engine_node(e, node);

	return n->kind == NODE_MEMBER && n->name && !strcmp(n->name, field) && is_vma(e, s, n->child);
}

static struct value value_of_member(struct engine *e, struct state *s, const struct node *n)
{
	struct value base;

	if (!n->child || !n->name)
		return unknown;
	base = value_of(e, s, n->child);
	if (base.kind == VALUE_VMA && !strcmp(n->name, "vm_file"))
		return (struct value){ .kind = VALUE_FILE };
	if (base.kind == VALUE_VMA && !strcmp(n->name, "vm_mm"))
		return (struct value){ .kind = VALUE_VMA_MM };
	if (base.kind == VALUE_VMA && !strcmp(n->name, "vm_start"))
		return (struct value){ .kind = VALUE_VMA_START };
	if (base.kind == VALUE_VMA && !strcmp(n->name, "vm_page_prot"))
		return (struct value){ .kind = VALUE_VMA_PROT };
	if (base.kind == VALUE_FILE && !strcmp(n->name, "private_data"))
		return (struct value){ .kind = VALUE_FILE_PRIVATE };
	return (struct value){ .from = (uint32_t)(n - e->u->nodes) };
}

static bool is_call_on_vma(struct engine *e, struct state *s, uint32_t node, const char *function)
{
	const struct node *n = engine_node(e, node);

	return n->kind == NODE_CALL && n->name && !strcmp(n->name, function) && is_vma(e, s, child_at(e, node, 1));
}

static struct value value_of_binary(struct engine *e, struct state *s, uint32_t node)
{
	const struct node *n = engine_node(e, node);
	uint32_t a = n->child, b = a ? engine_node(e, a)->next : 0;

	if (!n->op || !b)
		return unknown;
	if (!strcmp(n->op, "-") && member_is(e, s, a, "vm_end") && member_is(e, s, b, "vm_start"))
		return (struct value){ .kind = VALUE_VMA_SIZE };
	if ((!strcmp(n->op, "<<") || !strcmp(n->op, "*")) && is_call_on_vma(e, s, a, "vma_pages") &&
	    engine_node(e, b)->macro && str_starts(engine_node(e, b)->macro, "PAGE_S"))
		return (struct value){ .kind = VALUE_VMA_SIZE };
	if (!strcmp(n->op, ","))
		return value_of(e, s, b);
	return unknown;
}

/* &local, &local.field, &pointer_to_local->field */
static struct value address_of(struct engine *e, struct state *s, uint32_t node)
{
	const struct node *n = engine_node(e, node);

	while (n->kind == NODE_CAST && n->child)
		n = engine_node(e, n->child);
	if (n->kind == NODE_REF && n->ref == REF_LOCAL)
		return (struct value){ .kind = VALUE_LOCAL };
	if (n->kind == NODE_MEMBER && n->child && n->op && !strcmp(n->op, "->"))
		return value_of(e, s, n->child).kind == VALUE_LOCAL ? (struct value){ .kind = VALUE_LOCAL } : unknown;
	if (n->kind == NODE_MEMBER && n->child)
		return address_of(e, s, n->child);
	return unknown;
}

/* A vma wherever it comes from: out of a struct, chosen by `?:`, returned by a call. */
static bool is_vma_type(const struct node *n)
{
	return n->type && !strcmp(n->type, "struct vm_area_struct *") && n->kind != NODE_REF;
}

struct value value_of(struct engine *e, struct state *s, uint32_t node)
{
	const struct node *n = engine_node(e, node);
	struct value *v;

	if (!node)
		return unknown;
	if (n->has_value)
		return (struct value){ .kind = VALUE_CONST, .number = n->value };
	if (is_vma_type(n))
		return (struct value){ .kind = VALUE_VMA };
	switch (n->kind) {
	case NODE_REF:
		if (n->ref == REF_LOCAL && n->type && strchr(n->type, '['))
			return (struct value){ .kind = VALUE_LOCAL };
		v = n->name ? local_find(e, s, n->name) : NULL;
		return v ? *v : unknown;
	case NODE_UNARY:
		return n->op && !strcmp(n->op, "&") && n->child ? address_of(e, s, n->child) : unknown;
	case NODE_CAST:
		return n->child ? value_of(e, s, n->child) : unknown;
	case NODE_MEMBER:
		return value_of_member(e, s, n);
	case NODE_BINARY:
		return value_of_binary(e, s, node);
	case NODE_CALL:
		if (is_call_on_vma(e, s, node, "vma_size"))
			return (struct value){ .kind = VALUE_VMA_SIZE };
		return unknown;
	default:
		return unknown;
	}
}

bool is_vma(struct engine *e, struct state *s, uint32_t node)
{
	return node && value_of(e, s, node).kind == VALUE_VMA;
}
