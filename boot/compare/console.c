// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a kernel complained of on its console, of internal.h: "WARNING: mm/vma.c in vma_link()".  Addresses, times, and
 * the numbers of lines, CPUs and processes are cut away, so that the same complaint is the same text in every boot.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "compare/internal.h"
#include "utf8.h"

enum {
	MAX_LINE = 400,			/* bytes of a line that are looked at */
	MAX_WARNINGS = 1000,
	TRACE_LINES = 80,		/* behind a headline, where its RIP: can stand */
};

/* A line that begins with one of these is a headline; with '*' before it, one that has it anywhere. */
static const char *const headlines[] = {
	"WARNING:", "BUG:", "kernel BUG at ", "Oops", "*KASAN:", "*KCSAN:", "*KFENCE:", "*UBSAN:", "*general protection",
	"*double fault", "*invalid opcode", "*divide error", "*stack segment", "*soft lockup", "*detected stall",
	"*self-detected stall", "INFO: task ", "INFO: trying to register non-static key", "Kernel panic", "refcount_t:",
	"*suspected memory leak", "DEBUG_LOCKS_WARN_ON", "*possible circular locking", "*possible recursive locking",
	"*suspicious RCU usage", "*inconsistent lock state", "*bad unlock balance", "*page dumped because", "*Bad page",
	"*Bad rss-counter", "*Unable to handle", "*unable to handle", NULL
};

/* "[   12.345678][  T71] ": the time, and who it was. */
static const char *behind_time(const char *s)
{
	size_t len;

	while (*s == '[') {
		len = strspn(s + 1, " .0123456789TC");
		if (s[1 + len] != ']')
			break;
		s += len + 2;
		s += strspn(s, " ");
	}
	return s;
}

static bool is_headline(const char *s)
{
	size_t i;

	for (i = 0; headlines[i]; i++)
		if (headlines[i][0] == '*' ? !!strstr(s, headlines[i] + 1) : str_starts(s, headlines[i]))
			return true;
	return false;
}

