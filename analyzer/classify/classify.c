// SPDX-License-Identifier: GPL-2.0-only
#include "classify/rules_internal.h"

#include <stdlib.h>
#include <string.h>

void verdict_reason(struct verdict *v, enum weight w, const char *code, unsigned line, const char *fmt, ...)
{
	struct strbuf b = { 0 };
	struct reason *r;
	va_list ap;

	va_start(ap, fmt);
	strbuf_vaddf(&b, fmt, ap);
	va_end(ap);
	if (w > v->weight)
		v->weight = w;
	vec_each(r, &v->out->reasons)
		if (r->line == line && !strcmp(r->code, code) && !strcmp(r->text, b.s)) {
			strbuf_free(&b);
			return;
		}
	r = vec_push(&v->out->reasons);
	r->code = xstrdup(code);
	r->line = line;
	r->text = strbuf_detach(&b);
}

void verdict_need(struct verdict *v, const char *fmt, ...)
{
	struct strbuf b = { 0 };
	va_list ap;

	va_start(ap, fmt);
	strbuf_vaddf(&b, fmt, ap);
	va_end(ap);
	strlist_add_once(&v->out->needs, b.s);
	strbuf_free(&b);
}

static void collect(const struct effect *e, void *ctx)
{
	struct handler *h = ctx;

	switch (e->kind) {
	case EFFECT_FLAGS_SET:
		strlist_add_once(&h->flags_set, e->name);
		break;
	case EFFECT_FLAGS_CLEAR:
		strlist_add_once(&h->flags_cleared, e->name);
		break;
	case EFFECT_VM_OPS:
		if (*e->name && !h->vm_ops)
			h->vm_ops = xstrdup(e->name);
		break;
	default:
		break;
	}
}

/* The first that holds, in the order of the design. */
static const char *class_of(const struct handler *h)
{
	static const struct { const char *class_name, *pattern; } order[] = {
		{ "reject", "reject" }, { "stacked", "stacked" }, { "delegate", "delegate" },
		{ "stateful", NULL }, { "remap", "remap" }, { "remap", "ioremap" }, { "remap", "dma" },
		{ "mixedmap", "mixedmap" }, { "mixedmap", "kernel_pages" }, { "generic", "generic" },
		{ "fault", "fault" },
	};
	size_t i;

	for (i = 0; i < sizeof(order) / sizeof(*order); i++)
		if (order[i].pattern ? strlist_has(&h->patterns, order[i].pattern) : h->state.nr > 0)
			return order[i].class_name;
	return "flags";
}

static int compare_reasons(const void *a, const void *b)
{
	const struct reason *x = a, *y = b;
	int c;

	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	c = strcmp(x->code, y->code);
	return c ? c : strcmp(x->text, y->text);
}

static const char *verdict_of(enum weight w)
{
	return w == WEIGHT_CORE ? "core" : w == WEIGHT_ASSISTED ? "assisted" : "auto";
}

static void sort_reasons(struct handler *h)
{
	if (h->reasons.nr)
		qsort(h->reasons.items, h->reasons.nr, sizeof(*h->reasons.items), compare_reasons);
}

void classify(const struct subject *s, struct handler *h)
{
	struct verdict v = { .out = h };
	size_t i;

	for (i = 0; patterns[i]; i++)
		if (patterns[i]->match(s))
			strlist_add(&h->patterns, patterns[i]->name);
	strlist_sort(&h->patterns);
	contract_state(s->contract, &h->state);
	contract_each(s->contract, collect, h);
	strlist_sort(&h->flags_set);
	strlist_sort(&h->flags_cleared);
	h->class_name = xstrdup(class_of(h));
	v.open = open_moves(s);
	for (i = 0; rules[i]; i++)
		rules[i](s, &v);
	sort_reasons(h);
	strlist_sort(&h->needs);
	h->verdict = xstrdup(s->dead ? "none" : verdict_of(v.weight));
}

void classify_add(struct handler *h, enum weight w, const char *code, unsigned line, const char *fmt, ...)
{
	struct verdict v = { .out = h };
	struct strbuf b = { 0 };
	va_list ap;

	va_start(ap, fmt);
	strbuf_vaddf(&b, fmt, ap);
	va_end(ap);
	verdict_reason(&v, w, code, line, "%s", b.s);
	strbuf_free(&b);
	sort_reasons(h);
	if (!strcmp(h->verdict, "auto") || (w == WEIGHT_CORE && !strcmp(h->verdict, "assisted"))) {
		free(h->verdict);
		h->verdict = xstrdup(verdict_of(w));
	}
}

void classify_unread(struct handler *h, const char *why)
{
	struct verdict v = { .out = h };

	verdict_reason(&v, WEIGHT_ASSISTED, "unparsed", 0, "%s", why);
	h->class_name = xstrdup("unknown");
	h->verdict = xstrdup("unknown");
}

void classify_undefined(struct handler *h)
{
	struct verdict v = { .out = h };

	verdict_reason(&v, WEIGHT_NOTE, "dead", 0, "no function of this name is defined in the tree");
	h->class_name = xstrdup("unknown");
	h->verdict = xstrdup("none");
}
