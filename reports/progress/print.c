// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "inventory_counts.h"
#include "progress/progress.h"
#include "terminal_colour.h"
#include "terminal_text.h"

enum { INDENT = 4, MAX_TREE = 20 };

/* The tree's release, of no more than MAX_TREE columns; caller frees. */
static char *tree_name(const struct inventory *inv)
{
	char *name = terminal_plain(inv->tree_version);

	if (strlen(name) > MAX_TREE)
		name[MAX_TREE] = '\0';
	return name;
}

static void table(const struct inventory *inventories, size_t nr, FILE *stream)
{
	static const char *const heads[NR_STATES] = { "converted", "hand", "waiting", "blocked", "nothing" };
	bool colour = terminal_has_colour(stream);
	unsigned states[NR_STATES], width = 4;
	const struct handler *h;
	char *name, number[16];
	size_t i, k;

	for (i = 0; i < nr; i++) {
		name = tree_name(&inventories[i]);
		width = strlen(name) > width ? (unsigned)strlen(name) : width;
		free(name);
	}
	fprintf(stream, "%-*s  handlers", (int)width, "tree");
	for (k = 0; k < NR_STATES; k++)
		terminal_cell(stream, colour ? terminal_colour_of(heads[k]) : "", 2 + (unsigned)strlen(heads[k]), heads[k]);
	fputc('\n', stream);
	for (i = 0; i < nr; i++) {
		memset(states, 0, sizeof(states));
		vec_each(h, &inventories[i].handlers)
			states[handler_state(h)]++;
		name = tree_name(&inventories[i]);
		fprintf(stream, "%-*s  %8zu", (int)width, name, inventories[i].handlers.nr);
		free(name);
		for (k = 0; k < NR_STATES; k++) {
			snprintf(number, sizeof(number), "%u", states[k]);
			terminal_cell(stream, colour && states[k] ? terminal_colour_of(heads[k]) : "",
				      2 + (unsigned)strlen(heads[k]), number);
		}
		fputc('\n', stream);
	}
}

typedef bool (*filter_fn)(const struct change *c);

static bool is_gone(const struct change *c) { return !c->after; }
static bool is_new(const struct change *c) { return !c->before; }
static bool is_moved(const struct change *c) { return c->moved; }
static bool is_converted(const struct change *c) { return c->converted; }
static bool is_judged(const struct change *c) { return !c->converted && (c->verdict || c->state); }
static bool is_other(const struct change *c) { return !c->converted && !c->verdict && !c->state && (c->class_name || c->needs); }

static const struct { filter_fn which; const char *what; } lists[] = {
	{ is_gone, "gone: converted in the tree, or removed" },
	{ is_new, "new" },
	{ is_moved, "moved to another file" },
	{ is_converted, "converted" },
	{ is_judged, "judged otherwise" },
	{ is_other, "of another class or with other needs" },
};

static const char *said(const char *word)
{
	return word ? word : "?";
}

static void line(const struct change *c, filter_fn which, FILE *stream)
{
	const struct handler *a = c->before, *b = c->after;
	char *text;

	if (!a || !b)
		text = xasprintf("%s (%s, %s)", (a ? a : b)->id, said((a ? a : b)->class_name), said((a ? a : b)->verdict));
	else if (which == is_moved)
		text = xasprintf("%s -> %s", a->id, b->file);
	else if (which == is_other && c->class_name)
		text = xasprintf("%s: %s -> %s", b->id, said(a->class_name), said(b->class_name));
	else if (which == is_other)
		text = xasprintf("%s: needs %zu -> %zu", b->id, a->needs.nr, b->needs.nr);
	else if (c->verdict ? !strcmp(said(a->verdict), said(a->outcome)) && !strcmp(said(b->verdict), said(b->outcome))
			    : true)
		text = xasprintf("%s: %s -> %s", b->id, said(a->outcome), said(b->outcome));
	else
		text = xasprintf("%s: %s -> %s (%s -> %s)", b->id, said(a->verdict), said(b->verdict), said(a->outcome),
				 said(b->outcome));
	fprintf(stream, "  ");
	terminal_wrap(stream, text, 2, INDENT);
	free(text);
}

static void step_print(const struct step *s, bool whole, FILE *stream)
{
	char *before = tree_name(s->before), *after = tree_name(s->after);
	const struct change *c;
	unsigned count;
	size_t i;

	fprintf(stream, "\n%s -> %s: %u of %zu as before\n", before, after, s->same, s->before->handlers.nr);
	free(before);
	free(after);
	for (i = 0; i < sizeof(lists) / sizeof(*lists); i++) {
		count = 0;
		vec_each(c, &s->changes)
			count += lists[i].which(c);
		if (!count)
			continue;
		fprintf(stream, "%u %s%s\n", count, lists[i].what, whole ? ":" : "");
		vec_each(c, &s->changes)
			if (whole && lists[i].which(c))
				line(c, lists[i].which, stream);
	}
}

void progress_print(const struct inventory *inventories, size_t nr, const struct step *steps, FILE *stream)
{
	size_t i;

	table(inventories, nr, stream);
	for (i = 0; i + 1 < nr; i++)
		step_print(&steps[i], nr == 2, stream);
	if (nr > 2)
		fputs("\nTwo inventories at a time list the handlers; --json has all of them.\n", stream);
}
