// SPDX-License-Identifier: GPL-2.0-only
/* What the boot stage does before anything is built: subjects, configuration, the folder of links. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/file.h"
#include "config/config.h"
#include "kernel/farm.h"
#include "kernel/kernel.h"
#include "selftests/selftests.h"
#include "subjects.h"

static char *folder(void)
{
	char template[] = "/tmp/mmapconv-boot-XXXXXX";

	assert_non_null(mkdtemp(template));
	return xstrdup(template);
}

static void put(const char *dir, const char *name, const char *text)
{
	char *path = path_join(dir, name);

	assert_int_equal(file_write_atomic(path, text, strlen(text)), 0);
	free(path);
}

static char *get(const char *dir, const char *name)
{
	char *path = path_join(dir, name);
	struct strbuf b = { 0 };

	assert_int_equal(file_read(path, 1 << 20, &b), 0);
	free(path);
	return strbuf_detach(&b);
}

static int read_text(struct boot_subjects *list, const char *text)
{
	char *dir = folder();
	int ret;

	put(dir, "a.json", text);
	ret = boot_subjects_read(list, dir);
	file_remove_tree(dir);
	free(dir);
	return ret;
}

static void subjects_are_read(void **state)
{
	struct boot_subjects list = { 0 };

	(void)state;
	assert_int_equal(read_text(&list, "[{\"subject\":\"udf\",\"config\":[\"UDF_FS\",\"!X\",\"N=17\"],"
				   "\"qemu\":[\"-device\",\"edu\"],\"append\":[\"a=b\"],"
				   "\"images\":[{\"name\":\"udf.img\",\"mib\":16,\"make\":[\"mkudffs\",\"@\"]}]},"
				   "{\"subject\":\"two\",\"qemu\":[[\"-a\"],[\"-b\",\"c\"]]}]"), 0);
	assert_int_equal(list.nr, 2);
	assert_string_equal(list.items[0].name, "udf");
	assert_int_equal(list.items[0].config.nr, 3);
	assert_int_equal(list.items[0].qemu.nr, 1);
	assert_int_equal(list.items[0].qemu.items[0].nr, 2);
	assert_int_equal(list.items[0].images.items[0].mib, 16);
	assert_int_equal(list.items[1].qemu.nr, 2);
	boot_subjects_free(&list);
}

static void hostile_subjects_are_none(void **state)
{
	static const char *const bad[] = {
		"", "{}", "[1]", "[{}]", "[{\"subject\":\"../x\"}]", "[{\"subject\":\"a b\"}]",
		"[{\"subject\":\"a\",\"config\":[\"A\\nCONFIG_B=y\"]}]", "[{\"subject\":\"a\",\"config\":[\"A B\"]}]",
		"[{\"subject\":\"a\",\"images\":[{\"name\":\"/etc/x\",\"make\":[\"m\"]}]}]",
		"[{\"subject\":\"a\",\"images\":[{\"name\":\"x\"}]}]",
		"[{\"subject\":\"a\",\"images\":[{\"name\":\"x\",\"mib\":99999,\"make\":[\"m\"]}]}]",
	};
	struct boot_subjects list = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		assert_int_not_equal(read_text(&list, bad[i]), 0);
		boot_subjects_free(&list);
	}
}

static void wishes_of_all_are_one_configuration(void **state)
{
	struct config_wishes w = { 0 };
	struct boot_subjects list = { 0 };
	char *why = NULL, *text;

	(void)state;
	assert_int_equal(read_text(&list, "[{\"subject\":\"a\",\"config\":[\"Z\",\"N=17\",\"!OFF\"]},"
				   "{\"subject\":\"b\",\"config\":[\"Z\"]}]"), 0);
	assert_int_equal(config_wishes_make(&w, "# text\n\nCONFIG_B=y\nCONFIG_S=\"a b\"\n", &list, &why), 0);
	text = config_text(&w);
	assert_string_equal(text, "CONFIG_B=y\nCONFIG_N=17\n# CONFIG_OFF is not set\nCONFIG_S=\"a b\"\nCONFIG_Z=y\n");
	assert_int_equal(w.items[4].of.nr, 2);
	free(text);
	/* N has another value, Z is a module, OFF is on. */
	config_check(&w, "\nCONFIG_B=y\nCONFIG_N=170\nCONFIG_OFF=y\nCONFIG_S=\"a b\"\nCONFIG_Z=m\n");
	assert_false(w.items[0].refused);
	assert_true(w.items[1].refused);
	assert_true(w.items[2].refused);
	assert_false(w.items[3].refused);
	assert_true(w.items[4].refused);
	config_wishes_free(&w);
	boot_subjects_free(&list);
}

