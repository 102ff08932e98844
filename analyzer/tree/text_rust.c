// SPDX-License-Identifier: GPL-2.0-only
/*
 * Rust abstractions over struct file_operations.  Rust is not parsed: `mmap: Some(x)` in a struct
 * expression and `.mmap = Some(x)` are found in the text, in files that name file_operations.
 */
#include <ctype.h>
#include <string.h>

#include "tree/text.h"

static bool ident_part(int c)
{
	return isalnum(c) || c == '_';
}

static const char *find(const char *from, const char *end, const char *word)
{
	return from < end ? memmem(from, (size_t)(end - from), word, strlen(word)) : NULL;
}

void text_scan_rust(const char *file, const char *text, size_t len, struct text_facts *facts)
{
	const char *end = text + len, *p = text, *q, *some, *line_start, *name_end;
	unsigned line = 1;

	if (!find(text, end, "file_operations"))
		return;
	for (; (q = find(p, end, "mmap")); p = q + 4) {
		for (; p < q; p++)
			line += *p == '\n';
		for (line_start = q; line_start > text && line_start[-1] != '\n'; line_start--)
			;
		some = q + 4;
		if ((q > text && ident_part((unsigned char)q[-1])) || some >= end ||
		    memmem(line_start, (size_t)(q - line_start), "//", 2))
			continue;
		while (some < end && *some == ' ')
			some++;
		if (some >= end || (*some != ':' && *some != '='))
			continue;
		/* The value: `Some(path::name)`, perhaps in `if T::HAS_MMAP { Some(…) } else { None }`. */
		name_end = memchr(some, ',', (size_t)(end - some));
		if (!name_end)
			name_end = end;
		some = find(some, name_end, "Some(");
		if (!some)
			continue;
		some += 5;
		name_end = memchr(some, ')', (size_t)(end - some));
		if (!name_end)
			continue;
		while (name_end > some && !ident_part((unsigned char)name_end[-1]))
			name_end--;
		for (some = name_end; ident_part((unsigned char)some[-1]); some--)
			;
		struct text_site *s = vec_push(&facts->sites);

		s->file = xstrdup(file);
		s->line = line;
		s->tag = xstrdup("file_operations");
		s->table = xstrdup("");
		s->value = xstrndup(some, (size_t)(name_end - some));
		s->how = xstrdup("rust");
		s->condition = xstrdup("");
	}
}
