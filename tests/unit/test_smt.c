// SPDX-License-Identifier: GPL-2.0-only
/* Which conditions a request can meet together. */
#include "contract/smt.h"
#include "test_term_short.h"

static struct flag_name flag_items[] = {
	{ "VM_READ", 1 },	{ "VM_WRITE", 2 },	 { "VM_EXEC", 4 },
	{ "VM_SHARED", 8 },	{ "VM_MAYREAD", 0x10 },	 { "VM_MAYWRITE", 0x20 },
	{ "VM_MAYEXEC", 0x40 }, { "VM_MAYSHARE", 0x80 },
};
static const struct flag_names flags = { .items = flag_items, .nr = 8 };

/* Of the test that runs. */
static struct smt *s;

static int setup(void **state)
{
	terms_setup(state);
	s = smt_new(t, &flags, 12);
	return s ? 0 : -1;
}

static int teardown(void **state)
{
	smt_free(s);
	return terms_teardown(state);
}

static term_t pages(void)
{
	return op(TERM_LSHR, size(), k(12));
}
static term_t has(uint64_t flag)
{
	return term_truth(t, op(TERM_AND, sym("flags"), k(flag)));
}
static term_t not(term_t a)
{
	return term_not(t, a);
}
static term_t lt(term_t a, term_t b)
{
	return op(TERM_ULT, a, b);
}

static enum smt_answer both(term_t a, term_t b)
{
	term_t c[2] = { a, b };

	return smt_feasible(s, c, 2);
}

#define can(a) assert_int_equal(both(a, 0), SMT_YES)
#define cannot(a) assert_int_equal(both(a, 0), SMT_NO)

static void every_request_is_whole_pages(void **state)
{
	(void)state;
	assert_int_equal(smt_feasible(s, NULL, 0), SMT_YES);
	can(eq(size(), k(4096)));
	can(lt(k(1ul << 40), size()));
	cannot(eq(sym("start"), sym("end")));
	cannot(lt(sym("end"), sym("start")));
	cannot(lt(size(), k(4096)));
	cannot(eq(size(), k(4097)));
	cannot(term_truth(t, op(TERM_AND, size(), k(0xfff))));
	cannot(eq(pages(), k(0)));
	cannot(not(eq(op(TERM_SHL, pages(), k(12)), size())));
	cannot(lt(op(TERM_ADD, sym("pgoff"), pages()), sym("pgoff")));
	/* In bytes the offset does wrap. */
	can(lt(op(TERM_ADD, op(TERM_SHL, sym("pgoff"), k(12)), size()),
	       op(TERM_SHL, sym("pgoff"), k(12))));
	can(not(eq(op(TERM_LSHR, op(TERM_SHL, sym("pgoff"), k(12)), k(12)), sym("pgoff"))));
}

static void guards_exclude_each_other(void **state)
{
	term_t n = sym("n"), guards[3];

	(void)state;
	assert_int_equal(both(lt(k(1 << 20), size()), lt(pages(), k(256))), SMT_NO);
	assert_int_equal(both(lt(k(1 << 20), size()), lt(k(256), pages())), SMT_YES);
	assert_int_equal(both(lt(size(), n), not(lt(size(), n))), SMT_NO);
	guards[0] = lt(sym("pgoff"), n);
	guards[1] = not(lt(op(TERM_SUB, n, sym("pgoff")), pages()));
	guards[2] = lt(n, op(TERM_ADD, sym("pgoff"), pages()));
	assert_int_equal(smt_feasible(s, guards, 3), SMT_NO);
	assert_int_equal(smt_feasible(s, guards, 2), SMT_YES);
	assert_int_equal(smt_feasible(s, guards + 1, 2), SMT_YES);
}

