// SPDX-License-Identifier: GPL-2.0-only
/* The top of report.md: where the tree stands, in numbers. */
#include "inventory_needs.h"
#include "markdown.h"
#include "markdown_text.h"

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
	struct needs needs;
	const struct need *n;

	inventory_needs(inv, &needs);
	if (needs.nr) {
		strbuf_adds(b, "\n## Missing APIs, by what they would unlock\n\n"
			    "| API | handlers that need it | of these, need nothing else |\n|---|--:|--:|\n");
		vec_each(n, &needs) {
			strbuf_adds(b, "| ");
			md_code(b, n->name);
			strbuf_addf(b, " | %u | %u |\n", n->blocks, n->alone);
		}
	}
	vec_free(&needs);
}

void md_summary(struct strbuf *b, const struct inventory *inv, const struct counts *c)
{
	standing(b, inv, c);
	if (c->handlers) {
		strbuf_adds(b, "\n## By class and outcome\n\n");
		class_table(b, c, outcome_words, &c->class_outcome[0][0], c->by_outcome, NR_OUTCOMES);
		strbuf_adds(b, "\n## By class and verdict\n\n");
		class_table(b, c, verdict_words, &c->class_verdict[0][0], c->by_verdict, NR_VERDICTS);
	}
	missing_apis(b, inv);
}
