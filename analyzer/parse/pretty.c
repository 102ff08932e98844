// SPDX-License-Identifier: GPL-2.0-only
/* What no cursor shows, read from libclang's own print of a declaration. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "parse/clang.h"

static char *print(CXCursor c, bool initializers)
{
	CXPrintingPolicy policy = clang_getCursorPrintingPolicy(c);
	char *text;

	clang_PrintingPolicy_setProperty(policy, CXPrintingPolicy_SuppressInitializers,
					 !initializers);
	text = clang_text(clang_getCursorPrettyPrinted(c, policy));
	clang_PrintingPolicy_dispose(policy);
	return text;
}

char *declaration_text(CXCursor c)
{
	return print(c, true);
}

char *cleanup_of(CXCursor variable)
{
	char *text = print(variable, false), *p = strstr(text, "cleanup("), *name = NULL;

	if (p) {
		p += strlen("cleanup(");
		name = xstrndup(p, strcspn(p, ") "));
	}
	free(text);
	return name;
}

/* Behind the string or character constant that starts at p. */
static const char *skip_quoted(const char *p)
{
	char quote = *p++;

	while (*p && *p != quote)
		p += *p == '\\' && p[1] ? 2 : 1;
	return *p ? p + 1 : p;
}

/* The next use of a keyword at or behind p, outside strings; NULL: no more. */
static const char *find_word(const char *p, const char *word)
{
	size_t len = strlen(word);
	bool inside = false; /* an identifier */

	while (*p) {
		if (*p == '"' || *p == '\'') {
			p = skip_quoted(p);
			inside = false;
			continue;
		}
		if (!inside && !strncmp(p, word, len) && !isalnum((unsigned char)p[len]) &&
		    p[len] != '_')
			return p;
		inside = isalnum((unsigned char)*p) || *p == '_';
		p++;
	}
	return NULL;
}

struct position {
	CXCursor wanted;
	enum CXCursorKind kind;
	unsigned nr;
	bool found;
};

static enum CXChildVisitResult count(CXCursor c, CXCursor parent, CXClientData data)
{
	struct position *pos = data;

	(void)parent;
	if (clang_getCursorKind(c) == pos->kind) {
		/*
		 * clang_equalCursors() tells a statement from itself by the way on which it was reached;
		 * data[1] is the statement.
		 */
		if (c.data[1] == pos->wanted.data[1]) {
			pos->found = true;
			return CXChildVisit_Break;
		}
		pos->nr++;
	}
	return CXChildVisit_Recurse;
}

/*
 * The statement's keyword in the print of the function: statements of a kind are printed in the
 * order in which they are visited.  NULL: the two do not agree.
 */
static const char *find_statement(struct tu *tu, CXCursor statement, const char *word)
{
	struct position pos = { .wanted = statement, .kind = clang_getCursorKind(statement) };
	const char *p;

	if (!tu->pretty)
		tu->pretty = print(tu->function, true);
	clang_visitChildren(tu->function, count, &pos);
	if (!pos.found)
		return NULL;
	p = find_word(tu->pretty, word);
	while (p && pos.nr--)
		p = find_word(p + strlen(word), word);
	return p ? p + strlen(word) : NULL;
}

bool for_slots(struct tu *tu, CXCursor loop, unsigned nr, bool present[3])
{
	const char *p = find_statement(tu, loop, "for");
	unsigned slot = 0, depth = 0, found = 0;

	memset(present, 0, 3 * sizeof(*present));
	if (!p || strncmp(p, " (", 2))
		return false;
	p += 2;
	while (*p) {
		if (*p == '"' || *p == '\'') {
			present[slot] = true;
			p = skip_quoted(p);
			continue;
		}
		if (!depth && *p == ')')
			break;
		if (!depth && *p == ';') {
			if (++slot > 2)
				return false;
		} else if (!isspace((unsigned char)*p)) {
			present[slot] = true;
		}
		if (strchr("([{", *p))
			depth++;
		else if (strchr(")]}", *p))
			depth--;
		p++;
	}
	for (slot = 0; slot < 3; slot++)
		found += present[slot];
	return *p && found == nr;
}

bool asm_is_goto(struct tu *tu, CXCursor statement)
{
	const char *p = find_statement(tu, statement, "asm");

	if (!p)
		return true; /* the careful answer */
	while (isspace((unsigned char)*p) || !strncmp(p, "volatile", 8))
		p += isspace((unsigned char)*p) ? 1 : 8;
	return !strncmp(p, "goto", 4);
}
