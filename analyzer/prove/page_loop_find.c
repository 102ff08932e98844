// SPDX-License-Identifier: GPL-2.0-only
/* Is a loop that populates page by page one population?  page_loop.c says when. */
#include <string.h>

#include "prove/page_loop.h"

static term_t number(const struct page_loop *f, uint64_t n)
{
	return term_const(f->i->to, n, page_loop_word(f));
}

/* Can these (0: none) not hold together where the loop begins? */
static bool never(const struct page_loop *f, term_t a, term_t b, term_t c)
{
	struct term_list all = { 0 };
	enum smt_answer answer;
	const term_t *x;

	vec_each(x, &f->conditions)
		*vec_push(&all) = *x;
	*vec_push(&all) = a;
	if (b)
		*vec_push(&all) = b;
	if (c)
		*vec_push(&all) = c;
	answer = solver_ask(f->s, &all);
	vec_free(&all);
	return answer == SMT_NO;
}

static term_t less(const struct page_loop *f, term_t a, term_t b)
{
	return term_op(f->i->to, TERM_ULT, a, b, ctype_bool);
}

static term_t is_same(const struct page_loop *f, term_t a, term_t b)
{
	return term_op(f->i->to, TERM_EQ, a, b, ctype_bool);
}

/* What a place is when pass k begins. */
term_t page_loop_place(const struct page_loop *f, size_t n, term_t k)
{
	struct terms *t = f->i->to;
	const struct pass_place *at = &f->p->places.items[n];
	struct ctype type = term_at(f->i->c->terms, at->pass)->type, as = type;
	term_t v;

	if (as.kind == CTYPE_POINTER)
		as = page_loop_word(f);
	v = term_op(t, TERM_MUL, term_convert(t, k, as), term_const(t, (uint64_t)f->step[n], as),
		    as);
	v = term_op(t, TERM_ADD, term_convert(t, import_term(f->i, at->before), as), v, as);
	return term_convert(t, v, type);
}

/* Pass k, which takes a way, with r the result of the call. */
void page_loop_begin(const struct page_loop *f, const struct pass_way *way, term_t k, term_t r,
		     struct presets *presets, struct import *w)
{
	const struct terms *from = f->i->c->terms;
	term_t result = term_strip(from, f->call->result);
	struct import as = *f->i;
	size_t n;

	for (n = 0; n < f->p->places.nr; n++)
		if (f->is_moved[n])
			*vec_push(presets) = (struct preset){ f->p->places.items[n].pass,
							      page_loop_place(f, n, k) };
	*vec_push(presets) =
		(struct preset){ result, term_convert(f->i->to, r, term_at(from, result)->type) };
	as.presets = presets;
	import_begin_way(w, &as, f->at, way);
}

void page_loop_end(struct presets *presets, struct import *w)
{
	import_end(w);
	vec_free(presets);
}

/* The places that each pass moves by a constant. */
static void find_steps(struct page_loop *f)
{
	struct terms *t = f->i->to;
	struct import w;
	int64_t step;
	size_t n;
	term_t pass;

	import_begin_way(&w, f->i, f->at, f->again);
	for (n = 0; n < f->p->places.nr; n++) {
		pass = import_term(&w, f->p->places.items[n].pass);
		if (!f->p->places.items[n].before ||
		    term_base(t, import_term(&w, f->again->values.items[n]), &step) !=
			    term_strip(t, pass))
			continue;
		f->is_moved[n] = true;
		f->step[n] = step;
	}
	import_end(&w);
}

/* Is what a pass is made of all known when it begins? */
static bool is_settled(const struct page_loop *f)
{
	const struct terms *from = f->i->c->terms;
	const struct pass_place *at;
	struct import w;
	bool settled = true, is_place;
	term_t a;

	import_begin_way(&w, f->i, f->at, f->again);
	for (a = 1; a < from->nr; a++) {
		if (!w.used[a] || from->items[a].op != TERM_FRESH ||
		    from->items[a].value <= f->loop->fresh)
			continue;
		is_place = false;
		vec_each(at, &f->p->places)
			is_place |= at->pass == a;
		settled &= is_place;
	}
	import_end(&w);
	return settled;
}

/* Does pass k, with that result, under these two more conditions, take the way? */
static bool takes(const struct page_loop *f, const struct pass_way *way, term_t k, term_t r,
		  term_t a, term_t b)
{
	struct presets presets = { 0 };
	struct import w;
	const term_t *c;
	bool sure = true;

	page_loop_begin(f, way, k, r, &presets, &w);
	vec_each(c, &way->conditions)
		sure = sure && never(f, a, b,
				     term_not(f->i->to, term_truth(f->i->to, import_term(&w, *c))));
	page_loop_end(&presets, &w);
	return sure;
}

