// SPDX-License-Identifier: GPL-2.0-only
/* What a boot said, in the mails: below the "---", in the message, in the cover; and what differs is not posted. */
#include "test_boot_fixture.h"

#include <json-c/json.h>

#include "mail/mail.h"
#include "series/series.h"

#define SUBJECT "udf: replace deprecated mmap hook with mmap_prepare"

static struct tree tree;
static struct inventory inv;

static void set_forms(struct handler *h)
{
	h->conversion.old_form = xstrdup("maps the page cache");
	h->conversion.new_form = xstrdup("does the same on the descriptor");
}

/* A patch as convert writes it, of a file of the tree. */
static void write_mail(struct handler *h, const char *more)
{
	const char *name = h->conversion.new_name;
	char *message = mail_text((const struct handler *const[]){ h }, &name, 1, SUBJECT, false), *mail;

	mail = xasprintf("From 0000000000000000000000000000000000000000 Mon Sep 17 00:00:00 2001\n"
			 "From: A <a@x.example>\nDate: Thu, 1 Jan 2026 00:00:00 +0000\nSubject: [PATCH] %s%s---\n\n"
			 "diff --git a/%s b/%s\n--- a/%s\n+++ b/%s\n@@ -1 +1 @@\n-old\n+new\n-- \nmmapconv\n\n",
			 message, more, h->file, h->file, h->file, h->file);
	write_text(h->conversion.patch, mail);
	free(message);
	free(mail);
}

static int setup(void **state)
{
	int ret = scratch_make(state);

	make_booted(&inv);
	set_forms(udf(&inv));
	udf(&inv)->conversion.module = xstrdup("fs/udf/udf");
	tree.root = path_join(scratch, "tree");
	tree.version = xstrdup("7.3.4");
	write_text("tree/fs/udf/file.c", "old\n");
	write_text("tree/fs/udf/dir.c", "old\n");
	write_mail(udf(&inv), "");
	return ret;
}

static int teardown(void **state)
{
	inventory_free(&inv);
	free(tree.root);
	free(tree.version);
	return scratch_remove(state);
}

/* One posting of all; what is left out, and why, in said. */
static int post(char **said)
{
	struct series_options opt = { .out = scratch, .jobs = 1, .version = 1, .no_scripts = true };
	struct json_object *o, *left_out;
	struct series *s;
	int ret;

	free(SAID(ret = series_make(&tree, NULL, &inv, &opt, &s)));
	*said = xstrdup("");
	if (!ret) {
		o = series_to_json(s);
		left_out = json_object_object_get(o, "left_out");
		free(*said);
		*said = xstrdup(json_object_to_json_string_ext(left_out, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE));
		json_object_put(o);
	}
	series_free(s);
	return ret;
}

/* One blank wherever a line may be wrapped. */
static char *flat(const char *path)
{
	char *text = read_whole(path), *from, *to;

	for (from = to = text; *from; from++)
		if (*from != ' ' && *from != '\n')
			*to++ = *from;
		else if (to > text && to[-1] != ' ')
			*to++ = ' ';
	*to = '\0';
	return text;
}

static char *mail_of(const struct handler *h)
{
	char *path = path_join(scratch, h->conversion.posting.mail), *text = flat(path);

	free(path);
	return text;
}

static void without_a_boot_nothing_is_claimed(void **state)
{
	char *said, *text;

	(void)state;
	assert_int_equal(post(&said), 0);
	assert_string_equal(said, "[]");
	text = mail_of(udf(&inv));
	assert_has(text, "not booted.");
	assert_lacks(text, "booted:");
	assert_lacks(text, "booted under");
	free(text);
	free(said);
}

static void a_boot_is_told(void **state)
{
	char *said, *text;

	(void)state;
	set_booted(udf(&inv), 212);
	add_boot_difference(udf(&inv), "merge-after-hook");
	assert_int_equal(post(&said), 0);
	text = mail_of(udf(&inv));
	assert_has(text, "compile-tested on x86_64, booted under QEMU (x86_64).");
	assert_lacks(text, "not booted");
	assert_has(text, "mmapconv: booted: 212 requests, no difference but 1, announced:");
	assert_has(text, "udf_mmap() and udf_mmap_prepare() under QEMU (x86_64) - merge-after-hook: eta: shared rw all: VmFlags:");
	free(text);
	free(said);
	/* Below the ---, not in the history. */
	text = path_join(scratch, udf(&inv)->conversion.posting.mail);
	said = read_whole(text);
	assert_true(strstr(said, "\n---\n") < strstr(said, "mmapconv: booted:"));
	free(said);
	free(text);
}

