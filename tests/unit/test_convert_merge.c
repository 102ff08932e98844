// SPDX-License-Identifier: GPL-2.0-only
/* What spatch changed against what was asked of it, without spatch: both texts are made up. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "rewrite/merge.h"
#include "rewrite/regions.h"
#include "rewrite/source.h"

#define OLD_HEAD "static int a_mmap(struct file *file, struct vm_area_struct *vma)\n"
#define NEW_HEAD "static int a_mmap_prepare(struct vm_area_desc *desc)\n"
#define OLD_OPS "const struct file_operations a_fops = {\n\t.mmap\t\t= a_mmap,\n};\n"
#define NEW_OPS "const struct file_operations a_fops = {\n\t.mmap_prepare\t= a_mmap_prepare,\n};\n"

static struct strlist differences;
static char *merged, *error;

static int clear(void **s)
{
	(void)s;
	strlist_free(&differences);
	free(merged);
	free(error);
	merged = error = NULL;
	return 0;
}

static int merge_as(const char *old, const char *new, struct merge m)
{
	struct source a, b;
	int ret;

	clear(NULL);
	source_init(&a, xstrdup(old), strlen(old));
	source_init(&b, xstrdup(new), strlen(new));
	m.file = "a.c";
	m.old_name = "a_mmap";
	m.new_name = m.is_helper ? "a_mmap" : "a_mmap_prepare";
	m.differences = &differences;
	ret = merge_file(&m, &a, &b);
	merged = m.text;
	error = m.error;
	source_free(&a);
	source_free(&b);
	return ret;
}

static int merge(const char *old, const char *new)
{
	return merge_as(old, new, (struct merge){ .definitions = 1, .fields = 1 });
}

static void test_plain(void **s)
{
	(void)s;
	assert_int_equal(merge(OLD_HEAD "{\n\treturn vma->vm_pgoff;\n}\n\n" OLD_OPS,
			       NEW_HEAD "{\n\treturn desc->pgoff;\n}\n\n" NEW_OPS), 0);
	assert_string_equal(merged, NEW_HEAD "{\n\treturn desc->pgoff;\n}\n\n" NEW_OPS);
	assert_int_equal(differences.nr, 0);
}

/* Layout outside the hook is the old one, whatever spatch's printer made of it. */
static void test_layout_is_kept(void **s)
{
	(void)s;
	assert_int_equal(merge(OLD_HEAD "{\n\treturn 0;\n}\nint  x ;\n"
			       "struct file_operations a = { .open = o, .mmap = a_mmap }; /* c */\n",
			       NEW_HEAD "{\n\treturn 0;\n}\nint x;\n"
			       "struct file_operations a = {\n\t.open = o,\n\t.mmap_prepare = a_mmap_prepare\n}; /* c */\n"),
			 0);
	assert_string_equal(merged, NEW_HEAD "{\n\treturn 0;\n}\nint  x ;\n"
			    "struct file_operations a = { .open = o, .mmap_prepare = a_mmap_prepare }; /* c */\n");
}

/* The rules drop a needless "extern" along with the name, and no other one. */
static void test_extern(void **s)
{
	static const struct merge header = { .declarations = 1 };
	static const char old[] = "extern int a_mmap(struct file *file, struct vm_area_struct *vma);\nextern int b;\n";

	(void)s;
	assert_int_equal(merge_as(old, "int a_mmap_prepare(struct vm_area_desc *desc);\nextern int b;\n", header), 0);
	assert_string_equal(merged, "int a_mmap_prepare(struct vm_area_desc *desc);\nextern int b;\n");
	assert_int_equal(merge_as(old, "extern int a_mmap_prepare(struct vm_area_desc *desc);\nextern int b;\n",
				  header), 0);
	assert_string_equal(merged, "extern int a_mmap_prepare(struct vm_area_desc *desc);\nextern int b;\n");
	assert_int_not_equal(merge_as(old, "int a_mmap_prepare(struct vm_area_desc *desc);\nint b;\n", header), 0);
}

