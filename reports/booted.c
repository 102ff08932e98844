// SPDX-License-Identifier: GPL-2.0-only
#include "booted.h"

#include <string.h>

#include "inventory_counts.h"

static void add_requests(struct strbuf *b, const struct boot_record *r)
{
	strbuf_addf(b, "%u request%s, ", r->requests, plural(r->requests));
	if (r->differences.nr)
		strbuf_addf(b, "%zu difference%s", r->differences.nr, plural(r->differences.nr));
	else if (r->expected.nr)
		strbuf_addf(b, "no difference but %zu, announced", r->expected.nr);
	else
		strbuf_adds(b, "no difference");
	if (r->unstable)
		strbuf_addf(b, " (%u value%s not compared: two boots of one kernel differ in %s)", r->unstable,
			    r->unstable == 1 ? " was" : "s were", r->unstable == 1 ? "it" : "them");
}

void boot_words_of(struct strbuf *b, const struct boot_record *r)
{
	size_t i;

	if (!r->verdict)
		return;
	if (!strcmp(r->verdict, "same") || !strcmp(r->verdict, "differs"))
		add_requests(b, r);
	else if (!strcmp(r->verdict, "not-reached"))
		strbuf_adds(b, "no request reached it");
	else if (!strcmp(r->verdict, "not-built"))
		strbuf_adds(b, "it was not built into the kernel");
	else if (!strcmp(r->verdict, "unclear"))
		strbuf_adds(b, "whether it was reached is not clear");
	else
		strbuf_adds(b, "it was reached, and nothing could be compared");
	for (i = 0; i < r->warnings.nr; i++)
		strbuf_addf(b, "%s%s", i ? ", " : "; the patched kernel complained of what the other did not: ",
			    r->warnings.items[i]);
}

void inventory_count_boots(const struct inventory *inv, unsigned tier, const char *class_name, struct boot_counts *c)
{
	const struct handler *h;
	int word;

	*c = (struct boot_counts){ 0 };
	vec_each(h, &inv->handlers) {
		if ((tier && h->tier != tier) || (class_name && (!h->class_name || strcmp(h->class_name, class_name))))
			continue;
		c->handlers++;
		word = word_index(boot_words, h->boot.verdict);
		if (word < 0)
			continue;
		c->booted++;
		c->by_word[word]++;
		c->reached += h->boot.reached;
		c->requests += h->boot.requests;
		c->differences += (unsigned)h->boot.differences.nr;
		c->expected += (unsigned)h->boot.expected.nr;
	}
}
