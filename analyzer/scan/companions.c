// SPDX-License-Identifier: GPL-2.0-only
/*
 * Companions: functions that get a handler's vma and that only it uses, or another companion, or a handler of
 * the same file that moves together with it.  They can change with it in one patch.  Whether somebody else uses
 * one is told by the text, all #if branches and macros included, since the compiler sees but one configuration.
 */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "scan/judged.h"

enum { MAX_SOURCE = 4 << 20 };		/* bytes; larger ones have no companions */

/* A function that may be one. */
struct candidate {
	const char *name;
	unsigned line, last_line;
	bool is_open;			/* called by hand as the vm_ops' open */
	unsigned tables;		/* that have it as their open */
	VEC(size_t) handlers;		/* whose contracts have it, indices in pool.handlers */
};

/* One file's handlers, and what they share. */
struct pool {
	const char *file;
	VEC(struct judged *) handlers;
	VEC(struct candidate) list;
	struct text_uses uses;		/* of the candidates */
	struct strbuf text;
};

/* How many vm_ops tables of the file have it as their open. */
static unsigned opens(const struct unit *u, const char *function)
{
	const struct vm_ops_table *t;
	unsigned nr = 0;
	size_t i;

	vec_each(t, &u->vm_ops)
		for (i = 0; i < t->fields.nr; i++)
			nr += str_starts(t->fields.items[i], "open=") && !strcmp(t->fields.items[i] + 5, function);
	return nr;
}

static bool called_as_open(const struct contract *c, const char *function)
{
	size_t i;

	for (i = 0; i < c->nr_effects; i++)
		if (c->effects[i].kind == EFFECT_OPEN && !strcmp(c->effects[i].name, function))
			return true;
	return false;
}

/* Definitions in the file, as the text has them. */
static unsigned count_functions(const struct scan *s, const char *file, const char *name,
				enum text_function_kind kind)
{
	const struct text_function *f;
	unsigned nr = 0;

	vec_each(f, &s->search.facts.functions)
		nr += f->kind == kind && !strcmp(f->name, name) && !strcmp(f->file, file);
	return nr;
}

static void find_candidates(struct scan *s, struct pool *p, size_t handler)
{
	const struct judged *j = p->handlers.items[handler];
	const struct function *f;
	const struct helper *help;
	struct candidate *k, *found;

	vec_each(help, &j->contract->helpers) {
		f = help->takes_vma ? unit_function(&j->r->unit, help->name) : NULL;
		if (!f || !f->is_static || strcmp(f->file, p->file) || scan_handler_find(s, p->file, f->name) ||
		    count_functions(s, p->file, f->name, TEXT_DEFINITION) != 1 ||
		    count_functions(s, p->file, f->name, TEXT_NULL_DEFINE))
			continue;
		found = NULL;
		vec_each(k, &p->list)
			if (!strcmp(k->name, f->name))
				found = k;
		if (!found) {
			found = vec_push(&p->list);
			*found = (struct candidate){ .name = f->name, .line = f->line, .last_line = f->last_line,
						     .tables = opens(&j->r->unit, f->name) };
		}
		found->is_open |= called_as_open(j->contract, f->name);
		*vec_push(&found->handlers) = handler;
	}
}

static bool is_in(unsigned line, unsigned first, unsigned last)
{
	return first <= line && line <= last;
}

static void name_there(struct judged *by, const char *helper, const char *file, unsigned line)
{
	char *text = xasprintf("%s() in %s:%u", helper, file, line);

	strlist_add_once(&by->names, text);
	free(text);
}

static struct judged *handler_at(const struct pool *p, unsigned line, size_t *index)
{
	for (*index = 0; *index < p->handlers.nr; ++*index)
		if (is_in(line, p->handlers.items[*index]->function->line,
			  p->handlers.items[*index]->function->last_line))
			return p->handlers.items[*index];
	return NULL;
}

static bool has_handler(const struct candidate *k, size_t handler)
{
	const size_t *h;

	vec_each(h, &k->handlers)
		if (*h == handler)
			return true;
	return false;
}

/* A candidate whose body names k takes k along wherever it goes. */
static bool goes_with(const struct candidate *o, const struct candidate *k)
{
	const size_t *h;

	vec_each(h, &o->handlers)
		if (!has_handler(k, *h))
			return false;
	return !o->is_open;
}

