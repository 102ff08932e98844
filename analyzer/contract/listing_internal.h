/* SPDX-License-Identifier: GPL-2.0-only */
/* What the files of listing.h share. */
#ifndef MMAPCONV_CONTRACT_LISTING_INTERNAL_H
#define MMAPCONV_CONTRACT_LISTING_INTERNAL_H

#include "contract/listing.h"
#include "contract/outline.h"

enum {
	LISTING_INDENT = 6,			/* behind a path's number */
	LISTING_TEXT = LISTING_INDENT + 11,	/* behind "line 12345 " */
	LISTING_STEP = 2,
};

struct listing {
	const struct contract *c;
	struct outline outline;
	struct strbuf *out;
	bool colour;
};

/* The path's number, or 0 for as much space; "line 123", or as much space for 0. */
void listing_begin(struct listing *l, size_t number, unsigned line);
/* Text where the line stands, `depth` steps in. */
void listing_text(struct listing *l, const char *s, unsigned depth);

/* A path that fails: on one line if it fits, and what it did before. */
void listing_fails(struct listing *l, size_t i);
/* Conditions, effects, result. */
void listing_succeeds(struct listing *l, size_t i);
/* The same with the reason why this is not all. */
void listing_unmodelled(struct listing *l, size_t i);

#endif
