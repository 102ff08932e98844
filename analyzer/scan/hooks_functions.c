// SPDX-License-Identifier: GPL-2.0-only
/* The contracts of hooks, of their tables' callbacks, and of functions that get their descriptor. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "contract/describe.h"
#include "scan/hooks_internal.h"

/* What the core calls for a mapping that a hook has set up, and the order in which they are listed. */
static const char *const callbacks[] = {
	"close", "fault", "huge_fault", "map_pages", "mapped", "may_split", "mremap", "open", "page_mkwrite",
	"pfn_mkwrite",
};
enum { NR_CALLBACKS = sizeof(callbacks) / sizeof(*callbacks), MAX_SOURCE = 4 << 20 /* bytes */ };

static bool is_callback(const char *field)
{
	size_t i;

	for (i = 0; i < NR_CALLBACKS; i++)
		if (!strcmp(callbacks[i], field))
			return true;
	return false;
}

/* What the text of the tree's own file said, of which another one is looked at; the order of others stays. */
static void forget_sites(struct text_facts *facts, const char *file)
{
	struct text_site *items = facts->sites.items, swap;
	size_t i, n = 0;

	for (i = 0; i < facts->sites.nr; i++) {
		if (!strcmp(items[i].file, file))
			continue;
		swap = items[n];
		items[n++] = items[i];
		items[i] = swap;
	}
	text_facts_cut_sites(facts, n);
}

int hooks_search(struct scan *s, const struct text_query *q, const struct strlist *words, struct text_facts *facts)
{
	static const struct strlist none;
	struct text_query all = *q;
	struct strbuf text = { 0 };
	size_t i;
	int ret;

	ret = search_more(s->tree, &s->search, s->opt->cache, s->opt->jobs, q, words, facts);
	if (!all.macros)
		all.macros = &none;
	for (i = 0; !ret && s->opt->instead && i < s->opt->nr_instead; i++) {
		forget_sites(facts, s->opt->instead[i].file);
		strbuf_reset(&text);
		ret = file_read(s->opt->instead[i].path, MAX_SOURCE, &text);
		if (!ret && text.len)
			text_scan(s->opt->instead[i].file, text.s, text.len, &all, facts);
	}
	strbuf_free(&text);
	return ret;
}

int hooks_find_text(struct scan *s, const struct strlist *tables, const struct strlist *functions,
		    struct text_facts *facts)
{
	struct strlist words = { 0 }, fields = { 0 }, structs = { 0 };
	struct text_query q = { .fields = &fields, .structs = &structs, .functions = functions };
	size_t i;
	int ret = 0;

	for (i = 0; tables && i < tables->nr; i++)
		strlist_add(&words, tables->items[i]);
	for (i = 0; i < functions->nr; i++)
		strlist_add(&words, functions->items[i]);
	for (i = 0; tables && i < NR_CALLBACKS; i++)
		strlist_add(&fields, callbacks[i]);
	strlist_add(&structs, "vm_operations_struct");
	strlist_sort_once(&words);
	if (words.nr)
		ret = hooks_search(s, &q, &words, facts);
	strlist_free(&words);
	strlist_free(&fields);
	strlist_free(&structs);
	return ret;
}

const struct reading *hook_reading(struct scan *s, const struct hook *h, const struct hook_function *f)
{
	const struct reading *r = f->file ? scan_reading_with(s, f->file, f->file, f->name) : NULL;
	const struct hook_site *site;

	vec_each(site, &h->sites)
		if (!r && f->file && str_ends(f->file, ".h"))
			r = scan_reading_with(s, site->file, f->file, f->name);
	return r;
}

static void resolve(struct scan *s, const struct hook *h, struct hook_function *f)
{
	const struct reading *r = hook_reading(s, h, f);

	if (!r)
		return;
	f->unit = &r->unit;
	f->contract = reading_contract(r, f->name);
	f->line = unit_function(f->unit, f->name)->line;
}

static struct hook_table *add_table(struct hook *h, const char *name)
{
	struct hook_table *t = (struct hook_table *)hook_table(h, name);
	size_t i;

	if (t)
		return t;
	vec_push(&h->tables);
	for (i = h->tables.nr - 1; i && strcmp(h->tables.items[i - 1].name, name) > 0; i--)
		h->tables.items[i] = h->tables.items[i - 1];
	t = &h->tables.items[i];
	memset(t, 0, sizeof(*t));
	t->name = xstrdup(name);
	return t;
}

