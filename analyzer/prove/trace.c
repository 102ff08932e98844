// SPDX-License-Identifier: GPL-2.0-only
/* The paths of a side as traces: what is compared. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "prove/internal.h"

void trace_unknown(struct trace *t, unsigned line, const char *fmt, ...)
{
	struct strbuf b = { 0 };
	va_list ap;

	if (t->unknown)
		return;
	va_start(ap, fmt);
	strbuf_vaddf(&b, fmt, ap);
	va_end(ap);
	t->unknown = strbuf_detach(&b);
	t->unknown_line = line;
}

void trace_copy(struct trace *to, const struct trace *from)
{
	*to = *from;
	terms_copy(&to->conditions, &from->conditions);
	terms_copy(&to->population.args, &from->population.args);
	to->unknown = from->unknown ? xstrdup(from->unknown) : NULL;
	events_copy(&to->events, &from->events);
}

void trace_free(struct trace *t)
{
	events_free(&t->events);
	vec_free(&t->conditions);
	vec_free(&t->population.args);
	free(t->unknown);
}

void traces_free(struct traces *t)
{
	struct trace *x;

	vec_each(x, t)
		trace_free(x);
	vec_free(t);
}

void trace_conditions(struct import *i, struct trace *t)
{
	const struct guard *g;
	term_t a;

	i->conditions_before = t->conditions.nr;
	vec_each(g, &i->p->guards) {
		if (!g->term) {
			trace_unknown(t, g->line, "the condition \"%s\" is not understood", g->text);
			continue;
		}
		a = term_truth(i->to, import_term(i, g->term));
		*vec_push(&t->conditions) = g->taken ? a : term_not(i->to, a);
	}
}

/* Is the term made of a pointer to that memory?  What is read there is no pointer to it. */
static bool points_to(const struct terms *t, term_t a, term_t memory)
{
	bool *part, found;
	term_t k;

	if (a < memory)				/* operands stand before what is made of them */
		return false;
	part = xcalloc(a + 1, sizeof(*part));
	part[a] = true;
	for (k = a; k > memory; k--)
		if (part[k] && t->items[k].op != TERM_LOAD)
			part[t->items[k].a] = part[t->items[k].b] = part[t->items[k].c] = true;
	found = part[memory];
	free(part);
	return found;
}

static bool holds(const struct contract *c, const struct term_list *list, term_t memory)
{
	const term_t *a;

	vec_each(a, list)
		if (points_to(c->terms, *a, memory))
			return true;
	return false;
}

/* Does somebody else get to see memory that this call gives the path?  What the path writes there is no effect. */
static bool is_published(const struct contract *c, const struct path *p, const struct effect *f)
{
	term_t memory = term_strip(c->terms, f->result);
	const struct effect *e;
	const uint32_t *k;
	unsigned cell;

	vec_each(k, &p->effects) {
		e = &c->effects[*k];
		if (e != f && e->kind != EFFECT_DROP && (holds(c, &e->args, memory) || holds(c, &e->sees, memory)))
			return true;
	}
	for (cell = 0; cell < CELL_NR; cell++)
		if (points_to(c->terms, p->cells[cell], memory))
			return true;
	return false;
}

static void trace_allocations(const struct import *i, struct trace *t)
{
	const struct effect *f;
	const uint32_t *k;

	vec_each(k, &i->p->effects) {
		f = &i->c->effects[*k];
		if (f->kind == EFFECT_TAKE && f->state == STATE_MEMORY && f->result && is_published(i->c, i->p, f))
			trace_unknown(t, f->line, "what is written to the memory that %s() gives is not compared", f->name);
	}
}

void trace_gaps(const struct contract *c, struct trace *t)
{
	const struct unmodelled *m;

	vec_each(m, &c->unmodelled)
		if (m->whole)
			trace_unknown(t, m->line, "%s", m->reason);
}

void trace_events(struct import *i, struct trace *t, bool after_hook)
{
	const char *unknown = NULL;
	unsigned line = 0;

	import_events(i, after_hook, &t->events, &unknown, &line);
	if (unknown)
		trace_unknown(t, line, "%s", unknown);
	trace_allocations(i, t);
	if (i->p->unmodelled && !i->handed)
		trace_unknown(t, i->c->unmodelled.items[i->p->unmodelled - 1].line, "%s",
			      i->c->unmodelled.items[i->p->unmodelled - 1].reason);
}

