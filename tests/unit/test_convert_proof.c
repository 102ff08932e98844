// SPDX-License-Identifier: GPL-2.0-only
/* What the comparison of contracts does to patches; who compares is the test. */
#include <errno.h>

#include "test_convert_fixture.h"
#include "workers/workers.h"

/* Verdicts by the handler's name; what is not listed is equal. */
static const struct verdict { const char *function, *verdict; } *verdicts;
static unsigned rounds, compared;

static const char *verdict_of(const char *function)
{
	const struct verdict *v;

	for (v = verdicts; v && v->function; v++)
		if (!strcmp(v->function, function))
			return v->verdict;
	return "equal";
}

static void fill(struct proof_record *p, const char *verdict)
{
	p->verdict = xstrdup(verdict);
	if (!strcmp(verdict, "differs"))
		p->witness = (struct proof_witness){ xstrdup("pgoff=1"), xstrdup("-EINVAL"), xstrdup("it maps") };
	if (!strcmp(verdict, "unknown"))
		p->reason = xstrdup("a.c:7: nobody knows");
	if (!strcmp(verdict, "equal-but"))
		*vec_push(&p->differences) = (struct proof_difference){ xstrdup("state-in-mapped"), xstrdup("it moved"), 3,
									xstrdup("count") };
}

/* The changed files must be there, with the hook and without what failed before. */
static int compare(struct proof_job *jobs, size_t nr, void *ctx)
{
	struct strbuf text = { 0 };
	size_t i;

	rounds++;
	for (i = 0; i < nr; i++) {
		assert_int_equal(jobs[i].nr_instead, 1);
		assert_string_equal(jobs[i].instead->file, jobs[i].h->file);
		strbuf_reset(&text);
		assert_int_equal(file_read(jobs[i].instead->path, 1 << 20, &text), 0);
		assert_non_null(strstr(text.s, jobs[i].new_name));
		assert_null(jobs[i].proof->verdict);
		if (ctx)		/* of an earlier round */
			assert_true(rounds == 1 || !strstr(text.s, ctx));
		fill(jobs[i].proof, verdict_of(jobs[i].h->function));
		compared++;
	}
	strbuf_free(&text);
	return 0;
}

static int interrupted(struct proof_job *jobs, size_t nr, void *ctx)
{
	(void)jobs;
	(void)nr;
	(void)ctx;
	return -EINTR;
}

static int compare_setup(void **s)
{
	int ret = setup(s);

	opt.compare = compare;
	rounds = compared = 0;
	verdicts = NULL;
	return ret;
}

static const char *status_of(const struct handler *h)
{
	const struct check *c = conversion_check(h, "contract");

	return c ? c->status : "none";
}

static void test_equal(void **s)
{
	struct handler *h;
	char *patch;

	(void)s;
	put_driver("a.c", NAMES("a_mmap"), "");
	h = add_handler("a.c", "a_mmap");
	assert_int_equal(convert(), 0);
	want(h, "converted", NULL, NULL);
	assert_string_equal(h->conversion.proof.verdict, "equal");
	assert_string_equal(status_of(h), "ok");
	patch = patch_of(h);
	want_in(patch, "\nmmapconv: contract: equal: a_mmap_prepare() does to every request what\n  a_mmap() did (as read for x86_64)\n");
	assert_null(strstr(patch, "not compared"));
	free(patch);
	assert_int_equal(rounds, 1);
}

static void test_equal_but(void **s)
{
	static const struct verdict list[] = { { "a_mmap", "equal-but" }, { 0 } };
	struct handler *h;
	char *patch;

	(void)s;
	verdicts = list;
	put_driver("a.c", NAMES("a_mmap"), "");
	h = add_handler("a.c", "a_mmap");
	assert_int_equal(convert(), 0);
	want(h, "converted", NULL, NULL);
	patch = patch_of(h);
	want_in(patch, "\nmmapconv: contract: equal-but: a_mmap_prepare() does to every request what\n  a_mmap() did (as read for x86_64), but for\n"
		       "  - state-in-mapped: it moved (count)\n");
	free(patch);
	assert_string_equal(conversion_check(h, "contract")->detail, "equal-but: state-in-mapped");
}

