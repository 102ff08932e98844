// SPDX-License-Identifier: GPL-2.0-only
/* Constants fold; nothing that has an effect folds with them. */
#include "test_parse_fixture.h"

#define H \
	"int f(int); struct s { int a; struct { long b[4]; }; }; static const int seven = 7; static int eight = 8;\n" \
	"extern const int outside; typedef unsigned char u8;\n"

static void test_what_folds(void **state)
{
	(void)state;
	check(H,
	      "void foo(long l, int i, struct s *s) { l = sizeof(*s) + 1; l = __builtin_offsetof(struct s, b[2]);\n"
	      "l = __builtin_types_compatible_p(__typeof__(i), int); l = !__builtin_types_compatible_p(__typeof__(&i), int);\n"
	      "l = seven + 1; l = -(u8)255; l = _Alignof(long) * 2; l = __builtin_expect(!!(sizeof(l) == 8), 1);\n"
	      "l = 0xffffffffu; l = 1UL << 63; l = 'a'; }",
	      "(=:i64 l:i64 (cast=41:i64 (+=41:u64 40:u64 (cast=1:u64 1:i32))))\n"
	      "(=:i64 l:i64 (cast=24:i64 24:u64))\n"
	      "(=:i64 l:i64 (cast=1:i64 1:i32))\n"
	      "(=:i64 l:i64 (cast=1:i64 (!=1:i32 0:i32)))\n"
	      "(=:i64 l:i64 (cast=8:i64 (+=8:i32 seven=7:i32 1:i32)))\n"
	      "(=:i64 l:i64 (cast=-255:i64 (-=-255:i32 (cast=255:i32 (cast=255:u8 255:i32)))))\n"
	      "(=:i64 l:i64 (cast=16:i64 (*=16:u64 8:u64 (cast=2:u64 2:i32))))\n"
	      "(=:i64 l:i64 (cast=1:i64 (!=1:i32 (!=0:i32 (===1:i32 8:u64 (cast=8:u64 8:i32))))))\n"
	      "(=:i64 l:i64 (cast=4294967295:i64 4294967295:u32))\n"
	      "(=:i64 l:i64 (cast=-9223372036854775808:i64 (<<=-9223372036854775808:u64 1:u64 63:i32)))\n"
	      "(=:i64 l:i64 (cast=97:i64 97:i32))\n");
}

/* libclang says 5, 0 and 1 for the first three and forgets the calls. */
static void test_effects_stay(void **state)
{
	(void)state;
	check(H,
	      "int foo(int i) { i = (f(1), 5); i = f(2) && 0; i = f(3) || 1; i = ({ f(4); 6; }); i = i++ * 0;\n"
	      "i = sizeof(f(5)); i = eight; i = outside; return (i = 4) ? 1 : 1; }",
	      "(=:i32 i:i32 (,:i32 (call f:i32 f:fn 1:i32) 5:i32))\n"
	      "(=:i32 i:i32 (&&:i32 (call f:i32 f:fn 2:i32) 0:i32))\n"
	      "(=:i32 i:i32 (||:i32 (call f:i32 f:fn 3:i32) 1:i32))\n"
	      "(=:i32 i:i32 (stmtexpr:i32 (block (call f:i32 f:fn 4:i32) 6:i32)))\n"
	      "(=:i32 i:i32 (*:i32 (post++:i32 i:i32) 0:i32))\n"
	      "(=:i32 i:i32 (cast=4:i32 4:u64))\n"
	      "(=:i32 i:i32 eight:i32)\n"
	      "(=:i32 i:i32 outside:i32)\n"
	      "(return (cond:i32 (=:i32 i:i32 4:i32) 1:i32 1:i32))\n");
}

static void test_chosen_by_the_compiler(void **state)
{
	(void)state;
	check(H,
	      "void foo(int i, struct s *s, const struct s *c, long l) {\n"
	      "i = __builtin_choose_expr(sizeof(i) == 4, f(1), f(2));\n"
	      "l = _Generic(i, long: f(1), int: (u8)f(2), default: 3);\n"
	      "c = _Generic(s, const struct s *: (const struct s *)f, struct s *: (struct s *)c);\n"
	      "i = _Generic(l, long: f(1), int: f(2));\n"
	      "i = _Generic(l, long: 1, int: 2);\n"
	      "i = __builtin_constant_p(3); i = __builtin_constant_p(f(6)) ? 1 : f(7); }",
	      "(=:i32 i:i32 (call f:i32 f:fn 1:i32))\n"
	      "(=:i64 l:i64 (cast:i64 (cast:u8 (call f:i32 f:fn 2:i32))))\n"
	      "(=:p64 c:p64 (cast:p64 c:p64))\n"
	      "(=:i32 i:i32 (unknown _Generic))\n"
	      "(=:i32 i:i32 1:i32)\n"
	      "(=:i32 i:i32 1:i32)\n"
	      "(=:i32 i:i32 (cond:i32 0:i32 1:i32 (call f:i32 f:fn 7:i32)))\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_folds),
		cmocka_unit_test(test_effects_stay),
		cmocka_unit_test(test_chosen_by_the_compiler),
	};

	return cmocka_run_group_tests(tests, parse_setup, parse_teardown);
}
