// SPDX-License-Identifier: GPL-2.0-only
#include "cmd/option_list.h"

/* man/, completions/ and tests/cmd/manual.sh go by what --help makes of this. */
const struct option_row option_rows[] = {
	{ "tree", 'C', "TREE", "the kernel tree; it is read, never written", NEEDS_TREE },
	{ "out", 'o', "OUT", "the folder for results; made if it is not there, never inside TREE", NEEDS_OUT | TAKES_OUT },
	{ "no-kbuild", OPT_NO_KBUILD, NULL, "execute nothing of the tree: flags are guessed, parses are partial", NEEDS_TREE },
	{ "no-pch", OPT_NO_PCH, NULL, "parse without precompiled headers", READS },
	{ "no-cache", OPT_NO_CACHE, NULL, "use and keep no results of other runs", READS },
	{ "parse-timeout", OPT_PARSE_TIMEOUT, "SECONDS", "of processor time, to parse one file (default: 60)", READS },
	{ "spatch-timeout", OPT_SPATCH_TIMEOUT, "SECONDS", "for spatch to rewrite one file (default: 120)", CONVERTS },
	{ "build-timeout", OPT_BUILD_TIMEOUT, "SECONDS", "to build one kernel (default: 7200)", BOOTS },
	{ "boot-timeout", OPT_BOOT_TIMEOUT, "SECONDS", "for one boot, with all that is tried in it (default: 7200)", BOOTS },
	{ "short", OPT_SHORT, NULL, "try a few requests of each kind only: minutes, not an hour", BOOTS },
	{ "unproved", OPT_UNPROVED, NULL,
	  "emit patches too whose hook could not be compared with the handler, and mark them", CONVERTS },
	{ "shelf", OPT_SHELF, "DIR", "the folder of the hand-finished patches (default: mmapconv's own)", CONVERTS | SHELVES },
	{ "no-shelf", OPT_NO_SHELF, NULL, "use no hand-finished patches", CONVERTS },
	{ "base", OPT_BASE, "TREE", "the release that the patches were made for: merge where TREE differs from it", SHELVES },
	{ "list-rules", OPT_LIST_RULES, NULL,
	  "print what the semantic patches do, and with -C which of them serve that tree; nothing else is done",
	  TAKES_LIST_RULES },
	{ "self", OPT_SELF, NULL, "compare each handler, or those named, with itself", TAKES_SELF },
	{ "legacy", OPT_LEGACY, NULL, "look for bugs of the legacy handlers, too", TAKES_LEGACY },
	{ "diff", OPT_DIFF, "FILE", "the patch, as a diff or a mail; -: from standard input", TAKES_DIFF },
	{ "only", OPT_ONLY, "WHICH", "drivers with this file, folder, FILE:FUNC or pattern; can be repeated (default: all)",
	  TAKES_SERIES },
	{ "limit", OPT_LIMIT, "N", "at most N patches in all (default: no limit)", TAKES_SERIES },
	{ "reroll", 'v', "N", "make version N, with what changed since N - 1 (default: 1)", TAKES_SERIES },
	{ "check", OPT_CHECK, NULL, "apply, compile, checkpatch and sparse each patch in its place", TAKES_SERIES },
	{ "signoff", OPT_SIGNOFF, NULL, "add your Signed-off-by, from git's configuration", TAKES_SERIES },
	{ "jobs", 'j', "N", "work on N files at once, 1 to 64 (default: one a processor)", 0 },
	{ "json", OPT_JSON, NULL, "print JSON instead of text", 0 },
	{ "quiet", 'q', NULL, "print no notes and no progress; warnings and errors stay", 0 },
	{ "help", 'h', NULL, "print this", 0 },
	{ "usage", OPT_USAGE, NULL, "print the usage in short", 0 },
	{ 0 },
};

const struct option_row *option_row_of(int key)
{
	const struct option_row *row;

	for (row = option_rows; row->name; row++)
		if (row->key == key)
			return row;
	return NULL;
}

bool option_taken(const struct option_row *row, const struct command *c)
{
	return !row->needs || (row->needs & c->needs);
}

char *option_spelling(const struct option_row *row)
{
	return row->key < OPT_JSON ? xasprintf("-%c", row->key) : xasprintf("--%s", row->name);
}

char *option_takers(const struct option_row *row)
{
	struct strbuf b = { 0 };
	const struct command *c;

	for (c = commands; c->name; c++)
		if (option_taken(row, c))
			strbuf_addf(&b, "%s%s", b.len ? ", " : "", c->name);
	return strbuf_detach(&b);
}

struct argp_option *option_argp_list(const struct command *c)
{
	size_t nr = sizeof(option_rows) / sizeof(*option_rows), i;
	struct argp_option *list = xcalloc(nr, sizeof(*list));
	const struct option_row *row;

	for (i = 0; option_rows[i].name; i++) {
		row = &option_rows[i];
		list[i] = (struct argp_option){ .name = row->name, .key = row->key, .arg = row->arg, .doc = row->doc,
						.flags = option_taken(row, c) ? 0 : OPTION_HIDDEN };
	}
	return list;
}
