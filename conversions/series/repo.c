// SPDX-License-Identifier: GPL-2.0-only
#include "series/repo.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "base/run.h"

int repo_git(const struct repo *r, const char *const *args, const char *input, struct strbuf *out)
{
	return overlay_git_must(&r->o, &r->who, args, input, out);
}

int repo_try(const struct repo *r, const char *const *args, const char *input, size_t len,
	     struct strbuf *out, char **error)
{
	struct run_result res;
	int ret = overlay_git_as(&r->o, &r->who, args, input, len, &res);

	if (ret && ret != -EINTR) {
		log_error("git %s: cannot be run: %s; install git", args[0], strerror(-ret));
	} else if (!ret && res.exit_code) {
		*error = xasprintf("%.*s", (int)strcspn(res.err.s, "\n"), res.err.s);
		ret = -EINVAL;
	} else if (!ret && out) {
		strbuf_add(out, res.out.s, res.out.len);
	}
	run_result_free(&res);
	return ret;
}

char *repo_commit_name(const struct repo *r, const char *what)
{
	struct strbuf b = { 0 };

	if (repo_git(r, GIT("rev-parse", "--verify", what), NULL, &b)) {
		strbuf_free(&b);
		return NULL;
	}
	b.s[strcspn(b.s, "\n")] = '\0';
	return strbuf_detach(&b);
}

char *repo_recommit(const struct repo *r, const char *commit, const char *parent)
{
	struct strbuf old = { 0 }, new = { 0 }, name = { 0 };
	char *p = NULL, *rest, *result = NULL;

	if (repo_git(r, GIT("cat-file", "commit", commit), NULL, &old))
		goto done;
	p = strstr(old.s, "\nparent ");
	rest = p ? strchr(p + 1, '\n') : NULL;
	if (!rest) {
		log_error("git cat-file commit %s: has no parent", commit);
		goto done;
	}
	strbuf_add(&new, old.s, (size_t)(p - old.s));
	strbuf_addf(&new, "\nparent %s%s", parent, rest);
	if (repo_git(r, GIT("hash-object", "-t", "commit", "-w", "--stdin"), new.s, &name))
		goto done;
	name.s[strcspn(name.s, "\n")] = '\0';
	result = strbuf_detach(&name);
done:
	strbuf_free(&old);
	strbuf_free(&new);
	strbuf_free(&name);
	return result;
}

static int write_into(const struct repo *r, const char *path, const struct strbuf *text)
{
	int ret = overlay_write(&r->o, path, text->s, text->len);

	if (ret)
		log_error("%s/%s: cannot be written: %s; make room or choose another -o", r->o.dir,
			  path, strerror(-ret));
	return ret;
}

/* Only these files come into the worktree; in a pattern every special character is itself. */
static int write_sparse(const struct repo *r, const struct strlist *files)
{
	struct strbuf b = { 0 };
	const char *p;
	size_t i;
	int ret;

	strbuf_adds(&b, "");
	for (i = 0; i < files->nr; i++) {
		strbuf_adds(&b, "/");
		for (p = files->items[i]; *p; p++)
			strbuf_addf(&b, strchr("\\*?[]!# ", *p) ? "\\%c" : "%c", *p);
		strbuf_adds(&b, "\n");
	}
	ret = write_into(r, ".git/info/sparse-checkout", &b);
	strbuf_free(&b);
	return ret;
}

static int borrow(struct repo *r, const struct strlist *files, const char *branch)
{
	const struct checkout *c = r->checkout;
	struct strbuf b = { 0 };
	char *format = xasprintf("--object-format=%s", c->format);
	int ret = repo_git(r, GIT("init", "-q", "--template=", format, "."), NULL, NULL);

	strbuf_addf(&b, "%s\n", c->objects);
	if (!ret)
		ret = write_into(r, ".git/objects/info/alternates", &b);
	strbuf_reset(&b);
	if (!ret && c->shallow && file_exists(c->shallow) &&
	    !file_read(c->shallow, 16u << 20, &b) && b.len)
		ret = write_into(r, ".git/shallow", &b);
	strbuf_reset(&b);
	/* As in the kernel's .gitattributes: the hunks' headings name functions. */
	strbuf_adds(&b, "*.c diff=cpp\n*.h diff=cpp\n");
	if (!ret)
		ret = write_into(r, ".git/info/attributes", &b);
	if (!ret)
		ret = repo_git(r, GIT("config", "core.sparseCheckout", "true"), NULL, NULL);
	if (!ret)
		ret = write_sparse(r, files);
	if (!ret)
		ret = repo_git(r, GIT("checkout", "-q", "--no-track", "-b", branch, c->commit),
			       NULL, NULL);
	free(format);
	strbuf_free(&b);
	return ret;
}

static int copy(struct repo *r, const struct tree *t, const struct strlist *files,
		const char *branch, char **error)
{
	char *path;
	size_t i;
	int ret = 0;

	for (i = 0; i < files->nr && !ret; i++) {
		path = path_join(t->root, files->items[i]);
		if (file_exists(path)) /* a patch may make a new one */
			ret = overlay_add(&r->o, t->root, files->items[i], error);
		free(path);
		if (ret == -EINTR)
			return ret;
		if (ret)
			return ret == -ENOSPC ? (log_error("%s", *error), ret) : -EINVAL;
	}
	ret = overlay_commit_base(&r->o);
	if (!ret)
		ret = repo_git(r, GIT("checkout", "-q", "-b", branch), NULL, NULL);
	return ret;
}

int repo_open(struct repo *r, const struct tree *t, const struct checkout *c,
	      const struct author *who, const char *dir, const struct strlist *files,
	      const char *branch, char **error)
{
	int ret;

	memset(r, 0, sizeof(*r));
	r->checkout = c;
	r->who = *who;
	ret = overlay_open(&r->o, dir);
	if (ret)
		return ret;
	return c->commit ? borrow(r, files, branch) : copy(r, t, files, branch, error);
}

void repo_close(struct repo *r)
{
	overlay_close(&r->o);
}
