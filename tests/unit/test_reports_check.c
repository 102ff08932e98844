// SPDX-License-Identifier: GPL-2.0-only
/* The accounting identity and its gaps, the order, and the ranking of what is missing. */
#include "test_reports_fixture.h"

#include "inventory_counts.h"
#include "gaps.h"

static void lose_outcome(struct handler *h) { set_text(&h->outcome, NULL); }
static void odd_outcome(struct handler *h) { set_text(&h->outcome, "done"); }
static void odd_verdict(struct handler *h) { set_text(&h->verdict, "maybe"); }
static void odd_class(struct handler *h) { set_text(&h->class_name, "magic"); }
static void lose_id(struct handler *h) { set_text(&h->id, NULL); }
static void other_outcome(struct handler *h) { set_text(&h->outcome, "core"); }
static void unparsed(struct handler *h) { set_text(&h->outcome, "unparsed"); }
static void patchless(struct handler *h) { set_text(&h->outcome, "converted"); }
static void patchless_hand(struct handler *h) { set_text(&h->outcome, "hand"); }
static void mute_failure(struct handler *h) { set_text(&h->outcome, "failed"); }
static void stray_patch(struct handler *h) { h->conversion.patch = xstrdup("patches/9.patch"); }

static void forbidden(struct handler *h)
{
	set_converted(h, "patches/9.patch");
	set_text(&h->verdict, "assisted");
}

static void failed_conversion(struct handler *h)
{
	set_converted(h, "patches/9.patch");
	h->conversion.stage = xstrdup("compile");
}

static void reasonless_failure(struct handler *h)
{
	set_failed(h, "compile", "");
}

static void needless_core(struct handler *h)
{
	set_text(&h->verdict, "core");
	set_text(&h->outcome, "core");
}

static void odd_boot(struct handler *h)
{
	h->boot.verdict = xstrdup("fine");
}

static void silent_boot(struct handler *h)
{
	h->boot.verdict = xstrdup("differs");
}

static void loud_boot(struct handler *h)
{
	set_booted(h, 1);
	add_boot_difference(h, NULL);
	set_text(&h->boot.verdict, "same");
}

static void idle_boot(struct handler *h)
{
	set_booted(h, 0);
}

static void third_tier(struct handler *h)
{
	h->tier = 3;
}

static void test_gaps(void **state)
{
	static const struct { void (*damage)(struct handler *h); const char *said; } t[] = {
		{ lose_outcome, "its outcome is no known word" },
		{ odd_outcome, "its outcome is no known word" },
		{ odd_verdict, "its verdict is no known word" },
		{ odd_class, "its class is no known word" },
		{ lose_id, "it has no id" },
		{ other_outcome, "its outcome is not what its verdict says" },
		{ unparsed, "it counts as unparsed but has a verdict" },
		{ patchless, "names no patch" },
		{ patchless_hand, "names no patch" },
		{ mute_failure, "does not say at which stage" },
		{ reasonless_failure, "does not say at which stage" },
		{ stray_patch, "does not count as converted" },
		{ forbidden, "its verdict is not auto" },
		{ failed_conversion, "a stage of it failed" },
		{ needless_core, "it names nothing that is missing" },
		{ odd_boot, "what its boot said is no known word" },
		{ silent_boot, "not what the differences say" },
		{ loud_boot, "not what the differences say" },
		{ idle_boot, "a boot that did not reach it" },
		{ third_tier, "its tier is neither 1 nor 2" },
	};
	struct inventory inv;
	char *said;
	size_t i;
	int ret;

	(void)state;
	for (i = 0; i < sizeof(t) / sizeof(*t); i++) {
		make_inventory(&inv);
		said = SAID(ret = inventory_check(&inv));
		assert_int_equal(ret, 0);
		assert_string_equal(said, "");
		free(said);
		/* theta: auto, not converted. */
		t[i].damage(&inv.handlers.items[8]);
		said = SAID(ret = inventory_check(&inv));
		assert_int_equal(ret, -ERANGE);
		assert_has(said, t[i].said);
		if (inv.handlers.items[8].id)
			assert_has(said, "fs/theta.c:theta_mmap");
		free(said);
		inventory_free(&inv);
	}
}

