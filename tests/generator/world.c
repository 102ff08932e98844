// SPDX-License-Identifier: GPL-2.0-only
#include "world.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "contract/models.h"

static const struct term *at(const struct world *w, term_t a)
{
	return term_at(w->c->terms, a);
}

void world_begin(struct world *w, const unsigned char *memory)
{
	if (!w->start)
		w->start = xcalloc(1, w->run->memory_size);
	memmove(w->start, memory, w->run->memory_size);
	free(w->known);
	w->known = xcalloc(w->c->terms->nr, sizeof(*w->known));
	w->nr_states = 0;
	w->locals.nr = 0;
	free(w->impure);
	w->impure = NULL;
}

void world_path(struct world *w, const struct path *p)
{
	bool loops = false;
	const uint32_t *i;

	vec_each (i, &p->effects)
		loops |= w->c->effects[*i].kind == EFFECT_LOOP;
	/* Which state of memory and which call a term stands for is the path's. */
	memset(w->known, 0, w->c->terms->nr * sizeof(*w->known));
	w->loops = loops;
	w->path = p;
	w->nr_states = 0;
	w->calls.nr = 0;
}

void world_add_state(struct world *w, const unsigned char *memory)
{
	struct memory_state *s;

	/* Buffers of the last path are there still. */
	if (w->nr_states == w->states.nr)
		vec_push(&w->states)->bytes = xcalloc(1, w->run->memory_size);
	s = &w->states.items[w->nr_states++];
	s->known = memory;
	if (memory)
		memcpy(s->bytes, memory, w->run->memory_size);
}

void world_free(struct world *w)
{
	struct memory_state *s;

	vec_each (s, &w->states)
		free(s->bytes);
	vec_free(&w->states);
	free(w->start);
	vec_free(&w->locals);
	vec_free(&w->calls);
	free(w->known);
	free(w->impure);
}

const struct event *world_event(const struct world *w, const char *name, uint64_t nr)
{
	const struct trace *t = w->run->trace;
	unsigned i;

	for (i = 0; i < t->nr; i++)
		if (!strcmp(t->events[i].name, name) && !--nr)
			return &t->events[i];
	return NULL;
}

/* Memory in a state of the path: after the last effect that came before it; NULL: not got to. */
static const unsigned char *memory_of(const struct world *w, uint64_t number)
{
	size_t i, nr = 0;

	for (i = 0; number && i < w->path->effects.nr; i++)
		if (w->c->effects[w->path->effects.items[i]].memory < number)
			nr = i + 1;
	if (!nr)
		return w->start;
	return nr <= w->nr_states && w->states.items[nr - 1].known ? w->states.items[nr - 1].bytes
								   : NULL;
}

static int read_memory(const struct world *w, uint64_t address, uint64_t state, unsigned size,
		       struct value *v)
{
	const unsigned char *memory = memory_of(w, state);
	long offset = w->run->offset(address, size);

	if (size > VALUE_BYTES)
		return -ENODATA;
	memset(v, 0, sizeof(*v));
	v->size = size;
	if (offset >= 0) {
		if (!memory)
			return -ENODATA;
		memcpy(v->bytes, memory + offset, size);
		return 0;
	}
	/* Tables do not change. */
	if (!w->run->readable(address, size))
		return -ENODATA;
	memcpy(v->bytes, (const void *)address, size);
	return 0;
}

static unsigned size_of(const struct world *w, term_t a)
{
	const struct term *t = at(w, a);
	const struct member *m;

	if (t->type.kind == CTYPE_INT || t->type.kind == CTYPE_POINTER)
		return t->type.bits / 8;
	if (t->type.kind == CTYPE_BOOL)
		return 1;
	/* A record: as long as the member that it was read from. */
	if (t->op == TERM_LOAD && at(w, t->a)->op == TERM_FIELD) {
		m = member_at(at(w, t->a)->name, at(w, t->a)->value);
		return m ? m->size : 0;
	}
	return 0;
}

static int load(struct world *w, const struct term *t, term_t a, struct value *v)
{
	const struct member *m;
	uint64_t address;
	int ret = world_address(w, t->a, &address, &m);

	if (ret)
		return ret;
	if (!m) {
		unsigned size = size_of(w, a);

		return size ? read_memory(w, address, t->value, size, v) : -ENODATA;
	}
	ret = read_memory(w, address, t->value, m->size, v);
	if (!ret)
		value_set_number(v, bits_read(m, v->bytes), 8);
	return ret;
}

