/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Audit: contracts in, findings out.  It reads the tree's mmap_prepare hooks with their vm_ops' mapped, open, close
 * and faults (and, if asked, the legacy handlers), and reports what breaks a rule of the conversion.  It says
 * nothing of what it cannot show: a finding has a path.
 */
#ifndef MMAPCONV_AUDIT_AUDIT_H
#define MMAPCONV_AUDIT_AUDIT_H

#include <stdio.h>
#include "scan/hooks.h"

/*
 * CERTAIN: the path can be taken and does harm.  LIKELY: it does, unless what could not be seen says otherwise.
 * LOOK: a person has to judge whether it matters here.
 */
enum sure { SURE_CERTAIN, SURE_LIKELY, SURE_LOOK };

/* A rule that can be broken: a row of rules.c. */
struct audit_rule {
	const char *code, *name;	/* "R3", "close-without-mapped" */
	const char *what;		/* one sentence: what goes wrong */
	const char *mend;		/* and what to do about it */
	bool legacy;			/* of legacy handlers */
};
extern const struct audit_rule audit_rules[];	/* ends with a NULL code */

struct finding {
	const struct audit_rule *rule;
	char *file, *function;		/* of the hook or callback that is wrong */
	unsigned line, col;
	char *hook;			/* "file:function" */
	char *text;
	struct strlist path;		/* how to get there, a line each */
	enum sure sure;
};
VEC_DECLARE(findings, struct finding);

/* All that is wrong with the hooks and handlers, sorted by place, then rule.  findings_free() frees. */
void audit_hooks(const struct tree *t, const struct hooks *hooks, struct findings *out);
/*
 * The tables of a file that have a mmap handler with the patch and had not without: what a patch makes new.  Texts
 * of the file, before (may be NULL) and after; findings are added at the end.
 */
void audit_new_users(const char *file, const struct strbuf *before, const struct strbuf *after, struct findings *out);
void findings_free(struct findings *list);

const char *sure_word(enum sure s);

/* What was found, for a person; the same with what was looked at, for a program. */
void audit_print(FILE *to, const struct findings *list);
struct json_object;
struct json_object *audit_to_json(const struct tree *t, const struct hooks *hooks, const struct findings *list);

#endif
