// SPDX-License-Identifier: GPL-2.0-only
/* A model of Z3's as a request that a person can try, once both contracts were run with it. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "prove/compare.h"

enum { MAX_SHOWN = 12 };

/* What a leaf was when it was asked for with these arguments: equal ones are equal. */
struct answer { const struct term *x; size_t first, nr; uint64_t value; };

struct replay {
	struct solver *s;
	VEC(struct answer) answers;
	VEC(uint64_t) args;
};

static uint64_t hash(const struct term *x, const uint64_t *args, size_t nr)
{
	uint64_t h = 14695981039346656037u ^ x->op ^ x->value << 8;
	const char *c;
	size_t i;

	for (c = x->name ? x->name : ""; *c; c++)
		h = (h ^ (unsigned char)*c) * 1099511628211u;
	for (i = 0; i < nr; i++)
		h = (h ^ args[i]) * 1099511628211u;
	return h;
}

static int leaf(void *ctx, const struct terms *t, term_t a, const uint64_t *args, size_t nr, uint64_t *value)
{
	const struct term *x = term_at(t, a);
	struct replay *r = ctx;
	struct answer *k;
	size_t i;

	if (x->op == TERM_LOAD || x->op == TERM_CALL || x->op == TERM_MEMBER)
		vec_each(k, &r->answers)
			if (k->x->op == x->op && k->x->name == x->name && k->x->value == x->value &&
			    ctype_equal(k->x->type, x->type) && k->nr == nr &&
			    (!nr || !memcmp(r->args.items + k->first, args, nr * sizeof(*args)))) {
				*value = k->value;
				return 0;
			}
	if (smt_value(r->s->smt, a, value))
		*value = hash(x, args, nr);
	k = vec_push(&r->answers);
	*k = (struct answer){ x, r->args.nr, nr, *value };
	for (i = 0; i < nr; i++)
		*vec_push(&r->args) = args[i];
	return 0;
}

static bool takes(const struct terms *t, const struct term_world *w, const struct trace *x)
{
	const term_t *a;
	uint64_t v;

	vec_each(a, &x->conditions)
		if (term_eval(t, *a, w, &v) || !v)
			return false;
	return true;
}

/* Is it the only one of its side that the request takes? */
static bool takes_only(const struct terms *t, const struct term_world *w, const struct traces *all,
		       const struct trace *wanted)
{
	const struct trace *x;

	vec_each(x, all)
		if (takes(t, w, x) != (x == wanted))
			return false;
	return true;
}

static bool holds_now(struct pair *p, const struct term_world *w)
{
	const term_t *a;
	uint64_t v;

	vec_each(a, &p->conditions)
		if (term_eval(p->c->s.t, *a, w, &v) || !v)
			return false;
	return true;
}

static void show(struct compare *c, struct strbuf *b, term_t a, uint64_t v)
{
	const struct flag_names *flags = &c->flags;
	struct term x = *term_at(c->s.t, a);
	const struct flag_name *f;
	uint64_t rest = v;
	bool any = false;
	char *text;

	if (x.op == TERM_SYMBOL && !strcmp(x.name, "flags")) {
		strbuf_addf(b, "%sflags=", b->len ? ", " : "");
		vec_each(f, flags)
			if (f->value && (v & f->value) == f->value && rest & f->value) {
				strbuf_addf(b, "%s%s", any ? "|" : "", f->name);
				rest &= ~f->value;
				any = true;
			}
		if (rest || !any)
			strbuf_addf(b, "%s0x%llx", any ? "|" : "", (unsigned long long)rest);
		return;
	}
	text = term_text(c->s.t, flags, a);
	if (v < 10)
		strbuf_addf(b, "%s%s=%llu", b->len ? ", " : "", text, (unsigned long long)v);
	else
		strbuf_addf(b, "%s%s=0x%llx", b->len ? ", " : "", text, (unsigned long long)v);
	free(text);
}

