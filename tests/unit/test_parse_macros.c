// SPDX-License-Identifier: GPL-2.0-only
/* Macros: kept whole, standing for a function, or read through; and what a constant is called. */
#include "test_parse_fixture.h"

#define LOCKS \
	"struct lock { int l; }; struct dev { struct lock lock; int *p; unsigned char v; };\n" \
	"void mutex_lock_nested(struct lock *, int); int trylock_nest(struct lock *, void *); int f(int);\n" \
	"#define NULL ((void *)0)\n" \
	"#define mutex_lock(lock) mutex_lock_nested(lock, 0)\n" \
	"#define mutex_trylock(lock) trylock_nest(lock, NULL)\n" \
	"unsigned long irqsave(struct lock *); void irqrestore(struct lock *, unsigned long);\n" \
	"#define spin_lock_irqsave(lock, flags) do { flags = irqsave(lock); } while (0)\n" \
	"static inline void spin_unlock_irqrestore(struct lock *l, unsigned long f) { irqrestore(l, f); }\n"

static void test_a_macro_that_stands_for_a_function(void **state)
{
	(void)state;
	check(LOCKS,
	      "int foo(struct dev *d) { unsigned long flags; mutex_lock(&d->lock); spin_lock_irqsave(&d->lock, flags);\n"
	      "spin_unlock_irqrestore(&d->lock, flags); if (!mutex_trylock(&d->lock)) return 1; return 0; }",
	      "(block (decl flags:u64))\n"
	      "(call mutex_lock:void mutex_lock:fn (&:p64 (->lock@0:record d:p64)))\n"
	      "(call spin_lock_irqsave:void spin_lock_irqsave:fn (&:p64 (->lock@0:record d:p64)) (&:p64 flags:u64))\n"
	      "(call spin_unlock_irqrestore:void spin_unlock_irqrestore:fn (&:p64 (->lock@0:record d:p64)) flags:u64)\n"
	      "(if (!:i32 (call mutex_trylock:i32 mutex_trylock:fn (&:p64 (->lock@0:record d:p64)))) (return 1:i32))\n"
	      "(return 0:i32)\n");
}

/* In a macro of the driver, and in an inline function of a header. */
static void test_inside_other_macros(void **state)
{
	struct unit u;
	char *dump;

	(void)state;
	parse_text(LOCKS
		   "#define DEV_LOCK(d) mutex_lock(&(d)->lock)\n"
		   "static inline void dev_lock(struct dev *d) { mutex_lock(&d->lock); }\n"
		   "#define DEFINE(name, code) static inline void name(struct dev *d) { code; }\n"
		   "DEFINE(made, mutex_lock(&d->lock))\n",
		   "void foo(struct dev *d) { DEV_LOCK(d); dev_lock(d); made(d); }", NULL, &u);
	dump = dump_function(&u, "foo");
	assert_string_equal(
		dump, "(call mutex_lock:void mutex_lock:fn (&:p64 (->lock@0:record d:p64)))\n"
		      "(call dev_lock:void dev_lock:fn d:p64)\n(call made:void made:fn d:p64)\n");
	free(dump);
	dump = dump_function(&u, "dev_lock");
	assert_string_equal(
		dump, "(call mutex_lock:void mutex_lock:fn (&:p64 (->lock@0:record d:p64)))\n");
	free(dump);
	dump = dump_function(&u, "made");
	assert_string_equal(
		dump, "(call mutex_lock:void mutex_lock:fn (&:p64 (->lock@0:record d:p64)))\n");
	free(dump);
	unit_free(&u);
}

static void test_a_macro_without_arguments(void **state)
{
	(void)state;
	check("struct task { int *mm; }; struct task *get_current(void); int f(int *);\n#define current get_current()\n#define MM(t) f((t)->mm)\n",
	      "int foo(void) { MM(current); return f(current->mm); }",
	      "(call f:i32 f:fn (->mm@0:p64 (call current:p64 current:fn)))\n"
	      "(return (call f:i32 f:fn (->mm@0:p64 (call current:p64 current:fn))))\n");
}

/* The file's own macro of such a name is no business of the kernel's. */
static void test_a_name_that_the_file_defines(void **state)
{
	(void)state;
	check(LOCKS,
	      "#define spin_up(d) ((d)->v = 1)\n # define pr_twice(d) ((d)->v++)\nvoid foo(struct dev *d) { spin_up(d); pr_twice(d); }",
	      "(=:u8 (->v@16:u8 d:p64) (cast=1:u8 1:i32))\n(post++:u8 (->v@16:u8 d:p64))\n");
}

