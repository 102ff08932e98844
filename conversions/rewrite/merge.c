// SPDX-License-Identifier: GPL-2.0-only
#include "rewrite/merge.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "rewrite/regions.h"

struct walk {
	struct merge *m;
	const struct source *a, *b;	/* before and after */
	struct regions ra, rb;
	struct edits edits;
	size_t i, j;			/* where we are in a and b */
	unsigned fields, defines, declarations;
};

static unsigned line_of(const struct source *s, size_t i)
{
	if (!s->tokens.nr)
		return 1;
	return s->tokens.items[i < s->tokens.nr ? i : s->tokens.nr - 1].line;
}

#define fail(w, at, fmt, ...) \
	((w)->m->error = xasprintf("%s:%u: " fmt, (w)->m->file, line_of((w)->a, at), ##__VA_ARGS__), \
	 -EINVAL)

/* Token n of s at byte offset. */
static size_t off(const struct source *s, size_t n)
{
	return s->tokens.items[n].off;
}

static size_t end(const struct source *s, size_t n)
{
	return s->tokens.items[n].off + s->tokens.items[n].len;
}

static const struct region *region_at(const struct regions *r, size_t name)
{
	size_t n;

	for (n = 0; n < r->nr; n++)
		if (r->items[n].name == name)
			return &r->items[n];
	return NULL;
}

/* ( struct vm_area_desc * NAME ), the name optional in a declaration */
static bool takes_desc(const struct source *s, const struct region *r)
{
	size_t nr = r->close - r->open;

	return (nr == 5 || (nr == 4 && !r->is_definition)) && ctoken_is(s, r->open + 1, "struct") &&
	       ctoken_is(s, r->open + 2, "vm_area_desc") && ctoken_is(s, r->open + 3, "*");
}

/* The same parameters, but a `struct vm_area_desc *` where one `struct vm_area_struct *` was. */
static bool exchanges_vma(const struct walk *w, const struct region *ra, const struct region *rb)
{
	size_t i = ra->open, j = rb->open, nr = 0;

	for (; i <= ra->close && j <= rb->close; i++, j++) {
		if (ctoken_is(w->a, i, "vm_area_struct") && ctoken_is(w->b, j, "vm_area_desc")) {
			nr++;
			if (!ctoken_is(w->a, i + 1, "*") || !ctoken_is(w->b, j + 1, "*"))
				return false;
			i++;
			j++;
			/* The name of either may be missing in a declaration. */
			i += i + 1 < ra->close && w->a->tokens.items[i + 1].kind == C_IDENT;
			j += j + 1 < rb->close && w->b->tokens.items[j + 1].kind == C_IDENT;
		} else if (!ctoken_same(w->a, i, w->b, j)) {
			return false;
		}
	}
	return nr == 1 && i == ra->close + 1 && j == rb->close + 1;
}

static bool takes_what_it_should(const struct walk *w, const struct region *ra, const struct region *rb)
{
	return w->m->is_helper ? exchanges_vma(w, ra, rb) : takes_desc(w->b, rb);
}

/* The hook holds nothing of the vma any more; its name after . or -> is another struct's field. */
static int check_residue(struct walk *w, const struct region *ra, const struct region *rb)
{
	char *vma = region_parameter(w->a, ra, "vm_area_struct");
	int ret = 0;
	size_t p;

	for (p = rb->open; p <= rb->last && !ret; p++) {
		bool is_field = ctoken_is(w->b, p - 1, ".") || ctoken_is(w->b, p - 1, "->");

		if (ctoken_is(w->b, p, "vm_area_struct"))
			ret = fail(w, ra->name, "the rewritten hook still names struct vm_area_struct");
		else if (vma && !is_field && w->b->tokens.items[p].kind == C_IDENT &&
			 ctoken_is(w->b, p, vma))
			ret = fail(w, ra->name, "the rewritten hook still uses %s", vma);
	}
	free(vma);
	return ret;
}

/* A helper's list of parameters keeps its layout: only the words of one change. */
static void exchange_parameter(struct walk *w, const struct region *ra, const struct region *rb)
{
	size_t i = ra->open, j = rb->open;

	while (!ctoken_is(w->a, i, "vm_area_struct"))
		i++;
	while (!ctoken_is(w->b, j, "vm_area_desc"))
		j++;
	edits_add(&w->edits, off(w->a, i), end(w->a, i) - off(w->a, i), xstrdup("vm_area_desc"));
	if (w->b->tokens.items[j + 2].kind != C_IDENT)
		return;
	if (w->a->tokens.items[i + 2].kind == C_IDENT)
		edits_add(&w->edits, off(w->a, i + 2), end(w->a, i + 2) - off(w->a, i + 2), xstrdup("desc"));
	else
		edits_add(&w->edits, end(w->a, i + 1), 0, xstrdup("desc"));
}

/*
 * A definition: its text comes from spatch, from the name (of a helper: from behind the parameters) to the
 * closing brace.
 */
static int definition(struct walk *w, const struct region *ra, const struct region *rb)
{
	size_t a, b;
	int ret;

	if (!takes_what_it_should(w, ra, rb))
		return fail(w, ra->name, "the rewritten %s", w->m->is_helper
			    ? "helper takes no struct vm_area_desc * in the place of its vma"
			    : "hook does not take one struct vm_area_desc *");
	ret = check_residue(w, ra, rb);
	if (!ret)
		ret = merge_losses(w->m, w->a, ra->open, ra->last, w->b, rb->open, rb->last);
	if (ret)
		return ret;
	if (w->m->is_helper)
		exchange_parameter(w, ra, rb);
	a = w->m->is_helper ? ra->close : ra->name;
	b = w->m->is_helper ? rb->close : rb->name;
	edits_add(&w->edits, off(w->a, a), end(w->a, ra->last) - off(w->a, a),
		  xstrndup(w->b->text + off(w->b, b), end(w->b, rb->last) - off(w->b, b)));
	w->i = ra->last + 1;
	w->j = rb->last + 1;
	return 0;
}

static int declaration(struct walk *w, const struct region *ra, const struct region *rb)
{
	if (!takes_what_it_should(w, ra, rb))
		return fail(w, ra->name, "the declaration does not take a struct vm_area_desc * as the definition does");
	if (w->m->is_helper) {
		exchange_parameter(w, ra, rb);
		goto done;
	}
	edits_add(&w->edits, off(w->a, ra->name), end(w->a, ra->name) - off(w->a, ra->name),
		  xstrdup(w->m->new_name));
	edits_add(&w->edits, end(w->a, ra->open), off(w->a, ra->close) - end(w->a, ra->open),
		  xstrndup(w->b->text + end(w->b, rb->open), off(w->b, rb->close) - end(w->b, rb->open)));
done:
	w->declarations++;
	w->i = ra->close + 1;
	w->j = rb->close + 1;
	return 0;
}

/* .mmap = [&|(cast)]handler -> .mmap_prepare = hook */
static int field(struct walk *w)
{
	size_t value = w->i + 2;

	if (!ctoken_is(w->a, w->i + 1, "=") || !ctoken_is(w->b, w->j + 1, "=") ||
	    !ctoken_is(w->b, w->j + 2, w->m->new_name))
		return fail(w, w->i, "spatch renamed a field .mmap that does not hold %s",
			    w->m->old_name);
	while (ctoken_is(w->a, value, "&") || ctoken_is(w->a, value, "("))
		value = ctoken_is(w->a, value, "(") ? source_close(w->a, value) + 1 : value + 1;
	if (!ctoken_is(w->a, value, w->m->old_name))
		return fail(w, w->i, "spatch renamed a field .mmap that does not hold %s",
			    w->m->old_name);
	edits_add(&w->edits, off(w->a, w->i), end(w->a, value) - off(w->a, w->i),
		  merge_field_text(w->a, w->i, w->i + 1, w->i + 2, "mmap_prepare", w->m->new_name));
	w->fields++;
	w->i = value + 1;
	w->j += 3;
	return 0;
}

/* Places where the bare name may change: #define handler …, EXPORT_SYMBOL(handler). */
static bool may_rename(const struct source *s, size_t i)
{
	if (i > 1 && ctoken_is(s, i - 1, "define") && s->tokens.items[i - 2].bol)
		return true;
	return i > 1 && ctoken_is(s, i - 1, "(") && ctoken_is(s, i + 1, ")") &&
	       str_starts(s->text + off(s, i - 2), "EXPORT_SYMBOL");
}

/* Does a declaration of the handler begin with token i? */
static bool declaration_begins(const struct walk *w, size_t i)
{
	size_t n;

	for (n = 0; n < w->ra.nr; n++)
		if (w->ra.items[n].first == i && !w->ra.items[n].is_definition)
			return true;
	return false;
}

static int step(struct walk *w)
{
	const struct region *ra = region_at(&w->ra, w->i), *rb = region_at(&w->rb, w->j);

	if (ctoken_is(w->a, w->i, "extern") && !ctoken_is(w->b, w->j, "extern") && declaration_begins(w, w->i)) {
		edits_add(&w->edits, off(w->a, w->i), off(w->a, w->i + 1) - off(w->a, w->i), xstrdup(""));
		w->i++;
		return 0;
	}
	if (ra && rb && ra->is_definition && rb->is_definition)
		return definition(w, ra, rb);
	if (ra && rb && !ra->is_definition && !rb->is_definition)
		return declaration(w, ra, rb);
	if (ctoken_same(w->a, w->i, w->b, w->j)) {
		w->i++;
		w->j++;
		return 0;
	}
	if (w->i && ctoken_is(w->a, w->i, "mmap") && ctoken_is(w->b, w->j, "mmap_prepare") &&
	    (ctoken_is(w->a, w->i - 1, ".") || ctoken_is(w->a, w->i - 1, "->")))
		return field(w);
	if (ctoken_is(w->a, w->i, w->m->old_name) && ctoken_is(w->b, w->j, w->m->new_name) &&
	    may_rename(w->a, w->i)) {
		edits_add(&w->edits, off(w->a, w->i), end(w->a, w->i) - off(w->a, w->i),
			  xstrdup(w->m->new_name));
		w->defines += ctoken_is(w->a, w->i - 1, "define");
		w->i++;
		w->j++;
		return 0;
	}
	return fail(w, w->i, "spatch changed code outside the handler, or did not change it whole");
}

static unsigned definitions(const struct regions *r)
{
	unsigned nr = 0;
	size_t n;

	for (n = 0; n < r->nr; n++)
		nr += r->items[n].is_definition;
	return nr;
}

/* What is in the file must be what the inventory says, or a definition was never judged. */
static int check_before(struct walk *w)
{
	unsigned line = 0, nr, in = 0;

	if (regions_find(w->a, w->m->old_name, &w->ra, &line))
		in = line;
	else if (regions_find(w->b, w->m->new_name, &w->rb, &line))
		in = line;
	if (in) {
		w->m->error = xasprintf("%s:%u: the end of the function is not found: unbalanced "
					"braces or macros", w->m->file, in);
		return -EINVAL;
	}
	nr = definitions(&w->ra);
	if (nr != w->m->definitions)
		return fail(w, nr ? w->ra.items[0].name : 0, "%u definitions of %s where the inventory "
			    "lists %u", nr, w->m->old_name, w->m->definitions);
	if (definitions(&w->rb) != nr)
		return fail(w, w->ra.items[0].name, "spatch rewrote %u of %u definitions of %s",
			    definitions(&w->rb), nr, w->m->old_name);
	return 0;
}

static int check_after(struct walk *w, const struct source *merged)
{
	struct merge *m = w->m;
	unsigned line;
	size_t i;

	for (i = 0; !m->is_helper && i < merged->tokens.nr; i++)
		if (ctoken_names(merged, i, m->old_name)) {
			m->error = xasprintf("%s:%u: %s is still named here: the rules do not reach it",
					     m->file, line_of(merged, i), m->old_name);
			return -EINVAL;
		}
	if (w->fields != m->fields)
		return fail(w, 0, "%u tables or assignments renamed where the inventory lists %u",
			    w->fields, m->fields);
	if (w->defines != m->null_defines)
		return fail(w, 0, "%u of %u #define %s renamed", w->defines, m->null_defines,
			    m->old_name);
	if (w->declarations < m->declarations)
		return fail(w, 0, "%u of %u declarations of %s renamed", w->declarations,
			    m->declarations, m->old_name);
	if (!source_same_code(merged, w->b, &line)) {
		m->error = xasprintf("%s:%u: the merged text is not what spatch wrote", m->file, line);
		return -EINVAL;
	}
	return 0;
}

int merge_file(struct merge *m, const struct source *before, const struct source *after)
{
	struct walk w = { .m = m, .a = before, .b = after };
	struct source merged = { 0 };
	int ret;

	m->text = NULL;
	m->error = NULL;
	ret = check_before(&w);
	while (!ret && (w.i < before->tokens.nr || w.j < after->tokens.nr))
		ret = step(&w);
	if (ret)
		goto done;
	m->text = edits_apply(&w.edits, before->text, before->len, &m->len);
	source_init(&merged, xstrndup(m->text, m->len), m->len);
	ret = check_after(&w, &merged);
done:
	if (ret) {
		free(m->text);
		m->text = NULL;
	}
	source_free(&merged);
	edits_free(&w.edits);
	vec_free(&w.ra);
	vec_free(&w.rb);
	return ret;
}
