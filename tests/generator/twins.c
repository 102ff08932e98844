// SPDX-License-Identifier: GPL-2.0-only
/*
 * The proof against what really happens: beside each random handler a twin that is the same but for one number or
 * operator.  Where the proof calls the two equal, they have to do the same in every run: the same calls with the
 * same arguments, the same result, and where the mapping stands the same memory.  Both are in one shared object
 * and have one memory, so that addresses can be compared.
 */
#include "twins.h"

#include <ctype.h>
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "contract/models.h"
#include "prove/prove.h"

static const struct swap { const char *old, *new; } swaps[] = {
	{ " < ", " <= " }, { " > ", " >= " }, { " <= ", " < " }, { " >= ", " > " }, { " == ", " != " }, { " != ", " == " },
	{ " + ", " - " }, { " - ", " + " }, { " & ", " | " }, { " | ", " & " }, { " ^ ", " | " }, { " && ", " || " },
	{ " << ", " >> " }, { " >> ", " << " }, { "vm_start", "vm_end" }, { "vm_end", "vm_start" },
	{ "vm_pgoff", "vm_flags" }, { "d->pfn", "d->limit" }, { "true", "false" }, { "false", "true" },
};

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* Is a number at s, that begins there and is no part of a name? */
static size_t number_at(const char *text, const char *s)
{
	size_t len = 0;

	if (str_starts(s, "1)") || str_starts(s, "2)"))
		return 0;
	if (!isdigit((unsigned char)*s) || (s > text && (is_word(s[-1]) || s[-1] == '.')))
		return 0;
	while (isalnum((unsigned char)s[len]))
		len++;
	/* An index out of bounds is nobody's promise. */
	return s[len] == '.' || s[len] == ']' ? 0 : len;
}

/* "x | 1" and "x + 2" keep a divisor from being 0: what traps is not compared. */
static const struct swap *swap_at(const char *s)
{
	size_t i, len;

	for (i = 0; i < sizeof(swaps) / sizeof(*swaps); i++) {
		len = strlen(swaps[i].old);
		if (str_starts(s, swaps[i].old) && s[len] != '1' && s[len] != '2')
			return &swaps[i];
	}
	return NULL;
}

/* The n-th place that can be changed is; NULL: there are not so many. */
static char *change(const char *text, size_t n, uint64_t *random)
{
	const struct swap *swap;
	const char *s, *suffix;
	char *end;
	size_t len;

	for (s = text; *s; s++) {
		len = number_at(text, s);
		swap = len ? NULL : swap_at(s);
		if ((!len && !swap) || n--)
			continue;
		if (swap)
			return xasprintf("%.*s%s%s", (int)(s - text), text, swap->new, s + strlen(swap->old));
		suffix = s + len;
		while (suffix > s && strchr("uUlL", suffix[-1]))
			suffix--;
		return xasprintf("%.*s%llu%s", (int)(s - text), text,
				 (unsigned long long)(strtoull(s, &end, 0) ^ (random_below(random, 2) ? 1 : 4)), suffix);
	}
	return NULL;
}

static size_t nr_changes(const char *text)
{
	size_t n = 0;
	const char *s;

	for (s = text; *s; s++)
		n += number_at(text, s) || swap_at(s);
	return n;
}

/* The functions of a handler's text under another name: h3_… is g3_…, but for its data, which both have. */
static char *renamed(const char *text, unsigned number)
{
	char *own = xasprintf("h%u_", number);
	size_t len = strlen(own), line;
	struct strbuf b = { 0 };
	const char *s;

	strbuf_adds(&b, "");
	for (s = text; *s;) {
		line = strcspn(s, "\n") + 1;
		if ((s == text || s[-1] == '\n') && (str_starts(s, "DRIVER_") || str_starts(s, "HANDLER_DATA"))) {
			s += line;
			continue;
		}
		if (str_starts(s, own) && (s == text || !is_word(s[-1])) && !str_starts(s + len, "opens") &&
		    !str_starts(s + len, "table")) {
			strbuf_addf(&b, "g%u_", number);
			s += len;
			continue;
		}
		strbuf_add(&b, s++, 1);
	}
	free(own);
	return strbuf_detach(&b);
}

