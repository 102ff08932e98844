// SPDX-License-Identifier: GPL-2.0-only
#include "kernel/farm.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

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

int farm_make(const char *dir, const char *root)
{
	const char *const head[] = { "cp", "-Prs", "-t", dir, "--" };
	struct strlist argv = { 0 };
	struct run_result res = { 0 };
	struct run_request req = { .timeout_s = LINK_TIMEOUT_S };
	int ret = file_remove_tree(dir);
	size_t i;

	if (!ret)
		ret = file_mkdirs(dir);
	for (i = 0; i < sizeof(head) / sizeof(*head); i++)
		strlist_add(&argv, head[i]);
	if (!ret)
		ret = add_entries(&argv, root);
	if (ret) {
		log_error("%s: links to %s cannot be made: %s; make room or choose another -o", dir, root, strerror(-ret));
		goto done;
	}
	vec_push(&argv);
	req.argv = (const char *const *)argv.items;
	ret = run(&req, &res);
	argv.nr--;		/* the NULL */
	if (!ret && (res.exit_code || res.timed_out)) {
		log_error("%s: links to %s cannot be made: %.*s; make room or choose another -o", dir, root,
			  (int)strcspn(res.err.s, "\n"), res.err.s);
		ret = -EIO;
	} else if (ret && ret != -EINTR) {
		log_error("cp: cannot be run: %s", strerror(-ret));
	}
	run_result_free(&res);
done:
	strlist_free(&argv);
	return ret;
}

int farm_put(const char *dir, const char *path, const char *text, size_t len)
{
	char *file = path_join(dir, path);
	int ret = path_is_inside(path) ? file_write_atomic(file, text, len) : -EINVAL;

	free(file);
	return ret;
}
