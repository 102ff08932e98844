// SPDX-License-Identifier: GPL-2.0-only
/* Which files can share a precompiled header: what their commands and their macros say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "workers/header_names.h"
#include "workers/pch.h"

static void expect(struct strlist *l, const char *words)
{
	struct strbuf b = { 0 };
	size_t i;

	strbuf_adds(&b, "");
	for (i = 0; i < l->nr; i++)
		strbuf_addf(&b, "%s%s", i ? " " : "", l->items[i]);
	assert_string_equal(b.s, words);
	strbuf_free(&b);
	strlist_free(l);
}

static void test_macros(void **state)
{
	static const char header[] =
		"#ifndef A_H\n# define A_H 1\n#if defined(B) && \\\n\tC > 2\nint if_not;\n#elif D\n#endif\n"
		" #define F(x) G(x)\n#define\tH\n/* #x */ int define;\n#endif";
	struct strlist names = { 0 };
	struct strbuf defines = { 0 };

	(void)state;
	pch_tested(header, strlen(header), &names);
	expect(&names, "ifndef A_H if defined B C elif D");
	pch_header_macros(header, strlen(header), &defines);
	assert_string_equal(defines.s, "A_H\nF\nH\n");
	strbuf_free(&defines);
}

/* What stands behind the last #include changes no header, nor does what messages look like. */
static void test_defined_before_includes(void **state)
{
	struct strlist names = { 0 };

	(void)state;
	pch_source_macros("#define pr_fmt(x) x\n#define TRACE 1\n#include <a.h>\n#undef B\n#include \"b.h\"\n#define C\n", &names);
	expect(&names, "TRACE B");
	pch_source_macros("#define ONLY\n", &names);
	expect(&names, "");
}

static void add(struct strlist *l, const char *const *args)
{
	for (; *args; args++)
		strlist_add(l, *args);
}

static void test_arguments(void **state)
{
	static const char *const all[] = {
		"-nostdinc", "-I/t/include", "-I", "/t/arch/x86/include", "-I/t/drivers/own", "-Wall", "-Wp,-DP",
		"-DKBUILD_MODNAME=\"x\"", "-DDEBUG", "-DDEBUGGER", "-I/k/include", "-DX=1",
		"-I/t/arch/x86/own", "-I/k/arch/x86/own", "-I/t/arch/x86/own2", NULL
	};
	struct compile_command command = { .cwd = (char *)"/k" };
	struct read_request request = { .command = &command, .file = (char *)"arch/x86/own/x.c" };
	struct strlist args = { 0 };

	(void)state;
	add(&command.clang_args, all);
	pch_args(&request, "/t", &args);
	expect(&args, "-nostdinc -I/t/include -I/t/arch/x86/include -Wp,-DP -DDEBUGGER -I/k/include -DX=1"
	       " -I/t/arch/x86/own2");
	strlist_free(&command.clang_args);
}

static void test_extended(void **state)
{
	static const char *const few[] = { "-nostdinc", "-O2", NULL };
	static const char *const macros[] = { "-DA", "-nostdinc", "-DB(x)=x", "-O2", "-DC=1", NULL };
	static const char *const option[] = { "-nostdinc", "-m32", "-O2", NULL };
	static const char *const less[] = { "-nostdinc", NULL };
	struct strlist a = { 0 }, b = { 0 }, names = { 0 };

	(void)state;
	add(&a, few);
	add(&b, macros);
	assert_true(pch_args_extend(&a, &b, &names));
	expect(&names, "A B C");
	strlist_free(&b);
	add(&b, option);
	assert_false(pch_args_extend(&a, &b, &names));
	strlist_free(&b);
	add(&b, less);
	assert_false(pch_args_extend(&a, &b, &names));
	strlist_free(&b);
	strlist_free(&a);
	strlist_free(&names);
}

/* A header that appears beside others of its name, and nothing else, changes what they are worth. */
static void test_header_names(void **state)
{
	static const char *const before[] = { "drivers/a/regs.h", "include/linux/mm.h", "include/linux/fs.h", NULL };
	static const char *const after[] = {
		"drivers/a/regs.h", "drivers/b/regs.h", "include/linux/mm.h", "include/linux/fs.h", NULL
	};
	struct strlist a = { 0 }, b = { 0 };
	struct header_names *x, *y;

	(void)state;
	add(&a, before);
	add(&b, after);
	x = header_names_new(&a);
	y = header_names_new(&b);
	assert_true(header_names_all(x) != header_names_all(y));
	assert_true(header_names_like(x, "/t/drivers/a/regs.h") != header_names_like(y, "/t/drivers/a/regs.h"));
	assert_true(header_names_like(x, "/t/include/linux/mm.h") == header_names_like(y, "/t/include/linux/mm.h"));
	assert_true(header_names_like(x, "/t/include/linux/fs.h") != header_names_like(x, "/t/include/linux/mm.h"));
	assert_true(header_names_like(x, "/t/none.h") == 0);
	header_names_free(x);
	header_names_free(y);
	strlist_free(&a);
	strlist_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_macros), cmocka_unit_test(test_defined_before_includes),
		cmocka_unit_test(test_arguments), cmocka_unit_test(test_extended), cmocka_unit_test(test_header_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
