/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Structs as bytes for this machine's own use (the cache).  One function says what a struct holds and
 * serves both ways, so that what is written is what is read.  Bytes are not trusted: whatever they
 * are, reading ends with `bad` set or with values of the right kind.
 */
#ifndef MMAPCONV_BASE_PACK_H
#define MMAPCONV_BASE_PACK_H

#include <stdint.h>
#include "base/mem.h"

struct pack {
	struct strbuf *to;		/* writing; NULL: reading */
	const char *p, *end;		/* reading: what is left */
	bool bad;
};

void pack_write(struct pack *k, struct strbuf *to);
void pack_read(struct pack *k, const void *data, size_t len);
/* Was all of it read, and nothing wrong? */
bool pack_done(const struct pack *k);

void pack_u64(struct pack *k, uint64_t *n);
void pack_uint(struct pack *k, unsigned *n);
void pack_bool(struct pack *k, bool *b);
void pack_str(struct pack *k, char **s);		/* owned, or NULL */
void pack_strlist(struct pack *k, struct strlist *l);
/* How many elements of at least 4 bytes each follow; what the bytes cannot hold is bad, and 0. */
size_t pack_count(struct pack *k, size_t nr);

/* All elements of a VEC, each with fn(k, element). */
#define pack_vec(k, v, fn) do {							\
	size_t i_, nr_ = pack_count(k, (v)->nr);				\
	for (i_ = 0; i_ < nr_ && !(k)->bad; i_++)				\
		fn(k, (k)->to ? &(v)->items[i_] : vec_push(v));			\
} while (0)

#endif
