// SPDX-License-Identifier: GPL-2.0-only
#include "classify/needs.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tree/tree.h"

static const char *const known[] = {
	NEED_RANGES, NEED_NO_ARRAY, NEED_VMALLOC, NEED_MIXED, NEED_DMA, NEED_CALLBACK, NEED_BEFORE, NEED_HANDED, NEED_VMA,
	NEED_FLAGS, NEED_RANGE, NEED_HOOK, NEED_STACKED, NEED_RUST,
};

static bool is_name(const char *s, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (!isalnum((unsigned char)s[i]) && s[i] != '_')
			return false;
	return len && !isdigit((unsigned char)s[0]);
}

/* A name between the two; a name never is a part of `end`. */
static bool is_form(const char *need, const char *begin, const char *end)
{
	size_t len = strlen(need), around = strlen(begin) + strlen(end);

	return len > around && str_starts(need, begin) && str_ends(need, end) && is_name(need + strlen(begin), len - around);
}

bool need_is_known(const char *need)
{
	static const char swapped[] = NEED_SWAPPED;
	const char *dot = strchr(need, '.');
	char *begin;
	bool is;
	size_t i;

	for (i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (!strcmp(known[i], need))
			return true;
	for (i = 0; i < API_NR; i++)
		if (!strcmp(api_table[i].key, need))
			return true;
	if (is_form(need, "", "_prepare()") || is_form(need, "", "() for a descriptor") || is_form(need, "vm_area_desc.", ""))
		return true;
	if (dot && is_name(need, (size_t)(dot - need)))
		return is_form(dot + 1, "", "_prepare");
	begin = xstrndup(swapped, (size_t)(strstr(swapped, "%s") - swapped));
	is = is_form(need, begin, strstr(swapped, "%s") + 2);
	free(begin);
	return is;
}
