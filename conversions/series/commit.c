// SPDX-License-Identifier: GPL-2.0-only
/* A driver's patches as one commit, of internal.h. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "mail/mail.h"
#include "series/internal.h"
#include "series/message.h"

/* What git reads of a mail. */
struct mail {
	char *name, *email, *date;
	struct strbuf message;
};

static void mail_free(struct mail *m)
{
	free(m->name);
	free(m->email);
	free(m->date);
	strbuf_free(&m->message);
}

static char *field(const char *info, const char *key)
{
	const char *p = info;
	size_t len;

	for (; *p; p += len + (p[len] == '\n')) {
		len = strcspn(p, "\n");
		if (str_starts(p, key))
			return len > strlen(key) ? xstrndup(p + strlen(key), len - strlen(key))
						 : NULL;
	}
	return NULL;
}

static int read_mail(const struct repo *r, const struct strbuf *text, struct mail *m, char **error)
{
	char *path = path_join(r->o.dir, ".git/series-message"), *subject = NULL;
	struct strbuf info = { 0 }, body = { 0 };
	int ret;

	ret = repo_try(
		r, GIT("mailinfo", "--encoding=UTF-8", ".git/series-message", ".git/series-patch"),
		text->s, text->len, &info, error);
	if (ret)
		goto done;
	ret = file_read(path, 1u << 20, &body);
	subject = info.s ? field(info.s, "Subject: ") : NULL;
	if (ret || !subject) {
		*error = xstrdup("it is no mail with a subject");
		ret = -EINVAL;
		goto done;
	}
	m->name = field(info.s, "Author: ");
	m->email = field(info.s, "Email: ");
	m->date = field(info.s, "Date: ");
	strbuf_addf(&m->message, "%s\n\n", subject);
	strbuf_add(&m->message, body.s ? body.s : "", body.len);
done:
	strbuf_free(&info);
	strbuf_free(&body);
	free(subject);
	free(path);
	return ret;
}

static size_t trimmed(const char *s)
{
	size_t len = strlen(s);

	while (len && (s[len - 1] == '\n' || s[len - 1] == ' '))
		len--;
	return len;
}

/* What convert wrote for one of the driver's patches, or NULL where the inventory does not say.  Caller frees. */
static char *own_text(const struct driver *d, const char *patch, const char *subject, bool booted)
{
	const struct handler **handlers = xcalloc(d->handlers.nr, sizeof(*handlers));
	const char **names = xcalloc(d->handlers.nr, sizeof(*names));
	const struct conversion *c;
	bool known = true;
	struct handler **h;
	char *text = NULL;
	size_t nr = 0;

	vec_each(h, &d->handlers) {
		c = &(*h)->conversion;
		if (strcmp(c->patch, patch))
			continue;
		known &= c->new_name && c->old_form && c->new_form;
		handlers[nr] = *h;
		names[nr++] = c->new_name;
	}
	if (nr && known)
		text = mail_text(handlers, names, nr, subject, booted);
	free(handlers);
	free(names);
	return text;
}

static bool is_text(const struct mail *m, const char *text)
{
	size_t len = trimmed(text);

	return len == trimmed(m->message.s) && !strncmp(text, m->message.s, len);
}

/* convert wrote "not booted" before anything was; a message that somebody worked on stays as it is. */
static void tell_boot(const struct driver *d, struct mail *m)
{
	char *subject = xstrndup(m->message.s, strcspn(m->message.s, "\n"));
	char *text = own_text(d, d->patches.items[0], subject, false);

	if (text && driver_is_booted(d) && is_text(m, text)) {
		free(text);
		text = own_text(d, d->patches.items[0], subject, true);
		strbuf_reset(&m->message);
		strbuf_adds(&m->message, text);
	}
	free(subject);
	free(text);
}

/* A message that somebody worked on is not in the driver's own: said, not lost in silence. */
static int warn_edited(const struct repo *r, const struct driver *d, char **error)
{
	char *text, *subject;
	size_t i;
	int ret = 0;

	for (i = 0; i < d->patches.nr && !ret; i++) {
		struct mail m = { 0 };

		ret = read_mail(r, &d->texts[i], &m, error);
		subject = ret ? NULL : xstrndup(m.message.s, strcspn(m.message.s, "\n"));
		text = ret ? NULL : own_text(d, d->patches.items[i], subject, false);
		if (text && !is_text(&m, text))
			log_warn(
				"%s: its message is not the one that convert wrote; the driver's patch is made of %zu "
				"and has a message of its own: edit that one, below OUT/series",
				d->patches.items[i], d->patches.nr);
		free(subject);
		free(text);
		mail_free(&m);
	}
	return ret;
}

/* The message and, of a hand-finished patch, its author. */
static int make_message(struct series *s, const struct repo *r, struct driver *d, struct mail *m,
			char **error)
{
	char *text;
	int ret = 0;

	if (d->generated && d->patches.nr > 1) {
		ret = warn_edited(r, d, error);
		text = driver_message(d);
		strbuf_adds(&m->message, text);
		free(text);
	} else {
		ret = read_mail(r, &d->texts[0], m, error);
		if (!ret && d->generated)
			tell_boot(d, m);
	}
	if (!ret && s->opt->signoff)
		message_sign(&m->message, s->who.name, s->who.email);
	return ret;
}

static int commit(const struct repo *r, const struct driver *d, const struct mail *m, char **error)
{
	char *author =
		xasprintf("--author=%s <%s>", m->name ? m->name : "", m->email ? m->email : "");
	char *date = xasprintf("--date=%s", m->date ? m->date : "");
	bool own = d->generated || !m->name || !m->email;
	int ret;

	ret = repo_try(r,
		       GIT("commit", "-q", "--no-verify", "--cleanup=verbatim", "-F", "-",
			   own ? NULL : author, own || !m->date ? NULL : date),
		       m->message.s, m->message.len, NULL, error);
	free(author);
	free(date);
	return ret;
}

int commit_driver(struct series *s, struct repo *r, struct driver *d)
{
	struct mail m = { 0 };
	char *error = NULL;
	size_t i, *after;
	int ret = 0;

	vec_each(after, &d->after)
		if (s->drivers.items[*after].left_out && !d->left_out)
			d->left_out = xasprintf("it stands on %s, which is left out",
						s->drivers.items[*after].patches.items[0]);
	if (d->left_out)
		return 0;
	for (i = 0; i < d->patches.nr && !ret; i++) {
		ret = repo_try(r, GIT("apply", "--index", "--whitespace=nowarn", "-"),
			       d->texts[i].s, d->texts[i].len, NULL, &error);
		if (ret == -EINVAL)
			d->left_out = xasprintf(
				"%s does not apply to %s: %s; run `mmapconv convert` again%s",
				d->patches.items[i],
				r->checkout->commit ? "the tree's HEAD" : "the tree", error,
				r->checkout->commit
					? ", with the changes to its files committed or put aside"
					: "");
	}
	if (!ret)
		ret = make_message(s, r, d, &m, &error);
	if (!ret)
		ret = commit(r, d, &m, &error);
	if (!ret) {
		free(d->commit);
		free(d->subject);
		d->commit = repo_commit_name(r, "HEAD");
		d->subject = xstrndup(m.message.s, strcspn(m.message.s, "\n"));
		ret = d->commit ? 0 : -EIO;
	}
	if (ret == -EINVAL) {
		if (!d->left_out)
			d->left_out = xasprintf("%s: %s", d->patches.items[0], error);
		ret = repo_git(r, GIT("reset", "-q", "--hard", "HEAD"), NULL, NULL);
	}
	free(error);
	mail_free(&m);
	return ret;
}