static void flags_imply_what_mmap_checked(void **state)
{
	struct smt *bare;
	term_t c[2] = { has(8), not(has(0x80)) };

	(void)state;
	assert_int_equal(smt_feasible(s, c, 2), SMT_NO);
	assert_int_equal(both(has(2), not(has(0x20))), SMT_NO);
	assert_int_equal(both(has(0x20), not(has(2))), SMT_YES);
	assert_int_equal(both(has(8), not(has(8))), SMT_NO);
	assert_int_equal(both(has(8), not(has(2))), SMT_YES);
	cannot(eq(op(TERM_AND, sym("flags"), k(0x88)), k(8)));
	/* Without names nothing is known. */
	bare = smt_new(t, NULL, 12);
	assert_non_null(bare);
	assert_int_equal(smt_feasible(bare, c, 2), SMT_YES);
	smt_free(bare);
}

static void pages_have_the_targets_size(void **state)
{
	struct smt *big = smt_new(t, &flags, 16);
	term_t one = eq(size(), k(4096));

	(void)state;
	assert_non_null(big);
	assert_int_equal(smt_feasible(big, &one, 1), SMT_NO);
	smt_free(big);
}

static void a_32_bit_target_has_32_bit_requests(void **state)
{
	struct terms *u = terms_new();
	term_t start = term_symbol(u, "start", u32), end = term_symbol(u, "end", u32), c[2];
	struct smt *small;

	(void)state;
	u->pointer_bits = 32;
	small = smt_new(u, &flags, 12);
	assert_non_null(small);
	c[0] = term_op(u, TERM_ULE, end, start, ctype_bool);
	assert_int_equal(smt_feasible(small, c, 1), SMT_NO);
	c[0] = term_op(u, TERM_EQ, term_global(u, "table"),
		       term_symbol(u, "p", term_at(u, term_global(u, "table"))->type), ctype_bool);
	assert_int_equal(smt_feasible(small, c, 1), SMT_YES);
	smt_free(small);
	terms_free(u);
}

static void objects_are_apart(void **state)
{
	struct ctype ptr = ctype_pointer;
	term_t p = term_symbol(t, "p", ptr), g = term_global(t, "g"), h = term_global(t, "h");
	term_t l = term_local(t, "l", 1), null = term_const(t, 0, ptr);
	term_t err = op(TERM_ULE, k(-4095ul), p);

	(void)state;
	assert_int_equal(both(eq(p, g), eq(p, h)), SMT_NO);
	assert_int_equal(both(eq(p, g), eq(p, null)), SMT_NO);
	assert_int_equal(both(eq(p, l), eq(p, g)), SMT_NO);
	assert_int_equal(both(eq(p, g), err), SMT_NO);
	assert_int_equal(both(eq(p, g), not(err)), SMT_YES);
	assert_int_equal(both(err, eq(p, null)), SMT_NO);
	can(eq(p, null));
	can(eq(term_field(t, p, "m", 8), null));
	assert_int_equal(
		both(eq(term_field(t, p, "m", 8), term_field(t, g, "m", 8)), not(eq(p, g))),
		SMT_NO);
}

/* A witness that answered before knows nothing of a variable met since. */
static void objects_met_later_are_apart_too(void **state)
{
	struct ctype ptr = ctype_pointer;
	term_t p = term_symbol(t, "p", ptr), null = term_const(t, 0, ptr), g;
	uint64_t address = 0;

	(void)state;
	can(eq(p, null));
	g = term_global(t, "g");
	can(eq(p, g));
	assert_int_equal(smt_value(s, g, &address), 0);
	assert_int_not_equal(address, 0);
}