static size_t identifier(const char *s)
{
	return strspn(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.");
}

/* "vma_link+0x12/0x34" somewhere in s: its name without what the compiler added behind a dot. */
static char *function_in(const char *s)
{
	const char *plus, *start;

	for (plus = strstr(s, "+0x"); plus; plus = strstr(plus + 1, "+0x")) {
		for (start = plus; start > s && (isalnum((unsigned char)start[-1]) || strchr("_.", start[-1])); start--)
			;
		if (start < plus && !isdigit((unsigned char)*start) && *start != '.')
			return xstrndup(start, strcspn(start, ".+"));
	}
	return NULL;
}

/* Is it "CPU: 0", "PID: 71", "CPU#1", "Comm: probe"?  How long, with the blanks behind it. */
static size_t of_a_process(const char *s)
{
	static const char *const words[] = { "CPU: ", "CPU#", "PID: ", "Comm: ", "UID: ", "pfn:", "Tainted: ", "Not tainted", NULL };
	size_t i, len;

	for (i = 0; words[i]; i++)
		if (str_starts(s, words[i])) {
			len = strlen(words[i]);
			len += strcspn(s + len, " ,");
			return len + strspn(s + len, " ,");
		}
	return 0;
}

/* A headline without what differs from boot to boot: numbers are cut where no letter stands before them. */
static char *without_numbers(const char *s)
{
	struct strbuf b = { 0 };
	const char *p = s;
	size_t len;

	strbuf_adds(&b, "");
	while (*p) {
		bool fresh = p == s || !(isalnum((unsigned char)p[-1]) || p[-1] == '_');

		len = fresh ? of_a_process(p) : 0;
		if (len) {
			p += len;
			continue;
		}
		/* What follows a symbol, or stands for itself: "+0x12/0x34", "0xffff…", ":123", "1234". */
		if (fresh && isdigit((unsigned char)*p)) {
			len = identifier(p);
			while (b.len && strchr("+:/#", b.s[b.len - 1]))
				b.s[--b.len] = '\0';
			p += len;
			while (*p && strchr(":,.!", *p) && b.len && b.s[b.len - 1] == ' ')
				b.s[--b.len] = '\0';
			continue;
		}
		/* An address without 0x: "ffff888012345678". */
		len = identifier(p);
		if (fresh && len >= 12 && strspn(p, "0123456789abcdef") == len) {
			p += len;
			continue;
		}
		strbuf_add(&b, p++, 1);
	}
	while (b.len && strchr(" ,:.!", b.s[b.len - 1]))
		b.s[--b.len] = '\0';
	return strbuf_detach(&b);
}

/* What says the same in fewer words: one blank between two, none at the ends. */
static char *squeezed(const char *s)
{
	struct strbuf b = { 0 };
	size_t len;

	strbuf_adds(&b, "");
	for (; *(s += strspn(s, " \t")); s += len) {
		len = strcspn(s, " \t");
		strbuf_adds(&b, b.len ? " " : "");
		strbuf_add(&b, s, len);
	}
	return strbuf_detach(&b);
}

/* "WARNING: at mm/vma.c vma_link", "WARNING: mm/vma.c at vma_link, probe" → up to the place; the function comes behind. */
static void cut_behind_function(char *text, const char *function)
{
	char *at = function ? strstr(text, function) : NULL;

	if (!at)
		return;
	*at = '\0';
	while (at > text && at[-1] == ' ')
		*--at = '\0';
	if (str_ends(text, " at") || str_ends(text, " in"))
		text[strlen(text) - 3] = '\0';
}

struct pending {
	char *headline;			/* not finished: no function so far */
	unsigned lines;			/* behind it */
};

static void add_text(struct strlist *l, const char *headline, const char *function)
{
	char *plain = without_numbers(headline), *text;
	struct strbuf b = { 0 }, clean = { 0 };

	cut_behind_function(plain, function);
	text = squeezed(plain);
	strbuf_adds(&b, text);
	if (function)
		strbuf_addf(&b, "%s%s()", b.len ? " in " : "", function);
	utf8_add(&clean, b.s);
	if (l->nr < MAX_WARNINGS && clean.len)
		strlist_add_once(l, clean.s);
	strbuf_free(&b);
	strbuf_free(&clean);
	free(plain);
	free(text);
}

static void finish(struct pending *p, const char *function, struct strlist *l)
{
	if (p->headline)
		add_text(l, p->headline, function);
	free(p->headline);
	p->headline = NULL;
}

static void take_line(struct pending *p, const char *line, struct strlist *l)
{
	const char *s = behind_time(line);
	char *function;

	/* The probe's own, which name requests. */
	if (str_starts(s, "probe: "))
		return;
	if (is_headline(s)) {
		finish(p, NULL, l);
		p->headline = xstrdup(s);
		p->lines = 0;
		function = function_in(s);
		if (function)
			finish(p, function, l);
		free(function);
		return;
	}
	if (!p->headline)
		return;
	/* User space's own has 33:, and the kernel's what it was about. */
	if (str_starts(s, "RIP: 0010:")) {
		function = function_in(s);
		finish(p, function, l);
		free(function);
	} else if (++p->lines == TRACE_LINES) {
		finish(p, NULL, l);
	}
}

void console_warnings(const char *text, size_t len, struct strlist *l)
{
	const char *p = text, *end = text + len, *stop;
	struct pending pending = { 0 };
	char line[MAX_LINE + 1];
	size_t n, i;

	for (; p < end; p = stop + 1) {
		stop = memchr(p, '\n', (size_t)(end - p));
		if (!stop)
			stop = end;
		for (n = i = 0; p + i < stop && n < MAX_LINE; i++)
			if (p[i] != '\r')
				line[n++] = (unsigned char)p[i] < 0x20 || p[i] == 0x7f ? ' ' : p[i];
		line[n] = '\0';
		take_line(&pending, line, l);
	}
	finish(&pending, NULL, l);
	strlist_sort_once(l);
}
