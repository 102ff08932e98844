// SPDX-License-Identifier: GPL-2.0-only
/* Where the kbuild folders live, and how many of them are kept. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include "base/file.h"
#include "base/log.h"
#include "tree/kbuild.h"

/* Trees whose folders are kept; one architecture of one tree takes 100 to 300 MB. */
#define KEEP_TREES 3

struct kept {
	char *path;
	struct timespec used;
};

static int newest_first(const void *a, const void *b)
{
	const struct kept *x = a, *y = b;

	if (x->used.tv_sec != y->used.tv_sec)
		return x->used.tv_sec < y->used.tv_sec ? 1 : -1;
	if (x->used.tv_nsec != y->used.tv_nsec)
		return x->used.tv_nsec < y->used.tv_nsec ? 1 : -1;
	return strcmp(x->path, y->path);
}

/* Is it a name that tree_folder() makes?  Nothing else in there is ours to remove. */
static bool is_ours(const char *name)
{
	return strlen(name) == 16 && strspn(name, "0123456789abcdef") == 16;
}

static void remove_old(const char *top)
{
	VEC(struct kept) all = { 0 };
	struct kept *k;
	struct dirent *e;
	struct stat st;
	DIR *d = opendir(top);
	size_t i;
	char *path;

	while (d && (e = readdir(d))) {
		if (!is_ours(e->d_name))
			continue;
		path = path_join(top, e->d_name);
		if (lstat(path, &st) < 0 || !S_ISDIR(st.st_mode)) {
			free(path);
			continue;
		}
		k = vec_push(&all);
		k->path = path;
		k->used = st.st_mtim;
	}
	if (d)
		closedir(d);
	if (all.nr)
		qsort(all.items, all.nr, sizeof(*all.items), newest_first);
	for (i = 0; i < all.nr; i++) {
		if (i >= KEEP_TREES && file_remove_tree(all.items[i].path))
			log_warn("%s: cannot remove this old build folder; remove it by hand",
				 all.items[i].path);
		free(all.items[i].path);
	}
	vec_free(&all);
}

/* The same tree at the same release has the same folder, in every run. */
static char *tree_folder(const struct tree *t, const char *top)
{
	char *key = xasprintf("%s\n%s", t->root, t->version), *path;

	path = xasprintf("%s/%016llx", top, (unsigned long long)XXH64(key, strlen(key), 0));
	free(key);
	return path;
}

char *kbuild_base(const struct tree *t, int *lock, char **why)
{
	char *cache = cache_dir(), *top = NULL, *lock_path = NULL, *dir = NULL;
	int ret;

	*lock = -1;
	if (!cache) {
		*why = xasprintf("no cache folder: %s; set XDG_CACHE_HOME or HOME to a folder that "
				 "can be written", strerror(errno));
		return NULL;
	}
	top = path_join(cache, "kbuild");
	lock_path = path_join(top, "lock");
	dir = tree_folder(t, top);
	ret = file_mkdirs(dir);
	if (!ret) {
		utimensat(AT_FDCWD, dir, NULL, 0);
		*lock = open(lock_path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
		ret = *lock < 0 ? -errno : 0;
	}
	/* Old folders go when nobody else is using any. */
	if (!ret && !flock(*lock, LOCK_EX | LOCK_NB))
		remove_old(top);
	if (!ret && flock(*lock, LOCK_SH) < 0)
		ret = -errno;
	if (ret) {
		*why = xasprintf("%s: %s; make it a folder that can be written, or set "
				 "XDG_CACHE_HOME", dir, strerror(-ret));
		free(dir);
		dir = NULL;
		if (*lock >= 0)
			close(*lock);
		*lock = -1;
	}
	free(lock_path);
	free(top);
	free(cache);
	return dir;
}