static int member_of(struct world *w, const struct term *t, struct value *v)
{
	const struct member *m = member_find(t->name);
	struct value record;
	int ret = world_value(w, t->a, &record);

	if (ret)
		return ret;
	if (!m || m->offset + m->size > VALUE_BYTES)
		return -ENODATA;
	if (m->bits) {
		value_set_number(v, bits_read(m, record.bytes + m->offset), 8);
		return 0;
	}
	memset(v, 0, sizeof(*v));
	v->size = m->size;
	memcpy(v->bytes, record.bytes + m->offset, m->size);
	return 0;
}

/* A record with one member replaced, as the engine writes it: {name}(record, value); {}: all 0. */
static int record_with(struct world *w, const struct term *t, struct value *v)
{
	const struct term *list = at(w, t->b), *second = at(w, list->b);
	char name[64];
	const struct member *m;
	struct value member;
	size_t len = strlen(t->name);
	int ret;

	memset(v, 0, sizeof(*v));
	if (len <= 2 || !t->b)
		return 0;
	if (len - 2 >= sizeof(name))
		return -ENODATA;
	memcpy(name, t->name + 1, len - 2);
	name[len - 2] = '\0';
	m = member_find(name);
	ret = world_value(w, list->a, v);
	if (!ret)
		ret = world_value(w, second->a, &member);
	if (ret)
		return ret;
	if (!m || m->offset + m->size > VALUE_BYTES)
		return -ENODATA;
	if (m->bits)
		bits_write(m, v->bytes + m->offset, value_number(&member));
	else
		memcpy(v->bytes + m->offset, member.bytes, m->size);
	if (v->size < m->offset + m->size)
		v->size = m->offset + m->size;
	return 0;
}

/* Arguments that are known and differ: another call. */
static bool same_arguments(const struct event *e, const struct value *args, unsigned nr)
{
	unsigned i;

	for (i = 0; i < nr && i < e->nr_args; i++)
		if (!value_equal(&e->args[i], &args[i], e->args[i].size))
			return false;
	return true;
}

/* A function that changes nothing.  Of one that reads memory, the number is the state that it read. */
static int pure_call(struct world *w, const struct term *t, struct value *v)
{
	const struct model *m = model_find(t->name);
	struct value args[TRACE_ARGS];
	const struct event *e, *found = NULL;
	unsigned nr = 0;
	term_t list;
	uint64_t i;
	int ret;

	for (list = t->b; list && nr < TRACE_ARGS; list = at(w, list)->b) {
		ret = world_value(w, at(w, list)->a, &args[nr++]);
		if (ret)
			return ret;
	}
	if (w->run->pure(t->name, args, nr, memory_of(w, t->value), v))
		return 0;
	for (i = 1; (e = world_event(w, t->name, i)); i++) {
		if (!same_arguments(e, args, nr))
			continue;
		if (found && !value_equal(&found->result, &e->result, e->result.size)) {
			/* A call by its number that the run did not come to is none. */
			if (!w->impure && !t->value && (!m || m->kind == MODEL_VALUE))
				w->impure = xstrdup(t->name);
			return -ENODATA;
		}
		found = e;
	}
	if (!found || (!m && t->value))
		return -ENODATA;
	*v = found->result;
	return 0;
}

static bool changes_nothing(const char *name)
{
	const struct model *m = model_find(name);

	return m && (m->kind == MODEL_PURE || m->kind == MODEL_READ || m->kind == MODEL_VALUE);
}

/* Through a pointer: by the member that it was read from. */
static int pointer_call(struct world *w, const struct term *t, struct value *v)
{
	const struct term *callee = at(w, t->a), *field;
	const struct trace *trace = w->run->trace;
	uint64_t nr = t->value;
	char *suffix;
	unsigned i;

	if (callee->op != TERM_LOAD)
		return -ENODATA;
	field = at(w, callee->a);
	if (field->op != TERM_FIELD || !field->name)
		return -ENODATA;
	suffix = xasprintf(".%s", field->name);
	for (i = 0; i < trace->nr; i++)
		if (str_ends(trace->events[i].name, suffix) && !--nr)
			break;
	free(suffix);
	if (i == trace->nr)
		return -ENODATA;
	*v = trace->events[i].result;
	return 0;
}