/* The text of a handler in its batch, or NULL. */
static char *text_of(const struct batch *b, unsigned number)
{
	char *first = xasprintf("DRIVER_DATA HANDLER_STATIC u32 h%u_opens", number);
	const char *from = strstr(b->text, first), *to, *last;

	free(first);
	if (!from)
		return NULL;
	to = strstr(from + 1, "DRIVER_DATA HANDLER_STATIC u32 h");
	last = strstr(from, "#ifndef __clang__");
	if (!to || to > last)
		to = last;
	return xstrndup(from, (size_t)(to - from));
}

/* A twin for each handler; changed: its number among what can be changed, by handler. */
static void add_twins(struct batch *b, uint64_t *random)
{
	size_t i, nr = b->handlers.nr, n;
	struct strbuf out = { 0 };
	char *text, *twin, *other;
	struct handler h;
	const char *end;

	for (i = 0; i < nr; i++) {
		h = b->handlers.items[i];
		if (h.hook)
			continue;
		text = text_of(b, h.number);
		twin = renamed(text, h.number);
		n = nr_changes(twin);
		other = n ? change(twin, random_below(random, n), random) : NULL;
		strbuf_addf(&out, "%s\n", other ? other : twin);
		free(text);
		free(twin);
		free(other);
		*vec_push(&b->handlers) = (struct handler){ .number = h.number };
		b->handlers.items[b->handlers.nr - 1].name = xasprintf("g%u_mmap", h.number);
	}
	end = strstr(b->text, "#ifndef __clang__");
	text = xasprintf("%.*s%s%s", (int)(end - b->text), b->text, out.s ? out.s : "", end);
	free(b->text);
	b->text = text;
	strbuf_free(&out);
}

struct run_of { int result; unsigned char *memory; struct trace trace; };

static void run_one(const struct run_interface *run, int (*f)(void *, void *), uint64_t seed, const struct request *r,
		    const struct handler *h, struct run_of *out)
{
	run->setup(seed, r, h->hints.items, h->hints.nr);
	out->result = run->run(f, false);
	out->memory = xcalloc(1, run->memory_size);
	run->copy(out->memory);
	out->trace = *run->trace;
}

/* A look at something; a write, which the memory shows; or page tables of a mapping that fails, which are gone with it. */
static bool is_nothing(const struct event *e, int result)
{
	const struct model *m = model_find(e->name);

	return m && (m->kind == MODEL_PURE || m->kind == MODEL_VALUE || m->kind == MODEL_WRITE ||
		     (result && m->kind == MODEL_ACTION));
}

/* The next call that does something; reads are nobody's business. */
static const struct event *next_event(const struct run_interface *run, const struct run_of *r, unsigned *i)
{
	const struct trace *t = &r->trace;
	struct value unused;

	for (; *i < t->nr; ++*i)
		if (!run->pure(t->events[*i].name, t->events[*i].args, t->events[*i].nr_args, NULL, &unused) &&
		    !is_nothing(&t->events[*i], r->result))
			return &t->events[(*i)++];
	return NULL;
}

static bool same_events(const struct run_interface *run, const struct run_of *a, const struct run_of *b, char **why)
{
	const struct event *x, *y;
	unsigned i = 0, k = 0, n;

	for (;;) {
		x = next_event(run, a, &i);
		y = next_event(run, b, &k);
		if (!x && !y)
			return true;
		if (!x || !y || strcmp(x->name, y->name)) {
			*why = xasprintf("%s() against %s()", x ? x->name : "no", y ? y->name : "no");
			return false;
		}
		for (n = 0; n < x->nr_args; n++)
			if (memcmp(&x->args[n], &y->args[n], sizeof(x->args[n]))) {
				*why = xasprintf("argument %u of %s()", n + 1, x->name);
				return false;
			}
	}
}

