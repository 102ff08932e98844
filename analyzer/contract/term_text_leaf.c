// SPDX-License-Identifier: GPL-2.0-only
/* Names, numbers and flags in the text of a term. */
#include <inttypes.h>
#include <string.h>

#include "contract/term_text.h"

/* How many bytes the UTF-8 character at s has; 0: it is none, or a control character. */
static size_t character(const unsigned char *s)
{
	size_t len = *s < 0x80		       ? 1
		     : *s >= 0xc2 && *s < 0xe0 ? 2
		     : *s >= 0xe0 && *s < 0xf0 ? 3
		     : *s >= 0xf0 && *s < 0xf5 ? 4
					       : 0,
	       i;

	if (len == 1)
		return *s >= 0x20 && *s != 0x7f;
	for (i = 1; i < len; i++)
		if ((s[i] & 0xc0) != 0x80)
			return 0;
	/* Too long a form, a surrogate, beyond the last; C1 controls. */
	if ((*s == 0xe0 && s[1] < 0xa0) || (*s == 0xed && s[1] >= 0xa0) ||
	    (*s == 0xf0 && s[1] < 0x90) || (*s == 0xf4 && s[1] >= 0x90) ||
	    (*s == 0xc2 && s[1] < 0xa0))
		return 0;
	return len;
}

void text_name(struct text *x, const char *name)
{
	const unsigned char *s = (const unsigned char *)(name ? name : "?");
	size_t len;

	for (; *s; s += len ? len : 1) {
		len = character(s);
		if (len)
			strbuf_add(&x->out, s, len);
		else
			strbuf_adds(&x->out, "?");
	}
}

void text_number(struct text *x, uint64_t value)
{
	strbuf_addf(&x->out, value < 1024 ? "%" PRIu64 : "0x%" PRIx64, value);
}

void text_constant(struct text *x, const struct term *c, bool tight)
{
	unsigned width = ctype_width(c->type);
	int64_t value = width ? (int64_t)sign_extend(c->value, width) : 0;

	if (c->type.kind == CTYPE_BOOL) {
		strbuf_adds(&x->out, c->value ? "true" : "false");
	} else if (c->type.kind == CTYPE_POINTER && !c->value) {
		strbuf_adds(&x->out, "NULL");
	} else if (c->type.kind != CTYPE_INT || !c->type.is_signed || value >= 0) {
		text_number(x, c->value);
	} else {
		strbuf_adds(&x->out, tight ? "(-" : "-");
		if (width >= 32 && errno_name(value))
			strbuf_adds(&x->out, errno_name(value));
		else
			text_number(x, -(uint64_t)value);
		strbuf_adds(&x->out, tight ? ")" : "");
	}
}

const char *flag_name_find(const struct flag_names *f, uint64_t bit)
{
	const struct flag_name *n;

	if (!f || !bit)
		return NULL;
	vec_each(n, f)
		if (n->value == bit)
			return n->name;
	return NULL;
}

bool text_is_flags(const struct terms *t, term_t a)
{
	unsigned budget;
	const struct term *x;

	/*
	 * Masks have their constant on the right; of two that are none, the one made first counts.
	 */
	for (budget = 32; budget; budget--) {
		x = term_at(t, a);
		if (x->op == TERM_SYMBOL)
			return !strcmp(x->name, "flags");
		if (x->op != TERM_AND && x->op != TERM_OR && x->op != TERM_XOR &&
		    x->op != TERM_BNOT && x->op != TERM_ZEXT && x->op != TERM_SEXT &&
		    x->op != TERM_TRUNC)
			return false;
		a = x->a;
	}
	return false;
}

static bool all_named(const struct flag_names *f, uint64_t value)
{
	for (; value; value &= value - 1)
		if (!flag_name_find(f, value & -value))
			return false;
	return true;
}

bool text_flags(struct text *x, uint64_t value, unsigned width, bool paren)
{
	uint64_t rest = ~value & width_mask(width);
	bool inverted, many;

	/* With names for all bits, the shorter form. */
	inverted = __builtin_popcountll(rest) < __builtin_popcountll(value);
	if (inverted)
		value = rest;
	if (!value || !all_named(x->flags, value))
		return false;
	many = value & (value - 1);
	strbuf_adds(&x->out, inverted ? "~" : "");
	strbuf_adds(&x->out, many && (paren || inverted) ? "(" : "");
	for (; value; value &= value - 1) {
		text_name(x, flag_name_find(x->flags, value & -value));
		strbuf_adds(&x->out, value & (value - 1) ? " | " : "");
	}
	strbuf_adds(&x->out, many && (paren || inverted) ? ")" : "");
	return true;
}

void text_cut(struct text *x, size_t max)
{
	size_t len = x->out.len;

	if (len <= max && !x->cut)
		return;
	if (len > max)
		len = max;
	while (len && ((unsigned char)x->out.s[len] & 0xc0) == 0x80)
		len--;
	x->out.len = len;
	strbuf_adds(&x->out, "…");
}
