// SPDX-License-Identifier: GPL-2.0-only
#include "scan/hooks.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "scan/hooks_internal.h"

/* text: owned from here on. */
static void add_problem(struct hooks *out, const char *file, unsigned line, const char *mend, char *text, bool lost)
{
	struct hook_problem *p;

	vec_each(p, &out->problems)
		if (p->line == line && !strcmp(p->file, file) && !strcmp(p->text, text)) {
			free(text);
			return;
		}
	p = vec_push(&out->problems);
	p->file = xstrdup(file);
	p->line = line;
	p->mend = xstrdup(mend);
	p->text = text;
	p->lost = lost;
}

void hooks_problem(struct hooks *out, struct hook *h, const char *file, unsigned line, const char *mend,
		   const char *fmt, ...)
{
	struct strbuf b = { 0 };
	va_list ap;

	va_start(ap, fmt);
	strbuf_vaddf(&b, fmt, ap);
	va_end(ap);
	if (h)
		strlist_add_once(&h->lost, b.s);
	add_problem(out, file, line, mend, strbuf_detach(&b), true);
}

void hooks_doubt(struct hooks *out, const char *file, unsigned line, const char *mend, const char *fmt, ...)
{
	struct strbuf b = { 0 };
	va_list ap;

	va_start(ap, fmt);
	strbuf_vaddf(&b, fmt, ap);
	va_end(ap);
	add_problem(out, file, line, mend, strbuf_detach(&b), false);
}

size_t hooks_lost(const struct hooks *out)
{
	const struct hook *h;
	size_t nr = 0;

	vec_each(h, &out->list)
		nr += h->lost.nr > 0;
	return nr;
}

bool hooks_lost_any(const struct hooks *out)
{
	const struct hook_problem *p;

	vec_each(p, &out->problems)
		if (p->lost)
			return true;
	return false;
}

bool hook_selected(const struct strlist *only, const char *file, const char *function)
{
	struct handler h = { .id = xasprintf("%s:%s", file, function), .file = (char *)file };
	bool is = scan_selected(&h, only);

	free(h.id);
	return is;
}

static int compare_hooks(const void *a, const void *b)
{
	const struct hook *x = a, *y = b;
	int c = strcmp(x->fn.file, y->fn.file);

	return c ? c : strcmp(x->fn.name, y->fn.name);
}

static int check_selection(const struct hooks *out, bool legacy)
{
	const struct strlist *only = out->scan->opt->only;
	const struct hook_problem *p;
	const struct hook *h;
	bool found;
	size_t i;

	for (i = 0; only && i < only->nr; i++) {
		struct strlist one = { .items = &only->items[i], .nr = 1 };

		found = false;
		vec_each(h, &out->list)
			found |= hook_selected(&one, h->fn.file, h->fn.name);
		/* Where something was not understood it may be: that is said. */
		vec_each(p, &out->problems)
			found |= scan_path_selected(p->file, &one);
		if (!found) {
			log_error("%s names no mmap_prepare hook%s of this tree; `mmapconv audit --json` lists them all, "
				  "and paths are relative to the tree", only->items[i], legacy ? " and no handler" : "");
			return -ENOENT;
		}
	}
	return 0;
}

int hooks_read(const struct tree *t, struct flags_db *flags, const struct scan_options *opt,
	       const struct inventory *legacy, struct hooks *out)
{
	struct scan *s = xcalloc(1, sizeof(*s));
	int ret;

	out->scan = s;
	out->instead = opt->instead;
	out->nr_instead = opt->instead ? opt->nr_instead : 0;
	s->tree = t;
	s->flags = flags;
	s->opt = opt;
	out->all = hooks_may_be_elsewhere(opt);
	ret = scan_search(s);
	if (!ret)
		ret = hooks_find(out);
	if (!ret && legacy)
		hooks_from_handlers(out, legacy);
	if (!ret && !opt->instead)	/* a patch touches what it touches */
		ret = check_selection(out, legacy);
	if (ret)
		return ret;
	if (out->list.nr)
		qsort(out->list.items, out->list.nr, sizeof(*out->list.items), compare_hooks);
	return hooks_read_functions(out);
}

const struct hook_table *hook_table(const struct hook *h, const char *name)
{
	const struct hook_table *t;

	vec_each(t, &h->tables)
		if (!strcmp(t->name, name))
			return t;
	return NULL;
}

const struct hook_function *hook_callback(const struct hook_table *t, const char *field)
{
	const struct hook_callback *k;

	if (t)
		vec_each(k, &t->callbacks)
			if (!strcmp(k->field, field))
				return &k->fn;
	return NULL;
}

static void free_function(struct hook_function *f)
{
	free(f->name);
	free(f->file);
}

static void free_table(struct hook_table *t)
{
	struct hook_callback *k;

	vec_each(k, &t->callbacks) {
		free(k->field);
		free_function(&k->fn);
	}
	vec_free(&t->callbacks);
	free(t->name);
	free(t->file);
}

void hook_free(struct hook *h)
{
	struct hook_function *f;
	struct hook_table *t;
	struct hook_site *i;

	free_function(&h->fn);
	vec_each(i, &h->sites) {
		free(i->field);
		free(i->table);
		free(i->file);
	}
	vec_each(t, &h->tables)
		free_table(t);
	vec_each(f, &h->callees)
		free_function(f);
	vec_free(&h->sites);
	vec_free(&h->tables);
	vec_free(&h->callees);
	strlist_free(&h->lost);
}

void hooks_free(struct hooks *out)
{
	struct hook_problem *p;
	struct hook *h;

	vec_each(h, &out->list)
		hook_free(h);
	vec_free(&out->list);
	vec_each(p, &out->problems) {
		free(p->file);
		free(p->text);
		free(p->mend);
	}
	vec_free(&out->problems);
	strlist_free(&out->fields);
	if (out->scan)
		scan_close(out->scan);
	free(out->scan);
	out->scan = NULL;
}