static void wishes_that_differ_are_refused(void **state)
{
	struct config_wishes w = { 0 };
	struct boot_subjects list = { 0 };
	char *why = NULL;

	(void)state;
	assert_int_equal(read_text(&list, "[{\"subject\":\"a\",\"config\":[\"X\"]},{\"subject\":\"b\",\"config\":[\"!X\"]}]"), 0);
	assert_int_not_equal(config_wishes_make(&w, "", &list, &why), 0);
	assert_string_equal(why, "CONFIG_X: a wants y, b wants n");
	free(why);
	config_wishes_free(&w);
	why = NULL;
	assert_int_not_equal(config_wishes_make(&w, "NOT_CONFIG\n", &list, &why), 0);
	assert_non_null(why);
	free(why);
	config_wishes_free(&w);
	boot_subjects_free(&list);
}

static void a_farm_never_writes_to_the_tree(void **state)
{
	char *tree = folder(), *out = folder(), *farm = path_join(out, "farm"), *text, *path;
	struct stat st;

	(void)state;
	put(tree, "drivers/a.c", "old\n");
	put(tree, "Makefile", "all:\n");
	put(tree, ".git/HEAD", "x\n");
	assert_int_equal(farm_make(farm, tree), 0);
	text = get(farm, "drivers/a.c");
	assert_string_equal(text, "old\n");
	free(text);
	path = path_join(farm, ".git");
	assert_false(file_exists(path));
	free(path);
	assert_int_equal(farm_put(farm, "drivers/a.c", "new\n", 4), 0);
	assert_int_not_equal(farm_put(farm, "../a.c", "new\n", 4), 0);
	text = get(farm, "drivers/a.c");
	assert_string_equal(text, "new\n");
	free(text);
	text = get(tree, "drivers/a.c");
	assert_string_equal(text, "old\n");
	free(text);
	/* Made again, it is the tree again: what was added, what was removed, what a patch had changed. */
	put(tree, "drivers/b.c", "b\n");
	put(tree, "drivers/c.c", "c\n");
	assert_int_equal(farm_make(farm, tree), 0);
	text = get(farm, "drivers/c.c");
	assert_string_equal(text, "c\n");
	free(text);
	path = path_join(tree, "drivers/c.c");
	assert_int_equal(unlink(path), 0);
	free(path);
	assert_int_equal(farm_make(farm, tree), 0);
	path = path_join(farm, "drivers/c.c");
	assert_int_not_equal(lstat(path, &st), 0);
	free(path);
	path = path_join(farm, "drivers/b.c");
	assert_true(file_exists(path));
	free(path);
	path = path_join(farm, "drivers/a.c");
	assert_int_equal(lstat(path, &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	free(path);
	file_remove_tree(tree);
	file_remove_tree(out);
	free(tree);
	free(out);
	free(farm);
}

#define MAIL(from, to) \
	"From 0000000000000000000000000000000000000000 Mon Sep 17 00:00:00 2001\nFrom: A <a@example.invalid>\n" \
	"Date: Thu, 1 Jan 2026 00:00:00 +0000\nSubject: [PATCH] x\n\nText.\n---\n\n" \
	"diff --git a/a.c b/a.c\n--- a/a.c\n+++ b/a.c\n@@ -1 +1 @@\n-" from "\n+" to "\n-- \nx\n"

static void patches_go_one_upon_the_other(void **state)
{
	struct tree t = { .version = "1.0" };
	struct kernels k;
	struct strbuf b = { 0 };
	char *out = folder(), *error = NULL;

	(void)state;
	t.root = folder();
	put(t.root, "a.c", "one\n");
	put(out, "1.patch", MAIL("one", "two"));
	put(out, "2.patch", MAIL("two", "three"));
	put(out, "3.patch", MAIL("one", "four"));
	assert_int_equal(kernels_open(&k, &t, out, 1), 0);
	assert_int_equal(kernels_add_patch(&k, out, "1.patch", &error), 0);
	assert_int_equal(kernels_add_patch(&k, out, "2.patch", &error), 0);
	assert_int_equal(kernels_add_patch(&k, out, "1.patch", &error), 0);	/* is in already */
	assert_int_not_equal(kernels_add_patch(&k, out, "3.patch", &error), 0);
	assert_non_null(error);
	free(error);
	assert_int_not_equal(kernels_add_patch(&k, out, "../4.patch", &error), 0);
	free(error);
	assert_int_equal(k.patches.nr, 2);
	assert_int_equal(overlay_read(&k.patched, "a.c", &b), 0);
	assert_string_equal(b.s, "three\n");
	strbuf_free(&b);
	kernels_close(&k);
	file_remove_tree(t.root);
	file_remove_tree(out);
	free(t.root);
	free(out);
}

/* Our drivers are the tree's in the farm, also where a patch put a new Makefile there. */
static void the_farm_gets_our_drivers(void **state)
{
	char *tree = folder(), *out = folder(), *own = folder(), *text, *path;
	struct kernels k = { 0 };

	(void)state;
	put(tree, "drivers/Makefile", "obj-y += base/");
	put(tree, "drivers/Kconfig", "menu\nendmenu\n");
	put(tree, "Makefile", "all:\n");
	put(own, "Makefile", "obj-y += ours.o\n");
	put(own, "ours.c", "ours\n");
	k.farm.root = path_join(out, "farm");
	assert_int_equal(farm_make(k.farm.root, tree), 0);
	path = path_join(own, "none");
	assert_int_equal(kernels_provide(&k, path), 0);
	free(path);
	text = get(k.farm.root, "drivers/Makefile");
	assert_string_equal(text, "obj-y += base/");
	free(text);
	assert_int_equal(kernels_provide(&k, own), 0);
	assert_int_equal(kernels_provide(&k, own), 0);
	text = get(k.farm.root, "drivers/Makefile");
	assert_string_equal(text, "obj-y += base/\nobj-y += mmapconv/\n");
	free(text);
	text = get(k.farm.root, "drivers/Kconfig");
	assert_string_equal(text, "menu\nendmenu\n\nsource \"drivers/mmapconv/Kconfig\"\n");
	free(text);
	text = get(k.farm.root, "drivers/mmapconv/ours.c");
	assert_string_equal(text, "ours\n");
	free(text);
	assert_int_equal(farm_put(k.farm.root, "drivers/Makefile", "obj-y += new/\n", 14), 0);
	assert_int_equal(kernels_provide(&k, own), 0);
	text = get(k.farm.root, "drivers/Makefile");
	assert_string_equal(text, "obj-y += new/\n\nobj-y += mmapconv/\n");
	free(text);
	/* What we no longer have is gone the next time. */
	path = path_join(own, "ours.c");
	assert_int_equal(unlink(path), 0);
	free(path);
	assert_int_equal(farm_make(k.farm.root, tree), 0);
	path = path_join(k.farm.root, "drivers/mmapconv/ours.c");
	assert_false(file_exists(path));
	free(path);
	text = get(tree, "drivers/Makefile");
	assert_string_equal(text, "obj-y += base/");
	free(text);
	path = path_join(tree, "drivers/mmapconv");
	assert_false(file_exists(path));
	free(path);
	file_remove_tree(tree);
	file_remove_tree(out);
	file_remove_tree(own);
	free(k.farm.root);
	free(tree);
	free(out);
	free(own);
}

static void more_tests_of_the_kernel_are_no_loss(void **state)
{
	static const char before[] = "26 tests run, 26 passed, 0 failed. (status 0)";
	static const struct { const char *patched; bool worse; } t[] = {
		{ before, false },
		{ "27 tests run, 27 passed, 0 failed. (status 0)", false },
		{ "27 tests run, 26 passed, 1 failed. (status 1)", true },
		{ "27 tests run, 26 passed, 0 failed. (status 0)", true },
		{ "25 tests run, 25 passed, 0 failed. (status 0)", true },
		{ "26 tests run, 26 passed, 0 failed. (status 1)", true },
		{ "27 tests run, 27 passed, 0 failed. (status 0) and more", true },
		{ "27 tests run", true },
		{ "", true },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(t) / sizeof(*t); i++)
		assert_int_equal(selftests_vma_worse(before, t[i].patched), t[i].worse);
	/* What failed before, and fails no more, is another thing as well: somebody has to look. */
	assert_true(selftests_vma_worse(t[2].patched, before));
	assert_false(selftests_vma_worse("it ended", "it ended"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(subjects_are_read),
		cmocka_unit_test(hostile_subjects_are_none),
		cmocka_unit_test(wishes_of_all_are_one_configuration),
		cmocka_unit_test(wishes_that_differ_are_refused),
		cmocka_unit_test(a_farm_never_writes_to_the_tree),
		cmocka_unit_test(the_farm_gets_our_drivers),
		cmocka_unit_test(patches_go_one_upon_the_other),
		cmocka_unit_test(more_tests_of_the_kernel_are_no_loss),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
