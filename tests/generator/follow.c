// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "contract/models.h"
#include "follow_internal.h"

enum { MAX_PASSES = 24 };

static const struct effect *effect_at(const struct follow *f, size_t k)
{
	return &f->w->c->effects[f->p->effects.items[k]];
}

/* Does the event tell the address of a variable that the term names? */
static bool bind_local(struct follow *f, term_t a, uint64_t address)
{
	const struct terms *t = f->w->c->terms;
	struct local_address *l;

	while (term_at(t, a)->op == TERM_FIELD) {
		address -= term_at(t, a)->value;
		a = term_at(t, a)->a;
	}
	if (term_at(t, a)->op != TERM_LOCAL)
		return false;
	l = vec_push(&f->w->locals);
	l->local = a;
	l->address = address;
	return true;
}

static bool is_text(const struct follow *f, term_t a)
{
	const struct term *t = term_at(f->w->c->terms, a);

	return t->op == TERM_GLOBAL && t->name && t->name[0] == '"';
}

static bool same_argument(struct follow *f, const struct effect *e, const struct event *ev,
			  term_t a, unsigned i)
{
	struct value v;
	unsigned size;

	if (!a || is_text(f, a))
		return true;
	if (world_value(f->w, a, &v)) {
		if (!bind_local(f, a, value_number(&ev->args[i])))
			follow_leave_open(f, "an argument");
		return true;
	}
	/* Above a narrow argument a register has anything. */
	size = f->w->run->registers && v.size && v.size < ev->args[i].size ? v.size
									   : ev->args[i].size;
	if (value_equal(&v, &ev->args[i], size))
		return true;
	return follow_fail(f, xasprintf("%s(), line %u: argument %u is 0x%llx, predicted 0x%llx",
					ev->name, e->line, i + 1,
					(unsigned long long)value_number(&ev->args[i]),
					(unsigned long long)value_number(&v)));
}

static bool same_arguments(struct follow *f, const struct effect *e, const struct event *ev)
{
	size_t i;

	if (f->w->run->other_arguments && f->w->run->other_arguments(e->name, ev->name)) {
		follow_leave_open(f, "the arguments of a macro");
		return true;
	}
	if (e->kind == EFFECT_VM_FILE)
		return !e->args.nr || same_argument(f, e, ev, e->args.items[0], 1);
	for (i = 0; i < e->args.nr && i < ev->nr_args; i++)
		if (!same_argument(f, e, ev, e->args.items[i], (unsigned)i))
			return false;
	if (e->kind != EFFECT_STORE && e->kind != EFFECT_GENERIC && e->kind != EFFECT_STACK &&
	    !f->w->run->registers && e->args.nr != ev->nr_args)
		return follow_fail(f,
				   xasprintf("%s(), line %u: %zu arguments, the contract has %zu",
					     ev->name, e->line, (size_t)ev->nr_args, e->args.nr));
	return true;
}

/* Calls that no effect stands for: pure by the table, or on the function's own variables. */
static bool is_silent(const struct follow *f, const struct event *ev)
{
	const struct model *m = model_find(ev->name);

	if (f->w->run->ignored && f->w->run->ignored(ev->name))
		return true;
	if (!m)
		return false;
	if (m->kind == MODEL_WRITE)
		return !follow_within(f, value_number(&ev->args[0]), 1);
	return m->kind == MODEL_PURE || m->kind == MODEL_READ || m->kind == MODEL_VALUE;
}

static const struct event *next_event(struct follow *f)
{
	const struct trace *t = f->w->run->trace;

	while (f->event < t->nr && is_silent(f, &t->events[f->event]))
		f->event++;
	return f->event < t->nr ? &t->events[f->event] : NULL;
}

static bool same_function(const struct follow *f, const char *function, const char *called)
{
	return !strcmp(function, called) ||
	       (f->w->run->same_function && f->w->run->same_function(function, called));
}

static bool do_call(struct follow *f, const struct effect *e)
{
	const struct event *ev = next_event(f);
	char *when;
	bool same;

	if (f->w->run->inlined && f->w->run->inlined(e->name)) {
		/* What it did is in memory, and not told apart from the rest. */
		follow_leave_open(f, "a helper that was inlined");
		memset(f->open, 1, follow_memory_size(f));
		return true;
	}
	if (!ev)
		return follow_fail(f, xasprintf("%s(), line %u, was not called", e->name, e->line));
	if (!same_function(f, e->name, ev->name))
		return follow_fail(f, xasprintf("%s() was called, predicted %s(), line %u",
						ev->name, e->name, e->line));
	when = xasprintf("before %s(), line %u", ev->name, e->line);
	same = follow_same_memory(f, ev->before, when);
	free(when);
	if (!same || !same_arguments(f, e, ev))
		return false;
	if (e->result)
		*vec_push(&f->w->calls) = (struct call_event){ e->result, ev };
	memcpy(f->memory, ev->after, follow_memory_size(f));
	f->event++;
	return true;
}