static void test_differs(void **s)
{
	static const struct verdict list[] = { { "a_mmap", "differs" }, { 0 } };
	struct handler *h;

	(void)s;
	verdicts = list;
	opt.unproved = true;		/* makes no difference to what differs */
	put_driver("a.c", NAMES("a_mmap"), "");
	put_driver("b.c", NAMES("b_mmap"), "");
	add_handler("a.c", "a_mmap");
	add_handler("b.c", "b_mmap");
	assert_int_equal(convert(), 0);
	h = inv.handlers.items;
	want(&h[0], "failed", "proof", "a_mmap_prepare() does not do what a_mmap() did: request: pgoff=1; old: -EINVAL; "
	     "new: it maps");
	assert_string_equal(status_of(&h[0]), "failed");
	want(&h[1], "converted", NULL, NULL);
	assert_int_equal(patches(), 1);
	assert_int_equal(convert_check(&inv, &opt), 0);
	assert_int_equal(rounds, 1);
}

static void test_unknown(void **s)
{
	static const struct verdict list[] = { { "a_mmap", "unknown" }, { 0 } };
	struct handler *h;
	char *patch;

	(void)s;
	verdicts = list;
	put_driver("a.c", NAMES("a_mmap"), "");
	h = add_handler("a.c", "a_mmap");
	assert_int_equal(convert(), 0);
	want(h, "failed", "proof", "whether a_mmap_prepare() does what a_mmap() did is not known: a.c:7: nobody knows");
	assert_string_equal(status_of(h), "unproved");
	assert_int_equal(patches(), 0);
	opt.unproved = true;
	assert_int_equal(convert(), 0);
	want(h, "converted", NULL, NULL);
	assert_string_equal(h->conversion.proof.verdict, "unknown");
	assert_string_equal(status_of(h), "unproved");
	patch = patch_of(h);
	want_in(patch, "\nmmapconv: contract: UNPROVED: whether a_mmap_prepare() does to every\n  request what a_mmap() did is not "
	       "known: a.c:7: nobody knows\n");
	free(patch);
}

/* Patches of one file stand on each other: those behind one that failed are made without it, and compared anew. */
static void test_stacked(void **s)
{
	static const struct verdict list[] = { { "a2_mmap", "differs" }, { 0 } };
	struct handler *h;
	char *patch;

	(void)s;
	verdicts = list;
	opt.compare_ctx = (char *)"a2_mmap_prepare";
	put_driver("a.c", NAMES("a1_mmap", "a2_mmap", "a3_mmap"), "");
	put_driver("b.c", NAMES("b_mmap"), "");
	add_handler("a.c", "a1_mmap");
	add_handler("a.c", "a2_mmap");
	add_handler("a.c", "a3_mmap");
	add_handler("b.c", "b_mmap");
	assert_int_equal(convert(), 0);
	h = inv.handlers.items;
	want(&h[0], "converted", NULL, NULL);
	want(&h[1], "failed", "proof", "a2_mmap_prepare() does not do");
	want(&h[2], "converted", NULL, NULL);
	want(&h[3], "converted", NULL, NULL);
	assert_int_equal(patches(), 3);
	assert_int_equal(convert_check(&inv, &opt), 0);
	assert_int_equal(rounds, 2);
	assert_int_equal(compared, 4 + 2);	/* b.c's stands */
	patch = patch_of(&h[2]);
	assert_null(strstr(patch, "a2_mmap_prepare"));
	free(patch);
	assert_int_equal(h[0].conversion.checks.nr, h[3].conversion.checks.nr);	/* none is there twice */
	assert_int_equal(h[0].conversion.rules.nr, 1);
}

static void test_interrupted(void **s)
{
	struct handler *h;

	(void)s;
	opt.compare = interrupted;
	put_driver("a.c", NAMES("a_mmap"), "");
	h = add_handler("a.c", "a_mmap");
	assert_int_equal(convert(), -EINTR);
	assert_string_equal(h->outcome, "failed");
	assert_int_equal(patches(), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_equal, compare_setup, teardown),
		cmocka_unit_test_setup_teardown(test_equal_but, compare_setup, teardown),
		cmocka_unit_test_setup_teardown(test_differs, compare_setup, teardown),
		cmocka_unit_test_setup_teardown(test_unknown, compare_setup, teardown),
		cmocka_unit_test_setup_teardown(test_stacked, compare_setup, teardown),
		cmocka_unit_test_setup_teardown(test_interrupted, compare_setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
