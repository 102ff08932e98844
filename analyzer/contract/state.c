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

void local_push(struct engine *e, struct state *s, const char *name, struct value v)
{
	struct local *l = vec_push(&s->locals);

	l->name = name;
	l->frame = e->frame;
	l->value = v;
}

static struct local *find(struct engine *e, struct state *s, const char *name)
{
	size_t i;

	for (i = s->locals.nr; i-- > 0;)
		if (s->locals.items[i].frame == e->frame && !strcmp(s->locals.items[i].name, name))
			return &s->locals.items[i];
	return NULL;
}

struct value *local_find(struct engine *e, struct state *s, const char *name)
{
	struct local *l = find(e, s, name);

	return l ? &l->value : NULL;
}

static bool names(const struct engine *e, uint32_t node, const char *name)
{
	const struct node *n = engine_node(e, node);
	uint32_t k;

	if (n->kind == NODE_REF && n->name && !strcmp(n->name, name))
		return true;
	for (k = n->child; k; k = engine_node(e, k)->next)
		if (names(e, k, name))
			return true;
	return false;
}

void local_set(struct engine *e, struct state *s, const char *name, struct value v)
{
	struct local *old = find(e, s, name);
	struct guard *g;

	vec_each(g, &s->guards)
		g->stale |= names(e, g->node, name);
	if (!old)
		local_push(e, s, name, v);
	else if (!old->addressed)
		old->value = v;
}

void locals_addressed(struct engine *e, struct state *s, uint32_t node)
{
	const struct node *n = engine_node(e, node), *target;
	struct local *l;
	uint32_t k;

	if (n->kind == NODE_CALL)
		return;
	if (n->kind == NODE_UNARY && n->op && !strcmp(n->op, "&") && n->child) {
		target = engine_node(e, n->child);
		if (target->kind == NODE_REF && target->name && (l = find(e, s, target->name)) &&
		    l->value.kind != VALUE_HOLDS_VMA) {
			l->addressed = true;
			l->value = (struct value){ .kind = VALUE_UNKNOWN };
		}
	}
	for (k = n->child; k; k = engine_node(e, k)->next)
		locals_addressed(e, s, k);
}

void locals_assigned(struct engine *e, struct state *s, uint32_t node)
{
	const struct node *n = engine_node(e, node), *target;
	uint32_t k;

	if ((n->kind == NODE_ASSIGN || (n->kind == NODE_UNARY && n->op && strlen(n->op) > 1)) && n->child) {
		target = engine_node(e, n->child);
		if (target->kind == NODE_REF && target->name && find(e, s, target->name))
			local_set(e, s, target->name, (struct value){ .kind = VALUE_UNKNOWN });
	}
	for (k = n->child; k; k = engine_node(e, k)->next)
		locals_assigned(e, s, k);
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
