// SPDX-License-Identifier: GPL-2.0-only
/* One file through libclang: which functions to lower, what it complained about. */
#include "parse/parse.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "parse/clang.h"

enum { MAX_SEEN = 512, MAX_ERRORS = 20 };

struct top_level {
	struct tu *tu;
	VEC(CXCursor) functions;		/* definitions in the main file */
};

static enum CXChildVisitResult read_page_shift(CXCursor c, CXCursor parent, CXClientData data)
{
	struct unit *u = data;
	char *name = clang_text(clang_getCursorSpelling(c));
	long long value = clang_getEnumConstantDeclValue(c);

	(void)parent;
	if (!strcmp(name, PAGE_SHIFT_NAME) && value > 0 && value <= MAX_PAGE_SHIFT)
		u->page_shift = (unsigned)value;
	free(name);
	return CXChildVisit_Continue;
}

static enum CXChildVisitResult visit_top(CXCursor c, CXCursor parent, CXClientData data)
{
	struct top_level *t = data;
	CXFile file;

	(void)parent;
	clang_getFileLocation(clang_getCursorLocation(c), &file, NULL, NULL, NULL);
	if (!file || !clang_File_isEqual(file, t->tu->main))
		return CXChildVisit_Continue;
	if (clang_getCursorKind(c) == CXCursor_FunctionDecl) {
		if (!clang_isCursorDefinition(c))
			return CXChildVisit_Continue;
		*vec_push(&t->functions) = c;
	}
	if (clang_getCursorKind(c) == CXCursor_EnumDecl)
		clang_visitChildren(c, read_page_shift, t->tu->u);
	find_sites(t->tu, c);
	return CXChildVisit_Continue;
}

static CXCursor *find_function(struct top_level *t, const char *name)
{
	CXCursor *c;
	char *s;

	vec_each(c, &t->functions) {
		s = clang_text(clang_getCursorSpelling(*c));
		if (!strcmp(s, name)) {
			free(s);
			return c;
		}
		free(s);
	}
	return NULL;
}

static bool is_assembly(CXDiagnostic d)
{
	char *text = clang_text(clang_getDiagnosticSpelling(d));
	bool is = strstr(text, "in asm") && str_starts(text, "unknown register name");

	free(text);
	return is;
}

/*
 * Of what was put behind the file: no fault of the file.  But what does not parse there does not because the file ends
 * in the middle of something.
 */
static bool is_behind(CXDiagnostic d, CXFile main, size_t size)
{
	char *category = clang_text(clang_getDiagnosticCategoryText(d));
	bool parses = strcmp(category, "Parse Issue");
	unsigned offset;
	CXFile file;

	free(category);
	clang_getFileLocation(clang_getDiagnosticLocation(d), &file, NULL, NULL, &offset);
	return parses && file && main && clang_File_isEqual(file, main) && offset >= size;
}

static void add_error(struct tu *tu, CXDiagnostic d, size_t size)
{
	CXSourceLocation at = clang_getDiagnosticLocation(d);
	struct place *place = vec_push(&tu->damage);
	struct unit *u = tu->u;
	char *path, *text;
	unsigned line, col;

	clang_getFileLocation(at, &place->file, &line, &col, &place->offset);
	if (place->file && tu->main && clang_File_isEqual(place->file, tu->main) && place->offset > size)
		clang_getFileLocation(clang_getLocationForOffset(tu->unit, tu->main, (unsigned)size), NULL, &line, &col, NULL);
	u->nr_errors++;
	if (u->errors.nr >= MAX_ERRORS)
		return;
	path = place->file ? file_path(tu, place->file) : xstrdup(u->file);
	text = clang_text(clang_getDiagnosticSpelling(d));
	strlist_addf(&u->errors, "%s:%u:%u: %s", path, line, col, text);
	free(path);
	free(text);
}

/* size: of the file without what was put behind it. */
static void read_diagnostics(struct tu *tu, size_t size)
{
	unsigned i, nr = clang_getNumDiagnostics(tu->unit);
	CXDiagnostic d;

	for (i = 0; i < nr; i++) {
		d = clang_getDiagnostic(tu->unit, i);
		/* Registers that this compiler does not know change nothing of what was read. */
		if (clang_getDiagnosticSeverity(d) >= CXDiagnostic_Error && !is_assembly(d) &&
		    !is_behind(d, tu->main, size))
			add_error(tu, d, size);
		clang_disposeDiagnostic(d);
	}
}

static void failed(struct unit *u, const char *why)
{
	u->status = UNIT_FAILED;
	u->nr_errors++;
	strlist_addf(&u->errors, "%s:1:1: %s", u->file, why);
}

