// SPDX-License-Identifier: GPL-2.0-only
/* Live files that change their operations (R19), and tables that are copied whole. */
#include <string.h>

#include "tree/text_scan.h"

static bool mentions(const struct token *t, const char *part)
{
	return memmem(t->text, t->len, part, strlen(part));
}

void text_copy_token(struct scan *s, size_t i)
{
	size_t k, close;

	/* memcpy(x, y_fops, …), kmemdup(y->fops, …), *x = y_fops; */
	if ((token_is(&s->t[i], "memcpy") || token_is(&s->t[i], "kmemdup")) && i + 1 < s->nr &&
	    token_is(&s->t[i + 1], "(")) {
		close = text_match_forward(s, i + 1);
		for (k = i + 2; k < close; k++)
			if (s->t[k].kind == TOKEN_IDENT && mentions(&s->t[k], "fop"))
				s->facts->copies_table = true;
	} else if (token_is(&s->t[i], "=") && i + 2 < s->nr && i > 1 && mentions(&s->t[i - 1], "fop")) {
		k = i + 1 + token_is(&s->t[i + 1], "*");
		if (s->t[k].kind == TOKEN_IDENT && k + 1 < s->nr && token_is(&s->t[k + 1], ";") &&
		    (mentions(&s->t[k], "fops") || mentions(&s->t[k], "file_operations")))
			s->facts->copies_table = true;
	}
}

static void add_swap(struct scan *s, size_t at, size_t table)
{
	struct text_swap *swap = vec_push(&s->facts->swaps);

	swap->file = xstrdup(s->file);
	swap->table = token_text(&s->t[table]);
	swap->line = s->t[at].line;
}

/*
 * The tables of a value: `&x;`, `x;`, `fops_get(&x);`, `a ? &x : &y;`.  Names of members, called
 * functions and what stands in front of the `?` are none.
 */
static void add_values(struct scan *s, size_t at, size_t k, const char *end)
{
	size_t from = k;
	unsigned depth = 0;

	for (; k < s->nr && s->t[k].kind < TOKEN_DEFINE && !token_is(&s->t[k], ";"); k++)
		if (token_is(&s->t[k], "?"))
			from = k + 1;
	for (k = from; k < s->nr && s->t[k].kind < TOKEN_DEFINE && !token_is(&s->t[k], ";"); k++) {
		if (!depth && token_is(&s->t[k], end))
			break;
		depth += token_is(&s->t[k], "(");
		depth -= depth && token_is(&s->t[k], ")");
		if (s->t[k].kind == TOKEN_IDENT && k + 1 < s->nr && !token_is(&s->t[k + 1], "(") &&
		    !token_is(&s->t[k + 1], "->") && !token_is(&s->t[k + 1], ".") &&
		    !token_is(&s->t[k - 1], "->") && !token_is(&s->t[k - 1], ".") &&
		    !token_is(&s->t[k], "NULL") && !text_parameter(s, &s->t[k]))
			add_swap(s, at, k);
	}
}

/* The function or macro whose first argument is the lvalue that ends at i, or NULL. */
static const struct token *stored_by(const struct scan *s, size_t i)
{
	while (i > 1 && (s->t[i].kind == TOKEN_IDENT || token_is(&s->t[i], "->") || token_is(&s->t[i], ".")))
		i--;
	return i && token_is(&s->t[i], "(") && s->t[i - 1].kind == TOKEN_IDENT ? &s->t[i - 1] : NULL;
}

void text_swap_token(struct scan *s, size_t i)
{
	const struct token *by;

	if (!i || i + 2 >= s->nr || !token_is(&s->t[i - 1], "->"))
		return;
	if (token_is(&s->t[i + 1], "=")) {
		add_values(s, i, i + 2, ";");
	} else if (token_is(&s->t[i + 1], ",") && (by = stored_by(s, i))) {
		if (token_is(by, "WRITE_ONCE") || token_is(by, "rcu_assign_pointer") ||
		    token_is(by, "smp_store_release"))
			add_values(s, i, i + 2, ")");
	}
}
