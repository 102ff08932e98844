// SPDX-License-Identifier: GPL-2.0-only
#include "series/maintainers.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "base/run.h"
#include "utf8.h"

#define SCRIPT "scripts/get_maintainer.pl"
#define MAX_RECIPIENTS 100

int maintainers_available(const struct tree *t, bool no_scripts, char **why)
{
	char *script = path_join(t->root, SCRIPT);
	int ret = 1;

	if (no_scripts)
		*why = xstrdup("with --no-kbuild nothing of the tree is run, " SCRIPT " neither");
	else if (!file_exists(script))
		*why = xstrdup("the tree has no " SCRIPT);
	else if (!run_have("perl"))
		*why = xstrdup("perl is not installed, which " SCRIPT " needs; install perl");
	else
		ret = 0;
	free(script);
	return ret;
}

/* "maintainer:X", "supporter:X", "odd fixer:X" … are To; "reviewer:X" and every kind of list are Cc. */
static void add_recipient(struct driver *d, const struct recipient *r, const char *role)
{
	bool cc = str_starts(role, "(reviewer") || strstr(role, " list") || !*role;

	if (d->to.nr + d->cc.nr < MAX_RECIPIENTS)
		recipients_add(cc ? &d->cc : &d->to, r);
}

static bool is_tree(const char *line)
{
	static const char *const kinds[] = {
		"git ", "quilt ", "hg ", "bzr ", "svn ", "cvs ", NULL
	};
	size_t i;

	for (i = 0; kinds[i]; i++)
		if (str_starts(line, kinds[i]))
			return true;
	return false;
}

/* Of x.git and x-next.git, which a section can name both, the second takes what is no fix. */
static const char *tree_for_new_work(const struct strlist *trees)
{
	const char *first = trees->items[0];
	size_t len = strlen(first) - (str_ends(first, ".git") ? strlen(".git") : 0), i;
	char *next = xasprintf("%.*s-next%s", (int)len, first, first + len);
	const char *tree = first;

	for (i = 1; i < trees->nr; i++)
		if (!strcmp(trees->items[i], next))
			tree = trees->items[i];
	free(next);
	return tree;
}

static char *printable(const char *line)
{
	struct strbuf b = { 0 };
	char *copy = xstrdup(line), *p;

	for (p = copy; *p; p++)
		if ((unsigned char)*p < 0x20 || *p == 0x7f)
			*p = ' ';
	strbuf_adds(&b, "");
	utf8_add(&b, copy);
	free(copy);
	return strbuf_detach(&b);
}

/*
 * First the addresses with their roles, then the trees, then the sections, most specific first; what a
 * keyword in the patch brought has its keyword behind and says nothing about whose code it is.  THE REST
 * is everybody's section: its tree, the last one, is nobody's in particular.
 */
void maintainers_read(const char *output, struct driver *d)
{
	struct strlist trees = { 0 }, sections = { 0 };
	struct recipient r;
	const char *p, *rest;
	size_t len, i;
	char *line;

	for (p = output; *p; p += len + (p[len] == '\n')) {
		len = strcspn(p, "\n");
		if (!len || len > 1000)
			continue;
		line = xstrndup(p, len);
		if (is_tree(line)) {
			if (!strstr(line, ":Keyword:"))
				strlist_add_once(&trees, line);
		} else if (strchr(line, '@') && recipient_parse(line, &r, &rest)) {
			add_recipient(d, &r, rest + strspn(rest, " "));
			recipient_clear(&r);
		} else if (!strstr(line, ":Keyword:")) {
			strlist_add_once(&sections, line);
		}
		free(line);
	}
	for (i = 0;
	     i < d->cc.nr;) /* of two sections: a maintainer of one, a reviewer of the other */
		if (recipients_have(&d->to, d->cc.items[i].address)) {
			recipient_clear(&d->cc.items[i]);
			memmove(&d->cc.items[i], &d->cc.items[i + 1],
				(--d->cc.nr - i) * sizeof(d->cc.items[0]));
		} else {
			i++;
		}
	if (trees.nr && (trees.nr > 1 || !strlist_has(&sections, "THE REST")))
		d->tree = printable(tree_for_new_work(&trees));
	if (sections.nr && strcmp(sections.items[0], "THE REST"))
		d->subsystem = printable(sections.items[0]);
	strlist_free(&trees);
	strlist_free(&sections);
}

