// SPDX-License-Identifier: GPL-2.0-only
/* Terms: what becomes one term, and what stays apart. */
#include "test_term_short.h"

static void equal_terms_are_one(void **state)
{
	term_t args[2] = { sym("a"), sym("b") };

	(void)state;
	same(sym("a"), sym("a"));
	apart(sym("a"), sym("b"));
	apart(var("a", INT), var("a", u32));
	apart(term_fresh(t, "asm", INT), term_fresh(t, "asm", INT));
	same(op(TERM_ADD, sym("a"), sym("b")), op(TERM_ADD, sym("b"), sym("a")));
	apart(op(TERM_SUB, sym("a"), sym("b")), op(TERM_SUB, sym("b"), sym("a")));
	same(term_call(t, "f", 0, args, 2, 0, INT), term_call(t, "f", 0, args, 2, 0, INT));
	apart(term_call(t, "f", 0, args, 2, 0, INT), term_call(t, "f", 0, args, 1, 0, INT));
	apart(term_call(t, "f", 0, args, 2, 1, INT), term_call(t, "f", 0, args, 2, 2, INT));
	apart(term_load(t, sym("p"), 0, INT), term_load(t, sym("p"), 1, INT));
	assert_int_equal(term_const(t, 0x1234, u8), term_const(t, 0x34, u8));
}

static void many_terms_are_found_again(void **state)
{
	static term_t terms[5000];
	char name[32];
	size_t i, round;

	(void)state;
	for (round = 0; round < 2; round++) {
		for (i = 0; i < 5000; i++) {
			snprintf(name, sizeof(name), "x%zu", i / 2);
			if (!round)
				terms[i] = op(TERM_ADD, sym(name), k(i % 2 + 1));
			else
				assert_int_equal(terms[i], op(TERM_ADD, sym(name), k(i % 2 + 1)));
		}
	}
}

static void sums_cancel(void **state)
{
	term_t x = sym("x"), y = sym("y"), i = var("i", INT), j = var("j", INT);

	(void)state;
	same(op(TERM_ADD, x, k(0)), x);
	same(op(TERM_SUB, x, x), k(0));
	same(op(TERM_ADD, op(TERM_SUB, x, k(3)), k(5)), op(TERM_ADD, x, k(2)));
	same(op(TERM_SUB, op(TERM_ADD, x, k(3)), k(3)), x);
	same(op(TERM_ADD, op(TERM_SUB, x, y), y), x);
	same(op(TERM_ADD, y, op(TERM_SUB, x, y)), x);
	same(op(TERM_SUB, op(TERM_ADD, x, y), x), y);
	same(op(TERM_SUB, op(TERM_SUB, x, k(1)), y), op(TERM_SUB, op(TERM_SUB, x, y), k(1)));
	same(op(TERM_SUB, op(TERM_ADD, x, k(7)), op(TERM_ADD, x, k(2))), k(5));
	same(op(TERM_SUB, k(9), op(TERM_ADD, x, k(2))), op(TERM_SUB, k(7), x));
	same(op(TERM_NEG, op(TERM_NEG, x, 0), 0), x);
	same(op(TERM_NEG, op(TERM_SUB, x, y), 0), op(TERM_SUB, y, x));
	same(op(TERM_MUL, x, k(0)), k(0));
	same(op(TERM_MUL, x, k(1)), x);
	same(op(TERM_MUL, x, k(4096)), op(TERM_SHL, x, k(12)));
	same(op(TERM_UDIV, x, k(4096)), op(TERM_LSHR, x, k(12)));
	same(op(TERM_UREM, x, k(4096)), and(x, 4095));
	apart(op(TERM_SDIV, x, k(4096)), op(TERM_LSHR, x, k(12)));
	/* At int's width, with int's type. */
	same(iop(TERM_ADD, iop(TERM_ADD, i, term_const(t, 0x7fffffff, INT)), term_const(t, 1, INT)),
	     iop(TERM_SUB, i, term_const(t, 0x80000000, INT)));
	same(iop(TERM_SUB, iop(TERM_ADD, i, j), j), i);
	assert_true(ctype_equal(term_at(t, iop(TERM_ADD, i, j))->type, INT));
}

