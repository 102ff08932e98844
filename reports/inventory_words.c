// SPDX-License-Identifier: GPL-2.0-only
#include "inventory_words.h"

#include <string.h>

const char *const class_words[] = {
	"reject", "stacked", "delegate", "stateful", "remap", "mixedmap", "generic", "fault",
	"flags", "unknown", NULL
};
const char *const verdict_words[] = { "auto", "assisted", "core", "none", "unknown", NULL };
const char *const outcome_words[] = {
	"converted", "hand", "auto", "assisted", "core", "none", "failed", "unparsed", NULL
};
const char *const parse_words[] = { "full", "partial", "failed", NULL };
const char *const how_words[] = {
	"static", "array", "nested", "compound", "assignment", "copy", "define-null", "rust",
	"positional", "argument", NULL
};
const char *const role_words[] = {
	"tier-1", "tier-2", "hook", "not-reached", "excluded", NULL
};
const char *const companion_words[] = { "helper", "open", NULL };
const char *const proof_words[] = { "equal", "equal-but", "differs", "unknown", NULL };
const char *const boot_words[] = {
	"same", "differs", "not-compared", "not-reached", "unclear", "not-built", NULL
};
const char *const status_words[] = { "ok", "failed", "not-run", "unproved", NULL };
const char *const problem_stage_words[] = { "search", "flags", "parse", "convert", NULL };
const char *const conversion_stage_words[] = {
	"rewrite", "compile", "checkpatch", "residue", "proof", "apply", "shelf", NULL
};
const char *const hand_kind_words[] = { "conversion", "fix", "preparation", "core", NULL };
const char *const hand_state_words[] = { "applied", "failed", "there", NULL };
const char *const judgement_state_words[] = { "taken", "changed", "contradicted", "unused", "damaged", NULL };

int word_index(const char *const *words, const char *s)
{
	int i;

	for (i = 0; s && words[i]; i++)
		if (!strcmp(words[i], s))
			return i;
	return -1;
}

bool how_is_known(const char *how)
{
	const char *name = how + strlen("macro:");
	size_t len;

	if (!str_starts(how, "macro:"))
		return word_index(how_words, how) >= 0;
	len = strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_0123456789");
	return len && !name[len] && (name[0] < '0' || name[0] > '9');
}
