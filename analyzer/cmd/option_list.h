/* SPDX-License-Identifier: GPL-2.0-only */
/* The options: what --help says of each, and which commands take it. */
#ifndef MMAPCONV_CMD_OPTION_LIST_H
#define MMAPCONV_CMD_OPTION_LIST_H

#include <argp.h>

#include "base/mem.h"
#include "cmd/cmd.h"

/* Keys of options without a letter. */
enum { OPT_JSON = 256, OPT_NO_KBUILD, OPT_NO_PCH, OPT_NO_CACHE, OPT_PARSE_TIMEOUT, OPT_SPATCH_TIMEOUT,
       OPT_LIST_RULES, OPT_SELF, OPT_UNPROVED, OPT_LEGACY, OPT_DIFF, OPT_LIMIT, OPT_ONLY, OPT_CHECK, OPT_SIGNOFF, OPT_BUILD_TIMEOUT, OPT_BOOT_TIMEOUT, OPT_SHORT,
       OPT_SHELF, OPT_NO_SHELF, OPT_BASE, OPT_USAGE };

struct option_row {
	const char *name;		/* without dashes; NULL ends the list */
	int key;			/* its letter, or OPT_… */
	const char *arg;		/* what follows it, or NULL */
	const char *doc;
	unsigned needs;			/* bits of struct command: one that has any of them takes it; 0: all take it */
};
extern const struct option_row option_rows[];

/* NULL: no such key. */
const struct option_row *option_row_of(int key);
bool option_taken(const struct option_row *row, const struct command *c);
/* As it is typed: "-C", "--legacy".  The caller frees; so with the names of the commands that take it: "run, scan". */
char *option_spelling(const struct option_row *row);
char *option_takers(const struct option_row *row);
/* For argp: all of them, so that each is known, but only those that c takes are shown.  The caller frees. */
struct argp_option *option_argp_list(const struct command *c);

#endif
