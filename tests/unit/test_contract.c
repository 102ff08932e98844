// SPDX-License-Identifier: GPL-2.0-only
/* Contracts of small handlers: every path, its effects in order, its result. */
#include "test_contract_cases.h"
#include "test_contract_memory_cases.h"

#include <sys/stat.h>


/* The parameter is the case. */
static void contract_is(void **state)
{
	const struct contract_case *is = *state;
	struct contract c = { 0 }, again = { 0 };
	struct unit u = { 0 };
	char *text;

	fixture_parse(is->code, &u);
	assert_int_equal(contract_build(&u, "foo_mmap", &c), 0);
	text = fixture_text(&c);
	assert_string_equal(text, is->paths);
	free(text);
	/* An unchanged function has an equal contract. */
	assert_int_equal(contract_build(&u, "foo_mmap", &again), 0);
	assert_true(contract_equal(&c, &again));
	contract_free(&again);
	contract_free(&c);
	unit_free(&u);
}

/* One line changed: each of these pairs has contracts that differ. */
static void changes_are_seen(void **state)
{
	static const char *const pairs[][2] = {
		{ "if (vma->vm_pgoff > 1) return -EINVAL; return 0;",
		  "if (vma->vm_pgoff >= 1) return -EINVAL; return 0;" },
		{ "if (vma->vm_pgoff) return -EINVAL; return 0;", "if (vma->vm_pgoff) return -ENXIO; return 0;" },
		{ "vm_flags_set(vma, VM_IO); return 0;", "vm_flags_set(vma, VM_PFNMAP); return 0;" },
		{ "vm_flags_set(vma, VM_IO); return 0;", "vm_flags_clear(vma, VM_IO); return 0;" },
		{ "mutex_lock(&the_dev->lock); mutex_unlock(&the_dev->lock); return 0;",
		  "mutex_lock(&the_dev->lock); return 0;" },
		{ "return REMAP(vma);", "return remap_pfn_range(vma, vma->vm_start, 2, vma->vm_end - vma->vm_start,"
		  " vma->vm_page_prot);" },
		{ "the_dev->used = 1; return 0;", "the_dev->used = 2; return 0;" },
		{ "if ((int)vma->vm_pgoff < 0) return -EINVAL; return 0;",
		  "if ((long)vma->vm_pgoff < 0) return -EINVAL; return 0;" },
	};
	struct contract a, b;
	struct unit u, v;
	char *text;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(pairs) / sizeof(*pairs); i++) {
		memset(&a, 0, sizeof(a));
		memset(&b, 0, sizeof(b));
		memset(&u, 0, sizeof(u));
		memset(&v, 0, sizeof(v));
		text = xasprintf(HANDLER "{ %s }", pairs[i][0]);
		fixture_parse(text, &u);
		free(text);
		text = xasprintf(HANDLER "{ %s }", pairs[i][1]);
		fixture_parse(text, &v);
		free(text);
		assert_int_equal(contract_build(&u, "foo_mmap", &a), 0);
		assert_int_equal(contract_build(&v, "foo_mmap", &b), 0);
		if (contract_equal(&a, &b))
			fail_msg("equal: %s | %s", pairs[i][0], pairs[i][1]);
		contract_free(&a);
		contract_free(&b);
		unit_free(&u);
		unit_free(&v);
	}
}

static void a_missing_function_is_enoent(void **state)
{
	struct contract c = { 0 };
	struct unit u = { 0 };

	(void)state;
	fixture_parse("int foo_mmap(struct file *file, struct vm_area_struct *vma);\n", &u);
	assert_int_equal(contract_build(&u, "foo_mmap", &c), -ENOENT);
	assert_int_equal(contract_build(&u, "no_such", &c), -ENOENT);
	assert_true(strlist_has(&u.wanted, "foo_mmap"));
	contract_free(&c);
	unit_free(&u);
}

static void helpers_say_who_takes_the_vma(void **state)
{
	struct contract c = { 0 };
	struct unit u = { 0 };

	(void)state;
	fixture_parse("static int with(struct vm_area_struct *v) { return REMAP(v); }\n"
		      "static int without(struct dev *d) { return d->ready; }\n"
		      HANDLER "{ if (without(the_dev)) return -EBUSY; return with(vma); }", &u);
	assert_int_equal(contract_build(&u, "foo_mmap", &c), 0);
	assert_int_equal(c.helpers.nr, 2);
	assert_string_equal(c.helpers.items[0].name, "without");
	assert_false(c.helpers.items[0].takes_vma);
	assert_string_equal(c.helpers.items[1].name, "with");
	assert_true(c.helpers.items[1].takes_vma);
	contract_free(&c);
	unit_free(&u);
}

/*
 * Lines are those of the handler's file: of what another file has, the line of the call.  A handler of a header
 * can hand its vma to a function of the file that includes it.
 */
static void lines_are_of_one_file(void **state)
{
	static const char header[] = "static int map_it(struct vm_area_struct *v);\n"
				     "static inline int ready(struct dev *d)\n{\n\treturn d->ready;\n}\n"
				     HANDLER "{\n\tif (!ready(the_dev))\n\t\treturn -EBUSY;\n\treturn map_it(vma);\n}\n";
	struct contract c = { 0 };
	struct unit u = { 0 };
	const struct path *p;
	const struct guard *g;
	size_t i;

	(void)state;
	parse_write("foo.h", header);
	fixture_parse("#include \"foo.h\"\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\nstatic int map_it(struct vm_area_struct *v)\n"
		      "{\nif (v->vm_pgoff)\nreturn -EINVAL;\nreturn REMAP(v);\n}\n"
		      "struct file_operations foo_fops = { .mmap = foo_mmap };\n", &u);
	assert_int_equal(contract_build(&u, "foo_mmap", &c), 0);
	assert_int_equal(c.paths.nr, 3);
	vec_each(p, &c.paths)
		vec_each(g, &p->guards)
			assert_true(g->line == 8 || g->line == 10);
	assert_int_equal(c.nr_effects, 1);
	for (i = 0; i < c.nr_effects; i++)
		assert_int_equal(c.effects[i].line, 10);
	assert_int_equal(c.helpers.nr, 1);
	assert_string_equal(c.helpers.items[0].name, "map_it");
	assert_int_equal(c.helpers.items[0].line, 10);
	contract_free(&c);
	unit_free(&u);
}