/* A page offset that is another one is so in every request: the first of a kind say it. */
static void of_many_of_a_kind_the_first_are_told(void **state)
{
	char *said, *text;
	int i;

	(void)state;
	set_booted(udf(&inv), 212);
	for (i = 0; i < 5; i++)
		add_boot_difference(udf(&inv), "merge-after-hook");
	add_boot_difference(udf(&inv), "prot-in-vma");
	assert_int_equal(post(&said), 0);
	text = mail_of(udf(&inv));
	assert_has(text, "no difference but 6, announced:");
	assert_has(text, "- merge-after-hook: and 2 more - prot-in-vma: eta: ");
	free(text);
	free(said);
}

/* A message that somebody wrote is theirs. */
static void an_edited_message_stays(void **state)
{
	char *said, *text;

	(void)state;
	write_mail(udf(&inv), "\nThis is what I think.\n");
	set_booted(udf(&inv), 212);
	assert_int_equal(post(&said), 0);
	text = mail_of(udf(&inv));
	assert_has(text, "This is what I think.");
	assert_has(text, "not booted.");
	assert_has(text, "mmapconv: booted: 212 requests, no difference:");
	free(text);
	free(said);
}

/* Tried, and not reached: that is no boot. */
static void what_was_not_reached_says_so(void **state)
{
	char *said, *text;

	(void)state;
	udf(&inv)->boot.verdict = xstrdup("not-reached");
	udf(&inv)->boot.patch = xstrdup("0123456789abcdef");
	assert_int_equal(post(&said), 0);
	text = mail_of(udf(&inv));
	assert_has(text, "compile-tested on x86_64, not booted.");
	assert_has(text, "mmapconv: not booted: udf_mmap_prepare(): no request reached it");
	free(text);
	free(said);
}

static void what_differs_is_not_posted(void **state)
{
	struct handler *h;
	char *said;

	(void)state;
	/* A second patch of the same module, which does nothing wrong. */
	h = add_handler(&inv, "fs/udf/dir.c", "udf_dir_mmap", "generic", "auto");
	set_converted(h, "patches/0002-dir.patch");
	set_forms(h);
	h->conversion.module = xstrdup("fs/udf/udf");
	write_mail(h, "");
	set_booted(h, 3);
	set_booted(udf(&inv), 212);
	add_boot_difference(udf(&inv), NULL);
	add_boot_difference(udf(&inv), NULL);
	assert_int_equal(post(&said), 0);
	assert_null(udf(&inv)->conversion.posting.batch);
	assert_null(h->conversion.posting.batch);
	assert_has(said, "patches/0001-udf.patch: booted with it, the kernel does not do what it did: udf_mmap(): "
			 "eta: shared rw all: VmFlags: old \\\"rd wr\\\", new \\\"rd wr dd\\\"; and 1 more; mend the patch");
	free(said);
	/* Mended: what the boot said is of another patch. */
	write_text("patches/0001-udf.patch", "");
	write_mail(udf(&inv), "");
	free(SAID(assert_int_equal(boot_drop_stale(&inv, scratch), 2)));
	assert_int_equal(post(&said), 0);
	assert_string_equal(said, "[]");
	assert_non_null(udf(&inv)->conversion.posting.batch);
	free(said);
}

/* The cover counts what was booted, and names what was not. */
static void the_cover_tells_too(void **state)
{
	struct handler *h;
	char *said, *text;

	(void)state;
	h = add_handler(&inv, "fs/udf/dir.c", "udf_dir_mmap", "generic", "auto");
	set_converted(h, "patches/0002-dir.patch");
	set_forms(h);
	write_mail(h, "");
	set_booted(udf(&inv), 212);
	assert_int_equal(post(&said), 0);
	text = xasprintf("%s/series/%s/v1/0000-cover-letter.patch", scratch, udf(&inv)->conversion.posting.batch);
	free(said);
	said = flat(text);
	assert_has(said, "Booted under QEMU (x86_64), with the patches and without: 1 handler, 212 requests, no difference. "
			 "Not booted: udf_dir_mmap(). Not tested: nothing was run on hardware");
	free(said);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(without_a_boot_nothing_is_claimed, setup, teardown),
		cmocka_unit_test_setup_teardown(a_boot_is_told, setup, teardown),
		cmocka_unit_test_setup_teardown(of_many_of_a_kind_the_first_are_told, setup, teardown),
		cmocka_unit_test_setup_teardown(an_edited_message_stays, setup, teardown),
		cmocka_unit_test_setup_teardown(what_was_not_reached_says_so, setup, teardown),
		cmocka_unit_test_setup_teardown(what_differs_is_not_posted, setup, teardown),
		cmocka_unit_test_setup_teardown(the_cover_tells_too, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
