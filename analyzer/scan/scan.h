/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The way from a tree to its inventory: search the text, parse what it names, join both views into
 * handlers, build contracts, classify.
 */
#ifndef MMAPCONV_SCAN_SCAN_H
#define MMAPCONV_SCAN_SCAN_H

#include "contract/contract.h"
#include "inventory.h"
#include "tree/flags.h"
#include "tree/tree.h"

/* A function that a selection names, with its contract; pointers hold during the call only. */
struct scan_found {
	const char *file, *function;
	const struct unit *unit;		/* without nodes */
	const struct contract *contract;
	const struct handler *handler;		/* NULL: it is none */
};

struct cache;
struct read_instead;
struct scan_options {
	unsigned jobs;
	unsigned parse_timeout_s;	/* processor seconds a file; 0: the default */
	bool no_pch;
	struct cache *cache;		/* NULL: nothing is remembered */
	/* Files whose text is another one than the tree's (of hooks_read() only), or NULL. */
	const struct read_instead *instead;
	size_t nr_instead;
	const struct strlist *only;	/* "FILE:FUNC", "FILE" or "DIR"; NULL or empty: everything */
	const struct strlist *maybe;	/* of these, what may name nothing; NULL: none */
	/*
	 * Called with each selected handler that was read.  With it a FILE:FUNC may name any
	 * function of a .c file; it is shown, and not in the inventory if it is no handler.
	 */
	void (*found)(const struct scan_found *f, void *ctx);
	void *found_ctx;
};

/*
 * Fill in inv (zeroed by the caller; inventory_free() frees).  Returns 0, -EINTR, -ENOENT when a
 * selection names nothing (message printed), or another negative errno after a message.  Files
 * that cannot be read or parsed are in inv->problems and are no error here.
 */
int scan_tree(const struct tree *t, struct flags_db *flags, const struct scan_options *opt,
	      struct inventory *inv);

/* Does a handler belong to a selection? */
bool scan_selected(const struct handler *h, const struct strlist *only);

#endif
