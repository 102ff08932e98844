// SPDX-License-Identifier: GPL-2.0-only
/* delegate: hands the vma to a subsystem's callback or mmap helper. */
#include "classify/classify.h"

static bool match(const struct subject *s)
{
	return contract_find(s->contract, EFFECT_DELEGATE);
}

const struct pattern pattern_delegate = { .name = "delegate", .summary = "hands the vma to a subsystem's callback or mmap helper", .match = match };
