// SPDX-License-Identifier: GPL-2.0-only
/* Who waits for what: counted on made-up inventories, and once more by a slow way that is plain to see. */
#include "test_reports_fixture.h"

#include <time.h>

#include "unlocks.h"

static struct inventory inv;
static struct unlocks u;

static int begin(void **state)
{
	(void)state;
	start_inventory(&inv);
	memset(&u, 0, sizeof(u));
	return 0;
}

static int end(void **state)
{
	(void)state;
	unlocks_free(&u);
	inventory_free(&inv);
	return 0;
}

/* A core handler of its own file that needs these, up to NULL. */
#define needing(function, ...) needing_(function, (const char *const[]){ __VA_ARGS__, NULL })
static struct handler *needing_(const char *function, const char *const *needs)
{
	char *file = xasprintf("%s.c", function);
	struct handler *h = add_handler(&inv, file, function, "delegate", "core");

	for (; *needs; needs++)
		strlist_add(&h->needs, *needs);
	free(file);
	return h;
}

/* "name waiting/alone/unlocks/total" of the n-th in the order. */
static void assert_order(size_t n, const char *expected)
{
	const struct unlock *o = &u.order.items[n];
	char *text;

	assert_true(n < u.order.nr);
	text = xasprintf("%s %u/%u/%u/%u", o->name, o->waiting, o->alone, o->unlocks, o->total);
	assert_string_equal(text, expected);
	free(text);
}

static void nothing_is_missing(void **state)
{
	(void)state;
	add_handler(&inv, "a.c", "a", "remap", "auto");
	inventory_unlocks(&inv, &u);
	assert_int_equal(u.order.nr, 0);
	assert_int_equal(u.edges.nr, 0);
	assert_int_equal(u.waiting, 0);
	assert_int_equal(u.for_handlers, 0);
}

static void the_best_order_counts_what_is_there(void **state)
{
	(void)state;
	needing("a", "x", "y");
	needing("b", "y", "x");
	needing("c", "y", "x", "y");		/* twice is once */
	needing("d", "x");
	needing("e", "z");
	needing("f", "z");
	needing("g", "p", "q");
	inventory_unlocks(&inv, &u);
	assert_int_equal(u.waiting, 7);
	assert_int_equal(u.order.nr, 5);
	assert_order(0, "z 2/2/2/2");
	assert_order(1, "x 4/1/1/3");
	assert_order(2, "y 3/0/3/6");
	assert_order(3, "p 1/0/0/6");
	assert_order(4, "q 1/0/1/7");
	assert_int_equal(u.order.items[2].frees.nr, 3);
	assert_string_equal(u.order.items[2].frees.items[0], "a.c:a");
	assert_int_equal(u.links.nr, 2);
	assert_int_equal(u.links.items[0].earlier, 1);
	assert_int_equal(u.links.items[0].later, 2);
	assert_int_equal(u.links.items[0].handlers, 3);
	assert_int_equal(u.links.items[1].earlier, 3);
	assert_int_equal(u.links.items[1].later, 4);
	assert_int_equal(u.edges.nr, 11);
	assert_string_equal(u.edges.items[0].from, "a.c:a");
	assert_string_equal(u.edges.items[0].to, "x");
	assert_string_equal(u.edges.items[0].kind, "api");
}

static void offer(const char *name, const char *state, const char *need)
{
	struct hand_patch *p = vec_push(&inv.hand);

	p->name = xstrdup(name);
	p->state = xstrdup(state);
	strlist_add(&p->provides, need);
}

/* What a hand-finished patch offers is given before anything is ranked; a patch that failed offers nothing. */
static void what_the_shelf_offers_is_first(void **state)
{
	(void)state;
	needing("a", "x", "y");
	needing("b", "x", "y");
	needing("c", "x");
	needing("d", "y");
	needing("e", "z");
	needing("f", "z");
	needing("g", "z", "x");
	offer("0007-x", "applied", "x");
	offer("0008-z", "failed", "z");
	offer("0009-none", "applied", "nothing");
	inventory_unlocks(&inv, &u);
	assert_int_equal(u.waiting, 7);
	assert_int_equal(u.order.nr, 3);
	assert_order(0, "x 4/1/1/1");
	assert_order(1, "y 3/3/3/4");		/* a and b lack nothing else with x */
	assert_order(2, "z 3/3/3/7");
	assert_string_equal(u.order.items[0].patch, "0007-x");
	assert_null(u.order.items[1].patch);
	assert_null(u.order.items[2].patch);
}

