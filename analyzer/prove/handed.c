// SPDX-License-Identifier: GPL-2.0-only
/*
 * A path that ends with `return other_mmap(file, vma);` goes on in the other function: its contract begins with the
 * mapping as it is handed on, behind what was done to the world before.
 */
#include <stdlib.h>
#include <string.h>

#include "prove/internal.h"

enum { MAX_DEPTH = 4 };			/* functions behind each other */

static const struct prove_peer *find_peer(const struct prove_side *side, const char *name)
{
	const struct prove_peer *peer;

	vec_each(peer, &side->peers)
		if (!strcmp(peer->name, name) && peer->contract)
			return peer;
	return NULL;
}

const struct effect *handed_on(const struct prove_side *side, const struct contract *c, const struct path *p,
			       unsigned depth)
{
	const struct effect *e = depth < MAX_DEPTH ? path_handed_on(c, p) : NULL;

	return e && find_peer(side, e->name) ? e : NULL;
}

static bool is_symbol(const struct terms *t, term_t a, const char *name)
{
	const struct term *x = term_at(t, term_strip(t, a));

	return a && x->op == TERM_SYMBOL && !strcmp(x->name, name);
}

/* What the other one takes for granted; says what does not hold. */
static void check(const struct import *i, const struct import *j, struct trace *t)
{
	const struct effect *e;
	const uint32_t *k;

	if (!is_symbol(i->to, j->cells[CELL_START], "start") || !is_symbol(i->to, j->cells[CELL_END], "end") ||
	    !is_symbol(i->to, j->cells[CELL_FILE], "file"))
		trace_unknown(t, i->handed->line, "%s() gets another range, or another file, than was asked for", i->handed->name);
	if (t->population.effect)
		trace_unknown(t, i->handed->line, "%s() gets a mapping that is populated already", i->handed->name);
	vec_each(k, &i->p->effects) {
		e = &i->c->effects[*k];
		if (is_override(i->c, e) || is_error_hook(i->c, e))
			trace_unknown(t, e->line, "which errors of %s() this replaces is not followed", i->handed->name);
	}
}

/* The lines are those of another file. */
static void set_line(struct trace *t, const struct effect *handed, bool known)
{
	char *text;

	t->line = handed->line;
	if (!t->unknown || !known)
		return;
	text = xasprintf("in %s(), line %u: %s", handed->name, t->unknown_line, t->unknown);
	free(t->unknown);
	t->unknown = text;
	t->unknown_line = handed->line;
}

void follow_handed(const struct prove_side *side, struct import *i, struct trace *t, unsigned depth, struct traces *out)
{
	const struct contract *c = find_peer(side, i->handed->name)->contract;
	const term_t *mapping = effect_mapping(i->c, i->handed);
	term_t cells[CELL_NR];
	const struct unmodelled *m;
	const struct path *p;
	size_t k, first;

	for (k = 0; k < CELL_NR; k++)
		cells[k] = import_term(i, mapping[2 * k + 1]);
	vec_each(m, &c->unmodelled)
		if (m->whole)
			trace_unknown(t, i->handed->line, "in %s(), line %u: %s", i->handed->name, m->line, m->reason);
	vec_each(p, &c->paths) {
		struct import j = { .to = i->to, .side = i->side, .events_before = t->events.nr, .before = i, .taken_over = true };
		struct trace u;

		memcpy(j.cells, cells, sizeof(cells));
		trace_copy(&u, t);
		check(i, &j, &u);
		first = out->nr;
		trace_path(side, &j, c, p, &u, depth + 1, out);
		for (k = first; k < out->nr; k++)
			set_line(&out->items[k], i->handed, !t->unknown);
	}
}
