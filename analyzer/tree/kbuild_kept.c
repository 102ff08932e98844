// SPDX-License-Identifier: GPL-2.0-only
#include "tree/kbuild_kept.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/pack.h"
#include "base/run.h"
#include "base/stamp.h"
#include "tree/command.h"

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

static struct cache_key full_key(const struct kbuild *kb, const struct strlist *files, const struct cache *cache,
				 struct cache_key tree)
{
	struct made_from m = { .now = stamp_now() };
	size_t i;

	cache_hash_begin(&m.hash, cache);
	cache_hash_add(&m.hash, &tree, sizeof(tree));
	cache_hash_str(&m.hash, kb->tree->root);
	cache_hash_str(&m.hash, kb->arch->name);
	cache_hash_str(&m.hash, kb->dir);
	cache_hash_list(&m.hash, files);
	for (i = 0; i < sizeof(made) / sizeof(*made); i++)
		add(&m, kb->dir, made[i]);
	return cache_hash_end(&m.hash);
}

static void pack_command(struct pack *k, const struct kbuild *kb, struct compile_command **c)
{
	char *file = k->to ? (*c)->file : NULL;

	pack_str(k, &file);
	k->bad |= !file;
	if (!k->to) {
		*c = command_new(file ? file : "", FLAGS_KBUILD, kb->dir);
		free(file);
	}
	pack_strlist(k, &(*c)->argv);
	pack_strlist(k, &(*c)->clang_args);
	k->bad |= !(*c)->argv.nr;
}

static bool unpack(const struct kbuild *kb, const struct strbuf *b, command_vec *out)
{
	struct compile_command **c;
	struct pack k;
	size_t nr;

	pack_read(&k, b->s, b->len);
	for (nr = pack_count(&k, 0); nr && !k.bad; nr--)
		pack_command(&k, kb, vec_push(out));
	if (pack_done(&k))
		return true;
	vec_each(c, out)
		command_free(*c);
	vec_free(out);
	return false;
}

static void keep(const struct kbuild *kb, struct cache *cache, struct cache_key key, const command_vec *commands)
{
	struct strbuf b = { 0 };
	struct pack k;
	size_t i;

	pack_write(&k, &b);
	pack_count(&k, commands->nr);
	for (i = 0; i < commands->nr; i++)
		pack_command(&k, kb, &commands->items[i]);
	cache_put(cache, CACHE_COMMANDS, key, b.s, b.len);
	strbuf_free(&b);
}

int kbuild_commands_kept(const struct kbuild *kb, const struct strlist *files, struct cache *cache,
			 const struct strlist *makefiles, command_vec *out, char **why)
{
	struct cache_key key, tree, after;
	struct strbuf b = { 0 };
	bool old, found;
	int ret;

	if (!cache)
		return kbuild_commands(kb, files, out, why);
	old = tree_key(kb, cache, makefiles, &tree);
	key = full_key(kb, files, cache, tree);
	found = old && cache_get(cache, CACHE_COMMANDS, key, &b);
	if (found && !unpack(kb, &b, out)) {
		cache_reject(cache, CACHE_COMMANDS, key);
		found = false;
	}
	strbuf_free(&b);
	if (found)
		return 0;
	ret = kbuild_commands(kb, files, out, why);
	if (!ret && old && tree_key(kb, cache, makefiles, &after) && !memcmp(&tree, &after, sizeof(tree)))
		/* Not `key`: headers may have been generated meanwhile. */
		keep(kb, cache, full_key(kb, files, cache, tree), out);
	return ret;
}
