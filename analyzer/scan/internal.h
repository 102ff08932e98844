/* SPDX-License-Identifier: GPL-2.0-only */
/* What the steps of scan/ hand to each other. */
#ifndef MMAPCONV_SCAN_INTERNAL_H
#define MMAPCONV_SCAN_INTERNAL_H

#include "scan/dispatch.h"
#include "scan/scan.h"
#include "tree/search.h"
#include "workers/workers.h"

/* A reading with errors that its precompiled header may be to blame for: to be read again without. */
struct doubt {
	const struct arch *arch;
	unsigned rank;			/* see struct turn */
	bool now;			/* before anything else is tried */
	bool asked;
	struct strlist errors;
};

/* A file that libclang reads, and its best reading so far. */
struct scan_file {
	char *file;
	const struct arch *arch;	/* of reading */
	struct strlist functions;	/* handlers that the text says are defined here, dispatchers */
	struct reading reading;		/* unit.file is NULL until it was read */
	VEC(struct reading) more;	/* on other architectures: functions that reading has not */
	bool done;			/* no other architecture is tried */
	bool again;			/* on the same architecture: more functions are wanted */
	bool varies;			/* its flags depend on the architecture */
	unsigned tried, hinted;		/* bit per arch_table row */
	unsigned turns;			/* so far */
	unsigned rank;			/* of reading */
	bool no_pch;			/* reading was made after one with a precompiled header */
	bool innocent;			/* … that had the same errors */
	VEC(struct doubt) doubts;	/* the lowest rank first */
};

/* A place where a function is put into a field. */
struct install {
	char *field;			/* "tag.name" */
	char *table, *value, *how, *file;
	unsigned line;
	char *def_file;			/* where value is defined; NULL: not found */
	const struct text_site *text;	/* what the text says there, or NULL */
	bool confirmed;			/* libclang saw it */
	bool no_function;		/* the value is none: an expression */
	const struct fops_site *site;	/* where no_function was seen, or NULL */
	bool answered;			/* … but it is a parameter, and the callers say what it is */
	bool asked;			/* the text asked libclang to read this file */
};

/* A field, and how tier 1 gets to it. */
struct scan_field {
	const char *name;		/* "tag.name" */
	bool reached;			/* or it is the tier 1 field itself */
	struct strlist from;		/* ids of tier 1 handlers */
};

struct scan {
	const struct tree *tree;
	struct flags_db *flags;
	const struct scan_options *opt;
	struct search search;
	struct dispatch *dispatch;
	struct kept *kept;		/* readings of other runs, or NULL */
	struct strlist peers;		/* names of handlers that may move with a selected one */
	bool wide;			/* tier 2 is asked for, whose files can be anywhere */
	VEC(struct scan_file) files;	/* sorted by name */
	VEC(struct install) installs;
	struct strlist setters;		/* functions that install what they are given, sorted */
	struct text_arguments arguments;	/* of calls of those */
	VEC(struct scan_field) fields;	/* sorted by name, one for each of search.fields */
	struct strlist strange;		/* fields that get a vma and that the text does not know */
	struct inventory *inv;
};

/* scan.c: search the text; scan_close() frees what s holds, after an error too. */
int scan_search(struct scan *s);
void scan_close(struct scan *s);

/* choose.c: which files are read, for which functions. */
void scan_choose_files(struct scan *s);
struct scan_file *scan_file_find(struct scan *s, const char *file);
/* Have it read, for what it installs. */
struct scan_file *scan_add_file(struct scan *s, const char *file);
/* Want a function of a file too; true if it was not wanted yet.  s->files stays sorted. */
bool scan_want(struct scan *s, const char *file, const char *function);

/* hint.c: the architectures (bits) that have a header which this reading did not find. */
unsigned scan_hint(const struct scan *s, const struct unit *u);

