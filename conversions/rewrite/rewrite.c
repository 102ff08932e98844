// SPDX-License-Identifier: GPL-2.0-only
#include "rewrite/rewrite.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "rewrite/mapped.h"
#include "rewrite/pass.h"
#include "rewrite/regions.h"

/* R5: the function for vm_ops->mapped, ahead of what calls open by hand no more. */
static void write_mapped(struct job *job, const struct job_part *part, const struct job_file *f, struct source *now)
{
	struct mapped m = { .file = f->path, .open = part->open, .table = part->h->vm_ops, .name = part->mapped };
	char *text, *error;
	size_t len;

	if (mapped_write(&m, now, &text, &len, &error)) {
		job_fail(job, "rewrite", error);
		return;
	}
	source_free(now);
	source_init(now, text, len);
	strlist_addf(&job->h->conversion.differences,
		     "R5 %s() is not called by hand any more: %s() does its work, as vm_ops->mapped, once the "
		     "mapping stands", part->open, part->mapped);
}

/* The part of this file whose helper it is, or NULL. */
static const struct job_part *owner(const struct job *job, const struct job_file *f, const char *helper)
{
	const struct job_part *part;
	const struct companion *k;

	vec_each(part, &job->parts)
		if (!strcmp(part->h->file, f->path))
			vec_each(k, &part->h->companions)
				if (!strcmp(k->function, helper))
					return part;
	return NULL;
}

static int rewrite_helpers(struct job *job, const struct job_file *f, const struct rewrite *rw, struct source *now)
{
	const struct job_part *part;
	const struct companion *k;
	int ret = 0;

	vec_each(k, &job->helpers) {
		part = owner(job, f, k->function);
		if (part && !ret && !job->error) {
			struct pass helper = { .h = part->h, .function = k->function, .new_name = k->function,
					       .is_helper = true, .open = part->open };

			ret = pass_run(job, f, &helper, rw, now);
		}
	}
	return ret;
}

/* Does a definition of the part name another one, that is not done yet? */
static bool names(const struct source *s, const struct job_part *part, const struct job_part *other)
{
	struct regions r = { 0 };
	bool found = false;
	unsigned line;
	size_t i, k;

	regions_find(s, part->h->function, &r, &line);
	for (i = 0; i < r.nr; i++)
		for (k = r.items[i].open; k <= r.items[i].last && k < s->tokens.nr; k++)
			found |= r.items[i].is_definition && ctoken_names(s, k, other->h->function);
	vec_free(&r);
	return found;
}

/* The next part for this file: one that no other names, so that each call changes with its caller. */
static struct job_part *next_part(struct job *job, const struct source *now, const bool *done)
{
	struct job_part *part, *other;
	bool named;

	vec_each(part, &job->parts) {
		if (done[part - job->parts.items])
			continue;
		named = false;
		vec_each(other, &job->parts)
			named |= other != part && !done[other - job->parts.items] && names(now, other, part);
		if (!named)
			return part;
	}
	return NULL;
}

static int rewrite_parts(struct job *job, const struct job_file *f, const struct rewrite *rw, struct source *now)
{
	bool *done = xcalloc(job->parts.nr, sizeof(*done));
	static const struct asked nothing;
	struct job_part *part;
	size_t nr, i;
	int ret = 0;

	for (nr = 0; nr < job->parts.nr && !ret && !job->error; nr++) {
		part = next_part(job, now, done);
		if (!part) {
			job_fail(job, "rewrite", xasprintf("%s: handlers that call each other", f->path));
			break;
		}
		i = (size_t)(part - job->parts.items);
		done[i] = true;
		/* The calls in it went with their callers. */
		if (memcmp(&f->asked[i], &nothing, sizeof(nothing))) {
			struct pass hook = { .h = part->h, .function = part->h->function, .asked = &f->asked[i],
					     .new_name = part->new_name, .open = part->open };

			ret = pass_run(job, f, &hook, rw, now);
		}
	}
	free(done);
	return ret;
}

static int rewrite_file(struct job *job, struct job_file *f, const struct rewrite *rw, const struct overlay *o)
{
	const struct job_part *part;
	struct source now = { 0 };
	int ret = overlay_read(o, f->path, &f->old);

	if (ret) {
		log_error("%s/%s: cannot be read: %s", o->dir, f->path, strerror(-ret));
		return ret;
	}
	source_init(&now, xstrndup(f->old.s, f->old.len), f->old.len);
	vec_each(part, &job->parts) {
		if (source_has(&now, part->new_name))
			job_fail(job, "rewrite", xasprintf("%s: the name %s is taken", f->path, part->new_name));
		if (!job->error && part->open && !strcmp(f->path, part->h->file))
			write_mapped(job, part, f, &now);
	}
	if (!job->error)
		ret = rewrite_helpers(job, f, rw, &now);
	if (!ret && !job->error)
		ret = rewrite_parts(job, f, rw, &now);
	if (!ret && !job->error) {
		strbuf_reset(&f->new);
		strbuf_add(&f->new, now.text, now.len);
	}
	source_free(&now);
	return ret;
}

int rewrite_job(struct job *job, const struct overlay *o, const struct rewrite *rw)
{
	struct conversion *c = &job->h->conversion;
	struct job_file *f;
	size_t i;
	int ret = 0;

	vec_each(f, &job->files)
		if (!ret && !job->error)
			ret = rewrite_file(job, f, rw, o);
	if (ret || job->error)
		return ret;
	vec_each(f, &job->files)
		strlist_add(&c->files, f->path);
	for (i = 0; i < rw->rules->used.nr; i++)
		strlist_add(&c->rules, rw->rules->used.items[i]);
	return 0;
}

int rewrite_put(const struct job *job, const struct overlay *o, bool new_text)
{
	const struct job_file *f;
	const struct strbuf *b;
	int ret = 0;

	vec_each(f, &job->files) {
		b = new_text ? &f->new : &f->old;
		if (ret)
			break;
		ret = overlay_write(o, f->path, b->s ? b->s : "", b->len);
		if (ret)
			log_error("%s/%s: cannot be written: %s; make room, then run again", o->dir,
				  f->path, strerror(-ret));
	}
	return ret;
}
