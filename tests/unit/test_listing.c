// SPDX-License-Identifier: GPL-2.0-only
/* A contract as a listing: what is said once, what fits, what a name from the tree can do to it. */
#include "test_listing_fixture.h"

/* Each failing check is on one line, and the path behind them does not repeat that they passed. */
static void checks_are_said_once(void **state)
{
	(void)state;
	path(RESULT_ERROR, -22, 13);
	guard(12, "size > max");
	path(RESULT_ERROR, -19, 16);
	guard(12, "!size > max");
	guard(15, "!dev->base");
	p->guards.items[1].taken = true;
	free(p->guards.items[1].text);
	p->guards.items[1].text = xstrdup("!dev->base");
	path(RESULT_CALL, 0, 20);
	p->call = xstrdup("remap_pfn_range");
	guard(12, "!size > max");
	guard(15, "!!dev->base");
	does(effect(EFFECT_FLAGS_SET, 18, "VM_IO", NULL));
	does(effect(EFFECT_FLAGS_SET, 18, "VM_DONTEXPAND", NULL));
	does(effect(EFFECT_FLAGS_SET, 19, "VM_DONTDUMP", NULL));
	does(effect(EFFECT_ACTION, 20, "remap_pfn_range", "remap_pfn_range(vma, start, pfn, size, prot)"));
	assert_listing("contract of foo_mmap(): 3 paths, complete\n"
		       "fails (each where none above does)\n"
		       "   1  line 12    if (size > max)  -> -EINVAL\n"
		       "   2  line 15    if (!dev->base)  -> -ENODEV\n"
		       "maps, where nothing above fails\n"
		       "   3  otherwise\n"
		       "      line 18      sets VM_IO, VM_DONTEXPAND\n"
		       "      line 19      sets VM_DONTDUMP\n"
		       "      line 20      remap_pfn_range(vma, start, pfn, size, prot)\n"
		       "                 -> what remap_pfn_range() returns\n");
}

/* A check inside a branch keeps the branch's condition: outside it does not fail. */
static void a_branch_is_not_lost(void **state)
{
	(void)state;
	path(RESULT_ERROR, -1, 13);
	guard(11, "write");
	guard(12, "sealed");
	path(RESULT_ZERO, 0, 20);
	guard(11, "write");
	guard(12, "!sealed");
	does(effect(EFFECT_FLAGS_CLEAR, 14, "VM_MAYWRITE", NULL));
	path(RESULT_ZERO, 0, 20);
	guard(11, "!write");
	assert_listing("contract of foo_mmap(): 3 paths, complete\n"
		       "fails (each where none above does)\n"
		       "   1  line 12    if (write && sealed)  -> -EPERM\n"
		       "maps, where nothing above fails\n"
		       "   2  line 11    if (write)\n"
		       "      line 14      clears VM_MAYWRITE\n"
		       "                 -> 0\n"
		       "   3  line 11    if (!(write))\n"
		       "                 -> 0\n");
}

/* if (a) { if (b) return -EIO; return -EBUSY; }: the second is what is left of a. */
static void the_rest_of_a_branch_that_fails(void **state)
{
	(void)state;
	path(RESULT_ERROR, -5, 12);
	guard(10, "a");
	guard(11, "b");
	path(RESULT_ERROR, -16, 13);
	guard(10, "a");
	guard(11, "!b");
	path(RESULT_ZERO, 0, 14);
	guard(10, "!a");
	assert_listing("contract of foo_mmap(): 3 paths, complete\n"
		       "fails (each where none above does)\n"
		       "   1  line 11    if (a && b)  -> -EIO\n"
		       "   2  line 10    if (a)  -> -EBUSY\n"
		       "maps, where nothing above fails\n"
		       "   3  otherwise\n"
		       "                 -> 0\n");
}

