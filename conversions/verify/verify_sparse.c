// SPDX-License-Identifier: GPL-2.0-only
/*
 * sparse before and after, as kbuild calls it with C=2, but comparing what it says: a release of sparse
 * that is older than the tree stumbles over the tree's headers every time.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "base/run.h"
#include "verify/verify.h"
#include "verify/verify_command.h"

/* What the top Makefile gives it; the compiler's options tell the size of a word. */
static const char *const checkflags[] = { "-D__linux__",
					  "-Dlinux",
					  "-D__STDC__",
					  "-Dunix",
					  "-D__unix__",
					  "-Wbitwise",
					  "-Wno-return-void",
					  "-Wno-unknown-attribute",
					  "-fmax-errors=unlimited",
					  "-fmax-warnings=unlimited",
					  NULL };
/*
 * What a release may not know.  Assertions are the compiler's to check: one that an older sparse cannot
 * compute is an error to it, and after an error it says nothing any more.
 */
static const char *const unknown[] = { "-D__typeof_unqual__=__typeof__",
				       "-D_Static_assert(...)=", NULL };

/*
 * The end of what sparse reads: a message that must come.  Without it sparse gave up on the way, and its
 * silence about the hook says nothing.
 */
#define CANARY "mmapconv_read_to_the_end"
static const char canary[] =
	"static void " CANARY "(int __attribute__((noderef, address_space(77))) *" CANARY "_p)\n"
	"{\n\tint *q = " CANARY "_p;\n\t(void)q;\n}\n"
	"static void (*" CANARY "_use)(int __attribute__((noderef, address_space(77))) *) = " CANARY
	";\n";

struct heard {
	char *file, *why;
	bool ran;
	struct strlist messages;
};
struct sparse_output {
	VEC(struct heard) before;
};

static void heard_free(struct heard *h)
{
	free(h->file);
	free(h->why);
	strlist_free(&h->messages);
}

/* The message that most likely says why it stopped. */
static const char *first_error(const char *messages)
{
	const char *p, *hit = strstr(messages, " error: ");

	for (p = hit; p && p > messages && p[-1] != '\n'; p--)
		;
	return p ? p : messages;
}

static bool heard_canary(const char *messages, const char *wrapper)
{
	const char *p;
	size_t len;

	for (p = messages; *p; p += len + (p[len] == '\n')) {
		len = strcspn(p, "\n");
		if (str_starts(p, wrapper) &&
		    memmem(p, len, "address space", strlen("address space")))
			return true;
	}
	return false;
}

