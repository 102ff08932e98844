// SPDX-License-Identifier: GPL-2.0-only
/* `mmapconv hand refresh`: the shelf as it is for another tree, in a folder of its own. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "base/log.h"
#include "cmd/hand_cmd.h"

/* Today, or the day that SOURCE_DATE_EPOCH names. */
static char *today(void)
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	time_t now = epoch && *epoch ? (time_t)strtoll(epoch, NULL, 10) : time(NULL);
	char day[32];
	struct tm tm;

	if (!gmtime_r(&now, &tm) || !strftime(day, sizeof(day), "%Y-%m-%d", &tm))
		strcpy(day, "1970-01-01");
	return xstrdup(day);
}

/* What the checks of that name said, "; " between; NULL: there is none.  Caller frees. */
static char *said(const struct hand_patch *record, const char *name)
{
	const struct check *c;
	struct strbuf b = { 0 };

	vec_each(c, &record->checks)
		if (!strcmp(c->name, name))
			strbuf_addf(&b, "%s%s%s%s", b.len ? "; " : "", !strcmp(c->status, "ok") ? "" : c->status,
				    !strcmp(c->status, "ok") ? "" : ": ", c->detail ? c->detail : "");
	return b.len ? strbuf_detach(&b) : NULL;
}

static int write(const char *out, const char *name, const char *suffix, const char *text, size_t len)
{
	char *path = xasprintf("%s/%s%s", out, name, suffix);
	int ret = file_write_atomic(path, text, len);

	if (ret)
		log_error("%s: cannot be written: %s; make room or choose another -o", path, strerror(-ret));
	free(path);
	return ret;
}

/* What was done just now, and which findings of the audit are known; the caller frees. */
static struct shelf_verified verified(const struct job *j, const struct hand_patch *record, const char *known)
{
	return (struct shelf_verified){ .release = xstrdup(j->tree.version), .date = today(),
					.compile = record ? said(record, "compile") : NULL,
					.checkpatch = record ? said(record, "checkpatch") : NULL,
					.audit = known ? xstrdup(known) : NULL, .boot = record ? xstrdup("not run") : NULL };
}

/* The mail, and the metadata with what was done just now in its "verified". */
static int put(const struct job *j, const struct hand_result *r)
{
	struct shelf_verified v = verified(j, r->record, r->patch ? r->patch->verified.audit : NULL);
	struct strbuf meta = { 0 };
	int ret = 0;

	if (r->judged) {
		struct shelf_judgement g = *r->judged;

		g.verified = v;
		shelf_write_judgement(&g, &meta);
	} else {
		struct shelf_patch p = *r->patch;

		p.verified = v;
		shelf_write_meta(&p, &meta);
		ret = write(j->opt->out, r->name, ".patch", r->mail, strlen(r->mail));
	}
	if (!ret)
		ret = write(j->opt->out, r->name, ".json", meta.s, meta.len);
	strbuf_free(&meta);
	shelf_verified_free(&v);
	return ret;
}

/* May it be kept?  What was read and is another text has to be read again. */
static bool is_kept(const struct hand_result *r)
{
	return r->judged ? r->finding == HAND_AS_CLAIMED : r->mail != NULL;
}

static bool changed(const struct hand_result *r)
{
	const struct strbuf *old = r->judged ? NULL : &r->patch->text;

	return old && (strlen(r->mail) != old->len || memcmp(r->mail, old->s, old->len));
}

static void say(const struct job *j, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* A line, but with --json. */
static void say(const struct job *j, const char *fmt, ...)
{
	va_list ap;

	if (j->opt->json)
		return;
	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
}

int hand_refresh(struct job *j, const struct strlist *names)
{
	struct hand_results results = { 0 };
	const struct hand_result *r;
	unsigned written = 0;
	int status = hand_look(j, names, &results);

	vec_each(r, &results) {
		if (status)
			continue;
		if (!is_kept(r)) {
			say(j, "%s: not written: %s\n", r->name, r->text);
			continue;
		}
		if (put(j, r)) {
			status = EXIT_FAILED;
			continue;
		}
		written++;
		say(j, "%s: %s%s%s\n", r->name, changed(r) ? "another text" : "the same text",
		       r->finding == HAND_AS_CLAIMED ? "" : "; ", r->finding == HAND_AS_CLAIMED ? "" : r->text);
	}
	if (!status) {
		say(j, "%u of %zu written to %s, for Linux %s\n", written, results.nr, j->opt->out, j->tree.version);
		if (j->opt->json)
			hand_print_json(j, &results);
		status = hand_status(j, &results);
	}
	hand_results_free(&results);
	return status;
}
