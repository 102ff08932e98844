// SPDX-License-Identifier: GPL-2.0-only
/*
 * A patch can change a hook without a line of the hook's file: its table, a callback, or a function that gets its
 * descriptor stands elsewhere.  Then all hooks are read, and those stay that have to do with a file of the patch.
 */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "scan/hooks_internal.h"

enum { MAX_SOURCE = 4 << 20 /* bytes */ };

/* What every callback, table or helper of a hook has a word of. */
static const char *const words[] = { "vm_area_struct", "vm_area_desc", "vm_fault", "vm_operations_struct",
				     "vm_private_data" };

bool hooks_may_be_elsewhere(const struct scan_options *opt)
{
	struct strbuf text = { 0 };
	bool found = false;
	size_t i, k;

	for (i = 0; opt->instead && i < opt->nr_instead && !found; i++) {
		strbuf_reset(&text);
		/* What cannot be read is not known to have none. */
		found = file_read(opt->instead[i].path, MAX_SOURCE, &text) != 0;
		for (k = 0; text.s && k < sizeof(words) / sizeof(*words); k++)
			found |= strstr(text.s, words[k]) != NULL;
	}
	strbuf_free(&text);
	return found;
}

static bool is_touched(const struct hooks *out, const char *file)
{
	return file && scan_path_selected(file, out->scan->opt->only);
}

static bool hook_is_touched(const struct hooks *out, const struct hook *h)
{
	bool touched = is_touched(out, h->fn.file);
	const struct hook_callback *k;
	const struct hook_function *f;
	const struct hook_site *site;
	const struct hook_table *t;

	vec_each(site, &h->sites)
		touched |= is_touched(out, site->file);
	vec_each(f, &h->callees)
		touched |= is_touched(out, f->file);
	vec_each(t, &h->tables) {
		touched |= is_touched(out, t->file);
		vec_each(k, &t->callbacks)
			touched |= is_touched(out, k->fn.file);
	}
	return touched;
}

/* Is that said of a hook that stays? */
static bool is_said(const struct hooks *out, const char *text)
{
	const struct hook *h;

	vec_each(h, &out->list)
		if (strlist_has(&h->lost, text))
			return true;
	return false;
}

/* What was said of hooks that are gone. */
static void forget_problems(struct hooks *out, const struct strlist *texts)
{
	struct hook_problem *p;
	size_t n = 0;

	vec_each(p, &out->problems) {
		if (!strlist_has(texts, p->text) || is_said(out, p->text)) {
			out->problems.items[n++] = *p;
			continue;
		}
		free(p->file);
		free(p->text);
		free(p->mend);
	}
	out->problems.nr = n;
}

void hooks_keep_touched(struct hooks *out)
{
	struct strlist texts = { 0 };
	struct hook *h;
	size_t i, n = 0;

	vec_each(h, &out->list) {
		if (hook_is_touched(out, h)) {
			out->list.items[n++] = *h;
			continue;
		}
		for (i = 0; i < h->lost.nr; i++)
			strlist_add(&texts, h->lost.items[i]);
		hook_free(h);
	}
	out->list.nr = n;
	forget_problems(out, &texts);
	strlist_free(&texts);
}
