// SPDX-License-Identifier: GPL-2.0-only
#include "hand/hand_try.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "hand/hand.h"
#include "tree_git.h"

static void refuse(struct hand_trial *t, char *why)
{
	t->applies = "no";
	t->why = why;
}

static bool makes(const struct shelf *s, const char *path)
{
	const struct shelf_patch *p;
	const struct shelf_file *f;

	vec_each(p, &s->patches)
		vec_each(f, &p->files)
			if (f->created && !strcmp(f->path, path))
				return true;
	return false;
}

/* Copy what the patch touches; what cannot be copied is why it does not apply. */
static int add_files(struct overlay *o, const struct shelf *s, const struct tree *t, const struct shelf_patch *p,
		     struct hand_trial *trial)
{
	const struct shelf_file *f;
	char *error = NULL, *path;
	bool there;
	int ret = 0;

	vec_each(f, &p->files) {
		path = path_join(t->root, f->path);
		there = file_exists(path);
		free(path);
		if (ret || trial->why)
			continue;
		if (!there && !makes(s, f->path))
			refuse(trial, xasprintf("this tree has no %s", f->path));
		else if (there)
			ret = overlay_add(o, t->root, f->path, &error);
		if (ret && ret != -EINTR && ret != -ENOSPC) {
			refuse(trial, error);
			error = NULL;
			ret = 0;
		}
	}
	free(error);
	return ret;
}

static int try_one(const struct overlay *o, const struct shelf *s, const struct shelf_patch *p, bool lent,
		   struct hand_trial *trials)
{
	struct hand_trial *t = &trials[p - s->patches.items];
	struct author who = { (char *)"mmapconv", (char *)"mmapconv@example.invalid", NULL };
	enum hand_how how;
	char *error = NULL;
	const size_t *on;
	int ret;

	vec_each(on, &p->on)
		if (!t->why && !strcmp(trials[*on].applies, "no"))
			refuse(t, xasprintf("it stands on %s, which does not apply", s->patches.items[*on].name));
	if (t->why)
		return 0;
	ret = hand_apply(o, p, lent, &who, &how, &error);
	if (ret == -EINVAL) {
		refuse(t, error);
		return 0;
	}
	t->applies = how == HAND_PLAIN ? "yes" : how == HAND_MERGED ? "merged" : "there";
	return ret;
}

int hand_try(const struct shelf *s, const struct tree *t, const char *base, const char *scratch, struct hand_trial *trials)
{
	const struct shelf_patch **patches = xcalloc(s->patches.nr + 1, sizeof(*patches)), *p;
	char *objects = tree_git_objects(t);
	const struct lender l = { .objects = objects, .base = base };
	struct overlay o;
	bool lent = false;
	size_t nr = 0, i;
	int ret = overlay_open(&o, scratch);

	for (i = 0; i < s->patches.nr && !ret; i++) {
		p = &s->patches.items[i];
		trials[i] = (struct hand_trial){ .applies = "yes" };
		if (p->error)
			refuse(&trials[i], xstrdup(p->error));
		else
			ret = add_files(&o, s, t, p, &trials[i]);
		if (!p->error)
			patches[nr++] = p;
	}
	if (!ret)
		ret = overlay_init(&o);
	if (!ret)
		ret = hand_lend(&o, &l, patches, nr, &lent);
	if (!ret)
		ret = overlay_commit_base(&o);
	for (i = 0; i < s->patches.nr && !ret; i++)
		ret = try_one(&o, s, &s->patches.items[i], lent, trials);
	overlay_close(&o);
	free(objects);
	free(patches);
	return ret;
}

void hand_trials_free(struct hand_trial *trials, size_t nr)
{
	size_t i;

	for (i = 0; i < nr; i++)
		free(trials[i].why);
	free(trials);
}
