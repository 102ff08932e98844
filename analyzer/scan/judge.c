// SPDX-License-Identifier: GPL-2.0-only
/* Classification of every handler. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "scan/judged.h"
#include "scan/record.h"
#include "tree/fields.h"

enum { MAX_SOURCE = 4 << 20 };	/* bytes */

static const char *const parse_words[] = {
	[UNIT_FULL] = "full", [UNIT_PARTIAL] = "partial", [UNIT_FAILED] = "failed",
};

/* The reading that holds a handler: of its own file, or for a header's, of one that uses it. */
static const struct reading *reading_of(struct scan *s, const struct handler *h)
{
	const struct reading *found = NULL;
	struct scan_file *f;

	if (!str_ends(h->file, ".h")) {
		f = scan_file_find(s, h->file);
		found = scan_reading_with(s, h->file, h->file, h->function);
		return found || !f || !f->reading.unit.file ? found : &f->reading;
	}
	vec_each(f, &s->files)
		if (scan_reading_has(&f->reading, h->file, h->function) && (!found || f->reading.unit.status < found->unit.status))
			found = &f->reading;
	return found;
}

static bool is_nommu(const struct handler *h)
{
	const struct definition *d;

	vec_each(d, &h->definitions)
		if (strstr(d->condition, "!CONFIG_MMU"))
			return true;
	return false;
}

static bool is_swapped(const struct scan *s, const struct handler *h)
{
	const struct text_swap *w;
	const struct instance *i;

	vec_each(w, &s->search.facts.swaps)
		vec_each(i, &h->instances)
			if (!strcmp(i->interface, TIER_1_FIELD) && !strcmp(w->table, i->name) &&
			    !strcmp(w->file, i->file))
				return true;
	return false;
}

/* "sound/", "drivers/misc/": where files share what happens to their operations. */
static size_t subsystem_length(const char *file)
{
	const char *slash = strchr(file, '/'), *second;

	if (!slash)
		return 0;
	second = strchr(slash + 1, '/');
	if (!second || (!str_starts(file, "drivers/") && !str_starts(file, "arch/")))
		return (size_t)(slash - file) + 1;
	return (size_t)(second - file) + 1;
}

/* A table with an mmap to which a file of h's subsystem switches live files (R19). */
static bool is_swapped_from(const struct scan *s, const struct handler *h)
{
	const struct text_site *t;
	const struct text_swap *w;
	const struct instance *i;

	vec_each(w, &s->search.facts.swaps)
		vec_each(i, &h->instances) {
			if (strcmp(i->interface, TIER_1_FIELD) ||
			    strncmp(w->file, i->file, subsystem_length(w->file)))
				continue;
			vec_each(t, &s->search.facts.sites)
				if (!strcmp(t->table, w->table) && !strcmp(t->file, w->file) &&
				    !strcmp(t->tag, "file_operations") && strcmp(t->value, "NULL"))
					return true;
		}
	return false;
}

/* Static tables that nothing but their own definition names. */
static bool used_once(struct scan *s, const char *file, const char *table)
{
	char *path = path_join(s->tree->root, file);
	struct strbuf b = { 0 };
	bool once = !file_read(path, MAX_SOURCE, &b) && b.len && text_count(b.s, b.len, table) == 1;

	strbuf_free(&b);
	free(path);
	return once;
}

static bool is_dead(struct scan *s, const struct handler *h)
{
	const struct text_site *t;
	const struct instance *i;
	bool is_static_table;

	if (!h->instances.nr)
		return false;
	vec_each(i, &h->instances) {
		is_static_table = false;
		vec_each(t, &s->search.facts.sites)
			is_static_table |= t->line == i->line && !strcmp(t->file, i->file) && t->is_static;
		if (!is_static_table || strcmp(i->how, "static") || !used_once(s, i->file, i->name))
			return false;
	}
	return true;
}

/* Is a copy, made in this file, of (or into) `variable` given another handler afterwards? */
static bool overridden(const struct scan_file *f, const struct handler *h, const char *table)
{
	const struct fops_site *copy, *site;

	vec_each(copy, &f->reading.unit.sites) {
		if (strcmp(copy->how, "copy") || strcmp(copy->tag, TIER_1_TAG) || strcmp(copy->table, table))
			continue;
		vec_each(site, &f->reading.unit.sites)
			if (!strcmp(site->how, "assignment") && !strcmp(site->tag, TIER_1_TAG) &&
			    !strcmp(site->target, copy->target) && strcmp(site->value, h->function))
				return true;
	}
	return false;
}

