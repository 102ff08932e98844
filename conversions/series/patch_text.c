// SPDX-License-Identifier: GPL-2.0-only
#include "series/patch_text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "plan.h"

#define MAX_PATCH (16u << 20)

/* "--- a/x" and "+++ b/x", outside hunks: a hunk's lines are counted, so that its text is not read. */
static bool header_path(const char *line, size_t len, char **path)
{
	*path = NULL;
	if (len > 4 && line[4] == '"')
		return false;
	if (len > 6 && (str_starts(line, "--- a/") || str_starts(line, "+++ b/")))
		*path = xstrndup(line + 6, len - 6);
	return *path || str_starts(line + 4, "/dev/null");
}

/* "@@ -1,2 +3,4 @@": the lines of both sides. */
static bool hunk_lines(const char *line, unsigned long *old, unsigned long *new)
{
	char *end;

	*old = *new = 1;
	strtoul(line + 4, &end, 10);
	if (*end == ',')
		*old = strtoul(end + 1, &end, 10);
	if (strncmp(end, " +", 2))
		return false;
	strtoul(end + 2, &end, 10);
	if (*end == ',')
		*new = strtoul(end + 1, &end, 10);
	return !strncmp(end, " @@", 3) && *old <= MAX_PATCH && *new <= MAX_PATCH;
}

bool patch_files(const char *text, struct strlist *files)
{
	unsigned long old = 0, new = 0;
	const char *p;
	size_t len;
	char *path;
	bool safe;

	for (p = text; *p; p += len + (p[len] == '\n')) {
		len = strcspn(p, "\n");
		if (old || new) {
			old -= old && (*p == '-' || *p == ' ' || !len);
			new -= new && (*p == '+' || *p == ' ' || !len);
			continue;
		}
		if (str_starts(p, "@@ -")) {
			if (!hunk_lines(p, &old, &new))
				return false;
		} else if (str_starts(p, "--- ") || str_starts(p, "+++ ")) {
			if (!header_path(p, len, &path))
				return false;
			safe = !path || plan_path_is_safe(path);
			if (path && safe)
				strlist_add_once(files, path);
			free(path);
			if (!safe)
				return false;
		} else if (str_starts(p, "rename ") || str_starts(p, "copy ") ||
			   str_starts(p, "GIT binary patch")) {
			return false;
		}
	}
	strlist_sort(files);
	return files->nr && !old && !new;
}

int patch_read(const char *out, const char *path, struct strbuf *text, struct strlist *files,
	       char **error)
{
	char *full = NULL;
	int ret = -EINVAL;

	if (!path_is_inside(path)) {
		*error = xasprintf(
			"its patch \"%s\" lies outside OUT: the inventory is damaged; run `mmapconv convert` "
			"again",
			path);
		return ret;
	}
	full = path_join(out, path);
	ret = file_read(full, MAX_PATCH, text);
	if (ret) {
		*error = xasprintf("%s cannot be read: %s; run `mmapconv convert` again", path,
				   strerror(-ret));
	} else if (!text->len || memchr(text->s, '\0', text->len) || !patch_files(text->s, files)) {
		*error = xasprintf(
			"%s is no whole patch of files of the tree; run `mmapconv convert` again",
			path);
		ret = -EINVAL;
	}
	free(full);
	return ret;
}
