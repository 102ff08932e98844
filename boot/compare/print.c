// SPDX-License-Identifier: GPL-2.0-only
/* A comparison for a person, of compare.h. */
#include <stdarg.h>
#include <string.h>

#include "compare/internal.h"
#include "inventory_words.h"
#include "terminal_text.h"

enum { SHOWN = 10 };			/* of each kind; boot.json has all */

static void say(FILE *stream, unsigned indent, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

static void say(FILE *stream, unsigned indent, const char *fmt, ...)
{
	struct strbuf b = { 0 };
	va_list ap;

	va_start(ap, fmt);
	strbuf_vaddf(&b, fmt, ap);
	va_end(ap);
	fprintf(stream, "%*s", (int)indent, "");
	terminal_wrap(stream, b.s, indent, indent + 2);
	strbuf_free(&b);
}

static void more(FILE *stream, size_t nr)
{
	if (nr > SHOWN)
		fprintf(stream, "  and %zu more\n", nr - SHOWN);
}

static void print_list(FILE *stream, const char *title, const struct strlist *l)
{
	size_t i;

	if (l->nr)
		say(stream, 0, "%s: %zu", title, l->nr);
	for (i = 0; i < l->nr && i < SHOWN; i++)
		say(stream, 2, "%s", l->items[i]);
	more(stream, l->nr);
}

static void print_tier(const struct boot_result *r, unsigned tier, FILE *stream)
{
	const struct boot_handler *h;
	struct strbuf b = { 0 };
	unsigned nr = 0, reached = 0, some;
	size_t i;

	vec_each(h, &r->handlers) {
		nr += h->tier == tier;
		reached += h->tier == tier && h->record.reached;
	}
	strbuf_addf(&b, "tier %u: %u of %u handlers reached in both kernels", tier, reached, nr);
	for (i = 0; boot_words[i]; i++) {
		some = 0;
		vec_each(h, &r->handlers)
			some += h->tier == tier && h->record.verdict && !strcmp(h->record.verdict, boot_words[i]);
		if (some)
			strbuf_addf(&b, "; %s: %u", boot_words[i], some);
	}
	if (nr)
		say(stream, 0, "%s", b.s);
	strbuf_free(&b);
}

static void print_some(const struct boot_difference *items, size_t nr, FILE *stream)
{
	size_t i;

	for (i = 0; i < nr && i < SHOWN; i++)
		say(stream, 2, "%s", items[i].text);
	more(stream, nr);
}

static void print_differences(const struct boot_result *r, FILE *stream)
{
	const struct boot_handler *h;

	vec_each(h, &r->handlers) {
		if (h->record.differences.nr)
			say(stream, 0, "%s differs: %zu", h->id, h->record.differences.nr);
		print_some(h->record.differences.items, h->record.differences.nr, stream);
	}
	if (r->others.nr)
		say(stream, 0, "differences of requests that entered no known handler: %zu", r->others.nr);
	print_some(r->others.items, r->others.nr, stream);
	if (r->once.nr)
		say(stream, 0, "differences that a second boot of both kernels did not show: %zu", r->once.nr);
	print_some(r->once.items, r->once.nr, stream);
}

static void print_expected(const struct boot_result *r, FILE *stream)
{
	const struct boot_handler *h;

	vec_each(h, &r->handlers)
		if (h->record.expected.nr)
			say(stream, 0, "%s: %zu difference%s, announced: %s", h->id, h->record.expected.nr,
			    h->record.expected.nr == 1 ? "" : "s", h->record.expected.items[0].text);
}

static void print_one_kernel(const struct boot_result *r, FILE *stream)
{
	const struct boot_handler *h;

	vec_each(h, &r->handlers)
		if (h->reached_old != h->reached_new)
			say(stream, 0, "%s was entered in the %s kernel only", h->id, h->reached_old ? "old" : "new");
}

static void print_log(const struct boot_log_state *s, FILE *stream)
{
	size_t k;

	if (s->cut)
		say(stream, 0, "%s is not whole: %s", s->what, s->cut);
	if (s->bad)
		say(stream, 0, "%s: %u line%s not taken as they are", s->what, s->bad, s->bad == 1 ? "" : "s");
	for (k = 0; k < s->bad_lines.nr && k < SHOWN; k++)
		say(stream, 2, "%s", s->bad_lines.items[k]);
	more(stream, s->bad_lines.nr);
}

static void print_logs(const struct boot_result *r, FILE *stream)
{
	int i;

	for (i = 0; i < LOGS; i++)
		print_log(&r->logs[i], stream);
	for (i = 0; i < RETRIES; i++)
		print_log(&r->retries[i], stream);
}

static void print_unstable(const struct boot_result *r, FILE *stream)
{
	const struct boot_unstable *u;
	size_t shown = 0;

	if (r->unstable.nr)
		say(stream, 0, "not compared, since two boots of the old kernel differ: %zu", r->unstable.nr);
	vec_each(u, &r->unstable)
		if (shown++ < SHOWN)
			say(stream, 2, "%s%s%s%s%s: %s, then %s", u->subject, u->request ? ": " : "", u->request ? u->request : "",
			    u->key ? ": " : "", u->key ? u->key : "", u->first ? u->first : "nothing",
			    u->second ? u->second : "nothing");
	more(stream, r->unstable.nr);
}

static void print_absent(const struct boot_result *r, FILE *stream)
{
	const struct boot_absent *a;

	if (r->absent.nr)
		say(stream, 0, "subjects that are not there: %zu", r->absent.nr);
	vec_each(a, &r->absent)
		say(stream, 2, "%s: %s", a->subject, a->why);
}

void boot_print(const struct boot_result *r, FILE *stream)
{
	const char *kernel = r->logs[OLD].kernel ? r->logs[OLD].kernel : "unknown";
	unsigned findings = boot_findings(r);

	print_differences(r, stream);
	print_list(stream, "kernel warnings of the new kernel only", &r->warnings);
	print_one_kernel(r, stream);
	print_expected(r, stream);
	print_logs(r, stream);
	print_absent(r, stream);
	print_unstable(r, stream);
	print_list(stream, "requests that entered no handler", &r->idle);
	print_list(stream, "whose it is, is not clear", &r->unclear);
	print_list(stream, "not looked at", &r->losses);
	print_list(stream, "kernel warnings of the old kernel", &r->old_warnings);
	print_tier(r, 1, stream);
	print_tier(r, 2, stream);
	say(stream, 0, "Linux %s booted: %u requests, %u values compared, %u finding%s", kernel, r->requests, r->values,
	    findings, findings == 1 ? "" : "s");
	fflush(stream);
}
