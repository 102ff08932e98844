// SPDX-License-Identifier: GPL-2.0-only
/* convert_handlers() with a shelf: which patches are used, what becomes of what they convert, and what leaves. */
#include <errno.h>

#include "hand/hand_text.h"
#include "shelf/shelf.h"
#include "test_convert_fixture.h"
#include "workers/workers.h"

static struct shelf shelf;
static const char *verdict, *kind;	/* what the comparison says of every hook; of equal-but */
static char *seen_old;			/* what the last comparison would read for the legacy handler */

static int compare(struct proof_job *jobs, size_t nr, void *ctx)
{
	struct strbuf b = { 0 };
	size_t i;

	(void)ctx;
	for (i = 0; i < nr; i++) {
		struct proof_record *p = jobs[i].proof;

		p->verdict = xstrdup(verdict);
		if (!strcmp(verdict, "equal-but"))
			*vec_push(&p->differences) = (struct proof_difference){ xstrdup(kind), xstrdup("words"), 0, NULL };
		if (!strcmp(verdict, "differs"))
			p->witness = (struct proof_witness){ xstrdup("pgoff=1"), xstrdup("maps"), xstrdup("-EINVAL") };
		if (!strcmp(verdict, "unknown"))
			p->reason = xstrdup("nobody knows");
		if (!jobs[i].nr_old_instead || file_read(jobs[i].old_instead[0].path, 1 << 20, &b))
			continue;
		free(seen_old);
		seen_old = strbuf_detach(&b);
	}
	return 0;
}

/* Patches are made with git, so that they are what it takes. */
static void run_git(const char *commands)
{
	char *line = xasprintf("cd '%s/git' && export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null "
			       "GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b.example GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@b.example "
			       "&& { %s; } >/dev/null 2>&1", top, commands);

	assert_int_equal(system(line), 0);
	free(line);
}

static int shelf_setup(void **s)
{
	int ret = setup(s);

	setenv("GIT_CONFIG_GLOBAL", "/dev/null", 1);
	setenv("GIT_CONFIG_SYSTEM", "/dev/null", 1);
	verdict = "equal";
	opt.compare = compare;
	put_driver("a.c", NAMES("a_mmap"), "");
	put_driver("b.c", NAMES("b_mmap"), "");
	put("shelf/README", "");
	put("git/x", "");
	run_git("cp ../tree/*.[ch] . && git init -q && git add -A && git commit -q -m base");
	return ret;
}

static int shelf_teardown(void **s)
{
	shelf_free(&shelf);
	free(seen_old);
	seen_old = NULL;
	return teardown(s);
}

/* A commit of what sed does to a file, as a patch of the shelf. */
static void add_patch(const char *name, const char *sed, const char *file)
{
	char *commands = xasprintf("sed -i '%s' %s && git add -A && git commit -q -m 'a: %s' && git format-patch -1 --stdout "
				   "--full-index --no-signature --zero-commit >../shelf/%s.patch", sed, file, name, name);

	run_git(commands);
	free(commands);
}

static void add_meta(const char *name, const char *kind_of, const char *handlers, const char *on)
{
	char *file = xasprintf("shelf/%s.json", name);
	char *text = xasprintf("{\"schema\": \"mmapconv-shelf-1\", \"kind\": \"%s\", \"handlers\": [%s], \"class\": null, \"rules\": [\"R1\"], "
			       "\"prerequisites\": [%s], \"arch\": [\"x86_64\"], \"verified\": {\"release\": \"7.3.0\", "
			       "\"date\": \"2026-11-22\"}, \"questions\": [\"Is it?\"], \"differences\": [\"It differs.\"]}", kind_of,
			       handlers, on);

	put(file, text);
	free(file);
	free(text);
}

