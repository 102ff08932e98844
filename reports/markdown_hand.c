// SPDX-License-Identifier: GPL-2.0-only
/* The hand-finished patches in report.md, those that convert nothing, too; and what no patch can do. */
#include <string.h>

#include "markdown.h"
#include "markdown_text.h"

static void list(struct strbuf *b, const char *what, const struct strlist *l, bool code)
{
	size_t i;

	for (i = 0; i < l->nr; i++) {
		strbuf_addf(b, "  - %s", what);
		if (code)
			md_code(b, l->items[i]);
		else
			md_text(b, l->items[i]);
		strbuf_adds(b, "\n");
	}
}

static void print(struct strbuf *b, const struct hand_patch *p)
{
	const struct check *c;

	strbuf_adds(b, "- ");
	md_code(b, p->name);
	strbuf_addf(b, " (%s, %s): ", p->kind, p->state);
	md_text(b, p->subject);
	strbuf_adds(b, "\n");
	if (p->patch) {
		strbuf_adds(b, "  - patch ");
		md_code(b, p->patch);
		strbuf_adds(b, ", written for Linux ");
		md_text(b, p->release);
		strbuf_adds(b, "\n");
	}
	if (p->stage) {
		strbuf_adds(b, "  - failed at ");
		md_text(b, p->stage);
		strbuf_adds(b, ": ");
		md_text(b, p->message ? p->message : "no message");
		strbuf_adds(b, "\n");
	}
	list(b, "converts ", &p->handlers, true);
	list(b, "provides ", &p->provides, true);
	list(b, "stands on ", &p->prerequisites, true);
	list(b, "**differs**: ", &p->differences, false);
	/* Where it has handlers their lists say it. */
	vec_each(c, &p->checks) {
		if (p->handlers.nr)
			continue;
		strbuf_adds(b, "  - check ");
		md_text(b, c->name);
		strbuf_addf(b, ": %s (", c->status);
		md_text(b, c->detail ? c->detail : "");
		strbuf_adds(b, ")\n");
	}
	list(b, "open: ", &p->questions, false);
}

static void print_judged(struct strbuf *b, const struct judgement *j)
{
	strbuf_adds(b, "- ");
	md_code(b, j->handler);
	strbuf_addf(b, " (%s, ", j->state);
	md_code(b, j->name);
	strbuf_adds(b, ", read in Linux ");
	md_text(b, j->release);
	strbuf_adds(b, "): ");
	md_text(b, j->why);
	strbuf_adds(b, "\n");
	list(b, "needs ", &j->needs, true);
	if (j->message) {
		strbuf_adds(b, "  - **not taken over**: ");
		md_text(b, j->message);
		strbuf_adds(b, "\n");
	}
	list(b, "", &j->remarks, false);
}

void md_hand(struct strbuf *b, const struct inventory *inv)
{
	const struct hand_patch *p;
	const struct judgement *j;

	if (inv->hand.nr)
		strbuf_addf(b, "\n## Hand-finished patches (%zu)\n\n", inv->hand.nr);
	vec_each(p, &inv->hand)
		print(b, p);
	if (inv->judged.nr)
		strbuf_addf(b, "\n## Judged by hand to need an API (%zu)\n\n", inv->judged.nr);
	vec_each(j, &inv->judged)
		print_judged(b, j);
}
