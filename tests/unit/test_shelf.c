// SPDX-License-Identifier: GPL-2.0-only
/* The shelf's folder: what is read, and what is refused, by name and reason. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "shelf/shelf.h"

#define BLOB_A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define BLOB_B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"

static const char head[] = "From 0000000000000000000000000000000000000000 Mon Sep 17 00:00:00 2001\n"
			   "From: mmapconv <mmapconv@example.invalid>\nDate: Sun, 22 Nov 2026 00:00:00 +0000\n"
			   "Subject: [PATCH] a: replace deprecated mmap hook\n with mmap_prepare\n\nWhy.\n";
static const char cut[] = "---\n a.c | 2 +-\n 1 file changed, 1 insertion(+), 1 deletion(-)\n\n";
static const char diff[] = "diff --git a/a.c b/a.c\nindex " BLOB_A ".." BLOB_B " 100644\n--- a/a.c\n+++ b/a.c\n"
			   "@@ -1,2 +1,2 @@\n-old\n+new\n same\n";
static const char meta[] = "{\"schema\": \"mmapconv-shelf-1\", \"kind\": \"conversion\", \"handlers\": [{\"id\": \"a.c:a_mmap\", "
			   "\"hook\": \"a_mmap_prepare\", \"proof\": \"equal\"}], \"class\": \"stateful\", \"rules\": [\"R2\"], "
			   "\"prerequisites\": [], \"arch\": [\"x86_64\"], \"verified\": {\"release\": \"7.3.4\", "
			   "\"date\": \"2026-11-22\", \"compile\": null}, \"questions\": [\"Why?\"], \"differences\": [], "
			   "\"boot\": [{\"subject\": \"a-*\", \"request\": null, \"key\": \"busy\", \"old\": \"EBUSY\", "
			   "\"new\": null, \"why\": \"It counts.\"}]}";

#define HASH "0123456789abcdef0123456789abcdef"
static const char judged[] = "{\"schema\": \"mmapconv-shelf-1\", \"kind\": \"judged\", \"handler\": \"a.c:a_mmap\", "
			     "\"needs\": [\"several ranges in one action\"], \"why\": \"It maps two.\", \"rules\": [\"R11\"], "
			     "\"read\": [{\"function\": \"a.c:a_mmap\", \"text\": \"" HASH "\"}], \"verified\": {\"release\": \"7.3.4\", "
			     "\"date\": \"2026-11-22\"}, \"remarks\": [\"So it is.\"]}";

static char *top;

static int setup(void **s)
{
	const char *tmp = getenv("TMPDIR");

	(void)s;
	top = xasprintf("%s/mmapconv-shelf-XXXXXX", tmp && *tmp ? tmp : "/tmp");
	log_set_quiet(true);
	return mkdtemp(top) ? 0 : -1;
}

static int teardown(void **s)
{
	(void)s;
	file_remove_tree(top);
	free(top);
	return 0;
}

static void put(const char *name, const char *text, size_t len)
{
	char *path = path_join(top, name);

	assert_int_equal(file_write_atomic(path, text, len), 0);
	free(path);
}

static void put_text(const char *name, const char *text)
{
	put(name, text, strlen(text));
}

/* text with the first `from` replaced; caller frees. */
static char *with(const char *text, const char *from, const char *to)
{
	const char *at = strstr(text, from);

	if (!at)
		fail_msg("\"%s\" is not in \"%s\"", from, text);
	return xasprintf("%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
}

static char *whole(void)
{
	return xasprintf("%s%s%s", head, cut, diff);
}

static void put_patch(const char *name)
{
	char *text = whole(), *file = xasprintf("%s.patch", name);

	put_text(file, text);
	free(file);
	file = xasprintf("%s.json", name);
	put_text(file, meta);
	free(file);
	free(text);
}

/* The folder has one patch, which is refused for a reason with these words. */
static void want_refused(const char *words)
{
	struct shelf s;

	assert_int_equal(shelf_open(&s, top), 0);
	assert_int_equal(s.patches.nr, 1);
	if (!s.patches.items[0].error)
		fail_msg("nothing was refused, though: %s", words);
	if (!strstr(s.patches.items[0].error, words))
		fail_msg("\"%s\" is not in \"%s\"", words, s.patches.items[0].error);
	assert_true(s.damaged > 0);
	shelf_free(&s);
}

static void test_good(void **state)
{
	const struct shelf_patch *p;
	struct strbuf first = { 0 }, second = { 0 };
	struct shelf copy = { 0 };
	char *error = NULL;
	struct shelf s;

	(void)state;
	put_patch("0003-a");
	put_text("README", "no patch");
	put_text("0003-a.why.md", "no patch either");
	assert_int_equal(shelf_open(&s, top), 0);
	assert_int_equal(s.damaged, 0);
	assert_int_equal(s.patches.nr, 1);
	p = &s.patches.items[0];
	assert_null(p->error);
	assert_int_equal(p->number, 3);
	assert_string_equal(p->subject, "a: replace deprecated mmap hook with mmap_prepare");
	assert_int_equal(p->files.nr, 1);
	assert_string_equal(p->files.items[0].path, "a.c");
	assert_string_equal(p->files.items[0].blob, BLOB_A);
	assert_false(p->files.items[0].created);
	assert_string_equal(p->handlers.items[0].file, "a.c");
	assert_string_equal(p->handlers.items[0].function, "a_mmap");
	assert_int_equal(shelf_converts(p), 1);
	assert_null(p->verified.compile);
	assert_int_equal(p->boot.nr, 1);
	assert_string_equal(p->boot.items[0].subject, "a-*");
	assert_null(p->boot.items[0].request);
	assert_string_equal(p->boot.items[0].old_value, "EBUSY");
	assert_null(p->boot.items[0].new_value);
	/* What is written is read again as the same. */
	shelf_write_meta(p, &first);
	assert_int_equal(shelf_read_meta(vec_push(&copy.patches), &first, &error), 0);
	shelf_write_meta(&copy.patches.items[0], &second);
	assert_string_equal(first.s, second.s);
	strbuf_free(&first);
	strbuf_free(&second);
	shelf_free(&copy);
	shelf_free(&s);
}

static void test_bad_meta(void **state)
{
	static const struct { const char *from, *to, *words; } cases[] = {
		{ "\"mmapconv-shelf-1\"", "\"mmapconv-shelf-2\"", "its schema is \"mmapconv-shelf-2\"" },
		{ "\"schema\": \"mmapconv-shelf-1\", ", "", "\"schema\" is missing" },
		{ "\"kind\"", "\"kind\": \"fix\", \"sort\"", "\"sort\" is no member" },
		{ "\"conversion\"", "\"miracle\"", "\"kind\": \"miracle\" is none of its words: conversion, fix, preparation, core" },
		{ "\"equal\"", "\"differs\"", "is none of its words" },
		{ "\"equal\"", "\"unknown\"", "\"why\" is missing" },
		{ "\"stateful\"", "\"core\"", "\"class\": \"core\" is none of its words" },
		{ "a.c:a_mmap", "../a.c:a_mmap", "is no file:function of a tree" },
		{ "a.c:a_mmap", ".git/a.c:a_mmap", "is no file:function of a tree" },
		{ "a.c:a_mmap", "/etc/a.c:a_mmap", "is no file:function of a tree" },
		{ "a.c:a_mmap", "a.c:a mmap", "is no file:function of a tree" },
		{ "a.c:a_mmap", "a.c", "is no file:function of a tree" },
		{ "\"a_mmap_prepare\"", "\"a_mmap\"", "is no new name" },
		{ "\"a_mmap_prepare\"", "\"a b\"", "is no new name" },
		{ "\"a_mmap_prepare\"", "null", "names the hook of each handler" },
		{ "\"R2\"", "\"2\"", "\"rules\": item 1" },
		{ "\"R2\"", "\"R2\", \"R2\"", "\"rules\": item 2" },
		{ "\"x86_64\"", "\"vax\"", "\"arch\": item 1" },
		{ "\"x86_64\"", "", "names no architecture" },
		{ "\"2026-11-22\"", "\"today\"", "is no date" },
		{ "\"Why?\"", "\"a\\nb\"", "\"questions\": item 1" },
		{ "\"Why?\"", "\"a\\u0000b\"", "\"questions\": item 1" },
		{ "\"differences\": []", "\"differences\": [], \"provides\": [\"mapped\"]", "a conversion provides nothing" },
		{ "\"differences\": []", "\"differences\": [], \"provides\": [\"everything\"]", "\"provides\": item 1" },
		{ "\"Why?\"", "7", "\"questions\": item 1" },
		{ "[\"Why?\"]", "\"Why?\"", "\"questions\" is no list" },
		{ "\"prerequisites\": []", "\"prerequisites\": [\"0003-a\"]", "does not come before it" },
		{ "\"prerequisites\": []", "\"prerequisites\": [\"0001-none\"]", "is not on the shelf" },
		{ "\"prerequisites\": []", "\"prerequisites\": [\"../0001-a\"]", "\"prerequisites\": item 1" },
		{ "[{\"subject\"", "[7, {\"subject\"", "\"boot\" is missing, or no object" },
		{ "\"subject\": \"a-*\", ", "", "\"subject\" is missing" },
		{ "\"request\": null, ", "", "\"boot\": \"request\" is missing" },
		{ "\"old\": \"EBUSY\", ", "", "\"boot\": \"old\" is missing" },
		{ "\"old\": \"EBUSY\"", "\"old\": null", "old and new are both null" },
		{ "\"old\": \"EBUSY\"", "\"old\": 7", "\"old\" is no text of one line" },
		{ ", \"why\": \"It counts.\"", "", "\"why\" is missing" },
		{ "\"why\": \"It counts.\"", "\"why\": \"It counts.\", \"sure\": true", "\"sure\" is no member" },
		{ "]}", "]", "is no JSON object" },
		{ "{\"schema\"", "[{\"schema\"", "is no JSON object" },
	};
	char *text;
	size_t i;

	(void)state;
	put_patch("0003-a");
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		text = with(meta, cases[i].from, cases[i].to);
		put_text("0003-a.json", text);
		want_refused(cases[i].words);
		free(text);
	}
	/* Deeper than any schema, a NUL, nothing at all, too large. */
	text = xcalloc(1, 1 << 21);
	memset(text, '[', (1 << 21) - 1);
	put("0003-a.json", text, 100000);
	want_refused("is no JSON object");
	put("0003-a.json", text, (1 << 21) - 1);
	want_refused("larger than 1024 KiB");
	free(text);
	put("0003-a.json", "{}\0{}", 5);
	want_refused("is no JSON object");
	put("0003-a.json", "", 0);
	want_refused("is no JSON object");
}