static void what_c_leaves_undefined_stays(void **state)
{
	term_t x = sym("x"), shifted = op(TERM_SHL, k(1), k(64)),
	       divided = op(TERM_UDIV, k(1), k(0));
	struct ctype i = INT;
	term_t least = term_const(t, 0x80000000, i), minus = term_const(t, UINT64_MAX, i);

	(void)state;
	assert_int_equal(term_at(t, shifted)->op, TERM_SHL);
	assert_int_equal(term_at(t, op(TERM_LSHR, x, k(64)))->op, TERM_LSHR);
	assert_int_equal(term_at(t, divided)->op, TERM_UDIV);
	assert_int_equal(term_at(t, op(TERM_UREM, x, k(0)))->op, TERM_UREM);
	assert_int_equal(term_at(t, term_strip(t, iop(TERM_SDIV, least, minus)))->op, TERM_SDIV);
	same(iop(TERM_SDIV, term_const(t, (uint64_t)-7, i), term_const(t, 2, i)),
	     term_const(t, (uint64_t)-3, i));
	same(iop(TERM_SREM, term_const(t, (uint64_t)-7, i), term_const(t, 2, i)),
	     term_const(t, (uint64_t)-1, i));
}

static void shifts_lose_bits(void **state)
{
	term_t x = sym("x"), up = op(TERM_SHL, x, k(12));

	(void)state;
	apart(op(TERM_LSHR, up, k(12)), x);
	apart(op(TERM_SHL, op(TERM_LSHR, x, k(12)), k(12)), x);
	same(op(TERM_SHL, up, k(4)), op(TERM_SHL, x, k(16)));
	same(op(TERM_SHL, up, k(60)), k(0));
	same(op(TERM_LSHR, op(TERM_SHL, and(x, 0xff), k(12)), k(12)), and(x, 0xff));
	same(op(TERM_SHL, op(TERM_LSHR, up, k(12)), k(12)), up);
	/* The amount has its own type. */
	same(op(TERM_SHL, x, term_const(t, 12, INT)), up);
	same(op(TERM_ASHR, op(TERM_LSHR, x, k(1)), k(1)), op(TERM_LSHR, x, k(2)));
}

static void pages_of_the_request_are_whole(void **state)
{
	term_t pages;

	(void)state;
	pages = op(TERM_LSHR, size(), k(12));
	apart(op(TERM_SHL, pages, k(12)), size());
	t->page_shift = 12;
	same(op(TERM_SHL, pages, k(12)), size());
	same(and(sym("start"), 0xfff), k(0));
	same(and(op(TERM_ADD, sym("end"), k(0x3000)), 0xfff), k(0));
	apart(and(sym("pgoff"), 0xfff), k(0));
	apart(op(TERM_SHL, op(TERM_LSHR, size(), k(13)), k(13)), size());
}

static void masks_have_one_form(void **state)
{
	term_t f = sym("flags"), y = sym("y");

	(void)state;
	same(and(f, UINT64_MAX), f);
	same(and(f, 0), k(0));
	same(or (f, 0), f);
	same(op(TERM_AND, f, f), f);
	same(op(TERM_OR, f, f), f);
	same(op(TERM_XOR, f, f), k(0));
	same(op(TERM_AND, f, op(TERM_BNOT, f, 0)), k(0));
	same(op(TERM_BNOT, op(TERM_BNOT, f, 0), 0), f);
	same(and(and(f, 0xff), 0xf0), and(f, 0xf0));
	same(and(and(f, 0x0f), 0xf0), k(0));
	same(or (or (f, 1), 2), or (f, 3));
	same(and(or (f, 8), 8), k(8));
	same(and(or (f, 8), 2), and(f, 2));
	same(or (and(f, ~8ul), 8), or (f, 8));
	same(and(or (f, 8), ~8ul), and(f, ~8ul));
	same(or (and(or (f, 8), ~8ul), 8), or (f, 8));
	same(and(or (and(f, ~2ul), 8), 2), k(0));
	same(op(TERM_AND, and(f, 3), y), and(op(TERM_AND, f, y), 3));
	same(op(TERM_AND, f, op(TERM_OR, f, y)), f);
	same(op(TERM_XOR, op(TERM_XOR, f, y), y), f);
}

static void a_bit_test_has_one_form(void **state)
{
	term_t f = sym("flags"), test = ne(and(f, 8), k(0));

	(void)state;
	same(eq(and(f, 8), k(8)), test);
	same(term_truth(t, and(f, 8)), test);
	same(op(TERM_ULT, k(0), and(f, 8)), test);
	same(op(TERM_SLT, k(0), and(f, 8)), test);
	same(op(TERM_ULE, k(1), and(f, 8)), test);
	same(op(TERM_ULE, k(8), and(f, 8)), test);
	same(ne(and(op(TERM_LSHR, f, k(3)), 1), k(0)), test);
	same(ne(op(TERM_LSHR, and(f, 8), k(3)), k(0)), test);
	same(term_truth(t, term_not(t, term_not(t, to(and(f, 8), INT)))), test);
	same(ne(to(iop(TERM_AND, to(f, INT), term_const(t, 8, INT)), U64), k(0)), test);
	same(ne(to(term_truth(t, and(f, 8)), INT), term_const(t, 0, INT)), test);
	same(to(to(and(f, 8), ctype_bool), ctype_bool), test);
	no(eq(and(f, 8), k(4)));
	/* Of two bits it is another question. */
	apart(eq(and(f, 10), k(10)), ne(and(f, 10), k(0)));
}

