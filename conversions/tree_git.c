// SPDX-License-Identifier: GPL-2.0-only
#include "tree_git.h"

#include <stdlib.h>
#include <string.h>

#include "base/run.h"

char *tree_git(const struct tree *t, const char *const *args)
{
	static const char *const env[] = {
		"LC_ALL=C", "GIT_NO_LAZY_FETCH=1", "GIT_ALLOW_PROTOCOL=none", "GIT_OPTIONAL_LOCKS=0",
		"GIT_TERMINAL_PROMPT=0", "GIT_PAGER=cat", NULL
	};
	static const char *const safe[] = {
		"git", "--no-pager", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null",
		"-c", "log.showSignature=false", "-c", "diff.external=", NULL
	};
	VEC(const char *) argv = { 0 };
	struct run_request req = { .env = env, .cwd = t->is_git ? t->root : "/", .timeout_s = 120 };
	struct run_result res;
	char *out = NULL;
	size_t i;

	for (i = 0; safe[i]; i++)
		*vec_push(&argv) = safe[i];
	for (i = 0; args[i]; i++)
		*vec_push(&argv) = args[i];
	vec_push(&argv);
	req.argv = argv.items;
	if (!run(&req, &res) && !res.exit_code)
		out = xstrdup(res.out.s);
	run_result_free(&res);
	vec_free(&argv);
	return out;
}

bool tree_git_is_place(const char *path)
{
	return path && *path == '/' && !strchr(path, '\n') && !strchr(path, '"');
}

char *tree_git_objects(const struct tree *t)
{
	const char *const where[] = { "rev-parse", "--path-format=absolute", "--git-path", "objects", NULL };
	const char *const format[] = { "rev-parse", "--show-object-format", NULL };
	char *path = t->is_git ? tree_git(t, where) : NULL, *form = path ? tree_git(t, format) : NULL;

	if (path)
		path[strcspn(path, "\r\n")] = '\0';
	if (!form || strcmp(form, "sha1\n") || !tree_git_is_place(path)) {
		free(path);
		path = NULL;
	}
	free(form);
	return path;
}
