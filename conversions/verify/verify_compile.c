// SPDX-License-Identifier: GPL-2.0-only
/*
 * Compile before and after with the same flags, and compare what the compiler says.  Real objects
 * (-c -o), not -fsyntax-only: errors of the code generator (BUILD_BUG_ON(), frame sizes) count, and
 * the object tells whether the hook was compiled at all or is configured out.
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

/* What scripts/Makefile.extrawarn adds for W=1, as far as both compilers know it. */
static const char *const extra[] = {
	"-Wextra", "-Wunused", "-Wunused-but-set-variable", "-Wunused-const-variable",
	"-Wmissing-declarations", "-Wmissing-prototypes", "-Wmissing-format-attribute",
	"-Wno-unused-parameter", "-Wno-sign-compare", "-Wno-missing-field-initializers",
	"-Wno-error", "-fdiagnostics-color=never", NULL
};

/* What one compilation said: messages without line numbers, sorted. */
struct said {
	char *file;
	bool compiled;			/* a compiler was there and ran */
	bool built;
	bool has_hook;
	char *why;			/* not built */
	struct strlist messages;
	enum flags_source source;
};

struct diagnostics { VEC(struct said) before; };

void verify_free(struct diagnostics *d)
{
	struct said *s;

	if (!d)
		return;
	vec_each(s, &d->before) {
		free(s->file);
		free(s->why);
		strlist_free(&s->messages);
	}
	vec_free(&d->before);
	free(d);
}

/* Append text with whole words that are new names turned into the old ones. */
static void add_renamed(struct strbuf *b, const struct verify *v, const struct job *job, const char *p,
			const char *end)
{
	const struct rename own = { job->new_name, job->h->function };
	const struct rename *r = v->nr_renames ? v->renames : &own;
	size_t nr = v->nr_renames ? v->nr_renames : job->new_name ? 1 : 0, i, n, best;
	const char *hit, *first;

	while (p < end) {
		first = NULL;
		for (best = 0, i = 0; i < nr; i++) {
			n = strlen(r[i].new_name);
			hit = memmem(p, (size_t)(end - p), r[i].new_name, n);
			/* The longer of two that begin at one place: foo_mmap_prepare_x is not foo_mmap_prepare. */
			if (hit && (!first || hit < first || (hit == first && n > strlen(r[best].new_name)))) {
				first = hit;
				best = i;
			}
		}
		strbuf_add(b, p, (size_t)((first ? first : end) - p));
		if (!first)
			return;
		strbuf_adds(b, r[best].old_name);
		p = first + strlen(r[best].new_name);
	}
}

/* "path:1:2: warning: text" -> "path: warning: text", without the folders of this machine. */
char *verify_normal(const struct verify *v, const struct job *job, const char *line, size_t len)
{
	const char *kinds[] = { ": warning: ", ": error: ", ": fatal error: " };
	const char *kind = NULL, *p = line, *end;
	struct strbuf b = { 0 };
	size_t i;

	for (i = 0; i < 3 && !kind; i++)
		kind = memmem(line, len, kinds[i], strlen(kinds[i]));
	if (!kind)
		return NULL;
	if (str_starts(p, v->overlay->dir))
		p += strlen(v->overlay->dir) + 1;
	else if (str_starts(p, v->tree->root))
		p += strlen(v->tree->root) + 1;
	end = memchr(p, ':', (size_t)(kind - p) + 1);
	strbuf_add(&b, p, (size_t)(end - p));
	/* The function's old name stands for both, or its old warning would look like a new one. */
	add_renamed(&b, v, job, kind, line + len);
	return strbuf_detach(&b);
}

static void collect(const struct verify *v, const struct job *job, const char *err, struct said *s)
{
	const char *p = err;
	size_t len;
	char *text;

	for (; *p; p += len + (p[len] == '\n')) {
		len = strcspn(p, "\n");
		text = verify_normal(v, job, p, len);
		if (text && s->messages.nr < 2000)
			strlist_add(&s->messages, text);
		free(text);
	}
	strlist_sort(&s->messages);
}

