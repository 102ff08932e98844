// SPDX-License-Identifier: GPL-2.0-only
#include "uri.h"

#include <ctype.h>
#include <string.h>

#include "base/mem.h"

char *uri_encode(const char *text)
{
	struct strbuf b = { 0 };

	strbuf_adds(&b, "");
	for (; *text; text++) {
		if ((isalnum((unsigned char)*text) && !(*text & 0x80)) || strchr("-._~/", *text))
			strbuf_add(&b, text, 1);
		else
			strbuf_addf(&b, "%%%02X", (unsigned char)*text);
	}
	return strbuf_detach(&b);
}