static void a_path_before_is_referred_to(void **state)
{
	uint32_t lock = effect(EFFECT_TAKE, 5, "mutex_lock", "&dev->lock"), ops, prot, unlock;

	(void)state;
	ops = effect(EFFECT_VM_OPS, 6, "foo_vm_ops", NULL);
	prot = effect(EFFECT_PAGE_PROT, 7, "", "pgprot_noncached(prot)");
	unlock = effect(EFFECT_DROP, 30, "mutex_unlock", "&dev->lock");
	path(RESULT_ERROR, -22, 11);
	guard(10, "bad");
	does(lock);
	does(unlock);
	path(RESULT_ERROR, -5, 12);
	guard(10, "!bad");
	guard(12, "worse");
	does(lock);
	does(unlock);
	path(RESULT_ZERO, 0, 31);
	guard(10, "!bad");
	guard(12, "!worse");
	guard(13, "x");
	guard(14, "y");
	guard(15, "z");
	does(lock);
	does(ops);
	does(prot);
	does(unlock);
	path(RESULT_ZERO, 0, 31);
	guard(10, "!bad");
	guard(12, "!worse");
	guard(13, "x");
	guard(14, "y");
	guard(15, "!z");
	does(lock);
	does(ops);
	does(prot);
	does(effect(EFFECT_STORE, 20, "", "dev->mapped"));
	does(unlock);
	assert_listing("contract of foo_mmap(): 4 paths, complete\n"
		       "fails (each where none above does)\n"
		       "   1  line 10    if (bad)  -> -EINVAL\n"
		       "                   first briefly locks: mutex_lock(&dev->lock) (5)\n"
		       "   2  line 12    if (worse)  -> -EIO\n"
		       "                   first the same as path 1\n"
		       "maps, where nothing above fails\n"
		       "   3  line 13    if (x)\n"
		       "      line 14    and if (y)\n"
		       "      line 15    and if (z)\n"
		       "      line 5       locks: mutex_lock(&dev->lock)\n"
		       "      line 6       vm_ops = &foo_vm_ops\n"
		       "      line 7       page_prot = pgprot_noncached(prot)\n"
		       "      line 30      unlocks: mutex_unlock(&dev->lock)\n"
		       "                 -> 0\n"
		       "   4  line 15    as path 3 up to line 14, if (!(z))\n"
		       "                   as path 3 does up to line 7\n"
		       "      line 20      writes dev->mapped\n"
		       "      line 30      unlocks: mutex_unlock(&dev->lock)\n"
		       "                 -> 0\n");
}

static void loops_are_indented(void **state)
{
	uint32_t outer = effect(EFFECT_LOOP, 5, "i < nr", NULL), inner, e;

	(void)state;
	path(RESULT_ZERO, 0, 9);
	does(outer);
	inner = effect(EFFECT_LOOP, 6, "", NULL);
	c.effects[inner].loop = outer + 1;
	does(inner);
	e = effect(EFFECT_ACTION, 7, "vm_insert_page", "vm_insert_page(vma, addr, pages[i])");
	c.effects[e].loop = inner + 1;
	does(e);
	e = effect(EFFECT_CALL, 8, "cond_resched", NULL);
	c.effects[e].loop = outer + 1;
	does(e);
	does(effect(EFFECT_PRIVATE_DATA, 9, "", "dev"));
	assert_listing("contract of foo_mmap(): 1 path, complete\n"
		       "maps\n"
		       "   1  always\n"
		       "      line 5       loop while i < nr\n"
		       "      line 6         loop\n"
		       "      line 7           vm_insert_page(vma, addr, pages[i])\n"
		       "      line 8         cond_resched()\n"
		       "      line 9       private_data = dev\n"
		       "                 -> 0\n");
}

static void what_is_not_modelled_is_last(void **state)
{
	struct helper *h;

	(void)state;
	unmodelled(7, "a call through a pointer that nobody knows");
	unmodelled(9, "too many paths");
	path(RESULT_UNKNOWN, 0, 7);
	p->unmodelled = 1;
	guard(6, "odd");
	path(RESULT_ERROR, 0, 8);
	p->call = xstrdup("foo_check");
	guard(6, "!odd");
	c.infeasible = 1;
	h = vec_push(&c.helpers);
	h->name = xstrdup("foo_check");
	h->line = 3;
	h->takes_vma = true;
	assert_listing("contract of foo_mmap(): 2 paths, not all that it does is modelled; 1 branch that\n"
		       "  no request takes is left out\n"
		       "  follows foo_check() in line 3 (takes the vma)\n"
		       "fails (each where none above does)\n"
		       "   2  line 6     if (!(odd))  -> the error of foo_check()\n"
		       "paths that are not modelled\n"
		       "   1  otherwise\n"
		       "      line 7     not modelled: a call through a pointer that nobody knows  -> ?\n"
		       "not modelled\n"
		       "      line 9     too many paths\n");
}

