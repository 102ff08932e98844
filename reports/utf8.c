// SPDX-License-Identifier: GPL-2.0-only
#include "utf8.h"

/* RFC 3629, table 3.1B: what the second byte may be depends on the first. */
size_t utf8_length(const char *s)
{
	const unsigned char *p = (const unsigned char *)s;
	unsigned char low = 0x80, high = 0xbf;
	size_t len, i;

	if (p[0] < 0x80)
		return 1;
	if (p[0] < 0xc2 || p[0] > 0xf4)
		return 0;
	len = p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
	if (p[0] == 0xe0)
		low = 0xa0;
	else if (p[0] == 0xed)
		high = 0x9f;
	else if (p[0] == 0xf0)
		low = 0x90;
	else if (p[0] == 0xf4)
		high = 0x8f;
	if (p[1] < low || p[1] > high)
		return 0;
	for (i = 2; i < len; i++)
		if (p[i] < 0x80 || p[i] > 0xbf)
			return 0;
	return len;
}

bool utf8_valid(const char *s)
{
	size_t len;

	for (; *s; s += len) {
		len = utf8_length(s);
		if (!len)
			return false;
	}
	return true;
}

void utf8_add(struct strbuf *b, const char *s)
{
	size_t len;

	strbuf_adds(b, "");
	for (; *s; s += len) {
		len = utf8_length(s);
		if (len) {
			strbuf_add(b, s, len);
		} else {
			strbuf_adds(b, UTF8_REPLACEMENT);
			len = 1;
		}
	}
}
