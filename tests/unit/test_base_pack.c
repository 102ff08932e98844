// SPDX-License-Identifier: GPL-2.0-only
/* Bytes for the cache: what goes in comes out, and whatever else comes is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/pack.h"
#include "tree/search_pack.h"

struct item { char *a, *b; unsigned n; };
struct all {
	uint64_t big;
	bool yes, no;
	struct strlist list;
	VEC(struct item) items;
};

static void item(struct pack *k, struct item *i)
{
	pack_str(k, &i->a);
	pack_str(k, &i->b);
	pack_uint(k, &i->n);
}

static void pack_all(struct pack *k, struct all *a)
{
	pack_u64(k, &a->big);
	pack_bool(k, &a->yes);
	pack_bool(k, &a->no);
	pack_strlist(k, &a->list);
	pack_vec(k, &a->items, item);
}

static void free_all(struct all *a)
{
	struct item *i;

	strlist_free(&a->list);
	vec_each(i, &a->items) {
		free(i->a);
		free(i->b);
	}
	vec_free(&a->items);
}

static void fill(struct all *a)
{
	struct item *i;

	a->big = UINT64_MAX - 1;
	a->yes = true;
	strlist_add(&a->list, "");
	strlist_add(&a->list, "one");
	i = vec_push(&a->items);
	i->a = xstrdup("x");
	i->n = UINT32_MAX;
	i = vec_push(&a->items);
	i->b = xstrdup("");
}

static void test_round_trip(void **state)
{
	struct all a = { 0 }, b = { 0 };
	struct strbuf bytes = { 0 };
	struct pack k;

	(void)state;
	fill(&a);
	pack_write(&k, &bytes);
	pack_all(&k, &a);
	pack_read(&k, bytes.s, bytes.len);
	pack_all(&k, &b);
	assert_true(pack_done(&k));
	assert_true(b.big == a.big && b.yes && !b.no);
	assert_int_equal(b.list.nr, 2);
	assert_string_equal(b.list.items[0], "");
	assert_string_equal(b.list.items[1], "one");
	assert_int_equal(b.items.nr, 2);
	assert_string_equal(b.items.items[0].a, "x");
	assert_null(b.items.items[0].b);
	assert_true(b.items.items[0].n == UINT32_MAX);
	assert_null(b.items.items[1].a);
	assert_string_equal(b.items.items[1].b, "");
	free_all(&a);
	free_all(&b);
	strbuf_free(&bytes);
}

/* Cut anywhere, or with a byte too many: never done. */
static void test_cut(void **state)
{
	struct all a = { 0 }, b;
	struct strbuf bytes = { 0 };
	struct pack k;
	size_t len;

	(void)state;
	fill(&a);
	pack_write(&k, &bytes);
	pack_all(&k, &a);
	for (len = 0; len <= bytes.len + 1; len++) {
		char *part = xcalloc(1, len + 1);

		memcpy(part, bytes.s, len < bytes.len ? len : bytes.len);
		b = (struct all){ 0 };
		pack_read(&k, part, len);
		pack_all(&k, &b);
		assert_int_equal(pack_done(&k), len == bytes.len);
		free_all(&b);
		free(part);
	}
	free_all(&a);
	strbuf_free(&bytes);
}

/* Any byte changed: it may read, as something else, and nothing worse (sanitizers watch). */
static void test_changed(void **state)
{
	struct part p = { 0 }, q;
	struct text_function *f = vec_push(&p.facts.functions);
	struct text_site *s = vec_push(&p.facts.sites);
	struct text_field *d = vec_push(&p.facts.fields);
	struct strbuf bytes = { 0 };
	struct pack k;
	unsigned bad = 0;
	size_t i;

	(void)state;
	f->file = xstrdup("a.c");
	f->name = xstrdup("f");
	f->condition = xstrdup("");
	f->kind = TEXT_NULL_DEFINE;
	strlist_add(&f->names, "g");
	s->file = xstrdup("a.c");
	s->tag = xstrdup("file_operations");
	s->field = xstrdup("mmap");
	s->table = xstrdup("t");
	s->value = xstrdup("f");
	s->how = xstrdup("static");
	s->condition = xstrdup("CONFIG_MMU");
	s->opaque = true;
	d->file = xstrdup("a.h");
	d->tag = xstrdup("vm_operations_struct");
	d->name = xstrdup("fault");
	strlist_add(&p.candidates, "a.c");
	p.facts.unclear = true;
	pack_write(&k, &bytes);
	pack_part(&k, &p);
	for (i = 0; i <= bytes.len; i++) {
		q = (struct part){ 0 };
		if (i < bytes.len)
			bytes.s[i] ^= (char)0xa5;
		pack_read(&k, bytes.s, bytes.len);
		pack_part(&k, &q);
		bad += !pack_done(&k);
		if (i == bytes.len) {
			assert_true(pack_done(&k));
			assert_int_equal(q.facts.functions.items[0].kind, TEXT_NULL_DEFINE);
			assert_string_equal(q.facts.sites.items[0].condition, "CONFIG_MMU");
			assert_null(q.facts.sites.items[0].macro);
			assert_true(q.facts.sites.items[0].opaque && !q.facts.sites.items[0].is_static);
			assert_non_null(q.facts.fields.items[0].excluded);
			assert_true(q.facts.unclear && !q.facts.copies_table);
			assert_string_equal(q.candidates.items[0], "a.c");
		} else {
			bytes.s[i] ^= (char)0xa5;
		}
		part_free(&q);
	}
	assert_true(bad > bytes.len / 4);
	part_free(&p);
	strbuf_free(&bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_round_trip), cmocka_unit_test(test_cut), cmocka_unit_test(test_changed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
