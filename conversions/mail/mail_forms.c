// SPDX-License-Identifier: GPL-2.0-only
/* What a handler did and what its hook does: the two phrases of a message, of mail.h. */
#include <stdlib.h>
#include <string.h>

#include "mail/mail.h"

/* "a", "a and b", "a, b and c" */
void mail_enumerate(struct strbuf *b, const struct strlist *l)
{
	size_t i;

	for (i = 0; i < l->nr; i++)
		strbuf_addf(b, "%s%s", !i ? "" : i + 1 < l->nr ? ", " : " and ", l->items[i]);
}

static bool has(const struct strlist *l, const char *s)
{
	return strlist_has(l, s);
}

/* What the handler does, from its patterns; and whom it calls. */
static void old_form(struct strbuf *b, const struct handler *h, const struct strlist *calls)
{
	struct strlist does = { 0 };

	if (has(&h->patterns, "ioremap"))
		strlist_add(&does, "maps I/O memory while mmap() runs");
	else if (has(&h->patterns, "remap"))
		strlist_add(&does, "maps memory by PFN while mmap() runs");
	/* A mixed map can also be one that faults fill. */
	if (has(&h->patterns, "kernel_pages") || (has(&h->patterns, "mixedmap") && !has(&h->flags_set, "VM_MIXEDMAP")))
		strlist_add(&does, "inserts kernel pages while mmap() runs");
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
			mail_enumerate(&f, &h->flags_set);
		}
		if (h->flags_cleared.nr) {
			strbuf_adds(&f, f.len ? " (and clears " : "clears ");
			mail_enumerate(&f, &h->flags_cleared);
			strbuf_adds(&f, h->flags_set.nr ? ")" : "");
		}
		strlist_add(&does, f.s);
		strbuf_free(&f);
	}
	if (calls->nr) {
		struct strbuf c = { 0 };

		strbuf_adds(&c, "hands the mapping on to ");
		mail_enumerate(&c, calls);
		strlist_add(&does, c.s);
		strbuf_free(&c);
	}
	if (!does.nr)
		strlist_add(&does, "only checks the request");
	mail_enumerate(b, &does);
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

static void new_form(struct strbuf *b, const struct source *hook, const struct strlist *calls)
{
	struct strlist actions = { 0 }, flags = { 0 }, generic = { 0 };

	calls_of(hook, "mmap_action_", &actions);
	calls_of(hook, "vma_desc_set_flags", &flags);
	calls_of(hook, "vma_desc_clear_flags", &flags);
	calls_of(hook, "generic_file_", &generic);
	strbuf_adds(b, "does the same on the descriptor, before there is a VMA");
	if (flags.nr) {
		strbuf_adds(b, ", with ");
		mail_enumerate(b, &flags);
	}
	if (generic.nr) {
		strbuf_adds(b, ", through ");
		mail_enumerate(b, &generic);
	}
	if (actions.nr) {
		strbuf_adds(b, "; it asks the core to populate the mapping with ");
		mail_enumerate(b, &actions);
	}
	if (calls->nr) {
		strbuf_adds(b, "; it hands on to ");
		mail_enumerate(b, calls);
	}
	strlist_free(&actions);
	strlist_free(&flags);
	strlist_free(&generic);
}

void mail_forms(const struct job *job, const struct job_part *part, const struct source *hook)
{
	struct conversion *c = &part->h->conversion;
	struct strlist old_calls = { 0 }, new_calls = { 0 };
	const struct job_part *other;
	struct strbuf b = { 0 };

	vec_each(other, &job->parts)
		if (other != part && source_has(hook, other->new_name)) {
			strlist_addf(&old_calls, "%s()", other->h->function);
			strlist_addf(&new_calls, "%s()", other->new_name);
		}
	old_form(&b, part->h, &old_calls);
	free(c->old_form);
	c->old_form = strbuf_detach(&b);
	new_form(&b, hook, &new_calls);
	free(c->new_form);
	c->new_form = strbuf_detach(&b);
	strlist_free(&old_calls);
	strlist_free(&new_calls);
}
