// SPDX-License-Identifier: GPL-2.0-only
/* Flags from compile_commands.json and the fallback; kbuild's are in test_tree_kbuild.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "tree/command.h"
#include "tree/flags.h"
#include "tree/shell_words.h"

static char top[] = "/tmp/mmapconv-test-XXXXXX";
static struct tree tree;

static int setup(void **s)
{
	(void)s;
	if (!mkdtemp(top))
		return -1;
	setenv("XDG_CACHE_HOME", top, 1);
	tree.root = path_join(top, "tree");
	tree.version = xstrdup("7.3.0");
	return file_mkdirs(tree.root);
}

static int teardown(void **s)
{
	(void)s;
	free(tree.root);
	free(tree.version);
	return file_remove_tree(top);
}

static void put(const char *name, const char *text)
{
	char *path = path_join(tree.root, name);

	assert_int_equal(file_write_atomic(path, text, strlen(text)), 0);
	free(path);
}

static void words_are(const char *line, const char *joined)
{
	struct strlist l = { 0 };
	struct strbuf b = { 0 };
	size_t i;

	assert_int_equal(shell_words(line, strlen(line), &l), 0);
	strbuf_adds(&b, "");
	for (i = 0; i < l.nr; i++)
		strbuf_addf(&b, "<%s>", l.items[i]);
	assert_string_equal(b.s, joined);
	strbuf_free(&b);
	strlist_free(&l);
}

static void test_words(void **s)
{
	static const char *const open[] = { "'a", "\"a", "\"a\\\"", "a\\", "'a'\\''" };
	struct strlist l = { 0 };
	size_t i;

	(void)s;
	words_are("", "");
	words_are("  a\tb \n", "<a><b>");
	words_are("a'b c'\"d e\"f", "<ab cd ef>");
	words_are("'' \"\"", "<><>");
	words_are("'it'\\''s'", "<it's>");
	words_are("-DX=\\\"y\\\" '-DKBUILD_MODNAME=\"a b\"'", "<-DX=\"y\"><-DKBUILD_MODNAME=\"a b\">");
	words_are("\"\\$x \\n \\\\\"", "<$x \\n \\>");
	words_are("a\\\nb", "<ab>");
	words_are("$(rm -rf) `x` ; * $Y", "<$(rm><-rf)><`x`><;><*><$Y>");
	strlist_add(&l, "before");
	for (i = 0; i < sizeof(open) / sizeof(*open); i++) {
		if (!shell_words(open[i], strlen(open[i]), &l))
			fail_msg("no error for %s", open[i]);
		assert_int_equal(l.nr, 1);
	}
	strlist_free(&l);
}

static void test_arch(void **s)
{
	(void)s;
	assert_string_equal(arch_table[0].name, "x86_64");
	assert_ptr_equal(arch_by_name("x86_64"), &arch_table[0]);
	assert_null(arch_by_name("x86"));
	assert_string_equal(arch_of_path("arch/x86/kernel/x.c")->name, "x86_64");
	assert_string_equal(arch_of_path("arch/sparc/a.c")->name, "sparc64");
	assert_string_equal(arch_of_path("arch/arm64/a.c")->name, "arm64");
	assert_string_equal(arch_of_path("arch/arm/a.c")->name, "arm");
	assert_string_equal(arch_of_path("arch/arc/a.c")->name, "arc");
	assert_null(arch_of_path("arch/ar/a.c"));
	assert_null(arch_of_path("drivers/arch/x86/a.c"));
	assert_null(arch_of_path("drivers/char/mem.c"));
}

static bool has(const struct strlist *l, const char *fmt)
{
	char *word = strstr(fmt, "%s") ? xasprintf("%.*s%s%s", (int)(strstr(fmt, "%s") - fmt), fmt,
						   tree.root, strstr(fmt, "%s") + 2) : xstrdup(fmt);
	bool found = strlist_has(l, word);

	free(word);
	return found;
}

static const struct compile_command *load(struct flags_db *db, const char *arch, const char *file)
{
	struct strlist l = { 0 };

	strlist_add(&l, file);
	assert_int_equal(flags_load(db, arch_by_name(arch), &l), 0);
	strlist_free(&l);
	return flags_find(db, arch_by_name(arch), file);
}

static void test_compdb(void **s)
{
	struct flags_options opt = { .no_kbuild = true };
	const struct compile_command *c;
	struct flags_db *db;
	char *path;

	(void)s;
	put("inc/here.h", "");
	put("tools/cc/gcc", "");
	put("compile_commands.json",
	    "[ {\"directory\": \".\", \"file\": \"a/x.c\", \"arguments\": [\"clang-19\", \"-Iinc\","
	    " \"-I\", \"/abs\", \"-fsanitize=kernel-address\", \"-fno-sanitize=alignment\", \"-pg\","
	    " \"-gmlt\", \"-mfentry\", \"-include\", \"inc/here.h\", \"-include\", \"else.h\", \"-Wall\","
	    " \"-Wp,-MMD,a/.x.o.d\", \"-mllvm\", \"-x\", \"-fplugin=evil.so\", \"-MF\", \"y\", \"-c\","
	    " \"-o\", \"a/x.o\", \"a/x.c\"]},"
	    " {\"directory\": \"sub/..\", \"file\": \"./a/../a/y.c\", \"command\": \"ccache"
	    " x86_64-linux-gnu-gcc-12 -I ./arch/x86/include -Iinc -DA='\\\"b c\\\"' -fconserve-stack"
	    " -mno-fp-ret-in-387 -mno-sse --param=x=1 --param y=2 -DLAST -c -o a/y.o ./a/../a/y.c\"},"
	    " {\"directory\": \".\", \"file\": \"a/x.c\", \"arguments\": [\"clang-19\", \"-DSECOND\"]},"
	    " {\"directory\": \".\", \"file\": \"a/evil.c\", \"arguments\": [\"./run-me\", \"-c\"]},"
	    " {\"directory\": \"tools/cc\", \"file\": \"../../a/evil2.c\", \"arguments\": [\"./gcc\"]},"
	    " {\"directory\": \"/no/such\", \"file\": \"@/a/gone.c\", \"command\": \"gcc -c x.c\"},"
	    " {\"directory\": \".\", \"file\": \"../out.c\", \"command\": \"gcc -c x.c\"},"
	    " {\"directory\": \".\", \"file\": \"a/open.c\", \"command\": \"gcc 'x\"},"
	    " {\"directory\": 3, \"file\": [], \"command\": null}, 7, [], null ]");
	db = flags_open(&tree, &opt);

	c = load(db, "x86_64", "a/x.c");
	assert_non_null(c);
	assert_int_equal(c->source, FLAGS_COMPDB);
	assert_string_equal(c->cwd, tree.root);
	assert_string_equal(c->argv.items[0], "clang-19");
	assert_true(has(&c->argv, "-Iinc") && has(&c->argv, "-Wall"));
	assert_false(has(&c->argv, "-c") || has(&c->argv, "-o") || has(&c->argv, "a/x.o") ||
		     has(&c->argv, "a/x.c") || has(&c->argv, "-fplugin=evil.so") ||
		     has(&c->argv, "-Wp,-MMD,a/.x.o.d") || has(&c->argv, "y"));
	assert_true(has(&c->clang_args, "-I%s/inc") && has(&c->clang_args, "/abs") &&
		    has(&c->clang_args, "%s/inc/here.h") && has(&c->clang_args, "else.h") &&
		    has(&c->clang_args, "--target=x86_64-linux-gnu"));
	/* What is only put into the code is left out, and what headers ask of it is told. */
	assert_true(has(&c->argv, "-fsanitize=kernel-address") &&
		    has(&c->clang_args, "-D__SANITIZE_ADDRESS__") &&
		    has(&c->clang_args, "-DCC_USING_FENTRY"));
	assert_false(has(&c->clang_args, "-fsanitize=kernel-address") ||
		     has(&c->clang_args, "-fno-sanitize=alignment") || has(&c->clang_args, "-pg") ||
		     has(&c->clang_args, "-gmlt") || has(&c->clang_args, "-mfentry"));
	assert_false(has(&c->clang_args, "-Wall") || has(&c->clang_args, "-mllvm") ||
		     has(&c->clang_args, "-x") || has(&c->clang_args, "clang-19") ||
		     has(&c->clang_args, "-DSECOND"));

	c = load(db, "x86_64", "a/y.c");
	assert_non_null(c);
	assert_string_equal(c->argv.items[0], "x86_64-linux-gnu-gcc-12");
	assert_true(has(&c->argv, "-fconserve-stack"));
	assert_true(has(&c->clang_args, "-DA=\"b c\"") && has(&c->clang_args, "-DLAST") &&
		    has(&c->clang_args, "-mno-sse") && has(&c->clang_args, "-DCC_USING_FENTRY") &&
		    has(&c->clang_args, "%s/arch/x86/include"));
	assert_false(has(&c->clang_args, "-fconserve-stack") || has(&c->clang_args, "y=2") ||
		     has(&c->clang_args, "-mno-fp-ret-in-387"));
	/* It includes x86's headers, so it says nothing about arm. */
	assert_int_equal(load(db, "arm", "a/y.c")->source, FLAGS_FALLBACK);

	/* A program of the tree's is never taken for a compiler, nor a folder that is not there. */
	assert_int_equal(load(db, "x86_64", "a/evil.c")->source, FLAGS_FALLBACK);
	assert_int_equal(load(db, "x86_64", "a/evil2.c")->source, FLAGS_FALLBACK);
	assert_int_equal(load(db, "x86_64", "a/gone.c")->source, FLAGS_FALLBACK);
	assert_int_equal(load(db, "x86_64", "a/open.c")->source, FLAGS_FALLBACK);
	assert_null(load(db, "x86_64", "../out.c"));
	assert_null(flags_find(db, arch_by_name("arm64"), "a/x.c"));
	assert_null(flags_kbuild_dir(db, arch_by_name("x86_64")));
	flags_close(db);

	put("compile_commands.json", "[ {");
	db = flags_open(&tree, &opt);
	assert_int_equal(load(db, "x86_64", "a/x.c")->source, FLAGS_FALLBACK);
	flags_close(db);
	path = path_join(tree.root, "compile_commands.json");
	assert_int_equal(unlink(path), 0);
	free(path);
}

