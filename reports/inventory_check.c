// SPDX-License-Identifier: GPL-2.0-only
/* The accounting identity: no handler is lost, counted twice, or said to be what it is not. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "inventory_check.h"
#include "inventory_counts.h"

static bool is(const char *s, const char *word)
{
	return s && !strcmp(s, word);
}

/* What a boot said of it against what that is counted from. */
static const char *boot_gap(const struct boot_record *b)
{
	if (!b->verdict)
		return NULL;
	if (word_index(boot_words, b->verdict) < 0)
		return "what its boot said is no known word";
	if (is(b->verdict, "differs") != !!b->differences.nr)
		return "what its boot said is not what the differences say";
	if (is(b->verdict, "same") && (!b->reached || !b->requests))
		return "it counts as the same in a boot that did not reach it";
	return NULL;
}

/* What is wrong with one handler's account, or NULL. */
static const char *gap_of(const struct handler *h)
{
	const struct conversion *c = &h->conversion;

	if (h->tier != 1 && h->tier != 2)
		return "its tier is neither 1 nor 2";
	if (!h->id || !*h->id)
		return "it has no id";
	if (word_index(class_words, h->class_name) < 0)
		return "its class is no known word";
	if (word_index(verdict_words, h->verdict) < 0)
		return "its verdict is no known word";
	if (word_index(outcome_words, h->outcome) < 0)
		return "its outcome is no known word";
	if (boot_gap(&h->boot))
		return boot_gap(&h->boot);
	if (is(h->verdict, "core") && !h->needs.nr)
		return "its verdict is core but it names nothing that is missing";
	if (is(h->outcome, "converted") || is(h->outcome, "hand")) {
		if (!c->patch || !*c->patch)
			return "it counts as converted but names no patch";
		if (c->stage)
			return "it counts as converted but a stage of it failed";
		if (is(c->proof.verdict, "differs"))
			return "it counts as converted though its contract differs";
		return is(h->outcome, "converted") && !is(h->verdict, "auto") ?
		       "it was converted though its verdict is not auto" : NULL;
	}
	if (c->patch)
		return "it names a patch but does not count as converted";
	if (is(h->outcome, "failed"))
		return c->stage && *c->stage && c->message && *c->message ? NULL :
		       "it failed but does not say at which stage and why";
	if (is(h->outcome, "unparsed"))
		return is(h->verdict, "unknown") ? NULL : "it counts as unparsed but has a verdict";
	/* Tier 2 waits for the hook of its field, even if nothing else stands in the way. */
	if (h->tier == 2 && is(h->outcome, "core") && is(h->verdict, "auto"))
		return NULL;
	return is(h->outcome, h->verdict) ? NULL : "its outcome is not what its verdict says";
}

struct label { const char *text, *owner; };

static int compare_labels(const void *a, const void *b)
{
	return strcmp(((const struct label *)a)->text, ((const struct label *)b)->text);
}

/* Complain about every text that two labels share; returns the number of complaints. */
static unsigned check_unique(struct label *labels, size_t nr, const char *what)
{
	unsigned gaps = 0;
	size_t i;

	if (nr)
		qsort(labels, nr, sizeof(*labels), compare_labels);
	for (i = 1; i < nr; i++) {
		if (strcmp(labels[i - 1].text, labels[i].text))
			continue;
		log_error("inventory: %s and %s have the same %s \"%s\": one of them would be lost; "
			  "please report it with the tree's version",
			  labels[i - 1].owner, labels[i].owner, what, labels[i].text);
		gaps++;
	}
	return gaps;
}

/* What the shelf converts, or would have, goes its own way: its neighbours fail for that. */
static bool is_of_shelf(const struct handler *h)
{
	return is(h->outcome, "hand") || (is(h->outcome, "failed") && is(h->conversion.stage, "shelf"));
}

static bool is_converted_by_hand(const struct inventory *inv, const struct handler *h)
{
	const struct hand_patch *p;

	vec_each(p, &inv->hand)
		if (strlist_has(&p->handlers, h->id))
			return true;
	return false;
}

/* All of those that change together have one outcome and one patch. */
static unsigned check_together(const struct inventory *inv, const struct handler *h)
{
	const struct conversion *c = &h->conversion;
	const struct handler *o;
	unsigned gaps = 0;

	vec_each(o, &inv->handlers) {
		if (!o->id || !strlist_has(&h->together, o->id))
			continue;
		if (is_of_shelf(h) || is_of_shelf(o) || is_converted_by_hand(inv, h) || is_converted_by_hand(inv, o))
			continue;
		if (h->id && strlist_has(&o->together, h->id) && o->outcome && is(h->outcome, o->outcome) &&
		    !c->patch == !o->conversion.patch && (!c->patch || is(c->patch, o->conversion.patch)))
			continue;
		log_error("inventory: %s and %s change together, but not their outcomes and patches; please report it "
			  "with the tree's version", h->id ? h->id : "a handler", o->id);
		gaps++;
	}
	return gaps;
}

int inventory_check(const struct inventory *inv)
{
	struct label *ids = xcalloc(inv->handlers.nr, sizeof(*ids));
	struct label *patches = xcalloc(inv->handlers.nr, sizeof(*patches));
	size_t nr_ids = 0, nr_patches = 0;
	unsigned gaps = 0, sum = 0, i;
	const struct handler *h;
	struct counts c;
	const char *gap;

	vec_each(h, &inv->handlers) {
		gap = gap_of(h);
		if (gap) {
			log_error("%s: %s (class %s, verdict %s, outcome %s): the counts cannot be "
				  "trusted; please report it with the tree's version",
				  h->id ? h->id : "a handler", gap,
				  h->class_name ? h->class_name : "none",
				  h->verdict ? h->verdict : "none", h->outcome ? h->outcome : "none");
			gaps++;
		}
		if (h->id)
			ids[nr_ids++] = (struct label){ h->id, h->id };
		gaps += check_together(inv, h);
		/*
		 * One hand-finished patch may carry several handlers; a generated one only those that change
		 * together, of which the first stands for all.
		 */
		if (h->conversion.patch && is(h->outcome, "converted") &&
		    (!h->together.nr || !h->id || strcmp(h->id, h->together.items[0]) < 0))
			patches[nr_patches++] = (struct label){ h->conversion.patch,
								h->id ? h->id : "a handler" };
	}
	gaps += check_unique(ids, nr_ids, "id");
	gaps += check_unique(patches, nr_patches, "patch");

	gaps += inventory_check_hand(inv);
	inventory_count(inv, &c);
	for (i = 0; i < NR_OUTCOMES; i++)
		sum += c.by_outcome[i];
	if (sum != inv->handlers.nr) {
		log_error("inventory: %zu handlers found, but their outcomes add up to %u: %zu are "
			  "unaccounted for", inv->handlers.nr, sum, inv->handlers.nr - sum);
		gaps++;
	}
	free(ids);
	free(patches);
	return gaps ? -ERANGE : 0;
}
