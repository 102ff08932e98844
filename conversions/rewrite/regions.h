/* SPDX-License-Identifier: GPL-2.0-only */
/* Where a function is defined and declared in a file: token indices, all #if branches. */
#ifndef MMAPCONV_CONVERSIONS_REGIONS_H
#define MMAPCONV_CONVERSIONS_REGIONS_H

#include "rewrite/source.h"

struct region {
	size_t first;			/* of the specifiers: "static int" */
	size_t name;
	size_t open, close;		/* the parameter list's parentheses */
	size_t last;			/* the closing brace, or the semicolon */
	bool is_definition;
};
VEC_DECLARE(regions, struct region);

/*
 * All definitions and declarations of name at file scope, in order.  -EINVAL when a definition's
 * end is not found (unbalanced braces): *line says where it begins.
 */
int regions_find(const struct source *s, const char *name, struct regions *out, unsigned *line);

/* How many `#define name …` the file has. */
unsigned regions_defines(const struct source *s, const char *name);

/*
 * The name of the parameter of type `struct TAG *` in the parameter list of r, or NULL when there
 * is none or it is unnamed.  Caller frees.
 */
char *region_parameter(const struct source *s, const struct region *r, const char *tag);

/* Where the definition or declaration begins, in bytes, with the comments that stand right above it. */
size_t region_begin(const struct source *s, const struct region *r);

#endif
