// SPDX-License-Identifier: GPL-2.0-only
/* What a file does not hold itself, found by the text of the tree. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "pairs/internal.h"
#include "tree/lex.h"

enum { MAX_SOURCE = 16 << 20 };		/* bytes */

void elsewhere_function(const struct search *s, const char *name, struct strlist *files)
{
	const struct text_function *f;

	vec_each(f, &s->facts.functions)
		if (f->kind == TEXT_DEFINITION && !f->is_static && !strcmp(f->name, name) && str_ends(f->file, ".c"))
			strlist_add_once(files, f->file);
}

/* Is the token the name in `struct vm_operations_struct NAME = {`, of a table that other files can name? */
static bool defines(const struct lexed *l, size_t i, const char *name)
{
	const struct token *t = l->tokens.items;
	size_t k;

	if (!i || i + 1 >= l->tokens.nr || !token_is(&t[i], name) || !token_is(&t[i + 1], "="))
		return false;
	for (k = i; k-- > 0 && t[k].kind == TOKEN_IDENT;)
		if (token_is(&t[k], "static"))
			return false;
	return token_is(&t[i - 1], "vm_operations_struct") ||
	       (i > 1 && token_is(&t[i - 1], "const") && token_is(&t[i - 2], "vm_operations_struct"));
}

static void look(const struct strlist *names, const char *file, const struct strbuf *text, struct strlist *files)
{
	struct lexed l = { 0 };
	size_t i, k;

	for (k = 0; k < names->nr && !strstr(text->s, names->items[k]); k++)
		;
	if (k == names->nr)
		return;
	lex(text->s, text->len, &l);
	for (i = 0; i < l.tokens.nr; i++)
		for (k = 0; k < names->nr; k++)
			if (defines(&l, i, names->items[k]))
				strlist_add_once(&files[k], file);
	lexed_free(&l);
}

static bool is_known(const struct pairs *p, const char *name)
{
	const struct far_table *t;

	vec_each(t, &p->tables)
		if (!strcmp(t->name, name))
			return true;
	return false;
}

void elsewhere_tables(struct pairs *p, const struct strlist *names)
{
	const struct strlist *all = &p->search.vma_files;
	struct strlist todo = { 0 }, *files;
	struct strbuf text = { 0 };
	struct far_table *t;
	char *path;
	size_t i;

	for (i = 0; i < names->nr; i++)
		if (!is_known(p, names->items[i]))
			strlist_add_once(&todo, names->items[i]);
	files = xcalloc(todo.nr + 1, sizeof(*files));
	for (i = 0; i < all->nr && todo.nr; i++) {
		path = str_ends(all->items[i], ".c") ? path_join(p->opt.tree->root, all->items[i]) : NULL;
		strbuf_reset(&text);
		if (path && !file_read(path, MAX_SOURCE, &text) && text.len)
			look(&todo, all->items[i], &text, files);
		free(path);
	}
	for (i = 0; i < todo.nr; i++) {
		t = vec_push(&p->tables);
		t->name = xstrdup(todo.items[i]);
		t->files = files[i];
	}
	strbuf_free(&text);
	free(files);
	strlist_free(&todo);
}

const struct strlist *elsewhere_table(const struct pairs *p, const char *name)
{
	const struct far_table *t;

	vec_each(t, &p->tables)
		if (!strcmp(t->name, name))
			return &t->files;
	return NULL;
}
