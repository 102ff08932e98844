// SPDX-License-Identifier: GPL-2.0-only
/* Which functions are lowered with the one asked for: callees, short ones of headers, cleanups. */
#include "test_parse_fixture.h"

/* cleanup.h of Linux 7.3 in short: a guard with its alias variable, a class, a free. */
static const char cleanup[] =
	"#ifndef K_H\n#define K_H\n"
	"#define __cleanup(f) __attribute__((cleanup(f)))\n#define __unused __attribute__((unused))\n"
	"struct mutex { int m; }; void lock_it(struct mutex *, int); void mutex_unlock(struct mutex *); void kfree(void *); void *kmalloc(int);\n"
	"void put(int *); int *get(int); int f(int);\n"
	"#define mutex_lock(l) lock_it(l, 0)\n"
	"#define CLASS(_name, var) class_##_name##_t var __cleanup(class_##_name##_destructor) = class_##_name##_constructor\n"
	"#define guard(_name) CLASS(_name, scope_guard)\n"
	"#define scoped_guard_(_name, _label, args...) for (CLASS(_name, scope)(args); \\\n"
	"	class_##_name##_lock_ptr(&scope) || !class_##_name##_is_conditional; ({ goto _label; })) \\\n"
	"	if (0) { _label: break; } else\n"
	"#define scoped_guard(_name, args...) scoped_guard_(_name, out_label, args)\n"
	"#define DEFINE_GUARD(_name, _type, _lock, _unlock) \\\n"
	"static const _Bool __unused class_##_name##_is_conditional = 0; \\\n"
	"typedef struct { _type *lock; } class_##_name##_t; \\\n"
	"static inline void class_##_name##_destructor(class_##_name##_t *_T) { _unlock; } \\\n"
	"static inline void *class_##_name##_lock_ptr(class_##_name##_t *_T) { return *&_T->lock; } \\\n"
	"static inline class_##_name##_t class_##_name##_constructor(_type *l) \\\n"
	"{ class_##_name##_t _t = { .lock = l }, *_T = &_t; _lock; return _t; }\n"
	"DEFINE_GUARD(mutex, struct mutex, mutex_lock(_T->lock), mutex_unlock(_T->lock))\n"
	"static inline void __class_mutex_cleanup_ctx(class_mutex_t **_T) { }\n"
	"#define class_mutex_constructor(_T) class_mutex_constructor(_T), *alias __cleanup(__class_mutex_cleanup_ctx) = (void *)(unsigned long)(_T)\n"
	"static inline void __free_kfree(void *p) { void *_T = *(void **)p; if (_T) kfree(_T); }\n"
	"#define __free(_name) __cleanup(__free_##_name)\n"
	"typedef int *class_long_t;\n"
	"static inline void class_long_destructor(int **p) { int *t = *p; while (f(1)) put(t); }\n"
	"static inline class_long_t class_long_constructor(int n) { for (;;) { if (f(n)) return get(n); } }\n"
	"#endif\n";

static const char user[] =
	"int foo(struct mutex *m, int n) { void *p __free(kfree) = kmalloc(n); scoped_guard(mutex, m) { n++; }\n"
	"guard(mutex)(m); CLASS(long, l)(n); return n; }";

static void check_cleanups(const struct unit *u)
{
	char *dump = dump_function(u, "foo");

	assert_string_equal(
		dump,
		"(block (decl p:p64 ~__free_kfree (call kmalloc:p64 kmalloc:fn n:i32)))\n"
		"(for (block (decl scope:record ~class_mutex_destructor (call class_mutex_constructor:record "
		"class_mutex_constructor:fn m:p64)) (decl alias:p64 ~__class_mutex_cleanup_ctx (cast:p64 (cast:u64 m:p64)))) "
		"(||:i32 (call class_mutex_lock_ptr:p64 class_mutex_lock_ptr:fn (&:p64 scope:record)) "
		"(!=1:i32 class_mutex_is_conditional=0:bool)) "
		"(stmtexpr:void (block (goto out_label))) "
		"(if 0:i32 (block (label out_label (break))) (block (post++:i32 n:i32))))\n"
		"(block (decl scope_guard:record ~class_mutex_destructor (call class_mutex_constructor:record "
		"class_mutex_constructor:fn m:p64)) (decl alias:p64 ~__class_mutex_cleanup_ctx (cast:p64 (cast:u64 m:p64))))\n"
		"(block (decl l:p64 ~class_long_destructor (call class_long_constructor:p64 class_long_constructor:fn n:i32)))\n"
		"(return n:i32)\n");
	free(dump);
	dump = dump_function(u, "class_mutex_constructor");
	assert_string_equal(
		dump,
		"(block (decl _t:record (init:record (.lock@0:p64 l:p64))) (decl _T:p64 (&:p64 _t:record)))\n"
		"(call mutex_lock:void mutex_lock:fn (->lock@0:p64 _T:p64))\n"
		"(return _t:record)\n");
	free(dump);
	dump = dump_function(u, "class_mutex_destructor");
	assert_string_equal(dump,
			    "(call mutex_unlock:void mutex_unlock:fn (->lock@0:p64 _T:p64))\n");
	free(dump);
	dump = dump_function(u, "__class_mutex_cleanup_ctx");
	assert_string_equal(dump, "");
	free(dump);
	dump = dump_function(u, "__free_kfree");
	assert_string_equal(dump, "(block (decl _T:p64 (*:p64 (cast:p64 p:p64))))\n"
				  "(if _T:p64 (call kfree:void kfree:fn _T:p64))\n");
	free(dump);
	dump = dump_function(u, "class_mutex_lock_ptr");
	assert_string_equal(dump, "(return (*:p64 (&:p64 (->lock@0:p64 _T:p64))))\n");
	free(dump);
	/* Loops do not matter for what a cleanup needs. */
	assert_non_null(unit_function(u, "class_long_destructor"));
	assert_non_null(unit_function(u, "class_long_constructor"));
}

