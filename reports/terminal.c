// SPDX-License-Identifier: GPL-2.0-only
/* The short report on a terminal: tables, the totals, and what was lost, in plain sight. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "booted.h"
#include "inventory.h"
#include "inventory_counts.h"
#include "terminal_colour.h"
#include "terminal_internal.h"
#include "terminal_text.h"

#define MAX_PROBLEMS 5			/* shown one by one; the rest is in the report */

static void add_list(struct strbuf *b, const struct strlist *list)
{
	size_t i;

	for (i = 0; i < list->nr; i++)
		strbuf_addf(b, "%s%s", i ? ", " : "", list->items[i]);
	if (!list->nr)
		strbuf_adds(b, "nothing");
}

static void print_totals(const struct inventory *inv, const struct counts *c, FILE *stream)
{
	struct strbuf b = { 0 };
	size_t i;

	strbuf_addf(&b, "Linux %s: %u handler%s", inv->tree_version ? inv->tree_version : "(unknown)",
		    c->handlers, plural(c->handlers));
	if (c->tier[1])
		strbuf_addf(&b, " (%u of tier 1, %u of tier 2)", c->tier[0], c->tier[1]);
	strbuf_addf(&b, " in %u place%s; %u file%s searched, %u read by libclang", c->instances,
		    plural(c->instances), inv->files_searched,
		    plural(inv->files_searched), c->files_full + c->files_partial);
	for (i = 0; i < inv->nr_parsed; i++)
		strbuf_addf(&b, "%s%s %u", i ? ", " : " (", inv->parsed[i].arch ? inv->parsed[i].arch : "?",
			    inv->parsed[i].full + inv->parsed[i].partial);
	strbuf_adds(&b, inv->nr_parsed ? ")" : "");
	terminal_wrap(stream, b.s, 0, 2);

	strbuf_reset(&b);
	strbuf_adds(&b, "API: ");
	add_list(&b, &inv->api);
	strbuf_adds(&b, "; missing: ");
	add_list(&b, &inv->api_missing);
	terminal_wrap(stream, b.s, 0, 5);
	strbuf_free(&b);
}

static void say(FILE *stream, bool colour, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

static void say(FILE *stream, bool colour, const char *fmt, ...)
{
	struct strbuf b = { 0 };
	va_list ap;

	va_start(ap, fmt);
	strbuf_vaddf(&b, fmt, ap);
	va_end(ap);
	fputs(colour ? TERMINAL_RED : "", stream);
	terminal_wrap(stream, b.s, 0, 2);
	fputs(colour ? TERMINAL_PLAIN : "", stream);
	strbuf_free(&b);
}

static void print_problem(const struct problem *p, FILE *stream)
{
	struct strbuf b = { 0 };

	if (p->file && *p->file)
		strbuf_addf(&b, "%s:", p->file);
	if (b.len && p->line)
		strbuf_addf(&b, "%u:", p->line);
	strbuf_addf(&b, "%s%s", b.len ? " " : "", p->text ? p->text : "");
	fputs("  ", stream);
	terminal_wrap(stream, b.s, 2, 4);
	strbuf_free(&b);
}

static void print_hand(const struct inventory *inv, FILE *stream, bool colour)
{
	unsigned applied = 0, failed = 0, there = 0, converted = 0;
	const struct hand_patch *p;

	vec_each(p, &inv->hand) {
		applied += !strcmp(p->state, "applied");
		failed += !strcmp(p->state, "failed");
		there += !strcmp(p->state, "there");
		converted += p->patch ? (unsigned)p->handlers.nr : 0;
	}
	if (inv->hand.nr)
		say(stream, colour && failed, "hand-finished patches: %u applied, for %u handler%s; %u failed; %u in the tree already",
		    applied, converted, plural(converted), failed, there);
}

static void print_judged(const struct inventory *inv, FILE *stream, bool colour)
{
	const struct judgement *j;
	size_t taken = 0;

	vec_each(j, &inv->judged)
		taken += !strcmp(j->state, "taken");
	if (taken < inv->judged.nr)
		say(stream, colour, "judged by hand to need an API: %zu handler%s; %zu more not taken over: report.md says why", taken,
		    plural((unsigned)taken), inv->judged.nr - taken);
	else if (taken)
		say(stream, false, "judged by hand to need an API: %zu handler%s", taken, plural((unsigned)taken));
}

static void print_lost(const struct inventory *inv, const struct counts *c, FILE *stream,
		       bool colour)
{
	unsigned unparsed = count_outcome(c, "unparsed");
	size_t i;

	if (c->files_failed || unparsed)
		say(stream, colour, "not parsed: %u file%s, %u handler%s", c->files_failed,
		    plural(c->files_failed), unparsed, plural(unparsed));
	if (c->files_partial)
		say(stream, false, "parsed in part (fallback flags): %u file%s, %u handler%s",
		    c->files_partial, plural(c->files_partial), c->handlers_partial,
		    plural(c->handlers_partial));
	if (c->unconfirmed)
		say(stream, false, "seen in the text only, not by libclang: %u of %u place%s",
		    c->unconfirmed, c->instances, plural(c->instances));
	if (inv->disagreements.nr)
		say(stream, false, "text search and libclang disagree: %zu time%s",
		    inv->disagreements.nr, plural(inv->disagreements.nr));
	if (inv->problems.nr)
		say(stream, colour, "problems: %zu", inv->problems.nr);
	for (i = 0; i < inv->problems.nr && i < MAX_PROBLEMS; i++)
		print_problem(&inv->problems.items[i], stream);
	if (inv->problems.nr > MAX_PROBLEMS)
		say(stream, false, "and %zu more, in the inventory", inv->problems.nr - MAX_PROBLEMS);
}

static void print_booted(const struct inventory *inv, unsigned tier, FILE *stream)
{
	struct boot_counts c;
	struct strbuf b = { 0 };
	size_t i;

	inventory_count_boots(inv, tier, NULL, &c);
	strbuf_addf(&b, "booted: %u reached in both kernels, %u difference%s", c.reached, c.differences, plural(c.differences));
	for (i = 0; i < NR_BOOTS; i++)
		if (c.by_word[i])
			strbuf_addf(&b, "; %s: %u", boot_words[i], c.by_word[i]);
	if (c.booted)
		terminal_wrap(stream, b.s, 0, 2);
	strbuf_free(&b);
}

static void print_tier(const struct inventory *inv, unsigned tier, const struct counts *all, bool colour,
		       FILE *stream)
{
	struct counts c;

	inventory_count_tier(inv, tier, &c);
	if (!c.handlers)
		return;
	if (all->tier[1])
		fprintf(stream, "%s\n", tier == 1 ? "tier 1: file_operations.mmap" :
			"tier 2: callbacks that tier 1 hands its vma to");
	terminal_class_table(&c, all->converting, colour, stream);
	if (tier == 2)
		terminal_field_table(inv, colour, stream);
	terminal_contracts(inv, tier, stream);
	print_booted(inv, tier, stream);
	fputc('\n', stream);
}

void report_terminal(const struct inventory *inv, FILE *stream)
{
	bool colour = terminal_has_colour(stream);
	struct counts c;
	unsigned tier;

	inventory_count(inv, &c);
	for (tier = 1; tier <= 2; tier++)
		print_tier(inv, tier, &c, colour, stream);
	if (c.handlers)
		terminal_unlocks(inv, stream);
	else
		fputs("No mmap handler was found.\n", stream);
	print_totals(inv, &c, stream);
	print_hand(inv, stream, colour);
	print_judged(inv, stream, colour);
	print_lost(inv, &c, stream, colour);
	fflush(stream);
}
