// SPDX-License-Identifier: GPL-2.0-only
/* The flags of a mapping (or of a variable): set, cleared, tested, by masks and by numbers of bits. */
#include <stdlib.h>

#include "contract/engine.h"
#include "contract/models.h"

static term_t arg(const struct call *k, unsigned n)
{
	return n < k->nr ? k->args[n] : 0;
}

/* The VM_X names of a mask, one effect each; a mask that is no constant is one effect. */
static void flags_effects(struct engine *e, struct state *s, unsigned line, enum effect_kind kind, term_t mask,
			  term_t now)
{
	const char *name;
	struct effect *f;
	uint64_t bit;
	int64_t v;
	char *hex;

	if (!term_is_const(e->t, mask, &v)) {
		f = add_effect(e, s, EFFECT_FLAGS_OTHER, line, "");
		effect_detail(e, f, mask);
		effect_arg(f, now);
		return;
	}
	for (bit = 1; bit; bit <<= 1) {
		if (!((uint64_t)v & bit))
			continue;
		name = flag_name_find(&e->u->flags, bit);
		hex = name ? NULL : xasprintf("0x%llx", (unsigned long long)bit);
		f = add_effect(e, s, kind, line, name ? name : hex);
		effect_arg(f, term_const(e->t, bit, e->word));
		free(hex);
	}
}

/* A value as (root & ~clear) | set; its root. */
static term_t flags_form(const struct engine *e, term_t value, uint64_t *set, uint64_t *clear)
{
	struct term x;
	int64_t v;
	unsigned n;

	*set = *clear = 0;
	/* From the outside in: what an outer operator decides, an inner one does not. */
	for (n = 0; n < 64; n++) {
		x = *term_at(e->t, value);
		if ((x.op != TERM_OR && x.op != TERM_AND) || !term_is_const(e->t, x.b, &v))
			break;
		if (x.op == TERM_OR)
			*set |= (uint64_t)v & ~*clear;
		else
			*clear |= ~(uint64_t)v & ~*set;
		value = x.a;
	}
	return value;
}

/* The flags are this from now on; what changed is told from what they were. */
void write_flags(struct engine *e, struct state *s, unsigned line, term_t value)
{
	term_t old = vma_cell_read(e, s, CELL_FLAGS), at = vma_cell_address(e, CELL_FLAGS);
	uint64_t set, clear, old_set, old_clear;
	struct effect *f;

	value = term_at(e->t, value)->type.kind == CTYPE_RECORD ? value : term_convert(e->t, value, e->word);
	if (flags_form(e, value, &set, &clear) == flags_form(e, old, &old_set, &old_clear)) {
		flags_effects(e, s, line, EFFECT_FLAGS_SET, term_const(e->t, set & ~old_set, e->word), value);
		flags_effects(e, s, line, EFFECT_FLAGS_CLEAR, term_const(e->t, clear & ~old_clear, e->word), value);
	} else if (value != old) {
		f = add_effect(e, s, EFFECT_FLAGS_OTHER, line, "");
		effect_detail(e, f, value);
		effect_arg(f, value);
	}
	memory_write(e, s, at, value);
}

/* Is a mask written as a list of VM_ names?  What it is worth is known either way. */
static bool is_name_list(const struct engine *e, uint32_t node)
{
	const struct node *n = engine_node(e, node);
	uint32_t second = child_at(e, node, 1);

	if (n->macro && str_starts(n->macro, "VM"))
		return true;
	if (n->has_value && !n->value)
		return true;
	if (n->kind == NODE_CAST && n->child)
		return is_name_list(e, n->child);
	if (n->kind == NODE_REF)
		return n->ref == REF_ENUM;
	if (n->kind == NODE_BINARY && second && node_op_is(n, "|"))
		return is_name_list(e, n->child) && is_name_list(e, second);
	/* BIT(VMA_X_BIT), 1UL << VMA_X_BIT */
	return n->kind == NODE_BINARY && second && node_op_is(n, "<<") && is_name_list(e, second);
}

