// SPDX-License-Identifier: GPL-2.0-only
#include "kernel/kernel.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "base/run.h"
#include "kernel/farm.h"
#include "plan.h"
#include "series/patch_text.h"

#define COPY_TIMEOUT_S	600
#define MAX_SOURCE	(32u << 20)
#define MAX_LIST	(4u << 20)
#define MAX_CONFIG	(8u << 20)
#define MAX_SYMBOLS	(128u << 20)
#define LIST		"mmapconv-patched"	/* in k->new's folder, too: what it took from a patch, a line each */
#define OF_NEW		"mmapconv-new"		/* a mark in k->new's folder */
#define GIT(...)	((const char *const []){ __VA_ARGS__, NULL })
#define IMAGE		"arch/x86/boot/bzImage"

static bool tools_are_there(const struct kernels *k)
{
	char *program = NULL, *package = kbuild_missing_tool(k->make.arch, &program);
	bool there = !package;

	if (package)
		log_error("%s is not installed; install %s: a kernel is built with it", program, package);
	free(program);
	free(package);
	return there;
}

/* An earlier run was ended while it built: the folder says itself whose it is. */
static int take_back(const struct kernels *k)
{
	char *mark = path_join(k->make.dir, OF_NEW);
	const char *home = file_exists(mark) ? k->new : k->old;
	int ret = 0;

	if (file_is_dir(k->make.dir) && rename(k->make.dir, home) < 0) {
		ret = -errno;
		log_error("%s: cannot be moved to %s: %s; delete one of them", k->make.dir, home, strerror(-ret));
	}
	free(mark);
	return ret;
}

int kernels_open(struct kernels *k, const struct tree *t, const char *out, unsigned jobs)
{
	char *work;
	int ret;

	*k = (struct kernels){ .tree = t, .dir = path_join(out, "boot") };
	k->farm = *t;
	k->farm.root = path_join(k->dir, "tree");
	k->farm.is_git = false;
	k->old = path_join(k->dir, "old");
	k->new = path_join(k->dir, "new");
	k->make = (struct kbuild){ .tree = &k->farm, .arch = arch_by_name("x86_64"), .jobs = jobs, .lock = -1,
				   .dir = path_join(k->dir, "build") };
	work = path_join(k->dir, "patched");
	ret = tools_are_there(k) ? 0 : -ENOENT;
	if (!ret)
		ret = file_remove_tree(work);
	if (!ret)
		ret = overlay_open(&k->patched, work);
	if (!ret)
		ret = take_back(k);
	if (!ret)
		ret = farm_make(k->farm.root, t->root);
	free(work);
	return ret;
}

void kernels_close(struct kernels *k)
{
	overlay_close(&k->patched);
	kbuild_release(&k->make);
	free(k->old);
	free(k->new);
	free(k->farm.root);
	free(k->dir);
	strlist_free(&k->patches);
	*k = (struct kernels){ 0 };
}

/* The files that the patches before did not touch: the first ones make a repository, others a commit more. */
static int add_files(struct kernels *k, const struct strlist *files, char **error)
{
	size_t before = k->patched.files.nr, i;
	char *path;
	int ret = 0;

	for (i = 0; !ret && i < files->nr; i++) {
		path = path_join(k->tree->root, files->items[i]);
		if (file_exists(path))
			ret = overlay_add(&k->patched, k->tree->root, files->items[i], error);
		else		/* the patch makes it */
			strlist_add_once(&k->patched.files, files->items[i]);
		free(path);
	}
	if (ret || k->patched.files.nr == before)
		return ret;
	if (!k->patches.nr && !before)
		return overlay_commit_base(&k->patched);
	return overlay_git_must(&k->patched, NULL, GIT("add", "-A", "-f", "."), NULL, NULL) ?:
	       overlay_git_must(&k->patched, NULL, GIT("commit", "-q", "--no-verify", "--allow-empty", "-m", "more files"),
				NULL, NULL);
}

int kernels_add_patch(struct kernels *k, const char *out, const char *mail, char **error)
{
	struct strlist files = { 0 };
	struct strbuf text = { 0 };
	int ret;

	*error = NULL;
	if (strlist_has(&k->patches, mail))
		return 0;
	ret = patch_read(out, mail, &text, &files, error);
	if (!ret)
		ret = add_files(k, &files, error);
	if (!ret)
		ret = overlay_am(&k->patched, text.s, text.len, error);
	if (!ret)
		strlist_add(&k->patches, mail);
	strlist_free(&files);
	strbuf_free(&text);
	return ret;
}

char *kernels_image(const char *which)
{
	return path_join(which, IMAGE);
}

void kernels_symbols(const char *which, struct strbuf *symbols)
{
	char *path = path_join(which, "System.map");

	strbuf_adds(symbols, "\n");
	if (file_read(path, MAX_SYMBOLS, symbols))
		log_warn("%s: cannot be read: no handler counts as built", path);
	free(path);
}

bool kernels_has(const char *which, const char *file, const char *function, const struct strbuf *symbols)
{
	char *object = xasprintf("%s/%s", which, file), *line = xasprintf(" %s\n", function), *split;
	size_t len = strlen(object);
	bool has;

	if (str_ends(object, ".c"))
		object[len - 1] = 'o';
	/* The compiler may have made "function.cold", or "function.isra.0" of it. */
	split = xasprintf(" %s.", function);
	has = file_exists(object) && (strstr(symbols->s, line) || strstr(symbols->s, split));
	free(split);
	free(line);
	free(object);
	return has;
}

