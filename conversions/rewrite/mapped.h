/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * R5: a handler calls its vm_ops' open by hand for the new mapping.  A hook cannot; the core calls
 * vm_ops->mapped instead, so a function is written that does for `mapped` what open does for a VMA, and
 * put into the table.
 */
#ifndef MMAPCONV_CONVERSIONS_REWRITE_MAPPED_H
#define MMAPCONV_CONVERSIONS_REWRITE_MAPPED_H

#include "rewrite/source.h"

struct mapped {
	const char *file;		/* relative, for messages */
	const char *open;		/* the function, defined in the file */
	const char *table;		/* the struct vm_operations_struct that holds it */
	const char *name;		/* of the new function */
};

/*
 * The name as upstream forms it: x_vma_open -> x_vma_mapped; without an "open" in it, "_mapped" behind.
 * Caller frees.
 */
char *mapped_name(const char *open);

/*
 * The file with the new function ahead of open (and of the comment above it), and `.mapped = name` ahead of
 * the table's `.open`.  Returns 0 with *text (the caller frees) and *len in bytes, or -EINVAL with *error,
 * "file:line: text" (the caller frees): open does with its vma what mapped's arguments do not offer, the
 * name is taken, the table is not found.
 */
int mapped_write(const struct mapped *m, const struct source *s, char **text, size_t *len, char **error);

#endif
