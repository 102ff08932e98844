// SPDX-License-Identifier: GPL-2.0-only
/* convert_handlers() on small trees, with spatch, git and a compiler, and rules of our own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "base/run.h"
#include "convert.h"

/* Just enough: pgoff, vm_ops, the signature, tables; refuses what is left of the vma. */
static const char rule[] =
	"// Needs: mmap_prepare\n"
	"@initialize:python@\n@@\nimport sys\n\n"
	"@def@\nidentifier virtual.handler;\nidentifier F, V;\n@@\n"
	"handler(struct file *F, struct vm_area_struct *V) { ... }\n\n"
	"@body@\nidentifier virtual.handler;\nidentifier F, V;\n@@\n"
	"handler(struct file *F, struct vm_area_struct *V)\n{\n<...\n- V->vm_pgoff\n+ desc->pgoff\n...>\n}\n\n"
	"@drop@\nidentifier virtual.handler;\nidentifier F, V;\n@@\n"
	"handler(struct file *F, struct vm_area_struct *V)\n{\n<...\n- drop_me(V);\n...>\n}\n\n"
	"@left@\nidentifier virtual.handler;\nidentifier F, V;\nposition p;\n@@\n"
	"handler(struct file *F, struct vm_area_struct *V)\n{\n<+... V@p ...+>\n}\n\n"
	"@script:python@\np << left.p;\n@@\n"
	"sys.stderr.write('refused: the vma is used (line 7)\\n')\nsys.stderr.flush()\nsys.exit(3)\n\n"
	"@sig@\nidentifier virtual.handler;\nidentifier virtual.newname;\nidentifier F, V;\n@@\n"
	"- handler\n+ newname\n  (\n- struct file *F, struct vm_area_struct *V\n+ struct vm_area_desc *desc\n  ) { ... }\n\n"
	"@ops@\nidentifier virtual.handler;\nidentifier virtual.newname;\nidentifier f;\n@@\n"
	"struct file_operations f = { ...,\n- .mmap\n+ .mmap_prepare\n  =\n- handler\n+ newname\n  , ... };\n";

static const char header[] =
	"struct file; struct vm_area_struct { unsigned long vm_pgoff; const void *vm_ops; };\n"
	"struct vm_area_desc { unsigned long pgoff; const void *vm_ops; };\n"
	"struct file_operations {\n\tint (*open)(void);\n"
	"\tint (*mmap)(struct file *, struct vm_area_struct *);\n"
	"\tint (*mmap_prepare)(struct vm_area_desc *);\n};\n"
	"void drop_me(struct vm_area_struct *);\nvoid keep(const void *);\n";

static char *top;
static struct tree tree;
static struct inventory inv;
static struct convert_options opt;

static void put(const char *name, const char *text)
{
	char *path = path_join(top, name);

	assert_int_equal(file_write_atomic(path, text, strlen(text)), 0);
	free(path);
}

static char *get(const char *name)
{
	char *path = path_join(top, name);
	struct strbuf b = { 0 };

	strbuf_adds(&b, "");
	if (file_read(path, 1 << 20, &b)) {
		strbuf_free(&b);
		b.s = NULL;
	}
	free(path);
	return b.s;
}

static int setup(void **s)
{
	const char *tmp = getenv("TMPDIR");
	char *path = xasprintf("%s/mmapconv-convert-XXXXXX", tmp && *tmp ? tmp : "/tmp");

	(void)s;
	if (!mkdtemp(path))
		return -1;
	top = realpath(path, NULL);
	free(path);
	log_set_quiet(true);
	memset(&tree, 0, sizeof(tree));
	memset(&inv, 0, sizeof(inv));
	tree.root = path_join(top, "tree");
	tree.version = xstrdup("7.3.0");
	tree.api[API_MMAP_PREPARE] = true;
	opt = (struct convert_options){ .jobs = 2 };
	opt.out = path_join(top, "out");
	opt.rules_dir = path_join(top, "rules");
	put("out/keep", "");
	put("rules/ORDER", "# the rules\nall.cocci\nlater.cocci\n");
	put("rules/all.cocci", rule);
	put("rules/later.cocci", "// Needs: mmap_prepare error_hook\nthis is no SmPL\n");
	put("rules/macros.h", "");
	put("tree/fs.h", header);
	put("tree/Makefile", "");
	return 0;
}

