// SPDX-License-Identifier: GPL-2.0-only
/* A later version of a posting: what changed since the one before, of internal.h. */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "base/log.h"
#include "mail/mail.h"
#include "series/internal.h"
#include "utf8.h"

/* change-ids and Message-IDs go into mails and names of branches: nothing else than what we write there. */
static bool is_id(const char *s)
{
	const char *p;

	for (p = s; p && *p; p++)
		if (!isalnum((unsigned char)*p) && !strchr("-._@", *p))
			return false;
	return p && p > s && p - s < 300;
}

/* What is put into a mail must not end its message. */
static bool is_harmless(const char *text)
{
	const char *p;

	for (p = text; p && *p; p += strcspn(p, "\n") + 1) {
		if (str_starts(p, "---") || str_starts(p, "diff ") || str_starts(p, "Index: ") ||
		    str_starts(p, "From "))
			return false;
		if (!p[strcspn(p, "\n")])
			break;
	}
	return !text || utf8_valid(text);
}

static char *before(const struct series *s, const struct batch *b, const char *name)
{
	return xasprintf("%s/series/%s/v%u/%s", s->out, b->name, b->version - 1, name);
}

int reroll_read(struct series *s, struct batch *b)
{
	char *path = before(s, b, "series.json");
	struct strbuf text = { 0 };
	struct json_object *root = NULL;
	int ret = file_read(path, 4u << 20, &text);

	if (ret == -ENOENT) {
		ret = 1;
		goto done;
	}
	root = !ret && text.len && !memchr(text.s, '\0', text.len) ? json_tokener_parse(text.s)
								   : NULL;
	if (root && json_object_is_type(root, json_type_object)) {
		b->change_id = json_get_str(root, "change_id");
		b->old_id = json_get_str(root, "message_id");
		b->older_changes = json_get_str(root, "changes");
		b->old_patches = (unsigned)json_get_int(root, "nr_patches");
	}
	if (!is_id(b->change_id) || !strchr(b->change_id, '-') || !is_id(b->old_id) ||
	    !b->old_patches || b->old_patches > 1000 || !is_harmless(b->older_changes)) {
		log_error(
			"%s: is damaged; make version %u again with the patches that it was made of, or remove its folder",
			path, b->version - 1);
		ret = -EINVAL;
	}
done:
	json_object_put(root);
	strbuf_free(&text);
	free(path);
	return ret;
}

/* "1:  abc1234 ! 2:  def5678 subject": one pair of a range-diff. */
struct pair {
	bool old, new;
	char kind;
	unsigned long number;
	const char *subject;
	size_t len;
};

static bool parse_pair(const char *line, size_t len, struct pair *p)
{
	const char *end = line + len, *s = line;
	char *stop;
	int side;

	memset(p, 0, sizeof(*p));
	for (side = 0; side < 2; side++) {
		s += strspn(s, " ");
		if (s < end && isdigit((unsigned char)*s)) {
			p->number = strtoul(s, &stop, 10);
			s = stop;
			*(side ? &p->new : &p->old) = true;
		} else if (s < end && *s == '-') {
			s += strspn(s, "-");
		} else {
			return false;
		}
		if (s >= end || *s != ':')
			return false;
		s++;
		s += strspn(s, " ");
		s += strcspn(s, " \n");
		if (s >= end || *s != ' ')
			return false;
		if (!side) {
			p->kind = s[1];
			if (!strchr("=!<>", p->kind) || s[2] != ' ')
				return false;
			s += 2;
		}
	}
	p->subject = s + 1;
	p->len = s + 1 < end ? (size_t)(end - s - 1) : 0;
	return true;
}

/* What a pair's own diff, the indented lines below it, is about. */
static const char *what_changed(const char *text)
{
	bool message = false, diff = false;
	const char *p, *hit;
	size_t len;

	for (p = text; *p == ' '; p += len + (p[len] == '\n')) {
		len = strcspn(p, "\n");
		hit = memmem(p, len, " ## ", 4);
		if (!hit)
			hit = memmem(p, len, "@@ ", 3);
		if (hit && memmem(p, len, "Commit message", strlen("Commit message")))
			message = true;
		else if (hit && !memmem(p, len, "Metadata", strlen("Metadata")))
			diff = true;
	}
	return message && diff ? "the message and the diff changed"
	       : message       ? "the message changed"
			       : "the diff changed";
}

