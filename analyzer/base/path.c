// SPDX-License-Identifier: GPL-2.0-only
/* Paths, of file.h: put together, judged, and the cache folder's. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"

char *path_join(const char *dir, const char *name)
{
	size_t len = strlen(dir);

	return xasprintf("%s%s%s", dir, len && dir[len - 1] == '/' ? "" : "/", name);
}

const char *path_base(const char *path, size_t len)
{
	while (len && path[len - 1] != '/')
		len--;
	return path + len;
}

bool path_is_inside(const char *rel)
{
	const char *p;
	size_t len;

	for (p = rel; *p; p++)
		if ((unsigned char)*p < 0x20 || *p == 0x7f)
			return false;
	for (p = rel;; p += len + 1) {
		len = strcspn(p, "/");
		if (!len || (len == 2 && !strncmp(p, "..", 2)))
			return false;
		if (!p[len])
			return true;
	}
}

char *cache_dir(void)
{
	const char *base = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
	char *dir;
	int ret;

	/* The XDG rules: a relative path is as good as none. */
	if (base && base[0] == '/') {
		dir = path_join(base, "mmapconv");
	} else if (home && home[0] == '/') {
		dir = path_join(home, ".cache/mmapconv");
	} else {
		errno = ENOENT;
		return NULL;
	}
	ret = file_mkdirs(dir);
	if (!ret)
		return dir;
	free(dir);
	errno = -ret;
	return NULL;
}