static int call(struct world *w, term_t a, struct value *v)
{
	const struct term *t = at(w, a);
	const struct event *e = NULL;
	const struct call_event *k;

	vec_each (k, &w->calls)
		if (k->call == a)
			e = k->event;
	if (!e && t->name && changes_nothing(t->name))
		return pure_call(w, t, v);
	if (!e && w->loops && t->value)
		return -ENODATA;
	if (!e && !t->name)
		return pointer_call(w, t, v);
	if (!e && t->name[0] == '{')
		return record_with(w, t, v);
	if (!e && !t->value)
		return pure_call(w, t, v);
	if (!e)
		e = world_event(w, t->name, t->value);
	if (!e)
		return pure_call(w, t, v);
	*v = e->result;
	return e->result.size ? 0 : -ENODATA;
}

static int symbol(struct world *w, const struct term *t, struct value *v)
{
	const struct request *r = w->request;
	const struct {
		const char *name;
		uint64_t value;
	} symbols[] = {
		{ "start", r->start },
		{ "end", r->end },
		{ "pgoff", r->pgoff },
		{ "flags", r->flags },
		{ "prot", r->prot },
		{ "private_data", r->private_data },
		{ "vm_ops", r->vm_ops },
		{ "file", (uint64_t)w->run->file },
		{ "vma", (uint64_t)w->run->vma },
		{ "mm", (uint64_t)w->run->mm },
	};
	uint64_t value;
	size_t i;

	for (i = 0; i < sizeof(symbols) / sizeof(*symbols); i++)
		if (t->name && !strcmp(symbols[i].name, t->name)) {
			value_set_number(v, symbols[i].value, 8);
			return 0;
		}
	if (t->name && w->run->parameter && w->run->parameter(t->name, &value)) {
		value_set_number(v, value, 8);
		return 0;
	}
	return -ENODATA;
}

static int local(struct world *w, term_t a, struct value *v)
{
	const struct local_address *l;

	vec_each (l, &w->locals)
		if (l->local == a) {
			value_set_number(v, l->address, 8);
			return 0;
		}
	return -ENODATA;
}

static int leaf_value(struct world *w, term_t a, struct value *v)
{
	const struct term *t = at(w, a);
	uint64_t address;

	switch (t->op) {
	case TERM_SYMBOL:
		return symbol(w, t, v);
	case TERM_GLOBAL:
		address = t->name ? w->symbol(w->ctx, t->name) : 0;
		value_set_number(v, address, 8);
		return address ? 0 : -ENODATA;
	case TERM_LOCAL:
		return local(w, a, v);
	case TERM_LOAD:
		return load(w, t, a, v);
	case TERM_MEMBER:
		return member_of(w, t, v);
	case TERM_CALL:
		return call(w, a, v);
	default:
		return -ENODATA;
	}
}

static int leaf(void *ctx, const struct terms *t, term_t a, const uint64_t *args, size_t nr,
		uint64_t *value)
{
	struct world *w = ctx;
	struct value v;
	int ret;

	(void)args; /* records do not fit in there: operands are asked for again */
	(void)nr;
	*value = 0;
	if (term_at(t, a)->type.kind == CTYPE_RECORD)
		return 0;
	ret = leaf_value(w, a, &v);
	if (!ret)
		*value = value_number(&v);
	return ret;
}

int world_number(struct world *w, term_t a, uint64_t *number)
{
	struct term_world tw = { .leaf = leaf, .ctx = w };
	int ret;

	if (!a)
		return -ENODATA;
	if (!w->known[a].known) {
		ret = term_eval(w->c->terms, a, &tw, number);
		if (ret)
			return ret;
		w->known[a] = (struct known_value){ *number, true };
	}
	*number = w->known[a].value;
	return 0;
}

int world_value(struct world *w, term_t a, struct value *v)
{
	const struct term *t = at(w, a);
	uint64_t number;
	int ret;

	if (!a)
		return -ENODATA;
	if (t->type.kind == CTYPE_RECORD && t->op == TERM_ITE) {
		ret = world_number(w, t->a, &number);
		return ret ? ret : world_value(w, number ? t->b : t->c, v);
	}
	if (t->type.kind == CTYPE_RECORD)
		return leaf_value(w, a, v);
	ret = world_number(w, a, &number);
	if (!ret)
		value_set_number(v, number, size_of(w, a));
	return ret;
}

int world_address(struct world *w, term_t a, uint64_t *address, const struct member **bit_field)
{
	const struct term *t = at(w, a);
	const struct member *m = t->op == TERM_FIELD ? member_at(t->name, t->value) : NULL;
	int ret = world_number(w, a, address);

	/* The parser names the byte that a bit-field begins in. */
	*bit_field = m && m->bits ? m : NULL;
	if (!ret && *bit_field)
		*address -= m->in_place ? t->value & -(uint64_t)FIELD_MAX_OFFSET : t->value;
	return ret;
}
