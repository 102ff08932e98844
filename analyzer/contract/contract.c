// SPDX-License-Identifier: GPL-2.0-only
#include "contract/contract.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "contract/engine.h"

static void bind_params(struct engine *e, const struct function *f, struct state *s)
{
	struct value v;
	size_t i;

	for (i = 0; i < f->nr_params; i++) {
		v.kind = VALUE_UNKNOWN;
		if (strstr(f->params[i].type, "struct vm_area_struct *"))
			v.kind = VALUE_VMA;
		else if (strstr(f->params[i].type, "struct file *"))
			v.kind = VALUE_FILE;
		local_set(e, s, f->params[i].name, v);
	}
}

static void add_path(struct contract *c, const struct state *s)
{
	struct path *p = vec_push(&c->paths);
	const struct guard *g;
	struct guard *copy;
	const uint32_t *i;

	vec_each(g, &s->guards) {
		copy = vec_push(&p->guards);
		*copy = *g;
		copy->text = xstrdup(g->text);
	}
	vec_each(i, &s->effects)
		*vec_push(&p->effects) = *i;
	p->line = s->result_line;
	p->result = RESULT_UNKNOWN;
	if (s->flow != FLOW_RETURN)
		return;
	switch (s->result.kind) {
	case VALUE_CONST:
		p->result = !s->result.number ? RESULT_ZERO : s->result.number < 0 ? RESULT_ERROR : RESULT_UNKNOWN;
		p->value = s->result.number < 0 ? s->result.number : 0;
		break;
	case VALUE_NONZERO:		/* the core takes any result but 0 for a failure */
	case VALUE_ERROR:
		p->result = RESULT_ERROR;
		p->call = s->result.call ? xstrdup(s->result.call) : NULL;
		break;
	case VALUE_CALL:
		p->result = RESULT_CALL;
		p->call = xstrdup(s->result.call ? s->result.call : "");
		break;
	default:
		break;
	}
}

int contract_build(const struct unit *u, const char *function, struct contract *c)
{
	const struct function *f = unit_function(u, function);
	struct engine e = { .u = u, .c = c };
	struct states out = { 0 };
	struct state s = { 0 };
	size_t i;

	if (!f || !f->body)
		return -ENOENT;
	c->function = xstrdup(function);
	bind_params(&e, f, &s);
	e.stack[e.depth++] = f;
	exec(&e, f->body, &s, &out);
	for (i = 0; i < out.nr; i++)
		add_path(c, &out.items[i]);
	if (!out.nr)
		unmodelled(&e, f->line, "no path could be followed");
	states_free(&out);
	strlist_free(&e.texts);
	return 0;
}

void contract_free(struct contract *c)
{
	struct unmodelled *m;
	struct flag_name *f;
	struct helper *h;
	struct guard *g;
	struct path *p;
	size_t i;

	for (i = 0; i < c->nr_effects; i++) {
		free(c->effects[i].name);
		free(c->effects[i].detail);
		free(c->effects[i].file);
		vec_free(&c->effects[i].args);
	}
	free(c->effects);
	vec_each(p, &c->paths) {
		vec_each(g, &p->guards)
			free(g->text);
		vec_free(&p->guards);
		vec_free(&p->effects);
		free(p->call);
	}
	vec_each(m, &c->unmodelled)
		free(m->reason);
	vec_each(h, &c->helpers)
		free(h->name);
	vec_each(f, &c->flags)
		free(f->name);
	vec_free(&c->flags);
	terms_free(c->terms);
	vec_free(&c->helpers);
	vec_free(&c->paths);
	vec_free(&c->unmodelled);
	free(c->function);
	memset(c, 0, sizeof(*c));
}

bool path_succeeds(const struct path *p)
{
	return p->result != RESULT_ERROR;
}

void contract_each(const struct contract *c, void (*fn)(const struct effect *e, void *ctx), void *ctx)
{
	bool *seen = xcalloc(c->nr_effects, sizeof(*seen));
	const struct path *p;
	const uint32_t *i;
	size_t k;

	vec_each(p, &c->paths) {
		if (!path_succeeds(p))
			continue;
		vec_each(i, &p->effects)
			seen[*i] = true;
	}
	for (k = 0; k < c->nr_effects; k++)
		if (seen[k])
			fn(&c->effects[k], ctx);
	free(seen);
}

struct find { enum effect_kind kind; const struct effect *found; };

static void find_kind(const struct effect *e, void *ctx)
{
	struct find *f = ctx;

	if (!f->found && e->kind == f->kind)
		f->found = e;
}

const struct effect *contract_find(const struct contract *c, enum effect_kind kind)
{
	struct find f = { .kind = kind };

	contract_each(c, find_kind, &f);
	return f.found;
}
