// SPDX-License-Identifier: GPL-2.0-only
/*
 * checkpatch.pl of the tree, on the mail.  It looks at added lines; where it finds something, the
 * old files are checked too: a kind of finding that the replaced lines had already is not new.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "base/run.h"
#include "verify/verify.h"

struct finding {
	char *level, *type, *text;
	char *file;
	unsigned line;
};
VEC_DECLARE(findings, struct finding);

static void findings_free(struct findings *f)
{
	struct finding *x;

	vec_each(x, f) {
		free(x->level);
		free(x->type);
		free(x->text);
		free(x->file);
	}
	vec_free(f);
}

/* "path:12: WARNING:LONG_LINE: text"; the path may hold colons, the level is looked for. */
static void parse(const char *out, struct findings *f)
{
	static const char *const levels[] = { ": ERROR:", ": WARNING:", ": CHECK:" };
	const char *p = out, *hit, *colon, *type;
	struct finding *x;
	size_t len, i;

	for (; *p; p += len + (p[len] == '\n')) {
		len = strcspn(p, "\n");
		for (hit = NULL, i = 0; i < 3 && !hit; i++)
			hit = memmem(p, len, levels[i], strlen(levels[i]));
		if (!hit)
			continue;
		for (colon = hit; colon > p && colon[-1] != ':'; colon--)
			;
		type = hit + strlen(levels[i - 1]);
		x = vec_push(f);
		x->level = xstrndup(hit + 2, strlen(levels[i - 1]) - 3);
		x->type = xstrndup(type, strcspn(type, ":\n"));
		x->text = xstrndup(type, len - (size_t)(type - p));
		x->line = (unsigned)strtoul(colon, NULL, 10);
		x->file = colon > p ? xstrndup(p, (size_t)(colon - p) - 1) : xstrdup("");
	}
}

/*
 * Run it on path (a mail, or with file set a source file below the overlay).  0, 1 when it could
 * not be run (*why says so), or -EINTR.
 */
static int checkpatch(const struct verify *v, const char *path, bool file, struct findings *f,
		      char **why)
{
	char *script = path_join(v->tree->root, "scripts/checkpatch.pl");
	char *home = xasprintf("HOME=%s", v->scratch), *git = xasprintf("GIT_DIR=%s/none", v->scratch);
	/* No sign-off: only a person signs.  HOME and cwd: no .checkpatch.conf of anybody's. */
	const char *argv[] = { "perl", script, "--no-tree", "--strict", "--terse", "--show-types",
			       "--no-summary", "--color=never", "--no-signoff", path,
			       file ? "-f" : NULL, NULL };
	const char *env[] = { home, git, "LC_ALL=C", NULL };
	struct run_request req = { .argv = argv, .env = env, .cwd = v->scratch, .timeout_s = 120 };
	struct run_result res = { 0 };
	int ret = 0;

	if (!file_exists(script)) {
		*why = xstrdup("the tree has no scripts/checkpatch.pl");
		ret = 1;
		goto done;
	}
	ret = run(&req, &res);
	if (ret == -ENOENT) {
		*why = xstrdup("perl is not installed");
		ret = 1;
	} else if (ret && ret != -EINTR) {
		*why = xasprintf("perl cannot be run: %s", strerror(-ret));
		ret = 1;
	} else if (!ret && (res.exit_code < 0 || res.exit_code > 1)) {
		*why = xasprintf("checkpatch.pl did not end well (status %d)", res.exit_code);
		ret = 1;
	} else if (!ret) {
		parse(res.out.s, f);
	}
done:
	run_result_free(&res);
	free(script);
	free(home);
	free(git);
	return ret;
}

