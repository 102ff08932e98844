// SPDX-License-Identifier: GPL-2.0-only
/* Statements and the expressions that hold statements, as nodes. */
#include "test_parse_fixture.h"

#define H "int f(int); void g(void);\n"

/* An absent part of a for leaves no trace in libclang's tree; here it is a NULLSTMT. */
static void test_for_has_four_children(void **state)
{
	(void)state;
	check(H,
	      "void foo(int i) { for (;;) break; for (i = 0;;) break; for (; i < 3;) g(); for (;; i++) break;\n"
	      "for (i = 0; i < 3;) g(); for (i = 0;; i++) break; for (; f(i); i++) g();\n"
	      "for (int k = 0; k < 3; k++) g(); }",
	      "(for (nullstmt) (nullstmt) (nullstmt) (break))\n"
	      "(for (=:i32 i:i32 0:i32) (nullstmt) (nullstmt) (break))\n"
	      "(for (nullstmt) (<:i32 i:i32 3:i32) (nullstmt) (call g:void g:fn))\n"
	      "(for (nullstmt) (nullstmt) (post++:i32 i:i32) (break))\n"
	      "(for (=:i32 i:i32 0:i32) (<:i32 i:i32 3:i32) (nullstmt) (call g:void g:fn))\n"
	      "(for (=:i32 i:i32 0:i32) (nullstmt) (post++:i32 i:i32) (break))\n"
	      "(for (nullstmt) (call f:i32 f:fn i:i32) (post++:i32 i:i32) (call g:void g:fn))\n"
	      "(for (block (decl k:i32 0:i32)) (<:i32 k:i32 3:i32) (post++:i32 k:i32) (call g:void g:fn))\n");
}

/* Out of macros, in statement expressions, beside strings that look like one. */
static void test_for_in_odd_places(void **state)
{
	(void)state;
	check("#define EACH(i, n) for ((i) = 0; (i) < (n);)\n#define EVER for (;;)\nvoid p(const char *);\n",
	      "void foo(int i) { p(\"for (i; \\\" ;) ';\"); p(&\"for (;\"[i != ';']); EACH(i, 3) i++; EVER break;\n"
	      "i = ({ for (; i;) i--; i; }); for (;i < ';';) break; }",
	      "(call p:void p:fn (string:array))\n"
	      "(call p:void p:fn (&:p64 (index:i8 (string:array) (!=:i32 i:i32 59:i32))))\n"
	      "(for (=:i32 i:i32 0:i32) (<:i32 i:i32 3:i32) (nullstmt) (post++:i32 i:i32))\n"
	      "(for (nullstmt) (nullstmt) (nullstmt) (break))\n"
	      "(=:i32 i:i32 (stmtexpr:i32 (block (for (nullstmt) i:i32 (nullstmt) (post--:i32 i:i32)) i:i32)))\n"
	      "(for (nullstmt) (<:i32 i:i32 59:i32) (nullstmt) (break))\n");
}

static void test_switch(void **state)
{
	(void)state;
	check(H "enum e { A, B };\n",
	      "int foo(enum e e) { switch (e) { case A: case B: g(); __attribute__((fallthrough));\n"
	      "case 4 ... 7: break; default: return 1; } return 0; }",
	      "(switch e:u32 (block (case (cast=0:u32 A=0:i32) (case (cast=1:u32 B=1:i32) (call g:void g:fn))) "
	      "(nullstmt) (case (cast=4:u32 4:i32) (cast=7:u32 7:i32) (break)) (default (return 1:i32))))\n"
	      "(return 0:i32)\n");
}

static void test_jumps_and_loops(void **state)
{
	(void)state;
	check(H,
	      "int foo(int i) { while (i) { if (f(i)) goto out; else continue; } do g(); while (0);\n"
	      "out: if (i) return 1; return ({ int k = f(i); k + 1; }); }",
	      "(while i:i32 (block (if (call f:i32 f:fn i:i32) (goto out) (continue))))\n"
	      "(do (call g:void g:fn) 0:i32)\n"
	      "(label out (if i:i32 (return 1:i32)))\n"
	      "(return (stmtexpr:i32 (block (block (decl k:i32 (call f:i32 f:fn i:i32))) (+:i32 k:i32 1:i32))))\n");
}