#define FIX "s/return vma->vm_pgoff ? -22/return vma->vm_pgoff > 7 ? -22/"
#define CONVERT(x) "s/int " x "_mmap(.*/int " x "_mmap_prepare(struct vm_area_desc *desc)/;s/vma->vm_pgoff/desc->pgoff/;" \
		   "s/\\.mmap\\t\\t= " x "_mmap/.mmap_prepare\\t= " x "_mmap_prepare/"
#define CLAIM(x, proof) "{\"id\": \"" x ".c:" x "_mmap\", \"hook\": \"" x "_mmap_prepare\", \"proof\": \"" proof "\", " \
			"\"why\": \"state-in-mapped, as it has to be\"}"

/* A fix, and the conversion that stands on it. */
static void put_two(const char *claim)
{
	add_patch("0001-fix", FIX, "a.c");
	add_meta("0001-fix", "fix", "", "");
	add_patch("0002-a", CONVERT("a"), "a.c");
	add_meta("0002-a", "conversion", claim, "\"0001-fix\"");
}

static void convert_with_shelf(void)
{
	char *dir = path_join(top, "shelf");

	shelf_free(&shelf);
	assert_int_equal(shelf_open(&shelf, dir), 0);
	opt.shelf = &shelf;
	assert_int_equal(convert(), 0);
	assert_int_equal(convert_check(&inv, &opt), 0);
	free(dir);
}

static void test_applied(void **s)
{
	struct handler *h;
	char *patch;

	(void)s;
	put_two(CLAIM("a", "equal"));
	add_handler("a.c", "a_mmap");
	add_handler("b.c", "b_mmap");
	h = inv.handlers.items;
	free(h[0].verdict);
	h[0].verdict = xstrdup("assisted");
	convert_with_shelf();
	want(&h[0], "hand", NULL, NULL);
	want(&h[1], "converted", NULL, NULL);
	assert_int_equal(patches(), 3);
	assert_string_equal(h[0].conversion.patch, "patches/0002-a-0002-a.patch");
	assert_string_equal(h[0].conversion.new_name, "a_mmap_prepare");
	assert_int_equal(h[0].conversion.prerequisites.nr, 1);
	assert_string_equal(h[0].conversion.prerequisites.items[0], "patches/0001-a-0001-fix.patch");
	assert_int_equal(inv.hand.nr, 2);
	assert_string_equal(inv.hand.items[0].state, "applied");
	assert_string_equal(inv.hand.items[0].patch, "patches/0001-a-0001-fix.patch");
	assert_int_equal(inv.hand.items[0].handlers.nr, 0);
	assert_string_equal(inv.hand.items[1].handlers.items[0], "a.c:a_mmap");
	/* The legacy handler is the fixed one. */
	assert_non_null(seen_old);
	want_in(seen_old, "vma->vm_pgoff > 7 ? -22");
	patch = patch_of(&h[0]);
	want_in(patch, "\nFrom: mmapconv <mmapconv@example.invalid>\n");
	want_in(patch, "\nmmapconv: written by hand for Linux 7.3.0, kept as 0002-a: a conversion\n");
	want_in(patch, "\nmmapconv: stands on\n  - 0001-fix\n");
	want_in(patch, "\nmmapconv: differences to know of\n  - It differs.\n");
	want_in(patch, "\nmmapconv: contract: equal: a_mmap_prepare() does");
	want_in(patch, "\nmmapconv: an open question\n  - Is it?\n");
	assert_null(strstr(patch, "Signed-off-by"));
	free(patch);
}

/* What the shelf converts spatch does not get, even if the patch fails and the rules could. */
static void test_does_not_apply(void **s)
{
	struct handler *h;

	(void)s;
	put_two(CLAIM("a", "equal"));
	put_driver("a.c", NAMES("a_mmap"), "\tkeep(0);\n");
	h = add_handler("a.c", "a_mmap");
	convert_with_shelf();
	want(h, "failed", "shelf", "it stands on 0001-fix, which failed (apply)");
	assert_int_equal(patches(), 0);
	assert_string_equal(inv.hand.items[0].state, "failed");
	assert_string_equal(inv.hand.items[0].stage, "apply");
	want_in(inv.hand.items[0].message, "it does not apply at a.c:");
	/* Moved lines are fine. */
	put_driver("a.c", NAMES("other_mmap", "a_mmap"), "");
	convert_with_shelf();
	want(h, "failed", "shelf", "it stands on");
}

