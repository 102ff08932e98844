/* SPDX-License-Identifier: GPL-2.0-only */
/* For tests of terms: a store for each test, and terms in a few letters. */
#ifndef MMAPCONV_TEST_TERM_SHORT_H
#define MMAPCONV_TEST_TERM_SHORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "contract/term.h"

static const struct ctype u8 = { CTYPE_INT, 8, false }, u16 = { CTYPE_INT, 16, false },
			  u32 = { CTYPE_INT, 32, false }, s64 = { CTYPE_INT, 64, true },
			  record = { CTYPE_RECORD, 0, false };

#define U64 ctype_ulong
#define INT ctype_int

/* The store of the test that runs. */
static struct terms *t;

static inline int terms_setup(void **state)
{
	(void)state;
	t = terms_new();
	return 0;
}

static inline int terms_teardown(void **state)
{
	(void)state;
	terms_free(t);
	return 0;
}

static inline term_t sym(const char *name)
{
	return term_symbol(t, name, U64);
}
static inline term_t k(uint64_t v)
{
	return term_const(t, v, U64);
}
static inline term_t op(enum term_op o, term_t a, term_t b)
{
	return term_op(t, o, a, b, U64);
}
static inline term_t iop(enum term_op o, term_t a, term_t b)
{
	return term_op(t, o, a, b, INT);
}
static inline term_t to(term_t a, struct ctype c)
{
	return term_convert(t, a, c);
}
static inline term_t size(void)
{
	return op(TERM_SUB, sym("end"), sym("start"));
}
static inline term_t and (term_t a, uint64_t m)
{
	return op(TERM_AND, a, k(m));
}
static inline term_t or (term_t a, uint64_t m)
{
	return op(TERM_OR, a, k(m));
}
static inline term_t eq(term_t a, term_t b)
{
	return op(TERM_EQ, a, b);
}
static inline term_t ne(term_t a, term_t b)
{
	return term_not(t, eq(a, b));
}
static inline term_t var(const char *name, struct ctype c)
{
	return term_symbol(t, name, c);
}

#define same(a, b) _assert_true((a) == (b), #a " is " #b, __FILE__, __LINE__)
#define apart(a, b) _assert_true((a) != (b), #a " is not " #b, __FILE__, __LINE__)
#define yes(a) same(a, term_const(t, 1, ctype_bool))
#define no(a) same(a, term_const(t, 0, ctype_bool))

#endif
