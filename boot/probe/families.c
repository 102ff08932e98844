// SPDX-License-Identifier: GPL-2.0-only
/* All families, from families.h. */
#include "probe.h"

const struct subject *const *const families[] = {
#define FAMILY(name) family_##name,
#include "families.h"
#undef FAMILY
	NULL,
};
