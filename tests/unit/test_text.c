// SPDX-License-Identifier: GPL-2.0-only
/* What the text search finds: tables, handlers, uses, in C and in Rust. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "test_text_cases.h"
#include "tree/text.h"
#include "tree/words.h"


/*
 * Facts as text, one a line: "field LINE TAG.NAME [desc] [excluded]", "typedef NAME",
 * "site LINE HOW TAG TABLE=VALUE [FIELD] [macro M] [if C] [static] [opaque]" (FIELD unless it is
 * mmap), "definition|declaration|null LINE NAME [if C]", "uses MACRO NAME [bare]", "call LINE
 * FIELD", "swap LINE TABLE", "copies", "unclear".
 */
static char *shown(const struct text_facts *facts)
{
	static const char *const kinds[] = {
		[TEXT_DEFINITION] = "definition", [TEXT_DECLARATION] = "declaration",
		      [TEXT_NULL_DEFINE] = "null",
	};
	const struct text_function *f;
	const struct text_field *field;
	const struct text_macro *m;
	const struct text_site *s;
	const struct text_swap *w;
	const struct text_call *c;
	struct strbuf b = { 0 };
	size_t i;

	strbuf_adds(&b, "");
	vec_each(field, &facts->fields)
		strbuf_addf(&b, "field %u %s.%s%s%s\n", field->line, field->tag, field->name,
			    field->desc ? " desc" : "", field->excluded ? " excluded" : "");
	for (i = 0; i < facts->typedefs.nr; i++)
		strbuf_addf(&b, "typedef %s\n", facts->typedefs.items[i]);
	vec_each(s, &facts->sites) {
		assert_string_equal(s->file, "a.c");
		strbuf_addf(&b, "site %u %s %s %s=%s", s->line, s->how, *s->tag ? s->tag : "-",
			    *s->table ? s->table : "-", s->value);
		if (strcmp(s->field, "mmap"))
			strbuf_addf(&b, " %s", s->field);
		if (s->macro)
			strbuf_addf(&b, " macro %s", s->macro);
		if (*s->condition)
			strbuf_addf(&b, " if %s", s->condition);
		strbuf_addf(&b, "%s%s\n", s->is_static ? " static" : "", s->opaque ? " opaque" : "");
	}
	vec_each(f, &facts->functions) {
		strbuf_addf(&b, "%s %u %s", kinds[f->kind], f->line, f->name);
		strbuf_addf(&b, "%s%s\n", *f->condition ? " if " : "", f->condition);
	}
	vec_each(m, &facts->macros)
		strbuf_addf(&b, "uses %s %s%s\n", m->name, m->uses, m->bare ? " bare" : "");
	vec_each(c, &facts->calls)
		strbuf_addf(&b, "call %u %s\n", c->line, c->field);
	vec_each(w, &facts->swaps)
		strbuf_addf(&b, "swap %u %s\n", w->line, w->table);
	if (facts->copies_table)
		strbuf_adds(&b, "copies\n");
	if (facts->unclear)
		strbuf_adds(&b, "unclear\n");
	return strbuf_detach(&b);
}

static struct text_fill fill_items[] = {
	{ "DEFINE_ODD", "file_operations", "mmap", "lib_mmap", false, true, 0 },
	{ "DEFINE_TABLE", "file_operations", "mmap", "lib_mmap", false, true, 2 },
	{ "FB_OPS", "", "fb_mmap", "fb_io_mmap", false, false, 0 },
	{ "FB_SBUS", "", "fb_mmap", "", true, false, 0 },
};
static const struct text_fills fills = { .items = fill_items, .nr = 4 };
static char *field_items[] = { "fb_mmap", "mmap" };
static const struct strlist fields = { .items = field_items, .nr = 2 };
static char *macro_items[] = { "DEFINE_ODD", "DEFINE_TABLE", "DO_MMAP", "FB_OPS", "FB_SBUS" };
static const struct strlist macros = { .items = macro_items, .nr = 5 };
static char *typedef_items[] = { "desc prepare_fn", "mmap_fn" };
static const struct strlist typedefs = { .items = typedef_items, .nr = 2 };
static char *struct_items[] = { "drm_funcs", "file_operations" };
static const struct strlist structs = { .items = struct_items, .nr = 2 };
static const struct text_query query = {
	.fields = &fields, .structs = &structs, .macros = &macros, .fills = &fills, .typedefs = &typedefs,
};

