/* SPDX-License-Identifier: GPL-2.0-only */
/* Inside compare/ only: a log in memory, whose a name is, and the steps of a comparison. */
#ifndef MMAPCONV_BOOT_COMPARE_INTERNAL_H
#define MMAPCONV_BOOT_COMPARE_INTERNAL_H

#include "compare/compare.h"

enum { OLD, AGAIN, NEW, LOGS, RETRIES = 2 };	/* the three logs, and how many of the second pair */

static inline char *text_or_null(const char *s)
{
	return s ? xstrdup(s) : NULL;
}

/* log_line.c, log.c: what the probe said.  Text is valid UTF-8; names hold no control character. */
struct log_value { char *key, *value; };
VEC_DECLARE(log_values, struct log_value);

struct log_request {
	char *subject, *name;
	bool traced;				/* "called" is there */
	struct strlist called;			/* sorted, each once */
	struct log_values values;
};

struct log_subject {
	char *name;
	char *states;				/* "ready done" */
	char *why;				/* of "absent", or NULL */
	bool absent;
	struct log_values left;
};

struct boot_log {
	struct boot_log_state *state;
	VEC(struct log_subject) subjects;	/* in the log's order */
	VEC(struct log_request) requests;
	struct log_request **by_name;		/* each name once, sorted by subject and name, when the log is read */
	size_t nr_names;
	bool ended;
};

/* 0, or a negative errno after a message: the file is there and cannot be read. */
int boot_log_read(struct boot_log *log, const char *path);
void boot_log_free(struct boot_log *log);
/* Take one line without its end; NULL, or why it is not taken as it is (caller frees). */
char *boot_log_line(struct boot_log *log, const char *line, size_t len);
struct log_request *boot_log_find(const struct boot_log *log, const char *subject, const char *request);
struct log_subject *boot_log_subject(const struct boot_log *log, const char *subject);
const char *log_value(const struct log_values *l, const char *key);

/* names.c: whose name was called. */
struct named { const char *name; size_t handler; };
struct names {
	const struct inventory *inv;
	const struct strlist *built;
	VEC(struct named) old, new;		/* sorted by name */
};
void names_make(struct names *n, const struct boot_inputs *in, const struct boot_result *out);
void names_free(struct names *n);
/*
 * The handlers that the kernel can have entered by that name; 1: it is that one, 0: no handler is called so, more:
 * nobody knows which.  (*which)[i] are indices; caller frees.
 */
size_t names_find(const struct names *n, const char *name, bool new_kernel, size_t **which);

/* difference.c */
struct place { const char *subject, *request, *key; };
void boot_difference_make(struct boot_difference *d, const struct place *at, const char *old_value,
			  const char *new_value, const char *kind, const char *note);

/*
 * retry.c: do both kernels, in the second pair of boots, do what the old one did in the first?  False where that pair did
 * not come to it.
 */
struct retry {
	const struct boot_log *old, *new;	/* NULL: there was none */
	const struct names *names;
	struct boot_result *out;		/* for what is unclear about a name */
};
bool retry_agrees(const struct retry *r, const struct place *at, const char *old_value);

/*
 * expected.c: the kind, of those that the proof announced for h, that can make this difference; or NULL.  refused: a
 * mapping of the request stood in the old kernel and is refused by the new one.
 */
const char *expected_kind(const struct handler *h, const struct place *at, const char *old_value,
			  const char *new_value, bool refused);
/* The hand-finished patch in the new kernel that announces it, or NULL. */
const char *expected_patch(const struct boot_inputs *in, const struct place *at, const char *old_value,
			   const char *new_value);

/* requests.c: everything in the logs but the consoles.  retries: old and new, or NULL. */
void compare_requests(const struct boot_inputs *in, const struct boot_log *logs, const struct boot_log *retries,
		      struct boot_result *out);

/* console.c: the complaints in a console's text, sorted, each once; added to l. */
void console_warnings(const char *text, size_t len, struct strlist *l);

/* patch_hash.c: of what a handler's patch and those that it stands on change; NULL: it has none, or one is unreadable. */
char *patch_hash(const struct conversion *c, const char *out);

#endif