/* Whatever the architecture makes of it, twice the argument or none. */
static void test_page_protections(void **state)
{
	(void)state;
	check("typedef struct { unsigned long p; } pgprot_t; extern int boot; pgprot_t real(pgprot_t); struct v { pgprot_t prot; };\n"
	      "#define pgprot_noncached(prot) ((boot > 3) ? real(prot) : (prot))\n"
	      "#define pgprot_decrypted(prot) (prot)\n#define pgprot_writecombine pgprot_noncached\n"
	      "pgprot_t pgprot_device(pgprot_t);\n#define pgprot_device pgprot_device\n",
	      "void foo(struct v *v) { v->prot = pgprot_noncached(v->prot); v->prot = pgprot_decrypted(v->prot);\n"
	      "v->prot = pgprot_writecombine(pgprot_decrypted(v->prot)); v->prot = pgprot_device(v->prot);\n"
	      "pgprot_t (*alias)(pgprot_t) = pgprot_device; }",
	      "(=:record (->prot@0:record v:p64) (call pgprot_noncached:record pgprot_noncached:fn (->prot@0:record v:p64)))\n"
	      "(=:record (->prot@0:record v:p64) (call pgprot_decrypted:record pgprot_decrypted:fn (->prot@0:record v:p64)))\n"
	      "(=:record (->prot@0:record v:p64) (call pgprot_writecombine:record pgprot_writecombine:fn "
	      "(call pgprot_decrypted:record pgprot_decrypted:fn (->prot@0:record v:p64))))\n"
	      "(=:record (->prot@0:record v:p64) (call pgprot_device:record pgprot_device:fn (->prot@0:record v:p64)))\n"
	      "(block (decl alias:p64 pgprot_device:fn))\n");
}

static void test_arguments(void **state)
{
	(void)state;
	check("typedef struct { unsigned long b[1]; } vma_flags_t; struct desc { vma_flags_t flags; }; typedef int vma_flag_t;\n"
	      "enum { VMA_IO_BIT = 14, VMA_PFNMAP_BIT = 10 };\n"
	      "vma_flags_t make(int, const vma_flag_t *); void set_mask(struct desc *, vma_flags_t);\n"
	      "#define COUNT_(a, b, c, n, ...) n\n#define COUNT(...) COUNT_(__VA_ARGS__, 3, 2, 1)\n"
	      "#define mk_vma_flags(...) make(COUNT(__VA_ARGS__), (const vma_flag_t []){__VA_ARGS__})\n"
	      "#define vma_desc_set_flags(desc, ...) set_mask(desc, mk_vma_flags(__VA_ARGS__))\n"
	      "void *alloc(unsigned long, unsigned); typedef unsigned gfp_t;\n#define GFP_KERNEL ((gfp_t)0xcc0)\n"
	      "#define hooks(x) ({ static int tag; __typeof__(x) _r; _r = x; _r; })\n"
	      "#define kzalloc(size, flags) hooks(alloc(size, flags | 1))\n"
	      "#define kmalloc_obj(P, ...) ((__typeof__(P) *)hooks(alloc(sizeof(__typeof__(P)), 5)))\n"
	      "#define kmalloc_flex(P, FAM, COUNT, gfp) alloc(__builtin_offsetof(__typeof__(P), FAM) + COUNT, gfp)\n"
	      "#define wait_event(wq, condition) do { if (condition) break; for (;;) if (condition) break; (void)(wq); } while (0)\n"
	      "struct wq { int w; }; int g(int, int);\n",
	      "int foo(struct desc *d, int n, struct wq *q) { vma_desc_set_flags(d, VMA_IO_BIT, VMA_PFNMAP_BIT);\n"
	      "struct desc *o = kzalloc(sizeof(*o) * n, GFP_KERNEL); o = kmalloc_obj(*o); o = kmalloc_obj(struct desc, GFP_KERNEL);\n"
	      "o = kmalloc_flex(*o, flags, n, GFP_KERNEL); wait_event(q, g(n, 1) /* one, two */ > 2); return 0; }",
	      "(call vma_desc_set_flags:void vma_desc_set_flags:fn d:p64 VMA_IO_BIT=14:i32 VMA_PFNMAP_BIT=10:i32)\n"
	      "(block (decl o:p64 (call kzalloc:p64 kzalloc:fn (*:u64 8:u64 (cast:u64 n:i32)) (cast=3264:u32 3264:i32))))\n"
	      "(=:p64 o:p64 (call kmalloc_obj:p64 kmalloc_obj:fn (string *o:?)))\n"
	      "(=:p64 o:p64 (call kmalloc_obj:p64 kmalloc_obj:fn (string struct desc:?) (string GFP_KERNEL:?)))\n"
	      "(=:p64 o:p64 (call kmalloc_flex:p64 kmalloc_flex:fn (string *o:?) (string flags:?) (cast:u64 n:i32) "
	      "(cast=3264:u32 3264:i32)))\n"
	      "(call wait_event:void wait_event:fn q:p64 (>:i32 (call g:i32 g:fn n:i32 1:i32) 2:i32))\n"
	      "(return 0:i32)\n");
}

