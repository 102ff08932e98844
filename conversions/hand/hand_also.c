// SPDX-License-Identifier: GPL-2.0-only
/* Who includes a header that a patch of the shelf changes, of hand.h: the files of its folder. */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "hand/hand.h"

enum { MAX_ALSO = 12, MAX_SOURCE = 8 << 20 };

static bool touches(const struct shelf_patch *p, const char *path)
{
	const struct shelf_file *f;

	vec_each(f, &p->files)
		if (!strcmp(f->path, path))
			return true;
	return false;
}

static bool includes(const char *path, const char *header)
{
	char *quoted = xasprintf("\"%s\"", header);
	struct strbuf b = { 0 };
	struct stat st;
	bool hit = !lstat(path, &st) && S_ISREG(st.st_mode) && !file_read(path, MAX_SOURCE, &b) && b.len &&
		   memmem(b.s, b.len, quoted, strlen(quoted));

	strbuf_free(&b);
	free(quoted);
	return hit;
}

/* Of the folder, relative to the tree, of a header. */
static void add_from(const struct tree *t, const struct shelf_patch *p, const char *folder, const char *header,
		     struct strlist *also)
{
	char *dir = path_join(t->root, folder), *path, *full;
	struct dirent *e;
	DIR *d = opendir(dir);

	while (d && (e = readdir(d))) {
		if (!str_ends(e->d_name, ".c"))
			continue;
		path = path_join(folder, e->d_name);
		full = path_join(dir, e->d_name);
		if (plan_path_is_safe(path) && !touches(p, path) && includes(full, header))
			strlist_add_once(also, path);
		free(full);
		free(path);
	}
	if (d)
		closedir(d);
	free(dir);
}

void hand_also(const struct tree *t, const struct shelf_patch *p, struct strlist *also)
{
	const struct shelf_file *f;
	const char *slash;
	char *folder;

	vec_each(f, &p->files) {
		slash = strrchr(f->path, '/');
		if (!slash || !str_ends(f->path, ".h") || f->created || str_starts(f->path, "tools/"))
			continue;
		folder = xstrndup(f->path, (size_t)(slash - f->path));
		add_from(t, p, folder, slash + 1, also);
		free(folder);
	}
	strlist_sort(also);
	/* Of a header of the whole kernel all cannot be compiled: the first ones, by name. */
	while (also->nr > MAX_ALSO)
		free(also->items[--also->nr]);
}
