// SPDX-License-Identifier: GPL-2.0-only
/* L1 to L4: bugs of legacy handlers that a conversion would carry over. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "audit/internal.h"
#include "classify/classify.h"
#include "contract/describe.h"

enum { MAX_DEPTH = 64, ARG_ADDRESS = 1, ARG_SIZE = 3 };		/* of remap_pfn_range() and its kin */

static bool has_op(const struct contract *c, term_t a, enum term_op op, unsigned depth)
{
	const struct term *x = term_at(c->terms, a);

	if (!a || depth > MAX_DEPTH)
		return false;
	return x->op == op || has_op(c, x->a, op, depth + 1) || has_op(c, x->b, op, depth + 1) ||
	       has_op(c, x->c, op, depth + 1);
}

/* Can address + size lie behind the end of the vma, after all that the path has tested? */
static bool runs_past(const struct audit *a, const struct path *p, term_t address, term_t size)
{
	struct terms *t = a->c->terms;
	term_t end = symbol_of(a->c, "end"), room, condition;

	if (!end)
		end = term_symbol(t, "end", ctype_ulong);
	room = term_op(t, TERM_SUB, end, address, ctype_ulong);
	condition = term_op(t, TERM_ULT, room, term_convert(t, size, ctype_ulong), ctype_bool);
	return path_allows(a, p, condition) == SMT_YES;
}

/* Is a parameter of the function's own in it: something that its caller may have compared? */
static bool is_given(const struct contract *c, term_t a, unsigned depth)
{
	static const char *const request[] = { "start", "end", "pgoff", "flags", "file", "vma" };
	const struct term *x = term_at(c->terms, a);
	size_t i;

	if (!a || depth > MAX_DEPTH)
		return false;
	if (x->op == TERM_SYMBOL) {
		for (i = 0; i < sizeof(request) / sizeof(*request); i++)
			if (!strcmp(x->name, request[i]))
				return false;
		return true;
	}
	/* What it points to is read here. */
	return x->op != TERM_LOAD && (is_given(c, x->a, depth + 1) || is_given(c, x->b, depth + 1) ||
				      is_given(c, x->c, depth + 1));
}

/* Was a function asked that got the size of the mapping?  What it answers may be that it fits. */
static bool asks_a_call(const struct contract *c, const struct path *p)
{
	term_t end = symbol_of(c, "end");
	const struct guard *g;
	term_t i;

	vec_each(g, &p->guards)
		for (i = 1; g->term && end && i < c->terms->nr; i++)
			if (c->terms->items[i].op == TERM_CALL && term_contains(c->terms, i, end) &&
			    term_contains(c->terms, g->term, i))
				return true;
	return false;
}

static void past_the_end(struct audit *a, const struct path *p)
{
	const struct effect *e;
	struct finding *n;
	const uint32_t *i;
	term_t size;
	char *text;

	vec_each(i, &p->effects) {
		e = &a->c->effects[*i];
		if (e->kind != EFFECT_ACTION || (e->action != ACTION_REMAP && e->action != ACTION_IOREMAP) ||
		    e->extent != EXTENT_OTHER || e->in_loop || e->args.nr <= ARG_SIZE)
			continue;
		size = e->args.items[ARG_SIZE];
		if (!size || !e->args.items[ARG_ADDRESS] || is_given(a->c, size, 0) || asks_a_call(a->c, p) ||
		    has_op(a->c, size, TERM_FRESH, 0) ||
		    has_op(a->c, e->args.items[ARG_ADDRESS], TERM_FRESH, 0) ||
		    !runs_past(a, p, e->args.items[ARG_ADDRESS], size))
			continue;
		text = term_text(a->c->terms, &a->c->flags, size);
		n = finding_new(a, "past-the-end", &a->hook->fn, e->line, e->name,
				has_op(a->c, size, TERM_CALL, 0) ? SURE_LOOK : SURE_LIKELY,
				"%s() remaps %s bytes, and nothing on the path keeps that inside the vma", e->name, text);
		free(text);
		finding_path(n, &a->hook->fn, p, e);
		finding_then(n, "a mapping of one page gets page table entries behind its end");
	}
}