static bool is_population(const struct contract *c, const struct effect *f)
{
	return f->kind == EFFECT_ACTION && !is_event(c, f);
}

/* What stands at an address that a call was given. */
static term_t seen_at(const struct effect *f, term_t address)
{
	size_t k;

	for (k = 0; k + 1 < f->sees.nr; k += 2)
		if (f->sees.items[k] == address)
			return f->sees.items[k + 1];
	return 0;
}

static term_t arg(struct import *i, const struct effect *f, size_t n)
{
	return n < f->args.nr ? import_term(i, f->args.items[n]) : 0;
}

static void push(struct term_list *l, term_t a)
{
	*vec_push(l) = a;
}

/* What stands in a cell when the path begins. */
static term_t at_first(const struct import *i, enum vma_cell cell, struct ctype type)
{
	return i->taken_over ? i->cells[cell] : term_symbol(i->to, vma_cell_name(cell), type);
}

enum { FLAGS_THEN, PGOFF_THEN, RESULT_THEN };

/*
 * contract/effects.c, after_action(): the mapping as it was when a handler's call populated it is what the flags after
 * it are made of.  0: it is not there.
 */
static term_t when_called(struct import *i, const struct effect *f, unsigned which)
{
	const struct terms *t = i->c->terms;
	char *name = xasprintf("flags after %s", f->name);
	term_t found = 0, a, list, args[RESULT_THEN + 1];
	unsigned k;

	for (a = 1; a < t->nr && !found; a++) {
		if (t->items[a].op != TERM_CALL || !t->items[a].name || strcmp(t->items[a].name, name))
			continue;
		for (k = 0, list = t->items[a].b; list && k <= RESULT_THEN; list = t->items[list].b)
			args[k++] = t->items[list].a;
		if (k > RESULT_THEN && f->result && args[RESULT_THEN] == f->result)
			found = args[which];
	}
	free(name);
	return found ? import_term(i, found) : 0;
}

/* Arguments in the form that a legacy handler's and a hook's share; false: not understood. */
static bool population_args(struct import *i, const struct effect *f, struct population *p)
{
	struct terms *t = i->to;
	struct ctype word = { .kind = CTYPE_INT, .bits = t->pointer_bits };
	term_t start = term_symbol(t, "start", word), end = term_symbol(t, "end", word), nr;
	term_t size = term_op(t, TERM_SUB, end, start, word);
	term_t pages = term_op(t, TERM_LSHR, size, term_const(t, t->page_shift, ctype_int), word);
	bool full = strstr(f->name, "_full") != NULL;

	p->kind = f->action;
	switch (f->action) {
	case ACTION_REMAP:
	case ACTION_IOREMAP:
		push(&p->args, full ? start : arg(i, f, 1));
		push(&p->args, arg(i, f, full ? 1 : 2));
		push(&p->args, full ? size : arg(i, f, 3));
		break;
	case ACTION_SIMPLE_IOREMAP:
		p->kind = ACTION_IOREMAP;
		p->address = arg(i, f, 1);
		p->length = arg(i, f, 2);
		if (!p->address || !p->length || !p->pgoff)
			return false;
		push(&p->args, start);
		push(&p->args, simple_pfn(t, p->address, p->pgoff));
		push(&p->args, size);
		break;
	case ACTION_MAP_PAGES:
	case ACTION_MAP_PAGES_ZERO:
		p->kind = ACTION_INSERT_PAGES;
		p->whole = true;
		if (!arg(i, f, 1) || (f->action == ACTION_MAP_PAGES && !p->pgoff))
			return false;
		push(&p->args, start);
		push(&p->args, f->action == ACTION_MAP_PAGES
			       ? term_element(t, arg(i, f, 1), p->pgoff, t->pointer_bits / 8) : arg(i, f, 1));
		push(&p->args, pages);
		break;
	case ACTION_INSERT_PAGES:
		if (strstr(f->name, "discontig"))
			return false;
		if (str_starts(f->name, "mmap_action_")) {
			push(&p->args, full ? start : arg(i, f, 1));
			push(&p->args, arg(i, f, full ? 1 : 2));
			push(&p->args, full ? pages : arg(i, f, 3));
			p->whole = full;
			break;
		}
		nr = f->args.nr > 3 ? seen_at(f, f->args.items[3]) : 0;
		if (!nr)
			return false;
		push(&p->args, arg(i, f, 1));
		push(&p->args, arg(i, f, 2));
		push(&p->args, import_term(i, nr));
		break;
	default:
		return false;
	}
	return p->args.items[0] && p->args.items[1];
}