static void facts_are(void **state)
{
	struct text_facts facts = { 0 };
	unsigned failed = 0;
	size_t i, len;
	char *s, *copy;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		len = strlen(cases[i].text);
		copy = malloc(len);
		assert_non_null(copy);
		memcpy(copy, cases[i].text, len);
		text_scan("a.c", copy, len, &query, &facts);
		free(copy);
		s = shown(&facts);
		if (strcmp(s, cases[i].facts)) {
			print_error("%s:\n%snot:\n%s", cases[i].name, s, cases[i].facts);
			failed++;
		}
		free(s);
		text_facts_free(&facts);
		memset(&facts, 0, sizeof(facts));
	}
	assert_int_equal(failed, 0);
}

static const struct { const char *name, *text, *uses; } uses_cases[] = {
	{ "a definition and a declaration are none", "int a_mmap(" VMA ");\nstatic int"
	  " a_mmap(" VMA ")\n{\n}\n", "" },
	{ "a definition in parentheses is none", "int (a_mmap)(" VMA ")\n{\n}\nint __attribute__((x)) (b_mmap)(" VMA ");\n",
	  "" },
	{ "a call", "int f(" VMA ")\n{\n\treturn a_mmap(f, v);\n}\n", "3 a_mmap(f,v)\n" },
	{ "an argument that is more than a name", "int f(" VMA ")\n{\n\tif (x)\n\t\treturn a_mmap(&f, v);\n"
	  "\tif (y)\n\t\treturn b_mmap(f, v->x);\n\treturn a_mmap();\n}\n", "4 a_mmap\n6 b_mmap\n7 a_mmap\n" },
	{ "what is not the whole of what is returned", "int f(" VMA ")\n{\n\tif (a_mmap(f, v))\n\t\treturn -1;\n"
	  "\treturn b_mmap(f, v) ?: 1;\n}\n", "3 a_mmap\n5 b_mmap\n" },
	{ "a call in an initializer", "int f(" VMA ")\n{\n\tint ret = a_mmap(f, v);\n}\n", "3"
	  " a_mmap\n" },
	{ "an argument", "int f(void)\n{\n\tregister_it(dev, a_mmap);\n}\n", "3 a_mmap\n" },
	{ "an export", "EXPORT_SYMBOL_GPL(a_mmap);\nEXPORT_SYMBOL_NS(b_mmap, X);\n", "1 a_mmap"
	  " exported\n2 b_mmap exported\n" },
	{ "a test", "int f(void) { return fops->mmap == a_mmap; }\n", "1 a_mmap\n" },
	{ "values of fields are none",
	  FOPS " a = { .mmap = a_mmap, .other = (void *)b_mmap };\nvoid f(void) { d->fops.mmap ="
	  " a_mmap; }\n", "" },
	{ "the old GNU form is none", FOPS " a = { mmap: a_mmap, };\n", "" },
	{ "a struct's tag is none", "struct a_mmap { int b; };\nunion b_mmap u;\nenum a_mmap e;\n",
	  "" },
	{ "a field is none", "int f(void) { return x.a_mmap + y->b_mmap; }\n", "" },
	{ "longer and shorter names are none", "int f(void) { g(a_mmap2, xa_mmap, a_mma); }\n",
	  "" },
	{ "comments and strings are none", "/* a_mmap */\nconst char *s = \"a_mmap\"; // b_mmap\n",
	  "" },
	{ "#if 0 is none", "#if 0\nint f(void) { return a_mmap(x, y); }\n#endif\n", "" },
	{ "every branch counts", "int f(void)\n{\n#ifdef A\n\ta_mmap(x, y);\n#else\n\tb_mmap(x,"
	  " y);\n#endif\n}\n",
	  "4 a_mmap\n6 b_mmap\n" },
	{ "a macro's body", "#define CALL(f) \\\n\ta_mmap(f, 0)\nint x;\n", "1 a_mmap\n" },
	{ "a macro of the name, for another function", "#ifdef A\n#else\n#define a_mmap generic_file_mmap\n"
	  "#define b_mmap(f, v) (-1)\n#endif\n", "3 a_mmap\n4 b_mmap\n" },
	{ "a macro of the name, for none, is none", "#define a_mmap NULL\n#define b_mmap (NULL)\n", "" },
	{ "a macro that sets the field is none", "#define OPS .open = o, .mmap = a_mmap\n", "" },
};

