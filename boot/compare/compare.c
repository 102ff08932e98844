// SPDX-License-Identifier: GPL-2.0-only
#include "compare/compare.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "compare/internal.h"

#define MAX_CONSOLE ((size_t)64 << 20)

static bool is_patched(const struct boot_inputs *in, const struct handler *h)
{
	const char *patch = h->conversion.patch;

	return patch && (!in->applied || strlist_has_sorted(in->applied, patch));
}

/* Hours after the patches went into the kernel those in OUT may be others. */
static char *hash_of(const struct boot_inputs *in, const struct handler *h)
{
	const char *hash;

	if (!in->hashes)
		return patch_hash(&h->conversion, in->out);
	hash = in->hashes->items[h - in->inv->handlers.items];
	return *hash ? xstrdup(hash) : NULL;
}

static void list_handlers(const struct boot_inputs *in, struct boot_result *out)
{
	const struct handler *h;
	struct boot_handler *b;

	vec_each(h, &in->inv->handlers) {
		b = vec_push(&out->handlers);
		b->id = xstrdup(h->id);
		b->function = xstrdup(h->function);
		b->tier = h->tier;
		b->built = !in->built || strlist_has_sorted(in->built, h->file);
		b->patched = is_patched(in, h);
		if (b->patched)
			b->record.patch = hash_of(in, h);
		if (b->patched && !b->record.patch)
			strlist_addf(&out->losses, "%s: its patch cannot be read, so what this boot says will not be kept", b->id);
	}
}

static int read_console(const char *path, const char *what, struct strlist *warnings, struct boot_result *out)
{
	struct strbuf b = { 0 };
	int ret = path ? file_read(path, MAX_CONSOLE, &b) : -ENOENT;

	if (!ret) {
		console_warnings(b.len ? b.s : "", b.len, warnings);
	} else if (ret == -ENOENT || ret == -EFBIG) {
		strlist_addf(&out->losses, "%s: %s: its kernel's warnings are not known", what,
			     ret == -ENOENT ? "it is not there" : "it is larger than 64 MiB, and was not read");
		ret = 0;
	} else {
		log_error("%s: cannot be read: %s; check its permissions", path, strerror(-ret));
	}
	strbuf_free(&b);
	return ret;
}

static int read_consoles(const struct boot_inputs *in, struct boot_result *out)
{
	size_t i;
	int ret;

	ret = read_console(in->old_consoles[0], "the old kernel's first console", &out->old_warnings, out);
	if (!ret)
		ret = read_console(in->old_consoles[1], "the old kernel's second console", &out->old_warnings, out);
	if (!ret)
		ret = read_console(in->new_console, "the new kernel's console", &out->new_warnings, out);
	for (i = 0; !ret && in->retry_logs[0] && i < RETRIES; i++)
		ret = read_console(in->retry_consoles[i], i ? "the new kernel's console of the second pair" :
				   "the old kernel's console of the second pair", i ? &out->new_warnings : &out->old_warnings, out);
	for (i = 0; i < out->new_warnings.nr; i++)
		if (!strlist_has_sorted(&out->old_warnings, out->new_warnings.items[i]))
			strlist_add(&out->warnings, out->new_warnings.items[i]);
	return ret;
}

/* "WARNING: mm/vma.c in vma_link()": the function, with its parentheses cut off; or NULL. */
static char *function_of(const char *warning)
{
	const char *in = NULL, *p;

	for (p = warning; (p = strstr(p, " in ")); p++)
		in = p + 4;
	return in && str_ends(in, "()") ? xstrndup(in, strlen(in) - 2) : NULL;
}

/* Has a request said that it raised this one?  Then it is known whose it is. */
static bool has_owner(const struct boot_result *out, const char *warning)
{
	char *function = function_of(warning);
	const struct boot_difference *d;
	const struct boot_handler *h;
	bool found = false;

	vec_each(h, &out->handlers)
		vec_each(d, &h->record.differences)
			found |= function && d->key && str_starts(d->key, "warning") && d->new_value &&
				 strstr(d->new_value, function);
	free(function);
	return found;
}

