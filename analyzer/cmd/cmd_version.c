// SPDX-License-Identifier: GPL-2.0-only
#include <json-c/json.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <xxhash.h>

#include "base/json.h"
#include "base/run.h"
#include "base/version.h"
#include "cmd/cmd.h"
#include "contract/smt.h"
#include "parse/parse.h"
#include "scan/spatch_version.h"

/* The libraries say themselves which they are: those that run, not those that were built with. */
struct part { const char *name; char *version; };

enum { PARTS = 7 };

static char *xxhash_version(void)
{
	unsigned n = XXH_versionNumber();

	return xasprintf("%u.%u.%u", n / 10000, n / 100 % 100, n % 100);
}

static void ask_all(struct part *parts)
{
	const struct part asked[PARTS] = {
		{ "mmapconv", xstrdup(MMAPCONV_VERSION) }, { "libclang", parse_libclang_version() },
		{ "json-c", xstrdup(json_c_version()) }, { "sqlite", xstrdup(sqlite3_libversion()) },
		{ "z3", smt_version() }, { "xxhash", xxhash_version() }, { "spatch", spatch_version(NULL) },
	};
	size_t i;

	for (i = 0; i < PARTS; i++)
		parts[i] = asked[i];
}

/* Only spatch can lack one: it is a program, not a library. */
static void print_text(const struct part *parts)
{
	const char *without = run_have("spatch") ? "is there, but does not say its version"
						 : "not found in PATH; convert and run need it: Debian's coccinelle";
	size_t i;

	for (i = 0; i < PARTS; i++)
		printf("%s %s\n", parts[i].name, parts[i].version ? parts[i].version : without);
}

static void print_json(const struct part *parts)
{
	struct json_object *o = json_object_new_object();
	size_t i;

	for (i = 0; i < PARTS; i++)
		json_set_str(o, parts[i].name, parts[i].version);
	puts(json_object_to_json_string_ext(o, JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_NOSLASHESCAPE));
	json_object_put(o);
}

int cmd_version(struct options *opt)
{
	struct part parts[PARTS];
	size_t i;

	ask_all(parts);
	if (opt->json)
		print_json(parts);
	else
		print_text(parts);
	for (i = 0; i < PARTS; i++)
		free(parts[i].version);
	return EXIT_DONE;
}