static bool file_holds(const char *path, const char *name)
{
	struct strbuf b = { 0 };
	bool holds = !file_read(path, 256u << 20, &b) && b.len && memmem(b.s, b.len, name, strlen(name));

	strbuf_free(&b);
	return holds;
}

/* Are the hooks of the file in an object (or in its preprocessed text)?  A change of the core has none. */
static bool holds_hooks(const char *path, const struct job *job, const struct job_file *f)
{
	static const struct asked nothing;
	const struct job_part *part;

	if (!f->asked) {
		vec_each(part, &job->parts)
			if (!strcmp(part->h->file, f->path) && !file_holds(path, part->new_name))
				return false;
		return !job->new_name || file_holds(path, job->new_name);
	}
	vec_each(part, &job->parts)
		if (memcmp(&f->asked[part - job->parts.items], &nothing, sizeof(nothing)) &&
		    !file_holds(path, part->new_name))
			return false;
	return true;
}

/*
 * Was the hook compiled?  Its name is in the object's symbols; where the optimiser dropped it, the
 * preprocessor at least left it.  *what: the "-c" of its arguments.
 */
static int note_hook(const struct run_request *compile, const char **what, const char *object,
		     const struct job *job, const struct job_file *f, struct said *s)
{
	struct run_result res;
	int ret;

	s->has_hook = holds_hooks(object, job, f);
	if (s->has_hook)
		return 0;
	*what = "-E";
	ret = run(compile, &res);
	if (!ret && !res.exit_code)
		s->has_hook = holds_hooks(object, job, f);
	run_result_free(&res);
	return ret == -EINTR ? ret : 0;
}

/* Compile the overlay's copy of a file.  0 with *s filled, or a negative errno. */
static int compile(const struct verify *v, const struct job *job, const struct job_file *f, bool after,
		   struct said *s)
{
	const struct arch *arch = job->h->arch ? arch_by_name(job->h->arch) : NULL;
	const struct compile_command *c;
	struct strlist argv = { 0 };
	VEC(const char *) args = { 0 };
	static const char *const env[] = { "LC_ALL=C", "CCACHE_DISABLE=1", NULL };
	char *object = path_join(v->scratch, "out.o"), *source = path_join(v->overlay->dir, f->path);
	struct run_request req = { .env = env, .timeout_s = v->timeout_s };
	struct run_result res = { 0 };
	const char *file = f->path;
	size_t i, what;
	int ret = 0;

	s->file = xstrdup(file);
	c = arch && v->flags ? flags_find(v->flags, arch, file) : NULL;
	if (!c) {
		s->why = xstrdup(!arch ? "the file was parsed for no architecture" :
				 "no compile command is known");
		goto done;
	}
	s->source = c->source;
	verify_command(v, c, file, &argv);
	for (i = 0; extra[i]; i++)
		strlist_add(&argv, extra[i]);
	for (i = 0; i < argv.nr; i++)
		*vec_push(&args) = argv.items[i];
	what = args.nr;
	*vec_push(&args) = "-c";
	*vec_push(&args) = "-o";
	*vec_push(&args) = object;
	*vec_push(&args) = source;
	vec_push(&args);
	req.argv = args.items;
	req.cwd = c->cwd;
	ret = run(&req, &res);
	if (ret == -EINTR)
		goto done;
	if (ret) {
		s->why = xasprintf("%s cannot be run: %s", args.items[0], strerror(-ret));
		ret = 0;
		goto done;
	}
	collect(v, job, res.err.s, s);
	s->compiled = true;
	s->built = !res.exit_code;
	if (s->built && after)
		ret = note_hook(&req, &args.items[what], object, job, f, s);
	else if (s->built)
		;
	else if (res.timed_out)
		s->why = xasprintf("the compiler did not end within %u s", v->timeout_s);
	else if (res.signal)
		s->why = xasprintf("the compiler was killed by signal %d", res.signal);
	else
		for (i = 0; i < s->messages.nr && !s->why; i++)
			if (strstr(s->messages.items[i], "error: "))
				s->why = xstrdup(s->messages.items[i]);
	if (!s->built && !s->why)
		s->why = xasprintf("the compiler ended with status %d", res.exit_code);
done:
	unlink(object);
	run_result_free(&res);
	vec_free(&args);
	strlist_free(&argv);
	free(object);
	free(source);
	return ret;
}

