// SPDX-License-Identifier: GPL-2.0-only
/* The end of report.md: what the numbers rest on, and what was lost; and what to do next. */
#include <string.h>

#include "markdown.h"
#include "markdown_text.h"
#include "unlocks.h"

static void parsed(struct strbuf *b, const struct inventory *inv, const struct counts *c)
{
	size_t i;

	strbuf_addf(b, "\n## What this rests on\n\n%u source file%s searched, %u handed to libclang.\n",
		    inv->files_searched, plural(inv->files_searched), inv->candidates);
	if (inv->nr_parsed)
		strbuf_adds(b, "\n| architecture | parsed in full | in part | failed |\n|---|--:|--:|--:|\n");
	for (i = 0; i < inv->nr_parsed; i++) {
		strbuf_adds(b, "| ");
		md_text(b, inv->parsed[i].arch);
		strbuf_addf(b, " | %u | %u | %u |\n", inv->parsed[i].full, inv->parsed[i].partial,
			    inv->parsed[i].failed);
	}
	if (c->handlers_partial)
		strbuf_addf(b, "\n%u handler%s read with fallback flags, not with the tree's own: "
			    "their verdicts are less certain.\n", c->handlers_partial,
			    c->handlers_partial == 1 ? " was" : "s were");
	if (c->unread)
		strbuf_addf(b, "\n%u of %u tables %s in files that libclang was not asked to read: "
			    "the text says which struct and which function.\n", c->unread, c->instances,
			    c->unread == 1 ? "stands" : "stand");
}

static void api(struct strbuf *b, const struct inventory *inv)
{
	size_t i;

	strbuf_adds(b, "\nThe tree offers: ");
	for (i = 0; i < inv->api.nr; i++) {
		strbuf_adds(b, i ? ", " : "");
		md_code(b, inv->api.items[i]);
	}
	strbuf_adds(b, inv->api.nr ? ".\n" : "nothing of the mmap_prepare API.\n");
	if (!inv->api_missing.nr)
		return;
	strbuf_adds(b, "It lacks: ");
	for (i = 0; i < inv->api_missing.nr; i++) {
		strbuf_adds(b, i ? ", " : "");
		md_code(b, inv->api_missing.items[i]);
	}
	strbuf_adds(b, ".\n");
}

static void unconfirmed(struct strbuf *b, const struct inventory *inv, const struct counts *c)
{
	const struct handler *h;
	const struct instance *i;

	if (!c->unconfirmed)
		return;
	strbuf_addf(b, "\n## Seen in the text only (%u)\n\nThese stand in a branch or file that libclang "
		    "did not compile:\n\n", c->unconfirmed);
	vec_each(h, &inv->handlers) {
		vec_each(i, &h->instances) {
			if (i->confirmed || i->unread)
				continue;
			strbuf_adds(b, "- ");
			md_code(b, h->function);
			strbuf_adds(b, " in ");
			md_code(b, i->name);
			strbuf_adds(b, ", ");
			md_place(b, i->file, i->line);
			strbuf_adds(b, "\n");
		}
	}
}

static void problems(struct strbuf *b, const struct inventory *inv)
{
	const struct problem *p;
	size_t i;

	if (inv->problems.nr)
		strbuf_addf(b, "\n## Not read, or lost on the way (%zu)\n\n", inv->problems.nr);
	vec_each(p, &inv->problems) {
		strbuf_adds(b, "- ");
		if (p->file && *p->file) {
			md_place(b, p->file, p->line);
			strbuf_adds(b, ": ");
		}
		md_text(b, p->stage);
		strbuf_adds(b, ": ");
		md_text(b, p->text);
		strbuf_adds(b, "\n");
	}
	if (inv->disagreements.nr)
		strbuf_addf(b, "\n## Where the text search and libclang disagree (%zu)\n\n",
			    inv->disagreements.nr);
	for (i = 0; i < inv->disagreements.nr; i++) {
		strbuf_adds(b, "- ");
		md_text(b, inv->disagreements.items[i]);
		strbuf_adds(b, "\n");
	}
}

void md_coverage(struct strbuf *b, const struct inventory *inv, const struct counts *c)
{
	parsed(b, inv, c);
	api(b, inv);
	unconfirmed(b, inv, c);
	problems(b, inv);
}

void md_next_steps(struct strbuf *b, const struct inventory *inv, const struct counts *c)
{
	const struct unlock *o, *first = NULL;
	struct unlocks u;
	size_t start;

	strbuf_adds(b, "\n## What to do next\n\n");
	start = b->len;
	if (inv->problems.nr || c->files_failed || count_outcome(c, "unparsed"))
		strbuf_adds(b, "- Something was not read: see the end of this report, mend it, and scan "
			    "again before trusting the counts.\n");
	if (count_outcome(c, "auto"))
		strbuf_addf(b, "- %u handler%s can move mechanically: run `mmapconv convert`%s.\n",
			    count_outcome(c, "auto"), plural(count_outcome(c, "auto")),
			    inv->api.nr && strlist_has(&inv->api, "mmap_prepare") ? "" :
			    " on a tree that has `mmap_prepare`");
	if (count_outcome(c, "converted"))
		strbuf_adds(b, "- Review each patch against the differences listed with it, apply it with "
			    "`git am`, test what could not be built here.\n");
	if (count_outcome(c, "failed"))
		strbuf_adds(b, "- Look at the handlers that failed a check: the rule or the verdict is "
			    "wrong there.\n");
	if (count_outcome(c, "assisted"))
		strbuf_adds(b, "- The handlers that need restructuring need nothing new from the core: each "
			    "can be moved by hand now, its reasons say what is in the way.\n");
	inventory_unlocks(inv, &u);
	vec_each(o, &u.order)
		if (!first && !o->patch)
			first = o;
	if (first) {
		strbuf_adds(b, "- The API to add first is ");
		md_code(b, first->name);
		strbuf_addf(b, ": %u handler%s for it, and it unlocks %u.\n", first->waiting, first->waiting == 1 ? " waits" : "s wait",
			    first->unlocks);
	}
	unlocks_free(&u);
	if (b->len == start)
		strbuf_adds(b, c->handlers ? "Nothing is left to convert in this tree.\n" :
			    "No handler was found. If the tree has any, that is a bug: please report it "
			    "with the tree's version.\n");
}
