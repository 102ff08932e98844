// SPDX-License-Identifier: GPL-2.0-only
/* The terms of one path in the common store, named as internal.h says. */
#include <stdlib.h>
#include <string.h>

#include "prove/internal.h"

enum { MAX_ARGS = 64 };

/* include/linux/mm.h; the same in every release and on every architecture: IO, PFNMAP, DONTEXPAND, DONTDUMP; MIXEDMAP. */
enum { BIT_SHARED = 0x8, BIT_MAYWRITE = 0x20, BITS_REMAPPED = 0x4044400, BIT_INSERTED = 0x10000000 };

static bool writes_field(const struct contract *c, const struct effect *e, const char *name)
{
	const struct term *at = e->args.nr > 1 ? term_at(c->terms, e->args.items[0]) : NULL;

	return e->kind == EFFECT_VMA_FIELD && at && at->op == TERM_FIELD && at->name && !strcmp(at->name, name);
}

bool is_override(const struct contract *c, const struct effect *e)
{
	return writes_field(c, e, "error_override");
}

bool is_error_hook(const struct contract *c, const struct effect *e)
{
	return writes_field(c, e, "error_hook");
}

bool is_event(const struct contract *c, const struct effect *e)
{
	/* The fields that are compared by what stands in them at the end are no events; others of the vma are. */
	if (effect_writes_vma(e))
		return e->kind == EFFECT_VMA_FIELD && !is_override(c, e) && !is_error_hook(c, e);
	switch (e->kind) {
	case EFFECT_OPEN:		/* what it does is listed behind it */
		return false;
	case EFFECT_ACTION:
		if (e->in_loop)
			return true;
		switch (e->action) {
		case ACTION_REMAP:
		case ACTION_IOREMAP:
		case ACTION_SIMPLE_IOREMAP:
		case ACTION_INSERT_PAGES:
		case ACTION_MAP_PAGES:
		case ACTION_MAP_PAGES_ZERO:
			return false;
		default:
			return true;
		}
	default:
		return true;
	}
}

char *canonical_call(const char *name)
{
	const struct model *m = model_find(name);
	size_t len = strlen(name);

	if (m && m->kind == MODEL_GENERIC && str_ends(name, "_prepare"))
		return xasprintf("%.*s", (int)(len - strlen("_prepare")), name);
	return xstrdup(name);
}

term_t populate_result(struct terms *t)
{
	return term_symbol(t, "what populating returns", ctype_int);
}

static struct ctype word(const struct terms *t)
{
	return (struct ctype){ .kind = CTYPE_INT, .bits = t->pointer_bits ? t->pointer_bits : 64 };
}

term_t flags_after(struct terms *t, enum action_kind kind, term_t flags)
{
	bool pages = kind == ACTION_INSERT_PAGE || kind == ACTION_INSERT_PAGES || kind == ACTION_MAP_PAGES || kind == ACTION_MAP_PAGES_ZERO;

	return term_op(t, TERM_OR, flags, term_const(t, pages ? BIT_INSERTED : BITS_REMAPPED, word(t)), word(t));
}

term_t is_cow(struct terms *t, term_t flags)
{
	return term_op(t, TERM_EQ, term_op(t, TERM_AND, flags, term_const(t, BIT_SHARED | BIT_MAYWRITE, word(t)), word(t)),
		       term_const(t, BIT_MAYWRITE, word(t)), ctype_bool);
}

term_t pgoff_after(struct terms *t, enum action_kind kind, term_t flags, term_t pgoff, const struct term_list *args)
{
	term_t pfn;

	if (kind != ACTION_REMAP && kind != ACTION_IOREMAP && kind != ACTION_SIMPLE_IOREMAP)
		return pgoff;
	if (kind == ACTION_SIMPLE_IOREMAP)
		pfn = args->nr && args->items[0] ? simple_pfn(t, args->items[0], pgoff) : 0;
	else
		pfn = args->nr > 1 ? args->items[1] : 0;
	if (!pfn)
		pfn = term_symbol(t, UNPAIRED "first pfn", word(t));
	return term_ite(t, is_cow(t, flags), term_convert(t, pfn, word(t)), pgoff);
}

