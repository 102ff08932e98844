// SPDX-License-Identifier: GPL-2.0-only
/* The handlers in report.md: what became of each, and why. */
#include <string.h>

#include "booted.h"
#include "markdown.h"
#include "markdown_text.h"

enum { MAX_REACHED = 3 };		/* the inventory lists them all */

static void reasons(struct strbuf *b, const struct handler *h)
{
	const struct reason *r;

	vec_each(r, &h->reasons) {
		strbuf_adds(b, "  - ");
		md_text(b, r->code);
		strbuf_adds(b, ": ");
		md_text(b, r->text);
		if (r->line) {
			strbuf_adds(b, " (");
			md_place(b, h->file, r->line);
			strbuf_adds(b, ")");
		}
		strbuf_adds(b, "\n");
	}
}

static void needs(struct strbuf *b, const struct handler *h)
{
	size_t i;

	if (!h->needs.nr)
		return;
	strbuf_adds(b, "  - needs ");
	for (i = 0; i < h->needs.nr; i++) {
		strbuf_adds(b, i ? ", " : "");
		md_code(b, h->needs.items[i]);
	}
	strbuf_adds(b, "\n");
}

/* Tier 2: the tier 1 handlers that hand it their vma. */
static void reached_from(struct strbuf *b, const struct handler *h)
{
	size_t i;

	if (!h->reached_from.nr)
		return;
	strbuf_adds(b, ", reached from ");
	for (i = 0; i < h->reached_from.nr && i < MAX_REACHED; i++) {
		strbuf_adds(b, i ? ", " : "");
		md_code(b, h->reached_from.items[i]);
	}
	if (h->reached_from.nr > MAX_REACHED)
		strbuf_addf(b, " and %zu more", h->reached_from.nr - MAX_REACHED);
}

static void title(struct strbuf *b, const struct handler *h)
{
	strbuf_adds(b, "- ");
	md_code(b, h->function);
	strbuf_adds(b, " in ");
	md_place(b, h->file, h->line);
	if (h->interface && strcmp(h->interface, "file_operations.mmap")) {
		strbuf_adds(b, ", ");
		md_code(b, h->interface);
	}
	reached_from(b, h);
}

static void checks(struct strbuf *b, const struct checks *all, const char *what)
{
	const struct check *k;

	vec_each(k, all) {
		strbuf_adds(b, what);
		md_text(b, k->name);
		strbuf_adds(b, ": ");
		md_text(b, k->status);
		if (k->detail && *k->detail) {
			strbuf_adds(b, " (");
			md_text(b, k->detail);
			strbuf_adds(b, ")");
		}
		strbuf_adds(b, "\n");
	}
}

static void booted(struct strbuf *b, const struct handler *h)
{
	const struct boot_difference *d;
	struct strbuf words = { 0 };

	/* Of those without a patch the table says how many were not reached. */
	if (!h->boot.verdict || (!h->conversion.patch && !h->boot.requests))
		return;
	boot_words_of(&words, &h->boot);
	strbuf_adds(b, "  - booted: ");
	md_text(b, words.s);
	strbuf_adds(b, "\n");
	strbuf_free(&words);
	vec_each(d, &h->boot.differences) {
		strbuf_adds(b, "    - ");
		md_text(b, d->text);
		strbuf_adds(b, "\n");
	}
}

static void converted(struct strbuf *b, const struct handler *h)
{
	const struct conversion *c = &h->conversion;
	size_t i;

	title(b, h);
	if (c->new_name) {
		strbuf_adds(b, " is now ");
		md_code(b, c->new_name);
	}
	strbuf_adds(b, "\n  - patch ");
	md_code(b, c->patch);
	strbuf_adds(b, "\n");
	checks(b, &c->checks, "  - check ");
	if (c->posting.mail) {
		strbuf_adds(b, "  - posting ");
		md_code(b, c->posting.mail);
		strbuf_addf(b, ", patch %u of %u\n", c->posting.number, c->posting.of);
		checks(b, &c->posting.checks, "  - check in its place: ");
	}
	for (i = 0; i < c->differences.nr; i++) {
		strbuf_adds(b, "  - **differs**: ");
		md_text(b, c->differences.items[i]);
		strbuf_adds(b, "\n");
	}
	booted(b, h);
}

static void failed(struct strbuf *b, const struct handler *h)
{
	title(b, h);
	strbuf_adds(b, "\n  - failed at ");
	md_text(b, h->conversion.stage ? h->conversion.stage : "an unknown stage");
	strbuf_adds(b, ": ");
	md_text(b, h->conversion.message ? h->conversion.message : "no message");
	strbuf_adds(b, "\n");
	checks(b, &h->conversion.checks, "  - check ");
	booted(b, h);
}

static void explained(struct strbuf *b, const struct handler *h)
{
	title(b, h);
	strbuf_adds(b, "\n");
	reasons(b, h);
	needs(b, h);
	booted(b, h);
}

/* The words by their index, -1 for one that is not known: a handler is in exactly one list. */
static bool belongs(const struct handler *h, int outcome, int class_index, bool any_class)
{
	return word_index(outcome_words, h->outcome) == outcome &&
	       (any_class || word_index(class_words, h->class_name) == class_index);
}

static unsigned count(const struct inventory *inv, int outcome, int class_index, bool any_class)
{
	const struct handler *h;
	unsigned nr = 0;

	vec_each(h, &inv->handlers)
		nr += belongs(h, outcome, class_index, any_class);
	return nr;
}

struct section {
	const char *outcome, *heading;
	bool by_class;
	void (*print)(struct strbuf *b, const struct handler *h);
};

static void list(struct strbuf *b, const struct inventory *inv, const struct section *s,
		 int class_index)
{
	int outcome = word_index(outcome_words, s->outcome);
	const struct handler *h;

	vec_each(h, &inv->handlers)
		if (belongs(h, outcome, class_index, !s->by_class))
			s->print(b, h);
}

static void list_by_class(struct strbuf *b, const struct inventory *inv, const struct section *s)
{
	int outcome = word_index(outcome_words, s->outcome), i;
	const char *gap = "";
	unsigned nr;

	for (i = -1; i < NR_CLASSES; i++) {
		nr = count(inv, outcome, i, false);
		if (!nr)
			continue;
		strbuf_addf(b, "%s### %s (%u)\n\n", gap, i < 0 ? "?" : class_words[i], nr);
		list(b, inv, s, i);
		gap = "\n";
	}
}

void md_handlers(struct strbuf *b, const struct inventory *inv)
{
	static const struct section sections[] = {
		{ "converted", "Converted by rule", false, converted },
		{ "hand", "Converted by hand", false, converted },
		{ "failed", "Failed a check: no patch was written", false, failed },
		{ "auto", "Mechanical, not converted yet", false, explained },
		{ "assisted", "Need restructuring in the driver", true, explained },
		{ "core", "Blocked by a missing API", true, explained },
		{ "none", "Nothing to convert", false, explained },
		{ "unparsed", "Not parsed: nothing is known about these", false, explained },
		{ NULL, "Unaccounted for", false, explained },
	};
	unsigned nr;
	size_t i;

	for (i = 0; i < sizeof(sections) / sizeof(*sections); i++) {
		nr = count(inv, word_index(outcome_words, sections[i].outcome), 0, true);
		if (!nr)
			continue;
		strbuf_addf(b, "\n## %s (%u)\n\n", sections[i].heading, nr);
		if (sections[i].by_class)
			list_by_class(b, inv, &sections[i]);
		else
			list(b, inv, &sections[i], 0);
	}
}