/* Numbers that follow one another: "3 to 7".  0 ends the last run. */
struct run {
	unsigned long first, last;
};

static void add_number(struct strlist *l, struct run *run, unsigned long number)
{
	if (run->first && number == run->last + 1) {
		run->last = number;
		return;
	}
	if (run->last > run->first + 1) {
		strlist_addf(l, "%lu to %lu", run->first, run->last);
	} else if (run->first) {
		strlist_addf(l, "%lu", run->first);
		if (run->last > run->first)
			strlist_addf(l, "%lu", run->last);
	}
	run->first = run->last = number;
}

static void add_changes(struct batch *b, const char *range_diff)
{
	struct run run = { 0 };
	struct strlist same = { 0 };
	struct strbuf t = { 0 };
	struct pair pair;
	const char *p, *next;
	size_t len;

	for (p = range_diff; *p; p = next) {
		len = strcspn(p, "\n");
		next = p + len + (p[len] == '\n');
		if (*p == ' ' && p[1] == ' ' && p[2] == ' ' && p[3] == ' ')
			continue;
		if (!parse_pair(p, len, &pair))
			continue;
		if (pair.kind == '=')
			add_number(&same, &run, pair.number);
		else if (pair.old && pair.new)
			strlist_addf(&b->changes, "%.*s: %s", (int)pair.len, pair.subject,
				     what_changed(next));
		else
			strlist_addf(&b->changes, "%.*s: %s", (int)pair.len, pair.subject,
				     pair.new ? "new" : "dropped");
	}
	add_number(&same, &run, 0);
	if (same.nr) {
		bool several = same.nr > 1 || strchr(same.items[0], ' ');

		strbuf_addf(&t, "patch%s ", several ? "es" : "");
		mail_enumerate(&t, &same);
		strbuf_addf(&t, ": as %s before", several ? "they were" : "it was");
		strlist_add(&b->changes, t.s);
	}
	strbuf_free(&t);
	strlist_free(&same);
}

int reroll_compare(struct series *s, const struct repo *r, struct batch *b, const char *start,
		   const char *tip)
{
	char *bundle = before(s, b, "branch.bundle"), *old = NULL,
	     *new = xasprintf("%s..%s", start, tip), *error = NULL;
	char *branch = xasprintf("refs/previous/%s", b->branch);
	struct strbuf out = { 0 };
	int ret;

	if (!file_exists(bundle)) {
		error = xstrdup("its branch.bundle is gone");
		ret = -EINVAL;
	} else {
		ret = repo_try(r,
			       GIT("fetch", "-q", "--no-tags", "--no-write-fetch-head", bundle,
				   "+refs/heads/*:refs/previous/*"),
			       NULL, 0, NULL, &error);
	}
	old = xasprintf("%s~%u..%s", branch, b->old_patches, branch);
	if (!ret)
		ret = repo_try(r, GIT("range-diff", "--no-color", old, new), NULL, 0, &out, &error);
	if (!ret) {
		strbuf_adds(&out, "");
		add_changes(b, out.s);
		b->range_diff = strbuf_detach(&out);
	} else if (ret == -EINVAL) {
		log_warn("%s: v%u cannot be compared with v%u: %s; say by hand what changed",
			 b->name, b->version, b->version - 1, error);
		strlist_addf(&b->changes, "(v%u could not be compared with)", b->version - 1);
		ret = 0;
	}
	strlist_addf(&b->changes, "Link to v%u: https://lore.kernel.org/r/%s", b->version - 1,
		     b->old_id);
	strbuf_free(&out);
	free(bundle);
	free(branch);
	free(error);
	free(old);
	free(new);
	return ret;
}

/* Newest first; nothing for a first version. */
void changes_text(const struct batch *b, struct strbuf *text)
{
	size_t i;

	if (b->version < 2)
		return;
	strbuf_addf(text, "Changes in v%u:\n", b->version);
	for (i = 0; i < b->changes.nr; i++)
		mail_wrap(text, "- ", "  ", b->changes.items[i]);
	strbuf_adds(text, "\n");
	if (b->older_changes && *b->older_changes)
		strbuf_adds(text, b->older_changes);
}
