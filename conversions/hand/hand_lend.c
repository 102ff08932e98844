// SPDX-License-Identifier: GPL-2.0-only
/*
 * The texts that patches of the shelf were made for, of hand.h.  The first patch to a file names git's object of it; what the
 * later ones stand on comes out of applying the earlier ones to these, in the index alone.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "base/run.h"
#include "hand/hand.h"

#define ARGS(...) ((const char *const[]){ __VA_ARGS__, NULL })

enum { MAX_FILE = 32 << 20 };

/* Run git, which may fail: its output, or NULL; caller frees.  *ret: -EINTR and the like. */
static char *ask(const struct overlay *o, const char *const *args, const char *input, size_t len, int *ret)
{
	struct run_result res;
	char *out = NULL;

	*ret = overlay_git_as(o, NULL, args, input, len, &res);
	if (!*ret && !res.exit_code) {
		out = xstrdup(res.out.s ? res.out.s : "");
		out[strcspn(out, "\n")] = '\0';
	}
	run_result_free(&res);
	return out;
}

/* git's name of the file's text, which is in the overlay's objects or can be had through them; NULL: it cannot. */
static char *blob_of(const struct overlay *o, const struct lender *l, const struct shelf_file *f, int *ret)
{
	struct strbuf b = { 0 };
	char *path, *blob = NULL, *said;

	*ret = 0;
	if (l->base) {
		path = path_join(l->base, f->path);
		if (!overlay_has_link(l->base, f->path) && !file_read(path, MAX_FILE, &b))
			blob = ask(o, ARGS("hash-object", "-w", "--stdin"), b.s ? b.s : "", b.len, ret);
		free(path);
		strbuf_free(&b);
	} else {
		said = ask(o, ARGS("cat-file", "-e", f->blob), NULL, 0, ret);
		blob = said ? xstrdup(f->blob) : NULL;
		free(said);
	}
	return blob;
}

static int put(const struct overlay *o, const char *blob, const char *path)
{
	char *info = xasprintf("100644,%s,%s", blob, path);
	int ret = overlay_git_must(o, NULL, ARGS("update-index", "--add", "--cacheinfo", info), NULL, NULL);

	free(info);
	return ret;
}

/* The patch's own files that no earlier patch had, then the patch on top of all. */
static int lend_one(const struct overlay *o, const struct lender *l, const struct shelf_patch *p, struct strlist *seen,
		    bool *lent)
{
	const struct shelf_file *f;
	char *blob;
	int ret = 0;

	vec_each(f, &p->files) {
		if (ret || !strlist_add_once(seen, f->path) || f->created)
			continue;
		blob = blob_of(o, l, f, &ret);
		if (blob)
			ret = put(o, blob, f->path);
		*lent |= !!blob;
		free(blob);
	}
	if (!ret && *lent)	/* where it does not apply, what stands on it gets no help */
		free(ask(o, ARGS("apply", "--cached", "--whitespace=nowarn", "-"), p->text.s, p->text.len, &ret));
	return ret;
}

int hand_lend(const struct overlay *o, const struct lender *l, const struct shelf_patch *const *patches, size_t nr, bool *lent)
{
	struct strlist seen = { 0 };
	char *line;
	size_t i;
	int ret = 0;

	*lent = false;
	if (!l->base && !l->objects)
		return 0;
	if (!l->base) {
		line = xasprintf("%s\n", l->objects);
		ret = overlay_write(o, ".git/objects/info/alternates", line, strlen(line));
		if (ret)
			log_error("%s: cannot be written: %s; make room or choose another -o", o->dir, strerror(-ret));
		free(line);
	}
	for (i = 0; i < nr && !ret; i++)
		ret = lend_one(o, l, patches[i], &seen, lent);
	if (!ret)
		ret = overlay_git_must(o, NULL, ARGS("read-tree", "--empty"), NULL, NULL);
	strlist_free(&seen);
	return ret;
}
