// SPDX-License-Identifier: GPL-2.0-only
/* What is straightened after the rewrite, and the words of a mail. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "mail/mail.h"
#include "tidy/tidy.h"

#define OLD "static int a_mmap(struct file *file, struct vm_area_struct *vma)\n"
#define NEW "static int a_mmap_prepare(struct vm_area_desc *desc)\n"

static char *tidy(const char *before, const char *text, bool header)
{
	struct source b;
	struct tidy t = { .old_name = "a_mmap", .new_name = "a_mmap_prepare", .before = &b,
			  .is_header = header };
	char *out;
	size_t len;

	source_init(&b, xstrdup(before), strlen(before));
	out = tidy_text(&t, text, strlen(text), &len);
	assert_int_equal(len, strlen(out));
	source_free(&b);
	return out;
}

static void check(const char *before, const char *text, const char *want)
{
	char *out = tidy(before, text, false);

	assert_string_equal(out, want);
	free(out);
	/* What is tidy stays as it is. */
	out = tidy(before, want, false);
	assert_string_equal(out, want);
	free(out);
}

static void test_comments(void **s)
{
	(void)s;
	check("/**\n * a_mmap - x\n * @file: f\n *	of two lines\n * @vma: v\n *\n * Text of a_mmap().\n */\n" OLD "{\n}\n",
	      "/**\n * a_mmap - x\n * @file: f\n *	of two lines\n * @vma: v\n *\n * Text of a_mmap().\n */\n" NEW "{\n}\n",
	      "/**\n * a_mmap_prepare - x\n * @desc: describes the VMA that is about to be mapped\n *\n"
	      " * Text of a_mmap_prepare().\n */\n" NEW "{\n}\n");
	/* Not kernel-doc: @file may be anything.  Parts of other words stay. */
	check("/* @file: a_mmap ba_mmap a_mmaps */\n" OLD "{\n\tf(\"a_mmap\");\n}\n",
	      "/* @file: a_mmap ba_mmap a_mmaps */\n" NEW "{\n\tf(\"a_mmap\");\n}\n",
	      "/* @file: a_mmap_prepare ba_mmap a_mmaps */\n" NEW "{\n\tf(\"a_mmap\");\n}\n");
}

