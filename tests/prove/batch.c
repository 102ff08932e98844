// SPDX-License-Identifier: GPL-2.0-only
/*
 * Many comparisons of one tree in one go: batch TREE < LIST.  A line of LIST is
 *
 *	FILE TAB OLD TAB NEW { TAB FILE=PATH }...
 *
 * a handler and a hook of one file of the tree; for the hook's side each named file is read from PATH, for the
 * handler's where a '-' stands before it.  One line of answers each, in order, fields apart by tabs: the verdict
 * ("invalid": the hook's side does not compile, or the handler's that is read from elsewhere), the
 * kinds of differences, "LINE: reason", the request, what the old one does, what the new one does.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "cache/cache.h"
#include "pairs/pairs.h"

/* A list's line, cut apart. */
VEC_DECLARE(instead_list, struct read_instead);
struct line { char *text; struct instead_list instead, old_instead; };
VEC_DECLARE(lines, struct line);
VEC_DECLARE(pair_list, struct pair);

static char *field(char **rest)
{
	char *f = strsep(rest, "\t");

	return f && *f ? f : NULL;
}

/* 0 or -EINVAL */
static int cut(struct line *l, struct pair *pair)
{
	char *rest = l->text, *file = field(&rest), *old = field(&rest), *new_name = field(&rest), *f, *path;

	if (!new_name)
		return -EINVAL;
	while ((f = field(&rest))) {
		path = strchr(f, '=');
		if (!path)
			return -EINVAL;
		*path = '\0';
		*vec_push(*f == '-' ? &l->old_instead : &l->instead) = (struct read_instead){ f + (*f == '-'), path + 1 };
	}
	*pair = (struct pair){ .old = { .file = file, .function = old, .instead = l->old_instead.items,
					.nr_instead = l->old_instead.nr },
			       .new_side = { .file = file, .function = new_name, .instead = l->instead.items,
					     .nr_instead = l->instead.nr } };
	return 0;
}

static int read_list(struct lines *lines, struct pair_list *pairs)
{
	char *text = NULL;
	size_t size = 0, i;
	ssize_t len;

	while ((len = getline(&text, &size, stdin)) > 0) {
		if (text[len - 1] == '\n')
			text[len - 1] = '\0';
		*vec_push(lines) = (struct line){ .text = xstrdup(text) };
	}
	free(text);
	for (i = 0; i < lines->nr; i++)
		if (cut(&lines->items[i], vec_push(pairs))) {
			log_error("line %zu of the list is none", i + 1);
			return -EINVAL;
		}
	return 0;
}

static void print_field(const char *s)
{
	putchar('\t');
	for (; s && *s; s++)
		putchar(*s == '\t' || *s == '\n' ? ' ' : *s);
}

static void print_answer(const struct pair *pair)
{
	const struct difference *d;
	struct strbuf kinds = { 0 };
	struct proof proof;
	char *reason;

	if ((pair->error && (!pair->missing_old || pair->old.nr_instead)) ||
	    (pair->doubt && (!pair->doubt_old || pair->old.nr_instead))) {
		printf("invalid\t");
		print_field(pair->error ? pair->error : pair->doubt);
		printf("\t\t\t\n");
		return;
	}
	pair_prove(pair, &proof);
	vec_each(d, &proof.differences)
		strbuf_addf(&kinds, "%s%s", kinds.len ? "," : "", d->kind->name);
	reason = proof.reason ? xasprintf("%s%u: %s", proof.old_side ? "old " : "", proof.line, proof.reason) : NULL;
	fputs(prove_verdict_name(proof.verdict), stdout);
	print_field(kinds.s);
	print_field(reason);
	print_field(proof.request);
	print_field(proof.old_does);
	print_field(proof.new_does);
	putchar('\n');
	free(reason);
	strbuf_free(&kinds);
	proof_free(&proof);
}

static int prove_list(struct pairs *p, struct pair_list *list)
{
	struct pair *pair;
	int ret = pairs_read(p, list->items, list->nr);

	if (ret)
		return ret;
	vec_each(pair, list)
		print_answer(pair);
	return 0;
}

int main(int argc, char **argv)
{
	struct flags_options fo = { .jobs = 1 };
	struct pairs_options po = { .jobs = 1 };
	struct pair_list list = { 0 };
	struct lines lines = { 0 };
	struct pairs *p = NULL;
	struct tree tree = { 0 };
	struct pair *pair;
	struct line *l;
	int ret;

	if (argc == 2 && !strcmp(argv[1], "worker"))
		return worker_main() ? 3 : 0;
	if (argc != 2) {
		fputs("usage: prove-batch TREE < LIST\n", stderr);
		return 2;
	}
	ret = tree_open(&tree, argv[1]);
	if (ret)
		return 3;
	po.tree = &tree;
	po.flags = flags_open(&tree, &fo);
	po.cache = cache_open(&(struct cache_options){ 0 });
	ret = read_list(&lines, &list);
	if (!ret)
		ret = pairs_open(&po, &p);
	if (!ret)
		ret = prove_list(p, &list);
	vec_each(pair, &list)
		pair_free(pair);
	pairs_free(p);
	vec_each(l, &lines) {
		free(l->text);
		vec_free(&l->instead);
		vec_free(&l->old_instead);
	}
	vec_free(&list);
	vec_free(&lines);
	flags_close(po.flags);
	cache_close(po.cache);
	tree_close(&tree);
	return ret ? 3 : 0;
}
