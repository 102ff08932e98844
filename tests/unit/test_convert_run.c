// SPDX-License-Identifier: GPL-2.0-only
/* convert_handlers() with spatch, git and a compiler: what becomes of each handler. */
#include <errno.h>
#include <signal.h>
#include <sys/wait.h>

#include "base/run.h"
#include "test_convert_fixture.h"

static void test_plain(void **s)
{
	struct handler *h;
	char *patch, *before, *after;

	(void)s;
	put_driver("drivers/misc/a.c", NAMES("a_mmap"), "");
	put("out/patches/0007-old.patch", "stale");
	put("out/patches/mine.patch", "not ours");
	before = get("tree/drivers/misc/a.c");
	h = add_handler("drivers/misc/a.c", "a_mmap");
	assert_int_equal(convert(), 0);
	want(h, "converted", NULL, NULL);
	assert_int_equal(convert_check(&inv, &opt), 0);
	assert_int_equal(patches(), 2);
	assert_string_equal(h->conversion.patch,
			    "patches/0001-misc-a-replace-deprecated-mmap-hook-with-mmap_prepare.patch");
	assert_string_equal(h->conversion.new_name, "a_mmap_prepare");
	assert_int_equal(h->conversion.files.nr, 1);
	assert_int_equal(h->conversion.rules.nr, 1);
	patch = patch_of(h);
	want_in(patch, "Subject: [PATCH] misc: a: replace deprecated mmap hook with mmap_prepare\n");
	want_in(patch, "\n+static int a_mmap_prepare(struct vm_area_desc *desc)\n");
	want_in(patch, "\n+\t.mmap_prepare\t= a_mmap_prepare,\n");
	want_in(patch, "\nmmapconv: compile: not-run: not built: ");
	want_in(patch, "\nmmapconv: contract not compared\n");
	want_in(patch, "not\nbuilt, not booted.");
	assert_null(strstr(patch, "Signed-off-by"));
	assert_null(strstr(patch, top));
	after = get("tree/drivers/misc/a.c");
	assert_string_equal(before, after);
	assert_null(get("out/work/rules.cocci"));
	/* A repeat gives the same bytes. */
	free(after);
	assert_int_equal(convert(), 0);
	after = patch_of(h);
	assert_string_equal(patch, after);
	free(patch);
	free(before);
	free(after);
}

static void test_refusal_and_neighbours(void **s)
{
	struct handler *h;
	char *text, *patch;

	(void)s;
	put_driver("a.c", NAMES("a1_mmap", "a2_mmap", "a3_mmap"), "");
	text = get("tree/a.c");
	/* the one in the middle keeps its vma */
	{
		char *at = strstr(strstr(text, "int a2_mmap"), "\treturn");
		char *new = xasprintf("%.*s\tkeep(vma);\n%s", (int)(at - text), text, at);

		put("tree/a.c", new);
		free(new);
	}
	add_handler("a.c", "a1_mmap");
	add_handler("a.c", "a2_mmap");
	add_handler("a.c", "a3_mmap");
	assert_int_equal(convert(), 0);
	h = inv.handlers.items;
	want(&h[0], "converted", NULL, NULL);
	want(&h[1], "failed", "rewrite", "a.c:2: refused: the vma is used");
	assert_null(strstr(h[1].conversion.message, "line 7"));
	want(&h[2], "converted", NULL, NULL);
	assert_int_equal(convert_check(&inv, &opt), 0);
	assert_int_equal(patches(), 2);
	/* The later patch stands on the earlier one, told apart by its subject. */
	patch = patch_of(&h[2]);
	assert_true(str_starts(h[2].conversion.patch, "patches/0002-"));
	want_in(patch, "a: replace deprecated a3_mmap hook with mmap_prepare");
	assert_null(strstr(patch, "\n-static int a1_mmap"));
	assert_null(strstr(patch, "\n-static int a2_mmap"));
	want_in(patch, "\n-static int a3_mmap");
	free(patch);
	free(text);
}

static void test_clash_and_selection(void **s)
{
	struct handler *h;

	(void)s;
	put_driver("a.c", NAMES("a_mmap"), "\textern int a_mmap_prepare;\n");
	put_driver("b.c", NAMES("b_mmap"), "");
	put_driver("c.c", NAMES("c_map"), "");
	add_handler("a.c", "a_mmap");
	add_handler("b.c", "b_mmap");
	add_handler("c.c", "c_map");
	h = inv.handlers.items;
	free(h[1].verdict);
	h[1].verdict = xstrdup("core");
	assert_int_equal(convert_handlers(&tree, NULL, &inv, &opt, all, (char *)"a_mmap"), 0);
	want(&h[0], "failed", "rewrite", "a_mmap_prepare is taken");
	assert_string_equal(h[1].outcome, "core");
	assert_string_equal(h[2].outcome, "auto");
	assert_int_equal(patches(), 0);
	assert_int_equal(convert_check(&inv, &opt), 0);
	assert_int_equal(convert(), 0);
	want(&h[2], "converted", NULL, NULL);
	assert_string_equal(h[2].conversion.new_name, "c_map_mmap_prepare");
	assert_string_equal(h[1].outcome, "core");
}

