// SPDX-License-Identifier: GPL-2.0-only
/* References, counts, locks, memory and lists: taken and given back. */
#include "contract/engine.h"
#include "contract/models.h"

static void memory_of_take(struct engine *e, struct state *s, const struct call *k, const struct model *m)
{
	static const char *const counters[] = { "refcount", "refs", "counter", NULL };
	static const char *const links[] = { "next", "prev", "pprev", "first", NULL };
	size_t i;

	/* drm_dev_enter(dev, &idx), clk_get(&out): what is written there is the function's affair. */
	for (i = 1; i < k->nr; i++)
		if (k->args[i] && term_at(e->t, address_root(e->t, k->args[i]))->op == TERM_LOCAL)
			memory_forget(e, s, k->args[i], "written by a call");
	/* With the lock, others' writes become visible; without it they go on. */
	if (m->state == STATE_LOCK || m->of_private || (m->state == STATE_REFERENCE && m->kind == MODEL_DROP))
		memory_clobber(e, s, NULL, 0);	/* and the last reference calls a release function */
	else if (m->state == STATE_LIST && k->nr && k->args[0])
		memory_touch_inside(e, s, k->args[0], links);
	else if (m->state != STATE_MEMORY && k->nr && k->args[0])
		memory_touch_inside(e, s, k->args[0], counters);
}

/* Is it NULL on every way here? */
static bool is_null(struct engine *e, struct state *s, term_t object)
{
	int64_t v;

	if (!object || !ctype_width(term_at(e->t, object)->type))
		return false;
	if (term_is_const(e->t, object, &v))
		return !v;
	return decide(e, s, term_not(e->t, term_truth(e->t, object))) == 1;
}

void take_or_drop(struct engine *e, struct state *s, const struct call *k, const struct model *m)
{
	term_t object = k->nr ? k->args[0] : 0;
	bool of_private = m->of_private && object == e->vma, nothing = m->none_for_null && is_null(e, s, object);
	struct effect *f = add_effect(e, s, m->kind == MODEL_TAKE ? EFFECT_TAKE : EFFECT_DROP, k->line, k->name);
	size_t i;

	f->state = nothing ? STATE_NONE : m->state;
	if (of_private)
		object = vma_cell_read(e, s, CELL_PRIVATE_DATA);
	for (i = 0; i < k->nr; i++)
		effect_arg(f, i || !of_private ? k->args[i] : object);
	effect_sees(e, s, f, k->args, k->nr);
	if (reaches(e, s, k->args, k->nr, e->vma))
		effect_sees_mapping(e, s, f);
	if (object) {
		detail_object(e, f, object);
		f->file_private = belongs_to_file(e, object);
	}
	memory_of_take(e, s, k, m);
}

/* The one before, of a walk: of_get_next_child(parent, child). */
static void drop_last(struct engine *e, struct state *s, const struct call *k, const struct model *m)
{
	term_t last = m->follows && m->follows <= k->nr ? k->args[m->follows - 1] : 0;
	struct effect *f;

	if (!last || is_null(e, s, last))
		return;
	f = add_effect(e, s, EFFECT_DROP, k->line, k->name);
	f->state = m->state;
	effect_arg(f, last);
	detail_object(e, f, last);
	memory_clobber(e, s, NULL, 0);
}

/*
 * Taken only if it says so: mutex_trylock() that returns true, mutex_lock_interruptible() that returns
 * 0.  Two ways, and on one it was called and nothing was taken: STATE_NONE.
 */
static void take_if(struct engine *e, const struct call *k, const struct model *m, struct state *s, struct states *out)
{
	struct states yes = { 0 }, no = { 0 }, *taken = m->taken == TAKEN_NONZERO ? &yes : &no, *other;
	term_t result = call_result(e, s, k);
	size_t i;

	drop_last(e, s, k, m);
	/* The source has no condition here: the one that asks for the result gives it its text. */
	branch_term(e, term_truth(e->t, result), "", k->line, s, &yes, &no);
	other = taken == &yes ? &no : &yes;
	for (i = 0; i < taken->nr; i++) {
		take_or_drop(e, &taken->items[i], k, m);
		e->c->effects[e->c->nr_effects - 1].result = result;
		taken->items[i].value = result;
	}
	for (i = 0; i < other->nr; i++) {
		take_or_drop(e, &other->items[i], k, m);
		e->c->effects[e->c->nr_effects - 1].result = result;
		e->c->effects[e->c->nr_effects - 1].state = STATE_NONE;
		other->items[i].value = result;
	}
	states_move(out, &yes);
	states_move(out, &no);
}

bool take_conditionally(struct engine *e, const struct call *k, const struct model *m, struct state *s,
			struct states *out)
{
	int64_t last;

	if (m->kind != MODEL_TAKE || m->taken == TAKEN_ALWAYS || !ctype_width(k->type))
		return false;
	/* ww_mutex_lock(lock, NULL) has nobody to yield to. */
	if (m->sure_without && k->nr && term_is_const(e->t, k->args[k->nr - 1], &last) && !last) {
		take_or_drop(e, s, k, m);
		s->value = term_const(e->t, 0, k->type);
		*vec_push(out) = *s;
		return true;
	}
	take_if(e, k, m, s, out);
	return true;
}
