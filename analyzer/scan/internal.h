/* SPDX-License-Identifier: GPL-2.0-only */
/* What the steps of scan/ hand to each other. */
#ifndef MMAPCONV_SCAN_INTERNAL_H
#define MMAPCONV_SCAN_INTERNAL_H

#include "scan/scan.h"
#include "tree/search.h"
#include "workers/workers.h"

/* A file that libclang reads, and its best reading so far. */
struct scan_file {
	char *file;
	const struct arch *arch;	/* of reading */
	struct strlist functions;	/* handlers that the text says are defined here */
	struct reading reading;		/* unit.file is NULL until it was read */
	bool done;			/* no other architecture is tried */
	unsigned tried;			/* bit per arch_table row */
};

struct scan {
	const struct tree *tree;
	struct flags_db *flags;
	const struct scan_options *opt;
	struct search search;
	VEC(struct scan_file) files;	/* sorted by name */
	struct inventory *inv;
};

/* files.c: which files, and read them, on the architecture that reads each best. */
void scan_choose_files(struct scan *s);
int scan_parse(struct scan *s);
struct scan_file *scan_file_find(struct scan *s, const char *file);

/* handlers.c: sites and definitions of both views to handlers with instances. */
void scan_join(struct scan *s);
struct handler *scan_handler_find(struct scan *s, const char *file, const char *function);

/* rust.c */
void scan_join_rust(struct scan *s);

/* judge.c: classification of every handler; callers, swaps, copies. */
int scan_judge(struct scan *s);

void scan_problem(struct scan *s, const char *file, unsigned line, const char *stage, const char *fmt, ...)
	__attribute__((format(printf, 5, 6)));
bool scan_path_selected(const char *file, const struct strlist *only);

#endif
