// SPDX-License-Identifier: GPL-2.0-only
#include "mail/mail.h"

#include <stdlib.h>
#include <string.h>

void mail_wrap(struct strbuf *b, const char *first, const char *rest, const char *text)
{
	size_t col, len;
	const char *p = text;
	bool fresh = true;

	strbuf_adds(b, first);
	col = strlen(first);
	for (;;) {
		p += strspn(p, " \t\n\r");
		len = strcspn(p, " \t\n\r");
		if (!len)
			break;
		if (!fresh && col + 1 + len > MAIL_WIDTH) {
			strbuf_addf(b, "\n%s", rest);
			col = strlen(rest);
			fresh = true;
		}
		/* git am would take these for the start of the diff. */
		if (!col && (str_starts(p, "---") || str_starts(p, "diff") || str_starts(p, "Index:"))) {
			strbuf_adds(b, " ");
			col++;
		}
		if (!fresh) {
			strbuf_adds(b, " ");
			col++;
		}
		strbuf_add(b, p, len);
		col += len;
		fresh = false;
		p += len;
	}
	strbuf_adds(b, "\n");
}

/* "a", "a and b", "a, b and c" */
static void enumerate(struct strbuf *b, const struct strlist *l)
{
	size_t i;

	for (i = 0; i < l->nr; i++)
		strbuf_addf(b, "%s%s", !i ? "" : i + 1 < l->nr ? ", " : " and ", l->items[i]);
}

static bool has(const struct strlist *l, const char *s)
{
	return strlist_has(l, s);
}

/* What the handler does, from its patterns. */
static void old_form(struct strbuf *b, const struct handler *h)
{
	struct strlist does = { 0 };

	if (has(&h->patterns, "ioremap"))
		strlist_add(&does, "maps I/O memory while mmap() runs");
	else if (has(&h->patterns, "remap"))
		strlist_add(&does, "maps memory by PFN while mmap() runs");
	if (has(&h->patterns, "dma"))
		strlist_add(&does, "maps a DMA buffer");
	if (has(&h->patterns, "generic"))
		strlist_add(&does, "relies on the generic file mmap");
	if (has(&h->patterns, "fault"))
		strlist_addf(&does, "installs %s to populate the mapping by faults",
			     h->vm_ops ? h->vm_ops : "vm_ops");
	if (has(&h->patterns, "reject"))
		strlist_add(&does, "rejects mappings");
	if (h->flags_set.nr || h->flags_cleared.nr) {
		struct strbuf f = { 0 };

		if (h->flags_set.nr) {
			strbuf_adds(&f, "sets ");
			enumerate(&f, &h->flags_set);
		}
		if (h->flags_cleared.nr) {
			strbuf_adds(&f, f.len ? " (and clears " : "clears ");
			enumerate(&f, &h->flags_cleared);
			strbuf_adds(&f, h->flags_set.nr ? ")" : "");
		}
		strlist_add(&does, f.s);
		strbuf_free(&f);
	}
	if (!does.nr)
		strlist_add(&does, "only checks the request");
	strbuf_addf(b, "%s() ", h->function);
	enumerate(b, &does);
	strbuf_adds(b, ".");
	strlist_free(&does);
}

/* The descriptor's functions that the hook calls, in order of first use. */
static void calls_of(const struct source *s, const char *prefix, struct strlist *calls)
{
	size_t i;
	char *name;

	for (i = 0; i < s->tokens.nr; i++) {
		if (s->tokens.items[i].kind != C_IDENT || !ctoken_is(s, i + 1, "(") ||
		    !str_starts(s->text + s->tokens.items[i].off, prefix))
			continue;
		name = ctoken_text(s, i);
		if (strcmp(name, "generic_file_mmap") && strcmp(name, "generic_file_readonly_mmap")) {
			char *call = xasprintf("%s()", name);

			strlist_add_once(calls, call);
			free(call);
		}
		free(name);
	}
}