static void test_moved(void **s)
{
	struct handler *h;
	char *old, *text;

	(void)s;
	/* What is changed at a file's first line is taken there only. */
	run_git("sed -i '1i /* a */\\n/* b */\\n/* c */\\n/* d */' a.c && git commit -q -a -m longer");
	put_two(CLAIM("a", "equal"));
	old = get("tree/a.c");
	text = xasprintf("/* moved */\n\n\n\n\n/* a */\n/* b */\n/* c */\n/* d */\n%s", old);
	put("tree/a.c", text);
	h = add_handler("a.c", "a_mmap");
	convert_with_shelf();
	want(h, "hand", NULL, NULL);
	free(old);
	free(text);
}

/* Where the tree has the fix already, the conversion stands on that. */
static void test_there(void **s)
{
	struct handler *h;
	char *old, *at, *text;

	(void)s;
	put_two(CLAIM("a", "equal"));
	old = get("tree/a.c");
	at = strstr(old, "vm_pgoff ?");
	text = xasprintf("%.*svm_pgoff > 7 ?%s", (int)(at - old), old, at + strlen("vm_pgoff ?"));
	put("tree/a.c", text);
	h = add_handler("a.c", "a_mmap");
	convert_with_shelf();
	want(h, "hand", NULL, NULL);
	assert_int_equal(patches(), 1);
	assert_int_equal(h->conversion.prerequisites.nr, 0);
	assert_string_equal(inv.hand.items[0].state, "there");
	free(old);
	free(text);
}

static void test_claims(void **s)
{
	static const struct { const char *claim, *says, *kind, *stage, *words; } cases[] = {
		{ CLAIM("a", "equal"), "differs", NULL, "proof", "request: pgoff=1; old: maps; new: -EINVAL" },
		{ CLAIM("a", "unknown"), "differs", NULL, "proof", "request: pgoff=1" },
		{ CLAIM("a", "equal"), "unknown", NULL, "proof", "claims that a_mmap_prepare() is equal, and the proof says unknown: nobody" },
		{ CLAIM("a", "equal-but"), "unknown", NULL, "proof", "claims that a_mmap_prepare() is equal-but" },
		{ CLAIM("a", "equal"), "equal-but", "state-in-mapped", "proof", "the proof says equal-but: state-in-mapped" },
		{ CLAIM("a", "equal-but"), "equal-but", "prot-in-vma", "proof", "does not name the difference prot-in-vma" },
		{ CLAIM("a", "equal-but"), "equal-but", "state", "proof", "does not name the difference state" },
		{ CLAIM("a", "equal-but"), "equal-but", "state-in-mapped", NULL, NULL },
		{ CLAIM("a", "equal-but"), "equal", NULL, NULL, NULL },
		{ CLAIM("a", "unknown"), "equal", NULL, NULL, NULL },
		{ CLAIM("a", "unknown"), "unknown", NULL, NULL, NULL },
		{ CLAIM("a", "equal"), "equal", NULL, NULL, NULL },
	};
	struct handler *h = add_handler("a.c", "a_mmap");
	size_t i;

	(void)s;
	put_two(CLAIM("a", "equal"));
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		add_meta("0002-a", "conversion", cases[i].claim, "\"0001-fix\"");
		verdict = cases[i].says;
		kind = cases[i].kind;
		convert_with_shelf();
		want(h, cases[i].stage ? "failed" : "hand", cases[i].stage, cases[i].words);
		/* The fix stands by itself. */
		assert_int_equal(patches(), cases[i].stage ? 1 : 2);
	}
}

