// SPDX-License-Identifier: GPL-2.0-only
/* R7, R8, R11: how an action is asked for. */
#include <stdlib.h>
#include <string.h>

#include "audit/internal.h"
#include "contract/describe.h"

enum { MAX_DEPTH = 64 };

/* Does this action take page_prot with it when it is asked for? */
static bool captures(const struct effect *e)
{
	return e && (e->action == ACTION_REMAP || e->action == ACTION_IOREMAP || e->action == ACTION_SIMPLE_IOREMAP);
}

/* Does pgoff pick an element of something? */
static bool picks(const struct contract *c, term_t a, term_t pgoff, unsigned depth)
{
	const struct term *x = term_at(c->terms, a);

	if (!a || depth > MAX_DEPTH)
		return false;
	if (x->op == TERM_ELEMENT && term_contains(c->terms, x->b, pgoff))
		return true;
	return picks(c, x->a, pgoff, depth + 1) || picks(c, x->b, pgoff, depth + 1) || picks(c, x->c, pgoff, depth + 1);
}

/* The condition that pgoff is one number other than 0 (case 1: …). */
static const struct guard *is_number(const struct contract *c, const struct path *p, term_t pgoff)
{
	const struct guard *g;
	const struct term *x;
	int64_t k;

	vec_each(g, &p->guards) {
		x = term_at(c->terms, g->term ? term_strip(c->terms, g->term) : 0);
		if (x->op == TERM_EQ && g->taken &&
		    ((term_strip(c->terms, x->a) == pgoff && term_is_const(c->terms, x->b, &k) && k) ||
		     (term_strip(c->terms, x->b) == pgoff && term_is_const(c->terms, x->a, &k) && k)))
			return g;
	}
	return NULL;
}

static void cookie(struct audit *a, const struct hook_function *f, const struct path *p, const struct effect *e,
		   bool moved)
{
	term_t pgoff = symbol_of(f->contract, "pgoff");
	bool used = false;
	struct finding *n;
	size_t i;

	if (e->action != ACTION_SIMPLE_IOREMAP || moved || !pgoff)
		return;
	for (i = 0; i < e->args.nr; i++)
		used |= e->args.items[i] && picks(f->contract, e->args.items[i], pgoff, 0);
	if (used || is_number(f->contract, p, pgoff))
		n = finding_new(a, "cookie-pgoff", f, e->line, e->name, sure_of(f),
				"%s() adds pgoff to the address, and here pgoff says which object is mapped", e->name);
	else if (e->args.nr > 1 && e->args.items[1] && term_contains(f->contract->terms, e->args.items[1], pgoff))
		n = finding_new(a, "cookie-pgoff", f, e->line, e->name, sure_of(f),
				"%s() adds pgoff to the address, which has it already", e->name);
	else
		return;
	finding_path(n, f, p, e);
}

static void path(struct audit *a, const struct hook_function *f, const struct path *p)
{
	const struct effect *e, *own, *action = NULL;
	bool moved = false;
	struct finding *n;
	const uint32_t *i;

	vec_each(i, &p->effects) {
		e = &f->contract->effects[*i];
		moved |= e->kind == EFFECT_PGOFF;
		if (e->kind == EFFECT_PAGE_PROT && captures(action)) {
			n = finding_new(a, "late-protection", f, e->line, "page_prot", sure_of(f),
					"page_prot is written after %s() has taken it: the pages are mapped with the old one",
					action->name);
			finding_path(n, f, p, e);
		}
		own = e->kind == EFFECT_ACTION ? e : callee_action(a, e);
		if (!own)
			continue;
		if (own == e)
			cookie(a, f, p, e, moved);
		if (e->in_loop || action) {
			n = finding_new(a, "second-action", f, e->line, e->name, sure_of(f),
					e->in_loop ? "%s() in a loop: each one replaces the one before%s"
						   : "%s() replaces the action of %s(): only the last one runs",
					e->name, e->in_loop ? "" : action->name);
			finding_path(n, f, p, e);
		}
		action = own;
	}
}

static void function(struct audit *a, const struct hook_function *f)
{
	const struct path *p;

	vec_each(p, &f->contract->paths)
		if (path_succeeds(p))
			path(a, f, p);
}

void audit_actions(struct audit *a)
{
	const struct hook_function *f;

	function(a, &a->hook->fn);
	vec_each(f, &a->hook->callees)
		if (f->contract)
			function(a, f);
}
