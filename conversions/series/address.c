// SPDX-License-Identifier: GPL-2.0-only
#include "series/address.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "utf8.h"

#define HEADER_WIDTH 78
#define WORD_BYTES 42 /* of text in one encoded word: 75 characters in base64 at most */

static bool is_atom(unsigned char c)
{
	return isalnum(c) || (c && strchr("!#$%&'*+-/=?^_`{|}~", c));
}

/* local@domain, dot-atoms of ASCII only: nothing that could end a header or an address. */
static size_t address_length(const char *s)
{
	const char *p = s, *at = NULL;

	for (; is_atom((unsigned char)*p) || *p == '.' || *p == '@'; p++) {
		if (*p == '@' && (at || p == s))
			return 0;
		if (*p == '@')
			at = p;
		if (*p == '.' && (p == s || p[-1] == '.' || p[-1] == '@'))
			return 0;
	}
	return at && p > at + 1 && p[-1] != '.' && p - s < 255 ? (size_t)(p - s) : 0;
}

/* A name without its quotes; what could break a header is left out. */
static char *clean_name(const char *s, size_t len)
{
	struct strbuf b = { 0 }, utf8 = { 0 };
	size_t i;

	strbuf_adds(&b, "");
	for (i = 0; i < len; i++) {
		if (s[i] == '"' || s[i] == '\\' || s[i] == '<' || s[i] == '>')
			continue;
		if ((unsigned char)s[i] < 0x20 || s[i] == 0x7f || s[i] == ' ') {
			if (b.len && b.s[b.len - 1] != ' ')
				strbuf_adds(&b, " ");
			continue;
		}
		strbuf_add(&b, s + i, 1);
	}
	while (b.len && b.s[b.len - 1] == ' ')
		b.s[--b.len] = '\0';
	utf8_add(&utf8, b.s);
	strbuf_free(&b);
	if (utf8.len)
		return strbuf_detach(&utf8);
	strbuf_free(&utf8);
	return NULL;
}

bool recipient_parse(const char *text, struct recipient *r, const char **rest)
{
	const char *p = text + strspn(text, " \t"), *open = strchr(p, '<'), *end;
	size_t len = address_length(p);

	memset(r, 0, sizeof(*r));
	/* A bare address ends the word; else the name goes to the bracket. */
	if (len && (!p[len] || isspace((unsigned char)p[len]))) {
		r->address = xstrndup(p, len);
		*rest = p + len;
		return true;
	}
	if (!open)
		return false;
	len = address_length(open + 1);
	end = open + 1 + len;
	if (!len || *end != '>')
		return false;
	r->address = xstrndup(open + 1, len);
	r->name = clean_name(p, (size_t)(open - p));
	*rest = end + 1;
	return true;
}

bool recipients_have(const struct recipients *l, const char *address)
{
	const struct recipient *r;

	vec_each(r, l)
		if (!strcasecmp(r->address, address))
			return true;
	return false;
}

void recipients_add(struct recipients *l, const struct recipient *r)
{
	struct recipient *copy;

	if (recipients_have(l, r->address))
		return;
	copy = vec_push(l);
	copy->address = xstrdup(r->address);
	copy->name = r->name ? xstrdup(r->name) : NULL;
}

void recipient_clear(struct recipient *r)
{
	free(r->name);
	free(r->address);
	memset(r, 0, sizeof(*r));
}

void recipients_free(struct recipients *l)
{
	struct recipient *r;

	vec_each(r, l)
		recipient_clear(r);
	vec_free(l);
}

static bool is_plain(const char *s)
{
	for (; *s; s++)
		if ((unsigned char)*s >= 0x7f || (unsigned char)*s < 0x20)
			return false;
	return true;
}

static void add_base64(struct strbuf *b, const unsigned char *s, size_t len)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	unsigned n;
	size_t i;

	for (i = 0; i < len; i += 3) {
		n = (unsigned)s[i] << 16;
		n |= i + 1 < len ? (unsigned)s[i + 1] << 8 : 0;
		n |= i + 2 < len ? s[i + 2] : 0;
		strbuf_addf(b, "%c%c%c%c", digits[n >> 18], digits[n >> 12 & 63],
			    i + 1 < len ? digits[n >> 6 & 63] : '=',
			    i + 2 < len ? digits[n & 63] : '=');
	}
}

/* Encoded words, as many as it takes; none breaks a character of UTF-8. */
static void encoded_words(const char *s, struct strlist *words)
{
	struct strbuf b = { 0 };
	size_t len, left = strlen(s);

	while (left) {
		len = left < WORD_BYTES ? left : WORD_BYTES;
		while (len < left && len > 1 && ((unsigned char)s[len] & 0xc0) == 0x80)
			len--;
		strbuf_reset(&b);
		strbuf_adds(&b, "=?UTF-8?B?");
		add_base64(&b, (const unsigned char *)s, len);
		strbuf_adds(&b, "?=");
		strlist_add(words, b.s);
		s += len;
		left -= len;
	}
	strbuf_free(&b);
}

/* The column after the last newline. */
static size_t column(const struct strbuf *b)
{
	const char *nl = b->len ? memrchr(b->s, '\n', b->len) : NULL;

	return nl ? b->len - (size_t)(nl - b->s) - 1 : b->len;
}

static void add_word(struct strbuf *b, const char *word, bool first)
{
	if (!first && column(b) + 1 + strlen(word) > HEADER_WIDTH)
		strbuf_adds(b, "\n ");
	else if (!first)
		strbuf_adds(b, " ");
	strbuf_adds(b, word);
}

static void one_address(struct strbuf *b, const struct recipient *r)
{
	struct strlist words = { 0 };
	const char *special = "()<>[]:;@\\,.\"";
	char *address = xasprintf(r->name ? "<%s>" : "%s", r->address);
	size_t i;

	if (r->name && !is_plain(r->name))
		encoded_words(r->name, &words);
	else if (r->name && strpbrk(r->name, special))
		strlist_addf(&words, "\"%s\"", r->name);
	else if (r->name)
		strlist_add(&words, r->name);
	strlist_add(&words, address);
	for (i = 0; i < words.nr; i++)
		add_word(b, words.items[i], !i);
	strlist_free(&words);
	free(address);
}

void header_addresses(struct strbuf *b, const char *header, const struct recipients *l)
{
	const struct recipient *r;

	if (!l->nr)
		return;
	strbuf_addf(b, "%s: ", header);
	vec_each(r, l) {
		if (r > l->items)
			strbuf_adds(b, ",\n ");
		one_address(b, r);
	}
	strbuf_adds(b, "\n");
}

void header_text(struct strbuf *b, const char *header, const char *text)
{
	struct strlist words = { 0 };
	struct strbuf clean = { 0 };
	const char *p;
	size_t len, i;

	strbuf_adds(&clean, "");
	for (p = text; *p; p++)
		strbuf_addf(&clean, "%c", (unsigned char)*p < 0x20 || *p == 0x7f ? ' ' : *p);
	strbuf_addf(b, "%s: ", header);
	for (p = clean.s; *p; p += len) {
		p += strspn(p, " ");
		len = strcspn(p, " ");
		if (len)
			strlist_addf(&words, "%.*s", (int)len, p);
	}
	if (!is_plain(clean.s)) {
		strlist_free(&words);
		encoded_words(clean.s, &words);
	}
	for (i = 0; i < words.nr; i++)
		add_word(b, words.items[i], !i);
	strbuf_adds(b, "\n");
	strlist_free(&words);
	strbuf_free(&clean);
}
