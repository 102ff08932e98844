// SPDX-License-Identifier: GPL-2.0-only
/* One path of a listing: its conditions, its result, and the effects of one that maps. */
#include <stdlib.h>
#include <string.h>

#include "contract/describe.h"
#include "contract/listing_internal.h"
#include "contract/listing_text.h"

enum {
	MAX_DEPTH = 8,			/* of loops */
	MIN_GUARDS = 2,			/* in common that are worth a reference */
};

static const char *const green = "\033[32m", *const red = "\033[31m", *const yellow = "\033[33m";

void listing_begin(struct listing *l, size_t number, unsigned line)
{
	if (number)
		strbuf_addf(l->out, "%*zu  ", LISTING_INDENT - 2, number);
	else
		strbuf_addf(l->out, "%*s", LISTING_INDENT, "");
	if (line)
		strbuf_addf(l->out, "line %-5u ", line);
	else if (!number)
		strbuf_addf(l->out, "%*s", LISTING_TEXT - LISTING_INDENT, "");
}

void listing_text(struct listing *l, const char *s, unsigned depth)
{
	if (depth > MAX_DEPTH)
		depth = MAX_DEPTH;
	strbuf_addf(l->out, "%*s", (int)(depth * LISTING_STEP), "");
	listing_wrap(l->out, s, LISTING_TEXT + (depth + 2) * LISTING_STEP);
}

void listing_say(struct listing *l, const char *s, unsigned depth)
{
	listing_begin(l, 0, 0);
	listing_text(l, s, depth);
	strbuf_adds(l->out, "\n");
}

void listing_result(struct listing *l, size_t i)
{
	const struct path *p = &l->c->paths.items[i];
	const char *colour = p->unmodelled ? yellow : path_succeeds(p) ? green : red;
	size_t column = listing_column(l->out), width;
	char *s = listing_name(l, result_describe(l->c, p));

	width = listing_width(s);
	if (column && column + 5 + width <= LISTING_WIDTH)
		strbuf_adds(l->out, "  ");
	else
		strbuf_addf(l->out, "%s%*s", column ? "\n" : "", LISTING_TEXT, "");
	strbuf_adds(l->out, "-> ");
	if (l->colour && listing_column(l->out) + width <= LISTING_WIDTH && strlen(s) == width)
		strbuf_addf(l->out, "%s%s\033[0m", colour, s);
	else
		listing_wrap(l->out, s, LISTING_TEXT + LISTING_STEP);
	strbuf_adds(l->out, "\n");
	free(s);
}

/* The last path of i's group before it, or i. */
static size_t path_before(const struct listing *l, size_t i)
{
	size_t k = i;

	while (k-- > 0)
		if (l->outline.paths[k].group == l->outline.paths[i].group)
			return k;
	return i;
}

static bool same_guard(const struct guard *a, const struct guard *b)
{
	return a->line == b->line && a->taken == b->taken && a->term == b->term && !strcmp(a->text, b->text);
}

/* Would "up to line 12" mean more than the guards before? */
static bool has_line(const struct path *p, size_t from, unsigned line)
{
	size_t k;

	for (k = from; k < p->guards.nr; k++)
		if (p->guards.items[k].line == line)
			return true;
	return false;
}

/*
 * How many guards at the start are the path's before this one, if enough of them would be shown in both;
 * one guard at least is left to show.
 */
static size_t guards_in_common(const struct listing *l, size_t i, size_t *which)
{
	const struct path *p = &l->c->paths.items[i], *q;
	const bool *mine = l->outline.paths[i].shown, *other;
	size_t k, shown = 0, total = 0, nr = 0;

	*which = path_before(l, i);
	if (*which == i)
		return 0;
	q = &l->c->paths.items[*which];
	other = l->outline.paths[*which].shown;
	for (k = 0; k < p->guards.nr; k++)
		total += mine[k];
	for (k = 0; k < p->guards.nr && k < q->guards.nr; k++) {
		if (!same_guard(&p->guards.items[k], &q->guards.items[k]) || (mine[k] && !other[k]))
			break;
		shown += mine[k];
		if (shown == total)
			break;
		nr = k + 1;
	}
	while (nr && (has_line(p, nr, p->guards.items[nr - 1].line) || has_line(q, nr, p->guards.items[nr - 1].line)))
		nr--;
	for (k = 0, shown = 0; k < nr; k++)
		shown += mine[k];
	return shown >= MIN_GUARDS ? nr : 0;
}

/* "as path 4 up to line 12, " or nothing */
static char *reference(const struct listing *l, size_t i, size_t *same)
{
	size_t which;

	*same = guards_in_common(l, i, &which);
	if (!*same)
		return xstrdup("");
	return xasprintf("as path %zu up to line %u, ", which + 1, l->c->paths.items[i].guards.items[*same - 1].line);
}

static const char *without_condition(const struct listing *l, size_t i)
{
	return l->c->paths.items[i].guards.nr && !l->always ? "otherwise" : "always";
}

