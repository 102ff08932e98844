/* SPDX-License-Identifier: GPL-2.0-only */
/* The actions of `mmapconv hand`. */
#ifndef MMAPCONV_CMD_HAND_H
#define MMAPCONV_CMD_HAND_H

#include "cmd/cmd.h"

/* What was found of one patch, or of one judgement. */
enum hand_finding {
	HAND_AS_CLAIMED,
	HAND_NOT_AS_CLAIMED,		/* it does not apply, fails a check, or proves something else than it claims; other code was read */
	HAND_NOT_SEEN,			/* it could not be looked at as a whole */
};

struct json_object;

struct hand_result {
	const char *name;
	const struct shelf_patch *patch;	/* or */
	const struct shelf_judgement *judged;
	const struct hand_patch *record;	/* of the inventory; NULL: it does not concern the tree */
	enum hand_finding finding;
	char *text;				/* one line */
	char *mail;				/* as the shelf keeps it, where all checks passed; or NULL */
	struct strlist surprises;
	struct strlist broken, unread;		/* of the audit: rules that its hooks break; what was not read */
};
VEC_DECLARE(hand_results, struct hand_result);

/* Exit statuses; names: of the patches that are asked for, all if there is none. */
int hand_list(struct job *j, const struct strlist *names);
int hand_check(struct job *j, const struct strlist *names);
int hand_refresh(struct job *j, const struct strlist *names);

/* hand_judged.c: what became of a judgement, whose result this is. */
void hand_result_judge(const struct job *j, struct hand_result *r);
/* A line, or an object, with the others of `list`; true: the tree has the code that was read. */
bool hand_list_judgement(const struct job *j, const struct shelf_judgement *g, struct json_object *list);

/* hand_check.c: apply, compile, check and prove them: one result each, in the shelf's order.  0, or an exit status. */
int hand_look(struct job *j, const struct strlist *names, struct hand_results *results);
int hand_status(const struct job *j, const struct hand_results *results);
void hand_print_json(const struct job *j, const struct hand_results *results);
void hand_results_free(struct hand_results *r);

/*
 * hand_audit.c: what `check --diff` says of the hooks that the patches touch, once all of them are applied: into the results of
 * those whose hooks they are, and whose metadata does not know it.  scratch: where the patches are.  0, or an exit status.
 */
int hand_audit(struct job *j, const char *scratch, struct hand_results *results);

/* A folder below TMPDIR, or NULL after a message.  The caller removes and frees it. */
char *hand_scratch(void);
/* "a.c:a_mmap", "b.c:b_mmap": what it converts, for a table; caller frees. */
char *hand_converts(const struct shelf_patch *p);

#endif
