// SPDX-License-Identifier: GPL-2.0-only
#include "tree/compdb.h"

#include <errno.h>
#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "tree/command.h"
#include "tree/shell_words.h"

#define NAME		"compile_commands.json"
#define MAX_SIZE	(192u << 20)	/* an allmodconfig's is 60 MB */

struct entry {
	char *file;			/* relative to the tree */
	size_t index;			/* in the list */
	struct json_object *command;	/* borrowed from root */
};

struct compdb {
	const char *root;		/* the tree's folder, borrowed */
	struct json_object *json;
	VEC(struct entry) entries;	/* sorted by file; of equal ones the first stands first */
};

static const char *string_of(struct json_object *o, const char *key)
{
	struct json_object *v = NULL;

	if (!json_object_object_get_ex(o, key, &v) || !json_object_is_type(v, json_type_string))
		return NULL;
	return json_object_get_string(v);
}

/* "." and ".." taken out by text alone, so the answer is the same whatever links there are. */
static char *normalize(const char *path)
{
	struct strbuf b = { 0 };
	size_t len;

	strbuf_adds(&b, "");
	for (; *path; path += len) {
		path += strspn(path, "/");
		len = strcspn(path, "/");
		if (!len || (len == 1 && path[0] == '.'))
			continue;
		if (len == 2 && !strncmp(path, "..", 2)) {
			while (b.len && b.s[--b.len] != '/')
				;
			b.s[b.len] = '\0';
			continue;
		}
		strbuf_adds(&b, "/");
		strbuf_add(&b, path, len);
	}
	return strbuf_detach(&b);
}

/* path below base, absolute and normalized. */
static char *resolve(const char *base, const char *path)
{
	char *joined = path[0] == '/' ? xstrdup(path) : path_join(base, path);
	char *full = normalize(joined);

	free(joined);
	return full;
}

static void add_entry(struct compdb *db, size_t index)
{
	struct json_object *o = json_object_array_get_idx(db->json, index);
	const char *dir, *file;
	size_t len = strlen(db->root);
	struct entry *e;
	char *cwd, *full;

	if (!json_object_is_type(o, json_type_object))
		return;
	dir = string_of(o, "directory");
	file = string_of(o, "file");
	if (!file)
		return;
	cwd = resolve(db->root, dir ? dir : ".");
	full = resolve(cwd, file);
	if (!strncmp(full, db->root, len) && full[len] == '/' && path_is_inside(full + len + 1)) {
		e = vec_push(&db->entries);
		e->file = xstrdup(full + len + 1);
		e->index = index;
		e->command = o;
	}
	free(full);
	free(cwd);
}

static int by_file(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	int cmp = strcmp(x->file, y->file);

	return cmp ? cmp : (x->index > y->index) - (x->index < y->index);
}

static const char *json_complaint(struct json_tokener *tok)
{
	enum json_tokener_error error = json_tokener_get_error(tok);

	return error == json_tokener_continue ? "it ends in the middle"
					      : json_tokener_error_desc(error);
}

static struct json_object *parse(const struct strbuf *text, const char *path)
{
	struct json_tokener *tok = json_tokener_new_ex(16);
	struct json_object *json = NULL;

	if (tok)
		json = json_tokener_parse_ex(tok, text->s, (int)text->len);
	if (!json || !json_object_is_type(json, json_type_array)) {
		log_warn("%s: %s; it is not used: make it again with `make %s`, or remove it", path,
			 json ? "not a list of commands" : tok ?
			 json_complaint(tok) : "out of memory", NAME);
		json_object_put(json);
		json = NULL;
	}
	if (tok)
		json_tokener_free(tok);
	return json;
}

struct compdb *compdb_open(const char *root)
{
	char *path = path_join(root, NAME);
	struct strbuf text = { 0 };
	struct compdb *db = NULL;
	struct json_object *json;
	size_t i;
	int ret;

	ret = file_read(path, MAX_SIZE, &text);
	if (ret && ret != -ENOENT)
		log_warn("%s: %s; it is not used: mend or remove it", path,
			 ret == -EFBIG ? "too large" : strerror(-ret));
	json = ret ? NULL : parse(&text, path);
	if (!json)
		goto done;
	db = xcalloc(1, sizeof(*db));
	db->root = root;
	db->json = json;
	for (i = 0; i < json_object_array_length(json); i++)
		add_entry(db, i);
	if (db->entries.nr)
		qsort(db->entries.items, db->entries.nr, sizeof(*db->entries.items), by_file);
done:
	strbuf_free(&text);
	free(path);
	return db;
}

