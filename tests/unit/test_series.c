// SPDX-License-Identifier: GPL-2.0-only
/* Postings without a tree: addresses, headers, what a patch touches, who gets it, how batches are made. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "series/batch.h"
#include "series/maintainers.h"
#include "series/message.h"
#include "series/patch_text.h"

static void expect_address(const char *text, const char *name, const char *address,
			   const char *rest)
{
	struct recipient r;
	const char *after;

	assert_true(recipient_parse(text, &r, &after));
	if (name)
		assert_string_equal(r.name, name);
	else
		assert_null(r.name);
	assert_string_equal(r.address, address);
	assert_string_equal(after, rest);
	recipient_clear(&r);
}

static void addresses_are_read(void **state)
{
	(void)state;
	expect_address("Wei Liu <wei.liu@kernel.org> (maintainer:X)", "Wei Liu",
		       "wei.liu@kernel.org", " (maintainer:X)");
	expect_address("linux-hyperv@vger.kernel.org (open list)", NULL,
		       "linux-hyperv@vger.kernel.org", " (open list)");
	expect_address("\"Ritesh Harjani (IBM)\" <r@x.org>", "Ritesh Harjani (IBM)", "r@x.org", "");
	expect_address("J\xc3\xb6rg <j@x.org>", "J\xc3\xb6rg", "j@x.org", "");
	expect_address("J\xf6rg <j@x.org>", "J\xef\xbf\xbdrg", "j@x.org", "");
	expect_address("A\tB\x01  C <j@x.org>", "A B C", "j@x.org", "");
	expect_address("<j@x.org>", NULL, "j@x.org", "");
}

static void hostile_addresses_are_none(void **state)
{
	static const char *const bad[] = {
		"",
		"name",
		"name <>",
		"name <a>",
		"name <a@>",
		"name <@b>",
		"name <a@b",
		"name <a@b@c>",
		"name <a b@c>",
		"name <a@b\nBcc: x@y>",
		"<a@b..c>",
		"<.a@b>",
		"<a@b.>",
		"name <a@b,c@d>",
		"name <a@b;c>",
		"a@b\"c",
		"name <a(x)@b>",
		"name <a@[1.2.3.4]>",
		"x <\xc3\xb6@b>",
	};
	struct recipient r;
	const char *rest;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		if (recipient_parse(bad[i], &r, &rest))
			fail_msg("\"%s\" was read as %s", bad[i], r.address);
}

static void add(struct recipients *l, const char *text)
{
	struct recipient r;
	const char *rest;

	assert_true(recipient_parse(text, &r, &rest));
	recipients_add(l, &r);
	recipient_clear(&r);
}

static size_t longest_line(const char *s)
{
	size_t most = 0, len;

	for (; *s; s += len + (s[len] == '\n')) {
		len = strcspn(s, "\n");
		most = len > most ? len : most;
	}
	return most;
}

static void headers_are_encoded_and_folded(void **state)
{
	struct recipients l = { 0 };
	struct strbuf b = { 0 };
	char name[96];
	int i;

	(void)state;
	header_addresses(&b, "To", &l);
	assert_int_equal(b.len, 0);
	add(&l, "Doe, John <john@x.org>");
	add(&l, "JOHN <JOHN@X.ORG>");
	add(&l, "J\xc3\xb6rg M\xc3\xbcller <j@x.org>");
	add(&l, "list@x.org");
	header_addresses(&b, "To", &l);
	assert_string_equal(
		b.s,
		"To: \"Doe, John\" <john@x.org>,\n =?UTF-8?B?SsO2cmcgTcO8bGxlcg==?= <j@x.org>,\n"
		" list@x.org\n");
	for (i = 0; i < 60; i++) {
		snprintf(name, sizeof(name),
			 "Some Longer Name %d <someone.%d@subsystem.example.org>", i, i);
		add(&l, name);
	}
	strbuf_reset(&b);
	header_addresses(&b, "Cc", &l);
	assert_true(longest_line(b.s) <= 78);
	strbuf_reset(&b);
	header_text(&b, "Subject", "[PATCH 1/2] a\nBcc: victim@x.org");
	assert_string_equal(b.s, "Subject: [PATCH 1/2] a Bcc: victim@x.org\n");
	strbuf_reset(&b);
	header_text(
		&b, "Subject",
		"\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4"
		"\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4");
	assert_true(longest_line(b.s) <= 78);
	assert_non_null(strstr(b.s, "?=\n =?UTF-8?B?"));
	/* 21 whole characters in the first word, 3 in the second: none is cut in two. */
	assert_non_null(strstr(b.s, "=?UTF-8?B?w6TDpMOk?="));
	strbuf_free(&b);
	recipients_free(&l);
}