/* function: "" is an expression, or a name that a macro makes. */
static void add_callback(struct hooks *out, struct hook *h, struct hook_table *t, const char *field,
			 const char *function)
{
	struct hook_callback *k;

	if (!is_callback(field) || !strcmp(function, "NULL") || hook_callback(t, field))
		return;
	if (!*function) {
		hooks_problem(out, h, t->file, t->line, HOOKS_BY_HAND,
			      "what %s has as its %s is no function's name: it was not looked at", t->name, field);
		return;
	}
	k = vec_push(&t->callbacks);
	k->field = xstrdup(field);
	k->fn.name = xstrdup(function);
	k->fn.line = t->line;
}

/* "open=foo_open" of the table in its own file. */
static void table_of_unit(struct hooks *out, struct hook *h, struct hook_table *t, const struct vm_ops_table *v)
{
	char *field;
	size_t i;

	t->file = xstrdup(h->fn.unit->file);
	t->line = v->line;
	if (!v->is_whole)
		hooks_problem(out, h, t->file, t->line, HOOKS_BY_HAND,
			      "%s is not filled in by its fields' names alone: which callbacks it has was not looked at",
			      t->name);
	for (i = 0; i < v->fields.nr; i++) {
		field = xstrndup(v->fields.items[i], strcspn(v->fields.items[i], "="));
		add_callback(out, h, t, field, v->fields.items[i] + strlen(field) + (v->fields.items[i][strlen(field)] == '='));
		free(field);
	}
}

static void add_callee(struct hook *h, const char *name)
{
	struct hook_function *f;

	vec_each(f, &h->callees)
		if (!strcmp(f->name, name))
			return;
	vec_push(&h->callees)->name = xstrdup(name);
}

/* Does an effect hand the descriptor to a function whose body tells what becomes of it? */
static bool is_callee(const struct effect *e)
{
	return (e->kind == EFFECT_DELEGATE || e->kind == EFFECT_ESCAPE) && *e->name && !e->detail &&
	       !strchr(e->name, '.') && !effect_does(e);
}

static void install_table(struct hooks *out, struct hook *h, const char *name)
{
	struct hook_table *t = add_table(h, name);
	const struct vm_ops_table *v;

	/* One that is declared only is filled in elsewhere. */
	vec_each(v, &h->fn.unit->vm_ops)
		if (!t->file && !strcmp(v->name, name) && (v->is_whole || v->fields.nr))
			table_of_unit(out, h, t, v);
}

/* `desc->vm_ops = cond ? &a : &b`, or what a field has: which one it is, no rule asks. */
static void tables_of_value(struct hooks *out, struct hook *h, const struct effect *e)
{
	const struct terms *t = h->fn.contract->terms;
	term_t value = e->args.nr ? term_strip(t, e->args.items[e->args.nr - 1]) : 0;
	const struct term *x = term_at(t, value);

	/* What was there before. */
	if (x->op == TERM_SYMBOL && !strcmp(x->name, vma_cell_name(CELL_VM_OPS)))
		return;
	if (h->legacy)
		hooks_doubt(out, h->fn.file, e->line, HOOKS_BY_HAND,
			    "%s() installs vm_ops here that are no table's name: their callbacks were not looked at", h->fn.name);
	else
		hooks_problem(out, h, h->fn.file, e->line, HOOKS_BY_HAND,
			      "%s() installs vm_ops here that are no table's name: their callbacks were not looked at",
			      h->fn.name);
}

static void tables_of(struct hooks *out, struct hook *h)
{
	const struct contract *c = h->fn.contract;
	size_t i;

	for (i = 0; c && i < c->nr_effects; i++) {
		const struct effect *e = &c->effects[i];

		if (is_callee(e))
			add_callee(h, e->name);
		if (e->kind != EFFECT_VM_OPS || !strcmp(e->name, "NULL"))
			continue;
		if (*e->name)
			install_table(out, h, e->name);
		else
			tables_of_value(out, h, e);
	}
}

