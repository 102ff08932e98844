// SPDX-License-Identifier: GPL-2.0-only
/* A contract out of JSON, which nobody trusts. */
#include <errno.h>
#include <stdlib.h>

#include "contract/contract_json.h"
#include "contract/json_strict.h"
#include "contract/names.h"

static size_t nr_terms(const struct contract *c)
{
	return c->terms ? c->terms->nr : 1;
}

static term_t get_term(const struct contract *c, struct strict *r, const char *key)
{
	return (term_t)strict_uint(r, key, nr_terms(c) - 1);
}

static void get_terms(const struct contract *c, struct strict *r, const char *key, struct term_list *to)
{
	size_t i, len;
	struct json_object *list = strict_array(r, key, CONTRACT_MAX_ITEMS, &len);
	uint64_t n;

	for (i = 0; i < len; i++) {
		n = 0;
		r->bad |= !strict_number(json_object_array_get_idx(list, i), nr_terms(c) - 1, &n);
		*vec_push(to) = (term_t)n;
	}
}

static bool place_from_json(struct json_object *json, const struct contract *c, struct pass_place *at)
{
	struct strict r;

	strict_begin(&r, json);
	at->address = get_term(c, &r, "address");
	at->before = get_term(c, &r, "before");
	at->pass = get_term(c, &r, "pass");
	return strict_end(&r) && at->address && at->pass;
}

/* Of the loop that is effect i of nr: what it does stands behind it. */
static bool way_from_json(struct json_object *json, const struct contract *c, size_t i, size_t nr, struct pass_way *w)
{
	struct json_object *list;
	struct strict r;
	size_t k, len;
	uint64_t n;

	strict_begin(&r, json);
	w->end = (enum pass_end)strict_word(&r, "end", pass_end_names);
	get_terms(c, &r, "conditions", &w->conditions);
	get_terms(c, &r, "values", &w->values);
	list = strict_array(&r, "effects", CONTRACT_MAX_ITEMS, &len);
	for (k = 0; k < len; k++) {
		if (!strict_number(json_object_array_get_idx(list, k), nr - 1, &n) || n <= i)
			return false;
		*vec_push(&w->effects) = (uint32_t)n;
	}
	return strict_end(&r);
}

static bool passes_from_json(struct json_object *json, const struct contract *c, size_t i, size_t nr, struct passes *p)
{
	struct json_object *list;
	struct pass_way *w;
	struct strict r;
	size_t k, len;

	strict_begin(&r, json);
	p->guards = (uint32_t)strict_uint(&r, "guards", CONTRACT_MAX_ITEMS);
	p->before = (uint32_t)strict_uint(&r, "before", CONTRACT_MAX_ITEMS);
	list = strict_array(&r, "places", CONTRACT_MAX_ITEMS, &len);
	for (k = 0; k < len; k++)
		if (!place_from_json(json_object_array_get_idx(list, k), c, vec_push(&p->places)))
			return false;
	list = strict_array(&r, "ways", CONTRACT_MAX_ITEMS, &len);
	for (k = 0; k < len; k++) {
		w = vec_push(&p->ways);
		if (!way_from_json(json_object_array_get_idx(list, k), c, i, nr, w) ||
		    w->values.nr != (w->end == PASS_AGAIN ? p->places.nr : 0))
			return false;
	}
	p->outside = strict_bool(&r, "outside");
	p->unknown = strict_str(&r, "unknown", false);
	return strict_end(&r);
}

/* Effect i of nr; a loop stands before its body, so that nesting ends. */
static bool effect_from_json(struct json_object *json, struct contract *c, size_t i, size_t nr)
{
	struct effect *e = &c->effects[i];
	struct json_object *passes;
	struct strict r;

	strict_begin(&r, json);
	e->kind = (enum effect_kind)strict_word(&r, "kind", effect_names);
	e->action = (enum action_kind)strict_word(&r, "action", action_names);
	e->extent = (enum action_extent)strict_word(&r, "extent", extent_names);
	e->state = (enum state_kind)strict_word(&r, "state", state_names);
	e->line = (unsigned)strict_uint(&r, "line", UINT32_MAX);
	e->name = strict_str(&r, "name", true);
	e->detail = strict_str(&r, "detail", false);
	e->via = strict_str(&r, "via", false);
	e->file = strict_str(&r, "file", false);
	e->in_loop = strict_bool(&r, "in_loop");
	e->local_prot = strict_bool(&r, "local_prot");
	e->prot_written = strict_bool(&r, "prot_written");
	e->file_private = strict_bool(&r, "file_private");
	e->loop = (uint32_t)strict_uint(&r, "loop", i);
	get_terms(c, &r, "args", &e->args);
	get_terms(c, &r, "sees", &e->sees);
	e->result = get_term(c, &r, "result");
	e->memory = strict_uint(&r, "memory", INT64_MAX);
	e->fresh = strict_uint(&r, "fresh", INT64_MAX);
	passes = strict_member(&r, "passes");
	if (passes) {
		e->passes = xcalloc(1, sizeof(*e->passes));
		if (e->kind != EFFECT_LOOP || !passes_from_json(passes, c, i, nr, e->passes))
			return false;
	}
	return strict_end(&r) && !(e->sees.nr % 2) && (!e->loop || c->effects[e->loop - 1].kind == EFFECT_LOOP);
}

