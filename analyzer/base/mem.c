// SPDX-License-Identifier: GPL-2.0-only
#include "base/mem.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void out_of_memory(void)
{
	static const char msg[] = "mmapconv: out of memory: use fewer workers (-j) or a machine with more\n";

	fputs(msg, stderr);
	_Exit(3);
}

void *xcalloc(size_t nr, size_t size)
{
	void *p = calloc(nr ? nr : 1, size ? size : 1);

	if (!p)
		out_of_memory();
	return p;
}

void *xrealloc(void *old, size_t nr, size_t size)
{
	void *p = reallocarray(old, nr ? nr : 1, size ? size : 1);

	if (!p)
		out_of_memory();
	return p;
}

char *xstrdup(const char *s)
{
	return xstrndup(s, strlen(s));
}

char *xstrndup(const char *s, size_t len)
{
	char *copy = strndup(s, len);

	if (!copy)
		out_of_memory();
	return copy;
}

char *xasprintf(const char *fmt, ...)
{
	struct strbuf b = { 0 };
	va_list ap;

	va_start(ap, fmt);
	strbuf_vaddf(&b, fmt, ap);
	va_end(ap);
	return strbuf_detach(&b);
}

void *vec_push_(void **items, size_t *nr, size_t *cap, size_t size)
{
	char *slot;

	if (*nr == *cap) {
		*cap = *cap ? *cap * 2 : 8;
		*items = xrealloc(*items, *cap, size);
	}
	slot = (char *)*items + *nr * size;
	memset(slot, 0, size);
	++*nr;
	return slot;
}

void vec_free_(void **items, size_t *nr, size_t *cap)
{
	free(*items);
	*items = NULL;
	*nr = *cap = 0;
}

void strlist_add(struct strlist *l, const char *s)
{
	*vec_push(l) = xstrdup(s);
}

void strlist_addf(struct strlist *l, const char *fmt, ...)
{
	struct strbuf b = { 0 };
	va_list ap;

	va_start(ap, fmt);
	strbuf_vaddf(&b, fmt, ap);
	va_end(ap);
	*vec_push(l) = strbuf_detach(&b);
}

bool strlist_has(const struct strlist *l, const char *s)
{
	size_t i;

	for (i = 0; i < l->nr; i++)
		if (!strcmp(l->items[i], s))
			return true;
	return false;
}

bool strlist_add_once(struct strlist *l, const char *s)
{
	if (strlist_has(l, s))
		return false;
	strlist_add(l, s);
	return true;
}

static int compare_strings(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

void strlist_sort(struct strlist *l)
{
	if (l->nr)
		qsort(l->items, l->nr, sizeof(*l->items), compare_strings);
}

void strlist_sort_once(struct strlist *l)
{
	size_t i, n = 0;

	strlist_sort(l);
	for (i = 0; i < l->nr; i++)
		if (n && !strcmp(l->items[n - 1], l->items[i]))
			free(l->items[i]);
		else
			l->items[n++] = l->items[i];
	l->nr = n;
}

bool strlist_has_sorted(const struct strlist *l, const char *s)
{
	return l && l->nr && bsearch(&s, l->items, l->nr, sizeof(*l->items), compare_strings);
}

bool strlist_equal(const struct strlist *a, const struct strlist *b)
{
	size_t i;

	if (a->nr != b->nr)
		return false;
	for (i = 0; i < a->nr; i++)
		if (strcmp(a->items[i], b->items[i]))
			return false;
	return true;
}

void strlist_free(struct strlist *l)
{
	size_t i;

	for (i = 0; i < l->nr; i++)
		free(l->items[i]);
	vec_free(l);
}

static void strbuf_reserve(struct strbuf *b, size_t extra)
{
	size_t need;

	if (extra > SIZE_MAX / 4 - b->len)
		out_of_memory();
	need = b->len + extra + 1;
	if (need <= b->cap)
		return;
	b->cap = need < 64 ? 64 : need * 2;
	b->s = xrealloc(b->s, b->cap, 1);
}

void strbuf_add(struct strbuf *b, const void *data, size_t len)
{
	strbuf_reserve(b, len);
	if (len)
		memcpy(b->s + b->len, data, len);
	b->len += len;
	b->s[b->len] = '\0';
}

void strbuf_adds(struct strbuf *b, const char *s)
{
	strbuf_add(b, s, strlen(s));
}

void strbuf_vaddf(struct strbuf *b, const char *fmt, va_list ap)
{
	va_list again;
	int len;

	if (!fmt)	/* cannot be; tells gcc so where UBSan's own check makes it doubt */
		return;
	va_copy(again, ap);
	len = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	if (len < 0)
		len = 0;
	strbuf_reserve(b, (size_t)len);
	vsnprintf(b->s + b->len, (size_t)len + 1, fmt, ap);
	b->len += (size_t)len;
	b->s[b->len] = '\0';
}

void strbuf_addf(struct strbuf *b, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	strbuf_vaddf(b, fmt, ap);
	va_end(ap);
}

void strbuf_reset(struct strbuf *b)
{
	b->len = 0;
	if (b->s)
		b->s[0] = '\0';
}

char *strbuf_detach(struct strbuf *b)
{
	char *s;

	strbuf_reserve(b, 0);
	b->s[b->len] = '\0';
	s = b->s;
	memset(b, 0, sizeof(*b));
	return s;
}

void strbuf_free(struct strbuf *b)
{
	free(b->s);
	memset(b, 0, sizeof(*b));
}

bool str_starts(const char *s, const char *prefix)
{
	return !strncmp(s, prefix, strlen(prefix));
}

bool str_ends(const char *s, const char *suffix)
{
	size_t ls = strlen(s), lx = strlen(suffix);

	return ls >= lx && !strcmp(s + ls - lx, suffix);
}
