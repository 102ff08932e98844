// SPDX-License-Identifier: GPL-2.0-only
/* A patch of the shelf as text, of shelf.h: one mail that changes regular files of a tree, and no more than that. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "plan.h"
#include "series/patch_text.h"
#include "shelf/shelf.h"

enum { BLOB_NAME = 40 };

static bool is_blob(const char *s)
{
	return strspn(s, "0123456789abcdef") == BLOB_NAME;
}

/* The header's subject, unfolded, without what git puts in brackets before it; NULL: there is none. */
static char *subject_of(const char *text, const char *body)
{
	const char *p = strstr(text, "\nSubject: ");
	struct strbuf b = { 0 };
	size_t len;

	if (!p || p > body)
		return NULL;
	p += strlen("\nSubject: ");
	while (*p == '[' && strcspn(p, "]\n") < strcspn(p, "\n"))
		p += strcspn(p, "]") + 1 + strspn(p + strcspn(p, "]") + 1, " ");
	do {
		len = strcspn(p, "\n");
		strbuf_add(&b, p, len);
		p += len + (p[len] == '\n');
	} while (*p == ' ');
	return strbuf_detach(&b);
}

/* git would split the file at such a line, or take it for a person's word. */
static const char *bad_line(const char *text, const char *body)
{
	if (!str_starts(text, "From "))
		return "is no mail as git format-patch writes it: its first line is not \"From …\"";
	if (strstr(text, "\nFrom "))
		return "has a second line that begins with \"From \", where git would begin another mail; wrap the message otherwise";
	if (strcasestr(body, "\nSigned-off-by:"))
		return "carries a sign-off, which only a person gives when the patch is sent; remove it";
	return NULL;
}

static struct shelf_file *file_at(struct shelf_patch *p, const char *path)
{
	struct shelf_file *f;

	vec_each(f, &p->files)
		if (!strcmp(f->path, path))
			return f;
	return NULL;
}

/* "diff --git a/x b/x": x; caller frees. */
static char *path_of(const char *line, size_t len)
{
	const char *a = line + strlen("diff --git a/");
	size_t half = (len - strlen("diff --git a/") - strlen(" b/")) / 2;

	if (len <= strlen("diff --git a/ b/") || !str_starts(line, "diff --git a/") || strncmp(a + half, " b/", 3) ||
	    strncmp(a, a + half + 3, half))
		return NULL;
	return xstrndup(a, half);
}

/* Is a component of the path git's own: .git, .gitattributes, .gitmodules? */
static bool is_gits(const char *path)
{
	const char *p = path;

	for (;;) {
		if (!strncasecmp(p, ".git", 4))
			return true;
		p = strchr(p, '/');
		if (!p)
			return false;
		p++;
	}
}

/* The extended headers of one file's diff: regular, there afterwards, with whole blob names. */
static const char *read_header(struct shelf_file *f, const char *p)
{
	size_t len;

	for (; *p && !str_starts(p, "--- ") && !str_starts(p, "diff --git "); p += len + (p[len] == '\n')) {
		len = strcspn(p, "\n");
		if (str_starts(p, "new file mode ")) {
			f->created = true;
			if (strncmp(p, "new file mode 100644", len))
				return "makes what is no plain file";
		} else if (str_starts(p, "index ")) {
			if (!is_blob(p + 6) || strncmp(p + 6 + BLOB_NAME, "..", 2) || !is_blob(p + 8 + BLOB_NAME))
				return "has shortened blob names; make it with git format-patch --full-index";
			f->blob = xstrndup(p + 6, BLOB_NAME);
			if (len > 8 + 2 * BLOB_NAME && strncmp(p + 8 + 2 * BLOB_NAME, " 100644", len - 8 - 2 * BLOB_NAME) &&
			    strncmp(p + 8 + 2 * BLOB_NAME, " 100755", len - 8 - 2 * BLOB_NAME))
				return "changes what is no plain file";
		} else if (str_starts(p, "deleted file ") || str_starts(p, "old mode ")) {
			return "removes a file or changes its mode, which a shelf's patch cannot";
		}
	}
	return f->blob ? NULL : "has no blob names; make it with git format-patch --full-index";
}

static int compare(const void *a, const void *b)
{
	return strcmp(((const struct shelf_file *)a)->path, ((const struct shelf_file *)b)->path);
}

/* The files that its diff headers name; patch_files() has seen that none leads out of a tree. */
static char *read_files(struct shelf_patch *p, const struct strlist *named)
{
	struct shelf_file *f;
	const char *line, *bad;
	char *path;
	size_t i;

	for (line = strstr(p->text.s, "\ndiff --git "); line; line = strstr(line + 1, "\ndiff --git ")) {
		path = path_of(line + 1, strcspn(line + 1, "\n"));
		if (!path || !strlist_has(named, path) || is_gits(path) || file_at(p, path)) {
			char *error = xasprintf("has a diff of %s that is not one that git makes for a file of a tree", path ? path : "a file");

			free(path);
			return error;
		}
		f = vec_push(&p->files);
		f->path = path;
		bad = read_header(f, strchr(line + 1, '\n') + 1);
		if (bad)
			return xasprintf("has a diff of %s that %s", path, bad);
	}
	for (i = 0; i < named->nr; i++)
		if (!file_at(p, named->items[i]))
			return xasprintf("has a diff of %s without git's line \"diff --git\"", named->items[i]);
	qsort(p->files.items, p->files.nr, sizeof(*p->files.items), compare);
	return NULL;
}

int shelf_read_patch(struct shelf_patch *p, char **error)
{
	struct strlist named = { 0 };
	const char *body, *bad;

	if (!p->text.len || memchr(p->text.s, '\0', p->text.len) || memchr(p->text.s, '\r', p->text.len)) {
		*error = xstrdup("is empty, or holds NUL bytes or CR line endings");
		return -EINVAL;
	}
	body = strstr(p->text.s, "\n\n");
	bad = bad_line(p->text.s, body ? body : p->text.s);
	p->subject = !bad && body ? subject_of(p->text.s, body) : NULL;
	if (bad)
		*error = xstrdup(bad);
	else if (!p->subject || !*p->subject)
		*error = xstrdup("has no subject");
	else if (!strstr(body, "\n---\n"))
		*error = xstrdup("has no line \"---\" between message and diff");
	else if (!patch_files(p->text.s, &named))
		*error = xstrdup("is no whole patch of plain files of a tree: it is cut off, or a path leads out of it");
	else
		*error = read_files(p, &named);
	strlist_free(&named);
	return *error ? -EINVAL : 0;
}