/* Are there exactly nr passes where no call fails, and does one that fails end them? */
static bool is_number(const struct page_loop *f, term_t nr)
{
	struct terms *t = f->i->to;
	term_t r = populate_result(t), failed = term_truth(t, r), in = less(f, f->k, nr);

	return !term_contains(t, nr, f->k) && takes(f, f->done, f->k, r, is_same(f, f->k, nr), 0) &&
	       takes(f, f->again, f->k, r, in, term_not(t, failed)) &&
	       takes(f, f->left, f->k, r, in, failed);
}

/* What the loop compares with, or how many pages the mapping has. */
static bool find_number(struct page_loop *f)
{
	struct terms *t = f->i->to;
	struct term_list tried = { 0 };
	struct presets presets = { 0 };
	const term_t *c;
	struct import w;
	struct term x;
	size_t n;

	page_loop_begin(f, f->again, f->k, populate_result(t), &presets, &w);
	vec_each(c, &f->again->conditions) {
		x = *term_at(t, term_truth(t, import_term(&w, *c)));
		if (x.op == TERM_NOT)
			x = *term_at(t, x.a);
		if (x.op != TERM_ULT && x.op != TERM_ULE && x.op != TERM_SLT && x.op != TERM_SLE &&
		    x.op != TERM_EQ)
			continue;
		/* One that a pass changes is not the number of all. */
		if (!page_loop_is_other(f, &w, x.b))
			*vec_push(&tried) = term_convert(t, x.b, page_loop_word(f));
		if (!page_loop_is_other(f, &w, x.a))
			*vec_push(&tried) = term_convert(t, x.a, page_loop_word(f));
	}
	page_loop_end(&presets, &w);
	*vec_push(&tried) = page_loop_pages(f);
	for (n = 0; n < tried.nr && !f->nr; n++)
		if (is_number(f, tried.items[n]))
			f->nr = tried.items[n];
	vec_free(&tried);
	return f->nr != 0;
}

static term_t call_arg(const struct page_loop *f, struct import *w, size_t n)
{
	return n < f->call->args.nr ? import_term(w, f->call->args.items[n]) : 0;
}

/* Does a term depend on a place that passes do not move by a constant? */
bool page_loop_is_other(const struct page_loop *f, struct import *w, term_t a)
{
	size_t n;

	for (n = 0; n < f->p->places.nr; n++)
		if (!f->is_moved[n] &&
		    term_contains(f->i->to, a,
				  term_strip(f->i->to, import_term(w, f->p->places.items[n].pass))))
			return true;
	return false;
}

/* The array's first page that pass k takes, or its PFN; where: what that is in pass k. */
static term_t what_is_mapped(const struct page_loop *f, term_t k, term_t *where, term_t *address)
{
	struct terms *t = f->i->to;
	struct presets presets = { 0 };
	term_t a, mapped = 0;
	struct import w;

	page_loop_begin(f, f->again, k, populate_result(t), &presets, &w);
	*address = call_arg(f, &w, 1);
	a = call_arg(f, &w, 2);
	if (f->call->action == ACTION_INSERT_PAGE)
		a = a && term_at(t, term_strip(t, a))->op == TERM_LOAD
			    ? term_at(t, term_strip(t, a))->a
			    : 0;
	if (a && *address && !page_loop_is_other(f, &w, a))
		mapped = a;
	*where = mapped;
	page_loop_end(&presets, &w);
	return mapped;
}

static bool is_whole_pages(const struct page_loop *f)
{
	struct terms *t = f->i->to;
	struct presets presets = { 0 };
	struct import w;
	term_t vma, size;
	bool whole;
	int64_t v;

	page_loop_begin(f, f->again, f->k, populate_result(t), &presets, &w);
	vma = call_arg(f, &w, 0);
	size = f->call->action == ACTION_REMAP ? call_arg(f, &w, 3)
					       : number(f, (uint64_t)1 << t->page_shift);
	whole = vma && term_at(t, term_strip(t, vma))->op == TERM_SYMBOL &&
		!strcmp(term_at(t, term_strip(t, vma))->name, "vma") && size &&
		term_is_const(t, size, &v) && v == (int64_t)1 << t->page_shift;
	page_loop_end(&presets, &w);
	return whole;
}