static void casts_compose(void **state)
{
	term_t x = sym("x"), i = var("i", INT), b = var("b", u8), c = var("c", u32),
	       w = var("w", u16);
	term_t long_i = to(i, s64);

	(void)state;
	same(to(to(b, U64), u8), b);
	same(to(to(b, U64), u16), to(b, u16));
	same(to(to(b, u16), U64), to(b, U64));
	same(to(to(x, u32), u8), to(x, u8));
	same(to(long_i, INT), i);
	same(to(to(i, u32), INT), i);
	apart(to(to(i, u32), U64), to(i, U64));
	same(to(to(b, INT), s64), to(b, s64));
	same(to(to(and(x, 0xff), u8), U64), and(x, 0xff));
	apart(to(to(x, u8), U64), x);
	same(to(term_const(t, 0xff, u8), INT), term_const(t, 0xff, INT));
	same(to(term_const(t, 0xffffffff, INT), U64), k(UINT64_MAX));
	same(to(term_const(t, 0x100, INT), ctype_bool), term_const(t, 1, ctype_bool));
	assert_true(ctype_equal(term_at(t, to(i, u32))->type, u32));
	assert_true(ctype_equal(term_at(t, to(to(w, INT), u32))->type, u32));
	/* An operation does not see the type, only the bits. */
	same(eq(to(i, u32), c), eq(i, c));
	/* What has no width stays itself. */
	same(to(term_load(t, x, 0, record), U64), term_load(t, x, 0, record));
}

static void comparisons_go_narrow(void **state)
{
	term_t a = var("a", u8), b = var("b", u8), i = var("i", INT), j = var("j", INT),
	       w = var("w", u16);
	term_t p = eq(sym("x"), sym("y")), ai = to(a, INT), bi = to(b, INT);

	(void)state;
	same(op(TERM_SLT, ai, bi), op(TERM_ULT, a, b));
	same(eq(to(i, s64), to(j, s64)), eq(i, j));
	same(op(TERM_ULT, to(i, U64), to(j, U64)), op(TERM_ULT, i, j));
	same(op(TERM_SLT, to(i, s64), to(j, s64)), op(TERM_SLT, i, j));
	same(op(TERM_SLT, ai, to(w, INT)), op(TERM_ULT, to(a, u16), w));
	same(eq(ai, term_const(t, 7, INT)), eq(a, term_const(t, 7, u8)));
	no(eq(ai, term_const(t, 256, INT)));
	yes(op(TERM_SLT, ai, term_const(t, 256, INT)));
	no(op(TERM_SLT, ai, term_const(t, 0, INT)));
	yes(op(TERM_SLT, term_const(t, UINT64_MAX, INT), ai));
	no(op(TERM_SLE, term_const(t, 256, INT), ai));
	same(op(TERM_SLT, to(i, s64), term_const(t, UINT64_MAX, s64)),
	     op(TERM_SLT, i, term_const(t, UINT64_MAX, INT)));
	yes(op(TERM_SLT, to(i, s64), term_const(t, 1ul << 40, s64)));
	no(op(TERM_SLT, to(i, s64), term_const(t, -(1ul << 40), s64)));
	yes(op(TERM_SLT, term_const(t, -(1ul << 40), s64), to(i, s64)));
	/* A negative int is huge as unsigned long. */
	assert_int_equal(term_at(t, op(TERM_ULT, k(1ul << 40), to(i, U64)))->op, TERM_ULT);
	no(op(TERM_ULT, sym("x"), k(0)));
	yes(op(TERM_ULE, sym("x"), k(UINT64_MAX)));
	no(op(TERM_ULT, sym("x"), sym("x")));
	same(op(TERM_ULT, sym("x"), k(1)), eq(sym("x"), k(0)));
	same(eq(to(p, INT), term_const(t, 0, INT)), term_not(t, p));
	same(eq(to(p, INT), term_const(t, 1, INT)), p);
	no(eq(to(p, INT), term_const(t, 2, INT)));
	same(iop(TERM_AND, to(p, INT), term_const(t, 1, INT)), to(p, INT));
}

