/* SPDX-License-Identifier: GPL-2.0-only */
/* For tests of listings: a contract that is put together by hand. */
#ifndef MMAPCONV_TEST_LISTING_FIXTURE_H
#define MMAPCONV_TEST_LISTING_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "contract/listing.h"
#include "contract/listing_text.h"

static struct contract c;
static struct path *p;

static inline int setup(void **state)
{
	(void)state;
	memset(&c, 0, sizeof(c));
	c.function = xstrdup("foo_mmap");
	return 0;
}

static inline int teardown(void **state)
{
	(void)state;
	contract_free(&c);
	return 0;
}

static inline uint32_t effect(enum effect_kind kind, unsigned line, const char *name, const char *detail)
{
	struct effect *e;

	c.effects = xrealloc(c.effects, c.nr_effects + 1, sizeof(*c.effects));
	e = &c.effects[c.nr_effects];
	memset(e, 0, sizeof(*e));
	e->kind = kind;
	e->line = line;
	e->name = xstrdup(name);
	e->detail = detail ? xstrdup(detail) : NULL;
	if (kind == EFFECT_TAKE || kind == EFFECT_DROP)
		e->state = STATE_LOCK;
	return (uint32_t)c.nr_effects++;
}

static inline void path(enum result_kind result, int64_t value, unsigned line)
{
	p = vec_push(&c.paths);
	p->result = result;
	p->value = value;
	p->line = line;
}

/* "x", or "!x" for the condition that does not hold. */
static inline void guard(unsigned line, const char *text)
{
	struct guard *g = vec_push(&p->guards);

	g->line = line;
	g->taken = *text != '!';
	g->text = xstrdup(text + (*text == '!'));
}

static inline void does(uint32_t e)
{
	*vec_push(&p->effects) = e;
}

static inline void unmodelled(unsigned line, const char *reason)
{
	struct unmodelled *m = vec_push(&c.unmodelled);

	m->line = line;
	m->reason = xstrdup(reason);
}

static inline char *listing(bool colour)
{
	struct strbuf b = { 0 };

	contract_listing(&c, colour, &b);
	return strbuf_detach(&b);
}

static inline void assert_listing(const char *expected)
{
	char *text = listing(false);

	assert_string_equal(text, expected);
	free(text);
}

static inline void assert_fits(const char *text)
{
	const char *end, *s;

	for (; *text; text = end + 1) {
		end = strchr(text, '\n');
		assert_non_null(end);
		if (end - text > LISTING_WIDTH)
			fail_msg("%d columns: %.*s", (int)(end - text), (int)(end - text), text);
		for (s = text; s < end; s++)
			assert_true(*s >= ' ' && *s < 0x7f);
		assert_true(end == text || end[-1] != ' ');
	}
}

#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

#endif
