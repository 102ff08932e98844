// SPDX-License-Identifier: GPL-2.0-only
#include "csv.h"

#include <string.h>

#include "base/file.h"
#include "utf8.h"

/* Quoted always; what a spreadsheet would take for a formula has an apostrophe before it. */
static void begin(struct strbuf *b, const char *text)
{
	strbuf_adds(b, b->len && b->s[b->len - 1] != '\n' ? ",\"" : "\"");
	if (text && *text && strchr("=+-@\t\r\n", *text))
		strbuf_adds(b, "'");
}

static void add(struct strbuf *b, const char *text)
{
	struct strbuf clean = { 0 };
	const char *s;

	utf8_add(&clean, text ? text : "");
	for (s = clean.s; *s; s++)
		strbuf_add(b, *s == '"' ? "\"\"" : s, *s == '"' ? 2 : 1);
	strbuf_free(&clean);
}

static void cell(struct strbuf *b, const char *text)
{
	begin(b, text);
	add(b, text);
	strbuf_adds(b, "\"");
}

static void number(struct strbuf *b, unsigned nr)
{
	strbuf_addf(b, "%s%u", b->len && b->s[b->len - 1] != '\n' ? "," : "", nr);
}

static void list(struct strbuf *b, const struct strlist *l)
{
	size_t i;

	begin(b, l->nr ? l->items[0] : NULL);
	for (i = 0; i < l->nr; i++) {
		add(b, i ? "; " : "");
		add(b, l->items[i]);
	}
	strbuf_adds(b, "\"");
}

static void reasons(struct strbuf *b, const struct handler *h)
{
	const struct reason *r;
	struct strlist texts = { 0 };

	vec_each(r, &h->reasons) {
		if (r->line)
			strlist_addf(&texts, "%s line %u: %s", r->code, r->line, r->text);
		else
			strlist_addf(&texts, "%s: %s", r->code, r->text);
	}
	list(b, &texts);
	strlist_free(&texts);
}

static void row(struct strbuf *b, const struct handler *h)
{
	const struct conversion *c = &h->conversion;

	cell(b, h->id);
	cell(b, h->file);
	number(b, h->line);
	cell(b, h->function);
	cell(b, h->interface);
	number(b, h->tier);
	cell(b, h->arch);
	cell(b, h->parse ? h->parse : "text");
	cell(b, h->class_name);
	list(b, &h->patterns);
	list(b, &h->state);
	list(b, &h->flags_set);
	list(b, &h->flags_cleared);
	cell(b, h->vm_ops);
	cell(b, h->verdict);
	list(b, &h->needs);
	cell(b, h->outcome);
	cell(b, c->proof.verdict);
	cell(b, h->boot.verdict);
	number(b, h->boot.requests);
	cell(b, c->patch);
	cell(b, c->posting.batch);
	reasons(b, h);
	strbuf_adds(b, "\n");
}

int report_csv(const struct inventory *inv, const char *path)
{
	const struct handler *h;
	struct strbuf b = { 0 };
	int ret;

	strbuf_adds(&b, "id,file,line,function,interface,tier,arch,parse,class,patterns,state,flags_set,flags_cleared,"
			"vm_ops,verdict,needs,outcome,proof,boot,boot_requests,patch,batch,reasons\n");
	vec_each(h, &inv->handlers)
		row(&b, h);
	ret = file_write_result(path, &b);
	strbuf_free(&b);
	return ret;
}
