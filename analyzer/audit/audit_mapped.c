// SPDX-License-Identifier: GPL-2.0-only
/* R2, R4: what happens between the hook, its action and mapped. */
#include <stdlib.h>
#include <string.h>

#include "audit/internal.h"
#include "classify/classify.h"
#include "contract/describe.h"

enum { MAX_DEPTH = 64 };

/* A member of struct file: no lock of a driver protects that. */
static bool of_file(const struct contract *c, term_t address)
{
	const struct term *x = term_at(c->terms, address);

	if (x->op != TERM_FIELD)
		return false;
	x = term_at(c->terms, term_strip(c->terms, x->a));
	return x->op == TERM_SYMBOL && !strcmp(x->name, "file");
}

/* Is something read from memory that others change, while states (from, to] of it hold? */
static bool read_between(const struct contract *c, term_t a, uint64_t from, uint64_t to, unsigned depth)
{
	const struct term *x = term_at(c->terms, a);

	if (!a || depth > MAX_DEPTH)
		return false;
	if (x->op == TERM_LOAD && x->value > from && x->value <= to && !of_file(c, x->a))
		return true;
	return read_between(c, x->a, from, to, depth + 1) || read_between(c, x->b, from, to, depth + 1) ||
	       read_between(c, x->c, from, to, depth + 1);
}

/* A lock that the path takes and gives back, and a condition on what it protects; NULL: none. */
static const struct guard *checked_under(const struct contract *c, const struct path *p, const struct effect **lock)
{
	const struct effect *e, *f;
	const struct guard *g;
	size_t i, k;
	uint64_t to;

	for (i = 0; i < p->effects.nr; i++) {
		e = &c->effects[p->effects.items[i]];
		if (e->kind != EFFECT_TAKE || e->state != STATE_LOCK || path_keeps(c, p, e))
			continue;
		to = UINT64_MAX;
		for (k = i + 1; k < p->effects.nr; k++) {
			f = &c->effects[p->effects.items[k]];
			if (f->kind == EFFECT_DROP && f->state == STATE_LOCK && f->memory) {
				to = f->memory;
				break;
			}
		}
		vec_each(g, &p->guards)
			if (g->term && read_between(c, g->term, e->memory, to, 0)) {
				*lock = e;
				return g;
			}
	}
	return NULL;
}

static const struct effect *takes_lock(const struct hook_function *f)
{
	size_t i;

	if (f && f->contract)
		for (i = 0; i < f->contract->nr_effects; i++)
			if (f->contract->effects[i].kind == EFFECT_TAKE && f->contract->effects[i].state == STATE_LOCK)
				return &f->contract->effects[i];
	return NULL;
}

/* Does a path of mapped fail on something that it reads? */
static bool checks_something(const struct hook_function *mapped)
{
	const struct path *p;

	vec_each(p, &mapped->contract->paths)
		if (!path_succeeds(p) && p->guards.nr)
			return true;
	return false;
}

static void unrepeated(struct audit *a, const struct path *p, const struct hook_function *mapped)
{
	const struct effect *lock = NULL, *action = path_action(a, p), *taken;
	const struct guard *g = checked_under(a->c, p, &lock);
	struct finding *n;
	char *text, *held;

	taken = mapped && mapped->contract ? leaves_counted(mapped->contract, true, NULL) : NULL;
	if (!g || (!action && !taken))
		return;
	if (mapped && mapped->contract && takes_lock(mapped) && checks_something(mapped))
		return;
	text = guard_describe(a->c, g);
	held = effect_describe(a->c, lock);
	n = finding_new(a, "unrepeated-check", &a->hook->fn, g->line, NULL, SURE_LOOK,
			"%s() tests `%s` under a lock and drops it; nobody tests that again when %s", a->hook->fn.name, text,
			action ? "the action maps the pages" : "mapped takes its reference");
	free(text);
	free(held);
	finding_path(n, &a->hook->fn, p, NULL);
	if (action)
		finding_then(n, "another task gets the lock and changes what was tested, before %s() takes effect",
			     action->name);
	else
		finding_then(n, "another task gets the lock and changes what was tested, before %s() runs", mapped->name);
}

/* Is what mapped takes held by the open file anyway?  A device's power is not. */
static bool is_pinned(const struct hook_function *mapped, const struct effect *e)
{
	const struct function *fn = unit_function(mapped->unit, mapped->name);
	const char *root = e->args.nr ? root_of(mapped->contract, e->args.items[0]) : NULL;

	if (str_starts(e->name, "pm_runtime"))
		return false;
	return root && ((fn && fn->nr_params > 3 && fn->params[3].name && !strcmp(root, fn->params[3].name)) ||
			!strcmp(root, "file"));
}

/* The first thing that mapped takes a hold of and that was there before, or NULL. */
static const struct effect *holds(const struct hook_function *mapped, const struct path **where)
{
	const struct contract *c = mapped->contract;
	const struct effect *e;
	const struct path *p;
	size_t at;

	vec_each(p, &c->paths) {
		for (at = 0; path_succeeds(p) && path_leaves(c, p, &at, &e);) {
			if (!is_counted(c, e) || e->kind == EFFECT_DROP || e->state == STATE_MEMORY ||
			    store_counts(c, e, false) || !e->args.nr || !root_of(c, e->args.items[0]) || is_pinned(mapped, e))
				continue;
			*where = p;
			return e;
		}
	}
	return NULL;
}

static void live(struct audit *a, const struct path *p, const struct hook_function *mapped)
{
	const struct effect *action = path_action(a, p), *taken;
	const struct path *where = NULL;
	struct finding *n;
	char *text;

	taken = action && mapped && mapped->contract ? holds(mapped, &where) : NULL;
	if (!taken)
		return;
	text = effect_describe(mapped->contract, taken);
	n = finding_new(a, "live-before-reference", mapped, taken->line, taken->name, SURE_LOOK,
			"%s() takes its hold (%s) when the pages are already mapped by %s()", mapped->name, text, action->name);
	free(text);
	finding_path(n, &a->hook->fn, p, NULL);
	finding_then(n, "the core runs the action: another thread can use the pages from here on");
	finding_path(n, mapped, where, taken);
}

void audit_mapped(struct audit *a)
{
	const struct hook_function *mapped;
	const struct path *p;

	vec_each(p, &a->c->paths) {
		if (!path_succeeds(p))
			continue;
		mapped = hook_callback(path_table(a, p), "mapped");
		unrepeated(a, p, mapped);
		live(a, p, mapped);
	}
}
