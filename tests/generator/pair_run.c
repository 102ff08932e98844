// SPDX-License-Identifier: GPL-2.0-only
/*
 * Where the proof calls two functions equal, they have to do the same in every run: the same calls with the same
 * arguments, the same result, the same memory of the driver, and where the mapping stands the same mapping and the same
 * page tables.  Both are in one shared object and have one memory, so that addresses can be compared.
 */
#include "pair_run.h"

#include <ctype.h>
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "contract/models.h"

/* So many more runs to see a difference that is there. */
enum { SEARCH = 20 };

typedef int (*handler_fn)(void *, void *);

struct run_of { int result; unsigned char *memory, *populated; struct trace trace; };

struct both { struct run_of a, b; };

static bool has(const struct pair *k, const char *difference)
{
	const struct difference *d;

	vec_each (d, &k->p->differences)
		if (k->p->verdict == PROVE_EQUAL_BUT && !strcmp(d->kind->name, difference))
			return true;
	return false;
}

static void run_one(const struct pair *k, handler_fn f, bool hook, enum core_way way, uint64_t seed, const struct request *r,
		    struct run_of *out)
{
	const struct run_interface *run = k->l->run;

	run->setup(seed, r, k->h->hints.items, k->h->hints.nr);
	out->result = run->run(f, hook);
	if (hook)
		out->result = run->complete(out->result, way);
	out->memory = xcalloc(1, run->memory_size);
	run->copy(out->memory);
	out->populated = xcalloc(1, run->populated_size);
	memcpy(out->populated, run->populated, run->populated_size);
	out->trace = *run->trace;
}

static void run_free(struct run_of *r)
{
	free(r->memory);
	free(r->populated);
}

/* A look at something; a write, which the memory shows; or what populates, which the page tables show. */
static bool is_nothing(const struct event *e)
{
	const struct model *m = model_find(e->name);

	return m && (m->kind == MODEL_PURE || m->kind == MODEL_READ || m->kind == MODEL_VALUE || m->kind == MODEL_WRITE ||
		     m->kind == MODEL_ACTION);
}

/* The next call that does something; reads are nobody's business. */
static const struct event *next_event(const struct run_interface *run, const struct run_of *r, unsigned *i)
{
	const struct trace *t = &r->trace;
	struct value unused;

	for (; *i < t->nr; ++*i)
		if (!run->pure(t->events[*i].name, t->events[*i].args, t->events[*i].nr_args, NULL, &unused) &&
		    !is_nothing(&t->events[*i]))
			return &t->events[*i];
	return NULL;
}

/* The address of a variable of the function: two functions have them in other places. */
static bool is_on_stack(const struct value *v)
{
	uint64_t here = (uint64_t)&here, at = value_number(v);

	return v->size == sizeof(at) && at - (here - (1 << 20)) < 2 << 20;
}

static bool is_same_event(const struct event *x, const struct event *y)
{
	unsigned i;

	if (!x || !y || strcmp(x->name, y->name))
		return false;
	for (i = 0; i < x->nr_args; i++)
		if (memcmp(&x->args[i], &y->args[i], sizeof(x->args[i])) && !(is_on_stack(&x->args[i]) && is_on_stack(&y->args[i])))
			return false;
	return true;
}

static bool leaves_something(const struct event *e)
{
	const struct model *m = model_find(e->name);

	return m && m->kind == MODEL_TAKE && m->state != STATE_LOCK;
}

static char *other_event(const struct pair *k, const struct both *two)
{
	const struct event *x, *y;
	unsigned i = 0, j = 0;

	for (;; i++, j++) {
		x = next_event(k->l->run, &two->a, &i);
		y = next_event(k->l->run, &two->b, &j);
		while (x && !is_same_event(x, y) && two->a.result && has(k, "no-trace-after-failure") && leaves_something(x)) {
			i++;
			x = next_event(k->l->run, &two->a, &i);
		}
		if (!x && !y)
			return NULL;
		if (!is_same_event(x, y))
			return xasprintf("%s() against %s()", x ? x->name : "no", y ? y->name : "no");
	}
}

/* The memory but for these bytes. */
static void leave_out(const struct run_interface *run, unsigned char *memory, const void *object, size_t size)
{
	long at = run->offset((uint64_t)object, size);

	if (at >= 0)
		memset(memory + at, 0, size);
}

