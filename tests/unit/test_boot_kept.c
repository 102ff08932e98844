// SPDX-License-Identifier: GPL-2.0-only
/* What a boot said, in the inventories that are made after it: what holds is kept, what does not is said. */
#include "test_boot_fixture.h"

#include "compare/internal.h"
#include "kept.h"

static const struct { const char *file, *text; } sources[] = {
	{ "mm/vma.c", "core\n" }, { "drivers/char/mem.c", "mem\n" }, { "drivers/one.c", "one\n" },
	{ "drivers/two.c", "two\n" }, { "fs/udf/file.c", "udf\n" },
};
static char *tree;

/* udf and mem were booted, the one with its patch; what then is in memory is another inventory. */
static int setup(void **state)
{
	struct strlist lines = { 0 };
	struct inventory inv;
	struct handler *mem;
	size_t i;
	int ret = scratch_make(state);

	tree = path_join(scratch, "tree");
	for (i = 0; i < sizeof(sources) / sizeof(*sources); i++) {
		char *name = path_join("tree", sources[i].file);

		write_text(name, sources[i].text);
		free(name);
	}
	make_booted(&inv);
	set_booted(udf(&inv), 212);
	free(udf(&inv)->boot.patch);
	udf(&inv)->boot.patch = patch_hash(&udf(&inv)->conversion, scratch);
	mem = &inv.handlers.items[0];
	set_booted(mem, 7);
	free(mem->boot.patch);
	mem->boot.patch = NULL;
	kept_sources(&inv, tree, &lines);
	assert_int_equal(kept_write(&inv, &lines, scratch), 0);
	strlist_free(&lines);
	inventory_free(&inv);
	return ret;
}

static int teardown(void **state)
{
	free(tree);
	return scratch_remove(state);
}

/* The next run's inventory, and what is said while it gets `want` results. */
static char *carry(struct inventory *inv, unsigned want)
{
	make_booted(inv);
	return SAID(assert_int_equal(kept_carry(inv, tree, scratch), want));
}

static void what_holds_is_kept(void **state)
{
	struct inventory inv;
	char *said = carry(&inv, 2);

	(void)state;
	assert_string_equal(said, "");
	assert_string_equal(udf(&inv)->boot.verdict, "same");
	assert_int_equal(udf(&inv)->boot.requests, 212);
	assert_int_equal(inv.handlers.items[0].boot.requests, 7);
	assert_null(inv.handlers.items[1].boot.verdict);
	assert_int_equal(inventory_check(&inv), 0);
	inventory_free(&inv);
	free(said);
}

static void another_patch_was_not_booted(void **state)
{
	struct inventory inv;
	char *said;

	(void)state;
	make_booted(&inv);
	write_patch("patches/0001-udf.patch", "udf", "newer");
	said = SAID(assert_int_equal(kept_carry(&inv, tree, scratch), 1));
	assert_has(said, "1 handler: the patch is another one than was booted");
	assert_null(udf(&inv)->boot.verdict);
	assert_int_equal(inv.handlers.items[0].boot.requests, 7);
	inventory_free(&inv);
	free(said);
}

/* A handler that had no patch when it was booted has one now. */
static void a_new_patch_was_not_booted(void **state)
{
	struct inventory inv;
	char *said;

	(void)state;
	make_booted(&inv);
	set_converted(&inv.handlers.items[0], "patches/0002-mem.patch");
	write_patch("patches/0002-mem.patch", "mem", "new");
	said = SAID(assert_int_equal(kept_carry(&inv, tree, scratch), 1));
	assert_has(said, "1 handler: the patch is another one than was booted");
	assert_null(inv.handlers.items[0].boot.verdict);
	inventory_free(&inv);
	free(said);
}

static void another_source_was_not_booted(void **state)
{
	struct inventory inv;
	char *said;

	(void)state;
	write_text("tree/fs/udf/file.c", "edited\n");
	said = carry(&inv, 1);
	assert_has(said, "1 handler: the source file is another one than was booted");
	assert_null(udf(&inv)->boot.verdict);
	inventory_free(&inv);
	free(said);
	/* Nor one that is gone. */
	said = path_join(tree, "drivers/char/mem.c");
	assert_int_equal(unlink(said), 0);
	free(said);
	said = carry(&inv, 0);
	assert_has(said, "2 handlers: the source file is another one than was booted");
	inventory_free(&inv);
	free(said);
}

static void another_core_drops_all(void **state)
{
	struct inventory inv;
	char *said;

	(void)state;
	write_text("tree/mm/vma.c", "other core\n");
	said = carry(&inv, 0);
	assert_has(said, "mm/vma.c is another one than was booted");
	assert_null(udf(&inv)->boot.verdict);
	inventory_free(&inv);
	free(said);
}

static void another_release_drops_all(void **state)
{
	struct inventory inv;
	char *said;

	(void)state;
	make_booted(&inv);
	set_text(&inv.tree_version, "7.3.5");
	said = SAID(assert_int_equal(kept_carry(&inv, tree, scratch), 0));
	assert_has(said, "the last boot was of Linux 7.3.4, the tree is Linux 7.3.5");
	inventory_free(&inv);
	free(said);
}

/* A scan makes no patches; the run after it does. */
static void a_scan_between_loses_nothing(void **state)
{
	struct inventory inv;
	char *said;

	(void)state;
	make_booted(&inv);
	free(udf(&inv)->conversion.patch);
	udf(&inv)->conversion.patch = NULL;
	said = SAID(assert_int_equal(kept_carry(&inv, tree, scratch), 1));
	assert_has(said, "1 handler was booted, and is not here, or not with a patch");
	assert_null(udf(&inv)->boot.verdict);
	inventory_free(&inv);
	free(said);
	said = carry(&inv, 2);
	assert_string_equal(udf(&inv)->boot.verdict, "same");
	inventory_free(&inv);
	free(said);
}

static void damage_is_said(void **state)
{
	struct inventory inv;
	char *said;

	(void)state;
	write_text("boot/sources", "");
	said = carry(&inv, 0);
	assert_has(said, "mm/vma.c is another one than was booted");
	inventory_free(&inv);
	free(said);
	write_text("boot/inventory.json", "{}");
	said = carry(&inv, 0);
	assert_has(said, "what the last boot said cannot be kept; run `mmapconv boot` again");
	inventory_free(&inv);
	free(said);
	said = path_join(scratch, "boot");
	assert_int_equal(file_remove_tree(said), 0);
	free(said);
	said = carry(&inv, 0);
	assert_string_equal(said, "");
	inventory_free(&inv);
	free(said);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_holds_is_kept, setup, teardown),
		cmocka_unit_test_setup_teardown(another_patch_was_not_booted, setup, teardown),
		cmocka_unit_test_setup_teardown(a_new_patch_was_not_booted, setup, teardown),
		cmocka_unit_test_setup_teardown(another_source_was_not_booted, setup, teardown),
		cmocka_unit_test_setup_teardown(another_core_drops_all, setup, teardown),
		cmocka_unit_test_setup_teardown(another_release_drops_all, setup, teardown),
		cmocka_unit_test_setup_teardown(a_scan_between_loses_nothing, setup, teardown),
		cmocka_unit_test_setup_teardown(damage_is_said, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
