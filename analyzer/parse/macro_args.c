// SPDX-License-Identifier: GPL-2.0-only
#include "parse/macro_args.h"

#include <ctype.h>
#include <string.h>

/* Behind a comment, a string or a character constant at p, or p itself. */
static size_t skip_token(const char *text, size_t p, size_t end)
{
	char quote = text[p];

	if (quote == '"' || quote == '\'') {
		for (p++; p < end && text[p] != quote; p++)
			if (text[p] == '\\')
				p++;
		return p + 1;
	}
	if (quote == '/' && p + 1 < end && text[p + 1] == '*') {
		for (p += 2; p + 1 < end && !(text[p] == '*' && text[p + 1] == '/'); p++)
			;
		return p + 2;
	}
	if (quote == '/' && p + 1 < end && text[p + 1] == '/')
		while (p < end && text[p] != '\n')
			p++;
	return p;
}

static size_t skip_space(const char *text, size_t p, size_t end)
{
	size_t next;

	for (;;) {
		while (p < end && (isspace((unsigned char)text[p]) || text[p] == '\\'))
			p++;
		next = p < end && text[p] == '/' ? skip_token(text, p, end) : p;
		if (next == p)
			return p;
		p = next;
	}
}

void macro_args_split(const char *text, size_t p, size_t end, struct args *a)
{
	unsigned depth = 0;
	size_t next, last;

	a->nr = 0;
	p = skip_space(text, p, end);
	if (p >= end)
		return;
	a->items[a->nr].start = last = p;
	while (p < end && a->nr < MAX_ARGS) {
		next = skip_token(text, p, end);
		if (next != p) {
			if (text[p] != '/')
				last = next;
			p = next;
			continue;
		}
		if (text[p] == ',' && !depth) {
			a->items[a->nr++].end = last;
			p = skip_space(text, p + 1, end);
			if (a->nr < MAX_ARGS)
				a->items[a->nr].start = last = p;
			continue;
		}
		depth += text[p] == '(';
		depth -= text[p] == ')' && depth;
		if (!isspace((unsigned char)text[p]) && text[p] != '\\')
			last = p + 1;
		p++;
	}
	if (a->nr < MAX_ARGS)
		a->items[a->nr++].end = last;
}

/* Does a macro's use start at p and reach to the end of the argument: NAME, or NAME(…)? */
static bool is_last_use(const char *text, size_t p, const struct arg *a)
{
	size_t depth = 0, next;

	if (p < a->start || p >= a->end)
		return false;
	while (p < a->end && (isalnum((unsigned char)text[p]) || text[p] == '_'))
		p++;
	p = skip_space(text, p, a->end);
	if (p == a->end || text[p] != '(')
		return p == a->end;
	do {
		next = skip_token(text, p, a->end);
		if (next == p) {
			depth += text[p] == '(';
			depth -= text[p] == ')';
			next++;
		}
		p = next;
	} while (p < a->end && depth);
	return p == a->end && !depth;
}

/*
 * Look for the arguments in what the use became.  An expression that is all of an argument starts
 * where it does and ends where it does, or, when its last token comes out of a macro's body, at that
 * macro's name.  An argument that is used twice is the same expression twice.
 */
static enum CXChildVisitResult find_args(CXCursor c, CXCursor parent, CXClientData data)
{
	struct args *a = data;
	CXSourceRange range = clang_getCursorExtent(c);
	unsigned start, end;
	struct arg *arg;
	CXFile file;
	size_t i;

	(void)parent;
	if (!clang_isExpression(clang_getCursorKind(c)))
		return CXChildVisit_Recurse;
	clang_getFileLocation(clang_getRangeStart(range), &file, NULL, NULL, &start);
	clang_getFileLocation(clang_getRangeEnd(range), NULL, NULL, NULL, &end);
	if (!file || !clang_File_isEqual(file, a->use->file))
		return CXChildVisit_Recurse;
	for (i = 0; i < a->nr; i++) {
		arg = &a->items[i];
		if (start != arg->start || (end != arg->end && !is_last_use(a->text, end, arg) &&
					    !(a->logged && end == a->use->end)))
			continue;
		if (clang_Cursor_isNull(arg->c))
			arg->c = c;
		return CXChildVisit_Continue;
	}
	return CXChildVisit_Recurse;
}

bool macro_arg_has_effects(const struct args *args, size_t i)
{
	const struct arg *a = &args->items[i];
	const char *text = args->text;
	size_t p;

	for (p = a->start; p < a->end; p++) {
		if (text[p] == '"' || text[p] == '\'')
			p = skip_token(text, p, a->end) - 1;
		else if (strchr("(=", text[p]) ||
			 (p + 1 < a->end && text[p] == text[p + 1] && strchr("+-", text[p])))
			return true;
	}
	return false;
}

bool macro_args_find(struct tu *tu, CXCursor c, const struct origin *use, bool logged,
		     struct args *a)
{
	size_t len, p;
	size_t i;

	memset(a, 0, sizeof(*a));
	for (i = 0; i < MAX_ARGS; i++)
		a->items[i].c = clang_getNullCursor();
	a->use = use;
	a->logged = logged;
	a->text = file_text(tu, use->file, &len);
	if (!a->text || use->end > len)
		return false;
	if (use->end <= use->name_end)
		return true;
	for (p = use->name_end; p < use->end && a->text[p] != '('; p++)
		;
	macro_args_split(a->text, p + 1, use->end - 1, a);
	find_args(c, c, a);
	clang_visitChildren(c, find_args, a);
	return true;
}

bool macro_arg_is_plain(const struct args *args, size_t i)
{
	const struct arg *a = &args->items[i];
	size_t p;

	if (args->text[a->start] == '"')
		return true;
	for (p = a->start; p < a->end; p++)
		if (!isalnum((unsigned char)args->text[p]) && args->text[p] != '_')
			return false;
	return true;
}
