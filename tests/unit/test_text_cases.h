/* SPDX-License-Identifier: GPL-2.0-only */
/* test_text.c's table: a text, and what it says of tables, functions, macros as shown() writes it. */
#ifndef MMAPCONV_TEST_TEXT_CASES_H
#define MMAPCONV_TEST_TEXT_CASES_H

#define FOPS "struct file_operations"
#define VMA "struct file *f, struct vm_area_struct *v"

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
	  " file_operations a=a_mmap opaque\n" },
	{ "an address", FOPS " a = { .mmap = &a_mmap };", "site 1 static file_operations"
	  " a=a_mmap\n" },
	{ "a macro's value", FOPS " a = { .mmap = PTR_IF(CONFIG_X, a_mmap), .open = o };",
	  "site 1 static file_operations a=a_mmap opaque\n" },
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
	{ "a call is none", "int f(void) { return file->f_op->mmap(file, vma); }", "call 1 mmap\n" },
	{ "a variable of that name", "int f(void) { int mmap = 1; mmap = 2; return mmap; }", "" },
	{ "comments and strings", "/* .mmap = a */ // .mmap = b\nconst char *s = \".mmap = c\";",
	  "" },

	/* Macros. */
	{ "a macro with the field", "#define MMAP_OP .mmap = m,\n", "site 1 macro - -=m macro"
	  " MMAP_OP\nuses MMAP_OP mmap\n" },
	{ "a macro with a parameter", "#define OPS(f) \\\n\t.open = o, \\\n\t.mmap = f\n",
	  "site 3 macro - -=f macro OPS opaque\nuses OPS mmap\n" },
	{ "a macro with a table", "#define DEFINE(n) \\\nstatic const " FOPS " n = { \\\n\t.mmap ="
	  " m, \\\n}\n",
	  "site 3 static file_operations n=m macro DEFINE static\nuses DEFINE mmap\n" },
	{ "a macro under a condition", "#ifdef CONFIG_A\n#define MMAP_OP .mmap = m\n#endif\n",
	  "site 2 macro - -=m macro MMAP_OP if CONFIG_A\nuses MMAP_OP mmap\n" },
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
	  " h(" VMA ");\n};\n",
	  "field 2 ops.mmap\n" },
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
	  " }", "" },
	{ "memcpy", "void f(void) { memcpy(&mine, orig_fops, sizeof(mine)); }", "copies\n" },
	{ "kmemdup", "void f(void) { x = kmemdup(a->fops, sizeof(*x), GFP_KERNEL); }", "copies\n" },
	{ "by value", "void f(void) { my_fops = *old_fops; }", "copies\n" },
	{ "memcpy of something else", "void f(void) { memcpy(buf, src, len); x = y; }", "" },

	{ "fops_get()", "void f(void) { file->f_op = fops_get(&b_fops); file->f_op = fops_get(c->ops); }",
	  "swap 1 b_fops\n" },
	{ "WRITE_ONCE()", "void f(void) { WRITE_ONCE(x->file->f_op, &b_fops); }", "swap 1 b_fops\n" },
	{ "another function's argument", "void f(void) { g(x->f_op, &b_fops); }", "" },
	{ "a choice of tables", "void f(void) {\n\tfile->f_op = x->y ? &b_fops :\n\t\t&c_fops;\n}",
	  "swap 2 b_fops\nswap 2 c_fops\n" },
	{ "a macro that switches", "#define SWAP(f, new) ((f)->f_op = (new))\n", "" },

	/* Fields. */
	{ "fields of a struct", "struct a_ops {\n\tint x;\n\tint (*mmap)(struct a *a, struct vm_area_struct"
	  " *v);\n\tvoid (*get)(void);\n\tvoid *(*const find[2]) (const struct vm_area_struct *v);\n} __aligned(8);",
	  "field 3 a_ops.mmap\nfield 5 a_ops.find\n" },
	{ "a hook", "struct a_ops {\n\tint (*mmap_prepare)(struct vm_area_desc *desc);\n};",
	  "field 2 a_ops.mmap_prepare desc\n" },
	{ "a struct without a tag", "struct a {\n\tstruct {\n\t\tint (*mmap)(" VMA ");\n\t} ops;\n\tunion {"
	  " int x; int (*y)(" VMA "); };\n};",
	  "field 3 a.mmap\nfield 5 a.y\n" },
	{ "a struct in another", "struct a { struct b { int (*mmap)(" VMA "); } b; int (*z)(" VMA "); };",
	  "field 1 b.mmap\nfield 1 a.z\n" },
	{ "a typedef's name serves as tag", "typedef struct {\n\tint (*mmap)(" VMA ");\n} a_t;\nstruct { int"
	  " (*mmap)(" VMA "); } b;",
	  "field 2 a_t.mmap\n" },
	{ "a pointer type", "typedef int (*a_fn)(" VMA ");\nstruct a {\n\ta_fn mmap;\n\tint a_fn;\n};",
	  "field 3 a.mmap\ntypedef a_fn\n" },
	{ "a function type", "typedef int a_fn(" VMA ");\nstruct a { const a_fn *x, *y; a_fn *z[3]; };",
	  "field 2 a.x\nfield 2 a.y\nfield 2 a.z\ntypedef a_fn\n" },
	{ "a type of another file", "struct a { mmap_fn *mmap; prepare_fn *hook; };",
	  "field 1 a.mmap\nfield 1 a.hook desc\n" },
	{ "a parameter that takes a vma", "struct a { int (*walk)(int (*fn)(struct vm_area_struct *)); };", "" },
	{ "a vma by value, a longer tag", "struct a { int (*f)(struct vm_area_struct v); int (*g)(struct"
	  " vm_area_structs *v); };", "" },
	{ "variables are no fields", "int (*mmap)(" VMA ");\nint f(int g)\n{\n\tint (*h)(" VMA ");\n}", "" },
	{ "a field under a condition that closes its struct",
	  "struct a {\n#ifdef X\n};\n#else\n\tint (*mmap)(" VMA ");\n};\n#endif\n", "field 5 a.mmap\n" },
	{ "kinds that are no callbacks of mmap", "struct vm_operations_struct { int (*open)(struct vm_area_struct"
	  " *v); };\nstruct rmap_walk_control { bool (*rmap_one)(struct vm_area_struct *v); };",
	  "field 1 vm_operations_struct.open excluded\nfield 2 rmap_walk_control.rmap_one excluded\n" },
	{ "a field of the file's own", "struct my { int (*map)(" VMA "); };\nstatic struct my m = { .map = f };",
	  "field 1 my.map\nsite 2 static my m=f map static\n" },

	/* What only the struct's declaration tells: the file has to be read. */
	{ "values without designators", "static struct drm_funcs d = { 0, a_map };", "unclear\n" },
	{ "the address of one, in an array", FOPS " a[] = { { NULL, &a_map, }, };", "unclear\n" },
	{ "values without designators in a macro", "#define T(n, m) struct drm_funcs n = { 0, m }\n", "unclear\n" },
	{ "values without designators of another struct", "struct other o = { 0, a_map }; int n[] = { X, Y };", "" },
	{ "calls, members, macros and NULL are no such values", FOPS " a = { NULL, X(a), Y((1), a, b), MACRO_1, .owner = THIS, .c = Z(d, e, f), };\n"
	  "int f(int a) { return g(a, b, (int[]){ c, d }); }", "" },

	/* Sites of tier 2. */
	{ "another field of the query", "static struct fb_ops o = { .fb_mmap = m };",
	  "site 1 static fb_ops o=m fb_mmap static\n" },
	{ "a part of an initializer", "struct d d = { .ops.mmap = m, .x[2].mmap = n };\n" FOPS " a[] = { [1].mmap = o"
	  " };",
	  "site 1 nested - d=m\nsite 1 nested - d=n\nsite 2 array file_operations a=o\n" },
	{ "a choice", FOPS " a = { .mmap = X ? m : n };", "site 1 static file_operations a=n opaque\n" },
	{ "a pasted name", "#define OPS(f) .mmap = f##_mmap, .x = f\n",
	  "site 1 macro - -= macro OPS opaque\nuses OPS mmap\n" },
	{ "a macro of a header", "static struct fb_ops o = {\n\t.x = 1,\n\tFB_OPS,\n\tFB_SBUS(a),\n};",
	  "site 3 macro:FB_OPS fb_ops o=fb_io_mmap fb_mmap static\n"
	  "site 4 macro:FB_SBUS fb_ops o= fb_mmap static opaque\n" },
	{ "a macro of a header first", "struct fb_ops o = { FB_OPS };",
	  "site 1 macro:FB_OPS fb_ops o=fb_io_mmap fb_mmap\n" },
	{ "where its struct is not known", "struct d d = { .ops = { FB_OPS } };", "unclear\n" },
	{ "where it stands behind something", "struct fb_ops o = { OTHER FB_OPS };", "unclear\n" },
	{ "a macro with a table", "DEFINE_TABLE((1, 2), x_fops);\nint y;",
	  "site 1 macro:DEFINE_TABLE file_operations x_fops=lib_mmap static\n" },
	{ "a macro whose table is not known", "DEFINE_TABLE(x);\nDEFINE_TABLE(x, a ## b);\nDEFINE_ODD(x);", "unclear\n" },
	{ "a macro with a table in a function", "void f(void) { DEFINE_TABLE(1, x); }", "unclear\n" },
	{ "a macro in a macro's table", "#define MINE(n, o) static struct fb_ops o = { FB_OPS }\n",
	  "site 1 macro:FB_OPS fb_ops o=fb_io_mmap fb_mmap macro MINE static\nuses MINE FB_OPS\nunclear\n" },
	{ "a macro that uses one", "#define MINE .x = 1, FB_OPS\n#define DO(x) DO_MMAP(x)\n",
	  "uses MINE FB_OPS\nuses DO DO_MMAP\nunclear\n" },
	{ "a word that is no member", "#define LIST(x) x(mmap) x(munmap)\n", "uses LIST mmap bare\n" },
	{ "a call through a member in a macro", "#define CALL(o, v) (o)->mmap(v)\n", "uses CALL mmap\n" },
	{ "a table closed in both branches",
	  FOPS " a = {\n\t.open = o,\n#ifdef X\n\t.mmap = m,\n};\n#else\n\t.mmap = n,\n};\n#endif\n" FOPS
	  " b = { .mmap = q };",
	  "site 4 static file_operations a=m if X\nsite 7 static file_operations a=n if !X\n"
	  "site 10 static file_operations b=q\n" },

	/* Names of functions that are written oddly. */
	{ "an attribute in front", "int __attribute__((cold)) a_mmap(" VMA ")\n{\n}\n", "definition 1 a_mmap\n" },
	{ "a name in parentheses", "int (a_mmap)(" VMA ")\n{\n}\nstatic void *(b_mmap)(" VMA ");\n",
	  "definition 1 a_mmap\ndeclaration 4 b_mmap\n" },
	{ "an attribute and parentheses", "int __attribute__((a, b)) (a_mmap)(" VMA ")\n{\n}\n", "definition 1 a_mmap\n" },
	{ "a function called like a field", "static int fb_mmap(" VMA ")\n{\n}\n", "definition 1 fb_mmap\n" },

	/* Broken text. */
	{ "no end", FOPS " a = { .mmap = m", "site 1 static file_operations a=m\n" },
	{ "nothing behind it", FOPS " a = { .mmap =", "site 1 static file_operations a= opaque\n" },
	{ "more closed than opened", "} } ) ]\n" FOPS " a = { .mmap = m };", "site 2 static"
	  " file_operations a=m\n" },
};

#endif
