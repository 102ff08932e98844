// SPDX-License-Identifier: GPL-2.0-only
/* Two traces that one request can take: is everything that can be seen of them the same? */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "contract/describe.h"
#include "prove/compare.h"

/* VM_SPECIAL of include/linux/mm.h: IO, DONTEXPAND, PFNMAP, MIXEDMAP; the same in every release. */
enum { BITS_SPECIAL = 0x10044400 };

void give_up(struct compare *c, bool old_side, unsigned line, const char *fmt, ...)
{
	struct strbuf b = { 0 };
	va_list ap;

	if (c->out->verdict == PROVE_UNKNOWN || c->done)
		return;
	va_start(ap, fmt);
	strbuf_vaddf(&b, fmt, ap);
	va_end(ap);
	c->out->verdict = PROVE_UNKNOWN;
	c->out->reason = strbuf_detach(&b);
	c->out->line = line;
	c->out->old_side = old_side;
}

bool is_unpaired(const struct terms *t, term_t a)
{
	uint64_t *bits;
	bool found = false;
	term_t i;

	if (!a)
		return true;
	bits = term_reach(t, a);
	for (i = 1; i <= a; i++)
		found |= bits[i / 64] >> i % 64 & 1 && t->items[i].op == TERM_SYMBOL &&
			 str_starts(t->items[i].name, UNPAIRED);
	free(bits);
	return found;
}

char *value_of(const struct compare *c, term_t a)
{
	return a ? term_text(c->s.t, &c->flags, a) : xstrdup("?");
}

static bool shows(const struct terms *t, const struct events *list, term_t local)
{
	const struct event *e;
	const term_t *a;

	vec_each(e, list)
		vec_each(a, &e->args)
			if (*a && term_contains(t, *a, local))
				return true;
	return false;
}

/* Does x give a call the address of a variable that has no like in y?  It may have another name there. */
static bool has_other_locals(const struct terms *t, const struct events *x, const struct events *y)
{
	term_t a;

	for (a = 1; a < t->nr; a++)
		if (t->items[a].op == TERM_LOCAL && shows(t, x, a) && !shows(t, y, a))
			return true;
	return false;
}

/* The traces do not do the same; does: one sentence each, the function's. */
void report(struct pair *p, char *old_does, char *new_does)
{
	bool open = false;
	const term_t *a;

	vec_each(a, &p->conditions)
		open |= is_unpaired(p->c->s.t, *a);
	if (has_other_locals(p->c->s.t, &p->a->events, &p->b->events) && has_other_locals(p->c->s.t, &p->b->events, &p->a->events))
		give_up(p->c, false, p->b->line, "which variable of the one is which of the other is not followed: %s, %s", old_does,
			new_does);
	else if (p->in_loop)
		give_up(p->c, false, p->b->line, "%s, %s: that is where a loop comes in, which is not replayed", old_does, new_does);
	else if (open)
		give_up(p->c, false, p->b->line, "which way a request goes depends on what the contracts do not know");
	else if (!p->c->done && !witness(p, old_does, new_does))
		give_up(p->c, false, p->b->line, "%s, %s: no request was found that shows it", old_does, new_does);
	free(old_does);
	free(new_does);
}

/* "vm_pgoff is 3"; caller frees. */
static char *said(const struct compare *c, const char *what, term_t a)
{
	char *value = value_of(c, a), *text = xasprintf("%s is %s", what, value);

	free(value);
	return text;
}

/* Under the pair's conditions: the same value? */
static bool same_number(struct pair *p, term_t x, term_t y, const char *what)
{
	struct terms *t = p->c->s.t;
	enum smt_answer answer;

	*vec_push(&p->conditions) = term_not(t, term_op(t, TERM_EQ, x, y, ctype_bool));
	answer = solver_ask(&p->c->s, &p->conditions);
	if (answer == SMT_UNKNOWN)
		give_up(p->c, false, p->b->line, "Z3 does not decide in the steps it has whether %s is the same", what);
	if (answer == SMT_YES && (is_unpaired(t, x) || is_unpaired(t, y)))
		give_up(p->c, false, p->b->line, "%s is made of what the contracts do not know", what);
	else if (answer == SMT_YES)
		report(p, said(p->c, what, x), said(p->c, what, y));
	p->conditions.nr--;
	return answer == SMT_NO;
}

static bool same_arguments(struct pair *p, term_t x, term_t y, const char *what)
{
	struct terms *t = p->c->s.t;

	for (; x && y; x = t->items[x].b, y = t->items[y].b)
		if (!same_value(p, t->items[x].a, t->items[y].a, what))
			return false;
	return true;
}

static size_t list_length(const struct terms *t, term_t list)
{
	size_t n = 0;

	for (; list; list = t->items[list].b)
		n++;
	return n;
}

