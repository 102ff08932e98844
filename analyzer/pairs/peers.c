// SPDX-License-Identifier: GPL-2.0-only
/* `return other_mmap(file, vma);`: what the other one does, which another file has. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "pairs/internal.h"

enum { MAX_SOURCE = 16 << 20 };		/* bytes */

/* Does a file that is read from another place name it? */
static bool names(const struct read_instead *f, const char *name)
{
	struct strbuf text = { 0 };
	bool found = str_ends(f->file, ".c") && !file_read(f->path, MAX_SOURCE, &text) && text.len && strstr(text.s, name);

	strbuf_free(&text);
	return found;
}

/* Is it a handler, or a hook, that other files can call? */
static bool takes_mapping(const struct function *fn, size_t nr_args)
{
	if (!fn || fn->nr_params != nr_args)
		return false;
	if (nr_args == 1)
		return strstr(fn->params[0].type, "struct vm_area_desc *");
	return strstr(fn->params[0].type, "struct file *") && strstr(fn->params[1].type, "struct vm_area_struct *");
}

/* The one file that defines it, as the side has it; NULL: none does, several do, or not all have been looked at. */
static struct pair_file *find(struct pairs *p, const struct pair_file *from, const char *name, size_t nr_args, bool *asked)
{
	struct pair_file *f, *found = NULL;
	struct strlist files = { 0 };
	size_t i, nr = 0;

	elsewhere_function(&p->search, name, &files);
	for (i = 0; i < from->nr_instead; i++)
		if (names(&from->instead[i], name))
			strlist_add_once(&files, from->instead[i].file);
	for (i = 0; i < files.nr; i++) {
		if (!strcmp(files.items[i], from->file))
			continue;
		f = pair_other_file(p, from, files.items[i]);
		if (pair_file_want(f, name) || !f->done) {
			*asked = true;
			nr = 2;
		} else if (pair_file_contract(f, name) && takes_mapping(unit_function(&f->reading.unit, name), nr_args)) {
			found = f;
			nr++;
		}
	}
	strlist_free(&files);
	return nr == 1 ? found : NULL;
}

static bool is_known(const struct prove_side *s, const char *name)
{
	const struct prove_peer *peer;

	vec_each(peer, &s->peers)
		if (!strcmp(peer->name, name))
			return true;
	return false;
}

static void add_handed(struct pairs *p, struct prove_side *s, struct pair_file *from, const struct contract *c,
		       struct peer_places *places, bool *asked)
{
	const struct effect *e;
	const struct path *path;
	struct prove_peer *peer;
	struct pair_file *f;

	vec_each(path, &c->paths) {
		e = path_handed_on(c, path);
		if (!e || is_known(s, e->name))
			continue;
		f = find(p, from, e->name, e->args.nr, asked);
		peer = vec_push(&s->peers);
		*peer = (struct prove_peer){ xstrdup(e->name), f ? pair_file_contract(f, e->name) : NULL,
					     f ? &f->reading.unit.initials : NULL };
		*vec_push(places) = (struct peer_place){ peer->name, f };
	}
}

bool peers_fill(struct pairs *p, struct prove_side *s, struct pair_file *from, struct peer_places *places)
{
	bool asked = false;
	size_t i;

	add_handed(p, s, from, s->contract, places, &asked);
	/* peers and places grow. */
	for (i = 0; i < s->peers.nr && !asked; i++)
		if (s->peers.items[i].contract)
			add_handed(p, s, places->items[i].file, s->peers.items[i].contract, places, &asked);
	return asked;
}
