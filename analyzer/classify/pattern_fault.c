// SPDX-License-Identifier: GPL-2.0-only
/* fault: leaves the pages to vm_ops with a fault callback. */
#include "classify/classify.h"

static bool match(const struct subject *s)
{
	bool unknown;

	if (!contract_find(s->contract, EFFECT_VM_OPS) || contract_find(s->contract, EFFECT_ACTION))
		return false;
	return vm_ops_has(s, "fault", &unknown) || vm_ops_has(s, "huge_fault", &unknown) ||
	       vm_ops_has(s, "pfn_mkwrite", &unknown) || unknown;
}

const struct pattern pattern_fault = { .name = "fault", .summary = "leaves the pages to vm_ops with a fault callback", .match = match };
