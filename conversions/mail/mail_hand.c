// SPDX-License-Identifier: GPL-2.0-only
/* What is to be known of a hand-finished patch, of mail.h: for below its "---", where it is not history. */
#include <stdlib.h>
#include <string.h>

#include "mail/mail.h"

/* The rules of a right conversion, in a few words each. */
static const struct { const char *code, *words; } rules[] = {
	{ "R1", "the hook leaves no trace" },
	{ "R2", "what was checked under a lock is checked again in mapped" },
	{ "R3", "close may run although mapped did not" },
	{ "R4", "what is mapped is visible before mapped runs" },
	{ "R5", "open is not called by hand" },
	{ "R6", "a mapping may merge" },
	{ "R7", "the protection is captured with the action" },
	{ "R8", "the offset adds to the physical address" },
	{ "R9", "a private writable mapping of PFNs" },
	{ "R10", "less than the whole is mapped" },
	{ "R11", "one action a descriptor" },
	{ "R12", "errors that user space sees" },
	{ "R13", "vm_ops start as the dummy ones" },
	{ "R14", "vm_file is replaced" },
	{ "R15", "fields that the core reads only" },
	{ "R16", "flags" },
	{ "R17", "definitions under #ifdef" },
	{ "R18", "callers by name" },
	{ "R19", "file operations are swapped while files are open" },
	{ "R20", "the vma is kept" },
	{ "R21", "fault reads the offset" },
	{ "R22", "PFNs inserted one by one" },
	{ "R23", "a loop over pages" },
	{ "R24", "built without an MMU" },
	{ "R25", "pages of the kernel" },
	{ "R26", "reached through the compatibility path" },
	{ "R27", "used beside the core" },
	{ "R28", "nothing is lost" },
};

static const char *words_of(const char *code)
{
	size_t i;

	for (i = 0; i < sizeof(rules) / sizeof(*rules); i++)
		if (!strcmp(rules[i].code, code))
			return rules[i].words;
	return "of mmapconv";
}

static void add_origin(struct strbuf *b, const struct hand_patch *p)
{
	const char *what = !strcmp(p->kind, "fix") ? "a fix" : !strcmp(p->kind, "core") ? "a change of the core" :
			   !strcmp(p->kind, "preparation") ? "a preparation, of form only" : "a conversion";
	char *text = xasprintf("written by hand for Linux %s, kept as %s: %s%s%s", p->release, p->name, what,
			       p->class_name ? " of class " : "", p->class_name ? p->class_name : "");

	mail_wrap(b, "mmapconv: ", "  ", text);
	free(text);
}

static void add_rules(struct strbuf *b, const struct hand_patch *p)
{
	struct strbuf t = { 0 };
	size_t i;

	if (!p->rules.nr)
		return;
	strbuf_adds(&t, "what mattered: ");
	for (i = 0; i < p->rules.nr; i++)
		strbuf_addf(&t, "%s%s (%s)", i ? ", " : "", words_of(p->rules.items[i]), p->rules.items[i]);
	mail_wrap(b, "mmapconv: ", "  ", t.s);
	strbuf_free(&t);
}

static void add_list(struct strbuf *b, const char *what, const struct strlist *l)
{
	size_t i;

	if (!l->nr)
		return;
	strbuf_addf(b, "mmapconv: %s\n", what);
	for (i = 0; i < l->nr; i++)
		mail_wrap(b, "  - ", "    ", l->items[i]);
}

void mail_hand(struct strbuf *b, const struct hand_patch *p, const struct handler *const *handlers,
	       const char *const *new_names, size_t nr)
{
	size_t i;

	add_origin(b, p);
	add_rules(b, p);
	add_list(b, "stands on", &p->prerequisites);
	add_list(b, "differences to know of", &p->differences);
	for (i = 0; i < nr; i++)
		mail_proof(b, handlers[i], new_names[i]);
	for (i = 0; i < nr; i++)
		mail_boot(b, handlers[i]);
	mail_checks(b, &p->checks);
	add_list(b, p->questions.nr > 1 ? "open questions" : "an open question", &p->questions);
}
