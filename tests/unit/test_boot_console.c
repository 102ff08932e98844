// SPDX-License-Identifier: GPL-2.0-only
/* Complaints on a console: each is found, and is the same text in every boot. */
#include "test_boot_fixture.h"

#include "compare/internal.h"

/* All of them, one a line. */
static char *warnings(const char *text)
{
	struct strlist l = { 0 };
	struct strbuf b = { 0 };
	size_t i;

	console_warnings(text, strlen(text), &l);
	strbuf_adds(&b, "");
	for (i = 0; i < l.nr; i++)
		strbuf_addf(&b, "%s%s", i ? "\n" : "", l.items[i]);
	strlist_free(&l);
	return strbuf_detach(&b);
}

static void complaints_are_named(void **state)
{
	static const struct { const char *text, *said; } t[] = {
		{ "", "" },
		{ "[    0.000000] Linux version 7.3.4 (gcc) #1 SMP\n[    0.1] kfence: initialized - using 2097152 bytes\n", "" },
		{ "[    4.012345][   T71] WARNING: CPU: 1 PID: 71 at mm/vma.c:1234 vma_link+0x1f/0x40\r\n",
		  "WARNING: at mm/vma.c in vma_link()" },
		{ "[    4.012345] WARNING: mm/vma.c:88 at vma_link+0x1f/0x40, CPU#0: probe/71\n", "WARNING: mm/vma.c in vma_link()" },
		{ "[    4.0] WARNING: at drivers/a-b.c:7\n[    4.1] Modules linked in:\n[    4.2] RIP: 0010:foo_mmap.isra.0+0x1/0x2\n",
		  "WARNING: at drivers/a-b.c in foo_mmap()" },
		{ "[  4.0] BUG: KASAN: slab-use-after-free in udf_mmap+0x5a/0x90\n"
		  "[  4.0] BUG: KASAN: slab-use-after-free in udf_mmap+0x61/0x90\n",
		  "BUG: KASAN: slab-use-after-free in udf_mmap()" },
		{ "[  4.0] BUG: KFENCE: out-of-bounds write in foo+0x1/0x2\n", "BUG: KFENCE: out-of-bounds write in foo()" },
		{ "[  4.0] Oops: general protection fault, probably for non-canonical address 0xdffffc0000000003: 0000 [#1] SMP KASAN\n"
		  "[  4.0] CPU: 0 UID: 0 PID: 71 Comm: probe Not tainted 7.3.4 #1\n[  4.0] RIP: 0010:udf_mmap+0x1/0x2\n"
		  "[  4.0] RIP: 0033:0x401234\n",
		  "Oops: general protection fault, probably for non-canonical address: [] SMP KASAN in udf_mmap()" },
		{ "[  4.0] BUG: kernel NULL pointer dereference, address: 0000000000000010\n[  4.0] #PF: supervisor read\n"
		  "[  4.0] Oops: Oops: 0000 [#1] SMP\n[  4.0] RIP: 0010:foo+0x1/0x2\n",
		  "BUG: kernel NULL pointer dereference, address\nOops: Oops: [] SMP in foo()" },
		{ "[  4.0] kernel BUG at mm/mmap.c:999!\n[  4.0] RIP: 0010:unmap_region+0x1/0x2\n", "kernel BUG at mm/mmap.c in unmap_region()" },
		{ "[  4.0] ======\n[  4.0] WARNING: possible circular locking dependency detected\n[  4.0] 7.3.4 #1 Not tainted\n",
		  "WARNING: possible circular locking dependency detected" },
		{ "[  4.0] watchdog: BUG: soft lockup - CPU#0 stuck for 26s! [probe:71]\n", "watchdog: BUG: soft lockup - stuck for! [probe]" },
		{ "[  4.0] BUG: Bad rss-counter state mm:ffff888101234567 type:MM_FILEPAGES val:1 Comm:probe Pid:71\n",
		  "BUG: Bad rss-counter state mm: type:MM_FILEPAGES val Comm:probe Pid" },
		{ "[  4.0] probe: udf: shared rw WARNING: all\n[  4.1] random: WARNING is no headline here\n", "" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(t) / sizeof(*t); i++) {
		char *said = warnings(t[i].text);

		assert_string_equal(said, t[i].said);
		free(said);
	}
}

/* The same complaint with other addresses, times, processes and lines is the same. */
static void boots_say_the_same(void **state)
{
	static const char *const pairs[][2] = {
		{ "[  1.0] WARNING: CPU: 0 PID: 71 at mm/vma.c:12 f+0x1/0x2\n", "[ 12.5] WARNING: CPU: 1 PID: 123 at mm/vma.c:99 f+0x11/0x22\n" },
		{ "[  1.0] BUG: Bad page state in process probe  pfn:12ab\n", "[  1.0] BUG: Bad page state in process probe  pfn:ff00\n" },
		{ "[  1.0] BUG: unable to handle page fault for address: ffffc90000012000\n",
		  "[  1.0] BUG: unable to handle page fault for address: 0000000000000018\n" },
		{ "[  1.0] INFO: task probe:71 blocked for more than 120 seconds.\n", "[  9.0] INFO: task probe:8 blocked for more than 241 seconds.\n" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(pairs) / sizeof(*pairs); i++) {
		char *a = warnings(pairs[i][0]), *b = warnings(pairs[i][1]);

		assert_true(*a);
		assert_string_equal(a, b);
		free(a);
		free(b);
	}
}

/* Bytes of any kind end in whole lines of text, or in none. */
static void any_bytes_are_taken(void **state)
{
	static const char *const pieces[] = { "WARNING:", "BUG: ", "+0x", "[", "]", "\n", "\r", "RIP: 0010:", "f+0x1/0x2", "\xff",
					      "CPU: ", "0", " ", "ffffffffffffffff", "\x1b[2J", "\xc3\xa4", ".", "Oops" };
	unsigned seed = 1, i, k;

	(void)state;
	for (i = 0; i < 3000; i++) {
		struct strlist l = { 0 };
		struct strbuf b = { 0 };

		for (k = 0; k < 24; k++) {
			seed = seed * 1103515245 + 12345;
			strbuf_adds(&b, pieces[(seed >> 16) % (sizeof(pieces) / sizeof(*pieces))]);
		}
		console_warnings(b.s, b.len, &l);
		for (k = 0; k < l.nr; k++)
			assert_null(strpbrk(l.items[k], "\n\r\x1b\xff"));
		strlist_free(&l);
		strbuf_free(&b);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(complaints_are_named),
		cmocka_unit_test(boots_say_the_same),
		cmocka_unit_test(any_bytes_are_taken),
	};

	return cmocka_run_group_tests(tests, scratch_make, scratch_remove);
}