static void a_patch_names_its_files(void **state)
{
	struct strlist files = { 0 };

	(void)state;
	assert_true(patch_files(
		"Subject: x\n\n---\n x.c | 2 +-\n\ndiff --git a/b.c b/b.c\n--- a/b.c\n+++ b/b.c\n@@ -1,2 +1,2 @@\n"
		"-old\n--- a/no/file.c\n+new\n+++ b/neither.c\ndiff --git a/a.h b/a.h\nnew file mode 100644\n"
		"--- /dev/null\n+++ b/a.h\n@@ -0,0 +1 @@\n+x\n-- \nmmapconv\n",
		&files));
	assert_int_equal(files.nr, 2);
	assert_string_equal(files.items[0], "a.h");
	assert_string_equal(files.items[1], "b.c");
	strlist_free(&files);
}

static void hostile_patches_are_refused(void **state)
{
	static const char *const bad[] = {
		"",
		"no diff at all\n",
		"--- a/../../etc/passwd\n+++ b/../../etc/passwd\n@@ -1 +1 @@\n-a\n+b\n",
		"--- a//etc/passwd\n+++ b//etc/passwd\n@@ -1 +1 @@\n-a\n+b\n",
		"--- a/.git/config\n+++ b/.git/config\n@@ -1 +1 @@\n-a\n+b\n",
		"--- a/x/.GIT/hooks/y\n+++ b/x/.GIT/hooks/y\n@@ -1 +1 @@\n-a\n+b\n",
		"--- \"a/x\\ny\"\n+++ \"b/x\\ny\"\n@@ -1 +1 @@\n-a\n+b\n",
		"diff --git a/x b/y\nrename from x\nrename to y\n",
		"--- a/x.c\n+++ b/x.c\n@@ -1,9 +1,9 @@\n-cut\n",
		"--- a/x.c\n+++ b/x.c\n@@ -1,99999999999999 +1 @@\n",
		"--- a/x.c\n+++ b/x.c\n@@ -1 x\n-a\n+b\n",
		"--- x.c\n+++ x.c\n@@ -1 +1 @@\n-a\n+b\n",
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		struct strlist files = { 0 };

		if (patch_files(bad[i], &files))
			fail_msg("taken: %s", bad[i]);
		strlist_free(&files);
	}
}

static void free_one(struct driver *d)
{
	recipients_free(&d->to);
	recipients_free(&d->cc);
	free(d->tree);
	free(d->subsystem);
}

static void the_scripts_output_is_read(void **state)
{
	struct driver d = { 0 }, rest = { 0 }, bad = { 0 }, net = { 0 };

	(void)state;
	maintainers_read(
		"A B <a@x.org> (maintainer:ONE)\nC <c@x.org> (odd fixer:ONE)\nD <d@x.org> (reviewer:ONE)\n"
		"l@x.org (moderated list:ONE)\nA B <a@x.org> (reviewer:TWO)\nK <k@x.org> (maintainer:K:Keyword:\\bmmap)\n"
		"linux-kernel@vger.kernel.org (open list)\ngit git://x/k.git:Keyword:mmap\ngit git://x/one.git\n"
		"git git://x/linux.git\nONE (32-BIT)\nTHE REST\nK:Keyword:mmap\n",
		&d);
	assert_int_equal(d.to.nr, 3);
	assert_string_equal(d.to.items[2].address, "k@x.org");
	assert_int_equal(d.cc.nr, 3);
	assert_string_equal(d.cc.items[0].address, "d@x.org");
	assert_string_equal(d.tree, "git git://x/one.git");
	assert_string_equal(d.subsystem, "ONE (32-BIT)");
	/* THE REST alone: nobody's tree. */
	maintainers_read(
		"linux-kernel@vger.kernel.org (open list)\ngit git://x/linux.git\nTHE REST\n",
		&rest);
	assert_null(rest.tree);
	assert_null(rest.subsystem);
	assert_int_equal(rest.to.nr, 0);
	maintainers_read(
		"\x01\x02\n@\n<>\n(maintainer:X)\na@b@c (maintainer:X)\nx <y@z\xff> (maintainer:X)\n",
		&bad);
	assert_int_equal(bad.to.nr, 0);
	assert_int_equal(bad.cc.nr, 0);
	maintainers_read("git git://x/net.git\ngit git://x/net-next.git\ngit git://x/linux.git\nNET\nTHE REST\n", &net);
	assert_string_equal(net.tree, "git git://x/net-next.git");
	free_one(&net);
	free_one(&d);
	free_one(&rest);
	free_one(&bad);
}

