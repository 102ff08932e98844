// SPDX-License-Identifier: GPL-2.0-only
/* The way from a handler to a call through a field, over what the text says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "scan/dispatch.h"

#define V "struct vm_area_struct *v"

static char *field_items[] = { "fb_mmap", "mmap" };
static const struct strlist fields = { .items = field_items, .nr = 2 };
static const struct text_query query = { .fields = &fields };

struct source { const char *file, *text; };

static const struct source tree[] = {
	{ "a.c", "static int help(" V ") { return lib_way(v) + lib_other(v) + lib_only_text(v); }\n"
		 "int a_mmap(struct file *f, " V ") { return help(v); }\n"
		 "int a_dead_end(" V ") { return lib_other(v); }\n" },
	{ "b.c", "static int help(" V ") { return v->ops->fb_mmap(v); }\n"
		 "int b_mmap(" V ") { return in_header(v); }\n"
		 "int b_file(" V ") { return f->f_op->mmap(f, v); }\n" },
	{ "lib.c", "int lib_way(" V ") { return lib_last(v); }\n"
	  "int lib_other(" V ") { return v->end; }\n"
		   "int lib_last(" V ") { if (x) return call_op(q, mmap, v); return lib_way(v); }\n"
		   "int lib_macro(" V ") { return DO(v); }\n" },
	{ "lib.h", "#define DO(v) (v)->ops->mmap(v)\nstatic inline int in_header(" V ") {"
	  " return lib_macro(v); }\n"
		   "int lib_way(" V ");\n" },
};

static void make_of(struct search *s, const struct source *sources, size_t nr)
{
	size_t i;

	memset(s, 0, sizeof(*s));
	for (i = 0; i < fields.nr; i++)
		strlist_add(&s->names, fields.items[i]);
	for (i = 0; i < nr && sources[i].file; i++)
		text_scan(sources[i].file, sources[i].text, strlen(sources[i].text), &query, &s->facts);
}

static void make(struct search *s)
{
	make_of(s, tree, sizeof(tree) / sizeof(*tree));
}

static void drop(struct search *s)
{
	text_facts_free(&s->facts);
	strlist_free(&s->names);
}

static void list(const struct text_function *f, void *ctx)
{
	strlist_addf(ctx, "%s:%s", f->file, f->name);
}

static bool follows(struct dispatch *d, const char *file, const char *function, const char *want)
{
	struct strlist found = { 0 };
	struct strbuf b = { 0 };
	bool same;
	size_t i;

	dispatch_follow(d, file, function, list, &found);
	strlist_sort(&found);
	strbuf_adds(&b, "");
	for (i = 0; i < found.nr; i++)
		strbuf_addf(&b, "%s%s", i ? " " : "", found.items[i]);
	same = !strcmp(b.s, want);
	if (!same)
		print_error("%s:%s: \"%s\", not \"%s\"\n", file, function, b.s, want);
	strbuf_free(&b);
	strlist_free(&found);
	return same;
}

static void follow_is(struct dispatch *d, const char *file, const char *function, const char *want)
{
	assert_true(follows(d, file, function, want));
}

static void ways_are_followed(void **state)
{
	struct search s;
	struct dispatch *d;

	(void)state;
	make(&s);
	d = dispatch_new(&s);
	/* A static function of another file is not meant, dead ends are left out, circles end. */
	follow_is(d, "a.c", "a_mmap", "a.c:a_mmap a.c:help lib.c:lib_last lib.c:lib_way");
	follow_is(d, "a.c", "a_mmap", "");		/* given once */
	follow_is(d, "a.c", "a_dead_end", "");
	follow_is(d, "b.c", "b_mmap", "b.c:b_mmap lib.c:lib_macro");
	follow_is(d, "b.c", "b_file", "");		/* another file's operations are tier 1 */
	follow_is(d, "b.c", "help", "b.c:help");
	follow_is(d, "b.c", "nowhere", "");
	assert_true(dispatch_leads_on(d, "b.c", "help"));
	assert_true(dispatch_leads_on(d, "lib.h", "in_header"));
	assert_false(dispatch_leads_on(d, "lib.c", "lib_other"));
	assert_false(dispatch_leads_on(d, "a.c", "lib_way"));
	dispatch_free(d);
	drop(&s);
}

