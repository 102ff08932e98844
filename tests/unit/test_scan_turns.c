// SPDX-License-Identifier: GPL-2.0-only
/* What is read next of a file that has errors, with a precompiled header and without. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>

#include "scan/internal.h"

#define MISSING	"drivers/x.c:1:10: 'asm/x.h' file not found"
#define FAULT	"drivers/x.c:7:2: use of undeclared identifier 'x'"

static struct scan_file f;

static int begin(void **state)
{
	(void)state;
	f = (struct scan_file){ .file = xstrdup("drivers/x.c"), .varies = true };
	return 0;
}

static int end(void **state)
{
	(void)state;
	scan_drop_doubts(&f);
	unit_free(&f.reading.unit);
	free(f.file);
	return 0;
}

static struct turn expect_turn(const char *arch, bool no_pch)
{
	struct turn t = { 0 };

	assert_true(scan_next_turn(&f, &t));
	assert_string_equal(t.arch->name, arch);
	assert_int_equal(t.no_pch, no_pch);
	f.tried |= 1u << (t.arch - arch_table);
	return t;
}

/* What was read at this turn had these errors, and a precompiled header. */
static void doubt(struct turn t, const char *error)
{
	struct unit u = { .file = f.file, .status = UNIT_PARTIAL, .nr_errors = 1, .doubtful = true };

	strlist_add(&u.errors, error);
	scan_doubt(&f, &t, &u);
	strlist_free(&u.errors);
}

/* … and none: it is the best reading so far. */
static void keep(struct turn t, const char *error)
{
	struct unit *u = &f.reading.unit;

	unit_free(u);
	u->file = xstrdup(f.file);
	u->status = UNIT_PARTIAL;
	u->nr_errors = 1;
	strlist_add(&u->errors, error);
	f.arch = t.arch;
	f.rank = t.rank;
	f.innocent = scan_doubt_was_idle(&f, &t, u);
}

/* The header may be to blame: that is looked into before another architecture is tried. */
static void test_at_once(void **state)
{
	struct turn t = expect_turn("x86_64", false);

	(void)state;
	doubt(t, FAULT);
	t = expect_turn("x86_64", true);
	assert_int_equal(t.rank, 0);
	keep(t, FAULT);
	assert_true(f.innocent);
	t = expect_turn("arm64", false);
	assert_int_equal(t.rank, 1);
	/* The same errors: no better.  Others: who knows? */
	doubt(t, FAULT);
	t = expect_turn("arm", false);
	doubt(t, FAULT " again");
	expect_turn("arm", true);
}

/* Without the header it had other errors: the header is believed nothing any more. */
static void test_guilty(void **state)
{
	struct turn t = expect_turn("x86_64", false);

	(void)state;
	doubt(t, FAULT);
	t = expect_turn("x86_64", true);
	keep(t, FAULT " again");
	assert_false(f.innocent);
	t = expect_turn("arm64", false);
	doubt(t, FAULT " again");
	expect_turn("arm64", true);
}

/* An #include that leads nowhere leads nowhere: other architectures come first, but no error stays in doubt. */
static void test_put_off(void **state)
{
	static const char *const rest[] = { "arm", "powerpc", "sparc64", "mips", "s390" };
	struct turn t = expect_turn("x86_64", false);
	size_t i;

	(void)state;
	doubt(t, MISSING);
	t = expect_turn("arm64", false);
	doubt(t, MISSING " in 'asm/y.h' file not found");
	for (i = 0; i < sizeof(rest) / sizeof(*rest); i++) {
		t = expect_turn(rest[i], false);
		doubt(t, MISSING);
	}
	t = expect_turn("x86_64", true);
	assert_int_equal(t.rank, 0);
	keep(t, MISSING);
	t = expect_turn("arm64", true);
	assert_int_equal(t.rank, 1);
	assert_false(scan_next_turn(&f, &t));
}

/* One of arch/ has its architecture alone; flags that are guessed make no other one better. */
static void test_no_other(void **state)
{
	struct turn t;

	(void)state;
	free(f.file);
	f.file = xstrdup("arch/arm/x.c");
	t = expect_turn("arm", false);
	doubt(t, "arch/arm/x.c:1:10: 'asm/x.h' file not found");
	t = expect_turn("arm", true);
	keep(t, FAULT);
	assert_false(scan_next_turn(&f, &t));
	f.tried = 0;
	f.varies = false;
	scan_drop_doubts(&f);
	free(f.file);
	f.file = xstrdup("drivers/x.c");
	t = expect_turn("x86_64", false);
	doubt(t, MISSING);
	expect_turn("x86_64", true);
}

/* More functions are wanted: on the same architecture, as it was read before. */
static void test_again(void **state)
{
	struct turn t = expect_turn("x86_64", false);

	(void)state;
	doubt(t, FAULT);
	t = expect_turn("x86_64", true);
	keep(t, FAULT);
	f.no_pch = f.again = true;
	expect_turn("x86_64", true);
	f.again = false;
	f.done = true;
	assert_false(scan_next_turn(&f, &t));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_at_once, begin, end),
		cmocka_unit_test_setup_teardown(test_guilty, begin, end),
		cmocka_unit_test_setup_teardown(test_put_off, begin, end),
		cmocka_unit_test_setup_teardown(test_no_other, begin, end),
		cmocka_unit_test_setup_teardown(test_again, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
