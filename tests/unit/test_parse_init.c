// SPDX-License-Identifier: GPL-2.0-only
/* Initializers: every value of a record with its field, every array index by value. */
#include "test_parse_fixture.h"

#define H \
	"struct in { int a; long b; };\n" \
	"struct s { int x; struct in in; struct { char c; union { long u; int v; }; }; int arr[4]; unsigned q:3, :2, w:4; };\n" \
	"typedef struct { unsigned long pgprot; } pgprot_t; struct s make(void); void take(struct in *); void val(pgprot_t);\n"

static void test_designated(void **state)
{
	(void)state;
	check(H,
	      "void foo(unsigned char k) { struct s s = { .in = { .b = k }, .x = 1, .u = 3, .w = 2 }; }",
	      "(block (decl s:record (init:record (.in@8:record (init:record (.b@8:i64 (cast:i64 k:u8)))) "
	      "(.x@0:i32 1:i32) (.u@32|:i64 (cast=3:i64 3:i32)) (.w@56.5/4:u32 (cast=2:u32 2:i32)))))\n");
}

/* Without designators the fields are named all the same; what is left out is not there. */
static void test_in_order(void **state)
{
	(void)state;
	check(H,
	      "void foo(int i) { struct s s = { i, { 2, 3 }, { 'c', { 4 } }, { 5, 6 }, 7, 1 }; struct in e = {}, z = { 0 }; }",
	      "(block (decl s:record (init:record (.x@0:i32 i:i32) "
	      "(.in@8:record (init:record (.a@0:i32 2:i32) (.b@8:i64 (cast=3:i64 3:i32)))) "
	      "(.c@24:i8 (cast=99:i8 99:i32)) (.u@32|:i64 (cast=4:i64 4:i32)) "
	      "(.arr@40:array (init:array 5:i32 6:i32)) (.q@56/3:u32 (cast=7:u32 7:i32)) "
	      "(.w@56.5/4:u32 (cast=1:u32 1:i32)))))\n(block (decl e:record (init:record)) (decl z:record (init:record)))\n");
}

static void test_mixed_and_nested(void **state)
{
	(void)state;
	check(H,
	      "void foo(void) { struct s s = { .in.a = 1, .in.b = 2, { 'x' }, .arr[2] = 9, .x = 4 }; }",
	      "(block (decl s:record (init:record (.in@8:record (init:record (.a@0:i32 1:i32) "
	      "(.b@8:i64 (cast=2:i64 2:i32)))) (.c@24:i8 (cast=120:i8 120:i32)) "
	      "(.arr@40:array (init:array (.2:i32 9:i32))) (.x@0:i32 4:i32))))\n");
}

static void test_arrays(void **state)
{
	(void)state;
	check(H,
	      "void foo(int k) { int a[] = { 1, k }, b[5] = { 1, [3] = k, 6 }; struct in c[2] = { [1] = { .a = 3 } };\n"
	      "char t[] = \"ab\"; int z[3] = { 0 }; int one = { k }; }",
	      "(block (decl a:array (init:array 1:i32 k:i32)) "
	      "(decl b:array (init:array 1:i32 (.3:i32 k:i32) (.4:i32 6:i32))))\n"
	      "(block (decl c:array (init:array (.1:record (init:record (.a@0:i32 3:i32))))))\n"
	      "(block (decl t:array (string:array)))\n"
	      "(block (decl z:array (init:array)))\n"
	      "(block (decl one:i32 k:i32))\n");
}

static void test_compound_literals(void **state)
{
	(void)state;
	check(H,
	      "void foo(int i) { take(&(struct in){ .a = i }); val((pgprot_t){ i }); struct in *p = (struct in[2]){ { 1 } };\n"
	      "struct s s = make(); s.in = (struct in){ }; i = (int){ 5 }; }",
	      "(call take:void take:fn (&:p64 (init:record (.a@0:i32 i:i32))))\n"
	      "(call val:void val:fn (init:record (.pgprot@0:u64 (cast:u64 i:i32))))\n"
	      "(block (decl p:p64 (init:array (init:record (.a@0:i32 1:i32)))))\n"
	      "(block (decl s:record (call make:record make:fn)))\n"
	      "(=:record (.in@8:record s:record) (init:record))\n"
	      "(=:i32 i:i32 5:i32)\n");
}

/* Braces left out, and a range of indices: not followed, and said so. */
static void test_what_is_not_followed(void **state)
{
	(void)state;
	check(H,
	      "void foo(int k) { struct s s = { 1, k, 3 }; int r[4] = { [0 ... 2] = k }; struct in b[2] = { k, 2 }; }",
	      "(block (decl s:record (unknown initializer without all its braces (.x@0:i32 1:i32))))\n"
	      "(block (decl r:array (unknown initializer without all its braces)))\n"
	      "(block (decl b:array (unknown initializer without all its braces)))\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_designated),
		cmocka_unit_test(test_in_order),
		cmocka_unit_test(test_mixed_and_nested),
		cmocka_unit_test(test_arrays),
		cmocka_unit_test(test_compound_literals),
		cmocka_unit_test(test_what_is_not_followed),
	};

	return cmocka_run_group_tests(tests, parse_setup, parse_teardown);
}
