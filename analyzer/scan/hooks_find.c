// SPDX-License-Identifier: GPL-2.0-only
/* Which functions are hooks, where each is installed, and where it is defined. */
#include <stdlib.h>
#include <string.h>

#include "scan/hooks_internal.h"
#include "tree/fields.h"

/* line: where the text has it. */
static struct hook *add_hook(struct hooks *out, const char *file, const char *function, unsigned line)
{
	struct hook *h;

	vec_each(h, &out->list)
		if (!strcmp(h->fn.name, function) && !strcmp(h->fn.file, file))
			return h;
	h = vec_push(&out->list);
	h->fn.file = xstrdup(file);
	h->fn.name = xstrdup(function);
	h->fn.line = line;
	return h;
}

static void add_site(struct hook *h, const char *field, const char *table, const char *file, unsigned line)
{
	struct hook_site *site = vec_push(&h->sites);

	site->field = xstrdup(field);
	site->table = xstrdup(table);
	site->file = xstrdup(file);
	site->line = line;
}

/*
 * The definition of a name that a file means: its own, or else the nearest that other files can name.  A text may
 * hold several in different #if branches: they are one.  What headers define counts where no .c file has it.
 */
const struct text_function *hooks_definition(const struct text_facts *facts, const char *name, const char *near)
{
	const struct text_function *f, *found = NULL;
	size_t best = 0, k;
	bool better;

	vec_each(f, &facts->functions) {
		if (f->kind != TEXT_DEFINITION || strcmp(f->name, name))
			continue;
		if (!strcmp(f->file, near))
			return f;
		if (f->is_static && !str_ends(f->file, ".h"))
			continue;
		for (k = 0; near[k] && near[k] == f->file[k]; k++)
			;
		better = found && str_ends(f->file, ".h") != str_ends(found->file, ".h") ? str_ends(found->file, ".h")
											: !found || k > best;
		if (better) {
			found = f;
			best = k;
		}
	}
	return found;
}

/* The names of the fields for hooks, and their structs; of the text search only those that are known by name. */
static void hook_query(const struct search *s, struct strlist *names, struct strlist *structs)
{
	char *tag;
	size_t i;

	field_names(&s->hooks, names);
	for (i = 0; i < s->hooks.nr; i++) {
		tag = xstrndup(s->hooks.items[i], strcspn(s->hooks.items[i], "."));
		strlist_add(structs, tag);
		free(tag);
	}
	strlist_sort_once(structs);
}

/* Does the site fill in a field for hooks?  Of an assignment the text does not say which struct. */
static bool is_hook_site(const struct search *s, const struct text_site *site)
{
	return (!*site->tag || field_listed(&s->hooks, site->tag, site->field)) && strcmp(site->value, "NULL");
}

static void site_field(const struct search *s, const struct text_site *site, struct strbuf *b)
{
	const char *dot;
	size_t i;

	strbuf_reset(b);
	if (*site->tag) {
		strbuf_addf(b, "%s.%s", site->tag, site->field);
		return;
	}
	/* The one struct that has such a field, or any of them. */
	for (i = 0; i < s->hooks.nr; i++) {
		dot = strrchr(s->hooks.items[i], '.');
		if (dot && !strcmp(dot + 1, site->field))
			strbuf_addf(b, "%s%s", b->len ? " or " : "", s->hooks.items[i]);
	}
}

/* A site that holds a hook, found by the text. */
static void add_found(struct hooks *out, const struct text_function *f, const char *field, const char *table,
		      const char *file, unsigned line)
{
	const struct scan_options *opt = out->scan->opt;

	/* What a patch installs is looked at, wherever it is defined. */
	if (out->all || hook_selected(opt->only, f->file, f->name) || (opt->instead && scan_path_selected(file, opt->only)))
		add_site(add_hook(out, f->file, f->name, f->line), field, table, file, line);
}

/* What libclang says of a place whose value is no function that the text knows: the parameter of which function? */
static const struct fops_site *setter_at(struct scan *s, const struct text_site *site)
{
	struct scan_file *f = scan_file_find(s, site->file);
	const struct fops_site *seen;
	const struct reading *r;
	size_t i;

	for (i = 0; f && (r = scan_reading(f, i)); i++)
		vec_each(seen, &r->unit.sites)
			if (seen->line == site->line && seen->setter && !strcmp(seen->field, site->field))
				return seen;
	return NULL;
}

/* Did libclang see a macro used that fills in the field so? */
static bool is_use(const struct fops_site *seen, const struct text_site *site)
{
	return str_starts(seen->how, "macro:") && !strcmp(seen->how + strlen("macro:"), site->macro) && *seen->value &&
	       !strcmp(seen->field, site->field);
}

