// SPDX-License-Identifier: GPL-2.0-only
/* kbuild as a source of flags, with a make of our own that prints what kbuild prints. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/run.h"
#include "cache/cache.h"
#include "tree/flags.h"
#include "tree/kbuild.h"
#include "tree/kbuild_target.h"

static char top[] = "/tmp/mmapconv-test-XXXXXX";
static struct tree tree;

static void put_at(const char *dir, const char *name, const char *text, mode_t mode)
{
	char *path = path_join(dir, name);

	assert_int_equal(file_write_atomic(path, text, strlen(text)), 0);
	assert_int_equal(chmod(path, mode), 0);
	free(path);
}

static char *read_at(const char *name)
{
	char *path = path_join(top, name);
	struct strbuf b = { 0 };

	file_read(path, 1 << 20, &b);
	free(path);
	return strbuf_detach(&b);
}

/* Logs its last words; `-n` prints lines as kbuild does for what is asked. */
static const char fake_make[] =
	"#!/bin/sh\n"
	"for a; do case $a in O=*) o=${a#O=};; -C) ;; esac; last=$a; done\n"
	"echo \"$last $MAKEFLAGS\" >> \"$FAKE_LOG\"\n"
	"case $last in\n"
	"allmodconfig|prepare)\n"
	"	if [ \"$last\" = \"$FAKE_FAIL\" ]; then echo 'x.c: it broke' >&2\n"
	"		echo 'make: *** [Makefile:1: prepare] Error 2' >&2; exit 2; fi\n"
	"	mkdir -p \"$o\"; exit 0;;\n"
	"esac\n"
	"case \" $* \" in *' -n '*) ;; *) echo generate \"$*\" >> \"$FAKE_LOG\"; exit 2;; esac\n"
	"echo \"make -f Makefile.build obj=. $*\"\n"
	"for a; do case $a in\n"
	"a/unknown.o) echo \"make: *** No rule to make target '$a'.\" >&2;;\n"
	"a/gen.o) echo \"set -e; echo '# GEN     a/gen.h'; echo '  mk > a/gen.h'; mk > a/gen.h\"\n"
	"	echo \"set -e; echo '# CC      $a'; echo '  clang-19 -DG -c -o $a $FAKE_TREE/a/gen.c ';\";;\n"
	"a/shipped.o) echo \"set -e; echo '  clang-19 -c -o $a a/shipped.tab.c '; clang-19\";;\n"
	"*.o) c=\"  clang-19 -Wp,-MMD,a/.x.o.d -I./include -DN=\\\"q\\\" -c -o $a $FAKE_TREE/${a%.o}.c ;  objtool $a\"\n"
	"	echo \"set -e; echo '# CC [M]  $a'; echo '$c';   trap 'rm -f $a' HUP; $c\"\n"
	"	echo \"set -e; echo '  HOSTCC -c -o other.o other.c';\";;\n"
	"esac; done\n"
	"exit 2\n";

static int setup(void **s)
{
	static const char *const tools[] = {
		"flex", "bison", "bc", "clang-19", "ld.lld-19", "llvm-ar-19",
	};
	char *bin, *path;
	size_t i;

	(void)s;
	if (!mkdtemp(top))
		return -1;
	bin = path_join(top, "bin");
	put_at(bin, "make", fake_make, 0755);
	for (i = 0; i < sizeof(tools) / sizeof(*tools); i++)
		put_at(bin, tools[i], "#!/bin/sh\nexit 0\n", 0755);
	path = xasprintf("%s:/usr/bin:/bin", bin);
	setenv("PATH", path, 1);
	free(path);
	path = path_join(top, "log");
	setenv("FAKE_LOG", path, 1);
	free(path);
	setenv("XDG_CACHE_HOME", top, 1);
	setenv("MAKEFLAGS", "-j9 --jobserver-auth=3,4", 1);
	tree.root = path_join(top, "tree");
	tree.version = xstrdup("7.3.0");
	setenv("FAKE_TREE", tree.root, 1);
	put_at(tree.root, "scripts/Makefile.build", "", 0644);
	put_at(tree.root, "Makefile", "VERSION = 7\n", 0644);
	free(bin);
	return 0;
}

static int teardown(void **s)
{
	(void)s;
	free(tree.root);
	free(tree.version);
	return file_remove_tree(top);
}

static void clear(void)
{
	char *cache = path_join(top, "mmapconv"), *log = path_join(top, "log");

	assert_int_equal(file_remove_tree(cache), 0);
	unlink(log);
	free(log);
	free(cache);
	unsetenv("FAKE_FAIL");
}

