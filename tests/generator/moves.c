// SPDX-License-Identifier: GPL-2.0-only
/* A random handler and a hook that was written from it: proved as `prove` does it, with what the core calls. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "twins.h"

/* Contracts of one pair, which live as long as its sides. */
enum { CONTRACTS = 8 };
struct sides {
	struct prove_side old, new_side;
	struct contract contracts[CONTRACTS];
	size_t nr;
};

static const struct contract *build(const struct unit *u, const char *name, struct sides *s)
{
	if (s->nr == CONTRACTS || contract_build(u, name, &s->contracts[s->nr]))
		return NULL;
	return &s->contracts[s->nr++];
}

static bool fill(const struct unit *u, const char *name, struct prove_function *f, struct sides *s)
{
	const struct function *fn = unit_function(u, name);
	size_t i;

	f->contract = build(u, name, s);
	for (i = 0; f->contract && i < fn->nr_params; i++)
		strlist_add(&f->params, fn->params[i].name);
	return f->contract;
}

/* The batch's own table, and those of kernel.h's that have nothing in them. */
static void add_table(const struct unit *u, const struct vm_ops_table *v, struct sides *s)
{
	struct prove_table *t = vec_push(&s->new_side.tables);
	const char *mapped = vm_ops_callback(v, "mapped"), *close = vm_ops_callback(v, "close");

	t->name = xstrdup(v->name);
	t->seen = v->is_whole && v->is_const;
	if (mapped)
		t->seen &= fill(u, mapped, &t->mapped, s);
	if (close)
		t->seen &= fill(u, close, &t->close, s);
}

static void add_error_hooks(const struct unit *u, struct sides *s)
{
	struct strlist names = { 0 };
	struct prove_error_hook *h;
	size_t i;

	prove_error_hooks(s->new_side.contract, &names);
	for (i = 0; i < names.nr; i++) {
		h = vec_push(&s->new_side.error_hooks);
		h->name = xstrdup(names.items[i]);
		fill(u, h->name, &h->function, s);
	}
	strlist_free(&names);
}

static void sides_free(struct sides *s)
{
	struct prove_error_hook *h;
	struct prove_table *t;

	vec_each (t, &s->new_side.tables) {
		free(t->name);
		strlist_free(&t->mapped.params);
		strlist_free(&t->close.params);
	}
	vec_each (h, &s->new_side.error_hooks) {
		free(h->name);
		strlist_free(&h->function.params);
	}
	vec_free(&s->new_side.tables);
	vec_free(&s->new_side.error_hooks);
	while (s->nr)
		contract_free(&s->contracts[--s->nr]);
}

static void one_pair(const struct trial *t, const struct loaded *l, struct handler *h, struct pair_totals *totals)
{
	char *name = xasprintf("g%u_mmap_prepare", h->number), *ops = xasprintf("h%u_ops", h->number);
	struct sides s = { .old = { .file = "batch.c", .function = h->name },
			   .new_side = { .file = "batch.c", .function = name, .is_hook = true } };
	const struct vm_ops_table *v;
	struct proof p;

	s.old.contract = build(&l->unit, h->name, &s);
	s.new_side.contract = build(&l->unit, name, &s);
	vec_each (v, &l->unit.vm_ops)
		if (!strcmp(v->name, ops))
			add_table(&l->unit, v, &s);
	if (s.old.contract && s.new_side.contract) {
		add_error_hooks(&l->unit, &s);
		prove(&s.old, &s.new_side, l->unit.page_shift, &p);
		if (t->verbose)
			printf("# h%u: %s%s%s\n", h->number, prove_verdict_name(p.verdict), p.reason ? ": " : "",
			       p.reason ? p.reason : "");
		pair_judge(&(struct pair){ .t = t, .l = l, .h = h, .other = name, .hook = true, .again = "-E", .p = &p }, totals);
		proof_free(&p);
	}
	sides_free(&s);
	free(name);
	free(ops);
}

int moves_run(const struct trial *t, struct pair_totals *totals)
{
	struct handler *h;
	struct loaded l;
	struct batch b;
	int ret;

	memset(&l, 0, sizeof(l));
	batch_generate_moves(&b, t->seed, t->handlers);
	if (t->verbose && t->only >= 0)
		fputs(b.text, stdout);
	ret = batch_load(t->shop, &b, !t->verbose, &l);
	totals->uncompiled += ret != 0;
	vec_each (h, &b.handlers)
		if (!ret && (t->only < 0 || (unsigned)t->only == h->number))
			one_pair(t, &l, h, totals);
	batch_unload(&l);
	batch_free(&b);
	return 0;
}
