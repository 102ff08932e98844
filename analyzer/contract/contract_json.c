// SPDX-License-Identifier: GPL-2.0-only
/* A contract as JSON. */
#include <stdlib.h>

#include "base/json.h"
#include "contract/contract_json.h"
#include "contract/names.h"
#include "contract/term_internal.h"

/* What is written: the number of each term that is used, 0 for the others. */
struct writer { const struct contract *c; uint32_t *map; };

static void set_str(struct json_object *o, const char *key, const char *s)
{
	if (s)
		json_set_str(o, key, s);
}

static void set_int(struct json_object *o, const char *key, int64_t n)
{
	if (n)
		json_set_int(o, key, n);
}

static void set_bool(struct json_object *o, const char *key, bool b)
{
	if (b)
		json_object_object_add(o, key, json_object_new_boolean(true));
}

static void set_word(struct json_object *o, const char *key, const char *const *words, unsigned i)
{
	if (i)
		json_set_str(o, key, words[i]);
}

static void set_list(struct json_object *o, const char *key, struct json_object *list)
{
	if (json_object_array_length(list))
		json_object_object_add(o, key, list);
	else
		json_object_put(list);
}

/* Without a store there are no terms, whatever the numbers say. */
static bool is_term(const struct writer *w, term_t a)
{
	return w->c->terms && a < w->c->terms->nr;
}

static int64_t number(const struct writer *w, term_t a)
{
	return is_term(w, a) ? w->map[a] : 0;
}

static void set_terms(const struct writer *w, struct json_object *o, const char *key, const term_t *terms, size_t nr)
{
	struct json_object *list = json_object_new_array();
	size_t i;

	for (i = 0; i < nr; i++)
		json_object_array_add(list, json_object_new_int64(number(w, terms[i])));
	set_list(o, key, list);
}

static struct json_object *place_to_json(const struct writer *w, const struct pass_place *at)
{
	struct json_object *o = json_object_new_object();

	set_int(o, "address", number(w, at->address));
	set_int(o, "before", number(w, at->before));
	set_int(o, "pass", number(w, at->pass));
	return o;
}

static struct json_object *way_to_json(const struct writer *w, const struct pass_way *way)
{
	struct json_object *o = json_object_new_object(), *list = json_object_new_array();
	const uint32_t *i;

	json_set_str(o, "end", pass_end_names[way->end]);
	set_terms(w, o, "conditions", way->conditions.items, way->conditions.nr);
	vec_each(i, &way->effects)
		json_object_array_add(list, json_object_new_int64(*i));
	set_list(o, "effects", list);
	set_terms(w, o, "values", way->values.items, way->values.nr);
	return o;
}

static struct json_object *passes_to_json(const struct writer *w, const struct passes *p)
{
	struct json_object *o = json_object_new_object(), *list = json_object_new_array();
	const struct pass_place *at;
	const struct pass_way *way;

	set_int(o, "guards", p->guards);
	set_int(o, "before", p->before);
	vec_each(at, &p->places)
		json_object_array_add(list, place_to_json(w, at));
	set_list(o, "places", list);
	list = json_object_new_array();
	vec_each(way, &p->ways)
		json_object_array_add(list, way_to_json(w, way));
	set_list(o, "ways", list);
	set_bool(o, "outside", p->outside);
	set_str(o, "unknown", p->unknown);
	return o;
}

static struct json_object *effect_to_json(const struct writer *w, const struct effect *e)
{
	struct json_object *o = json_object_new_object();

	json_set_str(o, "kind", effect_names[e->kind]);
	set_word(o, "action", action_names, e->action);
	set_word(o, "extent", extent_names, e->extent);
	set_word(o, "state", state_names, e->state);
	set_int(o, "line", e->line);
	json_set_str(o, "name", e->name ? e->name : "");
	set_str(o, "detail", e->detail);
	set_str(o, "via", e->via);
	set_str(o, "file", e->file);
	set_bool(o, "in_loop", e->in_loop);
	set_bool(o, "local_prot", e->local_prot);
	set_bool(o, "prot_written", e->prot_written);
	set_bool(o, "file_private", e->file_private);
	set_int(o, "loop", e->loop);
	set_terms(w, o, "args", e->args.items, e->args.nr);
	set_int(o, "result", number(w, e->result));
	set_terms(w, o, "sees", e->sees.items, e->sees.nr);
	set_int(o, "memory", (int64_t)e->memory);
	set_int(o, "fresh", (int64_t)e->fresh);
	if (e->passes)
		json_object_object_add(o, "passes", passes_to_json(w, e->passes));
	return o;
}

static struct json_object *guard_to_json(const struct writer *w, const struct guard *g)
{
	struct json_object *o = json_object_new_object();

	json_set_str(o, "text", g->text);
	set_int(o, "line", g->line);
	set_bool(o, "taken", g->taken);
	set_int(o, "term", number(w, g->term));
	return o;
}