static struct flags_db *load(const char *arch, const char *const *files)
{
	struct flags_db *db = flags_open(&tree, &(struct flags_options){ .jobs = 2 });
	struct strlist l = { 0 };

	for (; *files; files++)
		strlist_add(&l, *files);
	assert_int_equal(flags_load(db, arch_by_name(arch), &l), 0);
	strlist_free(&l);
	return db;
}

static void test_commands(void **s)
{
	static const char *const files[] = {
		"b/x.c", "a/unknown.c", "a/gen.c", "a/shipped.c", "a/x.c", "a/x y.c", "a/$(evil).c",
		"a/V=1.c", "../out.c", "a/x.h", NULL,
	};
	const struct arch *x86 = arch_by_name("x86_64");
	const struct compile_command *c;
	struct flags_db *db;
	char *log, *include;

	(void)s;
	clear();
	db = load("x86_64", files);
	c = flags_find(db, x86, "a/x.c");
	assert_non_null(c);
	assert_int_equal(c->source, FLAGS_KBUILD);
	assert_string_equal(c->cwd, flags_kbuild_dir(db, x86));
	assert_int_equal(c->argv.nr, 3);
	assert_string_equal(c->argv.items[1], "-I./include");
	assert_string_equal(c->argv.items[2], "-DN=q");
	include = xasprintf("-I%s/include", c->cwd);
	assert_true(strlist_has(&c->clang_args, include));
	free(include);
	assert_non_null(flags_find(db, x86, "b/x.c"));
	assert_non_null(flags_find(db, x86, "a/gen.c"));
	assert_null(flags_find(db, x86, "a/unknown.c"));
	assert_null(flags_find(db, x86, "a/shipped.c"));
	assert_null(flags_find(db, x86, "a/x y.c"));
	assert_null(flags_find(db, x86, "a/$(evil).c"));
	assert_null(flags_find(db, x86, "a/x.h"));
	flags_close(db);
	log = read_at("log");
	assert_true(str_starts(log, "allmodconfig \nprepare \n"));
	assert_null(strstr(log, "jobserver"));
	/* Only the folder with a generator is asked in earnest, and only once. */
	assert_non_null(strstr(log, "generate "));
	assert_non_null(strstr(log, "CFLAGS_gen.o=--version a/gen.o"));
	assert_null(strstr(log, "CFLAGS_x.o=--version b/x.o"));
	free(log);

	flags_close(load("x86_64", files));
	log = read_at("log");
	assert_null(strstr(strstr(log, "prepare") + 1, "prepare"));
	assert_null(strstr(strstr(log, "generate") + 1, "generate"));
	free(log);

	/* Another Makefile is another tree: prepared again. */
	put_at(tree.root, "Makefile", "VERSION = 7\nPATCHLEVEL = 3\n", 0644);
	flags_close(load("x86_64", files));
	log = read_at("log");
	assert_non_null(strstr(strstr(log, "prepare") + 1, "prepare"));
	free(log);
}

/* How often make was asked, with this object as the last one. */
static unsigned asked_for(const char *last)
{
	char *log = read_at("log"), *p = log;
	unsigned nr = 0;

	while (p && (p = strstr(p, last))) {
		nr++;
		p++;
	}
	free(log);
	return nr;
}

static unsigned dry_runs(void)
{
	return asked_for("b/x.o ");
}

/* A second later the folder would be as quiet as one that a user has. */
static void set_old(const char *name)
{
	char *path = path_join(tree.root, name);

	assert_int_equal(utimensat(AT_FDCWD, path, (struct timespec[]){ { .tv_sec = 1 }, { .tv_sec = 1 } }, 0), 0);
	free(path);
}