term_t prot_of(struct import *i, const struct effect *f, bool is_hook)
{
	const struct model *m = model_find(f->name);
	const struct effect *e;
	term_t now = 0;
	const uint32_t *k;

	if (m && m->prot_arg >= 0)
		return arg(i, f, (size_t)m->prot_arg);
	/* What the core looks at when the hook is done (R7 is of those that copy it in the hook). */
	if (is_hook && f->action != ACTION_REMAP && f->action != ACTION_IOREMAP)
		return import_term(i, i->p->cells[CELL_PROT]);
	vec_each(k, &i->own) {
		e = &i->c->effects[*k];
		if (e == f)
			break;
		if (e->kind == EFFECT_PAGE_PROT)
			now = import_term(i, e->args.items[e->args.nr - 1]);
	}
	return now ? now : at_first(i, CELL_PROT, (struct ctype){ .kind = CTYPE_RECORD });
}

bool is_locked(const struct import *i, const struct effect *f)
{
	const struct effect *e;
	const uint32_t *k;
	int locks = 0;

	vec_each(k, &i->own) {
		e = &i->c->effects[*k];
		if (e == f)
			break;
		if (e->state == STATE_LOCK)
			locks += (e->kind == EFFECT_TAKE) - (e->kind == EFFECT_DROP);
	}
	return locks > 0;
}

/* Is it what a hook asks the core for, and no call that maps by itself? */
static bool is_deferred(const struct effect *f)
{
	const struct model *m = model_find(f->name);

	return m && m->deferred;
}

static void find_population(struct import *i, struct trace *t, bool is_hook)
{
	const struct effect *f;
	size_t events = i->events_before;
	const uint32_t *k;

	vec_each(k, &i->own) {
		f = &i->c->effects[*k];
		if (is_hook && f->in_loop && f->kind == EFFECT_ACTION)
			trace_unknown(t, f->line, "%s() is called in a loop", f->name);
		events += is_event(i->c, f);
		if (!is_population(i->c, f))
			continue;
		/* A descriptor holds one action, the last; a legacy handler can map piece by piece. */
		if (t->population.effect && !is_hook)
			trace_unknown(t, f->line, "%s() is not the only one that populates", f->name);
		vec_free(&t->population.args);
		memset(&t->population, 0, sizeof(t->population));
		t->population.effect = f;
		t->population.at = events;
		t->population.locked = !is_hook && is_locked(i, f);
		t->population.prot = prot_of(i, f, is_hook);
		/* The core looks at the mapping when the hook is done. */
		t->population.flags = is_hook ? import_term(i, i->p->cells[CELL_FLAGS]) : when_called(i, f, FLAGS_THEN);
		t->population.pgoff = is_hook ? import_term(i, i->p->cells[CELL_PGOFF]) : when_called(i, f, PGOFF_THEN);
		/* The descriptor, taken for a vma: it compiles with a warning, and overwrites the stack. */
		if (is_hook && !is_deferred(f))
			trace_unknown(t, f->line, "%s() is called in a hook, which has no vma for it", f->name);
		if (!population_args(i, f, &t->population))
			trace_unknown(t, f->line, "what %s() maps is not understood", f->name);
	}
}

/* What a handler's call refuses. */
/* vm_map_pages() looks at the array's length itself, and populates nothing where that is too short. */
static bool is_short(struct import *i, const struct trace *t, struct refusal *r)
{
	const struct effect *f = t->population.effect;
	struct ctype word = { .kind = CTYPE_INT, .bits = i->to->pointer_bits };
	term_t from, nr;

	if (!f || t->unknown || (f->action != ACTION_MAP_PAGES && f->action != ACTION_MAP_PAGES_ZERO) || !arg(i, f, 2))
		return false;
	nr = term_convert(i->to, arg(i, f, 2), word);
	from = f->action == ACTION_MAP_PAGES ? t->population.pgoff : term_const(i->to, 0, word);
	r->condition = term_op(i->to, TERM_LOR, term_op(i->to, TERM_ULE, nr, from, ctype_bool),
			       term_op(i->to, TERM_ULT, term_op(i->to, TERM_SUB, nr, from, word),
				       t->population.args.items[2], ctype_bool), ctype_bool);
	r->error = term_const(i->to, (uint64_t)-6, ctype_int);		/* -ENXIO */
	return true;
}

