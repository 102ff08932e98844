// SPDX-License-Identifier: GPL-2.0-only
/* Ways that do the same are one path, those that do not are not. */
#include "test_contract_fixture.h"

#define MESSAGES "int _printk(const char *, ...);\nextern int debug;\n"

static const struct { const char *name, *code; size_t nr; const char *paths; } cases[] = {
	{ "a message on one side", MESSAGES HANDLER "{ if (debug) _printk(\"x\"); return 0; }", 1, "= 0\n" },
	{ "a message under two conditions",
	  MESSAGES HANDLER "{ if (debug) { if (the_dev->ready) _printk(\"x\"); else _printk(\"y\"); } return 0; }", 1,
	  "= 0\n" },
	{ "a message with a value of the function's own",
	  MESSAGES HANDLER "{ int n = the_dev->mode; if (debug) _printk(\"%p\", &n); _printk(\"%p\", &n);"
	  " if (n) return -EINVAL; return 0; }", 2, "= -22\n= 0\n" },
	{ "a message in one arm of a choice, and in what && leads to",
	  MESSAGES HANDLER "{ debug ? (void)_printk(\"x\") : (void)0; the_dev->ready && _printk(\"y\"); return 0; }", 1,
	  "= 0\n" },
	{ "a switch whose cases only talk",
	  MESSAGES HANDLER "{ switch (debug) { case 1: _printk(\"x\"); break; case 2: _printk(\"y\"); break; default: break; }"
	  " return 0; }", 1, "= 0\n" },
	{ "a helper that returns the same on both ways",
	  MESSAGES "static int talk(int n) { if (n) { _printk(\"x\"); return 3; } return 3; }\n"
	  HANDLER "{ return talk(debug) == 3 ? 0 : -EINVAL; }", 1, "= 0\n" },
	{ "the error of a call, with a message and without",
	  MESSAGES HANDLER "{ int ret = REMAP(vma); if (ret) _printk(\"x\"); return ret; }", 1,
	  "action:remap_pfn_range[whole] = call remap_pfn_range\n" },
	{ "a message in a loop",
	  MESSAGES HANDLER "{ unsigned i; for (i = 0; i < the_dev->nr; i++) if (debug) _printk(\"x\"); return 0; }", 1,
	  NULL },
	{ "a local differs",
	  MESSAGES HANDLER "{ int n = 0; if (debug) n = 1; if (the_dev->ready) _printk(\"x\"); return n ? -EINVAL : 0; }", 2,
	  "= -22\n= 0\n" },
	{ "a flag is set on one side",
	  HANDLER "{ if (the_dev->ready) vm_flags_set(vma, VM_IO); return 0; }", 2, "= 0\nset:VM_IO = 0\n" },
	{ "memory outside is written on one side",
	  HANDLER "{ if (the_dev->ready) the_dev->used = 1; return the_dev->used ? -EINVAL : 0; }", 3, NULL },
	{ "the same result from two lines",
	  HANDLER "{ if (the_dev->ready)\nreturn -EINVAL;\nreturn -EINVAL; }", 2, "= -22\n" },
	{ "a lock that one side takes",
	  HANDLER "{ if (the_dev->ready) mutex_lock(&the_dev->lock); return 0; }", 2, "= 0\ntake:lock = 0\n" },
	{ "what one way knows is not known behind it",
	  MESSAGES HANDLER "{ if (vma->vm_pgoff) _printk(\"x\"); if (vma->vm_pgoff) return -EINVAL; return 0; }", 2,
	  "= -22\n= 0\n" },
};

static void ways_are_joined(void **state)
{
	size_t i = (size_t)(uintptr_t)*state;
	struct contract c = { 0 };
	struct unit u = { 0 };
	char *text;

	fixture_parse(cases[i].code, &u);
	assert_int_equal(contract_build(&u, "foo_mmap", &c), 0);
	assert_true(contract_is_complete(&c));
	text = fixture_text(&c);
	if (cases[i].paths)
		assert_string_equal(text, cases[i].paths);
	free(text);
	assert_int_equal(c.paths.nr, cases[i].nr);
	contract_free(&c);
	unit_free(&u);
}

/* A condition that is gone has left nothing: the paths behind it have the others' guards alone. */
static void conditions_of_others_stay(void **state)
{
	struct contract c = { 0 };
	struct unit u = { 0 };
	struct path *p;

	(void)state;
	fixture_parse(MESSAGES HANDLER "{ if (the_dev->ready) _printk(\"x\"); if (vma->vm_pgoff) return -EINVAL;"
		      " if (debug) _printk(\"y\"); return 0; }", &u);
	assert_int_equal(contract_build(&u, "foo_mmap", &c), 0);
	assert_int_equal(c.paths.nr, 2);
	vec_each(p, &c.paths) {
		assert_int_equal(p->guards.nr, 1);
		assert_string_equal(p->guards.items[0].text, "vma->vm_pgoff");
	}
	contract_free(&c);
	unit_free(&u);
}

int main(void)
{
	enum { NR = sizeof(cases) / sizeof(*cases) };
	struct CMUnitTest tests[NR + 1];
	size_t i;

	for (i = 0; i < NR; i++)
		tests[i] = (struct CMUnitTest){ cases[i].name, ways_are_joined, NULL, NULL, (void *)(uintptr_t)i };
	tests[i++] = (struct CMUnitTest)cmocka_unit_test(conditions_of_others_stay);
	return cmocka_run_group_tests(tests, fixture_setup, parse_teardown);
}
