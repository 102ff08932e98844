// SPDX-License-Identifier: GPL-2.0-only
/*
 * A variable has one name on both sides, and is one term; with what it is initialised is for each file to say.  Where
 * the two do not say the same of a variable that both look at, nothing is known of what they read there.
 */
#include <stdlib.h>
#include <string.h>

#include "prove/compare.h"

/* Where a variable of a side is looked at, and all that the side's files say of it. */
struct looked_at { const char *name; const struct contract *c; struct strlist hashes; };
VEC_DECLARE(looks, struct looked_at);

static const struct initial *find(const struct initials *all, const char *name)
{
	const struct initial *k;

	vec_each(k, all)
		if (!strcmp(k->name, name))
			return k;
	return NULL;
}

/* The object that an address is in, or the term that points to it. */
static term_t root_of(const struct terms *t, term_t a)
{
	const struct term *x;

	for (x = term_at(t, a = term_strip(t, a)); x->op == TERM_FIELD || x->op == TERM_ELEMENT || x->op == TERM_ADD;
	     x = term_at(t, a))
		a = term_strip(t, x->a);
	return a;
}

/* Is something of the variable read; pointer: a pointer, so that what it points to can matter? */
static bool is_read(const struct terms *t, term_t variable, bool pointer)
{
	term_t a;

	for (a = 1; a < t->nr; a++)
		if (t->items[a].op == TERM_LOAD && root_of(t, t->items[a].a) == variable &&
		    (!pointer || t->items[a].type.kind == CTYPE_POINTER || t->items[a].type.kind == CTYPE_RECORD))
			return true;
	return false;
}

/* What the file says of the variable, and of those that it names. */
static void add_hashes(const struct initials *all, const char *name, bool followed, struct strlist *hashes)
{
	struct strlist todo = { 0 };
	const struct initial *k;
	size_t i, n;

	strlist_add(&todo, name);
	for (i = 0; i < todo.nr; i++) {
		k = find(all, todo.items[i]);
		if (!k || (i && k->is_table))
			continue;
		strlist_addf(hashes, "%s %s", k->name, k->hash);
		for (n = 0; followed && n < k->names.nr; n++)
			strlist_add_once(&todo, k->names.items[n]);
	}
	strlist_free(&todo);
}

static void look(const struct contract *c, const struct initials *all, struct looks *looks)
{
	static const struct initials none = { 0 };
	const struct initial *k;
	struct looked_at *l;
	const char *name;
	term_t a;

	if (!c)
		return;
	all = all ? all : &none;
	for (a = 1; a < c->terms->nr; a++) {
		if (c->terms->items[a].op != TERM_GLOBAL)
			continue;
		name = c->terms->items[a].name;
		k = find(all, name);
		if (k && k->is_table && !is_read(c->terms, a, false))
			continue;
		vec_each(l, looks)
			if (!strcmp(l->name, name))
				break;
		if (!looks->nr || l == looks->items + looks->nr) {
			l = vec_push(looks);
			*l = (struct looked_at){ .name = name, .c = c };
		}
		add_hashes(all, name, is_read(c->terms, a, true), &l->hashes);
	}
}

static void look_from(const struct prove_function *f, struct looks *looks)
{
	look(f->contract, f->initials, looks);
}

static void look_around(const struct prove_side *s, struct looks *looks)
{
	const struct prove_error_hook *h;
	const struct prove_table *t;
	const struct prove_peer *p;
	struct looked_at *l;

	look(s->contract, s->initials, looks);
	vec_each(t, &s->tables) {
		look_from(&t->mapped, looks);
		look_from(&t->open, looks);
		look_from(&t->close, looks);
	}
	vec_each(p, &s->peers)
		look(p->contract, p->initials, looks);
	vec_each(h, &s->error_hooks)
		look_from(&h->function, looks);
	vec_each(l, looks)
		strlist_sort_once(&l->hashes);
}

static bool same_hashes(const struct looked_at *x, const struct looked_at *y)
{
	size_t i;

	if (x->hashes.nr != y->hashes.nr)
		return false;
	for (i = 0; i < x->hashes.nr; i++)
		if (strcmp(x->hashes.items[i], y->hashes.items[i]) || str_ends(x->hashes.items[i], INITIAL_OF_MANY))
			return false;
	return true;
}

/* The line of a condition, or else of a path's end, where it counts. */
static unsigned line_of(const struct contract *c, const char *name)
{
	term_t a = term_global(c->terms, name);
	const struct guard *g;
	const struct path *p;

	vec_each(p, &c->paths)
		vec_each(g, &p->guards)
			if (g->term && term_contains(c->terms, g->term, a))
				return g->line;
	return c->paths.nr ? c->paths.items[0].line : 0;
}

static void looks_free(struct looks *looks)
{
	struct looked_at *l;

	vec_each(l, looks)
		strlist_free(&l->hashes);
	vec_free(looks);
}

void check_initials(struct compare *c)
{
	struct looks old = { 0 }, now = { 0 };
	const struct looked_at *x, *y;

	/* The very same function. */
	if (c->old->contract == c->new_side->contract)
		return;
	look_around(c->old, &old);
	look_around(c->new_side, &now);
	vec_each(y, &now)
		vec_each(x, &old)
			if (!strcmp(x->name, y->name) && !same_hashes(x, y)) {
				give_up(c, false, y->c == c->new_side->contract ? line_of(y->c, y->name) : 0,
					"%s is not known to be initialised with the same for both", y->name);
				break;
			}
	looks_free(&old);
	looks_free(&now);
}