static size_t nr_locals_before(const struct import *i, const char *name, uint64_t number)
{
	const struct terms *t = i->c->terms;
	size_t n = 0;
	term_t a;

	for (a = 1; a < t->nr; a++)
		n += t->items[a].op == TERM_LOCAL && t->items[a].value < number && !strcmp(t->items[a].name, name);
	return n;
}

/* Events of the path that began before a number was given out. */
static size_t events_until(const struct import *i, uint64_t number, bool fresh)
{
	const struct effect *e;
	const uint32_t *k;
	size_t n = 0;

	vec_each(k, &i->order) {
		e = &i->c->effects[*k];
		n += (fresh ? e->fresh : e->memory) < number;
	}
	return i->events_before + n;
}

static term_t import_fresh(struct import *i, const struct term *x)
{
	size_t at = events_until(i, x->value, true);
	const struct terms *t = i->c->terms;
	/* The name of a place: what the effects before left there.  Of any other, what made it stands nowhere. */
	bool only = !strchr(x->name, ' ');
	char *name;
	term_t a;

	for (a = 1; a < t->nr; a++)
		only &= !i->used[a] || t->items[a].op != TERM_FRESH || t->items[a].value == x->value ||
			strcmp(t->items[a].name, x->name) || events_until(i, t->items[a].value, true) != at;
	name = only ? xasprintf("<%s> %zu", x->name, at)
		    : xasprintf(UNPAIRED "%s %s %llu", i->side, x->name, (unsigned long long)x->value);
	a = term_symbol(i->to, name, x->type);
	free(name);
	return a;
}

static term_t import_symbol(struct import *i, const struct term *x)
{
	static const enum vma_cell cells[] = { CELL_START, CELL_END, CELL_PGOFF };
	size_t k;

	for (k = 0; k < 3; k++)
		if (i->params[k] && contract_is_parameter(x->name, i->params[k]))
			return i->cells[cells[k]];
	for (k = 0; i->taken_over && k < CELL_NR; k++)
		if (k != CELL_FILE && !strcmp(x->name, vma_cell_name((enum vma_cell)k)))
			return i->cells[k];
	if (i->error_param && contract_is_parameter(x->name, i->error_param))
		return i->error;
	/* After the hook the file is the mapping's. */
	if (i->pointer && !strcmp(x->name, "file") && i->cells[CELL_FILE])
		return i->cells[CELL_FILE];
	return term_symbol(i->to, x->name, x->type);
}

/* The last occurrence of a function before this contract's. */
static uint64_t occurrences(const struct import *i, const char *name)
{
	const struct import *b = i->before;
	const struct terms *t;
	uint64_t n = 0;
	term_t a;

	if (!b || !name)
		return 0;
	t = b->c->terms;
	for (a = 1; a < t->nr; a++)
		if (t->items[a].op == TERM_CALL && t->items[a].name && !strcmp(t->items[a].name, name) &&
		    !(t->items[a].value & TERM_CALL_STATE) && t->items[a].value > n)
			n = t->items[a].value;
	return n + occurrences(b, name);
}

static uint64_t call_number(const struct import *i, const struct term *x)
{
	if (x->value & TERM_CALL_STATE)
		return TERM_CALL_STATE | events_until(i, x->value & ~TERM_CALL_STATE, false);
	if (!x->value)
		return 0;
	return x->value + occurrences(i, x->name);
}

/* The result of a call in a loop is each pass's own. */
static bool is_in_loop(const struct import *i, term_t a)
{
	const struct effect *e;

	for (e = i->c->effects; e < i->c->effects + i->c->nr_effects; e++)
		if (e->in_loop && e->kind == EFFECT_ACTION && e->result &&
		    term_strip(i->c->terms, e->result) == term_strip(i->c->terms, a))
			return true;
	return false;
}

