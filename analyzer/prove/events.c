// SPDX-License-Identifier: GPL-2.0-only
/* What both sides do to the world. */
#include <stdlib.h>
#include <string.h>

#include "prove/compare.h"

static bool is_state(const struct event *e)
{
	return e->effect->kind == EFFECT_STORE || (e->effect->kind == EFFECT_TAKE && e->effect->state != STATE_LOCK);
}

/* Can these two be one, before their arguments are looked at? */
static bool is_alike(const struct event *x, const struct event *y)
{
	return x->effect->kind == y->effect->kind && x->effect->state == y->effect->state && !strcmp(x->name, y->name) &&
	       x->args.nr == y->args.nr && x->sees.nr == y->sees.nr && !x->result == !y->result;
}

char *event_text(const struct compare *c, const struct event *e)
{
	struct strbuf b = { 0 };
	const term_t *a;
	char *text;

	if (e->effect->kind == EFFECT_STORE && e->args.nr > 1) {
		char *at = value_of(c, term_load(c->s.t, e->args.items[0], 0, ctype_ulong));

		text = value_of(c, e->args.items[1]);
		strbuf_addf(&b, "%s = %s", at, text);
		free(at);
		free(text);
		return strbuf_detach(&b);
	}
	if (e->effect->kind == EFFECT_LOOP)
		return xasprintf("the loop while %s", e->effect->name);
	strbuf_addf(&b, "%s(", e->name);
	vec_each(a, &e->args) {
		text = value_of(c, *a);
		strbuf_addf(&b, "%s%s", a == e->args.items ? "" : ", ", text);
		free(text);
	}
	strbuf_adds(&b, ")");
	return strbuf_detach(&b);
}

static bool same_list(struct pair *p, const struct term_list *x, const struct term_list *y, const char *what)
{
	size_t i;

	for (i = 0; i < x->nr; i++)
		if (!same_value(p, x->items[i], y->items[i], what))
			return false;
	return true;
}

static bool same_event(struct pair *p, const struct event *x, const struct event *y)
{
	char *what;
	bool same;

	if (x->effect->kind == EFFECT_LOOP)		/* same_loops() came first */
		return true;
	what = xasprintf("an argument of %s", *x->name ? x->name : "what is stored");
	same = same_list(p, &x->args, &y->args, what) && same_list(p, &x->sees, &y->sees, what);

	free(what);
	return same;
}

static char *does(const struct compare *c, const struct event *e, const char *otherwise)
{
	char *text, *all;

	if (!e)
		return xstrdup(otherwise);
	text = event_text(c, e);
	all = xasprintf("there is %s, line %u", text, e->effect->line);
	free(text);
	return all;
}

/* The n-th is not the same kind of thing, or one has no n-th. */
static bool other_event(struct pair *p, const struct event *x, const struct event *y)
{
	if (solver_ask(&p->c->s, &p->conditions) == SMT_YES)
		report(p, does(p->c, x, "nothing more is done"), does(p->c, y, "nothing more is done"));
	else
		give_up(p->c, false, p->b->line, "Z3 does not decide in the steps it has whether both do the same");
	return false;
}

bool same_event_list(struct pair *p, const struct events *x, const struct events *y)
{
	size_t i;

	for (i = 0; i < x->nr || i < y->nr; i++) {
		if (i == x->nr || i == y->nr || !is_alike(&x->items[i], &y->items[i]))
			return other_event(p, i < x->nr ? &x->items[i] : NULL, i < y->nr ? &y->items[i] : NULL);
		if (!same_event(p, &x->items[i], &y->items[i]))
			return false;
	}
	return true;
}

static bool is_of_request(const struct term *x)
{
	static const char *const names[] = { "start", "end", "pgoff", "flags", "page_prot" };
	size_t k;

	for (k = 0; k < sizeof(names) / sizeof(*names); k++)
		if (x->op == TERM_SYMBOL && !strcmp(x->name, names[k]))
			return true;
	return false;
}

/* Does the value depend on what stood there, or on the request, so that a second time changes something? */
static bool counts(const struct terms *t, const struct event *e)
{
	uint64_t *bits;
	bool found = false;
	term_t i;

	if (e->effect->state == STATE_COUNT || e->args.nr < 2 || !e->args.items[1])
		return true;
	bits = term_reach(t, e->args.items[1]);
	for (i = 1; i <= e->args.items[1]; i++)
		found |= bits[i / 64] >> i % 64 & 1 &&
			 ((t->items[i].op == TERM_LOAD && t->items[i].a == e->args.items[0]) || is_of_request(&t->items[i]));
	free(bits);
	return found;
}

/* Does any pass of the loop do what could stay? */
static bool loop_leaves(const struct looped *l)
{
	const struct looped_way *w;
	const struct event *e;

	vec_each(w, &l->ways)
		vec_each(e, &w->events)
			if (e->effect->kind == EFFECT_LOOP ? loop_leaves(e->looped) : e->effect->kind != EFFECT_TOUCH)
				return true;
	return false;
}

