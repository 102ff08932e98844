// SPDX-License-Identifier: GPL-2.0-only
/*
 * A loop that populates page by page as one population.
 *
 * Its places that each pass moves by the same amount are written in the number k of the pass, 0 first.  Then, for
 * every request that comes to the loop, with N the number of pages and r what the call returns, Z3 has to agree
 * that the loop has N passes unless a call fails, and that the k-th populates what the action's k-th page is:
 *
 *	k < N, r == 0	the pass goes round again
 *	k < N, r != 0	the pass leaves the loop
 *	k == N		the loop is done, and nothing was called
 *	k < N		the call's address is start + k pages, and it maps pages[k], or the first PFN + k
 *
 * A pass does nothing else.  Where N is 0 the loop populates nothing, not even flags; where N is more than the
 * mapping has pages, the loop fails at the end with what was mapped, and the action before with its own error: that
 * is unknown.  So is a private writable mapping of PFNs, of which the core wants the whole in one call.
 */
#include <stdlib.h>
#include <string.h>

#include "prove/page_loop.h"

enum { BIT_SHARED = 0x8, BIT_MAYWRITE = 0x20 };

static term_t number(const struct page_loop *f, uint64_t n)
{
	return term_const(f->i->to, n, page_loop_word(f));
}

static term_t is_same(const struct page_loop *f, term_t a, term_t b)
{
	return term_op(f->i->to, TERM_EQ, a, b, ctype_bool);
}

static bool is_cell(const struct page_loop *f, size_t n, const char *name, const char *call,
		    term_t *arg)
{
	const struct terms *from = f->i->c->terms;
	const struct term *at = term_at(from, f->p->places.items[n].address), *v, *list;

	v = term_at(from, term_strip(from, f->again->values.items[n]));
	if (at->op != TERM_FIELD || !at->name || strcmp(at->name, name) ||
	    term_at(from, at->a)->op != TERM_SYMBOL || strcmp(term_at(from, at->a)->name, "vma") ||
	    v->op != TERM_CALL || !v->name || !str_starts(v->name, call) ||
	    strcmp(v->name + strlen(call), f->call->name) || !v->b)
		return false;
	list = term_at(from, v->b);
	if (!strcmp(name, "pgoff"))
		list = list->b ? term_at(from, list->b) : NULL;
	*arg = list ? list->a : 0;
	return *arg && term_strip(from, *arg) == f->p->places.items[n].pass;
}

/* The place behind the last of nr passes, 0: not known. */
static term_t place_behind(const struct page_loop *f, size_t n)
{
	struct terms *t = f->i->to;
	const struct pass_place *at = &f->p->places.items[n];
	struct presets presets = { 0 };
	struct import w;
	term_t v, arg;

	if (f->is_moved[n])
		return page_loop_place(f, n, f->nr);
	if (at->before && is_cell(f, n, "flags", "flags after ", &arg))
		return flags_after(t, f->call->action, import_term(f->i, at->before));
	if (at->before && is_cell(f, n, "pgoff", "pgoff after ", &arg))
		return import_term(f->i, at->before);
	page_loop_begin(f, f->again, term_op(t, TERM_SUB, f->nr, number(f, 1), page_loop_word(f)),
			term_const(t, 0, ctype_int), &presets, &w);
	v = import_term(&w, f->again->values.items[n]);
	if (page_loop_is_other(f, &w, v))
		v = 0;
	page_loop_end(&presets, &w);
	return v;
}

enum variant { NO_PASS, ALL_PASSES, A_PASS_FAILS };

static void preset_places(const struct page_loop *f, enum variant how, struct presets *presets)
{
	struct terms *t = f->i->to;
	const struct terms *from = f->i->c->terms;
	const struct pass_place *at;
	struct ctype type;
	term_t v, result = term_strip(from, f->call->result);
	char *name;
	size_t n;

	for (n = 0; n < f->p->places.nr; n++) {
		at = &f->p->places.items[n];
		type = term_at(from, at->pass)->type;
		v = how == ALL_PASSES		   ? place_behind(f, n)
		    : how == NO_PASS && at->before ? import_term(f->i, at->before)
						   : 0;
		if (!v) {
			name = xasprintf(UNPAIRED "%s loop %u", f->i->side, (unsigned)at->pass);
			v = term_symbol(t, name, type);
			free(name);
		}
		*vec_push(presets) = (struct preset){ at->pass, term_convert(t, v, type) };
	}
	*vec_push(presets) = (struct preset){ result, term_convert(t, populate_result(t),
								   term_at(from, result)->type) };
}

