/* SPDX-License-Identifier: GPL-2.0-only */
/* The kernels' configuration: what every guest needs (base.config) and what the subjects ask for. */
#ifndef MMAPCONV_BOOT_CONFIG_H
#define MMAPCONV_BOOT_CONFIG_H

#include "subjects.h"
#include "tree/kbuild.h"

/* A line that was asked for: CONFIG_NAME=value. */
struct config_wish {
	char *name;			/* without CONFIG_ */
	char *value;			/* "y", "n", "17", "\"selinux\"" */
	struct strlist of;		/* the subjects that ask for it, or "base" */
	bool refused;			/* kconfig has another value for it: a dependency is off, or it does not exist */
};
VEC_DECLARE(config_wishes, struct config_wish);

/*
 * What base and the subjects ask for, sorted by name.  base: text of lines CONFIG_NAME=value and comments.
 * 0, or -EINVAL with *why (the caller frees): a line of base is none, or two want different values.
 * config_wishes_free() in every case.
 */
int config_wishes_make(struct config_wishes *w, const char *base, const struct boot_subjects *list, char **why);
void config_wishes_free(struct config_wishes *w);

/* The lines for kconfig; the caller frees. */
char *config_text(const struct config_wishes *w);

/* Set `refused` from what kconfig made of them: the text of a .config. */
void config_check(struct config_wishes *w, const char *config);

/*
 * Configure kb->dir: everything off but the wishes and what they select; then config_check().
 * 0, or a negative errno with *why.
 */
int config_apply(struct config_wishes *w, const struct kbuild *kb, char **why);

#endif
