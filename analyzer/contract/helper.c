// SPDX-License-Identifier: GPL-2.0-only
/*
 * Subsystems' helpers that get the vma and call nothing of a driver's: what each may write of the mapping is in
 * the model table.  What stands there afterwards is a function of all that the helper could look at.
 */
#include <stdlib.h>

#include "contract/engine.h"
#include "contract/models.h"

enum { MAX_LOOKED_AT = CELL_NR + 16 + 1 };	/* the mapping, a call's arguments, its result */

void do_helper(struct engine *e, struct state *s, const struct call *k, const struct model *m)
{
	bool delegates = strstr(k->name, "mmap") != NULL;
	struct effect *f = add_effect(e, s, delegates ? EFFECT_DELEGATE : EFFECT_ESCAPE, k->line, k->name);
	uint64_t memory = memory_version(s);
	term_t seen[MAX_LOOKED_AT], others[MAX_LOOKED_AT];
	size_t i, nr = 0, nr_others = 0;
	enum vma_cell cell;
	char *name;

	if (k->file)
		f->file = xstrdup(k->file);
	effect_sees_mapping(e, s, f);
	for (cell = 0; cell < CELL_NR; cell++)
		seen[nr++] = vma_cell_read(e, s, cell);
	for (i = 0; i < k->nr && nr < MAX_LOOKED_AT - 1; i++) {
		effect_arg(f, k->args[i]);
		if (k->args[i] && k->args[i] != e->vma)
			seen[nr++] = others[nr_others++] = k->args[i];
	}
	s->value = call_result(e, s, k);
	e->c->effects[s->effects.items[s->effects.nr - 1]].result = s->value;
	if (s->value)
		seen[nr++] = s->value;
	memory_clobber(e, s, others, nr_others);
	for (cell = 0; cell < CELL_NR; cell++) {
		if (!(m->writes & 1u << cell))
			continue;
		name = xasprintf("%s after %s", vma_cell_name(cell), k->name);
		memory_write(e, s, vma_cell_address(e, cell),
			     term_call(e->t, name, 0, seen, nr, memory, term_at(e->t, seen[cell])->type));
		free(name);
	}
	if (m->keeps_vma)
		memory_escape(e, s, k->args, k->nr);
}
