// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "progress/progress.h"
#include "unlocks.h"

const char *const state_words[NR_STATES] = { "converted", "hand-finished", "waiting", "blocked", "nothing to do" };

enum state handler_state(const struct handler *h)
{
	const char *outcome = h->outcome ? h->outcome : "";

	/* scan alone: a rule could, were the field's hook there */
	if (!strcmp(outcome, "auto") && h->needs.nr)
		return STATE_BLOCKED;
	return !strcmp(outcome, "converted") ? STATE_CONVERTED : !strcmp(outcome, "hand") ? STATE_HAND :
	       !strcmp(outcome, "core") ? STATE_BLOCKED : !strcmp(outcome, "none") ? STATE_NOTHING : STATE_WAITING;
}

/* A handler of one side, and whether its counterpart was found. */
struct item { const struct handler *h; const struct handler *other; };
VEC_DECLARE(items, struct item);

static int by_id(const void *pa, const void *pb)
{
	return strcmp(((const struct item *)pa)->h->id, ((const struct item *)pb)->h->id);
}

static int by_name(const void *pa, const void *pb)
{
	const struct handler *a = ((const struct item *)pa)->h, *b = ((const struct item *)pb)->h;

	return strcmp(a->function, b->function) ?: strcmp(a->interface, b->interface) ?: strcmp(a->id, b->id);
}

static bool same_name(const struct handler *a, const struct handler *b)
{
	return !strcmp(a->function, b->function) && !strcmp(a->interface, b->interface);
}

static void list(const struct inventory *inv, struct items *out)
{
	const struct handler *h;

	vec_each(h, &inv->handlers)
		vec_push(out)->h = h;
}

/* Pair what has the same id; or, moved, the same name, if nothing else on its side has it. */
static void pair(struct items *a, struct items *b, int (*compare)(const void *, const void *), bool moved)
{
	size_t i = 0, k = 0;
	int c;

	if (a->nr)
		qsort(a->items, a->nr, sizeof(*a->items), compare);
	if (b->nr)
		qsort(b->items, b->nr, sizeof(*b->items), compare);
	while (i < a->nr && k < b->nr) {
		struct item *x = &a->items[i], *y = &b->items[k];

		c = !moved ? strcmp(x->h->id, y->h->id) :
			     strcmp(x->h->function, y->h->function) ?: strcmp(x->h->interface, y->h->interface);
		if (c < 0) {
			i++;
		} else if (c > 0) {
			k++;
		} else {
			bool alone = !moved || ((i + 1 == a->nr || !same_name(x->h, x[1].h)) && (!i || !same_name(x->h, x[-1].h)) &&
						(k + 1 == b->nr || !same_name(y->h, y[1].h)) && (!k || !same_name(y->h, y[-1].h)));

			if (alone && !x->other && !y->other) {
				x->other = y->h;
				y->other = x->h;
			}
			i++;
			k++;
		}
	}
}

static bool differ(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "") != 0;
}

static struct change change_of(const struct handler *before, const struct handler *after)
{
	struct change c = { .before = before, .after = after };

	if (!before || !after)
		return c;
	c.moved = differ(before->id, after->id);
	c.converted = handler_is_done(after) && !handler_is_done(before);
	c.verdict = differ(before->verdict, after->verdict);
	c.class_name = differ(before->class_name, after->class_name);
	c.needs = !strlist_equal(&before->needs, &after->needs);
	c.state = handler_state(before) != handler_state(after);
	return c;
}

static const struct handler *other_of(const struct items *l, const struct handler *h)
{
	const struct item key = { h, NULL };
	const struct item *found = bsearch(&key, l->items, l->nr, sizeof(*l->items), by_id);

	return found ? found->other : NULL;
}

void progress_compare(const struct inventory *before, const struct inventory *after, struct step *step)
{
	struct items a = { 0 }, b = { 0 };
	const struct handler *h;
	struct change c;

	memset(step, 0, sizeof(*step));
	step->before = before;
	step->after = after;
	list(before, &a);
	list(after, &b);
	pair(&a, &b, by_id, false);
	pair(&a, &b, by_name, true);
	if (a.nr)
		qsort(a.items, a.nr, sizeof(*a.items), by_id);
	if (b.nr)
		qsort(b.items, b.nr, sizeof(*b.items), by_id);
	vec_each(h, &before->handlers) {
		c = change_of(h, other_of(&a, h));
		if (!c.after || c.moved || c.converted || c.verdict || c.class_name || c.needs || c.state)
			*vec_push(&step->changes) = c;
		else
			step->same++;
	}
	vec_each(h, &after->handlers)
		if (!other_of(&b, h))
			*vec_push(&step->changes) = change_of(NULL, h);
	vec_free(&a);
	vec_free(&b);
}
