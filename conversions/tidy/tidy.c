// SPDX-License-Identifier: GPL-2.0-only
#include "tidy/tidy.h"

#include <stdlib.h>
#include <string.h>

#include "rewrite/regions.h"

typedef void (*tidy_step)(const struct tidy *t, const struct source *s, struct edits *e);

void tidy_hooks(const struct tidy *t, const struct source *s, struct regions *out)
{
	struct regions all = { 0 };
	unsigned line;
	size_t i;

	regions_find(s, t->new_name, &all, &line);
	for (i = 0; i < all.nr; i++)
		if (all.items[i].is_definition)
			*(struct region *)vec_push(out) = all.items[i];
	vec_free(&all);
}

/* Run one step; keep its result only if the code is the same, or may differ. */
static void run_step(const struct tidy *t, tidy_step step, bool may_add_code, struct source *s)
{
	struct edits e = { 0 };
	struct source next;
	unsigned line;
	size_t len;
	char *text;

	step(t, s, &e);
	if (e.nr) {
		text = edits_apply(&e, s->text, s->len, &len);
		source_init(&next, text, len);
		if (may_add_code || source_same_code(s, &next, &line)) {
			source_free(s);
			*s = next;
		} else {
			source_free(&next);
		}
	}
	edits_free(&e);
}

char *tidy_text(const struct tidy *t, const char *text, size_t len, size_t *new_len)
{
	struct source s;
	char *result;

	source_init(&s, xstrndup(text, len), len);
	run_step(t, tidy_parentheses, true, &s);
	run_step(t, tidy_space, false, &s);
	run_step(t, tidy_layout, false, &s);
	run_step(t, tidy_braces, true, &s);
	run_step(t, tidy_long_lines, false, &s);
	run_step(t, tidy_comments, false, &s);
	if (t->is_header)
		run_step(t, tidy_forward, true, &s);
	*new_len = s.len;
	result = s.text;
	s.text = NULL;
	source_free(&s);
	return result;
}

void tidy_forward(const struct tidy *t, const struct source *s, struct edits *e)
{
	size_t i, desc = 0, vma = 0;

	for (i = 0; i + 2 < s->tokens.nr; i++) {
		if (!ctoken_is(s, i, "struct") || !ctoken_is(s, i + 2, ";"))
			continue;
		if (ctoken_is(s, i + 1, "vm_area_desc"))
			desc = i + 1;
		else if (ctoken_is(s, i + 1, "vm_area_struct") && !vma)
			vma = i + 1;
	}
	if (desc || !vma || !source_has(s, t->new_name))
		return;
	edits_add(e, s->tokens.items[vma - 1].off, 0, xstrdup("struct vm_area_desc;\n"));
}
