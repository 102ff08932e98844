// SPDX-License-Identifier: GPL-2.0-only
#include "tree/tree.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "tree/probe.h"

/* Every kernel since 2.6 has these, and without them nothing can be said about the tree. */
static const char *const must_have[] = {
	"Makefile", "include/linux/fs.h", "include/linux/mm.h", "include/linux/mm_types.h",
};

#define MAX_MAKEFILE (4u << 20)

/* "NAME = value" at the start of a line; the value, trimmed, or NULL. */
static char *make_variable(const char *text, const char *name)
{
	size_t len = strlen(name), n;
	const char *p;

	for (p = text; p; p = strchr(p, '\n')) {
		p += *p == '\n';
		if (strncmp(p, name, len))
			continue;
		p += len;
		p += strspn(p, " \t");
		if (*p == ':')
			p++;
		if (*p++ != '=')
			continue;
		p += strspn(p, " \t");
		n = strcspn(p, "\r\n#");
		while (n && (p[n - 1] == ' ' || p[n - 1] == '\t'))
			n--;
		return xstrndup(p, n);
	}
	return NULL;
}

/* The version is shown, stored and put in paths: only what a release name is made of. */
static bool is_plain(const char *s, bool digits_only)
{
	for (; *s; s++)
		if (!isdigit((unsigned char)*s) &&
		    (digits_only || (!isalnum((unsigned char)*s) && !strchr("-.+_~", *s))))
			return false;
	return true;
}

/* "7.3.4", "7.3.0-rc2"; NULL when the Makefile is no kernel's. */
static char *read_version(const char *text)
{
	char *v = make_variable(text, "VERSION"), *p = make_variable(text, "PATCHLEVEL");
	char *s = make_variable(text, "SUBLEVEL"), *e = make_variable(text, "EXTRAVERSION");
	char *version = NULL;

	if (v && p && *v && *p && is_plain(v, true) && is_plain(p, true) &&
	    (!s || is_plain(s, true)))
		version = xasprintf("%s.%s%s%s%s", v, p, s && *s ? "." : "", s ? s : "",
				    e && is_plain(e, false) ? e : "");
	free(v);
	free(p);
	free(s);
	free(e);
	return version;
}

/* The list of what a tree must have and dir has not, for a message; empty if nothing. */
static void list_missing(const char *dir, struct strbuf *missing)
{
	char *path;
	size_t i;

	for (i = 0; i < sizeof(must_have) / sizeof(*must_have); i++) {
		path = path_join(dir, must_have[i]);
		if (!file_exists(path))
			strbuf_addf(missing, "%s%s", missing->len ? ", " : "", must_have[i]);
		free(path);
	}
	strbuf_adds(missing, "");
}

static int refuse(const char *root, const char *missing)
{
	struct strbuf above = { 0 };
	char *dir = xstrdup(root), *slash;

	/* In a folder of a tree?  Then name the tree. */
	while ((slash = strrchr(dir, '/')) && slash != dir) {
		*slash = '\0';
		strbuf_reset(&above);
		list_missing(dir, &above);
		if (!above.len) {
			log_error("%s is inside a kernel tree, not its top: pass -C %s", root, dir);
			goto done;
		}
	}
	log_error("%s is not a Linux kernel tree: %s missing; pass the top folder of an unpacked "
		  "kernel source with -C", root, missing);
done:
	strbuf_free(&above);
	free(dir);
	return -EINVAL;
}

static int read_makefile(struct tree *t)
{
	char *path = path_join(t->root, "Makefile");
	struct strbuf text = { 0 };
	int ret;

	ret = file_read(path, MAX_MAKEFILE, &text);
	if (ret) {
		log_error("%s: cannot read it: %s; make it readable, or unpack the tree again",
			  path, ret == -EINVAL ? "not a regular file" : strerror(-ret));
		goto done;
	}
	t->version = read_version(text.s);
	if (!t->version) {
		log_error("%s is not a Linux kernel tree: its Makefile has no VERSION and "
			  "PATCHLEVEL; pass the top folder of an unpacked kernel source with -C",
			  t->root);
		ret = -EINVAL;
	}
done:
	strbuf_free(&text);
	free(path);
	return ret;
}

int tree_open(struct tree *t, const char *path)
{
	struct strbuf missing = { 0 };
	char *git = NULL;
	int ret;

	memset(t, 0, sizeof(*t));
	t->root = realpath(path, NULL);
	if (!t->root) {
		ret = -errno;
		log_error("%s: %s; pass the top folder of a kernel source with -C", path,
			  strerror(errno));
		return ret;
	}
	if (!file_is_dir(t->root)) {
		log_error("%s is not a folder; unpack the kernel source and pass its top folder "
			  "with -C", path);
		ret = -ENOTDIR;
		goto fail;
	}
	list_missing(t->root, &missing);
	ret = missing.len ? refuse(t->root, missing.s) : read_makefile(t);
	if (!ret)
		ret = probe_api(t->root, t->api);
	if (ret)
		goto fail;
	/* A folder in a checkout, a file in a linked worktree. */
	git = path_join(t->root, ".git");
	t->is_git = file_exists(git);
	free(git);
	strbuf_free(&missing);
	return 0;
fail:
	strbuf_free(&missing);
	tree_close(t);
	return ret;
}

void tree_close(struct tree *t)
{
	free(t->root);
	free(t->version);
	memset(t, 0, sizeof(*t));
}
