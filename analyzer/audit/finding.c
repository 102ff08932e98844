// SPDX-License-Identifier: GPL-2.0-only
/* Making a finding: where it is, and the path that shows it. */
#include <stdlib.h>
#include <string.h>

#include "audit/internal.h"
#include "base/file.h"
#include "contract/describe.h"
#include "contract/outline.h"
#include "workers/workers.h"

enum { MAX_SOURCE = 4 << 20 /* bytes */, MAX_STEPS = 24 };

enum sure sure_of(const struct hook_function *f)
{
	return f->unit && f->unit->status == UNIT_FULL && contract_is_complete(f->contract) ? SURE_CERTAIN
											    : SURE_LIKELY;
}

static const struct audit_rule *rule_of(const char *name)
{
	const struct audit_rule *r;

	for (r = audit_rules; r->code && strcmp(r->name, name); r++)
		;
	return r->code ? r : NULL;
}

static bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* Where the text is that was read for a file of the tree. */
static char *text_path(const struct audit *a, const char *file)
{
	size_t i;

	for (i = 0; i < a->hooks->nr_instead; i++)
		if (!strcmp(a->hooks->instead[i].file, file))
			return xstrdup(a->hooks->instead[i].path);
	return path_join(a->tree->root, file);
}

/* The column, from 1, of a word in a line, or of what is first there. */
static unsigned column(const struct audit *a, const char *file, unsigned line, const char *word)
{
	char *path = text_path(a, file), *s, *end, *at;
	size_t len = word ? strlen(word) : 0;
	struct strbuf b = { 0 };
	unsigned col = 1;

	if (!line || file_read(path, MAX_SOURCE, &b) || !b.len)
		goto out;
	for (s = b.s; s && --line; s = strchr(s, '\n') ? strchr(s, '\n') + 1 : NULL)
		;
	if (!s)
		goto out;
	end = s + strcspn(s, "\n");
	*end = '\0';
	for (at = len ? strstr(s, word) : NULL; at; at = strstr(at + 1, word))
		if ((at == s || !is_word(at[-1])) && !is_word(at[len])) {
			col = (unsigned)(at - s) + 1;
			goto out;
		}
	col = (unsigned)strspn(s, " \t") + 1;
out:
	strbuf_free(&b);
	free(path);
	return col;
}

struct finding *finding_new(struct audit *a, const char *rule, const struct hook_function *f, unsigned line,
			    const char *at, enum sure sure, const char *fmt, ...)
{
	struct strbuf b = { 0 };
	struct finding *n;
	va_list ap;

	va_start(ap, fmt);
	strbuf_vaddf(&b, fmt, ap);
	va_end(ap);
	vec_each(n, a->out)
		if (n->line == line && !strcmp(n->rule->name, rule) && !strcmp(n->file, f->file)) {
			strbuf_free(&b);
			return NULL;
		}
	n = vec_push(a->out);
	n->rule = rule_of(rule);
	n->file = xstrdup(f->file);
	n->function = xstrdup(f->name);
	n->hook = xasprintf("%s:%s", a->hook->fn.file, a->hook->fn.name);
	n->line = line;
	n->col = column(a, f->file, line, at);
	n->text = strbuf_detach(&b);
	n->sure = sure;
	return n;
}

static void step(struct finding *n, const struct hook_function *f, unsigned line, const char *what, char *text)
{
	if (n->path.nr < MAX_STEPS)
		strlist_addf(&n->path, "%s:%u: %s%s", f->file, line, what, text);
	else if (n->path.nr == MAX_STEPS)
		strlist_addf(&n->path, "… and more: mmapconv explain %s:%s", f->file, f->name);
	free(text);
}

void finding_path(struct finding *n, const struct hook_function *f, const struct path *p, const struct effect *last)
{
	const struct contract *c = f->contract;
	struct outline o;
	const struct guard *g;
	size_t i = 0, k, nr;
	char *text;
	bool more = true;

	if (!n)
		return;
	o = outline_of(c);
	strlist_addf(&n->path, "%s() in %s", f->name, f->file);
	/* A condition stands where it is tested, as far as lines tell. */
	for (k = 0; k < p->guards.nr || (more && i < p->effects.nr);) {
		const struct effect *e = more && i < p->effects.nr ? &c->effects[p->effects.items[i]] : NULL;

		g = k < p->guards.nr ? &p->guards.items[k] : NULL;
		if (g && (!e || g->line < e->line || !o.paths[p - c->paths.items].shown[k])) {
			if (o.paths[p - c->paths.items].shown[k])
				step(n, f, g->line, "if ", guard_describe(c, g));
			k++;
			continue;
		}
		if (!e)
			break;
		nr = effects_describe(c, p, i, &text);
		step(n, f, e->line, "", text);
		for (; nr; nr--, i++)
			if (&c->effects[p->effects.items[i]] == last)
				more = false;
	}
	if (more)
		step(n, f, p->line, "returns ", result_describe(c, p));
	outline_free(&o);
}

void finding_then(struct finding *n, const char *fmt, ...)
{
	struct strbuf b = { 0 };
	va_list ap;

	if (!n)
		return;
	va_start(ap, fmt);
	strbuf_vaddf(&b, fmt, ap);
	va_end(ap);
	strlist_addf(&n->path, "then %s", b.s);
	strbuf_free(&b);
}
