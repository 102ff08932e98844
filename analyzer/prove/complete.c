// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the core does when a hook has returned (mm/vma.c, mm/util.c: mmap_action_complete()): the action, then
 * vm_ops->mapped; where one of them fails, the mapping goes: fail.c.
 */
#include <stdlib.h>
#include <string.h>

#include "prove/internal.h"

static term_t is_zero(struct terms *t, term_t a)
{
	return term_not(t, term_truth(t, a));
}

/* The table that the mapping has at the end of the hook, if the side knows it. */
static const struct prove_table *table_of(const struct prove_side *side, const struct terms *t, term_t vm_ops)
{
	const struct term *x = vm_ops ? term_at(t, term_strip(t, vm_ops)) : NULL;
	const struct prove_table *table;

	if (!x || x->op != TERM_GLOBAL)
		return NULL;
	vec_each(table, &side->tables)
		if (!strcmp(table->name, x->name))
			return table;
	return NULL;
}

bool names_table(const struct prove_side *side, const struct terms *t, term_t vm_ops, struct trace *x,
		 const struct prove_table **table)
{
	const struct term *v = vm_ops ? term_at(t, term_strip(t, vm_ops)) : NULL;
	const struct prove_table *other;

	*table = NULL;
	/* None was set: the dummy ones. */
	if (v && ((v->op == TERM_SYMBOL && !strcmp(v->name, "vm_ops")) ||
		  (v->op == TERM_GLOBAL && !strcmp(v->name, ANONYMOUS))))
		return true;
	if (v && v->op == TERM_ITE) {
		if (!names_table(side, t, v->b, x, table) || !names_table(side, t, v->c, x, &other))
			return false;
		if (!*table && !other)
			return true;
		trace_unknown(x, x->line, "which table vm_ops points to depends on a condition");
		return false;
	}
	*table = table_of(side, t, vm_ops);
	if (*table && (*table)->seen) {
		if (!(*table)->mapped.contract && !(*table)->close.contract)
			*table = NULL;
		return true;
	}
	trace_unknown(x, x->line, "whether %s has mapped or close is not seen",
		      v && v->op == TERM_GLOBAL ? v->name : "the vm_ops table");
	return false;
}

/* One way through mapped. */
static void through_mapped(const struct prove_side *side, struct import *hook, const struct prove_function *f,
			   const struct path *p, const struct trace *before, struct traces *out)
{
	struct import i = { .to = hook->to, .side = hook->side, .events_before = before->events.nr, .before = hook };
	term_t result;
	struct trace t;
	int64_t v;
	size_t k;

	trace_copy(&t, before);
	trace_gaps(f->contract, &t);
	memcpy(i.cells, before->cells, sizeof(i.cells));
	for (k = 0; k < 3 && k < f->params.nr; k++)
		i.params[k] = f->params.items[k];
	i.pointer = f->params.nr > 4 ? f->params.items[4] : NULL;
	import_begin(&i, f->contract, p);
	trace_conditions(&i, &t);
	trace_events(&i, &t, true);
	trace_traps(&i, &t);
	if (i.pointer_written)
		t.cells[CELL_PRIVATE_DATA] = import_term(&i, i.pointer_written);
	result = import_term(&i, p->result_term);
	if (!result) {
		trace_unknown(&t, p->line, "what %s() returns there is not understood", f->contract->function);
		trace_copy(vec_push(out), &t);
	} else if (term_is_const(i.to, result, &v) && !v) {
		trace_copy(vec_push(out), &t);
	} else if (term_is_const(i.to, result, &v)) {
		mapping_fails(side, hook, &i, before->cells, &t, result, out);
	} else {
		*vec_push(&t.conditions) = is_zero(i.to, result);
		trace_copy(vec_push(out), &t);
		t.conditions.items[t.conditions.nr - 1] = term_truth(i.to, result);
		mapping_fails(side, hook, &i, before->cells, &t, result, out);
	}
	trace_free(&t);
	import_end(&i);
}

static void run_mapped(const struct prove_side *side, struct import *hook, struct trace *t, struct traces *out)
{
	const struct prove_table *table;
	const struct path *p;

	t->result = term_const(hook->to, 0, ctype_int);
	if (!names_table(side, hook->to, t->cells[CELL_VM_OPS], t, &table) || !table || !table->mapped.contract) {
		trace_copy(vec_push(out), t);
		return;
	}
	vec_each(p, &table->mapped.contract->paths)
		through_mapped(side, hook, &table->mapped, p, t, out);
}

/* mmap_action_prepare(): what is left in t goes on. */
static void refuse(struct import *i, struct trace *t, struct traces *out)
{
	struct refusal r = refusal_of(i->to, &t->population, t->population.flags, t->population.pgoff, true);
	term_t own = error_override(i), bad = own ? is_no_errno(i->to, own) : 0;
	term_t both[] = { bad, r.condition }, errors[] = { term_const(i->to, (uint64_t)-22, ctype_int), r.error };	/* -EINVAL */
	struct trace *refused;
	int64_t v;
	size_t k;

	for (k = 0; k < 2; k++) {
		if (!both[k] || (term_is_const(i->to, both[k], &v) && !v))
			continue;
		refused = vec_push(out);
		trace_copy(refused, t);
		*vec_push(&refused->conditions) = both[k];
		refused->result = errors[k];
		*vec_push(&t->conditions) = term_not(i->to, both[k]);
	}
}

void complete_hook(const struct prove_side *side, struct import *i, const struct trace *hook, struct traces *out)
{
	struct terms *to = i->to;
	struct trace t, *failed;
	term_t error, flags;
	int64_t v;

	/* It may have failed. */
	if (!hook->result || !term_is_const(to, hook->result, &v)) {
		failed = vec_push(out);
		trace_copy(failed, hook);
		if (hook->result)
			*vec_push(&failed->conditions) = term_truth(to, hook->result);
	}
	trace_copy(&t, hook);
	t.hook_passed = true;
	if (hook->result && !term_is_const(to, hook->result, &v))
		*vec_push(&t.conditions) = is_zero(to, hook->result);
	refuse(i, &t, out);
	if (t.population.effect) {
		flags = t.cells[CELL_FLAGS];
		t.cells[CELL_PGOFF] = pgoff_after(to, t.population.kind, flags, t.cells[CELL_PGOFF], &t.population.args);
		t.cells[CELL_FLAGS] = flags_after(to, t.population.kind, flags);
		error = populate_result(to);
		*vec_push(&t.conditions) = term_truth(to, error);
		mapping_fails(side, i, i, t.cells, &t, error, out);
		t.conditions.items[t.conditions.nr - 1] = is_zero(to, error);
	}
	run_mapped(side, i, &t, out);
	trace_free(&t);
}
