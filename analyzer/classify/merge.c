// SPDX-License-Identifier: GPL-2.0-only
/* R6: what keeps a new mapping from merging with its neighbour, which would skip mapped. */
#include "classify/rules_internal.h"

#include <string.h>

/* VM_SPECIAL of include/linux/mm.h */
static const char *const special[] = { "VM_DONTEXPAND", "VM_IO", "VM_MIXEDMAP", "VM_PFNMAP" };
enum { NR_SPECIAL = sizeof(special) / sizeof(*special) };

bool path_stays_apart(const struct contract *c, const struct path *p)
{
	const struct effect *e;
	const uint32_t *i;
	unsigned set = 0, k;

	vec_each(i, &p->effects) {
		e = &c->effects[*i];
		if (e->kind == EFFECT_FLAGS_OTHER)
			set = 0;
		/* A populating function sets VM_PFNMAP or VM_MIXEDMAP itself. */
		if (e->kind == EFFECT_ACTION)
			set |= 1u << NR_SPECIAL;
		for (k = 0; k < NR_SPECIAL; k++) {
			if (e->kind == EFFECT_FLAGS_SET && !e->in_loop && !strcmp(e->name, special[k]))
				set |= 1u << k;
			if (e->kind == EFFECT_FLAGS_CLEAR && !strcmp(e->name, special[k]))
				set &= ~(1u << k);
		}
	}
	return set;
}