/* The lines of a hunk that begin with '-', by file: "path:line" each. */
static void removed_lines(const struct strbuf *mail, struct strlist *places)
{
	const char *p = mail->s;
	char *file = NULL;
	unsigned line = 0;
	size_t len;

	for (; *p; p += len + (p[len] == '\n')) {
		len = strcspn(p, "\n");
		if (str_starts(p, "--- a/")) {
			free(file);
			file = xstrndup(p + 6, len - 6);
		} else if (str_starts(p, "@@ -")) {
			line = (unsigned)strtoul(p + 4, NULL, 10);
		} else if (file && line && (*p == '-' || *p == ' ')) {
			if (*p == '-')
				strlist_addf(places, "%s:%u", file, line);
			line++;
		}
	}
	free(file);
}

/* The file as it was before the commit, below the scratch folder; caller frees, NULL on error. */
static char *old_file(const struct verify *v, const char *path)
{
	char *spec = xasprintf("HEAD~1:%s", path), *name = xasprintf("%s/old/%s", v->scratch, path);
	const char *const args[] = { "show", spec, NULL };
	struct run_result res;
	int ret = overlay_git(v->overlay, args, NULL, &res);

	if (ret || res.exit_code || file_write_atomic(name, res.out.s, res.out.len)) {
		free(name);
		name = NULL;
	}
	run_result_free(&res);
	free(spec);
	return name;
}

/* Drop from f, once each, the kinds that the replaced lines had before. */
static int drop_old(const struct verify *v, const struct job *job, const struct strbuf *mail,
		    struct findings *f)
{
	struct strlist places = { 0 };
	struct findings old = { 0 };
	const struct job_file *jf;
	struct finding *x, *y;
	char *why = NULL, *path, *place;
	int ret = 0;

	removed_lines(mail, &places);
	vec_each(jf, &job->files) {
		path = old_file(v, jf->path);
		if (!path)
			continue;
		ret = checkpatch(v, path, true, &old, &why);
		free(path);
		free(why);
		why = NULL;
		if (ret < 0)
			break;
		vec_each(x, &old) {
			place = xasprintf("%s:%u", jf->path, x->line);
			if (strlist_has(&places, place))
				vec_each(y, f)
					if (y->level && !strcmp(y->type, x->type)) {
						free(y->level);
						y->level = NULL;
						break;
					}
			free(place);
		}
		findings_free(&old);
	}
	findings_free(&old);
	strlist_free(&places);
	return ret < 0 ? ret : 0;
}

/* What must not be there: of a person's patch a CHECK neither, unless it was seen and is named in the metadata. */
static bool is_failure(const struct job *job, const struct finding *x)
{
	if (job->known && *x->type && strstr(job->known, x->type))
		return false;
	return job->is_strict || strcmp(x->level, "CHECK");
}

static void judge(struct job *job, const struct findings *f)
{
	const struct finding *x;
	struct strbuf b = { 0 };

	vec_each(x, f) {
		if (!x->level)
			continue;
		if (is_failure(job, x) && !job->error)
			job_fail(job, "checkpatch", xasprintf("%s: %s: %s", job->h->file, x->level,
							      x->text));
		strbuf_addf(&b, "; %s: %s", x->level, x->text);
	}
	check_add(job, "checkpatch", job->error ? "failed" : "ok",
		  xasprintf("--strict, without the sign-off that a person adds: %s",
			    b.len ? b.s + 2 : "nothing new"));
	strbuf_free(&b);
}

int verify_checkpatch(const struct verify *v, struct job *job, const struct strbuf *mail)
{
	char *path = path_join(v->scratch, "mail.patch"), *why = NULL;
	struct findings f = { 0 };
	int ret;

	ret = file_write_atomic(path, mail->s, mail->len);
	if (ret) {
		log_error("%s: cannot be written: %s", path, strerror(-ret));
		goto done;
	}
	ret = checkpatch(v, path, false, &f, &why);
	if (ret == 1) {
		check_add(job, "checkpatch", "not-run", why);
		why = NULL;
		ret = 0;
		goto done;
	}
	if (!ret && f.nr)
		ret = drop_old(v, job, mail, &f);
	if (!ret)
		judge(job, &f);
done:
	unlink(path);
	free(path);
	free(why);
	findings_free(&f);
	return ret;
}
