/* SPDX-License-Identifier: GPL-2.0-only */
/* Inside reports/ only: JSON into structs by the table of inventory_fields.c, trusting nothing. */
#ifndef MMAPCONV_REPORTS_INVENTORY_READER_H
#define MMAPCONV_REPORTS_INVENTORY_READER_H

#include "inventory_fields.h"

struct json_object;

struct reader {
	const char *path;
};

/* Where in the file we are: a chain of stack frames, printed only in a message. */
struct where {
	const struct where *up;
	const char *key;
	size_t index;
	bool is_element;
};

/*
 * Say what is wrong with the member at w (NULL: with the file) and what to do; returns -EINVAL.
 * value is what was found there, or NULL; what follows it in the sentence: "is not a list".
 */
int reader_bad(const struct reader *r, const struct where *w, const char *value, const char *what);

/*
 * Read obj into the zeroed struct at base.  0, or -EINVAL after a message; what was read so far is
 * freed with the struct it is part of.
 */
int reader_record(const struct reader *r, const struct where *w, const struct record *rec,
		  struct json_object *obj, void *base);

#endif