static void test_fallback(void **s)
{
	struct flags_options opt = { .no_kbuild = true };
	const struct compile_command *c;
	struct strbuf text = { 0 };
	struct flags_db *db;
	char *dir = NULL, *path;
	size_t i;

	(void)s;
	put("include/linux/kconfig.h", "");
	put("arch/x86/include/asm/Kbuild", "# list\ngeneric-y += ours.h\ngeneric-y += ../../evil.h\n"
	    "generic-y\t+=  wrapped.h # why\nsyscall-y += no.h\n");
	put("arch/x86/include/asm/ours.h", "");
	put("arch/x86/Kconfig", "config X86\n\tselect BY_X86\n\tselect BY_MMU if MMU\n\tselect NOT if NO_SUCH\n"
	    "config OTHER\n\tselect BY_OTHER\n");
	put("arch/x86/configs/x86_64_defconfig", "CONFIG_FOO=m\nCONFIG_LEN=7\n# CONFIG_BAR is not set\n"
	    "CONFIG_NAME=\"x y\"\n");
	put("d/e/f-g.c", "");
	put("d/include/d.h", "");
	db = flags_open(&tree, &opt);
	c = load(db, "x86_64", "d/e/f-g.c");
	assert_non_null(c);
	assert_int_equal(c->source, FLAGS_FALLBACK);
	assert_true(has(&c->clang_args, "-I%s/include") && has(&c->clang_args, "-I%s/d/include") &&
		    has(&c->clang_args, "-D__KERNEL__") &&
		    has(&c->clang_args, "%s/include/linux/kconfig.h") &&
		    has(&c->clang_args, "-DKBUILD_MODNAME=\"f_g\""));
	for (i = 0; i < c->argv.nr && !dir; i++)
		if (strstr(c->argv.items[i], "/fallback-x86_64"))
			dir = c->argv.items[i] + strlen("-I");
	assert_non_null(dir);
	path = xasprintf("%s/generated/autoconf.h", dir);
	assert_int_equal(file_read(path, 1 << 20, &text), 0);
	assert_non_null(strstr(text.s, "#define CONFIG_FOO 1\n"));
	assert_non_null(strstr(text.s, "#define CONFIG_LEN 7\n"));
	assert_non_null(strstr(text.s, "#define CONFIG_NAME \"x y\"\n"));
	assert_non_null(strstr(text.s, "#define CONFIG_BY_X86 1\n"));
	assert_non_null(strstr(text.s, "#define CONFIG_BY_MMU 1\n"));
	assert_non_null(strstr(text.s, "#define CONFIG_64BIT 1\n"));
	assert_null(strstr(text.s, "CONFIG_NOT "));
	assert_null(strstr(text.s, "BAR"));
	assert_null(strstr(text.s, "BY_OTHER"));
	strbuf_free(&text);
	free(path);
	path = xasprintf("%s/asm/wrapped.h", dir);
	assert_int_equal(file_read(path, 1000, &text), 0);
	assert_string_equal(text.s, "#include <asm-generic/wrapped.h>\n");
	strbuf_free(&text);
	free(path);
	path = xasprintf("%s/asm/ours.h", dir);
	assert_false(file_exists(path));
	free(path);
	path = xasprintf("%s/../../../evil.h", dir);
	assert_false(file_exists(path));
	free(path);
	flags_close(db);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_arch),
		cmocka_unit_test(test_compdb),
		cmocka_unit_test(test_fallback),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
