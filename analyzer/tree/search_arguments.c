// SPDX-License-Identifier: GPL-2.0-only
/* What functions are called with, in the tokenised files. */
#include <errno.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/run.h"
#include "tree/search_internal.h"

struct arguments_job {
	const struct tree *tree;
	const struct strlist *files, *names;
	const struct words *words;
	struct text_arguments *parts;
};

static int arguments_in_file(size_t i, void *ctx)
{
	struct arguments_job *job = ctx;
	char *path = path_join(job->tree->root, job->files->items[i]);
	struct strbuf b = { 0 };
	int ret = file_read(path, SEARCH_MAX_TOKENISED, &b);

	if (!ret && b.len && words_any(job->words, b.s, b.len))
		text_arguments(job->files->items[i], b.s, b.len, job->names, &job->parts[i]);
	strbuf_free(&b);
	free(path);
	return run_interrupted() ? -EINTR : ret;
}

int search_arguments(const struct tree *t, const struct search *s, unsigned jobs,
		     const struct strlist *names, struct text_arguments *out)
{
	struct words *words = words_new(names);
	struct arguments_job job = { .tree = t, .files = &s->vma_files, .names = names, .words = words };
	struct text_argument *a;
	size_t i;
	int ret;

	job.parts = xcalloc(job.files->nr, sizeof(*job.parts));
	ret = run_parallel(job.files->nr, jobs, arguments_in_file, &job);
	for (i = 0; i < job.files->nr; i++) {
		vec_each(a, &job.parts[i])
			*vec_push(out) = *a;
		vec_free(&job.parts[i]);
	}
	free(job.parts);
	words_free(words);
	return ret;
}