/* What nobody looks at: the proof does not follow what is written to memory that kmalloc() gave and that was given away. */
static void leave_out_unseen(const struct pair *k, struct run_of *r)
{
	const struct run_interface *run = k->l->run;

	leave_out(run, r->memory, run->fresh, run->fresh_size);
	if (r->result)
		leave_out(run, r->memory, run->vma, run->vma_size);
	else if (has(k, "prot-in-vma"))
		leave_out(run, r->memory, (const char *)run->vma + run->cells[CELL_PROT], 8);
}

static char *other(const struct pair *k, struct both *two)
{
	const struct run_interface *run = k->l->run;
	char *why;

	if (two->a.result != two->b.result)
		return xasprintf("result %d against %d", two->a.result, two->b.result);
	why = other_event(k, two);
	if (why)
		return why;
	if (!two->a.result && memcmp(two->a.populated, two->b.populated, run->populated_size))
		return xstrdup("page tables");
	leave_out_unseen(k, &two->a);
	leave_out_unseen(k, &two->b);
	if (two->a.result && has(k, "no-trace-after-failure"))
		return NULL;
	return memcmp(two->a.memory, two->b.memory, run->memory_size) ? xstrdup("memory") : NULL;
}

/* A hook that passes leaves nothing behind where there is no memory for the mapping. */
static char *left_behind(const struct pair *k, handler_fn f, uint64_t seed, const struct request *r)
{
	const struct run_interface *run = k->l->run;
	unsigned char *before = xcalloc(2, run->memory_size), *after = before + run->memory_size;
	bool same = true;
	int ret;

	run->setup(seed, r, k->h->hints.items, k->h->hints.nr);
	run->be_still();
	run->copy(before);
	ret = run->run(f, true);
	run->complete(ret, CORE_NO_MEMORY);
	if (!ret && !has(k, "latch-in-hook") && !run->trace->overflow) {
		run->copy(after);
		leave_out(run, before, run->fresh, run->fresh_size);
		leave_out(run, after, run->fresh, run->fresh_size);
		same = !memcmp(before, after, run->memory_size);
	}
	free(before);
	return same ? NULL : xstrdup("the hook leaves something behind");
}

/* The numbers of a witness, which the memory of a run is often made of. */
static void add_hints(struct handler *h, const char *request)
{
	const char *s;

	for (s = request; (s = strchr(s, '=')); s++)
		if (isdigit((unsigned char)s[1]))
			*vec_push(&h->hints) = strtoull(s + 1, NULL, 0);
}

static bool number_of(const char *request, const char *name, uint64_t *number)
{
	const char *s = strstr(request, name);

	if (!s || (s > request && s[-1] != ' ') || !isdigit((unsigned char)s[strlen(name)]))
		return false;
	*number = strtoull(s + strlen(name), NULL, 0);
	return true;
}

/* "flags=VM_READ|0x200": of kernel_language.h. */
static bool flags_of(const char *request, uint64_t *flags)
{
	static const struct { const char *name; uint64_t value; } names[] = {
		{ "VM_READ", 0x1 }, { "VM_WRITE", 0x2 }, { "VM_EXEC", 0x4 }, { "VM_SHARED", 0x8 }, { "VM_MAYREAD", 0x10 },
		{ "VM_MAYWRITE", 0x20 }, { "VM_MAYEXEC", 0x40 }, { "VM_MAYSHARE", 0x80 }, { "VM_PFNMAP", 0x400 },
		{ "VM_LOCKED", 0x2000 }, { "VM_IO", 0x4000 }, { "VM_DONTCOPY", 0x20000 }, { "VM_DONTEXPAND", 0x40000 },
		{ "VM_WIPEONFORK", 0x2000000 }, { "VM_DONTDUMP", 0x4000000 }, { "VM_MIXEDMAP", 0x10000000 },
		{ "VM_HUGEPAGE", 0x20000000 },
	};
	const char *s = strstr(request, " flags=");
	size_t i, len;

	if (!s)
		return false;
	for (*flags = 0, s += strlen(" flags="); *s && *s != ','; s += len + (s[len] == '|')) {
		len = strcspn(s, "|,");
		*flags |= strtoull(s, NULL, 0);
		for (i = 0; i < sizeof(names) / sizeof(*names); i++)
			if (strlen(names[i].name) == len && !strncmp(s, names[i].name, len))
				*flags |= names[i].value;
	}
	return true;
}

