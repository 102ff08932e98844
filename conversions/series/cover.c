// SPDX-License-Identifier: GPL-2.0-only
/* The cover letter's words, of internal.h. */
#include <stdlib.h>
#include <string.h>

#include "mail/mail.h"
#include "series/internal.h"
#include "series/message.h"

#define NAME_WIDTH 34

/* "KVM: PPC: text" → "KVM: PPC"; the length of what comes before the last ": " of the front. */
static size_t prefix_length(const char *subject)
{
	const char *p = strstr(subject, ": replace ");

	p = p ? p : strstr(subject, ": ");
	return p ? (size_t)(p - subject) : 0;
}

/* The prefix that all patches share, else the batch's name. */
void cover_subject(struct batch *b)
{
	const char *first = NULL;
	size_t len = 0;
	char *prefix;

	posting_each(d, b) {
		if (!first) {
			first = d->subject;
			len = prefix_length(first);
		} else if (len &&
			   (strncmp(first, d->subject, len) || prefix_length(d->subject) != len)) {
			len = 0;
		}
	}
	prefix = len ? xstrndup(first, len) : xstrdup(b->name);
	free(b->subject);
	b->subject = xasprintf("%s: replace deprecated mmap hooks with mmap_prepare", prefix);
	free(prefix);
}

static const char *contract_of(const struct handler *h)
{
	const char *verdict = h->conversion.proof.verdict;

	return !verdict ? "not compared" : !strcmp(verdict, "unknown") ? "UNPROVED" : verdict;
}

static const char *built_on(const struct handler *h)
{
	const struct check *c = conversion_check(h, "compile");

	return c && !strcmp(c->status, "ok") && h->arch ? h->arch : "not built";
}

/* Was any contract compared?  A column that says the same of all says nothing. */
static bool any_compared(const struct batch *b)
{
	struct handler **h;

	posting_each(d, b)
		vec_each(h, &d->handlers)
			if ((*h)->conversion.proof.verdict)
				return true;
	return false;
}

static void add_row(struct strbuf *b, size_t number, const struct handler *h, bool contract)
{
	char *name = xasprintf("%s()", h->function),
	     *nr = number ? xasprintf("%zu", number) : xstrdup("");

	strbuf_addf(b, " %2s  ", nr);
	if (strlen(name) > NAME_WIDTH)
		strbuf_addf(b, "%s\n     %-*s", name, NAME_WIDTH, "");
	else
		strbuf_addf(b, "%-*s", NAME_WIDTH, name);
	if (contract)
		strbuf_addf(b, "  %-9s  %-9s  %s\n", h->class_name, built_on(h), contract_of(h));
	else
		strbuf_addf(b, "  %-9s  %s\n", h->class_name, built_on(h));
	free(name);
	free(nr);
}

static void add_table(struct strbuf *b, const struct batch *batch)
{
	bool contract = any_compared(batch);
	struct handler **h;
	size_t number = 0, i;

	strbuf_addf(b, " %2s  %-*s  %-9s  ", "#", NAME_WIDTH, "handler", "class");
	strbuf_addf(b, contract ? "%-9s  contract\n" : "%s\n", "compiled");
	posting_each(d, batch) {
		number++;
		vec_each(h, &d->handlers)
			add_row(b, h == d->handlers.items ? number : 0, *h, contract);
		if (!d->handlers.nr)
			strbuf_addf(b, " %2zu  (what others of these patches stand on)\n", number);
		for (i = 0; i < d->files.nr; i++)
			strbuf_addf(b, "       %s\n", d->files.items[i]);
	}
}

static size_t count_handlers(const struct batch *b)
{
	size_t nr = 0;

	posting_each(d, b)
		nr += d->handlers.nr;
	return nr;
}

