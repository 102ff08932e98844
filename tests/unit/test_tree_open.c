// SPDX-License-Identifier: GPL-2.0-only
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "tree/probe.h"
#include "tree/tree.h"

static char top[] = "/tmp/mmapconv-test-XXXXXX";
static char *root;

static int setup(void **s)
{
	(void)s;
	if (!mkdtemp(top))
		return -1;
	root = realpath(top, NULL);
	return root ? 0 : -1;
}

static int teardown(void **s)
{
	(void)s;
	free(root);
	return file_remove_tree(top);
}

static void put(const char *name, const char *text)
{
	char *path = path_join(top, name);

	assert_int_equal(file_write_atomic(path, text, strlen(text)), 0);
	free(path);
}

/* stderr of one call. */
static char *message_of(int (*fn)(void))
{
	static char text[1000];
	FILE *f = tmpfile();
	int saved = dup(2);
	size_t n;

	assert_non_null(f);
	fflush(stderr);
	dup2(fileno(f), 2);
	fn();
	fflush(stderr);
	dup2(saved, 2);
	close(saved);
	rewind(f);
	n = fread(text, 1, sizeof(text) - 1, f);
	text[n] = '\0';
	fclose(f);
	return text;
}

static void old_tree(void)
{
	put("t/Makefile", "# SPDX\nVERSION = 6\nPATCHLEVEL = 12\nSUBLEVEL = 3\nEXTRAVERSION = -rc1 \n"
	    "NAME = x\nexport VERSION PATCHLEVEL\n");
	put("t/include/linux/fs.h", "struct file_operations {\n\tint (*mmap)(struct file *);\n};\n");
	put("t/include/linux/mm.h", "struct vm_operations_struct { void (*open)(void); };\n");
	put("t/include/linux/mm_types.h", "struct vm_area_struct { int x; };\n");
}

static struct tree t;

static int open_t(void)
{
	char *path = path_join(top, "t");
	int ret = tree_open(&t, path);

	free(path);
	return ret;
}

static void test_old(void **s)
{
	size_t i;

	(void)s;
	old_tree();
	assert_int_equal(open_t(), 0);
	assert_string_equal(t.version, "6.12.3-rc1");
	assert_true(!strncmp(t.root, root, strlen(root)));
	assert_string_equal(t.root + strlen(root), "/t");
	assert_false(t.is_git);
	for (i = 0; i < API_NR; i++)
		assert_false(t.api[i]);
	tree_close(&t);
	put("t/.git", "gitdir: elsewhere\n");
	put("t/Makefile", "VERSION=7\nPATCHLEVEL:=1\n");
	assert_int_equal(open_t(), 0);
	assert_string_equal(t.version, "7.1");
	assert_true(t.is_git);
	tree_close(&t);
}

/* The API is in the tokens, wherever the lines break, and not in comments or other structs. */
static void test_new(void **s)
{
	(void)s;
	old_tree();
	put("t/include/linux/fs.h",
	    "/* compat_set_desc_from_vma(struct vm_area_desc *desc */\n"
	    "struct file_operations {\n\tint ( *mmap_prepare )\n\t\t(struct vm_area_desc *desc);\n};\n"
	    "// int generic_file_mmap_prepare(struct vm_area_desc *desc);\n");
	put("t/include/linux/mm.h",
	    "struct other { int (*mapped)(int); };\n"
	    "static inline void my_mmap_action_remap(struct vm_area_desc *d) {}\n"
	    "static inline void mmap_action_simple_ioremap( struct  vm_area_desc\n*d) {}\n"
	    "#define vma_desc_set_flags(desc, ...) \\\n\tx(desc)\n");
	put("t/include/linux/mm_types.h",
	    "struct mmap_action { union { struct { int a; } x; }; int error_override; };\n"
	    "struct vm_area_desc {\n\tunion {\n\t\tvm_flags_t vm_flags; /* { */\n"
	    "\t\tvma_flags_t\n\t\tvma_flags;\n\t};\n\tstruct file *file;\n};\n"
	    "struct vm_fault { struct file *vm_file; };\n");
	assert_int_equal(open_t(), 0);
	assert_true(t.api[API_MMAP_PREPARE]);
	assert_true(t.api[API_VM_FLAGS_FIELD]);
	assert_true(t.api[API_VMA_FLAGS]);
	assert_true(t.api[API_SIMPLE_IOREMAP]);
	assert_true(t.api[API_DESC_FLAG_HELPERS]);
	assert_true(t.api[API_ERROR_OVERRIDE]);
	assert_false(t.api[API_VM_FILE]);
	assert_false(t.api[API_ACTION]);
	assert_false(t.api[API_MAPPED]);
	assert_false(t.api[API_COMPAT_DESC]);
	assert_false(t.api[API_GENERIC_PREPARE]);
	assert_false(t.api[API_ERROR_HOOK]);
	tree_close(&t);
}