/* "size=0x2000, pgoff=1, flags=VM_SHARED|0x4, …": what of it is the request's own, where such a request can be. */
static void from_witness(const char *text, struct request *r)
{
	uint64_t n;

	if (number_of(text, "size=", &n) && n && !(n & 0xfff) && n < UINT64_C(1) << 40)
		r->end = r->start + n;
	if (number_of(text, "pgoff=", &n))
		r->pgoff = n;
	if (flags_of(text, &n))
		r->flags = n;
	if (number_of(text, "prot.pgprot=", &n))
		r->prot = n;
	if (number_of(text, "vm_ops=", &n))
		r->vm_ops = n != 0;
	if (number_of(text, "private_data=", &n))
		r->private_data = n;
	if (number_of(text, "file->f_flags=", &n))
		r->f_flags = n;
	if (number_of(text, "file->f_mode=", &n))
		r->f_mode = n;
}

/* Where the mapping merges with a neighbour, which takes its place, all that was done has to be done as well. */
static char *merged(const struct pair *k, handler_fn g, uint64_t seed, const struct request *r, struct both *two)
{
	char *why = NULL;

	run_free(&two->b);
	run_one(k, g, true, CORE_MERGES, seed, r, &two->b);
	if (two->a.result != two->b.result)
		why = xasprintf("result %d against %d, merged", two->a.result, two->b.result);
	if (!why)
		why = other_event(k, two);
	if (why || two->a.result)
		return why;
	/* The mapping is the neighbour's. */
	leave_out_unseen(k, &two->b);
	leave_out(k->l->run, two->a.memory, k->l->run->vma, k->l->run->vma_size);
	leave_out(k->l->run, two->b.memory, k->l->run->vma, k->l->run->vma_size);
	return memcmp(two->a.memory, two->b.memory, k->l->run->memory_size) ? xstrdup("memory, merged") : NULL;
}

static char *one_run(const struct pair *k, handler_fn f, handler_fn g, unsigned nr)
{
	uint64_t random = k->t->seed * 7919 + (uint64_t)k->h->number * 104729 + nr, seed;
	struct request r = trial_request(&random, k->h);
	struct both two;
	char *why = NULL;

	if (k->p->request && nr % 4)
		from_witness(k->p->request, &r);
	seed = random_next(&random);
	run_one(k, f, false, CORE_NEW, seed, &r, &two.a);
	run_one(k, g, k->hook, CORE_NEW, seed, &r, &two.b);
	if (!two.a.trace.overflow && !two.b.trace.overflow) {
		why = other(k, &two);
		if (!why && k->hook)
			why = merged(k, g, seed, &r, &two);
	}
	run_free(&two.a);
	run_free(&two.b);
	return why || !k->hook ? why : left_behind(k, g, seed, &r);
}

void pair_judge(const struct pair *k, struct pair_totals *totals)
{
	bool equal = k->p->verdict == PROVE_EQUAL || k->p->verdict == PROVE_EQUAL_BUT;
	unsigned i, runs = equal ? k->t->runs : k->t->runs * SEARCH;
	handler_fn f, g;
	char *why = NULL;

	totals->verdicts[k->p->verdict]++;
	*(void **)&f = dlsym(k->l->handle, k->h->name);
	*(void **)&g = dlsym(k->l->handle, k->other);
	if (k->p->verdict == PROVE_UNKNOWN || !f || !g)
		return;
	if (k->p->request)
		add_hints(k->h, k->p->request);
	for (i = 0; i < runs && !why; i++)
		why = one_run(k, f, g, i);
	totals->runs += i;
	if (equal && why)
		printf("# called %s, and not: generator %s -s %llu -n %u -x %u: run %u: %s\n", prove_verdict_name(k->p->verdict),
		       k->again, (unsigned long long)k->t->seed, k->t->handlers, k->h->number, i - 1, why);
	else if (!equal && !why && k->t->verbose)
		printf("# called different, not seen in %u runs: generator %s -s %llu -n %u -x %u: %s: %s, %s\n", runs, k->again,
		       (unsigned long long)k->t->seed, k->t->handlers, k->h->number, k->p->request, k->p->old_does,
		       k->p->new_does);
	totals->wrong += equal && why;
	totals->shown += !equal && why;
	free(why);
}
