// SPDX-License-Identifier: GPL-2.0-only
/*
 * What must not be left after a hand-finished conversion, of hand.h.  Less is asked than of a rewrite: the handler may stay for
 * a build without an MMU, or for a caller of another kind; but it is not what the table has any more.
 */
#include <stdlib.h>
#include <string.h>

#include "hand/hand.h"
#include "rewrite/regions.h"

static bool begins(const struct source *s, size_t i, const char *directive)
{
	return s->tokens.items[i].bol && ctoken_is(s, i + 1, directive);
}

/* A line on which name is installed, whatever is configured; 0: there is none. */
static unsigned installed(const struct source *s, const char *name)
{
	unsigned depth = 0;
	size_t i;

	for (i = 0; i < s->tokens.nr; i++) {
		if (begins(s, i, "if") || begins(s, i, "ifdef") || begins(s, i, "ifndef"))
			depth++;
		else if (begins(s, i, "endif"))
			depth -= !!depth;
		else if (!depth && i && ctoken_is(s, i, name) && ctoken_is(s, i - 1, "="))
			return s->tokens.items[i].line;
	}
	return 0;
}

static size_t mentions(const struct source *s, const char *name)
{
	size_t i, nr = 0;

	for (i = 0; i < s->tokens.nr; i++)
		nr += ctoken_is(s, i, name);
	return nr;
}

struct seen { unsigned hooks; size_t mentions, regions; };

static void look(const struct source *s, struct job *job, const struct job_part *part, const char *path, struct seen *seen)
{
	unsigned line = installed(s, part->h->function), bad;
	struct regions r = { 0 };

	if (line)
		job_fail(job, "residue", xasprintf("%s:%u: %s is still installed", path, line, part->h->function));
	seen->hooks += verify_hook(s, job, part, path);
	regions_find(s, part->new_name, &r, &bad);
	seen->mentions += mentions(s, part->new_name);
	seen->regions += r.nr;
	vec_free(&r);
}

static void look_all(struct job *job, const struct job_part *part)
{
	struct seen seen = { 0 };
	const struct job_file *f;

	vec_each(f, &job->files) {
		struct source s;

		if (!str_ends(f->path, ".c") && !str_ends(f->path, ".h"))
			continue;
		source_init(&s, xstrndup(f->new.s, f->new.len), f->new.len);
		look(&s, job, part, f->path, &seen);
		source_free(&s);
	}
	if (!seen.hooks)
		job_fail(job, "residue", xasprintf("%s: no %s() is defined", part->h->file, part->new_name));
	else if (seen.mentions <= seen.regions)
		job_fail(job, "residue", xasprintf("%s: %s() is defined and not installed", part->h->file, part->new_name));
}

int hand_residue(const struct verify *v, struct job *job)
{
	const struct job_part *part;
	struct strbuf b = { 0 };

	(void)v;
	vec_each(part, &job->parts) {
		look_all(job, part);
		strbuf_addf(&b, "%s%s() for %s()", b.len ? ", " : "", part->new_name, part->h->function);
	}
	if (job->parts.nr)
		check_add(job, "residue", job->error ? "failed" : "ok", job->error ? xstrdup(job->error) :
			  xasprintf("installed, without a vma: %s", b.s));
	strbuf_free(&b);
	return 0;
}
