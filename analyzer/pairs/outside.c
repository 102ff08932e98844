// SPDX-License-Identifier: GPL-2.0-only
/* A file outside of the tree that is to be read as one of the tree. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/log.h"
#include "pairs/pairs.h"

enum { MAX_SOURCE = 16 << 20 };		/* bytes */

/* Can it be read as a source?  Nothing is opened that is no file. */
static bool is_readable(const char *path)
{
	struct strbuf text = { 0 };
	int ret = file_read(path, MAX_SOURCE, &text);

	strbuf_free(&text);
	if (ret == -EINVAL)
		log_error("%s is no regular file; name a C file of the tree or a copy of one", path);
	else if (ret == -EFBIG)
		log_error("%s is larger than %u MiB, which no source is; name a C file of the tree or a copy of one", path,
			  MAX_SOURCE >> 20);
	else if (ret)
		log_error("%s cannot be read: %s; paths are relative to the tree, or to the current folder if the tree has no such "
			  "file", path, strerror(-ret));
	return !ret;
}

static bool is_file_of(const struct tree *t, const char *rel)
{
	char *path = path_is_inside(rel) ? path_join(t->root, rel) : NULL;
	struct stat st;
	bool is = path && !stat(path, &st) && S_ISREG(st.st_mode);

	free(path);
	return is;
}

char *pair_stand_in(const struct tree *t, const char *path)
{
	const char *p;

	if (!is_readable(path))
		return NULL;
	if (!str_ends(path, ".c")) {
		log_error("%s is no .c file: only functions of those can be compared", path);
		return NULL;
	}
	for (p = path; p; p = strchr(p, '/')) {
		p += strspn(p, "/");
		if (is_file_of(t, p))
			return xstrdup(p);
	}
	log_error("%s lies outside the tree, and no end of its path is a file of %s, whose flags and includes it needs; put it "
		  "below folders named as the tree's: .../drivers/char/mem.c", path, t->root);
	return NULL;
}
