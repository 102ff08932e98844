// SPDX-License-Identifier: GPL-2.0-only
/* What libclang sees of fields that hold handlers: where they are filled in, who is given a vma. */
#include "test_parse_files.h"

static const char header[] =
"#define NULL ((void *)0)\n"
"#define READ_ONCE(x) (*(const volatile __typeof__(x) *)&(x))\n"
"struct vm_area_struct { unsigned long start; void *priv; }; struct vm_area_desc; struct file;\n"
"struct file_operations { void *owner; int (*mmap)(struct file *, struct vm_area_struct *);\n"
"	int (*mmap_prepare)(struct vm_area_desc *); };\n"
"struct x_ops { int (*poke)(int); int (*mmap)(struct file *, struct vm_area_struct *); };\n"
"typedef struct { int (*fb_mmap)(int, struct vm_area_struct *); } fb_t;\n"
"struct outer { struct { int (*map)(struct vm_area_struct *); } in; struct x_ops ops; };\n"
"struct file { const struct file_operations *f_op; const struct x_ops *ops; fb_t fb; void *priv; };\n"
"void *memcpy(void *, const void *, unsigned long); void *kmemdup(const void *, unsigned long, int);\n"
"int far(struct file *, struct vm_area_struct *); int opaque(void *); int plain(int);\n"
"static inline int near(struct file *f, struct vm_area_struct *v) { return f->ops->mmap(f, v); }\n"
"static inline int no_vma(struct file *f) { return f->ops->poke(1); }\n"
"static inline int x_default(struct file *f, struct vm_area_struct *v) { return far(f, v); }\n"
"#define X_OPS .mmap = a_mmap\n#define PASTE(n) .mmap = n##_mmap\n"
"#define CALL(f, op, args...) ((f)->ops->op ? (f)->ops->op(args) : -1)\n"
"static int a_mmap(struct file *f, struct vm_area_struct *v) { return 0; }\n"
"static int b_mmap(struct file *f, struct vm_area_struct *v) { return 1; }\n";

#define HANDLER "int foo_mmap(struct file *f, struct vm_area_struct *v)\n"

static int setup(void **state)
{
	if (parse_setup(state))
		return -1;
	parse_write("kernel.h", header);
	return 0;
}

static void parse(const char *text, struct unit *u)
{
	struct parse_job job = PARSE_FOO;
	static const char *const fields[] = {
		"fb_t.fb_mmap", "file_operations.mmap", "file_operations.mmap_prepare", "outer.map", "x_ops.mmap",
	};
	size_t i;

	strlist_add(&job.functions, "foo_mmap");
	for (i = 0; i < sizeof(fields) / sizeof(*fields); i++)
		strlist_add(&job.fields, fields[i]);
	parse_foo(&job, "kernel.h", text, u);
	parse_compiles(u);
}

/* "LINE HOW TAG.FIELD TABLE=VALUE [DEFINED IN] [argument N of FUNCTION] [to TARGET]"; line 1 is the text's first. */
static char *sites(const char *text)
{
	const struct fops_site *s;
	struct strbuf b = { 0 };
	struct unit u = { 0 };

	strbuf_adds(&b, "");
	parse(text, &u);
	vec_each(s, &u.sites) {
		strbuf_addf(&b, "%u %s %s.%s %s=%s", s->line - 1, s->how, s->tag, s->field, s->table, s->value);
		if (s->def_file && strcmp(s->def_file, "kernel.h"))
			strbuf_addf(&b, " %s", s->def_file);
		if (s->setter)
			strbuf_addf(&b, " argument %u of %s%s", s->argument, s->setter_is_static ? "static " : "",
				    s->setter);
		strbuf_addf(&b, "%s%s\n", *s->target ? " to " : "", s->target);
	}
	unit_free(&u);
	return strbuf_detach(&b);
}

