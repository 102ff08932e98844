// SPDX-License-Identifier: GPL-2.0-only
#include "series/message.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "mail/mail.h"

static bool is_built(const struct handler *h)
{
	const struct check *c = conversion_check(h, "compile");

	return c && !strcmp(c->status, "ok") && h->arch;
}

char *driver_built(const struct driver *d)
{
	struct strlist archs = { 0 }, not_built = { 0 };
	struct strbuf b = { 0 };
	struct handler **h;

	vec_each(h, &d->handlers) {
		if (is_built(*h))
			strlist_add_once(&archs, (*h)->arch);
		else
			strlist_addf(&not_built, "%s()", (*h)->function);
	}
	strlist_sort(&archs);
	if (archs.nr) {
		strbuf_adds(&b, "compile-tested on ");
		mail_enumerate(&b, &archs);
	}
	if (!archs.nr)
		strbuf_adds(&b, "not built");
	else if (not_built.nr) {
		strbuf_adds(&b, " (not built: ");
		mail_enumerate(&b, &not_built);
		strbuf_adds(&b, ")");
	}
	strlist_free(&archs);
	strlist_free(&not_built);
	return strbuf_detach(&b);
}

bool driver_is_booted(const struct driver *d)
{
	struct handler **h;

	vec_each(h, &d->handlers)
		if (!mail_is_booted(*h))
			return false;
	return d->handlers.nr;
}

/* The prefix that most of its handlers have; of several, the first. */
static const char *prefix_of(const struct driver *d)
{
	const char *best = NULL;
	struct handler **h, **i;
	size_t most = 0, nr;

	vec_each(h, &d->handlers) {
		nr = 0;
		vec_each(i, &d->handlers)
			nr += (*h)->conversion.prefix && (*i)->conversion.prefix &&
			      !strcmp((*h)->conversion.prefix, (*i)->conversion.prefix);
		if (nr > most) {
			most = nr;
			best = (*h)->conversion.prefix;
		}
	}
	return best;
}

/* The phrase with the handler's own ops table called "its own": what is left is the same for its kin. */
static char *kin_form(const struct handler *h)
{
	const char *form = h->conversion.old_form ? h->conversion.old_form : "", *hit;
	struct strbuf b = { 0 };
	size_t len = h->vm_ops ? strlen(h->vm_ops) : 0;

	strbuf_adds(&b, "");
	for (; len && (hit = strstr(form, h->vm_ops)); form = hit + len) {
		strbuf_add(&b, form, (size_t)(hit - form));
		strbuf_adds(&b, "its vm_operations_struct");
	}
	strbuf_adds(&b, form);
	return strbuf_detach(&b);
}

static bool same(const char *a, const char *b)
{
	return !strcmp(a ? a : "", b ? b : "");
}

/* One handler, or several that do the same. */
static void add_kin(struct strbuf *b, const struct driver *d, const bool *mine)
{
	struct strlist functions = { 0 }, names = { 0 };
	const struct handler *first = NULL;
	struct strbuf t = { 0 };
	char *form, *new_name, *usual;
	bool suffixed = true;
	size_t i;

	for (i = 0; i < d->handlers.nr; i++) {
		const struct handler *h = d->handlers.items[i];

		if (!mine[i])
			continue;
		usual = xasprintf("%s_prepare", h->function);
		suffixed &= h->conversion.new_name && !strcmp(usual, h->conversion.new_name);
		free(usual);
		first = first ? first : h;
		strlist_addf(&functions, "%s()", h->function);
		strlist_addf(&names, "%s()",
			     h->conversion.new_name ? h->conversion.new_name : "the hook");
	}
	if (!first)
		goto done;
	if (functions.nr == 1) {
		new_name = xstrdup(names.items[0]);
		form = xstrdup(first->conversion.old_form ? first->conversion.old_form
							  : "maps a file");
		strbuf_addf(&t, "%s %s. %s ", functions.items[0], form, new_name);
	} else {
		form = kin_form(first);
		strbuf_addf(&t, "Each of ");
		mail_enumerate(&t, &functions);
		strbuf_addf(&t, " %s. ", form);
		new_name = NULL;
		if (suffixed) {
			strbuf_adds(&t, "Each hook, named with _prepare behind, ");
		} else {
			strbuf_adds(&t, "Each hook, ");
			mail_enumerate(&t, &names);
			strbuf_adds(&t, ", ");
		}
	}
	strbuf_addf(&t, "%s.",
		    first->conversion.new_form
			    ? first->conversion.new_form
			    : "does the same on the descriptor, before there is a VMA");
	mail_wrap(b, "", "", t.s);
	free(new_name);
	free(form);
done:
	strbuf_free(&t);
	strlist_free(&functions);
	strlist_free(&names);
}