static void arithmetic_has_cs_widths(void **state)
{
	term_t i = term_symbol(t, "i", INT), b = term_symbol(t, "b", u8), x = sym("x");
	term_t wide = term_convert(t, i, U64), zero = term_const(t, 0, INT);

	(void)state;
	/* A negative int is a huge size. */
	assert_int_equal(both(op(TERM_SLT, i, zero), lt(wide, k(1ul << 32))), SMT_NO);
	assert_int_equal(both(op(TERM_SLT, i, zero), lt(k(1ul << 63), wide)), SMT_YES);
	/* int wraps, u8 does not in int. */
	can(op(TERM_SLT, iop(TERM_ADD, i, term_const(t, 1, INT)), i));
	cannot(op(TERM_SLT, iop(TERM_ADD, term_convert(t, b, INT), term_const(t, 1, INT)),
		  term_convert(t, b, INT)));
	/* (unsigned int)x cuts. */
	assert_int_equal(both(eq(term_convert(t, x, INT), zero), not(eq(x, k(0)))), SMT_YES);
	assert_int_equal(both(eq(term_convert(t, x, INT), zero), eq(x, k(1))), SMT_NO);
	cannot(eq(op(TERM_MUL, x, k(2)), k(7)));
	can(eq(op(TERM_MUL, x, k(3)), k(7)));
	assert_int_equal(both(eq(op(TERM_UDIV, x, k(10)), k(7)), lt(x, k(70))), SMT_NO);
	assert_int_equal(
		both(eq(op(TERM_SREM, x, k(10)), term_const(t, -3ul, s64)), op(TERM_SLT, x, k(0))),
		SMT_YES);
	assert_int_equal(both(term_truth(t, term_ite(t, has(8), i, zero)), not(has(8))), SMT_NO);
}

/* No path is lost on what a machine may do there. */
static void what_c_leaves_undefined_is_anything(void **state)
{
	term_t x = sym("x"), n = sym("n");

	(void)state;
	assert_int_equal(both(eq(n, k(64)), eq(op(TERM_SHL, k(1), n), k(1))), SMT_YES);
	assert_int_equal(both(eq(n, k(63)), eq(op(TERM_SHL, k(1), n), k(1))), SMT_NO);
	assert_int_equal(both(eq(n, k(0)), eq(op(TERM_UDIV, x, n), k(5))), SMT_YES);
	assert_int_equal(both(eq(n, k(2)), eq(op(TERM_UDIV, k(8), n), k(5))), SMT_NO);
	can(eq(op(TERM_LSHR, x, k(64)), k(3)));
	can(eq(iop(TERM_SHL, term_const(t, 1, INT), term_convert(t, n, u8)),
	       term_const(t, 8, INT)));
	can(eq(term_op(t, TERM_SHL, term_symbol(t, "b", u8), n, u8), term_const(t, 8, u8)));
}

static void unknowns_are_themselves(void **state)
{
	term_t arg = sym("x"), other = sym("y"), zero = term_const(t, 0, INT);
	term_t f = term_call(t, "f", 0, &arg, 1, 0, INT),
	       again = term_call(t, "f", 0, &arg, 1, 0, INT);
	term_t g = term_call(t, "f", 0, &other, 1, 0, INT),
	       first = term_call(t, "f", 0, &arg, 1, 1, INT);
	term_t load = term_load(t, arg, 0, INT), later = term_load(t, arg, 1, INT);
	term_t prot = term_symbol(t, "prot", record),
	       prot2 = term_call(t, "pgprot_noncached", 0, &prot, 1, 0, record);

	(void)state;
	assert_int_equal(both(eq(f, zero), not(eq(again, zero))), SMT_NO);
	assert_int_equal(both(eq(f, zero), not(eq(g, zero))), SMT_YES);
	assert_int_equal(both(eq(f, zero), not(eq(first, zero))), SMT_YES);
	assert_int_equal(both(eq(load, zero), not(eq(load, zero))), SMT_NO);
	assert_int_equal(both(eq(load, zero), not(eq(later, zero))), SMT_YES);
	assert_int_equal(
		both(eq(term_fresh(t, "asm", INT), zero), not(eq(term_fresh(t, "asm", INT), zero))),
		SMT_YES);
	/* Records compare, no more. */
	can(eq(prot, prot2));
	can(not(eq(prot, prot2)));
	can(term_truth(t, term_member(t, prot, "pgprot", U64)));
	can(term_truth(t, term_op(t, TERM_OR, prot, k(1), U64)));
	can(term_ite(t, eq(prot, prot2), has(8), has(2)));
}

