// SPDX-License-Identifier: GPL-2.0-only
#include "predict.h"

#include <stdio.h>
#include <stdlib.h>

#include "follow.h"

enum fit { FIT_NO, FIT_OPEN, FIT_YES };

static void explain(const struct world *w, const struct path *p, const struct guard *g,
		    const char *what)
{
	char *text;

	if (!w->verbose)
		return;
	text = g->term ? term_text(w->c->terms, &w->c->flags, g->term) : xstrdup("?");
	printf("#	path %zu, condition %zu %s: %s\n", (size_t)(p - w->c->paths.items),
	       (size_t)(g - p->guards.items), what, text);
	free(text);
}

/* Do the path's conditions hold in this run? */
static enum fit guards_hold(struct world *w, const struct path *p)
{
	enum fit fit = FIT_YES;
	const struct guard *g;
	uint64_t v;

	vec_each (g, &p->guards) {
		if (!g->term || world_number(w, g->term, &v)) {
			explain(w, p, g, "is not known");
			fit = FIT_OPEN;
		} else if ((v != 0) != g->taken) {
			explain(w, p, g, v ? "holds" : "does not hold");
			return FIT_NO;
		}
	}
	return fit;
}

static void mismatch(struct prediction *p, char *why)
{
	p->verdict = VERDICT_MISMATCH;
	free(p->why);
	p->why = why;
}

/* What is not modelled at all: a whole contract that says so need not have the path. */
static bool says_incomplete(const struct contract *c)
{
	bool *named = xcalloc(c->unmodelled.nr + 1, sizeof(*named)), all = true;
	const struct path *p;
	size_t i;

	vec_each (p, &c->paths)
		if (p->unmodelled)
			named[p->unmodelled - 1] = true;
	for (i = 0; i < c->unmodelled.nr; i++)
		all &= named[i];
	free(named);
	return !all;
}

void predict(struct world *w, const struct outcome *got, struct prediction *out)
{
	struct follow *f = xcalloc(1, sizeof(*f));
	unsigned exact = 0, possible = 0, unmodelled = 0, certain = 0;
	const struct path *p;
	char *failed = NULL;
	enum fit fit;
	bool same;

	*out = (struct prediction){ .verdict = VERDICT_MISMATCH };
	vec_each (p, &w->c->paths) {
		world_path(w, p);
		if (guards_hold(w, p) == FIT_NO)
			continue;
		f->w = w;
		f->p = p;
		f->got = got;
		same = follow_path(f);
		if (w->verbose && !same)
			printf("#	path %zu: %s\n", (size_t)(p - w->c->paths.items), f->why);
		fit = guards_hold(w, p); /* more is known now */
		if (fit != FIT_NO) {
			out->path = same || !possible ? (size_t)(p - w->c->paths.items) : out->path;
			if (p->unmodelled) {
				unmodelled++;
			} else if (same) {
				possible++;
				exact += fit == FIT_YES && !f->left_open;
				out->open = f->left_open      ? f->left_open
					    : fit == FIT_OPEN ? "a condition"
							      : out->open;
			}
			if (fit == FIT_YES && !p->unmodelled) {
				certain++;
				if (!same) {
					free(failed);
					failed = xasprintf("path %zu: %s",
							   (size_t)(p - w->c->paths.items), f->why);
				}
			}
		}
		free(f->why);
		f->why = NULL;
	}
	follow_free(f);
	free(f);
	out->fitting = possible + unmodelled;
	if (w->impure) {
		mismatch(
			out,
			xasprintf(
				"%s() answered in two ways, and its result is taken for a pure one",
				w->impure));
	} else if (failed) {
		mismatch(out, failed);
		failed = NULL;
	} else if (certain > 1) {
		mismatch(out, xasprintf("%u paths fit", certain));
	} else if (exact && possible == 1 && !unmodelled) {
		out->verdict = VERDICT_EXACT;
	} else if (possible) {
		out->verdict = VERDICT_OPEN;
		out->open = out->open ? out->open : "which path";
	} else if (unmodelled || says_incomplete(w->c)) {
		out->verdict = VERDICT_UNMODELLED;
	} else {
		mismatch(out, xstrdup("no path fits"));
	}
	free(failed);
}

void prediction_free(struct prediction *p)
{
	free(p->why);
	p->why = NULL;
}
