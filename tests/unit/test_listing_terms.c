// SPDX-License-Identifier: GPL-2.0-only
/* Conditions and values in a listing: long ones get names, cases are short. */
#include "test_listing_fixture.h"

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

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(terms_are_read), T(long_terms_get_names),
		T(what_the_condition_is_about_is_not_repeated), T(cases_are_short),
		T(writes_are_read), T(long_words_are_cut_at_an_operand),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