static void new_form(struct strbuf *b, const struct job *job, const struct source *hook)
{
	struct strlist actions = { 0 }, flags = { 0 }, generic = { 0 };

	calls_of(hook, "mmap_action_", &actions);
	calls_of(hook, "vma_desc_set_flags", &flags);
	calls_of(hook, "vma_desc_clear_flags", &flags);
	calls_of(hook, "generic_file_", &generic);
	strbuf_addf(b, " %s() does the same on the descriptor, before there is a VMA", job->new_name);
	if (flags.nr) {
		strbuf_adds(b, ", with ");
		enumerate(b, &flags);
	}
	if (generic.nr) {
		strbuf_adds(b, ", through ");
		enumerate(b, &generic);
	}
	if (actions.nr) {
		strbuf_adds(b, "; it asks the core to populate the mapping with ");
		enumerate(b, &actions);
	}
	strbuf_adds(b, ".");
	strlist_free(&actions);
	strlist_free(&flags);
	strlist_free(&generic);
}

/* A difference without our own code for its kind, "R12 ", which says nothing to a maintainer. */
static const char *plain(const char *difference)
{
	const char *p = difference;

	if (*p != 'R' || p[1] < '0' || p[1] > '9')
		return difference;
	for (p++; *p >= '0' && *p <= '9'; p++)
		;
	return *p == ' ' ? p + 1 : difference;
}

static const struct check *check_of(const struct handler *h, const char *name)
{
	const struct check *c;

	vec_each(c, &h->conversion.checks)
		if (!strcmp(c->name, name))
			return c;
	return NULL;
}

char *mail_message(const struct job *job, const struct source *hook)
{
	const struct handler *h = job->h;
	const struct check *compile = check_of(h, "compile");
	struct strbuf b = { 0 }, t = { 0 };
	size_t i;

	strbuf_addf(&b, "%s\n\n", job->subject);
	mail_wrap(&b, "", "", "The mmap hook of struct file_operations is deprecated: it hands a VMA to "
		  "the driver that the core has yet to finish. mmap_prepare only describes what is "
		  "to be mapped, see Documentation/filesystems/mmap_prepare.rst.");
	old_form(&t, h);
	new_form(&t, job, hook);
	strbuf_adds(&b, "\n");
	mail_wrap(&b, "", "", t.s);
	strbuf_reset(&t);
	if (h->conversion.differences.nr) {
		strbuf_adds(&b, "\nDifferences to know of:\n");
		for (i = 0; i < h->conversion.differences.nr; i++)
			mail_wrap(&b, "- ", "  ", plain(h->conversion.differences.items[i]));
	} else {
		strbuf_adds(&b, "\nNo functional change is intended.\n");
	}
	strbuf_adds(&b, "\n");
	strbuf_adds(&t, "Generated by the tool mmapconv with its Coccinelle semantic patches; ");
	if (compile && !strcmp(compile->status, "ok"))
		strbuf_addf(&t, "compile-tested on %s", h->arch);
	else
		strbuf_adds(&t, "not built");
	strbuf_adds(&t, ", not booted.");
	mail_wrap(&b, "", "", t.s);
	strbuf_free(&t);
	return strbuf_detach(&b);
}

void mail_finish(const struct job *job, const struct strbuf *mail, struct strbuf *out)
{
	const char *cut = strstr(mail->s, "\n---\n");
	size_t head = cut ? (size_t)(cut - mail->s) + 5 : mail->len;
	const struct check *c;

	strbuf_add(out, mail->s, head);
	strbuf_adds(out, "mmapconv: contract not compared\n");
	vec_each(c, &job->h->conversion.checks) {
		struct strbuf t = { 0 };

		strbuf_addf(&t, "%s: %s: %s", c->name, c->status, c->detail ? c->detail : "");
		mail_wrap(out, "mmapconv: ", "  ", t.s);
		strbuf_free(&t);
	}
	strbuf_adds(out, "\n");
	strbuf_adds(out, mail->s + head);
}
