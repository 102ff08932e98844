// SPDX-License-Identifier: GPL-2.0-only
/*
 * Wu and Manber's search: a window as long as the shortest word moves over the text; its last two
 * bytes say how far it can move without passing a word's start.
 */
#include "tree/words.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { PAIRS = 1 << 16 };

struct words {
	const struct strlist *list;
	size_t *lengths;
	size_t window;			/* length of the shortest word */
	uint8_t shift[PAIRS];		/* 0: a word may end its window here */
	uint32_t first[PAIRS];		/* 1 + index of a word whose window ends in this pair */
	uint32_t *next;			/* the next one */
};

static unsigned pair(const char *p)
{
	return (unsigned)(unsigned char)p[0] << 8 | (unsigned char)p[1];
}

static bool ident_part(int c)
{
	return isalnum(c) || c == '_';
}

struct words *words_new(const struct strlist *list)
{
	struct words *w = xcalloc(1, sizeof(*w));
	size_t i, k, shift;
	unsigned p;

	w->list = list;
	w->lengths = xcalloc(list->nr, sizeof(*w->lengths));
	w->next = xcalloc(list->nr, sizeof(*w->next));
	for (i = 0; i < list->nr; i++) {
		w->lengths[i] = strlen(list->items[i]);
		if (!i || w->lengths[i] < w->window)
			w->window = w->lengths[i];
	}
	if (w->window < 2)
		return w;
	memset(w->shift, w->window - 1 > UINT8_MAX ? UINT8_MAX : (int)w->window - 1, sizeof(w->shift));
	for (i = 0; i < list->nr; i++)
		for (k = 0; k + 2 <= w->window; k++) {
			p = pair(list->items[i] + k);
			shift = w->window - 2 - k;
			if (shift < w->shift[p])
				w->shift[p] = (uint8_t)shift;
			if (!shift) {
				w->next[i] = w->first[p];
				w->first[p] = (uint32_t)i + 1;
			}
		}
	return w;
}

void words_free(struct words *w)
{
	if (!w)
		return;
	free(w->lengths);
	free(w->next);
	free(w);
}

static bool word_at(const struct words *w, size_t i, const char *text, size_t len, size_t at)
{
	size_t n = w->lengths[i];

	return n && n <= len - at && !memcmp(text + at, w->list->items[i], n) &&
	       !(at && ident_part((unsigned char)text[at - 1])) &&
	       !(at + n < len && ident_part((unsigned char)text[at + n]));
}

/* Words of one byte: no window to move. */
static bool any_slowly(const struct words *w, const char *text, size_t len)
{
	size_t i, at;

	for (at = 0; at < len; at++)
		for (i = 0; i < w->list->nr; i++)
			if (word_at(w, i, text, len, at))
				return true;
	return false;
}

bool words_any(const struct words *w, const char *text, size_t len)
{
	size_t at = 0;
	uint32_t i;
	unsigned p;

	if (!w->list->nr || len < w->window)
		return false;
	if (w->window < 2)
		return any_slowly(w, text, len);
	while (at <= len - w->window) {
		p = pair(text + at + w->window - 2);
		if (w->shift[p]) {
			at += w->shift[p];
			continue;
		}
		for (i = w->first[p]; i; i = w->next[i - 1])
			if (word_at(w, i - 1, text, len, at))
				return true;
		at++;
	}
	return false;
}