/* Guards, in the order in which they are tested, with the branch that was taken. */
static void guards_are_in_order(void **state)
{
	struct contract c = { 0 };
	struct unit u = { 0 };
	const struct path *p, *found = NULL;

	(void)state;
	fixture_parse(HANDLER "{\nif (vma->vm_pgoff > 3)\nreturn -EINVAL;\nif (!(vma->vm_flags &"
	  " VM_SHARED))\n"
		      "return -EPERM;\nreturn REMAP(vma);\n}", &u);
	assert_int_equal(contract_build(&u, "foo_mmap", &c), 0);
	vec_each(p, &c.paths)
		if (path_succeeds(p)) {
			assert_null(found);
			found = p;
		}
	assert_non_null(found);
	assert_int_equal(found->guards.nr, 2);
	assert_string_equal(found->guards.items[0].text, "vma->vm_pgoff > 3");
	assert_false(found->guards.items[0].taken);
	assert_int_equal(found->guards.items[0].line, 4);
	assert_string_equal(found->guards.items[1].text, "vma->vm_flags & VM_SHARED");
	assert_true(found->guards.items[1].taken);
	assert_int_equal(found->line, 8);
	contract_free(&c);
	unit_free(&u);
}

/* Behind whatever macros: an architecture's WARN() is told by the header in which its assembly stands. */
static void a_warning_is_no_assembly(void **state)
{
	static const char bug[] = "#define asm_inline asm\n#define __WARN() do { asm_inline volatile(\"\" : : \"i\"(1)); } while (0)\n"
				  "#define WARNS(x) ({ int w = !!(x); if (w) __WARN(); w; })\n";
	char *include = path_join(parse_top, "include"), *dir = path_join(include, "asm");
	struct contract c = { 0 };
	struct unit u = { 0 };
	char *text;

	(void)state;
	assert_int_equal(mkdir(include, 0755), 0);
	assert_int_equal(mkdir(dir, 0755), 0);
	parse_write("include/asm/bug.h", bug);
	fixture_parse("#include \"include/asm/bug.h\"\n#define MINE(d) WARNS(!(d)->ready)\n"
		      HANDLER "{ if (MINE(the_dev)) return -ENXIO; return 0; }", &u);
	assert_int_equal(contract_build(&u, "foo_mmap", &c), 0);
	text = fixture_text(&c);
	assert_string_equal(text, "= -6\n= 0\n");
	free(text);
	contract_free(&c);
	unit_free(&u);
	free(include);
	free(dir);
}

/* Fourteen tests in a row would be 16384 paths: the limit is said, not silently kept. */
static void too_many_paths_are_unmodelled(void **state)
{
	struct strbuf code = { 0 };
	struct contract c = { 0 };
	struct unit u = { 0 };
	int i;

	(void)state;
	strbuf_adds(&code, HANDLER "{");
	for (i = 0; i < 14; i++)
		strbuf_addf(&code, "if (vma->vm_pgoff & %d) vm_flags_set(vma, VM_IO);\n", 1 << i);
	strbuf_adds(&code, "return 0; }");
	fixture_parse(code.s, &u);
	assert_int_equal(contract_build(&u, "foo_mmap", &c), 0);
	assert_int_equal(c.unmodelled.nr, 1);
	assert_string_equal(c.unmodelled.items[0].reason,
			    "more paths than are followed: its branches are taken together");
	/* One path that has every effect, and says what it is. */
	assert_int_equal(c.paths.nr, 1);
	assert_int_equal(c.paths.items[0].effects.nr, 14);
	assert_int_equal(c.paths.items[0].unmodelled, 1);
	strbuf_free(&code);
	contract_free(&c);
	unit_free(&u);
}

int main(void)
{
	enum { NR_CASES = sizeof(cases) / sizeof(*cases), NR = NR_CASES + sizeof(memory_cases) / sizeof(*memory_cases) };
	const struct contract_case *c;
	struct CMUnitTest tests[NR + 7];
	size_t i;

	for (i = 0; i < NR; i++) {
		c = i < NR_CASES ? &cases[i] : &memory_cases[i - NR_CASES];
		tests[i] = (struct CMUnitTest){ c->name, contract_is, NULL, NULL, (void *)(uintptr_t)c };
	}
	tests[i++] = (struct CMUnitTest)cmocka_unit_test(a_missing_function_is_enoent);
	tests[i++] = (struct CMUnitTest)cmocka_unit_test(helpers_say_who_takes_the_vma);
	tests[i++] = (struct CMUnitTest)cmocka_unit_test(lines_are_of_one_file);
	tests[i++] = (struct CMUnitTest)cmocka_unit_test(guards_are_in_order);
	tests[i++] = (struct CMUnitTest)cmocka_unit_test(changes_are_seen);
	tests[i++] = (struct CMUnitTest)cmocka_unit_test(a_warning_is_no_assembly);
	tests[i++] = (struct CMUnitTest)cmocka_unit_test(too_many_paths_are_unmodelled);
	return cmocka_run_group_tests(tests, fixture_setup, parse_teardown);
}
