// SPDX-License-Identifier: GPL-2.0-only
#include "series/driver.h"

#include <stdlib.h>
#include <string.h>

#include "series/patch_text.h"

static bool is(const char *s, const char *word)
{
	return s && !strcmp(s, word);
}

static bool share(const struct strlist *a, const struct strlist *b)
{
	size_t i;

	for (i = 0; i < a->nr; i++)
		if (strlist_has(b, a->items[i]))
			return true;
	return false;
}

static void leave_out(struct driver *d, char *why)
{
	if (d->left_out)
		free(why);
	else
		d->left_out = why;
}

/* What the probe saw in the two kernels goes before what was read in the source. */
static void check_boot(struct driver *d, const struct handler *h)
{
	size_t nr = h->boot.differences.nr;

	if (!is(h->boot.verdict, "differs") || !nr)
		return;
	if (nr > 1)
		leave_out(d, xasprintf("%s: booted with it, the kernel does not do what it did: %s(): %s; and %zu more; mend the "
				       "patch and run `mmapconv boot` again", h->conversion.patch, h->function,
				       h->boot.differences.items[0].text, nr - 1));
	else
		leave_out(d, xasprintf("%s: booted with it, the kernel does not do what it did: %s(): %s; mend the patch and run "
				       "`mmapconv boot` again", h->conversion.patch, h->function,
				       h->boot.differences.items[0].text));
}

static struct driver *new_driver(struct drivers *all, const char *patch, bool generated,
				 const char *out)
{
	struct driver *d = vec_push(all);
	char *error = NULL;

	d->generated = generated;
	strlist_add(&d->patches, patch);
	d->texts = xcalloc(1, sizeof(*d->texts));
	if (patch_read(out, patch, d->texts, &d->files, &error))
		leave_out(d, error);
	return d;
}

/* Everything of b into a; b is empty then. */
static void merge(struct driver *a, struct driver *b)
{
	struct handler **h;
	size_t i;

	a->texts = xrealloc(a->texts, a->patches.nr + b->patches.nr, sizeof(*a->texts));
	for (i = 0; i < b->patches.nr; i++) {
		a->texts[a->patches.nr] = b->texts[i];
		strlist_add(&a->patches, b->patches.items[i]);
	}
	vec_each(h, &b->handlers)
		*vec_push(&a->handlers) = *h;
	for (i = 0; i < b->files.nr; i++)
		strlist_add_once(&a->files, b->files.items[i]);
	strlist_sort(&a->files);
	for (i = 0; i < b->prerequisites.nr; i++)
		strlist_add_once(&a->prerequisites, b->prerequisites.items[i]);
	if (b->left_out)
		leave_out(a, xstrdup(b->left_out));
	free(b->texts);
	free(b->left_out);
	strlist_free(&b->patches);
	strlist_free(&b->files);
	strlist_free(&b->prerequisites);
	vec_free(&b->handlers);
}

static bool same_module(const struct driver *a, const struct driver *b)
{
	struct handler **h, **i;

	vec_each(h, &a->handlers)
		vec_each(i, &b->handlers)
			if ((*h)->conversion.module &&
			    is((*i)->conversion.module, (*h)->conversion.module))
				return true;
	return false;
}

/* Patches in the order in which convert wrote them: by number, which their names begin with. */
static void sort_patches(struct driver *d)
{
	struct strbuf text;
	size_t i, k;
	char *name;

	for (i = 1; i < d->patches.nr; i++)
		for (k = i; k && strcmp(d->patches.items[k - 1], d->patches.items[k]) > 0; k--) {
			name = d->patches.items[k];
			d->patches.items[k] = d->patches.items[k - 1];
			d->patches.items[k - 1] = name;
			text = d->texts[k];
			d->texts[k] = d->texts[k - 1];
			d->texts[k - 1] = text;
		}
}

/* Until nothing joins any more: what shares a file or a module with a third joins through it. */
static void join(struct drivers *all)
{
	size_t i, j, k;
	bool again = true;

	while (again) {
		again = false;
		for (i = 0; i < all->nr; i++)
			for (j = i + 1; j < all->nr; j++) {
				struct driver *a = &all->items[i], *b = &all->items[j];

				if (!a->generated || !b->generated ||
				    (!share(&a->files, &b->files) && !same_module(a, b)))
					continue;
				merge(a, b);
				for (k = j; k + 1 < all->nr; k++)
					all->items[k] = all->items[k + 1];
				all->nr--;
				j--;
				again = true;
			}
	}
}

static struct driver *driver_of(const struct drivers *all, const char *patch)
{
	struct driver *d;

	vec_each(d, all)
		if (strlist_has(&d->patches, patch))
			return d;
	return NULL;
}

