// SPDX-License-Identifier: GPL-2.0-only
/* R21: a fault handler whose object a merge changes. */
#include <stdlib.h>
#include <string.h>

#include "audit/internal.h"
#include "classify/rules_internal.h"
#include "contract/describe.h"

enum { MAX_DEPTH = 64 };

static const char *const faults[] = { "fault", "huge_fault", "map_pages", "page_mkwrite", "pfn_mkwrite" };
enum { NR_FAULTS = sizeof(faults) / sizeof(*faults) };

/* The last member that a value was read from: "vm_pgoff" of vmf->vma->vm_pgoff. */
static const char *member(const struct contract *c, term_t a)
{
	const struct term *x = term_at(c->terms, a ? term_strip(c->terms, a) : 0);

	/* (u32)vm_pgoff picks as well as vm_pgoff */
	while (x->op == TERM_TRUNC || x->op == TERM_ZEXT || x->op == TERM_SEXT)
		x = term_at(c->terms, x->a);
	if (x->op != TERM_LOAD)
		return NULL;
	x = term_at(c->terms, x->a);
	return x->op == TERM_FIELD ? x->name : NULL;
}

static bool is_member(const struct contract *c, term_t a, const char *name)
{
	const char *m = member(c, a);

	return m && !strcmp(m, name);
}

/* Does vm_pgoff alone, not as part of a page's offset, pick an element or decide something? */
static bool picks_by_pgoff(const struct contract *c, term_t a, unsigned depth)
{
	const struct term *x = term_at(c->terms, a);
	int64_t k;

	if (!a || depth > MAX_DEPTH)
		return false;
	if (x->op == TERM_ELEMENT && is_member(c, x->b, "vm_pgoff"))
		return true;
	if ((x->op == TERM_EQ || x->op == TERM_ULT || x->op == TERM_ULE) &&
	    ((is_member(c, x->a, "vm_pgoff") && term_is_const(c->terms, x->b, &k)) ||
	     (is_member(c, x->b, "vm_pgoff") && term_is_const(c->terms, x->a, &k))))
		return true;
	return picks_by_pgoff(c, x->a, depth + 1) || picks_by_pgoff(c, x->b, depth + 1) ||
	       picks_by_pgoff(c, x->c, depth + 1);
}

static bool reads_member(const struct contract *c, term_t a, const char *name, unsigned depth)
{
	const struct term *x = term_at(c->terms, a);

	if (!a || depth > MAX_DEPTH)
		return false;
	return (x->op == TERM_LOAD && is_member(c, a, name)) || reads_member(c, x->a, name, depth + 1) ||
	       reads_member(c, x->b, name, depth + 1) || reads_member(c, x->c, name, depth + 1);
}

/* The first path of a fault handler, and its line, for which a question is true of a condition or an argument. */
static const struct path *asks(const struct contract *c, bool (*question)(const struct contract *c, term_t a),
			       unsigned *line)
{
	const struct effect *e;
	const struct guard *g;
	const struct path *p;
	const uint32_t *i;
	size_t k;

	vec_each(p, &c->paths) {
		vec_each(g, &p->guards)
			if (question(c, g->term)) {
				*line = g->line;
				return p;
			}
		vec_each(i, &p->effects) {
			e = &c->effects[*i];
			for (k = 0; k < e->args.nr; k++)
				if (question(c, e->args.items[k])) {
					*line = e->line;
					return p;
				}
		}
	}
	return NULL;
}

static bool by_pgoff(const struct contract *c, term_t a)
{
	return picks_by_pgoff(c, a, 0);
}

static bool reads_pgoff(const struct contract *c, term_t a)
{
	return reads_member(c, a, "vm_pgoff", 0) || reads_member(c, a, "pgoff", 0);
}

static bool reads_data(const struct contract *c, term_t a)
{
	return reads_member(c, a, "vm_private_data", 0);
}

/* Is private_data something that two mappings of one file need not share: made of the request? */
static bool data_is_own(const struct contract *c, const struct path *p)
{
	static const char *const own[] = { "pgoff", "start", "end", "flags" };
	term_t value = p->cells[CELL_PRIVATE_DATA], symbol;
	size_t i;

	if (!value)
		return false;
	for (i = 0; i < sizeof(own) / sizeof(*own); i++) {
		symbol = symbol_of(c, own[i]);
		if (symbol && term_contains(c->terms, value, symbol))
			return true;
	}
	return false;
}

static const struct effect *writes_pgoff(const struct contract *c, const struct path *p)
{
	const uint32_t *i;

	vec_each(i, &p->effects)
		if (c->effects[*i].kind == EFFECT_PGOFF)
			return &c->effects[*i];
	return NULL;
}

static void check(struct audit *a, const struct path *p, const struct hook_function *fault)
{
	const struct effect *write = writes_pgoff(a->c, p);
	const struct path *q;
	struct finding *n = NULL;
	unsigned line = 0;

	q = asks(fault->contract, by_pgoff, &line);
	if (q) {
		n = finding_new(a, "fault-pgoff", fault, line, "vm_pgoff", SURE_LIKELY,
				"%s() tells its object by vm_pgoff, and %s() lets mappings merge: of a merged one it is the "
				"neighbour's", fault->name, a->hook->fn.name);
	} else if (write && (q = asks(fault->contract, reads_pgoff, &line))) {
		n = finding_new(a, "fault-pgoff", fault, line, "pgoff", SURE_LIKELY,
				"%s() works on the offset that %s() has rewritten (line %u), and by which mappings merge",
				fault->name, a->hook->fn.name, write->line);
	} else if (data_is_own(a->c, p) && (q = asks(fault->contract, reads_data, &line))) {
		n = finding_new(a, "fault-data", fault, line, "vm_private_data", SURE_LIKELY,
				"%s() works on private_data, which %s() makes of the request; a merged mapping has its "
				"neighbour's", fault->name, a->hook->fn.name);
	}
	if (!n)
		return;
	finding_path(n, &a->hook->fn, p, NULL);
	finding_then(n, "the mapping merges with its neighbour, and a page of it is touched");
	finding_path(n, fault, q, NULL);
}

void audit_fault(struct audit *a)
{
	const struct hook_function *f;
	const struct hook_table *t;
	const struct path *p;
	size_t i;

	vec_each(p, &a->c->paths) {
		t = path_succeeds(p) && !path_stays_apart(a->c, p) && !path_action(a, p) ? path_table(a, p) : NULL;
		for (i = 0; t && i < NR_FAULTS; i++) {
			f = hook_callback(t, faults[i]);
			if (f && f->contract)
				check(a, p, f);
		}
	}
}
