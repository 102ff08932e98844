// SPDX-License-Identifier: GPL-2.0-only
/* A contract as the inventory keeps it: texts that people read, with the lines that they are about. */
#include <stdlib.h>
#include <string.h>

#include "contract/describe.h"
#include "scan/record.h"

enum { MAX_PATHS = 64, MAX_BYTES = 64 << 10 };

static const char *reason_of(const struct unmodelled *m)
{
	return *m->reason ? m->reason : "it is not known why";
}

static size_t record_path(const struct contract *c, const struct path *p, struct contract_path *out)
{
	const struct unmodelled *m = path_unmodelled(c, p);
	const struct guard *g;
	size_t i, nr, bytes = 0;
	const char *loop;
	char *text;

	vec_each(g, &p->guards) {
		text = guard_describe(c, g);
		strlist_addf(&out->guards, "%u: %s", g->line, text);
		bytes += strlen(text);
		free(text);
	}
	for (i = 0; i < p->effects.nr; i += nr) {
		nr = effects_describe(c, p, i, &text);
		loop = c->effects[p->effects.items[i]].loop ? "in the loop: " : "";
		strlist_addf(&out->effects, "%u: %s%s", c->effects[p->effects.items[i]].line, loop, text);
		bytes += strlen(text);
		free(text);
	}
	out->result = result_describe(c, p);
	out->line = p->line;
	out->unmodelled = m ? xstrdup(reason_of(m)) : NULL;
	return bytes;
}

static void free_path(struct contract_path *p)
{
	strlist_free(&p->guards);
	strlist_free(&p->effects);
	free(p->result);
	free(p->unmodelled);
}

void scan_record_contract(const struct contract *c, struct handler *h)
{
	struct contract_record *r = &h->contract;
	const struct unmodelled *m;
	struct contract_gap *gap;
	struct contract_path one;
	const struct path *p;
	size_t bytes = 0;

	vec_each(p, &c->paths) {
		one = (struct contract_path){ 0 };
		if (r->paths.nr < MAX_PATHS)
			bytes += record_path(c, p, &one);
		if (r->paths.nr < MAX_PATHS && (bytes <= MAX_BYTES || !r->paths.nr)) {
			*vec_push(&r->paths) = one;
		} else {
			free_path(&one);
			bytes = MAX_BYTES + 1;
			r->more_paths++;
		}
	}
	vec_each(m, &c->unmodelled) {
		gap = vec_push(&r->unmodelled);
		gap->line = m->line;
		gap->reason = xstrdup(reason_of(m));
	}
	r->complete = contract_is_complete(c);
}
