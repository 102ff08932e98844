/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * R12 before error_override (Linux 6.19 to 7.1): the action's error_hook is a function from the action's
 * errno to the one that user space sees.  The rules write `action.error_hook = x_mmap_eagain`; here is
 * written the function of that name, which returns -EAGAIN.
 */
#ifndef MMAPCONV_CONVERSIONS_REWRITE_ERROR_HOOK_H
#define MMAPCONV_CONVERSIONS_REWRITE_ERROR_HOOK_H

#include "rewrite/source.h"

struct error_hook {
	const char *file;		/* relative, for messages */
	const char *function;		/* its name before: what the hook's name begins with */
	const char *new_name;		/* its name now */
	struct strlist *differences;	/* out: appended, one an errno */
};

/*
 * The file with the functions ahead of new_name (and of the comment above it), one an errno.  Returns 0
 * with *text (the caller frees) and *len in bytes, or with *text NULL where none is asked for, or -EINVAL
 * with *error, "file:line: text" (the caller frees): a name is taken, or an #if leaves open which of the
 * functions would be used.
 */
int error_hook_write(const struct error_hook *h, const struct source *s, char **text, size_t *len, char **error);

#endif