/* Is it one whose function the text does not know? */
static bool is_open(const struct text_site *site, const struct text_facts *definitions)
{
	return !*site->value || site->opaque || !hooks_definition(definitions, site->value, site->file);
}

static void uses_of(struct scan *s, const struct text_site *site, struct strlist *values)
{
	struct scan_file *f = scan_file_find(s, site->file);
	const struct fops_site *seen;
	const struct reading *r;
	size_t i;

	for (i = 0; f && (r = scan_reading(f, i)); i++)
		vec_each(seen, &r->unit.sites)
			if (is_use(seen, site))
				strlist_add(values, seen->value);
}

static bool is_open_hook(struct scan *s, const struct text_site *site, const void *known)
{
	return is_hook_site(&s->search, site) && is_open(site, known);
}

/* What a header's macro makes is said of where it is used. */
static bool is_of_header_macro(const struct text_site *site)
{
	return site->macro && str_ends(site->file, ".h");
}

static void names_made(struct scan *s, const struct hook_uses *uses, struct strlist *names)
{
	const struct text_argument *use;
	const struct fops_site *made;
	size_t at;

	vec_each(use, &uses->list)
		if (hook_use_is_first(uses, use))
			for (at = 0; (made = hook_use_made(s, use, &at));)
				strlist_add(names, made->value);
}

/*
 * `channel->hook = parameter`: what the callers of that function give it; a macro that pastes names: those that it
 * made.  values: the arguments; definitions: of both.
 */
static int find_arguments(struct hooks *out, const struct text_facts *sites, const struct text_facts *known,
			  struct hook_uses *uses, struct text_arguments *values, struct text_facts *definitions)
{
	struct strlist setters = { 0 }, functions = { 0 };
	struct scan *s = out->scan;
	const struct fops_site *seen;
	const struct text_argument *a;
	const struct text_site *site;
	int ret;

	vec_each(site, &sites->sites)
		if (is_open_hook(s, site, known) && str_ends(site->file, ".c"))
			scan_add_file(s, site->file);
	ret = hook_uses_find(s, sites, is_open_hook, known, uses);
	if (!ret)
		ret = scan_parse(s);
	vec_each(site, &sites->sites) {
		seen = !ret && is_open_hook(s, site, known) ? setter_at(s, site) : NULL;
		if (seen)
			strlist_add(&setters, seen->setter);
	}
	strlist_sort_once(&setters);
	if (!ret && setters.nr)
		ret = hooks_arguments(s, &s->search.vma_files, &setters, values);
	vec_each(a, values)
		if (*a->value)
			strlist_add(&functions, a->value);
	vec_each(site, &sites->sites)
		if (!ret && site->macro)
			uses_of(s, site, &functions);
	names_made(s, uses, &functions);
	strlist_sort_once(&functions);
	if (!ret)
		ret = hooks_find_text(s, NULL, &functions, definitions);
	strlist_free(&setters);
	strlist_free(&functions);
	return ret;
}

/* The hooks that the callers of a site's function hand to it.  false: nobody calls it. */
static bool from_arguments(struct hooks *out, const struct text_site *site, const char *field,
			   const struct text_arguments *values, const struct text_facts *definitions)
{
	const struct fops_site *seen = setter_at(out->scan, site);
	const struct text_function *f;
	const struct text_argument *a;
	bool some = false;

	if (!seen)
		return false;
	vec_each(a, values) {
		if (strcmp(a->function, seen->setter) || a->nr != seen->argument ||
		    (seen->setter_is_static && strcmp(a->file, site->file)))
			continue;
		f = hooks_definition(definitions, a->value, a->file);
		if (f)
			add_found(out, f, field, "", a->file, a->line);
		else if (strcmp(a->value, "NULL") && scan_path_selected(a->file, out->scan->opt->only))
			hooks_problem(out, NULL, a->file, a->line, HOOKS_BY_HAND,
				      "what %s() gets here, to put it into %s, is no function that the tree defines: it was not looked at",
				      a->function, field);
		some = true;
	}
	return some;
}

/* The hooks of a macro of this .c file that pastes their names: libclang has seen where it is used. */
static bool from_macro(struct hooks *out, const struct text_site *site, const char *field,
		       const struct text_facts *definitions)
{
	struct scan_file *f = site->macro ? scan_file_find(out->scan, site->file) : NULL;
	const struct text_function *d;
	const struct fops_site *seen;
	const struct reading *r;
	bool some = false;
	size_t i;

	for (i = 0; f && (r = scan_reading(f, i)); i++)
		vec_each(seen, &r->unit.sites) {
			if (!is_use(seen, site))
				continue;
			d = hooks_definition(definitions, seen->value, site->file);
			if (d)
				add_found(out, d, field, seen->table, seen->file, seen->line);
			some |= d != NULL;
		}
	return some;
}

