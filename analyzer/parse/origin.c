// SPDX-License-Identifier: GPL-2.0-only
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "parse/clang.h"

char *clang_text(CXString s)
{
	const char *p = clang_getCString(s);
	char *copy = xstrdup(p ? p : "");

	clang_disposeString(s);
	return copy;
}

char *tu_path(const struct tu *tu, CXCursor c)
{
	size_t len = strlen(tu->root);
	CXFile file;
	char *path, *rel;

	clang_getFileLocation(clang_getCursorLocation(c), &file, NULL, NULL, NULL);
	if (!file)
		return NULL;
	path = clang_text(clang_getFileName(file));
	if (strncmp(path, tu->root, len) || path[len] != '/')
		return path;
	rel = xstrdup(path + len + 1);
	free(path);
	return rel;
}

/* The identifier at an offset of the main file, owned, or NULL. */
static char *identifier_at(const struct tu *tu, unsigned offset)
{
	size_t end = offset;

	while (end < tu->text_len && (isalnum((unsigned char)tu->text[end]) || tu->text[end] == '_'))
		end++;
	return end > offset ? xstrndup(tu->text + offset, end - offset) : NULL;
}

/*
 * clang_getFileLocation() of a token that came out of a macro's body is where the outermost macro
 * is named in the file; of a token that came in as an argument, where it stands in the argument.
 * It differs from the spelling location exactly in the first case.
 */
static bool from_macro(CXSourceLocation loc, CXFile *file, unsigned *line, unsigned *col, unsigned *offset)
{
	CXFile spelling;
	unsigned at;

	clang_getFileLocation(loc, file, line, col, offset);
	clang_getSpellingLocation(loc, &spelling, NULL, NULL, &at);
	return *file && (!spelling || at != *offset || !clang_File_isEqual(spelling, *file));
}

/* The offset behind a macro's use that starts at `offset`: its name, or name and arguments. */
static void use_ends(const struct tu *tu, size_t name_end, size_t *args_end)
{
	size_t p = name_end;
	unsigned depth = 0;
	char quote = 0;

	*args_end = 0;
	while (p < tu->text_len && isspace((unsigned char)tu->text[p]))
		p++;
	if (p >= tu->text_len || tu->text[p] != '(')
		return;
	for (; p < tu->text_len; p++) {
		char ch = tu->text[p];

		if (quote) {
			if (ch == '\\')
				p++;
			else if (ch == quote)
				quote = 0;
		} else if (ch == '"' || ch == '\'') {
			quote = ch;
		} else if (ch == '(') {
			depth++;
		} else if (ch == ')' && --depth == 0) {
			*args_end = p + 1;
			return;
		}
	}
}

struct origin origin_of(const struct tu *tu, CXCursor c)
{
	CXSourceRange range = clang_getCursorExtent(c);
	struct origin o = { 0 };
	unsigned start, end, el, ec;
	size_t name_end, args_end;
	CXFile file, end_file;
	bool end_in;

	if (!from_macro(clang_getRangeStart(range), &file, &o.line, &o.col, &start))
		return o;
	end_in = from_macro(clang_getRangeEnd(range), &end_file, &el, &ec, &end);
	if (!tu->main || !clang_File_isEqual(file, tu->main))
		return o;
	o.macro = identifier_at(tu, start);
	if (!o.macro)
		return o;
	/*
	 * The end is inside the same expansion, or, for what is not itself an argument of another
	 * macro, behind the whole use.
	 */
	o.start = start;
	name_end = start + strlen(o.macro);
	use_ends(tu, name_end, &args_end);
	o.end = (unsigned)(args_end ? args_end : name_end);
	if (end_in ? end != start : end != name_end && end != args_end) {
		free(o.macro);
		o.macro = NULL;
	}
	return o;
}
