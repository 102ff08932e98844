// SPDX-License-Identifier: GPL-2.0-only
/*
 * Populating or mapped has failed (mm/util.c: mmap_action_finish()): the mapping is removed, which calls
 * vm_ops->close, and the caller sees action.error_override, or what action.error_hook makes of the error.
 */
#include <stdlib.h>
#include <string.h>

#include "prove/internal.h"

term_t error_override(struct import *hook)
{
	const struct effect *e;
	const uint32_t *k;
	term_t value = 0;

	vec_each(k, &hook->p->effects) {
		e = &hook->c->effects[*k];
		if (is_override(hook->c, e))
			value = term_convert(hook->to, import_term(hook, e->args.items[1]), ctype_int);
	}
	return value;
}

/* The write that decides what is in error_hook, or NULL. */
static const struct effect *last_error_hook(const struct import *hook)
{
	const struct effect *last = NULL;
	const uint32_t *k;

	vec_each(k, &hook->p->effects)
		if (is_error_hook(hook->c, &hook->c->effects[*k]))
			last = &hook->c->effects[*k];
	return last;
}

/* The function that a write leaves there, or NULL: another value. */
static const char *function_of(const struct contract *c, const struct effect *e)
{
	const struct term *x = term_at(c->terms, term_strip(c->terms, e->args.items[1]));

	return x->op == TERM_GLOBAL ? x->name : NULL;
}

void prove_error_hooks(const struct contract *c, struct strlist *names)
{
	const struct effect *e;

	for (e = c->effects; e < c->effects + c->nr_effects; e++)
		if (is_error_hook(c, e) && function_of(c, e))
			strlist_add_once(names, function_of(c, e));
}

static const struct prove_function *find_error_hook(const struct prove_side *side, const char *name)
{
	const struct prove_error_hook *h;

	vec_each(h, &side->error_hooks)
		if (!strcmp(h->name, name) && h->function.contract && h->function.params.nr == 1)
			return &h->function;
	return NULL;
}

static bool has_event(const struct contract *c, const struct path *p)
{
	const uint32_t *k;

	vec_each(k, &p->effects)
		if (is_event(c, &c->effects[*k]))
			return true;
	return false;
}

/* mm/vma.c: __mmap_region() begins with a descriptor whose private_data is NULL. */
static term_t private_data_left(struct terms *to, term_t cell)
{
	const struct term *x = term_at(to, term_strip(to, cell));

	if (cell && x->op == TERM_SYMBOL && !strcmp(x->name, vma_cell_name(CELL_PRIVATE_DATA)))
		return term_const(to, 0, x->type);
	return cell;
}

/* One way through close, of a mapping as the hook left it; false: it cannot be taken. */
static bool through_close(const struct import *last, const struct prove_table *table, const struct path *p,
			  const term_t *cells, struct trace *t)
{
	const struct contract *c = table->close.contract;
	struct import i = { .to = last->to, .side = last->side, .events_before = t->events.nr, .before = last,
			    .taken_over = true };
	size_t first = t->conditions.nr, k;
	bool taken = true;
	int64_t v;

	memcpy(i.cells, cells, sizeof(i.cells));
	i.cells[CELL_PRIVATE_DATA] = private_data_left(i.to, i.cells[CELL_PRIVATE_DATA]);
	import_begin(&i, c, p);
	trace_conditions(&i, t);
	for (k = first; k < t->conditions.nr; k++)
		taken &= !term_is_const(i.to, t->conditions.items[k], &v) || v;
	if (has_event(c, p))
		trace_unknown(t, c->effects[p->effects.items[0]].line,
			      "%s() runs when the mapping fails after the hook, and %s() has not run (R3)",
			      c->function, table->mapped.contract ? table->mapped.contract->function : "mapped");
	else
		trace_events(&i, t, true);
	trace_traps(&i, t);
	import_end(&i);
	return taken;
}

/* vm_ops->close runs, whatever mapped did or did not; cells: what the hook left, as a failing mapped stores nothing. */
static void closes(const struct prove_side *side, const struct import *last, const term_t *cells,
		   const struct trace *failed, struct traces *out)
{
	const struct prove_table *table;
	const struct path *p;
	struct trace t;

	trace_copy(&t, failed);
	if (!names_table(side, last->to, cells[CELL_VM_OPS], &t, &table) || !table || !table->close.contract) {
		trace_copy(vec_push(out), &t);
	} else {
		trace_gaps(table->close.contract, &t);
		vec_each(p, &table->close.contract->paths) {
			struct trace one;

			trace_copy(&one, &t);
			if (through_close(last, table, p, cells, &one))
				trace_copy(vec_push(out), &one);
			trace_free(&one);
		}
	}
	trace_free(&t);
}

/* One way through the function that makes another error of it. */
static void through_error_hook(const struct import *last, const struct prove_function *f, const struct path *p,
			       const struct trace *before, term_t error, struct traces *out)
{
	struct import i = { .to = last->to, .side = last->side, .events_before = before->events.nr, .before = last,
			    .error_param = f->params.items[0], .error = error };
	struct trace *t = vec_push(out);
	int64_t v = 0;

	trace_copy(t, before);
	trace_gaps(f->contract, t);
	import_begin(&i, f->contract, p);
	trace_conditions(&i, t);
	trace_events(&i, t, true);
	trace_traps(&i, t);
	t->result = import_term(&i, p->result_term);
	if (!t->result) {
		trace_unknown(t, p->line, "what %s() returns there is not understood", f->contract->function);
	} else if (!term_is_const(i.to, t->result, &v)) {
		*vec_push(&t->conditions) = term_truth(i.to, t->result);
		t = vec_push(out);
		trace_copy(t, t - 1);
		t->conditions.items[t->conditions.nr - 1] = term_not(i.to, term_truth(i.to, t->result));
		v = 0;
	}
	/* Linux warns, has no mapping and says that it has one. */
	if (t->result && !v)
		trace_unknown(t, p->line, "%s() makes 0 of an error", f->contract->function);
	import_end(&i);
}

/* What action.error_override, or the function in action.error_hook, makes of the error. */
static void returns(const struct prove_side *side, struct import *hook, const struct import *last, struct trace *t,
		    term_t error, struct traces *out)
{
	const struct effect *e = last_error_hook(hook);
	const char *name = e ? function_of(hook->c, e) : NULL;
	const struct prove_function *f = name ? find_error_hook(side, name) : NULL;
	term_t own = error_override(hook);
	const struct path *p;
	int64_t v;

	t->result = own ? term_ite(hook->to, term_truth(hook->to, own), own, error) : error;
	if (f) {
		vec_each(p, &f->contract->paths)
			through_error_hook(last, f, p, t, error, out);
	} else {
		if (e && (!term_is_const(hook->c->terms, e->args.items[1], &v) || v))
			trace_unknown(t, e->line, "what %s makes of the error is not known", name ? name : "action.error_hook");
		trace_copy(vec_push(out), t);
	}
}

void mapping_fails(const struct prove_side *side, struct import *hook, const struct import *last, const term_t *cells,
		   const struct trace *failed, term_t error, struct traces *out)
{
	struct traces closed = { 0 };
	struct trace *t;

	closes(side, last, cells, failed, &closed);
	vec_each(t, &closed)
		returns(side, hook, last, t, error, out);
	traces_free(&closed);
}
