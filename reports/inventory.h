/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The inventory: everything that is known about a tree's handlers; OUT/inventory.json in memory.
 * scan makes it, convert fills in outcomes, every report reads it.  Schema: inventory.schema.json.
 * All strings are owned by the inventory; a NULL string is JSON null.
 */
#ifndef MMAPCONV_REPORTS_INVENTORY_H
#define MMAPCONV_REPORTS_INVENTORY_H

#include "base/mem.h"

#define INVENTORY_SCHEMA "mmapconv-inventory-1"

struct instance {
	char *name;			/* the variable that holds it */
	char *file;			/* relative to the tree */
	unsigned line;
	char *how;			/* "static", "array", "nested", "compound", "macro:NAME",
					 * "assignment", "copy", "define-null", "rust",
					 * "positional" (in an initializer, without a designator), "argument" (of
					 * a call: the function called fills in the field) */
	bool confirmed;			/* libclang saw it; false: only the text search did */
	char *interface;		/* the field: "file_operations.mmap", "fb_ops.fb_mmap" */
	bool unread;			/* not confirmed, because the text says it all: nobody asked libclang */
};

/* A definition of the handler; several under different #ifdefs. */
struct definition {
	char *file;
	unsigned line;
	char *condition;		/* "CONFIG_MMU", "!CONFIG_MMU", "" */
	bool is_null_define;		/* #define handler NULL */
};

/*
 * A function of the handler's file that nobody else uses, but for handlers in `together`, and that changes with it.  "helper": it gets
 * the vma and will get the descriptor; "open": the vm_ops' open that the handler calls by hand, whose
 * work moves to `mapped`.
 */
struct companion {
	char *function;
	unsigned line;			/* in the handler's file */
	char *role;
};

struct reason {
	char *code;			/* "R5", "R12", "no-action", … */
	unsigned line;			/* in the handler's file; 0: none */
	char *text;			/* one sentence */
};

/* One check of a conversion: compile, checkpatch, residue, contract. */
struct check {
	char *name;
	char *status;			/* "ok", "failed", "not-run"; of contract: "unproved", too */
	char *detail;			/* architecture and command's outcome, or why it was not run */
};
VEC_DECLARE(checks, struct check);
void checks_free(struct checks *c);

/* What comparing a conversion's contract with its handler's said. */
struct proof_difference {
	char *kind, *text;		/* "state-in-mapped", and what that means */
	unsigned line;			/* in the new file, or 0 */
	char *detail;			/* or NULL */
};
struct proof_witness { char *request, *old_does, *new_does; };
struct proof_record {
	char *verdict;			/* "equal", "equal-but", "differs", "unknown"; NULL: not compared */
	VEC(struct proof_difference) differences;	/* equal-but */
	struct proof_witness witness;	/* differs */
	char *reason;			/* unknown: one sentence, "file:line: " before it where there is one */
};

void proof_record_free(struct proof_record *p);

/* Where `series` put a conversion. */
struct posting {
	char *batch;			/* the posting's name */
	unsigned version;		/* 1: the first */
	unsigned number, of;		/* this patch among the posting's; other handlers may share it */
	char *mail;			/* relative to OUT: "series/…/v1/0002-….patch" */
	struct checks checks;		/* --check: git am, compile, checkpatch, sparse; in its place */
};

void posting_free(struct posting *p);

struct conversion {
	char *new_name;			/* x_mmap_prepare */
	char *patch;			/* relative to OUT: "patches/0001-….patch" */
	struct strlist files;		/* changed, relative to the tree */
	struct strlist rules;		/* semantic patches that served */
	struct strlist differences;	/* listed differences a reader must know (R7, R28 …) */
	struct checks checks;
	struct proof_record proof;
	char *stage;			/* of a failure: "rewrite", "compile", "checkpatch", "residue",
					 * "proof", "apply"; "shelf": of the hand-finished patch itself, or of one
					 * that it stands on */
	char *message;			/* of a failure */
	char *module;			/* what kbuild links the file into with others: "fs/gfs2/gfs2"; or NULL */
	char *prefix;			/* of its patch's subject: "misc: open-dice" */
	char *old_form, *new_form;	/* for the message: what the handler did, what the hook does */
	struct strlist prerequisites;	/* other patches below OUT that its patch stands on */
	struct posting posting;
};

