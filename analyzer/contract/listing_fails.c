// SPDX-License-Identifier: GPL-2.0-only
/*
 * A path that fails: on what condition, and what it did, and undid, before.  What it wrote to the mapping is
 * not told: there is none in the end.
 */
#include <stdlib.h>
#include <string.h>

#include "contract/describe.h"
#include "contract/listing_internal.h"
#include "contract/term_internal.h"

/* Is the result of the call 0 on this side of the guard, or is it not?  Neither: nothing is known. */
static void look_at(const struct terms *t, const struct guard *g, term_t result, bool *zero, bool *other)
{
	const struct term *x = &t->items[g->term];
	bool holds = g->taken;
	int64_t number;

	for (; x->op == TERM_NOT; x = &t->items[x->a])
		holds = !holds;
	*zero = *other = false;
	if (x == &t->items[result])
		*(holds ? other : zero) = true;
	if (x->op != TERM_EQ && x->op != TERM_SLT && x->op != TERM_SLE && x->op != TERM_ULT && x->op != TERM_ULE)
		return;
	if (term_strip(t, x->a) == result && term_is_const(t, x->b, &number)) {
		*zero = x->op == TERM_EQ && !number && holds;
		*other = !*zero;
	} else if (term_strip(t, x->b) == result && term_is_const(t, x->a, &number)) {
		*other = true;
	}
}

/* Did the call that takes something not get it?  A pointer, a truth and a "try" are 0 then, an error is not. */
static bool took_nothing(const struct terms *t, const struct effect *e, bool zero)
{
	enum ctype_kind kind = t->items[e->result].type.kind;

	return zero == (kind == CTYPE_POINTER || kind == CTYPE_BOOL || strstr(e->name, "try") ||
			strstr(e->name, "unless") || strstr(e->name, "_not_"));
}

/*
 * A call that the shown condition is about, "if (foo(vma) != 0)", need not be told a second time.  What it took
 * is told, unless it did not get it.
 */
static bool in_condition(const struct listing *l, size_t i, const struct effect *e)
{
	const struct path *p = &l->c->paths.items[i];
	const struct guard *g = p->guards.nr ? &p->guards.items[p->guards.nr - 1] : NULL;
	bool zero, other;

	if (!e->result || !g || !g->term || !l->outline.paths[i].shown[p->guards.nr - 1])
		return false;
	look_at(l->c->terms, g, e->result, &zero, &other);
	return (zero || other) && (e->kind != EFFECT_TAKE || took_nothing(l->c->terms, e, zero));
}

void listing_find_told(struct listing *l)
{
	const struct effect *e;
	const struct path *p;
	size_t i, k;

	l->told = xcalloc(l->outline.nr + 1, sizeof(*l->told));
	for (i = 0; i < l->outline.nr; i++) {
		p = &l->c->paths.items[i];
		l->told[i].briefly = xcalloc(p->effects.nr + 1, sizeof(bool));
		for (k = 0; k < p->effects.nr; k++) {
			e = &l->c->effects[p->effects.items[k]];
			if (l->outline.paths[i].group != OUTLINE_FAILS || (!effect_writes_vma(e) && !in_condition(l, i, e)))
				*vec_push(&l->told[i].effects) = p->effects.items[k];
		}
	}
}

void listing_free_told(struct listing *l)
{
	size_t i;

	for (i = 0; i < l->outline.nr; i++) {
		vec_free(&l->told[i].effects);
		free(l->told[i].briefly);
	}
	free(l->told);
}

/* Which of the told effects gives back what effect k took, or 0. */
static size_t given_back(const struct listing *l, const struct told *t, size_t k)
{
	const struct effect *take = &l->c->effects[t->effects.items[k]], *e;
	size_t i;

	for (i = k + 1; take->kind == EFFECT_TAKE && i < t->effects.nr; i++) {
		e = &l->c->effects[t->effects.items[i]];
		if (e->kind == EFFECT_DROP && e->state == take->state && e->detail && take->detail &&
		    !strcmp(e->detail, take->detail))
			return i;
	}
	return 0;
}