static void test_space(void **s)
{
	(void)s;
	check(OLD "{\n}\n", NEW "{\n\n\tint a;\n\n\n\tb();\t \n\n}\n",
	      NEW "{\n\tint a;\n\n\tb();\n}\n");
	/* Other functions are none of our business. */
	check(OLD "{\n}\n", "int x(void)\n{\n\n\n\ty(); \n}\n" NEW "{\n}\n",
	      "int x(void)\n{\n\n\n\ty(); \n}\n" NEW "{\n}\n");
	check(OLD "{\n}\n", NEW "{\n\tif (a) {\n\t\tb();\n\t}\n\telse {\n\t\tc();\n\t}\n}\n",
	      NEW "{\n\tif (a) {\n\t\tb();\n\t} else {\n\t\tc();\n\t}\n}\n");
	check(OLD "{\n}\n", NEW "{\n\tif (a) {b();\n\t\tc();\n\t}\n}\n",
	      NEW "{\n\tif (a) {\n\t\tb();\n\t\tc();\n\t}\n}\n");
	check(OLD "{\n}\n", NEW "{\n\tx = (unsigned long) vma_desc_size(desc);\n\ty = (u32)(vma_desc_pages(desc));\n"
	      "\tif (a) vma_desc_x(desc);\n}\n",
	      NEW "{\n\tx = (unsigned long)vma_desc_size(desc);\n\ty = (u32)vma_desc_pages(desc);\n"
	      "\tif (a) vma_desc_x(desc);\n}\n");
	/* Braces that the condition of several lines needed; those with an else or a comment stay. */
	check(OLD "{\n\tif (a &&\n\t    b) {\n\t\treturn 1;\n\t}\n}\n",
	      NEW "{\n\tif (c) {\n\t\treturn 1;\n\t}\n\tif (d) {\n\t\te();\n\t} else {\n\t\tf();\n\t}\n"
	      "\tif (g) {\n\t\t/* x */\n\t\th();\n\t}\n\tif (i) {\n\t\tfor (;;) j();\n\t}\n}\n",
	      NEW "{\n\tif (c)\n\t\treturn 1;\n\tif (d) {\n\t\te();\n\t} else {\n\t\tf();\n\t}\n"
	      "\tif (g) {\n\t\t/* x */\n\t\th();\n\t}\n\tif (i) {\n\t\tfor (;;) j();\n\t}\n}\n");
	/* An if that was there before keeps its style. */
	check(OLD "{\n\tif (a) {\n\t\treturn 1;\n\t}\n}\n", NEW "{\n\tif (a) {\n\t\treturn 1;\n\t}\n}\n",
	      NEW "{\n\tif (a) {\n\t\treturn 1;\n\t}\n}\n");
	check(OLD "{\n#ifdef A\n\ta(file);\n#endif\n}\n",
	      NEW "{\n\tstruct file *file = desc->file;\n#ifdef A\n\ta(file);\n#endif\n}\n",
	      NEW "{\n\tstruct file *file = desc->file;\n\n#ifdef A\n\ta(file);\n#endif\n}\n");
	/* Ahead of the comment that began the body. */
	check(OLD "{\n\t/* why */\n\tb(file);\n}\n",
	      NEW "{\n\t/* why */\n\tstruct file *file = desc->file;\n\n\tb(file);\n}\n",
	      NEW "{\n\tstruct file *file = desc->file;\n\n\t/* why */\n\tb(file);\n}\n");
	check(OLD "{\n\t/* why */\n\tint b = c(file);\n}\n",
	      NEW "{\n\t/* why */\n\tstruct file *file = desc->file;\n\tint b = c(file);\n}\n",
	      NEW "{\n\tstruct file *file = desc->file;\n\t/* why */\n\tint b = c(file);\n}\n");
}

static void test_lines(void **s)
{
	(void)s;
	check(OLD "{\n}\n",
	      NEW "{\n\tif (vma_desc_pages(desc) > DEMO_PAGES || desc->pgoff > DEMO_PAGES - vma_desc_pages(desc))\n\t\treturn 1;\n}\n",
	      NEW "{\n\tif (vma_desc_pages(desc) > DEMO_PAGES ||\n\t    desc->pgoff > DEMO_PAGES - vma_desc_pages(desc))\n\t\treturn 1;\n}\n");
	/* A long line that was there before stays. */
	check(OLD "{\n\tcall_something(aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, bbbbbbbbbbbbbbbbbbbbbbbbbbbbbb, ccccccc);\n}\n",
	      NEW "{\n\tcall_something(aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, bbbbbbbbbbbbbbbbbbbbbbbbbbbbbb, ccccccc);\n}\n",
	      NEW "{\n\tcall_something(aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, bbbbbbbbbbbbbbbbbbbbbbbbbbbbbb, ccccccc);\n}\n");
	/* The next line, aligned to a parenthesis that moved, moves with it. */
	check(OLD "{\n\tvma->vm_pgoff += (a +\n\t\t\t  b);\n}\n",
	      NEW "{\n\tdesc->pgoff += (a +\n\t\t\t  b);\n}\n",
	      NEW "{\n\tdesc->pgoff += (a +\n\t\t\tb);\n}\n");
}

static void test_header(void **s)
{
	char *out;

	(void)s;
	out = tidy("struct vm_area_struct;\nint a_mmap(struct file *, struct vm_area_struct *);\n",
		   "struct vm_area_struct;\nint a_mmap_prepare(struct vm_area_desc *desc);\n", true);
	assert_string_equal(out, "struct vm_area_desc;\nstruct vm_area_struct;\n"
			    "int a_mmap_prepare(struct vm_area_desc *desc);\n");
	free(out);
	out = tidy("", "#include <linux/mm.h>\nint a_mmap_prepare(struct vm_area_desc *desc);\n", true);
	assert_string_equal(out, "#include <linux/mm.h>\nint a_mmap_prepare(struct vm_area_desc *desc);\n");
	free(out);
}

