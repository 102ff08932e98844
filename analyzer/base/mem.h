/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Memory and growing arrays.
 *
 * Running out of memory is the one failure that ends the program on the spot (message, exit
 * status 3).  Files are written atomically, so nothing is left half-written by that.
 */
#ifndef MMAPCONV_BASE_MEM_H
#define MMAPCONV_BASE_MEM_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

void *xcalloc(size_t nr, size_t size);
void *xrealloc(void *old, size_t nr, size_t size);
char *xstrdup(const char *s);
char *xstrndup(const char *s, size_t len);
char *xasprintf(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* A growing array: struct { T *items; size_t nr, cap; }, all zero when empty. */
#define VEC(T) struct { T *items; size_t nr, cap; }

/* Append one zeroed element and return a pointer to it (valid until the next push). */
#define vec_push(v) \
	((__typeof__((v)->items))vec_push_((void **)&(v)->items, &(v)->nr, &(v)->cap, \
					   sizeof(*(v)->items)))
#define vec_free(v) vec_free_((void **)&(v)->items, &(v)->nr, &(v)->cap)
#define vec_each(p, v) for ((p) = (v)->items; (p) < (v)->items + (v)->nr; (p)++)

/* Name a growing array so that it can be passed around. */
#define VEC_DECLARE(name, T) struct name { T *items; size_t nr, cap; }

void *vec_push_(void **items, size_t *nr, size_t *cap, size_t size);
void vec_free_(void **items, size_t *nr, size_t *cap);

/* A list of owned strings. */
struct strlist { char **items; size_t nr, cap; };

void strlist_add(struct strlist *l, const char *s);		/* copies s */
void strlist_addf(struct strlist *l, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
bool strlist_has(const struct strlist *l, const char *s);
bool strlist_add_once(struct strlist *l, const char *s);	/* true if it was added */
void strlist_sort(struct strlist *l);
void strlist_sort_once(struct strlist *l);			/* and drops what is there twice */
bool strlist_has_sorted(const struct strlist *l, const char *s);	/* of a sorted list, or NULL: none */
bool strlist_equal(const struct strlist *a, const struct strlist *b);
void strlist_free(struct strlist *l);

/* A growing NUL-terminated byte string; s is never NULL after the first add. */
struct strbuf { char *s; size_t len, cap; };

void strbuf_add(struct strbuf *b, const void *data, size_t len);
void strbuf_adds(struct strbuf *b, const char *s);
void strbuf_addf(struct strbuf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void strbuf_vaddf(struct strbuf *b, const char *fmt, va_list ap) __attribute__((format(printf, 2, 0)));
void strbuf_reset(struct strbuf *b);
char *strbuf_detach(struct strbuf *b);				/* caller frees; never NULL */
void strbuf_free(struct strbuf *b);

bool str_starts(const char *s, const char *prefix);
bool str_ends(const char *s, const char *suffix);

#endif
