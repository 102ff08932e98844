// SPDX-License-Identifier: GPL-2.0-only
/* A FILE:FUNC of prove: of the tree, or of a file outside that stands for one of the tree. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "cmd/prove.h"

static bool is_name(const char *s)
{
	const char *p = s;

	while (isalnum((unsigned char)*p) || *p == '_')
		p++;
	return p > s && !*p && !isdigit((unsigned char)*s);
}

static bool is_file(const struct tree *t, const char *rel)
{
	char *path = path_is_inside(rel) ? path_join(t->root, rel) : NULL;
	struct stat st;
	bool is = path && !stat(path, &st) && S_ISREG(st.st_mode);

	free(path);
	return is;
}

static char *absolute(const char *path)
{
	char *cwd = *path == '/' ? NULL : getcwd(NULL, 0), *full;

	full = cwd ? path_join(cwd, path) : xstrdup(path);
	free(cwd);
	return full;
}

/* Relative to the tree, if the path leads there after all; else NULL. */
static char *inside(const char *path, const struct tree *t)
{
	char *real = realpath(path, NULL), *rel = real ? selection_clean(real, t->root) : NULL;

	free(real);
	return rel;
}

static void say_missing_file(const struct pairs *p, const char *arg, const char *file)
{
	struct strlist near = { 0 };
	struct strbuf b = { 0 };
	size_t i;

	pairs_near(p, arg, NULL, &near);
	for (i = 0; i < near.nr; i++)
		strbuf_addf(&b, "%s%s", i ? ", " : "; did you mean ", near.items[i]);
	log_error("%s: there is no file %s, neither in the tree nor seen from the current folder%s%s", arg, file,
		  b.len ? b.s : "", near.nr ? "?" : "");
	strbuf_free(&b);
	strlist_free(&near);
}

static int find_file(const char *arg, const char *file, const struct tree *t, const struct pairs *p,
		     struct prove_name *n)
{
	char *full;

	n->file = selection_clean(file, t->root);
	if (n->file && is_file(t, n->file)) {
		if (str_ends(n->file, ".c"))
			return 0;
		log_error("%s: only functions of .c files can be compared", arg);
		return EXIT_USAGE;
	}
	free(n->file);
	full = absolute(file);
	n->file = inside(full, t);
	if (n->file) {
		free(full);
		return 0;
	}
	if (access(full, F_OK)) {
		say_missing_file(p, arg, file);
		free(full);
		return EXIT_USAGE;
	}
	n->path = full;
	n->file = pair_stand_in(t, full);
	n->instead = (struct read_instead){ n->file, n->path };
	return n->file ? 0 : EXIT_USAGE;
}

int prove_name_parse(const char *arg, const struct tree *t, const struct pairs *p, struct prove_name *n)
{
	const char *colon = strrchr(arg, ':');
	char *file;
	int ret;

	memset(n, 0, sizeof(*n));
	n->arg = arg;
	if (!colon || colon == arg || !is_name(colon + 1)) {
		log_error("'%s' names no function; prove takes two, each as FILE:FUNC: the legacy handler, then the hook", arg);
		return EXIT_USAGE;
	}
	n->function = xstrdup(colon + 1);
	file = xstrndup(arg, (size_t)(colon - arg));
	ret = find_file(arg, file, t, p, n);
	free(file);
	return ret;
}

void prove_name_free(struct prove_name *n)
{
	free(n->file);
	free(n->function);
	free(n->path);
}

void prove_name_missing(const struct pairs *p, const struct prove_name *n, const struct pair_side *side,
			const char *error)
{
	struct strlist near = { 0 };
	struct strbuf b = { 0 };
	size_t i;

	pairs_near(p, n->arg, side, &near);
	for (i = 0; i < near.nr; i++)
		strbuf_addf(&b, "%s%s", i ? ", " : "; did you mean ", near.items[i]);
	log_error("%s%s%s", error, b.len ? b.s : "", near.nr ? "?" : "");
	strbuf_free(&b);
	strlist_free(&near);
}