static void of_equals_the_first_by_name_is_first(void **state)
{
	(void)state;
	needing("a", "v");
	needing("b", "u");
	needing("c", "w", "u2");
	needing("d", "w", "u3");
	inventory_unlocks(&inv, &u);
	assert_order(0, "u 1/1/1/1");
	assert_order(1, "v 1/1/1/2");
	assert_order(2, "w 2/0/0/2");		/* more wait for it */
	assert_order(3, "u2 1/0/1/3");
	assert_order(4, "u3 1/0/1/4");
}

/* What is done or dead waits for nothing. */
static void the_done_do_not_wait(void **state)
{
	struct handler *h;

	(void)state;
	set_converted(needing("a", "x"), "patches/1.patch");
	h = needing("b", "x");
	set_text(&h->verdict, "none");
	needing("c", "x");
	inventory_unlocks(&inv, &u);
	assert_int_equal(u.waiting, 1);
	assert_order(0, "x 1/1/1/1");
}

/* A handler that calls another one by name waits for what that one lacks. */
static void handlers_wait_for_handlers(void **state)
{
	struct handler *h;

	(void)state;
	needing("outer", "inner_prepare()");
	needing("inner", "innermost_prepare()", "x");
	needing("innermost", "y");
	needing("escape", "innermost() for a descriptor");
	needing("free", "easy_prepare()");
	add_handler(&inv, "easy.c", "easy", "remap", "auto");
	needing("helper", "nobody_prepare()");
	needing("field", "some_ops.mmap_prepare");
	h = needing("star", "dma_mmap_*() for a descriptor");
	strlist_add(&h->needs, "_prepare()");
	inventory_unlocks(&inv, &u);
	assert_int_equal(u.waiting, 7);
	assert_int_equal(u.for_handlers, 1);
	assert_order(0, "y 4/2/2/2");
	assert_order(1, "x 2/0/2/4");
	assert_order(2, "nobody_prepare() 1/1/1/5");
	assert_string_equal(u.order.items[2].kind, "helper");
	assert_order(3, "some_ops.mmap_prepare 1/1/1/6");
	assert_string_equal(u.order.items[3].kind, "field");
	assert_string_equal(u.edges.items[4].from, "escape.c:escape");
	assert_string_equal(u.edges.items[4].to, "innermost.c:innermost");
	assert_string_equal(u.edges.items[4].kind, "handler");
}

/* The hook of its own field is what a tier 2 handler waits for, not who calls it by name. */
static void a_caller_does_not_need_the_field(void **state)
{
	struct handler *h = needing("impl", "some_ops.mmap_prepare", "x");

	(void)state;
	h->tier = 2;
	set_text(&h->instances.items[0].interface, "some_ops.mmap");
	needing("caller", "impl_prepare()");
	inventory_unlocks(&inv, &u);
	assert_order(0, "x 2/1/1/1");
	assert_order(1, "some_ops.mmap_prepare 1/0/1/2");
}

/* Which of two functions of a name is called, the need does not say: it counts as a helper. */
static void a_name_of_two_is_nobody(void **state)
{
	(void)state;
	needing("caller", "same_prepare()");
	add_handler(&inv, "one.c", "same", "remap", "auto");
	add_handler(&inv, "two.c", "same", "remap", "auto");
	inventory_unlocks(&inv, &u);
	assert_int_equal(u.for_handlers, 0);
	assert_order(0, "same_prepare() 1/1/1/1");
}

static void circles_end(void **state)
{
	(void)state;
	needing("a", "b_prepare()");
	needing("b", "c_prepare()", "x");
	needing("c", "a_prepare()", "y");
	needing("self", "self_prepare()");
	needing("p", "q_prepare()");
	needing("q", "p_prepare()");
	needing("into", "a_prepare()", "z");
	inventory_unlocks(&inv, &u);
	assert_int_equal(u.waiting, 4);
	assert_int_equal(u.for_handlers, 3);
	assert_order(0, "x 4/0/0/0");
	assert_order(1, "y 4/0/3/3");
	assert_order(2, "z 1/0/1/4");
}

static uint64_t seed = 7;

static unsigned below(unsigned n)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (unsigned)(seed >> 33) % n;
}

