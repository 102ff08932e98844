// SPDX-License-Identifier: GPL-2.0-only
/* R6: counts that a merge, a split or a fork makes wrong. */
#include <stdlib.h>
#include <string.h>

#include "audit/internal.h"
#include "classify/rules_internal.h"
#include "contract/describe.h"

enum { MAX_DEPTH = 64 };

/* Is the symbol the vma's start or end, or the parameter of mapped that says it (`start_arg` where it is called so)? */
static bool is_border(const struct function *fn, const char *name)
{
	size_t i;

	if (!strcmp(name, "start") || !strcmp(name, "end"))
		return true;
	for (i = 0; fn && i < 2 && i < fn->nr_params; i++)
		if (fn->params[i].name && strstr(fn->params[i].type, "long") &&
		    contract_is_parameter(name, fn->params[i].name))
			return true;
	return false;
}

static bool has_border(const struct hook_function *f, const struct function *fn, term_t a, unsigned depth)
{
	const struct term *x = term_at(f->contract->terms, a);

	if (!a || depth > MAX_DEPTH)
		return false;
	if (x->op == TERM_SYMBOL)
		return is_border(fn, x->name);
	return has_border(f, fn, x->a, depth + 1) || has_border(f, fn, x->b, depth + 1) ||
	       has_border(f, fn, x->c, depth + 1);
}

/* Does the count depend on how large the mapping is?  Then a merged one gives back more than was taken. */
static bool counts_size(const struct hook_function *f, const struct effect *e)
{
	const struct function *fn = unit_function(f->unit, f->name);
	size_t k;

	for (k = 0; k < e->args.nr; k++)
		if (has_border(f, fn, e->args.items[k], 0))
			return true;
	return false;
}

/* Does may_split refuse every split? */
static bool refuses_split(const struct hook_table *t)
{
	const struct hook_function *f = hook_callback(t, "may_split");
	const struct path *p;

	if (!f || !f->contract)
		return f;
	vec_each(p, &f->contract->paths)
		if (path_succeeds(p))
			return false;
	return true;
}

static void split(struct audit *a, const struct path *p, const struct hook_table *t,
		  const struct hook_function *mapped, const struct hook_function *close)
{
	const struct effect *taken = leaves_counted(mapped->contract, true, NULL), *given;
	const struct path *where = NULL;
	struct finding *n;
	char *text;

	given = leaves_counted(close->contract, false, &where);
	if (!taken || !given || given->state != taken->state || hook_callback(t, "open") || refuses_split(t))
		return;
	text = effect_describe(close->contract, given);
	n = finding_new(a, "split-count", close, given->line, given->name, sure_of(close),
			"%s() gives back (%s) for each part of a split mapping what %s() took once: %s has no open", close->name,
			text, mapped->name, t->name);
	free(text);
	finding_path(n, &a->hook->fn, p, NULL);
	finding_then(n, "%s() runs; munmap() of a page in the middle leaves two mappings, and close runs for each",
		     mapped->name);
	finding_path(n, close, where, given);
}

/* A merged mapping: mapped was skipped, and close runs once for the whole. */
static void merged(struct audit *a, const struct path *p, const struct hook_table *t,
		   const struct hook_function *mapped)
{
	const struct hook_function *close = hook_callback(t, "close"), *open = hook_callback(t, "open");
	const struct path *where = NULL;
	const struct effect *taken = leaves_counted(mapped->contract, true, &where), *given;
	struct finding *n;

	if (!taken || path_stays_apart(a->c, p) || path_action(a, p))
		return;
	given = close && close->contract ? leaves_counted(close->contract, false, NULL) : NULL;
	/* One for each vma, taken and given back: right whatever merges. */
	if (given && given->state == taken->state && open && open->contract &&
	    leaves_counted(open->contract, true, NULL) && !counts_size(mapped, taken) && !counts_size(close, given))
		return;
	if (given && !open)		/* split() says it */
		return;
	if (!given && !counts_size(mapped, taken) && close && !close->contract)
		return;
	n = finding_new(a, "merge-count", mapped, taken->line, taken->name,
			given && counts_size(mapped, taken) ? sure_of(mapped) : SURE_LOOK,
			"%s() counts mappings, and is skipped for one that merges: %s() sets none of VM_IO, VM_PFNMAP, "
			"VM_MIXEDMAP and VM_DONTEXPAND", mapped->name, a->hook->fn.name);
	finding_path(n, &a->hook->fn, p, NULL);
	finding_then(n, "the mapping merges with its neighbour: %s() does not run for it", mapped->name);
	finding_path(n, mapped, where, taken);
}

void audit_merge(struct audit *a)
{
	const struct hook_function *mapped, *close;
	const struct hook_table *t;
	const struct path *p;

	vec_each(p, &a->c->paths) {
		t = path_succeeds(p) ? path_table(a, p) : NULL;
		mapped = hook_callback(t, "mapped");
		close = hook_callback(t, "close");
		if (!mapped || !mapped->contract)
			continue;
		if (close && close->contract)
			split(a, p, t, mapped, close);
		merged(a, p, t, mapped);
	}
}