/* Does it hold an operator that binds less than &&, or that gcc wants parentheses for? */
static bool wants_parentheses(const char *s)
{
	static const char *const signs[] = { " || ", " ? ", " | ", " & ", " ^ " };
	unsigned depth = 0;
	size_t i;

	for (; *s; s++) {
		depth += *s == '(' || *s == '[';
		depth -= depth && (*s == ')' || *s == ']');
		for (i = 0; !depth && i < sizeof(signs) / sizeof(*signs); i++)
			if (str_starts(s, signs[i]))
				return true;
	}
	return false;
}

char *listing_condition(const struct listing *l, size_t i, unsigned *line)
{
	const struct path *p = &l->c->paths.items[i];
	const bool *shown = l->outline.paths[i].shown;
	size_t k, same, nr = 0, before = 0;
	char *one, *as = reference(l, i, &same);
	struct strbuf b = { 0 };
	bool mixed;

	for (k = same; k < p->guards.nr; k++)
		nr += shown[k];
	*line = p->line;
	strbuf_adds(&b, as);
	for (k = same; k < p->guards.nr; k++) {
		if (!shown[k])
			continue;
		one = listing_name(l, guard_describe(l->c, &p->guards.items[k]));
		mixed = nr > 1 && wants_parentheses(one);
		strbuf_addf(&b, "%s%s%s%s", before++ ? " && " : "if (", mixed ? "(" : "", one, mixed ? ")" : "");
		*line = p->guards.items[k].line;
		free(one);
	}
	strbuf_adds(&b, before ? ")" : without_condition(l, i));
	free(as);
	return strbuf_detach(&b);
}

static void conditions(struct listing *l, size_t i)
{
	const struct path *p = &l->c->paths.items[i];
	size_t k, same, nr = 0;
	char *one, *full, *as = reference(l, i, &same);

	for (k = same; k < p->guards.nr; k++) {
		if (!l->outline.paths[i].shown[k])
			continue;
		one = listing_name(l, guard_describe(l->c, &p->guards.items[k]));
		full = xasprintf("%s%s (%s)", nr ? "" : as, nr ? "and if" : "if", one);
		listing_begin(l, nr++ ? 0 : i + 1, p->guards.items[k].line);
		listing_text(l, full, 0);
		strbuf_adds(l->out, "\n");
		free(full);
		free(one);
	}
	if (!nr) {
		listing_begin(l, i + 1, 0);
		strbuf_addf(l->out, "%s\n", without_condition(l, i));
	}
	free(as);
}

static unsigned depth_of(const struct contract *c, const struct effect *e)
{
	unsigned depth = 0;

	/* A loop stands before its body. */
	for (; e->loop && e->loop <= c->nr_effects && &c->effects[e->loop - 1] < e; e = &c->effects[e->loop - 1])
		depth++;
	return depth;
}

/* An effect that says itself why the path is not modelled: what is called is not known. */
static bool is_reason(const struct effect *e, const struct unmodelled *m)
{
	bool calls = e->kind == EFFECT_DELEGATE || e->kind == EFFECT_ESCAPE || e->kind == EFFECT_CALL ||
		     e->kind == EFFECT_OPEN || e->kind == EFFECT_STACK;

	return m && calls && e->line == m->line && *e->name && strstr(m->reason, e->name);
}

static void effects(struct listing *l, size_t i, const struct unmodelled *m)
{
	const struct path *p = &l->c->paths.items[i];
	struct common common = listing_common(l, i);
	const struct effect *e;
	char *one, *text;
	size_t k, nr;

	if (common.nr) {
		e = &l->c->effects[p->effects.items[common.nr - 1]];
		one = common.all ? xasprintf("as path %zu does", common.path + 1) :
		      xasprintf("as path %zu does up to line %u", common.path + 1, e->line);
		listing_say(l, one, 1);
		free(one);
	}
	for (k = common.nr; k < p->effects.nr; k += nr) {
		e = &l->c->effects[p->effects.items[k]];
		nr = effects_describe(l->c, p, k, &one);
		one = listing_name_effect(l, one);
		text = xasprintf("%s%s", one, is_reason(e, m) ? " (not modelled)" : "");
		listing_begin(l, 0, e->line);
		listing_text(l, text, 1 + depth_of(l->c, e));
		strbuf_adds(l->out, "\n");
		free(text);
		free(one);
	}
}

void listing_succeeds(struct listing *l, size_t i)
{
	conditions(l, i);
	effects(l, i, NULL);
	listing_result(l, i);
}

void listing_unmodelled(struct listing *l, size_t i)
{
	const struct path *p = &l->c->paths.items[i];
	const struct unmodelled *m = path_unmodelled(l->c, p);
	char *s = xasprintf("not modelled: %s", m ? m->reason : "it is not known why");
	bool said = false;
	size_t k;

	conditions(l, i);
	effects(l, i, m);
	for (k = 0; k < p->effects.nr; k++)
		said |= is_reason(&l->c->effects[p->effects.items[k]], m);
	if (!said) {
		listing_begin(l, 0, m ? m->line : 0);
		listing_text(l, s, 0);
	}
	listing_result(l, i);
	free(s);
}
