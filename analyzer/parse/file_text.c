// SPDX-License-Identifier: GPL-2.0-only
/*
 * The text of the files of a unit.  libclang has it too, but to find one file it loads the places of all
 * that a precompiled header was made from, which takes longer than to parse.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "parse/clang.h"

enum { MAX_TEXT = 64 << 20 };		/* bytes */

/* The file as it is on disk; false if that is not what was parsed. */
static bool read_file(CXFile file, struct file_text *t)
{
	char *path = clang_text(clang_getFileName(file));
	struct stat st;
	bool same;

	/* A relative name is relative to where this worker stands, for libclang too. */
	same = !stat(path, &st) && st.st_mtime == clang_getFileTime(file) && !file_read(path, MAX_TEXT, &t->own) &&
	       t->own.len == (size_t)st.st_size && t->own.len;
	free(path);
	if (!same)
		strbuf_free(&t->own);
	return same;
}

static void load(struct tu *tu, struct file_text *t)
{
	/* What it was given in memory is no file; it finds that one at once. */
	if (tu->main && clang_File_isEqual(t->file, tu->main)) {
		t->text = clang_getFileContents(tu->unit, t->file, &t->len);
	} else if (read_file(t->file, t)) {
		t->text = t->own.s;
		t->len = t->own.len;
	} else {
		t->text = clang_getFileContents(tu->unit, t->file, &t->len);
	}
}

const char *file_text(struct tu *tu, CXFile file, size_t *len)
{
	struct file_text found = { .file = file };
	size_t i;

	for (i = 0; i < tu->texts.nr && tu->texts.items[i].file != file; i++)
		;
	if (i < tu->texts.nr) {
		found = tu->texts.items[i];
	} else {
		load(tu, &found);
		vec_push(&tu->texts);
	}
	memmove(tu->texts.items + 1, tu->texts.items, i * sizeof(*tu->texts.items));
	tu->texts.items[0] = found;
	*len = found.len;
	return found.text;
}

void file_texts_free(struct tu *tu)
{
	struct file_text *t;

	vec_each(t, &tu->texts)
		strbuf_free(&t->own);
	vec_free(&tu->texts);
}
