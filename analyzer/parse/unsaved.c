// SPDX-License-Identifier: GPL-2.0-only
/* The text that libclang is given: of the source with what is put behind it, of files that are read from elsewhere. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "parse/clang.h"

enum { MAX_SOURCE = 64 << 20 };		/* bytes */

/*
 * Put behind the file's text: what the preprocessor knows at its end, and functions that have to be
 * found by name (excludeDeclarationsFromPCH hides those of the precompiled header from every visit).
 */
static const char behind[] =
"\n#ifndef MMAPCONV_BEHIND\n#define MMAPCONV_BEHIND\n"
"#ifdef PAGE_SHIFT\nenum { " PAGE_SHIFT_NAME " = PAGE_SHIFT };\n#endif\n";

/* Where the text of a file that is read from another place is, or NULL. */
static const char *instead_of(const struct parse_job *job, const char *file)
{
	size_t i;

	for (i = 0; i < job->instead.nr && i < job->instead_paths.nr; i++)
		if (!strcmp(job->instead.items[i], file))
			return job->instead_paths.items[i];
	return NULL;
}

/* The file's text with what belongs behind it; 0 or a negative errno. */
static int source_text(const struct parse_job *job, const char *path, const struct strlist *cleanups,
		       struct strbuf *text, size_t *size)
{
	const char *instead = instead_of(job, job->file);
	size_t i;
	int ret = file_read(instead ? instead : path, MAX_SOURCE, text);

	if (ret)
		return ret;
	*size = text->len;
	strbuf_adds(text, behind);
	for (i = 0; i < cleanups->nr; i++)
		strbuf_addf(text, "static void *mmapconv_cleanup_%zu __attribute__((unused)) = (void *)%s;\n", i,
			    cleanups->items[i]);
	strbuf_adds(text, "#endif\n");
	return 0;
}

static void unsaved_add(struct unsaved *un, const struct parse_job *job, const char *file, struct strbuf *text)
{
	struct CXUnsavedFile *f = vec_push(&un->files);

	f->Filename = path_join(job->root, file);
	f->Contents = text->s;
	f->Length = text->len;
	*vec_push(&un->texts) = *text;
}

int unsaved_read(const struct parse_job *job, const char *path, const struct strlist *cleanups,
		struct unsaved *un, size_t *size)
{
	struct strbuf text = { 0 };
	size_t i;
	int ret = source_text(job, path, cleanups, &text, size);

	unsaved_add(un, job, job->file, &text);
	for (i = 0; i < job->instead.nr && i < job->instead_paths.nr && !ret; i++) {
		if (!strcmp(job->instead.items[i], job->file))
			continue;
		text = (struct strbuf){ 0 };
		ret = file_read(job->instead_paths.items[i], MAX_SOURCE, &text);
		strbuf_adds(&text, "");
		unsaved_add(un, job, job->instead.items[i], &text);
	}
	return ret;
}

void unsaved_free(struct unsaved *un)
{
	struct CXUnsavedFile *f;
	struct strbuf *b;

	vec_each(f, &un->files)
		free((char *)f->Filename);
	vec_each(b, &un->texts)
		strbuf_free(b);
	vec_free(&un->files);
	vec_free(&un->texts);
}