static void uses_are(void **state)
{
	struct text_uses uses = { 0 };
	struct strlist names = { 0 };
	struct strbuf b = { 0 };
	struct text_use *u;
	size_t i;

	(void)state;
	strlist_add(&names, "a_mmap");
	strlist_add(&names, "b_mmap");
	for (i = 0; i < sizeof(uses_cases) / sizeof(*uses_cases); i++) {
		text_uses("a.c", uses_cases[i].text, strlen(uses_cases[i].text), &names, &uses);
		strbuf_adds(&b, "");
		vec_each(u, &uses) {
			assert_string_equal(u->file, "a.c");
			strbuf_addf(&b, "%u %s%s%s%s%s\n", u->line, u->name, u->arguments ? "(" : "",
				    u->arguments ? u->arguments : "", u->arguments ? ")" : "",
				    u->exported ? " exported" : "");
		}
		text_uses_free(&uses);
		if (strcmp(b.s, uses_cases[i].uses))
			fail_msg("%s:\n%snot:\n%s", uses_cases[i].name, b.s, uses_cases[i].uses);
		strbuf_reset(&b);
	}
	strbuf_free(&b);
	strlist_free(&names);
}

static void counts_are(void **state)
{
	static const struct { const char *text; unsigned nr; } counts[] = {
		{ "", 0 },
		{ "x", 1 },
		{ "x = x + xx; y.x", 3 },
		{ "/* x */ // x\n\"x\" 'x' y", 0 },
		{ "#define A x + x /* x */\n#define x\nx", 4 },
		{ "#ifdef A\nx\n#else\nx\n#endif\n#if 0\nx\n#endif", 2 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(counts) / sizeof(*counts); i++)
		assert_int_equal(text_count(counts[i].text, strlen(counts[i].text), "x"),
		      counts[i].nr);
}

static const struct { const char *name, *text, *facts; } rust_cases[] = {
	{ "a struct expression", "let f = bindings::file_operations {\n    mmap:"
	  " Some(Self::mmap),\n};",
	  "site 2 rust file_operations -=mmap\n" },
	{ "a path", "file_operations { mmap: Some(driver::fops::do_mmap), }", "site 1 rust"
	  " file_operations -=do_mmap\n" },
	{ "a condition", "file_operations {\n    mmap: if T::HAS_MMAP { Some(fops_mmap) } else {"
	  " None },\n}",
	  "site 2 rust file_operations -=fops_mmap\n" },
	{ "an assignment", "let a: file_operations;\nops.mmap = Some(a::b);\n", "site 2 rust"
	  " file_operations -=b\n" },
	{ "what a type parameter is given to", "file_operations { mmap: Some(a::f::<T>), fb_mmap: Some(g::<A<B>, C>) }",
	  "site 1 rust file_operations -=f\nsite 1 rust file_operations -=g fb_mmap\n" },
	{ "the struct that was named last",
	  "drm_funcs { mmap: Some(a), }; bindings::file_operations { mmap: Some(b), }; drm_funcs; ops.mmap = Some(c);",
	  "site 1 rust drm_funcs -=a\nsite 1 rust file_operations -=b\nsite 1 rust drm_funcs -=c\n" },
	{ "a struct in a comment", "// file_operations\nx { mmap: Some(a), }", "" },
	{ "a longer name is none", "file_operations { has_mmap: Some(x), mmap_prepare: Some(y),"
	  " compat_mmap: Some(z) }", "" },
	{ "None", "file_operations { mmap: None, }", "" },
	{ "a comment", "file_operations {\n// mmap: Some(x),\n}", "" },
	{ "a function", "file_operations; fn mmap(a: u32) -> Some(x) {}", "" },
	{ "a file that does not name file_operations", "struct a { mmap: Some(x), }", "" },
	{ "no end", "file_operations { mmap: Some(x", "" },
	{ "nothing behind it", "file_operations mmap", "" },
	{ "nothing in it", "file_operations { mmap: Some(), }", "site 1 rust file_operations"
	  " -=\n" },
};

static void rust_facts_are(void **state)
{
	struct text_facts facts = { 0 };
	unsigned failed = 0;
	size_t i, len;
	char *s, *copy;

	(void)state;
	for (i = 0; i < sizeof(rust_cases) / sizeof(*rust_cases); i++) {
		len = strlen(rust_cases[i].text);
		copy = malloc(len);
		assert_non_null(copy);
		memcpy(copy, rust_cases[i].text, len);
		text_scan_rust("a.c", copy, len, &query, &facts);
		free(copy);
		s = shown(&facts);
		if (strcmp(s, rust_cases[i].facts)) {
			print_error("%s:\n%snot:\n%s", rust_cases[i].name, s, rust_cases[i].facts);
			failed++;
		}
		free(s);
		text_facts_free(&facts);
		memset(&facts, 0, sizeof(facts));
	}
	assert_int_equal(failed, 0);
}

/* A bracket that never closes behind a prototype once kept the scan going for ever. */
static void an_open_bracket_ends(void **state)
{
	static const char text[] = "int a(struct vm_area_struct *v) b (;";
	struct text_facts facts = { 0 };

	(void)state;
	text_scan("a.c", text, strlen(text), &query, &facts);
	assert_int_equal(facts.functions.nr, 0);
	text_facts_free(&facts);
}

/* What a function's body names: calls, its fields, and nothing twice. */
static void a_body_is_read(void **state)
{
	static const char text[] =
		"static int a(struct vm_area_struct *v)\n{\n\tif (x.y->mmap)\n\t\treturn b(c, d(c));\n#ifdef X\n"
		"\treturn e(v);\n}\n#else\n\tf(x->other);\n}\n#endif\nint g(struct vm_area_struct *v)\n{\n}\n";
	struct text_facts facts = { 0 };
	const struct strlist *names;
	size_t i;

	(void)state;
	text_scan("a.c", text, strlen(text), &query, &facts);
	assert_int_equal(facts.functions.nr, 2);
	assert_true(facts.functions.items[0].is_static);
	assert_false(facts.functions.items[1].is_static);
	names = &facts.functions.items[0].names;
	for (i = 0; i < 6; i++)
		assert_true(strlist_has(names, ((const char *[]){ "b", "c", "d", "e", "f", "mmap" })[i]));
	assert_false(strlist_has(names, "other"));
	assert_false(strlist_has(names, "g"));
	for (i = 1; i < names->nr; i++)
		assert_true(strcmp(names->items[i - 1], names->items[i]) < 0);
	text_facts_free(&facts);
}

static void words_are_found(void **state)
{
	static const struct { const char *text; bool any; } rows[] = {
		{ "", false }, { "mmap", true }, { "x mmap", true }, { "mmap(", true }, { "xmmap mmap2 m_map", false },
		{ ".fb_mmap=", true }, { "fb_mmaps, _mmap", false }, { "mmamap mma mmap", true }, { "mm", false },
	};
	char *longer[] = { "mmap", "fb_mmap" }, *shorter[] = { "fb_mmap", "x", "mmap" };
	struct strlist lists[] = { { .items = longer, .nr = 2 }, { .items = shorter, .nr = 3 }, { 0 } };
	struct words *w[3];
	size_t i;

	(void)state;
	for (i = 0; i < 3; i++)
		w[i] = words_new(&lists[i]);
	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		if (words_any(w[0], rows[i].text, strlen(rows[i].text)) != rows[i].any)
			fail_msg("%s", rows[i].text);
		if (rows[i].any)
			assert_true(words_any(w[1], rows[i].text, strlen(rows[i].text)));
		assert_false(words_any(w[2], rows[i].text, strlen(rows[i].text)));
	}
	assert_true(words_any(w[1], "a x b", 5));
	assert_false(words_any(w[1], "axb", 3));
	for (i = 0; i < 3; i++)
		words_free(w[i]);
}