/* More pages than the mapping has, or a private writable mapping of PFNs: 0, or the sum of what must not be. */
static term_t beyond(const struct page_loop *f)
{
	struct terms *t = f->i->to;
	term_t flags, cow, more = term_op(t, TERM_ULT, page_loop_pages(f), f->nr, ctype_bool);
	size_t n;

	if (f->call->action == ACTION_INSERT_PAGE)
		return more;
	flags = term_symbol(t, "flags", page_loop_word(f));
	for (n = 0; n < f->p->places.nr; n++) {
		const struct term *at = term_at(f->i->c->terms, f->p->places.items[n].address);

		if (at->op == TERM_FIELD && at->name && !strcmp(at->name, "flags") &&
		    f->p->places.items[n].before)
			flags = import_term(f->i, f->p->places.items[n].before);
	}
	cow = term_op(t, TERM_AND, flags, number(f, BIT_SHARED | BIT_MAYWRITE), page_loop_word(f));
	return term_op(t, TERM_LOR, more, is_same(f, cow, number(f, BIT_MAYWRITE)), ctype_bool);
}

static void fill(const struct page_loop *f, struct trace *t)
{
	struct terms *to = f->i->to;
	const uint32_t *k;

	if (t->population.effect)
		trace_unknown(t, f->call->line, "%s() is not the only one that populates",
			      f->call->name);
	vec_free(&t->population.args);
	memset(&t->population, 0, sizeof(t->population));
	t->population.effect = f->call;
	t->population.prot = f->prot;
	t->population.locked = is_locked(f->i, f->loop);
	vec_each(k, &f->i->order) {
		if (&f->i->c->effects[*k] == f->loop)
			break;
		t->population.at++;
	}
	t->population.kind = f->call->action == ACTION_REMAP ? ACTION_REMAP : ACTION_INSERT_PAGES;
	*vec_push(&t->population.args) = f->start;
	*vec_push(&t->population.args) = f->array;
	*vec_push(&t->population.args) =
		f->call->action == ACTION_REMAP
			? term_op(to, TERM_SHL, f->nr, term_const(to, to->page_shift, ctype_int),
				  page_loop_word(f))
			: f->nr;
}

static void add_trace(const struct prove_side *side, const struct page_loop *f,
		      const struct pass_way *way, enum variant how, struct traces *out)
{
	struct terms *to = f->i->to;
	struct import i = { .to = to, .side = f->i->side, .no_events = { f->loop, f->call } };
	struct trace *t = vec_push(out);
	struct presets presets = { 0 };
	term_t failed = term_truth(to, populate_result(to)), none = is_same(f, f->nr, number(f, 0));
	size_t n;

	*t = (struct trace){ .line = f->i->p->line };
	preset_places(f, how, &presets);
	i.presets = &presets;
	import_begin(&i, side->contract, f->i->p);
	trace_begins(side, &i, t);
	trace_ends(&i, t);
	import_end(&i);
	vec_free(&presets);
	/* That the last pass went so is said by what follows. */
	for (n = 0; n < way->conditions.nr; n++)
		t->conditions.items[f->i->conditions_before + f->p->guards + n] =
			term_const(to, 1, ctype_bool);
	*vec_push(&t->conditions) = how == NO_PASS ? none : term_not(to, none);
	if (how == NO_PASS)
		return;
	*vec_push(&t->conditions) = term_not(to, beyond(f));
	*vec_push(&t->conditions) = how == A_PASS_FAILS ? failed : term_not(to, failed);
	if (how == ALL_PASSES)
		fill(f, t);
}

static void add_beyond(const struct page_loop *f, struct traces *out)
{
	struct trace *t = vec_push(out);
	const term_t *a;

	*t = (struct trace){ .line = f->i->p->line };
	vec_each(a, &f->conditions)
		*vec_push(&t->conditions) = *a;
	*vec_push(&t->conditions) = beyond(f);
	trace_unknown(
		t, f->loop->line,
		f->call->action == ACTION_REMAP
			? "the loop there can go on behind the mapping's end, or map a private one piece by piece"
			: "the loop there can insert more pages than the mapping has");
}

bool page_loop_traces(const struct prove_side *side, struct import *i, const struct trace *t, struct traces *out)
{
	struct page_loop f = { .i = i, .s = i->solver };
	bool found = !side->is_hook && page_loop_find(&f, t);

	if (found && f.at + 1 < i->own.nr && &i->c->effects[i->own.items[f.at + 1]] == f.call) {
		add_trace(side, &f, f.left, A_PASS_FAILS, out);
	} else if (found) {
		add_trace(side, &f, f.done, NO_PASS, out);
		add_trace(side, &f, f.done, ALL_PASSES, out);
	}
	if (found)
		add_beyond(&f, out);
	vec_free(&f.conditions);
	return found;
}
