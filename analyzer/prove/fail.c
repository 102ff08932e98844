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

/* vm_ops->close runs, whatever mapped did or did not. */
static void closes(const struct prove_side *side, const struct import *hook, struct trace *t)
{
	const struct prove_table *table;
	const struct contract *c;
	const struct path *p;
	const uint32_t *k;

	if (!names_table(side, hook->to, t->cells[CELL_VM_OPS], t, &table) || !table || !table->close.contract)
		return;
	c = table->close.contract;
	vec_each(p, &c->paths)
		vec_each(k, &p->effects)
			if (is_event(c, &c->effects[*k])) {
				trace_unknown(t, c->effects[*k].line,
					      "%s() runs when the mapping fails after the hook, and %s() has not run (R3)",
					      c->function, table->mapped.contract ? table->mapped.contract->function : "mapped");
				return;
			}
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

void mapping_fails(const struct prove_side *side, struct import *hook, const struct import *last,
		   const struct trace *failed, term_t error, struct traces *out)
{
	const struct effect *e = last_error_hook(hook);
	const char *name = e ? function_of(hook->c, e) : NULL;
	const struct prove_function *f = name ? find_error_hook(side, name) : NULL;
	term_t own = error_override(hook);
	const struct path *p;
	struct trace t;
	int64_t v;

	trace_copy(&t, failed);
	t.result = own ? term_ite(hook->to, term_truth(hook->to, own), own, error) : error;
	closes(side, hook, &t);
	if (f) {
		vec_each(p, &f->contract->paths)
			through_error_hook(last, f, p, &t, error, out);
	} else {
		if (e && (!term_is_const(hook->c->terms, e->args.items[1], &v) || v))
			trace_unknown(&t, e->line, "what %s makes of the error is not known", name ? name : "action.error_hook");
		trace_copy(vec_push(out), &t);
	}
	trace_free(&t);
}