/* A person read what cannot be proved: the mail says so, and --unproved is not needed. */
static void test_unproved(void **s)
{
	struct handler *h = add_handler("a.c", "a_mmap");
	char *patch;

	(void)s;
	put_two(CLAIM("a", "unknown"));
	verdict = "unknown";
	convert_with_shelf();
	want(h, "hand", NULL, NULL);
	patch = patch_of(h);
	want_in(patch, "\nmmapconv: contract: a_mmap_prepare(): not proved: nobody knows; a person\n  read it: state-in-mapped, as it has to be\n");
	free(patch);
	assert_string_equal(conversion_check(h, "contract")->status, "unproved");
}

/* A conversion that leaves the handler where it was, or writes a hook that nobody installs. */
static void test_residue(void **s)
{
	struct handler *h = add_handler("a.c", "a_mmap");

	(void)s;
	add_patch("0001-a", "s/int a_mmap(.*/int a_mmap_prepare(struct vm_area_desc *desc)/;s/vma->vm_pgoff/desc->pgoff/", "a.c");
	add_meta("0001-a", "conversion", CLAIM("a", "equal"), "");
	convert_with_shelf();
	want(h, "failed", "residue", "a_mmap is still installed");
	run_git("git reset -q --hard HEAD~1 && rm ../shelf/*");
	put("shelf/README", "");
	add_patch("0001-a", "s/int a_mmap(.*/int a_mmap_prepare(struct vm_area_desc *desc)/;s/vma->vm_pgoff/desc->pgoff/;/= a_mmap/d", "a.c");
	add_meta("0001-a", "conversion", CLAIM("a", "equal"), "");
	convert_with_shelf();
	want(h, "failed", "residue", "is defined and not installed");
	run_git("git reset -q --hard HEAD~1 && rm ../shelf/*");
	put("shelf/README", "");
	add_patch("0001-a", "s/\\.mmap\\t\\t= a_mmap/.mmap\\t\\t= 0/", "a.c");
	add_meta("0001-a", "conversion", CLAIM("a", "equal"), "");
	convert_with_shelf();
	want(h, "failed", "residue", "no a_mmap_prepare() is defined");
}

/* Two handlers in one patch are both done, or both fail; one that the tree has not makes the other one fail. */
static void test_several(void **s)
{
	struct handler *h;

	(void)s;
	add_handler("a.c", "a_mmap");
	add_handler("b.c", "b_mmap");
	h = inv.handlers.items;
	add_patch("0001-both", CONVERT("a") ";" CONVERT("b"), "a.c b.c");
	add_meta("0001-both", "conversion", CLAIM("a", "equal") ", " CLAIM("b", "equal"), "");
	convert_with_shelf();
	want(&h[0], "hand", NULL, NULL);
	want(&h[1], "hand", NULL, NULL);
	assert_string_equal(h[0].conversion.patch, h[1].conversion.patch);
	assert_int_equal(patches(), 1);
	free(h[1].id);
	free(h[1].function);
	h[1].id = xstrdup("b.c:c_mmap");
	h[1].function = xstrdup("c_mmap");
	convert_with_shelf();
	want(&h[0], "failed", "shelf", "0001-both converts b.c:b_mmap, too, which this tree has not");
}

/* Of two that move together only one is on the shelf: the rules cannot move the other one alone. */
static void test_together(void **s)
{
	struct handler *h;

	(void)s;
	put_two(CLAIM("a", "equal"));
	add_handler("a.c", "a_mmap");
	add_handler("b.c", "b_mmap");
	h = inv.handlers.items;
	strlist_add(&h[0].together, "b.c:b_mmap");
	strlist_add(&h[1].together, "a.c:a_mmap");
	convert_with_shelf();
	want(&h[0], "hand", NULL, NULL);
	want(&h[1], "failed", "shelf", "a.c:a_mmap moves with it and is on the shelf");
}

