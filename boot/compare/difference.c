// SPDX-License-Identifier: GPL-2.0-only
/* A difference and its sentence, of internal.h. */
#include <stdlib.h>
#include <string.h>

#include "compare/internal.h"

enum { SHOWN = 160 };			/* bytes of a value in a sentence; the value itself is whole */

static bool is_number(const char *s)
{
	s += *s == '-';
	return *s && !s[strspn(s, "0123456789")];
}

/* Cut at a whole character, fit for one line. */
static void add_value(struct strbuf *b, const char *value)
{
	size_t len = value ? strlen(value) : 0, i;

	if (!value || is_number(value)) {
		strbuf_adds(b, value ? value : "nothing");
		return;
	}
	if (len > SHOWN)
		for (len = SHOWN; len && ((unsigned char)value[len] & 0xc0) == 0x80; len--)
			;
	strbuf_adds(b, "\"");
	for (i = 0; i < len; i++)
		strbuf_add(b, (unsigned char)value[i] < 0x20 || value[i] == 0x7f ? "?" : value + i, 1);
	strbuf_adds(b, value[len] ? "…\"" : "\"");
}

static bool has_word(const char *list, const char *word, size_t len)
{
	const char *p = list;
	size_t n;

	for (; *(p += strspn(p, " ")); p += n) {
		n = strcspn(p, " ");
		if (n == len && !strncmp(p, word, len))
			return true;
	}
	return false;
}

static void add_words(struct strbuf *b, const char *of, const char *not_in, const char *what)
{
	const char *p = of;
	size_t n;

	for (; *(p += strspn(p, " ")); p += n) {
		n = strcspn(p, " ");
		if (has_word(not_in, p, n))
			continue;
		strbuf_addf(b, "%s%s%.*s", b->len ? ", " : "", what, (int)n, p);
	}
}

/* Of two lists of words, such as flags: what is lost and what is new, for the eye. */
static void add_change(struct strbuf *b, const char *old_value, const char *new_value)
{
	struct strbuf change = { 0 };

	if (!old_value || !new_value || !strchr(old_value, ' ') || !strchr(new_value, ' ') ||
	    strlen(old_value) > SHOWN || strlen(new_value) > SHOWN)
		return;
	add_words(&change, old_value, new_value, "lost ");
	add_words(&change, new_value, old_value, "new ");
	if (change.len && change.len < SHOWN / 2)
		strbuf_addf(b, " (%s)", change.s);
	strbuf_free(&change);
}

void boot_difference_make(struct boot_difference *d, const struct place *at, const char *old_value,
			  const char *new_value, const char *kind, const char *note)
{
	struct strbuf b = { 0 };

	strbuf_addf(&b, "%s: ", at->subject);
	if (at->request)
		strbuf_addf(&b, "%s: ", at->request);
	if (at->key)
		strbuf_addf(&b, "%s: ", at->key);
	strbuf_adds(&b, "old ");
	add_value(&b, old_value);
	strbuf_adds(&b, ", new ");
	add_value(&b, new_value);
	if (at->key)
		add_change(&b, old_value, new_value);
	if (note)
		strbuf_addf(&b, " (%s)", note);
	*d = (struct boot_difference){
		text_or_null(at->subject), text_or_null(at->request), text_or_null(at->key), text_or_null(old_value), text_or_null(new_value), text_or_null(kind),
		strbuf_detach(&b),
	};
}
