// SPDX-License-Identifier: GPL-2.0-only
#include "overlay.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/log.h"
#include "base/run.h"
#include "plan.h"

#define MAX_FILE	(32u << 20)

int overlay_open(struct overlay *o, const char *dir)
{
	int ret;

	memset(o, 0, sizeof(*o));
	ret = file_mkdirs(dir);
	if (ret) {
		log_error("%s: cannot be made: %s; choose another -o", dir, strerror(-ret));
		return ret;
	}
	o->dir = xstrdup(dir);
	return 0;
}

void overlay_close(struct overlay *o)
{
	if (o->dir)
		file_remove_tree(o->dir);
	free(o->dir);
	strlist_free(&o->files);
	memset(o, 0, sizeof(*o));
}

bool overlay_has_link(const char *root, const char *path)
{
	struct strbuf b = { 0 };
	const char *p = path;
	struct stat st;
	bool hit = false;
	size_t len;

	strbuf_adds(&b, root);
	do {
		len = strcspn(p, "/");
		strbuf_adds(&b, "/");
		strbuf_add(&b, p, len);
		hit = !lstat(b.s, &st) && S_ISLNK(st.st_mode);
		p += len + 1;
	} while (!hit && p[-1]);
	strbuf_free(&b);
	return hit;
}

int overlay_add(struct overlay *o, const char *root, const char *path, char **error)
{
	struct strbuf b = { 0 };
	char *from = NULL;
	int ret = -EINVAL;

	if (strlist_has(&o->files, path))
		return 0;
	if (!plan_path_is_safe(path)) {
		*error = xasprintf("%s: a path that leads out of the tree", path);
		return -EINVAL;
	}
	if (overlay_has_link(root, path)) {
		*error = xasprintf("%s: a symbolic link, which is not followed", path);
		return -EINVAL;
	}
	from = path_join(root, path);
	ret = file_read(from, MAX_FILE, &b);
	if (ret) {
		*error = xasprintf("%s: cannot be read: %s", path, strerror(-ret));
	} else if (b.len && memchr(b.s, '\0', b.len)) {
		*error = xasprintf("%s: holds NUL bytes: git would not take a patch for it", path);
		ret = -EINVAL;
	} else if (b.len && memchr(b.s, '\r', b.len)) {
		*error = xasprintf("%s: has CR line endings, which do not survive a mail", path);
		ret = -EINVAL;
	} else {
		ret = overlay_write(o, path, b.s ? b.s : "", b.len);
		if (ret)
			*error = xasprintf("%s: cannot be copied below OUT: %s", path, strerror(-ret));
		else
			strlist_add(&o->files, path);
	}
	strbuf_free(&b);
	free(from);
	return ret;
}

int overlay_read(const struct overlay *o, const char *path, struct strbuf *b)
{
	char *full = path_join(o->dir, path);
	int ret = file_read(full, MAX_FILE, b);

	strbuf_adds(b, "");
	free(full);
	return ret;
}

int overlay_write(const struct overlay *o, const char *path, const char *text, size_t len)
{
	char *full = path_join(o->dir, path);
	int ret = file_write_atomic(full, text, len);

	free(full);
	return ret;
}
