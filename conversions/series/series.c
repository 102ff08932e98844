// SPDX-License-Identifier: GPL-2.0-only
#include "series/series.h"

#include <dirent.h>
#include <errno.h>
#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/log.h"
#include "base/run.h"
#include "mail/mail.h"
#include "series/internal.h"
#include "series/maintainers.h"

#define FIXED_DATE "2026-01-01T00:00:00+0000"

/* Who makes the commits: git's identity, else a neutral name, which --signoff refuses. */
static int read_identity(struct series *s)
{
	mail_author(s->tree, &s->who);
	s->has_identity = strcmp(s->who.email, MAIL_NOBODY);
	s->who.date = xstrdup(s->checkout.date ? s->checkout.date : FIXED_DATE);
	if (!s->has_identity && s->opt->signoff) {
		log_error(
			"--signoff: git knows no name to sign with; set user.name and user.email with `git config`");
		return -EPERM;
	}
	if (!s->has_identity)
		log_warn(
			"git knows neither user.name nor user.email: the mails are from %s <%s>; set them and run this again "
			"before you send",
			s->who.name, s->who.email);
	return 0;
}

struct asking {
	struct series *s;
	char **why;
};

static int ask(size_t i, void *ctx)
{
	struct asking *a = ctx;
	struct driver *d = &a->s->drivers.items[i];
	char *dir;
	int ret;

	if (!d->selected || d->left_out)
		return 0;
	dir = xasprintf("%s/ask-%zu", a->s->work, i);
	ret = maintainers_ask(a->s->tree, dir, d, &a->why[i]);
	free(dir);
	return ret < 0 ? ret : 0;
}

static int ask_maintainers(struct series *s)
{
	struct asking a = { s, xcalloc(s->drivers.nr, sizeof(char *)) };
	size_t i;
	int ret = 0;

	if (maintainers_available(s->tree, s->opt->no_scripts, &s->unasked)) {
		log_warn("no To: and Cc: in the mails, and batches by folder: %s", s->unasked);
	} else {
		ret = run_parallel(s->drivers.nr, s->opt->jobs, ask, &a);
		for (i = 0; i < s->drivers.nr; i++)
			if (a.why[i])
				log_warn("%s: its maintainers are not known: %s",
					 s->drivers.items[i].patches.items[0], a.why[i]);
	}
	for (i = 0; i < s->drivers.nr; i++)
		free(a.why[i]);
	free(a.why);
	return ret;
}

static int make_one(size_t i, void *ctx)
{
	struct series *s = ctx;

	return s->batches.items[i].before.nr ? 0 : posting_make(s, &s->batches.items[i]);
}

/* All at once, but for those that stand on others: these commit the others' patches once more. */
static int make_postings(struct series *s)
{
	struct batch *b;
	int ret = 0;

	vec_each(b, &s->batches)
		if (!ret)
			ret = posting_name(s, b);
	if (!ret)
		ret = run_parallel(s->batches.nr, s->opt->jobs, make_one, s);
	vec_each(b, &s->batches)
		if (!ret && b->before.nr)
			ret = posting_make(s, b);
	return ret;
}

static void note_posting(const struct batch *b, const struct driver *d, struct posting *to)
{
	const struct check *c;

	to->batch = xstrdup(b->name);
	to->version = b->version;
	to->number = (unsigned)posting_number(b, d);
	to->of = (unsigned)posting_size(b);
	to->mail = xasprintf("series/%s/v%u/%s", b->name, b->version, d->name);
	vec_each(c, &d->checks)
		*vec_push(&to->checks) = (struct check){ xstrdup(c->name), xstrdup(c->status),
							 c->detail ? xstrdup(c->detail) : NULL };
}

/* Where the handlers' patches ended up, and those that have no handler. */
static void note_postings(struct series *s, struct inventory *inv)
{
	struct hand_patch *hand;
	struct handler *h, **p;
	struct batch *b;

	vec_each(h, &inv->handlers)
		posting_free(&h->conversion.posting);
	vec_each(hand, &inv->hand)
		posting_free(&hand->posting);
	vec_each(b, &s->batches) {
		if (b->failed)
			continue;
		posting_each(d, b) {
			vec_each(p, &d->handlers)
				note_posting(b, d, &(*p)->conversion.posting);
			if (d->hand)
				note_posting(b, d, &d->hand->posting);
		}
	}
}

