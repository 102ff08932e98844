// SPDX-License-Identifier: GPL-2.0-only
/*
 * The accounting of hand-finished patches: what they convert has their outcome and their patch, and nothing else has; and of
 * judgements.
 */
#include <string.h>

#include "base/log.h"
#include "inventory_check.h"

static bool is(const char *s, const char *word)
{
	return s && !strcmp(s, word);
}

/* What is wrong with one patch's account, or NULL. */
static const char *gap_of(const struct hand_patch *p)
{
	bool applied = is(p->state, "applied"), failed = is(p->state, "failed");

	if (applied != !!p->patch)
		return applied ? "was applied and names no patch" : "was not applied and names a patch";
	if (failed != !!p->stage || failed != !!p->message)
		return failed ? "failed and does not say at which stage and why" : "did not fail and names a stage or a reason";
	if (!applied && !failed && p->handlers.nr)
		return "is in the tree already, and converts handlers that are still there";
	return NULL;
}

static unsigned check_handler(const struct inventory *inv, const struct hand_patch *p, const char *id)
{
	const char *want = is(p->state, "applied") ? "hand" : "failed";
	const struct handler *h;

	vec_each(h, &inv->handlers)
		if (is(h->id, id))
			break;
	if (h < inv->handlers.items + inv->handlers.nr && is(h->outcome, want) &&
	    (!p->patch || is(h->conversion.patch, p->patch)))
		return 0;
	log_error("inventory: %s counts as %s, and its handler %s does not; please report it with the tree's version", p->name,
		  p->state, id);
	return 1;
}

/* Who converts it? */
static unsigned owners(const struct inventory *inv, const struct handler *h)
{
	const struct hand_patch *p;
	unsigned nr = 0;

	vec_each(p, &inv->hand)
		nr += h->id && strlist_has(&p->handlers, h->id);
	return nr;
}

/* What is wrong with one judgement's account, or NULL. */
static const char *judgement_gap(const struct inventory *inv, const struct judgement *j)
{
	const struct judgement *o;
	const struct handler *h;
	size_t i;

	vec_each(o, &inv->judged)
		if (o != j && is(o->handler, j->handler))
			return "is one of two for its handler";
	vec_each(h, &inv->handlers)
		if (is(h->id, j->handler))
			break;
	if (h == inv->handlers.items + inv->handlers.nr)
		return "has no handler";
	if (is(j->state, "contradicted") && is(h->outcome, "converted"))
		return "contradicts a rule, and its handler is converted";
	if (is(j->state, "taken") == !!j->message)
		return j->message ? "was taken over and says why not" : "was not taken over and does not say why";
	if (!is(j->state, "taken"))
		return NULL;
	if (!is(h->verdict, "core") || !is(h->outcome, "core"))
		return "was taken over and its handler is not core";
	for (i = 0; i < j->needs.nr; i++)
		if (!strlist_has(&h->needs, j->needs.items[i]))
			return "was taken over and its handler does not need what it names";
	return NULL;
}

unsigned inventory_check_hand(const struct inventory *inv)
{
	const struct hand_patch *p;
	const struct judgement *j;
	const struct handler *h;
	unsigned gaps = 0, nr;
	const char *gap;
	size_t i;

	vec_each(j, &inv->judged) {
		gap = judgement_gap(inv, j);
		if (gap)
			log_error("inventory: %s %s; please report it with the tree's version", j->name, gap);
		gaps += !!gap;
	}

	vec_each(p, &inv->hand) {
		gap = gap_of(p);
		if (gap)
			log_error("inventory: %s %s; please report it with the tree's version", p->name, gap);
		gaps += !!gap;
		for (i = 0; i < p->handlers.nr; i++)
			gaps += check_handler(inv, p, p->handlers.items[i]);
	}
	vec_each(h, &inv->handlers) {
		nr = owners(inv, h);
		if (nr > 1 || (!nr && is(h->outcome, "hand"))) {
			log_error("inventory: %s is converted by hand, and %u patches are said to do it; please report it with the "
				  "tree's version", h->id ? h->id : "a handler", nr);
			gaps++;
		}
	}
	return gaps;
}