static void equations_are_solved(void **state)
{
	term_t x = sym("x"), y = sym("y");

	(void)state;
	yes(eq(x, x));
	no(eq(op(TERM_ADD, x, k(1)), x));
	same(eq(op(TERM_SUB, x, y), k(0)), eq(x, y));
	same(eq(op(TERM_XOR, x, y), k(0)), eq(x, y));
	same(eq(op(TERM_ADD, x, k(3)), k(10)), eq(x, k(7)));
	same(eq(op(TERM_SUB, k(3), x), k(10)), eq(x, k(-7ul)));
	same(eq(op(TERM_ADD, x, y), y), eq(x, k(0)));
	same(eq(k(7), x), eq(x, k(7)));
	same(eq(op(TERM_ADD, x, k(3)), op(TERM_ADD, y, k(3))), eq(x, y));
	no(eq(op(TERM_SHL, x, k(3)), k(4)));
}

static void conditions_combine(void **state)
{
	term_t p = eq(sym("x"), k(1)), q = op(TERM_ULT, sym("x"), sym("y")), r = eq(sym("z"), k(0));
	term_t one = term_const(t, 1, INT), zero = term_const(t, 0, INT), i = var("i", INT);

	(void)state;
	same(term_not(t, term_not(t, p)), p);
	same(term_not(t, q), op(TERM_ULE, sym("y"), sym("x")));
	same(term_not(t, op(TERM_SLE, i, one)), op(TERM_SLT, one, i));
	same(op(TERM_LAND, p, p), p);
	no(op(TERM_LAND, p, term_not(t, p)));
	yes(op(TERM_LOR, q, term_not(t, q)));
	same(op(TERM_LAND, p, one), p);
	no(op(TERM_LAND, p, zero));
	yes(op(TERM_LOR, p, one));
	same(op(TERM_LAND, p, op(TERM_LOR, p, q)), p);
	no(op(TERM_LAND, term_not(t, p), op(TERM_LAND, p, q)));
	same(op(TERM_LAND, p, op(TERM_LAND, p, q)), op(TERM_LAND, p, q));
	same(term_ite(t, p, i, i), i);
	same(term_ite(t, p, one, zero), to(p, INT));
	same(term_ite(t, p, zero, one), to(term_not(t, p), INT));
	same(term_ite(t, term_not(t, p), i, one), term_ite(t, p, one, i));
	same(term_ite(t, p, q, term_const(t, 0, ctype_bool)), op(TERM_LAND, p, q));
	same(term_ite(t, p, term_ite(t, p, i, one), zero), term_ite(t, p, i, zero));
	same(term_truth(t, term_ite(t, p, zero, i)),
	     op(TERM_LAND, term_not(t, p), term_truth(t, i)));
	same(term_truth(t, iop(TERM_AND, to(q, INT), to(r, INT))), op(TERM_LAND, q, r));
	same(term_not(t, op(TERM_LAND, p, term_not(t, r))), op(TERM_LOR, term_not(t, p), r));
	same(term_not(t, term_not(t, op(TERM_LOR, p, r))), op(TERM_LOR, p, r));
	yes(term_truth(t, term_ite(t, p, one, term_const(t, 2, INT))));
}

static void addresses_come_back(void **state)
{
	struct ctype ptr = ctype_pointer;
	term_t p = term_load(t, sym("q"), 0, ptr), f = term_field(t, p, "base", 24);
	term_t g = term_field(t, f, "inner", 16), table = term_global(t, "table"),
	       other = term_global(t, "other");
	term_t local = term_local(t, "x", 1), i = var("i", INT);
	int64_t offset;

	(void)state;
	same(term_op(t, TERM_SUB, f, k(24), ptr), p);
	same(term_op(t, TERM_SUB, g, k(40), ptr), p);
	same(term_op(t, TERM_SUB, g, k(16), ptr), f);
	same(to(op(TERM_SUB, to(f, U64), k(24)), ptr), p);
	same(op(TERM_SUB, g, p), k(40));
	yes(eq(term_field(t, p, "a", 8), term_field(t, p, "b", 8)));
	no(eq(f, p));
	no(eq(table, other));
	no(eq(table, term_const(t, 0, ptr)));
	no(eq(local, table));
	no(eq(local, term_local(t, "x", 2)));
	no(eq(term_field(t, local, "first", 0), term_const(t, 0, ptr)));
	assert_int_equal(term_at(t, eq(p, table))->op, TERM_EQ);
	assert_int_equal(term_at(t, eq(f, term_const(t, 0, ptr)))->op, TERM_EQ);
	/* p[0], p + i + j, array[0] */
	same(term_element(t, p, term_const(t, 0, INT), 8), p);
	same(term_element(t, term_element(t, p, k(1), 8), term_const(t, UINT64_MAX, INT), 8), p);
	apart(term_element(t, table, k(0), 8), table);
	yes(eq(term_element(t, table, k(0), 8), table));
	same(term_element(t, p, i, 8), term_element(t, p, to(i, s64), 8));
	same(term_base(t, term_field(t, term_element(t, f, k(2), 32), "m", 4), &offset), p);
	assert_int_equal(offset, 24 + 64 + 4);
	same(term_base(t, term_element(t, p, term_const(t, UINT64_MAX, INT), 8), &offset), p);
	assert_int_equal(offset, -8);
	same(term_field(t, term_const(t, 0, ptr), "m", 48), term_const(t, 48, ptr));
	t->pointer_bits = 32;
	assert_int_equal(term_at(t, term_global(t, "small"))->type.bits, 32);
}

