// SPDX-License-Identifier: GPL-2.0-only
/* A handler's text with one thing changed, or under another name. */
#include "twin_text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "trace.h"

static const struct swap { const char *old, *new; } swaps[] = {
	{ " < ", " <= " }, { " > ", " >= " }, { " <= ", " < " }, { " >= ", " > " }, { " == ", " != " }, { " != ", " == " },
	{ " + ", " - " }, { " - ", " + " }, { " & ", " | " }, { " | ", " & " }, { " ^ ", " | " }, { " && ", " || " },
	{ " << ", " >> " }, { " >> ", " << " }, { "vm_start", "vm_end" }, { "vm_end", "vm_start" },
	{ "vm_pgoff", "vm_flags" }, { "d->pfn", "d->limit" }, { "true", "false" }, { "false", "true" },
	{ "desc->start", "desc->end" }, { "desc->end", "desc->start" }, { "desc->pgoff", "desc->vm_flags" },
	{ "d->users", "d->peer->users" }, { "d->lock", "d->peer->lock" }, { "-EBUSY", "-EAGAIN" }, { "-EAGAIN", "-EBUSY" },
	{ "_DONTEXPAND", "_DONTCOPY" }, { "_DONTDUMP", "_DONTCOPY" }, { "_ioremap_full", "_remap_full" },
};

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* Is a number at s, that begins there and is no part of a name? */
static size_t number_at(const char *text, const char *s)
{
	size_t len = 0;

	if (str_starts(s, "1)") || str_starts(s, "2)"))
		return 0;
	if (!isdigit((unsigned char)*s) || (s > text && (is_word(s[-1]) || s[-1] == '.')))
		return 0;
	while (isalnum((unsigned char)s[len]))
		len++;
	/* An index out of bounds is nobody's promise. */
	return s[len] == '.' || s[len] == ']' ? 0 : len;
}

/* "x | 1" and "x + 2" keep a divisor from being 0: what traps is not compared. */
static const struct swap *swap_at(const char *s)
{
	size_t i, len;

	for (i = 0; i < sizeof(swaps) / sizeof(*swaps); i++) {
		len = strlen(swaps[i].old);
		if (str_starts(s, swaps[i].old) && s[len] != '1' && s[len] != '2')
			return &swaps[i];
	}
	return NULL;
}

char *twin_change(const char *text, size_t n, uint64_t *random)
{
	const struct swap *swap;
	const char *s, *suffix;
	char *end;
	size_t len;

	for (s = text; *s; s++) {
		len = number_at(text, s);
		swap = len ? NULL : swap_at(s);
		if ((!len && !swap) || n--)
			continue;
		if (swap)
			return xasprintf("%.*s%s%s", (int)(s - text), text, swap->new, s + strlen(swap->old));
		suffix = s + len;
		while (suffix > s && strchr("uUlL", suffix[-1]))
			suffix--;
		return xasprintf("%.*s%llu%s", (int)(s - text), text,
				 (unsigned long long)(strtoull(s, &end, 0) ^ (random_below(random, 2) ? 1 : 4)), suffix);
	}
	return NULL;
}

size_t twin_nr_changes(const char *text)
{
	size_t n = 0;
	const char *s;

	for (s = text; *s; s++)
		n += number_at(text, s) || swap_at(s);
	return n;
}

char *twin_renamed(const char *text, unsigned number)
{
	char *own = xasprintf("h%u_", number);
	size_t len = strlen(own), line;
	struct strbuf b = { 0 };
	const char *s;

	strbuf_adds(&b, "");
	for (s = text; *s;) {
		line = strcspn(s, "\n") + 1;
		if ((s == text || s[-1] == '\n') && (str_starts(s, "DRIVER_") || str_starts(s, "HANDLER_DATA"))) {
			s += line;
			continue;
		}
		if (str_starts(s, own) && (s == text || !is_word(s[-1])) && !str_starts(s + len, "opens") &&
		    !str_starts(s + len, "table") && !str_starts(s + len, "ops")) {
			strbuf_addf(&b, "g%u_", number);
			s += len;
			continue;
		}
		strbuf_add(&b, s++, 1);
	}
	free(own);
	return strbuf_detach(&b);
}
