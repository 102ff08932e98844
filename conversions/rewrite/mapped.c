// SPDX-License-Identifier: GPL-2.0-only
#include "rewrite/mapped.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "rewrite/merge.h"
#include "rewrite/regions.h"

/* What of the vma mapped() gets, and how it is called there. */
static const struct { const char *field, *argument; } arguments[] = {
	{ "vm_private_data", "*vm_private_data" }, { "vm_file", "file" }, { "vm_start", "start" },
	{ "vm_end", "end" }, { "vm_pgoff", "pgoff" },
};
static const char *const parameters[] = { "start", "end", "pgoff", "file", "vm_private_data" };

char *mapped_name(const char *open)
{
	const char *last = NULL, *p;

	for (p = open; (p = strstr(p, "open")); p++)
		last = p;
	if (!last)
		return xasprintf("%s_mapped", open);
	return xasprintf("%.*smapped%s", (int)(last - open), open, last + strlen("open"));
}

static size_t off(const struct source *s, size_t i)
{
	return s->tokens.items[i].off;
}

static size_t end(const struct source *s, size_t i)
{
	return s->tokens.items[i].off + s->tokens.items[i].len;
}

#define refuse(error, m, s, at, fmt, ...) \
	(*(error) = xasprintf("%s:%u: " fmt, (m)->file, (s)->tokens.items[at].line, ##__VA_ARGS__), -EINVAL)

static bool is_member(const struct source *s, size_t i)
{
	return i && (ctoken_is(s, i - 1, ".") || ctoken_is(s, i - 1, "->"));
}

static bool takes_name(const struct source *s, size_t i)
{
	size_t k;

	for (k = 0; k < sizeof(parameters) / sizeof(*parameters); k++)
		if (ctoken_is(s, i, parameters[k]))
			return true;
	return false;
}

/* vma->FIELD at i; edits count from base. */
static int read_of_vma(const struct mapped *m, const struct source *s, size_t i, size_t base, struct edits *e,
		       char **error)
{
	size_t k;

	for (k = 0; ctoken_is(s, i + 1, "->") && k < sizeof(arguments) / sizeof(*arguments); k++)
		if (ctoken_is(s, i + 2, arguments[k].field)) {
			edits_add(e, off(s, i) - base, end(s, i + 2) - off(s, i), xstrdup(arguments[k].argument));
			return 0;
		}
	return refuse(error, m, s, i, "%s() needs more of its vma than vm_ops->mapped gets", m->open);
}

/* The body of open in the terms of mapped: from brace to brace. */
static int body(const struct mapped *m, const struct source *s, const struct region *r, char **out, char **error)
{
	char *vma = region_parameter(s, r, "vm_area_struct");
	size_t first = source_close(s, r->open) + 1, base = off(s, first), i, len;
	struct edits e = { 0 };
	char *copy;
	int ret = 0;

	if (!vma)
		ret = refuse(error, m, s, r->name, "%s() has no parameter struct vm_area_struct *", m->open);
	for (i = first + 1; i < r->last && !ret; i++) {
		if (s->tokens.items[i].kind != C_IDENT || is_member(s, i))
			continue;
		if (ctoken_is(s, i, vma))
			ret = read_of_vma(m, s, i, base, &e, error);
		else if (takes_name(s, i))
			ret = refuse(error, m, s, i, "%s() has a name of its own that vm_ops->mapped has for an argument",
				     m->open);
		else if (ctoken_is(s, i, "return") && ctoken_is(s, i + 1, ";"))
			edits_add(&e, end(s, i) - base, 0, xstrdup(" 0"));
	}
	if (!ret) {
		/* No line of its own for the brace: "{ x(); }" */
		bool one_line = s->tokens.items[r->last - 1].line == s->tokens.items[r->last].line;

		edits_add(&e, off(s, r->last) - base, 0, xstrdup(one_line ? "\n\treturn 0;\n" : "\treturn 0;\n"));
		copy = xstrndup(s->text + base, end(s, r->last) - base);
		*out = edits_apply(&e, copy, strlen(copy), &len);
		free(copy);
	}
	edits_free(&e);
	free(vma);
	return ret;
}

static char *function_text(const struct mapped *m, const char *braces)
{
	char *head = xasprintf("static int %s(", m->name);
	size_t column = strlen(head);
	struct strbuf b = { 0 };

	strbuf_addf(&b, "%sunsigned long start, unsigned long end, pgoff_t pgoff,\n", head);
	for (; column >= 8; column -= 8)
		strbuf_adds(&b, "\t");
	for (; column; column--)
		strbuf_adds(&b, " ");
	strbuf_addf(&b, "const struct file *file, void **vm_private_data)\n%s\n\n", braces);
	free(head);
	return strbuf_detach(&b);
}

/* The '.' of `.open = OPEN` in the table's initializer, or tokens.nr. */
static size_t find_field(const struct mapped *m, const struct source *s)
{
	size_t i, k, close;

	for (i = 0; i + 3 < s->tokens.nr; i++) {
		if (!ctoken_is(s, i, "vm_operations_struct") || !ctoken_is(s, i + 1, m->table) ||
		    !ctoken_is(s, i + 2, "=") || !ctoken_is(s, i + 3, "{"))
			continue;
		close = source_close(s, i + 3);
		for (k = i + 4; k < close; k++)
			if (ctoken_is(s, k, ".") && ctoken_is(s, k + 1, "open") && ctoken_is(s, k + 2, "=") &&
			    ctoken_is(s, k + 3, m->open))
				return k;
	}
	return s->tokens.nr;
}

static char *field_text(const struct mapped *m, const struct source *s, size_t dot)
{
	char *field = merge_field_text(s, dot + 1, dot + 2, dot + 3, "mapped", m->name), *text;
	size_t line = text_line_start(s->text, off(s, dot));

	text = xasprintf(".%s,\n%.*s", field, (int)(off(s, dot) - line), s->text + line);
	free(field);
	return text;
}

static int check(const struct mapped *m, const struct source *s, const struct regions *r, size_t dot, char **error)
{
	size_t line;

	if (r->nr != 1 || !r->items[0].is_definition || !ctoken_is(s, r->items[0].name - 1, "void"))
		return refuse(error, m, s, r->nr ? r->items[0].name : 0,
			      "%s() is not defined just once, as a function without a result", m->open);
	if (dot == s->tokens.nr)
		return refuse(error, m, s, r->items[0].name, "the table %s is not found, or %s() is not its .open",
			      m->table, m->open);
	line = text_line_start(s->text, off(s, dot));
	if (strspn(s->text + line, " \t") < off(s, dot) - line || dot < r->items[0].last)
		return refuse(error, m, s, dot, "the .open of %s has no line of its own behind %s()", m->table,
			      m->open);
	if (source_has(s, m->name))
		return refuse(error, m, s, r->items[0].name, "the name %s is taken", m->name);
	return 0;
}

int mapped_write(const struct mapped *m, const struct source *s, char **text, size_t *len, char **error)
{
	size_t dot = find_field(m, s);
	char *braces = NULL;
	struct regions r = { 0 };
	struct edits e = { 0 };
	unsigned line;
	int ret;

	*error = NULL;
	if (regions_find(s, m->open, &r, &line)) {
		*error = xasprintf("%s:%u: the end of %s() is not found: unbalanced braces or macros", m->file, line,
				   m->open);
		ret = -EINVAL;
		goto done;
	}
	ret = s->tokens.nr ? check(m, s, &r, dot, error) : -EINVAL;
	if (!ret)
		ret = body(m, s, &r.items[0], &braces, error);
	if (ret)
		goto done;
	edits_add(&e, region_begin(s, &r.items[0]), 0, function_text(m, braces));
	edits_add(&e, off(s, dot), 0, field_text(m, s, dot));
	*text = edits_apply(&e, s->text, s->len, len);
done:
	edits_free(&e);
	vec_free(&r);
	free(braces);
	return ret;
}