static term_t import_call(struct import *i, term_t a, const struct term *x)
{
	static const char flags_prefix[] = "flags after ", pgoff_prefix[] = "pgoff after ";
	const struct terms *from = i->c->terms;
	const struct model *m = x->name ? model_find(x->name) : NULL;
	term_t args[MAX_ARGS], list, r;
	struct term_list tail;
	size_t nr = 0;
	char *name;

	for (list = x->b; list && nr < MAX_ARGS; list = from->items[list].b)
		args[nr++] = i->map[from->items[list].a];
	if (m && m->kind == MODEL_ACTION && !m->deferred && m->action >= ACTION_REMAP && m->action <= ACTION_MAP_PAGES_ZERO &&
	    m->action != ACTION_INSERT_PAGE && !is_in_loop(i, a))
		return term_convert(i->to, i->populated ? i->populated : populate_result(i->to), x->type);
	if (m && m->kind == MODEL_GENERIC)
		nr = 0;
	/* contract/effects.c, after_action(): flags, pgoff, result, then the arguments but the vma */
	if (x->name && nr >= 3 && (str_starts(x->name, flags_prefix) || str_starts(x->name, pgoff_prefix))) {
		m = model_find(x->name + sizeof(flags_prefix) - 1);
		if (m && m->action != ACTION_NONE && m->action != ACTION_DMA && str_starts(x->name, flags_prefix))
			return flags_after(i->to, m->action, args[0]);
		tail = (struct term_list){ args + 3, nr - 3, nr - 3 };
		if (m && (m->action == ACTION_REMAP || m->action == ACTION_IOREMAP || m->action == ACTION_SIMPLE_IOREMAP))
			return pgoff_after(i->to, m->action, args[0], args[1], &tail);
	}
	name = x->name ? canonical_call(x->name) : NULL;
	r = term_call(i->to, name, x->a ? i->map[x->a] : 0, args, nr, call_number(i, x), x->type);
	free(name);
	return r;
}

static term_t import_load(struct import *i, const struct term *x)
{
	const struct term *at = term_at(i->c->terms, term_strip(i->c->terms, x->a));

	if (i->pointer && at->op == TERM_SYMBOL && !strcmp(at->name, i->pointer) && i->pointer_written && x->value)
		return term_symbol(i->to, UNPAIRED "vm_private_data, written by mapped", x->type);
	if (i->pointer && at->op == TERM_SYMBOL && !strcmp(at->name, i->pointer) && i->cells[CELL_PRIVATE_DATA])
		return term_convert(i->to, i->cells[CELL_PRIVATE_DATA], x->type);
	return term_load(i->to, i->map[x->a], events_until(i, x->value, false), x->type);
}

static term_t rebuild(struct import *i, term_t of, const struct term *x)
{
	struct terms *t = i->to;
	term_t a = i->map[x->a], b = i->map[x->b];

	switch (x->op) {
	case TERM_NONE:
	case TERM_LIST:			/* part of a call */
		return 0;
	case TERM_CONST:
		return term_const(t, x->value, x->type);
	case TERM_SYMBOL:
		return import_symbol(i, x);
	case TERM_GLOBAL:
		return term_global(t, x->name);
	case TERM_LOCAL:
		return term_local(t, x->name, nr_locals_before(i, x->name, x->value));
	case TERM_FRESH:
		return import_fresh(i, x);
	case TERM_FIELD:
		return term_field(t, a, x->name, x->value);
	case TERM_ELEMENT:
		return term_element(t, a, b, x->value);
	case TERM_LOAD:
		return import_load(i, x);
	case TERM_MEMBER:
		return term_member(t, a, x->name, x->type);
	case TERM_CALL:
		return import_call(i, of, x);
	case TERM_ITE:
		return term_ite(t, a, b, i->map[x->c]);
	case TERM_NOT:
		return term_not(t, a);
	default:
		return term_op(t, x->op, a, b, x->type);
	}
}

term_t import_term(struct import *i, term_t a)
{
	const struct terms *from = i->c->terms;
	VEC(term_t) todo = { 0 };
	struct term x;
	term_t top;

	if (!a)
		return 0;
	*vec_push(&todo) = a;
	while (todo.nr) {
		size_t before = todo.nr;

		top = todo.items[todo.nr - 1];
		x = *term_at(from, top);
		if (x.a && !i->map[x.a])
			*vec_push(&todo) = x.a;
		if (x.b && !i->map[x.b] && from->items[x.b].op != TERM_LIST)
			*vec_push(&todo) = x.b;
		if (x.c && !i->map[x.c])
			*vec_push(&todo) = x.c;
		if (x.op == TERM_CALL) {
			term_t list;

			for (list = x.b; list; list = from->items[list].b)
				if (from->items[list].a && !i->map[from->items[list].a])
					*vec_push(&todo) = from->items[list].a;
		}
		if (todo.nr > before)
			continue;
		todo.nr--;
		if (!i->map[top])
			i->map[top] = rebuild(i, top, &x);
		if (!i->map[top])
			i->map[top] = term_symbol(i->to, UNPAIRED "not read", x.type);
	}
	vec_free(&todo);
	return i->map[a];
}