static void test_prefix_of_path(void **s)
{
	static const struct { const char *path, *prefix; } t[] = {
		{ "drivers/char/hpet.c", "hpet" },
		{ "drivers/misc/open-dice.c", "misc: open-dice" },
		{ "drivers/misc/bcm-vk/bcm_vk_dev.c", "misc: bcm-vk" },
		{ "drivers/gpu/drm/i915/gem/x.c", "drm/i915" },
		{ "drivers/staging/vme_user/vme_user.c", "staging: vme_user" },
		{ "drivers/infiniband/hw/mlx5/main.c", "RDMA/mlx5" },
		{ "fs/udf/file.c", "udf" },
		{ "fs/aio.c", "aio" },
		{ "arch/powerpc/platforms/cell/spufs/file.c", "powerpc/spufs" },
		{ "arch/powerpc/platforms/powernv/opal-prd.c", "powerpc/powernv" },
		{ "arch/x86/kernel/x.c", "x86/x" },
		{ "arch/s390/kernel/y.c", "s390/y" },
		{ "sound/core/pcm_native.c", "ALSA: core" },
		{ "sound/usb/x.c", "ALSA: usb" },
		{ "security/selinux/selinuxfs.c", "selinux" },
		{ "mm/shmem.c", "mm/shmem" },
		{ "kernel/relay.c", "relay" },
		{ "virt/kvm/kvm_main.c", "KVM" },
		{ "lib/x.c", "lib" },
	};
	char *p;
	size_t i;

	(void)s;
	for (i = 0; i < sizeof(t) / sizeof(*t); i++) {
		p = mail_prefix_of_path(t[i].path);
		assert_string_equal(p, t[i].prefix);
		free(p);
	}
}

static void test_prefix_of_history(void **s)
{
	static const struct { const char *log, *prefix; } t[] = {
		{ "misc: open-dice: Drop y\nmisc: open-dice: Use x\nmisc: y\n", "misc: open-dice" },
		{ "treewide: a\ntreewide: b\nx: c\nx: d\n", "x" },
		{ "ALSA: pcm: one\nRevert \"ALSA: pcm: one\"\n", NULL },
		{ "Linux 7.3\n", NULL },
		{ "No colon here\nNone: at all there but spaces\nNot a prefix: x\nNot a prefix: y\n", NULL },
		{ "a: 1\nb: 1\nb: 2\na: 2\n", "a" },
		{ "", NULL },
	};
	char *p;
	size_t i;

	(void)s;
	for (i = 0; i < sizeof(t) / sizeof(*t); i++) {
		p = mail_prefix_of_history(t[i].log);
		if (t[i].prefix)
			assert_string_equal(p, t[i].prefix);
		else
			assert_null(p);
		free(p);
	}
}

static void test_wrap(void **s)
{
	struct strbuf b = { 0 };
	const char *p;
	size_t len;

	(void)s;
	mail_wrap(&b, "- ", "  ", "one  two\nthree");
	assert_string_equal(b.s, "- one two three\n");
	strbuf_reset(&b);
	mail_wrap(&b, "", "", "aaaaaaaaa bbbbbbbbb ccccccccc ddddddddd eeeeeeeee fffffffff ggggggggg hhhhh --- diff iiiii "
		  "jjjjjjjjj kkkkkkkkk lllllllll mmmmmmmmm nnnnnnnnn ooooooooo ppppppppp qqq diff --git");
	for (p = b.s; *p; p += len + 1) {
		len = strcspn(p, "\n");
		assert_true(len <= MAIL_WIDTH + 1);
		assert_false(str_starts(p, "---") || str_starts(p, "diff"));
	}
	strbuf_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_comments),
		cmocka_unit_test(test_space),
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_header),
		cmocka_unit_test(test_prefix_of_path),
		cmocka_unit_test(test_prefix_of_history),
		cmocka_unit_test(test_wrap),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