static void records_never_fold(void **state)
{
	term_t prot = term_symbol(t, "prot", record),
	       q = term_call(t, "pgprot_noncached", 0, &prot, 1, 0, record);

	(void)state;
	apart(prot, q);
	same(term_call(t, "pgprot_noncached", 0, &prot, 1, 0, record), q);
	assert_int_equal(term_at(t, term_op(t, TERM_OR, q, k(0), U64))->op, TERM_OR);
	assert_int_equal(term_at(t, term_op(t, TERM_EQ, q, prot, ctype_bool))->op, TERM_EQ);
}

static void constants_are_known(void **state)
{
	int64_t v = 0;

	(void)state;
	assert_true(term_is_const(t, term_const(t, 0xffffffea, INT), &v));
	assert_int_equal(v, -22);
	assert_true(term_is_const(t, term_const(t, 0xffffffea, u32), &v));
	assert_int_equal(v, 0xffffffea);
	assert_false(term_is_const(t, sym("x"), &v));
}

static void parts_are_found(void **state)
{
	term_t x = sym("x"), y = sym("y"), sum = op(TERM_ADD, op(TERM_MUL, x, sym("z")), k(5)),
	       late = sym("late");

	(void)state;
	assert_true(term_contains(t, sum, x));
	assert_true(term_contains(t, sum, sum));
	assert_false(term_contains(t, sum, y));
	assert_false(term_contains(t, sum, late));
	assert_false(term_contains(t, x, sum));
}

static void a_copy_is_equal(void **state)
{
	struct terms *u = terms_new();
	term_t x = sym("x"), y = sym("y"), args[2] = { y, x };
	term_t call = term_call(t, NULL, term_load(t, term_field(t, x, "f", 8), 2, ctype_pointer),
				args, 2, 3, INT);
	term_t a = op(TERM_AND, op(TERM_ADD, x, y), to(call, U64)), f = term_fresh(t, "asm", U64),
	       b, c;

	(void)state;
	/* There the operands come in another order. */
	term_symbol(u, "y", U64);
	b = term_copy(u, t, a);
	assert_true(term_equal(t, a, u, b));
	assert_true(term_equal(t, a, t, a));
	assert_false(term_equal(t, a, u, term_copy(u, t, x)));
	assert_int_equal(term_copy(u, t, a), b);
	c = term_copy(u, t, f);
	assert_true(term_equal(t, f, u, c));
	assert_false(term_equal(t, f, u, term_fresh(u, "asm", U64)));
	assert_false(term_equal(t, term_local(t, "l", 1), u, term_local(u, "l", 2)));
	assert_int_equal(term_copy(u, t, 0), 0);
	assert_false(term_equal(t, a, u, 0));
	terms_free(u);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, terms_setup, terms_teardown)
	const struct CMUnitTest tests[] = {
		T(equal_terms_are_one),	 T(many_terms_are_found_again),
		T(sums_cancel),		 T(what_c_leaves_undefined_stays),
		T(shifts_lose_bits),	 T(pages_of_the_request_are_whole),
		T(masks_have_one_form),	 T(a_bit_test_has_one_form),
		T(casts_compose),	 T(comparisons_go_narrow),
		T(equations_are_solved), T(conditions_combine),
		T(addresses_come_back),	 T(records_never_fold),
		T(constants_are_known),	 T(parts_are_found),
		T(a_copy_is_equal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
