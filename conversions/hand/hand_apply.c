// SPDX-License-Identifier: GPL-2.0-only
/* A patch of the shelf, taken with git am: as it is, or merged; moved lines are fine, fuzz is not.  Of hand.h. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/run.h"
#include "hand/hand.h"

#define ARGS(...) ((const char *const[]){ __VA_ARGS__, NULL })

static char *head(const struct overlay *o, const char *what)
{
	struct strbuf b = { 0 };

	if (overlay_git_must(o, NULL, ARGS("rev-parse", "--verify", "-q", what), NULL, &b)) {
		strbuf_free(&b);
		return NULL;
	}
	b.s[strcspn(b.s, "\n")] = '\0';
	return strbuf_detach(&b);
}

/* "error: patch failed: a.c:12", "CONFLICT (content): Merge conflict in a.c": what stands behind the words. */
static void add_places(struct strbuf *b, const char *text, const char *before)
{
	const char *p = text ? text : "", *at;
	size_t len;

	for (; *p; p += len + (p[len] == '\n')) {
		len = strcspn(p, "\n");
		at = memmem(p, len, before, strlen(before));
		if (!at)
			continue;
		at += strlen(before);
		strbuf_addf(b, "%s%.*s", b->len ? ", " : "", (int)(p + len - at), at);
	}
}

/* Why git am did not: the places, or the first line that it says. */
static char *reason(const struct run_result *res, bool merged)
{
	struct strbuf b = { 0 };
	char *text;

	strbuf_adds(&b, "");
	if (merged)
		add_places(&b, res->out.s, "Merge conflict in ");
	if (!b.len)
		add_places(&b, res->err.s, "error: patch failed: ");
	if (b.len)
		text = xasprintf("git am does not take it: %s %s", merged ? "its change and the tree's meet in" : "it does not apply at",
				 b.s);
	else
		text = xasprintf("git am does not take it: %.*s", (int)strcspn(res->err.s ? res->err.s : "", "\n"),
				 res->err.s ? res->err.s : "");
	strbuf_free(&b);
	return text;
}

/* 0, -EINVAL with *error, or a negative errno. */
static int am(const struct overlay *o, const struct shelf_patch *p, bool merge, char **error)
{
	struct run_result res, end;
	int ret;

	ret = overlay_git_as(o, NULL, ARGS("am", "--no-gpg-sign", "--no-keep-cr", merge ? "--3way" : "--no-3way"),
			     p->text.s, p->text.len, &res);
	if (!ret && res.exit_code) {
		*error = reason(&res, merge);
		ret = overlay_git_as(o, NULL, ARGS("am", "--abort"), NULL, 0, &end);
		run_result_free(&end);
		ret = ret ? ret : -EINVAL;
	}
	run_result_free(&res);
	return ret;
}

/* Can it be taken back, that is, is all of it there?  1, 0 or a negative errno. */
static int is_there(const struct overlay *o, const struct shelf_patch *p)
{
	struct run_result res;
	int ret = overlay_git_as(o, NULL, ARGS("apply", "--reverse", "--check", "-"), p->text.s, p->text.len, &res);

	if (!ret)
		ret = !res.exit_code;
	run_result_free(&res);
	return ret;
}

static int take(const struct overlay *o, const struct shelf_patch *p, bool lent, enum hand_how *how, char **error)
{
	char *plain = NULL;
	int ret = am(o, p, false, &plain), there;

	*how = HAND_PLAIN;
	if (ret != -EINVAL)
		goto done;
	there = is_there(o, p);
	if (there) {
		*how = HAND_THERE;
		ret = there < 0 ? there : 0;
		goto done;
	}
	if (lent) {
		*how = HAND_MERGED;
		ret = am(o, p, true, error);
		/* Where the text it was made for is not there, what git said first tells more. */
		if (ret != -EINVAL || strstr(*error, "its change and the tree's"))
			goto done;
		free(*error);
	}
	*error = plain;
	plain = NULL;
done:
	free(plain);
	return ret;
}

/* One commit upon the old one, and it changes just what the patch names. */
static int check_commit(const struct overlay *o, const struct shelf_patch *p, const char *before, enum hand_how *how,
			char **error)
{
	struct strbuf names = { 0 };
	const struct shelf_file *f;
	char *now = head(o, "HEAD"), *parent = NULL, *line, *save = NULL;
	int ret = now ? 0 : -EIO;

	if (!ret && !strcmp(now, before)) {
		*how = HAND_THERE;	/* what a merge found out */
		goto done;
	}
	parent = ret ? NULL : head(o, "HEAD~1");
	if (!ret && !parent)
		ret = -EIO;
	if (!ret && strcmp(parent, before)) {
		*error = xstrdup("git am made more than one commit of it");
		ret = -EINVAL;
	}
	if (!ret)
		ret = overlay_git_must(o, NULL, ARGS("diff-tree", "-r", "--no-commit-id", "--name-only", "-z", "HEAD"), NULL, &names);
	for (line = names.s, save = names.s ? names.s + names.len : NULL; !ret && line && line < save; line += strlen(line) + 1) {
		vec_each(f, &p->files)
			if (!strcmp(f->path, line))
				break;
		if (f == p->files.items + p->files.nr) {
			*error = xasprintf("git am changed %s, which the patch does not name", line);
			ret = -EINVAL;
		}
	}
	if (ret == -EINVAL)
		ret = overlay_git_must(o, NULL, ARGS("reset", "-q", "--hard", before), NULL, NULL) ?: -EINVAL;
done:
	strbuf_free(&names);
	free(now);
	free(parent);
	return ret;
}

int hand_apply(const struct overlay *o, const struct shelf_patch *p, bool lent, const struct author *who, enum hand_how *how,
	       char **error)
{
	char *before = head(o, "HEAD");
	int ret = before ? take(o, p, lent, how, error) : -EIO;

	if (!ret && *how != HAND_THERE)
		ret = check_commit(o, p, before, how, error);
	/* The one who sends it, and no date of the shelf's. */
	if (!ret && *how != HAND_THERE)
		ret = overlay_git_must(o, who, ARGS("commit", "-q", "--amend", "--no-verify", "--no-edit", "--reset-author",
						    "--cleanup=verbatim"), NULL, NULL);
	free(before);
	return ret;
}
