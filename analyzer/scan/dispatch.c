// SPDX-License-Identifier: GPL-2.0-only
#include "scan/dispatch.h"

#include <stdlib.h>
#include <string.h>

struct node {
	const struct text_function *f;
	bool leads_on, followed;
	VEC(size_t) uses, used_by;	/* nodes */
};

struct dispatch {
	VEC(struct node) nodes;		/* definitions, sorted by name, file, line */
	struct strlist marks;		/* names that a call through a field needs, sorted */
};

static int compare_nodes(const void *a, const void *b)
{
	const struct text_function *x = ((const struct node *)a)->f, *y = ((const struct node *)b)->f;
	int c = strcmp(x->name, y->name);

	if (!c)
		c = strcmp(x->file, y->file);
	return c ? c : x->line < y->line ? -1 : x->line > y->line;
}

/* The first node of this name, or nodes.nr. */
static size_t first_named(const struct dispatch *d, const char *name)
{
	size_t low = 0, high = d->nodes.nr, mid;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (strcmp(d->nodes.items[mid].f->name, name) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static bool is_named(const struct dispatch *d, size_t i, const char *name)
{
	return i < d->nodes.nr && !strcmp(d->nodes.items[i].f->name, name);
}

/* A static function of another file is not meant, but one of a header can be. */
static bool can_mean(const char *file, const struct text_function *f)
{
	return !f->is_static || str_ends(f->file, ".h") || !strcmp(f->file, file);
}

const struct text_function *dispatch_definition(const struct dispatch *d, const char *file,
						const char *function, size_t *at)
{
	size_t i = *at ? *at : first_named(d, function);

	for (; is_named(d, i, function); i++)
		if (can_mean(file, d->nodes.items[i].f)) {
			*at = i + 1;
			return d->nodes.items[i].f;
		}
	return NULL;
}

static void link_nodes(struct dispatch *d)
{
	const struct strlist *names;
	size_t i, k, m;

	for (i = 0; i < d->nodes.nr; i++) {
		names = &d->nodes.items[i].f->names;
		for (k = 0; k < names->nr; k++) {
			d->nodes.items[i].leads_on |= strlist_has_sorted(&d->marks, names->items[k]);
			/* Its own name means itself, whoever else has it. */
			if (!strcmp(names->items[k], d->nodes.items[i].f->name))
				continue;
			for (m = first_named(d, names->items[k]); is_named(d, m, names->items[k]); m++) {
				if (!can_mean(d->nodes.items[i].f->file, d->nodes.items[m].f))
					continue;
				*vec_push(&d->nodes.items[i].uses) = m;
				*vec_push(&d->nodes.items[m].used_by) = i;
			}
		}
	}
}

/* From the functions that call through a field back to all that lead there. */
static void spread(struct dispatch *d)
{
	VEC(size_t) todo = { 0 };
	size_t i, k, user;

	for (i = 0; i < d->nodes.nr; i++)
		if (d->nodes.items[i].leads_on)
			*vec_push(&todo) = i;
	while (todo.nr) {
		i = todo.items[--todo.nr];
		for (k = 0; k < d->nodes.items[i].used_by.nr; k++) {
			user = d->nodes.items[i].used_by.items[k];
			if (d->nodes.items[user].leads_on)
				continue;
			d->nodes.items[user].leads_on = true;
			*vec_push(&todo) = user;
		}
	}
	vec_free(&todo);
}

struct dispatch *dispatch_new(const struct search *s)
{
	struct dispatch *d = xcalloc(1, sizeof(*d));
	const struct text_function *f;
	const struct text_macro *m;
	size_t i;

	for (i = 0; i < s->names.nr; i++)
		strlist_add(&d->marks, s->names.items[i]);
	for (i = 0; i < s->macros.nr; i++)
		strlist_add(&d->marks, s->macros.items[i]);
	vec_each(m, &s->facts.macros)
		strlist_add(&d->marks, m->name);
	strlist_sort(&d->marks);
	vec_each(f, &s->facts.functions)
		if (f->kind == TEXT_DEFINITION)
			vec_push(&d->nodes)->f = f;
	if (d->nodes.nr)
		qsort(d->nodes.items, d->nodes.nr, sizeof(*d->nodes.items), compare_nodes);
	link_nodes(d);
	spread(d);
	return d;
}

void dispatch_free(struct dispatch *d)
{
	struct node *n;

	if (!d)
		return;
	vec_each(n, &d->nodes) {
		vec_free(&n->uses);
		vec_free(&n->used_by);
	}
	vec_free(&d->nodes);
	strlist_free(&d->marks);
	free(d);
}

bool dispatch_leads_on(const struct dispatch *d, const char *file, const char *function)
{
	size_t i;

	for (i = first_named(d, function); is_named(d, i, function); i++)
		if (d->nodes.items[i].leads_on && !strcmp(d->nodes.items[i].f->file, file))
			return true;
	return false;
}

void dispatch_follow(struct dispatch *d, const char *file, const char *function,
		     void (*fn)(const struct text_function *f, void *ctx), void *ctx)
{
	VEC(size_t) todo = { 0 };
	struct node *n;
	size_t i, k;

	for (i = first_named(d, function); is_named(d, i, function); i++)
		if (can_mean(file, d->nodes.items[i].f))
			*vec_push(&todo) = i;
	while (todo.nr) {
		n = &d->nodes.items[todo.items[--todo.nr]];
		if (n->followed || !n->leads_on)
			continue;
		n->followed = true;
		if (!str_ends(n->f->file, ".h"))
			fn(n->f, ctx);
		for (k = 0; k < n->uses.nr; k++)
			*vec_push(&todo) = n->uses.items[k];
	}
	vec_free(&todo);
}