/* A handler a_mmap() of a.c, the files, and what is followed from it. */
static const struct { const char *name; struct source files[4]; const char *want; } ways[] = {
	{ "over three files",
	  { { "a.c", "int a_mmap(" V ") { return one(v); }" }, { "b.c",
	  "int one(" V ") { return two(v); }" },
	    { "c.c", "int two(" V ") { return three(v); }\n"
	    "int three(" V ") { return ops->mmap(v); }" } },
	  "a.c:a_mmap b.c:one c.c:three c.c:two" },
	{ "functions that call each other",
	  { { "a.c", "int a_mmap(" V ") { return one(v); }\n"
	  "int one(" V ") { return x ? two(v) : 0; }\n"
		     "int two(" V ") { return y ? one(v) : ops->mmap(v); }" } },
	  "a.c:a_mmap a.c:one a.c:two" },
	{ "a function that calls itself",
	  { { "a.c", "int a_mmap(" V ") { return x ? a_mmap(v) : ops->mmap(v); }" } },
	  "a.c:a_mmap" },
	{ "a circle without a way out",
	  { { "a.c", "int a_mmap(" V ") { return one(v); }\n"
	  "int one(" V ") { return a_mmap(v); }" } }, "" },
	{ "a static function's name in two files, the other one leads on",
	  { { "a.c", "static int go(" V ") { return 0; }\nint a_mmap(" V ") { return go(v); }" },
	    { "b.c", "static int go(" V ") { return ops->mmap(v); }\n"
	    "int b_mmap(" V ") { return go(v); }" } },
	  "" },
	{ "a static function's name in two files, this one leads on",
	  { { "a.c", "static int go(" V ") { return ops->mmap(v); }\n"
	  "int a_mmap(" V ") { return go(v); }" },
	    { "b.c", "static int go(" V ") { return 0; }" } },
	  "a.c:a_mmap a.c:go" },
	{ "two definitions of a global function, one for each configuration",
	  { { "a.c", "int a_mmap(" V ") { return go(v); }" }, { "mmu.c",
	  "int go(" V ") { return ops->mmap(v); }" },
	    { "nommu.c", "int go(" V ") { return 0; }" } },
	  "a.c:a_mmap mmu.c:go" },
	{ "two definitions in one file",
	  { { "a.c", "#ifdef A\nstatic int go(" V ") { return 0; }\n#else\n"
	  "static int go(" V ") { return ops->mmap(v); }\n"
		     "#endif\nint a_mmap(" V ") { return go(v); }" } },
	  "a.c:a_mmap a.c:go" },
	{ "through a local copy of the pointer",
	  { { "a.c", "int a_mmap(" V ") { int (*fn)(" V ") = f->ops->mmap; return fn ? fn(v) : 0;"
	  " }" } }, "a.c:a_mmap" },
	{ "the vma in a struct, called with it",
	  { { "a.c", "int a_mmap(" V ") { struct arg a = { .v = v, .ops = &x_ops };"
	  " return run(&a); }\n"
		     "int run(struct arg *a) { return a->ops->mmap(a->v); }" } },
	  "" },		/* run() has no vma parameter: libclang follows it,
	  for it is of the same file */
	{ "a copy of the vma's address",
	  { { "a.c", "int a_mmap(" V ") { struct vm_area_struct *w = v; return go(w); }" },
	    { "b.c", "int go(" V ") { void *p = v; return ops->fb_mmap(p); }" } },
	  "a.c:a_mmap b.c:go" },
	{ "a macro of the file that calls",
	  { { "a.c", "#define CALL(o, op, ...) ((o)->op ? (o)->op(__VA_ARGS__) : 0)\n"
		     "int a_mmap(" V ") { return CALL(ops, mmap, v); }" } },
	  "a.c:a_mmap" },
	{ "a macro that hides the field's name",
	  { { "a.h", "#define HAND_ON(v) (ops->mmap(v))" }, { "a.c",
	  "int a_mmap(" V ") { return HAND_ON(v); }" } },
	  "a.c:a_mmap" },
	{ "a macro around a function",
	  { { "a.c", "#define go(v) __go(v, 1)\nint a_mmap(" V ") { return go(v); }" },
	    { "b.c", "int __go(" V ", int i) { return ops->mmap(v); }" } },
	  "" },		/* what a macro calls is found by libclang, which sees it expanded */
	{ "a function that is handed on",
	  { { "a.c", "int a_mmap(" V ") { return with_lock(go, v); }" },
	    { "b.c", "int go(" V ") { return ops->mmap(v); }\n"
	    "int with_lock(int (*fn)(" V "), " V ") { return fn(v); }" } },
	  "a.c:a_mmap b.c:go" },
	{ "a function whose body an #ifdef hides",
	  { { "a.c", "int a_mmap(" V ")\n{\n#ifdef CONFIG_A\n\treturn ops->mmap(v);\n#else\n"
	  "\treturn 0;\n#endif\n}" } },
	  "a.c:a_mmap" },
	{ "a header's inline function in the middle",
	  { { "a.c", "int a_mmap(" V ") { return mid(v); }" }, { "a.h",
	  "static inline int mid(" V ") { return last(v); }" },
	    { "b.c", "int last(" V ") { return ops->mmap(v); }" } },
	  "a.c:a_mmap b.c:last" },
	{ "a table that is handed on, not called",
	  { { "a.c", "int a_mmap(" V ") { x->mmap = NULL; return 0; }" } }, "a.c:a_mmap" },
};