/* The leaves of the conditions with a number, the request's own first. */
static char *request(struct pair *p)
{
	struct terms *t = p->c->s.t;
	struct ctype word = { .kind = CTYPE_INT, .bits = t->pointer_bits };
	term_t own[] = { term_op(t, TERM_SUB, term_symbol(t, "end", word), term_symbol(t, "start", word), word),
			 term_symbol(t, "pgoff", word), term_symbol(t, "flags", word) };
	uint8_t *used = xcalloc(t->nr + 1, 1);
	struct strbuf b = { 0 };
	unsigned shown = 0;
	const term_t *a;
	uint64_t v;
	size_t i;

	for (i = 0; i < 3; i++)
		if (!smt_value(p->c->s.smt, own[i], &v))
			show(p->c, &b, own[i], v);
	/* The first ones hold for every request. */
	for (a = p->conditions.items + p->c->facts.nr; a < p->conditions.items + p->conditions.nr; a++)
		used[*a] = 1;
	for (i = t->nr; i-- > 1;) {
		const struct term *x = term_at(t, (term_t)i);

		if (!used[i] || x->op == TERM_LOAD || x->op == TERM_CALL || x->op == TERM_MEMBER)
			continue;
		used[x->a] = used[x->b] = used[x->c] = 1;
	}
	for (i = 1; i < t->nr && shown < MAX_SHOWN; i++) {
		const struct term *x = term_at(t, (term_t)i);

		if (!used[i] || i == own[1] || i == own[2])
			continue;
		if (x->op == TERM_SYMBOL && (!strcmp(x->name, "start") || !strcmp(x->name, "end")))
			continue;
		if ((x->op == TERM_LOAD || x->op == TERM_CALL || x->op == TERM_MEMBER || x->op == TERM_SYMBOL) &&
		    !smt_value(p->c->s.smt, (term_t)i, &v)) {
			show(p->c, &b, (term_t)i, v);
			shown++;
		}
	}
	free(used);
	return strbuf_detach(&b);
}

/* A request that a person would try, if there is one. */
static void prefer_small(struct pair *p)
{
	struct terms *t = p->c->s.t;
	struct ctype word = { .kind = CTYPE_INT, .bits = t->pointer_bits };
	term_t size = term_op(t, TERM_SUB, term_symbol(t, "end", word), term_symbol(t, "start", word), word);
	term_t most = term_const(t, (uint64_t)16 << t->page_shift, word);
	size_t nr = p->conditions.nr;

	*vec_push(&p->conditions) = term_op(t, TERM_ULE, size, most, ctype_bool);
	*vec_push(&p->conditions) = term_op(t, TERM_ULE, term_symbol(t, "pgoff", word), term_const(t, 16, word), ctype_bool);
	*vec_push(&p->conditions) = term_op(t, TERM_ULE, term_symbol(t, "start", word),
					    term_const(t, (uint64_t)1 << (t->pointer_bits - 8), word), ctype_bool);
	if (solver_ask(&p->c->s, &p->conditions) != SMT_YES) {
		p->conditions.nr = nr;
		solver_ask(&p->c->s, &p->conditions);
	}
	p->conditions.nr = nr;
}

bool witness(struct pair *p, const char *old_does, const char *new_does)
{
	struct replay r = { .s = &p->c->s };
	struct term_world w = { leaf, &r };
	struct proof *out = p->c->out;
	bool shown;

	prefer_small(p);
	shown = holds_now(p, &w) && takes_only(p->c->s.t, &w, p->c->old_traces, p->a) &&
		takes_only(p->c->s.t, &w, p->c->new_traces, p->b);
	vec_free(&r.answers);
	vec_free(&r.args);
	if (!shown)
		return false;
	p->c->done = true;
	out->verdict = PROVE_DIFFERS;
	free(out->reason);
	out->reason = NULL;
	out->request = request(p);
	out->old_does = xstrdup(old_does);
	out->new_does = xstrdup(new_does);
	return true;
}
