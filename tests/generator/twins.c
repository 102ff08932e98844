// SPDX-License-Identifier: GPL-2.0-only
/*
 * The proof against what really happens: beside each random handler a twin that is the same but for one number or
 * operator.  Where the proof calls the two equal, they have to do the same in every run: the same calls with the
 * same arguments, the same result, and where the mapping stands the same memory.  Both are in one shared object
 * and have one memory, so that addresses can be compared.
 */
#include "twins.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pair_run.h"
#include "prove/prove.h"
#include "twin_text.h"

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
		twin = twin_renamed(text, h.number);
		n = twin_nr_changes(twin);
		other = n ? twin_change(twin, random_below(random, n), random) : NULL;
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

static void one_pair(const struct trial *t, const struct loaded *l, struct handler *h, struct pair_totals *totals)
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
		pair_judge(&(struct pair){ .t = t, .l = l, .h = h, .other = name, .again = "-e", .p = &p }, totals);
		proof_free(&p);
	}
	contract_free(&a);
	contract_free(&b);
	free(name);
}

int twins_run(const struct trial *t, struct pair_totals *totals)
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
