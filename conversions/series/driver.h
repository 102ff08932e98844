/* SPDX-License-Identifier: GPL-2.0-only */
/* One patch to be: a driver's handlers, or a hand-finished patch. */
#ifndef MMAPCONV_CONVERSIONS_SERIES_DRIVER_H
#define MMAPCONV_CONVERSIONS_SERIES_DRIVER_H

#include "inventory.h"
#include "series/address.h"

struct driver {
	VEC(struct handler *) handlers;	/* in the inventory's order; none: a prerequisite of others */
	struct strlist patches;		/* below OUT, in their order */
	struct strbuf *texts;		/* of the patches */
	struct strlist files;		/* that they touch, sorted */
	struct hand_patch *hand;	/* a hand-finished patch of the inventory; NULL: it is none, or of none that is known */
	bool generated;			/* false: hand-finished, its message is its own */
	struct strlist prerequisites;	/* patches below OUT that have to come before */
	VEC(size_t) after;		/* drivers, by index, that have to come before */
	bool selected;
	char *left_out;			/* why it is in no posting, or NULL */

	/* From MAINTAINERS. */
	struct recipients to, cc;
	char *tree;			/* "git git://…/char-misc.git", or NULL */
	char *subsystem;		/* "HYPER-V", or NULL */
	size_t group;			/* drivers that stand on one another share it */

	/* From its place in a posting. */
	char *subject, *commit, *id;	/* id: its message's */
	struct strbuf mail;		/* as format-patch gives it, then as it is to be sent */
	struct strlist notes;		/* for below the "---", besides the verification */
	struct checks checks;
	char *name;			/* of the mail's file */
};
VEC_DECLARE(drivers, struct driver);

/*
 * Put the converted handlers of inv together: those that share a file or a module, directly or through
 * a third, are one driver.  A patch that cannot be read, or that differs in a boot, makes its driver one that is left
 * out.
 */
void drivers_make(struct drivers *d, struct inventory *inv, const char *out);
void drivers_free(struct drivers *d);

/*
 * Mark what is asked for, and the prerequisites of that: names of files, folders, handlers
 * (FILE:FUNCTION), patterns as in a shell over any of them; all if only is NULL or empty.  Returns
 * how many drivers are marked.
 */
size_t drivers_select(struct drivers *d, const struct strlist *only);

#endif