/* "patch 3 stands on patches 1 and 2". */
static void add_order(struct strbuf *b, const struct series *s, const struct batch *batch)
{
	size_t *after, n;
	bool any = false;

	posting_each(d, batch) {
		struct strlist on = { 0 };

		vec_each(after, &d->after) {
			n = posting_number(batch, &s->drivers.items[*after]);
			if (n)
				strlist_addf(&on, "%zu", n);
		}
		if (on.nr) {
			strbuf_addf(b, " Patch %zu stands on patch%s ", posting_number(batch, d),
				    on.nr > 1 ? "es" : "");
			mail_enumerate(b, &on);
			strbuf_adds(b, ".");
			any = true;
		}
		strlist_free(&on);
	}
	if (!any)
		strbuf_adds(b, " None of them needs another one.");
}

static bool any_expected(const struct batch *b)
{
	struct handler **h;

	posting_each(d, b)
		vec_each(h, &d->handlers)
			if ((*h)->boot.expected.nr)
				return true;
	return false;
}

/* Which of a kind of check was well for all handlers, or all patches? */
static bool all_ok(const struct batch *b, const char *name, bool in_place)
{
	const struct check *c;
	struct handler **h;
	bool any;

	posting_each(d, b) {
		vec_each(h, &d->handlers) {
			c = conversion_check(*h, name);
			if (!in_place && (!c || strcmp(c->status, "ok")))
				return false;
		}
		any = false;
		vec_each(c, &d->checks) {
			if (strcmp(c->name, name))
				continue;
			any = true;
			if (in_place && strcmp(c->status, "ok"))
				return false;
		}
		if (in_place && !any)
			return false;
	}
	return true;
}

static void add_in_place(struct strbuf *t, const struct batch *b)
{
	static const char *const names[] = { "git am", "compile", "checkpatch", "sparse", NULL };
	struct strlist well = { 0 }, other = { 0 };
	size_t i;

	for (i = 0; names[i]; i++)
		strlist_add(all_ok(b, names[i], true) ? &well : &other, names[i]);
	strbuf_adds(t, "After each patch, in its place: ");
	mail_enumerate(t, &well);
	strbuf_adds(t, well.nr ? " found nothing" : "");
	if (other.nr) {
		strbuf_adds(t, well.nr ? "; " : "");
		mail_enumerate(t, &other);
		strbuf_adds(t, " found something or could not be run");
	}
	strbuf_adds(t, ". ");
	strlist_free(&well);
	strlist_free(&other);
}

/* "Booted under QEMU (x86_64) …  Not tested: nothing was run on hardware". */
static void add_booted(struct strbuf *t, const struct batch *b)
{
	struct strlist not_booted = { 0 };
	unsigned requests = 0;
	size_t booted = 0;
	struct handler **h;

	posting_each(d, b)
		vec_each(h, &d->handlers) {
			if (mail_is_booted(*h)) {
				booted++;
				requests += (*h)->boot.requests;
			} else {
				strlist_addf(&not_booted, "%s()", (*h)->function);
			}
		}
	if (booted) {
		strbuf_addf(t, "Booted under QEMU (x86_64), with the patches and without: %zu handler%s, %u request%s, no "
			    "difference%s. ", booted, booted == 1 ? "" : "s", requests, requests == 1 ? "" : "s",
			    any_expected(b) ? " but those that the patch tells" : "");
		if (not_booted.nr) {
			strbuf_adds(t, "Not booted: ");
			mail_enumerate(t, &not_booted);
			strbuf_adds(t, ". ");
		}
	}
	strbuf_addf(t, "Not tested: nothing was %srun on hardware", booted ? "" : "booted or ");
	strlist_free(&not_booted);
}