/* Does handler h lack API `name`, over any chain?  seen: by handler. */
static bool lacks(size_t h, const char *name, bool *seen)
{
	const struct handler *handler = &inv.handlers.items[h];
	unsigned to;
	size_t i;

	seen[h] = true;
	for (i = 0; i < handler->needs.nr; i++) {
		if (!strcmp(handler->needs.items[i], name))
			return true;
		if (sscanf(handler->needs.items[i], "h%u_prepare()", &to) == 1 && !seen[to] && lacks(to, name, seen))
			return true;
	}
	return false;
}

static void check_random(unsigned handlers, unsigned apis)
{
	bool *missing = xcalloc((size_t)handlers * apis, sizeof(bool)), *seen = xcalloc(handlers, sizeof(bool));
	unsigned i, k, left, only = 0, waiting, alone, unlocks, total = 0, a;
	char *name;

	for (i = 0; i < handlers; i++)
		for (k = 0; k < apis; k++) {
			name = xasprintf("api%u", k);
			memset(seen, 0, handlers);
			missing[i * apis + k] = lacks(i, name, seen);
			free(name);
		}
	for (i = 0; i < u.order.nr; i++) {
		a = (unsigned)atoi(u.order.items[i].name + 3);
		for (k = waiting = alone = unlocks = 0; k < handlers; k++) {
			for (only = left = 0; only < apis; only++)
				left += missing[k * apis + only];
			waiting += missing[k * apis + a];
			unlocks += missing[k * apis + a] && left == 1;
		}
		/* Nothing else would have unlocked more. */
		for (only = 0; only < apis; only++) {
			for (k = alone = 0; k < handlers; k++) {
				unsigned j;

				for (j = left = 0; j < apis; j++)
					left += missing[k * apis + j];
				alone += missing[k * apis + only] && left == 1;
			}
			assert_true(alone <= unlocks);
		}
		for (k = 0; k < handlers; k++)
			missing[k * apis + a] = false;
		total += unlocks;
		assert_int_equal(u.order.items[i].unlocks, unlocks);
		assert_int_equal(u.order.items[i].frees.nr, unlocks);
		assert_int_equal(u.order.items[i].total, total);
		assert_true(u.order.items[i].waiting >= waiting);
		assert_true(u.order.items[i].alone <= u.order.items[i].waiting);
	}
	assert_int_equal(total, u.waiting);
	free(missing);
	free(seen);
}

static void random_graphs_are_counted_right(void **state)
{
	unsigned round, i, k, handlers, apis;
	struct handler *h;
	char name[16];

	(void)state;
	for (round = 0; round < 60; round++) {
		end(NULL);
		begin(NULL);
		handlers = 1 + below(24);
		apis = 1 + below(8);
		for (i = 0; i < handlers; i++) {
			snprintf(name, sizeof(name), "h%u", i);
			h = needing_(name, (const char *const[]){ NULL });
			for (k = below(4); k; k--) {
				if (below(3))
					strlist_addf(&h->needs, "api%u", below(apis));
				else
					strlist_addf(&h->needs, "h%u_prepare()", below(handlers));
			}
		}
		inventory_unlocks(&inv, &u);
		check_random(handlers, apis);
	}
}

/* A chain through 5,000 handlers with an API each, closed to a circle, and one with too many APIs. */
static void many_handlers_are_quick(void **state)
{
	clock_t start = clock();
	struct handler *h;
	char name[16];
	unsigned i;

	(void)state;
	for (i = 0; i < 5000; i++) {
		snprintf(name, sizeof(name), "h%u", i);
		h = needing_(name, (const char *const[]){ NULL });
		strlist_addf(&h->needs, "api%u", i);
		strlist_addf(&h->needs, "h%u_prepare()", (i + 1) % 5000);
	}
	inventory_unlocks(&inv, &u);
	assert_int_equal(u.waiting, 5000);
	assert_int_equal(u.order.nr, 4096);
	assert_int_equal(u.not_ranked, 904);
	assert_int_equal(u.order.items[4095].total, 0);		/* each lacks one that is not ranked */
	assert_int_equal(u.edges.nr, 10000);
	assert_true(clock() - start < 20 * CLOCKS_PER_SEC);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, begin, end)
	const struct CMUnitTest tests[] = {
		T(nothing_is_missing), T(the_best_order_counts_what_is_there), T(of_equals_the_first_by_name_is_first),
		T(what_the_shelf_offers_is_first),
		T(the_done_do_not_wait), T(handlers_wait_for_handlers), T(a_caller_does_not_need_the_field),
		T(a_name_of_two_is_nobody), T(circles_end), T(random_graphs_are_counted_right),
		T(many_handlers_are_quick),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