/* The same words at the same line: two paths can each have their own unlock behind one label. */
static bool same_effect(const struct contract *c, uint32_t i, uint32_t k)
{
	const struct effect *a = &c->effects[i], *b = &c->effects[k];

	if (i == k)
		return true;
	return a->kind == b->kind && a->line == b->line && a->loop == b->loop && !strcmp(a->name, b->name) &&
	       !a->detail == !b->detail && (!a->detail || !strcmp(a->detail, b->detail)) && a->args.nr == b->args.nr &&
	       (!a->args.nr || !memcmp(a->args.items, b->args.items, a->args.nr * sizeof(*a->args.items)));
}

/* How many effects at the start are the same; what the other is said to give back has to be given back here. */
static size_t in_common(const struct listing *l, size_t i, size_t other)
{
	const struct told *t = &l->told[i], *u = &l->told[other];
	size_t n;

	for (n = 0; n < t->effects.nr && n < u->effects.nr; n++)
		if (!same_effect(l->c, t->effects.items[n], u->effects.items[n]) ||
		    (u->briefly[n] && !given_back(l, t, n)))
			break;
	return n;
}

/* Does "up to line 12" say where the first nr effects end?  A guard's unlock has the line of its lock. */
static bool ends_at_a_line(const struct listing *l, size_t path, size_t nr)
{
	const struct told *t = &l->told[path];
	unsigned line = l->c->effects[t->effects.items[nr - 1]].line;
	bool began = false, is;
	size_t k;

	for (k = 0; k < t->effects.nr; k++) {
		is = l->c->effects[t->effects.items[k]].line == line;
		if (k < nr ? began && !is : is)
			return false;
		began |= is;
	}
	return true;
}

bool listing_does_the_same(const struct listing *l, size_t i, size_t other)
{
	return l->told[i].effects.nr == l->told[other].effects.nr && in_common(l, i, other) == l->told[i].effects.nr;
}

struct common listing_common(const struct listing *l, size_t i)
{
	const struct told *t = &l->told[i];
	struct common found = { .path = i };
	size_t k, nr, least = l->outline.paths[i].group == OUTLINE_FAILS ? 1 : MIN_SAME;

	for (k = 0; k < i; k++) {
		if (l->outline.paths[k].group != l->outline.paths[i].group)
			continue;
		nr = in_common(l, i, k);
		if (nr == t->effects.nr && nr == l->told[k].effects.nr && nr >= least)
			return (struct common){ k, nr, true };
		while (nr && !ends_at_a_line(l, k, nr))
			nr--;
		if (nr >= MIN_IN_COMMON && nr > found.nr)
			found = (struct common){ k, nr, false };
	}
	return found;
}

static void tell(struct listing *l, const struct told *t, size_t from, bool *hidden, struct strbuf *b)
{
	const struct effect *e;
	size_t k, back;
	char *one;

	for (k = from; k < t->effects.nr; k++) {
		back = given_back(l, t, k);
		if (!hidden[k]) {
			e = &l->c->effects[t->effects.items[k]];
			one = listing_name_effect(l, effect_describe(l->c, e));
			strbuf_addf(b, "%s%s%s (%u)", b->len ? "; " : "first ", back ? "briefly " : "", one, e->line);
			free(one);
		}
		if (back)
			hidden[back] = t->briefly[k] = true;
	}
}

/* One paragraph. */
static void done_before(struct listing *l, size_t i)
{
	struct common common = listing_common(l, i);
	struct told *t = &l->told[i];
	bool *hidden = xcalloc(t->effects.nr + 1, sizeof(*hidden));
	struct strbuf b = { 0 };
	size_t k;

	if (common.nr)
		strbuf_addf(&b, common.all ? "first the same as path %zu" : "first what path %zu does up to line %u",
			    common.path + 1, l->c->effects[t->effects.items[common.nr - 1]].line);
	for (k = 0; k < common.nr; k++)
		if (l->told[common.path].briefly[k])
			hidden[given_back(l, t, k)] = t->briefly[k] = true;
	tell(l, t, common.nr, hidden, &b);
	if (b.len)
		listing_say(l, b.s, 1);
	strbuf_free(&b);
	free(hidden);
}

void listing_fails(struct listing *l, size_t i)
{
	unsigned line;
	char *s = listing_condition(l, i, &line);

	listing_begin(l, i + 1, line);
	listing_text(l, s, 0);
	listing_result(l, i);
	done_before(l, i);
	free(s);
}
