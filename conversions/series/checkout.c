// SPDX-License-Identifier: GPL-2.0-only
/* What is asked of the user's repository, of repo.h. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/log.h"
#include "series/repo.h"
#include "tree_git.h"

static char *ask(const struct tree *t, const char *const *args)
{
	char *s = tree_git(t, args);

	if (s)
		s[strcspn(s, "\r\n")] = '\0';
	if (s && !*s) {
		free(s);
		s = NULL;
	}
	return s;
}

static bool is_hex(const char *s)
{
	return s && *s && !s[strspn(s, "0123456789abcdef")];
}

static void set_dates(struct checkout *c, const char *seconds)
{
	long long n = atoll(seconds);
	time_t when = (time_t)n;
	struct tm tm;
	char day[32];

	c->date = xasprintf("%lld +0000", n);
	if (!gmtime_r(&when, &tm) || !strftime(day, sizeof(day), "%Y%m%d", &tm))
		strcpy(day, "19700101");
	c->day = xstrdup(day);
}

void checkout_read(const struct tree *t, struct checkout *c)
{
	char *seconds = NULL;

	memset(c, 0, sizeof(*c));
	if (!t->is_git)
		return;
	c->commit = ask(t, GIT("rev-parse", "--verify", "-q", "HEAD^{commit}"));
	c->objects = ask(t, GIT("rev-parse", "--path-format=absolute", "--git-path", "objects"));
	c->shallow = ask(t, GIT("rev-parse", "--path-format=absolute", "--git-path", "shallow"));
	c->format = ask(t, GIT("rev-parse", "--show-object-format"));
	seconds = ask(t, GIT("log", "-1", "--no-show-signature", "--format=%ct", "HEAD"));
	if (is_hex(c->commit) && tree_git_is_place(c->objects) && c->format && seconds &&
	    !seconds[strspn(seconds, "0123456789")] && strlen(seconds) < 12) {
		set_dates(c, seconds);
	} else {
		log_warn(
			"%s: git cannot read this checkout (no commit yet, or it belongs to another user: `git -C %s log`"
			" tells); the mails are made without a base-commit and without branches",
			t->root, t->root);
		checkout_free(c);
	}
	free(seconds);
}

void checkout_free(struct checkout *c)
{
	free(c->commit);
	free(c->date);
	free(c->day);
	free(c->objects);
	free(c->shallow);
	free(c->format);
	memset(c, 0, sizeof(*c));
}