static void test_alignment(void **s)
{
	static const struct { const char *old, *new; } t[] = {
		{ "\t.mmap = a_mmap,", "\t.mmap_prepare = a_mmap_prepare," },
		{ "\t.mmap\t= a_mmap,", "\t.mmap_prepare\t= a_mmap_prepare," },
		{ "\t.mmap\t\t\t= a_mmap,", "\t.mmap_prepare\t\t= a_mmap_prepare," },
		{ "\t.mmap           = a_mmap,", "\t.mmap_prepare   = a_mmap_prepare," },
		{ "\t.mmap   = a_mmap,", "\t.mmap_prepare = a_mmap_prepare," },
		{ "\t.mmap =\t\t\ta_mmap,", "\t.mmap_prepare =\t\ta_mmap_prepare," },
		{ "\t.mmap =\ta_mmap,", "\t.mmap_prepare =\ta_mmap_prepare," },
		{ "\t.mmap = (int (*)(void *))a_mmap, /* c */", "\t.mmap_prepare = a_mmap_prepare, /* c */" },
		{ "\t.mmap = &a_mmap,", "\t.mmap_prepare = a_mmap_prepare," },
	};
	size_t i;

	(void)s;
	for (i = 0; i < sizeof(t) / sizeof(*t); i++) {
		char *old = xasprintf(OLD_HEAD "{\n}\nstruct file_operations f = {\n%s\n};\n", t[i].old);
		char *new = xasprintf(NEW_HEAD "{\n}\nstruct file_operations f = {\n"
				      "\t.mmap_prepare = a_mmap_prepare,\n};\n");
		char *want = xasprintf(NEW_HEAD "{\n}\nstruct file_operations f = {\n%s\n};\n", t[i].new);

		if (merge(old, new))
			fail_msg("%s: %s", t[i].old, error);
		assert_string_equal(merged, want);
		free(old);
		free(new);
		free(want);
	}
}

static void test_refused(void **s)
{
	static const struct { const char *old, *new, *why; } t[] = {
		/* another function changed */
		{ "int x(void) { return 1; }\n" OLD_HEAD "{\n}\n" OLD_OPS,
		  "int x(void) { return 2; }\n" NEW_HEAD "{\n}\n" NEW_OPS, "outside the handler" },
		/* what stands before the name is part of the function, too */
		{ "__weak " OLD_HEAD "{\n}\n" OLD_OPS, NEW_HEAD "{\n}\n" NEW_OPS, "outside the handler" },
		/* the table was not found */
		{ OLD_HEAD "{\n}\n" OLD_OPS, NEW_HEAD "{\n}\n" OLD_OPS, "still named" },
		/* a second table of the inventory's one */
		{ OLD_HEAD "{\n}\n" OLD_OPS OLD_OPS, NEW_HEAD "{\n}\n" NEW_OPS NEW_OPS,
		  "2 tables or assignments renamed where the inventory lists 1" },
		/* the definition was not found */
		{ OLD_HEAD "{\n}\n" OLD_OPS, OLD_HEAD "{\n}\n" OLD_OPS, "rewrote 0 of 1" },
		/* one of two definitions only */
		{ "#ifdef A\n" OLD_HEAD "{\n}\n#else\n" OLD_HEAD "{\n}\n#endif\n" OLD_OPS,
		  "#ifdef A\n" NEW_HEAD "{\n}\n#else\n" OLD_HEAD "{\n}\n#endif\n" NEW_OPS,
		  "2 definitions of a_mmap where the inventory lists 1" },
		/* the vma is left */
		{ OLD_HEAD "{\n\tf(vma);\n}\n" OLD_OPS, NEW_HEAD "{\n\tf(vma);\n}\n" NEW_OPS,
		  "still uses vma" },
		{ OLD_HEAD "{\n}\n" OLD_OPS,
		  NEW_HEAD "{\n\tstruct vm_area_struct *v;\n}\n" NEW_OPS, "still names struct" },
		/* another signature than asked */
		{ OLD_HEAD "{\n}\n" OLD_OPS,
		  "static int a_mmap_prepare(struct vm_area_desc *desc, int x)\n{\n}\n" NEW_OPS,
		  "does not take one" },
		/* another table's field holds it as well */
		{ OLD_HEAD "{\n}\n" OLD_OPS "struct o o = { .fb_mmap = a_mmap };\n",
		  NEW_HEAD "{\n}\n" NEW_OPS "struct o o = { .fb_mmap = a_mmap_prepare };\n",
		  "outside the handler" },
		/* a field that does not hold it was renamed */
		{ OLD_HEAD "{\n}\n" OLD_OPS "struct o o = { .mmap = b_mmap };\n",
		  NEW_HEAD "{\n}\n" NEW_OPS "struct o o = { .mmap_prepare = b_mmap };\n",
		  "does not hold a_mmap" },
		/* something was added at the end, or lost there */
		{ OLD_HEAD "{\n}\n" OLD_OPS, NEW_HEAD "{\n}\n" NEW_OPS "int x;\n", "outside" },
		{ OLD_HEAD "{\n}\n" OLD_OPS "int x;\n", NEW_HEAD "{\n}\n" NEW_OPS, "outside" },
		{ OLD_HEAD "{\n\tif (x) {\n}\n" OLD_OPS, NEW_HEAD "{\n}\n" NEW_OPS, "unbalanced" },
		{ OLD_HEAD "{\n}\n" OLD_OPS, NEW_HEAD "{\n\t/* new */\n}\n" NEW_OPS, "added a comment" },
		{ "", "", "0 definitions" },
	};
	size_t i;

	(void)s;
	for (i = 0; i < sizeof(t) / sizeof(*t); i++) {
		assert_int_equal(merge(t[i].old, t[i].new), -EINVAL);
		assert_null(merged);
		if (!strstr(error, t[i].why) || strncmp(error, "a.c:", 4))
			fail_msg("row %zu: \"%s\" is not \"%s\"", i, error, t[i].why);
	}
}

