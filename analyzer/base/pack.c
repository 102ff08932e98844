// SPDX-License-Identifier: GPL-2.0-only
#include "base/pack.h"

#include <string.h>

static const uint32_t NO_STRING = UINT32_MAX;

void pack_write(struct pack *k, struct strbuf *to)
{
	*k = (struct pack){ .to = to };
}

void pack_read(struct pack *k, const void *data, size_t len)
{
	*k = (struct pack){ .p = data, .end = (const char *)data + len };
}

bool pack_done(const struct pack *k)
{
	return !k->bad && k->p == k->end;
}

static void bytes(struct pack *k, void *data, size_t len)
{
	if (k->to) {
		strbuf_add(k->to, data, len);
	} else if (k->bad || (size_t)(k->end - k->p) < len) {
		k->bad = true;
		memset(data, 0, len);
	} else {
		memcpy(data, k->p, len);
		k->p += len;
	}
}

void pack_u64(struct pack *k, uint64_t *n)
{
	bytes(k, n, sizeof(*n));
}

static void u32(struct pack *k, uint32_t *n)
{
	bytes(k, n, sizeof(*n));
}

void pack_uint(struct pack *k, unsigned *n)
{
	uint32_t value = *n;

	u32(k, &value);
	*n = value;
}

void pack_bool(struct pack *k, bool *b)
{
	unsigned char value = *b;

	bytes(k, &value, 1);
	k->bad |= value > 1;
	*b = value == 1;
}

void pack_str(struct pack *k, char **s)
{
	uint32_t len = k->to && *s ? (uint32_t)strlen(*s) : NO_STRING;

	u32(k, &len);
	if (k->to) {
		if (*s)
			strbuf_add(k->to, *s, len);
		return;
	}
	*s = NULL;
	if (k->bad || len == NO_STRING)
		return;
	if ((size_t)(k->end - k->p) < len || memchr(k->p, '\0', len)) {
		k->bad = true;
		return;
	}
	*s = xstrndup(k->p, len);
	k->p += len;
}

size_t pack_count(struct pack *k, size_t nr)
{
	uint32_t value = (uint32_t)nr;

	u32(k, &value);
	if (!k->to && (size_t)(k->end - k->p) / sizeof(uint32_t) < value)
		k->bad = true;
	return k->bad ? 0 : value;
}

void pack_strlist(struct pack *k, struct strlist *l)
{
	size_t i, nr = pack_count(k, l->nr);
	char *s;

	for (i = 0; i < nr && !k->bad; i++) {
		s = k->to ? l->items[i] : NULL;
		pack_str(k, &s);
		if (!k->to && s)
			*vec_push(l) = s;
		k->bad |= !s;
	}
}
