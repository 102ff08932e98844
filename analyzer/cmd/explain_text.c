// SPDX-License-Identifier: GPL-2.0-only
/* explain for a person: 80 columns of plain text. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "classify/rule_texts.h"
#include "cmd/explain.h"
#include "terminal_colour.h"
#include "terminal_text.h"
#include "unlocks.h"

enum { LABEL = 15, MAX_PLACES = 4 };	/* of a list: class and verdict stay on the first screen */

/* "  label       text", as many lines as it takes. */
static void row(const char *label, const char *text)
{
	printf("  %-*s", LABEL - 2, label);
	terminal_wrap(stdout, text, LABEL, LABEL);
}

static void list(const char *label, const struct strlist *l)
{
	struct strbuf b = { 0 };
	size_t i;

	for (i = 0; i < l->nr; i++)
		strbuf_addf(&b, "%s%s", i ? ", " : "", l->items[i]);
	if (l->nr)
		row(label, b.s);
	strbuf_free(&b);
}

static void places(const char *label, const struct strlist *l)
{
	struct strbuf b = { 0 };
	size_t i;

	for (i = 0; i < l->nr && i < MAX_PLACES; i++)
		row(i ? "" : label, l->items[i]);
	if (l->nr > MAX_PLACES) {
		strbuf_addf(&b, "and %zu more, see --json", l->nr - MAX_PLACES);
		row("", b.s);
	}
	strbuf_free(&b);
}

static void installed(const struct handler *h)
{
	const struct instance *i;
	char *s;

	vec_each(i, &h->instances) {
		if (i - h->instances.items == MAX_PLACES && h->instances.nr > MAX_PLACES + 1) {
			s = xasprintf("and %zu more places, see --json", h->instances.nr - MAX_PLACES);
			row("", s);
			free(s);
			return;
		}
		s = xasprintf("%s in %s, %s:%u (%s%s)", i->interface, *i->name ? i->name : "a table without a name",
			      i->file, i->line, i->how, i->confirmed || i->unread ? "" : ", seen in the text only");
		row(i == h->instances.items ? "installed" : "", s);
		free(s);
	}
	if (!h->instances.nr)
		row("installed", "nowhere that is known");
}

/* Several definitions, or one that not every configuration has; and where it is declared ahead: all change. */
static void definitions(const struct handler *h)
{
	const struct definition *d;
	struct strbuf b = { 0 };

	vec_each(d, &h->definitions) {
		strbuf_addf(&b, "%s", b.len ? ", " : "");
		if (strcmp(d->file, h->file))
			strbuf_addf(&b, "%s:%u", d->file, d->line);
		else
			strbuf_addf(&b, "line %u", d->line);
		strbuf_addf(&b, "%s", d->is_null_define ? " as NULL" : "");
		if (*d->condition)
			strbuf_addf(&b, " if %s", d->condition);
	}
	if (h->definitions.nr > 1 || (h->definitions.nr && *h->definitions.items->condition))
		row("defined", b.s);
	strbuf_free(&b);
	places("declared", &h->declarations);
}

static void verdict(const struct handler *h, bool colour)
{
	if (colour)
		printf("  %-*s%s%s" TERMINAL_PLAIN "\n", LABEL - 2, "verdict", terminal_colour_of(h->verdict), h->verdict);
	else
		row("verdict", h->verdict);
}

static bool same_reason(const struct reason *a, const struct reason *b)
{
	return !strcmp(a->code, b->code) && !strcmp(a->text, b->text) && !a->line == !b->line;
}

/* The text, and the other lines that it is said of; NULL: it is said already. */
static char *reason_text(const struct handler *h, const struct reason *r)
{
	const struct reason *other;
	struct strbuf b = { 0 };
	size_t nr = 0;

	for (other = h->reasons.items; other < r; other++)
		if (same_reason(other, r))
			return NULL;
	strbuf_adds(&b, r->text);
	for (other = r + 1; other < h->reasons.items + h->reasons.nr; other++)
		if (same_reason(other, r) && other->line)
			strbuf_addf(&b, "%s %u", nr++ ? "," : " (also line", other->line);
	strbuf_adds(&b, nr ? ")" : "");
	return strbuf_detach(&b);
}