static void test_all_forms_together(void **s)
{
	struct merge asked = { .definitions = 2, .null_defines = 1, .fields = 2, .declarations = 1 };
	static const char old[] =
		"static int a_mmap(struct file *, struct vm_area_struct *);\n"
		"#ifdef A\n" OLD_HEAD "{\n\tif (x) {\n#ifdef B\n\t\tf();\n\t} else {\n#else\n\t} else {\n"
		"#endif\n\t}\n}\n#elif C\n" OLD_HEAD "{\n}\n#else\n#define a_mmap NULL\n#endif\n"
		"EXPORT_SYMBOL_GPL(a_mmap);\n" OLD_OPS "void i(void)\n{\n\tx->ops.mmap = a_mmap;\n}\n";
	static const char new[] =
		"static int a_mmap_prepare(struct vm_area_desc *);\n"
		"#ifdef A\n" NEW_HEAD "{\n\tif (x) {\n#ifdef B\n\t\tf();\n\t} else {\n#else\n\t} else {\n"
		"#endif\n\t}\n}\n#elif C\n" NEW_HEAD "{\n}\n#else\n#define a_mmap_prepare NULL\n#endif\n"
		"EXPORT_SYMBOL_GPL(a_mmap_prepare);\n" NEW_OPS
		"void i(void)\n{\n\tx->ops.mmap_prepare = a_mmap_prepare;\n}\n";

	(void)s;
	if (merge_as(old, new, asked))
		fail_msg("%s", error);
	assert_string_equal(merged, new);
	asked.null_defines = 0;
	assert_int_equal(merge_as(old, new, asked), -EINVAL);
	asked.null_defines = 1;
	asked.declarations = 2;
	assert_int_equal(merge_as(old, new, asked), -EINVAL);
}

static void test_losses_are_listed(void **s)
{
	(void)s;
	assert_int_equal(merge(OLD_HEAD "{\n\t/* why */\n\tif (r(vma, prot)) {\n\t\t/* lost\n\t\t * words */\n"
			       "\t\tpr_err(\"no %d\\n\", 1);\n\t\treturn -EAGAIN;\n\t}\n\treturn 0;\n}\n" OLD_OPS,
			       NEW_HEAD "{\n\t/*  why */\n\tdesc->page_prot = p;\n\tr(desc);\n"
			       "\tdesc->action.error_override = -EAGAIN;\n\treturn 0;\n}\n" NEW_OPS), 0);
	assert_int_equal(differences.nr, 4);
	assert_string_equal(differences.items[0], "comment dropped: lost words (a.c:5)");
	assert_true(str_starts(differences.items[1], "R7 "));
	assert_true(str_starts(differences.items[2], "R12 -EAGAIN "));
	assert_string_equal(differences.items[3], "R28 message dropped, the remap runs after the hook: "
			    "pr_err(\"no %d\\n\") (a.c:7)");
	/* the protection was the VMA's before: nothing to tell */
	assert_int_equal(merge(OLD_HEAD "{\n\tvma->vm_page_prot = p;\n}\n" OLD_OPS,
			       NEW_HEAD "{\n\tdesc->page_prot = p;\n}\n" NEW_OPS), 0);
	assert_int_equal(differences.nr, 0);
}

/* C has other name spaces: a struct's tag and a field may be called like the handler. */
static void test_same_word_elsewhere(void **s)
{
	static const char more[] = "struct a_mmap x;\nvoid i(struct a_mmap *p)\n{\n\tp->a_mmap = 1;\n}\n";
	char *old = xasprintf("%s%s", OLD_HEAD "{\n}\n" OLD_OPS, more);
	char *new = xasprintf("%s%s", NEW_HEAD "{\n}\n" NEW_OPS, more);

	(void)s;
	if (merge(old, new))
		fail_msg("%s", error);
	assert_string_equal(merged, new);
	free(old);
	free(new);
}

