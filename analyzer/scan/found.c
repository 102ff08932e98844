// SPDX-License-Identifier: GPL-2.0-only
/* A selection that names a function: it is read whether it is a handler or not, and shown. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "scan/internal.h"
#include "scan/near.h"

/* The function of a selection FILE:FUNC, or NULL; *file is FILE, which the caller frees. */
static const char *split(const char *item, char **file)
{
	const char *colon = strchr(item, ':');

	*file = colon && colon > item && colon[1] ? xstrndup(item, (size_t)(colon - item)) : NULL;
	return *file ? colon + 1 : NULL;
}

static bool exists(const struct scan *s, const char *file)
{
	char *path = path_is_inside(file) ? path_join(s->tree->root, file) : NULL;
	bool is_there = path && file_exists(path) && !file_is_dir(path);

	free(path);
	return is_there;
}

void scan_want_functions(struct scan *s)
{
	const struct strlist *only = s->opt->only;
	const char *function;
	char *file;
	size_t i;

	for (i = 0; s->opt->found && only && i < only->nr; i++) {
		function = split(only->items[i], &file);
		if (function && str_ends(file, ".c") && exists(s, file))
			scan_want(s, file, function);
		free(file);
	}
}

static bool is_handler_of(struct scan *s, const char *item)
{
	struct strlist one = { .items = (char **)&item, .nr = 1 };
	const struct handler *h;

	vec_each(h, &s->inv->handlers)
		if (scan_selected(h, &one))
			return true;
	return false;
}

/* Why nothing is known of a function in a file that is there. */
static const char *why_not(struct scan *s, const char *file, const char *function)
{
	const struct scan_file *f = scan_file_find(s, file);

	if (!function)
		return "names no mmap handler of this tree";
	if (!exists(s, file))
		return "names no handler: this tree has no such file";
	if (!str_ends(file, ".c"))
		return "names no mmap handler of this tree, and only functions of .c files can be read by name";
	if (!f || !f->reading.unit.file)
		return "names no handler, and no architecture builds its file here";
	if (f->reading.unit.status == UNIT_FAILED)
		return "names no handler, and its file could not be parsed";
	return "names no function that is compiled in that file";
}

/* What libclang read there: hooks too, which the text search does not list. */
static void list_functions(struct scan *s, const char *file, struct strlist *names)
{
	struct scan_file *f = scan_file_find(s, file);
	const struct function *fn;
	const struct reading *r;
	size_t i;

	for (i = 0; f && (r = scan_reading(f, i)); i++)
		vec_each(fn, &r->unit.functions)
			if (!strcmp(fn->file, file))
				strlist_add_once(names, fn->name);
}

static void say_missing(struct scan *s, const char *item)
{
	struct strlist near = { 0 }, here = { 0 };
	struct strbuf b = { 0 };
	const char *function;
	char *file;
	size_t i;

	function = split(item, &file);
	if (file)
		list_functions(s, file, &here);
	scan_near(&s->search, item, &here, &near);
	strlist_free(&here);
	for (i = 0; i < near.nr; i++)
		strbuf_addf(&b, "%s%s", i ? ", " : "did you mean ", near.items[i]);
	log_error("%s %s; %s%s`mmapconv scan --json` lists all handlers, paths are relative to the tree", item,
		  s->opt->found ? why_not(s, file ? file : item, function) : "names no mmap handler of this tree",
		  b.len ? b.s : "", near.nr ? "? " : "");
	strbuf_free(&b);
	strlist_free(&near);
	free(file);
}

/* A file or folder that is there and has no handler, none any more perhaps: of it nothing is left to do. */
static bool is_done(const struct scan *s, const char *item)
{
	char *path = strchr(item, ':') || s->opt->found ? NULL : path_join(s->tree->root, item);
	bool there = path && (file_exists(path) || file_is_dir(path));

	if (there)
		log_note("%s has no mmap handler: nothing is left to do there", item);
	free(path);
	return there;
}

int scan_check_selection(struct scan *s)
{
	const struct strlist *only = s->opt->only;
	const char *function;
	bool found;
	char *file;
	size_t i;

	for (i = 0; only && i < only->nr; i++) {
		found = is_handler_of(s, only->items[i]);
		function = !found && s->opt->found ? split(only->items[i], &file) : NULL;
		if (function) {
			found = scan_reading_with(s, file, file, function);
			free(file);
		}
		if (s->opt->maybe && strlist_has(s->opt->maybe, only->items[i]))
			continue;
		if (!found && !is_done(s, only->items[i])) {
			say_missing(s, only->items[i]);
			return -ENOENT;
		}
	}
	return 0;
}

static void show(struct scan *s, const char *file, const char *function, const struct reading *r,
		 const struct handler *h)
{
	struct scan_found found = { .file = file, .function = function, .unit = &r->unit, .handler = h,
				    .contract = reading_contract(r, function) };

	if (found.contract)
		s->opt->found(&found, s->opt->found_ctx);
}

void scan_show_handler(struct scan *s, const struct handler *h, const struct reading *r)
{
	if (s->opt->found && scan_selected(h, s->opt->only))
		show(s, h->file, h->function, r, h);
}

void scan_show_functions(struct scan *s)
{
	const struct strlist *only = s->opt->only;
	const struct reading *r;
	const char *function;
	char *file;
	size_t i;

	for (i = 0; s->opt->found && only && i < only->nr; i++) {
		function = split(only->items[i], &file);
		r = function && !is_handler_of(s, only->items[i]) ? scan_reading_with(s, file, file, function) : NULL;
		if (r)
			show(s, file, function, r, NULL);
		free(file);
	}
}
