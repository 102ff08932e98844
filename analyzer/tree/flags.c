// SPDX-License-Identifier: GPL-2.0-only
#include "tree/flags.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "base/run.h"
#include "tree/command.h"
#include "tree/compdb.h"
#include "tree/fallback.h"
#include "tree/kbuild.h"
#include "tree/kbuild_kept.h"

/* What is known of one architecture. */
struct arch_flags {
	enum { UNTRIED, READY, FAILED } kbuild;
	char *kbuild_dir;
	char *headers;			/* of the fallback */
	bool headers_tried;
	command_vec commands;		/* sorted by file */
};

struct flags_db {
	const struct tree *tree;
	struct flags_options opt;
	struct compdb *compdb;
	char *base;			/* this tree's folder in the cache; NULL: none, base_why */
	char *base_why;
	int lock;
	struct cache *cache;			/* or NULL */
	const struct strlist *makefiles;
	struct arch_flags *arch;	/* one for each row of arch_table */
};

struct flags_db *flags_open(const struct tree *t, const struct flags_options *opt)
{
	struct flags_db *db = xcalloc(1, sizeof(*db));

	db->tree = t;
	db->opt = *opt;
	db->lock = -1;
	db->arch = xcalloc(arch_nr, sizeof(*db->arch));
	db->compdb = compdb_open(t->root);
	return db;
}

void flags_close(struct flags_db *db)
{
	struct compile_command **c;
	size_t i;

	if (!db)
		return;
	for (i = 0; i < arch_nr; i++) {
		vec_each(c, &db->arch[i].commands)
			command_free(*c);
		vec_free(&db->arch[i].commands);
		free(db->arch[i].kbuild_dir);
		free(db->arch[i].headers);
	}
	compdb_close(db->compdb);
	if (db->lock >= 0)
		close(db->lock);
	free(db->base);
	free(db->base_why);
	free(db->arch);
	free(db);
}

void flags_remember(struct flags_db *db, struct cache *cache, const struct strlist *makefiles)
{
	db->cache = cache;
	db->makefiles = makefiles;
}

static int by_file(const void *a, const void *b)
{
	const struct compile_command *const *x = a, *const *y = b;

	return strcmp((*x)->file, (*y)->file);
}

const struct compile_command *flags_find(const struct flags_db *db, const struct arch *arch,
					 const char *file)
{
	const struct arch_flags *a = &db->arch[arch - arch_table];
	struct compile_command key = { .file = (char *)file }, *p = &key, **hit;

	hit = a->commands.nr ? bsearch(&p, a->commands.items, a->commands.nr, sizeof(p), by_file)
			     : NULL;
	return hit ? *hit : NULL;
}

const char *flags_kbuild_dir(const struct flags_db *db, const struct arch *arch)
{
	return db->arch[arch - arch_table].kbuild_dir;
}

static const char *base_of(struct flags_db *db)
{
	if (!db->base && !db->base_why)
		db->base = kbuild_base(db->tree, &db->lock, &db->base_why);
	return db->base;
}

/* Returns 0, -EINTR, or another negative errno after the one warning. */
static int ask_kbuild(struct flags_db *db, const struct arch *arch, const struct strlist *files)
{
	struct arch_flags *a = &db->arch[arch - arch_table];
	struct kbuild kb = { .lock = -1 };
	struct compile_command **c;
	command_vec found = { 0 };
	char *why = NULL;
	int ret;

	if (db->opt.no_kbuild || a->kbuild == FAILED)
		return -ENOENT;
	if (!base_of(db)) {
		why = xstrdup(db->base_why);
		ret = -EIO;
	} else {
		ret = kbuild_prepare(&kb, db->tree, arch, db->base, db->opt.jobs, &why);
	}
	if (!ret)
		ret = kbuild_commands_kept(&kb, files, db->cache, db->makefiles, &found, &why);
	vec_each(c, &found) {
		if (ret)
			command_free(*c);
		else
			*vec_push(&a->commands) = *c;
	}
	vec_free(&found);
	if (!ret) {
		a->kbuild = READY;
		if (!a->kbuild_dir)
			a->kbuild_dir = xstrdup(kb.dir);
	} else if (run_interrupted()) {
		ret = -EINTR;
	} else {
		a->kbuild = FAILED;
		log_warn("no compile commands from kbuild for %s: %s.  Its files are read with "
			 "guessed flags, and count as partly parsed (--no-kbuild says so on purpose)",
			 arch->name, why ? why : strerror(-ret));
	}
	kbuild_release(&kb);
	free(why);
	return ret;
}

static void fall_back(struct flags_db *db, const struct arch *arch, const struct strlist *files)
{
	struct arch_flags *a = &db->arch[arch - arch_table];
	size_t i;

	if (!a->headers_tried && base_of(db))
		a->headers = fallback_headers(db->tree, arch, db->base);
	a->headers_tried = true;
	for (i = 0; i < files->nr; i++)
		*vec_push(&a->commands) = fallback_command(db->tree, arch, a->headers,
							   files->items[i]);
}

/* The files that are not known yet, sorted, each once. */
static void list_new(const struct flags_db *db, const struct arch *arch,
		     const struct strlist *files, struct strlist *fresh)
{
	struct strlist sorted = { 0 };
	size_t i;

	for (i = 0; i < files->nr; i++)
		if (path_is_inside(files->items[i]) && !flags_find(db, arch, files->items[i]))
			strlist_add(&sorted, files->items[i]);
	strlist_sort(&sorted);
	for (i = 0; i < sorted.nr; i++)
		if (!i || strcmp(sorted.items[i], sorted.items[i - 1]))
			strlist_add(fresh, sorted.items[i]);
	strlist_free(&sorted);
}

int flags_load(struct flags_db *db, const struct arch *arch, const struct strlist *files)
{
	struct arch_flags *a = &db->arch[arch - arch_table];
	struct strlist fresh = { 0 }, rest = { 0 };
	struct compile_command *c;
	size_t i;
	int ret = 0;

	list_new(db, arch, files, &fresh);
	for (i = 0; i < fresh.nr; i++) {
		c = db->compdb ? compdb_find(db->compdb, arch, fresh.items[i]) : NULL;
		if (c)
			*vec_push(&a->commands) = c;
		else
			strlist_add(&rest, fresh.items[i]);
	}
	if (rest.nr) {
		ret = ask_kbuild(db, arch, &rest);
		if (ret && ret != -EINTR) {
			fall_back(db, arch, &rest);
			ret = 0;
		}
	}
	if (a->commands.nr)
		qsort(a->commands.items, a->commands.nr, sizeof(c), by_file);
	strlist_free(&fresh);
	strlist_free(&rest);
	return ret;
}
