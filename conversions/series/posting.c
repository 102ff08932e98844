// SPDX-License-Identifier: GPL-2.0-only
/* One posting, from its drivers' patches to mails and a branch, of internal.h. */
#include <errno.h>
#include <fcntl.h>
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <xxhash.h>

#include "base/file.h"
#include "base/json.h"
#include "base/log.h"
#include "series/internal.h"

#define MAX_BUNDLE (256u << 20)

static void all_files(const struct batch *b, struct strlist *files)
{
	struct driver **d;
	size_t i;

	vec_each(d, &b->before)
		for (i = 0; i < (*d)->files.nr; i++)
			strlist_add_once(files, (*d)->files.items[i]);
	vec_each(d, &b->drivers)
		for (i = 0; i < (*d)->files.nr; i++)
			strlist_add_once(files, (*d)->files.items[i]);
	strlist_sort(files);
}

/* The cover goes to all; who is To of one patch is not Cc as well. */
static void gather_recipients(struct batch *b)
{
	const struct recipient *r;

	posting_each(d, b)
		vec_each(r, &d->to)
			recipients_add(&b->to, r);
	posting_each(d, b)
		vec_each(r, &d->cc)
			if (!recipients_have(&b->to, r->address))
				recipients_add(&b->cc, r);
}

int posting_name(struct series *s, struct batch *b)
{
	unsigned long long hash;
	int ret = 0;

	b->version = s->opt->version ? s->opt->version : 1;
	b->branch = xasprintf("b4/mmap-prepare-%s", b->name);
	if (b->version > 1)
		ret = reroll_read(s, b);
	if (ret == 1) {
		log_warn("%s: there is no v%u below OUT/series: it is made as v1", b->name,
			 b->version - 1);
		b->version = 1;
		ret = 0;
	}
	if (ret) {
		b->failed = xasprintf("version %u of it is damaged", b->version - 1);
		return ret == -EINTR ? ret : 0;
	}
	if (!b->change_id) {
		hash = XXH3_64bits(b->name, strlen(b->name)) ^
		       XXH3_64bits(b->tree ? b->tree : "", b->tree ? strlen(b->tree) : 0);
		b->change_id = xasprintf("%s-mmap-prepare-%s-%012llx",
					 s->checkout.day ? s->checkout.day : "20260101", b->name,
					 hash & 0xffffffffffffull);
	}
	b->base = s->checkout.commit ? xstrdup(s->checkout.commit) : NULL;
	return 0;
}

static int make_bundle(struct repo *r, struct batch *b)
{
	char *path = path_join(r->o.dir, ".git/series.bundle"),
	     *base = xasprintf("^%s", b->base ? b->base : "");
	char *branch = xasprintf("refs/heads/%s", b->branch);
	int ret;

	/* One thread and no deltas: the same commits are the same bytes. */
	ret = repo_git(r,
		       GIT("-c", "pack.threads=1", "-c", "pack.window=0", "bundle", "create", "-q",
			   path, branch, b->base ? base : NULL),
		       NULL, NULL);
	if (!ret)
		ret = file_read(path, MAX_BUNDLE, &b->bundle);
	if (ret)
		log_error("%s: the branch cannot be bundled: %s", b->name, strerror(-ret));
	free(path);
	free(base);
	free(branch);
	return ret;
}

/* The commits, then what is said of them, then the mails. */
static int make_in(struct series *s, struct repo *r, struct batch *b)
{
	char *start = NULL, *tip = NULL;
	struct driver **d;
	int ret = 0;

	vec_each(d, &b->before)
		if (!ret)
			ret = commit_driver(s, r, *d);
	start = ret ? NULL : repo_commit_name(r, "HEAD");
	if (!start)
		return ret ? ret : -EIO;
	vec_each(d, &b->drivers)
		if (!ret)
			ret = commit_driver(s, r, *d);
	if (ret || !posting_size(b))
		goto done;
	tip = repo_commit_name(r, "HEAD");
	ret = tip ? 0 : -EIO;
	if (!ret && b->version > 1)
		ret = reroll_compare(s, r, b, start, tip);
	cover_subject(b);
	gather_recipients(b);
	if (!ret)
		ret = mails_format(NULL, r, b);
	if (!ret)
		ret = mails_ids(s, b);
	if (!ret && s->opt->check)
		ret = check_posting(s, r, b, start);
	if (!ret)
		ret = cover_commit(s, r, b, start);
	if (!ret && posting_size(b) > 1)
		ret = cover_mail(s, r, b, start, tip);
	if (!ret)
		ret = mails_format(s, r, b);
	if (!ret)
		ret = make_bundle(r, b);
done:
	free(start);
	free(tip);
	return ret;
}

