// SPDX-License-Identifier: GPL-2.0-only
/* The short report on a terminal: a table, the totals, and what was lost, in plain sight. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "inventory.h"
#include "inventory_counts.h"
#include "terminal_text.h"

#define NR_COLUMNS (NR_OUTCOMES + 2)	/* the outcomes, unknown ones, the total */
#define CLASS_WIDTH 8
#define MAX_PROBLEMS 5			/* shown one by one; the rest is in the report */

struct table {
	const char *names[NR_COLUMNS];
	unsigned cells[NR_CLASSES + 2][NR_COLUMNS];	/* the last row: sums */
	size_t columns;
	bool colour;
};

static bool wants_colour(FILE *stream)
{
	return !getenv("NO_COLOR") && isatty(fileno(stream));
}

/* One column for each word that occurs.  rows: NR_CLASSES + 1 rows of nr + 1 counts. */
static void fill(struct table *t, const struct counts *c, const char *const *words,
		 const unsigned *rows, const unsigned *sums, unsigned nr)
{
	unsigned i, j;

	for (j = 0; j <= nr; j++) {
		if (!sums[j])
			continue;
		t->names[t->columns] = j < nr ? words[j] : "?";
		for (i = 0; i <= NR_CLASSES; i++)
			t->cells[i][t->columns] = rows[i * (nr + 1) + j];
		t->cells[i][t->columns++] = sums[j];
	}
	t->names[t->columns] = "total";
	for (i = 0; i <= NR_CLASSES; i++)
		t->cells[i][t->columns] = c->by_class[i];
	t->cells[i][t->columns++] = c->handlers;
}

static const char *colour_of(const char *name)
{
	if (!strcmp(name, "converted") || !strcmp(name, "hand") || !strcmp(name, "auto"))
		return "\033[32m";
	if (!strcmp(name, "failed") || !strcmp(name, "unparsed") || !strcmp(name, "?"))
		return "\033[31m";
	return "";
}

static unsigned width_of(const struct table *t, size_t column)
{
	size_t name = strlen(t->names[column]);
	int digits = snprintf(NULL, 0, "%u", t->cells[NR_CLASSES + 1][column]);

	return (unsigned)(name > (size_t)digits ? name : (size_t)digits);
}

static void print_row(const struct table *t, FILE *stream, const char *name, const unsigned *cells,
		      unsigned gap)
{
	const char *colour;
	size_t j;

	fprintf(stream, "%-*s", CLASS_WIDTH, name);
	for (j = 0; j < t->columns; j++) {
		colour = t->colour && (!cells || cells[j]) ? colour_of(t->names[j]) : "";
		fputs(colour, stream);
		if (!cells)
			fprintf(stream, "%*s", (int)(gap + width_of(t, j)), t->names[j]);
		else if (cells[j])
			fprintf(stream, "%*u", (int)(gap + width_of(t, j)), cells[j]);
		else
			fprintf(stream, "%*s", (int)(gap + width_of(t, j)), "-");
		fputs(*colour ? "\033[0m" : "", stream);
	}
	fputc('\n', stream);
}

static void print_table(const struct table *t, FILE *stream)
{
	unsigned wide = CLASS_WIDTH, i;
	unsigned gap;
	size_t j;

	for (j = 0; j < t->columns; j++)
		wide += 2 + width_of(t, j);
	gap = wide > TERMINAL_WIDTH ? 1 : 2;
	print_row(t, stream, "class", NULL, gap);
	for (i = 0; i <= NR_CLASSES; i++)
		if (t->cells[i][t->columns - 1])
			print_row(t, stream, i < NR_CLASSES ? class_words[i] : "?", t->cells[i], gap);
	print_row(t, stream, "total", t->cells[NR_CLASSES + 1], gap);
}

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

	strbuf_addf(&b, "Linux %s: %u handler%s in %u place%s; %u file%s searched, %u read by libclang",
		    inv->tree_version ? inv->tree_version : "(unknown)", c->handlers,
		    plural(c->handlers), c->instances, plural(c->instances), inv->files_searched,
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
	fputs(colour ? "\033[31m" : "", stream);
	terminal_wrap(stream, b.s, 0, 2);
	fputs(colour ? "\033[0m" : "", stream);
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

void report_terminal(const struct inventory *inv, FILE *stream)
{
	struct table t = { .colour = wants_colour(stream) };
	struct counts c;

	inventory_count(inv, &c);
	if (c.converting)
		fill(&t, &c, outcome_words, &c.class_outcome[0][0], c.by_outcome, NR_OUTCOMES);
	else
		fill(&t, &c, verdict_words, &c.class_verdict[0][0], c.by_verdict, NR_VERDICTS);
	if (c.handlers)
		print_table(&t, stream);
	else
		fputs("No mmap handler was found.\n", stream);
	print_totals(inv, &c, stream);
	print_lost(inv, &c, stream, t.colour);
	fflush(stream);
}
