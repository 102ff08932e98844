// SPDX-License-Identifier: GPL-2.0-only
/* One file through libclang: which functions to lower, what it complained about. */
#include "parse/parse.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "parse/clang.h"

enum { MAX_ERRORS = 20, MAX_INLINE_NODES = 80, MAX_INLINES = 2000 };

struct top_level {
	struct tu *tu;
	VEC(CXCursor) functions;		/* definitions in the main file */
};

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

/* A static inline of a header is read when it is small and simple: no loop, no assembly. */
static bool is_simple(const struct unit *u, size_t from)
{
	size_t i;

	for (i = from; i < u->nr_nodes; i++)
		switch (u->nodes[i].kind) {
		case NODE_FOR:
		case NODE_WHILE:
		case NODE_ASM:
		case NODE_GOTO:
		case NODE_UNKNOWN:
			return false;
		default:
			break;
		}
	return u->nr_nodes - from <= MAX_INLINE_NODES;
}

static void lower_inline(struct tu *tu, CXCursor function)
{
	size_t from = tu->u->nr_nodes, callees = tu->callees.nr;

	if (tu->inlines > MAX_INLINES || !lower_function(tu, function))
		return;
	tu->inlines++;
	if (!is_simple(tu->u, from)) {
		drop_last_function(tu, from);
		tu->callees.nr = callees;
	}
}

/* Lower a function and, after it, what it calls or names in this file or finds inline in headers. */
static void lower_with_callees(struct tu *tu, CXCursor function)
{
	CXCursor callee;
	CXFile file;
	size_t i;

	tu->callees.nr = 0;
	if (!lower_function(tu, function))
		return;
	/* callees grows while this loop runs: callees of callees follow. */
	for (i = 0; i < tu->callees.nr; i++) {
		callee = tu->callees.items[i];
		if (clang_Cursor_isNull(callee))
			continue;
		clang_getFileLocation(clang_getCursorLocation(callee), &file, NULL, NULL, NULL);
		if (file && clang_File_isEqual(file, tu->main))
			lower_function(tu, callee);
		else if (file)
			lower_inline(tu, callee);
	}
}

static void lower_cleanups(struct top_level *t)
{
	size_t i;
	CXCursor *c;

	for (i = 0; i < t->tu->u->nr_nodes; i++)
		if (t->tu->u->nodes[i].cleanup && (c = find_function(t, t->tu->u->nodes[i].cleanup)))
			lower_function(t->tu, *c);
}

static bool is_assembly(CXDiagnostic d)
{
	char *text = clang_text(clang_getDiagnosticSpelling(d));
	bool is = strstr(text, "in asm") && str_starts(text, "unknown register name");

	free(text);
	return is;
}

