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

#include "tree/text.h"

#define FOPS "struct file_operations"
#define VMA "struct file *f, struct vm_area_struct *v"

/*
 * Facts as text, one a line: "site LINE HOW TAG TABLE=VALUE [macro M] [if C] [static]",
 * "definition|declaration|null LINE NAME [if C]", "swap LINE TABLE", "copies".
 */
static char *shown(const struct text_facts *facts)
{
	static const char *const kinds[] = {
		[TEXT_DEFINITION] = "definition", [TEXT_DECLARATION] = "declaration",
		      [TEXT_NULL_DEFINE] = "null",
	};
	const struct text_function *f;
	const struct text_site *s;
	const struct text_swap *w;
	struct strbuf b = { 0 };

	strbuf_adds(&b, "");
	vec_each(s, &facts->sites) {
		assert_string_equal(s->file, "a.c");
		strbuf_addf(&b, "site %u %s %s %s=%s", s->line, s->how, *s->tag ? s->tag : "-",
			    *s->table ? s->table : "-", s->value);
		if (s->macro)
			strbuf_addf(&b, " macro %s", s->macro);
		if (*s->condition)
			strbuf_addf(&b, " if %s", s->condition);
		strbuf_adds(&b, s->is_static ? " static\n" : "\n");
	}
	vec_each(f, &facts->functions) {
		strbuf_addf(&b, "%s %u %s", kinds[f->kind], f->line, f->name);
		strbuf_addf(&b, "%s%s\n", *f->condition ? " if " : "", f->condition);
	}
	vec_each(w, &facts->swaps)
		strbuf_addf(&b, "swap %u %s\n", w->line, w->table);
	if (facts->copies_table)
		strbuf_adds(&b, "copies\n");
	return strbuf_detach(&b);
}

