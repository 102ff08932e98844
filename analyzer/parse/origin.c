// SPDX-License-Identifier: GPL-2.0-only
/* Where source comes from: the file, and the macro that a person wrote there. */
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

char *file_path(const struct tu *tu, CXFile file)
{
	size_t len = strlen(tu->root);
	char *path, *rel;

	if (!file)
		return NULL;
	path = clang_text(clang_getFileName(file));
	if (strncmp(path, tu->root, len) || path[len] != '/')
		return path;
	rel = xstrdup(path + len + 1);
	free(path);
	return rel;
}

char *tu_path(const struct tu *tu, CXCursor c)
{
	CXFile file;

	clang_getFileLocation(clang_getCursorLocation(c), &file, NULL, NULL, NULL);
	return file_path(tu, file);
}

static bool is_word(char ch)
{
	return isalnum((unsigned char)ch) || ch == '_';
}

/* The identifier at an offset, owned, or NULL. */
static char *identifier_at(const char *text, size_t len, size_t offset)
{
	size_t end = offset;

	while (end < len && is_word(text[end]))
		end++;
	return end > offset ? xstrndup(text + offset, end - offset) : NULL;
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
static void use_ends(const char *text, size_t len, size_t name_end, size_t *args_end)
{
	size_t p = name_end;
	unsigned depth = 0;
	char quote = 0;

	*args_end = 0;
	while (p < len && isspace((unsigned char)text[p]))
		p++;
	if (p >= len || text[p] != '(')
		return;
	for (; p < len; p++) {
		char ch = text[p];

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

struct origin origin_of(struct tu *tu, CXCursor c)
{
	CXSourceRange range = clang_getCursorExtent(c);
	struct origin o = { 0 };
	unsigned start, end, el, ec;
	size_t name_end, args_end, len;
	const char *text;
	CXFile end_file;
	bool end_in;

	if (!from_macro(clang_getRangeStart(range), &o.file, &o.line, &o.col, &start))
		return o;
	end_in = from_macro(clang_getRangeEnd(range), &end_file, &el, &ec, &end);
	text = file_text(tu, o.file, &len);
	if (!text || start >= len)
		return o;
	o.macro = identifier_at(text, len, start);
	if (!o.macro)
		return o;
	/*
	 * The end is inside the same expansion, or, for what is not itself an argument of another
	 * macro, behind the whole use.
	 */
	o.start = start;
	name_end = start + strlen(o.macro);
	use_ends(text, len, name_end, &args_end);
	o.name_end = (unsigned)name_end;
	o.end = (unsigned)(args_end ? args_end : name_end);
	if (end_in ? end != start : end != name_end && end != args_end) {
		free(o.macro);
		o.macro = NULL;
	} else if (!end_in && end == name_end) {
		o.end = (unsigned)name_end;	/* an alias: the parentheses are not the macro's */
	}
	return o;
}

/* The start of the logical line (joined by backslashes) that an offset stands in. */
static size_t line_start(const char *text, size_t at)
{
	while (at) {
		if (text[at - 1] == '\n' && !(at > 1 && text[at - 2] == '\\'))
			break;
		at--;
	}
	return at;
}

static size_t skip_blanks(const char *text, size_t at, size_t end)
{
	while (at < end && (text[at] == ' ' || text[at] == '\t' || text[at] == '\\' || text[at] == '\n'))
		at++;
	return at;
}

bool macro_body_of(struct tu *tu, CXCursor c, struct macro_body *m)
{
	unsigned offset;
	size_t len, p, end;
	const char *text;
	CXFile file;

	clang_getSpellingLocation(clang_getRangeStart(clang_getCursorExtent(c)), &file, NULL, NULL, &offset);
	text = file ? file_text(tu, file, &len) : NULL;
	if (!text || offset >= len)
		return false;
	p = skip_blanks(text, line_start(text, offset), offset);
	if (text[p] != '#')
		return false;
	p = skip_blanks(text, p + 1, offset);
	if (len - p < 7 || strncmp(text + p, "define", 6))
		return false;
	p = skip_blanks(text, p + 6, offset);
	memset(m, 0, sizeof(*m));
	m->name = identifier_at(text, len, p);
	if (!m->name)
		return false;
	p += strlen(m->name);
	if (text[p] == '(') {
		m->params = p + 1;
		while (p < offset && text[p] != ')')
			p++;
		m->params_end = p++;
	}
	for (end = offset; end < len && !(text[end] == '\n' && text[end - 1] != '\\'); end++)
		;
	while (end > offset && isspace((unsigned char)text[end - 1]))
		end--;
	m->text = text;
	m->start = skip_blanks(text, p, offset);
	m->end = end;
	m->at = offset;
	return true;
}

bool spelled_in_header(const struct tu *tu, CXCursor c)
{
	CXFile file;
	char *path;
	bool is;

	clang_getSpellingLocation(clang_getRangeStart(clang_getCursorExtent(c)), &file, NULL, NULL, NULL);
	path = file_path(tu, file);
	is = path && str_ends(path, ".h");
	free(path);
	return is;
}

char *first_word(struct tu *tu, CXCursor c)
{
	unsigned offset;
	size_t len = 0;
	const char *text;
	CXFile file;

	clang_getSpellingLocation(clang_getRangeStart(clang_getCursorExtent(c)), &file, NULL, NULL, &offset);
	text = file ? file_text(tu, file, &len) : NULL;
	return text && offset < len ? identifier_at(text, len, offset) : NULL;
}