/* A link could lead to somebody's own folder. */
static int check_folder(const char *out)
{
	char *dir = path_join(out, "series");
	struct stat st;
	int ret = 0;

	if (!lstat(dir, &st) && !S_ISDIR(st.st_mode)) {
		log_error("%s: is no folder; remove it or choose another -o", dir);
		ret = -ENOTDIR;
	}
	free(dir);
	return ret;
}

static int write_summary(const struct series *s)
{
	struct json_object *o = series_to_json(s);
	char *path = path_join(s->out, "series/series.json");
	char *text = xasprintf(
		"%s\n", json_object_to_json_string_ext(o, JSON_C_TO_STRING_PRETTY |
								  JSON_C_TO_STRING_NOSLASHESCAPE));
	int ret = file_write_atomic(path, text, strlen(text));

	if (ret)
		log_error("%s: cannot be written: %s; make room or choose another -o", path,
			  strerror(-ret));
	json_object_put(o);
	free(text);
	free(path);
	return ret;
}

/* Folders below OUT/series that this run did not make: somebody could take them for current ones. */
static void note_stale(const struct series *s)
{
	char *dir = path_join(s->out, "series");
	struct strlist stale = { 0 };
	const struct batch *b;
	struct dirent *e;
	DIR *d = opendir(dir);
	size_t i;

	while (d && (e = readdir(d))) {
		bool current = e->d_name[0] == '.' || !strcmp(e->d_name, "series.json");

		vec_each(b, &s->batches)
			current |= !strcmp(b->name, e->d_name);
		if (!current)
			strlist_add(&stale, e->d_name);
	}
	if (d)
		closedir(d);
	strlist_sort(&stale);
	for (i = 0; i < stale.nr; i++)
		log_note("%s/%s: of an earlier run, not of this one; remove it when it is done with", dir,
			 stale.items[i]);
	strlist_free(&stale);
	free(dir);
}

static void report_losses(const struct series *s)
{
	const struct driver *d;
	const struct batch *b;

	vec_each(b, &s->batches)
		if (b->failed)
			log_warn("%s: no posting was made: %s", b->name, b->failed);
	vec_each(d, &s->drivers)
		if (d->left_out && d->selected)
			log_warn("left out: %s", d->left_out);
}

static int make_all(struct series *s, struct inventory *inv)
{
	struct batch *b;
	int ret;

	/* What a killed run left behind. */
	file_remove_tree(s->work);
	ret = file_mkdirs(s->work);
	if (ret) {
		log_error("%s: cannot be made: %s; choose another -o", s->work, strerror(-ret));
		return ret;
	}
	ret = ask_maintainers(s);
	if (ret)
		return ret;
	batches_make(&s->batches, &s->drivers, SERIES_MAX, s->opt->limit);
	if (s->opt->check)
		ret = check_load_flags(s);
	if (!ret)
		ret = make_postings(s);
	vec_each(b, &s->batches)
		if (!ret && !b->failed)
			ret = posting_place(s, b);
	if (ret)
		return ret;
	report_losses(s);
	if (!s->opt->limit && (!s->opt->only || !s->opt->only->nr))
		note_stale(s);
	note_postings(s, inv);
	return write_summary(s);
}

int series_make(const struct tree *t, struct flags_db *flags, struct inventory *inv,
		const struct series_options *opt, struct series **out)
{
	struct series *s = *out = xcalloc(1, sizeof(*s));
	int ret;

	s->tree = t;
	s->flags = flags;
	s->opt = opt;
	s->out = xstrdup(opt->out);
	s->work = path_join(opt->out, "work/series");
	s->tree_version = xstrdup(t->version);
	if (!run_have("git")) {
		log_error("git is not installed: no mails can be made; install git");
		return -ENOSYS;
	}
	ret = check_folder(opt->out);
	if (ret)
		return ret;
	drivers_make(&s->drivers, inv, opt->out);
	if (!s->drivers.nr)
		return -ENOENT;
	if (!drivers_select(&s->drivers, opt->only))
		return -ESRCH;
	checkout_read(t, &s->checkout);
	ret = read_identity(s);
	if (!ret)
		ret = make_all(s, inv);
	file_remove_tree(s->work);
	return ret;
}

void series_free(struct series *s)
{
	if (!s)
		return;
	batches_free(&s->batches);
	drivers_free(&s->drivers);
	checkout_free(&s->checkout);
	mail_author_free(&s->who);
	free(s->out);
	free(s->work);
	free(s->unasked);
	free(s->tree_version);
	free(s);
}
