/* SPDX-License-Identifier: GPL-2.0-only */
/* Inside cmd/: what prove is asked for and what it prints. */
#ifndef MMAPCONV_CMD_PROVE_H
#define MMAPCONV_CMD_PROVE_H

#include "cmd/cmd.h"
#include "pairs/pairs.h"

/* One FILE:FUNC of the command line. */
struct prove_name {
	const char *arg;
	char *file, *function;		/* of the tree */
	char *path;			/* outside of it, whose text is read instead; or NULL */
	struct read_instead instead;
};

/* 0, or EXIT_USAGE after a message; prove_name_free() always. */
int prove_name_parse(const char *arg, const struct tree *t, const struct pairs *p, struct prove_name *n);
void prove_name_free(struct prove_name *n);

/* Say that a name is none, and which may have been meant. */
void prove_name_missing(const struct pairs *p, const struct prove_name *n, const struct pair_side *side,
			const char *error);

/* old_name, new_name: as to be shown, "FILE:FUNC". */
void prove_print_text(const struct proof *proof, const char *old_name, const char *new_name, bool colour);
struct json_object *prove_to_json(const struct proof *proof, const char *old_name, const char *new_name,
				  const struct arch *arch);

/* Each selected handler against itself; an exit status. */
int prove_self(struct options *opt);
/* The exit status of a verdict. */
int prove_status(enum prove_verdict v);

#endif