/* Memory that kmalloc() hands out aside: the proof does not follow what is written there once it is given away. */
static bool same_memory(const struct run_interface *run, const unsigned char *a, const unsigned char *b)
{
	long at = run->offset((uint64_t)run->fresh, run->fresh_size);
	size_t from = at < 0 ? run->memory_size : (size_t)at, to = at < 0 ? from : from + run->fresh_size;

	return !memcmp(a, b, from) && !memcmp(a + to, b + to, run->memory_size - to);
}

static bool same(const struct run_interface *run, const struct run_of *a, const struct run_of *b, char **why)
{
	if (a->result != b->result) {
		*why = xasprintf("result %d against %d", a->result, b->result);
		return false;
	}
	if (!same_events(run, a, b, why))
		return false;
	/* A mapping that failed is gone, and what was written to it: any result but 0 is a failure. */
	if (!a->result && !same_memory(run, a->memory, b->memory)) {
		*why = xstrdup("memory");
		return false;
	}
	return true;
}

static void compare_runs(const struct trial *t, const struct loaded *l, const struct handler *h, struct twin_totals *totals)
{
	char *name = xasprintf("g%u_mmap", h->number), *why = NULL;
	int (*f)(void *, void *), (*g)(void *, void *);
	struct run_of a, b;
	struct request r;
	uint64_t random, seed;
	unsigned i;

	*(void **)&f = dlsym(l->handle, h->name);
	*(void **)&g = dlsym(l->handle, name);
	free(name);
	for (i = 0; f && g && i < t->runs && !why; i++) {
		random = t->seed * 7919 + (uint64_t)h->number * 104729 + i;
		r = trial_request(&random, h);
		seed = random_next(&random);
		run_one(l->run, f, seed, &r, h, &a);
		run_one(l->run, g, seed, &r, h, &b);
		totals->runs++;
		if (!a.trace.overflow && !b.trace.overflow && !same(l->run, &a, &b, &why))
			printf("# called equal, and not: generator -e -s %llu -n %u: h%u, run %u: %s\n",
			       (unsigned long long)t->seed, t->handlers, h->number, i, why);
		free(a.memory);
		free(b.memory);
	}
	totals->wrong += why != NULL;
	free(why);
}

static void one_pair(const struct trial *t, const struct loaded *l, const struct handler *h, struct twin_totals *totals)
{
	struct prove_side old = { .file = "batch.c", .function = h->name }, new_side = { .file = "batch.c" };
	char *name = xasprintf("g%u_mmap", h->number);
	struct contract a = { 0 }, b = { 0 };
	struct proof p;

	new_side.function = name;
	if (!contract_build(&l->unit, h->name, &a) && !contract_build(&l->unit, name, &b)) {
		old.contract = &a;
		new_side.contract = &b;
		prove(&old, &new_side, l->unit.page_shift, &p);
		totals->verdicts[p.verdict]++;
		if (p.verdict == PROVE_EQUAL || p.verdict == PROVE_EQUAL_BUT)
			compare_runs(t, l, h, totals);
		proof_free(&p);
	}
	contract_free(&a);
	contract_free(&b);
	free(name);
}

int twins_run(const struct trial *t, struct twin_totals *totals)
{
	uint64_t random = t->seed;
	struct loaded l;
	struct batch b;
	size_t i, nr;
	int ret;

	memset(&l, 0, sizeof(l));
	batch_generate(&b, t->seed, 0, t->handlers, NULL, 0);
	nr = b.handlers.nr;
	add_twins(&b, &random);
	if (t->verbose)
		fputs(b.text, stdout);
	ret = batch_load(t->shop, &b, !t->verbose, &l);
	if (ret)
		totals->uncompiled++;
	for (i = 0; i < nr && !ret; i++)
		if (!b.handlers.items[i].hook && (t->only < 0 || (unsigned)t->only == b.handlers.items[i].number))
			one_pair(t, &l, &b.handlers.items[i], totals);
	batch_unload(&l);
	batch_free(&b);
	return 0;
}
