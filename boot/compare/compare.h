/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the probe said in two kernels, compared: the tree as it is, booted twice, and with the patches, booted once.
 *
 * The logs' format is boot/probe/probe.h.  They come out of a guest that may have crashed, so nothing in them is
 * trusted: a line that is no JSON, too long or of no known form is named and counted, and a log without its "end"
 * line says so.
 *
 * What differs between the two boots of the old kernel is unstable: that key of that request is not compared, and is
 * listed.  What differs between the old kernel and the new one belongs to the handlers that the kernel entered for that
 * request ("called"): a handler is known by its name in the old kernel, and by conversion.new_name in the new one when
 * its patch was applied there.
 *
 * A starved guest, or a device that another request keeps busy, makes differences that no patch did.  So the subjects
 * that differ are tried in a second pair of boots, and what both kernels do alike there is no finding; it is listed, for
 * a race would look the same.
 */
#ifndef MMAPCONV_BOOT_COMPARE_H
#define MMAPCONV_BOOT_COMPARE_H

#include "inventory.h"

struct boot_inputs {
	const struct inventory *inv;
	const char *out;			/* OUT, where the patches lie */
	/*
	 * Paths.  A log that is not there is one that was cut off before its first line.  A console may be NULL: its
	 * warnings are not known then, and the result says so.
	 */
	const char *old_logs[2], *new_log;
	const char *old_consoles[2], *new_console;
	/* A second pair of boots, the old kernel's and the new one's, of what differed in the first; NULL: there was none. */
	const char *retry_logs[2], *retry_consoles[2];
	/* Source files that were compiled into the kernels, relative to the tree, strlist_sort()ed; NULL: nobody knows. */
	const struct strlist *built;
	/* Patches in the new kernel, as conversion.patch names them, strlist_sort()ed; NULL: all that the inventory names. */
	const struct strlist *applied;
	/* Of each handler, in the inventory's order, boot_patch_hash() before the kernels were built; NULL: as OUT is now. */
	const struct strlist *hashes;
};

/* A log as it was read. */
struct boot_log_state {
	char *what;				/* "the old kernel's first log" */
	char *kernel;				/* its version, or NULL */
	char *trace;				/* what it says of the function tracer, or NULL */
	unsigned requests, subjects;		/* that it holds */
	char *cut;				/* why it is not whole, one sentence; NULL: it is */
	unsigned bad;				/* lines that were not taken as they are */
	struct strlist bad_lines;		/* the first of them: "line 7: is no JSON" */
};

/* A value that two boots of the old kernel do not agree on. */
struct boot_unstable {
	char *subject, *request, *key;		/* request NULL: of the subject; key NULL: the request is in one of them only */
	char *first, *second;			/* NULL: not there */
};

/* A file that the probe could not get at, in both kernels. */
struct boot_absent { char *subject, *why; };

/* One handler of the inventory; the results are in its order. */
struct boot_handler {
	char *id, *function;
	unsigned tier;
	bool built;				/* its file was compiled in */
	bool patched;				/* the new kernel holds its patch */
	bool reached_old, reached_new;
	bool unclear;				/* its name was called, but others that were built have it too */
	struct boot_record record;		/* for the inventory */
};

struct boot_result {
	struct boot_log_state logs[3];		/* old, old, new */
	struct boot_log_state retries[2];	/* old, new; what is NULL where there was no second pair */
	VEC(struct boot_handler) handlers;
	VEC(struct boot_difference) others;	/* in requests that entered no known handler */
	VEC(struct boot_difference) once;	/* that the second pair of boots did not show */
	VEC(struct boot_unstable) unstable;
	VEC(struct boot_absent) absent;
	struct strlist idle;			/* "subject: request": entered no handler in any kernel */
	struct strlist unclear;			/* sentences: whose name it is that was called */
	struct strlist old_warnings, new_warnings;	/* "WARNING in foo()", each once, sorted */
	struct strlist warnings;		/* the new kernel's that the old one has not: differences of the whole run */
	struct strlist losses;			/* sentences: what could not be looked at */
	unsigned requests;			/* that all three logs have */
	unsigned values;			/* of them that were compared */
};

/*
 * Compare; *out is overwritten, boot_result_free() in every case.  0, or a negative errno after a message: a file
 * that is there cannot be read.  What is wrong with a log is in the result.
 */
int boot_compare(const struct boot_inputs *in, struct boot_result *out);
void boot_result_free(struct boot_result *r);

/*
 * The subjects with differences, in the results' order, each once, for a second pair of boots.  None where the new
 * kernel's log is not whole: what it did not come to is no accident of one request.
 */
void boot_to_retry(const struct boot_result *r, struct strlist *subjects);

/* Handlers that differ, others, warnings of the new kernel only, or a log that is not whole: 0 if all is well. */
unsigned boot_findings(const struct boot_result *r);

/* Put each handler's part into the inventory, in place of what an earlier boot said. */
void boot_record(struct inventory *inv, const struct boot_result *r);

/* Of what the handler's patch and those that it stands on change; "" where it has none, or one is unreadable. */
char *boot_patch_hash(const struct handler *h, const char *out);

/*
 * A result is of the patch that was booted: drop those of handlers whose patch in OUT changes something else by now,
 * with a warning.  The number of those.
 */
unsigned boot_drop_stale(struct inventory *inv, const char *out);

/* For a person, 80 columns; and everything, for OUT/boot.json (json_object_put() frees). */
#include <stdio.h>
void boot_print(const struct boot_result *r, FILE *stream);
struct json_object;
struct json_object *boot_to_json(const struct boot_result *r);

#endif
