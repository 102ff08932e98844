// SPDX-License-Identifier: GPL-2.0-only
/* Classes by what is said of their handlers, as a table. */
#include <string.h>

#include "terminal_colour.h"
#include "terminal_internal.h"
#include "terminal_text.h"

#define NR_COLUMNS (NR_OUTCOMES + 2)	/* the outcomes, unknown ones, the total */
#define CLASS_WIDTH 8

struct table {
	const char *names[NR_COLUMNS];
	unsigned cells[NR_CLASSES + 2][NR_COLUMNS];	/* the last row: sums */
	size_t columns;
	bool colour;
};

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
		colour = t->colour ? terminal_colour_of(t->names[j]) : "";
		if (cells)
			terminal_number(stream, colour, gap + width_of(t, j), cells[j]);
		else
			terminal_cell(stream, colour, gap + width_of(t, j), t->names[j]);
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

void terminal_class_table(const struct counts *c, bool converting, bool colour, FILE *stream)
{
	struct table t = { .colour = colour };

	if (converting)
		fill(&t, c, outcome_words, &c->class_outcome[0][0], c->by_outcome, NR_OUTCOMES);
	else
		fill(&t, c, verdict_words, &c->class_verdict[0][0], c->by_verdict, NR_VERDICTS);
	print_table(&t, stream);
}
