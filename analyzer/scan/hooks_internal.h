/* SPDX-License-Identifier: GPL-2.0-only */
/* Inside scan/hooks*.c. */
#ifndef MMAPCONV_SCAN_HOOKS_INTERNAL_H
#define MMAPCONV_SCAN_HOOKS_INTERNAL_H

#include "scan/hooks.h"
#include "scan/internal.h"

/*
 * Something was not looked at: once for each place and text.  h: a hook of out that counts as not audited for it, or
 * NULL; mend: what can be done about it, no format.
 */
void hooks_problem(struct hooks *out, struct hook *h, const char *file, unsigned line, const char *mend,
		   const char *fmt, ...) __attribute__((format(printf, 6, 7)));
/* The same for what makes it less sure only. */
void hooks_doubt(struct hooks *out, const char *file, unsigned line, const char *mend, const char *fmt, ...)
	__attribute__((format(printf, 5, 6)));
#define HOOKS_BY_HAND "look at it by hand"

/* search_more(), with the text of files that are read from another place. */
int hooks_search(struct scan *s, const struct text_query *q, const struct strlist *words, struct text_facts *facts);
/*
 * What the text of all files says of these names: where tables (may be NULL) are filled in, where functions (sorted)
 * are defined.  facts: zeroed by the caller.  0 or -EINTR.
 */
int hooks_find_text(struct scan *s, const struct strlist *tables, const struct strlist *functions,
		    struct text_facts *facts);
/* The definition of a function that `near` means, or NULL. */
const struct text_function *hooks_definition(const struct text_facts *facts, const char *name, const char *near);

/* search_arguments(), with the text of files that are read from another place. */
int hooks_arguments(struct scan *s, const struct strlist *files, const struct strlist *names,
		    struct text_arguments *out);

/* hooks_uses.c: macros of headers that make a hook's name, macros that use those, and where they are used. */
struct hook_macro { char *name, *file; };
struct hook_uses {
	VEC(struct hook_macro) macros;
	struct text_arguments list;
};
typedef bool hook_site_test(struct scan *s, const struct text_site *site, const void *ctx);
/*
 * The uses of those in whose bodies a site is open; the .c files are added to what is read.  u: zeroed by the caller,
 * hook_uses_free() frees, after an error too.  0 or a negative errno.
 */
int hook_uses_find(struct scan *s, const struct text_facts *sites, hook_site_test *is_open, const void *ctx,
		   struct hook_uses *u);
/* Is it one of them, and its first argument? */
bool hook_use_is_first(const struct hook_uses *u, const struct text_argument *use);
/* What libclang saw made there: from *at = 0 on, NULL behind the last. */
const struct fops_site *hook_use_made(struct scan *s, const struct text_argument *use, size_t *at);
void hook_uses_free(struct hook_uses *u);

/* Does a selection name this function, its file or a folder of it? */
bool hook_selected(const struct strlist *only, const char *file, const char *function);

/* hooks_find.c: fill in out->list, without contracts: the tree's hooks, and selected handlers.  0 or a negative errno. */
int hooks_find(struct hooks *out);
void hooks_from_handlers(struct hooks *out, const struct inventory *legacy);

/* hooks_functions.c: read the hooks of out, their tables, callbacks and callees.  0 or a negative errno. */
int hooks_read_functions(struct hooks *out);
/* Where the body of f was read, in its own file or, for a header's, in one of those where h is installed; or NULL. */
const struct reading *hook_reading(struct scan *s, const struct hook *h, const struct hook_function *f);

/* hooks_touched.c: can what a patch changes be of a hook in a file that it does not?  Drop those it has nothing to do with. */
bool hooks_may_be_elsewhere(const struct scan_options *opt);
void hooks_keep_touched(struct hooks *out);
/* hooks.c: what it owns, not itself. */
void hook_free(struct hook *h);

/* hooks_lost.c: say what of the hooks, their tables, callbacks and callees was not read, or with errors. */
void hooks_say_lost(struct hooks *out);

#endif
