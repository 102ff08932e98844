// SPDX-License-Identifier: GPL-2.0-only
#include "verify/verify_command.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"

/* For every -I folder of the command that lies in the tree, the overlay's twin goes before it. */
static void add_arguments(const struct verify *v, const struct compile_command *c,
			  struct strlist *argv)
{
	size_t i, root = strlen(v->tree->root);
	const char *arg, *dir;
	char *full, *real;

	for (i = 0; i < c->argv.nr; i++) {
		arg = c->argv.items[i];
		dir = NULL;
		if (!strcmp(arg, "-I") && i + 1 < c->argv.nr)
			dir = c->argv.items[i + 1];
		else if (str_starts(arg, "-I") && arg[2])
			dir = arg + 2;
		if (dir) {
			full = dir[0] == '/' ? xstrdup(dir) : path_join(c->cwd, dir);
			real = realpath(full, NULL);
			if (real && str_starts(real, v->tree->root) &&
			    (real[root] == '/' || !real[root]))
				strlist_addf(argv, "-I%s%s", v->overlay->dir, real + root);
			free(real);
			free(full);
		}
		strlist_add(argv, arg);
	}
}

void verify_command(const struct verify *v, const struct compile_command *c, const char *file,
		    struct strlist *argv)
{
	char *dir = xstrdup(file), *slash = strrchr(dir, '/');

	*(slash ? slash : dir) = '\0';
	add_arguments(v, c, argv);
	/* Quoted includes: the overlay's own folder first, it is the source's, then the tree's. */
	strlist_addf(argv, "-iquote%s/%s", v->tree->root, dir);
	free(dir);
}
