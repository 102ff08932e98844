// SPDX-License-Identifier: GPL-2.0-only
#include "classify/rules_internal.h"

#define RULES(R) R(api) R(vma) R(actions) R(state) R(order) R(fields) R(tables) R(tier) R(unsure)


void (*const rules[])(const struct subject *s, struct verdict *v) = {
#define R(name) rules_##name,
	RULES(R)
#undef R
	NULL
};
