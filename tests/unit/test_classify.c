// SPDX-License-Identifier: GPL-2.0-only
/* Class, patterns, state, verdict and reasons of small handlers, against a tree's API. */
#include "classify/classify.h"
#include "classify/needs.h"
#include "test_classify_cases.h"

static char *joined(const struct strlist *l, const char *between)
{
	struct strbuf b = { 0 };
	size_t i;

	strbuf_adds(&b, "");
	for (i = 0; i < l->nr; i++)
		strbuf_addf(&b, "%s%s", i ? between : "", l->items[i]);
	return strbuf_detach(&b);
}

static void is(const char *what, char *have, const char *want)
{
	if (strcmp(have, want))
		fail_msg("%s: \"%s\", not \"%s\"", what, have, want);
	free(have);
}

static void classified_as(void **state)
{
	size_t i = (size_t)(uintptr_t)*state, k;
	struct inventory inv = { 0 };
	struct strlist codes = { 0 };
	struct tree tree = { 0 };
	struct contract c = { 0 };
	struct unit u = { 0 };
	struct handler *h = vec_push(&inv.handlers);
	struct subject s = { .tree = &tree, .unit = &u, .contract = &c, .handler = h };
	const struct reason *r;

	for (k = 0; k < API_NR; k++)
		tree.api[k] = !(cases[i].lacks & 1u << k);
	s.nommu = cases[i].known & NOMMU;
	s.swapped_f_op = cases[i].known & SWAPPED;
	s.swapped_from = cases[i].known & SWAPPED_FROM;
	s.dead = cases[i].known & DEAD;
	s.table_overridden = cases[i].known & OVERRIDDEN;
	s.copied_over = cases[i].known & COPIED_OVER;
	h->function = xstrdup("foo_mmap");
	if (cases[i].known & CALLER)
		strlist_add(&h->callers, "drivers/b.c:7");

	fixture_parse(cases[i].code, &u);
	assert_int_equal(contract_build(&u, "foo_mmap", &c), 0);
	classify(&s, h);

	vec_each(r, &h->reasons) {
		assert_true(*r->text);
		strlist_add(&codes, r->code);
	}
	strlist_sort(&codes);
	assert_string_equal(h->class_name, cases[i].class_name);
	if (cases[i].codes)
		is("reasons", joined(&codes, " "), cases[i].codes);
	assert_string_equal(h->verdict, cases[i].verdict);
	is("patterns", joined(&h->patterns, " "), cases[i].patterns);
	is("state", joined(&h->state, " "), cases[i].state);
	if (cases[i].needs) {
		is("needs", joined(&h->needs, "|"), cases[i].needs);
	} else {			/* the feature that the tree lacks */
		for (k = 0; !(cases[i].lacks & 1u << k); k++)
			;
		is("needs", joined(&h->needs, "|"), api_table[k].key);
	}
	for (k = 0; k < h->needs.nr; k++)
		if (!need_is_known(h->needs.items[k]))
			fail_msg("\"%s\" is no need that a person could name", h->needs.items[k]);
	strlist_free(&codes);
	inventory_free(&inv);
	contract_free(&c);
	unit_free(&u);
}

static void flags_and_vm_ops_are_collected(void **state)
{
	struct inventory inv = { 0 };
	struct tree tree = { 0 };
	struct contract c = { 0 };
	struct unit u = { 0 };
	struct handler *h = vec_push(&inv.handlers);
	struct subject s = { .tree = &tree, .unit = &u, .contract = &c, .handler = h };
	size_t k;

	(void)state;
	for (k = 0; k < API_NR; k++)
		tree.api[k] = true;
	fixture_parse(FAULT_OPS HANDLER "{ if (vma->vm_pgoff) { vm_flags_set(vma, VM_DONTCOPY);"
	  " return -EINVAL; }"
		      " vm_flags_set(vma, VM_PFNMAP | VM_IO); vm_flags_set(vma, VM_IO);"
		      " vm_flags_clear(vma, VM_MAYWRITE);"
		      " vma->vm_ops = &ops; return 0; }", &u);
	assert_int_equal(contract_build(&u, "foo_mmap", &c), 0);
	classify(&s, h);
	is("flags set", joined(&h->flags_set, " "), "VM_IO VM_PFNMAP");
	is("flags cleared", joined(&h->flags_cleared, " "), "VM_MAYWRITE");
	assert_string_equal(h->vm_ops, "ops");
	inventory_free(&inv);
	contract_free(&c);
	unit_free(&u);
}

/* A file that was not parsed whole, and one that was not parsed at all. */
static void what_was_not_read_is_not_auto(void **state)
{
	struct inventory inv = { 0 };
	struct tree tree = { 0 };
	struct contract c = { 0 };
	struct unit u = { 0 };
	struct handler *h;
	struct subject s = { .tree = &tree, .unit = &u, .contract = &c };
	size_t k;

	(void)state;
	for (k = 0; k < API_NR; k++)
		tree.api[k] = true;
	fixture_parse(HANDLER "{ return REMAP(vma); }", &u);
	assert_int_equal(contract_build(&u, "foo_mmap", &c), 0);
	u.status = UNIT_PARTIAL;
	s.handler = h = vec_push(&inv.handlers);
	classify(&s, h);
	assert_string_equal(h->verdict, "assisted");
	assert_int_equal(h->reasons.nr, 1);
	assert_string_equal(h->reasons.items[0].code, "partial");

	h = vec_push(&inv.handlers);
	classify_unread(h, "the reason why");
	assert_string_equal(h->verdict, "unknown");
	assert_string_equal(h->class_name, "unknown");
	assert_string_equal(h->reasons.items[0].text, "the reason why");
	inventory_free(&inv);
	contract_free(&c);
	unit_free(&u);
}

/* What a person may write as a need: only what a rule could have written. */
static void needs_have_names(void **state)
{
	static const char *const good[] = {
		NEED_CALLBACK, NEED_HANDED, NEED_FLAGS, "mapped", "foo_mmap_prepare()", "foo() for a descriptor", "fb_ops.fb_mmap_prepare",
		"vm_area_desc.vm_mm", "mmap_prepare in every table that foo_fops takes over from",
	};
	static const char *const bad[] = {
		"", "an action for everything", "_prepare()", "7_prepare()", "a b_prepare()", "foo()", "() for a descriptor", "fb_ops.fb_mmap",
		"fb_ops._prepare", ".mmap_prepare", "a.b.mmap_prepare", "vm_area_desc.", "mmap_prepare in every table that  takes over from",
		"mmap_prepare in every table that %s takes over from", "Several ranges in one action", "fb_ops.fb_mmap_prepare()",
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(good) / sizeof(*good); i++)
		if (!need_is_known(good[i]))
			fail_msg("\"%s\" is not known", good[i]);
	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		if (need_is_known(bad[i]))
			fail_msg("\"%s\" is known", bad[i]);
}

int main(void)
{
	enum { NR = sizeof(cases) / sizeof(*cases) };
	struct CMUnitTest tests[NR + 3];
	size_t i;

	for (i = 0; i < NR; i++)
		tests[i] = (struct CMUnitTest){ cases[i].name, classified_as, NULL, NULL,
		      (void *)(uintptr_t)i };
	tests[i++] = (struct CMUnitTest)cmocka_unit_test(flags_and_vm_ops_are_collected);
	tests[i++] = (struct CMUnitTest)cmocka_unit_test(what_was_not_read_is_not_auto);
	tests[i++] = (struct CMUnitTest)cmocka_unit_test(needs_have_names);
	return cmocka_run_group_tests(tests, fixture_setup, parse_teardown);
}
