/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reading files: parsed, and the contracts of their handlers built.  Both are done in worker
 * processes (this program, started again as `mmapconv worker`), so that a crash or a hang costs one
 * file.
 */
#ifndef MMAPCONV_WORKERS_WORKERS_H
#define MMAPCONV_WORKERS_WORKERS_H

#include "contract/contract.h"
#include "parse/facts.h"
#include "tree/flags.h"
#include "tree/tree.h"

/* A file of the tree that is read as if it had another one's text. */
struct read_instead { const char *file, *path; };	/* relative to the tree; of the text, absolute */

struct read_request {
	const struct arch *arch;
	char *file;				/* relative to the tree */
	const struct compile_command *command;
	struct strlist functions;		/* whose contract is wanted, beside those that sites name */
	struct strlist fields;			/* whose sites are wanted: "file_operations.mmap", sorted */
	struct strlist callbacks;		/* of its vm_ops tables, whose contracts are wanted as well: "close" */
	VEC(struct read_instead) instead;	/* a reading with these is kept for nobody else */
	bool no_pch;				/* what a precompiled header made of it was doubtful */
};
/* Where the text of a file that a request reads is; caller frees. */
char *read_path(const struct tree *t, const struct read_request *q, const char *file);

/* Readings of other runs, kept in a cache; NULL: there is none.  headers: all of the tree. */
struct cache;
struct kept *kept_open(struct cache *cache, const struct tree *t, const struct strlist *headers);
void kept_close(struct kept *k);

struct read_options {
	unsigned jobs;
	unsigned timeout_s;			/* of a worker's processor, a file; 0: 60 */
	bool no_pch;
	struct kept *kept;			/* or NULL */
};

/* What was read in one file, for one architecture. */
struct reading {
	struct unit unit;			/* without nodes */
	VEC(struct contract) contracts;		/* of wanted functions that have a body in this unit */
};

/*
 * Read all requests, or find what another run read; readings[i] answers requests[i] whatever the order
 * in which workers finish.  A file whose worker crashed, hung or ran out of memory has a unit of status
 * UNIT_FAILED and an error that says so; one whose unit is doubtful is to be asked for again, with no_pch.
 * Returns 0, -EINTR, or a negative errno after a message when no worker can be started.  reading_free()
 * frees each, after an error too.
 */
int read_files(const struct tree *t, const struct read_request *requests, size_t nr,
	       const struct read_options *opt, struct reading *readings);

/* The contract of a function, or NULL: it has no body in this unit, or nobody wanted it. */
const struct contract *reading_contract(const struct reading *r, const char *function);
void reading_free(struct reading *r);

/* The worker's main loop: requests on stdin, readings on stdout, one JSON text a line. */
int worker_main(void);

/*
 * Inside workers/: build the contracts of these functions, of those that sites name, and of these callbacks of
 * the file's vm_ops tables; the nodes are gone then.
 */
void reading_build(struct reading *r, const struct strlist *functions, const struct strlist *callbacks);

/* The wire and cache form.  reading_from_json() returns -EINVAL for anything that is not one. */
struct json_object;
struct json_object *reading_to_json(const struct reading *r);
int reading_from_json(struct json_object *json, struct reading *r);

#endif
