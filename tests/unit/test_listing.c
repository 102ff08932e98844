// SPDX-License-Identifier: GPL-2.0-only
/* A contract as a listing: what is said once, what fits, what a name from the tree can do to it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "contract/listing.h"
#include "contract/listing_text.h"

static struct contract c;
static struct path *p;

static int setup(void **state)
{
	(void)state;
	memset(&c, 0, sizeof(c));
	c.function = xstrdup("foo_mmap");
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	contract_free(&c);
	return 0;
}

static uint32_t effect(enum effect_kind kind, unsigned line, const char *name, const char *detail)
{
	struct effect *e;

	c.effects = xrealloc(c.effects, c.nr_effects + 1, sizeof(*c.effects));
	e = &c.effects[c.nr_effects];
	memset(e, 0, sizeof(*e));
	e->kind = kind;
	e->line = line;
	e->name = xstrdup(name);
	e->detail = detail ? xstrdup(detail) : NULL;
	if (kind == EFFECT_TAKE || kind == EFFECT_DROP)
		e->state = STATE_LOCK;
	return (uint32_t)c.nr_effects++;
}

static void path(enum result_kind result, int64_t value, unsigned line)
{
	p = vec_push(&c.paths);
	p->result = result;
	p->value = value;
	p->line = line;
}

/* "x", or "!x" for the condition that does not hold. */
static void guard(unsigned line, const char *text)
{
	struct guard *g = vec_push(&p->guards);

	g->line = line;
	g->taken = *text != '!';
	g->text = xstrdup(text + (*text == '!'));
}

static void does(uint32_t e)
{
	*vec_push(&p->effects) = e;
}

static void unmodelled(unsigned line, const char *reason)
{
	struct unmodelled *m = vec_push(&c.unmodelled);

	m->line = line;
	m->reason = xstrdup(reason);
}

static char *listing(bool colour)
{
	struct strbuf b = { 0 };

	contract_listing(&c, colour, &b);
	return strbuf_detach(&b);
}

static void assert_listing(const char *expected)
{
	char *text = listing(false);

	assert_string_equal(text, expected);
	free(text);
}

static void assert_fits(const char *text)
{
	const char *end, *s;

	for (; *text; text = end + 1) {
		end = strchr(text, '\n');
		assert_non_null(end);
		if (end - text > LISTING_WIDTH)
			fail_msg("%d columns: %.*s", (int)(end - text), (int)(end - text), text);
		for (s = text; s < end; s++)
			assert_true(*s >= ' ' && *s < 0x7f);
		assert_true(end == text || end[-1] != ' ');
	}
}

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

/* Conditions as terms: in the request's words, and the opposite without a "!()". */
static void terms_are_read(void **state)
{
	static struct flag_name names[] = { { (char *)"VM_SHARED", 8 } };
	struct terms *t = c.terms = terms_new();
	term_t size = term_op(t, TERM_SUB, term_symbol(t, "end", ctype_ulong), term_symbol(t, "start", ctype_ulong),
			      ctype_ulong), big, shared;

	(void)state;
	*vec_push(&c.flags) = (struct flag_name){ xstrdup(names->name), names->value };
	big = term_op(t, TERM_ULT, term_const(t, 4096, ctype_ulong), size, ctype_bool);
	shared = term_truth(t, term_op(t, TERM_AND, term_symbol(t, "flags", ctype_ulong),
				       term_const(t, 8, ctype_ulong), ctype_ulong));
	path(RESULT_ERROR, -22, 4);
	guard(3, "vma->vm_end - vma->vm_start > PAGE_SIZE");
	p->guards.items[0].term = big;
	path(RESULT_ZERO, 0, 9);
	guard(3, "!vma->vm_end - vma->vm_start > PAGE_SIZE");
	p->guards.items[0].term = big;
	guard(5, "!vma->vm_flags & VM_SHARED");
	p->guards.items[1].term = shared;
	path(RESULT_UNKNOWN, 0, 9);
	p->result_term = term_op(t, TERM_MUL, size, term_const(t, 3, ctype_ulong), ctype_ulong);
	guard(3, "!vma->vm_end - vma->vm_start > PAGE_SIZE");
	p->guards.items[0].term = big;
	guard(5, "vma->vm_flags & VM_SHARED");
	p->guards.items[1].term = shared;
	assert_listing("contract of foo_mmap(): 3 paths, complete\n"
		       "fails (each where none above does)\n"
		       "   1  line 3     if (size > 0x1000)  -> -EINVAL\n"
		       "maps, where nothing above fails\n"
		       "   2  line 5     if (!(flags & VM_SHARED))\n"
		       "                 -> 0\n"
		       "   3  line 5     if (flags & VM_SHARED)\n"
		       "                 -> size * 3\n");
}