/* A judgement of a.c:a_mmap as the tree has it, and of what else was read: `more`, with a comma before it. */
static void put_judgement(const char *file, const char *hash, const char *more)
{
	char *why = NULL, *text = hash ? xstrdup(hash) : hand_text(&tree, "a.c", "a_mmap", &why);
	char *json = xasprintf("{\"schema\": \"mmapconv-shelf-1\", \"kind\": \"judged\", \"handler\": \"a.c:a_mmap\", "
			       "\"needs\": [\"several ranges in one action\", \"mapped\"], \"why\": \"It maps two.\", \"rules\": [\"R11\"], "
			       "\"read\": [{\"function\": \"a.c:a_mmap\", \"text\": \"%s\"}%s], \"verified\": {\"release\": \"7.3.0\", "
			       "\"date\": \"2026-11-22\"}, \"remarks\": []}", text, more);

	assert_null(why);
	put(file, json);
	free(json);
	free(text);
}

static struct handler *add_assisted(const char *file, const char *function)
{
	struct handler *h = add_handler(file, function);

	free(h->verdict);
	h->verdict = xstrdup("assisted");
	h->class_name = xstrdup("remap");
	strlist_add(&h->needs, "an action for mixed maps");
	return h;
}

/* What the judgement names is needed besides what the tool found, and the handler is core. */
static void test_judged(void **s)
{
	struct handler *h = add_assisted("a.c", "a_mmap");

	(void)s;
	put_judgement("shelf/0900-a.json", NULL, "");
	convert_with_shelf();
	assert_string_equal(inv.judged.items[0].state, "taken");
	assert_null(inv.judged.items[0].message);
	assert_string_equal(h->verdict, "core");
	assert_string_equal(h->outcome, "core");
	assert_int_equal(h->needs.nr, 3);
	assert_string_equal(h->needs.items[0], "an action for mixed maps");
	assert_string_equal(h->needs.items[1], "mapped");
	assert_string_equal(h->needs.items[2], "several ranges in one action");
	assert_string_equal(h->reasons.items[0].code, "judged");
	assert_string_equal(h->reasons.items[0].text, "It maps two.");
	assert_int_equal(inventory_check(&inv), 0);
	assert_int_equal(patches(), 0);
	/* The accounting sees what does not fit. */
	free(h->needs.items[1]);
	h->needs.items[1] = xstrdup("mappes");
	assert_int_equal(inventory_check(&inv), -ERANGE);
}

/* Comments, layout and what stands above are not what was judged; code is, and so is what else was read. */
static void test_judged_of_other_code(void **s)
{
	static const struct { const char *from, *to; bool same; } cases[] = {
		{ "static int a_mmap", "/* More. */\nstatic int a_mmap", true },
		{ "return vma", "/* Why. */\n\t\treturn  vma", true },
		{ "vm_pgoff ?", "vm_pgoff > 1 ?", false },
		{ "static int a_mmap", "int a_mmap", false },
		{ "a_mmap(", "b_mmap(", false },
	};
	char *old = get("tree/a.c"), *at, *text, *why;
	struct handler *h = add_assisted("a.c", "a_mmap");
	size_t i;

	(void)s;
	put_judgement("shelf/0900-a.json", NULL, "");
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		at = strstr(old, cases[i].from);
		if (!at)
			fail_msg("\"%s\" is not in \"%s\"", cases[i].from, old);
		text = xasprintf("%.*s%s%s", (int)(at - old), old, cases[i].to, at + strlen(cases[i].from));
		put("tree/a.c", text);
		free(text);
		free(h->verdict);
		h->verdict = xstrdup("assisted");
		convert_with_shelf();
		assert_int_equal(inv.judged.nr, 1);
		if (strcmp(inv.judged.items[0].state, cases[i].same ? "taken" : "changed"))
			fail_msg("\"%s\": %s", cases[i].to, inv.judged.items[0].state);
		assert_string_equal(h->outcome, cases[i].same ? "core" : "assisted");
		assert_int_equal(inventory_check(&inv), 0);
	}
	want_in(inv.judged.items[0].message, "a.c defines no a_mmap()");
	put("tree/a.c", old);
	put_judgement("shelf/0900-a.json", NULL, ", {\"function\": \"b.c:b_mmap\", \"text\": \"00000000000000000000000000000000\"}");
	free(h->verdict);
	h->verdict = xstrdup("assisted");
	convert_with_shelf();
	assert_string_equal(inv.judged.items[0].state, "changed");
	why = inv.judged.items[0].message;
	want_in(why, "b_mmap() of b.c is not what was judged: its text is ");
	want_in(why, ", and 00000000000000000000000000000000 was read, in Linux 7.3.0");
	assert_string_equal(h->verdict, "assisted");
	free(old);
}

