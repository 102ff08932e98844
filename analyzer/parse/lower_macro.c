// SPDX-License-Identifier: GPL-2.0-only
/* Uses of macros that are kept: MACRO nodes, and CALLs of macros that stand for a function. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "parse/lower.h"

enum { MAX_ARGS = 64 };

struct arg {
	size_t start, end;		/* in the file, trimmed */
	CXCursor c;			/* the expression that is all of it, or a null cursor */
};

struct args {
	const struct origin *use;
	const char *text;
	struct arg items[MAX_ARGS];
	size_t nr;
	struct children parts;		/* of arguments that no one expression is */
};

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

/* Take text[p..end) apart at the commas outside parentheses, as the preprocessor does. */
static void split(const char *text, size_t p, size_t end, struct args *a)
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
		if (start != arg->start || (end != arg->end && !is_last_use(a->text, end, arg)))
			continue;
		if (clang_Cursor_isNull(arg->c))
			arg->c = c;
		return CXChildVisit_Continue;
	}
	return CXChildVisit_Recurse;
}

static bool has_effects(const char *text, const struct arg *a)
{
	size_t p;

	for (p = a->start; p < a->end; p++) {
		if (text[p] == '"' || text[p] == '\'')
			p = skip_token(text, p, a->end) - 1;
		else if (strchr("(=", text[p]) || (p + 1 < a->end && text[p] == text[p + 1] && strchr("+-", text[p])))
			return true;
	}
	return false;
}

static bool find_arguments(struct tu *tu, CXCursor c, const struct origin *use, struct args *a)
{
	size_t len, p;
	size_t i;

	memset(a, 0, sizeof(*a));
	for (i = 0; i < MAX_ARGS; i++)
		a->items[i].c = clang_getNullCursor();
	a->use = use;
	a->text = clang_getFileContents(tu->unit, use->file, &len);
	if (!a->text || use->end > len)
		return false;
	if (use->end <= use->name_end)
		return true;
	for (p = use->name_end; p < use->end && a->text[p] != '('; p++)
		;
	split(a->text, p + 1, use->end - 1, a);
	find_args(c, c, a);
	clang_visitChildren(c, find_args, a);
	return true;
}

/* What stands for an argument that is a type, a name or a string: its text. */
static uint32_t text_node(struct tu *tu, CXCursor c, const struct args *a, size_t i)
{
	uint32_t n = new_node(tu, NODE_STRING, c);
	struct node *node = node_at(tu, n);

	free(node->type);
	node->type = NULL;
	node->ctype = (struct ctype){ .kind = CTYPE_NONE };
	node->elem = 0;
	node->name = xstrndup(a->text + a->items[i].start, a->items[i].end - a->items[i].start);
	return n;
}

/* The largest pieces that stand inside an argument: for what is only logged. */
struct pieces { struct tu *tu; const struct args *a; const struct arg *arg; uint32_t parent, last; unsigned seen; };

static enum CXChildVisitResult collect_pieces(CXCursor c, CXCursor parent, CXClientData data)
{
	struct pieces *p = data;
	CXSourceRange range = clang_getCursorExtent(c);
	unsigned start, end;
	CXFile file;

	(void)parent;
	clang_getFileLocation(clang_getRangeStart(range), &file, NULL, NULL, &start);
	clang_getFileLocation(clang_getRangeEnd(range), NULL, NULL, NULL, &end);
	if (!file || !clang_File_isEqual(file, p->a->use->file) || start < p->arg->start ||
	    end > p->arg->end || !clang_isExpression(clang_getCursorKind(c)))
		return CXChildVisit_Recurse;
	/* The second time that the macro uses its argument. */
	if (start >= p->seen) {
		append(p->tu, p->parent, &p->last, lower(p->tu, c));
		p->seen = end;
	}
	return CXChildVisit_Continue;
}

static uint32_t opaque_macro(struct tu *tu, CXCursor c, const struct origin *use)
{
	struct pieces p = { .tu = tu };
	struct args a;
	size_t i;

	p.parent = new_node(tu, NODE_MACRO, c);
	node_at(tu, p.parent)->name = xstrdup(use->macro);
	if (!find_arguments(tu, c, use, &a))
		return p.parent;
	for (i = 0; i < a.nr; i++) {
		p.a = &a;
		p.arg = &a.items[i];
		p.seen = 0;
		if (!clang_Cursor_isNull(a.items[i].c))
			append(tu, p.parent, &p.last, lower(tu, a.items[i].c));
		else if (has_effects(a.text, &a.items[i]))
			clang_visitChildren(c, collect_pieces, &p);
		else
			append(tu, p.parent, &p.last, text_node(tu, c, &a, i));
	}
	return p.parent;
}

/* The CALL and its callee; the arguments are the caller's to append. */
static uint32_t call_node(struct tu *tu, CXCursor c, const char *name, uint32_t *last)
{
	uint32_t n = new_node(tu, NODE_CALL, c), callee = new_node(tu, NODE_REF, c);
	struct node *node = node_at(tu, callee);
	CXFile file;

	clang_getSpellingLocation(clang_getRangeStart(clang_getCursorExtent(c)), &file, NULL, NULL, NULL);
	node->name = xstrdup(name);
	node->ref = REF_FUNCTION;
	node->ctype = (struct ctype){ .kind = CTYPE_FUNCTION };
	node->elem = 0;
	free(node->type);
	node->type = NULL;
	node->file = file_path(tu, file);
	node = node_at(tu, n);
	node->name = xstrdup(name);
	node->file = file_path(tu, file);
	if (!clang_isExpression(clang_getCursorKind(c)))
		node->ctype = (struct ctype){ .kind = CTYPE_VOID };
	append(tu, n, last, callee);
	return n;
}