/* Is the object given to a function that nobody modelled, or put somewhere, after it was taken? */
static bool is_handed_on(const struct contract *c, const struct path *p, const struct effect *taken)
{
	term_t object = taken->result ? taken->result : taken->args.nr ? taken->args.items[0] : 0;
	const struct effect *e;
	const uint32_t *i;
	bool after = false;
	size_t k;

	vec_each(i, &p->effects) {
		e = &c->effects[*i];
		/* Who gets the vma, its close by hand among them, can give back what hangs on it. */
		if (after && (e->kind == EFFECT_DELEGATE || e->kind == EFFECT_ESCAPE))
			return true;
		if (after && (e->kind == EFFECT_CALL || e->kind == EFFECT_STORE || e->kind == EFFECT_PRIVATE_DATA ||
			      e->kind == EFFECT_DROP))
			for (k = 0; k < e->args.nr; k++)
				if (e->args.items[k] && (!object || term_contains(c->terms, e->args.items[k], object) ||
							 term_contains(c->terms, object, e->args.items[k])))
					return true;
		after |= e == taken;
	}
	return false;
}

/* What a call returned when it failed, one way or the other. */
struct failed { term_t result; uint64_t value; };

static int failed_leaf(void *ctx, const struct terms *t, term_t a, const uint64_t *args, size_t nr, uint64_t *value)
{
	const struct failed *f = ctx;
	unsigned width = ctype_width(term_at(t, a)->type);

	(void)args;
	(void)nr;
	if (term_strip(t, f->result) != a)
		return -ENODATA;
	*value = width < 64 ? f->value & ((1ULL << width) - 1) : f->value;
	return 0;
}

/* Is the path one on which the function that takes may have said that it did not: NULL, or an error? */
static bool may_have_failed(const struct contract *c, const struct path *p, const struct effect *taken)
{
	static const uint64_t values[] = { 0, (uint64_t)-ENOMEM };
	struct failed f = { .result = taken->result };
	const struct term_world world = { .leaf = failed_leaf, .ctx = &f };
	const struct guard *g;
	uint64_t value;
	bool fits;
	size_t i;

	if (!taken->result)
		return false;
	for (i = 0; i < sizeof(values) / sizeof(*values); i++) {
		/* An int of 0 is success. */
		if (!values[i] && term_at(c->terms, taken->result)->type.kind != CTYPE_POINTER &&
		    taken->state != STATE_MEMORY)
			continue;
		f.value = values[i];
		fits = true;
		vec_each(g, &p->guards)
			fits &= !g->term || term_eval(c->terms, g->term, &world, &value) || !!value == g->taken;
		if (fits)
			return true;
	}
	return false;
}

/* A counter that nothing in the handler ever takes back counts events. */
static bool is_statistic(const struct contract *c, const struct effect *taken)
{
	size_t i;

	for (i = 0; taken->state == STATE_COUNT && i < c->nr_effects; i++)
		if (c->effects[i].kind == EFFECT_DROP && c->effects[i].state == STATE_COUNT && c->effects[i].detail &&
		    taken->detail && !strcmp(c->effects[i].detail, taken->detail))
			return false;
	return taken->state == STATE_COUNT;
}

static void leak(struct audit *a, const struct path *p)
{
	const struct effect *e;
	struct finding *n;
	size_t at = 0;
	char *text;

	while (path_leaves(a->c, p, &at, &e)) {
		if (e->kind != EFFECT_TAKE || e->in_loop || e->state == STATE_LATCH || is_handed_on(a->c, p, e) ||
		    may_have_failed(a->c, p, e) || is_statistic(a->c, e))
			continue;
		text = effect_describe(a->c, e);
		n = finding_new(a, "leak-on-error", &a->hook->fn, e->line, e->name,
				p->unmodelled ? SURE_LOOK : SURE_LIKELY, "%s() fails and keeps what it took (%s)",
				a->hook->fn.name, text);
		free(text);
		finding_path(n, &a->hook->fn, p, NULL);
	}
}

