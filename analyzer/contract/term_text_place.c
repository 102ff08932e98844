// SPDX-License-Identifier: GPL-2.0-only
/* Objects, members, elements and calls in the text of a term. */
#include <stdlib.h>
#include <string.h>

#include "contract/term_text.h"

void text_list(struct text *x, term_t list)
{
	bool first = true;

	for (; list && !text_is_full(x); list = x->terms->items[list].b) {
		const struct term *p = term_at(x->terms, x->terms->items[list].a);

		if (p->op == TERM_GLOBAL && !strcmp(p->name, TERM_SHOWN))
			return;
		strbuf_adds(&x->out, first ? "" : ", ");
		text_term(x, x->terms->items[list].a, LEVEL_CHOICE);
		first = false;
	}
}

/* The address of something that has a name; anything else is a pointer's value. */
static bool is_place(const struct terms *t, term_t a)
{
	enum term_op op = t->items[a].op;

	return op == TERM_GLOBAL || op == TERM_LOCAL || op == TERM_FIELD || op == TERM_ELEMENT;
}

/* A string; or a type's text, which begins with the mark of one and does not end with it. */
static void text_string(struct text *x, const char *name)
{
	if (str_starts(name, TERM_STRING))
		name = "\"…\"";
	text_name(x, name[1] && name[strlen(name) - 1] != '"' ? name + 1 : name);
}

/* The object at an address. */
void text_place(struct text *x, term_t address, int level)
{
	const struct terms *t = x->terms;
	const struct term *p = term_at(t, address);
	bool nameless = p->op == TERM_FIELD && (!p->name || !*p->name);

	if (text_is_full(x))
		return;
	x->depth++;
	if (nameless && is_place(t, p->a)) { /* an anonymous struct or union */
		text_place(x, p->a, level);
	} else if (p->op == TERM_GLOBAL && p->name && *p->name == '"') {
		text_string(x, p->name);
	} else if (p->op == TERM_GLOBAL || p->op == TERM_LOCAL) {
		text_name(x, p->name);
	} else if (p->op == TERM_FIELD && !nameless) {
		term_t base = p->a;

		while (term_is(t, base, TERM_FIELD) &&
		       (!t->items[base].name || !*t->items[base].name))
			base = t->items[base].a;
		if (is_place(t, base))
			text_place(x, base, LEVEL_POSTFIX);
		else
			text_term(x, base, LEVEL_POSTFIX);
		strbuf_adds(&x->out, is_place(t, base) ? "." : "->");
		text_name(x, p->name);
	} else if (p->op == TERM_ELEMENT) {
		if (is_place(t, p->a))
			text_place(x, p->a, LEVEL_POSTFIX);
		else
			text_term(x, p->a, LEVEL_POSTFIX);
		strbuf_adds(&x->out, "[");
		text_term(x, p->b, LEVEL_CHOICE);
		strbuf_adds(&x->out, "]");
	} else {
		text_open(x, LEVEL_UNARY, level);
		strbuf_adds(&x->out, "*");
		text_term(x, nameless ? p->a : address, LEVEL_UNARY);
		text_close(x, LEVEL_UNARY, level);
	}
	x->depth--;
}

void text_address(struct text *x, term_t a, int level)
{
	const char *name = x->terms->items[a].name;

	if (name && *name == '"') {
		text_string(x, name);
		return;
	}
	text_open(x, LEVEL_UNARY, level);
	strbuf_adds(&x->out, "&");
	text_place(x, a, LEVEL_UNARY);
	text_close(x, LEVEL_UNARY, level);
}

/* "{member}"(record, value): the record with that member written; "{}"() is an empty one. */
static bool print_record(struct text *x, const struct term *p)
{
	const struct terms *t = x->terms;
	size_t len = p->name ? strlen(p->name) : 0;
	const struct term *base, *list;
	term_t value;
	char *member;

	if (len < 2 || *p->name != '{' || p->name[len - 1] != '}')
		return false;
	list = term_at(t, p->b);
	value = list->b ? term_at(t, list->b)->a : 0;
	base = term_at(t, list->a);
	strbuf_adds(&x->out, "{ ");
	if (value && (base->op != TERM_CALL || !base->name || strcmp(base->name, "{}"))) {
		text_term(x, list->a, LEVEL_CHOICE);
		strbuf_adds(&x->out, ", ");
	}
	if (value) {
		if (strcmp(p->name, "{*}")) {		/* not its only member */
			member = xstrndup(p->name + 1, len - 2);
			strbuf_adds(&x->out, ".");
			text_name(x, member);
			strbuf_adds(&x->out, " = ");
			free(member);
		}
		text_term(x, value, LEVEL_CHOICE);
		strbuf_adds(&x->out, " ");
	}
	strbuf_adds(&x->out, "}");
	return true;
}

void text_call(struct text *x, const struct term *p)
{
	if (print_record(x, p))
		return;
	if (p->name)
		text_name(x, p->name);
	else if (is_place(x->terms, p->a))
		text_place(x, p->a, LEVEL_POSTFIX);
	else
		text_term(x, p->a, LEVEL_POSTFIX);
	strbuf_adds(&x->out, "(");
	text_list(x, p->b);
	strbuf_adds(&x->out, ")");
}