/* One access, not the checks around it. */
static void test_accesses(void **state)
{
	(void)state;
	check(LOCKS
	      "#define READ_ONCE(x) ({ do { if (!(sizeof(x) == 8)) f(1); } while (0); (*(const volatile __typeof__(x) *)&(x)); })\n"
	      "#define WRITE_ONCE(x, val) do { *(volatile __typeof__(x) *)&(x) = (val); } while (0)\n",
	      "int foo(struct dev *d, int i) { WRITE_ONCE(d->v, i + 1); WRITE_ONCE(d->p, NULL); return READ_ONCE(d->v) + *READ_ONCE(d->p); }",
	      "(=:u8 (->v@16:u8 d:p64) (cast:u8 (+:i32 i:i32 1:i32)))\n"
	      "(=:p64 (->p@8:p64 d:p64) (cast:p64 0:i32))\n"
	      "(return (+:i32 (cast:i32 (->v@16:u8 d:p64)) (*:i32 (->p@8:p64 d:p64))))\n");
}

static void test_logging_keeps_its_arguments(void **state)
{
	(void)state;
	check("int _dev(void *, const char *, ...); int f(int); struct d { int id; };\n"
	      "#define EPERM 1\n#define NAME \"name\"\n#define SIZE(n) ((n) * 4)\n"
	      "#define dev_fmt(x) \"foo: \" x\n#define dev_err(dev, fmt, ...) ({ do { } while (0); _dev(dev, dev_fmt(fmt), ##__VA_ARGS__); })\n"
	      "#define WARN_ON(c) ({ int __ret = !!(c); if (__ret) asm(\"ud2\"); __builtin_expect(__ret, 0); })\n"
	      "#define pr_debug(fmt, ...) do { if (0) _dev(0, fmt, ##__VA_ARGS__); } while (0)\n",
	      "int foo(struct d *d, int i) { dev_err(d, \"a(%d, %d)\", d->id, f(i) + 1, -EPERM, \"x\" NAME, d->id + SIZE(i)); pr_debug(\"b\\n\"); if (WARN_ON(i > 3)) return f(2);\n"
	      "return WARN_ON(!d) ? 1 : 0; }",
	      "(macro dev_err:i32 d:p64 (string \"a(%d, %d)\":?) (->id@0:i32 d:p64) (+:i32 (call f:i32 f:fn i:i32) 1:i32) "
	      "(-=-1:i32 1:i32) (string:array) (+:i32 (->id@0:i32 d:p64) (*:i32 i:i32 4:i32)))\n"
	      "(macro pr_debug:? (string:array))\n"
	      "(if (macro WARN_ON:i64 (>:i32 i:i32 3:i32)) (return (call f:i32 f:fn 2:i32)))\n"
	      "(return (cond:i32 (macro WARN_ON:i64 (!:i32 d:p64)) 1:i32 0:i32))\n");
}

/* A driver's own macro around printk(): what the driver does beside it stays. */
static void test_logging_inside_other_macros(void **state)
{
	(void)state;
	check("int _printk(const char *, ...); int f(int); void count(void); int _desc(void *, const char *, ...); int key(void);\n"
	      "#define printk_index_wrap(_p_func, _fmt, ...) ({ do { static int entry = 1; } while (0); _p_func(_fmt, ##__VA_ARGS__); })\n"
	      "#define printk(fmt, ...) printk_index_wrap(_printk, fmt, ##__VA_ARGS__)\n"
	      "#define pr_info(fmt, ...) printk(\"6\" fmt, ##__VA_ARGS__)\n"
	      "#define __dynamic_func_call_cls(id, fmt, func, ...) do { static int id; if (key()) func(&id, ##__VA_ARGS__); } while (0)\n"
	      "#define pr_debug(fmt, ...) __dynamic_func_call_cls(id, fmt, _desc, fmt, ##__VA_ARGS__)\n",
	      "#define LOG(x) do { count(); pr_info(\"%d\", f(x)); } while (0)\n#define DBG(x) pr_debug(\"%d\", f(x))\n"
	      "void foo(int i) { LOG(i); DBG(i + 1); }",
	      "(do (block (call count:void count:fn) (macro printk_index_wrap:i32 (string:array) (call f:i32 f:fn i:i32))) 0:i32)\n"
	      "(macro __dynamic_func_call_cls:? (string:array) (call f:i32 f:fn (+:i32 i:i32 1:i32)))\n");
}

