// SPDX-License-Identifier: GPL-2.0-only
/* A request's result: the inside of a flat JSON object, as text. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core.h"

void result_clear(struct result *r)
{
	r->len = 0;
	r->full = false;
	r->text[0] = '\0';
}

void json_text(char *out, size_t size, const char *text)
{
	size_t n = 0;

	/* Room for the longest piece, the closing quote and the end. */
	out[n++] = '"';
	for (const unsigned char *p = (const unsigned char *)text; *p && n + 8 < size; p++) {
		if (*p == '"' || *p == '\\')
			n += (size_t)sprintf(out + n, "\\%c", *p);
		else if (*p < 0x20 || *p >= 0x7f)
			n += (size_t)sprintf(out + n, "\\u%04x", *p);
		else
			out[n++] = (char)*p;
	}
	out[n++] = '"';
	out[n] = '\0';
}

/* A name that stands already gets a number, so that the object has no name twice. */
static void add(struct result *r, const char *key, const char *value)
{
	char name[160], quoted[200];
	int n;

	for (unsigned i = 1; i < 100; i++) {
		char search[204];

		if (i == 1)
			snprintf(name, sizeof(name), "%s", key);
		else
			snprintf(name, sizeof(name), "%s#%u", key, i);
		json_text(quoted, sizeof(quoted), name);
		snprintf(search, sizeof(search), "%s:", quoted);
		if (!strstr(r->text, search))
			break;
	}
	n = snprintf(r->text + r->len, sizeof(r->text) - r->len, "%s%s:%s", r->len ? "," : "",
		     quoted, value);
	/* 32 bytes stay for "truncated". */
	if (n < 0 || r->len + (size_t)n + 32 > sizeof(r->text)) {
		r->text[r->len] = '\0';
		if (!r->full)
			r->len += (size_t)sprintf(r->text + r->len, "%s\"truncated\":1",
						  r->len ? "," : "");
		r->full = true;
		return;
	}
	r->len += (size_t)n;
}

void result_int(struct result *r, const char *key, long long value)
{
	char text[32];

	snprintf(text, sizeof(text), "%lld", value);
	if (!r->full)
		add(r, key, text);
}

void result_text(struct result *r, const char *key, const char *format, ...)
{
	char text[1024], quoted[2048];
	va_list ap;

	va_start(ap, format);
	vsnprintf(text, sizeof(text), format, ap);
	va_end(ap);
	json_text(quoted, sizeof(quoted), text);
	if (!r->full)
		add(r, key, quoted);
}

const char *errno_name(int err)
{
	/* The kernel's own, that should not get out of it but do. */
	static const struct {
		int err;
		const char *name;
	} internal[] = {
		{ 512, "ERESTARTSYS" },
		{ 513, "ERESTARTNOINTR" },
		{ 514, "ERESTARTNOHAND" },
		{ 515, "ENOIOCTLCMD" },
		{ 516, "ERESTART_RESTARTBLOCK" },
		{ 517, "EPROBE_DEFER" },
		{ 518, "EOPENSTALE" },
		{ 519, "ENOPARAM" },
		{ 521, "EBADHANDLE" },
		{ 522, "ENOTSYNC" },
		{ 523, "EBADCOOKIE" },
		{ 524, "ENOTSUPP" },
		{ 525, "ETOOSMALL" },
		{ 526, "ESERVERFAULT" },
		{ 527, "EBADTYPE" },
		{ 528, "EJUKEBOX" },
		{ 529, "EIOCBQUEUED" },
		{ 530, "ERECALLCONFLICT" },
		{ 531, "ENOGRACE" },
	};
	static char number[16];
	const char *name = strerrorname_np(err);

	for (size_t i = 0; !name && i < sizeof(internal) / sizeof(*internal); i++)
		if (internal[i].err == err)
			name = internal[i].name;
	if (!name) {
		snprintf(number, sizeof(number), "E%d", err);
		name = number;
	}
	return name;
}

void result_errno(struct result *r, const char *key, long ret)
{
	/* An address in the upper half is none that user space gets. */
	result_text(r, key, "%s", ret >= 0 ? "ok" : errno_name((int)-ret));
}

/* FNV-1a: not against malice, only to tell two contents from each other. */
void result_content(struct result *r, const char *key, const void *bytes, size_t len)
{
	const unsigned char *p = bytes;
	uint64_t hash = 0xcbf29ce484222325;

	for (size_t i = 0; i < len; i++)
		hash = (hash ^ p[i]) * 0x100000001b3;
	result_text(r, key, "%016llx", (unsigned long long)hash);
}
