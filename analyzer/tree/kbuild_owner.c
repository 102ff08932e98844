// SPDX-License-Identifier: GPL-2.0-only
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "tree/kbuild_target.h"

#define MAX_MAKEFILE (1u << 20)

/* kbuild's own choice: Kbuild before Makefile.  True if there is one. */
static bool read_makefile(const char *root, const char *dir, struct strbuf *text)
{
	static const char *const names[] = { "Kbuild", "Makefile" };
	bool found = false;
	char *path;
	size_t i;

	strbuf_reset(text);
	for (i = 0; !found && i < 2; i++) {
		path = xasprintf("%s/%s/%s", root, dir, names[i]);
		found = !file_read(path, MAX_MAKEFILE, text);
		free(path);
	}
	return found;
}

/* Does it list objects of its own, at the start of a line? */
static bool builds(const char *text)
{
	static const char *const lists[] = { "obj-", "lib-", "subdir-", "always-", "extra-" };
	const char *p;
	size_t i;

	for (p = text; p; p = strchr(p, '\n')) {
		p += *p == '\n';
		p += strspn(p, " \t");
		for (i = 0; i < sizeof(lists) / sizeof(*lists); i++)
			if (str_starts(p, lists[i]))
				return true;
	}
	return false;
}

/* The folder beside name, in parent, whose Makefile includes that of name. */
static char *neighbour(const char *root, const char *parent, const char *name)
{
	char *path = path_join(root, parent), *include = xasprintf("/%s/Makefile", name), *dir;
	struct strlist found = { 0 };
	struct strbuf text = { 0 };
	struct dirent *e;
	char *owner = NULL;
	DIR *d = opendir(path);

	while (d && (e = readdir(d))) {
		if (e->d_name[0] == '.' || !strcmp(e->d_name, name))
			continue;
		dir = xasprintf("%s/%s", parent, e->d_name);
		if (path_is_inside(dir) && read_makefile(root, dir, &text) &&
		    strstr(text.s, include) && builds(text.s))
			strlist_add(&found, dir);
		free(dir);
	}
	if (d)
		closedir(d);
	/* The same one each time, whatever the order of the folder. */
	strlist_sort(&found);
	if (found.nr)
		owner = xstrdup(found.items[0]);
	strlist_free(&found);
	strbuf_free(&text);
	free(include);
	free(path);
	return owner;
}

char *kbuild_owner(const char *root, const char *dir)
{
	const char *slash = strrchr(dir, '/');
	struct strbuf text = { 0 };
	char *parent, *owner = NULL;

	if (slash && read_makefile(root, dir, &text) && !builds(text.s)) {
		parent = xstrndup(dir, (size_t)(slash - dir));
		owner = neighbour(root, parent, slash + 1);
		free(parent);
	}
	strbuf_free(&text);
	return owner ? owner : xstrdup(dir);
}