static void read_unit(struct tu *tu, const struct parse_job *job)
{
	struct top_level top = { .tu = tu };
	struct unit *u = tu->u;
	struct strlist called = { 0 };
	struct vma_calls *calls;
	CXCursor *c;
	size_t i;

	tu->text = clang_getFileContents(tu->unit, tu->main, &tu->text_len);
	if (!tu->text)
		return;
	macros_of_file(tu->text, tu->text_len, &tu->own_macros);
	clang_visitChildren(clang_getTranslationUnitCursor(tu->unit), visit_top, &top);
	calls = vma_calls_new(tu);
	/* Handlers that stand in a header are read here, there is no other place. */
	vec_each(c, &tu->installed) {
		lower_with_callees(tu, *c);
		vma_calls_of(calls, *c);
	}
	unit_callbacks(u, &job->callbacks, &called);
	for (i = 0; i < called.nr; i++) {
		c = find_function(&top, called.items[i]);
		if (c)
			lower_with_callees(tu, *c);
	}
	strlist_free(&called);
	for (i = 0; i < job->functions.nr; i++) {
		c = find_function(&top, job->functions.items[i]);
		if (!c) {
			strlist_add(&u->wanted, job->functions.items[i]);
			continue;
		}
		lower_with_callees(tu, *c);
		vma_calls_of(calls, *c);
	}
	vma_calls_free(calls);
	flags_sort(u);
	vec_free(&top.functions);
	vec_free(&tu->callees);
	strlist_free(&tu->rejected);
	vec_free(&tu->noted);
	vec_free(&tu->installed);
	strlist_free(&tu->own_macros);
}

struct including { const struct parse_job *job; struct strlist *files; };

static void add_include(CXFile file, CXSourceLocation *stack, unsigned nr, CXClientData data)
{
	const struct including *in = data;
	char *name = clang_text(clang_getFileName(file));

	(void)stack;
	(void)nr;
	if (*name == '/')
		strlist_add(in->files, name);
	else
		strlist_addf(in->files, "%s/%s", in->job->cwd, name);
	free(name);
}

static void list_inputs(const struct parse_job *job, CXTranslationUnit unit)
{
	struct including in = { .job = job };

	if (!job->inputs)
		return;
	in.files = &job->inputs->files;
	strlist_free(in.files);
	job->inputs->pch = job->pch;
	clang_getInclusions(unit, add_include, &in);
}

/* cleanups: functions to be found by name; those that were missed are added. */
static void attempt(const struct parse_job *job, struct strlist *cleanups, struct unit *u)
{
	CXIndex index = clang_createIndex(1, 0);
	struct tu tu = { .root = job->root, .u = u, .fields = &job->fields };
	struct strlist fixed = { 0 };
	struct argv argv = { 0 };
	struct unsaved unsaved = { 0 };
	char *path = path_join(job->root, job->file);
	enum CXErrorCode code = CXError_Failure;
	size_t size = 0;

	parse_arguments(job, job->pch, &fixed, &argv);
	u->file = xstrdup(job->file);
	u->arch = xstrdup(job->arch);
	if (!unsaved_read(job, path, cleanups, &unsaved, &size))
		code = clang_parseTranslationUnit2(index, path, argv.items, (int)argv.nr, unsaved.files.items,
						   (unsigned)unsaved.files.nr, CXTranslationUnit_KeepGoing, &tu.unit);
	if (code || !tu.unit) {
		failed(u, code == CXError_Crashed ? "libclang crashed on this file"
						  : "libclang could not read this file with its flags");
	} else {
		tu.main = clang_getFile(tu.unit, path);
		read_diagnostics(&tu, size);
		u->status = u->nr_errors || job->fallback ? UNIT_PARTIAL : UNIT_FULL;
		if (tu.main && !(job->pch && u->nr_errors))
			read_unit(&tu, job);
		missing_cleanups(&tu, cleanups);
		list_inputs(job, tu.unit);
		clang_disposeTranslationUnit(tu.unit);
	}
	u->doubtful = job->pch && u->nr_errors;
	clang_disposeIndex(index);
	vec_free(&tu.damage);
	file_texts_free(&tu);
	vec_free(&argv);
	strlist_free(&fixed);
	unsaved_free(&unsaved);
	free(path);
}

/*
 * "HEADER NAME" of cleanup functions that files before this one had from a precompiled header.  Named for
 * nothing they cost nothing, missed they cost a second look; what is found does not depend on it.
 */
static struct strlist seen_cleanups;

static void recall_cleanups(const char *pch, struct strlist *cleanups)
{
	size_t i, len = strlen(pch);

	for (i = 0; i < seen_cleanups.nr; i++)
		if (!strncmp(seen_cleanups.items[i], pch, len) && seen_cleanups.items[i][len] == ' ')
			strlist_add(cleanups, seen_cleanups.items[i] + len + 1);
}

static void note_cleanups(const char *pch, const struct strlist *cleanups)
{
	char *item;
	size_t i;

	for (i = 0; i < cleanups->nr && seen_cleanups.nr < MAX_SEEN; i++) {
		item = xasprintf("%s %s", pch, cleanups->items[i]);
		strlist_add_once(&seen_cleanups, item);
		free(item);
	}
}

void parse_file(const struct parse_job *job, struct unit *u)
{
	struct strlist cleanups = { 0 };
	size_t known;
	bool more = true;

	if (job->pch)
		recall_cleanups(job->pch, &cleanups);
	while (more) {
		known = cleanups.nr;
		attempt(job, &cleanups, u);
		/* Named, a cleanup of the header is found; its own body may have others. */
		more = job->pch && !u->doubtful && cleanups.nr > known;
		if (more)
			unit_free(u);
	}
	if (job->pch)
		note_cleanups(job->pch, &cleanups);
	strlist_free(&cleanups);
}

char *parse_libclang_version(void)
{
	char *s = clang_text(clang_getClangVersion()), *p = strstr(s, "version "), *v;

	v = p ? xstrndup(p + 8, strcspn(p + 8, " -(")) : xstrdup(s);
	free(s);
	return v;
}