/* A complaint that nobody owns up to is one of every patch that ran. */
static void share_warnings(struct boot_result *out)
{
	struct boot_handler *h;
	size_t i;

	for (i = 0; i < out->warnings.nr; i++) {
		if (has_owner(out, out->warnings.items[i]))
			continue;
		vec_each(h, &out->handlers)
			if (h->patched && h->reached_new)
				strlist_add(&h->record.warnings, out->warnings.items[i]);
	}
}

int boot_compare(const struct boot_inputs *in, struct boot_result *out)
{
	static const char *const whats[LOGS] = { "the old kernel's first log", "the old kernel's second log",
						 "the new kernel's log" };
	const char *const paths[LOGS] = { in->old_logs[0], in->old_logs[1], in->new_log };
	static const char *const retried[RETRIES] = { "the old kernel's log of the second pair", "the new kernel's log of the second pair" };
	struct boot_log logs[LOGS] = { { 0 } }, retries[RETRIES] = { { 0 } };
	bool second = in->retry_logs[0] && in->retry_logs[1];
	int i, ret = 0;

	memset(out, 0, sizeof(*out));
	list_handlers(in, out);
	for (i = 0; i < LOGS && !ret; i++) {
		logs[i].state = &out->logs[i];
		out->logs[i].what = xstrdup(whats[i]);
		ret = boot_log_read(&logs[i], paths[i]);
	}
	for (i = 0; second && i < RETRIES && !ret; i++) {
		retries[i].state = &out->retries[i];
		out->retries[i].what = xstrdup(retried[i]);
		ret = boot_log_read(&retries[i], in->retry_logs[i]);
	}
	if (!ret)
		ret = read_consoles(in, out);
	if (!ret) {
		compare_requests(in, logs, second ? retries : NULL, out);
		share_warnings(out);
	}
	for (i = 0; i < LOGS; i++)
		boot_log_free(&logs[i]);
	for (i = 0; i < RETRIES; i++)
		boot_log_free(&retries[i]);
	return ret;
}

static void free_state(struct boot_log_state *s)
{
	free(s->what);
	free(s->kernel);
	free(s->trace);
	free(s->cut);
	strlist_free(&s->bad_lines);
}

void boot_result_free(struct boot_result *r)
{
	struct boot_difference *d;
	struct boot_unstable *u;
	struct boot_handler *h;
	struct boot_absent *a;
	int i;

	for (i = 0; i < LOGS; i++)
		free_state(&r->logs[i]);
	for (i = 0; i < RETRIES; i++)
		free_state(&r->retries[i]);
	vec_each(h, &r->handlers) {
		free(h->id);
		free(h->function);
		boot_record_free(&h->record);
	}
	vec_free(&r->handlers);
	vec_each(d, &r->others)
		boot_difference_free(d);
	vec_free(&r->others);
	vec_each(d, &r->once)
		boot_difference_free(d);
	vec_free(&r->once);
	vec_each(u, &r->unstable) {
		free(u->subject);
		free(u->request);
		free(u->key);
		free(u->first);
		free(u->second);
	}
	vec_free(&r->unstable);
	vec_each(a, &r->absent) {
		free(a->subject);
		free(a->why);
	}
	vec_free(&r->absent);
	strlist_free(&r->idle);
	strlist_free(&r->unclear);
	strlist_free(&r->old_warnings);
	strlist_free(&r->new_warnings);
	strlist_free(&r->warnings);
	strlist_free(&r->losses);
	memset(r, 0, sizeof(*r));
}

unsigned boot_findings(const struct boot_result *r)
{
	const struct boot_handler *h;
	unsigned nr = (unsigned)(r->others.nr + r->warnings.nr);
	int i;

	vec_each(h, &r->handlers)
		nr += (unsigned)h->record.differences.nr;
	for (i = 0; i < LOGS; i++)
		nr += !!r->logs[i].cut;
	return nr;
}