static void test_tokens(void **s)
{
	static const char text[] =
		"/* a_mmap */ \"a_mmap\\\" // x\" '\"' a_mmap // a_mmap \\\na_mmap\n#define X \\\n  a_mmap\ny->a_mmap 0x1e+1 1.5e+3";
	static const char *const want[] = {
		"\"a_mmap\\\" // x\"", "'\"'", "a_mmap", "#", "define", "X", "a_mmap", "y", "->", "a_mmap",
		"0x1e", "+", "1", "1.5e+3"
	};
	struct source a;
	size_t i;

	(void)s;
	source_init(&a, xstrdup(text), strlen(text));
	assert_int_equal(a.tokens.nr, sizeof(want) / sizeof(*want));
	for (i = 0; i < a.tokens.nr; i++)
		assert_true(ctoken_is(&a, i, want[i]));
	assert_int_equal(a.comments.nr, 2);
	assert_true(a.tokens.items[6].directive);
	assert_false(a.tokens.items[7].directive);
	assert_int_equal(a.tokens.items[6].line, 4);
	assert_int_equal(a.tokens.items[13].line, 5);
	source_free(&a);
	/* Cut off in the middle of anything: no read past the end. */
	for (i = 0; i < strlen(text); i++) {
		source_init(&a, xstrndup(text, i), i);
		source_free(&a);
	}
}

/* A helper keeps its name, its other parameters and their layout. */
static void test_helper(void **s)
{
	static const struct merge helper = { .is_helper = true, .definitions = 1 };
	static const struct { const char *old, *new, *want; } bad[] = {
		{ "static int a_mmap(struct vm_area_struct *v, int x)\n{\n\tf(v);\n}\n",
		  "static int a_mmap(struct vm_area_desc *desc)\n{\n\tf(desc);\n}\n", "in the place of its vma" },
		{ "static int a_mmap(struct vm_area_struct *v, int x)\n{\n\tf(v);\n}\n",
		  "static int a_mmap(struct vm_area_desc *desc, long x)\n{\n\tf(desc);\n}\n", "in the place of its vma" },
		{ "static int a_mmap(struct vm_area_struct *v, int x)\n{\n\tf(v);\n}\n",
		  "static int a_mmap(struct vm_area_desc *desc, int x)\n{\n\tf(v);\n}\n", "still uses v" },
		{ "static int a_mmap(struct vm_area_struct *v);\nstatic int a_mmap(struct vm_area_struct *v)\n{\n}\n",
		  "static int a_mmap(struct vm_area_struct *v);\nstatic int a_mmap(struct vm_area_desc *desc)\n{\n}\n",
		  "the declaration does not take" },
		{ "static int a_mmap(struct vm_area_struct *v)\n{\n}\nint x;\n",
		  "static int a_mmap(struct vm_area_desc *desc)\n{\n}\nint y;\n", "outside the handler" },
	};
	size_t i;

	(void)s;
	assert_int_equal(merge_as("int a_mmap(int x,\n\t  struct vm_area_struct *, char *);\n"
				  "int a_mmap(int x,\n\t  struct vm_area_struct *area, char *p)\n{\n\treturn f(area);\n}\n"
				  "int b(void)\n{\n\treturn a_mmap(1, vma, 0);\n}\n",
				  "int a_mmap(int x, struct vm_area_desc *desc, char *);\n"
				  "int a_mmap(int x, struct vm_area_desc *desc, char *p)\n{\n\treturn f(desc);\n}\n"
				  "int b(void)\n{\n\treturn a_mmap(1, vma, 0);\n}\n", helper), 0);
	assert_string_equal(merged,
			    "int a_mmap(int x,\n\t  struct vm_area_desc *desc, char *);\n"
			    "int a_mmap(int x,\n\t  struct vm_area_desc *desc, char *p)\n{\n\treturn f(desc);\n}\n"
			    "int b(void)\n{\n\treturn a_mmap(1, vma, 0);\n}\n");
	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		assert_int_equal(merge_as(bad[i].old, bad[i].new, helper), -EINVAL);
		if (!strstr(error, bad[i].want))
			fail_msg("case %zu: %s", i, error);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_helper, clear),
		cmocka_unit_test_teardown(test_plain, clear),
		cmocka_unit_test_teardown(test_layout_is_kept, clear),
		cmocka_unit_test_teardown(test_extern, clear),
		cmocka_unit_test_teardown(test_alignment, clear),
		cmocka_unit_test_teardown(test_refused, clear),
		cmocka_unit_test_teardown(test_all_forms_together, clear),
		cmocka_unit_test_teardown(test_losses_are_listed, clear),
		cmocka_unit_test_teardown(test_same_word_elsewhere, clear),
		cmocka_unit_test(test_tokens),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
