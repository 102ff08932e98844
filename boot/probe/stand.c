// SPDX-License-Identifier: GPL-2.0-only
/*
 * What stands: the mappings of a range, as /proc/self/smaps says.  Of several, each value is a list, "rw-s|r--s".
 * Addresses, and numbers of inodes, are left out: they differ from boot to boot.
 */
#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core.h"

#define PAGE 4096

enum { PERMS, PGOFF, PAGES, PATH, FLAGS, RSS, ANON, LOCKED, HUGE_SHARED, HUGE_PRIVATE, LISTS };
static const struct {
	const char *key, *smaps;
} lists[LISTS] = {
	[PERMS] = { "perms", NULL },
	[PGOFF] = { "pgoff", NULL },
	[PAGES] = { "pages", NULL },
	[PATH] = { "path", NULL },
	[FLAGS] = { "flags", "VmFlags:" },
	[RSS] = { "rss", "Rss:" },
	[ANON] = { "anon", "Anonymous:" },
	[LOCKED] = { "locked", "Locked:" },
	[HUGE_SHARED] = { "huge shared", "Shared_Hugetlb:" },
	[HUGE_PRIVATE] = { "huge private", "Private_Hugetlb:" },
};

struct view {
	char text[LISTS][700];
	/* The mapping that the last head was of: its pages in the file, less those asked for there; and what stood before. */
	int64_t offset, asked;
	size_t before;
	bool pfn; /* first_pfn is known */
	int64_t first_pfn;
};

const char *stand_file = "/proc/self/smaps";

static void append(struct view *v, int list, const char *text)
{
	size_t len = strlen(v->text[list]);

	snprintf(v->text[list] + len, sizeof(v->text[list]) - len, "%s%s", len ? "|" : "", text);
}

/* "socket:[1234]" without its number. */
static const char *path_kind(char *path)
{
	char *digit = strstr(path, ":[");

	path[strcspn(path, "\n")] = '\0';
	if (digit && isdigit((unsigned char)digit[2])) {
		const char *rest = digit + 2 + strspn(digit + 2, "0123456789");

		memmove(digit + 2, rest, strlen(rest) + 1);
	}
	return *path ? path : "none";
}

static bool head(char *line, uintptr_t at, uintptr_t end, uint64_t first_offset, struct view *v,
		 bool *in)
{
	char perms[8], text[32], path[400] = "";
	uint64_t from, to, offset;

	if (sscanf(line, "%" SCNx64 "-%" SCNx64 " %7s %" SCNx64 " %*s %*s %399[^\n]", &from, &to,
		   perms, &offset, path) < 4)
		return false;
	*in = from < end && to > at;
	if (!*in)
		return true;
	append(v, PERMS, perms);
	/* Of the file, or of wherever the handler says: relative to what was asked for. */
	v->offset = ((int64_t)offset - (int64_t)first_offset) / PAGE;
	v->asked = ((int64_t)from - (int64_t)at) / PAGE;
	v->before = strlen(v->text[PGOFF]);
	snprintf(text, sizeof(text), "%" PRId64, v->offset);
	append(v, PGOFF, text);
	snprintf(text, sizeof(text), "%s%" PRIu64, from < at ? "more+" : "",
		 (to - (from < at ? at : from)) / PAGE);
	append(v, PAGES, text);
	append(v, PATH, path_kind(path));
	return true;
}

static bool has_flag(const char *flags, const char *flag)
{
	const char *p = strstr(flags, flag);

	while (p && ((p > flags && p[-1] != ' ') || (p[2] && p[2] != ' ')))
		p = strstr(p + 1, flag);
	return p;
}

/*
 * A private mapping of PFNs that may be written keeps the first PFN where the offset was (remap_pfn_range()), and what
 * memory a driver got is another one in each boot: "pfn", and pieces of it by their distance, "pfn|pfn+3".
 */
static void offset_or_pfn(struct view *v, const char *flags)
{
	char text[32] = "pfn";

	if (!has_flag(flags, "pf") || !has_flag(flags, "mw") || has_flag(flags, "sh") ||
	    v->offset == v->asked)
		return;
	if (!v->pfn)
		v->first_pfn = v->offset;
	else if (v->offset != v->first_pfn)
		snprintf(text, sizeof(text), "pfn%+" PRId64, v->offset - v->first_pfn);
	v->pfn = true;
	v->text[PGOFF][v->before] = '\0';
	append(v, PGOFF, text);
}

static int view(const char *at, size_t len, uint64_t first_offset, struct view *v)
{
	FILE *f = fopen(stand_file, "re");
	char line[600];
	bool in = false;
	int n = 0;

	memset(v, 0, sizeof(*v));
	while (f && fgets(line, sizeof(line), f)) {
		if (isxdigit((unsigned char)line[0]) &&
		    head(line, (uintptr_t)at, (uintptr_t)at + len, first_offset, v, &in)) {
			n += in;
			continue;
		}
		for (int i = 0; in && i < LISTS; i++) {
			size_t name = lists[i].smaps ? strlen(lists[i].smaps) : 0;
			char text[200];

			if (!name || strncmp(line, lists[i].smaps, name))
				continue;
			line[strcspn(line, "\n")] = '\0';
			if (i == FLAGS) {
				size_t end = strlen(line);

				while (end && line[end - 1] == ' ')
					line[--end] = '\0';
				append(v, i, line + name + strspn(line + name, " "));
				offset_or_pfn(v, line + name);
			} else {
				snprintf(text, sizeof(text), "%ld",
					 strtol(line + name, NULL, 10) / 4);
				append(v, i, text);
			}
		}
	}
	if (f)
		fclose(f);
	return n;
}

int stand_count(const char *at, size_t len)
{
	struct view v;

	return view(at, len, 0, &v);
}

void stand_result(const char *at, size_t len, uint64_t first_offset, struct result *r,
		  const char *prefix)
{
	struct view v;
	int n = view(at, len, first_offset, &v);
	char key[64];

	snprintf(key, sizeof(key), "%s%svmas", prefix, *prefix ? " " : "");
	result_int(r, key, n);
	for (int i = 0; n && i < LISTS; i++) {
		/* How much is mapped in and locked is 0 mostly; then it is not worth its bytes. */
		if (i >= RSS && !v.text[i][strspn(v.text[i], "0|")])
			continue;
		snprintf(key, sizeof(key), "%s%s%s", prefix, *prefix ? " " : "", lists[i].key);
		result_text(r, key, "%s", v.text[i]);
	}
}

void locked_result(struct result *r, const char *prefix)
{
	FILE *f = fopen("/proc/self/status", "re");
	char line[200], key[64];
	long kb;

	while (f && fgets(line, sizeof(line), f)) {
		if (sscanf(line, "VmLck: %ld", &kb) == 1 && kb) {
			snprintf(key, sizeof(key), "%s%sVmLck", prefix, *prefix ? " " : "");
			result_int(r, key, kb / 4);
		} else if (sscanf(line, "VmPin: %ld", &kb) == 1 && kb) {
			snprintf(key, sizeof(key), "%s%sVmPin", prefix, *prefix ? " " : "");
			result_int(r, key, kb / 4);
		}
	}
	if (f)
		fclose(f);
}