static void test_operators(void **state)
{
	(void)state;
	check(H,
	      "int foo(int i, int *p) { i = (g(), 3); i = i ? 1 : 2; i = f(i) ?: 5; i = p && !i; *p = ~i, 1[p] = -i;\n"
	      "i = __extension__ (i); return p ? *p : 0; }",
	      "(=:i32 i:i32 (,:i32 (call g:void g:fn) 3:i32))\n"
	      "(=:i32 i:i32 (cond:i32 i:i32 1:i32 2:i32))\n"
	      "(=:i32 i:i32 (cond ?::i32 (call f:i32 f:fn i:i32) 5:i32))\n"
	      "(=:i32 i:i32 (&&:i32 p:p64 (!:i32 i:i32)))\n"
	      "(,:i32 (=:i32 (*:i32 p:p64) (~:i32 i:i32)) (=:i32 (index:i32 p:p64 1:i32) (-:i32 i:i32)))\n"
	      "(=:i32 i:i32 i:i32)\n"
	      "(return (cond:i32 p:p64 (*:i32 p:p64) 0:i32))\n");
}

/* What has no model is named, with what it is. */
static void test_unknown(void **state)
{
	(void)state;
	check(H "double d(void);\n",
	      "int foo(int i, ...) { void *p = &&a; __builtin_va_list l; goto *p; a:\n"
	      "i = __builtin_va_arg(l, int); i = __atomic_load_n(&i, 0); d(); return i; }",
	      "(block (decl p:p64 (unknown AddrLabelExpr)))\n"
	      "(block (decl l:array))\n"
	      "(unknown IndirectGotoStmt)\n"
	      "(label a (=:i32 i:i32 (unknown __builtin_va_arg)))\n"
	      "(=:i32 i:i32 (unknown __atomic_load_n))\n"
	      "(call d:? d:fn)\n"
	      "(return i:i32)\n");
}

static void test_asm(void **state)
{
	(void)state;
	check(H,
	      "void foo(int i) { asm volatile(\"asm goto\" : \"=r\"(i) : \"r\"(i + 1)); asm goto(\"\" : : : : out);\n"
	      "asm(\"\"); out: ; }",
	      "(asm i:i32 (+:i32 i:i32 1:i32))\n(asm goto)\n(asm)\n(label out (nullstmt))\n");
}

static void test_variables_and_their_storage(void **state)
{
	struct unit u;

	(void)state;
	parse_text("extern int there; static int here;\n",
		   "int foo(int p) { extern int there2; static int once = 3; int l;\n"
		   "_Static_assert(1, \"\"); return there + here + there2 + once + l + p; }",
		   NULL, &u);
	assert_int_equal(find_node(&u, NODE_REF, "there")->ref, REF_GLOBAL);
	assert_int_equal(find_node(&u, NODE_REF, "here")->ref, REF_GLOBAL);
	assert_int_equal(find_node(&u, NODE_REF, "there2")->ref, REF_GLOBAL);
	assert_int_equal(find_node(&u, NODE_REF, "once")->ref, REF_STATIC_LOCAL);
	assert_int_equal(find_node(&u, NODE_DECL, "once")->ref, REF_STATIC_LOCAL);
	assert_int_equal(find_node(&u, NODE_REF, "l")->ref, REF_LOCAL);
	assert_int_equal(find_node(&u, NODE_REF, "p")->ref, REF_PARAM);
	assert_null(find_node(&u, NODE_DECL, "there2"));
	unit_free(&u);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_for_has_four_children),
		cmocka_unit_test(test_for_in_odd_places),
		cmocka_unit_test(test_switch),
		cmocka_unit_test(test_jumps_and_loops),
		cmocka_unit_test(test_operators),
		cmocka_unit_test(test_unknown),
		cmocka_unit_test(test_asm),
		cmocka_unit_test(test_variables_and_their_storage),
	};

	return cmocka_run_group_tests(tests, parse_setup, parse_teardown);
}