/* A path that gives back what the path before it keeps says so: "what path 1 does" is not all. */
static void what_is_given_back_is_not_lost(void **state)
{
	uint32_t lock = effect(EFFECT_TAKE, 5, "mutex_lock", "&dev->lock"), get, put, unlock, check;

	(void)state;
	get = effect(EFFECT_TAKE, 6, "kref_get", "&dev->ref");
	check = effect(EFFECT_CALL, 7, "foo_check", NULL);
	unlock = effect(EFFECT_DROP, 30, "mutex_unlock", "&dev->lock");
	put = effect(EFFECT_DROP, 31, "kref_put", "&dev->ref");
	c.effects[get].state = c.effects[put].state = STATE_REFERENCE;
	path(RESULT_ERROR, -22, 11);
	guard(10, "bad");
	does(lock);
	does(get);
	does(check);
	does(unlock);
	path(RESULT_ERROR, -5, 12);
	guard(10, "!bad");
	guard(12, "worse");
	does(lock);
	does(get);
	does(check);
	does(unlock);
	does(put);
	path(RESULT_ERROR, -16, 13);
	guard(10, "!bad");
	guard(12, "!worse");
	does(lock);
	does(get);
	does(check);
	does(put);
	assert_listing("contract of foo_mmap(): 3 paths, complete\n"
		       "fails (each where none above does)\n"
		       "   1  line 10    if (bad)  -> -EINVAL\n"
		       "                   first briefly locks: mutex_lock(&dev->lock) (5); takes a\n"
		       "                       reference: kref_get(&dev->ref) (6); foo_check() (7)\n"
		       "   2  line 12    if (worse)  -> -EIO\n"
		       "                   first what path 1 does up to line 30; drops a reference:\n"
		       "                       kref_put(&dev->ref) (31)\n"
		       "   3  line 13    otherwise  -> -EBUSY\n"	/* keeps the lock: not what path 2 does */
		       "                   first locks: mutex_lock(&dev->lock) (5); briefly takes a\n"
		       "                       reference: kref_get(&dev->ref) (6); foo_check() (7)\n");
}

/* "Up to line 5" would not say whether the lock is held: a guard's unlock is at the line of its lock. */
static void a_reference_ends_at_a_line(void **state)
{
	uint32_t lock = effect(EFFECT_TAKE, 5, "mutex_lock", "&dev->lock"), e[3], unlock;
	unsigned i;

	(void)state;
	unlock = effect(EFFECT_DROP, 5, "mutex_unlock", "&dev->lock");
	for (i = 0; i < 3; i++)
		e[i] = effect(EFFECT_CALL, 6 + i, "foo_step", NULL);
	for (i = 0; i < 2; i++) {
		path(RESULT_ZERO, 0, 20);
		guard(10, i ? "!x" : "x");
		guard(11, "y");
		guard(11, "z");
		guard(12, i ? "!v" : "v");
		does(e[0]);
		does(e[1]);
		does(lock);
		if (i)
			does(e[2]);
		does(unlock);
	}
	path(RESULT_ZERO, 0, 20);
	guard(10, "!x");
	guard(11, "y");
	guard(11, "!z");
	does(e[0]);
	does(e[1]);
	does(e[2]);
	assert_listing("contract of foo_mmap(): 3 paths, complete\n"
		       "maps\n"
		       "   1  line 10    if (x)\n"
		       "      line 11    and if (y)\n"
		       "      line 11    and if (z)\n"
		       "      line 12    and if (v)\n"
		       "      line 6       foo_step()\n"
		       "      line 7       foo_step()\n"
		       "      line 5       locks: mutex_lock(&dev->lock)\n"
		       "      line 5       unlocks: mutex_unlock(&dev->lock)\n"
		       "                 -> 0\n"
		       "   2  line 10    if (!(x))\n"
		       "      line 11    and if (y)\n"
		       "      line 11    and if (z)\n"
		       "      line 12    and if (!(v))\n"
		       "      line 6       foo_step()\n"
		       "      line 7       foo_step()\n"
		       "      line 5       locks: mutex_lock(&dev->lock)\n"
		       "      line 8       foo_step()\n"
		       "      line 5       unlocks: mutex_unlock(&dev->lock)\n"
		       "                 -> 0\n"
		       "   3  line 10    if (!(x))\n"
		       "      line 11    and if (y)\n"
		       "      line 11    and if (!(z))\n"
		       "      line 6       foo_step()\n"
		       "      line 7       foo_step()\n"
		       "      line 8       foo_step()\n"
		       "                 -> 0\n");
}

