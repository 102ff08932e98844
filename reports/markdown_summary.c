// SPDX-License-Identifier: GPL-2.0-only
/* The top of report.md: where the tree stands, in numbers. */
#include "fields_table.h"
#include "gaps.h"
#include "markdown.h"
#include "markdown_text.h"
#include "unlocks.h"

enum { MAX_REASONS = 10 };

static void standing(struct strbuf *b, const struct inventory *inv, const struct counts *c)
{
	unsigned done = count_outcome(c, "converted") + count_outcome(c, "hand");
	unsigned waiting = count_outcome(c, "auto") + count_outcome(c, "assisted");

	strbuf_adds(b, "# mmap_prepare conversion of Linux ");
	md_text(b, inv->tree_version);
	strbuf_addf(b, "\n\n**%u handler%s found, %u converted.**", c->handlers, plural(c->handlers),
		    done);
	if (c->tier[1])
		strbuf_addf(b, " %u %s installed in `file_operations` (tier 1), %u in tables of subsystems "
			    "(tier 2).", c->tier[0], c->tier[0] == 1 ? "is" : "are", c->tier[1]);
	strbuf_addf(b, "\n\n- converted by rule: %u\n- converted by hand: %u\n",
		    count_outcome(c, "converted"), count_outcome(c, "hand"));
	strbuf_addf(b, "- waiting for work in the driver: %u (%u mechanical, %u need restructuring)\n",
		    waiting, count_outcome(c, "auto"), count_outcome(c, "assisted"));
	strbuf_addf(b, "- blocked by an API that this tree lacks: %u\n", count_outcome(c, "core"));
	strbuf_addf(b, "- failed a check: %u\n- nothing to convert: %u\n- not parsed, nothing known: %u\n",
		    count_outcome(c, "failed"), count_outcome(c, "none"), count_outcome(c, "unparsed"));
	if (c->by_outcome[NR_OUTCOMES])
		strbuf_addf(b, "- **unaccounted for: %u**\n", c->by_outcome[NR_OUTCOMES]);
	strbuf_adds(b, "\nMade by mmapconv ");
	md_text(b, inv->tool_version);
	strbuf_adds(b, ", libclang ");
	md_text(b, inv->libclang_version ? inv->libclang_version : "(none)");
	strbuf_adds(b, ", spatch ");
	md_text(b, inv->spatch_version ? inv->spatch_version : "(none)");
	strbuf_adds(b, ".\n");
}

/* rows: NR_CLASSES + 1 rows of nr + 1 counts; the last of each is for unknown words. */
static void class_table(struct strbuf *b, const struct counts *c, const char *const *words,
			const unsigned *rows, const unsigned *sums, unsigned nr)
{
	unsigned i, j;

	strbuf_adds(b, "| class |");
	for (j = 0; j <= nr; j++)
		if (sums[j])
			strbuf_addf(b, " %s |", j < nr ? words[j] : "?");
	strbuf_adds(b, " total |\n|---|");
	for (j = 0; j <= nr; j++)
		if (sums[j])
			strbuf_adds(b, "--:|");
	strbuf_adds(b, "--:|\n");
	for (i = 0; i <= NR_CLASSES; i++) {
		if (!c->by_class[i])
			continue;
		strbuf_addf(b, "| %s |", i < NR_CLASSES ? class_words[i] : "?");
		for (j = 0; j <= nr; j++)
			if (sums[j])
				strbuf_addf(b, " %u |", rows[i * (nr + 1) + j]);
		strbuf_addf(b, " %u |\n", c->by_class[i]);
	}
	strbuf_adds(b, "| **total** |");
	for (j = 0; j <= nr; j++)
		if (sums[j])
			strbuf_addf(b, " %u |", sums[j]);
	strbuf_addf(b, " %u |\n", c->handlers);
}