static void a_witness_meets_the_conditions(void **state)
{
	term_t n = sym("n"), c[3] = { lt(n, size()), has(8), eq(sym("pgoff"), k(3)) };
	uint64_t start = 0, end = 0, limit = 0, f = 0, v = 0;

	(void)state;
	assert_int_equal(smt_value(s, n, &v), -ENOENT);
	assert_int_equal(smt_feasible(s, c, 3), SMT_YES);
	assert_int_equal(smt_value(s, sym("start"), &start), 0);
	assert_int_equal(smt_value(s, sym("end"), &end), 0);
	assert_int_equal(smt_value(s, n, &limit), 0);
	assert_int_equal(smt_value(s, sym("flags"), &f), 0);
	assert_true(start < end && !(start & 0xfff) && !(end & 0xfff) && limit < end - start);
	assert_int_equal(f & 0x88, 0x88);
	assert_int_equal(smt_value(s, sym("pgoff"), &v), 0);
	assert_int_equal(v, 3);
	/* Terms made later, and conditions. */
	assert_int_equal(smt_value(s, op(TERM_ADD, sym("pgoff"), pages()), &v), 0);
	assert_int_equal(v, 3 + ((end - start) >> 12));
	assert_int_equal(smt_value(s, c[0], &v), 0);
	assert_int_equal(v, 1);
	assert_int_equal(smt_value(s, not(c[0]), &v), 0);
	assert_int_equal(v, 0);
	assert_int_equal(smt_value(s, term_symbol(t, "prot", record), &v), -ENOENT);
	cannot(eq(sym("start"), sym("end")));
	assert_int_equal(smt_value(s, n, &v), -ENOENT);
}

/*
 * x % y == x - y * (x / y) of 64 bits: the limit is a count of steps, so it ends, the same way each
 * time.
 */
static void hard_questions_end(void **state)
{
	term_t x = sym("x"), y = sym("y"), back, c[2];
	struct smt *other = smt_new(t, &flags, 12);
	enum smt_answer answer;

	(void)state;
	assert_non_null(other);
	back = op(TERM_SUB, x, op(TERM_MUL, y, op(TERM_UDIV, x, y)));
	c[0] = not(eq(op(TERM_UREM, x, y), back));
	c[1] = term_truth(t, y);
	answer = smt_feasible(s, c, 2);
	assert_int_not_equal(answer, SMT_YES);
	assert_int_equal(smt_feasible(other, c, 2), answer);
	smt_free(other);
	can(has(8));
	cannot(eq(sym("start"), sym("end")));
}

/* What Z3 would take minutes to prepare is not begun. */
static void huge_terms_are_unknown(void **state)
{
	term_t a = sym("x"), load;
	int i;

	(void)state;
	for (i = 0; i < 20000; i++)
		a = op(TERM_XOR, op(TERM_ADD, a, sym("y")), k((uint64_t)i | 1));
	assert_int_equal(both(eq(a, k(3)), has(8)), SMT_UNKNOWN);
	can(has(8));
	/* Inside of a read it does not count. */
	load = term_load(t, a, 0, U64);
	assert_int_equal(both(eq(load, k(3)), lt(load, k(3))), SMT_NO);
}

static void the_version_is_z3s(void **state)
{
	char *v = smt_version();
	unsigned major, minor, build;

	(void)state;
	assert_int_equal(sscanf(v, "%u.%u.%u", &major, &minor, &build), 3);
	assert_true(major >= 4);
	free(v);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(every_request_is_whole_pages),
		T(guards_exclude_each_other),
		T(flags_imply_what_mmap_checked),
		T(pages_have_the_targets_size),
		T(a_32_bit_target_has_32_bit_requests),
		T(objects_are_apart),
		T(objects_met_later_are_apart_too),
		T(arithmetic_has_cs_widths),
		T(what_c_leaves_undefined_is_anything),
		T(unknowns_are_themselves),
		T(a_witness_meets_the_conditions),
		T(hard_questions_end),
		T(huge_terms_are_unknown),
		T(the_version_is_z3s),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