static void test_sum(void **state)
{
	struct inventory inv;
	char *said;
	int ret;

	(void)state;
	make_inventory(&inv);
	lose_outcome(&inv.handlers.items[0]);
	lose_outcome(&inv.handlers.items[1]);
	said = SAID(ret = inventory_check(&inv));
	assert_int_equal(ret, -ERANGE);
	assert_has(said, "10 handlers found, but their outcomes add up to 8: 2 are unaccounted for");
	free(said);
	inventory_free(&inv);
}

static void test_same_twice(void **state)
{
	struct inventory inv;
	char *said;
	int ret;

	(void)state;
	start_inventory(&inv);
	set_converted(add_handler(&inv, "a.c", "a", "remap", "auto"), "patches/1.patch");
	set_converted(add_handler(&inv, "b.c", "b", "remap", "auto"), "patches/2.patch");
	assert_int_equal(inventory_check(&inv), 0);
	set_text(&inv.handlers.items[1].conversion.patch, "patches/1.patch");
	said = SAID(ret = inventory_check(&inv));
	assert_int_equal(ret, -ERANGE);
	assert_has(said, "the same patch \"patches/1.patch\"");
	assert_has(said, "a.c:a");
	assert_has(said, "b.c:b");
	free(said);

	set_text(&inv.handlers.items[1].conversion.patch, "patches/2.patch");
	set_text(&inv.handlers.items[1].id, "a.c:a");
	said = SAID(ret = inventory_check(&inv));
	assert_int_equal(ret, -ERANGE);
	assert_has(said, "the same id \"a.c:a\"");
	free(said);
	inventory_free(&inv);
}

static char *json_text(const struct inventory *inv)
{
	char *path = path_join(scratch, "sorted.json"), *text;

	assert_int_equal(inventory_write(inv, path), 0);
	text = read_whole(path);
	free(path);
	return text;
}

#define REVERSE(v) do {								\
	size_t i_ = 0, j_ = (v)->nr;						\
	for (; i_ + 1 < j_; i_++) {						\
		__typeof__(*(v)->items) t_ = (v)->items[--j_];			\
		(v)->items[j_] = (v)->items[i_];				\
		(v)->items[i_] = t_;						\
	}									\
} while (0)

/* The order in which workers find things must not show. */
static void test_sort(void **state)
{
	struct inventory inv;
	struct handler *h;
	char *a, *b;

	(void)state;
	make_inventory(&inv);
	h = &inv.handlers.items[0];
	strlist_add(&h->declarations, "drivers/a/alpha.h:10");
	strlist_add(&h->declarations, "drivers/a/beta.h:2");
	*vec_push(&h->instances) = (struct instance){
		xstrdup("x_fops"), xstrdup(h->file), 20, xstrdup("static"), true,
		xstrdup("file_operations.mmap"), false,
	};
	*vec_push(&h->instances) = (struct instance){
		xstrdup("x_fops"), xstrdup(h->file), 9, xstrdup("static"), true,
		xstrdup("file_operations.mmap"), false,
	};
	strlist_add(&inv.disagreements, "another");
	inventory_sort(&inv);
	a = json_text(&inv);
	h = &inv.handlers.items[0];
	assert_string_equal(h->declarations.items[0], "drivers/a/alpha.h:7");
	assert_string_equal(h->declarations.items[1], "drivers/a/alpha.h:10");
	assert_int_equal(h->instances.items[0].line, 9);
	assert_string_equal(h->instances.items[1].name, "alpha_mmap_fops");
	assert_string_equal(inv.disagreements.items[0], "another");
	assert_string_equal(inv.problems.items[0].file, "");
	assert_int_equal(inv.handlers.items[9].tier, 2);

	vec_each(h, &inv.handlers) {
		REVERSE(&h->instances);
		REVERSE(&h->definitions);
		REVERSE(&h->declarations);
	}
	REVERSE(&inv.handlers);
	REVERSE(&inv.problems);
	REVERSE(&inv.disagreements);
	b = json_text(&inv);
	assert_string_not_equal(a, b);
	free(b);
	inventory_sort(&inv);
	b = json_text(&inv);
	assert_string_equal(a, b);
	free(a);
	free(b);
	inventory_free(&inv);
	inventory_sort(&inv);		/* empty */
}

