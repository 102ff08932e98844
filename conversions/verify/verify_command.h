/* SPDX-License-Identifier: GPL-2.0-only */
/* How a checker is called on a file of the overlay, and what it says, made comparable. */
#ifndef MMAPCONV_CONVERSIONS_VERIFY_COMMAND_H
#define MMAPCONV_CONVERSIONS_VERIFY_COMMAND_H

#include "verify/verify.h"

/*
 * The compiler and its options for the overlay's copy of a file: c's, with the overlay's folders before the
 * tree's, without -c, -o and the source.  To be run in c->cwd.
 */
void verify_command(const struct verify *v, const struct compile_command *c, const char *file, struct strlist *argv);

/*
 * One line of a compiler's or of sparse's output without line numbers and folders of this machine, and with
 * handlers by their old names; NULL if it is no message.  Caller frees.
 */
char *verify_normal(const struct verify *v, const struct job *job, const char *line, size_t len);

/* The first message that a has and b has not; both are sorted. */
const char *verify_first_new(const struct strlist *a, const struct strlist *b);

#endif
