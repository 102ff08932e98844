// SPDX-License-Identifier: GPL-2.0-only
#include "trial.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct session {
	const struct trial *t;
	const struct batch *b;
	struct loaded *l;
	struct totals *totals;
};

static const char *const verdict_names[VERDICT_NR] = {
	[VERDICT_EXACT] = "exact",
	[VERDICT_OPEN] = "open",
	[VERDICT_UNMODELLED] = "not modelled",
	[VERDICT_MISMATCH] = "mismatch",
};

static uint64_t symbol(void *ctx, const char *name)
{
	const struct session *s = ctx;

	return (uint64_t)dlsym(s->l->handle, name);
}

/* A request that the core can make: page aligned, within the address space, flags that imply others. */
struct request trial_request(uint64_t *random, const struct handler *h)
{
	struct request r = { 0 };
	uint64_t pages = 1 + random_below(random, random_below(random, 4) ? 8 : 4096), v;

	if (h->hints.nr && !random_below(random, 3)) {
		v = h->hints.items[random_below(random, h->hints.nr)] >>
		    (random_below(random, 2) ? 12 : 0);
		pages = v && v < 1 << 24 ? v : pages;
	}
	r.start = (1 + random_below(random, 1ULL << 34)) << 12;
	r.end = r.start + (pages << 12);
	r.pgoff = random_below(random, 3) ? random_below(random, 3) ? 0 : random_below(random, 64)
					  : random_next(random) >> (13 + random_below(random, 40));
	if (h->hints.nr && !random_below(random, 4))
		r.pgoff = h->hints.items[random_below(random, h->hints.nr)] & 0xffffffffffff;
	r.flags = random_next(random) & 0xff; /* read, write, exec, shared and what may become so */
	r.flags |= (r.flags & 0xf) << 4;
	r.flags |= random_below(random, 4) ? 0 : 0x2000;
	r.prot = random_next(random) & 0xfff;
	r.vm_ops = random_below(random, 4) == 0;
	r.private_data = random_below(random, 4) == 0 ? 0x1000 + random_below(random, 16) * 8 : 0;
	r.f_mode = random_next(random) & 0x1f;
	r.f_flags = random_next(random) & 0xffff;
	r.device = (unsigned)random_below(random, 3);
	return r;
}

static void print_mismatch(const struct session *s, const struct handler *h, unsigned run,
			   const struct prediction *p)
{
	printf("# mismatch in %s, run %u: %s\n# again: generator -s %llu -x %u -v\n", h->name, run,
	       p->why, (unsigned long long)s->t->seed, h->number);
}

static void print_trace(const struct trace *t)
{
	unsigned i, k;

	for (i = 0; i < t->nr; i++) {
		printf("#	%s(", t->events[i].name);
		for (k = 0; k < t->events[i].nr_args; k++)
			printf("%s0x%llx", k ? ", " : "",
			       (unsigned long long)value_number(&t->events[i].args[k]));
		printf(") = 0x%llx\n", (unsigned long long)value_number(&t->events[i].result));
	}
}

static void print_term(const struct contract *c, const char *before, term_t a)
{
	char *text = a ? term_text(c->terms, &c->flags, a) : xstrdup("?");

	printf("%s%s", before, text);
	free(text);
}

static void print_contract(const struct contract *c)
{
	const struct effect *e;
	const struct path *p;
	const struct guard *g;
	const uint32_t *i;
	size_t k;

	vec_each (p, &c->paths) {
		printf("# path %zu%s%s\n", (size_t)(p - c->paths.items),
		       p->unmodelled ? ", not modelled: " : "",
		       p->unmodelled ? c->unmodelled.items[p->unmodelled - 1].reason : "");
		vec_each (g, &p->guards) {
			print_term(c, g->taken ? "#	if " : "#	unless ", g->term);
			printf("\n");
		}
		vec_each (i, &p->effects) {
			e = &c->effects[*i];
			printf("#	effect %u (kind %d, memory %llu%s) %s", *i, (int)e->kind,
			       (unsigned long long)e->memory, e->loop ? ", in a loop" : "",
			       e->name);
			for (k = 0; k < e->args.nr; k++)
				print_term(c, k ? ", " : ": ", e->args.items[k]);
			printf("\n");
		}
		print_term(c, "#	returns ", p->result_term);
		for (k = 0; k < CELL_NR; k++)
			print_term(c, k ? ", " : "; cells ", p->cells[k]);
		printf("\n");
	}
}

static void count(struct session *s, const struct handler *h, enum verdict v)
{
	unsigned u;

	s->totals->runs++;
	s->totals->verdicts[v]++;
	/* A construct beside one that is partly known by nature says nothing of itself. */
	for (u = 0; u < USE_NR; u++) {
		if (h->weak && construct_floors[u])
			continue;
		s->totals->construct_runs[u] += h->uses[u];
		s->totals->construct_exact[u] += h->uses[u] && v == VERDICT_EXACT;
		s->totals->construct_mismatch[u] += h->uses[u] && v == VERDICT_MISMATCH;
	}
}

/* What the run did, whether it was predicted or not. */
static void count_run(struct totals *t, const struct trace *trace, int result)
{
	unsigned i, k;

	t->zeros += !result;
	t->errors += result < 0;
	t->others += result > 0;
	for (i = 0; i < trace->nr; i++)
		for (k = 0; k < TOTAL_FUNCTIONS; k++) {
			if (!t->functions[k].name[0])
				snprintf(t->functions[k].name, sizeof(t->functions[k].name), "%s",
					 trace->events[i].name);
			if (strcmp(t->functions[k].name, trace->events[i].name))
				continue;
			t->functions[k].calls++;
			break;
		}
}

