// SPDX-License-Identifier: GPL-2.0-only
/* What a tier's handlers are installed in, how far their contracts go, and what they wait for. */
#include <stdlib.h>
#include <string.h>

#include "fields_table.h"
#include "gaps.h"
#include "terminal_colour.h"
#include "terminal_internal.h"
#include "terminal_text.h"
#include "unlocks.h"

enum { MAX_REASONS = 10, MAX_APIS = 10, COLUMN = 9 };

/* The rest of a line that has `column` columns, with a name from the tree in it. */
static void name(FILE *stream, const char *s, unsigned column)
{
	fputs("  ", stream);
	terminal_wrap(stream, s, column + 2, column + 4);
}

/* A column for a verdict that some handler of the tier has; 0: none. */
static unsigned width(const struct counts *c, unsigned verdict)
{
	return c->by_verdict[verdict] ? 2 + (unsigned)strlen(verdict_words[verdict]) : 0;
}

void terminal_field_table(const struct inventory *inv, bool colour, FILE *stream)
{
	const struct field_count *f;
	struct field_counts fields;
	unsigned i, w, column;
	struct counts c;

	inventory_fields_count(inv, &fields);
	inventory_count_tier(inv, 2, &c);
	for (i = 0; i < NR_VERDICTS; i++)
		if (width(&c, i))
			terminal_cell(stream, colour ? terminal_colour_of(verdict_words[i]) : "", width(&c, i), verdict_words[i]);
	fprintf(stream, "%*s  field\n", COLUMN, "total");
	vec_each(f, &fields) {
		for (i = column = 0; i < NR_VERDICTS; i++) {
			w = width(&c, i);
			column += w;
			if (w)
				terminal_number(stream, colour ? terminal_colour_of(verdict_words[i]) : "", w, f->by_verdict[i]);
		}
		fprintf(stream, "%*u", COLUMN, f->handlers);
		name(stream, f->name, column + COLUMN);
	}
	vec_free(&fields);
}

void terminal_contracts(const struct inventory *inv, unsigned tier, FILE *stream)
{
	struct gaps g;
	size_t i;

	inventory_gaps(inv, tier, &g);
	fprintf(stream, "contracts: %u complete, %u not, %u handler%s without one\n", g.complete, g.incomplete, g.none,
		plural(g.none));
	for (i = 0; i < g.reasons.nr && i < MAX_REASONS; i++) {
		fprintf(stream, "%*u", COLUMN, g.reasons.items[i].handlers);
		name(stream, g.reasons.items[i].reason, COLUMN);
	}
	if (i < g.reasons.nr)
		fprintf(stream, "%*s  and %zu more reasons, in the inventory\n", COLUMN, "", g.reasons.nr - i);
	vec_free(&g.reasons);
}

void terminal_unlocks(const struct inventory *inv, FILE *stream)
{
	const struct unlock *o;
	struct unlocks u;
	char *label;
	size_t i;

	inventory_unlocks(inv, &u);
	if (u.order.nr) {
		fprintf(stream, "missing APIs, the best first: %u handler%s for them\n", u.waiting,
			u.waiting == 1 ? " waits" : "s wait");
		fprintf(stream, "%*s%*s%*s%*s  API\n", COLUMN, "alone", COLUMN, "unlocks", COLUMN, "so far", COLUMN,
			"waiting");
	}
	for (i = 0; i < u.order.nr && i < MAX_APIS; i++) {
		o = &u.order.items[i];
		fprintf(stream, "%*u%*u%*u%*u", COLUMN, o->alone, COLUMN, o->unlocks, COLUMN, o->total, COLUMN,
			o->waiting);
		label = o->patch ? xasprintf("%s (on the shelf: %.4s)", o->name, o->patch) : xstrdup(o->name);
		name(stream, label, 4 * COLUMN);
		free(label);
	}
	if (i < u.order.nr)
		fprintf(stream, "%*s  and %zu more, in the inventory\n", 4 * COLUMN, "", u.order.nr - i);
	if (u.for_handlers)
		fprintf(stream, "%u more handler%s only for other handlers\n", u.for_handlers,
			u.for_handlers == 1 ? " waits" : "s wait");
	if (u.order.nr || u.for_handlers)
		fputc('\n', stream);
	unlocks_free(&u);
}
