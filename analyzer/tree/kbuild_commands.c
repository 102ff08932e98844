// SPDX-License-Identifier: GPL-2.0-only
/* What kbuild would run for a file: a dry run, and its lines read. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/run.h"
#include "tree/command.h"
#include "tree/kbuild.h"
#include "tree/kbuild_target.h"
#include "tree/shell_words.h"

/* kbuild hands the targets to sub-makes in one shell word, which Linux limits to 128 KiB. */
#define BATCH		1000
#define TIMEOUT_S	300

/* Steps of a build that make no header: how kbuild's short log labels them. */
static const char *const no_header[] = {
	"CC", "AS", "LD", "AR", "HOSTCC", "HOSTLD", "CALL", "OBJCOPY", "STRIP", "NM", "SYMLINK",
	"CHECK", "DESCEND", "MODPOST", "cmd_",
};

static int by_object(const void *a, const void *b)
{
	return strcmp(((const struct kbuild_target *)a)->object,
		      ((const struct kbuild_target *)b)->object);
}

/* A compiler's command: `CC … -c -o OBJECT SOURCE`, then perhaps `; what comes after`. */
static void read_command(const struct kbuild *kb, const char *text, target_vec *targets)
{
	struct kbuild_target key = { 0 }, *t;
	struct strlist words = { 0 };
	char *source = NULL;
	size_t i;

	if (shell_words(text, strlen(text), &words))
		goto done;
	for (i = 1; i + 3 < words.nr; i++)
		if (!strcmp(words.items[i], "-c") && !strcmp(words.items[i + 1], "-o"))
			break;
	if (i + 3 >= words.nr)
		goto done;
	key.object = words.items[i + 2];
	t = bsearch(&key, targets->items, targets->nr, sizeof(*t), by_object);
	if (!t || t->command)
		goto done;
	/* An object may be made from another source, a shipped or a generated one. */
	source = xasprintf("%s/%.*s.c", kb->tree->root, (int)strlen(t->object) - 2, t->object);
	if (strcmp(words.items[i + 3], source))
		goto done;
	while (words.nr > i + 4)
		free(words.items[--words.nr]);
	t->command = command_new(t->file, FLAGS_KBUILD, kb->dir);
	command_argv(t->command, &words, source);
	command_clang_args(t->command, kb->arch);
done:
	strlist_free(&words);
	free(source);
}

/* Mark the targets whose folder a step names that is not compiling. */
static void note_generator(const char *line, target_vec *targets)
{
	const char *label = strstr(line, "echo '# "), *last = "";
	struct kbuild_target *t;
	bool named = false;
	char *where;
	size_t i;

	if (!label)
		return;
	label += strlen("echo '# ");
	for (i = 0; i < sizeof(no_header) / sizeof(*no_header); i++)
		if (str_starts(label, no_header[i]))
			return;
	vec_each(t, targets) {
		/* Neighbours in the list share a folder. */
		if (strcmp(last, t->dir)) {
			where = xasprintf(" %s/", t->dir);
			named = strstr(line, where);
			free(where);
			last = t->dir;
		}
		t->generates |= named;
	}
}

/*
 * A step is one line, `set -e; echo '# CC [M] x.o'; echo '  gcc …'; … gcc …`: the command is there
 * once as the text of an echo.  Older kernels leave out the first echo.
 */
static void read_line(const struct kbuild *kb, const char *line, target_vec *targets)
{
	struct strlist words = { 0 };
	size_t i;

	if (!strstr(line, "echo '"))
		return;
	note_generator(line, targets);
	if (!strstr(line, " -c -o ") || shell_words(line, strlen(line), &words))
		return;
	for (i = 0; i < words.nr; i++)
		if (str_starts(words.items[i], "  ") && strstr(words.items[i], " -c -o "))
			read_command(kb, words.items[i], targets);
	strlist_free(&words);
}

static int dry_run(const struct kbuild *kb, const target_vec *targets, struct run_result *res,
		   char **why)
{
	const struct kbuild_target *t;
	struct strlist args = { 0 };
	int ret;

	/* -k: one that kbuild does not know must not cost the others. */
	strlist_add(&args, "-k");
	strlist_add(&args, "-n");
	strlist_add(&args, "V=1");
	vec_each(t, targets)
		strlist_add(&args, t->object);
	ret = kbuild_make(kb, &args, TIMEOUT_S, res);
	if (!ret && res->timed_out) {
		*why = xasprintf("`make -n` took more than %d s", TIMEOUT_S);
		ret = -ETIMEDOUT;
	} else if (ret) {
		*why = xasprintf("`make -n`: %s", strerror(-ret));
	}
	strlist_free(&args);
	return ret;
}

static int one_batch(const struct kbuild *kb, target_vec *targets, command_vec *out, char **why)
{
	struct run_result res = { 0 };
	struct kbuild_target *t;
	char *line, *next;
	size_t nr = 0;
	int ret;

	ret = dry_run(kb, targets, &res, why);
	if (ret)
		goto done;
	for (line = res.out.s; line; line = next) {
		next = strchr(line, '\n');
		if (next)
			*next++ = '\0';
		read_line(kb, line, targets);
	}
	vec_each(t, targets)
		nr += t->command != NULL;
	/* That kbuild does not know a target is no failure; that it fails before any is one. */
	if (!nr && res.exit_code && !strstr(res.err.s, "No rule to make target")) {
		*why = xasprintf("`make -n` failed: %.200s", res.err.s);
		ret = -EIO;
		goto done;
	}
	ret = kbuild_generate(kb, targets);
	vec_each(t, targets) {
		if (t->command)
			*vec_push(out) = t->command;
		t->command = NULL;
	}
done:
	run_result_free(&res);
	return ret;
}

/* What is no C source inside the tree is no target: make could take it for something else. */
static bool is_target(const char *file)
{
	return path_is_inside(file) && file[0] != '-' && !strpbrk(file, "=%$ :#\\\"'`;&|") &&
	       str_ends(file, ".c") && strchr(file, '/');
}

static void add_target(const struct kbuild *kb, target_vec *targets, const char *file)
{
	const char *base = strrchr(file, '/') + 1;
	char *dir = xstrndup(file, (size_t)(base - 1 - file));
	struct kbuild_target *t = vec_push(targets);

	t->file = xstrdup(file);
	t->dir = kbuild_owner(kb->tree->root, dir);
	if (!strcmp(t->dir, dir))
		t->object = xasprintf("%.*s.o", (int)strlen(file) - 2, file);
	else
		t->object = xasprintf("%s/../%s/%.*s.o", t->dir, strrchr(dir, '/') + 1,
				      (int)strlen(base) - 2, base);
	free(dir);
}

int kbuild_commands(const struct kbuild *kb, const struct strlist *files, command_vec *out,
		    char **why)
{
	target_vec all = { 0 }, batch;
	struct kbuild_target *t;
	size_t i;
	int ret = 0;

	for (i = 0; i < files->nr; i++)
		if (is_target(files->items[i]))
			add_target(kb, &all, files->items[i]);
	if (all.nr)
		qsort(all.items, all.nr, sizeof(*all.items), by_object);
	for (i = 0; !ret && i < all.nr; i += BATCH) {
		batch = all;
		batch.items += i;
		batch.nr = all.nr - i < BATCH ? all.nr - i : BATCH;
		ret = one_batch(kb, &batch, out, why);
	}
	vec_each(t, &all) {
		command_free(t->command);
		free(t->file);
		free(t->object);
		free(t->dir);
	}
	vec_free(&all);
	return ret;
}
