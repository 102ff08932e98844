// SPDX-License-Identifier: GPL-2.0-only
/* Events in the common store, and what any pass of a loop does. */
#include <stdlib.h>
#include <string.h>

#include "prove/internal.h"

void terms_copy(struct term_list *to, const struct term_list *from)
{
	const term_t *a;

	memset(to, 0, sizeof(*to));
	vec_each(a, from)
		*vec_push(to) = *a;
}

static void looped_put(struct looped *l)
{
	struct looped_way *w;

	if (!l || --l->refs)
		return;
	vec_each(w, &l->ways) {
		vec_free(&w->conditions);
		vec_free(&w->values);
		events_free(&w->events);
	}
	vec_free(&l->ways);
	vec_free(&l->places);
	free(l);
}

void events_free(struct events *all)
{
	struct event *e;

	vec_each(e, all) {
		free(e->name);
		vec_free(&e->args);
		vec_free(&e->sees);
		looped_put(e->looped);
	}
	vec_free(all);
}

void events_copy(struct events *to, const struct events *from)
{
	const struct event *e;
	struct event *copy;

	memset(to, 0, sizeof(*to));
	vec_each(e, from) {
		copy = vec_push(to);
		*copy = *e;
		copy->name = xstrdup(e->name);
		terms_copy(&copy->args, &e->args);
		terms_copy(&copy->sees, &e->sees);
		if (copy->looped)
			copy->looped->refs++;
	}
}

static void import_list(struct import *i, const struct term_list *from, struct term_list *to)
{
	const term_t *a;

	vec_each(a, from)
		*vec_push(to) = import_term(i, *a);
}

static void import_conditions(struct import *i, const struct term_list *from, struct term_list *to)
{
	const term_t *a;

	vec_each(a, from)
		*vec_push(to) = term_truth(i->to, import_term(i, *a));
}

static void import_from(struct import *i, size_t first, bool after_hook, struct events *out,
			const char **unknown, unsigned *line);

static struct looped *import_loop(struct import *i, size_t at, const struct passes *p,
				  bool after_hook, const char **unknown, unsigned *line)
{
	struct looped *l = xcalloc(1, sizeof(*l));
	const struct pass_place *place;
	const struct pass_way *way;
	struct looped_way *to;
	struct import w;

	l->refs = 1;
	l->conditions = i->conditions_before + p->guards;
	l->outside = p->outside;
	vec_each(place, &p->places)
		*vec_push(&l->places) = (struct pass_place){ 0, import_term(i, place->before),
							     import_term(i, place->pass) };
	vec_each(way, &p->ways) {
		to = vec_push(&l->ways);
		to->end = way->end;
		import_begin_way(&w, i, at, way);
		/* What is inside begins its count where a pass does. */
		w.conditions_before = (size_t)0 - p->guards;
		import_conditions(&w, &way->conditions, &to->conditions);
		import_list(&w, &way->values, &to->values);
		import_from(&w, at + 1, after_hook, &to->events, unknown, line);
		import_end(&w);
	}
	return l;
}

static void not_understood(const struct effect *f, const char *why, const char **unknown,
			   unsigned *line)
{
	if (*unknown)
		return;
	*unknown = why;
	*line = f->line;
}

static void import_from(struct import *i, size_t first, bool after_hook, struct events *out,
			const char **unknown, unsigned *line)
{
	const struct effect *f;
	struct event *e;
	size_t n, k = 0;

	for (n = 0; n < i->own.nr; n++) {
		if (k == i->order.nr || i->order.items[k] != i->own.items[n])
			continue;
		k++;
		if (n < first)
			continue;
		f = &i->c->effects[i->own.items[n]];
		e = vec_push(out);
		e->effect = f;
		e->name = f->kind == EFFECT_LOOP ? xstrdup("") : canonical_call(f->name);
		e->c = i->c;
		e->p = i->p;
		e->after_hook = after_hook;
		import_list(i, &f->args, &e->args);
		import_list(i, &f->sees, &e->sees);
		if (f->kind == EFFECT_ACTION)
			*vec_push(&e->args) = prot_of(i, f, false);
		e->result = import_term(i, f->result);
		if (f->kind != EFFECT_LOOP)
			continue;
		if (!f->passes || f->passes->unknown)
			not_understood(f,
				       f->passes ? f->passes->unknown
						 : "what the loop there does is not followed",
				       unknown, line);
		else
			e->looped = import_loop(i, n, f->passes, after_hook, unknown, line);
	}
}

void import_events(struct import *i, bool after_hook, struct events *out, const char **unknown,
		   unsigned *line)
{
	import_from(i, 0, after_hook, out, unknown, line);
}