/* Do all that use it, directly or not, move at once?  Who calls it by hand as open does so alone. */
static bool is_shared_well(const struct pool *p, const struct candidate *k)
{
	const size_t *h;

	if (k->handlers.nr > 1 && k->is_open)
		return false;
	vec_each(h, &k->handlers)
		if (!judged_same_fields(p->handlers.items[*h], p->handlers.items[k->handlers.items[0]]))
			return false;
	return true;
}

/* Is every mention of k its own definition or declaration, a use in one of these, or its table's? */
static bool is_ours(struct scan *s, const struct pool *p, const struct candidate *k)
{
	unsigned seen = count_functions(s, p->file, k->name, TEXT_DEFINITION) +
			count_functions(s, p->file, k->name, TEXT_DECLARATION) + k->tables;
	const struct candidate *o;
	const struct text_use *use;
	struct judged *by;
	size_t handler;
	bool inside;

	if (k->tables != k->is_open || !is_shared_well(p, k))
		return false;
	vec_each(use, &p->uses) {
		if (strcmp(use->name, k->name))
			continue;
		by = handler_at(p, use->line, &handler);
		inside = by && has_handler(k, handler);
		/* Not in its contract: in code that was not compiled. */
		if (by && !inside)
			name_there(by, k->name, p->file, use->line);
		vec_each(o, &p->list)
			inside |= is_in(use->line, o->line, o->last_line) && goes_with(o, k);
		if (!inside)
			return false;
		seen++;
	}
	return text_count(p->text.s, p->text.len, k->name) == seen;
}

static void drop_others(struct scan *s, struct pool *p)
{
	struct strlist names = { 0 };
	struct candidate *k;
	size_t i, before;

	vec_each(k, &p->list)
		strlist_add(&names, k->name);
	strlist_sort(&names);
	text_uses(p->file, p->text.s, p->text.len, &names, &p->uses);
	do {
		before = p->list.nr;
		for (i = p->list.nr; i-- > 0;)
			if (!is_ours(s, p, &p->list.items[i])) {
				vec_free(&p->list.items[i].handlers);
				memmove(&p->list.items[i], &p->list.items[i + 1],
					(p->list.nr - i - 1) * sizeof(*p->list.items));
				p->list.nr--;
			}
	} while (p->list.nr != before);
	strlist_free(&names);
}

static int compare_candidates(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;

	return (x->line > y->line) - (x->line < y->line);
}

/* What is left is the companion of all that have it, which makes them peers. */
static void give(struct pool *p)
{
	struct judged *j, *first;
	struct candidate *k;
	const size_t *h;

	if (p->list.nr)
		qsort(p->list.items, p->list.nr, sizeof(*p->list.items), compare_candidates);
	vec_each(k, &p->list) {
		first = p->handlers.items[k->handlers.items[0]];
		vec_each(h, &k->handlers) {
			j = p->handlers.items[*h];
			*vec_push(&j->h->companions) = (struct companion){
				xstrdup(k->name), k->line, xstrdup(k->is_open ? "open" : "helper"),
			};
			if (j == first)
				continue;
			judged_bond(j, PEER_SHARES, first, k->name, p->file, k->line);
			judged_bond(first, PEER_SHARES, j, k->name, p->file, k->line);
		}
	}
}

static void find_in_file(struct scan *s, struct pool *p)
{
	char *path = path_join(s->tree->root, p->file);
	struct candidate *k;
	size_t i;

	for (i = 0; i < p->handlers.nr; i++)
		find_candidates(s, p, i);
	if (p->list.nr && !file_read(path, MAX_SOURCE, &p->text)) {
		strbuf_adds(&p->text, "");
		drop_others(s, p);
		give(p);
	}
	vec_each(k, &p->list)
		vec_free(&k->handlers);
	vec_free(&p->list);
	text_uses_free(&p->uses);
	strbuf_free(&p->text);
	free(path);
}

void scan_find_companions(struct scan *s, struct judged_list *all)
{
	struct judged *j, *o;
	bool done;

	vec_each(j, all) {
		struct pool p = { .file = j->h->file };

		done = !j->contract || str_ends(j->h->file, ".h");
		for (o = all->items; o < j && !done; o++)
			done = o->contract && !strcmp(o->h->file, j->h->file);
		if (done)
			continue;
		for (o = j; o < all->items + all->nr; o++)
			if (o->contract && !strcmp(o->h->file, j->h->file))
				*vec_push(&p.handlers) = o;
		find_in_file(s, &p);
		vec_free(&p.handlers);
	}
}
