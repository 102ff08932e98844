// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "contract/engine.h"

#define COPY(to, from, field) \
	do { \
		if ((from)->field.nr) { \
			(to)->field.items = xcalloc((from)->field.nr, sizeof(*(from)->field.items)); \
			memcpy((to)->field.items, (from)->field.items, \
			       (from)->field.nr * sizeof(*(from)->field.items)); \
		} \
		(to)->field.nr = (to)->field.cap = (from)->field.nr; \
	} while (0)

void state_copy(struct state *to, const struct state *from)
{
	struct state s = *from;

	memset(&s.guards, 0, sizeof(s.guards));
	memset(&s.effects, 0, sizeof(s.effects));
	memset(&s.locals, 0, sizeof(s.locals));
	COPY(&s, from, guards);
	COPY(&s, from, effects);
	COPY(&s, from, locals);
	*to = s;
}

void state_free(struct state *s)
{
	vec_free(&s->guards);
	vec_free(&s->effects);
	vec_free(&s->locals);
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

struct value *local_find(struct engine *e, struct state *s, const char *name)
{
	size_t i;

	for (i = s->locals.nr; i-- > 0;)
		if (s->locals.items[i].frame == e->frame && !strcmp(s->locals.items[i].name, name))
			return &s->locals.items[i].value;
	return NULL;
}

void local_set(struct engine *e, struct state *s, const char *name, struct value v)
{
	struct value *old = local_find(e, s, name);
	struct local *l;

	if (old) {
		*old = v;
		return;
	}
	l = vec_push(&s->locals);
	l->name = name;
	l->frame = e->frame;
	l->value = v;
}

struct effect *add_effect(struct engine *e, struct state *s, enum effect_kind kind, const struct node *at,
			  const char *name)
{
	struct contract *c = e->c;
	struct effect *f;

	if (c->nr_effects == c->cap_effects) {
		c->cap_effects = c->cap_effects ? c->cap_effects * 2 : 64;
		c->effects = xrealloc(c->effects, c->cap_effects, sizeof(*c->effects));
	}
	f = &c->effects[c->nr_effects];
	memset(f, 0, sizeof(*f));
	f->kind = kind;
	f->line = e->line ? e->line : at->line;
	f->name = xstrdup(name ? name : "");
	f->in_loop = s->loops > 0;
	*vec_push(&s->effects) = (uint32_t)c->nr_effects++;
	return f;
}

void unmodelled(struct engine *e, unsigned line, const char *reason)
{
	struct unmodelled *m;

	if (e->line)
		line = e->line;
	vec_each(m, &e->c->unmodelled)
		if (m->line == line && !strcmp(m->reason, reason))
			return;
	m = vec_push(&e->c->unmodelled);
	m->line = line;
	m->reason = xstrdup(reason);
}