/* A person and a rule say opposite things: nothing leaves.  What has nothing to convert needs no judgement. */
static void test_judged_otherwise(void **s)
{
	struct handler *h = add_assisted("a.c", "a_mmap");

	(void)s;
	free(h->verdict);
	h->verdict = xstrdup("auto");
	put_judgement("shelf/0900-a.json", NULL, "");
	convert_with_shelf();
	want(h, "failed", "shelf", "a rule would convert it, and 0900-a says that it cannot be");
	assert_string_equal(inv.judged.items[0].state, "contradicted");
	assert_int_equal(patches(), 0);
	assert_int_equal(inventory_check(&inv), 0);
	free(h->verdict);
	h->verdict = xstrdup("none");
	convert_with_shelf();
	assert_string_equal(h->outcome, "none");
	assert_string_equal(inv.judged.items[0].state, "unused");
	assert_int_equal(inventory_check(&inv), 0);
	/* Of a tree without the handler nothing is said. */
	free(h->id);
	h->id = xstrdup("a.c:c_mmap");
	convert_with_shelf();
	assert_int_equal(inv.judged.nr, 0);
}

/* A damaged one, and a second one for what a patch converts: the handler is what it was. */
static void test_judged_and_converted(void **s)
{
	struct handler *h = add_assisted("a.c", "a_mmap");

	(void)s;
	put_two(CLAIM("a", "equal"));
	put_judgement("shelf/0900-a.json", NULL, "");
	convert_with_shelf();
	want(h, "hand", NULL, NULL);
	assert_string_equal(inv.judged.items[0].state, "damaged");
	want_in(inv.judged.items[0].message, "0002-a converts a.c:a_mmap: remove one of the two");
	assert_int_equal(inventory_check(&inv), 0);
	assert_int_equal(shelf.damaged, 1);
}

/* Damaged: what is known of it fails; and of another tree: nothing is said of it, but for a selection nothing is tried. */
static void test_damaged_and_elsewhere(void **s)
{
	struct handler *h = add_handler("b.c", "b_mmap");

	(void)s;
	put_two(CLAIM("a", "equal"));
	add_patch("0003-b", CONVERT("b"), "b.c");
	add_meta("0003-b", "conversion", CLAIM("b", "equal"), "\"0009-none\"");
	convert_with_shelf();
	want(h, "failed", "shelf", "its prerequisite 0009-none is not on the shelf");
	assert_int_equal(inv.hand.nr, 2);	/* the fix: its file is there */
	opt.in_part = true;
	convert_with_shelf();
	assert_int_equal(inv.hand.nr, 1);
	assert_int_equal(patches(), 0);
}

/* A change of the core is of use where something that stands on it is; else where nothing ever does. */
static void test_core(void **s)
{
	struct handler *h;

	(void)s;
	add_patch("0001-core", "s/void keep/void keep2(void);\\nvoid keep/", "fs.h");
	add_meta("0001-core", "core", "", "");
	convert_with_shelf();
	assert_int_equal(inv.hand.nr, 1);
	assert_int_equal(patches(), 1);
	add_patch("0002-b", CONVERT("b"), "b.c");
	add_meta("0002-b", "conversion", CLAIM("b", "equal"), "\"0001-core\"");
	convert_with_shelf();
	assert_int_equal(inv.hand.nr, 0);
	h = add_handler("b.c", "b_mmap");
	convert_with_shelf();
	want(h, "hand", NULL, NULL);
	assert_int_equal(patches(), 2);
}