/* The hooks that headers' macros made. */
static void from_uses(struct hooks *out, const struct hook_uses *uses, const struct text_facts *definitions)
{
	const struct text_function *d;
	const struct text_argument *use;
	const struct fops_site *made;
	char *field;
	bool some;
	size_t at;

	vec_each(use, &uses->list) {
		if (!hook_use_is_first(uses, use))
			continue;
		some = false;
		for (at = 0; (made = hook_use_made(out->scan, use, &at));) {
			d = hooks_definition(definitions, made->value, use->file);
			if (!d)
				continue;
			field = xasprintf("%s.%s", made->tag, made->field);
			add_found(out, d, field, made->table, made->file, made->line);
			free(field);
			out->nr_sites++;
			some = true;
		}
		if (!some && scan_path_selected(use->file, out->scan->opt->only))
			hooks_problem(out, NULL, use->file, use->line, HOOKS_BY_HAND,
				      "what the macro %s fills in as a hook here was not seen by the compiler: it was not looked at",
				      use->function);
	}
}

static int from_sites(struct hooks *out, const struct text_facts *sites, const struct text_facts *known)
{
	struct hook_uses uses = { 0 };
	const struct search *s = &out->scan->search;
	struct text_arguments values = { 0 };
	struct text_facts definitions = { 0 };
	const struct text_site *site;
	struct strbuf b = { 0 };
	int ret;

	ret = find_arguments(out, sites, known, &uses, &values, &definitions);
	vec_each(site, &sites->sites) {
		if (ret || !is_hook_site(s, site) || (is_of_header_macro(site) && is_open(site, known)))
			continue;
		out->nr_sites++;
		site_field(s, site, &b);
		if (!is_open(site, known))
			add_found(out, hooks_definition(known, site->value, site->file), b.s, site->table, site->file,
				  site->line);
		else if (!from_arguments(out, site, b.s, &values, &definitions) &&
			 !from_macro(out, site, b.s, &definitions) &&
			 scan_path_selected(site->file, out->scan->opt->only))
			hooks_problem(out, NULL, site->file, site->line, HOOKS_BY_HAND,
				      "what is put into %s here%s%s is %s: it was not looked at", b.s, *site->value ? ", " : "",
				      site->value, str_ends(site->file, ".rs") ? "Rust, which is not parsed"
									       : "no function that the tree defines");
	}
	if (!ret)
		from_uses(out, &uses, &definitions);
	strbuf_free(&b);
	hook_uses_free(&uses);
	text_arguments_free(&values);
	text_facts_free(&definitions);
	return ret;
}

int hooks_find(struct hooks *out)
{
	struct scan *s = out->scan;
	struct strlist names = { 0 }, structs = { 0 }, functions = { 0 };
	struct text_facts sites = { 0 }, definitions = { 0 };
	struct text_query q = { .fields = &names, .structs = &structs };
	const struct text_site *site;
	size_t i;
	int ret;

	hook_query(&s->search, &names, &structs);
	for (i = 0; i < s->search.hooks.nr; i++)
		strlist_add(&out->fields, s->search.hooks.items[i]);
	ret = names.nr ? hooks_search(s, &q, &names, &sites) : 0;
	vec_each(site, &sites.sites)
		if (is_hook_site(&s->search, site) && *site->value)
			strlist_add(&functions, site->value);
	strlist_sort_once(&functions);
	if (!ret)
		ret = hooks_find_text(s, NULL, &functions, &definitions);
	if (!ret)
		ret = from_sites(out, &sites, &definitions);
	text_facts_free(&sites);
	text_facts_free(&definitions);
	strlist_free(&names);
	strlist_free(&structs);
	strlist_free(&functions);
	return ret;
}

void hooks_from_handlers(struct hooks *out, const struct inventory *legacy)
{
	const struct instance *i;
	const struct handler *h;
	struct hook *hook;

	vec_each(h, &legacy->handlers) {
		/* What nobody defines breaks nothing. */
		if (!strcmp(h->verdict, "none") || !scan_selected(h, out->scan->opt->only))
			continue;
		hook = add_hook(out, h->file, h->function, h->line);
		hook->legacy = true;
		vec_each(i, &h->instances)
			add_site(hook, i->interface, i->name, i->file, i->line);
	}
}
