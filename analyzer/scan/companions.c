// SPDX-License-Identifier: GPL-2.0-only
/*
 * Companions: functions that get a handler's vma and that only it, or another of them, uses.  They can
 * change with it in one patch.  Whether somebody else uses one is told by the text, all #if branches and
 * macros included, since the compiler sees but one configuration.
 */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "contract/contract.h"
#include "scan/internal.h"

enum { MAX_SOURCE = 4 << 20 };		/* bytes; larger ones have no companions */

struct candidate {
	const struct function *f;
	bool is_open;
};
VEC_DECLARE(candidates, struct candidate);

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

static void find_candidates(struct scan *s, const struct handler *h, const struct unit *u,
			    const struct contract *c, struct candidates *out)
{
	const struct function *f;
	const struct helper *help;
	struct candidate *k;
	bool known;

	vec_each(help, &c->helpers) {
		f = unit_function(u, help->name);
		known = !f || !help->takes_vma;
		vec_each(k, out)
			known |= k->f == f;
		if (known || !f->is_static || strcmp(f->file, h->file) ||
		    scan_handler_find(s, h->file, f->name) ||
		    count_functions(s, h->file, f->name, TEXT_DEFINITION) != 1 ||
		    count_functions(s, h->file, f->name, TEXT_NULL_DEFINE))
			continue;
		*vec_push(out) = (struct candidate){ f, called_as_open(c, f->name) };
	}
}

static bool is_in(const struct function *f, unsigned line)
{
	return f->line <= line && line <= f->last_line;
}

/* Is every mention of k its own definition or declaration, a use in one of these, or its table's? */
static bool is_alone(struct scan *s, const struct handler *h, const struct unit *u, const struct candidates *list,
		     const struct candidate *k, const struct text_uses *uses, const struct strbuf *text)
{
	unsigned seen = count_functions(s, h->file, k->f->name, TEXT_DEFINITION) +
			count_functions(s, h->file, k->f->name, TEXT_DECLARATION) + opens(u, k->f->name);
	const struct function *own = unit_function(u, h->function);
	const struct candidate *o;
	const struct text_use *use;
	bool inside;

	if (opens(u, k->f->name) != k->is_open)
		return false;
	vec_each(use, uses) {
		if (strcmp(use->name, k->f->name))
			continue;
		inside = is_in(own, use->line);
		vec_each(o, list)
			inside |= !o->is_open && is_in(o->f, use->line);
		if (!inside)
			return false;
		seen++;
	}
	return text_count(text->s, text->len, k->f->name) == seen;
}

static void drop_others(struct scan *s, const struct handler *h, const struct unit *u, struct candidates *list,
			const struct strbuf *text)
{
	struct strlist names = { 0 };
	struct text_uses uses = { 0 };
	size_t i, before;

	for (i = 0; i < list->nr; i++)
		strlist_add(&names, list->items[i].f->name);
	strlist_sort(&names);
	text_uses(h->file, text->s, text->len, &names, &uses);
	do {
		before = list->nr;
		for (i = list->nr; i-- > 0;)
			if (!is_alone(s, h, u, list, &list->items[i], &uses, text)) {
				memmove(&list->items[i], &list->items[i + 1],
					(list->nr - i - 1) * sizeof(*list->items));
				list->nr--;
			}
	} while (list->nr != before);
	text_uses_free(&uses);
	strlist_free(&names);
}

void scan_companions(struct scan *s, struct handler *h, const struct unit *u, const struct contract *c)
{
	char *path = path_join(s->tree->root, h->file);
	struct candidates list = { 0 };
	struct strbuf text = { 0 };
	const struct candidate *k;

	if (!str_ends(h->file, ".h"))
		find_candidates(s, h, u, c, &list);
	if (list.nr && !file_read(path, MAX_SOURCE, &text)) {
		strbuf_adds(&text, "");
		drop_others(s, h, u, &list, &text);
		vec_each(k, &list)
			*vec_push(&h->companions) = (struct companion){
				xstrdup(k->f->name), k->f->line, xstrdup(k->is_open ? "open" : "helper"),
			};
	}
	strbuf_free(&text);
	vec_free(&list);
	free(path);
}