static bool do_effect(struct follow *f, const struct effect *e)
{
	switch (e->kind) {
	case EFFECT_FLAGS_SET:
	case EFFECT_FLAGS_CLEAR:
	case EFFECT_FLAGS_OTHER:
		return follow_flags(f, e);
	case EFFECT_PAGE_PROT:
		return follow_set_cell(f, e, CELL_PROT);
	case EFFECT_VM_OPS:
		return follow_set_cell(f, e, CELL_VM_OPS);
	case EFFECT_PRIVATE_DATA:
		return follow_set_cell(f, e, CELL_PRIVATE_DATA);
	case EFFECT_PGOFF:
		return follow_set_cell(f, e, CELL_PGOFF);
	case EFFECT_VM_RANGE:
		return follow_set_cell(f, e, strcmp(e->name, "vm_end") ? CELL_START : CELL_END);
	case EFFECT_VM_FILE:
		return *e->name ? do_call(f, e) : follow_set_cell(f, e, CELL_FILE);
	case EFFECT_OPEN:
		/* What it does follows, unless it is in another file. */
		return next_event(f) && same_function(f, e->name, next_event(f)->name)
			       ? do_call(f, e)
			       : true;
	case EFFECT_STORE:
	case EFFECT_STORE_VMA:
	case EFFECT_VMA_FIELD:
		return e->kind == EFFECT_STORE && *e->name ? do_call(f, e) : follow_store(f, e);
	default:
		return do_call(f, e);
	}
}

static uint64_t number_at(const unsigned char *p)
{
	uint64_t n;

	memcpy(&n, p, sizeof(n));
	return n;
}

static bool at_end(struct follow *f)
{
	const struct event *ev = next_event(f);
	enum vma_cell cell;
	struct value v;
	uint64_t want;
	unsigned char *at;

	if (ev)
		return follow_fail(
			f, xasprintf("%s() was called, which the contract does not say", ev->name));
	if (!follow_same_memory(f, f->got->memory, "at the end"))
		return false;
	if (world_number(f->w, f->p->result_term, &want))
		follow_leave_open(f, "the result");
	else if ((uint32_t)want != (uint32_t)f->got->result)
		return follow_fail(
			f, xasprintf("the result is %d, predicted %d", f->got->result, (int)want));
	for (cell = 0; cell < CELL_NR; cell++) {
		at = follow_cell(f, f->got->memory, cell);
		if (!f->p->cells[cell] || world_value(f->w, f->p->cells[cell], &v)) {
			/* A mapping that fails is thrown away. */
			if (!f->got->result)
				follow_leave_open(f, "the mapping at the end");
			continue;
		}
		if (memcmp(at, v.bytes, 8))
			return follow_fail(
				f, xasprintf("cell %u of the mapping is 0x%llx, predicted 0x%llx",
					     cell, (unsigned long long)number_at(at),
					     (unsigned long long)value_number(&v)));
	}
	return true;
}

static bool follow_from(struct follow *f, size_t k);

static bool in_body(const struct follow *f, size_t from, size_t to, const char *name)
{
	for (; from < to; from++)
		if (same_function(f, effect_at(f, from)->name, name))
			return true;
	return false;
}

/*
 * Any number of passes: of the calls that the body can make, as many as let the rest fit.  Of the
 * memory after them nothing is said, so that all attempts can share one copy of it.
 */
static bool follow_loop(struct follow *f, size_t k)
{
	const struct trace *t = f->w->run->trace;
	uint32_t loop = f->p->effects.items[k] + 1;
	size_t end = k + 1, states = f->w->nr_states, calls = f->w->calls.nr, i;
	struct follow *try = xcalloc(1, sizeof(*try));
	const struct event *ev;
	bool fits = false;
	unsigned n, max = 0;
	uint32_t in;

	for (; end < f->p->effects.nr; end++) {
		for (in = effect_at(f, end)->loop; in && in != loop;)
			in = f->w->c->effects[in - 1].loop;
		if (!in)
			break;
	}
	while (f->event + max < t->nr && max < MAX_PASSES) {
		ev = &t->events[f->event + max];
		if (!is_silent(f, ev) && !in_body(f, k, end, ev->name))
			break;
		max++;
	}
	for (n = 0; n <= max && !fits; n++) {
		*try = *f;
		try->why = NULL;
		try->event += n;
		follow_leave_open(try, "a loop");
		f->w->nr_states = states;
		f->w->calls.nr = calls;
		memset(f->w->known, 0, f->w->c->terms->nr * sizeof(*f->w->known));
		if (n)
			memcpy(try->memory, t->events[try->event - 1].after, follow_memory_size(f));
		memset(try->open, 1, follow_memory_size(f));
		for (i = k; i < end; i++)
			world_add_state(f->w, NULL);
		fits = follow_from(try, end);
		if (!fits && n < max) {
			free(try->why);
			try->why = NULL;
		}
	}
	free(f->why);
	*f = *try;
	free(try);
	return fits;
}

static bool follow_from(struct follow *f, size_t k)
{
	const struct effect *e;

	for (; k < f->p->effects.nr; k++) {
		e = effect_at(f, k);
		if (e->kind == EFFECT_LOOP)
			return follow_loop(f, k);
		if (!do_effect(f, e))
			return false;
		world_add_state(f->w, f->memory);
	}
	return at_end(f);
}

bool follow_path(struct follow *f)
{
	if (!f->memory) {
		f->memory = xcalloc(1, follow_memory_size(f));
		f->open = xcalloc(1, follow_memory_size(f));
	}
	memcpy(f->memory, f->w->start, follow_memory_size(f));
	memset(f->open, 0, follow_memory_size(f));
	f->event = 0;
	f->left_open = NULL;
	f->why = NULL;
	world_path(f->w, f->p);
	return follow_from(f, 0);
}

void follow_free(struct follow *f)
{
	free(f->memory);
	free(f->open);
	free(f->why);
}
