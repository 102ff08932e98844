// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <stdlib.h>

#include "audit/audit.h"
#include "base/file.h"
#include "cmd/audit.h"
#include "review.h"

enum { MAX_SOURCE = 32 << 20 };		/* bytes */

static void new_users(const struct tree *t, const struct review *r, struct findings *found)
{
	struct strbuf before = { 0 }, after = { 0 };
	char *path;
	size_t i;

	for (i = 0; i < r->files.nr; i++) {
		path = path_join(t->root, r->files.items[i]);
		strbuf_reset(&before);
		strbuf_reset(&after);
		if (file_read(path, MAX_SOURCE, &before))
			strbuf_reset(&before);
		if (!file_read(r->paths.items[i], MAX_SOURCE, &after))
			audit_new_users(r->files.items[i], &before, &after, found);
		free(path);
	}
	strbuf_free(&before);
	strbuf_free(&after);
}

int audit_review(struct job *j, const struct review *r, const struct strlist *only, struct hooks *hooks, struct findings *found)
{
	int status = only->nr ? audit_look(j, only, r->instead.items, r->instead.nr, hooks, found) : EXIT_DONE;

	if (!status)
		new_users(&j->tree, r, found);
	return status;
}

int cmd_check(struct options *opt)
{
	struct flags_options fo = { .no_kbuild = opt->no_kbuild, .jobs = opt->jobs };
	struct job j = { .opt = opt };
	struct review r = { 0 };
	struct hooks hooks = { 0 };
	struct findings found = { 0 };
	int status = EXIT_FAILED;

	if (tree_open(&j.tree, opt->tree) || review_open(&r, &j.tree, opt->diff))
		goto done;
	if (r.files.nr) {
		j.flags = flags_open(&j.tree, &fo);
		if (!opt->no_cache)
			j.cache = cache_open(&(struct cache_options){ 0 });
	}
	status = audit_review(&j, &r, &r.files, &hooks, &found);
done:
	if (!status)
		status = audit_end(&j, &hooks, &found);
	findings_free(&found);
	hooks_free(&hooks);
	review_close(&r);
	job_close(&j);
	return status;
}
