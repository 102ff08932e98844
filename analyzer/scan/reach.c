// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which fields tier 1 handlers reach with their vma: over the calls that the compiler saw, through
 * functions of other files and through the implementations of fields that are reached, until
 * nothing new appears.
 */
#include <stdlib.h>
#include <string.h>

#include "scan/internal.h"
#include "tree/fields.h"

enum { MAX_ROUNDS = 8 };		/* of files that turn out to be needed; the text names nearly all before */

struct graph {
	struct scan *s;
	VEC(const struct vma_call *) calls;	/* of all readings, sorted by file, function */
	VEC(const struct install *) installs;	/* of functions, sorted by field */
	bool *walked;				/* by index in calls: of the group that starts there */
	bool *installed;			/* by index in s->fields: followed from this handler */
	VEC(size_t) todo;			/* groups */
	bool wanted;				/* more files have to be read */
	const struct handler *from;
};

static int compare_place(const char *file, const char *function, const struct vma_call *c)
{
	int cmp = strcmp(file, c->file);

	return cmp ? cmp : strcmp(function, c->function);
}

static int compare_calls(const void *a, const void *b)
{
	const struct vma_call *x = *(const struct vma_call *const *)a, *y = *(const struct vma_call *const *)b;
	int c = compare_place(x->file, x->function, y);

	if (!c)
		c = strcmp(x->callee, y->callee);
	if (!c && x->callee_file && y->callee_file)
		c = strcmp(x->callee_file, y->callee_file);
	return c ? c : x->line < y->line ? -1 : x->line > y->line;
}

static int compare_installs(const void *a, const void *b)
{
	const struct install *x = *(const struct install *const *)a, *y = *(const struct install *const *)b;
	int c = strcmp(x->field, y->field);

	if (!c)
		c = strcmp(x->def_file, y->def_file);
	return c ? c : strcmp(x->value, y->value);
}

static void graph_build(struct graph *g)
{
	const struct vma_call *c;
	const struct install *i;
	const struct reading *r;
	struct scan_file *f;
	size_t k;

	vec_each(f, &g->s->files)
		for (k = 0; (r = scan_reading(f, k)); k++)
			vec_each(c, &r->unit.calls)
				*vec_push(&g->calls) = c;
	if (g->calls.nr)
		qsort(g->calls.items, g->calls.nr, sizeof(*g->calls.items), compare_calls);
	vec_each(i, &g->s->installs)
		if (!i->no_function && i->def_file)
			*vec_push(&g->installs) = i;
	if (g->installs.nr)
		qsort(g->installs.items, g->installs.nr, sizeof(*g->installs.items), compare_installs);
	g->walked = xcalloc(g->calls.nr, sizeof(*g->walked));
	g->installed = xcalloc(g->s->fields.nr, sizeof(*g->installed));
}

static void graph_free(struct graph *g)
{
	vec_free(&g->calls);
	vec_free(&g->installs);
	vec_free(&g->todo);
	free(g->walked);
	free(g->installed);
}

/* The first call of a function's body, or calls.nr. */
static size_t group_of(const struct graph *g, const char *file, const char *function)
{
	size_t low = 0, high = g->calls.nr, mid;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (compare_place(file, function, g->calls.items[mid]) > 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low < g->calls.nr && !compare_place(file, function, g->calls.items[low]) ? low : g->calls.nr;
}

/* Follow a function's body.  False: nobody has read one. */
static bool follow(struct graph *g, const char *file, const char *function)
{
	size_t i = group_of(g, file, function);

	if (i == g->calls.nr)
		return false;
	if (!g->walked[i])
		*vec_push(&g->todo) = i;
	g->walked[i] = true;
	return true;
}

static void follow_field(struct graph *g, const struct vma_call *c)
{
	struct scan_field *field = scan_field_find(g->s, c->callee);
	const struct install **i;
	char *tag;

	if (!field) {
		tag = xstrndup(c->callee, strcspn(c->callee, "."));
		if (!field_excluded(tag, c->file))
			strlist_add_once(&g->s->strange, c->callee);
		free(tag);
		return;
	}
	/* Another file's own mmap: its handler is tier 1, and walked for itself. */
	if (!strcmp(field->name, TIER_1_FIELD) || g->installed[field - g->s->fields.items])
		return;
	g->installed[field - g->s->fields.items] = true;
	field->reached = true;
	strlist_add(&field->from, g->from->id);
	vec_each(i, &g->installs)
		if (!strcmp((*i)->field, field->name))
			follow(g, (*i)->def_file, (*i)->value);
}

static void follow_call(struct graph *g, const struct vma_call *c)
{
	const struct text_function *f;
	size_t at = 0;

	if (!c->callee_file) {
		follow_field(g, c);
		return;
	}
	if (follow(g, c->callee_file, c->callee) || str_ends(c->callee_file, ".c"))
		return;
	/* Declared in a header: the text knows where it is defined. */
	while ((f = dispatch_definition(g->s->dispatch, c->file, c->callee, &at)))
		if (!follow(g, f->file, c->callee) && str_ends(f->file, ".c") &&
		    dispatch_leads_on(g->s->dispatch, f->file, c->callee))
			g->wanted |= scan_want(g->s, f->file, c->callee);
}

static void walk_from(struct graph *g, const struct handler *h)
{
	size_t i;

	memset(g->walked, 0, g->calls.nr * sizeof(*g->walked));
	memset(g->installed, 0, g->s->fields.nr * sizeof(*g->installed));
	g->from = h;
	follow(g, h->file, h->function);
	while (g->todo.nr) {
		i = g->todo.items[--g->todo.nr];
		do
			follow_call(g, g->calls.items[i++]);
		while (i < g->calls.nr && !compare_place(g->calls.items[i - 1]->file,
							 g->calls.items[i - 1]->function, g->calls.items[i]));
	}
}

static void forget(struct scan *s)
{
	struct scan_field *f;

	vec_each(f, &s->fields) {
		f->reached = !strcmp(f->name, TIER_1_FIELD);
		strlist_free(&f->from);
	}
	strlist_free(&s->strange);
}

int scan_reach(struct scan *s)
{
	const struct handler *h;
	struct scan_field *f;
	struct graph g;
	unsigned round;
	bool wanted = s->wide, more;
	int ret = 0;

	for (round = 0; round < MAX_ROUNDS && wanted && !ret; round++) {
		more = false;
		if (round) {
			ret = scan_parse(s);
			if (!ret)
				ret = scan_collect(s);
			if (ret < 0)
				break;
			more = ret > 0;
			ret = 0;
		}
		forget(s);
		memset(&g, 0, sizeof(g));
		g.s = s;
		graph_build(&g);
		vec_each(h, &s->inv->handlers)
			if (h->tier == 1)
				walk_from(&g, h);
		wanted = g.wanted || more;
		graph_free(&g);
	}
	vec_each(f, &s->fields)
		strlist_sort(&f->from);
	return ret;
}
