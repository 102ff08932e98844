// SPDX-License-Identifier: GPL-2.0-only
#include "tree/walk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MAX_DEPTH = 40 };

/* Not kernel code: user space, documents, build scripts. */
static const char *const skipped[] = { "Documentation", "tools", "scripts", "usr", "LICENSES", NULL };

static bool is_skipped(const char *name)
{
	size_t i;

	for (i = 0; skipped[i]; i++)
		if (!strcmp(name, skipped[i]))
			return true;
	return false;
}

static bool is_makefile(const char *name)
{
	return str_starts(name, "Makefile") || str_starts(name, "Kbuild") || str_starts(name, "Kconfig") ||
	       str_ends(name, ".mk");
}

static void walk(int parent, const char *name, const char *rel, unsigned depth, struct walk *w)
{
	int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	struct dirent *e;
	char *path;

	if (!dir || depth > MAX_DEPTH) {
		strlist_addf(&w->unread, "%s: %s", *rel ? rel : ".",
			     depth > MAX_DEPTH ? "nested too deeply" : strerror(errno));
		if (dir)
			closedir(dir);
		else if (fd >= 0)
			close(fd);
		return;
	}
	while ((e = readdir(dir))) {
		if (e->d_name[0] == '.' || (!depth && is_skipped(e->d_name)))
			continue;
		path = *rel ? xasprintf("%s/%s", rel, e->d_name) : xstrdup(e->d_name);
		if (e->d_type == DT_DIR)
			walk(fd, e->d_name, path, depth + 1, w);
		else if (e->d_type == DT_REG && str_ends(path, ".c"))
			strlist_add(&w->sources, path);
		else if (e->d_type == DT_REG && str_ends(path, ".h"))
			strlist_add(&w->headers, path);
		else if (e->d_type == DT_REG && str_ends(path, ".rs"))
			strlist_add(&w->rust, path);
		else if (e->d_type == DT_REG && is_makefile(e->d_name))
			strlist_add(&w->makefiles, path);
		free(path);
	}
	closedir(dir);
}

int walk_tree(const char *root, struct walk *w)
{
	if (access(root, R_OK | X_OK))
		return -errno;
	walk(AT_FDCWD, root, "", 0, w);
	strlist_sort(&w->sources);
	strlist_sort(&w->headers);
	strlist_sort(&w->rust);
	strlist_sort(&w->makefiles);
	strlist_sort(&w->unread);
	return 0;
}

void walk_free(struct walk *w)
{
	strlist_free(&w->sources);
	strlist_free(&w->headers);
	strlist_free(&w->rust);
	strlist_free(&w->makefiles);
	strlist_free(&w->unread);
}
