// SPDX-License-Identifier: GPL-2.0-only
#include "compare/entered.h"

#include <stdlib.h>
#include <string.h>

bool indices_add_once(struct indices *l, size_t i)
{
	const size_t *p;

	vec_each(p, l)
		if (*p == i)
			return false;
	*vec_push(l) = i;
	return true;
}

static void say_unclear(struct boot_result *out, const char *name, const size_t *which, size_t nr)
{
	struct strbuf b = { 0 };
	size_t i;

	strbuf_addf(&b, "%s() was called, and %zu handlers have that name: ", name, nr);
	for (i = 0; i < nr; i++) {
		strbuf_addf(&b, "%s%s", i ? ", " : "", out->handlers.items[which[i]].id);
		out->handlers.items[which[i]].unclear = true;
	}
	strbuf_adds(&b, ": none of them counts as reached");
	strlist_add_once(&out->unclear, b.s);
	strbuf_free(&b);
}

void entered_add(struct entered *e, const struct names *n, const struct strlist *called, bool new_kernel,
		 struct boot_result *out)
{
	size_t i, k, nr, *which;

	for (i = 0; i < called->nr; i++) {
		const char *name = called->items[i];
		char *sentence;

		nr = names_find(n, name, new_kernel, &which);
		if (!nr) {
			sentence = xasprintf("%s() was called, and the %s kernel has no handler of that name", name,
					     new_kernel ? "new" : "old");
			strlist_add_once(&out->unclear, sentence);
			free(sentence);
			strlist_add(&e->tokens, name);
		} else {
			strlist_add(&e->tokens, out->handlers.items[which[0]].function);
			if (nr > 1)
				say_unclear(out, name, which, nr);
		}
		for (k = 0; k < nr; k++)
			indices_add_once(nr > 1 ? &e->maybe : &e->sure, which[k]);
		free(which);
	}
	strlist_sort_once(&e->tokens);
}

void entered_free(struct entered *e)
{
	strlist_free(&e->tokens);
	vec_free(&e->sure);
	vec_free(&e->maybe);
}

void entered_join(struct entered *a, const struct entered *b)
{
	const size_t *p;

	vec_each(p, &b->sure)
		indices_add_once(&a->sure, *p);
	vec_each(p, &b->maybe)
		indices_add_once(&a->maybe, *p);
}

void entered_blamed(const struct entered *e, const struct boot_result *out, struct indices *to)
{
	const size_t *p;

	vec_each(p, &e->sure)
		if (out->handlers.items[*p].patched)
			indices_add_once(to, *p);
	vec_each(p, &e->maybe)
		if (out->handlers.items[*p].patched)
			indices_add_once(to, *p);
	if (to->nr)
		return;
	vec_each(p, &e->sure)
		indices_add_once(to, *p);
	vec_each(p, &e->maybe)
		indices_add_once(to, *p);
}