static void test_comment_lost(void **s)
{
	struct handler *h;
	char *patch;

	(void)s;
	put_driver("a.c", NAMES("a_mmap"), "\tdrop_me( /* because */ vma);\n\t/* stays */\n");
	h = add_handler("a.c", "a_mmap");
	assert_int_equal(convert(), 0);
	want(h, "converted", NULL, NULL);
	assert_int_equal(h->conversion.differences.nr, 1);
	assert_string_equal(h->conversion.differences.items[0], "comment dropped: because (a.c:4)");
	patch = patch_of(h);
	want_in(patch, "\n- comment dropped: because (a.c:4)\n");
	assert_null(strstr(patch, "No functional change"));
	free(patch);
}

/* What the inventory does not list must not be found, and the other way round. */
static void test_counts(void **s)
{
	struct handler *h;

	(void)s;
	put_driver("a.c", NAMES("a_mmap"), "");
	put_driver("b.c", NAMES("b_mmap"), "");
	h = add_handler("a.c", "a_mmap");
	*(struct instance *)vec_push(&h->instances) = (struct instance){
		.name = xstrdup("more"), .file = xstrdup("a.c"), .line = 9, .how = xstrdup("static") };
	h = add_handler("b.c", "b_mmap");
	*(struct instance *)vec_push(&h->instances) = (struct instance){
		.name = xstrdup("more"), .file = xstrdup("b.c"), .line = 9, .how = xstrdup("macro:OPS") };
	assert_int_equal(convert(), 0);
	want(&inv.handlers.items[0], "failed", "rewrite", "1 tables or assignments renamed where the inventory lists 2");
	want(&inv.handlers.items[1], "failed", "rewrite", "b.c:9: b_mmap is installed here through macro:OPS");
}

/* With a compiler: what it says before and after is compared. */
static void test_compile(void **s)
{
	struct flags_options fo = { .no_kbuild = true, .jobs = 1 };
	struct flags_db *flags;
	struct strbuf db = { 0 };
	static const char *const files[] = { "a.c", "b.c", "c.c", "d.c", "e.c" };
	struct handler *h;
	char *patch;
	size_t i;

	(void)s;
	put_driver("a.c", NAMES("a_mmap"), "\tint unused_before;\n");
	/* The rules above forget to declare the file: only the compiler sees it. */
	put_driver("b.c", NAMES("b_mmap"), "\tkeep(file);\n");
	put_driver("c.c", NAMES("c_mmap"), "\tint broken = ;\n");
	put("tree/d.c", "#include \"fs.h\"\n#ifdef NEVER\nstatic int d_mmap(struct file *file, struct vm_area_struct *vma)\n"
	    "{\n\treturn 0;\n}\nconst struct file_operations d = {\n\t.mmap = d_mmap,\n};\n#endif\n");
	put_driver("e.c", NAMES("e_mmap"), "\tint broken = undeclared;\n");
	strbuf_adds(&db, "[");
	for (i = 0; i < sizeof(files) / sizeof(*files); i++)
		strbuf_addf(&db, "%s{\"directory\": \"%s\", \"file\": \"%s\", \"arguments\": "
			    "[\"gcc\", \"-Wall\", \"-c\", \"%s\"]}", i ? "," : "", tree.root, files[i], files[i]);
	strbuf_adds(&db, "]");
	put("tree/compile_commands.json", db.s);
	strbuf_free(&db);
	add_handler("a.c", "a_mmap");
	add_handler("b.c", "b_mmap");
	add_handler("c.c", "c_mmap");
	add_handler("d.c", "d_mmap");
	add_handler("e.c", "e_mmap");
	h = inv.handlers.items;
	flags = flags_open(&tree, &fo);
	assert_int_equal(convert_handlers(&tree, flags, &inv, &opt, all, NULL), 0);
	flags_close(flags);
	want(&h[0], "converted", NULL, NULL);
	patch = patch_of(&h[0]);
	want_in(patch, "\nmmapconv: compile: ok: x86_64, the flags of compile_commands.json");
	want_in(patch, "compile-tested on x86_64");
	free(patch);
	want(&h[1], "failed", "compile", "b.c: error: ");
	want(&h[3], "converted", NULL, NULL);
	patch = patch_of(&h[3]);
	want_in(patch, "configured out");
	want_in(patch, "not\nbuilt, not booted");
	free(patch);
	/* What is no C at all spatch does not see. */
	want(&h[2], "failed", "rewrite", "c.c:2: spatch rewrote 0 of 1 definitions of c_mmap");
	/* The original did not compile: its patch says so. */
	want(&h[4], "converted", NULL, NULL);
	patch = patch_of(&h[4]);
	want_in(patch, "mmapconv: compile: not-run: not built: e.c");
	free(patch);
}

static void on_alarm(int sig)
{
	(void)sig;
	run_interrupt();
}

/* In a child: once interrupted is always interrupted. */
static void test_interrupt(void **s)
{
	int status;
	pid_t pid;

	(void)s;
	put_driver("a.c", NAMES("a_mmap"), "");
	add_handler("a.c", "a_mmap");
	fflush(NULL);
	pid = fork();
	assert_true(pid >= 0);
	if (!pid) {
		signal(SIGALRM, on_alarm);
		ualarm(150000, 0);
		_exit(convert() == -EINTR && !patches() ? 0 : 1);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(test_plain), T(test_refusal_and_neighbours), T(test_clash_and_selection),
		T(test_comment_lost), T(test_counts), T(test_compile), T(test_interrupt),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