/* R1: what the hook itself leaves behind stays when the mapping fails later. */
static bool leaves_nothing(struct pair *p)
{
	const struct terms *t = p->c->s.t;
	const struct event *e;
	char *text;

	if (p->c->old->is_hook || !p->b->hook_passed)
		return true;
	vec_each(e, &p->b->events) {
		if (e->after_hook)
			continue;
		if (e->effect->kind == EFFECT_LOOP && loop_leaves(e->looped)) {
			give_up(p->c, false, e->effect->line, "what the loop there does could leave something behind (R1)");
			return false;
		}
		if (e->effect->kind == EFFECT_CALL) {
			give_up(p->c, false, e->effect->line, "%s() is not modelled: it could leave something behind (R1)",
				e->name);
			return false;
		}
		if ((e->effect->kind == EFFECT_DROP || (e->effect->kind == EFFECT_TAKE && e->effect->state != STATE_NONE)) &&
		    path_keeps(e->c, e->p, e->effect))
			;
		else if (e->effect->kind == EFFECT_STORE && counts(t, e))
			;
		else {
			if (e->effect->kind == EFFECT_STORE)
				add_difference(p->c->out, "latch-in-hook", e->effect->line, event_text(p->c, e));
			continue;
		}
		if (solver_ask(&p->c->s, &p->conditions) != SMT_YES) {
			give_up(p->c, false, e->effect->line, "Z3 does not decide in the steps it has what the hook leaves");
			return false;
		}
		text = event_text(p->c, e);
		report(p, xstrdup("nothing is left behind where the mapping fails after it (no memory for it, say)"),
		       xasprintf("%s, line %u, stays where the mapping fails after the hook (R1)", text, e->effect->line));
		free(text);
		return false;
	}
	return true;
}

/* R4: the pages are visible before mapped runs. */
static bool is_held(struct pair *p)
{
	const struct event *x, *y;
	size_t i;

	for (i = 0; i < p->a->events.nr && i < p->b->events.nr; i++) {
		x = &p->a->events.items[i];
		y = &p->b->events.items[i];
		if (p->a->population.effect && i < p->a->population.at && y->after_hook && x->effect->kind == EFFECT_LOOP) {
			give_up(p->c, false, y->effect->line, "mapped does what the loop does when the pages are visible already (R4)");
			return false;
		}
		if (p->a->population.effect && i < p->a->population.at && y->after_hook && x->effect->kind == EFFECT_TAKE &&
		    (x->effect->state == STATE_REFERENCE || x->effect->state == STATE_COUNT) && !x->effect->file_private) {
			give_up(p->c, false, y->effect->line,
				"%s() holds what is mapped, and mapped calls it when the pages are visible already (R4)", y->name);
			return false;
		}
	}
	return true;
}

/* Is a term made of memory as it is behind event number n, 0 first? */
static bool is_behind(const struct terms *t, term_t a, size_t n)
{
	uint64_t *bits = a ? term_reach(t, a) : NULL, number;
	const struct term *x;
	const char *space;
	bool found = false;
	term_t i;

	for (i = 1; bits && i <= a; i++) {
		if (!(bits[i / 64] >> i % 64 & 1))
			continue;
		x = &t->items[i];
		space = x->op == TERM_SYMBOL && *x->name == '<' ? strrchr(x->name, ' ') : NULL;
		number = x->op == TERM_LOAD ? x->value : x->op == TERM_CALL && x->value & TERM_CALL_STATE ? x->value & ~TERM_CALL_STATE
			: space ? strtoull(space, NULL, 10) : 0;
		found |= number > n;
	}
	free(bits);
	return found;
}

static bool list_is_behind(const struct terms *t, const struct term_list *l, size_t n)
{
	const term_t *a;

	vec_each(a, l)
		if (is_behind(t, *a, n))
			return true;
	return false;
}

/* Does the legacy handler look at memory that its n-th event can have changed?  The hook's events have other numbers then. */
static bool looks_behind(const struct pair *p, size_t n)
{
	const struct terms *t = p->c->s.t;
	const struct event *e;

	vec_each(e, &p->a->events)
		if (list_is_behind(t, &e->args, n) || list_is_behind(t, &e->sees, n))
			return true;
	return is_behind(t, p->a->result, n) || list_is_behind(t, &p->a->conditions, n);
}

bool same_events(struct pair *p, bool fails)
{
	const struct event *x = p->a->events.items, *x_end = x + p->a->events.nr;
	const struct event *y = p->b->events.items, *y_end = y + p->b->events.nr;

	for (; x < x_end || y < y_end;) {
		if (x < x_end && y < y_end && is_alike(x, y)) {
			if (!same_event(p, x, y))
				return false;
			if (y->after_hook && !x->after_hook)
				add_difference(p->c->out, "state-in-mapped", y->effect->line, event_text(p->c, y));
			x++;
			y++;
			continue;
		}
		/* Only the legacy handler leaves something where the request fails. */
		if (fails && x < x_end && is_state(x) && !p->c->old->is_hook && p->c->new_side->is_hook) {
			if (looks_behind(p, (size_t)(x - p->a->events.items))) {
				give_up(p->c, true, x->effect->line, "what the request reads after that is not compared with a hook that "
					"leaves it out");
				return false;
			}
			add_difference(p->c->out, "no-trace-after-failure", p->b->line, event_text(p->c, x));
			x++;
			continue;
		}
		return other_event(p, x < x_end ? x : NULL, y < y_end ? y : NULL);
	}
	return leaves_nothing(p) && (fails || is_held(p));
}