/* Load with the cache, and compare with what kbuild said the first time. */
static void load_kept(struct strlist *argv, const char *other)
{
	static const char *const files[] = { "b/x.c", NULL };
	const struct arch *x86 = arch_by_name("x86_64");
	struct strlist makefiles = { 0 }, l = { 0 };
	struct cache *cache = cache_open(&(struct cache_options){ .dir = top, .build = "1" });
	struct flags_db *db = flags_open(&tree, &(struct flags_options){ .jobs = 2 });
	const struct compile_command *c;
	size_t i;

	strlist_add(&makefiles, "Makefile");
	if (other)
		strlist_add(&l, other);
	strlist_add(&l, files[0]);
	flags_remember(db, cache, &makefiles);
	assert_int_equal(flags_load(db, x86, &l), 0);
	c = flags_find(db, x86, files[0]);
	assert_non_null(c);
	assert_int_equal(c->source, FLAGS_KBUILD);
	assert_string_equal(c->cwd, flags_kbuild_dir(db, x86));
	strlist_free(&l);
	strlist_add(&l, "");
	for (i = 0; argv->nr && i < c->clang_args.nr; i++)
		assert_string_equal(c->clang_args.items[i], argv->items[i]);
	for (i = 0; !argv->nr && i < c->clang_args.nr; i++)
		strlist_add(&l, c->clang_args.items[i]);
	if (!argv->nr)
		for (i = 1; i < l.nr; i++)
			strlist_add(argv, l.items[i]);
	strlist_free(&makefiles);
	strlist_free(&l);
	flags_close(db);
	cache_close(cache);
}

/* Write something into the list of answers, or its end away. */
static void damage(const char *arch, off_t at)
{
	char *path = xasprintf("%s/%s", top, arch);
	struct stat st;
	int fd = open(path, O_RDWR);

	assert_true(fd >= 0);
	assert_int_equal(fstat(fd, &st), 0);
	if (at < 0)
		assert_int_equal(ftruncate(fd, st.st_size + at), 0);
	else
		assert_int_equal(pwrite(fd, "\377\377\377", 3, at), 3);
	close(fd);
	free(path);
}

/* Where x86_64's folder is, relative to top; the caller frees. */
static char *answers_path(void)
{
	struct flags_db *db = load("x86_64", (const char *const[]){ "b/x.c", NULL });
	char *path = xasprintf("%s/mmapconv-commands", flags_kbuild_dir(db, arch_by_name("x86_64")) + strlen(top) + 1);

	flags_close(db);
	return path;
}

static void drop_database(void)
{
	static const char *const names[] = { "cache.sqlite", "cache.sqlite-wal", "cache.sqlite-shm" };
	char *path;
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(*names); i++) {
		path = path_join(top, names[i]);
		unlink(path);
		free(path);
	}
}

/* What is kept is in the kbuild folder, by file; what is damaged is asked for again. */
static void test_kept_in_folder(void **s)
{
	static const off_t places[] = { 0, 9, 30, 200, -1, -100 };
	struct strlist argv = { 0 };
	char *path;
	unsigned runs;
	size_t i;

	(void)s;
	clear();
	path = answers_path();
	sleep(3);
	runs = dry_runs();
	load_kept(&argv, NULL);
	assert_int_equal(dry_runs(), runs + 1);
	drop_database();
	load_kept(&argv, NULL);
	assert_int_equal(dry_runs(), runs + 1);
	load_kept(&argv, "a/unknown.c");	/* one more: only that is asked for */
	assert_int_equal(asked_for("a/unknown.o "), 1);
	load_kept(&argv, "a/unknown.c");	/* that there is no command is known too */
	assert_int_equal(asked_for("a/unknown.o "), 1);
	load_kept(&argv, NULL);
	assert_int_equal(dry_runs(), runs + 1);
	for (i = 0; i < sizeof(places) / sizeof(*places); i++) {
		damage(path, places[i]);
		load_kept(&argv, NULL);
		assert_int_equal(dry_runs(), runs + 2 + i);
	}
	strlist_free(&argv);
	free(path);
}

/* kbuild is asked once, and again when a Makefile changed. */
static void test_kept(void **s)
{
	struct strlist argv = { 0 };

	(void)s;
	clear();
	sleep(3);			/* what was just written can change unseen: it is not trusted */
	load_kept(&argv, NULL);
	assert_int_equal(dry_runs(), 1);
	load_kept(&argv, NULL);
	assert_int_equal(dry_runs(), 1);
	put_at(tree.root, "Makefile", "VERSION = 7\n# changed\n", 0644);
	set_old("Makefile");
	load_kept(&argv, NULL);
	assert_int_equal(dry_runs(), 2);
	load_kept(&argv, NULL);		/* its inode was changed just now, whatever its time says */
	assert_int_equal(dry_runs(), 3);
	strlist_free(&argv);
}

