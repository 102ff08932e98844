// SPDX-License-Identifier: GPL-2.0-only
#include "prove/prove.h"

#include <stdlib.h>
#include <string.h>

#include "prove/compare.h"

/* Z3's steps for one proof: some ten seconds. */
enum { STEPS = 100000000, MAX_PAIRS = 20000 };

const char *prove_verdict_name(enum prove_verdict v)
{
	static const char *const names[] = { "equal", "equal-but", "differs", "unknown" };

	return names[v];
}

void proof_free(struct proof *p)
{
	struct difference *d;

	vec_each(d, &p->differences)
		free(d->detail);
	vec_free(&p->differences);
	vec_free(&p->took);
	free(p->request);
	free(p->old_does);
	free(p->new_does);
	free(p->reason);
}

static void unknown(struct proof *p, bool old_side, unsigned line, const char *reason)
{
	p->verdict = PROVE_UNKNOWN;
	p->reason = xstrdup(reason);
	p->line = line;
	p->old_side = old_side;
}

/* A reason that is of the whole contract, so that paths can be missing. */
static const struct unmodelled *whole(const struct contract *c)
{
	const struct unmodelled *m;

	vec_each(m, &c->unmodelled)
		if (m->whole)
			return m;
	return NULL;
}

/* Names of flags, for texts; what Z3 is told of flags is the old side's. */
static void names(struct compare *c)
{
	static const struct flag_name populated[] = {
		{ (char *)"VM_PFNMAP", 0x400 }, { (char *)"VM_IO", 0x4000 }, { (char *)"VM_DONTEXPAND", 0x40000 },
		{ (char *)"VM_DONTDUMP", 0x4000000 }, { (char *)"VM_MIXEDMAP", 0x10000000 },
	};
	const struct flag_name *f;
	size_t i;

	vec_each(f, &c->new_side->contract->flags)
		*vec_push(&c->flags) = *f;
	for (i = 0; i < sizeof(populated) / sizeof(*populated); i++)
		if (!flag_name_find(&c->flags, populated[i].value))
			*vec_push(&c->flags) = populated[i];
}

static void facts(struct compare *c)
{
	struct terms *t = c->s.t;
	const struct ctype pointer = { .kind = CTYPE_POINTER, .bits = t->pointer_bits };
	term_t r = populate_result(t);

	/* 0 or a negative errno */
	*vec_push(&c->facts) = term_op(t, TERM_SLE, r, term_const(t, 0, ctype_int), ctype_bool);
	*vec_push(&c->facts) = term_op(t, TERM_SLE, term_const(t, (uint64_t)-4095, ctype_int), r, ctype_bool);
	/* mm/vma.c calls a handler of a file, for a mapping. */
	*vec_push(&c->facts) = term_truth(t, term_symbol(t, "file", pointer));
	*vec_push(&c->facts) = term_truth(t, term_symbol(t, "vma", pointer));
}

static void compare_all(struct compare *c)
{
	const struct trace *a, *b;

	vec_each(a, c->old_traces)
		vec_each(b, c->new_traces) {
			if (c->done)
				return;
			compare_pair(c, a, b);
		}
}

void prove(const struct prove_side *old, const struct prove_side *new_side, unsigned page_shift, struct proof *p)
{
	struct traces a = { 0 }, b = { 0 };
	struct compare c = { .old = old, .new_side = new_side, .old_traces = &a, .new_traces = &b, .out = p };
	const struct unmodelled *m;

	memset(p, 0, sizeof(*p));
	if ((m = whole(old->contract)) || (m = whole(new_side->contract))) {
		unknown(p, whole(old->contract) != NULL, m->line, m->reason);
		return;
	}
	if (old->contract->terms->pointer_bits != new_side->contract->terms->pointer_bits) {
		unknown(p, false, 0, "the two were read for architectures of different width");
		return;
	}
	c.s.t = terms_new();
	c.s.out = p;
	c.s.t->pointer_bits = old->contract->terms->pointer_bits;
	c.s.t->page_shift = (uint8_t)page_shift;
	names(&c);
	c.s.smt = smt_new(c.s.t, &old->contract->flags, page_shift);
	if (c.s.smt) {
		smt_budget(c.s.smt, STEPS);
		facts(&c);
		/* Two handlers have the same loop, or another one; a hook has an action in its place. */
		traces_of(old, "old", c.s.t, !old->is_hook && new_side->is_hook ? &c.s : NULL, &c.facts, &a);
		traces_of(new_side, "new", c.s.t, NULL, &c.facts, &b);
	}
	if (!c.s.smt) {
		unknown(p, false, 0, "Z3 could not be started");
	} else if (a.nr * b.nr > MAX_PAIRS) {
		unknown(p, false, 0, "there are more pairs of paths than are compared");
	} else {
		compare_all(&c);
		if (p->verdict == PROVE_EQUAL)
			check_coverage(&c);
		if (p->verdict == PROVE_EQUAL)
			check_initials(&c);
		if (p->verdict == PROVE_EQUAL && !p->pairs)
			unknown(p, false, 0, "no request was found that either takes");
		if (p->verdict == PROVE_EQUAL && p->differences.nr)
			p->verdict = PROVE_EQUAL_BUT;
	}
	p->questions = c.s.questions;
	p->undecided = c.s.undecided;
	smt_free(c.s.smt);
	vec_free(&c.facts);
	vec_free(&c.flags);
	vec_free(&c.s.facts);
	traces_free(&a);
	traces_free(&b);
	terms_free(c.s.t);
}