static void test_bad_patch(void **state)
{
	static const struct { const char *from, *to, *words; } cases[] = {
		{ "From 0000", "from 0000", "its first line is not" },
		{ "Why.\n", "Why.\nFrom here on\n", "second line that begins with \"From \"" },
		{ "Why.\n", "Why.\n\nSigned-off-by: A <a@b.example>\n", "carries a sign-off" },
		{ "Subject: ", "Topic: ", "has no subject" },
		{ "---\n a.c", "--\n a.c", "has no line \"---\"" },
		{ "a/a.c b/a.c", "a/../a.c b/../a.c", "git makes for a file" },
		{ "--- a/a.c\n+++ b/a.c", "--- a/../a.c\n+++ b/../a.c", "a path leads out of it" },
		{ "--- a/a.c\n+++ b/a.c", "--- a//etc/a.c\n+++ b//etc/a.c", "a path leads out of it" },
		{ "--- a/a.c\n+++ b/a.c", "--- a/b.c\n+++ b/b.c", "git makes for a file" },
		{ BLOB_A ".." BLOB_B, "aaaaaaa..bbbbbbb", "shortened blob names" },
		{ "index " BLOB_A ".." BLOB_B " 100644\n", "", "has no blob names" },
		{ BLOB_B " 100644", BLOB_B " 120000", "what is no plain file" },
		{ "index " BLOB_A, "new file mode 120000\nindex " BLOB_A, "makes what is no plain file" },
		{ "index " BLOB_A, "deleted file mode 100644\nindex " BLOB_A, "removes a file" },
		{ "index " BLOB_A, "old mode 100644\nnew mode 100755\nindex " BLOB_A, "changes its mode" },
		{ "--- a/a.c\n", "rename from a.c\n--- a/a.c\n", "no whole patch" },
		{ "@@ -1,2 +1,2 @@", "@@ -1,20 +1,20 @@", "no whole patch" },
		{ "+new\n", "+new\r\n", "CR line endings" },
	};
	char *good = whole(), *text;
	size_t i;

	(void)state;
	put_patch("0003-a");
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		text = with(good, cases[i].from, cases[i].to);
		put_text("0003-a.patch", text);
		want_refused(cases[i].words);
		free(text);
	}
	/* git's own files. */
	text = xasprintf("%s%sdiff --git a/.gitattributes b/.gitattributes\nindex " BLOB_A ".." BLOB_B " 100644\n"
			 "--- a/.gitattributes\n+++ b/.gitattributes\n@@ -1 +1 @@\n-old\n+new\n", head, cut);
	put_text("0003-a.patch", text);
	want_refused("git makes for a file");
	free(text);
	put("0003-a.patch", "a\0b", 3);
	want_refused("NUL bytes");
	text = xcalloc(1, (4 << 20) + 1);
	put("0003-a.patch", text, (4 << 20) + 1);
	want_refused("larger than 4096 KiB");
	free(text);
	free(good);
}

