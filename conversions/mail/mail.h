/* SPDX-License-Identifier: GPL-2.0-only */
/* The words of a patch: its subject, its message, and what stands below the "---". */
#ifndef MMAPCONV_CONVERSIONS_MAIL_H
#define MMAPCONV_CONVERSIONS_MAIL_H

#include "overlay.h"
#include "plan.h"

#define MAIL_WIDTH	75

/* The address of nobody in particular. */
#define MAIL_NOBODY	"mmapconv@example.invalid"

/* git's user.name and user.email as configured for the tree, or a neutral pair. */
void mail_author(const struct tree *t, struct author *who);
void mail_author_free(struct author *who);

/*
 * "misc: open-dice: replace deprecated mmap hook with mmap_prepare": the prefix is what the file's
 * own history uses most, else derived from its path.  mail_prefix() gives the prefix; caller frees.
 */
char *mail_prefix(const struct tree *t, const char *file);
/* Give every job its subject; where several would share one, it names the handler. */
int mail_subjects(const struct tree *t, struct plan *p, unsigned jobs);
/* The prefix that upstream habits give to a path, without a colon at its end.  Caller frees. */
char *mail_prefix_of_path(const char *file);
/* The prefix used most in these subjects, one a line, or NULL when none is used twice. */
char *mail_prefix_of_history(const char *subjects);

/*
 * Fill in conversion.old_form and .new_form: "maps I/O memory while mmap() runs", "does the same on
 * the descriptor …"; phrases whose subject is the function.  hook: the new definition's source, to name the
 * actions it asks for.
 */
void mail_forms(const struct job *job, const struct job_part *part, const struct source *hook);

/* Subject, blank line, body; mail_forms() has been called for every part.  Caller frees. */
char *mail_message(const struct job *job);
/* The same from what the inventory says of the handlers that one patch converts; new_names: of each. */
char *mail_text(const struct handler *const *handlers, const char *const *new_names, size_t nr, const char *subject,
		bool booted);
/* Have both kernels been asked, and did they do the same? */
bool mail_is_booted(const struct handler *h);

/* Parts of a message, each appended to b, wrapped, with a newline at its end. */
void mail_intro(struct strbuf *b);
void mail_differences(struct strbuf *b, const struct strlist *differences);
void mail_origin(struct strbuf *b, const char *built, bool booted);	/* "compile-tested on arm64", "not built" */
/* What was checked of one handler, for below the "---"; and its parts: its proof, its boot, checks but for the contract. */
void mail_verification(struct strbuf *b, const struct handler *h);
void mail_proof(struct strbuf *b, const struct handler *h, const char *new_name);
void mail_boot(struct strbuf *b, const struct handler *h);
void mail_checks(struct strbuf *b, const struct checks *checks);
/*
 * mail_hand.c: all that stands below the "---" of a hand-finished patch: what it is, what is to be known, what was checked.
 * handlers, new_names: of what it converts, nr of them.
 */
void mail_hand(struct strbuf *b, const struct hand_patch *p, const struct handler *const *handlers,
	       const char *const *new_names, size_t nr);

/* The job's mail with its verification lines below the "---"; appended to out. */
void mail_finish(const struct job *job, struct strbuf *out);

/* Append "a", "a and b", "a, b and c". */
void mail_enumerate(struct strbuf *b, const struct strlist *l);

/*
 * Append text wrapped at MAIL_WIDTH; first and rest stand before the first and the other lines.
 * No line begins with what git am takes for the end of the message.
 */
void mail_wrap(struct strbuf *b, const char *first, const char *rest, const char *text);

#endif
