// SPDX-License-Identifier: GPL-2.0-only
#include "inventory_counts.h"

#include <string.h>

static unsigned slot(const char *const *words, unsigned nr, const char *word)
{
	int i = word_index(words, word);

	return i < 0 ? nr : (unsigned)i;
}

static void count_handler(const struct handler *h, struct counts *c)
{
	unsigned class_slot = slot(class_words, NR_CLASSES, h->class_name);
	unsigned verdict = slot(verdict_words, NR_VERDICTS, h->verdict);
	unsigned outcome = slot(outcome_words, NR_OUTCOMES, h->outcome);
	const struct instance *i;

	c->handlers++;
	c->tier[h->tier == 2]++;
	c->by_class[class_slot]++;
	c->by_verdict[verdict]++;
	c->by_outcome[outcome]++;
	c->class_outcome[class_slot][outcome]++;
	c->class_verdict[class_slot][verdict]++;
	c->instances += (unsigned)h->instances.nr;
	vec_each(i, &h->instances) {
		c->unread += i->unread;
		c->unconfirmed += !i->confirmed && !i->unread;
	}
	if (h->parse && !strcmp(h->parse, "partial"))
		c->handlers_partial++;
}

/* tier 0: all */
static void count(const struct inventory *inv, unsigned tier, struct counts *c)
{
	const struct handler *h;

	memset(c, 0, sizeof(*c));
	vec_each(h, &inv->handlers)
		if (!tier || (h->tier == 2) == (tier == 2))
			count_handler(h, c);
	c->converting = count_outcome(c, "converted") || count_outcome(c, "hand") ||
			count_outcome(c, "failed");
}

void inventory_count_tier(const struct inventory *inv, unsigned tier, struct counts *c)
{
	count(inv, tier, c);
}

void inventory_count(const struct inventory *inv, struct counts *c)
{
	size_t i;

	count(inv, 0, c);
	for (i = 0; i < inv->nr_parsed; i++) {
		c->files_full += inv->parsed[i].full;
		c->files_partial += inv->parsed[i].partial;
		c->files_failed += inv->parsed[i].failed;
	}
}

unsigned count_outcome(const struct counts *c, const char *outcome)
{
	return c->by_outcome[slot(outcome_words, NR_OUTCOMES, outcome)];
}

const char *plural(size_t nr)
{
	return nr == 1 ? "" : "s";
}