static int listen(const struct verify *v, const struct job *job, const char *file, struct heard *h)
{
	const struct arch *arch = job->h->arch ? arch_by_name(job->h->arch) : NULL;
	const struct compile_command *c = arch && v->flags ? flags_find(v->flags, arch, file)
							   : NULL;
	static const char *const env[] = { "LC_ALL=C", NULL };
	char *source = path_join(v->overlay->dir, file),
	     *wrapper = path_join(v->scratch, "sparse.c"), *text;
	struct run_request req = { .env = env, .timeout_s = v->timeout_s };
	struct run_result res = { 0 };
	VEC(const char *) args = { 0 };
	struct strlist argv = { 0 };
	const char *p, *dir;
	size_t i, len;
	int ret = 0;

	h->file = xstrdup(file);
	if (!c) {
		h->why = xasprintf("no compile command is known on %s",
				   job->h->arch ? job->h->arch : "any architecture");
		goto done;
	}
	*vec_push(&args) = "sparse";
	for (i = 0; checkflags[i]; i++)
		*vec_push(&args) = checkflags[i];
	for (i = 0; unknown[i]; i++)
		*vec_push(&args) = unknown[i];
	text = xasprintf("--arch=%s", arch->name);
	strlist_add(&argv, text);
	free(text);
	verify_command(v, c, file, &argv);
	for (i = 0; i < argv.nr; i++)
		if (i != 1) { /* the compiler */
			dir = str_starts(argv.items[i], "-iquote")
				      ? argv.items[i] + strlen("-iquote")
				      : NULL;
			/* Which sparse does not know. */
			if (dir)
				*vec_push(&args) = "-I";
			*vec_push(&args) = dir ? dir : argv.items[i];
		}
	*vec_push(&args) = wrapper;
	vec_push(&args);
	text = xasprintf("#include \"%s\"\n%s", source, canary);
	ret = file_write_atomic(wrapper, text, strlen(text));
	free(text);
	if (ret) {
		log_error("%s: cannot be written: %s; make room or choose another -o", wrapper,
			  strerror(-ret));
		goto done;
	}
	req.argv = args.items;
	req.cwd = c->cwd;
	ret = run(&req, &res);
	if (ret == -EINTR)
		goto done;
	if (ret || res.timed_out || res.signal) {
		h->why = ret == -ENOENT	 ? xstrdup("sparse is not installed; install sparse")
			 : ret		 ? xasprintf("sparse cannot be run: %s", strerror(-ret))
			 : res.timed_out ? xasprintf("sparse did not end within %u s", v->timeout_s)
					 : xasprintf("sparse was killed by signal %d", res.signal);
		ret = 0;
		goto done;
	}
	h->ran = heard_canary(res.err.s, wrapper);
	if (!h->ran) {
		h->why = xasprintf("sparse does not read it to its end: %.*s",
				   (int)strcspn(first_error(res.err.s), "\n"),
				   first_error(res.err.s));
		goto done;
	}
	for (p = res.err.s; *p; p += len + (p[len] == '\n')) {
		len = strcspn(p, "\n");
		if (str_starts(p, wrapper))
			continue;
		text = verify_normal(v, job, p, len);
		if (text && h->messages.nr < 5000)
			strlist_add(&h->messages, text);
		free(text);
	}
	strlist_sort(&h->messages);
done:
	run_result_free(&res);
	vec_free(&args);
	strlist_free(&argv);
	unlink(wrapper);
	free(source);
	free(wrapper);
	return ret;
}

int verify_sparse_before(const struct verify *v, struct job *job, struct sparse_output **d)
{
	const struct job_file *f;
	int ret = 0;

	*d = xcalloc(1, sizeof(**d));
	vec_each(f, &job->files)
		if (!ret && str_ends(f->path, ".c"))
			ret = listen(v, job, f->path, vec_push(&(*d)->before));
	return ret;
}

void verify_sparse_free(struct sparse_output *d)
{
	struct heard *h;

	if (!d)
		return;
	vec_each(h, &d->before)
		heard_free(h);
	vec_free(&d->before);
	free(d);
}

int verify_sparse(const struct verify *v, struct job *job, struct sparse_output *d)
{
	struct strbuf done = { 0 }, failed = { 0 }, skipped = { 0 };
	const struct heard *old;
	const char *message;
	int ret = 0;

	vec_each(old, &d->before) {
		struct heard now = { 0 };

		if (ret)
			break;
		ret = listen(v, job, old->file, &now);
		message = verify_first_new(&now.messages, &old->messages);
		if (!old->ran || !now.ran)
			strbuf_addf(&skipped, "%s%s: %s", skipped.len ? "; " : "", old->file,
				    old->ran ? now.why : old->why);
		else if (message)
			strbuf_addf(&failed, "%s%s", failed.len ? "; " : "", message);
		else
			strbuf_addf(&done, "%s%s", done.len ? ", " : "", old->file);
		heard_free(&now);
	}
	if (!ret && failed.len)
		check_add(job, "sparse", "failed",
			  xasprintf("new on %s: %s", job->h->arch, failed.s));
	else if (!ret && (skipped.len || !done.len))
		check_add(job, "sparse", "not-run",
			  xstrdup(skipped.len ? skipped.s : "no .c file changed"));
	else if (!ret)
		check_add(job, "sparse", "ok",
			  xasprintf("%s, no new message: %s", job->h->arch, done.s));
	strbuf_free(&done);
	strbuf_free(&failed);
	strbuf_free(&skipped);
	return ret;
}