static void test_links(void **state)
{
	char *path = path_join(top, "0003-a.patch"), *other = path_join(top, "elsewhere"), *text = whole();

	(void)state;
	put_patch("0003-a");
	put_text("elsewhere", text);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(symlink(other, path), 0);
	want_refused("is no plain file");
	assert_int_equal(unlink(path), 0);
	want_refused("there is no 0003-a.patch beside it");
	free(text);
	free(path);
	free(other);
}

static void test_names(void **state)
{
	struct shelf s;

	(void)state;
	put_patch("0003-a");
	put_text("3-b.patch", "x");
	put_text("0004_c.patch", "x");
	put_text("0005-d.json", "{}");
	assert_int_equal(shelf_open(&s, top), 0);
	assert_int_equal(s.patches.nr, 2);	/* 0005-d has no patch */
	assert_int_equal(s.damaged, 4);		/* two names, and 0005-d's two files */
	shelf_free(&s);
	put_text("not-a-folder", "x");
	{
		char *path = path_join(top, "not-a-folder");

		assert_int_equal(shelf_open(&s, path), -ENOTDIR);
		shelf_free(&s);
		free(path);
	}
}

static void test_rivals(void **state)
{
	struct shelf s;

	(void)state;
	put_patch("0003-a");
	put_patch("0004-a");
	assert_int_equal(shelf_open(&s, top), 0);
	assert_non_null(strstr(s.patches.items[0].error, "0004-a converts a.c:a_mmap, too"));
	assert_non_null(strstr(s.patches.items[1].error, "0003-a converts a.c:a_mmap, too"));
	shelf_free(&s);
}