static int teardown(void **s)
{
	(void)s;
	inventory_free(&inv);
	free(tree.root);
	free(tree.version);
	free((char *)opt.out);
	free((char *)opt.rules_dir);
	file_remove_tree(top);
	free(top);
	return 0;
}

static struct handler *add_handler(const char *file, const char *function)
{
	struct handler *h = vec_push(&inv.handlers);
	struct instance *i;
	struct definition *d;

	h->id = xasprintf("%s:%s", file, function);
	h->file = xstrdup(file);
	h->line = 2;
	h->function = xstrdup(function);
	h->tier = 1;
	h->verdict = xstrdup("auto");
	h->outcome = xstrdup("auto");
	h->arch = xstrdup("x86_64");
	i = vec_push(&h->instances);
	*i = (struct instance){ .name = xstrdup("ops"), .file = xstrdup(file), .line = 6,
				.how = xstrdup("static"), .confirmed = true };
	d = vec_push(&h->definitions);
	*d = (struct definition){ .file = xstrdup(file), .line = 2, .condition = xstrdup("") };
	return h;
}

/* A driver with one handler per name. */
static void put_driver(const char *file, const char *const *names, const char *body)
{
	struct strbuf b = { 0 };
	char *path = path_join("tree", file);

	strbuf_adds(&b, "#include \"fs.h\"\n");
	for (; *names; names++)
		strbuf_addf(&b, "static int %s(struct file *file, struct vm_area_struct *vma)\n{\n%s"
			    "\treturn vma->vm_pgoff ? -22 : 0;\n}\n\n"
			    "const struct file_operations %s_ops = {\n\t.mmap\t\t= %s,\n};\n\n",
			    *names, body, *names, *names);
	put(path, b.s);
	free(path);
	strbuf_free(&b);
}

#define NAMES(...) ((const char *const[]){ __VA_ARGS__, NULL })

static bool all(const struct handler *h, void *ctx)
{
	return !ctx || !strcmp(h->function, ctx);
}

static int convert(void)
{
	return convert_handlers(&tree, NULL, &inv, &opt, all, NULL);
}

static unsigned patches(void)
{
	char *dir = path_join(opt.out, "patches");
	struct dirent *e;
	unsigned nr = 0;
	DIR *d = opendir(dir);

	while (d && (e = readdir(d)))
		nr += str_ends(e->d_name, ".patch");
	if (d)
		closedir(d);
	free(dir);
	return nr;
}

static void want(const struct handler *h, const char *outcome, const char *stage, const char *text)
{
	if (strcmp(h->outcome, outcome))
		fail_msg("%s: %s, not %s: %s", h->id, h->outcome, outcome, h->conversion.message);
	if (stage) {
		assert_string_equal(h->conversion.stage, stage);
		if (!strstr(h->conversion.message, text))
			fail_msg("\"%s\" is not in \"%s\"", text, h->conversion.message);
		assert_null(h->conversion.patch);
	} else {
		assert_null(h->conversion.stage);
		assert_non_null(h->conversion.patch);
	}
}

static char *patch_of(const struct handler *h)
{
	char *name = path_join("out", h->conversion.patch), *text = get(name);

	free(name);
	assert_non_null(text);
	return text;
}

static void want_in(const char *text, const char *part)
{
	if (!strstr(text, part))
		fail_msg("\"%s\" is not in:\n%s", part, text);
}

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

static void test_hostile_paths(void **s)
{
	static const char *const paths[] = { "../x.c", "/etc/passwd", "a/../../x.c", ".git/config",
					     "d/.GIT/config", "link.c", "dir/x.c", "none.c", "crlf.c", "" };
	char *victim;
	size_t i;

	(void)s;
	put("x.c", "victim");
	put("elsewhere/x.c", "victim");
	put_driver("a.c", NAMES("a_mmap"), "");
	put("tree/crlf.c", "int x;\r\n");
	{
		char *link = path_join(tree.root, "link.c"), *dir = path_join(tree.root, "dir");

		assert_int_equal(symlink("a.c", link), 0);
		assert_int_equal(symlink("../elsewhere", dir), 0);
		free(link);
		free(dir);
	}
	for (i = 0; i < sizeof(paths) / sizeof(*paths); i++) {
		struct handler *h = add_handler("a.c", "a_mmap");

		free(h->instances.items[0].file);
		h->instances.items[0].file = xstrdup(paths[i]);
	}
	add_handler("a.c", "a_mmap; touch x");
	assert_int_equal(convert(), 0);
	for (i = 0; i < inv.handlers.nr; i++)
		want(&inv.handlers.items[i], "failed", "rewrite", "");
	assert_int_equal(patches(), 0);
	victim = get("x.c");
	assert_string_equal(victim, "victim");
	free(victim);
}