/* The script's answer about a patch, or, with files, about those of the tree; as maintainers_ask(). */
static int ask_script(const struct tree *t, const char *scratch, const char *patch, const struct strlist *files,
		      struct strbuf *answer, char **why)
{
	char *script = path_join(t->root, SCRIPT), *home = xasprintf("HOME=%s", scratch);
	char *git = xasprintf("GIT_DIR=%s/none", scratch);
	const char *const options[] = { "perl", script, "--no-git", "--no-git-fallback", "--no-git-blame", "--roles",
					"--no-rolestats", "--scm", "--subsystem", files ? "-f" : patch };
	/* A fixed seed: what ranks alike comes in the order of a hash. */
	const char *env[] = {
		home,	     git,	  "LC_ALL=C", "PERL_HASH_SEED=0", "PERL_PERTURB_KEYS=0",
		"PERL5OPT=", "PERL5LIB=", NULL
	};
	const size_t nr = sizeof(options) / sizeof(*options);
	const char **argv = xcalloc(nr + (files ? files->nr : 0) + 1, sizeof(*argv));
	struct run_request req = {
		.argv = argv, .env = env, .cwd = t->root, .timeout_s = 120, .max_output = 1u << 20
	};
	struct run_result res = { 0 };
	size_t i;
	int ret;

	memcpy(argv, options, sizeof(options));
	for (i = 0; files && i < files->nr; i++)
		argv[nr + i] = files->items[i];
	ret = run(&req, &res);
	if (ret && ret != -EINTR) {
		*why = xasprintf("perl cannot be run: %s", strerror(-ret));
		ret = 1;
	} else if (!ret && res.timed_out) {
		*why = xstrdup(SCRIPT " did not end within 120 s");
		ret = 1;
	} else if (!ret && res.exit_code) {
		char *said = printable(res.err.s);

		*why = xasprintf(SCRIPT " ended with status %d: %.200s", res.exit_code, said);
		free(said);
		ret = 1;
	} else if (!ret) {
		strbuf_adds(answer, res.out.s);
	}
	run_result_free(&res);
	free(argv);
	free(script);
	free(home);
	free(git);
	return ret;
}

/* Its maintainers are asked, and do not take the code that it goes with. */
static bool is_beside(const char *path)
{
	return str_starts(path, "Documentation/") || str_starts(path, "tools/");
}

/* The files of the tree that say whose tree takes a patch; false: all do. */
static bool deciding(const struct tree *t, const struct driver *d, struct strlist *files)
{
	size_t i;

	for (i = 0; i < d->files.nr; i++) {
		char *full = path_join(t->root, d->files.items[i]);

		if (!is_beside(d->files.items[i]) && file_exists(full))
			strlist_add(files, d->files.items[i]);
		free(full);
	}
	return files->nr && files->nr < d->files.nr;
}

static void take(char **to, char **from)
{
	free(*to);
	*to = *from;
	*from = NULL;
}

int maintainers_ask(const struct tree *t, const char *scratch, struct driver *d, char **why)
{
	struct strbuf all = { 0 }, answer = { 0 }, of_code = { 0 };
	char *path = path_join(scratch, "patch");
	struct strlist code = { 0 };
	size_t i;
	int ret;

	for (i = 0; i < d->patches.nr; i++)
		strbuf_add(&all, d->texts[i].s, d->texts[i].len);
	ret = file_write_atomic(path, all.s, all.len);
	if (ret)
		log_error("%s: cannot be written: %s; make room or choose another -o", path,
			  strerror(-ret));
	if (!ret)
		ret = ask_script(t, scratch, path, NULL, &answer, why);
	if (!ret)
		maintainers_read(answer.s, d);
	if (!ret && deciding(t, d, &code)) {
		struct driver whose = { 0 };

		ret = ask_script(t, scratch, NULL, &code, &of_code, why);
		if (!ret) {
			maintainers_read(of_code.s, &whose);
			take(&d->tree, &whose.tree);
			take(&d->subsystem, &whose.subsystem);
		}
		recipients_free(&whose.to);
		recipients_free(&whose.cc);
	}
	strlist_free(&code);
	strbuf_free(&answer);
	strbuf_free(&of_code);
	strbuf_free(&all);
	free(path);
	return ret;
}