int verify_before(const struct verify *v, struct job *job, struct diagnostics **d)
{
	const struct job_file *f;
	int ret = 0;

	*d = xcalloc(1, sizeof(**d));
	vec_each(f, &job->files)
		if (!ret && str_ends(f->path, ".c"))
			ret = compile(v, job, f, false, vec_push(&(*d)->before));
	return ret;
}

const char *verify_first_new(const struct strlist *a, const struct strlist *b)
{
	size_t i, j = 0;

	for (i = 0; i < a->nr; i++) {
		while (j < b->nr && strcmp(b->items[j], a->items[i]) < 0)
			j++;
		if (j == b->nr || strcmp(b->items[j], a->items[i]))
			return a->items[i];
		j++;
	}
	return NULL;
}

/* "not built: …" for the files that were not, "x86_64, … flags" for the others. */
static void verdict(struct job *job, const struct strlist *not_built, const struct strlist *built,
		    enum flags_source source)
{
	static const char *const names[] = {
		[FLAGS_COMPDB] = "the flags of compile_commands.json",
		[FLAGS_KBUILD] = "kbuild's flags",
		[FLAGS_FALLBACK] = "built-in flags, not kbuild's",
	};
	struct strbuf b = { 0 };
	size_t i;

	if (not_built->nr) {
		strbuf_addf(&b, "not built: ");
		for (i = 0; i < not_built->nr; i++)
			strbuf_addf(&b, "%s%s", i ? "; " : "", not_built->items[i]);
		check_add(job, "compile", "not-run", strbuf_detach(&b));
		return;
	}
	if (!built->nr) {
		check_add(job, "compile", "not-run", xstrdup("not built: no .c file changed"));
		return;
	}
	strbuf_addf(&b, "%s, %s and W=1's warnings, no new message: ", job->h->arch, names[source]);
	for (i = 0; i < built->nr; i++)
		strbuf_addf(&b, "%s%s", i ? ", " : "", built->items[i]);
	check_add(job, "compile", "ok", strbuf_detach(&b));
}

static const struct job_file *file_at(const struct job *job, const char *path)
{
	const struct job_file *f = job->files.items;

	while (strcmp(f->path, path))
		f++;
	return f;
}

int verify_compile(const struct verify *v, struct job *job, struct diagnostics *d)
{
	struct strlist not_built = { 0 }, built = { 0 };
	enum flags_source source = FLAGS_COMPDB;
	const struct said *old;
	const char *message;
	int ret = 0;

	vec_each(old, &d->before) {
		struct said s = { 0 };

		if (!old->built) {
			strlist_addf(&not_built, "%s: %s%s", old->file, old->compiled ?
				     "did not compile before the change: " : "", old->why);
			continue;
		}
		ret = compile(v, job, file_at(job, old->file), true, &s);
		message = verify_first_new(&s.messages, &old->messages);
		if (!ret && (!s.built || message)) {
			check_add(job, "compile", "failed", xstrdup(message ? message : s.why));
			job_fail(job, "compile", xasprintf("%s (on %s)", message ? message : s.why,
							   job->h->arch));
		} else if (!ret && !s.has_hook) {
			strlist_addf(&not_built, "%s: configured out on %s", s.file, job->h->arch);
		} else if (!ret) {
			strlist_add(&built, s.file);
			source = s.source > source ? s.source : source;
		}
		free(s.file);
		free(s.why);
		strlist_free(&s.messages);
		if (ret || job->error)
			break;
	}
	if (!ret && !job->error)
		verdict(job, &not_built, &built, source);
	strlist_free(&not_built);
	strlist_free(&built);
	return ret;
}