/* The argument with the mask as the source has it, if that is no list of names; caller frees. */
static char *computed_mask(const struct engine *e, const struct call *k, unsigned n)
{
	uint32_t a = k->node->child;

	if (k->node->kind != NODE_CALL || !a)
		return NULL;
	for (a = engine_node(e, a)->next; a && n--; a = engine_node(e, a)->next)
		;
	return a && !is_name_list(e, a) ? node_text(e->u, a) : NULL;
}

/* Flags that are not the mapping's: a vma_flags_t of the function's own. */
static bool set_other_flags(struct engine *e, struct state *s, const struct call *k, term_t mask, bool set)
{
	term_t at = arg(k, 0), old;

	if (!at || at == e->vma || at == vma_cell_address(e, CELL_FLAGS))
		return false;
	old = memory_read(e, s, at, e->word);
	if (!mask || !ctype_width(term_at(e->t, mask)->type) || !ctype_width(term_at(e->t, old)->type))
		store(e, s, k->node, at, term_fresh(e->t, "a mask of flags", e->word));
	else
		store(e, s, k->node, at, set ? term_op(e->t, TERM_OR, old, mask, e->word)
		      : term_op(e->t, TERM_AND, old, term_op(e->t, TERM_BNOT, mask, 0, e->word), e->word));
	return true;
}

void set_flags(struct engine *e, struct state *s, const struct call *k, unsigned n, term_t mask, bool set)
{
	term_t old = vma_cell_read(e, s, CELL_FLAGS), at = vma_cell_address(e, CELL_FLAGS), now;
	size_t first = s->effects.nr, i;
	unsigned line = k->line;
	char *text;

	if (set_other_flags(e, s, k, mask, set))
		return;
	if (!mask || term_at(e->t, mask)->type.kind == CTYPE_RECORD)
		mask = term_fresh(e->t, "a mask of flags", e->word);
	mask = term_convert(e->t, mask, e->word);
	now = set ? term_op(e->t, TERM_OR, old, mask, e->word)
		  : term_op(e->t, TERM_AND, old, term_op(e->t, TERM_BNOT, mask, 0, e->word), e->word);
	flags_effects(e, s, line, set ? EFFECT_FLAGS_SET : EFFECT_FLAGS_CLEAR, mask, now);
	memory_write(e, s, at, now);
	text = computed_mask(e, k, n);
	for (i = first; text && i < s->effects.nr; i++)
		if (!e->c->effects[s->effects.items[i]].detail)
			e->c->effects[s->effects.items[i]].detail = xstrdup(text);
	free(text);
}

/* VMA_A_BIT, VMA_B_BIT, … as a mask; 0 when one is no constant. */
term_t flag_bits(struct engine *e, const struct call *k, size_t first)
{
	uint64_t mask = 0;
	int64_t bit;
	size_t i;

	for (i = first; i < k->nr; i++) {
		if (!k->args[i] || !term_is_const(e->t, k->args[i], &bit) || bit < 0 || bit > 63)
			return 0;
		mask |= 1ULL << bit;
	}
	return term_const(e->t, mask, e->word);
}

/* of: the mapping's object, or where the flags are. */
term_t test_flags(struct engine *e, struct state *s, term_t of, term_t mask, bool all)
{
	term_t have;

	if (!mask || !of || term_at(e->t, mask)->type.kind == CTYPE_RECORD)
		return term_fresh(e->t, "a test of flags", ctype_bool);
	mask = term_convert(e->t, mask, e->word);
	have = of == e->vma ? vma_cell_read(e, s, CELL_FLAGS) : memory_read(e, s, of, e->word);
	have = term_op(e->t, TERM_AND, have, mask, e->word);
	if (all)
		return term_op(e->t, TERM_EQ, have, mask, ctype_bool);
	return term_not(e->t, term_op(e->t, TERM_EQ, have, term_const(e->t, 0, e->word), ctype_bool));
}
