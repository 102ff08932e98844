// SPDX-License-Identifier: GPL-2.0-only
/* C types on nodes, the conversions between them, members with their offsets. */
#include "test_parse_fixture.h"

#define FIXTURE \
	"typedef _Bool bool; typedef unsigned char u8; typedef unsigned long ulong; enum e { A, B = -1 };\n" \
	"struct s { int a; struct { char b; union { ulong c; u8 d; }; }; unsigned x:3, y:7; u8 v[4]; };\n" \
	"struct s make(void); int f(int); extern void *p;\n"

static void test_implicit_conversions(void **state)
{
	(void)state;
	check(FIXTURE,
	      "ulong foo(u8 u, int i, enum e e, bool q, struct s *s) {\n"
	      "i = u; u = i; q = i; q = s; i = q; return i + e; }",
	      "(=:i32 i:i32 (cast:i32 u:u8))\n"
	      "(=:u8 u:u8 (cast:u8 i:i32))\n"
	      "(=:bool q:bool (cast:bool i:i32))\n"
	      "(=:bool q:bool (cast:bool s:p64))\n"
	      "(=:i32 i:i32 (cast:i32 q:bool))\n"
	      "(return (cast:u64 (+:i32 i:i32 e:i32)))\n");
}

static void test_explicit_casts(void **state)
{
	(void)state;
	check(FIXTURE,
	      "void foo(u8 u, long l, struct s *s) {\n"
	      "l = (ulong)s; s = (void *)l; l = (typeof(u++))l; (void)u; s = (void *)0; l = (u8)300; }",
	      "(=:i64 l:i64 (cast:i64 (cast:u64 s:p64)))\n"
	      "(=:p64 s:p64 (cast:p64 l:i64))\n"
	      "(=:i64 l:i64 (cast:i64 (cast:u8 l:i64)))\n"
	      "(cast:void u:u8)\n"
	      "(=:p64 s:p64 (cast:p64 0:i32))\n"
	      "(=:i64 l:i64 (cast=44:i64 (cast=44:u8 300:i32)))\n");
}

/* No node stands for the load of a variable or the decay of an array: its type says it. */
static void test_decay(void **state)
{
	(void)state;
	check(FIXTURE,
	      "u8 *foo(struct s *s, int i) { int (*g)(int) = f; g(s->v[i]); return s->v; }",
	      "(block (decl g:p64 f:fn))\n"
	      "(call :i32 g:p64 (cast:i32 (index:u8 (->v@26:array s:p64) i:i32)))\n"
	      "(return (->v@26:array s:p64))\n");
}

static void test_members(void **state)
{
	(void)state;
	check(FIXTURE,
	      "int foo(struct s *s, struct s *t) { t->x = s->y; s->c = s->d + (*s).b; return make().a; }",
	      "(=:u32 (->x@24/3:u32 t:p64) (->y@24.3/7:u32 s:p64))\n"
	      "(=:u64 (->c@16|:u64 s:p64) (cast:u64 (+:i32 (cast:i32 (->d@16|:u8 s:p64)) "
	      "(cast:i32 (.b@8:i8 (*:record s:p64))))))\n"
	      "(return (.a@0:i32 (call make:record make:fn)))\n");
}

static void test_compound_assignment_has_the_type_of_its_left_side(void **state)
{
	(void)state;
	check(FIXTURE, "void foo(u8 u, long l) { u += l; u <<= l; u++; --u; }",
	      "(+=:u8 u:u8 l:i64)\n(<<=:u8 u:u8 l:i64)\n(post++:u8 u:u8)\n(--:u8 u:u8)\n");
}

/* The same text for a machine with 32-bit longs and pointers. */
static void test_target(void **state)
{
	(void)state;
	check_for("arm-linux-gnueabi", FIXTURE,
		  "ulong foo(struct s *s, long long i) { return (ulong)s->v + i; }",
		  "(return (cast:u32 (+:i64 (cast:i64 (cast:u32 (->v@14:array s:p32))) i:i64)))\n");
}

static void test_elements_and_declarations(void **state)
{
	const struct function *f;
	struct unit u;

	(void)state;
	parse_text(FIXTURE,
		   "struct s *foo(enum e e, bool q, u8 *b, char c) {\n"
		   "struct s *one; int many[3]; void *any; struct unknown *other; return one; }",
		   NULL, &u);
	f = unit_function(&u, "foo");
	assert_non_null(f);
	assert_int_equal(f->result.kind, CTYPE_POINTER);
	assert_int_equal(f->nr_params, 4);
	assert_int_equal(f->params[0].ctype.kind, CTYPE_INT);
	assert_true(f->params[0].ctype.is_signed);
	assert_int_equal(f->params[0].ctype.bits, 32);
	assert_int_equal(f->params[1].ctype.kind, CTYPE_BOOL);
	assert_int_equal(f->params[2].ctype.kind, CTYPE_POINTER);
	assert_int_equal(f->params[3].ctype.bits, 8);
	assert_int_equal(find_node(&u, NODE_DECL, "one")->elem, 32);
	assert_int_equal(find_node(&u, NODE_DECL, "many")->elem, 4);
	assert_int_equal(find_node(&u, NODE_DECL, "any")->elem, 1);
	assert_int_equal(find_node(&u, NODE_DECL, "other")->elem, 0);
	assert_int_equal(find_node(&u, NODE_REF, "one")->elem, 32);
	unit_free(&u);
}

/* Damage is visible and stays where it is. */
static void test_what_does_not_compile_is_unknown(void **state)
{
	struct unit u;
	char *dump;

	(void)state;
	parse_unchecked(
		FIXTURE,
		"int whole(int i) { return i; }\nint foo(int i) { whole(i); i = nowhere(i)->x + 1; i = f(); s.a = 1; return i; }",
		NULL, &u);
	assert_int_equal(u.status, UNIT_PARTIAL);
	dump = dump_function(&u, "foo");
	/* Of s.a = 1 the compiler keeps nothing. */
	assert_string_equal(
		dump,
		"(unknown code that does not compile)\n"
		"(block (call whole:i32 whole:fn i:i32) (=:i32 i:i32 (+:? (unknown expression that does not compile) 1:i32)) "
		"(=:i32 i:i32 (unknown expression that does not compile)) (return i:i32))\n");
	free(dump);
	dump = dump_function(&u, "whole");
	assert_string_equal(dump, "(return i:i32)\n");
	free(dump);
	unit_free(&u);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_implicit_conversions),
		cmocka_unit_test(test_explicit_casts),
		cmocka_unit_test(test_decay),
		cmocka_unit_test(test_members),
		cmocka_unit_test(test_compound_assignment_has_the_type_of_its_left_side),
		cmocka_unit_test(test_target),
		cmocka_unit_test(test_elements_and_declarations),
		cmocka_unit_test(test_what_does_not_compile_is_unknown),
	};

	return cmocka_run_group_tests(tests, parse_setup, parse_teardown);
}