static bool over_copy(const struct scan_file *f, const struct handler *h)
{
	const struct fops_site *copy, *site;

	vec_each(site, &f->reading.unit.sites) {
		if (strcmp(site->how, "assignment") || strcmp(site->value, h->function))
			continue;
		vec_each(copy, &f->reading.unit.sites)
			if (!strcmp(copy->how, "copy") && !strcmp(copy->tag, site->tag) &&
			    !strcmp(copy->target, site->target))
				return true;
	}
	return false;
}

static void find_overrides(struct scan *s, const struct handler *h, struct subject *sub)
{
	const struct instance *i;
	struct scan_file *f;

	vec_each(i, &h->instances) {
		f = scan_file_find(s, i->file);
		if (!f || !f->reading.unit.file)
			continue;
		sub->table_overridden |= overridden(f, h, i->name);
		sub->copied_over |= over_copy(f, h);
	}
}

/* A name that only the text of tables has: no compiler can have read those. */
static bool is_undefined(const struct handler *h)
{
	const struct instance *i;

	if (h->definitions.nr)
		return false;
	vec_each(i, &h->instances)
		if (i->confirmed)
			return false;
	return true;
}

/* What was read of a handler.  One of which nothing can be known gets its verdict here. */
static void look_up(struct scan *s, struct judged *j)
{
	struct handler *h = j->h;
	const struct unit *u;

	if (h->verdict)			/* Rust */
		return;
	if (is_undefined(h)) {
		classify_undefined(h);
		return;
	}
	j->r = reading_of(s, h);
	u = j->r ? &j->r->unit : NULL;
	if (!u || !u->file) {
		classify_unread(h, "its file was not parsed: no compile flags are known for it");
		return;
	}
	h->arch = xstrdup(u->arch);
	h->parse = xstrdup(parse_words[u->status]);
	if (u->status == UNIT_FAILED) {
		classify_unread(h, u->errors.nr ? u->errors.items[0] : "its file could not be parsed");
		return;
	}
	j->contract = reading_contract(j->r, h->function);
	if (!j->contract) {
		free(h->parse);
		h->parse = xstrdup("failed");
		classify_unread(h, "its definition is not compiled in the configuration that was parsed");
		return;
	}
	j->function = unit_function(u, h->function);
	h->line = j->function->line;
}

static void judge(struct scan *s, struct judged *j)
{
	struct handler *h = j->h;
	struct subject sub = { .tree = s->tree, .handler = h, .unit = &j->r->unit, .contract = j->contract,
			       .hooks = &s->search.hooks, .peers = &j->peers, .strangers = &j->strangers,
			       .names = &j->names, .again = &j->again };

	sub.nommu = is_nommu(h);
	sub.swapped_f_op = is_swapped(s, h);
	sub.swapped_from = is_swapped_from(s, h);
	sub.dead = is_dead(s, h);
	find_overrides(s, h, &sub);
	classify(&sub, h);
	scan_record_contract(j->contract, h);
}

static void free_judged(struct judged_list *all)
{
	struct judged *j;
	struct peer *p;

	vec_each(j, all) {
		vec_each(p, &j->peers) {
			free(p->helper);
			free(p->place);
		}
		vec_free(&j->peers);
		strlist_free(&j->strangers);
		strlist_free(&j->names);
		strlist_free(&j->again);
	}
	vec_free(all);
}

int scan_judge(struct scan *s)
{
	struct judged_list all = { 0 };
	struct handler *h;
	struct judged *j;
	int ret;

	vec_each(h, &s->inv->handlers) {
		j = vec_push(&all);
		j->h = h;
		look_up(s, j);
	}
	ret = scan_find_callers(s, &all);
	if (ret)
		goto done;
	scan_find_companions(s, &all);
	vec_each(j, &all)
		if (j->contract)
			judge(s, j);
	scan_move_together(&all);
	vec_each(j, &all) {
		if (j->contract)
			scan_show_handler(s, j->h, j->r);
		j->h->outcome = xstrdup(strcmp(j->h->verdict, "unknown") ? j->h->verdict : "unparsed");
	}
done:
	free_judged(&all);
	return ret;
}
