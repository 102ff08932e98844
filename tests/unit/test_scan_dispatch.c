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

static const struct { const char *file, *text; } tree[] = {
	{ "a.c", "static int help(" V ") { return lib_way(v) + lib_other(v) + lib_only_text(v); }\n"
		 "int a_mmap(struct file *f, " V ") { return help(v); }\n"
		 "int a_dead_end(" V ") { return lib_other(v); }\n" },
	{ "b.c", "static int help(" V ") { return v->ops->fb_mmap(v); }\n"
		 "int b_mmap(" V ") { return in_header(v); }\n"
		 "int b_file(" V ") { return f->f_op->mmap(f, v); }\n" },
	{ "lib.c", "int lib_way(" V ") { return lib_last(v); }\nint lib_other(" V ") { return v->end; }\n"
		   "int lib_last(" V ") { if (x) return call_op(q, mmap, v); return lib_way(v); }\n"
		   "int lib_macro(" V ") { return DO(v); }\n" },
	{ "lib.h", "#define DO(v) (v)->ops->mmap(v)\nstatic inline int in_header(" V ") { return lib_macro(v); }\n"
		   "int lib_way(" V ");\n" },
};

static void make(struct search *s)
{
	size_t i;

	memset(s, 0, sizeof(*s));
	for (i = 0; i < fields.nr; i++)
		strlist_add(&s->names, fields.items[i]);
	for (i = 0; i < sizeof(tree) / sizeof(*tree); i++)
		text_scan(tree[i].file, tree[i].text, strlen(tree[i].text), &query, &s->facts);
}

static void list(const struct text_function *f, void *ctx)
{
	strlist_addf(ctx, "%s:%s", f->file, f->name);
}

static void follow_is(struct dispatch *d, const char *file, const char *function, const char *want)
{
	struct strlist found = { 0 };
	struct strbuf b = { 0 };
	size_t i;

	dispatch_follow(d, file, function, list, &found);
	strlist_sort(&found);
	strbuf_adds(&b, "");
	for (i = 0; i < found.nr; i++)
		strbuf_addf(&b, "%s%s", i ? " " : "", found.items[i]);
	assert_string_equal(b.s, want);
	strbuf_free(&b);
	strlist_free(&found);
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
	text_facts_free(&s.facts);
	strlist_free(&s.names);
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
	text_facts_free(&s.facts);
	strlist_free(&s.names);
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
		cmocka_unit_test(definitions_are_those_that_can_be_meant),
		cmocka_unit_test(nothing_is_no_trouble),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
