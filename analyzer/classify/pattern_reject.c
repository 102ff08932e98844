// SPDX-License-Identifier: GPL-2.0-only
/* reject: fails on every path. */
#include "classify/classify.h"

static bool match(const struct subject *s)
{
	return always_fails(s->contract);
}

const struct pattern pattern_reject = { .name = "reject", .summary = "fails on every path", .match = match };