/* What stands on a damaged patch is not used either; two of one number are both damaged. */
static void test_spread(void **state)
{
	char *text = with(meta, "\"prerequisites\": []", "\"prerequisites\": [\"0001-a\"]"), *other;
	struct shelf s;

	(void)state;
	put_patch("0001-a");
	put_patch("0002-b");
	put_text("0001-a.json", "{}");
	other = with(text, "a.c:a_mmap", "a.c:b_mmap");
	put_text("0002-b.json", other);
	assert_int_equal(shelf_open(&s, top), 0);
	assert_non_null(strstr(s.patches.items[1].error, "it stands on 0001-a, which is damaged"));
	assert_int_equal(s.patches.items[1].handlers.nr, 1);
	shelf_free(&s);
	put_patch("0001-c");
	assert_int_equal(shelf_open(&s, top), 0);
	assert_non_null(strstr(s.patches.items[1].error, "0001-a has the same number"));
	shelf_free(&s);
	free(text);
	free(other);
}

/* The folder's first judgement is refused for a reason with these words. */
static void want_judgement_refused(const char *words)
{
	struct shelf s;

	assert_int_equal(shelf_open(&s, top), 0);
	assert_true(s.judged.nr > 0);
	if (!s.judged.items[0].error)
		fail_msg("nothing was refused, though: %s", words);
	if (!strstr(s.judged.items[0].error, words))
		fail_msg("\"%s\" is not in \"%s\"", words, s.judged.items[0].error);
	assert_true(s.damaged > 0);
	shelf_free(&s);
}

static void test_judged(void **state)
{
	struct shelf_judgement copy = { 0 };
	const struct shelf_judgement *j;
	struct strbuf first = { 0 }, second = { 0 };
	char *error = NULL;
	struct shelf s;

	(void)state;
	put_text("0900-a.json", judged);
	assert_int_equal(shelf_open(&s, top), 0);
	assert_int_equal(s.damaged, 0);
	assert_int_equal(s.patches.nr, 0);
	assert_int_equal(s.judged.nr, 1);
	j = shelf_judgement(&s, "0900-a");
	assert_non_null(j);
	assert_null(shelf_judgement(&s, "0901-a"));
	assert_null(j->error);
	assert_int_equal(j->number, 900);
	assert_string_equal(j->file, "a.c");
	assert_string_equal(j->needs.items[0], "several ranges in one action");
	assert_string_equal(j->read.items[0].function, "a_mmap");
	assert_string_equal(j->read.items[0].hash, HASH);
	shelf_write_judgement(j, &first);
	assert_true(shelf_is_judgement(&first));
	assert_int_equal(shelf_read_judgement(&copy, &first, &error), 0);
	shelf_write_judgement(&copy, &second);
	assert_string_equal(first.s, second.s);
	shelf_judgement_free(&copy);
	strbuf_free(&first);
	strbuf_free(&second);
	shelf_free(&s);
}

