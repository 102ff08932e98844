// SPDX-License-Identifier: GPL-2.0-only
/*
 * What is refused before a page is mapped.  After a hook that is mmap_action_prepare()'s: there is no mapping yet, and
 * neither error_override nor error_hook is asked.  A handler gets it as the error of the function that it calls.
 */
#include "prove/internal.h"

enum { MINUS_EFAULT = -14, MINUS_EINVAL = -22, LAST_ERRNO = -4095 };

static const struct ctype address64 = { .kind = CTYPE_INT, .bits = 64 };

static struct ctype word(const struct terms *t)
{
	return (struct ctype){ .kind = CTYPE_INT, .bits = t->pointer_bits };
}

static term_t start(struct terms *t)
{
	return term_symbol(t, "start", word(t));
}

static term_t end(struct terms *t)
{
	return term_symbol(t, "end", word(t));
}

static term_t sum(struct terms *t, term_t a, term_t b)
{
	return term_op(t, TERM_ADD, a, b, word(t));
}

static term_t shift(struct terms *t, enum term_op op, term_t a, struct ctype type)
{
	return term_op(t, op, a, term_const(t, t->page_shift, ctype_int), type);
}

static term_t less(struct terms *t, term_t a, term_t b)
{
	return term_op(t, TERM_ULT, a, b, ctype_bool);
}

static term_t either(struct terms *t, term_t a, term_t b)
{
	return a && b ? term_op(t, TERM_LOR, a, b, ctype_bool) : a ? a : b;
}

static term_t both(struct terms *t, term_t a, term_t b)
{
	return term_not(t, either(t, term_not(t, a), term_not(t, b)));
}

static term_t other(struct terms *t, term_t a, term_t b)
{
	return a == b ? 0 : term_not(t, term_op(t, TERM_EQ, a, b, ctype_bool));
}

term_t simple_pfn(struct terms *t, term_t address, term_t pgoff)
{
	return sum(t, term_convert(t, shift(t, TERM_LSHR, term_convert(t, address, address64), address64), word(t)),
		   term_convert(t, pgoff, word(t)));
}

/* __simple_ioremap_prep() of mm/memory.c */
static term_t is_short(struct terms *t, term_t address, term_t size, term_t pgoff)
{
	term_t first = term_convert(t, address, address64), len = term_convert(t, size, word(t)), pages, pfn, vm_pages;
	term_t in_page = term_const(t, ((uint64_t)1 << t->page_shift) - 1, word(t)), bad;

	bad = less(t, term_op(t, TERM_ADD, first, term_convert(t, len, address64), address64), first);
	len = sum(t, len, term_op(t, TERM_AND, term_convert(t, first, word(t)), in_page, word(t)));
	pfn = term_convert(t, shift(t, TERM_LSHR, first, address64), word(t));
	pages = shift(t, TERM_LSHR, sum(t, len, in_page), word(t));
	vm_pages = shift(t, TERM_LSHR, term_op(t, TERM_SUB, end(t), start(t), word(t)), word(t));
	bad = either(t, bad, less(t, sum(t, pfn, pages), pfn));
	bad = either(t, bad, less(t, pages, pgoff));
	return either(t, bad, less(t, term_op(t, TERM_SUB, pages, pgoff, word(t)), vm_pages));
}

/* A private mapping has to be remapped as a whole: get_remap_pgoff(). */
static term_t is_part_of_cow(struct terms *t, term_t flags, term_t first, term_t last)
{
	term_t part = either(t, other(t, first, start(t)), other(t, last, end(t)));

	return part ? both(t, part, is_cow(t, flags)) : 0;
}

/* range_in_vma_desc() does not hold. */
static term_t is_outside(struct terms *t, term_t first, term_t last)
{
	return either(t, first == start(t) ? 0 : less(t, first, start(t)), last == end(t) ? 0 : less(t, end(t), last));
}

static term_t last_of(struct terms *t, const struct population *p, bool rounded)
{
	term_t size = p->args.items[2], in_page = term_const(t, ((uint64_t)1 << t->page_shift) - 1, word(t));

	/* The whole, as it was asked for. */
	if (size == term_op(t, TERM_SUB, end(t), start(t), word(t)) && p->args.items[0] == start(t))
		return end(t);
	if (rounded)
		size = term_op(t, TERM_AND, sum(t, size, in_page), term_op(t, TERM_BNOT, in_page, 0, word(t)), word(t));
	return sum(t, p->args.items[0], size);
}

struct refusal refusal_of(struct terms *t, const struct population *p, term_t flags, term_t pgoff, bool is_hook)
{
	term_t outside = 0, cow = 0, last;

	if (!p->effect || p->args.nr < 3 || !p->args.items[2])
		return (struct refusal){ 0 };
	switch (p->kind) {
	case ACTION_REMAP:
	case ACTION_IOREMAP:
		if (p->address)
			return (struct refusal){ is_short(t, p->address, p->length, pgoff),
						 term_const(t, (uint64_t)MINUS_EINVAL, ctype_int) };
		/* A handler's range can run past the mapping: that is not refused, and wrong (R10). */
		if (is_hook)
			outside = is_outside(t, p->args.items[0], last_of(t, p, false));
		cow = is_part_of_cow(t, flags, p->args.items[0], last_of(t, p, !is_hook));
		break;
	case ACTION_INSERT_PAGES:
		last = p->whole ? end(t) : sum(t, p->args.items[0], shift(t, TERM_SHL, p->args.items[2], word(t)));
		outside = is_outside(t, p->args.items[0], last);
		break;
	default:
		break;
	}
	if (!outside && !cow)
		return (struct refusal){ 0 };
	if (!outside || !cow)
		return (struct refusal){ outside ? outside : cow,
					 term_const(t, (uint64_t)(outside ? MINUS_EFAULT : MINUS_EINVAL), ctype_int) };
	return (struct refusal){ either(t, outside, cow),
				 term_ite(t, outside, term_const(t, (uint64_t)MINUS_EFAULT, ctype_int),
					  term_const(t, (uint64_t)MINUS_EINVAL, ctype_int)) };
}

term_t is_no_errno(struct terms *t, term_t a)
{
	term_t low = term_op(t, TERM_SLT, a, term_const(t, (uint64_t)LAST_ERRNO, ctype_int), ctype_bool);

	return either(t, low, term_op(t, TERM_SLT, term_const(t, 0, ctype_int), a, ctype_bool));
}