static void expect_name(char *name, const char *want)
{
	assert_string_equal(name, want);
	free(name);
}

static void batches_have_names(void **state)
{
	(void)state;
	expect_name(
		batch_name_of_tree(
			"git git://git.kernel.org/pub/scm/linux/kernel/git/gregkh/char-misc.git"),
		"char-misc");
	expect_name(batch_name_of_tree(
			    "git git://git.kernel.org/pub/scm/linux/kernel/git/hyperv/linux.git"),
		    "hyperv");
	expect_name(
		batch_name_of_tree("git git://git.kernel.org/x/powerpc/linux.git topic/ppc-kvm"),
		"powerpc-topic-ppc-kvm");
	expect_name(batch_name_of_tree("git https://x/../../etc/"), "etc");
	expect_name(batch_name_of_tree("git git://x/xen/tip.git"), "xen");
	expect_name(batch_name_of_tree("git git://x/tip/tip.git x86/sgx"), "tip-x86-sgx");
	expect_name(batch_name_of_tree("git"), "git");
	expect_name(batch_name_of_tree("git ///"), "other");
	expect_name(batch_name_of_text("TEE SUBSYSTEM"), "tee-subsystem");
	expect_name(batch_name_of_text("../\n;rm -rf"), "rm-rf");
	expect_name(batch_name_of_text("\xff"), "other");
}

/* Drivers by number: of trees 'a', 'b' …; after[i] names what i stands on. */
static void make(struct drivers *all, const char *trees, const char *const *after)
{
	size_t i, k;

	for (i = 0; trees[i]; i++) {
		struct driver *d = vec_push(all);

		d->selected = true;
		d->group = i;
		d->tree = xasprintf("git git://x/%c.git", trees[i]);
		strlist_addf(&d->files, "f%zu.c", i);
		strlist_addf(&d->patches, "patches/%zu", i);
		d->texts = xcalloc(1, sizeof(*d->texts));
	}
	for (i = 0; after && i < all->nr; i++)
		for (k = 0; after[i][k]; k++) {
			size_t on = (size_t)(after[i][k] - '0'), from = all->items[i].group, j;

			*vec_push(&all->items[i].after) = on;
			for (j = 0; j < all->nr; j++)
				if (all->items[j].group == from)
					all->items[j].group = all->items[on].group;
		}
}

/* "a:01 b:2<01": each batch's drivers, and behind "<" those that it stands on. */
static char *shape(const struct batches *b, const struct drivers *all)
{
	const struct batch *x;
	struct strbuf s = { 0 };
	struct driver **d;

	strbuf_adds(&s, "");
	vec_each(x, b) {
		strbuf_addf(&s, "%s%s:", s.len ? " " : "", x->name);
		vec_each(d, &x->drivers)
			strbuf_addf(&s, "%zu", (size_t)(*d - all->items));
		if (x->before.nr)
			strbuf_adds(&s, "<");
		vec_each(d, &x->before)
			strbuf_addf(&s, "%zu", (size_t)(*d - all->items));
	}
	return strbuf_detach(&s);
}

static void expect_batches(const char *trees, const char *const *after, unsigned max,
			   unsigned limit, const char *want)
{
	struct drivers all = { 0 };
	struct batches b = { 0 };
	char *got;

	make(&all, trees, after);
	batches_make(&b, &all, max, limit);
	got = shape(&b, &all);
	assert_string_equal(got, want);
	free(got);
	batches_free(&b);
	drivers_free(&all);
}