int posting_make(struct series *s, struct batch *b)
{
	char *dir = xasprintf("%s/%s/tree", s->work, b->name), *error = NULL;
	struct strlist files = { 0 };
	struct repo r = { 0 };
	int ret = 0;

	if (b->failed)
		goto done;
	all_files(b, &files);
	ret = repo_open(&r, s->tree, &s->checkout, &s->who, dir, &files, b->branch, &error);
	if (ret == -EINVAL) {
		b->failed = error ? error : xstrdup("its files cannot be read");
		error = NULL;
		ret = 0;
	} else if (!ret) {
		ret = make_in(s, &r, b);
	}
	if (!ret && !b->failed && !posting_size(b))
		b->failed = xstrdup("all of its patches are left out");
	repo_close(&r);
done:
	free(error);
	strlist_free(&files);
	free(dir);
	return ret;
}

static int put(const char *dir, const char *name, const void *data, size_t len)
{
	char *path = path_join(dir, name);
	int ret = file_write_atomic(path, data, len);

	if (ret)
		log_error("%s: cannot be written: %s; make room or choose another -o", path,
			  strerror(-ret));
	free(path);
	return ret;
}

static int put_json(const struct series *s, const struct batch *b, const char *dir)
{
	struct json_object *o = posting_to_json(s, b);
	char *text = xasprintf(
		"%s\n", json_object_to_json_string_ext(o, JSON_C_TO_STRING_PRETTY |
								  JSON_C_TO_STRING_NOSLASHESCAPE));
	int ret = put(dir, "series.json", text, strlen(text));

	json_object_put(o);
	free(text);
	return ret;
}

/* The whole folder at once: what stood there before is exchanged for it, then removed. */
static int swap_in(const char *staged, const char *dir)
{
	int ret = 0;

	if (!rename(staged, dir))
		return 0;
	if (errno == EEXIST || errno == ENOTEMPTY || errno == ENOTDIR)
		ret = renameat2(AT_FDCWD, staged, AT_FDCWD, dir, RENAME_EXCHANGE) ? -errno : 0;
	else
		ret = -errno;
	if (ret == -EINVAL || ret == -ENOSYS) { /* a file system that cannot exchange */
		ret = file_remove_tree(dir);
		if (!ret && rename(staged, dir))
			ret = -errno;
	}
	return ret;
}

/* What may have been sent is not replaced in silence. */
static void note_replaced(const struct batch *b, const char *dir)
{
	char *path = path_join(dir, "series.json"), *id = NULL;
	struct json_object *o = NULL;
	struct strbuf text = { 0 };

	if (!file_read(path, 4u << 20, &text) && text.len && !memchr(text.s, '\0', text.len))
		o = json_tokener_parse(text.s);
	if (json_object_is_type(o, json_type_object))
		id = json_get_str(o, "message_id");
	if (id && strcmp(id, b->id))
		log_note("%s: held other patches and is replaced; had it been sent, the next is --reroll %u", dir,
			 b->version + 1);
	json_object_put(o);
	strbuf_free(&text);
	free(path);
	free(id);
}

int posting_place(struct series *s, struct batch *b)
{
	char *staged = xasprintf("%s/%s/out", s->work, b->name);
	char *parent = xasprintf("%s/series/%s", s->out, b->name),
	     *dir = xasprintf("%s/v%u", parent, b->version);
	int ret = file_mkdirs(staged);

	if (!ret)
		ret = file_mkdirs(parent);
	if (ret) {
		log_error("%s: cannot be made: %s; make room or choose another -o", parent,
			  strerror(-ret));
		goto done;
	}
	if (b->cover.len)
		ret = put(staged, "0000-cover-letter.patch", b->cover.s, b->cover.len);
	posting_each(d, b)
		if (!ret)
			ret = put(staged, d->name, d->mail.s, d->mail.len);
	if (!ret)
		ret = put(staged, "branch.bundle", b->bundle.s, b->bundle.len);
	if (!ret)
		ret = put_json(s, b, staged);
	if (!ret) {
		note_replaced(b, dir);
		ret = swap_in(staged, dir);
		if (ret)
			log_error(
				"%s: cannot be put in its place: %s; remove it or choose another -o",
				dir, strerror(-ret));
	}
done:
	free(staged);
	free(parent);
	free(dir);
	return ret;
}