static void missing_apis(struct strbuf *b, const struct inventory *inv)
{
	const struct unlock *o;
	struct unlocks u;

	inventory_unlocks(inv, &u);
	if (u.order.nr) {
		strbuf_addf(b, "\n## Missing APIs, by what they would unlock\n\n%u handler%s for an API. In this "
			    "order each API unlocks most, given those above it; *alone* counts the handlers "
			    "that lack nothing else. What a hand-finished patch offers stands first, and counts as given to "
			    "the others.\n\n", u.waiting, u.waiting == 1 ? " waits" : "s wait");
		strbuf_adds(b, "| API | kind | handlers that need it | alone | unlocks | so far |\n"
			    "|---|---|--:|--:|--:|--:|\n");
		vec_each(o, &u.order) {
			strbuf_adds(b, "| ");
			md_code(b, o->name);
			if (o->patch) {
				strbuf_adds(b, ", on the shelf: ");
				md_code(b, o->patch);
			}
			strbuf_addf(b, " | %s | %u | %u | %u | %u |\n", o->kind, o->waiting, o->alone, o->unlocks,
				    o->total);
		}
	}
	if (u.not_ranked)
		strbuf_addf(b, "\n%u more APIs are not ranked.\n", u.not_ranked);
	if (u.for_handlers)
		strbuf_addf(b, "\n%u handler%s only for other handlers.\n", u.for_handlers,
			    u.for_handlers == 1 ? " waits" : "s wait");
	unlocks_free(&u);
}

static void fields(struct strbuf *b, const struct inventory *inv, const struct counts *c)
{
	struct field_counts counts;
	const struct field_count *f;
	unsigned i;

	inventory_fields_count(inv, &counts);
	strbuf_adds(b, "\n| field |");
	for (i = 0; i < NR_VERDICTS; i++)
		if (c->by_verdict[i])
			strbuf_addf(b, " %s |", verdict_words[i]);
	strbuf_adds(b, " total |\n|---|");
	for (i = 0; i < NR_VERDICTS; i++)
		if (c->by_verdict[i])
			strbuf_adds(b, "--:|");
	strbuf_adds(b, "--:|\n");
	vec_each(f, &counts) {
		strbuf_adds(b, "| ");
		md_code(b, f->name);
		strbuf_adds(b, " |");
		for (i = 0; i < NR_VERDICTS; i++)
			if (c->by_verdict[i])
				strbuf_addf(b, " %u |", f->by_verdict[i]);
		strbuf_addf(b, " %u |\n", f->handlers);
	}
	vec_free(&counts);
}

static void contracts(struct strbuf *b, const struct inventory *inv, unsigned tier)
{
	struct gaps g;
	size_t i;

	inventory_gaps(inv, tier, &g);
	strbuf_addf(b, "\nContracts: %u complete, %u not, %u handler%s without one.\n", g.complete, g.incomplete,
		    g.none, plural(g.none));
	if (g.reasons.nr)
		strbuf_adds(b, "The most frequent reasons why not:\n\n| handlers | reason |\n|--:|---|\n");
	for (i = 0; i < g.reasons.nr && i < MAX_REASONS; i++) {
		strbuf_addf(b, "| %u | ", g.reasons.items[i].handlers);
		md_text(b, g.reasons.items[i].reason);
		strbuf_adds(b, " |\n");
	}
	if (g.reasons.nr > MAX_REASONS)
		strbuf_addf(b, "\n%zu more reasons are in the inventory.\n", g.reasons.nr - MAX_REASONS);
	vec_free(&g.reasons);
}

static void tier(struct strbuf *b, const struct inventory *inv, unsigned nr, bool both)
{
	const char *prefix = !both ? "By" : nr == 1 ? "Tier 1, by" : "Tier 2, by";
	struct counts c;

	inventory_count_tier(inv, nr, &c);
	if (!c.handlers)
		return;
	strbuf_addf(b, "\n## %s class and outcome\n\n", prefix);
	class_table(b, &c, outcome_words, &c.class_outcome[0][0], c.by_outcome, NR_OUTCOMES);
	strbuf_addf(b, "\n## %s class and verdict\n\n", prefix);
	class_table(b, &c, verdict_words, &c.class_verdict[0][0], c.by_verdict, NR_VERDICTS);
	if (nr == 2)
		fields(b, inv, &c);
	contracts(b, inv, nr);
}

void md_summary(struct strbuf *b, const struct inventory *inv, const struct counts *c)
{
	standing(b, inv, c);
	tier(b, inv, 1, c->tier[1]);
	tier(b, inv, 2, c->tier[1]);
	missing_apis(b, inv);
}