static const char *patch_of(const struct inventory *inv, const char *name)
{
	const struct hand_patch *p;

	vec_each(p, &inv->hand)
		if (!strcmp(p->name, name))
			return p->patch;
	return NULL;
}

/* What is known of hand-finished patches; those that convert nothing are drivers of their own. */
static void add_hand(struct drivers *all, struct inventory *inv, const char *out)
{
	struct hand_patch *p;
	const char *before;
	struct driver *d;
	size_t i;

	vec_each(p, &inv->hand) {
		if (!p->patch)
			continue;
		d = driver_of(all, p->patch);
		if (!d)
			d = new_driver(all, p->patch, false, out);
		d->hand = p;
		for (i = 0; i < p->prerequisites.nr; i++) {
			before = patch_of(inv, p->prerequisites.items[i]);
			if (before)
				strlist_add_once(&d->prerequisites, before);
		}
	}
}

/* Patches that only others name: a helper or a core change, with no handler of its own. */
static void add_prerequisites(struct drivers *all, const char *out)
{
	size_t i, k;

	for (i = 0; i < all->nr; i++)
		for (k = 0; k < all->items[i].prerequisites.nr; k++) {
			const char *patch = all->items[i].prerequisites.items[k];

			if (!driver_of(all, patch))
				new_driver(all, patch, false, out);
		}
}

static void order(struct drivers *all)
{
	size_t i, j, k;

	for (i = 0; i < all->nr; i++) {
		struct driver *d = &all->items[i];

		for (k = 0; k < d->prerequisites.nr; k++) {
			j = (size_t)(driver_of(all, d->prerequisites.items[k]) - all->items);
			if (j != i)
				*vec_push(&d->after) = j;
		}
		/* Patches that share a file were made one upon the other. */
		for (j = 0; j < all->nr; j++)
			if (j != i && share(&d->files, &all->items[j].files) &&
			    strcmp(all->items[j].patches.items[0], d->patches.items[0]) < 0)
				*vec_push(&d->after) = j;
	}
}

/* What stands on something that is left out is left out too. */
static void spread_losses(struct drivers *all)
{
	struct driver *d;
	size_t *after;
	bool again = true;

	while (again) {
		again = false;
		vec_each(d, all) {
			vec_each(after, &d->after) {
				const struct driver *on = &all->items[*after];

				if (d->left_out || !on->left_out)
					continue;
				leave_out(d, xasprintf("it stands on %s, which is left out",
						       on->patches.items[0]));
				again = true;
			}
		}
	}
}

static void number_groups(struct drivers *all)
{
	struct driver *d, *e;
	size_t *after, from, to, i;

	for (i = 0; i < all->nr; i++)
		all->items[i].group = i;
	vec_each(d, all) {
		vec_each(after, &d->after) {
			from = d->group;
			to = all->items[*after].group;
			vec_each(e, all)
				if (e->group == from)
					e->group = to;
		}
	}
}

void drivers_make(struct drivers *all, struct inventory *inv, const char *out)
{
	struct handler *h;
	struct driver *d;
	size_t i;

	vec_each(h, &inv->handlers) {
		bool generated = is(h->outcome, "converted");

		if ((!generated && !is(h->outcome, "hand")) || !h->conversion.patch)
			continue;
		d = driver_of(all, h->conversion.patch);
		if (!d)
			d = new_driver(all, h->conversion.patch, generated, out);
		*vec_push(&d->handlers) = h;
		check_boot(d, h);
		for (i = 0; i < h->conversion.prerequisites.nr; i++)
			strlist_add_once(&d->prerequisites, h->conversion.prerequisites.items[i]);
	}
	join(all);
	add_hand(all, inv, out);
	add_prerequisites(all, out);
	vec_each(d, all)
		sort_patches(d);
	order(all);
	spread_losses(all);
	number_groups(all);
}

void drivers_free(struct drivers *all)
{
	struct driver *d;
	size_t i;

	vec_each(d, all) {
		for (i = 0; i < d->patches.nr; i++)
			strbuf_free(&d->texts[i]);
		free(d->texts);
		vec_free(&d->handlers);
		vec_free(&d->after);
		strlist_free(&d->patches);
		strlist_free(&d->files);
		strlist_free(&d->prerequisites);
		strlist_free(&d->notes);
		recipients_free(&d->to);
		recipients_free(&d->cc);
		checks_free(&d->checks);
		strbuf_free(&d->mail);
		free(d->left_out);
		free(d->tree);
		free(d->subsystem);
		free(d->subject);
		free(d->commit);
		free(d->id);
		free(d->name);
	}
	vec_free(all);
}