/* The readings of a file, best first; NULL behind the last. */
const struct reading *scan_reading(const struct scan_file *f, size_t i);
/* Has a reading the body of a function that `file` defines, a header perhaps? */
bool scan_reading_has(const struct reading *r, const char *file, const char *function);
/* The best reading of a .c file that has it, or NULL. */
const struct reading *scan_reading_with(struct scan *s, const char *source, const char *file, const char *function);

/* A file (index), and how it is to be read next. */
struct turn {
	size_t file;
	const struct arch *arch;
	unsigned rank;			/* how many architectures came before: of equals the first is better */
	bool no_pch;
};

/*
 * turns.c: how a file is read next.  scan_next_turn(): false when its best reading is known;
 * scan_next_for_functions(): for what a file that is done lacks.
 */
bool scan_next_turn(struct scan_file *f, struct turn *t);
bool scan_next_for_functions(struct scan *s, struct scan_file *f, struct turn *t);
/* The functions that are to be read of a file, next. */
void scan_wanted_functions(const struct scan_file *f, struct strlist *functions);
/* Note a reading that is doubtful. */
void scan_doubt(struct scan_file *f, const struct turn *t, const struct unit *u);
/* Had this reading without a precompiled header the errors that it had with one? */
bool scan_doubt_was_idle(const struct scan_file *f, const struct turn *t, const struct unit *u);
void scan_drop_doubts(struct scan_file *f);

/* files.c: read the files that are not done, each on the architecture that reads it best. */
int scan_parse(struct scan *s);

/* installs.c: what both views say of sites, joined.  1: more files have to be read, then again; or 0 or -errno. */
int scan_collect(struct scan *s);
void scan_drop_installs(struct scan *s);
struct install *scan_add_install(struct scan *s, const char *tag, const char *field, const char *table,
				 const char *value, const char *how, const char *file, unsigned line);
/* Where a function is defined that `near` names; seen: what libclang says, or NULL.  NULL: nowhere. */
const char *scan_definition_file(struct scan *s, const char *name, const char *near, const char *seen);

/* arguments.c: installs of functions that are given to one that fills in the field; as scan_collect(). */
int scan_collect_arguments(struct scan *s);
struct scan_field *scan_field_find(struct scan *s, const char *name);

/* reach.c: which fields tier 1 handlers reach; reads more files when it has to. */
int scan_reach(struct scan *s);

/* handlers.c: installs to handlers with instances, definitions, declarations. */
void scan_join_tier_1(struct scan *s);
/* The fields that scan_reach() found; then, for both tiers, tables that are copied whole. */
void scan_join_tier_2(struct scan *s);
struct handler *scan_handler_find(struct scan *s, const char *file, const char *function);

/* rust.c */
void scan_join_rust(struct scan *s);

/* coverage.c: what became of each field that takes a vma. */
void scan_list_fields(struct scan *s);

/* judge.c: classification of every handler, with those that move together; swaps, copies. */
int scan_judge(struct scan *s);

/* found.c: selections that name functions, see scan_options.found. */
void scan_want_functions(struct scan *s);
/* -ENOENT after a message if a selection names nothing. */
int scan_check_selection(struct scan *s);
void scan_show_handler(struct scan *s, const struct handler *h, const struct reading *r);
void scan_show_functions(struct scan *s);

void scan_problem(struct scan *s, const char *file, unsigned line, const char *stage, const char *fmt, ...)
	__attribute__((format(printf, 5, 6)));

/* selected.c: is it a file or in a folder of the selection, or that of a function of it? */
bool scan_path_selected(const char *file, const struct strlist *only);
/* Does the selection name what a site installs: the function, its file, or the table's file? */
bool scan_site_selected(struct scan *s, const struct text_site *site);
/*
 * Handlers that call each other by name move together: who selects one gets them all read (s->peers).  By the names
 * in the text, which find ways that are none and miss none.
 */
void scan_find_peers(struct scan *s);

#endif
