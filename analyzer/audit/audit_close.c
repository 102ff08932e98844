// SPDX-License-Identifier: GPL-2.0-only
/* R3: close runs when the action or mapped failed, with private_data as the hook left it. */
#include <stdlib.h>
#include <string.h>

#include "audit/internal.h"
#include "contract/describe.h"

/* How a mapping that the hook accepted can come to its end without mapped. */
struct way { const struct effect *action; const struct path *mapped; };

static struct way ways(const struct audit *a, const struct path *p, const struct hook_function *mapped)
{
	struct way w = { .action = path_action(a, p) };
	const struct path *q;

	if (mapped->contract)
		vec_each(q, &mapped->contract->paths)
			if (!w.mapped && q->result == RESULT_ERROR)
				w.mapped = q;
	return w;
}

static void then(struct finding *n, const struct way *w, const struct hook_function *mapped,
		 const struct hook_function *close)
{
	if (w->action)
		finding_then(n, "the core runs the action of %s(), and that fails (no memory for page tables)",
			     w->action->name);
	else
		finding_path(n, mapped, w->mapped, NULL);
	finding_then(n, "the core unmaps the new mapping, which runs %s()", close->name);
}

static const char *cause(const struct way *w, const struct hook_function *mapped, char **owned)
{
	*owned = w->action ? xasprintf("when the action of %s() fails", w->action->name)
			   : xasprintf("when %s() itself fails", mapped->name);
	return *owned;
}

/* Did functions that get the descriptor (all known) leave private_data alone, and the hook as well? */
static bool is_untouched(const struct audit *a, const struct path *p)
{
	const struct hook_function *f;
	const struct effect *e;
	const uint32_t *i;

	vec_each(i, &p->effects) {
		e = &a->c->effects[*i];
		if (e->kind == EFFECT_PRIVATE_DATA)
			return false;
		if (e->kind != EFFECT_DELEGATE && e->kind != EFFECT_ESCAPE)
			continue;
		f = callee_of(a, e);
		if (!f || contract_find(f->contract, EFFECT_PRIVATE_DATA) || contract_find(f->contract, EFFECT_ESCAPE) ||
		    contract_find(f->contract, EFFECT_DELEGATE))
			return false;
	}
	return true;
}

/* Does the hook leave private_data as the core started it, NULL? */
static bool leaves_null(const struct audit *a, const struct path *p)
{
	const struct contract *c = a->c;
	term_t value = p->cells[CELL_PRIVATE_DATA] ? term_strip(c->terms, p->cells[CELL_PRIVATE_DATA]) : 0;
	const struct term *x = term_at(c->terms, value);
	int64_t constant;

	if (is_untouched(a, p))
		return true;
	if (!value)
		return false;
	return (x->op == TERM_SYMBOL && !strcmp(x->name, "private_data")) ||
	       (term_is_const(c->terms, value, &constant) && !constant);
}

/* Is it an address below private_data, a member of what that points to? */
static bool is_below(const struct contract *c, term_t address)
{
	const struct term *x;
	int64_t offset;

	if (!address)
		return false;
	x = term_at(c->terms, term_strip(c->terms, address));
	if (x->op != TERM_FIELD && x->op != TERM_ELEMENT)
		return false;
	x = term_at(c->terms, term_strip(c->terms, term_base(c->terms, term_strip(c->terms, address), &offset)));
	return x->op == TERM_SYMBOL && !strcmp(x->name, "private_data");
}

/* Is such a member read to make this value? */
static bool reads_below(const struct contract *c, term_t a, unsigned depth)
{
	const struct term *x = term_at(c->terms, a);

	if (!a || depth > 64)
		return false;
	if (x->op == TERM_LOAD && is_below(c, x->a))
		return true;
	return reads_below(c, x->a, depth + 1) || reads_below(c, x->b, depth + 1) || reads_below(c, x->c, depth + 1);
}

/* The first thing that a path of close does with what a NULL points to. */
static const struct effect *follows(const struct contract *c, const struct path *p)
{
	const struct effect *e;
	const uint32_t *i;
	term_t first;

	vec_each(i, &p->effects) {
		e = &c->effects[*i];
		first = e->args.nr ? e->args.items[0] : 0;
		if ((e->kind == EFFECT_TAKE || e->kind == EFFECT_DROP || e->kind == EFFECT_STORE) && is_below(c, first))
			return e;
		if (reads_below(c, first, 0))
			return e;
	}
	return NULL;
}

/* NULL is followed: 1.  Given back what was never taken: the unbalanced rest. */
static bool check_null(struct audit *a, const struct path *p, const struct way *w, const struct hook_function *mapped,
		       const struct hook_function *close)
{
	const struct contract *c = close->contract;
	const struct effect *e;
	const struct path *q;
	struct finding *n;
	char *owned;

	if (!leaves_null(a, p))
		return false;
	vec_each(q, &c->paths) {
		e = path_without_data(c, q) ? follows(c, q) : NULL;
		if (!e)
			continue;
		n = finding_new(a, "close-without-mapped", close, e->line, e->name, sure_of(close),
				"%s() follows vm_private_data, which is still NULL %s: only %s() sets it", close->name,
				cause(w, mapped, &owned), mapped->name);
		free(owned);
		finding_path(n, &a->hook->fn, p, NULL);
		then(n, w, mapped, close);
		finding_path(n, close, q, e);
		return true;
	}
	return false;
}

/* What close gives back on a way that a mapping without mapped takes, and mapped takes. */
static void check_balance(struct audit *a, const struct path *p, const struct way *w,
			  const struct hook_function *mapped, const struct hook_function *close)
{
	const struct effect *taken = mapped->contract ? leaves_counted(mapped->contract, true, NULL) : NULL, *e;
	const struct contract *c = close->contract;
	bool null = leaves_null(a, p);
	const struct path *q;
	struct finding *n;
	char *owned, *text;
	size_t at;

	if (!taken)
		return;
	vec_each(q, &c->paths) {
		if (null && !path_without_data(c, q))
			continue;
		for (at = 0; path_leaves(c, q, &at, &e);) {
			if (!is_counted(c, e) || e->kind == EFFECT_TAKE || store_counts(c, e, true))
				continue;
			text = effect_describe(mapped->contract, taken);
			n = finding_new(a, "close-without-mapped", close, e->line, e->name,
					e->state == taken->state ? sure_of(close) : SURE_LOOK,
					"%s() gives back what only %s() takes (%s, line %u), and it also runs %s", close->name,
					mapped->name, text, taken->line, cause(w, mapped, &owned));
			free(owned);
			free(text);
			finding_path(n, &a->hook->fn, p, NULL);
			then(n, w, mapped, close);
			finding_path(n, close, q, e);
			return;
		}
	}
}

void audit_close(struct audit *a)
{
	const struct hook_function *mapped, *close;
	const struct hook_table *t;
	const struct path *p;
	struct way w;

	vec_each(p, &a->c->paths) {
		t = path_succeeds(p) ? path_table(a, p) : NULL;
		mapped = hook_callback(t, "mapped");
		close = hook_callback(t, "close");
		if (!mapped || !close || !close->contract)
			continue;
		w = ways(a, p, mapped);
		if ((w.action || w.mapped) && !check_null(a, p, &w, mapped, close))
			check_balance(a, p, &w, mapped, close);
	}
}
