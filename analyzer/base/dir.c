// SPDX-License-Identifier: GPL-2.0-only
/* Folders, of file.h: made with their parents, removed with their content. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

#define MAX_DEPTH 256		/* one descriptor a level is held */

int file_mkdirs(const char *dir)
{
	char *path = xstrdup(dir), *p = path;
	int ret = 0;

	while (!ret && *p) {
		p += strspn(p, "/");
		p += strcspn(p, "/");
		char next = *p;

		*p = '\0';
		/* Looked at first: mkdir() of a folder on a read-only disk says EROFS, not EEXIST. */
		if (*path && !file_is_dir(path) && mkdir(path, 0777) < 0 &&
		    (errno != EEXIST || !file_is_dir(path)))
			ret = errno == EEXIST ? -ENOTDIR : -errno;
		*p = next;
	}
	free(path);
	return ret;
}

static int remove_at(int parent, const char *name, int depth);

static int empty_dir(int fd, int depth)
{
	struct dirent *e;
	int ret = 0, one;
	DIR *d;

	d = fdopendir(fd);
	if (!d) {
		ret = -errno;
		close(fd);
		return ret;
	}
	while ((errno = 0, e = readdir(d))) {
		if (!strcmp(e->d_name, ".") || !strcmp(e->d_name, ".."))
			continue;
		one = remove_at(dirfd(d), e->d_name, depth + 1);
		if (one && !ret)
			ret = one;
	}
	if (errno && !ret)
		ret = -errno;
	closedir(d);
	return ret;
}

static int remove_at(int parent, const char *name, int depth)
{
	int fd, ret;

	if (!unlinkat(parent, name, 0) || errno == ENOENT)
		return 0;
	if (errno != EISDIR && errno != EPERM)
		return -errno;
	if (depth > MAX_DEPTH)
		return -ELOOP;
	fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	ret = empty_dir(fd, depth);
	if (unlinkat(parent, name, AT_REMOVEDIR) < 0 && errno != ENOENT && !ret)
		ret = -errno;
	return ret;
}

int file_remove_tree(const char *dir)
{
	return remove_at(AT_FDCWD, dir, 0);
}
