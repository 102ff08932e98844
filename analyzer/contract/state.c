// SPDX-License-Identifier: GPL-2.0-only
/* States: copies, comparison, and what is recorded on them. */
#include <stdlib.h>

#include "contract/engine.h"

enum { MAX_STATES = 256, MAX_STEPS = 100000 };

#define COPY(to, from, field) \
	do { \
		(to)->field.items = NULL; \
		if ((from)->field.nr) { \
			(to)->field.items = xcalloc((from)->field.nr, sizeof(*(from)->field.items)); \
			memcpy((to)->field.items, (from)->field.items, \
			       (from)->field.nr * sizeof(*(from)->field.items)); \
		} \
		(to)->field.nr = (to)->field.cap = (from)->field.nr; \
	} while (0)

#define STATE_LISTS(X) \
	X(guards) X(known) X(effects) X(cells) X(variables) X(versions) X(writes) X(calls) X(escaped) X(stack)

void state_copy(struct state *to, const struct state *from)
{
	struct state s = *from;

#define X(field) COPY(&s, from, field);
	STATE_LISTS(X)
#undef X
	*to = s;
}

void state_free(struct state *s)
{
#define X(field) vec_free(&s->field);
	STATE_LISTS(X)
#undef X
}

void states_free(struct states *s)
{
	size_t i;

	for (i = 0; i < s->nr; i++)
		state_free(&s->items[i]);
	vec_free(s);
}

struct state *states_add(struct states *to, const struct state *from)
{
	struct state *s = vec_push(to);

	state_copy(s, from);
	return s;
}

void states_value(struct engine *e, const struct node *n, struct states *from, value_of_state *value, struct states *to)
{
	struct state *s;

	vec_each(s, from)
		if (s->flow == FLOW_NEXT)
			s->value = value(e, n, s);
	states_move(to, from);
}

const struct cell *state_cell(const struct state *s, term_t address)
{
	const struct cell *c;

	vec_each(c, &s->cells)
		if (c->address == address)
			return c;
	return NULL;
}

void states_move(struct states *to, struct states *from)
{
	size_t i;

	for (i = 0; i < from->nr; i++)
		*vec_push(to) = from->items[i];
	vec_free(from);
}

void state_push(struct state *s, term_t v)
{
	*vec_push(&s->stack) = v;
}

term_t state_pop(struct state *s)
{
	return s->stack.nr ? s->stack.items[--s->stack.nr] : 0;
}

#define SAME(a, b, field) \
	((a)->field.nr == (b)->field.nr && \
	 (!(a)->field.nr || !memcmp((a)->field.items, (b)->field.items, (a)->field.nr * sizeof(*(a)->field.items))))

bool state_same_cells(const struct state *a, const struct state *b)
{
	size_t i;

	if (a->cells.nr != b->cells.nr)
		return false;
	for (i = 0; i < a->cells.nr; i++)
		if (a->cells.items[i].address != b->cells.items[i].address ||
		    a->cells.items[i].value != b->cells.items[i].value)
			return false;
	return true;
}

static bool same_writes(const struct state *a, const struct state *b)
{
	size_t i;

	if (a->writes.nr != b->writes.nr)
		return false;
	for (i = 0; i < a->writes.nr; i++)
		if (a->writes.items[i].number != b->writes.items[i].number ||
		    !place_same(a->writes.items[i].at, b->writes.items[i].at))
			return false;
	return true;
}

/* How the way goes on, and with which value.  Returns from different lines are read as different ones. */
static bool same_way(const struct state *a, const struct state *b)
{
	return a->flow == b->flow && a->value == b->value && a->loop == b->loop && a->unmodelled == b->unmodelled &&
	       (a->flow != FLOW_GOTO || !strcmp(a->label, b->label)) &&
	       (a->flow != FLOW_RETURN || a->line == b->line);
}

bool state_same(const struct state *a, const struct state *b)
{
	size_t i;

	if (!same_way(a, b) || !SAME(a, b, effects) || a->variables.nr != b->variables.nr ||
	    a->versions.nr != b->versions.nr)
		return false;
	for (i = 0; i < a->versions.nr; i++)
		if (a->versions.items[i].number != b->versions.items[i].number ||
		    a->versions.items[i].name != b->versions.items[i].name)
			return false;
	for (i = 0; i < a->variables.nr; i++)
		if (a->variables.items[i].address != b->variables.items[i].address)
			return false;
	return SAME(a, b, escaped) && SAME(a, b, stack) && same_writes(a, b) && state_same_cells(a, b);
}

unsigned line_of(const struct engine *e, const struct node *n)
{
	return e->line ? e->line : n->line;
}

struct effect *add_effect(struct engine *e, struct state *s, enum effect_kind kind, unsigned line,
			  const char *name)
{
	struct contract *c = e->c;
	struct effect *f;
	unsigned k;

	/* Whoever sees the mapping sees what was there before, not what this effect leaves: its unknowns come first. */
	for (k = 0; k < CELL_NR && state_has_let_out(s, e->vma); k++)
		vma_cell_read(e, s, (enum vma_cell)k);
	if (c->nr_effects == c->cap_effects) {
		c->cap_effects = c->cap_effects ? c->cap_effects * 2 : 64;
		c->effects = xrealloc(c->effects, c->cap_effects, sizeof(*c->effects));
	}
	f = &c->effects[c->nr_effects];
	memset(f, 0, sizeof(*f));
	f->kind = kind;
	f->line = line;
	f->name = xstrdup(name ? name : "");
	f->loop = s->loop;
	f->in_loop = s->loop != 0;
	f->memory = e->numbers;
	f->fresh = e->t->fresh;
	*vec_push(&s->effects) = (uint32_t)c->nr_effects++;
	return f;
}

void effect_arg(struct effect *f, term_t a)
{
	*vec_push(&f->args) = a;
}

void unmodelled(struct engine *e, struct state *s, unsigned line, const char *reason)
{
	struct contract *c = e->c;
	struct unmodelled *m;
	size_t i;

	for (i = 0; i < c->unmodelled.nr; i++)
		if (c->unmodelled.items[i].line == line && !strcmp(c->unmodelled.items[i].reason, reason))
			break;
	if (i == c->unmodelled.nr) {
		m = vec_push(&c->unmodelled);
		m->line = line;
		m->reason = xstrdup(reason);
	}
	if (s && !s->unmodelled)
		s->unmodelled = (uint32_t)i + 1;
	if (!s)
		c->unmodelled.items[i].whole = true;
}

void unmodelled_effect(struct engine *e, struct state *s, unsigned line, const char *fmt, ...)
{
	struct contract *c = e->c;
	struct strbuf b = { 0 };
	size_t i;
	va_list ap;

	va_start(ap, fmt);
	strbuf_vaddf(&b, fmt, ap);
	va_end(ap);
	unmodelled(e, s, line, b.s);
	for (i = 0; i < c->unmodelled.nr; i++)
		if (c->unmodelled.items[i].line == line && !strcmp(c->unmodelled.items[i].reason, b.s))
			c->unmodelled.items[i].by_effect = true;
	strbuf_free(&b);
}

bool over_budget(struct engine *e, const struct states *out, unsigned line)
{
	if (++e->steps <= MAX_STEPS && out->nr <= MAX_STATES)
		return false;
	if (!e->too_many)
		unmodelled(e, NULL, line, "more paths than are followed");
	e->too_many = true;
	return true;
}