/* A paragraph for each kind of handler, in the order of the first of each. */
static void add_forms(struct strbuf *b, const struct driver *d)
{
	bool *done = xcalloc(d->handlers.nr, sizeof(bool)),
	     *mine = xcalloc(d->handlers.nr, sizeof(bool));
	size_t i, k;

	for (i = 0; i < d->handlers.nr; i++) {
		const struct handler *h = d->handlers.items[i], *o;
		char *form = kin_form(h), *other;

		if (!done[i]) {
			memset(mine, 0, d->handlers.nr * sizeof(bool));
			for (k = i; k < d->handlers.nr; k++) {
				o = d->handlers.items[k];
				other = kin_form(o);
				mine[k] = !done[k] && !strcmp(form, other) &&
					  same(h->conversion.new_form, o->conversion.new_form);
				done[k] |= mine[k];
				free(other);
			}
			strbuf_adds(b, "\n");
			add_kin(b, d, mine);
		}
		free(form);
	}
	free(done);
	free(mine);
}

char *driver_message(const struct driver *d)
{
	const char *prefix = prefix_of(d);
	struct strlist differences = { 0 };
	struct strbuf b = { 0 };
	struct handler **h;
	char *built, *own = prefix ? NULL : mail_prefix_of_path(d->files.items[0]);
	size_t i;

	strbuf_addf(&b, "%s: replace deprecated mmap hook%s with mmap_prepare\n\n",
		    prefix ? prefix : own, d->handlers.nr > 1 ? "s" : "");
	mail_intro(&b);
	add_forms(&b, d);
	vec_each(h, &d->handlers)
		for (i = 0; i < (*h)->conversion.differences.nr; i++)
			strlist_add_once(&differences, (*h)->conversion.differences.items[i]);
	strbuf_adds(&b, "\n");
	mail_differences(&b, &differences);
	strbuf_adds(&b, "\n");
	built = driver_built(d);
	mail_origin(&b, built, driver_is_booted(d));
	free(built);
	free(own);
	strlist_free(&differences);
	return strbuf_detach(&b);
}

/* "Reviewed-by: …", the kind of line that trailers are. */
static bool is_trailer(const char *line, size_t len)
{
	size_t i;

	for (i = 0; i < len && (isalnum((unsigned char)line[i]) || line[i] == '-'); i++)
		;
	return i && i + 1 < len && line[i] == ':' && line[i + 1] == ' ' && memchr(line, '-', i);
}

void message_sign(struct strbuf *message, const char *name, const char *email)
{
	char *line = xasprintf("Signed-off-by: %s <%s>", name, email);
	const char *last;
	bool there;

	while (message->len && message->s[message->len - 1] == '\n')
		message->s[--message->len] = '\0';
	last = message->len ? memrchr(message->s, '\n', message->len) : NULL;
	last = last ? last + 1 : message->s ? message->s : "";
	there = !strcmp(last, line);
	if (!there) {
		strbuf_adds(message, is_trailer(last, strlen(last)) ? "\n" : "\n\n");
		strbuf_adds(message, line);
	}
	strbuf_adds(message, "\n");
	free(line);
}

/* Of several handlers one line says it, where all are well. */
static bool residue_ok(const struct driver *d)
{
	const struct check *c;
	struct handler **h;

	vec_each(h, &d->handlers) {
		c = conversion_check(*h, "residue");
		if (!c || strcmp(c->status, "ok"))
			return false;
	}
	return d->handlers.nr > 1;
}

static void hand_verification(struct strbuf *b, const struct driver *d)
{
	const char **names = xcalloc(d->handlers.nr + 1, sizeof(*names));
	size_t i;

	for (i = 0; i < d->handlers.nr; i++)
		names[i] = d->handlers.items[i]->conversion.new_name ? d->handlers.items[i]->conversion.new_name :
			   d->handlers.items[i]->function;
	mail_hand(b, d->hand, (const struct handler *const *)d->handlers.items, names, d->handlers.nr);
	free(names);
}

/* The lines of one check: what begins with a blank goes on. */
void driver_verification(struct strbuf *b, const struct driver *d)
{
	bool one_residue = residue_ok(d);
	struct strlist said = { 0 };
	struct handler **h;
	size_t len;
	const char *p;
	char *item;

	if (d->hand) {
		hand_verification(b, d);
		return;
	}
	vec_each(h, &d->handlers) {
		struct strbuf all = { 0 };

		mail_verification(&all, *h);
		for (p = all.s; *p; p += len) {
			const char *end = p;

			do
				end += strcspn(end, "\n") + (end[strcspn(end, "\n")] == '\n');
			while (*end == ' ');
			len = (size_t)(end - p);
			if (one_residue && str_starts(p, "mmapconv: residue: "))
				item = xasprintf(
					"mmapconv: residue: ok: none of the %zu old names, no vma in a hook\n",
					d->handlers.nr);
			else
				item = xstrndup(p, len);
			if (strlist_add_once(&said, item))
				strbuf_adds(b, item);
			free(item);
		}
		strbuf_free(&all);
	}
	strlist_free(&said);
}
