// SPDX-License-Identifier: GPL-2.0-only
/* What a person types for a file: "./a.c", "a//b.c", "/src/linux/a.c:f". */
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "cmd/cmd.h"

/* Append the components of a path, without "." and "..".  false: it leads out. */
static bool add_components(const char *path, size_t len, struct strlist *parts)
{
	const char *end = path + len;
	size_t n;

	for (; path < end; path += n + (path + n < end)) {
		n = strcspn(path, "/");
		if (n > (size_t)(end - path))
			n = (size_t)(end - path);
		if (!n || (n == 1 && *path == '.'))
			continue;
		if (n == 2 && !strncmp(path, "..", 2)) {
			if (!parts->nr)
				return false;
			free(parts->items[--parts->nr]);
			continue;
		}
		strlist_addf(parts, "%.*s", (int)n, path);
	}
	return true;
}

/* Drop the folders of the tree itself from the front.  false: the path is not below it. */
static bool below_tree(struct strlist *parts, const char *root)
{
	struct strlist own = { 0 };
	bool below;
	size_t i;

	add_components(root, strlen(root), &own);
	below = own.nr <= parts->nr;
	for (i = 0; below && i < own.nr; i++)
		below = !strcmp(own.items[i], parts->items[i]);
	for (i = 0; below && i < own.nr; i++)
		free(parts->items[i]);
	if (below) {
		memmove(parts->items, parts->items + own.nr, (parts->nr - own.nr) * sizeof(*parts->items));
		parts->nr -= own.nr;
	}
	strlist_free(&own);
	return below;
}

char *selection_clean(const char *arg, const char *root)
{
	size_t len = strcspn(arg, ":"), i;
	struct strlist parts = { 0 };
	struct strbuf b = { 0 };
	bool inside;

	inside = len && add_components(arg, len, &parts) && (*arg != '/' || below_tree(&parts, root));
	if (inside) {
		strbuf_adds(&b, "");
		for (i = 0; i < parts.nr; i++)
			strbuf_addf(&b, "%s%s", i ? "/" : "", parts.items[i]);
		strbuf_adds(&b, arg + len);
	}
	strlist_free(&parts);
	return inside ? strbuf_detach(&b) : NULL;
}

int selection_clean_all(struct strlist *args, const struct tree *t)
{
	bool everything = false;
	char *clean;
	size_t i;

	for (i = 0; i < args->nr; i++) {
		if (!*args->items[i]) {
			log_error("an empty name selects nothing: give FILE:FUNC, FILE or a folder");
			return EXIT_USAGE;
		}
		if (*args->items[i] == ':')		/* the scan says which files have it */
			continue;
		clean = selection_clean(args->items[i], t->root);
		if (!clean) {
			log_error("%s lies outside the tree %s; paths are relative to the tree", args->items[i], t->root);
			return EXIT_USAGE;
		}
		free(args->items[i]);
		args->items[i] = clean;
		everything |= !*clean;
	}
	if (everything)
		strlist_free(args);
	return 0;
}