static term_t member(term_t base, const char *name)
{
	return term_load(c.terms, term_field(c.terms, base, name, 8), 0, ctype_pointer);
}

static void call(unsigned line, const char *function, term_t arg)
{
	uint32_t e = effect(EFFECT_CALL, line, function, NULL);

	*vec_push(&c.effects[e].args) = arg;
	does(e);
}

/* What is spelled out again and again gets a name, also inside of what has one; a call stays one. */
static void long_terms_get_names(void **state)
{
	static const char *const names[] = { "a", "b", "c", "d", "e" };
	term_t file, info, found, other, args[1];
	unsigned i;

	(void)state;
	c.terms = terms_new();
	file = term_symbol(c.terms, "file", ctype_pointer);
	info = member(member(member(file, "private_data"), "device"), "info");
	args[0] = info;
	found = term_call(c.terms, "foo_find_the_mapping", 0, args, 1, 1, ctype_pointer);
	other = member(member(term_symbol(c.terms, "x", ctype_pointer), "file"), "private_data");
	for (i = 0; i < 5; i++) {
		path(i < 4 ? RESULT_ERROR : RESULT_ZERO, i < 4 ? -22 : 0, 20 + i);
		call(5, "foo_find_the_mapping", info);
		guard(6 + i, "bad");
		p->guards.items[0].term = term_op(c.terms, TERM_EQ, member(found, names[i]), member(info, names[i]),
						  ctype_bool);
		call(9, "foo_log", member(other, "device"));
	}
	assert_listing("contract of foo_mmap(): 5 paths, complete\n"
		       "  $1 is foo_find_the_mapping($3)\n"
		       "  $2 is x->file->private_data->device\n"	/* not x->$… */
		       "  $3 is file->private_data->device->info\n"
		       "fails (each where none above does)\n"
		       "   1  line 6     if ($3->a == $1->a)  -> -EINVAL\n"
		       "                   first foo_find_the_mapping($3) (5); foo_log($2) (9)\n"
		       "   2  line 7     if ($3->b == $1->b)  -> -EINVAL\n"
		       "                   first the same as path 1\n"
		       "   3  line 8     if ($3->c == $1->c)  -> -EINVAL\n"
		       "                   first the same as path 1\n"
		       "   4  line 9     if ($3->d == $1->d)  -> -EINVAL\n"
		       "                   first the same as path 1\n"
		       "maps, where nothing above fails\n"
		       "   5  otherwise\n"
		       "      line 5       foo_find_the_mapping($3)\n"
		       "      line 9       foo_log($2)\n"
		       "                 -> 0\n");
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

/* if (foo(vma)) return …: the call is not told once more, unless it took something. */
static void what_the_condition_is_about_is_not_repeated(void **state)
{
	static const enum effect_kind kinds[] = { EFFECT_ACTION, EFFECT_TAKE, EFFECT_TAKE };
	static const char *const names[] = { "foo_map", "foo_lock", "foo_try_lock" };
	uint32_t e;
	size_t i;

	(void)state;
	c.terms = terms_new();
	for (i = 0; i < 3; i++) {
		path(RESULT_ERROR, i == 2 ? -16 : 0, 11);
		p->call = xstrdup(names[i]);
		e = effect(kinds[i], 10 + (unsigned)i, names[i], NULL);
		c.effects[e].result = term_call(c.terms, names[i], 0, NULL, 0, 1, ctype_int);
		does(e);
		guard(20 + (unsigned)i, "!x");
		p->guards.items[0].term = term_op(c.terms, TERM_EQ, c.effects[e].result,
						  term_const(c.terms, 0, ctype_int), ctype_bool);
	}
	path(RESULT_ZERO, 0, 30);
	assert_listing("contract of foo_mmap(): 4 paths, complete\n"
		       "fails (each where none above does)\n"
		       "   1  line 20    if (foo_map() != 0)  -> the error of foo_map()\n"
		       "   2  line 21    if (foo_lock() != 0)  -> the error of foo_lock()\n"
		       "   3  line 22    if (foo_try_lock() != 0)  -> -EBUSY\n"	/* it has the lock */
		       "                   first locks: foo_try_lock() (12)\n"
		       "maps, where nothing above fails\n"
		       "   4  always\n"
		       "                 -> 0\n");
}

static void is(unsigned line, term_t what, uint64_t number, bool equal)
{
	guard(line, equal ? "x" : "!x");
	p->guards.items[p->guards.nr - 1].term = term_op(c.terms, TERM_EQ, what,
							 term_const(c.terms, number, ctype_ulong), ctype_bool);
}

/* switch (pgoff): a case does not say which cases it is not; where all that maps does the same, how it came
 * there does not matter. */
static void cases_are_short(void **state)
{
	term_t pgoff, dev;
	uint32_t prot;

	(void)state;
	c.terms = terms_new();
	pgoff = term_symbol(c.terms, "pgoff", ctype_ulong);
	dev = term_load(c.terms, term_field(c.terms, term_symbol(c.terms, "dev", ctype_pointer), "x", 8), 0,
			ctype_ulong);
	prot = effect(EFFECT_PAGE_PROT, 40, "", "pgprot_noncached(prot)");
	path(RESULT_ERROR, -19, 12);
	is(10, pgoff, 0, true);
	is(11, dev, 1, true);
	path(RESULT_ZERO, 0, 41);
	is(10, pgoff, 0, true);
	is(11, dev, 1, false);
	does(prot);
	path(RESULT_ERROR, -5, 22);
	is(10, pgoff, 0, false);
	is(20, pgoff, 1, true);
	is(21, dev, 2, true);
	does(effect(EFFECT_FLAGS_SET, 21, "VM_IO", NULL));	/* of a mapping that will not be */
	path(RESULT_ZERO, 0, 41);
	is(10, pgoff, 0, false);
	is(20, pgoff, 1, true);
	is(21, dev, 2, false);
	does(prot);
	path(RESULT_ERROR, -22, 30);
	is(10, pgoff, 0, false);
	is(20, pgoff, 1, false);
	is(25, pgoff, 2, false);
	path(RESULT_ZERO, 0, 41);
	is(10, pgoff, 0, false);
	is(20, pgoff, 1, false);
	is(25, pgoff, 2, true);
	does(prot);
	assert_listing("contract of foo_mmap(): 6 paths, complete\n"
		       "fails (each where none above does)\n"
		       "   1  line 11    if (pgoff == 0 && dev->x == 1)  -> -ENODEV\n"
		       "   3  line 21    if (pgoff == 1 && dev->x == 2)  -> -EIO\n"
		       "   5  line 25    if (pgoff != 0 && pgoff != 1 && pgoff != 2)  -> -EINVAL\n"
		       "maps, where nothing above fails\n"
		       "   2  otherwise\n"
		       "      line 40      page_prot = pgprot_noncached(prot)\n"
		       "                 -> 0\n"
		       "      so do paths 4, 6\n");
	c.paths.items[3].value = 1;
	c.paths.items[3].result = RESULT_UNKNOWN;
	c.paths.items[3].result_term = term_const(c.terms, 1, ctype_int);
	assert_listing("contract of foo_mmap(): 6 paths, complete\n"
		       "fails (each where none above does)\n"
		       "   1  line 11    if (pgoff == 0 && dev->x == 1)  -> -ENODEV\n"
		       "   3  line 21    if (pgoff == 1 && dev->x == 2)  -> -EIO\n"
		       "   5  line 25    if (pgoff != 0 && pgoff != 1 && pgoff != 2)  -> -EINVAL\n"
		       "maps, where nothing above fails\n"
		       "   2  line 10    if (pgoff == 0)\n"
		       "      line 40      page_prot = pgprot_noncached(prot)\n"
		       "                 -> 0\n"
		       "   4  line 20    if (pgoff == 1)\n"
		       "      line 40      page_prot = pgprot_noncached(prot)\n"
		       "                 -> 1\n"
		       "   6  line 10    if (pgoff != 0)\n"
		       "      line 20    and if (pgoff != 1)\n"
		       "      line 40      page_prot = pgprot_noncached(prot)\n"
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

static void writes_are_read(void **state)
{
	term_t vma, args[2];
	uint32_t e;

	(void)state;
	c.terms = terms_new();
	vma = term_symbol(c.terms, "vma", ctype_pointer);
	path(RESULT_ERROR, 0, 9);
	p->result_term = term_load(c.terms, term_field(c.terms, vma, "bar", 8), 0, ctype_int);
	guard(3, "bad");
	path(RESULT_ZERO, 0, 9);
	guard(3, "!bad");
	e = effect(EFFECT_PGOFF, 5, "", NULL);
	*vec_push(&c.effects[e].args) = term_symbol(c.terms, "pgoff", ctype_ulong);
	does(e);
	e = effect(EFFECT_VMA_FIELD, 6, "action", NULL);
	args[0] = term_field(c.terms, term_field(c.terms, vma, "action", 64), "error_override", 8);
	args[1] = term_const(c.terms, (uint64_t)-11, ctype_int);
	*vec_push(&c.effects[e].args) = args[0];
	*vec_push(&c.effects[e].args) = args[1];
	does(e);
	does(effect(EFFECT_GENERIC, 7, "generic_file_mmap", NULL));
	assert_listing("contract of foo_mmap(): 2 paths, complete\n"
		       "fails (each where none above does)\n"
		       "   1  line 3     if (bad)  -> the error in vma->bar\n"
		       "maps, where nothing above fails\n"
		       "   2  otherwise\n"
		       "      line 5       pgoff = the requested pgoff\n"
		       "      line 6       action.error_override = -EAGAIN\n"
		       "      line 7       generic_file_mmap(...)\n"
		       "                 -> 0\n");
}

/* A word that does not fit is cut where an operand ends. */
static void long_words_are_cut_at_an_operand(void **state)
{
	(void)state;
	path(RESULT_ZERO, 0, 9);
	does(effect(EFFECT_TAKE, 5, "mutex_lock",
		    "&file->private_data->some_driver_context->another_structure.mmap_mutex"));
	assert_listing("contract of foo_mmap(): 1 path, complete\n"
		       "maps\n"
		       "   1  always\n"
		       "      line 5       locks: mutex_lock(&file->private_data->some_driver_context\n"
		       "                       ->another_structure.mmap_mutex)\n"
		       "                 -> 0\n");
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
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(checks_are_said_once), T(a_branch_is_not_lost), T(the_rest_of_a_branch_that_fails),
		T(a_path_before_is_referred_to), T(loops_are_indented), T(what_is_not_modelled_is_last),
		T(terms_are_read), T(long_terms_get_names), T(what_is_given_back_is_not_lost),
		T(a_reference_ends_at_a_line),
		T(what_the_condition_is_about_is_not_repeated), T(cases_are_short), T(every_request_does_the_same),
		T(an_unknown_call_is_said_once), T(writes_are_read), T(long_words_are_cut_at_an_operand),
		T(a_long_list_is_cut),
		T(names_from_the_tree_do_no_harm), T(colour_is_asked_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
