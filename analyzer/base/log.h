/* SPDX-License-Identifier: GPL-2.0-only */
/* Messages for a person, on stderr; thread-safe, one line each. */
#ifndef MMAPCONV_BASE_LOG_H
#define MMAPCONV_BASE_LOG_H

#include <stdbool.h>

/* -q: notes and progress are dropped; warnings and errors stay. */
void log_set_quiet(bool quiet);

/*
 * log_error: a command cannot do what it was asked.  log_warn: something was lost or skipped, the
 * rest goes on.  log_note: what is going on.  Each sentence says what, where and the mend.
 */
void log_error(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void log_warn(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void log_note(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* A step that counts up on one terminal line ("parse 12/199"); silent when stderr is no terminal. */
void log_progress(const char *what, unsigned long done, unsigned long total);
void log_progress_end(void);

#endif