/* mapped sets the mapping's vm_private_data: no event, but one of its cells. */
static bool is_pointer_store(const struct import *i, const struct effect *e)
{
	const struct term *x = e->kind == EFFECT_STORE && e->args.nr > 1 ? term_at(i->c->terms, e->args.items[0]) : NULL;

	return x && i->pointer && x->op == TERM_SYMBOL && !strcmp(x->name, i->pointer);
}

static void use(struct import *i, const struct term_list *list)
{
	const term_t *a;

	vec_each(a, list)
		i->used[*a] = true;
}

/* The terms that these effects are made of; i->used has what else there is already. */
static void mark_used(struct import *i)
{
	const struct terms *t = i->c->terms;
	const struct pass_place *at;
	const struct effect *e;
	const uint32_t *k;
	size_t n;

	vec_each(k, &i->own) {
		e = &i->c->effects[*k];
		i->used[e->result] = true;
		use(i, &e->args);
		use(i, &e->sees);
		/* Whether they are read there or not: who has a place's name is it. */
		if (e->passes)
			vec_each(at, &e->passes->places)
				i->used[at->before] = i->used[at->pass] = true;
	}
	for (n = t->nr; n-- > 1;)
		if (i->used[n]) {
			i->used[t->items[n].a] = true;
			i->used[t->items[n].b] = true;
			i->used[t->items[n].c] = true;
		}
}

/* Of a list of effects, those that are not of passes before the one that ended the loop. */
static void add_own(struct import *i, const uint32_t *effects, size_t nr)
{
	const struct effect *e;
	size_t n;

	for (n = 0; n < nr; n++) {
		e = &i->c->effects[effects[n]];
		*vec_push(&i->own) = effects[n];
		if (e->passes)
			n += e->passes->before;
	}
}

static void begin(struct import *i)
{
	const struct preset *known;
	const struct effect *e;
	const uint32_t *k;

	i->map = xcalloc(i->c->terms->nr + 1, sizeof(*i->map));
	if (i->presets)
		vec_each(known, i->presets)
			i->map[known->from] = known->to;
	mark_used(i);
	vec_each(k, &i->own) {
		e = &i->c->effects[*k];
		if (e == i->no_events[0] || e == i->no_events[1])
			continue;
		if (is_pointer_store(i, e) && !e->in_loop)
			i->pointer_written = e->args.items[1];
		else if (e != i->handed && is_event(i->c, e))
			*vec_push(&i->order) = *k;
	}
}

void import_begin(struct import *i, const struct contract *c, const struct path *p)
{
	const struct guard *g;
	size_t n;

	i->c = c;
	i->p = p;
	i->used = xcalloc(c->terms->nr + 1, sizeof(*i->used));
	vec_each(g, &p->guards)
		i->used[g->term] = true;
	for (n = 0; n < CELL_NR; n++)
		i->used[p->cells[n]] = true;
	i->used[p->result_term] = true;
	add_own(i, p->effects.items, p->effects.nr);
	begin(i);
}

void import_begin_way(struct import *w, const struct import *i, size_t at, const struct pass_way *way)
{
	size_t n;

	*w = *i;
	memset(&w->own, 0, sizeof(w->own));
	memset(&w->order, 0, sizeof(w->order));
	w->pointer_written = 0;
	w->used = xcalloc(i->c->terms->nr + 1, sizeof(*w->used));
	use(w, &way->conditions);
	use(w, &way->values);
	for (n = 0; n <= at; n++)
		*vec_push(&w->own) = i->own.items[n];
	add_own(w, way->effects.items, way->effects.nr);
	begin(w);
}

void import_end(struct import *i)
{
	vec_free(&i->own);
	vec_free(&i->order);
	free(i->used);
	free(i->map);
}