static const struct { const char *name, *text, *facts; } cases[] = {
	/* Layouts of a table. */
	{ "a static table", "static const " FOPS " a_fops = {\n\t.open = a_open,\n\t.mmap ="
	  " a_mmap,\n};",
	  "site 3 static file_operations a_fops=a_mmap static\n" },
	{ "not static", "const " FOPS " a_fops = { .mmap = a_mmap };",
	  "site 1 static file_operations a_fops=a_mmap\n" },
	{ "qualifiers between", "static " FOPS " const __ro_after_init a_fops = { .mmap = a_mmap"
	  " };",
	  "site 1 static file_operations a_fops=a_mmap static\n" },
	{ "an attribute behind the name", "static " FOPS " a_fops __read_mostly = { .mmap = a_mmap"
	  " };",
	  "site 1 static file_operations a_fops=a_mmap static\n" },
	{ "a cast value", FOPS " a = { .mmap = (void *)a_mmap, .open = o };", "site 1 static"
	  " file_operations a=a_mmap\n" },
	{ "an address", FOPS " a = { .mmap = &a_mmap };", "site 1 static file_operations"
	  " a=a_mmap\n" },
	{ "a macro's value", FOPS " a = { .mmap = PTR_IF(CONFIG_X, a_mmap), .open = o };",
	  "site 1 static file_operations a=a_mmap\n" },
	{ "NULL", FOPS " a = { .mmap = NULL };", "site 1 static file_operations a=NULL\n" },
	{ "two tables", FOPS " a = { .mmap = m };\n" FOPS " b = { .mmap = n };",
	  "site 1 static file_operations a=m\nsite 2 static file_operations b=n\n" },
	{ "an array", "static const " FOPS " a[] = {\n{ .mmap = m },\n{ .mmap = n },\n};",
	  "site 2 array file_operations a=m\nsite 3 array file_operations a=n\n" },
	{ "an array with indices", FOPS " a[2] = { [0] = { .mmap = m }, [X] = { .open = o, .mmap ="
	  " n } };",
	  "site 1 array file_operations a=m\nsite 1 array file_operations a=n\n" },
	{ "nested in another struct", "static struct cdev_ops d = { .owner = 1, .fops = { .mmap ="
	  " m }, };",
	  "site 1 nested - d=m\n" },
	{ "nested twice", "struct x d = { .a = { .fops = { .open = o, .mmap = m } } };", "site 1"
	  " nested - d=m\n" },
	{ "a compound literal", "void f(void) { d->fops = &(const " FOPS ") { .mmap = m }; }",
	  "site 1 compound file_operations -=m\n" },
	{ "a compound literal as a value", "struct d d = { .fops = &(" FOPS "){ .mmap = m } };",
	  "site 1 compound file_operations -=m\n" },
	{ "the old GNU form", FOPS " a = { open: o, mmap: m };", "site 1 static file_operations"
	  " a=m\n" },
	{ "assignments", "void f(void) {\n\tfops.mmap = m;\n\td->fops->mmap = n;\n\td->ops[0].mmap"
	  " = o;\n}",
	  "site 2 assignment - -=m\nsite 3 assignment - -=n\nsite 4 assignment - -=o\n" },
	{ "an assignment in a nested block", "void f(void) { if (x) { while (y) { p->mmap = m; } }"
	  " }",
	  "site 1 assignment - -=m\n" },
	{ "a table in a function", "int f(void) { static const " FOPS " a = { .mmap = m }; return"
	  " 0; }",
	  "site 1 static file_operations a=m static\n" },
	{ "a table after functions with braces", "int f(void) { if (x) { y(); } }\n" FOPS " a = {"
	  " .mmap = m };",
	  "site 2 static file_operations a=m\n" },

	/* Other structs: the tag tells them apart. */
	{ "another struct", "static const struct proto_ops p = { .mmap = sock_no_mmap };",
	  "site 1 static proto_ops p=sock_no_mmap static\n" },
	{ "an array of another struct", "struct vb2_ops p[] = { { .mmap = m } };", "site 1 array"
	  " vb2_ops p=m\n" },
	{ "another field", FOPS " a = { .mmap_prepare = m, .get_unmapped_area = u };", "" },
	{ "a test is no assignment", "int f(void) { return fops->mmap == m || fops.mmap != n ||"
	  " !fops->mmap; }", "" },
	{ "a call is none", "int f(void) { return file->f_op->mmap(file, vma); }", "" },
	{ "a variable of that name", "int f(void) { int mmap = 1; mmap = 2; return mmap; }", "" },
	{ "comments and strings", "/* .mmap = a */ // .mmap = b\nconst char *s = \".mmap = c\";",
	  "" },

	/* Macros. */
	{ "a macro with the field", "#define MMAP_OP .mmap = m,\n", "site 1 macro - -=m macro"
	  " MMAP_OP\n" },
	{ "a macro with a parameter", "#define OPS(f) \\\n\t.open = o, \\\n\t.mmap = f\n",
	  "site 3 macro - -=f macro OPS\n" },
	{ "a macro with a table", "#define DEFINE(n) \\\nstatic const " FOPS " n = { \\\n\t.mmap ="
	  " m, \\\n}\n",
	  "site 3 static file_operations n=m macro DEFINE static\n" },
	{ "a macro under a condition", "#ifdef CONFIG_A\n#define MMAP_OP .mmap = m\n#endif\n",
	  "site 2 macro - -=m macro MMAP_OP if CONFIG_A\n" },
	{ "a NULL define", "#define a_mmap NULL\n#define b_mmap\t\\\n\tNULL\n", "null 1"
	  " a_mmap\nnull 2 b_mmap\n" },
	{ "a NULL define in parentheses", "#define a_mmap (NULL)\n", "null 1 a_mmap\n" },
	{ "a define that is no NULL", "#define a_mmap b_mmap\n#define X NULL_X\n#define Y(a)"
	  " NULL\n", "" },

	/* Functions. */
	{ "a definition", "static int a_mmap(" VMA ")\n{\n}\n", "definition 1 a_mmap\n" },
	{ "on two lines", "static int\na_mmap(struct file *f,\n\tstruct vm_area_struct *v)\n{\n}\n",
	  "definition 2 a_mmap\n" },
	{ "that returns a pointer", "void *a_get(" VMA ")\n{\n}\n", "definition 1 a_get\n" },
	{ "with an attribute", "int a_mmap(" VMA ") __must_check __attribute__((cold))\n{\n}\n",
	  "definition 1 a_mmap\n" },
	{ "declarations", "int a_mmap(" VMA ");\nextern int b_mmap(struct file *, struct"
	  " vm_area_struct *);\n",
	  "declaration 1 a_mmap\ndeclaration 2 b_mmap\n" },
	{ "functions without a vma", "int a(struct file *f)\n{\n}\nint b(void);\n", "" },
	{ "a call in a function is no definition", "int f(void)\n{\n\treturn g((struct"
	  " vm_area_struct *)x);\n}\n", "" },
	{ "a pointer in a struct is no declaration", "struct ops {\n\tint (*mmap)(" VMA ");\n\tint"
	  " h(" VMA ");\n};\n", "" },
	{ "two definitions and a table under one condition",
	  "#ifdef CONFIG_MMU\nstatic int a_mmap(" VMA ")\n{\n}\n#else\n#define a_mmap"
	  " NULL\n#endif\n",
	  "definition 2 a_mmap if CONFIG_MMU\nnull 6 a_mmap if !CONFIG_MMU\n" },
	{ "a field under a condition",
	  FOPS " a = {\n#ifdef CONFIG_MMU\n\t.mmap = m,\n#else\n\t.mmap = n,\n#endif\n};\n",
	  "site 3 static file_operations a=m if CONFIG_MMU\nsite 5 static file_operations a=n if"
	  " !CONFIG_MMU\n" },
	{ "a brace opened in both branches",
	  "#ifdef A\nint f(int x) {\n#else\nint f(void) {\n#endif\n}\nint a_mmap(" VMA ") { }\n",
	  "definition 7 a_mmap\n" },
	{ "#if 0", "#if 0\n" FOPS " a = { .mmap = m };\nint a_mmap(" VMA ") { }\n#endif\n", "" },

	/* Live files, copies. */
	{ "a file's operations are switched", "void f(void) {\n\tfile->f_op ="
	  " &b_fops;\n\tx->y->f_op = c_fops;\n}",
	  "swap 2 b_fops\nswap 3 c_fops\n" },
	{ "not switched", "void f(void) { a = file->f_op; if (file->f_op == &b_fops) g();"
	  " file->f_op = fops_get(x); }", "" },
	{ "memcpy", "void f(void) { memcpy(&mine, orig_fops, sizeof(mine)); }", "copies\n" },
	{ "kmemdup", "void f(void) { x = kmemdup(a->fops, sizeof(*x), GFP_KERNEL); }", "copies\n" },
	{ "by value", "void f(void) { my_fops = *old_fops; }", "copies\n" },
	{ "memcpy of something else", "void f(void) { memcpy(buf, src, len); x = y; }", "" },

	/* Broken text. */
	{ "no end", FOPS " a = { .mmap = m", "site 1 static file_operations a=m\n" },
	{ "nothing behind it", FOPS " a = { .mmap =", "site 1 static file_operations a=\n" },
	{ "more closed than opened", "} } ) ]\n" FOPS " a = { .mmap = m };", "site 2 static"
	  " file_operations a=m\n" },
};