/* The member (or the variable) that an address ends with. */
static const char *place(const struct contract *c, term_t address)
{
	const struct term *x = term_at(c->terms, address ? term_strip(c->terms, address) : 0);

	return x->op == TERM_FIELD || x->op == TERM_GLOBAL ? x->name : NULL;
}

static bool forgets(const struct hook_function *close, const char *where)
{
	const struct contract *c = close ? close->contract : NULL;
	const char *other;
	size_t i;

	for (i = 0; c && i < c->nr_effects; i++) {
		other = c->effects[i].kind == EFFECT_STORE && c->effects[i].args.nr
			? place(c, c->effects[i].args.items[0]) : NULL;
		if ((other && !strcmp(other, where)) || c->effects[i].kind == EFFECT_CALL ||
		    c->effects[i].kind == EFFECT_ESCAPE || c->effects[i].state == STATE_LIST ||
		    c->effects[i].state == STATE_MEMORY)
			return true;
	}
	return false;
}

static void dangling(struct audit *a, const struct path *p)
{
	const struct hook_function *close;
	const struct effect *e;
	const struct term *x;
	const char *where;
	struct finding *n;
	const uint32_t *i;

	vec_each(i, &p->effects) {
		e = &a->c->effects[*i];
		where = e->kind == EFFECT_STORE_VMA && e->args.nr > 1 ? place(a->c, e->args.items[0]) : NULL;
		x = term_at(a->c->terms, where && e->args.items[1] ? term_strip(a->c->terms, e->args.items[1]) : 0);
		if (x->op != TERM_SYMBOL || strcmp(x->name, "vma"))
			continue;
		close = hook_callback(path_table(a, p), "close");
		if ((close && !close->contract) || forgets(close, where))
			continue;
		n = finding_new(a, "dangling-vma", &a->hook->fn, e->line, where, SURE_LIKELY,
				"%s() keeps the vma in %s, and %s", a->hook->fn.name, e->detail ? e->detail : where,
				close ? "close does not forget it" : "there is no close that forgets it");
		finding_path(n, &a->hook->fn, p, NULL);
		finding_then(n, "munmap() frees the vma");
	}
}

/* Counted once by the handler, given back by close for each part of a split. */
static void split(struct audit *a, const struct path *p)
{
	const struct hook_table *t = path_table(a, p);
	const struct hook_function *close = hook_callback(t, "close");
	const struct path *where = NULL;
	const struct effect *e, *given;
	struct finding *n;
	size_t at = 0;
	char *text;

	given = close && close->contract ? leaves_counted(close->contract, false, &where) : NULL;
	if (!given || given->state == STATE_LIST || hook_callback(t, "open") || hook_callback(t, "may_split"))
		return;
	while (path_leaves(a->c, p, &at, &e)) {
		if (!is_counted(a->c, e) || e->state != given->state || e->kind != EFFECT_TAKE)
			continue;
		text = effect_describe(close->contract, given);
		n = finding_new(a, "unbalanced-close", close, given->line, given->name, SURE_LIKELY,
				"%s() gives back (%s) for each part of a split mapping what %s() took once: %s has no open",
				close->name, text, a->hook->fn.name, t->name);
		free(text);
		finding_path(n, &a->hook->fn, p, NULL);
		finding_then(n, "munmap() of a page in the middle leaves two mappings, and close runs for each");
		finding_path(n, close, where, given);
		return;
	}
}

void audit_legacy(struct audit *a)
{
	const struct path *p;

	vec_each(p, &a->c->paths) {
		past_the_end(a, p);
		if (!path_succeeds(p)) {
			leak(a, p);
			continue;
		}
		dangling(a, p);
		split(a, p);
	}
}
