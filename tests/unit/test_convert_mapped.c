// SPDX-License-Identifier: GPL-2.0-only
/* What vm_ops->mapped does in open's place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "rewrite/mapped.h"

static char *text, *error;

static int clear(void **s)
{
	(void)s;
	free(text);
	free(error);
	text = error = NULL;
	return 0;
}

static int write_it(const char *old)
{
	struct mapped m = { .file = "a.c", .open = "a_vma_open", .table = "a_vm_ops", .name = "a_vma_mapped" };
	struct source s;
	size_t len = 0;
	int ret;

	clear(NULL);
	source_init(&s, xstrdup(old), strlen(old));
	ret = mapped_write(&m, &s, &text, &len, &error);
	source_free(&s);
	if (!ret)
		assert_int_equal(len, strlen(text));
	return ret;
}

static void check(const char *old, const char *want)
{
	assert_int_equal(write_it(old), 0);
	assert_string_equal(text, want);
}

static void refused(const char *old, const char *why)
{
	assert_int_equal(write_it(old), -EINVAL);
	if (!strstr(error, why))
		fail_msg("\"%s\" is not in: %s", why, error);
	assert_memory_equal(error, "a.c:", 4);
}

#define HEAD "static int a_vma_mapped(unsigned long start, unsigned long end, pgoff_t pgoff,\n" \
	     "\t\t\tconst struct file *file, void **vm_private_data)\n"
#define OPEN "static void a_vma_open(struct vm_area_struct *vma)\n"
#define OPS "static const struct vm_operations_struct a_vm_ops = {\n\t.open = a_vma_open,\n};\n"
#define NEW_OPS "static const struct vm_operations_struct a_vm_ops = {\n\t.mapped = a_vma_mapped,\n" \
		"\t.open = a_vma_open,\n};\n"

static void names(void **state)
{
	static const struct { const char *open, *want; } cases[] = {
		{ "a_vma_open", "a_vma_mapped" }, { "a_open_vma", "a_mapped_vma" },
		{ "openpty_open", "openpty_mapped" }, { "a_get", "a_get_mapped" },
	};
	char *name;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		name = mapped_name(cases[i].open);
		assert_string_equal(name, cases[i].want);
		free(name);
	}
}

static void body_in_the_terms_of_mapped(void **state)
{
	(void)state;
	check(OPEN "{\n\tstruct a *a = vma->vm_private_data;\n\n\ta->n++;\n}\n" OPS,
	      HEAD "{\n\tstruct a *a = *vm_private_data;\n\n\ta->n++;\n\treturn 0;\n}\n\n"
	      OPEN "{\n\tstruct a *a = vma->vm_private_data;\n\n\ta->n++;\n}\n" NEW_OPS);
	check(OPEN "{\n\tif (vma->vm_pgoff)\n\t\treturn;\n\tb(vma->vm_file, vma->vm_start, vma->vm_end, x.file);\n}\n" OPS,
	      HEAD "{\n\tif (pgoff)\n\t\treturn 0;\n\tb(file, start, end, x.file);\n\treturn 0;\n}\n\n"
	      OPEN "{\n\tif (vma->vm_pgoff)\n\t\treturn;\n\tb(vma->vm_file, vma->vm_start, vma->vm_end, x.file);\n}\n"
	      NEW_OPS);
	check(OPEN "{ a(); }\n" OPS, HEAD "{ a(); \n\treturn 0;\n}\n\n" OPEN "{ a(); }\n" NEW_OPS);
}

/* Ahead of open and of what is said of it, not of what is said of something else. */
static void place(void **state)
{
	(void)state;
	check("int x;\n\n/* two\n * lines */\n/* open */\n" OPEN "{\n}\n" OPS,
	      "int x;\n\n" HEAD "{\n\treturn 0;\n}\n\n/* two\n * lines */\n/* open */\n" OPEN "{\n}\n" NEW_OPS);
	check("/* x */\n\n" OPEN "{\n}\n" OPS, "/* x */\n\n" HEAD "{\n\treturn 0;\n}\n\n" OPEN "{\n}\n" NEW_OPS);
	check("int x; /* x */\n" OPEN "{\n}\n" OPS,
	      "int x; /* x */\n" HEAD "{\n\treturn 0;\n}\n\n" OPEN "{\n}\n" NEW_OPS);
	/* Aligned as its neighbours are. */
	check(OPEN "{\n}\nstatic struct vm_operations_struct a_vm_ops = {\n\t.fault\t\t= f,\n\t.open\t\t= a_vma_open\n};\n",
	      HEAD "{\n\treturn 0;\n}\n\n" OPEN "{\n}\nstatic struct vm_operations_struct a_vm_ops = {\n\t.fault\t\t= f,\n"
	      "\t.mapped\t\t= a_vma_mapped,\n\t.open\t\t= a_vma_open\n};\n");
}

static void what_cannot_be(void **state)
{
	(void)state;
	refused(OPEN "{\n\tf(vma);\n}\n" OPS, "a.c:3: a_vma_open() needs more of its vma");
	refused(OPEN "{\n\tf(vma->vm_mm);\n}\n" OPS, "needs more of its vma");
	refused(OPEN "{\n\tint start;\n}\n" OPS, "a name of its own");
	refused(OPEN "{\n}\n", "the table a_vm_ops is not found");
	refused(OPS OPEN "{\n}\n", "no line of its own behind");
	refused(OPEN "{\n}\nstatic struct vm_operations_struct a_vm_ops = { .open = a_vma_open };\n", "no line of its own");
	refused("int a_vma_mapped;\n" OPEN "{\n}\n" OPS, "the name a_vma_mapped is taken");
	refused("static int a_vma_open(struct vm_area_struct *vma)\n{\n\treturn 0;\n}\n" OPS, "without a result");
	refused(OPEN "{\n}\n" OPEN "{\n}\n" OPS, "not defined just once");
	refused("static void a_vma_open(struct vm_fault *f)\n{\n}\n" OPS, "no parameter struct vm_area_struct");
	refused(OPEN "{\n" OPS, "unbalanced");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names),
		cmocka_unit_test_teardown(body_in_the_terms_of_mapped, clear),
		cmocka_unit_test_teardown(place, clear),
		cmocka_unit_test_teardown(what_cannot_be, clear),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