static void every_request_does_the_same(void **state)
{
	uint32_t flag = effect(EFFECT_FLAGS_SET, 5, "VM_IO", NULL);

	(void)state;
	path(RESULT_ZERO, 0, 9);
	guard(3, "debug");
	does(flag);
	path(RESULT_ZERO, 0, 9);
	guard(3, "!debug");
	does(flag);
	assert_listing("contract of foo_mmap(): 2 paths, complete\n"
		       "maps\n"
		       "   1  always\n"
		       "      line 5       sets VM_IO\n"
		       "                 -> 0\n"
		       "      so does path 2\n");
}

/* The effect says why the path is not modelled; a second reason is one of its own. */
static void an_unknown_call_is_said_once(void **state)
{
	static const char *const reasons[] = { "the vma goes to foo_map(), which is not modelled", "assembly" };
	size_t i;

	(void)state;
	for (i = 0; i < 2; i++) {
		unmodelled(7, reasons[i]);
		path(RESULT_UNKNOWN, 0, 7);
		p->unmodelled = (uint32_t)i + 1;
		guard(6, i ? "!odd" : "odd");
		does(effect(EFFECT_ESCAPE, 7, "foo_map", NULL));
	}
	c.terms = terms_new();
	c.paths.items[0].result = RESULT_CALL;
	c.paths.items[0].result_term = c.effects[0].result = term_call(c.terms, "foo_map", 0, NULL, 0, 1, ctype_int);
	assert_listing("contract of foo_mmap(): 2 paths, not all that it does is modelled\n"
		       "paths that are not modelled\n"
		       "   1  line 6     if (odd)\n"
		       "      line 7       the vma goes to foo_map() (not modelled)\n"
		       "                 -> what foo_map() returns\n"
		       "   2  line 6     if (!(odd))\n"
		       "      line 7       the vma goes to foo_map()\n"
		       "      line 7     not modelled: assembly  -> ?\n");
}

/* The 25th failing path and those behind it are counted; the one that maps is still there. */
static void a_long_list_is_cut(void **state)
{
	char text[16], *s;
	unsigned i;

	(void)state;
	for (i = 0; i < 30; i++) {
		path(RESULT_ERROR, -22, 10 + i);
		snprintf(text, sizeof(text), "x == %u", i);
		guard(10 + i, text);
	}
	path(RESULT_ZERO, 0, 50);
	s = listing(false);
	assert_non_null(strstr(s, "  24  line 33    if (x == 23)  -> -EINVAL\n"
				  "      and 6 more such paths: --json lists them all\n"
				  "maps, where nothing above fails\n  31  always\n"));
	free(s);
}

static void names_from_the_tree_do_no_harm(void **state)
{
	char name[400], *text;
	unsigned i;

	(void)state;
	memset(name, 'n', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	free(c.function);
	c.function = xstrdup(name);
	for (i = 0; i < 200; i++) {
		path(i % 3 ? RESULT_ERROR : RESULT_CALL, i % 2 ? -22 : 0, 4000000000u);
		p->call = xstrdup(i % 7 ? "short" : name);
		guard(i, i % 5 ? "a && (b || c) ? d : e" : name);
		guard(1, "\x1b[31m\xc3\xa9\n\t…");
		does(effect((enum effect_kind)(i % (EFFECT_LOOP + 1)), i, i % 4 ? "x" : name, i % 11 ? name : "\x07"));
		if (i > 2)
			c.effects[c.nr_effects - 1].loop = i - 1;
	}
	unmodelled(1, name);
	text = listing(false);
	assert_fits(text);
	assert_non_null(strstr(text, "      and 109 more such paths: --json lists them all\n"));
	free(text);
}

static void colour_is_asked_for(void **state)
{
	char *text;

	(void)state;
	path(RESULT_ERROR, -22, 4);
	guard(3, "a");
	path(RESULT_ZERO, 0, 5);
	guard(3, "!a");
	text = listing(true);
	assert_non_null(strstr(text, "-> \033[31m-EINVAL\033[0m\n"));
	assert_non_null(strstr(text, "-> \033[32m0\033[0m\n"));
	free(text);
	text = listing(false);
	assert_null(strchr(text, '\033'));
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(checks_are_said_once), T(a_branch_is_not_lost),
		T(the_rest_of_a_branch_that_fails), T(a_path_before_is_referred_to),
		T(loops_are_indented), T(what_is_not_modelled_is_last),
		T(what_is_given_back_is_not_lost), T(a_reference_ends_at_a_line),
		T(every_request_does_the_same), T(an_unknown_call_is_said_once),
		T(a_long_list_is_cut), T(names_from_the_tree_do_no_harm), T(colour_is_asked_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
