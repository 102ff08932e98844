// SPDX-License-Identifier: GPL-2.0-only
/*
 * The unlock graph: the missing APIs with their places in the best order and what each frees; an edge from an API
 * to a later one where handlers that the later one frees need both.  An API without an edge is not drawn.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/run.h"
#include "internal.h"
#include "unlocks.h"
#include "uri.h"
#include "utf8.h"

enum { MAX_DRAWN = 150, MAX_NAME = 64, MAX_SVG = 8 << 20 };

/* In a quoted label: no escape, no entity of its own. */
static void add_label(struct strbuf *b, const char *text)
{
	struct strbuf clean = { 0 };
	const char *s;
	size_t nr = 0, len;

	utf8_add(&clean, text);
	for (s = clean.s ? clean.s : ""; *s && nr < MAX_NAME; s += len, nr++) {
		len = utf8_length(s);
		if (*s == '"' || *s == '\\')
			strbuf_addf(b, "\\%c", *s);
		else if (*s == '&')
			strbuf_adds(b, "&amp;");
		else if ((unsigned char)*s < ' ')
			strbuf_adds(b, " ");
		else
			strbuf_add(b, s, len);
	}
	if (*s)
		strbuf_adds(b, "…");
	strbuf_free(&clean);
}

/* A link of the page's own: the handlers that need it (page/view.js reads it). */
static void add_link(struct strbuf *b, const char *name)
{
	struct strbuf clean = { 0 };
	char *needs;

	utf8_add(&clean, name);
	needs = uri_encode(clean.s);
	strbuf_addf(b, " URL=\"#needs=%s\" tooltip=\"", needs);
	add_label(b, name);
	strbuf_adds(b, ": show the handlers that need it\"");
	free(needs);
	strbuf_free(&clean);
}

static void add_api(struct strbuf *b, const struct unlock *n, size_t i)
{
	strbuf_addf(b, "n%zu [id=\"api-%zu\" class=\"%s%s\"", i, i, n->kind, n->unlocks ? "" : " none");
	add_link(b, n->name);
	strbuf_addf(b, " label=\"%zu. ", i + 1);
	add_label(b, n->name);
	if (n->unlocks)
		strbuf_addf(b, "\\lfrees %u of %u that wait\\l\"]\n", n->unlocks, n->waiting);
	else
		strbuf_addf(b, "\\lfrees none alone; %u wait\\l\"]\n", n->waiting);
}

static bool is_linked(const struct unlocks *u, size_t i)
{
	const struct unlock_link *l;

	vec_each(l, &u->links)
		if (l->earlier == i || l->later == i)
			return true;
	return false;
}

static void add_graph(struct strbuf *b, const struct unlocks *u)
{
	const struct unlock_link *l;
	size_t i;

	strbuf_adds(b, "digraph \"missing APIs\" {\nrankdir=LR\nbgcolor=\"transparent\"\nnodesep=0.12\nranksep=0.5\n"
		       "node [shape=box style=\"rounded\" fontname=\"Helvetica\" fontsize=10 margin=\"0.16,0.04\"]\n"
		       "edge [fontname=\"Helvetica\" fontsize=9 arrowsize=0.6]\n");
	for (i = 0; i < u->order.nr; i++)
		if (is_linked(u, i))
			add_api(b, &u->order.items[i], i);
	vec_each(l, &u->links)
		strbuf_addf(b, "n%zu -> n%zu [label=\"%u\" penwidth=%.1f edgetooltip=\"%u need both\"]\n", l->earlier, l->later,
			    l->handlers, l->handlers > 8 ? 4.0 : 0.75 + l->handlers * 0.4, l->handlers);
	strbuf_adds(b, "}\n");
}

/* Without the prologue, which is of a file of its own. */
static char *svg_of(const struct run_result *res)
{
	const char *start = res->exit_code ? NULL : strstr(res->out.s ? res->out.s : "", "<svg");

	return start ? xstrdup(start) : NULL;
}

char *html_graph(const struct inventory *inv, char **why)
{
	const char *const argv[] = { "dot", "-Tsvg", NULL };
	struct run_request req = { .argv = argv, .timeout_s = 60, .max_output = MAX_SVG };
	struct run_result res = { 0 };
	struct strbuf b = { 0 };
	struct unlocks u;
	char *svg = NULL;
	int ret;

	*why = NULL;
	inventory_unlocks(inv, &u);
	if (!u.links.nr || u.order.nr > MAX_DRAWN) {
		*why = u.links.nr ? xasprintf("%zu APIs are too many to draw; the table has them.", u.order.nr)
				  : xstrdup("There is nothing to draw: no handler waits for two APIs.");
		goto done;
	}
	add_graph(&b, &u);
	req.input = b.s;
	req.input_len = b.len;
	ret = run(&req, &res);
	svg = ret ? NULL : svg_of(&res);
	if (!svg)
		*why = ret == -ENOENT ? xstrdup("The graph is not drawn: Graphviz is not installed (package graphviz).")
				      : xasprintf("The graph is not drawn: dot %s.", ret ? strerror(-ret) :
						  res.timed_out ? "took more than a minute" : "failed");
	run_result_free(&res);
done:
	strbuf_free(&b);
	unlocks_free(&u);
	return svg;
}