static void add_checked(struct strbuf *b, const struct series *s, const struct batch *batch)
{
	struct strlist archs = { 0 }, not_built = { 0 };
	struct handler **h;
	struct strbuf t = { 0 };

	posting_each(d, batch)
		vec_each(h, &d->handlers) {
			if (strcmp(built_on(*h), "not built"))
				strlist_add_once(&archs, (*h)->arch);
			else
				strlist_addf(&not_built, "%s()", (*h)->function);
		}
	strlist_sort(&archs);
	strbuf_addf(&t, "Checked: the patches apply in this order; %s",
		    all_ok(batch, "checkpatch", false) ? "checkpatch.pl --strict; " : "");
	if (archs.nr) {
		strbuf_adds(&t, "the compiler with W=1's warnings, before and after, on ");
		mail_enumerate(&t, &archs);
		strbuf_adds(&t, ". ");
	} else {
		strbuf_adds(&t, "nothing was built. ");
	}
	if (s->opt->check)
		add_in_place(&t, batch);
	strbuf_adds(&t, "Each patch says below its --- what was checked of it and what came out.");
	mail_wrap(b, "", "", t.s);
	strbuf_reset(&t);
	add_booted(&t, batch);
	if (archs.nr) {
		strbuf_addf(&t, ", and no architecture but %s was built",
			    archs.nr > 1 ? "these" : archs.items[0]);
	}
	strbuf_adds(&t, ".");
	if (!any_compared(batch))
		strbuf_adds(&t,
			    " No tool has compared what the old handlers and the new hooks do.");
	if (not_built.nr && archs.nr) {
		strbuf_adds(&t, " Not built: ");
		mail_enumerate(&t, &not_built);
		strbuf_adds(&t, ".");
	}
	strbuf_adds(b, "\n");
	mail_wrap(b, "", "", t.s);
	strbuf_free(&t);
	strlist_free(&archs);
	strlist_free(&not_built);
}

void cover_text(const struct series *s, const struct batch *b, struct strbuf *text)
{
	size_t handlers = count_handlers(b), nr = posting_size(b);
	struct strbuf t = { 0 };

	mail_wrap(
		text, "", "",
		"The mmap hook of struct file_operations is deprecated: it hands a VMA to the driver "
		"that the core has yet to finish, and drivers that keep it, change it at the wrong moment or fail "
		"half-way have been a source of bugs. With mmap_prepare a driver only describes what is to be "
		"mapped, and the core does it; see Documentation/filesystems/mmap_prepare.rst. The old hook can go "
		"when the last handler has moved.");
	strbuf_addf(&t, "%s %s %zu handler%s of %zu driver%s, one driver a patch.",
		    nr > 1 ? "These patches" : "This patch", nr > 1 ? "move" : "moves", handlers,
		    handlers == 1 ? "" : "s", nr, nr == 1 ? "" : "s");
	if (nr > 1)
		add_order(&t, s, b);
	strbuf_addf(&t, " They were made on Linux %s", s->tree_version);
	if (b->tree)
		strbuf_addf(&t, "; MAINTAINERS names the tree %s", strchr(b->tree, ' ') + 1);
	strbuf_adds(&t, ".");
	strbuf_adds(text, "\n");
	mail_wrap(text, "", "", t.s);
	strbuf_adds(text, "\n");
	add_table(text, b);
	strbuf_adds(text, "\n");
	add_checked(text, s, b);
	strbuf_adds(text, "\n");
	strbuf_reset(&t);
	strbuf_adds(
		&t,
		"The patches were generated by the tool mmapconv with its Coccinelle semantic patches");
	if (any_compared(b))
		strbuf_adds(
			&t,
			"; \"contract\" is its comparison of what the old handler and the new hook do");
	strbuf_adds(&t, ".");
	mail_wrap(text, "", "", t.s);
	strbuf_free(&t);
}

void cover_footer(const struct series *s, const struct batch *b, struct strbuf *text)
{
	struct batch **on;

	if (b->base)
		strbuf_addf(text, "base-commit: %s\n", b->base);
	else
		strbuf_addf(text, "base: Linux %s, not a git checkout\n", s->tree_version);
	strbuf_addf(text, "change-id: %s\n", b->change_id);
	vec_each(on, &b->on)
		strbuf_addf(text, "prerequisite-change-id: %s:v%u\n", (*on)->change_id,
			    (*on)->version);
}