static uint32_t address_of(struct tu *tu, CXCursor c)
{
	CXTargetInfo target = clang_getTranslationUnitTargetInfo(tu->unit);
	uint32_t n = new_node(tu, NODE_UNARY, c), last = 0;
	struct node *node = node_at(tu, n);
	long long size = tu_sizeof(clang_getCursorType(c));

	free(node->type);
	node->type = NULL;
	node->op = xstrdup("&");
	node->ctype = (struct ctype){ .kind = CTYPE_POINTER,
				      .bits = (uint8_t)clang_TargetInfo_getPointerWidth(target) };
	node->elem = size > 0 ? (uint32_t)size : 0;
	clang_TargetInfo_dispose(target);
	append(tu, n, &last, lower(tu, c));
	return n;
}

static uint32_t call_macro(struct tu *tu, CXCursor c, const struct origin *use, const struct macro_call *m)
{
	uint32_t n, last = 0;
	struct args a;
	size_t i;

	if ((use->end <= use->name_end) != m->object || !find_arguments(tu, c, use, &a))
		return 0;
	/* What else a read has is a check, and may be gone with lockdep. */
	if (m->kind == MACRO_READ)
		return a.nr ? lower(tu, a.items[0].c) : 0;
	/* An argument that was not found may do something: the expansion says what. */
	for (i = 0; i < a.nr; i++)
		if (clang_Cursor_isNull(a.items[i].c) && !(i < 32 && (m->types >> i & 1)) &&
		    (has_effects(a.text, &a.items[i]) || m->kind != MACRO_CALL))
			return 0;
	if (m->kind == MACRO_WRITE) {
		if (a.nr != 2)
			return 0;
		n = new_node(tu, NODE_ASSIGN, c);
		free(node_at(tu, n)->type);
		set_type(node_at(tu, n), clang_getCursorType(a.items[0].c));
		node_at(tu, n)->op = xstrdup("=");
		append(tu, n, &last, lower(tu, a.items[0].c));
		append(tu, n, &last, lower_as(tu, a.items[1].c, clang_getCursorType(a.items[0].c)));
		return n;
	}
	n = call_node(tu, c, use->macro, &last);
	for (i = 0; i < a.nr; i++) {
		if (clang_Cursor_isNull(a.items[i].c) || (i < 32 && (m->types >> i & 1)))
			append(tu, n, &last, text_node(tu, c, &a, i));
		else if (i < 32 && (m->writes >> i & 1))
			append(tu, n, &last, address_of(tu, a.items[i].c));
		else
			append(tu, n, &last, lower(tu, a.items[i].c));
	}
	return n;
}

/*
 * A call macro inside another macro's body: its body is one call whose arguments its parameters are,
 * `#define mutex_lock(lock) mutex_lock_nested(lock, 0)`.
 */
static uint32_t inner_call_macro(struct tu *tu, CXCursor c, const struct macro_body *m)
{
	struct args params = { 0 }, passed = { 0 };
	struct children ch;
	size_t i, k, open, len;
	uint32_t n = 0, last = 0;
	CXCursor found[MAX_ARGS];

	for (open = m->start; open < m->end && m->text[open] != '('; open++)
		if (!isalnum((unsigned char)m->text[open]) && m->text[open] != '_')
			return 0;
	if (m->at != m->start || open >= m->end || m->text[m->end - 1] != ')')
		return 0;
	split(m->text, m->params, m->params_end, &params);
	split(m->text, open + 1, m->end - 1, &passed);
	children_of(c, &ch);
	for (i = 0; i < params.nr; i++) {
		len = params.items[i].end - params.items[i].start;
		for (k = 0; k < passed.nr; k++)
			if (passed.items[k].end - passed.items[k].start == len &&
			    !strncmp(m->text + passed.items[k].start, m->text + params.items[i].start, len))
				break;
		if (k == passed.nr || k + 1 >= ch.list.nr)
			break;
		found[i] = ch.list.items[k + 1];
	}
	if (i == params.nr && ch.list.nr == passed.nr + 1) {
		n = call_node(tu, c, m->name, &last);
		for (i = 0; i < params.nr; i++)
			append(tu, n, &last, lower(tu, found[i]));
	}
	vec_free(&ch.list);
	return n;
}

uint32_t lower_macro(struct tu *tu, CXCursor c, const struct origin *use, bool whole)
{
	const struct macro_call *call;
	struct macro_body m;
	uint32_t n = 0;

	if (use->macro && macro_is_opaque(use->macro))
		return opaque_macro(tu, c, use);
	call = use->macro && whole ? macro_call_find(use->macro) : NULL;
	if (call)
		n = call_macro(tu, c, use, call);
	if (n || clang_getCursorKind(c) != CXCursor_CallExpr || !macro_body_of(tu, c, &m))
		return n;
	call = macro_call_find(m.name);
	if (call && call->kind == MACRO_CALL && !call->types && !call->writes && m.params_end > m.params)
		n = inner_call_macro(tu, c, &m);
	free(m.name);
	return n;
}
