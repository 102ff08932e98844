// SPDX-License-Identifier: GPL-2.0-only
/* Which file of the tree a file outside stands for, and in which file of the tree a table or a function is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "pairs/internal.h"

static char top[] = "/tmp/mmapconv-test-XXXXXX";

static int setup(void **state)
{
	(void)state;
	return mkdtemp(top) ? 0 : -1;
}

static int teardown(void **state)
{
	(void)state;
	return file_remove_tree(top);
}

static void put(const char *name, const char *text)
{
	char *path = path_join(top, name);

	assert_int_equal(file_write_atomic(path, text, strlen(text)), 0);
	free(path);
}

static const struct { const char *outside, *stands_for; } rows[] = {
	{ "x/drivers/char/mem.c", "drivers/char/mem.c" },
	{ "x/drivers/char/char/mem.c", "char/mem.c" },		/* the longest end that is a file */
	{ "x/y/main.c", "main.c" },
	{ "x//drivers//char/mem.c", "char/mem.c" },		/* no empty parts in a path of the tree */
	{ "x/new/mem.c", NULL },
	{ "x/drivers/char", NULL },				/* a folder */
	{ "x/drivers/fifo.c", NULL },
	{ "x/drivers/notes.txt", NULL },
	{ "x/dir.c/in.c", NULL },				/* the tree's is a folder */
	{ "x/none.c", NULL },
	{ "x/big/main.c", NULL },
};

static void test_stand_in(void **state)
{
	struct tree t = { .root = path_join(top, "tree") };
	size_t i;
	char *path, *found;

	(void)state;
	put("tree/drivers/char/mem.c", "");
	put("tree/char/mem.c", "");
	put("tree/main.c", "");
	put("tree/drivers/notes.txt", "");
	put("tree/drivers/fifo.c", "");
	put("tree/dir.c/in.c/x", "");
	put("x/drivers/char/mem.c", "");
	put("x/drivers/char/char/mem.c", "");
	put("x/y/main.c", "");
	put("x/new/mem.c", "");
	put("x/drivers/notes.txt", "");
	put("x/dir.c/in.c", "");
	put("x/big/main.c", "");
	path = path_join(top, "x/big/main.c");
	assert_int_equal(truncate(path, 1 << 30), 0);
	free(path);
	path = path_join(top, "x/drivers/fifo.c");
	assert_int_equal(mkfifo(path, 0600), 0);
	free(path);
	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		path = path_join(top, rows[i].outside);
		found = pair_stand_in(&t, path);
		if (rows[i].stands_for)
			assert_string_equal(found, rows[i].stands_for);
		else
			assert_null(found);
		free(found);
		free(path);
	}
	free(t.root);
}

static void add_function(struct search *s, const char *file, const char *name, enum text_function_kind kind,
			 bool is_static)
{
	struct text_function *f = vec_push(&s->facts.functions);

	*f = (struct text_function){ .file = (char *)file, .name = (char *)name, .kind = kind, .is_static = is_static };
}

static void want(const struct strlist *files, const char *words)
{
	struct strbuf b = { 0 };
	size_t i;

	strbuf_adds(&b, "");
	for (i = 0; i < files->nr; i++)
		strbuf_addf(&b, "%s%s", i ? " " : "", files->items[i]);
	assert_string_equal(b.s, words);
	strbuf_free(&b);
}

static void want_function(const struct search *s, const char *name, const char *words)
{
	struct strlist files = { 0 };

	elsewhere_function(s, name, &files);
	want(&files, words);
	strlist_free(&files);
}

static void test_functions(void **state)
{
	struct search s = { 0 };

	(void)state;
	add_function(&s, "a.c", "open_a", TEXT_DEFINITION, false);
	add_function(&s, "b.c", "open_a", TEXT_DEFINITION, true);
	add_function(&s, "a.h", "open_a", TEXT_DECLARATION, false);
	add_function(&s, "a.c", "own", TEXT_DEFINITION, true);
	add_function(&s, "a.c", "two", TEXT_DEFINITION, false);
	add_function(&s, "b.c", "two", TEXT_DEFINITION, false);
	add_function(&s, "a.c", "branches", TEXT_DEFINITION, false);
	add_function(&s, "a.c", "branches", TEXT_DEFINITION, false);
	add_function(&s, "a.h", "in_header", TEXT_DEFINITION, false);
	want_function(&s, "open_a", "a.c");
	want_function(&s, "branches", "a.c");
	want_function(&s, "own", "");
	want_function(&s, "two", "a.c b.c");
	want_function(&s, "in_header", "");
	want_function(&s, "none", "");
	vec_free(&s.facts.functions);
}

static void test_tables(void **state)
{
	static const char *const names[] = { "far_ops", "own_ops", "two_ops", "told_ops", "none_ops", "plain_ops", NULL };
	struct tree t = { .root = path_join(top, "tables") };
	struct pairs p = { .opt = { .tree = &t } };
	struct strlist wanted = { 0 };
	struct far_table *table;
	size_t i;

	(void)state;
	put("tables/a.c", "const struct vm_operations_struct far_ops = { };\n"
			  "/* struct vm_operations_struct told_ops = { } */ struct vm_operations_struct *x = &far_ops;\n"
			  "extern const struct vm_operations_struct told_ops;\n"
			  "const struct vm_operations_struct two_ops = { };\n");
	put("tables/b.c", "static const struct vm_operations_struct own_ops = { };\n"
			  "const struct vm_operations_struct two_ops = { };\n"
			  "struct vm_operations_struct plain_ops\n= { .open = far_ops };\n");
	strlist_add(&p.search.vma_files, "a.c");
	strlist_add(&p.search.vma_files, "b.c");
	strlist_add(&p.search.vma_files, "gone.c");
	for (i = 0; names[i]; i++)
		strlist_add(&wanted, names[i]);
	elsewhere_tables(&p, &wanted);
	elsewhere_tables(&p, &wanted);
	assert_int_equal(p.tables.nr, wanted.nr);
	want(elsewhere_table(&p, "far_ops"), "a.c");
	want(elsewhere_table(&p, "plain_ops"), "b.c");
	want(elsewhere_table(&p, "own_ops"), "");
	want(elsewhere_table(&p, "two_ops"), "a.c b.c");
	want(elsewhere_table(&p, "told_ops"), "");
	want(elsewhere_table(&p, "none_ops"), "");
	vec_each(table, &p.tables) {
		free(table->name);
		strlist_free(&table->files);
	}
	vec_free(&p.tables);
	strlist_free(&p.search.vma_files);
	strlist_free(&wanted);
	free(t.root);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_stand_in), cmocka_unit_test(test_functions), cmocka_unit_test(test_tables),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
