// SPDX-License-Identifier: GPL-2.0-only
#include "hand/hand_text.h"

#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "base/file.h"
#include "overlay.h"
#include "rewrite/regions.h"

enum { MAX_SOURCE = 32 << 20 };		/* bytes */

/* The tokens of the definitions, each with a mark behind; false: there is no definition. */
static bool add_definitions(const struct source *s, const struct regions *r, struct strbuf *b)
{
	const struct region *one;
	bool any = false;
	size_t i;

	vec_each(one, r) {
		for (i = one->first; one->is_definition && i <= one->last; i++) {
			strbuf_add(b, s->text + s->tokens.items[i].off, s->tokens.items[i].len);
			strbuf_adds(b, "\n");
		}
		if (one->is_definition)
			strbuf_adds(b, "\n");
		any |= one->is_definition;
	}
	return any;
}

static char *hash_of(const struct strbuf *b)
{
	XXH128_hash_t h = XXH3_128bits(b->s, b->len);

	return xasprintf("%016llx%016llx", (unsigned long long)h.high64, (unsigned long long)h.low64);
}

char *hand_text(const struct tree *t, const char *file, const char *function, char **why)
{
	char *path = path_join(t->root, file), *hash = NULL;
	struct strbuf text = { 0 }, code = { 0 };
	struct regions regions = { 0 };
	struct source s;
	unsigned line;

	if (overlay_has_link(t->root, file)) {
		*why = xasprintf("%s is a symbolic link, which is not followed", file);
	} else if (file_read(path, MAX_SOURCE, &text)) {
		*why = xasprintf("this tree has no %s that can be read", file);
	} else {
		strbuf_adds(&text, "");
		source_init(&s, text.s, text.len);
		if (regions_find(&s, function, &regions, &line))
			*why = xasprintf("%s:%u: the end of %s() is not found", file, line, function);
		else if (!add_definitions(&s, &regions, &code))
			*why = xasprintf("%s defines no %s()", file, function);
		else
			hash = hash_of(&code);
		source_free(&s);
		memset(&text, 0, sizeof(text));
	}
	vec_free(&regions);
	strbuf_free(&text);
	strbuf_free(&code);
	free(path);
	return hash;
}

char *hand_text_changed(const struct tree *t, const struct shelf_judgement *j)
{
	const struct shelf_text *r;
	char *why = NULL, *hash;

	vec_each(r, &j->read) {
		hash = hand_text(t, r->file, r->function, &why);
		if (hash && strcmp(hash, r->hash))
			why = xasprintf("%s() of %s is not what was judged: its text is %s, and %s was read, in Linux %s", r->function,
					r->file, hash, r->hash, j->verified.release);
		free(hash);
		if (why)
			return why;
	}
	return NULL;
}