void compdb_close(struct compdb *db)
{
	struct entry *e;

	if (!db)
		return;
	vec_each(e, &db->entries)
		free(e->file);
	vec_free(&db->entries);
	json_object_put(db->json);
	free(db);
}

static int words_of(struct json_object *o, struct strlist *words)
{
	struct json_object *list = NULL, *word;
	const char *line;
	size_t i;

	if (json_object_object_get_ex(o, "arguments", &list) &&
	    json_object_is_type(list, json_type_array)) {
		for (i = 0; i < json_object_array_length(list); i++) {
			word = json_object_array_get_idx(list, i);
			if (!json_object_is_type(word, json_type_string))
				return -EINVAL;
			strlist_add(words, json_object_get_string(word));
		}
		return words->nr ? 0 : -EINVAL;
	}
	line = string_of(o, "command");
	if (!line || shell_words(line, strlen(line), words))
		return -EINVAL;
	return words->nr ? 0 : -EINVAL;
}

/*
 * The file is the tree's, and a check later runs this program: only a compiler by its name, from
 * PATH, or by an absolute name outside the tree.
 */
static bool trusted_compiler(const struct compdb *db, const char *program)
{
	const char *slash = strrchr(program, '/'), *base = slash ? slash + 1 : program;
	size_t len = strlen(base), root_len = strlen(db->root);
	bool inside;
	char *full;

	while (len && strchr("0123456789.-", base[len - 1]))
		len--;
	if (!((len >= 3 && !strncmp(base + len - 3, "gcc", 3)) ||
	      (len >= 5 && !strncmp(base + len - 5, "clang", 5)) || (len == 2 && !strncmp(base, "cc", 2))))
		return false;
	if (!slash)
		return true;
	if (program[0] != '/')
		return false;
	full = normalize(program);
	inside = !strncmp(full, db->root, root_len) && full[root_len] == '/';
	free(full);
	return !inside;
}

/* Does the command name an architecture by its includes, and another than this? */
static bool other_arch(const struct strlist *words, const struct arch *arch)
{
	const char *p, *name;
	size_t i, len;

	for (i = 0; i < words->nr; i++) {
		p = strstr(words->items[i], "arch/");
		if (!p)
			continue;
		name = p + 5;
		len = strcspn(name, "/");
		if (strncmp(name + len, "/include", 8))
			continue;
		return strlen(arch->srcarch) != len || strncmp(arch->srcarch, name, len) != 0;
	}
	return false;
}

static struct compile_command *command_of(const struct compdb *db, const struct entry *e,
					  const struct arch *arch)
{
	struct compile_command *c = NULL;
	struct strlist words = { 0 };
	const char *dir = string_of(e->command, "directory");
	char *cwd = resolve(db->root, dir ? dir : ".");

	if (words_of(e->command, &words))
		goto done;
	/* A cache in front of the compiler is only in the way. */
	if (words.nr > 1 && str_ends(words.items[0], "ccache")) {
		free(words.items[0]);
		memmove(words.items, words.items + 1, --words.nr * sizeof(*words.items));
	}
	if (!trusted_compiler(db, words.items[0]) || other_arch(&words, arch) || !file_is_dir(cwd))
		goto done;
	c = command_new(e->file, FLAGS_COMPDB, cwd);
	command_argv(c, &words, string_of(e->command, "file"));
	command_clang_args(c, arch);
done:
	strlist_free(&words);
	free(cwd);
	return c;
}

struct compile_command *compdb_find(const struct compdb *db, const struct arch *arch,
				    const char *file)
{
	size_t lo = 0, hi = db->entries.nr, mid;
	struct compile_command *c;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if (strcmp(db->entries.items[mid].file, file) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	for (; lo < db->entries.nr && !strcmp(db->entries.items[lo].file, file); lo++) {
		c = command_of(db, &db->entries.items[lo], arch);
		if (c)
			return c;
	}
	return NULL;
}