static void read_diagnostics(CXTranslationUnit unit, const char *root, struct unit *u)
{
	unsigned i, nr = clang_getNumDiagnostics(unit), line, col;
	size_t len = strlen(root);
	CXDiagnostic d;
	CXFile file;
	char *path, *text;

	for (i = 0; i < nr; i++) {
		d = clang_getDiagnostic(unit, i);
		/* Registers that this compiler does not know change nothing of what was read. */
		if (clang_getDiagnosticSeverity(d) >= CXDiagnostic_Error && !is_assembly(d)) {
			u->nr_errors++;
			if (u->errors.nr < MAX_ERRORS) {
				clang_getFileLocation(clang_getDiagnosticLocation(d), &file, &line, &col, NULL);
				path = file ? clang_text(clang_getFileName(file)) : xstrdup(u->file);
				text = clang_text(clang_getDiagnosticSpelling(d));
				strlist_addf(&u->errors, "%s:%u:%u: %s",
					     !strncmp(path, root, len) && path[len] == '/' ? path + len + 1
											   : path,
					     line, col, text);
				free(path);
				free(text);
			}
		}
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
	struct vma_calls *calls;
	CXCursor *c;
	size_t i;

	tu->text = clang_getFileContents(tu->unit, tu->main, &tu->text_len);
	if (!tu->text)
		return;
	clang_visitChildren(clang_getTranslationUnitCursor(tu->unit), visit_top, &top);
	calls = vma_calls_new(tu);
	/* Handlers that stand in a header are read here, there is no other place. */
	vec_each(c, &tu->installed) {
		lower_with_callees(tu, *c);
		vma_calls_of(calls, *c);
	}
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
	lower_cleanups(&top);
	vec_free(&top.functions);
	vec_free(&tu->callees);
	vec_free(&tu->installed);
}

/*
 * A precompiled header and the files that use it must agree on every -D: the module's name is the
 * same for all of them then.
 */
static void parse_fixed_defines(struct strlist *args)
{
	strlist_add(args, "-DMODULE");
	strlist_add(args, "-DKBUILD_BASENAME=\"mmapconv\"");
	strlist_add(args, "-DKBUILD_MODNAME=\"mmapconv\"");
	strlist_add(args, "-D__KBUILD_MODNAME=mmapconv");
	strlist_add(args, "-DKBUILD_MODFILE=\"mmapconv\"");
}

/* Parse with (or without) the precompiled header; true when it is worth keeping. */
static bool attempt(const struct parse_job *job, const char *pch, struct unit *u)
{
	CXIndex index = clang_createIndex(1, 0);
	struct tu tu = { .root = job->root, .u = u, .fields = &job->fields };
	VEC(const char *) argv = { 0 };
	struct strlist fixed = { 0 };
	char *path = path_join(job->root, job->file);
	enum CXErrorCode code;
	size_t i;

	for (i = 0; i < job->args.nr; i++) {
		const char *arg = job->args.items[i];

		/* What the header was made with, or would be read a second time. */
		if (pch && (str_starts(arg, "-DKBUILD_") || str_starts(arg, "-D__KBUILD_") ||
			    !strcmp(arg, "-DMODULE")))
			continue;
		if (pch && !strcmp(arg, "-include")) {
			i++;
			continue;
		}
		*vec_push(&argv) = arg;
	}
	if (pch) {
		parse_fixed_defines(&fixed);
		for (i = 0; i < fixed.nr; i++)
			*vec_push(&argv) = fixed.items[i];
		*vec_push(&argv) = "-include-pch";
		*vec_push(&argv) = pch;
	}
	u->file = xstrdup(job->file);
	u->arch = xstrdup(job->arch);
	code = clang_parseTranslationUnit2(index, path, argv.items, (int)argv.nr, NULL, 0,
					   CXTranslationUnit_KeepGoing, &tu.unit);
	if (code || !tu.unit) {
		failed(u, code == CXError_Crashed ? "libclang crashed on this file"
						  : "libclang could not read this file with its flags");
	} else {
		tu.main = clang_getFile(tu.unit, path);
		read_diagnostics(tu.unit, job->root, u);
		u->status = u->nr_errors || job->fallback ? UNIT_PARTIAL : UNIT_FULL;
		if (tu.main && !(pch && u->nr_errors))
			read_unit(&tu, job);
		clang_disposeTranslationUnit(tu.unit);
	}
	clang_disposeIndex(index);
	vec_free(&argv);
	strlist_free(&fixed);
	free(path);
	return !u->nr_errors;
}

void parse_file(const struct parse_job *job, struct unit *u)
{
	/* The header can only save time: whatever it made worse is parsed again without it. */
	if (job->pch && attempt(job, job->pch, u))
		return;
	if (job->pch)
		unit_free(u);
	attempt(job, NULL, u);
}

int parse_make_pch(const char *path, const struct strlist *args, const char *header)
{
	struct CXUnsavedFile file = { "mmapconv-common.h", header, strlen(header) };
	CXIndex index = clang_createIndex(0, 0);
	CXTranslationUnit unit = NULL;
	struct strlist all = { 0 };
	int ret = -EIO;
	size_t i;

	for (i = 0; i < args->nr; i++)
		if (!str_starts(args->items[i], "-DKBUILD_") && !str_starts(args->items[i], "-D__KBUILD_") &&
		    strcmp(args->items[i], "-DMODULE"))
			strlist_add(&all, args->items[i]);
	parse_fixed_defines(&all);
	strlist_add(&all, "-x");
	strlist_add(&all, "c-header");
	if (clang_parseTranslationUnit2(index, file.Filename, (const char *const *)all.items, (int)all.nr,
					&file, 1, CXTranslationUnit_ForSerialization, &unit) || !unit)
		goto out;
	for (i = 0; i < clang_getNumDiagnostics(unit); i++) {
		CXDiagnostic d = clang_getDiagnostic(unit, (unsigned)i);
		bool bad = clang_getDiagnosticSeverity(d) >= CXDiagnostic_Error;

		clang_disposeDiagnostic(d);
		if (bad)
			goto out;
	}
	if (!clang_saveTranslationUnit(unit, path, clang_defaultSaveOptions(unit)))
		ret = 0;
out:
	if (unit)
		clang_disposeTranslationUnit(unit);
	clang_disposeIndex(index);
	strlist_free(&all);
	return ret;
}

char *parse_libclang_version(void)
{
	char *s = clang_text(clang_getClangVersion()), *p = strstr(s, "version "), *v;

	v = p ? xstrndup(p + 8, strcspn(p + 8, " -(")) : xstrdup(s);
	free(s);
	return v;
}