static const struct { const char *name, *text, *arguments; } arguments_cases[] = {
	{ "names", "void f(void) { set(x, a_mmap); set(&y, &b_mmap, 3, NULL); }",
	  "1 set 1 x\n1 set 2 a_mmap\n1 set 1 y\n1 set 2 b_mmap\n1 set 3 \n1 set 4 NULL\n" },
	{ "what is no name", "void f(void) {\n\tset(x->y, g(a, b), (struct s) { c, d }, e[f, 1], h);\n}",
	  "2 set 1 \n2 set 2 \n2 set 3 \n2 set 4 \n2 set 5 h\n" },
	{ "behind a return, an else, a star", "int f(void) { if (a) return set(b); else set(c); return *set(d); }", "1 set 1 b\n1 set 1 c\n" },
	{ "a definition", "static struct x *set(struct x *x) {}\nint set(int (*fn)(void)) {}", "" },
	{ "a declaration", "int set(struct x *x, int (*fn)(struct vm_area_struct *));", "" },
	{ "a call in a call", "int y = g(set(a, set(b, c)));", "1 set 1 a\n1 set 2 \n1 set 1 b\n1 set 2 c\n" },
	{ "nothing, another name, its address", "void f(void) { set(); reset(a); fn = set; }", "" },
	{ "over lines and conditions", "void f(void) {\n\tset(a,\n#ifdef X\n\t    b);\n#endif\n}", "2 set 1 a\n" },
	{ "no end", "void f(void) { set(a, b", "1 set 1 a\n" },
	{ "no end of a part", "void f(void) { set(a, (b", "1 set 1 a\n" },
};

