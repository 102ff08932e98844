// SPDX-License-Identifier: GPL-2.0-only
/* Terms as text: as the kernel writes it, bounded, and valid UTF-8. */
#include "test_term_short.h"

static struct flag_name flag_items[] = {
	{ "VM_READ", 1 },   { "VM_WRITE", 2 },	     { "VM_EXEC", 4 },
	{ "VM_SHARED", 8 }, { "VM_MAYWRITE", 0x20 }, { "VM_IO", 0x4000 },
};
static const struct flag_names flags = { .items = flag_items, .nr = 6 };

static void reads(const char *want, term_t a)
{
	char *s = term_text(t, &flags, a), text[512];

	snprintf(text, sizeof(text), "%s", s);
	free(s);
	assert_string_equal(text, want);
}

static void text_reads_like_c(void **state)
{
	struct ctype ptr = ctype_pointer;
	term_t file = term_symbol(t, "file", ptr),
	       dev = term_load(t, term_field(t, file, "private_data", 32), 0, ptr);
	term_t x = sym("x"), y = sym("y"), f = sym("flags"), pages = op(TERM_LSHR, size(), k(12));
	term_t table = term_global(t, "table"), i = var("i", INT), args[2] = { dev, k(4096) };
	term_t regs = term_field(t, dev, "regs", 8), local = term_local(t, "args", 1);
	term_t err = term_call(t, "foo_check", 0, args, 2, 1, INT), p = eq(x, y),
	       q = op(TERM_ULT, x, y);
	term_t ptr_ne = ne(dev, term_const(t, 0, ptr));

	(void)state;
	reads("size", size());
	reads("pages", pages);
	reads("pages + pgoff", op(TERM_ADD, sym("pgoff"), pages));
	reads("size > x", op(TERM_ULT, x, size()));
	reads("size > 0x10000", op(TERM_ULT, k(65536), size()));
	reads("size < 512", op(TERM_ULT, size(), k(512)));
	reads("x - 1", op(TERM_SUB, x, k(1)));
	reads("x - (y - i)", op(TERM_SUB, x, op(TERM_SUB, y, to(i, U64))));
	reads("x - y - i", op(TERM_SUB, op(TERM_SUB, x, y), to(i, U64)));
	reads("i * (x + y)", op(TERM_MUL, op(TERM_ADD, x, y), to(i, U64)));
	reads("x + y * i", op(TERM_ADD, x, op(TERM_MUL, y, to(i, U64))));
	reads("(x + y) << 3", op(TERM_SHL, op(TERM_ADD, x, y), k(3)));
	reads("~(x | y)", op(TERM_BNOT, op(TERM_OR, x, y), 0));
	reads("-x", op(TERM_NEG, x, 0));
	reads("(x & y) == 3", eq(op(TERM_AND, x, y), k(3)));
	reads("x & ~0xfff", and(x, ~0xffful));
	reads("(x ^ y) & 0xffff", and(op(TERM_XOR, x, y), 0xffff));

	/* A string, a type that an allocator's macro was given, and what that is the address of. */
	reads("\"…\"", term_global(t, "\"…\""));
	reads("struct foo", term_global(t, "\"struct foo"));
	reads("*foo", term_load(t, term_global(t, "\"*foo"), 0, U64));

	reads("flags & VM_SHARED", and(f, 8));
	reads("flags & VM_SHARED", ne(and(f, 8), k(0)));
	reads("!(flags & VM_SHARED)", eq(and(f, 8), k(0)));
	reads("(flags & (VM_WRITE | VM_SHARED)) == VM_WRITE", eq(and(f, 10), k(2)));
	reads("(flags & (VM_WRITE | VM_SHARED)) != (VM_WRITE | VM_SHARED)", ne(and(f, 10), k(10)));
	reads("flags & ~VM_MAYWRITE", and(f, ~0x20ul));
	reads("flags & ~(VM_EXEC | VM_MAYWRITE)", and(f, ~0x24ul));
	reads("(flags & ~VM_MAYWRITE) | VM_IO", or (and(f, ~0x20ul), 0x4000));
	reads("flags & 0x100000", and(f, 0x100000));
	reads("x & 8", and(x, 8));
	reads("(flags & VM_SHARED) || !(flags & VM_WRITE)",
	      op(TERM_LOR, eq(and(f, 2), k(0)), ne(and(f, 8), k(0))));

	reads("file->private_data", dev);
	reads("!file->private_data", term_not(t, ptr_ne));
	reads("x == y && file->private_data", op(TERM_LAND, ptr_ne, p));
	reads("y < z || (x == y && x < z)",
	      op(TERM_LOR, op(TERM_LAND, p, op(TERM_ULT, x, sym("z"))), op(TERM_ULT, y, sym("z"))));
	reads("x < y", q);
	reads("y <= x", term_not(t, q));
	reads("x != y", term_not(t, p));
	reads("f(file->private_data != NULL)", term_call(t, "f", 0, &ptr_ne, 1, 0, INT));
	reads("&file->private_data->regs", regs);
	reads("file->private_data->regs.lo", term_load(t, term_field(t, regs, "lo", 4), 0, U64));
	reads("file->private_data->lo",
	      term_load(t, term_field(t, term_field(t, dev, "", 4), "lo", 4), 0, U64));
	reads("file->private_data->regs[i]", term_load(t, term_element(t, regs, i, 8), 0, U64));
	reads("&table[2]", term_element(t, table, k(2), 8));
	reads("*file->private_data", term_load(t, dev, 0, U64));
	reads("table", term_load(t, table, 0, U64));
	reads("&table", table);
	reads("args.len", term_load(t, term_field(t, local, "len", 0), 1, U64));
	reads("foo_check(file->private_data, 0x1000)", err);
	reads("foo_check(file->private_data, 0x1000) == -EINVAL",
	      eq(err, term_const(t, (uint64_t)-22, INT)));
	reads("foo_check(file->private_data, 0x1000) < 0",
	      op(TERM_SLT, err, term_const(t, 0, INT)));
	reads("file->private_data->ops->map(x)",
	      term_call(t, NULL,
			term_load(t,
				  term_field(t, term_load(t, term_field(t, dev, "ops", 0), 0, ptr),
					     "map", 16),
				  0, ptr),
			&x, 1, 1, INT));
	reads("IS_ERR(file->private_data)", op(TERM_ULE, k(-4095ul), dev));
	reads("!IS_ERR(file->private_data)", term_not(t, op(TERM_ULE, k(-4095ul), dev)));
	reads("x == y ? x : 0", term_ite(t, p, x, k(0)));
	reads("<asm>", term_fresh(t, "asm", INT));
	reads("i", to(i, U64));
	/* A cast that can lose bits is shown, and where it stands. */
	reads("(u8)i", to(to(i, U64), u8));
	reads("(u32)pages > x", op(TERM_ULT, x, to(to(pages, u32), U64)));
	reads("(u8)x * 3", op(TERM_MUL, to(to(to(x, u32), u8), U64), k(3)));
	reads("(u32)(x + y)", to(op(TERM_ADD, x, y), u32));
	reads("NULL", term_const(t, 0, ptr));
	reads("-ENOMEM", term_const(t, (uint64_t)-12, INT));
	reads("-EPROBE_DEFER", term_const(t, (uint64_t)-517, s64));
	reads("-200", term_const(t, (uint64_t)-200, INT));
	reads("0xfffffff4", term_const(t, (uint64_t)-12, u32));
	reads("true", term_const(t, 1, ctype_bool));
	reads("vma.prot", term_member(t, term_symbol(t, "vma", record), "prot", U64));
	reads("", 0);
}

