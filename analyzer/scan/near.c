// SPDX-License-Identifier: GPL-2.0-only
#include "scan/near.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"

enum { MAX_NEAR = 5, MAX_NAME = 128, FAR = 1000 };

struct candidate { unsigned score; char *text; };

unsigned edit_distance(const char *a, const char *b, unsigned most)
{
	unsigned row[MAX_NAME + 1], diagonal, above, best;
	size_t len_a = strlen(a), len_b = strlen(b), i, k;

	if (len_a > MAX_NAME || len_b > MAX_NAME || len_a > len_b + most || len_b > len_a + most)
		return most + 1;
	for (k = 0; k <= len_b; k++)
		row[k] = (unsigned)k;
	for (i = 1; i <= len_a; i++) {
		diagonal = row[0];
		row[0] = (unsigned)i;
		for (k = 1; k <= len_b; k++) {
			above = row[k];
			best = diagonal + (a[i - 1] != b[k - 1]);
			if (above + 1 < best)
				best = above + 1;
			if (row[k - 1] + 1 < best)
				best = row[k - 1] + 1;
			row[k] = best;
			diagonal = above;
		}
	}
	return row[len_b] <= most ? row[len_b] : most + 1;
}

/* 0 is nearest, FAR is not near at all. */
static unsigned score(const char *file, const char *name, const char *wanted, size_t file_len, const char *function)
{
	bool same_file = strlen(file) == file_len && !strncmp(file, wanted, file_len);
	const char *base = path_base(wanted, file_len), *own = path_base(file, strlen(file));
	bool same_base = strlen(own) == (size_t)(wanted + file_len - base) && !strncmp(own, base, strlen(own));
	unsigned most = 2 + (unsigned)strlen(function) / 5, d = edit_distance(name, function, most);

	if (!*function)
		return same_file ? 0 : same_base ? 10 : FAR;
	if (!d)
		return same_base ? 0 : 1;
	if (same_file && d <= most)
		return 10 + d;
	if (same_file && (strstr(name, function) || strstr(function, name)))
		return 20;
	if (same_base && d <= most)
		return 30 + d;
	if (d == 1)
		return 40;
	return same_file ? 50 : FAR;
}

static int compare_candidates(const void *pa, const void *pb)
{
	const struct candidate *a = pa, *b = pb;

	return (a->score > b->score) - (a->score < b->score) ?: strcmp(a->text, b->text);
}

VEC_DECLARE(candidates, struct candidate);

static void consider(const char *file, const char *name, const char *wanted, struct candidates *found)
{
	bool bare = !strpbrk(wanted, ":/.");		/* a function's name alone */
	size_t file_len = bare ? 0 : strcspn(wanted, ":");
	const char *function = bare ? wanted : wanted[file_len] ? wanted + file_len + 1 : "";
	unsigned points = score(file, name, wanted, file_len, function);
	char *text;

	if (points == FAR)
		return;
	text = xasprintf("%s:%s", file, name);
	if (strcmp(text, wanted))
		*vec_push(found) = (struct candidate){ points, text };
	else
		free(text);
}

void scan_near(const struct search *s, const char *wanted, const struct strlist *here, struct strlist *near)
{
	struct candidates found = { 0 };
	const struct text_function *f;
	struct candidate *c;
	char *file;
	size_t i;

	vec_each(f, &s->facts.functions)
		if (f->kind == TEXT_DEFINITION)
			consider(f->file, f->name, wanted, &found);
	file = xstrndup(wanted, strcspn(wanted, ":"));
	for (i = 0; here && i < here->nr; i++)
		consider(file, here->items[i], wanted, &found);
	free(file);
	if (found.nr)
		qsort(found.items, found.nr, sizeof(*found.items), compare_candidates);
	vec_each(c, &found) {
		if (near->nr < MAX_NEAR)
			strlist_add_once(near, c->text);
		free(c->text);
	}
	vec_free(&found);
}