static void arguments_are(void **state)
{
	static char *name_items[] = { "set" };
	const struct strlist names = { .items = name_items, .nr = 1 };
	struct text_arguments found = { 0 };
	const struct text_argument *a;
	struct strbuf b = { 0 };
	unsigned failed = 0;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(arguments_cases) / sizeof(*arguments_cases); i++) {
		strbuf_reset(&b);
		strbuf_adds(&b, "");
		text_arguments("a.c", arguments_cases[i].text, strlen(arguments_cases[i].text), &names, &found);
		vec_each(a, &found)
			strbuf_addf(&b, "%u %s %u %s\n", a->line, a->function, a->nr, a->value);
		if (strcmp(b.s, arguments_cases[i].arguments)) {
			print_error("%s:\n%snot:\n%s", arguments_cases[i].name, b.s,
				    arguments_cases[i].arguments);
			failed++;
		}
		text_arguments_free(&found);
	}
	strbuf_free(&b);
	assert_int_equal(failed, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(arguments_are),
		cmocka_unit_test(an_open_bracket_ends),
		cmocka_unit_test(facts_are),
		cmocka_unit_test(a_body_is_read),
		cmocka_unit_test(words_are_found),
		cmocka_unit_test(uses_are),
		cmocka_unit_test(counts_are),
		cmocka_unit_test(rust_facts_are),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