/* && and || in the order in which their parts were looked at; the opposite of a term is made late. */
static void conditions_are_in_the_source_s_order(void **state)
{
	struct ctype ptr = ctype_pointer;
	term_t x = sym("x"), null = term_const(t, 0, ptr), p, q, n, has_p, has_q, ok, start, deep;
	int i;

	(void)state;
	p = term_load(t, term_field(t, term_symbol(t, "dev", ptr), "ops", 8), 0, ptr);
	has_p = ne(p, null);
	q = term_load(t, term_field(t, p, "map", 8), 0, ptr);
	has_q = ne(q, null);
	n = term_load(t, term_field(t, term_symbol(t, "dev", ptr), "flags", 16), 0, U64);
	ok = ne(and(n, 4), k(0));
	reads("dev->ops && dev->ops->map && (dev->flags & 4)",
	      op(TERM_LAND, ok, op(TERM_LAND, has_q, has_p)));
	reads("!dev->ops || !dev->ops->map || !(dev->flags & 4)",
	      term_not(t, op(TERM_LAND, op(TERM_LAND, has_p, has_q), ok)));
	start = term_load(t, term_field(t, p, "start", 16), 0, U64);
	reads("dev->ops->start != 0 && x != dev->ops->start",
	      op(TERM_LAND, ne(start, x), ne(start, k(0))));
	/* What only asks the request stays. */
	reads("dev->ops && x != 3", op(TERM_LAND, has_p, ne(x, k(3))));
	/* More than are put in order, and deeper. */
	for (i = 0, deep = has_p; i < 40; i++)
		deep = op(i % 20 < 19 ? TERM_LOR : TERM_LAND, deep, op(TERM_ULT, n, k(i)));
	free(term_text(t, &flags, deep));
}

