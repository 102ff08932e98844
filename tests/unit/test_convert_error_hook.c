// SPDX-License-Identifier: GPL-2.0-only
/* The functions that kept an errno of the handler's own before error_override. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "rewrite/error_hook.h"

static char *text, *error;
static struct strlist differences;

static int clear(void **s)
{
	(void)s;
	free(text);
	free(error);
	text = error = NULL;
	strlist_free(&differences);
	return 0;
}

static int write_it(const char *old)
{
	struct error_hook h = { .file = "a.c", .function = "a_mmap", .new_name = "a_mmap_prepare",
				.differences = &differences };
	struct source s;
	size_t len = 0;
	int ret;

	clear(NULL);
	source_init(&s, xstrdup(old), strlen(old));
	ret = error_hook_write(&h, &s, &text, &len, &error);
	source_free(&s);
	if (!ret && text)
		assert_int_equal(len, strlen(text));
	return ret;
}

static void refused(const char *old, const char *why)
{
	assert_int_equal(write_it(old), -EINVAL);
	assert_null(text);
	if (!strstr(error, why))
		fail_msg("\"%s\" is not in: %s", why, error);
	assert_memory_equal(error, "a.c:", 4);
}

#define HOOK "static int a_mmap_prepare(struct vm_area_desc *desc)\n{\n"
#define ASK(e) "\tdesc->action.error_hook = a_mmap_" e ";\n"
#define EAGAIN_TEXT "static int a_mmap_eagain(int err)\n{\n\treturn -EAGAIN;\n}\n\n"
#define ENXIO_TEXT "static int a_mmap_enxio(int err)\n{\n\treturn -ENXIO;\n}\n\n"

static void written_ahead(void **s)
{
	(void)s;
	assert_int_equal(write_it("int x;\n\n" HOOK ASK("eagain") "}\n"), 0);
	assert_string_equal(text, "int x;\n\n" EAGAIN_TEXT HOOK ASK("eagain") "}\n");
	assert_int_equal(differences.nr, 1);
	assert_string_equal(differences.items[0], "R12 -EAGAIN stays what user space sees when the mapping cannot be "
			    "populated, through desc->action.error_hook (a.c:3)");

	/* the handler's comment stays its own; one function an errno, in order */
	assert_int_equal(write_it("/* Maps. */\n" HOOK ASK("enxio") ASK("eagain") ASK("enxio") "}\n"), 0);
	assert_string_equal(text, ENXIO_TEXT EAGAIN_TEXT "/* Maps. */\n" HOOK ASK("enxio") ASK("eagain") ASK("enxio") "}\n");
	assert_int_equal(differences.nr, 2);
}

static void nothing_asked(void **s)
{
	(void)s;
	assert_int_equal(write_it(HOOK "#if A\n\treturn 0;\n#endif\n}\n"), 0);
	assert_null(text);
	/* another function's hook, another name, another file's form */
	assert_int_equal(write_it("int b(void)\n{\n" ASK("eagain") "}\n" HOOK "}\n"), 0);
	assert_null(text);
	assert_int_equal(write_it(HOOK "\tdesc->action.error_hook = b_mmap_eagain;\n}\n"), 0);
	assert_null(text);
	assert_int_equal(differences.nr, 0);
}

static void what_cannot_be(void **s)
{
	(void)s;
	refused("static int a_mmap_eagain;\n" HOOK ASK("eagain") "}\n", "the name a_mmap_eagain is taken");
	refused(HOOK "#ifdef A\n" ASK("eagain") "#endif\n}\n", "an #if in a_mmap_prepare()");
	/* two definitions, each for a configuration: which branch has the function? */
	refused("#ifdef A\n" HOOK ASK("eagain") "}\n#else\n" HOOK ASK("eagain") "}\n#endif\n", "is taken");
	refused(HOOK ASK("eagain"), "unbalanced");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(written_ahead, clear),
		cmocka_unit_test_teardown(nothing_asked, clear),
		cmocka_unit_test_teardown(what_cannot_be, clear),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
