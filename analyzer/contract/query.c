// SPDX-License-Identifier: GPL-2.0-only
/* Contracts as they are read: what is on any path that can succeed. */
#include <stdlib.h>
#include <string.h>

#include "contract/contract.h"

bool path_succeeds(const struct path *p)
{
	return p->result != RESULT_ERROR;
}

bool contract_is_complete(const struct contract *c)
{
	return !c->unmodelled.nr;
}

bool effect_writes_vma(const struct effect *e)
{
	switch (e->kind) {
	case EFFECT_FLAGS_SET:
	case EFFECT_FLAGS_CLEAR:
	case EFFECT_FLAGS_OTHER:
	case EFFECT_PAGE_PROT:
	case EFFECT_VM_OPS:
	case EFFECT_PRIVATE_DATA:
	case EFFECT_PGOFF:
	case EFFECT_VM_RANGE:
	case EFFECT_VMA_FIELD:
		return true;
	default:
		return false;
	}
}

void contract_each(const struct contract *c, void (*fn)(const struct effect *e, void *ctx), void *ctx)
{
	bool *seen = xcalloc(c->nr_effects + 1, sizeof(*seen));
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

void effect_free(struct effect *f)
{
	free(f->name);
	free(f->detail);
	free(f->via);
	free(f->file);
	vec_free(&f->args);
	vec_free(&f->sees);
	passes_free(f->passes);
}

void contract_free(struct contract *c)
{
	struct unmodelled *m;
	struct flag_name *n;
	struct helper *h;
	struct guard *g;
	struct path *p;
	size_t i;

	for (i = 0; i < c->nr_effects; i++)
		effect_free(&c->effects[i]);
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
	vec_each(n, &c->flags)
		free(n->name);
	vec_free(&c->flags);
	vec_free(&c->helpers);
	vec_free(&c->paths);
	vec_free(&c->unmodelled);
	terms_free(c->terms);
	free(c->function);
	memset(c, 0, sizeof(*c));
}