/* What went wrong, whatever the numbers and the function. */
static void kind_of(const char *why, char *kind, size_t size)
{
	const char *p = strstr(why, "path ") == why && strchr(why, ':') ? strchr(why, ':') + 1
									: why;
	size_t n = 0;

	for (; *p && n + 1 < size; p++)
		if (*p == '_' || *p == ' ' || *p == '(' || (*p >= 'g' && *p <= 'z'))
			kind[n++] = *p;
	kind[n] = '\0';
}

static void one_run(struct session *s, const struct handler *h, struct world *w,
		    int (*handler)(void *, void *), unsigned nr)
{
	uint64_t random = s->t->seed * 7919 + (uint64_t)h->number * 104729 + nr;
	struct request r = trial_request(&random, h);
	const struct run_interface *run = w->run;
	struct prediction p;
	struct outcome got;

	w->request = &r;
	run->setup(random_next(&random), &r, h->hints.items, h->hints.nr);
	/* The symbol is the table's address. */
	memcpy(&r.vm_ops, (const unsigned char *)run->vma + run->cells[CELL_VM_OPS],
	       sizeof(r.vm_ops));
	got.memory = xcalloc(1, run->memory_size);
	run->copy(got.memory);
	world_begin(w, got.memory);
	got.result = run->run(handler, h->hook);
	run->copy(got.memory);
	if (run->trace->overflow) {
		s->totals->skipped++;
		free(got.memory);
		return;
	}
	predict(w, &got, &p);
	if (p.verdict == VERDICT_MISMATCH) {
		char kind[sizeof(s->totals->kind)];

		kind_of(p.why, kind, sizeof(kind));
		if (s->t->kind && strcmp(s->t->kind, kind))
			p.verdict = VERDICT_OPEN;
		else if (!s->totals->kind[0])
			memcpy(s->totals->kind, kind, sizeof(kind));
	}
	count(s, h, p.verdict);
	count_run(s->totals, run->trace, got.result);
	if (p.verdict == VERDICT_MISMATCH && !s->t->quiet)
		print_mismatch(s, h, nr, &p);
	if (s->t->verbose) {
		printf("# run %u: %s%s%s, path %zu of %zu, %u fit, result %d\n", nr,
		       verdict_names[p.verdict], p.open ? ": " : "", p.open ? p.open : "", p.path,
		       w->c->paths.nr, p.fitting, got.result);
		print_trace(run->trace);
	}
	if (p.verdict == VERDICT_EXACT && s->t->mutate)
		mutate(w, &got, p.path, &random, s->t->verbose, s->totals);
	prediction_free(&p);
	free(got.memory);
}

/* A case has to be predicted exactly in every run. */
static void judge_case(const struct handler *h, const struct totals *before,
		       const struct totals *after)
{
	unsigned exact = after->verdicts[VERDICT_EXACT] - before->verdicts[VERDICT_EXACT];
	unsigned runs = after->runs - before->runs;

	printf("%s - case %s: %u of %u runs exact\n", exact == runs ? "ok" : "not ok", h->name,
	       exact, runs);
}

static int one_handler(struct session *s, const struct handler *h)
{
	struct contract c = { 0 };
	struct run_interface hook = *s->l->run;
	struct world w = { .c = &c,
			   .run = h->hook ? &hook : s->l->run,
			   .symbol = symbol,
			   .ctx = s,
			   .verbose = s->t->verbose };
	int (*handler)(void *, void *);
	struct totals before;
	unsigned i;
	int ret;

	hook.vma = hook.desc;
	memcpy(hook.cells, hook.desc_cells, sizeof(hook.cells));
	*(void **)&handler = dlsym(s->l->handle, h->name);
	ret = contract_build(&s->l->unit, h->name, &c);
	if (ret || !handler) {
		printf("# %s: no contract: %s\n", h->name, strerror(-ret));
		s->totals->failed++;
	} else {
		if (s->t->verbose)
			print_contract(&c);
		s->totals->handlers++;
		s->totals->complete += !c.unmodelled.nr;
		s->totals->paths += (unsigned)c.paths.nr;
		before = *s->totals;
		for (i = 0; i < s->t->runs; i++)
			one_run(s, h, &w, handler, i);
		if (s->t->cases)
			judge_case(h, &before, s->totals);
	}
	world_free(&w);
	contract_free(&c);
	return ret;
}

int trial_run(const struct trial *t, struct totals *totals)
{
	struct batch b;
	struct loaded l;
	struct session s = { .t = t, .b = &b, .l = &l, .totals = totals };
	int ret = 0;
	size_t i;

	memset(&l, 0, sizeof(l));
	if (t->cases)
		ret = batch_read(&b, t->cases);
	else
		batch_generate(&b, t->seed, t->only < 0 ? 0 : (unsigned)t->only,
			       t->only < 0 ? t->handlers : 1, t->skip, t->nr_skip);
	if (!ret)
		ret = batch_load(t->shop, &b, t->quiet, &l);
	for (i = 0; i < b.handlers.nr && !ret; i++)
		ret = one_handler(&s, &b.handlers.items[i]);
	batch_unload(&l);
	batch_free(&b);
	return ret;
}