static void facts_are(void **state)
{
	struct text_facts facts = { 0 };
	size_t i, len;
	char *s, *copy;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		len = strlen(cases[i].text);
		copy = malloc(len);
		assert_non_null(copy);
		memcpy(copy, cases[i].text, len);
		text_scan("a.c", copy, len, &facts);
		free(copy);
		s = shown(&facts);
		if (strcmp(s, cases[i].facts))
			fail_msg("%s:\n%snot:\n%s", cases[i].name, s, cases[i].facts);
		free(s);
		text_facts_free(&facts);
		memset(&facts, 0, sizeof(facts));
	}
}

static const struct { const char *name, *text, *uses; } uses_cases[] = {
	{ "a definition and a declaration are none", "int a_mmap(" VMA ");\nstatic int"
	  " a_mmap(" VMA ")\n{\n}\n", "" },
	{ "a call", "int f(" VMA ")\n{\n\treturn a_mmap(f, v);\n}\n", "3 a_mmap\n" },
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
			strbuf_addf(&b, "%u %s%s\n", u->line, u->name,
		      u->exported ? " exported" : "");
			free(u->file);
			free(u->name);
		}
		vec_free(&uses);
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
	{ "an assignment", "// file_operations\nops.mmap = Some(a::b);\n", "site 2 rust"
	  " file_operations -=b\n" },
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
	size_t i, len;
	char *s, *copy;

	(void)state;
	for (i = 0; i < sizeof(rust_cases) / sizeof(*rust_cases); i++) {
		len = strlen(rust_cases[i].text);
		copy = malloc(len);
		assert_non_null(copy);
		memcpy(copy, rust_cases[i].text, len);
		text_scan_rust("a.c", copy, len, &facts);
		free(copy);
		s = shown(&facts);
		if (strcmp(s, rust_cases[i].facts))
			fail_msg("%s:\n%snot:\n%s", rust_cases[i].name, s, rust_cases[i].facts);
		free(s);
		text_facts_free(&facts);
		memset(&facts, 0, sizeof(facts));
	}
}

/* A bracket that never closes behind a prototype once kept the scan going for ever. */
static void an_open_bracket_ends(void **state)
{
	static const char text[] = "int a(struct vm_area_struct *v) b (;";
	struct text_facts facts = { 0 };

	(void)state;
	text_scan("a.c", text, strlen(text), &facts);
	assert_int_equal(facts.functions.nr, 0);
	text_facts_free(&facts);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_open_bracket_ends),
		cmocka_unit_test(facts_are),
		cmocka_unit_test(uses_are),
		cmocka_unit_test(counts_are),
		cmocka_unit_test(rust_facts_are),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