/* One way through a handler, in words; a line of the source, then a colon, stands before each. */
struct contract_path {
	struct strlist guards;		/* "12: size > dev->size": what holds on it, in order */
	struct strlist effects;		/* "17: vm_ops = &foo_vm_ops", in order */
	char *result;			/* "0", "-EINVAL", "what foo() returns" */
	unsigned line;			/* of the result, or 0 */
	char *unmodelled;		/* why the path is not modelled, or NULL */
};

struct contract_gap { unsigned line; char *reason; };

/* What a handler does, path by path.  Empty: its body was not read. */
struct contract_record {
	bool complete;			/* everything that it does is modelled */
	VEC(struct contract_path) paths;
	unsigned more_paths;		/* that are not listed: the record has a bounded size */
	VEC(struct contract_gap) unmodelled;
};

/* What the two kernels did differently with one request; boot/compare/compare.h. */
struct boot_difference {
	char *subject;			/* "udf" */
	char *request;			/* "shared rw all"; NULL: what the subject left behind, or whether it was there */
	char *key;			/* "VmFlags"; NULL: the whole request, in one kernel only */
	char *old_value, *new_value;	/* NULL: not there */
	char *kind;			/* where it was announced, and is expected: the proof's kind of difference, or the
					 * hand-finished patch; else NULL */
	char *text;			/* all of that, one sentence */
};

/* What booting the tree with and without the patches said of a handler. */
struct boot_record {
	char *verdict;			/* "same", "differs", "not-compared" (no value is stable), "not-reached",
					 * "unclear" (others have its name), "not-built"; NULL: not booted */
	bool reached;			/* both kernels entered it, the new one by its new name */
	unsigned requests;		/* that entered it, and that both kernels answered */
	unsigned unstable;		/* their values that two boots of the old kernel differ in: not compared */
	VEC(struct boot_difference) differences;
	VEC(struct boot_difference) expected;	/* the proof or the patch announced these */
	struct strlist warnings;	/* the whole run's that the new kernel alone gave, and nobody knows whose they are */
	char *patch;			/* hash of what its patch changes; NULL: the new kernel had none of it */
};

void boot_difference_free(struct boot_difference *d);		/* what it holds */
struct boot_announced;
void boot_announced_free(struct boot_announced *a);
void boot_record_free(struct boot_record *b);

struct handler {
	char *id;			/* "file:function" */
	char *file;			/* where the function is defined */
	unsigned line;
	char *function;
	char *interface;		/* "file_operations.mmap"; of one in several fields: of the lower
					 * tier, then the first by name; instances name each */
	unsigned tier;			/* 1 or 2 */
	VEC(struct instance) instances;
	VEC(struct definition) definitions;
	struct strlist declarations;	/* "file:line" of forward declarations */
	struct strlist callers;		/* "file:line" of uses by name outside tables */
	VEC(struct companion) companions;	/* in the order of their lines */
	struct strlist together;	/* ids of the handlers that change in one patch with it, sorted */
	struct strlist reached_from;	/* ids of the tier 1 handlers that get to a tier 2 field of it */
	char *arch;			/* parsed for; NULL if not parsed */
	char *parse;			/* "full", "partial", "failed"; NULL: text only (Rust) */
	char *class_name;		/* "reject" … "flags"; "unknown" if not parsed */
	struct strlist patterns, state, flags_set, flags_cleared;
	char *vm_ops;			/* the table's name, or NULL */
	char *verdict;			/* "auto", "assisted", "core", "none"; "unknown" if not parsed */
	struct strlist needs;
	VEC(struct reason) reasons;
	struct contract_record contract;
	char *outcome;			/* "converted", "hand", "assisted", "core", "none", "failed",
					 * "unparsed"; an auto handler that nobody asked to convert:
					 * "auto" (scan only) */
	struct conversion conversion;
	struct boot_record boot;
};

/*
 * A difference that a patch makes on purpose, for the probe to meet: the bug that a fix mends, say.  Patterns, as of
 * fnmatch(); values NULL: nothing there.
 */
struct boot_announced {
	char *subject, *request, *key;	/* request NULL: what the subject leaves behind, or whether it is there */
	char *old_value, *new_value;
	char *why;
};

/*
 * A hand-finished patch of the shelf that concerns this tree.  What it converts has the outcome "hand", or "failed"
 * with it; a fix or a change of the core may convert nothing.
 */