int kernels_build(struct kernels *k, unsigned timeout_s, char **why)
{
	/* Nothing in an image tells when, where and how often it was built. */
	static const char *const same[] = {
		"-s", "KBUILD_BUILD_TIMESTAMP=Thu Jan  1 00:00:00 UTC 1970", "KBUILD_BUILD_USER=mmapconv",
		"KBUILD_BUILD_HOST=localhost", "KBUILD_BUILD_VERSION=1",
	};
	struct strlist args = { 0 };
	size_t i;
	int ret;

	for (i = 0; i < sizeof(same) / sizeof(*same); i++)
		strlist_add(&args, same[i]);
	ret = kbuild_make_target(&k->make, &args, "bzImage", timeout_s, why);
	strlist_free(&args);
	return ret;
}

/* k->new's folder, if it is not there yet: it spares building the same thing twice. */
static int copy_build(const struct kernels *k, char **why)
{
	char *half = xasprintf("%s.half", k->new);
	const char *const argv[] = { "cp", "-a", "--reflink=auto", "--", k->old, half, NULL };
	struct run_request req = { .argv = argv, .timeout_s = COPY_TIMEOUT_S };
	struct run_result res = { 0 };
	int ret = 0;

	if (file_is_dir(k->new))
		goto done;
	ret = file_remove_tree(half);
	if (!ret)
		ret = run(&req, &res);
	if (!ret && (res.exit_code || res.timed_out))
		ret = -EIO;
	if (!ret && rename(half, k->new) < 0)
		ret = -errno;
	if (ret)
		*why = xasprintf("%s: a copy of %s cannot be made: %.*s; make room or choose another -o", k->new,
				 k->old, res.err.s ? (int)strcspn(res.err.s, "\n") : 0, res.err.s ? res.err.s : "");
	run_result_free(&res);
done:
	free(half);
	return ret;
}

/* The new kernel's configuration is the old one's, also where its folder is of an earlier run. */
static int copy_config(const struct kernels *k)
{
	char *from = path_join(k->old, ".config"), *to = path_join(k->new, ".config");
	struct strbuf old = { 0 }, new = { 0 };
	int ret = file_read(from, MAX_CONFIG, &old);

	if (!ret && (file_read(to, MAX_CONFIG, &new) || old.len != new.len || memcmp(old.s, new.s, old.len)))
		ret = file_write_atomic(to, old.s, old.len);
	strbuf_free(&old);
	strbuf_free(&new);
	free(from);
	free(to);
	return ret;
}

static void add_lines(struct strlist *l, const char *text)
{
	const char *end;

	for (; *text; text = *end ? end + 1 : end) {
		char *line;

		end = strchrnul(text, '\n');
		line = xstrndup(text, (size_t)(end - text));
		if (plan_path_is_safe(line))
			strlist_add_once(l, line);
		free(line);
	}
}

static int write_list(const struct kernels *k, const struct strlist *files)
{
	char *path = path_join(k->make.dir, LIST);
	int ret = file_write_lines(path, files);

	free(path);
	return ret;
}

/* In the farm: the text that the patches give it, or the tree's, where an earlier build had a patched one. */
static int put_file(const struct kernels *k, const char *file)
{
	const char *from = strlist_has(&k->patched.files, file) ? k->patched.dir : k->tree->root;
	char *path = path_join(from, file), *there = path_join(k->farm.root, file);
	struct strbuf text = { 0 };
	int ret = 0;

	if (!file_exists(path))		/* a patch removed it, or only a patch had it */
		unlink(there);
	else
		ret = file_read(path, MAX_SOURCE, &text);
	if (!ret && file_exists(path))
		ret = farm_put(k->farm.root, file, text.s ? text.s : "", text.len);
	strbuf_free(&text);
	free(there);
	free(path);
	return ret;
}

int kernels_patch_farm(struct kernels *k, char **why)
{
	char *list = path_join(k->make.dir, LIST);
	struct strlist touched = { 0 };
	struct strbuf before = { 0 };
	size_t i;
	int ret = file_exists(list) ? file_read(list, MAX_LIST, &before) : 0;

	for (i = 0; i < k->patched.files.nr; i++)
		strlist_add(&touched, k->patched.files.items[i]);
	add_lines(&touched, before.s ? before.s : "");
	/* An object that was made of a patched file is younger than the tree's: make would keep it for that. */
	if (!ret)
		ret = write_list(k, &touched);
	for (i = 0; !ret && i < touched.nr; i++)
		ret = put_file(k, touched.items[i]);
	if (ret)
		*why = xasprintf("%s: the patched files cannot be put there: %s", k->farm.root, strerror(-ret));
	strlist_free(&touched);
	strbuf_free(&before);
	free(list);
	return ret;
}

void kernels_patched(const struct kernels *k)
{
	/* Where that fails, the list says more than is needed: some files are compiled once more. */
	write_list(k, &k->patched.files);
}

int kernels_enter(struct kernels *k, const char *which, char **why)
{
	char *mark = NULL;
	int ret = which == k->new ? copy_build(k, why) : file_mkdirs(which);

	if (!ret && which == k->new) {
		mark = path_join(k->new, OF_NEW);
		ret = copy_config(k);
		if (!ret)
			ret = file_write_atomic(mark, "", 0);
	}
	if (!ret && rename(which, k->make.dir) < 0)
		ret = -errno;
	if (ret && !*why)
		*why = xasprintf("%s: %s; make room or choose another -o", which, strerror(-ret));
	free(mark);
	return ret;
}

void kernels_leave(struct kernels *k, const char *which)
{
	/* Where it stays, take_back() of the next run moves it. */
	if (file_is_dir(k->make.dir) && rename(k->make.dir, which) < 0)
		log_warn("%s: cannot be moved to %s: %s", k->make.dir, which, strerror(errno));
}
