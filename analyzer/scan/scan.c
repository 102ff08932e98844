// SPDX-License-Identifier: GPL-2.0-only
#include "scan/scan.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/version.h"
#include "parse/parse.h"
#include "scan/internal.h"
#include "scan/spatch_version.h"

void scan_problem(struct scan *s, const char *file, unsigned line, const char *stage, const char *fmt, ...)
{
	struct strbuf b = { 0 };
	struct problem *p = vec_push(&s->inv->problems);
	va_list ap;

	va_start(ap, fmt);
	strbuf_vaddf(&b, fmt, ap);
	va_end(ap);
	p->file = xstrdup(file);
	p->line = line;
	p->stage = xstrdup(stage);
	p->text = strbuf_detach(&b);
}

static void describe(struct scan *s)
{
	struct inventory *inv = s->inv;
	unsigned i;

	inv->schema = xstrdup(INVENTORY_SCHEMA);
	inv->tool_version = xstrdup(MMAPCONV_VERSION);
	inv->libclang_version = parse_libclang_version();
	inv->spatch_version = spatch_version(s->opt->cache);
	inv->tree_version = xstrdup(s->tree->version);
	for (i = 0; i < API_NR; i++)
		strlist_add(s->tree->api[i] ? &inv->api : &inv->api_missing, api_table[i].key);
}

/* Is the file one of an architecture that none of ours reads as it is built? */
static bool foreign(const char *file)
{
	return str_starts(file, "arch/") && !arch_of_path(file);
}

static void report_problems(struct scan *s)
{
	const struct search_problem *p;
	struct scan_file *f;
	size_t i;

	for (i = 0; i < s->strange.nr; i++)
		strlist_addf(&s->inv->disagreements,
			     "libclang sees a vma handed to %s, which the text search does not know as a field for one",
			     s->strange.items[i]);
	vec_each(p, &s->search.problems)
		scan_problem(s, p->file, 0, "search", "%s", p->text);
	vec_each(f, &s->files) {
		const struct unit *u = &f->reading.unit;

		if (!u->file)
			scan_problem(s, f->file, 0, "flags", "no architecture builds it here: not parsed");
		else if (u->nr_errors)
			scan_problem(s, f->file, 0, "parse", "%s%u error%s on %s, the first: %s",
				     foreign(f->file) ? "no compiler here is for its architecture: " : "",
				     u->nr_errors, u->nr_errors == 1 ? "" : "s", u->arch,
				     u->errors.nr ? u->errors.items[0] : "");
	}
}

static void count_parsed(struct scan *s)
{
	struct inventory *inv = s->inv;
	unsigned full, partial, failed;
	struct scan_file *f;
	size_t i;

	inv->parsed = xcalloc(arch_nr, sizeof(*inv->parsed));
	for (i = 0; i < arch_nr; i++) {
		full = partial = failed = 0;
		vec_each(f, &s->files) {
			const struct unit *u = &f->reading.unit;

			if (!u->file || f->arch != &arch_table[i])
				continue;
			full += u->status == UNIT_FULL;
			partial += u->status == UNIT_PARTIAL;
			failed += u->status == UNIT_FAILED;
		}
		if (!full && !partial && !failed)
			continue;
		inv->parsed[inv->nr_parsed].arch = xstrdup(arch_table[i].name);
		inv->parsed[inv->nr_parsed].full = full;
		inv->parsed[inv->nr_parsed].partial = partial;
		inv->parsed[inv->nr_parsed].failed = failed;
		inv->nr_parsed++;
	}
	inv->candidates = (unsigned)s->files.nr;
	inv->files_searched = s->search.files;
}

void scan_close(struct scan *s)
{
	struct scan_field *field;
	struct scan_file *f;
	struct reading *r;

	vec_each(f, &s->files) {
		free(f->file);
		strlist_free(&f->functions);
		reading_free(&f->reading);
		vec_each(r, &f->more)
			reading_free(r);
		vec_free(&f->more);
		scan_drop_doubts(f);
	}
	vec_free(&s->files);
	vec_each(field, &s->fields)
		strlist_free(&field->from);
	vec_free(&s->fields);
	strlist_free(&s->strange);
	scan_drop_installs(s);
	strlist_free(&s->peers);
	strlist_free(&s->setters);
	text_arguments_free(&s->arguments);
	dispatch_free(s->dispatch);
	kept_close(s->kept);
	flags_remember(s->flags, NULL, NULL);
	search_free(&s->search);
}

/* Is the handler selected, or does one that is change together with it? */
static bool is_wanted(const struct scan *s, const struct inventory *all, const struct handler *h)
{
	const struct handler *o;

	if (scan_selected(h, s->opt->only))
		return true;
	if (s->opt->found)		/* shown, not converted */
		return false;
	vec_each(o, &all->handlers)
		if (strlist_has(&h->together, o->id) && scan_selected(o, s->opt->only))
			return true;
	return false;
}

static void drop_unselected(struct scan *s)
{
	struct inventory all = *s->inv;
	bool *wanted;
	size_t i;

	if (!s->opt->only || !s->opt->only->nr)
		return;
	wanted = xcalloc(all.handlers.nr, sizeof(*wanted));
	for (i = 0; i < all.handlers.nr; i++)
		wanted[i] = is_wanted(s, &all, &all.handlers.items[i]);
	memset(&s->inv->handlers, 0, sizeof(s->inv->handlers));
	for (i = 0; i < all.handlers.nr; i++) {
		struct handler *h = &all.handlers.items[i];

		if (wanted[i]) {
			*vec_push(&s->inv->handlers) = *h;
		} else {
			struct inventory rest = { 0 };

			*vec_push(&rest.handlers) = *h;
			inventory_free(&rest);
		}
	}
	free(wanted);
	vec_free(&all.handlers);
}

int scan_search(struct scan *s)
{
	int ret = search_tree(s->tree, s->opt->cache, s->opt->jobs, &s->search);

	if (ret)
		return ret;
	if (s->opt->cache)
		flags_remember(s->flags, s->opt->cache, &s->search.makefiles);
	s->kept = kept_open(s->opt->cache, s->tree, &s->search.headers);
	s->dispatch = dispatch_new(&s->search);
	return 0;
}

int scan_tree(const struct tree *t, struct flags_db *flags, const struct scan_options *opt,
	      struct inventory *inv)
{
	struct scan s = { .tree = t, .flags = flags, .opt = opt, .inv = inv };
	int ret;

	describe(&s);
	ret = scan_search(&s);
	if (ret)
		goto out;
	scan_choose_files(&s);
	scan_want_functions(&s);
	do {
		ret = scan_parse(&s);
		if (!ret)
			ret = scan_collect(&s);
	} while (ret > 0);
	if (ret)
		goto out;
	scan_join_tier_1(&s);
	ret = scan_reach(&s);
	if (ret)
		goto out;
	scan_join_tier_2(&s);
	scan_join_rust(&s);
	ret = scan_check_selection(&s);
	if (!ret)
		ret = scan_judge(&s);
	if (ret)
		goto out;
	scan_show_functions(&s);
	scan_list_fields(&s);
	drop_unselected(&s);
	report_problems(&s);
	count_parsed(&s);
	strlist_sort(&inv->disagreements);
	inventory_sort(inv);
	ret = inventory_check(inv);
out:
	scan_close(&s);
	return ret;
}
