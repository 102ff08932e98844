// SPDX-License-Identifier: GPL-2.0-only
/*
 * `x->mmap = fn`, where fn is a parameter: whoever calls the function installs the handler.  The text
 * says who that is; what a caller hands on from its own parameters is not followed, and said.
 */
#include <stdlib.h>
#include <string.h>

#include "scan/internal.h"
#include "tree/fields.h"

/* Is this what somebody else says, and does anybody ask? */
static bool is_given(const struct scan *s, const struct install *i)
{
	return i->no_function && i->site && i->site->setter && (s->wide || !strcmp(i->field, TIER_1_FIELD));
}

/* Know the calls of all functions that are asked for. */
static int look_for_calls(struct scan *s)
{
	const struct install *i;
	bool new = false;

	vec_each(i, &s->installs)
		if (is_given(s, i) && !strlist_has(&s->setters, i->site->setter)) {
			strlist_add(&s->setters, i->site->setter);
			strlist_sort(&s->setters);
			new = true;
		}
	if (!new)
		return 0;
	text_arguments_free(&s->arguments);
	return search_arguments(s->tree, &s->search.vma_files, s->opt->cache, s->opt->jobs, &s->setters, &s->arguments);
}

/* The installs that one assignment stands for; adds to s->installs. */
static bool add_given(struct scan *s, size_t at)
{
	const struct fops_site *site = s->installs.items[at].site;
	bool found = false, all = true, wanted = false;
	const struct text_argument *a;
	struct install *i;
	const char *def;

	vec_each(a, &s->arguments) {
		if (a->nr != site->argument || strcmp(a->function, site->setter) ||
		    (site->setter_is_static && strcmp(a->file, site->file)) || !strcmp(a->value, "NULL"))
			continue;
		def = scan_definition_file(s, a->value, a->file, NULL);
		if (!def) {
			all = false;
			continue;
		}
		if (str_ends(def, ".c"))
			wanted |= scan_want(s, def, a->value);
		i = scan_add_install(s, site->tag, site->field, "", a->value, "argument", a->file, a->line);
		i->def_file = xstrdup(def);
		found = true;
	}
	s->installs.items[at].answered = found && all;
	return wanted;
}

int scan_collect_arguments(struct scan *s)
{
	size_t k, nr = s->installs.nr;
	int ret = look_for_calls(s), more = 0;

	for (k = 0; !ret && k < nr; k++)
		if (is_given(s, &s->installs.items[k]))
			more |= add_given(s, k);
	return ret ? ret : more;
}