/* A header that is changed: the files of its folder that include it are compiled, too. */
static void test_header(void **s)
{
	struct flags_options fo = { .no_kbuild = true, .jobs = 1 };
	struct flags_db *flags;
	char *dir = path_join(top, "shelf"), *db;

	(void)s;
	put("tree/d/own.h", "#define OWN 1\n");
	put("tree/d/c.c", "#include \"own.h\"\nint c = OWN;\n");
	db = xasprintf("[{\"directory\": \"%s\", \"file\": \"d/c.c\", \"arguments\": [\"gcc\", \"-Wall\", \"-c\", \"d/c.c\"]}]",
		       tree.root);
	put("tree/compile_commands.json", db);
	run_git("mkdir d && cp ../tree/d/own.h d && git add d/own.h && git commit -q -m own");
	add_patch("0001-good", "s/OWN 1/OWN 2/", "d/own.h");
	add_meta("0001-good", "fix", "", "");
	add_patch("0002-bad", "s/OWN 2/OWN nothing/", "d/own.h");
	add_meta("0002-bad", "fix", "", "");
	assert_int_equal(shelf_open(&shelf, dir), 0);
	opt.shelf = &shelf;
	flags = flags_open(&tree, &fo);
	assert_int_equal(convert_handlers(&tree, flags, &inv, &opt, all, NULL), 0);
	flags_close(flags);
	assert_string_equal(inv.hand.items[0].state, "applied");
	assert_string_equal(inv.hand.items[0].checks.items[0].status, "ok");
	want_in(inv.hand.items[0].checks.items[0].detail, "no new message: d/c.c");
	assert_int_equal(inv.hand.items[0].checks.nr, 2);	/* and checkpatch */
	assert_string_equal(inv.hand.items[1].state, "failed");
	assert_string_equal(inv.hand.items[1].stage, "compile");
	want_in(inv.hand.items[1].message, ": error: ");
	free(dir);
	free(db);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_applied, shelf_setup, shelf_teardown),
		cmocka_unit_test_setup_teardown(test_does_not_apply, shelf_setup, shelf_teardown),
		cmocka_unit_test_setup_teardown(test_moved, shelf_setup, shelf_teardown),
		cmocka_unit_test_setup_teardown(test_there, shelf_setup, shelf_teardown),
		cmocka_unit_test_setup_teardown(test_claims, shelf_setup, shelf_teardown),
		cmocka_unit_test_setup_teardown(test_unproved, shelf_setup, shelf_teardown),
		cmocka_unit_test_setup_teardown(test_residue, shelf_setup, shelf_teardown),
		cmocka_unit_test_setup_teardown(test_several, shelf_setup, shelf_teardown),
		cmocka_unit_test_setup_teardown(test_together, shelf_setup, shelf_teardown),
		cmocka_unit_test_setup_teardown(test_judged, shelf_setup, shelf_teardown),
		cmocka_unit_test_setup_teardown(test_judged_of_other_code, shelf_setup, shelf_teardown),
		cmocka_unit_test_setup_teardown(test_judged_otherwise, shelf_setup, shelf_teardown),
		cmocka_unit_test_setup_teardown(test_judged_and_converted, shelf_setup, shelf_teardown),
		cmocka_unit_test_setup_teardown(test_damaged_and_elsewhere, shelf_setup, shelf_teardown),
		cmocka_unit_test_setup_teardown(test_core, shelf_setup, shelf_teardown),
		cmocka_unit_test_setup_teardown(test_header, shelf_setup, shelf_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
