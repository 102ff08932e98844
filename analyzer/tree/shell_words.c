// SPDX-License-Identifier: GPL-2.0-only
#include "tree/shell_words.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Append the quoted text that starts at *p (on its quote) to word; leave *p after it. */
static int quoted(const char **p, const char *end, struct strbuf *word)
{
	char quote = *(*p)++;

	for (; *p < end && **p != quote; ++*p) {
		/* Inside "…" a backslash is one, unless it stands before one of these. */
		if (quote == '"' && **p == '\\' && *p + 1 < end && strchr("\"\\$`\n", (*p)[1])) {
			++*p;
			if (**p == '\n')
				continue;
		}
		strbuf_add(word, *p, 1);
	}
	if (*p == end)
		return -EINVAL;
	++*p;
	return 0;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* One word, which is known to start at *p. */
static int one_word(const char **p, const char *end, struct strbuf *word)
{
	int ret;

	while (*p < end && !is_blank(**p)) {
		if (**p == '\'' || **p == '"') {
			ret = quoted(p, end, word);
			if (ret)
				return ret;
		} else if (**p == '\\') {
			if (*p + 1 == end)
				return -EINVAL;
			if ((*p)[1] != '\n')
				strbuf_add(word, *p + 1, 1);
			*p += 2;
		} else {
			strbuf_add(word, *p, 1);
			++*p;
		}
	}
	return 0;
}

int shell_words(const char *s, size_t len, struct strlist *out)
{
	const char *p = s, *end = s + len;
	struct strbuf word = { 0 };
	size_t before = out->nr;
	int ret = 0;

	while (!ret) {
		while (p < end && is_blank(*p))
			p++;
		if (p == end)
			break;
		strbuf_reset(&word);
		strbuf_adds(&word, "");
		ret = one_word(&p, end, &word);
		if (!ret)
			strlist_add(out, word.s);
	}
	while (ret && out->nr > before)
		free(out->items[--out->nr]);
	strbuf_free(&word);
	return ret;
}