static void test_fold(void **s)
{
	static const char text[] = "int  a /* x\n */b;\n// no \\\n no\nc=\"/* \\\" */ \" ;a\\\nb 'x'";
	struct strbuf b = { 0 };

	(void)s;
	probe_fold(text, strlen(text), &b);
	assert_string_equal(b.s, "int a b;c=\"/* \\\" */ \";a b'x'");
	strbuf_free(&b);
	/* What is cut off ends the text, not the program. */
	probe_fold("a/* b", 5, &b);
	probe_fold("\"c", 2, &b);
	probe_fold("/", 1, &b);
	probe_fold("\\", 1, &b);
	assert_string_equal(b.s, "a\"c/\\");
	strbuf_free(&b);
	assert_true(probe_has("struct a{int x;}struct a{int y;}", "y;", "struct a"));
	assert_false(probe_has("struct a{int x;}struct b{int y;}", "y;", "struct a"));
	assert_false(probe_has("xfoo(foo(", "foo (x", NULL));
	assert_true(probe_has("xfoo(foo(", "foo (", NULL));
	assert_false(probe_has("xfoo(", "foo (", NULL));
	assert_false(probe_has("struct a{", "y;", "struct a"));
}

static void test_refused(void **s)
{
	char *path, *text;

	(void)s;
	old_tree();
	path = path_join(top, "t/include/linux/mm.h");
	assert_int_equal(unlink(path), 0);
	text = message_of(open_t);
	assert_non_null(strstr(text, "not a Linux kernel tree: include/linux/mm.h missing"));
	assert_non_null(strstr(text, "-C"));
	assert_null(t.root);
	/* There, but no file: cannot be read, root or not. */
	assert_int_equal(mkdir(path, 0755), 0);
	assert_int_equal(open_t(), -EINVAL);
	assert_non_null(strstr(message_of(open_t), "include/linux/mm.h: cannot read"));
	assert_int_equal(rmdir(path), 0);
	free(path);
	old_tree();
	put("t/Makefile", "all:\n\techo VERSION = 3\n");
	assert_int_equal(open_t(), -EINVAL);
	assert_non_null(strstr(message_of(open_t), "VERSION"));
	put("t/Makefile", "VERSION = 7$(rm)\nPATCHLEVEL = 2\n");
	assert_int_equal(open_t(), -EINVAL);
	old_tree();
	path = path_join(top, "t/include/linux");
	assert_int_equal(tree_open(&t, path), -EINVAL);
	free(path);
	path = path_join(top, "t/Makefile");
	assert_int_equal(tree_open(&t, path), -ENOTDIR);
	free(path);
	assert_int_equal(tree_open(&t, "/no/such/tree"), -ENOENT);
	assert_null(t.root);
}

/* Every feature has its row: a hole in the table would read as "the tree has not". */
static void test_table(void **s)
{
	size_t i, j;

	(void)s;
	for (i = 0; i < API_NR; i++) {
		assert_non_null(api_table[i].key);
		assert_non_null(api_table[i].summary);
		assert_true(path_is_inside(api_table[i].file));
		for (j = 0; j < i; j++)
			assert_string_not_equal(api_table[i].key, api_table[j].key);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_old),
		cmocka_unit_test(test_new),
		cmocka_unit_test(test_fold),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_table),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