static void test_counts(void **state)
{
	struct inventory inv;
	struct counts c;

	(void)state;
	make_inventory(&inv);
	inventory_count(&inv, &c);
	assert_int_equal(c.handlers, 10);
	assert_int_equal(c.tier[0], 9);
	assert_int_equal(c.tier[1], 1);
	assert_int_equal(count_outcome(&c, "core"), 3);
	assert_int_equal(c.by_outcome[NR_OUTCOMES], 0);
	assert_int_equal(c.unconfirmed, 1);
	assert_int_equal(c.unread, 1);
	assert_int_equal(c.instances, 10);
	assert_int_equal(c.files_failed, 2);
	assert_int_equal(c.handlers_partial, 1);
	assert_true(c.converting);
	inventory_count_tier(&inv, 1, &c);
	assert_int_equal(c.handlers, 9);
	assert_int_equal(count_outcome(&c, "core"), 2);
	assert_true(c.converting);
	inventory_count_tier(&inv, 2, &c);
	assert_int_equal(c.handlers, 1);
	assert_int_equal(count_outcome(&c, "core"), 1);
	assert_false(c.converting);
	/* A word that nobody knows is counted apart, not dropped. */
	odd_outcome(&inv.handlers.items[0]);
	odd_class(&inv.handlers.items[0]);
	inventory_count(&inv, &c);
	assert_int_equal(c.by_outcome[NR_OUTCOMES], 1);
	assert_int_equal(c.class_outcome[NR_CLASSES][NR_OUTCOMES], 1);
	assert_int_equal(c.handlers, 10);
	inventory_free(&inv);
}

static void test_contracts(void **state)
{
	struct inventory inv;
	struct handler *h;
	struct gaps g;

	(void)state;
	make_inventory(&inv);
	h = add_handler(&inv, "z.c", "z", "remap", "auto");
	*vec_push(&h->contract.unmodelled) = (struct contract_gap){ 1, xstrdup("assembly") };
	*vec_push(&h->contract.unmodelled) = (struct contract_gap){ 2, xstrdup("assembly") };
	h->contract.complete = false;
	inventory_gaps(&inv, 1, &g);
	assert_int_equal(g.complete, 7);
	assert_int_equal(g.incomplete, 2);
	assert_int_equal(g.none, 1);
	assert_int_equal(g.reasons.nr, 2);
	assert_string_equal(g.reasons.items[0].reason, "assembly");
	assert_int_equal(g.reasons.items[0].handlers, 2);	/* twice in one is once */
	assert_string_equal(g.reasons.items[1].reason, "a loop whose variables do not settle");
	vec_free(&g.reasons);
	inventory_gaps(&inv, 2, &g);
	assert_int_equal(g.complete, 0);
	assert_int_equal(g.incomplete, 1);
	assert_int_equal(g.reasons.items[0].handlers, 1);
	vec_free(&g.reasons);
	inventory_free(&inv);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_gaps),
		cmocka_unit_test(test_sum),
		cmocka_unit_test(test_same_twice),
		cmocka_unit_test(test_sort),
		cmocka_unit_test(test_contracts),
		cmocka_unit_test(test_counts),
	};

	return cmocka_run_group_tests(tests, scratch_make, scratch_remove);
}