static struct json_object *path_to_json(const struct writer *w, const struct path *p)
{
	struct json_object *o = json_object_new_object(), *guards = json_object_new_array();
	struct json_object *effects = json_object_new_array(), *cells = json_object_new_object();
	const struct guard *g;
	const uint32_t *i;
	unsigned k;

	vec_each(g, &p->guards)
		json_object_array_add(guards, guard_to_json(w, g));
	set_list(o, "guards", guards);
	vec_each(i, &p->effects)
		json_object_array_add(effects, json_object_new_int64(*i));
	set_list(o, "effects", effects);
	json_set_str(o, "result", result_names[p->result]);
	set_int(o, "value", p->value);
	set_str(o, "call", p->call);
	set_int(o, "line", p->line);
	set_int(o, "result_term", number(w, p->result_term));
	for (k = 0; k < CELL_NR; k++)
		set_int(cells, cell_names[k], number(w, p->cells[k]));
	json_object_object_add(o, "cells", cells);
	set_int(o, "unmodelled", p->unmodelled);
	return o;
}

static struct json_object *unmodelled_to_json(const struct unmodelled *m)
{
	struct json_object *o = json_object_new_object();

	set_int(o, "line", m->line);
	json_set_str(o, "reason", m->reason);
	set_bool(o, "whole", m->whole);
	set_bool(o, "by_effect", m->by_effect);
	return o;
}

static struct json_object *helper_to_json(const struct helper *h)
{
	struct json_object *o = json_object_new_object();

	json_set_str(o, "name", h->name);
	set_int(o, "line", h->line);
	set_bool(o, "takes_vma", h->takes_vma);
	return o;
}

static struct json_object *flag_to_json(const struct flag_name *f)
{
	struct json_object *o = json_object_new_object();

	json_set_str(o, "name", f->name);
	json_set_int(o, "value", (int64_t)f->value);
	return o;
}

static void use(const struct writer *w, term_t a)
{
	if (is_term(w, a))
		w->map[a] = 1;
}

static void use_all(const struct writer *w, const struct term_list *list)
{
	const term_t *a;

	vec_each(a, list)
		use(w, *a);
}

static void use_passes(const struct writer *w, const struct passes *p)
{
	const struct pass_place *at;
	const struct pass_way *way;

	vec_each(at, &p->places) {
		use(w, at->address);
		use(w, at->before);
		use(w, at->pass);
	}
	vec_each(way, &p->ways) {
		use_all(w, &way->conditions);
		use_all(w, &way->values);
	}
}

static void number_terms(const struct writer *w)
{
	const struct contract *c = w->c;
	const struct path *p;
	const struct guard *g;
	uint32_t last = 0;
	size_t i;

	for (i = 0; i < c->nr_effects; i++) {
		use_all(w, &c->effects[i].args);
		use_all(w, &c->effects[i].sees);
		use(w, c->effects[i].result);
		if (c->effects[i].passes)
			use_passes(w, c->effects[i].passes);
	}
	vec_each(p, &c->paths) {
		vec_each(g, &p->guards)
			use(w, g->term);
		for (i = 0; i < CELL_NR; i++)
			use(w, p->cells[i]);
		use(w, p->result_term);
	}
	/* Operands come before what they are part of. */
	for (i = c->terms ? c->terms->nr : 0; i-- > 1;)
		if (w->map[i]) {
			w->map[c->terms->items[i].a] = 1;
			w->map[c->terms->items[i].b] = 1;
			w->map[c->terms->items[i].c] = 1;
		}
	w->map[0] = 0;
	for (i = 1; c->terms && i < c->terms->nr; i++)
		if (w->map[i])
			w->map[i] = ++last;
}

struct json_object *contract_to_json(const struct contract *c)
{
	struct json_object *o = json_object_new_object(), *list;
	struct writer w = { .c = c };
	const struct unmodelled *m;
	const struct flag_name *f;
	const struct helper *h;
	const struct path *p;
	size_t i;

	w.map = xcalloc(c->terms ? c->terms->nr : 1, sizeof(*w.map));
	number_terms(&w);
	json_set_str(o, "function", c->function);
	list = json_object_new_array();
	for (i = 0; i < c->nr_effects; i++)
		json_object_array_add(list, effect_to_json(&w, &c->effects[i]));
	json_object_object_add(o, "effects", list);
	list = json_object_new_array();
	vec_each(p, &c->paths)
		json_object_array_add(list, path_to_json(&w, p));
	json_object_object_add(o, "paths", list);
	list = json_object_new_array();
	vec_each(m, &c->unmodelled)
		json_object_array_add(list, unmodelled_to_json(m));
	json_object_object_add(o, "unmodelled", list);
	list = json_object_new_array();
	vec_each(h, &c->helpers)
		json_object_array_add(list, helper_to_json(h));
	json_object_object_add(o, "helpers", list);
	list = json_object_new_array();
	vec_each(f, &c->flags)
		json_object_array_add(list, flag_to_json(f));
	json_object_object_add(o, "flags", list);
	if (c->terms)
		json_object_object_add(o, "terms", terms_to_json(c->terms, w.map));
	set_int(o, "infeasible", c->infeasible);
	free(w.map);
	return o;
}