static bool guard_from_json(struct json_object *json, const struct contract *c, struct guard *g)
{
	struct strict r;

	strict_begin(&r, json);
	g->text = strict_str(&r, "text", true);
	g->line = (unsigned)strict_uint(&r, "line", UINT32_MAX);
	g->taken = strict_bool(&r, "taken");
	g->term = get_term(c, &r, "term");
	return strict_end(&r);
}

static bool cells_from_json(struct json_object *json, const struct contract *c, struct path *p)
{
	struct strict r;
	unsigned i;

	strict_begin(&r, json);
	for (i = 0; i < CELL_NR; i++)
		p->cells[i] = get_term(c, &r, cell_names[i]);
	return strict_end(&r);
}

static bool path_from_json(struct json_object *json, const struct contract *c, struct path *p)
{
	struct json_object *list, *cells;
	struct strict r;
	size_t i, len;
	uint64_t n;

	strict_begin(&r, json);
	list = strict_array(&r, "guards", CONTRACT_MAX_ITEMS, &len);
	for (i = 0; i < len; i++)
		if (!guard_from_json(json_object_array_get_idx(list, i), c, vec_push(&p->guards)))
			return false;
	list = strict_array(&r, "effects", CONTRACT_MAX_ITEMS, &len);
	for (i = 0; i < len; i++) {
		if (!c->nr_effects || !strict_number(json_object_array_get_idx(list, i), c->nr_effects - 1, &n))
			return false;
		*vec_push(&p->effects) = (uint32_t)n;
	}
	p->result = (enum result_kind)strict_word(&r, "result", result_names);
	p->value = strict_int(&r, "value");
	p->call = strict_str(&r, "call", false);
	p->line = (unsigned)strict_uint(&r, "line", UINT32_MAX);
	p->result_term = get_term(c, &r, "result_term");
	p->unmodelled = (uint32_t)strict_uint(&r, "unmodelled", c->unmodelled.nr);
	cells = strict_member(&r, "cells");
	return cells && cells_from_json(cells, c, p) && strict_end(&r);
}

static bool unmodelled_from_json(struct json_object *json, struct unmodelled *m)
{
	struct strict r;

	strict_begin(&r, json);
	m->line = (unsigned)strict_uint(&r, "line", UINT32_MAX);
	m->reason = strict_str(&r, "reason", true);
	m->whole = strict_bool(&r, "whole");
	m->by_effect = strict_bool(&r, "by_effect");
	return strict_end(&r);
}

static bool helper_from_json(struct json_object *json, struct helper *h)
{
	struct strict r;

	strict_begin(&r, json);
	h->name = strict_str(&r, "name", true);
	h->line = (unsigned)strict_uint(&r, "line", UINT32_MAX);
	h->takes_vma = strict_bool(&r, "takes_vma");
	return strict_end(&r);
}

static bool flag_from_json(struct json_object *json, struct flag_name *f)
{
	struct strict r;

	strict_begin(&r, json);
	f->name = strict_str(&r, "name", true);
	f->value = (uint64_t)strict_int(&r, "value");
	return strict_end(&r);
}

static bool lists_from_json(struct strict *r, struct contract *c)
{
	struct json_object *list;
	size_t i, len;

	list = strict_array(r, "unmodelled", CONTRACT_MAX_ITEMS, &len);
	for (i = 0; i < len; i++)
		if (!unmodelled_from_json(json_object_array_get_idx(list, i), vec_push(&c->unmodelled)))
			return false;
	list = strict_array(r, "helpers", CONTRACT_MAX_ITEMS, &len);
	for (i = 0; i < len; i++)
		if (!helper_from_json(json_object_array_get_idx(list, i), vec_push(&c->helpers)))
			return false;
	list = strict_array(r, "flags", CONTRACT_MAX_ITEMS, &len);
	for (i = 0; i < len; i++)
		if (!flag_from_json(json_object_array_get_idx(list, i), vec_push(&c->flags)))
			return false;
	list = strict_array(r, "effects", CONTRACT_MAX_ITEMS, &len);
	c->effects = xcalloc(len + 1, sizeof(*c->effects));
	c->cap_effects = len + 1;
	for (i = 0; i < len; i++) {
		c->nr_effects++;
		if (!effect_from_json(json_object_array_get_idx(list, i), c, i, len))
			return false;
	}
	list = strict_array(r, "paths", CONTRACT_MAX_ITEMS, &len);
	for (i = 0; i < len; i++)
		if (!path_from_json(json_object_array_get_idx(list, i), c, vec_push(&c->paths)))
			return false;
	return true;
}

int contract_from_json(struct json_object *json, struct contract *c)
{
	struct json_object *terms;
	struct strict r;

	strict_begin(&r, json);
	c->function = strict_str(&r, "function", true);
	c->infeasible = (unsigned)strict_uint(&r, "infeasible", UINT32_MAX);
	terms = strict_member(&r, "terms");
	if (terms)
		c->terms = terms_from_json(terms);
	if ((terms && !c->terms) || !lists_from_json(&r, c) || !strict_end(&r)) {
		contract_free(c);
		return -EINVAL;
	}
	return 0;
}
