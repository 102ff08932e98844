/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Proof: does a hook do to every request what the legacy handler did?  Two contracts in, a verdict out.
 *
 * The hook's is completed with what the core does after it: the action, error_override, mapped, close.  Then
 * every pair of paths that one request can take is compared: result, mapping, population, and what each does to
 * the world, in order.  Conditions are Z3's, at C's widths.  An answer that nobody gives is unknown.
 */
#ifndef MMAPCONV_PROVE_PROVE_H
#define MMAPCONV_PROVE_PROVE_H

#include "contract/contract.h"

enum prove_verdict { PROVE_EQUAL, PROVE_EQUAL_BUT, PROVE_DIFFERS, PROVE_UNKNOWN };
/* "equal", "equal-but", "differs", "unknown" */
const char *prove_verdict_name(enum prove_verdict v);

/* A function that the core calls for the mapping, with its parameters' names as the source has them. */
struct prove_function {
	const struct contract *contract;	/* NULL: there is none */
	const struct initials *initials;	/* of its file's variables */
	struct strlist params;
};

/* A vm_ops table that the side installs on some path. */
struct prove_table {
	char *name;
	bool seen;				/* what it holds is known; else whether it has these is not */
	struct prove_function mapped, open, close;
};

/* A function that a hook leaves in action.error_hook (Linux 6.19 to 7.1). */
struct prove_error_hook { char *name; struct prove_function function; };

/* A function that the side hands its mapping on to, and that moves along or stays: of another file. */
struct prove_peer { char *name; const struct contract *contract; const struct initials *initials; };

/* One of the two: a legacy handler or a hook. */
struct prove_side {
	const char *file, *function;		/* for messages */
	const struct contract *contract;
	const struct initials *initials;	/* of its file's variables, with which they are initialised */
	bool is_hook;				/* it takes a struct vm_area_desc */
	VEC(struct prove_table) tables;		/* by name; contracts are the caller's */
	VEC(struct prove_peer) peers;		/* also what these hand it on to */
	VEC(struct prove_error_hook) error_hooks;	/* those of prove_error_hooks(), in its order */
};

/* Names of functions that it leaves in action.error_hook on some path; each once. */
void prove_error_hooks(const struct contract *c, struct strlist *names);

/* The kinds of differences that a right conversion may have: difference.c has the one table. */
struct difference_kind { const char *name, *text; };
extern const struct difference_kind difference_kinds[];

struct difference { const struct difference_kind *kind; unsigned line; char *detail; };	/* detail: or NULL */

struct proof {
	enum prove_verdict verdict;
	VEC(struct difference) differences;	/* EQUAL_BUT: at least one, in the table's order, each kind once */
	/* DIFFERS: a request ("pgoff=1, size=0x2000, flags=VM_SHARED|VM_WRITE, dev->size=0x1000"), what each side does. */
	char *request, *old_does, *new_does;
	char *reason;				/* UNKNOWN: one sentence */
	unsigned line;				/* UNKNOWN: of the new side, where old_side is not set; or 0 */
	bool old_side;
	/* Pairs of paths compared; questions Z3 was asked, and those that it did not decide in the steps it has. */
	unsigned pairs, questions, undecided;
	VEC(uint32_t) took;			/* each question, in microseconds of processor time; in no particular order */
};

/* Compare.  page_shift: of the units.  Never fails; what cannot be decided is unknown.  proof_free() frees. */
void prove(const struct prove_side *old, const struct prove_side *new_side, unsigned page_shift, struct proof *p);
void proof_free(struct proof *p);

#endif
