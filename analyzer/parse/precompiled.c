// SPDX-License-Identifier: GPL-2.0-only
/* Precompiled headers: made, and used. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "parse/clang.h"

enum { MAX_DROPPED = 16 };

/*
 * A header and the files that use it must agree on every -D: the module's name is the same for all of
 * them then.
 */
static void fixed_defines(struct strlist *args)
{
	strlist_add(args, "-DKBUILD_BASENAME=\"mmapconv\"");
	strlist_add(args, "-DKBUILD_MODNAME=\"mmapconv\"");
	strlist_add(args, "-D__KBUILD_MODNAME=mmapconv");
	strlist_add(args, "-DKBUILD_MODFILE=\"mmapconv\"");
}

void parse_arguments(const struct parse_job *job, const char *pch, struct strlist *fixed, struct argv *argv)
{
	size_t i;

	for (i = 0; i < job->args.nr; i++) {
		const char *arg = job->args.items[i];

		/* What the header was made with, or would be read a second time. */
		if (pch && (str_starts(arg, "-DKBUILD_") || str_starts(arg, "-D__KBUILD_")))
			continue;
		if (pch && !strcmp(arg, "-include")) {
			i++;
			continue;
		}
		*vec_push(argv) = arg;
	}
	if (!pch)
		return;
	fixed_defines(fixed);
	for (i = 0; i < fixed->nr; i++)
		*vec_push(argv) = fixed->items[i];
	*vec_push(argv) = "-include-pch";
	*vec_push(argv) = pch;
}

/* A header being made: its text is one #include a line. */
struct making {
	CXTranslationUnit unit;
	CXFile main, broken;		/* broken: where the first error stands */
	unsigned line;			/* of the text's #include that leads there, or 0 */
	struct strlist *includes;
};

static void visit_include(CXFile file, CXSourceLocation *stack, unsigned nr, CXClientData data)
{
	struct making *m = data;
	char *name = clang_text(clang_getFileName(file));

	if (m->includes && nr)
		strlist_add(m->includes, name);
	free(name);
	if (m->broken && nr && !m->line && clang_File_isEqual(file, m->broken))
		clang_getFileLocation(stack[nr - 1], NULL, &m->line, NULL, NULL);
}

/* The line of the text that brings the first error in; 0: there is none; -1: the text did not. */
static int bad_line(struct making *m)
{
	unsigned i, nr = clang_getNumDiagnostics(m->unit);
	CXDiagnostic d;
	bool found = false;

	m->broken = NULL;
	m->line = 0;
	for (i = 0; i < nr && !found; i++) {
		d = clang_getDiagnostic(m->unit, i);
		found = clang_getDiagnosticSeverity(d) >= CXDiagnostic_Error;
		if (found)
			clang_getFileLocation(clang_getDiagnosticLocation(d), &m->broken, &m->line, NULL, NULL);
		clang_disposeDiagnostic(d);
	}
	if (!found)
		return 0;
	if (!m->broken || !clang_File_isEqual(m->broken, m->main)) {
		m->line = 0;
		clang_getInclusions(m->unit, visit_include, m);
	}
	return m->line ? (int)m->line : -1;
}

/* Blank a line of text; false when it is blank already. */
static bool drop_line(char *text, int line)
{
	char *p = text;
	size_t len;

	while (--line > 0 && p)
		p = strchr(p, '\n') ? strchr(p, '\n') + 1 : NULL;
	len = p ? strcspn(p, "\n") : 0;
	if (!len || *p == ' ')
		return false;
	memset(p, ' ', len);
	return true;
}

/* Parse the text; a header that does not stand on its own on this architecture is left out. */
static int make(struct making *m, CXIndex index, const struct strlist *args, char *text)
{
	struct CXUnsavedFile file = { "mmapconv-common.h", text, strlen(text) };
	unsigned dropped;
	int line;

	for (dropped = 0; dropped <= MAX_DROPPED; dropped++) {
		if (clang_parseTranslationUnit2(index, file.Filename, (const char *const *)args->items, (int)args->nr,
						&file, 1, CXTranslationUnit_ForSerialization, &m->unit) || !m->unit)
			return -EIO;
		m->main = clang_getFile(m->unit, file.Filename);
		line = bad_line(m);
		if (!line)
			return 0;
		clang_disposeTranslationUnit(m->unit);
		m->unit = NULL;
		if (line < 0 || !drop_line(text, line))
			return -EIO;
	}
	return -EIO;
}

int parse_make_pch(const char *path, const struct strlist *args, const char *header, struct strlist *includes)
{
	CXIndex index = clang_createIndex(0, 0);
	struct making m = { 0 };
	struct strlist all = { 0 };
	char *text = xstrdup(header);
	size_t i;
	int ret;

	for (i = 0; i < args->nr; i++)
		strlist_add(&all, args->items[i]);
	fixed_defines(&all);
	strlist_add(&all, "-x");
	strlist_add(&all, "c-header");
	ret = make(&m, index, &all, text);
	if (!ret && clang_saveTranslationUnit(m.unit, path, clang_defaultSaveOptions(m.unit)))
		ret = -EIO;
	if (!ret) {
		m.includes = includes;
		m.broken = NULL;
		clang_getInclusions(m.unit, visit_include, &m);
	}
	if (m.unit)
		clang_disposeTranslationUnit(m.unit);
	clang_disposeIndex(index);
	strlist_free(&all);
	free(text);
	return ret;
}
