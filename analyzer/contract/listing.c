// SPDX-License-Identifier: GPL-2.0-only
#include "contract/listing.h"

#include <stdlib.h>
#include <string.h>

#include "contract/describe.h"
#include "contract/listing_internal.h"
#include "contract/listing_text.h"

enum { MAX_PATHS = 24 };		/* of a group */

static void group(struct listing *l, enum outline_group g, const char *title,
		  void (*print)(struct listing *l, size_t i))
{
	size_t i, nr = 0;

	for (i = 0; i < l->outline.nr; i++) {
		if (l->outline.paths[i].group != g)
			continue;
		if (!nr)
			strbuf_addf(l->out, "%s\n", title);
		if (nr++ < MAX_PATHS)
			print(l, i);
	}
	if (nr > MAX_PATHS)
		strbuf_addf(l->out, "%*sand %zu more such paths: --json lists them all\n", LISTING_INDENT, "",
			    nr - MAX_PATHS);
}

static bool same_result(const struct listing *l, size_t i, size_t k)
{
	char *a = result_describe(l->c, &l->c->paths.items[i]), *b = result_describe(l->c, &l->c->paths.items[k]);
	bool same = !strcmp(a, b);

	free(a);
	free(b);
	return same;
}

/* All that maps does the same: then what tells the paths does not matter.  false: it does. */
static bool one_way(struct listing *l, const char *title, bool fails)
{
	struct strbuf b = { 0 };
	size_t i, first = 0, nr = 0;

	for (i = 0; i < l->outline.nr; i++) {
		if (l->outline.paths[i].group == OUTLINE_UNMODELLED)
			return false;
		if (l->outline.paths[i].group != OUTLINE_SUCCEEDS)
			continue;
		if (!nr++) {
			first = i;
			continue;
		}
		if (!listing_does_the_same(l, i, first) || !same_result(l, first, i))
			break;
		strbuf_addf(&b, "%s %zu", nr > 2 ? "," : "", i + 1);
	}
	if (i == l->outline.nr && nr > 1) {
		memset(l->outline.paths[first].shown, 0, l->c->paths.items[first].guards.nr);
		l->always = !fails;
		strbuf_addf(l->out, "%s\n", title);
		listing_succeeds(l, first);
		strbuf_addf(l->out, "%*s", LISTING_INDENT, "");
		listing_wrap(l->out, nr > 2 ? "so do paths" : "so does path", LISTING_INDENT);
		listing_wrap(l->out, b.s, LISTING_INDENT);
		strbuf_adds(l->out, "\n");
	}
	strbuf_free(&b);
	return i == l->outline.nr && nr > 1;
}

static void title(struct listing *l)
{
	const struct contract *c = l->c;
	const struct helper *h;
	struct strbuf b = { 0 };

	strbuf_addf(&b, "contract of %s(): %zu path%s, %s", c->function, c->paths.nr, c->paths.nr == 1 ? "" : "s",
		    c->unmodelled.nr ? "not all that it does is modelled" : "complete");
	if (c->infeasible)
		strbuf_addf(&b, "; %u branch%s that no request takes %s left out", c->infeasible,
			    c->infeasible == 1 ? "" : "es", c->infeasible == 1 ? "is" : "are");
	listing_wrap(l->out, b.s, LISTING_STEP);
	strbuf_adds(l->out, "\n");
	strbuf_reset(&b);
	vec_each(h, &c->helpers)
		strbuf_addf(&b, "%s%s() in line %u%s", b.len ? ", " : "follows ", h->name, h->line,
			    h->takes_vma ? " (takes the vma)" : "");
	if (b.len) {
		strbuf_addf(l->out, "%*s", LISTING_STEP, "");
		listing_wrap(l->out, b.s, 2 * LISTING_STEP);
		strbuf_adds(l->out, "\n");
	}
	strbuf_free(&b);
}

/* Reasons that belong to no path alone. */
static void rest(struct listing *l)
{
	const struct unmodelled *m;
	const struct path *p;
	bool first = true, in_path;

	vec_each(m, &l->c->unmodelled) {
		in_path = false;
		vec_each(p, &l->c->paths)
			in_path |= path_unmodelled(l->c, p) == m;
		if (in_path)
			continue;
		if (first)
			strbuf_adds(l->out, "not modelled\n");
		first = false;
		listing_begin(l, 0, m->line);
		listing_text(l, m->reason, 0);
		strbuf_adds(l->out, "\n");
	}
}

void contract_listing(const struct contract *c, bool colour, struct strbuf *b)
{
	struct listing l = { .c = c, .outline = outline_of(c), .out = b, .colour = colour };
	const char *maps;
	bool fails = false;
	size_t i;

	listing_find_told(&l);
	listing_find_names(&l);
	title(&l);
	listing_print_names(&l);
	for (i = 0; i < l.outline.nr; i++)
		fails |= l.outline.paths[i].group == OUTLINE_FAILS;
	group(&l, OUTLINE_FAILS, "fails (each where none above does)", listing_fails);
	maps = fails ? "maps, where nothing above fails" : "maps";
	if (!one_way(&l, maps, fails))
		group(&l, OUTLINE_SUCCEEDS, maps, listing_succeeds);
	group(&l, OUTLINE_UNMODELLED, "paths that are not modelled", listing_unmodelled);
	rest(&l);
	listing_free_told(&l);
	outline_free(&l.outline);
	strlist_free(&l.names);
	strlist_free(&l.meanings);
}
