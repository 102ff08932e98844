/* SPDX-License-Identifier: GPL-2.0-only */
/* The commands: one file each, one row in main.c's table; and the options that they share. */
#ifndef MMAPCONV_CMD_CMD_H
#define MMAPCONV_CMD_CMD_H

#include "inventory.h"
#include "series/series.h"
#include "shelf/shelf.h"
#include "tree/flags.h"
#include "tree/tree.h"

/* Exit statuses: the design's. */
enum { EXIT_DONE = 0, EXIT_FINDINGS = 1, EXIT_USAGE = 2, EXIT_FAILED = 3 };

struct options {
	const char *command;
	char *tree;				/* -C, as given */
	char *out;				/* -o, absolute once options_out() was called; or NULL */
	unsigned jobs;
	unsigned parse_timeout_s, spatch_timeout_s, build_timeout_s, boot_timeout_s;
	bool json, no_kbuild, no_pch, no_cache, quiet;
	bool list_rules;			/* of convert: only that */
	char *shelf, *base;			/* of convert, run and hand; of hand; or NULL */
	bool no_shelf;				/* of convert and run */
	bool converts;				/* the command does */
	bool unproved;				/* of convert and run: patches whose contract is unknown, too */
	bool few;				/* of boot: the short matrix of requests */
	bool self;				/* of prove: each handler against itself */
	char *diff;				/* of check: a patch's file */
	bool legacy;				/* of audit: handlers beside hooks */
	struct strlist args;			/* FILE:FUNC, FILE, DIR … */
	bool check, signoff;			/* of series; the next three, too */
	unsigned version, limit;
	struct strlist only;
};

/* What a command needs and does, and so the options that it takes: option_list.c. */
enum { NEEDS_TREE = 1, NEEDS_OUT = 2, TAKES_OUT = 4, TAKES_ARGS = 8, TAKES_SERIES = 16, TAKES_LIST_RULES = 32,
       TAKES_SELF = 64, TAKES_LEGACY = 128, TAKES_DIFF = 256, CONVERTS = 512, READS = 1024, BOOTS = 2048,
       SHELVES = 4096 };

struct command {
	const char *name;
	const char *args;			/* as usage shows them; lines are alternatives */
	const char *summary;
	const char *exits;			/* exit statuses */
	unsigned needs;
	int (*run)(struct options *opt);	/* an exit status */
};
extern const struct command commands[];

/* 0, or EXIT_USAGE after a message; -h and --version end the program. */
int options_parse(const struct command *c, int argc, char **argv, struct options *opt);
void options_free(struct options *opt);

/*
 * Make OUT, check that it can be written and lies outside the tree, and make opt->out absolute.
 * 0, or a negative errno after a message.
 */
int options_out(struct options *opt, const struct tree *t);

/*
 * Selections as the scan knows them: relative to the tree, without "." and ".." and empty parts; the tree itself
 * is everything, which is none.  0, or EXIT_USAGE after a message.
 */
int selection_clean_all(struct strlist *args, const struct tree *t);
/* One of them; "" is the tree itself, NULL: it lies outside root.  The caller frees. */
char *selection_clean(const char *arg, const char *root);

/* What run, scan, convert and explain share: the open tree, its flags, the inventory. */
struct job {
	struct options *opt;
	struct tree tree;
	struct flags_db *flags;
	struct cache *cache;			/* or NULL */
	struct inventory inv;
	struct series *series;			/* or NULL */
	struct shelf shelf;			/* hand-finished patches; empty: none are wanted */
	struct strlist maybe;			/* of the selection, what the shelf added: it may not be there */
};
/* Open the tree and OUT, scan.  0, or an exit status after a message.  job_close() always. */
int job_scan(struct job *j, struct options *opt);
struct scan_found;
/* The same, and a selection may name any function: see scan_options.found. */
int job_scan_found(struct job *j, struct options *opt, void (*found)(const struct scan_found *f, void *ctx),
		   void *ctx);
/* Only the open tree and its flags, with the cache: nothing is scanned, nothing goes to OUT. */
int job_open(struct job *j, struct options *opt);
/* Scan the whole of the tree that is open.  0, or an exit status after a message. */
int job_rescan(struct job *j);
/* Ready to read functions for a comparison.  0 or a negative errno after a message; pairs_free() always. */
struct pairs;
int job_open_pairs(struct job *j, struct pairs **p);
/*
 * The tree and OUT, with the inventory that an earlier command left there.  j->opt is set.  0, or a negative errno
 * after a message; job_close() always.
 */
int job_open_out(struct job *j);
/* Is that inventory of the tree's release? */
bool job_same_release(const struct job *j);
void job_close(struct job *j);
/*
 * What a scan found, and what was converted of it: the inventory and its evidence, with what the last boot of OUT
 * said of the same patches.  0 or a negative errno (message printed).
 */
int job_write_found(struct job *j);
/* OUT/inventory.json; 0 or a negative errno (message printed). */
int job_write_inventory(struct job *j);
/* OUT/evidence.json: the tree's text behind the inventory; the same results. */
int job_write_evidence(struct job *j);
/* OUT/audit.json: what is wrong with the tree's hooks; the same results. */
int job_audit(struct job *j);
/* OUT/report/, from what is in OUT; one that cannot be written does not keep the others from being written. */
int job_write_report(struct job *j);
/* What to exit with when all went well so far: EXIT_FAILED where coverage was lost. */
int job_status(const struct job *j, bool convert);
int job_convert(struct job *j);
struct convert_options;
/* The same as co says, compared as always and accounted for.  0 or a negative errno (message printed). */
int job_convert_with(struct job *j, struct convert_options *co);
/* Open the shelf, and let the selection have the handlers that a patch of it converts together.  0, or an exit status. */
int job_open_shelf(struct job *j);
/* The folder of the semantic patches, or NULL after a message.  The caller frees. */
char *job_rules_dir(void);
/* What the rules say of themselves, as text or JSON; an exit status. */
int list_rules(struct options *opt);
/* Postings of what was converted: 0, or an exit status after a message; j->series where there are some. */
int job_series(struct job *j);
/* The terminal table, or the inventory as JSON with --json. */
void job_print(const struct job *j);

int cmd_run(struct options *opt);
int cmd_scan(struct options *opt);
int cmd_convert(struct options *opt);
int cmd_explain(struct options *opt);
int cmd_hand(struct options *opt);
int cmd_check(struct options *opt);
int cmd_audit(struct options *opt);
int cmd_series(struct options *opt);
int cmd_boot(struct options *opt);
int cmd_prove(struct options *opt);
int cmd_report(struct options *opt);
int cmd_diff(struct options *opt);
int cmd_version(struct options *opt);

#endif
