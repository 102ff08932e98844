// SPDX-License-Identifier: GPL-2.0-only
#include "kernel/farm.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "base/run.h"

#define LINK_TIMEOUT_S	300

/* What belongs to no kernel: git's own, and what an editor left. */
static bool is_source(const char *name)
{
	return strcmp(name, ".") && strcmp(name, "..") && strcmp(name, ".git");
}

static int add_entries(struct strlist *argv, const char *root)
{
	struct strlist names = { 0 };
	DIR *d = opendir(root);
	struct dirent *e;
	size_t i;

	if (!d)
		return -errno;
	while ((e = readdir(d)))
		if (is_source(e->d_name))
			strlist_add(&names, e->d_name);
	closedir(d);
	strlist_sort(&names);
	for (i = 0; i < names.nr; i++)
		strlist_addf(argv, "%s/%s", root, names.items[i]);
	strlist_free(&names);
	return 0;
}

/* Run a program that must succeed. */
static int must(struct strlist *argv, const char *dir, const char *root)
{
	struct run_result res = { 0 };
	struct run_request req = { .timeout_s = LINK_TIMEOUT_S, .max_output = 1u << 16 };
	int ret;

	vec_push(argv);
	req.argv = (const char *const *)argv->items;
	ret = run(&req, &res);
	argv->nr--;		/* the NULL */
	if (!ret && (res.exit_code || res.timed_out)) {
		log_error("%s: links to %s cannot be made: %.*s; make room or choose another -o", dir, root,
			  (int)strcspn(res.err.s, "\n"), res.err.s);
		ret = -EIO;
	} else if (ret && ret != -EINTR) {
		log_error("%s: cannot be run: %s", argv->items[0], strerror(-ret));
	}
	run_result_free(&res);
	return ret;
}

static int make_links(const char *dir, const char *root)
{
	/* Those that are there already stay: a hundred thousand links take their time. */
	const char *const head[] = { "cp", "-Prsn", "-t", dir, "--" };
	struct strlist argv = { 0 };
	size_t i;
	int ret;

	for (i = 0; i < sizeof(head) / sizeof(*head); i++)
		strlist_add(&argv, head[i]);
	ret = add_entries(&argv, root);
	if (ret)
		log_error("%s: cannot be read: %s", root, strerror(-ret));
	else
		ret = must(&argv, dir, root);
	strlist_free(&argv);
	return ret;
}

/* What is no link to a file that is there: files of an earlier run, and links to what the tree has no more. */
static int clean(const char *dir, const char *root)
{
	const char *const words[] = { "find", dir, "(", "-type", "f", "-o", "-xtype", "l", ")", "-delete" };
	struct strlist argv = { 0 };
	size_t i;
	int ret;

	for (i = 0; i < sizeof(words) / sizeof(*words); i++)
		strlist_add(&argv, words[i]);
	ret = must(&argv, dir, root);
	strlist_free(&argv);
	return ret;
}

/* Is dir a farm of this tree's? */
static bool is_of(const char *dir, const char *root)
{
	char *link = path_join(dir, "Makefile"), *want = path_join(root, "Makefile"), is[4096];
	ssize_t len = readlink(link, is, sizeof(is));
	bool same = len > 0 && (size_t)len == strlen(want) && !memcmp(is, want, (size_t)len);

	free(link);
	free(want);
	return same;
}

int farm_make(const char *dir, const char *root)
{
	int ret = 0;

	if (is_of(dir, root))
		ret = clean(dir, root);
	else if (!(ret = file_remove_tree(dir)) && (ret = file_mkdirs(dir)))
		log_error("%s: cannot be made: %s; make room or choose another -o", dir, strerror(-ret));
	return ret ? ret : make_links(dir, root);
}

int farm_link(const char *dir, const char *path, const char *file)
{
	char *link = path_join(dir, path), *folder = xstrdup(link), is[4096];
	ssize_t len = readlink(link, is, sizeof(is));
	int ret = 0;

	if (len > 0 && (size_t)len == strlen(file) && !memcmp(is, file, (size_t)len))
		goto done;
	*strrchr(folder, '/') = '\0';
	ret = path_is_inside(path) ? file_mkdirs(folder) : -EINVAL;
	if (!ret && ((unlink(link) < 0 && errno != ENOENT) || symlink(file, link) < 0))
		ret = -errno;
done:
	free(folder);
	free(link);
	return ret;
}

int farm_put(const char *dir, const char *path, const char *text, size_t len)
{
	char *file = path_join(dir, path);
	int ret = path_is_inside(path) ? file_write_atomic(file, text, len) : -EINVAL;

	free(file);
	return ret;
}