/* One way of a ?: that is a record. */
static bool same_arm(struct pair *p, term_t cond, term_t x, term_t y, const char *what)
{
	bool same = true;

	*vec_push(&p->conditions) = cond;
	if (solver_ask(&p->c->s, &p->conditions) != SMT_NO)
		same = same_value(p, x, y, what);
	p->conditions.nr--;
	return same;
}

bool same_value(struct pair *p, term_t x, term_t y, const char *what)
{
	struct terms *t = p->c->s.t;
	struct term a, b;

	if (x == y && x)
		return true;
	if (!x || !y) {
		if (x || y)
			give_up(p->c, !x, x ? p->b->line : p->a->line, "%s is not known", what);
		return !x && !y;
	}
	a = *term_at(t, x);
	b = *term_at(t, y);
	if (ctype_width(a.type) && ctype_width(b.type))
		return same_number(p, x, y, what);
	if (a.op == TERM_ITE)
		return same_arm(p, a.a, a.b, y, what) && same_arm(p, term_not(t, a.a), a.c, y, what);
	if (b.op == TERM_ITE)
		return same_arm(p, b.a, x, b.b, what) && same_arm(p, term_not(t, b.a), x, b.c, what);
	if (a.op == TERM_CALL && b.op == TERM_CALL && a.name == b.name && a.value == b.value && !a.a && !b.a &&
	    list_length(t, a.b) == list_length(t, b.b))
		return same_arguments(p, a.b, b.b, what);
	if (a.op == TERM_MEMBER && b.op == TERM_MEMBER && a.name == b.name)
		return same_value(p, a.a, b.a, what);
	if (is_unpaired(t, x) || is_unpaired(t, y))
		give_up(p->c, false, p->b->line, "%s is made of what the contracts do not know", what);
	else if (solver_ask(&p->c->s, &p->conditions) == SMT_YES)
		report(p, said(p->c, what, x), said(p->c, what, y));
	else
		give_up(p->c, false, p->b->line, "Z3 does not decide in the steps it has whether %s is the same", what);
	return false;
}

static bool is_device(enum action_kind kind)
{
	return kind == ACTION_IOREMAP || kind == ACTION_SIMPLE_IOREMAP;
}

/* An object of the function's own, or one that a call gave it: it need not outlive the function. */
static bool is_own(const struct terms *t, term_t address)
{
	const struct term *x;

	for (x = term_at(t, term_strip(t, address)); x->op == TERM_FIELD || x->op == TERM_ELEMENT || x->op == TERM_ADD;)
		x = term_at(t, term_strip(t, x->a));
	return x->op == TERM_LOCAL || (x->op == TERM_CALL && x->value && !(x->value & TERM_CALL_STATE));
}

static bool same_population(struct pair *p)
{
	static const char *const what[] = { "the first argument of what populates", "the second", "the third" };
	const struct population *x = &p->a->population, *y = &p->b->population;
	size_t i;

	if (!x->effect != !y->effect) {
		if (solver_ask(&p->c->s, &p->conditions) == SMT_YES)
			report(p, xstrdup(x->effect ? "the page tables are filled" : "the page tables stay empty"),
			       xstrdup(y->effect ? "the page tables are filled" : "the page tables stay empty"));
		return false;
	}
	if (!x->effect)
		return true;
	/* As memory, as a device's or page by page: pgprot_decrypted(), VM_PFNMAP, VM_MIXEDMAP. */
	if (is_device(x->kind) != is_device(y->kind) || (x->kind == ACTION_INSERT_PAGES) != (y->kind == ACTION_INSERT_PAGES)) {
		if (solver_ask(&p->c->s, &p->conditions) == SMT_YES)
			report(p, xasprintf("%s() fills the page tables", x->effect->name),
			       xasprintf("%s() does", y->effect->name));
		return false;
	}
	if (x->kind != y->kind) {
		give_up(p->c, false, y->effect->line, "%s() is compared with %s()", x->effect->name, y->effect->name);
		return false;
	}
	for (i = 0; i < x->args.nr && i < y->args.nr; i++)
		if (!same_value(p, x->args.items[i], y->args.items[i], what[i]))
			return false;
	if (y->kind == ACTION_INSERT_PAGES && p->c->new_side->is_hook && !p->c->old->is_hook && is_own(p->c->s.t, y->args.items[1])) {
		give_up(p->c, false, y->effect->line, "the array of %s() can be gone when the core uses it (R25)", y->effect->name);
		return false;
	}
	if (x->locked && !y->locked) {
		give_up(p->c, true, x->effect->line, "%s() runs under a lock, the action would not (R4)", x->effect->name);
		return false;
	}
	return same_value(p, x->prot, y->prot, "the protection of the pages");
}