/* Tables and functions of other files. */
static int find_elsewhere(struct hooks *out)
{
	struct strlist tables = { 0 }, functions = { 0 };
	struct text_facts facts = { 0 };
	const struct text_function *d;
	const struct text_site *site;
	struct hook_function *f;
	struct hook_table *t;
	struct hook *h;
	int ret;

	vec_each(h, &out->list) {
		vec_each(t, &h->tables)
			if (!t->file)
				strlist_add(&tables, t->name);
		vec_each(f, &h->callees)
			strlist_add(&functions, f->name);
	}
	strlist_sort_once(&tables);
	strlist_sort_once(&functions);
	ret = hooks_find_text(out->scan, &tables, &functions, &facts);
	if (ret)
		goto out;
	vec_each(h, &out->list) {
		vec_each(t, &h->tables) {
			const char *file = t->file;

			vec_each(site, &facts.sites) {
				if (file || strcmp(site->table, t->name) || strcmp(site->tag, "vm_operations_struct"))
					continue;
				if (t->file && strcmp(t->file, site->file))
					continue;
				if (!t->file) {
					t->file = xstrdup(site->file);
					t->line = site->line;
				}
				add_callback(out, h, t, site->field, site->opaque ? "" : site->value);
			}
		}
		vec_each(f, &h->callees) {
			d = hooks_definition(&facts, f->name, h->fn.file);
			if (!d || !str_ends(d->file, ".c"))
				continue;
			scan_want(out->scan, d->file, f->name);
			f->file = xstrdup(d->file);
		}
	}
out:
	text_facts_free(&facts);
	strlist_free(&tables);
	strlist_free(&functions);
	return ret;
}

/* Callbacks are looked for in their table's file first. */
static void want_callbacks(struct hooks *out)
{
	struct hook_callback *k;
	struct hook_table *t;
	struct hook *h;

	vec_each(h, &out->list)
		vec_each(t, &h->tables)
			vec_each(k, &t->callbacks) {
				k->fn.file = xstrdup(t->file);
				scan_want(out->scan, t->file, k->fn.name);
			}
}

/* Those that are not there: where the text says. */
static int callbacks_elsewhere(struct hooks *out)
{
	struct strlist functions = { 0 };
	struct text_facts facts = { 0 };
	const struct text_function *d;
	struct hook_callback *k;
	struct hook_table *t;
	struct hook *h;
	int ret;

	vec_each(h, &out->list)
		vec_each(t, &h->tables)
			vec_each(k, &t->callbacks)
				if (!hook_reading(out->scan, h, &k->fn))
					strlist_add(&functions, k->fn.name);
	strlist_sort_once(&functions);
	ret = hooks_find_text(out->scan, NULL, &functions, &facts);
	vec_each(h, &out->list)
		vec_each(t, &h->tables)
			vec_each(k, &t->callbacks) {
				if (ret || !strlist_has_sorted(&functions, k->fn.name))
					continue;
				d = hooks_definition(&facts, k->fn.name, t->file);
				if (!d || !str_ends(d->file, ".c") || !strcmp(d->file, t->file))
					continue;
				free(k->fn.file);
				k->fn.file = xstrdup(d->file);
				scan_want(out->scan, d->file, k->fn.name);
			}
	text_facts_free(&facts);
	strlist_free(&functions);
	return ret;
}

static void resolve_all(struct hooks *out)
{
	struct hook_function *f;
	struct hook_callback *k;
	struct hook_table *t;
	struct hook *h;

	vec_each(h, &out->list) {
		resolve(out->scan, h, &h->fn);
		vec_each(f, &h->callees)
			resolve(out->scan, h, f);
		vec_each(t, &h->tables)
			vec_each(k, &t->callbacks)
				resolve(out->scan, h, &k->fn);
	}
}

/* A function of a header is read where it is installed. */
static void want_hook(struct scan *s, const struct hook *h)
{
	const struct hook_site *site;

	if (str_ends(h->fn.file, ".c"))
		scan_want(s, h->fn.file, h->fn.name);
	vec_each(site, &h->sites)
		if (str_ends(h->fn.file, ".h") && str_ends(site->file, ".c"))
			scan_add_file(s, site->file);
}

int hooks_read_functions(struct hooks *out)
{
	struct scan *s = out->scan;
	struct hook *h;
	int ret;

	vec_each(h, &out->list)
		want_hook(s, h);
	ret = scan_parse(s);
	vec_each(h, &out->list) {
		if (ret)
			break;
		resolve(s, h, &h->fn);
		tables_of(out, h);
	}
	if (!ret)
		ret = find_elsewhere(out);
	if (ret)
		return ret;
	want_callbacks(out);
	ret = scan_parse(s);
	if (!ret)
		ret = callbacks_elsewhere(out);
	if (!ret)
		ret = scan_parse(s);
	if (ret)
		return ret;
	resolve_all(out);
	if (out->all)
		hooks_keep_touched(out);
	hooks_say_lost(out);
	return 0;
}
