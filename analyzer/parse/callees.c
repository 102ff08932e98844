// SPDX-License-Identifier: GPL-2.0-only
/* Which functions are lowered: the one asked for, and what it calls as far as that helps. */
#include <stdlib.h>
#include <string.h>

#include "parse/clang.h"

enum { MAX_INLINE_NODES = 150, MAX_INLINES = 2000 };

/* do { … } while (0) is no loop. */
static bool is_loop(const struct unit *u, const struct node *n)
{
	const struct node *condition;

	if (n->kind == NODE_FOR || n->kind == NODE_WHILE)
		return true;
	if (n->kind != NODE_DO || !n->child || !u->nodes[n->child].next)
		return n->kind == NODE_DO;
	condition = &u->nodes[u->nodes[n->child].next];
	return !condition->has_value || condition->value;
}

/* A static inline of a header is read when it is small and simple: no loop, no assembly. */
static bool is_simple(const struct unit *u, size_t from)
{
	size_t i;

	for (i = from; i < u->nr_nodes; i++)
		if (is_loop(u, &u->nodes[i]) || u->nodes[i].kind == NODE_ASM ||
		    u->nodes[i].kind == NODE_GOTO || u->nodes[i].kind == NODE_UNKNOWN)
			return false;
	return u->nr_nodes - from <= MAX_INLINE_NODES;
}

static void lower_inline(struct tu *tu, CXCursor function)
{
	size_t from = tu->u->nr_nodes, callees = tu->callees.nr;
	char *name = clang_text(clang_getCursorSpelling(function));

	/* What a macro stands for in one tree is known by its name in all of them. */
	if (tu->inlines <= MAX_INLINES && !macro_call_find(name) &&
	    !strlist_has(&tu->rejected, name) && lower_function(tu, function)) {
		tu->inlines++;
		if (!is_simple(tu->u, from)) {
			drop_last_function(tu, from);
			tu->callees.nr = callees;
			strlist_add(&tu->rejected, name);
		}
	}
	free(name);
}

static bool in_main_file(const struct tu *tu, CXCursor c)
{
	CXFile file;

	clang_getFileLocation(clang_getCursorLocation(c), &file, NULL, NULL, NULL);
	return file && clang_File_isEqual(file, tu->main);
}

struct search {
	const char *name;
	CXCursor found;
};

/* A definition of that name at the top, or what the array that parse.c appends names. */
static enum CXChildVisitResult find_definition(CXCursor c, CXCursor parent, CXClientData data)
{
	struct search *s = data;
	enum CXCursorKind kind = clang_getCursorKind(c);
	CXCursor def;
	char *name;

	(void)parent;
	if (kind != CXCursor_FunctionDecl && kind != CXCursor_DeclRefExpr)
		return kind == CXCursor_VarDecl || clang_isExpression(kind) ? CXChildVisit_Recurse
									    : CXChildVisit_Continue;
	name = clang_text(clang_getCursorSpelling(c));
	def = clang_getCursorDefinition(kind == CXCursor_DeclRefExpr ? clang_getCursorReferenced(c)
								     : c);
	if (!strcmp(name, s->name) && !clang_Cursor_isNull(def) &&
	    clang_getCursorKind(def) == CXCursor_FunctionDecl)
		s->found = def;
	free(name);
	return clang_Cursor_isNull(s->found) ? CXChildVisit_Continue : CXChildVisit_Break;
}

static void add_by_name(struct tu *tu, const char *name)
{
	struct search s = { .name = name, .found = clang_getNullCursor() };
	struct callee *callee;

	if (unit_function(tu->u, name))
		return;
	clang_visitChildren(clang_getTranslationUnitCursor(tu->unit), find_definition, &s);
	if (clang_Cursor_isNull(s.found))
		return;
	callee = vec_push(&tu->callees);
	callee->function = s.found;
	callee->needed = true;
}

/* `vma->vm_ops->open(vma)`: what the file's tables have there. */
static void add_callbacks(struct tu *tu, const struct node *call)
{
	const struct node *member = &tu->u->nodes[call->child], *ops = &tu->u->nodes[member->child];
	size_t i, k, len = member->name ? strlen(member->name) : 0;
	const struct strlist *fields;

	if (member->kind != NODE_MEMBER || !member->child || !len || !ops->type ||
	    !strstr(ops->type, "struct vm_operations_struct"))
		return;
	for (i = 0; i < tu->u->vm_ops.nr; i++) {
		fields = &tu->u->vm_ops.items[i].fields;
		for (k = 0; k < fields->nr; k++)
			if (!strncmp(fields->items[k], member->name, len) && fields->items[k][len] == '=')
				add_by_name(tu, fields->items[k] + len + 1);
	}
}

/* Of nodes from `from` on: cleanups and callbacks, to which no cursor refers, found by name. */
static void add_named(struct tu *tu, size_t from)
{
	size_t i;

	for (i = from; i < tu->u->nr_nodes; i++) {
		if (tu->u->nodes[i].cleanup)
			add_by_name(tu, tu->u->nodes[i].cleanup);
		if (tu->u->nodes[i].kind == NODE_CALL && tu->u->nodes[i].child &&
		    (!tu->u->nodes[i].name || !*tu->u->nodes[i].name))
			add_callbacks(tu, &tu->u->nodes[i]);
	}
}

void lower_with_callees(struct tu *tu, CXCursor function)
{
	size_t i, nodes = tu->u->nr_nodes, seen;
	struct callee callee;

	tu->callees.nr = 0;
	if (!lower_function(tu, function))
		return;
	add_named(tu, nodes);
	/* callees grows while this loop runs: callees of callees follow. */
	for (i = 0; i < tu->callees.nr; i++) {
		callee = tu->callees.items[i];
		seen = tu->u->nr_nodes;
		if (clang_Cursor_isNull(callee.function))
			continue;
		if (callee.needed || in_main_file(tu, callee.function))
			lower_function(tu, callee.function);
		else
			lower_inline(tu, callee.function);
		add_named(tu, seen);
	}
}

void missing_cleanups(const struct tu *tu, struct strlist *names)
{
	size_t i;

	for (i = 0; i < tu->u->nr_nodes; i++)
		if (tu->u->nodes[i].cleanup && !unit_function(tu->u, tu->u->nodes[i].cleanup))
			strlist_add_once(names, tu->u->nodes[i].cleanup);
}