struct hand_patch {
	char *name;			/* on the shelf: "0003-slug" */
	char *kind;			/* "conversion", "fix", "preparation" (for one; changes form only), "core" */
	char *state;			/* "applied", "failed", "there": the tree has it already */
	char *subject;
	char *release;			/* that it was written for */
	char *patch;			/* relative to OUT, of one that was applied; else NULL */
	struct strlist handlers;	/* ids of those that it converts */
	struct strlist provides;	/* of a core patch: what handlers need and it offers */
	char *class_name;		/* theirs, or NULL */
	struct strlist rules;		/* of a right conversion, that mattered: "R2" */
	struct strlist prerequisites;	/* names on the shelf of all that it stands on, directly or not, in order */
	struct strlist files;		/* that it touches */
	struct strlist archs;		/* where it is compiled */
	char *known;			/* what checkpatch says of it and was seen: a text with the kinds; or NULL */
	struct strlist differences;	/* that user space or a reviewer may notice */
	VEC(struct boot_announced) boot;
	struct strlist questions;	/* open ones, for the maintainer */
	struct checks checks;		/* of this run; contracts are the handlers' */
	char *stage, *message;		/* of a failure */
	struct posting posting;
};

/* A handler that a person read and found to wait for an API, of the shelf, and that this tree has. */
struct judgement {
	char *name;			/* on the shelf: "0903-slug" */
	char *handler;			/* its id */
	char *state;			/* "taken": its verdict is core, its needs have these; "changed": other code was read;
					 * "contradicted": a rule would convert it, and it failed; "unused": the verdict is none or
					 * unknown; "damaged" */
	char *message;			/* of all but "taken": one sentence */
	char *why;			/* what the person says; "" where it could not be read */
	char *release;			/* of the tree that was read */
	struct strlist needs, rules;
	struct strlist remarks;		/* what else is to be known */
};

/* Something that was lost or not read: never silent. */
struct problem {
	char *file;			/* relative, or "" */
	unsigned line;
	char *stage;			/* "search", "flags", "parse", "convert" */
	char *text;
};

/* A member of a struct that points to a function with a vma or descriptor parameter. */
struct vma_field {
	char *name;			/* "tag.field" */
	char *file;			/* where it is declared */
	unsigned line;
	char *role;			/* "tier-1", "tier-2"; "hook": takes a descriptor; "not-reached": no
					 * tier 1 handler calls through it; "excluded" */
	char *why;			/* of the last two, one sentence; else NULL */
	unsigned handlers;		/* functions that are installed in it, reached or not; without Rust's */
	unsigned reached_from;		/* tier 1 handlers that get to it */
};

struct inventory {
	char *schema;			/* INVENTORY_SCHEMA */
	char *tool_version, *libclang_version, *spatch_version;
	char *tree_version;
	struct strlist api;		/* keys of api_table that the tree offers */
	struct strlist api_missing;	/* and those it lacks */
	VEC(struct handler) handlers;	/* sorted by tier, file, function */
	VEC(struct hand_patch) hand;	/* in the order of the shelf */
	VEC(struct judgement) judged;	/* the same */
	VEC(struct vma_field) fields;	/* sorted by name, file, line */
	VEC(struct problem) problems;	/* sorted by file, line, text */
	struct strlist disagreements;	/* text search against libclang */
	struct { char *arch; unsigned full, partial, failed; } *parsed;	/* files, by architecture */
	size_t nr_parsed;
	unsigned candidates;		/* files that the text search handed to libclang */
	unsigned files_searched;
};

/* The check of that name that was made of the handler's conversion, or NULL. */
const struct check *conversion_check(const struct handler *h, const char *name);

void inventory_free(struct inventory *inv);
void inventory_sort(struct inventory *inv);

/*
 * The accounting identity: handlers found = the sum of the outcomes, every outcome is a known word,
 * every "converted" names a patch.  Returns 0, or -ERANGE after a message that names the gap.
 */
int inventory_check(const struct inventory *inv);

/* Write atomically to path.  0 or a negative errno (message printed). */
int inventory_write(const struct inventory *inv, const char *path);

/*
 * Read from path; a damaged file, another schema version or a hostile size is -EINVAL with a
 * message; never trusts a path in it (path_is_inside).
 */
int inventory_read(struct inventory *inv, const char *path);

struct json_object;
struct json_object *inventory_to_json(const struct inventory *inv);	/* json_object_put() frees */

/* OUT/report/report.md */
int report_markdown(const struct inventory *inv, const char *path);

/*
 * For a terminal, 80 columns: counts by class and outcome (or verdict where outcomes are not there
 * yet), then what was lost.  Colour as terminal_colour.h says.
 */
#include <stdio.h>
void report_terminal(const struct inventory *inv, FILE *stream);

#endif