static struct refusal refusal_on(const struct import *before, const struct contract *c, const struct path *p)
{
	struct import i = *before;
	struct trace t = { 0 };
	struct refusal r = { 0 };

	import_begin(&i, c, p);
	find_population(&i, &t, false);
	if (is_short(&i, &t, &r))
		;
	else if (t.population.flags && t.population.pgoff)
		r = refusal_of(i.to, &t.population, t.population.flags, t.population.pgoff, false);
	trace_free(&t);
	import_end(&i);
	return r;
}

void trace_begins(const struct prove_side *side, struct import *i, struct trace *t)
{
	trace_conditions(i, t);
	trace_events(i, t, false);
	trace_traps(i, t);
	find_population(i, t, side->is_hook);
}

void trace_ends(struct import *i, struct trace *t)
{
	int64_t v;
	unsigned k;

	for (k = 0; k < CELL_NR; k++)
		t->cells[k] = import_term(i, i->p->cells[k]);
	if (t->cells[CELL_VM_OPS] && term_is_const(i->to, t->cells[CELL_VM_OPS], &v) && !v)
		t->cells[CELL_VM_OPS] = term_global(i->to, ANONYMOUS);
	t->result = import_term(i, i->p->result_term);
	if (!t->result || !ctype_width(term_at(i->to, t->result)->type))
		trace_unknown(t, i->p->line, "what is returned there is not understood");
}

/* The path, where what populates is not refused; or where it is: i->populated. */
static void one_way(const struct prove_side *side, struct import *i, const struct contract *c, const struct path *p,
		    struct trace *t, unsigned depth, struct traces *out)
{
	int64_t v;

	import_begin(i, c, p);
	trace_begins(side, i, t);
	if (!side->is_hook && t->population.effect && (!t->population.flags || !t->population.pgoff))
		trace_unknown(t, t->population.effect->line, "what the mapping is when %s() is called is not known",
			      t->population.effect->name);
	if (i->populated) {
		vec_free(&t->population.args);
		memset(&t->population, 0, sizeof(t->population));
	}
	if (i->handed) {
		follow_handed(side, i, t, depth, out);
		trace_free(t);
		import_end(i);
		return;
	}
	trace_ends(i, t);
	if (i->solver && page_loop_traces(side, i, t, out))
		;
	else if (!side->is_hook)
		trace_copy(vec_push(out), t);
	else if (t->result && term_is_const(i->to, t->result, &v) && v)
		trace_copy(vec_push(out), t);
	else
		complete_hook(side, i, t, out);
	trace_free(t);
	import_end(i);
}

void trace_path(const struct prove_side *side, struct import *i, const struct contract *c, const struct path *p,
		struct trace *t, unsigned depth, struct traces *out)
{
	struct refusal r = { 0 };
	struct import refused;
	struct trace x;

	i->handed = handed_on(side, c, p, depth);
	if (!side->is_hook)
		r = refusal_on(i, c, p);
	if (r.condition) {
		refused = *i;
		refused.populated = r.error;
		trace_copy(&x, t);
		*vec_push(&x.conditions) = r.condition;
		one_way(side, &refused, c, p, &x, depth, out);
		*vec_push(&t->conditions) = term_not(i->to, r.condition);
	}
	one_way(side, i, c, p, t, depth, out);
}

void traces_of(const struct prove_side *side, const char *name, struct terms *t, struct solver *s,
	       const struct term_list *always, struct traces *out)
{
	const struct path *p;

	vec_each(p, &side->contract->paths) {
		struct import i = { .to = t, .side = name, .solver = s, .always = always };
		struct trace empty = { .line = p->line };

		trace_path(side, &i, side->contract, p, &empty, 0, out);
	}
}
