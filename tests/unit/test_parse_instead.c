// SPDX-License-Identifier: GPL-2.0-only
/* Files of the tree that are read from another place, and callbacks of vm_ops tables that are followed. */
#include "test_parse_files.h"

static const char header[] = "struct vm_area_struct { int a; };\n"
			     "struct vm_operations_struct { void (*open)(struct vm_area_struct *);\n"
			     "	void (*close)(struct vm_area_struct *); int (*fault)(int); };\n"
			     "void far_close(struct vm_area_struct *);\n";

static const char tables[] =
	"static void a_open(struct vm_area_struct *v) { v->a = 1; }\n"
	"static void a_close(struct vm_area_struct *v) { v->a = 2; }\n"
	"static int a_fault(int x) { return x; }\n"
	"const struct vm_operations_struct a = { .open = a_open, .close = a_close, .fault = a_fault };\n"
	"const struct vm_operations_struct b = { .close = far_close, .open = (void *)0 };\n"
	"extern const struct vm_operations_struct c;\n"
	"struct vm_operations_struct d = { };\n"
	"const struct vm_operations_struct e = { a_open, .close = a_close };\n"
	"int foo(void) { return VALUE; }\n";

static void parse(struct parse_job *job, struct unit *u)
{
	strlist_add(&job->functions, "foo");
	parse_write("k.h", header);
	parse_write("value.h", "#define VALUE 1\n");
	parse_foo(job, "k.h", "#include \"value.h\"\nint foo(void) { return VALUE; }\n", u);
	strlist_free(&job->callbacks);
	strlist_free(&job->instead);
	strlist_free(&job->instead_paths);
}

static void instead(struct parse_job *job, const char *file, const char *path, const char *text)
{
	strlist_add(&job->instead, file);
	strlist_addf(&job->instead_paths, "%s/%s", parse_top, path);
	if (text)
		parse_write(path, text);
}

static int64_t returned(const struct unit *u)
{
	size_t i;

	for (i = 1; i < u->nr_nodes; i++)
		if (u->nodes[i].kind == NODE_RETURN)
			return u->nodes[u->nodes[i].child].value;
	return -1;
}

/* With the names, folder and includes of the tree's file. */
static void test_source(void **state)
{
	struct parse_job job = PARSE_FOO;
	struct parse_inputs inputs = { 0 };
	struct unit u = { 0 };

	(void)state;
	job.inputs = &inputs;
	instead(&job, "foo.c", "away/other.c", "#include \"value.h\"\n\nint foo(void) { return VALUE + 1; }\n");
	parse(&job, &u);
	parse_compiles(&u);
	assert_int_equal(returned(&u), 2);
	assert_string_equal(u.file, "foo.c");
	assert_string_equal(unit_function(&u, "foo")->file, "foo.c");
	assert_int_equal(unit_function(&u, "foo")->line, 3);
	unit_free(&u);
	strlist_free(&inputs.files);
}

static void test_errors_bear_the_tree_s_name(void **state)
{
	struct parse_job job = PARSE_FOO;
	struct unit u = { 0 };

	(void)state;
	instead(&job, "foo.c", "away/other.c", "int foo(void) { return nothing; }\n");
	parse(&job, &u);
	assert_int_equal(u.status, UNIT_PARTIAL);
	assert_true(str_starts(u.errors.items[0], "foo.c:1:24: "));
	unit_free(&u);
}

static void test_header(void **state)
{
	struct parse_job job = PARSE_FOO;
	struct unit u = { 0 };

	(void)state;
	instead(&job, "value.h", "away/value.h", "#define VALUE 7\n");
	parse(&job, &u);
	parse_compiles(&u);
	assert_int_equal(returned(&u), 7);
	unit_free(&u);
}

/* One that is not there, or is no file, is a reading that failed, not the tree's own text. */
static void test_not_there(void **state)
{
	static const char *const paths[] = { "away/none.c", "away", NULL };
	struct unit u = { 0 };
	size_t i;

	(void)state;
	for (i = 0; paths[i]; i++) {
		struct parse_job job = PARSE_FOO;

		parse_write("away/there", "");
		instead(&job, "foo.c", paths[i], NULL);
		parse(&job, &u);
		assert_int_equal(u.status, UNIT_FAILED);
		unit_free(&u);
		memset(&u, 0, sizeof(u));
	}
	{
		struct parse_job job = PARSE_FOO;

		instead(&job, "value.h", "away/none.h", NULL);
		parse(&job, &u);
		assert_int_equal(u.status, UNIT_FAILED);
		unit_free(&u);
	}
}

static void test_callbacks(void **state)
{
	struct parse_job job = PARSE_FOO;
	struct strlist names = { 0 }, wanted = { 0 };
	struct unit u = { 0 };
	size_t i;

	(void)state;
	strlist_add(&job.callbacks, "close");
	strlist_add(&job.callbacks, "mapped");
	strlist_add(&job.callbacks, "open");
	instead(&job, "foo.c", "away/tables.c", NULL);
	{
		char *text = xasprintf("#include \"k.h\"\n#include \"value.h\"\n%s", tables);

		parse_write("away/tables.c", text);
		free(text);
	}
	parse(&job, &u);
	parse_compiles(&u);
	assert_non_null(unit_function(&u, "a_open"));
	assert_non_null(unit_function(&u, "a_close"));
	assert_null(unit_function(&u, "a_fault"));
	assert_null(unit_function(&u, "far_close"));
	assert_int_equal(u.vm_ops.nr, 5);
	for (i = 0; i < u.vm_ops.nr; i++)	/* c is not here, e has a value without a designator */
		assert_int_equal(u.vm_ops.items[i].is_whole, u.vm_ops.items[i].name[0] != 'c' && u.vm_ops.items[i].name[0] != 'e');
	assert_string_equal(vm_ops_callback(&u.vm_ops.items[0], "close"), "a_close");
	assert_null(vm_ops_callback(&u.vm_ops.items[0], "mapped"));
	assert_null(vm_ops_callback(&u.vm_ops.items[0], "clos"));
	assert_null(vm_ops_callback(&u.vm_ops.items[1], "open"));
	strlist_add(&wanted, "close");
	unit_callbacks(&u, &wanted, &names);
	assert_int_equal(names.nr, 2);
	assert_string_equal(names.items[1], "far_close");
	strlist_free(&names);
	strlist_free(&wanted);
	unit_free(&u);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_source), cmocka_unit_test(test_errors_bear_the_tree_s_name),
		cmocka_unit_test(test_header), cmocka_unit_test(test_not_there), cmocka_unit_test(test_callbacks),
	};

	return cmocka_run_group_tests(tests, parse_setup, parse_teardown);
}
