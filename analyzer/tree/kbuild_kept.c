// SPDX-License-Identifier: GPL-2.0-only
#include "tree/kbuild_kept.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "base/file.h"
#include "base/pack.h"
#include "base/run.h"
#include "base/stamp.h"
#include "tree/command.h"

#define KEPT "mmapconv-commands"		/* in the kbuild folder */
enum { MAX_KEPT = 128 << 20, MAX_ANSWERS = 8192 };	/* bytes; files */

/* A dry run is decided by these: of the kbuild folder, which only this program writes, under its lock. */
static const char *const made[] = { ".config", "include/config/auto.conf", "mmapconv-prepared", "mmapconv-generated" };
static const char *const programs[] = { "make", "sh", "bash" };

struct made_from {
	struct cache_hash hash;
	uint64_t now;
	bool old;			/* all of it was left alone for a while */
};

static void add(struct made_from *m, const char *dir, const char *name)
{
	char *path = path_join(dir, name);
	struct stamp s;

	stamp_of(path, &s);
	m->old &= stamp_is_old(&s, m->now);
	cache_hash_str(&m->hash, name);
	cache_hash_add(&m->hash, &s, sizeof(s));
	free(path);
}

static void add_program(struct made_from *m, const char *name)
{
	char *path = run_find(name);

	if (path)
		add(m, "", path);
	free(path);
}

/* scripts/Kbuild.include and its neighbours: what probes the compiler. */
static void add_scripts(struct made_from *m, const char *root)
{
	char *dir = path_join(root, "scripts");
	struct strlist names = { 0 };
	struct dirent *e;
	DIR *d = opendir(dir);
	size_t i;

	while (d && (e = readdir(d)))
		if (e->d_name[0] != '.')
			strlist_add(&names, e->d_name);
	if (d)
		closedir(d);
	strlist_sort(&names);
	for (i = 0; i < names.nr; i++)
		add(m, dir, names.items[i]);
	strlist_free(&names);
	free(dir);
}

/* Of what the user can change.  False: it may still be changing. */
static bool tree_key(const struct kbuild *kb, const struct cache *cache, const struct strlist *makefiles,
		     struct cache_key *key)
{
	struct made_from m = { .now = stamp_now(), .old = true };
	char *compiler = kb->arch->cross ? xasprintf("%sgcc", kb->arch->cross) : xstrdup("clang-19");
	size_t i;

	cache_hash_begin(&m.hash, cache);
	for (i = 0; i < makefiles->nr; i++)
		add(&m, kb->tree->root, makefiles->items[i]);
	add_scripts(&m, kb->tree->root);
	add_program(&m, compiler);
	for (i = 0; i < sizeof(programs) / sizeof(*programs); i++)
		add_program(&m, programs[i]);
	*key = cache_hash_end(&m.hash);
	free(compiler);
	return m.old;
}

/* Of all that the answers hang on, but for the files asked for. */
static struct cache_key full_key(const struct kbuild *kb, const struct cache *cache, struct cache_key tree)
{
	struct made_from m = { .now = stamp_now() };
	size_t i;

	cache_hash_begin(&m.hash, cache);
	cache_hash_add(&m.hash, &tree, sizeof(tree));
	cache_hash_str(&m.hash, kb->tree->root);
	cache_hash_str(&m.hash, kb->arch->name);
	cache_hash_str(&m.hash, kb->dir);
	for (i = 0; i < sizeof(made) / sizeof(*made); i++)
		add(&m, kb->dir, made[i]);
	return cache_hash_end(&m.hash);
}

/* What kbuild said of a file; command is NULL: it has no rule for it. */
struct answer { char *file; struct compile_command *command; };
VEC_DECLARE(answers, struct answer);

static int by_file(const void *a, const void *b)
{
	return strcmp(((const struct answer *)a)->file, ((const struct answer *)b)->file);
}

static struct answer *find(const struct answers *all, const char *file)
{
	struct answer key = { .file = (char *)file };

	return all->nr ? bsearch(&key, all->items, all->nr, sizeof(key), by_file) : NULL;
}

static void free_answers(struct answers *all)
{
	struct answer *a;

	vec_each(a, all) {
		command_free(a->command);
		free(a->file);
	}
	vec_free(all);
}

static void pack_answer(struct pack *k, const struct kbuild *kb, struct answer *a)
{
	bool there = a->command;

	pack_str(k, &a->file);
	pack_bool(k, &there);
	k->bad |= !a->file;
	if (k->bad || !there)
		return;
	if (!k->to)
		a->command = command_new(a->file, FLAGS_KBUILD, kb->dir);
	pack_strlist(k, &a->command->argv);
	pack_strlist(k, &a->command->clang_args);
	k->bad |= !a->command->argv.nr;
}

