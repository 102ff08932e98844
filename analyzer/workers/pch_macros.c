// SPDX-License-Identifier: GPL-2.0-only
/* Does a header read differently behind what a file defines before it? */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "workers/pch.h"

/* They choose how messages look, and what a symbol is exported as. */
static const char *const messages[] = {
	"pr_fmt", "dev_fmt", "DEBUG", "VERBOSE_DEBUG", "DEFAULT_SYMBOL_NAMESPACE", "KMSG_COMPONENT",
};

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* The word behind `#` of a directive that starts at p, or NULL: p is no directive. */
static const char *directive(const char *p, const char *end)
{
	while (p < end && (*p == ' ' || *p == '\t'))
		p++;
	if (p == end || *p++ != '#')
		return NULL;
	while (p < end && (*p == ' ' || *p == '\t'))
		p++;
	return p;
}

static bool is(const char *p, const char *end, const char *word)
{
	size_t len = strlen(word);

	return (size_t)(end - p) >= len && !strncmp(p, word, len) && (p + len == end || !is_word(p[len]));
}

/* The end of the line at p, spliced ones as one. */
static const char *line_end(const char *p, const char *end)
{
	for (; p < end; p++) {
		if (*p == '\\' && p + 1 < end && p[1] == '\n')
			p++;
		else if (*p == '\n')
			break;
	}
	return p;
}

static void add_words(const char *p, const char *end, struct strlist *names)
{
	const char *start;
	char *word;

	while (p < end) {
		start = p;
		while (p < end && is_word(*p))
			p++;
		if (p == start) {
			p++;
		} else if (!isdigit((unsigned char)*start)) {
			word = xstrndup(start, (size_t)(p - start));
			strlist_add(names, word);
			free(word);
		}
	}
}

void pch_tested(const char *text, size_t len, struct strlist *names)
{
	const char *p = text, *end = text + len, *stop, *d;

	for (; p < end; p = stop < end ? stop + 1 : end) {
		stop = line_end(p, end);
		d = directive(p, stop);
		if (d && (is(d, stop, "if") || is(d, stop, "ifdef") || is(d, stop, "ifndef") || is(d, stop, "elif")))
			add_words(d, stop, names);
	}
}

void pch_header_macros(const char *text, size_t len, struct strbuf *names)
{
	const char *p = text, *end = text + len, *stop, *d;
	size_t n;

	for (; p < end; p = stop < end ? stop + 1 : end) {
		stop = line_end(p, end);
		d = directive(p, stop);
		if (!d || !is(d, stop, "define"))
			continue;
		d += strlen("define");
		while (d < stop && (*d == ' ' || *d == '\t'))
			d++;
		for (n = 0; d + n < stop && is_word(d[n]); n++)
			;
		if (n) {
			strbuf_add(names, d, n);
			strbuf_adds(names, "\n");
		}
	}
}

void pch_source_macros(const char *text, struct strlist *names)
{
	const char *p = text, *end = text + strlen(text), *stop, *d;
	size_t i, nr = names->nr;
	char *word;

	for (; p < end; p = stop < end ? stop + 1 : end) {
		stop = line_end(p, end);
		d = directive(p, stop);
		if (!d)
			continue;
		if (is(d, stop, "include")) {
			nr = names->nr;
			continue;
		}
		if (!is(d, stop, "define") && !is(d, stop, "undef"))
			continue;
		d += *d == 'd' ? strlen("define") : strlen("undef");
		d += strspn(d, " \t");
		word = xstrndup(d, strcspn(d, " \t\n(\\"));
		for (i = 0; i < sizeof(messages) / sizeof(*messages); i++)
			if (!strcmp(word, messages[i]))
				break;
		if (i == sizeof(messages) / sizeof(*messages))
			strlist_add(names, word);
		free(word);
	}
	/* What follows the last #include changes no header. */
	while (names->nr > nr)
		free(names->items[--names->nr]);
}
