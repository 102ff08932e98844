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

enum { MIN_SAME = 2, MIN_IN_COMMON = 3 };	/* effects that are worth a reference to another path */

/* The effects of a path that are told, and which of them were said to be given back. */
struct told {
	VEC(uint32_t) effects;
	bool *briefly;
};

/* How many effects at the start are those of another path, or all that both have. */
struct common { size_t path, nr; bool all; };

struct listing {
	const struct contract *c;
	struct outline outline;
	struct strbuf *out;
	bool colour, always;		/* always: every request does the same */
	struct told *told;		/* by path */
	struct strlist names;		/* texts that are called $1, $2, …; one may hold those before it */
	struct strlist meanings;	/* the same texts with the other names in them */
};

/* listing_names.c: which texts get a name; lines that say what they stand for. */
void listing_find_names(struct listing *l);
void listing_print_names(struct listing *l);
/* The names put into a text, which is freed; the caller frees the result. */
char *listing_name(const struct listing *l, char *text);
/* Of an effect: the call that it is stays spelled out. */
char *listing_name_effect(const struct listing *l, char *text);

/* The path's number, or 0 for as much space; "line 123", or as much space for 0. */
void listing_begin(struct listing *l, size_t number, unsigned line);
/* Text where the line stands, `depth` steps in. */
void listing_text(struct listing *l, const char *s, unsigned depth);

/* A line of its own. */
void listing_say(struct listing *l, const char *s, unsigned depth);
/* At the end of the line, if there is room, or below. */
void listing_result(struct listing *l, size_t i);
/* All conditions that tell a path, as one: "if (a && (b || c))".  *line: of the last.  The caller frees. */
char *listing_condition(const struct listing *l, size_t i, unsigned *line);

/* listing_fails.c */
void listing_find_told(struct listing *l);
void listing_free_told(struct listing *l);
bool listing_does_the_same(const struct listing *l, size_t i, size_t other);
/* With the path before of the same group that has most in common; nr is 0: none. */
struct common listing_common(const struct listing *l, size_t i);

/* A path that fails: on one line if it fits, and what it did before. */
void listing_fails(struct listing *l, size_t i);
/* Conditions, effects, result. */
void listing_succeeds(struct listing *l, size_t i);
/* The same with the reason why this is not all. */
void listing_unmodelled(struct listing *l, size_t i);

#endif
