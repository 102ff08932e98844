// SPDX-License-Identifier: GPL-2.0-only
/* A header that was not found says for which architecture a file is. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "scan/internal.h"

/* Has the architecture this header? */
static bool has_header(const struct scan *s, const struct arch *arch, const char *name)
{
	static const char *const folders[] = { "include", "include/uapi", "include/generated" };
	bool found = false;
	char *path;
	size_t i;

	for (i = 0; i < sizeof(folders) / sizeof(*folders) && !found; i++) {
		path = xasprintf("%s/arch/%s/%s/%s", s->tree->root, arch->srcarch, folders[i], name);
		found = file_exists(path);
		free(path);
	}
	return found;
}

unsigned scan_hint(const struct scan *s, const struct unit *u)
{
	const char *name, *end;
	unsigned hint = 0;
	size_t i, a;
	char *header;

	for (i = 0; i < u->errors.nr; i++) {
		end = strstr(u->errors.items[i], "' file not found");
		name = end ? memrchr(u->errors.items[i], '\'', (size_t)(end - u->errors.items[i])) : NULL;
		if (!name)
			continue;
		header = xstrndup(name + 1, (size_t)(end - name - 1));
		for (a = 0; path_is_inside(header) && a < arch_nr; a++)
			if (has_header(s, &arch_table[a], header))
				hint |= 1u << a;
		free(header);
	}
	return hint;
}