static void test_cleanups(void **state)
{
	struct unit u;

	(void)state;
	parse_text(cleanup, user, NULL, &u);
	check_cleanups(&u);
	unit_free(&u);
}

/* A precompiled header hides its functions from every visit: nothing of that shows. */
static void test_cleanups_of_a_precompiled_header(void **state)
{
	struct parse_job job = PARSE_FOO;
	char *pch = path_join(parse_top, "k.pch");
	struct strlist includes = { 0 };
	struct unit u = { 0 };

	(void)state;
	parse_write("k.h", cleanup);
	parse_write("foo.c", user);
	job.pch = pch;
	strlist_add(&job.args, "-std=gnu11");
	strlist_addf(&job.args, "-I%s", parse_top);
	strlist_add(&job.functions, "foo");
	assert_int_equal(parse_make_pch(pch, &job.args, "#include \"k.h\"\n", &includes), 0);
	assert_int_equal(includes.nr, 1);
	assert_true(str_ends(includes.items[0], "/k.h"));
	strlist_free(&includes);
	parse_file(&job, &u);
	assert_int_equal(u.nr_errors, 0);
	assert_int_equal(u.status, UNIT_FULL);
	check_cleanups(&u);
	unit_free(&u);
	strlist_free(&job.args);
	strlist_free(&job.functions);
	free(pch);
}

/* Errors that the header brings: told, and that they are in doubt; the file is good without it. */
static void test_errors_of_a_precompiled_header(void **state)
{
	struct parse_job job = PARSE_FOO;
	char *pch = path_join(parse_top, "k.pch");
	struct strlist includes = { 0 };
	struct unit u = { 0 };

	(void)state;
	parse_write("k.h", "static int mine(void) { return 0; }\n");
	parse_write("foo.c", "static long mine(void) { return 1; }\nint foo(void) { return mine(); }\n");
	strlist_add(&job.args, "-std=gnu11");
	strlist_addf(&job.args, "-I%s", parse_top);
	strlist_add(&job.functions, "foo");
	assert_int_equal(parse_make_pch(pch, &job.args, "#include \"k.h\"\n", &includes), 0);
	strlist_free(&includes);
	job.pch = pch;
	parse_file(&job, &u);
	assert_true(u.doubtful);
	assert_int_equal(u.status, UNIT_PARTIAL);
	assert_int_not_equal(u.errors.nr, 0);
	assert_null(unit_function(&u, "foo"));
	unit_free(&u);
	job.pch = NULL;
	parse_file(&job, &u);
	assert_false(u.doubtful);
	assert_int_equal(u.status, UNIT_FULL);
	assert_non_null(unit_function(&u, "foo"));
	unit_free(&u);
	/* What is the file's own is a doubt with the header only. */
	parse_write("foo.c", "int foo(void) { return nothing; }\n");
	parse_file(&job, &u);
	assert_false(u.doubtful);
	assert_int_equal(u.status, UNIT_PARTIAL);
	unit_free(&u);
	strlist_free(&job.args);
	strlist_free(&job.functions);
	free(pch);
}

/* The attribute is the variable's own, not one inside its initializer. */
static void test_whose_cleanup_it_is(void **state)
{
	(void)state;
	check(cleanup,
	      "int foo(int n) { int a __unused = ({ void *p __free(kfree) = kmalloc(n); 1; }); return a; }",
	      "(block (decl a:i32 (stmtexpr:i32 (block (block (decl p:p64 ~__free_kfree (call kmalloc:p64 kmalloc:fn n:i32))) "
	      "1:i32))))\n(return a:i32)\n");
}

static bool has(const struct unit *u, const char *name)
{
	return unit_function(u, name) != NULL;
}

static void test_which_are_read(void **state)
{
	struct unit u;

	(void)state;
	parse_text(
		"int f(int), foo(int);\nstatic inline int short_one(int i) { do { if (i) f(i); } while (0); return i; }\n"
		"static inline int looping(int i) { while (i) i--; return i; }\n"
		"static inline int really_looping(int i) { do i--; while (i); return i; }\n"
		"static inline int assembly(int i) { asm(\"\"); return i; }\n"
		"static inline int deep(int i) { return short_one(i) + short_one(i + 1); }\n"
		"static inline int atomic_read(int *i) { return *i; }\n"
		"static inline int unused(int i) { return i; }\n"
		"#define READ_IT(x) atomic_read(&(x))\n",
		"static int mine(int i) { while (i) i--; return foo(i); }\nstatic int by_pointer(int i) { return i; }\n"
		"int foo(int i) { int (*p)(int) = by_pointer; return mine(i) + looping(i) + really_looping(i) + assembly(i) + "
		"deep(i) + READ_IT(i) + p(i); }",
		NULL, &u);
	assert_true(has(&u, "short_one"));
	assert_true(has(&u, "deep"));
	assert_true(has(&u, "mine"));
	assert_true(has(&u, "by_pointer"));
	assert_false(has(&u, "looping"));
	assert_false(has(&u, "really_looping"));
	assert_false(has(&u, "assembly"));
	assert_false(has(&u, "atomic_read"));
	assert_false(has(&u, "unused"));
	unit_free(&u);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cleanups),
		cmocka_unit_test(test_cleanups_of_a_precompiled_header),
		cmocka_unit_test(test_errors_of_a_precompiled_header),
		cmocka_unit_test(test_whose_cleanup_it_is),
		cmocka_unit_test(test_which_are_read),
	};

	return cmocka_run_group_tests(tests, parse_setup, parse_teardown);
}
