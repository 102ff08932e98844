// SPDX-License-Identifier: GPL-2.0-only
#include "verify/verify.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "mail/mail.h"
#include "rewrite/regions.h"

void check_add(struct job *job, const char *name, const char *status, char *detail)
{
	struct check *c = vec_push(&job->h->conversion.checks);

	*c = (struct check){ .name = xstrdup(name), .status = xstrdup(status), .detail = detail };
}

/* In one file: no vm_area_struct in a hook.  Returns hooks found. */
unsigned verify_hook(const struct source *s, struct job *job, const struct job_part *part, const char *path)
{
	struct regions r = { 0 };
	unsigned line, nr = 0;
	size_t i, k;

	if (regions_find(s, part->new_name, &r, &line))
		job_fail(job, "residue", xasprintf("%s:%u: unbalanced braces", path, line));
	for (i = 0; i < r.nr; i++) {
		char *desc = region_parameter(s, &r.items[i], "vm_area_desc");

		nr += r.items[i].is_definition;
		if (r.items[i].is_definition && !desc)
			job_fail(job, "residue", xasprintf("%s: the hook takes no descriptor", path));
		free(desc);
		for (k = r.items[i].open; k <= r.items[i].last; k++)
			if (ctoken_is(s, k, "vm_area_struct"))
				job_fail(job, "residue",
					 xasprintf("%s:%u: struct vm_area_struct is left in the hook",
						   path, s->tokens.items[k].line));
	}
	vec_free(&r);
	return nr;
}

/* And no old name in the code, of no part; new ones in their place.  Returns hooks found. */
static unsigned residue(const struct source *s, struct job *job, const struct job_file *f)
{
	const struct job_part *part;
	const struct asked *a;
	unsigned nr = 0;

	vec_each(part, &job->parts) {
		a = &f->asked[part - job->parts.items];
		if (source_has(s, part->h->function))
			job_fail(job, "residue", xasprintf("%s: %s is still named", f->path, part->h->function));
		if ((a->definitions || a->null_defines || a->fields || a->declarations || job->parts.nr == 1) &&
		    !source_has(s, part->new_name))
			job_fail(job, "residue", xasprintf("%s: %s is not there", f->path, part->new_name));
		nr += verify_hook(s, job, part, f->path);
	}
	return nr;
}

/* "a_mmap", or "a_mmap, b_mmap and c_mmap": caller frees. */
static char *old_names(const struct job *job)
{
	struct strlist names = { 0 };
	const struct job_part *part;
	struct strbuf b = { 0 };

	vec_each(part, &job->parts)
		strlist_add(&names, part->h->function);
	mail_enumerate(&b, &names);
	strlist_free(&names);
	return strbuf_detach(&b);
}

int verify_residue(const struct verify *v, struct job *job)
{
	unsigned hooks = 0, want = 0;
	const struct job_file *f;
	char *names;
	size_t i;
	int ret = 0;

	vec_each(f, &job->files) {
		struct strbuf b = { 0 };
		struct source s;

		ret = overlay_read(v->overlay, f->path, &b);
		if (ret) {
			strbuf_free(&b);
			return ret;
		}
		source_init(&s, xstrndup(b.s, b.len), b.len);
		hooks += residue(&s, job, f);
		for (i = 0; i < job->parts.nr; i++)
			want += f->asked[i].definitions;
		source_free(&s);
		strbuf_free(&b);
	}
	if (hooks != want)
		job_fail(job, "residue", xasprintf("%s: %u of %u definitions are hooks now", job->h->file,
						   hooks, want));
	names = old_names(job);
	check_add(job, "residue", job->error ? "failed" : "ok",
		  job->error ? xstrdup(job->error) :
		  xasprintf("no %s, no vma; %u definition%s", names, hooks, hooks == 1 ? "" : "s"));
	free(names);
	return 0;
}
