// SPDX-License-Identifier: GPL-2.0-only
/* The overlay's repository, of overlay.h. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/run.h"
#include "base/version.h"
#include "overlay.h"

/*
 * The patches must not depend on when or where they were made.  A mailer sets its own date; git am
 * keeps this one as the author's.
 */
#define FIXED_DATE	"2026-01-01T00:00:00+0000"

/* Nobody's configuration but ours: no hooks, no signing, no diff drivers, no line-ending magic. */
static const char *const config[] = {
	"-c", "core.hooksPath=/dev/null", "-c", "core.autocrlf=false", "-c", "core.fsmonitor=false",
	"-c", "commit.gpgSign=false", "-c", "gc.auto=0", "-c", "core.attributesFile=/dev/null",
	"-c", "core.excludesFile=/dev/null", "-c", "diff.algorithm=myers", "-c", "merge.renames=false", NULL
};

int overlay_git_as(const struct overlay *o, const struct author *who, const char *const *args,
		   const char *input, size_t input_len, struct run_result *res)
{
	struct strlist env = { 0 };
	VEC(const char *) argv = { 0 };
	struct run_request req = { .cwd = o->dir, .input = input, .input_len = input_len,
				   .timeout_s = 120 };
	const char *name = who ? who->name : "mmapconv";
	const char *email = who ? who->email : "mmapconv@example.invalid";
	VEC(const char *) envp = { 0 };
	size_t i;
	int ret;

	*vec_push(&argv) = "git";
	for (i = 0; config[i]; i++)
		*vec_push(&argv) = config[i];
	for (i = 0; args[i]; i++)
		*vec_push(&argv) = args[i];
	vec_push(&argv);
	strlist_add(&env, "GIT_CONFIG_GLOBAL=/dev/null");
	strlist_add(&env, "GIT_CONFIG_SYSTEM=/dev/null");
	strlist_add(&env, "GIT_CONFIG_NOSYSTEM=1");
	strlist_add(&env, "GIT_CONFIG_COUNT=0");
	strlist_add(&env, "GIT_CONFIG_PARAMETERS=");
	strlist_add(&env, "LC_ALL=C");
	/* Set by a hook or a rebase that we may run under. */
	strlist_addf(&env, "GIT_DIR=%s/.git", o->dir);
	strlist_addf(&env, "GIT_WORK_TREE=%s", o->dir);
	strlist_addf(&env, "GIT_INDEX_FILE=%s/.git/index", o->dir);
	strlist_addf(&env, "GIT_OBJECT_DIRECTORY=%s/.git/objects", o->dir);
	strlist_add(&env, "GIT_ALTERNATE_OBJECT_DIRECTORIES=");
	strlist_add(&env, "GIT_NAMESPACE=");
	strlist_addf(&env, "GIT_AUTHOR_NAME=%s", name);
	strlist_addf(&env, "GIT_AUTHOR_EMAIL=%s", email);
	strlist_addf(&env, "GIT_AUTHOR_DATE=%s", who && who->date ? who->date : FIXED_DATE);
	strlist_addf(&env, "GIT_COMMITTER_NAME=%s", who && who->date ? name : "mmapconv");
	strlist_addf(&env, "GIT_COMMITTER_EMAIL=%s", who && who->date ? email : "mmapconv@example.invalid");
	strlist_addf(&env, "GIT_COMMITTER_DATE=%s", who && who->date ? who->date : FIXED_DATE);
	for (i = 0; i < env.nr; i++)
		*vec_push(&envp) = env.items[i];
	vec_push(&envp);
	req.argv = argv.items;
	req.env = envp.items;
	ret = run(&req, res);
	vec_free(&envp);
	vec_free(&argv);
	strlist_free(&env);
	return ret;
}

int overlay_git(const struct overlay *o, const char *const *args, const char *input,
		struct run_result *res)
{
	return overlay_git_as(o, NULL, args, input, input ? strlen(input) : 0, res);
}

/* Run a command that must succeed. */
int overlay_git_must(const struct overlay *o, const struct author *who, const char *const *args,
		     const char *input, struct strbuf *out)
{
	struct run_result res;
	int ret = overlay_git_as(o, who, args, input, input ? strlen(input) : 0, &res);

	if (ret && ret != -EINTR) {
		log_error("git %s: cannot be run: %s; install git", args[0], strerror(-ret));
	} else if (!ret && res.exit_code) {
		log_error("git %s failed in %s: %s", args[0], o->dir, res.err.s);
		ret = -EIO;
	}
	if (!ret && out)
		strbuf_add(out, res.out.s, res.out.len);
	run_result_free(&res);
	return ret;
}

#define ARGS(...) ((const char *const[]){ __VA_ARGS__, NULL })

int overlay_init(struct overlay *o)
{
	/* As in the kernel's .gitattributes: the hunks' headings name functions. */
	static const char attributes[] = "*.c diff=cpp\n*.h diff=cpp\n";
	int ret;

	if (o->has_repository)
		return 0;
	ret = overlay_git_must(o, NULL, ARGS("init", "-q", "--template=", "."), NULL, NULL);
	if (!ret)
		ret = overlay_write(o, ".git/info/attributes", attributes, sizeof(attributes) - 1);
	o->has_repository = !ret;
	return ret;
}

int overlay_commit_base(struct overlay *o)
{
	int ret = overlay_init(o);

	if (!ret)
		ret = overlay_git_must(o, NULL, ARGS("add", "-A", "-f", "."), NULL, NULL);
	if (!ret)
		ret = overlay_git_must(o, NULL, ARGS("commit", "-q", "--allow-empty", "-m", "the tree's files"),
			   NULL, NULL);
	return ret;
}

int overlay_format(const struct overlay *o, bool sign, struct strbuf *mail)
{
	return overlay_git_must(o, NULL, ARGS("format-patch", "-1", "--stdout", "--full-index",
				sign ? "--signature=mmapconv " MMAPCONV_VERSION : "--no-signature", "--zero-commit", "--no-renames",
				"--no-thread", "--no-attach", "--no-ext-diff", "--no-textconv", "--no-numbered",
				"--subject-prefix=PATCH", "--stat=72", "-U3", "--src-prefix=a/", "--dst-prefix=b/"),
				NULL, mail);
}

int overlay_commit(const struct overlay *o, const struct author *who, const char *message,
		   struct strbuf *mail)
{
	int ret;

	ret = overlay_git_must(o, who, ARGS("commit", "-q", "-a", "--no-verify", "--cleanup=verbatim", "-F", "-"),
		   message, NULL);
	return ret ? ret : overlay_format(o, true, mail);
}

int overlay_drop_commit(const struct overlay *o)
{
	return overlay_git_must(o, NULL, ARGS("reset", "-q", "--hard", "HEAD~1"), NULL, NULL);
}

int overlay_am(const struct overlay *o, const char *mail, size_t len, char **error)
{
	struct run_result res, abort;
	int ret = overlay_git_as(o, NULL, ARGS("am", "-q", "--no-gpg-sign"), mail, len, &res);

	if (!ret && res.exit_code) {
		*error = xasprintf("git am does not take it: %.*s",
				   (int)strcspn(res.err.s, "\n"), res.err.s);
		ret = overlay_git_as(o, NULL, ARGS("am", "--abort"), NULL, 0, &abort);
		run_result_free(&abort);
		ret = ret ? ret : -EINVAL;
	}
	run_result_free(&res);
	return ret;
}
