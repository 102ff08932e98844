/* SPDX-License-Identifier: GPL-2.0-only */
/* Inside pairs/: files as they are read, each once for an architecture. */
#ifndef MMAPCONV_PAIRS_INTERNAL_H
#define MMAPCONV_PAIRS_INTERNAL_H

#include "pairs/pairs.h"
#include "tree/search.h"

/* A file on an architecture. */
struct pair_file {
	char *file;				/* owned */
	const struct read_instead *instead;
	size_t nr_instead;
	const struct arch *arch;
	struct strlist functions;		/* wanted so far */
	const struct compile_command *command;	/* NULL: it is not built there */
	struct reading reading;
	bool done, no_pch;			/* done: reading has all functions */
};

/* The table of a name that a file does not hold itself, and where such a one is. */
struct far_table { char *name; struct strlist files; };

struct pairs {
	struct pairs_options opt;
	struct search search;
	struct kept *kept;			/* readings of other runs, or NULL */
	VEC(struct pair_file *) files;
	VEC(struct far_table) tables;
};

/* files.c: the source, added if it is new. */
struct pair_file *pair_file_get(struct pairs *p, const char *file, const struct read_instead *instead, size_t nr,
			  const struct arch *arch);
/* Want a function of it; true when it has to be read again for that. */
bool pair_file_want(struct pair_file *s, const char *function);
/* Read what is not done.  0, -EINTR, or a negative errno after a message. */
int pair_files_read(struct pairs *p);
bool pair_file_is_of(const struct pair_file *s, const struct pair_side *side);
void pair_file_free(struct pair_file *s);
/* What its contract of a function is, if the function is defined there: or NULL. */
const struct contract *pair_file_contract(const struct pair_file *s, const char *function);

/*
 * elsewhere.c: which .c files define a table, or a function with a vma parameter, that other files can name.  Of
 * several an architecture builds one: mm/filemap.c or mm/nommu.c.
 */
void elsewhere_tables(struct pairs *p, const struct strlist *names);
const struct strlist *elsewhere_table(const struct pairs *p, const char *name);
void elsewhere_function(const struct search *s, const char *name, struct strlist *files);

/*
 * tables.c: what a table has that a function of a file installs.  *asked: set when something was asked for, which
 * is missing as long as it is not read.
 */
void table_fill(struct pairs *p, struct pair_file *from, const char *name, struct prove_table *out, bool *asked);

/*
 * peers.c: the functions of other files that the mapping is handed on to, and where they are; those that cannot be told
 * are left out.  True when something was asked for.
 */
struct peer_place { const char *name; struct pair_file *file; };
VEC_DECLARE(peer_places, struct peer_place);
bool peers_fill(struct pairs *p, struct prove_side *s, struct pair_file *from, struct peer_places *places);
/* tables.c: another file on the same architecture, with what the side's files are read instead of. */
struct pair_file *pair_other_file(struct pairs *p, const struct pair_file *from, const char *file);

/* A function of the file itself; no contract: there is none, or it was asked for. */
void function_fill(struct pair_file *from, const char *name, struct prove_function *f, bool *asked);

/*
 * sides.c: fill a side in from its source; what it needs of other files is asked for, and missing as long as
 * it is not read.  True when something was asked for.
 */
bool side_fill(struct pairs *p, struct pair_side *s, struct pair_file *from);
/* Does the function take a struct vm_area_struct? */
bool side_takes_vma(const struct pair_side *s, const struct pair_file *from);
void side_free(struct prove_side *s);

#endif
