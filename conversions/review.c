// SPDX-License-Identifier: GPL-2.0-only
#include "review.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "base/run.h"
#include "plan.h"

enum { MAX_PATCH = 16 << 20, MAX_FILES = 2000 };

/* Is it in the tree?  A file that the patch makes is not. */
static bool is_there(const struct tree *t, const char *file)
{
	char *path = path_join(t->root, file);
	bool there = file_exists(path);

	free(path);
	return there;
}

static int touch(struct review *r, const struct tree *t, const char *patch, const char *file)
{
	char *error = NULL;
	int ret = 0;

	if (!plan_path_is_safe(file) || r->files.nr >= MAX_FILES) {
		log_error("%s: %s; nothing of it was applied", patch,
			  r->files.nr >= MAX_FILES ? "touches more than 2000 files" : "has a path that leads out of the tree");
		return -EINVAL;
	}
	if (is_there(t, file))
		ret = overlay_add(&r->overlay, t->root, file, &error);
	if (ret && ret != -EINTR)
		log_error("%s: touches %s", patch, error ? error : file);
	free(error);
	if (!ret)
		strlist_add_once(&r->files, file);
	return ret;
}

/* What `git apply --numstat -z` prints: "1\t2\tFILE\0", and of a rename "1\t2\t\0OLD\0NEW\0". */
static int touch_all(struct review *r, const struct tree *t, const char *patch, const struct strbuf *list)
{
	const char *s = list->s, *end = list->s ? list->s + list->len : NULL, *name;
	unsigned names = 0;
	int ret = 0;

	for (; s && s < end && !ret; s += strlen(s) + 1) {
		name = s;
		if (names) {
			names--;
		} else {
			name = strchr(s, '\t');
			name = name ? strchr(name + 1, '\t') : NULL;
			if (!name)
				return -EINVAL;
			if (!*++name) {
				names = 2;
				continue;
			}
		}
		ret = touch(r, t, patch, name);
	}
	return ret;
}

static int git(struct review *r, const char *patch, const char *const *args, const char *input,
	       struct run_result *res)
{
	int ret = overlay_git(&r->overlay, args, input, res);

	if (!ret && res->exit_code) {
		log_error("%s: does not apply to this tree: %s", patch, res->err.len ? res->err.s : "git apply failed");
		ret = -EINVAL;
	}
	return ret;
}

/* A patch can make a symbolic link, which would be read as what it leads to. */
static bool is_regular(const char *path)
{
	struct stat st;

	return !lstat(path, &st) && S_ISREG(st.st_mode);
}

/* Only what is C, and still there, is read. */
static void keep_sources(struct review *r)
{
	struct strlist all = r->files;
	char *path;
	size_t i;

	memset(&r->files, 0, sizeof(r->files));
	strlist_sort_once(&all);
	for (i = 0; i < all.nr; i++) {
		path = path_join(r->overlay.dir, all.items[i]);
		if ((str_ends(all.items[i], ".c") || str_ends(all.items[i], ".h")) && is_regular(path)) {
			strlist_add(&r->files, all.items[i]);
			strlist_add(&r->paths, path);
		}
		free(path);
	}
	strlist_free(&all);
	for (i = 0; i < r->files.nr; i++)
		*vec_push(&r->instead) = (struct read_instead){ r->files.items[i], r->paths.items[i] };
}

static int read_stdin(struct strbuf *b)
{
	char block[1 << 16];
	ssize_t n;

	while ((n = read(STDIN_FILENO, block, sizeof(block))) != 0) {
		if (n < 0 && errno == EINTR && !run_interrupted())
			continue;
		if (n < 0)
			return -errno;
		strbuf_add(b, block, (size_t)n);
		if (b->len > MAX_PATCH)
			return -EFBIG;
	}
	return 0;
}

int review_open(struct review *r, const struct tree *t, const char *patch)
{
	static const char *const list[] = { "apply", "--numstat", "-z", "-", NULL };
	static const char *const apply[] = { "apply", "--whitespace=nowarn", "-", NULL };
	char *dir = xasprintf("%s/mmapconv-XXXXXX", getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
	struct run_result res = { 0 };
	struct strbuf text = { 0 };
	int ret;

	memset(r, 0, sizeof(*r));
	ret = strcmp(patch, "-") ? file_read(patch, MAX_PATCH, &text) : read_stdin(&text);
	if (!ret && text.len && memchr(text.s, '\0', text.len))
		ret = -EINVAL;
	if (ret || !text.len) {
		log_error("%s: is no patch that can be read: %s", patch, ret ? strerror(-ret) : "it is empty");
		ret = ret ? ret : -EINVAL;
		goto out;
	}
	if (!mkdtemp(dir)) {
		ret = -errno;
		log_error("%s: cannot be made: %s; set TMPDIR to a folder that can be written", dir, strerror(errno));
		goto out;
	}
	ret = overlay_open(&r->overlay, dir);
	if (!ret)
		ret = git(r, patch, (const char *const[]){ "init", "-q", "--template=", NULL }, NULL, &res);
	run_result_free(&res);
	if (!ret)
		ret = git(r, patch, list, text.s, &res);
	if (!ret)
		ret = touch_all(r, t, patch, &res.out);
	run_result_free(&res);
	if (!ret)
		ret = git(r, patch, apply, text.s, &res);
	if (!ret)
		keep_sources(r);
out:
	run_result_free(&res);
	strbuf_free(&text);
	free(dir);
	return ret;
}

void review_close(struct review *r)
{
	overlay_close(&r->overlay);
	strlist_free(&r->files);
	strlist_free(&r->paths);
	vec_free(&r->instead);
}