static const struct { const char *name, *text, *sites; } site_rows[] = {
	{ "a table of each struct", "struct file_operations f = { .mmap = a_mmap };\n"
	  "struct x_ops x = { .mmap = b_mmap };",
	  "1 static file_operations.mmap f=a_mmap\n2 static x_ops.mmap x=b_mmap\n" },
	{ "a hook", "int p(struct vm_area_desc *d) { return 0; }\n"
	  "struct file_operations f = { .mmap_prepare = p };",
	  "2 static file_operations.mmap_prepare f=p foo.c\n" },
	{ "an array, a nested struct, a part", "struct x_ops x[] = { { .mmap = a_mmap },"
	  " [2].mmap = b_mmap };\n"
	  "struct outer o = { .ops = { .mmap = a_mmap } };\n"
	  "struct outer p = { .ops.mmap = a_mmap, .in.map = 0 };",
	  "1 array x_ops.mmap x=a_mmap\n1 array x_ops.mmap x=b_mmap\n2 nested x_ops.mmap o=a_mmap\n"
	  "3 nested x_ops.mmap p=a_mmap\n3 nested outer.map p=NULL\n" },
	{ "a typedef's name", "int m(int i, struct vm_area_struct *v) { return i; }\n"
	  "fb_t t = { .fb_mmap = m };",
	  "2 static fb_t.fb_mmap t=m foo.c\n" },
	{ "a compound literal", "const struct x_ops *x = &(const struct x_ops) { .mmap = a_mmap };",
	  "1 compound x_ops.mmap x=a_mmap\n" },
	{ "macros", "struct x_ops x = { X_OPS };\nstruct x_ops y = { PASTE(b) };",
	  "1 macro:X_OPS x_ops.mmap x=a_mmap\n2 macro:PASTE x_ops.mmap y=b_mmap\n" },
	{ "assignments", "void g(struct outer *o, struct file *f) {\n\to->ops.mmap = a_mmap;\n"
	  "\tf->fb.fb_mmap = NULL;\n}",
	  "2 assignment x_ops.mmap =a_mmap to o\n3 assignment fb_t.fb_mmap =NULL to f\n" },
	{ "a choice", "void g(struct outer *o, int c) {\n"
	  "\to->ops.mmap = c ? a_mmap : c > 1 ? b_mmap : NULL;\n}",
	  "2 assignment x_ops.mmap =a_mmap to o\n2 assignment x_ops.mmap =b_mmap to o\n" },
	{ "no function", "void g(struct outer *o, struct x_ops *x) {\n\to->ops.mmap = x->mmap;\n}",
	  "2 copy x_ops.mmap x= to o\n" },
	{ "a table of another file, of this one, a local one", "extern const struct x_ops far_ops; static struct x_ops own;\n"
	  "void g(struct x_ops *x) { *x = far_ops; *x = own; struct x_ops y; *x = y; }",
	  "2 copy x_ops. far_ops= foo.c to x\n2 copy x_ops. own= to x\n2 copy x_ops. y= to x\n" },
	{ "a field of a table, where there is none", "const struct x_ops def = { .mmap = a_mmap };\n"
	  "#define SET(t, op) do { if (!(t)->op) (t)->op = def.op; } while (0)\n"
	  "void g(struct x_ops *x) {\n\tSET(x, mmap);\n}\nstruct x_ops *h(struct x_ops *x) {"
	  " return &(struct x_ops) { .mmap = x->mmap }; }",
	  "1 static x_ops.mmap def=a_mmap\n4 copy x_ops.mmap def= foo.c to x\n6 copy x_ops.mmap x=\n" },
	{ "a function of a header", "struct x_ops x = { .mmap = x_default };",
	  "1 static x_ops.mmap x=x_default\n" },
	{ "values without designators", "struct x_ops x = { NULL, a_mmap };\n"
	  "struct file_operations f = { NULL, &a_mmap, NULL };\n"
	  "struct x_ops y = { .poke = NULL, b_mmap };",
	  "1 positional x_ops.mmap x=a_mmap\n2 positional file_operations.mmap f=a_mmap\n"
	  "3 positional x_ops.mmap y=b_mmap\n" },
	{ "braces left out", "struct x_ops x[] = { { 0, a_mmap }, { 0, b_mmap } }, y[2] = { 0,"
	  " a_mmap, 0, b_mmap };\n"
	  "struct outer o = { NULL, NULL, a_mmap }, p = { .in.map = NULL, NULL, b_mmap };\n"
	  "struct outer q = { { NULL }, { NULL, a_mmap } };",
	  "1 positional x_ops.mmap x=a_mmap\n1 positional x_ops.mmap x=b_mmap\n"
	  "1 positional x_ops.mmap y=a_mmap\n1 positional x_ops.mmap y=b_mmap\n"
	  "2 positional x_ops.mmap o=a_mmap\n2 positional x_ops.mmap p=b_mmap\n"
	  "2 nested outer.map p=NULL\n3 positional x_ops.mmap q=a_mmap\n" },
	{ "a bit-field, a union, an array before it", "struct odd { int a:3, :5; union { int n;"
	  " int (*call)(int); } u; int b[2];"
	  " struct x_ops ops; };\nstruct odd o = { 1, 2, 3, 4, 0, a_mmap };\n"
	  "union un { struct x_ops ops; int i; };\n"
	  "union un v = { { 0, b_mmap } }; union un w = { .ops = { .mmap = a_mmap } };",
	  "2 positional x_ops.mmap o=a_mmap\n4 positional x_ops.mmap v=b_mmap\n"
	  "4 nested x_ops.mmap w=a_mmap\n" },
	{ "too many values", "struct outer o = { NULL, NULL, a_mmap, b_mmap };\n"
	  "struct x_ops none[] = { };",
	  "1 positional x_ops.mmap o=a_mmap\n" },
	{ "a function's parameter", "void g(struct outer *o, int (*m)(struct file *,"
	  " struct vm_area_struct *)) {\n\to->ops.mmap = m;\n"
	  "\t*o = (struct outer) { .ops = { 0, m } };\n}",
	  "2 assignment x_ops.mmap = argument 2 of g to o\n"
	  "3 positional x_ops.mmap = argument 2 of g\n" },
	{ "a static function's parameter", "static void g(int (*m)(struct file *, struct vm_area_struct *),"
	  " struct outer *o) {\n\to->ops.mmap = m ? m : a_mmap;\n}",
	  "2 assignment x_ops.mmap = argument 1 of static g to o\n2 assignment x_ops.mmap =a_mmap to o\n" },
	{ "one of an array, a pointer in between, a cast",
	  "struct set { struct x_ops ops[2]; struct outer *o; };\n"
	  "void g(struct set *s, int i) {\n\ts->ops[i].mmap = a_mmap;\n"
	  "\t(*s).o->ops.mmap = &b_mmap;\n"
	  "\ts->ops[0].mmap = (int (*)(struct file *, struct vm_area_struct *))(void"
	  " *)(a_mmap);\n}",
	  "3 assignment x_ops.mmap =a_mmap to s\n4 assignment x_ops.mmap =b_mmap to s\n"
	  "5 assignment x_ops.mmap =a_mmap to s\n" },
	{ "a chain, a comma, a condition", "void g(struct outer *o, struct outer *p, int c) {\n"
	  "\to->ops.mmap = p->ops.mmap = a_mmap;\n\tc = 1, o->ops.mmap = b_mmap;\n"
	  "\tif ((o->ops.mmap = a_mmap)) return;\n}",
	  "2 assignment x_ops.mmap =a_mmap to o\n2 assignment x_ops.mmap =a_mmap to p\n"
	  "3 assignment x_ops.mmap =b_mmap to o\n"
	  "4 assignment x_ops.mmap =a_mmap to o\n" },
	{ "a macro that assigns", "#define SET(o, fn) do { (o)->ops.mmap = (fn); } while (0)\n"
	  "void g(struct outer *o) {\n\tSET(o, a_mmap);\n}",
	  "3 macro:SET x_ops.mmap =a_mmap to o\n" },
	{ "a macro that makes tables", "#define TABLES(n) struct x_ops n##_x = {"
	  " .mmap = n##_mmap }; struct file_operations n##_f = {"
	  " .mmap = n##_mmap }\nTABLES(a);",
	  "2 macro:TABLES x_ops.mmap a_x=a_mmap\n2 macro:TABLES file_operations.mmap"
	  " a_f=a_mmap\n" },
	{ "a static table in a function, a default and its override", "void g(void) {\n"
	  "\tstatic const struct x_ops x = { .mmap = a_mmap };\n"
	  "\t(void)x;\n}\nstruct x_ops y = { .mmap = a_mmap, .mmap = b_mmap };",
	  "2 static x_ops.mmap x=a_mmap\n5 static x_ops.mmap y=a_mmap\n"
	  "5 static x_ops.mmap y=b_mmap\n" },
	{ "a range", "struct x_ops x[4] = { [0 ... 3] = { .mmap = a_mmap } };\n"
	  "struct x_ops y[4] = { [1 ... 2].mmap = b_mmap };",
	  "1 array x_ops.mmap x=a_mmap\n2 array x_ops.mmap y=b_mmap\n" },
	{ "a copy of a constant table with a handler, and without",
	  "static const struct x_ops some = { .mmap = a_mmap }, none = { .poke = 0 },"
	  " last = { 0, a_mmap };\nstatic struct x_ops open = { .poke = 0 };\n"
	  "void g(struct x_ops *x) {\n\t*x = some;\n\t*x = none;\n"
	  "\t*x = last;\n\t*x = open;\n\tmemcpy(x, &none, sizeof(*x));\n}",
	  "1 static x_ops.mmap some=a_mmap\n1 positional x_ops.mmap last=a_mmap\n"
	  "4 copy x_ops. some= to x\n"
	  "5 copy x_ops. none=NULL to x\n6 copy x_ops. last= to x\n7 copy x_ops. open= to x\n"
	  "8 copy x_ops. none=NULL to x\n" },
	{ "copies", "struct x_ops x, y;\nvoid g(struct file *f) {\n\tx = y;\n"
	  "\tmemcpy(&x, f->ops, sizeof(x));\n}\n"
	  "struct file_operations *h(struct file *f) { struct file_operations *n ="
	  " kmemdup(f->f_op, 16, 1); return n; }",
	  "3 copy x_ops. y= foo.c to x\n4 copy x_ops. ops= to x\n6 copy file_operations. f_op= to n\n" },
};