static void records_read_like_initializers(void **state)
{
	term_t empty = term_call(t, "{}", 0, NULL, 0, 0, record), args[2] = { empty, sym("x") }, other;

	(void)state;
	reads("{ }", empty);
	other = term_call(t, "{pgprot}", 0, args, 2, 0, record);
	reads("{ .pgprot = x }", other);
	args[0] = other;
	args[1] = k(3);
	reads("{ { .pgprot = x }, .len = 3 }", term_call(t, "{len}", 0, args, 2, 0, record));
	args[0] = var("prot", record);
	reads("{ prot, .pgprot = 3 }", term_call(t, "{pgprot}", 0, args, 2, 0, record));
	args[0] = empty;
	reads("{ 3 }", term_call(t, "{*}", 0, args, 2, 0, record));
	reads("{ .a?b = 3 }", term_call(t, "{a\nb}", 0, args, 2, 0, record));
}

static void text_is_bounded_utf8(void **state)
{
	term_t a = sym("x"), name = sym("caf\xc3\xa9 \xff\n\xed\xa0\x80");
	char *s;
	int i;

	(void)state;
	reads("caf\xc3\xa9 ??\?\?\?", name);
	/* A tree of 2^200 leaves, and one 100000 deep. */
	for (i = 0; i < 200; i++)
		a = term_op(t, TERM_MUL, a, op(TERM_ADD, a, sym("\xc3\xa9")), U64);
	s = term_text(t, NULL, a);
	assert_in_range(strlen(s), 300, 420);
	assert_string_equal(s + strlen(s) - 3, "…");
	free(s);
	for (i = 0; i < 100000; i++)
		a = op(TERM_BNOT, op(TERM_NEG, a, 0), 0);
	s = term_text(t, NULL, a);
	assert_true(strlen(s) < 420);
	free(s);
	assert_true(term_contains(t, a, sym("x")));
}

static void errors_have_names(void **state)
{
	(void)state;
	assert_string_equal(errno_name(22), "EINVAL");
	assert_string_equal(errno_name(-22), "EINVAL");
	assert_string_equal(errno_name(133), "EHWPOISON");
	assert_string_equal(errno_name(512), "ERESTARTSYS");
	assert_null(errno_name(0));
	assert_null(errno_name(41));
	assert_null(errno_name(100000));
	assert_null(errno_name(INT64_MIN));
	assert_string_equal(flag_name_find(&flags, 8), "VM_SHARED");
	assert_null(flag_name_find(&flags, 0));
	assert_null(flag_name_find(&flags, 0x10));
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, terms_setup, terms_teardown)
	const struct CMUnitTest tests[] = {
		T(text_reads_like_c),
		T(conditions_are_in_the_source_s_order),
		T(records_read_like_initializers),
		T(text_is_bounded_utf8),
		T(errors_have_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