static bool maps_in_order(struct page_loop *f)
{
	struct terms *t = f->i->to;
	term_t where, address, first, at, in = less(f, f->k, f->nr), next;
	bool pages = f->call->action == ACTION_INSERT_PAGE;

	first = what_is_mapped(f, number(f, 0), &where, &address);
	if (!first || !what_is_mapped(f, f->k, &where, &address))
		return false;
	at = term_op(t, TERM_ADD, f->start,
		     term_op(t, TERM_SHL, f->k, term_const(t, t->page_shift, ctype_int),
			     page_loop_word(f)),
		     page_loop_word(f));
	next = pages ? term_op(t, TERM_MUL, f->k, number(f, t->pointer_bits / 8), page_loop_word(f))
		     : f->k;
	next = term_op(t, TERM_ADD, term_convert(t, first, page_loop_word(f)), next,
		       page_loop_word(f));
	f->array = first;
	return never(f, in,
		     term_not(t, is_same(f, term_convert(t, address, page_loop_word(f)), at)), 0) &&
	       never(f, in,
		     term_not(t, is_same(f, term_convert(t, where, page_loop_word(f)), next)), 0);
}

/* A protection that is the call's own has to be the same in every pass. */
static term_t protection(const struct page_loop *f)
{
	struct terms *t = f->i->to;
	struct presets presets = { 0 };
	struct import w;
	term_t prot;

	if (f->call->action == ACTION_INSERT_PAGE)
		return prot_of(f->i, f->loop, false);
	page_loop_begin(f, f->again, f->k, populate_result(t), &presets, &w);
	prot = call_arg(f, &w, 4);
	if (prot && (term_contains(t, prot, f->k) || page_loop_is_other(f, &w, prot)))
		prot = 0;
	page_loop_end(&presets, &w);
	return prot;
}

static bool find_ways(struct page_loop *f, const struct contract *c)
{
	const struct pass_way *w;

	vec_each(w, &f->p->ways) {
		const struct pass_way **is = w->end == PASS_AGAIN  ? &f->again
					     : w->end == PASS_DONE ? &f->done
								   : &f->left;

		if (*is)
			return false;
		*is = w;
	}
	if (!f->again || !f->left || !f->done || f->again->effects.nr != 1 ||
	    f->left->effects.nr != 1 || f->done->effects.nr ||
	    f->again->effects.items[0] != f->left->effects.items[0])
		return false;
	f->call = &c->effects[f->again->effects.items[0]];
	return f->call->kind == EFFECT_ACTION && f->call->result && !f->call->sees.nr &&
	       (!strcmp(f->call->name, "vm_insert_page") ||
		!strcmp(f->call->name, "remap_pfn_range"));
}

/* Did the path take that way, so that its conditions stand where the loop's begin? */
static bool is_way_of(const struct page_loop *f, const struct trace *t, const struct pass_way *way)
{
	size_t first = f->i->conditions_before + f->p->guards, n;

	if (t->conditions.nr < first + way->conditions.nr)
		return false;
	for (n = 0; n < way->conditions.nr; n++)
		if (term_truth(f->i->to, import_term(f->i, way->conditions.items[n])) !=
		    t->conditions.items[first + n])
			return false;
	return true;
}

bool page_loop_find(struct page_loop *f, const struct trace *t)
{
	struct import *i = f->i;
	const struct pass_way *way;
	size_t n;

	for (n = 0; n < i->own.nr && !f->loop; n++)
		if (i->c->effects[i->own.items[n]].kind == EFFECT_LOOP) {
			f->at = n;
			f->loop = &i->c->effects[i->own.items[n]];
		}
	f->p = f->loop ? f->loop->passes : NULL;
	if (t->unknown || !f->p || f->p->unknown || f->p->outside ||
	    f->p->places.nr > PAGE_LOOP_PLACES || !find_ways(f, i->c) ||
	    i->conditions_before + f->p->guards > t->conditions.nr)
		return false;
	f->k = term_symbol(i->to, "pass of the loop", page_loop_word(f));
	f->start = term_symbol(i->to, "start", page_loop_word(f));
	for (n = 0; n < i->always->nr; n++)
		*vec_push(&f->conditions) = i->always->items[n];
	for (n = 0; n < i->conditions_before + f->p->guards; n++)
		*vec_push(&f->conditions) = t->conditions.items[n];
	way = f->at + 1 < i->own.nr && &i->c->effects[i->own.items[f->at + 1]] == f->call ? f->left
											  : f->done;
	find_steps(f);
	if (!is_way_of(f, t, way) || !is_settled(f) || !is_whole_pages(f) || !find_number(f) ||
	    !maps_in_order(f))
		return false;
	f->prot = protection(f);
	return f->prot != 0;
}