static const char flags[] =
	"#define BIT(n) (1UL << (n))\nenum { VMA_READ_BIT = 0, VMA_IO_BIT = 14, VMA_GONE_BIT = 70 };\n"
	"#define VM_SHARED 0x00000008\n#define VM_IO BIT(VMA_IO_BIT)\n#define VM_READ BIT(VMA_READ_BIT)\n#define VM_BOTH (VM_IO | VM_READ)\n"
	"#define VM_WORD 6\n#define VM_MAP 4\nenum { VM_FAULT_OOM = 1 };\nvoid set(unsigned long);\n#define EINVAL 22\n";

static void test_flags(void **state)
{
	static const struct {
		const char *name;
		uint64_t value;
	} expected[] = {
		{ "VM_READ", 1 },
		{ "VM_SHARED", 8 },
		{ "VM_IO", 1 << 14 },
	};
	struct unit u;
	size_t i;

	(void)state;
	parse_text(
		flags,
		"#define MINE (VM_SHARED | VM_IO)\nint foo(int i) { set(VM_IO | VM_SHARED); set(MINE); set(VM_BOTH);\n"
		"if (i == VM_FAULT_OOM) set(VM_WORD | VM_MAP); set(VMA_GONE_BIT); return -EINVAL; }",
		NULL, &u);
	assert_int_equal(u.flags.nr, 3);
	for (i = 0; i < 3; i++) {
		assert_string_equal(u.flags.items[i].name, expected[i].name);
		assert_int_equal(u.flags.items[i].value, expected[i].value);
	}
	unit_free(&u);
}

/* What a person wrote: the name of the macro, the innermost one for a number. */
static void test_names_of_constants(void **state)
{
	unsigned shared = 0, io = 0, mine = 0, einval = 0;
	const struct node *n;
	struct unit u;

	(void)state;
	parse_text(
		flags,
		"#define MINE (VM_SHARED | 2)\nint foo(int i) { set(VM_IO | VM_SHARED); set(MINE); return -EINVAL; }",
		NULL, &u);
	for (n = u.nodes + 1; n < u.nodes + u.nr_nodes; n++) {
		if (n->kind == NODE_INT && n->value == 8) {
			assert_string_equal(n->macro, "VM_SHARED");
			shared++;
		} else if (n->kind == NODE_BINARY && n->value == 1 << 14) {
			assert_string_equal(n->macro, "VM_IO");
			io++;
		} else if (n->kind == NODE_BINARY && n->value == (8 | 2)) {
			assert_string_equal(n->macro, "MINE");
			mine++;
		} else if (n->kind == NODE_INT && n->value == 22) {
			assert_string_equal(n->macro, "EINVAL");
			einval++;
		}
	}
	assert_int_equal(shared, 2);
	assert_int_equal(io, 1);
	assert_int_equal(mine, 1);
	assert_int_equal(einval, 1);
	unit_free(&u);
}

static void test_page_shift(void **state)
{
	struct unit u;

	(void)state;
	parse_text("#define CONFIG_PAGE_SHIFT 16\n#define PAGE_SHIFT CONFIG_PAGE_SHIFT\n",
		   "int foo(void) { return 0; }", NULL, &u);
	assert_int_equal(u.page_shift, 16);
	unit_free(&u);
	parse_text("", "int foo(void) { return 0; }", NULL, &u);
	assert_int_equal(u.page_shift, 0);
	unit_free(&u);
	/* What is appended is no fault of the file's. */
	parse_text("#define PAGE_SHIFT nowhere()\n", "int foo(void) { return 0; }", NULL, &u);
	assert_int_equal(u.page_shift, 0);
	assert_int_equal(u.nr_errors, 0);
	unit_free(&u);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_macro_that_stands_for_a_function),
		cmocka_unit_test(test_inside_other_macros),
		cmocka_unit_test(test_a_macro_without_arguments),
		cmocka_unit_test(test_a_name_that_the_file_defines),
		cmocka_unit_test(test_page_protections),
		cmocka_unit_test(test_arguments),
		cmocka_unit_test(test_accesses),
		cmocka_unit_test(test_logging_keeps_its_arguments),
		cmocka_unit_test(test_logging_inside_other_macros),
		cmocka_unit_test(test_flags),
		cmocka_unit_test(test_names_of_constants),
		cmocka_unit_test(test_page_shift),
	};

	return cmocka_run_group_tests(tests, parse_setup, parse_teardown);
}
