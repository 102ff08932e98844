// SPDX-License-Identifier: GPL-2.0-only
#include "workers/pch.h"

#include <stdlib.h>
#include <string.h>

/* The module's name is the same for all files that a header serves: see parse/precompiled.c. */
static const char *const own[] = { "-DKBUILD_", "-D__KBUILD_" };
/* Macros that headers ask for to choose how to log, or how to export. */
static const char *const harmless[] = { "-DDEBUG", "-DVERBOSE_DEBUG", "-DDEFAULT_SYMBOL_NAMESPACE" };

static bool is_own(const char *arg)
{
	size_t i, len;

	for (i = 0; i < sizeof(own) / sizeof(*own); i++)
		if (str_starts(arg, own[i]))
			return true;
	for (i = 0; i < sizeof(harmless) / sizeof(*harmless); i++) {
		len = strlen(harmless[i]);
		if (!strncmp(arg, harmless[i], len) && (!arg[len] || arg[len] == '='))
			return true;
	}
	return false;
}

static bool below(const char *path, const char *top, const char *folder)
{
	size_t len = strlen(top);

	return !strncmp(path, top, len) && str_starts(path + len, folder);
}

/* Is path the file's own folder, below top? */
static bool is_home(const char *path, const char *top, const char *file)
{
	const char *slash = strrchr(file, '/');
	size_t len = strlen(top), dir = slash ? (size_t)(slash - file) : 0;

	return !strncmp(path, top, len) && path[len] == '/' && strlen(path + len + 1) == dir &&
	       !strncmp(path + len + 1, file, dir);
}

/* Folders of headers that all files share, not those of one driver or of one folder of arch/. */
static bool is_shared(const char *path, const char *file, const char *root, const char *cwd)
{
	if (is_home(path, root, file) || is_home(path, cwd, file))
		return false;
	return below(path, root, "/include") || below(path, root, "/arch/") || below(path, cwd, "/include") ||
	       below(path, cwd, "/arch/");
}

void pch_args(const struct read_request *r, const char *root, struct strlist *args)
{
	const struct strlist *all = &r->command->clang_args;
	const char *arg, *path;
	size_t i;

	for (i = 0; i < all->nr; i++) {
		arg = all->items[i];
		/* Warnings are off when files are read (-w), whatever else is said of them. */
		if (is_own(arg) || (str_starts(arg, "-W") && !str_starts(arg, "-Wp,")))
			continue;
		if (str_starts(arg, "-I")) {
			path = arg[2] || i + 1 == all->nr ? arg + 2 : all->items[++i];
			if (is_shared(path, r->file, root, r->command->cwd))
				strlist_addf(args, "-I%s", path);
			continue;
		}
		strlist_add(args, arg);
	}
}

bool pch_args_extend(const struct strlist *args, const struct strlist *more, struct strlist *names)
{
	const char *arg;
	size_t i, k = 0;
	char *name;

	for (i = 0; i < more->nr; i++) {
		arg = more->items[i];
		if (k < args->nr && !strcmp(arg, args->items[k])) {
			k++;
			continue;
		}
		if (!str_starts(arg, "-D") || !arg[2])
			return false;
		name = xstrndup(arg + 2, strcspn(arg + 2, "=("));
		strlist_add(names, name);
		free(name);
	}
	return k == args->nr;
}
