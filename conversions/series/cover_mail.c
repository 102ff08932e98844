// SPDX-License-Identifier: GPL-2.0-only
/* The cover letter as a mail and as the commit that b4 keeps it in, of internal.h. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/version.h"
#include "mail/mail.h"
#include "series/internal.h"

static void trailers(struct strbuf *b, const char *name, const struct recipients *l)
{
	const struct recipient *r;

	vec_each(r, l) {
		if (r->name)
			strbuf_addf(b, "%s: %s <%s>\n", name, r->name, r->address);
		else
			strbuf_addf(b, "%s: %s\n", name, r->address);
	}
}

/*
 * b4 finds a series by a commit without changes at its start, whose message is the cover and ends with
 * this marker and what b4 keeps track of.
 */
int cover_commit(struct series *s, struct repo *r, struct batch *b, const char *start)
{
	struct strbuf m = { 0 };
	char *commit = NULL, *last = NULL;
	int ret;

	ret = repo_git(r, GIT("reset", "-q", "--hard", start), NULL, NULL);
	strbuf_addf(&m, "%s\n\n", b->subject);
	cover_text(s, b, &m);
	strbuf_adds(&m, "\n");
	changes_text(b, &m);
	trailers(&m, "To", &b->to);
	trailers(&m, "Cc", &b->cc);
	strbuf_addf(
		&m,
		"\n--- b4-submit-tracking ---\n"
		"# This section is used internally by b4 prep for tracking purposes.\n"
		"{\n  \"series\": {\n    \"revision\": %u,\n    \"change-id\": \"%s\",\n    \"prefixes\": []\n  }\n}\n",
		b->version, b->change_id);
	if (!ret)
		ret = repo_git(r,
			       GIT("commit", "-q", "--allow-empty", "--no-verify",
				   "--cleanup=verbatim", "-F", "-"),
			       m.s, NULL);
	if (!ret) {
		last = repo_commit_name(r, "HEAD");
		ret = last ? 0 : -EIO;
	}
	posting_each(d, b) {
		if (ret)
			break;
		commit = repo_recommit(r, d->commit, last);
		free(d->commit);
		d->commit = commit;
		free(last);
		last = commit ? xstrdup(commit) : NULL;
		ret = commit ? 0 : -EIO;
	}
	if (!ret)
		ret = repo_git(r, GIT("reset", "-q", "--hard", last), NULL, NULL);
	free(last);
	strbuf_free(&m);
	return ret;
}

/* As git's cover letters have it: who, what. */
static void shortlog(struct strbuf *b, const struct series *s, const struct batch *batch)
{
	strbuf_addf(b, "%s (%zu):\n", s->who.name, posting_size(batch));
	posting_each(d, batch)
		mail_wrap(b, "  ", "    ", d->subject);
}

/* "Date: …" of the first patch's mail. */
static char *date_line(const struct batch *b)
{
	const char *p = NULL;

	posting_each(d, b) {
		p = strstr(d->mail.s, "\nDate: ");
		break;
	}
	return p ? xstrndup(p + 1, strcspn(p + 1, "\n")) : NULL;
}

int cover_mail(struct series *s, const struct repo *r, struct batch *b, const char *start,
	       const char *tip)
{
	struct strbuf m = { 0 }, stat = { 0 };
	struct recipients from = { 0 };
	struct recipient *who = vec_push(&from);
	char *subject, *date = date_line(b), *range = xasprintf("%s..%s", start, tip);
	size_t nr = posting_size(b);
	int ret, width = snprintf(NULL, 0, "%zu", nr);

	who->name = xstrdup(s->who.name);
	who->address = xstrdup(s->who.email);
	ret = repo_git(r,
		       GIT("diff", "--stat=72", "--summary", "--no-renames", "--no-ext-diff",
			   "--no-textconv", range),
		       NULL, &stat);
	if (ret)
		goto done;
	strbuf_adds(&m, "From 0000000000000000000000000000000000000000 Mon Sep 17 00:00:00 2001\n");
	header_addresses(&m, "From", &from);
	strbuf_addf(&m, "%s\n", date);
	subject = b->version > 1 ? xasprintf("[PATCH v%u %0*d/%zu] %s", b->version, width, 0, nr,
					     b->subject)
				 : xasprintf("[PATCH %0*d/%zu] %s", width, 0, nr, b->subject);
	header_text(&m, "Subject", subject);
	free(subject);
	strbuf_adds(&m, "\n");
	cover_text(s, b, &m);
	strbuf_adds(&m, "\n");
	changes_text(b, &m);
	shortlog(&m, s, b);
	strbuf_addf(&m, "\n%s", stat.s);
	if (b->range_diff && b->range_diff[0])
		strbuf_addf(&m, "\nRange-diff against v%u:\n%s", b->version - 1, b->range_diff);
	strbuf_adds(&m, "\n---\n");
	cover_footer(s, b, &m);
	strbuf_adds(&m, "-- \nmmapconv " MMAPCONV_VERSION "\n\n");
	mail_add_headers(&b->cover, m.s, &b->to, &b->cc, b->id, NULL);
done:
	recipients_free(&from);
	strbuf_free(&m);
	strbuf_free(&stat);
	free(range);
	free(date);
	return ret;
}