/* A checksum of what follows, the key, the answers. */
static void load(const struct kbuild *kb, struct cache_key key, struct answers *all)
{
	char *path = path_join(kb->dir, KEPT);
	struct cache_key made_under = { 0 };
	struct strbuf b = { 0 };
	struct pack k;
	uint64_t sum;
	size_t nr;

	if (!file_read(path, MAX_KEPT, &b) && b.len > sizeof(sum)) {
		pack_read(&k, b.s, b.len);
		pack_u64(&k, &sum);
		k.bad |= sum != XXH3_64bits(k.p, (size_t)(k.end - k.p));
		pack_u64(&k, &made_under.high);
		pack_u64(&k, &made_under.low);
		if (!k.bad && !memcmp(&made_under, &key, sizeof(key))) {
			for (nr = pack_count(&k, 0); nr && !k.bad; nr--)
				pack_answer(&k, kb, vec_push(all));
			if (!pack_done(&k))
				free_answers(all);
		}
	}
	if (all->nr)
		qsort(all->items, all->nr, sizeof(*all->items), by_file);
	strbuf_free(&b);
	free(path);
}

/* It can cost time that this fails, nothing else. */
static void save(const struct kbuild *kb, struct cache_key key, struct answers *all)
{
	char *path = path_join(kb->dir, KEPT);
	struct strbuf b = { 0 }, whole = { 0 };
	uint64_t sum;
	struct answer *a;
	struct pack k;

	pack_write(&k, &b);
	pack_u64(&k, &key.high);
	pack_u64(&k, &key.low);
	pack_count(&k, all->nr);
	vec_each(a, all)
		pack_answer(&k, kb, a);
	sum = XXH3_64bits(b.s, b.len);
	pack_write(&k, &whole);
	pack_u64(&k, &sum);
	strbuf_add(&whole, b.s, b.len);
	file_write_atomic(path, whole.s, whole.len);
	strbuf_free(&whole);
	strbuf_free(&b);
	free(path);
}

/* Ask kbuild for files of which nothing is known, and add what it says. */
static int ask(const struct kbuild *kb, const struct strlist *files, struct answers *all, char **why)
{
	command_vec found = { 0 };
	struct compile_command **c;
	int ret = kbuild_commands(kb, files, &found, why);
	struct answer *a;
	size_t i;

	for (i = 0; !ret && i < files->nr; i++) {
		a = vec_push(all);
		a->file = xstrdup(files->items[i]);
		a->command = NULL;
	}
	if (all->nr)
		qsort(all->items, all->nr, sizeof(*all->items), by_file);
	vec_each(c, &found) {
		a = ret ? NULL : find(all, (*c)->file);
		if (a && !a->command)
			a->command = *c;
		else
			command_free(*c);
	}
	vec_free(&found);
	return ret;
}

int kbuild_commands_kept(const struct kbuild *kb, const struct strlist *files, struct cache *cache,
			 const struct strlist *makefiles, command_vec *out, char **why)
{
	struct cache_key tree, after;
	struct answers all = { 0 };
	struct strlist new = { 0 };
	struct answer *a;
	size_t i;
	bool old;
	int ret = 0;

	if (!cache)
		return kbuild_commands(kb, files, out, why);
	old = tree_key(kb, cache, makefiles, &tree);
	if (old)
		load(kb, full_key(kb, cache, tree), &all);
	for (i = 0; i < files->nr; i++)
		if (!find(&all, files->items[i]))
			strlist_add_once(&new, files->items[i]);
	if (new.nr) {
		if (all.nr + new.nr > MAX_ANSWERS) {
			free_answers(&all);
			strlist_free(&new);
			for (i = 0; i < files->nr; i++)
				strlist_add_once(&new, files->items[i]);
		}
		ret = ask(kb, &new, &all, why);
		/* Not under the key of before: headers may have been generated meanwhile. */
		if (!ret && old && tree_key(kb, cache, makefiles, &after) && !memcmp(&tree, &after, sizeof(tree)))
			save(kb, full_key(kb, cache, tree), &all);
	}
	for (i = 0; !ret && i < files->nr; i++) {
		a = find(&all, files->items[i]);
		if (a && a->command)
			*vec_push(out) = a->command;
		if (a)
			a->command = NULL;
	}
	free_answers(&all);
	strlist_free(&new);
	return ret;
}