static void reasons(const struct handler *h)
{
	const struct reason *r;
	char *place, *text;
	int column;

	if (h->reasons.nr)
		puts("reasons");
	vec_each(r, &h->reasons) {
		text = reason_text(h, r);
		if (!text)
			continue;
		place = r->line ? xasprintf("line %u", r->line) : xstrdup("");
		column = printf("  %-*s%-11s", LABEL - 2, r->code, place);
		if (column > LABEL + 11)	/* a long code */
			column = printf("\n%*s", LABEL + 11, "") - 1;
		terminal_wrap(stdout, text, (unsigned)column, LABEL + 11);
		free(place);
		free(text);
	}
}

/* What has to exist first. */
static void unlocked_by(const struct handler *h)
{
	struct inventory one = { .handlers = { .items = (struct handler *)h, .nr = 1 } };
	const struct need_edge *e;
	struct unlocks u;

	inventory_unlocks(&one, &u);
	if (u.edges.nr)
		puts("unlocked by");
	vec_each(e, &u.edges)
		row(e->kind, e->to);
	unlocks_free(&u);
}

static void rules(const struct handler *h)
{
	const struct rule_text *t;
	struct strlist seen = { 0 };
	const struct reason *r;
	struct strbuf b = { 0 };

	vec_each(r, &h->reasons) {
		t = rule_text(r->code);
		if (!t || !strlist_add_once(&seen, r->code))
			continue;
		if (seen.nr == 1)
			puts("\nrules to mind");
		strbuf_reset(&b);
		strbuf_addf(&b, "%s: %s", t->name, t->text);
		row(t->code, b.s);
	}
	strbuf_free(&b);
	strlist_free(&seen);
}

static void handler(const struct handler *h, const struct explained *e, bool colour)
{
	char *s = xasprintf("%s, line %u", h->id, h->line);

	terminal_wrap(stdout, s, 0, 2);
	free(s);
	definitions(h);
	installed(h);
	places("reached from", &h->reached_from);
	places("called at", &h->callers);
	list("class", &(struct strlist){ .items = (char **)&h->class_name, .nr = 1 });
	verdict(h, colour);
	list("patterns", &h->patterns);
	list("state", &h->state);
	list("sets", &h->flags_set);
	list("clears", &h->flags_cleared);
	if (h->vm_ops)
		row("vm_ops", h->vm_ops);
	if (h->parse && strcmp(h->parse, "full"))
		row("parsed", h->parse);
	reasons(h);
	unlocked_by(h);
	putchar('\n');
	if (e)
		fputs(e->listing, stdout);
	else
		puts("contract: none, its body was not read");
	rules(h);
}

static void function(const struct explained *e)
{
	char *s = xasprintf("%s, line %u", e->id, e->line);

	terminal_wrap(stdout, s, 0, 2);
	free(s);
	if (e->hooks.nr)
		places("a hook", &e->hooks);
	terminal_wrap(stdout, e->hooks.nr ? "It takes a descriptor already: there is nothing to convert." :
		      e->takes && !strcmp(e->takes, "vma") ? "No handler, a function that takes a vma: its contract only." :
		      e->takes ? "No handler, a function that takes a descriptor: its contract only." :
		      "No handler, and it takes neither a vma nor a descriptor: its contract only.", 0, 2);
	putchar('\n');
	fputs(e->listing, stdout);
}

void explain_text(const struct inventory *inv, const struct explained_list *l, bool colour)
{
	const struct handler *h;
	const struct explained *e;
	bool first = true;

	vec_each(h, &inv->handlers) {
		if (!first)
			putchar('\n');
		first = false;
		handler(h, explained_find(l, h->id), colour);
	}
	vec_each(e, l) {
		if (e->is_handler)
			continue;
		if (!first)
			putchar('\n');
		first = false;
		function(e);
	}
}