static void test_bad_judgement(void **state)
{
	static const struct { const char *from, *to, *words; } cases[] = {
		{ "\"mmapconv-shelf-1\"", "\"mmapconv-shelf-2\"", "its schema is" },
		{ "\"handler\"", "\"handlers\": [], \"handler\"", "\"handlers\" is no member" },
		{ "\"a.c:a_mmap\", \"needs\"", "\"../a.c:a_mmap\", \"needs\"", "is no file:function of a tree" },
		{ "several ranges", "all ranges", "\"all ranges in one action\" is nothing that handlers wait for" },
		{ "\"several ranges in one action\"", "", "\"needs\" names nothing" },
		{ "\"several ranges in one action\"", "\"mapped\", \"mapped\"", "\"needs\": item 2" },
		{ "\"It maps two.\"", "\"\"", "\"why\" is no text" },
		{ "\"R11\"", "\"11\"", "\"rules\": item 1" },
		{ "\"read\": [{", "\"read\": [], \"x\": [{", "\"x\" is no member" },
		{ "{\"function\": \"a.c:a_mmap\", \"text\": \"" HASH "\"}", "", "\"read\" does not begin with a.c:a_mmap" },
		{ "{\"function\": \"a.c:a_mmap\"", "{\"function\": \"a.c:b_mmap\"", "\"read\" does not begin with a.c:a_mmap" },
		{ "\"" HASH "\"}", "\"" HASH "\"}, {\"function\": \"a.c:a_mmap\", \"text\": \"" HASH "\"}", "a.c:a_mmap is there twice" },
		{ HASH, "0123", "is no hash" },
		{ HASH, "0123456789ABCDEF0123456789ABCDEF", "is no hash" },
		{ "\"date\"", "\"compile\": null, \"date\"", "\"compile\" is no member" },
		{ "\"2026-11-22\"", "\"today\"", "is no date" },
		{ "\"So it is.\"", "\"a\\nb\"", "\"remarks\": item 1" },
	};
	char *text;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		text = with(judged, cases[i].from, cases[i].to);
		put_text("0900-a.json", text);
		want_judgement_refused(cases[i].words);
		free(text);
	}
}

/* What is judged to be out of reach has no patch: not of its own, not of another; and is judged once. */
static void test_judged_rivals(void **state)
{
	char *text = whole(), *other;
	struct shelf s;

	(void)state;
	put_text("0900-a.json", judged);
	put_text("0900-a.patch", text);
	want_judgement_refused("there is a 0900-a.patch beside it");
	free(text);
	text = path_join(top, "0900-a.patch");
	assert_int_equal(unlink(text), 0);
	free(text);
	put_patch("0003-a");
	want_judgement_refused("0003-a converts a.c:a_mmap: remove one of the two");
	text = with(meta, "a.c:a_mmap", "a.c:b_mmap");
	put_text("0003-a.json", text);
	free(text);
	assert_int_equal(shelf_open(&s, top), 0);
	assert_int_equal(s.damaged, 0);
	shelf_free(&s);
	put_text("0901-a.json", judged);
	want_judgement_refused("0901-a judges a.c:a_mmap, too");
	other = with(judged, "a.c:a_mmap", "a.c:c_mmap");
	text = with(other, "a.c:a_mmap", "a.c:c_mmap");
	free(other);
	put_text("0901-a.json", text);
	assert_int_equal(shelf_open(&s, top), 0);
	assert_int_equal(s.damaged, 0);
	shelf_free(&s);
	put_text("0900-b.json", text);
	want_judgement_refused("0900-b has the same number");
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_good, setup, teardown),
		cmocka_unit_test_setup_teardown(test_bad_meta, setup, teardown),
		cmocka_unit_test_setup_teardown(test_bad_patch, setup, teardown),
		cmocka_unit_test_setup_teardown(test_links, setup, teardown),
		cmocka_unit_test_setup_teardown(test_names, setup, teardown),
		cmocka_unit_test_setup_teardown(test_rivals, setup, teardown),
		cmocka_unit_test_setup_teardown(test_spread, setup, teardown),
		cmocka_unit_test_setup_teardown(test_judged, setup, teardown),
		cmocka_unit_test_setup_teardown(test_bad_judgement, setup, teardown),
		cmocka_unit_test_setup_teardown(test_judged_rivals, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
