/* SPDX-License-Identifier: GPL-2.0-only */
/* What the files of rules share. */
#ifndef MMAPCONV_AUDIT_INTERNAL_H
#define MMAPCONV_AUDIT_INTERNAL_H

#include "audit/audit.h"
#include "contract/smt.h"

/* One hook under audit. */
struct audit {
	const struct tree *tree;
	const struct hooks *hooks;
	const struct hook *hook;
	const struct contract *c;	/* the hook's */
	struct findings *out;
};

/* One group of rules: a file audit_NAME.c, and a row of audit.c. */
void audit_state(struct audit *a);
void audit_mapped(struct audit *a);
void audit_close(struct audit *a);
void audit_merge(struct audit *a);
void audit_fault(struct audit *a);
void audit_actions(struct audit *a);
void audit_fields(struct audit *a);
void audit_legacy(struct audit *a);

/*
 * A new finding in a line of f, at the word `at` (NULL: at the line's first).  NULL: that rule was said to be
 * broken there before, on another path or by another hook.  The pointer holds until the next one.
 */
struct finding *finding_new(struct audit *a, const char *rule, const struct hook_function *f, unsigned line,
			    const char *at, enum sure sure, const char *fmt, ...)
	__attribute__((format(printf, 7, 8)));
/* Add a path of f to what shows it: the conditions that matter and what it does; up to that effect, or NULL: all. */
void finding_path(struct finding *n, const struct hook_function *f, const struct path *p, const struct effect *last);
/* Add a line: what the core does then. */
void finding_then(struct finding *n, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* SURE_CERTAIN, or LIKELY where the function was not read without errors or is not modelled to its end. */
enum sure sure_of(const struct hook_function *f);

/* reads.c: the table that stands in vm_ops when the path ends, or NULL: none that is known. */
const struct hook_table *path_table(const struct audit *a, const struct path *p);
/* Can the condition hold where all that the path has tested does?  Z3 decides; a time-out is unknown. */
enum smt_answer path_allows(const struct audit *a, const struct path *p, term_t condition);
/* The last thing on the path that asks for an action (of the hook, or of a function that gets its descriptor), or NULL. */
const struct effect *path_action(const struct audit *a, const struct path *p);
/* The function of another file that an effect hands the descriptor to, if it was read; or NULL. */
const struct hook_function *callee_of(const struct audit *a, const struct effect *e);
/* Does a function of another file ask for one, too?  NULL: e is no call of such a function. */
const struct effect *callee_action(const struct audit *a, const struct effect *e);
/* What a path leaves behind: taken and kept, given back without being taken, stored; in order.  false: nothing more. */
bool path_leaves(const struct contract *c, const struct path *p, size_t *at, const struct effect **e);
/* Is it something that has to be balanced: a reference, a count, a list entry, memory? */
bool is_counted(const struct contract *c, const struct effect *e);
/* The first of what any path that succeeds leaves behind that is counted; up: taken, or given back.  NULL: none. */
const struct effect *leaves_counted(const struct contract *c, bool up, const struct path **where);
/* Does a store add to (or take from) what stood there? */
bool store_counts(const struct contract *c, const struct effect *e, bool up);
/* The request's symbol of that name, or 0. */
term_t symbol_of(const struct contract *c, const char *name);
/* The symbol at the bottom of an address: "private_data", a global's name; or NULL. */
const char *root_of(const struct contract *c, term_t address);
/* Can the path be taken by a mapping whose private data is NULL? */
bool path_without_data(const struct contract *c, const struct path *p);

#endif
