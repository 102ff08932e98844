// SPDX-License-Identifier: GPL-2.0-only
/* report.md's part about booting: how many handlers were reached, by class, and what differed. */
#include "booted.h"
#include "inventory_counts.h"
#include "markdown.h"
#include "markdown_text.h"

static void row(struct strbuf *b, const char *name, const struct boot_counts *c, const struct boot_counts *all)
{
	size_t i;

	strbuf_addf(b, "| %s | %u | %u |", name, c->handlers, c->reached);
	for (i = 0; i < NR_BOOTS; i++)
		if (all->by_word[i])
			strbuf_addf(b, " %u |", c->by_word[i]);
	strbuf_addf(b, " %u |\n", c->requests);
}

static void table(struct strbuf *b, const struct inventory *inv, unsigned tier)
{
	struct boot_counts all, c;
	size_t i;

	inventory_count_boots(inv, tier, NULL, &all);
	if (!all.booted)
		return;
	strbuf_addf(b, "\nTier %u:\n\n| class | handlers | reached |", tier);
	for (i = 0; i < NR_BOOTS; i++)
		if (all.by_word[i])
			strbuf_addf(b, " %s |", boot_words[i]);
	strbuf_adds(b, " requests |\n|---|--:|--:|");
	for (i = 0; i < NR_BOOTS; i++)
		if (all.by_word[i])
			strbuf_adds(b, "--:|");
	strbuf_adds(b, "--:|\n");
	for (i = 0; i < NR_CLASSES; i++) {
		inventory_count_boots(inv, tier, class_words[i], &c);
		if (c.handlers)
			row(b, class_words[i], &c, &all);
	}
	row(b, "**total**", &all, &all);
}

static void differences(struct strbuf *b, const struct inventory *inv, const char *title, bool expected)
{
	const struct boot_difference *d, *from, *end;
	const struct handler *h;
	const char *head = title;

	vec_each(h, &inv->handlers) {
		from = expected ? h->boot.expected.items : h->boot.differences.items;
		end = from + (expected ? h->boot.expected.nr : h->boot.differences.nr);
		for (d = from; d < end; d++) {
			strbuf_adds(b, head);
			head = "";
			strbuf_adds(b, "- ");
			md_code(b, h->function);
			strbuf_adds(b, ": ");
			md_text(b, d->text);
			if (d->kind) {
				strbuf_adds(b, " (");
				md_text(b, d->kind);
				strbuf_adds(b, ")");
			}
			strbuf_adds(b, "\n");
		}
	}
}

void md_boot(struct strbuf *b, const struct inventory *inv)
{
	struct boot_counts c;

	inventory_count_boots(inv, 0, NULL, &c);
	if (!c.booted)
		return;
	strbuf_addf(b, "\n## Booted\n\nThe tree as it is and with its patches, the same requests in both: %u of %u handlers "
		    "reached, %u difference%s", c.reached, c.handlers, c.differences, plural(c.differences));
	if (c.expected)
		strbuf_addf(b, ", and %u announced", c.expected);
	strbuf_adds(b, ".\n");
	table(b, inv, 1);
	table(b, inv, 2);
	differences(b, inv, "\nDifferent:\n\n", false);
	differences(b, inv, "\nDifferent, as announced:\n\n", true);
}
