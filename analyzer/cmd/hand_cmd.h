/* SPDX-License-Identifier: GPL-2.0-only */
/* The actions of `mmapconv hand`. */
#ifndef MMAPCONV_CMD_HAND_H
#define MMAPCONV_CMD_HAND_H

#include "cmd/cmd.h"

/* What was found of one patch. */
enum hand_finding {
	HAND_AS_CLAIMED,
	HAND_NOT_AS_CLAIMED,		/* it does not apply, fails a check, or proves something else than it claims */
	HAND_NOT_SEEN,			/* it could not be looked at as a whole */
};

struct hand_result {
	const struct shelf_patch *patch;
	const struct hand_patch *record;	/* of the inventory; NULL: it does not concern the tree */
	enum hand_finding finding;
	char *text;				/* one line */
	char *mail;				/* as the shelf keeps it, where all checks passed; or NULL */
	struct strlist surprises;
};
VEC_DECLARE(hand_results, struct hand_result);

/* Exit statuses; names: of the patches that are asked for, all if there is none. */
int hand_list(struct job *j, const struct strlist *names);
int hand_check(struct job *j, const struct strlist *names);
int hand_refresh(struct job *j, const struct strlist *names);

/* hand_check.c: apply, compile, check and prove them: one result each, in the shelf's order.  0, or an exit status. */
int hand_look(struct job *j, const struct strlist *names, struct hand_results *results);
int hand_status(const struct job *j, const struct hand_results *results);
void hand_print_json(const struct job *j, const struct hand_results *results);
void hand_results_free(struct hand_results *r);

/* A folder below TMPDIR, or NULL after a message.  The caller removes and frees it. */
char *hand_scratch(void);
/* "a.c:a_mmap", "b.c:b_mmap": what it converts, for a table; caller frees. */
char *hand_converts(const struct shelf_patch *p);

#endif
