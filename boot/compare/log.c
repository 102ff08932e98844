// SPDX-License-Identifier: GPL-2.0-only
/* A probe's log, of internal.h. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "compare/internal.h"
#include "utf8.h"

#define MAX_LOG ((size_t)32 << 20)
enum { MAX_LINE = 64 << 10, KEPT_BAD = 20 };

static int compare_requests_by_name(const void *a, const void *b)
{
	const struct log_request *x = *(struct log_request *const *)a, *y = *(struct log_request *const *)b;
	int c = strcmp(x->subject, y->subject);

	return c ? c : strcmp(x->name, y->name);
}

/* The first of one name stands before the others. */
static int compare_for_sort(const void *a, const void *b)
{
	const struct log_request *x = *(struct log_request *const *)a, *y = *(struct log_request *const *)b;
	int c = compare_requests_by_name(a, b);

	return c ? c : (x > y) - (x < y);
}

static void add_bad(struct boot_log_state *state, unsigned line, const char *what)
{
	struct strbuf b = { 0 }, clean = { 0 };
	const char *p;

	if (state->bad++ >= KEPT_BAD)
		return;
	strbuf_adds(&b, "");
	for (p = what; *p; p++)
		strbuf_add(&b, (unsigned char)*p < 0x20 || *p == 0x7f ? "?" : p, 1);
	utf8_add(&clean, b.s);
	strlist_addf(&state->bad_lines, "line %u %s", line, clean.s ? clean.s : "");
	strbuf_free(&b);
	strbuf_free(&clean);
}

/* Of several of one name the first counts. */
static void sort_requests(struct boot_log *log)
{
	size_t i;

	log->by_name = xcalloc(log->requests.nr, sizeof(*log->by_name));
	for (i = 0; i < log->requests.nr; i++)
		log->by_name[i] = &log->requests.items[i];
	if (log->requests.nr)
		qsort(log->by_name, log->requests.nr, sizeof(*log->by_name), compare_for_sort);
	for (i = 0; i < log->requests.nr; i++) {
		struct log_request *r = log->by_name[i];

		if (!log->nr_names || compare_requests_by_name(&log->by_name[log->nr_names - 1], &r)) {
			log->by_name[log->nr_names++] = r;
			continue;
		}
		if (log->state->bad++ < KEPT_BAD)
			strlist_addf(&log->state->bad_lines, "%s: %s is there twice: the first one counts", r->subject, r->name);
	}
}

static void take_lines(struct boot_log *log, const struct strbuf *text)
{
	const char *p = text->s, *end = text->s + text->len, *stop;
	unsigned line = 0;
	size_t len;
	char *bad;

	for (; p < end; p = stop + 1) {
		line++;
		stop = memchr(p, '\n', (size_t)(end - p));
		if (!stop) {
			add_bad(log->state, line, "was not written to its end");
			return;
		}
		len = (size_t)(stop - p);
		while (len && p[len - 1] == '\r')
			len--;
		if (!len)
			continue;
		bad = len > MAX_LINE ? xstrdup("is longer than 64 KiB") : boot_log_line(log, p, len);
		if (bad)
			add_bad(log->state, line, bad);
		free(bad);
	}
}

int boot_log_read(struct boot_log *log, const char *path)
{
	struct boot_log_state *state = log->state;
	struct strbuf text = { 0 };
	int ret = file_read(path, MAX_LOG, &text);

	if (ret == -ENOENT) {
		state->cut = xstrdup("it is not there");
	} else if (ret == -EFBIG) {
		state->cut = xstrdup("it is larger than 32 MiB, and was not read");
	} else if (ret) {
		log_error("%s: cannot be read: %s; check its permissions", path, strerror(-ret));
		return ret;
	}
	if (!ret && text.len)
		take_lines(log, &text);
	strbuf_free(&text);
	sort_requests(log);
	state->requests = (unsigned)log->requests.nr;
	state->subjects = (unsigned)log->subjects.nr;
	if (!state->cut && !log->ended)
		state->cut = log->requests.nr ? xasprintf("it ends behind %s: %s", log->requests.items[log->requests.nr - 1].subject,
							  log->requests.items[log->requests.nr - 1].name)
					      : xstrdup("it ends before the first request");
	return 0;
}

struct log_request *boot_log_find(const struct boot_log *log, const char *subject, const char *request)
{
	struct log_request key = { .subject = (char *)subject, .name = (char *)request };
	const struct log_request *want = &key;
	struct log_request **hit = !log->nr_names ? NULL :
		bsearch(&want, log->by_name, log->nr_names, sizeof(*log->by_name), compare_requests_by_name);

	return hit ? *hit : NULL;
}

struct log_subject *boot_log_subject(const struct boot_log *log, const char *subject)
{
	struct log_subject *s;

	/* The last one is asked for most. */
	for (s = log->subjects.items + log->subjects.nr; s > log->subjects.items; s--)
		if (!strcmp(s[-1].name, subject))
			return s - 1;
	return NULL;
}

const char *log_value(const struct log_values *l, const char *key)
{
	const struct log_value *v;

	vec_each(v, l)
		if (!strcmp(v->key, key))
			return v->value;
	return NULL;
}
