// SPDX-License-Identifier: GPL-2.0-only
/* Wrong contracts: a harness that calls one of them right proves nothing. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "trial.h"

const char *const mutation_names[MUTATION_NR] = {
#define X(id, name) [MUTATION_##id] = name,
	MUTATIONS(X)
#undef X
};

struct mutant {
	struct world *w;
	struct contract *c;
	struct path *p;
	const struct outcome *got;
	enum mutation kind;
	bool verbose;
	struct totals *totals;
};

/* Predict with the contract as it is now. */
static void judge(const struct mutant *m)
{
	struct prediction p;

	world_begin(m->w, m->w->start);
	predict(m->w, m->got, &p);
	m->totals->mutants[m->kind]++;
	m->totals->caught[m->kind] += p.verdict == VERDICT_MISMATCH;
	if (m->verbose && p.verdict != VERDICT_MISMATCH)
		printf("# not caught: %s, verdict %d\n", mutation_names[m->kind], p.verdict);
	prediction_free(&p);
}

static term_t other(const struct mutant *m, term_t a)
{
	struct ctype t = term_at(m->c->terms, a)->type;

	return term_op(m->c->terms, TERM_XOR, a, term_const(m->c->terms, 1, t), t);
}

static bool is_number(const struct mutant *m, term_t a)
{
	return a && (term_at(m->c->terms, a)->type.kind == CTYPE_INT ||
		     term_at(m->c->terms, a)->type.kind == CTYPE_POINTER);
}

static void negate_guard(struct mutant *m, uint64_t *random)
{
	struct guard *g;

	if (!m->p->guards.nr)
		return;
	g = &m->p->guards.items[random_below(random, m->p->guards.nr)];
	g->taken = !g->taken;
	judge(m);
	g->taken = !g->taken;
}

static struct effect *effect_at(const struct mutant *m, size_t k)
{
	return &m->c->effects[m->p->effects.items[k]];
}

static bool is_call(const struct effect *e)
{
	return e->kind == EFFECT_ACTION || e->kind == EFFECT_TAKE || e->kind == EFFECT_DROP ||
	       e->kind == EFFECT_CALL || e->kind == EFFECT_TOUCH || e->kind == EFFECT_GENERIC;
}

static void drop_effect(struct mutant *m, uint64_t *random)
{
	size_t nr = m->p->effects.nr, k, i;
	uint32_t *list = m->p->effects.items, old;

	if (!nr)
		return;
	k = random_below(random, nr);
	/* A store of what is there already makes no difference. */
	if (!is_call(effect_at(m, k)))
		return;
	old = list[k];
	for (i = k; i + 1 < nr; i++)
		list[i] = list[i + 1];
	m->p->effects.nr--;
	judge(m);
	m->p->effects.nr++;
	for (i = nr - 1; i > k; i--)
		list[i] = list[i - 1];
	list[k] = old;
}

static void swap_effects(struct mutant *m, uint64_t *random)
{
	uint32_t *list = m->p->effects.items, old;
	size_t k;

	if (m->p->effects.nr < 2)
		return;
	k = random_below(random, m->p->effects.nr - 1);
	if (!is_call(effect_at(m, k)) || !is_call(effect_at(m, k + 1)) ||
	    !strcmp(effect_at(m, k)->name, effect_at(m, k + 1)->name))
		return;
	old = list[k];
	list[k] = list[k + 1];
	list[k + 1] = old;
	judge(m);
	list[k + 1] = list[k];
	list[k] = old;
}

/* The effect at random, or the next of that kind. */
static struct effect *find_effect(const struct mutant *m, uint64_t *random, bool call)
{
	size_t nr = m->p->effects.nr, i, k = nr ? random_below(random, nr) : 0;
	struct effect *e;

	for (i = 0; i < nr; i++) {
		e = effect_at(m, (k + i) % nr);
		if (call ? is_call(e) && e->args.nr : e->kind == EFFECT_FLAGS_SET && e->args.nr)
			return e;
	}
	return NULL;
}

/* All flags assigned at once hide what was done to them before. */
static bool assigns_flags(const struct mutant *m)
{
	size_t k;

	for (k = 0; k < m->p->effects.nr; k++)
		if (effect_at(m, k)->kind == EFFECT_FLAGS_OTHER)
			return true;
	return false;
}

static void other_flag(struct mutant *m, uint64_t *random)
{
	struct effect *e = find_effect(m, random, false);
	const struct term *t = e ? term_at(m->c->terms, e->args.items[0]) : NULL;
	term_t old;

	if (!e || assigns_flags(m))
		return;
	old = e->args.items[0];
	/* One that nobody else has. */
	e->args.items[0] = term_const(m->c->terms, 1ULL << 52, t->type);
	judge(m);
	e->args.items[0] = old;
}

static void other_argument(struct mutant *m, uint64_t *random)
{
	struct effect *e = find_effect(m, random, true);
	term_t old;
	size_t k;

	if (!e)
		return;
	k = random_below(random, e->args.nr);
	old = e->args.items[k];
	if (!is_number(m, old) || term_at(m->c->terms, old)->op == TERM_LOCAL)
		return;
	e->args.items[k] = other(m, old);
	judge(m);
	e->args.items[k] = old;
}

static void other_result(struct mutant *m)
{
	term_t old = m->p->result_term;

	if (!is_number(m, old))
		return;
	m->p->result_term = other(m, old);
	judge(m);
	m->p->result_term = old;
}

static void other_cell(struct mutant *m, uint64_t *random)
{
	term_t *cell = &m->p->cells[random_below(random, CELL_NR)], old = *cell;

	/* What a mapping that fails looks like is nobody's business. */
	if (!is_number(m, old) || m->got->result)
		return;
	*cell = other(m, old);
	judge(m);
	*cell = old;
}

static void drop_path(struct mutant *m)
{
	struct path last = m->c->paths.items[m->c->paths.nr - 1], old = *m->p;

	*m->p = last;
	m->c->paths.nr--;
	judge(m);
	m->c->paths.nr++;
	m->c->paths.items[m->c->paths.nr - 1] = last;
	*m->p = old;
}

void mutate(struct world *w, const struct outcome *got, size_t path, uint64_t *random, bool verbose,
	    struct totals *totals)
{
	struct contract *c = (struct contract *)w->c;
	struct mutant m = { .w = w,
			    .c = c,
			    .p = &c->paths.items[path],
			    .got = got,
			    .verbose = verbose,
			    .totals = totals };

	/* A path that is not modelled fits many runs. */
	if (c->unmodelled.nr)
		return;
	for (m.kind = 0; m.kind < MUTATION_NR; m.kind++)
		switch (m.kind) {
		case MUTATION_GUARD:
			negate_guard(&m, random);
			break;
		case MUTATION_DROP:
			drop_effect(&m, random);
			break;
		case MUTATION_FLAG:
			other_flag(&m, random);
			break;
		case MUTATION_ARGUMENT:
			other_argument(&m, random);
			break;
		case MUTATION_ORDER:
			swap_effects(&m, random);
			break;
		case MUTATION_RESULT:
			other_result(&m);
			break;
		case MUTATION_CELL:
			other_cell(&m, random);
			break;
		case MUTATION_PATH:
			drop_path(&m);
			break;
		default:
			break;
		}
}