static void batches_follow_trees_and_prerequisites(void **state)
{
	static const char *const helper_last[] = { "2", "", "" }; /* 0 stands on 2 */
	static const char *const chain[] = { "", "0", "1", "", "2" };
	static const char *const circle[] = { "1", "0", "" };

	(void)state;
	expect_batches("aba", NULL, 15, 0, "a:02 b:1");
	expect_batches("aaaaa", NULL, 2, 0, "a:01 a-2:23 a-3:4");
	expect_batches("aaaaa", NULL, 15, 3, "a:012");
	/* The prerequisite leads, and its tree decides. */
	expect_batches("aac", helper_last, 15, 0, "a:1 c:20");
	/* A later part stands on what it needs of the earlier ones, and on nothing else. */
	expect_batches("aaaaa", chain, 2, 0, "a:01 a-2:23<01 a-3:4<012");
	expect_batches("aab", circle, 15, 0, "b:2");
}

static void sign(const char *message, const char *want)
{
	struct strbuf b = { 0 };

	strbuf_adds(&b, message);
	message_sign(&b, "A B", "a@x.org");
	assert_string_equal(b.s, want);
	message_sign(&b, "A B", "a@x.org");
	assert_string_equal(b.s, want);
	strbuf_free(&b);
}

static void only_a_person_signs_and_once(void **state)
{
	(void)state;
	sign("x: y\n\nText.\n", "x: y\n\nText.\n\nSigned-off-by: A B <a@x.org>\n");
	sign("x: y\n\nText.\n\nReviewed-by: C <c@x.org>\n",
	     "x: y\n\nText.\n\nReviewed-by: C <c@x.org>\nSigned-off-by: A B <a@x.org>\n");
	sign("x: y\n", "x: y\n\nSigned-off-by: A B <a@x.org>\n");
}

static struct handler *handler(const char *function, const char *ops)
{
	struct handler *h = xcalloc(1, sizeof(*h));

	h->function = xstrdup(function);
	h->vm_ops = xstrdup(ops);
	h->arch = xstrdup("x86_64");
	h->conversion.new_name = xasprintf("%s_prepare", function);
	h->conversion.prefix = xstrdup("misc: foo");
	h->conversion.old_form = xasprintf("installs %s", ops);
	h->conversion.new_form = xstrdup("does the same");
	return h;
}

static void kin_share_a_sentence(void **state)
{
	struct inventory inv = { 0 };
	struct driver d = { .generated = true };
	char *message;
	size_t i;

	(void)state;
	strlist_add(&d.files, "drivers/misc/foo.c");
	for (i = 0; i < 3; i++) {
		char *name = xasprintf("foo%zu_mmap", i), *ops = xasprintf("foo%zu_vm_ops", i);
		struct handler *h = handler(name, ops);

		if (i == 2) {
			free(h->conversion.old_form);
			h->conversion.old_form = xstrdup("only checks the request");
		}
		*vec_push(&inv.handlers) = *h;
		free(h);
		free(name);
		free(ops);
	}
	for (i = 0; i < 3; i++)
		*vec_push(&d.handlers) = &inv.handlers.items[i];
	message = driver_message(&d);
	assert_int_equal(strncmp(message,
				 "misc: foo: replace deprecated mmap hooks with mmap_prepare\n\n",
				 60),
			 0);
	assert_non_null(strstr(
		message, "Each of foo0_mmap() and foo1_mmap() installs its vm_operations_struct."));
	assert_non_null(strstr(
		message,
		"\n\nfoo2_mmap() only checks the request. foo2_mmap_prepare() does the same.\n"));
	assert_non_null(strstr(message, "; not\nbuilt, not booted.\n"));
	assert_true(longest_line(message) <= 75);
	free(message);
	strlist_free(&d.files);
	vec_free(&d.handlers);
	inventory_free(&inv);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(addresses_are_read),
		cmocka_unit_test(hostile_addresses_are_none),
		cmocka_unit_test(headers_are_encoded_and_folded),
		cmocka_unit_test(a_patch_names_its_files),
		cmocka_unit_test(hostile_patches_are_refused),
		cmocka_unit_test(the_scripts_output_is_read),
		cmocka_unit_test(batches_have_names),
		cmocka_unit_test(batches_follow_trees_and_prerequisites),
		cmocka_unit_test(only_a_person_signs_and_once),
		cmocka_unit_test(kin_share_a_sentence),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
