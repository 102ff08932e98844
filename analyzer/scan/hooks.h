/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The other arrow out of scan/: functions that set up a mapping (the tree's mmap_prepare hooks, or legacy
 * handlers), each with its contract, the vm_ops tables that it installs and the contracts of their callbacks.
 * audit/ reads nothing else.
 */
#ifndef MMAPCONV_SCAN_HOOKS_H
#define MMAPCONV_SCAN_HOOKS_H

#include "scan/scan.h"

/* A function as it was read.  contract is NULL: it could not be. */
struct hook_function {
	char *name, *file;			/* file: NULL, nobody knows where it is defined */
	unsigned line;				/* its own, or where the text names it */
	const struct contract *contract;
	const struct unit *unit;		/* where it was read: flags, vm_ops; without nodes */
};

/* A callback of a vm_operations_struct, or a function that gets the hook's descriptor. */
struct hook_callback { char *field; struct hook_function fn; };

struct hook_table {
	char *name, *file;			/* file: NULL, it was not found */
	unsigned line;
	VEC(struct hook_callback) callbacks;	/* mapped, open, close, may_split, the faults, in that order */
};

/* A place where the hook is installed. */
struct hook_site { char *field, *table, *file; unsigned line; };

struct hook {
	struct hook_function fn;
	bool legacy;				/* a handler with a vma */
	VEC(struct hook_site) sites;
	VEC(struct hook_table) tables;		/* that it installs, sorted by name */
	VEC(struct hook_function) callees;	/* functions elsewhere that get its descriptor */
	struct strlist lost;			/* why it counts as not audited, though findings may be right; empty: it was */
};

/*
 * Something that could not be looked at, or not whole: what, and what can be done about it.  lost: what is said of
 * hooks lacks it; else it is less sure for it.
 */
struct hook_problem { char *file, *text, *mend; unsigned line; bool lost; };

struct scan;
struct hooks {
	VEC(struct hook) list;			/* sorted by file, then function */
	VEC(struct hook_problem) problems;
	struct strlist fields;			/* "tag.name" of the fields for hooks */
	const struct read_instead *instead;	/* as in the options: whose text is another one */
	size_t nr_instead;
	bool all;				/* while they are read: those that nothing selects as well */
	unsigned nr_sites;			/* places that install one, all of the tree's */
	struct scan *scan;			/* holds what the pointers lead to */
};

/*
 * Read all hooks of the tree that opt->only selects, and of `legacy` (or NULL) the selected handlers that are functions
 * of C.  out is zeroed by the caller; hooks_free() frees, after an error too.  A field that holds something else than a
 * function's name, a function that nobody defines, and what could not be read, or was read with errors, are in problems.
 * Returns 0, -EINTR, -ENOENT when a selection names no hook (message printed), or another negative
 * errno after a message.
 */
int hooks_read(const struct tree *t, struct flags_db *flags, const struct scan_options *opt,
	       const struct inventory *legacy, struct hooks *out);
void hooks_free(struct hooks *h);

/* How many hooks were not read whole; with problems that belong to no hook, the reasons for status 3. */
size_t hooks_lost(const struct hooks *h);
bool hooks_lost_any(const struct hooks *h);

/* The callback of a table, or NULL: it has none. */
const struct hook_function *hook_callback(const struct hook_table *t, const char *field);
const struct hook_table *hook_table(const struct hook *h, const char *name);

#endif