static void ways_of_each_kind(void **state)
{
	struct dispatch *d;
	unsigned failed = 0;
	struct search s;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(ways) / sizeof(*ways); i++) {
		make_of(&s, ways[i].files, sizeof(ways[i].files) / sizeof(*ways[i].files));
		d = dispatch_new(&s);
		if (!follows(d, "a.c", "a_mmap", ways[i].want)) {
			print_error("in: %s\n", ways[i].name);
			failed++;
		}
		dispatch_free(d);
		drop(&s);
	}
	assert_int_equal(failed, 0);
}

static void definitions_are_those_that_can_be_meant(void **state)
{
	const struct text_function *f;
	struct dispatch *d;
	struct search s;
	size_t at = 0;

	(void)state;
	make(&s);
	d = dispatch_new(&s);
	f = dispatch_definition(d, "b.c", "help", &at);
	assert_string_equal(f->file, "b.c");
	assert_null(dispatch_definition(d, "b.c", "help", &at));
	at = 0;
	assert_null(dispatch_definition(d, "lib.c", "help", &at));
	f = dispatch_definition(d, "a.c", "in_header", &at);
	assert_string_equal(f->file, "lib.h");
	at = 0;
	f = dispatch_definition(d, "a.c", "lib_way", &at);
	assert_string_equal(f->file, "lib.c");
	dispatch_free(d);
	drop(&s);
}

static void nothing_is_no_trouble(void **state)
{
	struct search s = { 0 };
	struct dispatch *d = dispatch_new(&s);

	(void)state;
	follow_is(d, "a.c", "a_mmap", "");
	assert_false(dispatch_leads_on(d, "a.c", "a_mmap"));
	dispatch_free(d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ways_are_followed),
		cmocka_unit_test(ways_of_each_kind),
		cmocka_unit_test(definitions_are_those_that_can_be_meant),
		cmocka_unit_test(nothing_is_no_trouble),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