/* A prepare that fails leaves no stamp: the next run does it again.  This one falls back. */
static void test_failure(void **s)
{
	static const char *const files[] = { "a/x.c", NULL };
	const struct arch *x86 = arch_by_name("x86_64");
	struct kbuild kb;
	struct flags_db *db;
	char *why = NULL;

	(void)s;
	clear();
	setenv("FAKE_FAIL", "prepare", 1);
	db = load("x86_64", files);
	assert_int_equal(flags_find(db, x86, "a/x.c")->source, FLAGS_FALLBACK);
	assert_null(flags_kbuild_dir(db, x86));
	flags_close(db);
	assert_int_equal(kbuild_prepare(&kb, &tree, x86, top, 1, &why), -EIO);
	assert_string_equal(why, "`make prepare` failed: x.c: it broke");
	kbuild_release(&kb);
	free(why);
	why = NULL;
	unsetenv("FAKE_FAIL");
	db = load("x86_64", files);
	assert_int_equal(flags_find(db, x86, "a/x.c")->source, FLAGS_KBUILD);
	flags_close(db);
}

static void test_missing_tool(void **s)
{
	struct arch none = { .name = "sparc64", .srcarch = "sparc",
			     .target = "sparc64-linux-gnu", .cross = "mmapconv-no-such-" };
	char *why = NULL, *script = path_join(tree.root, "scripts/Makefile.build");
	struct kbuild kb;

	(void)s;
	assert_int_equal(kbuild_prepare(&kb, &tree, &none, top, 1, &why), -ENOENT);
	assert_string_equal(why, "mmapconv-no-such-gcc is not installed; install "
				 "gcc-mmapconv-no-such");
	kbuild_release(&kb);
	free(why);
	why = NULL;
	assert_int_equal(unlink(script), 0);
	assert_int_equal(kbuild_prepare(&kb, &tree, &arch_table[0], top, 1, &why), -ENOENT);
	assert_non_null(strstr(why, "scripts/Makefile.build"));
	kbuild_release(&kb);
	free(why);
	put_at(tree.root, "scripts/Makefile.build", "", 0644);
	free(script);
}

static int folders(void)
{
	char *path = path_join(top, "mmapconv/kbuild");
	DIR *d = opendir(path);
	struct dirent *e;
	int nr = 0;

	assert_non_null(d);
	while ((e = readdir(d)))
		nr += strlen(e->d_name) == 16;
	closedir(d);
	free(path);
	return nr;
}

static void test_bounded(void **s)
{
	char *why = NULL, *base, *mine = NULL, *user_file, *old = tree.version;
	int lock, held, i;

	(void)s;
	clear();
	for (i = 0; i < 6; i++) {
		tree.version = xasprintf("7.%d", i);
		free(mine);
		mine = kbuild_base(&tree, &lock, &why);
		assert_non_null(mine);
		assert_true(file_is_dir(mine));
		close(lock);
		free(tree.version);
		usleep(10000);		/* their order is that of their times */
	}
	assert_int_equal(folders(), 3);
	/* Not ours: not touched. */
	user_file = path_join(top, "mmapconv/kbuild/keep-me/x");
	assert_int_equal(file_write_atomic(user_file, "x", 1), 0);
	tree.version = "8";
	base = kbuild_base(&tree, &held, &why);
	free(base);
	assert_true(file_exists(user_file));
	assert_int_equal(folders(), 3);
	/* While another run uses the cache nothing is removed. */
	tree.version = "9";
	base = kbuild_base(&tree, &lock, &why);
	free(base);
	assert_int_equal(folders(), 4);
	close(lock);
	close(held);
	tree.version = old;
	free(user_file);
	free(mine);
}

static void test_owner(void **s)
{
	char *owner;

	(void)s;
	put_at(tree.root, "d/main/Makefile", "P := ../part\ninclude $(P)/../part/Makefile\nobj-m += m.o\n",
	       0644);
	put_at(tree.root, "d/part/Makefile", "PART_FILES := $(P)/p.o\n", 0644);
	put_at(tree.root, "d/alone/Makefile", "obj-m += a.o\n", 0644);
	put_at(tree.root, "d/main/sub/x.c", "", 0644);
	owner = kbuild_owner(tree.root, "d/part");
	assert_string_equal(owner, "d/main");
	free(owner);
	owner = kbuild_owner(tree.root, "d/alone");
	assert_string_equal(owner, "d/alone");
	free(owner);
	owner = kbuild_owner(tree.root, "d/main/sub");
	assert_string_equal(owner, "d/main/sub");
	free(owner);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_commands),
		cmocka_unit_test(test_kept),
		cmocka_unit_test(test_kept_in_folder),
		cmocka_unit_test(test_failure),
		cmocka_unit_test(test_missing_tool),
		cmocka_unit_test(test_bounded),
		cmocka_unit_test(test_owner),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