static void test_out(void **s)
{
	struct handler *h;
	char *dir = path_join(opt.out, "patches"), *victim;

	(void)s;
	put_driver("a.c", NAMES("a_mmap"), "");
	h = add_handler("a.c", "a_mmap");
	/* OUT/patches leads elsewhere: nothing there is removed or written */
	put("victim/0001-precious.patch", "precious");
	assert_int_equal(symlink("../victim", dir), 0);
	assert_int_not_equal(convert(), 0);
	victim = get("victim/0001-precious.patch");
	assert_string_equal(victim, "precious");
	free(victim);
	want(h, "failed", "rewrite", "not reached");
	unlink(dir);
	/* a file where the folder should be: what fails for root as well */
	put("out/work", "in the way");
	assert_int_equal(convert(), 0);
	put("out/patches/0001-x", "");
	free(dir);
	dir = path_join(opt.out, "patches");
	file_remove_tree(dir);
	put("out/patches", "in the way");
	assert_int_not_equal(convert(), 0);
	want(h, "failed", "rewrite", "not reached");
	assert_int_equal(convert_check(&inv, &opt), 0);
	free(dir);
}

static void test_old_tree(void **s)
{
	struct handler *h = add_handler("a.c", "a_mmap");

	(void)s;
	tree.api[API_MMAP_PREPARE] = false;
	assert_int_equal(convert(), -EOPNOTSUPP);
	assert_string_equal(h->outcome, "auto");
}

static void test_check_finds_gaps(void **s)
{
	struct handler *h;
	char *old;

	(void)s;
	put_driver("a.c", NAMES("a_mmap"), "");
	h = add_handler("a.c", "a_mmap");
	assert_int_equal(convert(), 0);
	put("out/patches/0002-stray.patch", "x");
	assert_int_equal(convert_check(&inv, &opt), -ERANGE);
	old = path_join(opt.out, "patches/0002-stray.patch");
	unlink(old);
	free(old);
	assert_int_equal(convert_check(&inv, &opt), 0);
	old = path_join(opt.out, h->conversion.patch);
	unlink(old);
	free(old);
	assert_int_equal(convert_check(&inv, &opt), -ERANGE);
}

/* With a compiler: what it says before and after is compared. */
static void test_compile(void **s)
{
	struct flags_options fo = { .no_kbuild = true, .jobs = 1 };
	struct flags_db *flags;
	struct strbuf db = { 0 };
	static const char *const files[] = { "a.c", "b.c", "c.c", "d.c" };
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
	strbuf_adds(&db, "[");
	for (i = 0; i < 4; i++)
		strbuf_addf(&db, "%s{\"directory\": \"%s\", \"file\": \"%s\", \"arguments\": "
			    "[\"gcc\", \"-Wall\", \"-c\", \"%s\"]}", i ? "," : "", tree.root, files[i], files[i]);
	strbuf_adds(&db, "]");
	put("tree/compile_commands.json", db.s);
	strbuf_free(&db);
	add_handler("a.c", "a_mmap");
	add_handler("b.c", "b_mmap");
	add_handler("c.c", "c_mmap");
	add_handler("d.c", "d_mmap");
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
	/* The original did not compile: its patch says so. */
	if (!strcmp(h[2].outcome, "converted")) {
		patch = patch_of(&h[2]);
		want_in(patch, "mmapconv: compile: not-run: not built: c.c");
		free(patch);
	} else {
		want(&h[2], "failed", "rewrite", "c.c");
	}
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
		T(test_comment_lost), T(test_counts), T(test_hostile_paths), T(test_out),
		T(test_old_tree), T(test_check_finds_gaps), T(test_compile), T(test_interrupt),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