static bool same_prot(struct pair *p)
{
	const struct population *x = &p->a->population;
	term_t old = p->a->cells[CELL_PROT], now = p->b->cells[CELL_PROT];

	/* same_population() said that the pages have it. */
	if (old != now && x->effect && now && now == p->b->population.prot && old != x->prot) {
		add_difference(p->c->out, "prot-in-vma", p->b->population.effect->line, value_of(p->c, now));
		return true;
	}
	return same_value(p, old, now, "vm_page_prot");
}

/* R6: flags with none of VM_SPECIAL. */
static bool can_merge(struct pair *p)
{
	struct terms *t = p->c->s.t;
	term_t flags = p->b->cells[CELL_FLAGS], special;
	struct ctype type = term_at(t, flags)->type;
	bool can;

	if (p->b->population.effect)
		return false;
	special = term_op(t, TERM_AND, flags, term_const(t, BITS_SPECIAL, type), type);
	*vec_push(&p->conditions) = term_not(t, term_truth(t, special));
	can = solver_ask(&p->c->s, &p->conditions) != SMT_NO;
	p->conditions.nr--;
	return can;
}

static void skipped_by_merge(struct pair *p, const struct event *e)
{
	char *text = event_text(p->c, e);

	report(p, xasprintf("there is %s for every mapping", text),
	       xasprintf("mapped, which does that, is skipped where the mapping merges with a neighbour (R6)"));
	free(text);
}

static void merging(struct pair *p)
{
	const struct event *e;

	if (p->c->old->is_hook || !p->c->new_side->is_hook || !p->b->cells[CELL_FLAGS] || !can_merge(p))
		return;
	vec_each(e, &p->b->events)
		if (e->after_hook) {
			if (solver_ask(&p->c->s, &p->conditions) == SMT_YES)
				skipped_by_merge(p, e);
			return;
		}
	add_difference(p->c->out, "merge-after-hook", p->b->line, NULL);
}

static bool same_mapping(struct pair *p)
{
	static const struct { enum vma_cell cell; const char *what; } cells[] = {
		{ CELL_FLAGS, "vm_flags" }, { CELL_PGOFF, "vm_pgoff" }, { CELL_VM_OPS, "vm_ops" },
		{ CELL_PRIVATE_DATA, "vm_private_data" }, { CELL_FILE, "vm_file" }, { CELL_START, "vm_start" },
		{ CELL_END, "vm_end" },
	};
	size_t i;

	if (!same_population(p) || !same_prot(p))
		return false;
	for (i = 0; i < sizeof(cells) / sizeof(*cells); i++)
		if (!same_value(p, p->a->cells[cells[i].cell], p->b->cells[cells[i].cell], cells[i].what))
			return false;
	merging(p);
	return true;
}

/* The two with one more condition: the request fails, or it does not. */
static void split(struct pair *p, bool fails)
{
	struct terms *t = p->c->s.t;
	term_t zero = term_not(t, term_truth(t, p->a->result));
	enum smt_answer answer;

	*vec_push(&p->conditions) = fails ? term_not(t, zero) : zero;
	answer = solver_ask(&p->c->s, &p->conditions);
	if (answer == SMT_UNKNOWN)
		give_up(p->c, false, p->b->line, "Z3 does not decide in the steps it has whether the request fails");
	if (answer == SMT_YES && same_events(p, fails) && !fails)
		same_mapping(p);
	p->conditions.nr--;
}

static bool has_loop(const struct trace *t)
{
	const struct event *e;

	vec_each(e, &t->events)
		if (e->effect->kind == EFFECT_LOOP)
			return true;
	return false;
}

void compare_pair(struct compare *c, const struct trace *a, const struct trace *b)
{
	struct pair p = { .c = c, .a = a, .b = b, .always = &c->facts, .xs = &a->conditions, .ys = &b->conditions,
			  .in_loop = has_loop(a) || has_loop(b) };
	enum smt_answer answer;
	const term_t *k;

	vec_each(k, &c->facts)
		*vec_push(&p.conditions) = *k;
	vec_each(k, &a->conditions)
		*vec_push(&p.conditions) = *k;
	vec_each(k, &b->conditions)
		*vec_push(&p.conditions) = *k;
	if (p.in_loop && same_loops(&p, &a->events, &b->events) <= 0) {
		vec_free(&p.conditions);
		return;
	}
	answer = solver_ask(&c->s, &p.conditions);
	if (answer != SMT_NO)
		c->out->pairs++;
	if (answer != SMT_NO && (a->unknown || b->unknown))
		give_up(c, a->unknown != NULL, a->unknown ? a->unknown_line : b->unknown_line, "%s",
			a->unknown ? a->unknown : b->unknown);
	else if (answer == SMT_UNKNOWN)
		give_up(c, false, b->line, "Z3 does not decide in the steps it has which requests come here");
	else if (answer == SMT_YES && same_value(&p, a->result, b->result, "the result")) {
		split(&p, true);
		split(&p, false);
		same_traps(&p);
	}
	vec_free(&p.conditions);
}