static void sites_are(void **state)
{
	unsigned failed = 0;
	size_t i;
	char *s;

	(void)state;
	for (i = 0; i < sizeof(site_rows) / sizeof(*site_rows); i++) {
		s = sites(site_rows[i].text);
		if (strcmp(s, site_rows[i].sites)) {
			print_error("%s:\n%snot:\n%s", site_rows[i].name, s, site_rows[i].sites);
			failed++;
		}
		free(s);
	}
	assert_int_equal(failed, 0);
}

/* "FUNCTION > CALLEE [FILE]" of what is in this file or gets a vma. */
static char *calls(const char *text)
{
	const struct vma_call *c;
	struct strbuf b = { 0 };
	struct unit u = { 0 };

	strbuf_adds(&b, "");
	parse(text, &u);
	vec_each(c, &u.calls)
		strbuf_addf(&b, "%s > %s%s%s\n", c->function, c->callee, c->callee_file ? " " : "",
			    c->callee_file ? c->callee_file : "");
	unit_free(&u);
	return strbuf_detach(&b);
}

static const struct { const char *name, *text, *calls; } call_rows[] = {
	{ "through a field", HANDLER "{ return f->ops->mmap(f, v); }", "foo_mmap > x_ops.mmap\n" },
	{ "a function elsewhere", HANDLER "{ return far(f, v) + plain(1); }",
	  "foo_mmap > far kernel.h\n" },
	{ "a function of a header", HANDLER "{ return near(f, v) + no_vma(f); }",
	  "foo_mmap > near kernel.h\nnear > x_ops.mmap\n" },
	{ "functions of the file, with and without a vma",
	  "static int g(struct file *f) { return plain(2); }\n"
	  "static int h(struct file *f, struct vm_area_struct *v)"
	  " { return far(f, v); }\n" HANDLER "{ return g(f) ?: h(f, v); }",
	  "foo_mmap > g foo.c\nfoo_mmap > h foo.c\nh > far kernel.h\n" },
	{ "as void *", HANDLER "{ return opaque(v); }", "foo_mmap > opaque kernel.h\n" },
	{ "a macro with the field's name", HANDLER "{ return CALL(f, mmap, f, v); }",
	  "foo_mmap > x_ops.mmap\n" },
	{ "read into a local", HANDLER "{ int (*m)(struct file *,"
	  " struct vm_area_struct *) = f->ops->mmap;\n"
	  "\treturn m ? m(f, v) : -1; }", "foo_mmap > x_ops.mmap\n" },
	{ "READ_ONCE()", HANDLER "{ return READ_ONCE(f->ops)->mmap(f,"
	  " v) + READ_ONCE(f->ops->mmap)(f, v); }",
	  "foo_mmap > x_ops.mmap\n" },
	{ "a test alone is no call", HANDLER "{ if (!f->ops->mmap || f->ops->mmap == NULL) return"
	  " -1;\n"
	  "\tif (f->ops->mmap && f) return 1; return 0; }", "" },
	{ "nor is filling it in", HANDLER "{ static struct x_ops x; x.mmap = NULL; return 0; }",
	  "" },
	{ "a pointer handed on", "int run(int (*m)(struct file *, struct vm_area_struct *),"
	  " struct file *f);\n"
	  HANDLER "{ return run(f->ops->mmap, f); }", "foo_mmap > x_ops.mmap\n" },
	{ "a function handed on", "int run(int (*m)(struct file *, struct vm_area_struct *),"
	  " struct file *f);\n"
	  HANDLER "{ return run(far, f); }", "foo_mmap > far kernel.h\n" },
	{ "a vma in a struct", "struct args { struct file *f; struct vm_area_struct *v; };\n"
	  "static int g(struct args *a) { return a->f->ops->mmap(a->f, a->v); }\n" HANDLER
	  "{ struct args a = { f, v }; return g(&a); }", "foo_mmap > g foo.c\ng > x_ops.mmap\n" },
	{ "a field of a struct without a tag", HANDLER "{ struct outer *o = f->priv;"
	  " return o->in.map(v); }",
	  "foo_mmap > outer.map\n" },
	{ "a pointer that takes no vma by its type",
	  "struct odd { int (*any)(void *); };\n" HANDLER "{ struct odd *o = f->priv;"
	  " return o->any(v); }",
	  "foo_mmap > odd.any\n" },
	{ "a loop, a switch, a statement expression", HANDLER "{ int i, r = 0; for (i = 0; i < 3;"
	  " i++) switch (i) {"
	  " case 1: r += ({ far(f, v); }); default: while (near(f, v)) ; } return r; }",
	  "foo_mmap > far kernel.h\nfoo_mmap > near kernel.h\nnear > x_ops.mmap\n" },
	{ "recursion ends", HANDLER "{ return f ? foo_mmap(NULL, v) : 0; }",
	  "foo_mmap > foo_mmap foo.c\n" },
	{ "a choice of a field and a function", HANDLER "{ return (f->priv ? f->ops->mmap :"
	  " far)(f, v); }",
	  "foo_mmap > far kernel.h\nfoo_mmap > x_ops.mmap\n" },
	{ "a choice without a middle", HANDLER "{ return (f->ops->mmap ?: far)(f, v); }",
	  "foo_mmap > x_ops.mmap\nfoo_mmap > far kernel.h\n" },
	{ "a local that is set later", HANDLER "{ int (*m)(struct file *,"
	  " struct vm_area_struct *) = NULL;\n"
	  "\tif (f->priv) m = f->ops->mmap; else m = far;\n\treturn m(f, v); }",
	  "foo_mmap > far kernel.h\nfoo_mmap > x_ops.mmap\n" },
	{ "a local copy of the table", HANDLER "{ struct x_ops ops = *f->ops; return ops.mmap(f,"
	  " v); }", "foo_mmap > x_ops.mmap\n" },
	{ "a pointer to the field", HANDLER "{ int (*const *m)(struct file *,"
	  " struct vm_area_struct *) = &f->ops->mmap;"
	  " return (*m)(f, v); }", "foo_mmap > x_ops.mmap\n" },
	{ "an array of fields", "struct many { int (*map[3])(struct vm_area_struct *); };\n" HANDLER
	  "{ struct many *m = f->priv; return m->map[1](v); }", "foo_mmap > many.map\n" },
	{ "an array of tables", "struct set { struct x_ops ops[3]; };\n" HANDLER
	  "{ struct set *s = f->priv; return s->ops[f != NULL].mmap(f, v); }",
	  "foo_mmap > x_ops.mmap\n" },
	{ "a union", "union any { struct x_ops x; struct { int (*map)(struct vm_area_struct *); }"
	  " y; };\n" HANDLER
	  "{ union any *a = f->priv; return a->y.map(v) + a->x.mmap(f, v); }",
	  "foo_mmap > any.map\nfoo_mmap > x_ops.mmap\n" },
	{ "void * as a function", HANDLER "{ return ((int (*)(struct vm_area_struct"
	  " *))f->priv)(v); }", "foo_mmap > file.priv\n" },
	{ "a copy of the vma's pointer", HANDLER "{ struct vm_area_struct *w = v; void *p = w;"
	  " return f->ops->mmap(f, p) + opaque(p); }",
	  "foo_mmap > x_ops.mmap\n" },
	{ "a compound literal with the vma", "struct args { struct file *f;"
	  " struct vm_area_struct *v; };\n"
	  "static int g(struct args *a) { return near(a->f, a->v); }\n"
	  "" HANDLER "{ return g(&(struct args) { f, v }); }",
	  "foo_mmap > g foo.c\ng > near kernel.h\nnear > x_ops.mmap\n" },
	{ "a way out by goto", HANDLER "{ if (!f) goto out; return 0;\nout:\n"
	  "\treturn far(f, v); }", "foo_mmap > far kernel.h\n" },
	{ "an own macro around the call", "#define HAND_ON(f, v) do { if (1) return near(f, v); }"
	  " while (0)\n" HANDLER
	  "{ HAND_ON(f, v); return 0; }", "foo_mmap > near kernel.h\nnear > x_ops.mmap\n" },
	{ "a function of the file, by two ways", "static int h(struct vm_area_struct *v) {"
	  " return opaque(v); }\n"
	  "static int g(struct vm_area_struct *v) { return h(v); }\n"
	  "" HANDLER "{ return g(v) + h(v); }",
	  "foo_mmap > g foo.c\nfoo_mmap > h foo.c\ng > h foo.c\nh > opaque kernel.h\n" },
	{ "two functions that call each other", "static int h(struct vm_area_struct *v, int n);\n"
	  "static int g(struct vm_area_struct *v, int n) { return n ? h(v, n - 1) : opaque(v); }\n"
	  "static int h(struct vm_area_struct *v, int n) { return n ? g(v, n - 1) : far(NULL, v);"
	  " }\n" HANDLER "{ return g(v, 9); }",
	  "foo_mmap > g foo.c\ng > h foo.c\ng > opaque kernel.h\nh > g foo.c\nh > far kernel.h\n" },
	{ "an installed function of a header", "struct x_ops x = { .mmap = x_default };",
	  "x_default > far kernel.h\n" },
};

static void calls_are(void **state)
{
	unsigned failed = 0;
	size_t i;
	char *s;

	(void)state;
	for (i = 0; i < sizeof(call_rows) / sizeof(*call_rows); i++) {
		s = calls(call_rows[i].text);
		if (strcmp(s, call_rows[i].calls)) {
			print_error("%s:\n%snot:\n%s", call_rows[i].name, s, call_rows[i].calls);
			failed++;
		}
		free(s);
	}
	assert_int_equal(failed, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sites_are),
		cmocka_unit_test(calls_are),
	};

	return cmocka_run_group_tests(tests, setup, parse_teardown);
}
