// SPDX-License-Identifier: GPL-2.0-only
#include <argp.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "cmd/cmd.h"

enum { OPT_JSON = 256, OPT_NO_KBUILD, OPT_NO_PCH, OPT_NO_CACHE, OPT_PARSE_TIMEOUT, OPT_SPATCH_TIMEOUT,
       OPT_LIST_RULES, OPT_SELF, OPT_UNPROVED, OPT_LEGACY, OPT_DIFF, OPT_LIMIT, OPT_ONLY, OPT_CHECK, OPT_SIGNOFF };

static const struct argp_option option_list[] = {
	{ "tree", 'C', "TREE", 0, "the kernel tree; it is read, never written", 0 },
	{ "out", 'o', "OUT", 0, "where results go", 0 },
	{ "jobs", 'j', "N", 0, "how many files at once (default: one a processor)", 0 },
	{ "quiet", 'q', NULL, 0, "no notes and no progress", 0 },
	{ "json", OPT_JSON, NULL, 0, "print JSON instead of text", 0 },
	{ "no-kbuild", OPT_NO_KBUILD, NULL, 0, "run nothing of the tree: flags are guessed, parses are partial", 0 },
	{ "no-pch", OPT_NO_PCH, NULL, 0, "parse without precompiled headers", 0 },
	{ "no-cache", OPT_NO_CACHE, NULL, 0, "use and keep no results of other runs", 0 },
	{ "parse-timeout", OPT_PARSE_TIMEOUT, "SECONDS", 0, "for one file (default: 60)", 0 },
	{ "spatch-timeout", OPT_SPATCH_TIMEOUT, "SECONDS", 0, "for one file (default: 120)", 0 },
	{ "list-rules", OPT_LIST_RULES, NULL, 0,
	  "convert: what the semantic patches do, and with -C which of them serve that tree", 0 },
	{ "unproved", OPT_UNPROVED, NULL, 0,
	  "convert, run: emit patches too whose hook could not be compared with the handler, and mark them", 0 },
	{ "self", OPT_SELF, NULL, 0, "prove: each handler, or those named, against itself", 0 },
	{ "legacy", OPT_LEGACY, NULL, 0, "audit: bugs of the legacy handlers, too", 0 },
	{ "diff", OPT_DIFF, "FILE", 0, "check: the patch, as a diff or a mail; -: from standard input", 0 },
	{ "only", OPT_ONLY, "WHICH", 0, "series: drivers with this file, folder, FILE:FUNC or pattern; can be repeated", 0 },
	{ "limit", OPT_LIMIT, "N", 0, "series: at most N patches in all", 0 },
	{ "reroll", 'v', "N", 0, "series: version N, with what changed since N - 1 (default: 1)", 0 },
	{ "check", OPT_CHECK, NULL, 0, "series: apply, compile, checkpatch and sparse each patch in its place", 0 },
	{ "signoff", OPT_SIGNOFF, NULL, 0, "series: add your Signed-off-by, from git's configuration", 0 },
	{ NULL, 'h', NULL, 0, "as --help", -1 },
	{ 0 },
};

struct parse { const struct command *c; struct options *opt; };

static unsigned number(struct argp_state *state, const char *arg, const char *what, unsigned max)
{
	char *end;
	unsigned long n;

	errno = 0;
	n = strtoul(arg, &end, 10);
	if (errno || *end || end == arg || !n || n > max || *arg == '-')
		argp_error(state, "%s takes a number from 1 to %u, not '%s'", what, max, arg);
	return (unsigned)n;
}

static error_t parse_option(int key, char *arg, struct argp_state *state)
{
	struct parse *p = state->input;
	struct options *opt = p->opt;

	if ((key == 'v' || (key >= OPT_LIMIT && key <= OPT_SIGNOFF)) && !(p->c->needs & TAKES_SERIES))
		argp_error(state, "%s takes no option of series", p->c->name);
	switch (key) {
	case 'h':		/* ends the program, as argp's own --help does */
		argp_state_help(state, state->out_stream, ARGP_HELP_STD_HELP);
		break;
	case 'C':
		free(opt->tree);
		opt->tree = xstrdup(arg);
		break;
	case 'o':
		free(opt->out);
		opt->out = xstrdup(arg);
		break;
	case 'j':
		opt->jobs = number(state, arg, "-j", 64);
		break;
	case 'q':
		opt->quiet = true;
		break;
	case OPT_JSON:
		opt->json = true;
		break;
	case OPT_NO_KBUILD:
		opt->no_kbuild = true;
		break;
	case OPT_NO_PCH:
		opt->no_pch = true;
		break;
	case OPT_NO_CACHE:
		opt->no_cache = true;
		break;
	case OPT_PARSE_TIMEOUT:
		opt->parse_timeout_s = number(state, arg, "--parse-timeout", 86400);
		break;
	case OPT_SPATCH_TIMEOUT:
		opt->spatch_timeout_s = number(state, arg, "--spatch-timeout", 86400);
		break;
	case OPT_LIST_RULES:
		if (!(p->c->needs & TAKES_LIST_RULES))
			argp_error(state, "%s has no rules to list: mmapconv convert --list-rules", p->c->name);
		opt->list_rules = true;
		break;
	case OPT_SELF:
		if (!(p->c->needs & TAKES_SELF))
			argp_error(state, "%s compares nothing: mmapconv prove --self", p->c->name);
		opt->self = true;
		break;
	case OPT_UNPROVED:
		if (!(p->c->needs & TAKES_UNPROVED))
			argp_error(state, "%s emits no patches of its own: --unproved is for convert and run", p->c->name);
		opt->unproved = true;
		break;
	case OPT_DIFF:
		if (!(p->c->needs & TAKES_DIFF))
			argp_error(state, "%s takes no patch: mmapconv check --diff FILE", p->c->name);
		free(opt->diff);
		opt->diff = xstrdup(arg);
		break;
	case OPT_LEGACY:
		if (!(p->c->needs & TAKES_LEGACY))
			argp_error(state, "%s takes no --legacy: mmapconv audit --legacy", p->c->name);
		opt->legacy = true;
		break;
	case OPT_LIMIT:
		opt->limit = number(state, arg, "--limit", 10000);
		break;
	case OPT_ONLY:
		if (!*arg)
			argp_error(state, "--only takes a file, a folder, FILE:FUNC or a pattern");
		strlist_add(&opt->only, arg);
		break;
	case 'v':
		opt->version = number(state, arg, "--reroll", 999);
		break;
	case OPT_CHECK:
		opt->check = true;
		break;
	case OPT_SIGNOFF:
		opt->signoff = true;
		break;
	case ARGP_KEY_ARG:
		if (!(p->c->needs & TAKES_ARGS))
			argp_error(state, "%s takes no argument '%s'", p->c->name, arg);
		strlist_add(&opt->args, arg);
		break;
	case ARGP_KEY_END:
		if (opt->list_rules)
			break;
		if ((p->c->needs & NEEDS_TREE) && !opt->tree)
			argp_error(state, "%s needs a kernel tree: -C TREE", p->c->name);
		if ((p->c->needs & TAKES_DIFF) && !opt->diff)
			argp_error(state, "%s needs a patch: --diff FILE", p->c->name);
		if ((p->c->needs & NEEDS_OUT) && !opt->out)
			argp_error(state, "%s needs a folder for its results: -o OUT", p->c->name);
		if (opt->out && !(p->c->needs & (NEEDS_OUT | TAKES_OUT)))
			argp_error(state, "%s writes nothing: no -o", p->c->name);
		break;
	default:
		return ARGP_ERR_UNKNOWN;
	}
	return 0;
}

int options_parse(const struct command *c, int argc, char **argv, struct options *opt)
{
	struct parse p = { c, opt };
	struct argp argp = { option_list, parse_option, c->args, c->summary, NULL, NULL, NULL };
	char *name = xasprintf("mmapconv %s", c->name);
	long processors = sysconf(_SC_NPROCESSORS_ONLN);

	argp_err_exit_status = EXIT_USAGE;
	argv[0] = name;
	opt->command = c->name;
	opt->jobs = processors > 0 && processors <= 64 ? (unsigned)processors : 1;
	argp_parse(&argp, argc, argv, 0, NULL, &p);
	log_set_quiet(opt->quiet);
	free(name);
	return 0;
}

void options_free(struct options *opt)
{
	free(opt->tree);
	free(opt->out);
	free(opt->diff);
	strlist_free(&opt->args);
	strlist_free(&opt->only);
}

/* A write that is undone: permission bits say little to root, on full disks or read-only mounts. */
static int check_writable(const char *out)
{
	char *probe = path_join(out, ".mmapconv-probe");
	char block[4096];
	int ret;

	memset(block, 'x', sizeof(block));
	ret = file_write_atomic(probe, block, sizeof(block));
	unlink(probe);
	free(probe);
	return ret;
}

int options_out(struct options *opt, const struct tree *t)
{
	char *real;
	int ret = file_mkdirs(opt->out);

	if (!ret)
		ret = check_writable(opt->out);
	if (ret) {
		log_error("%s cannot be written: %s; pass another folder with -o", opt->out, strerror(-ret));
		return ret;
	}
	real = realpath(opt->out, NULL);
	if (!real) {
		log_error("%s cannot be found: %s", opt->out, strerror(errno));
		return -errno;
	}
	free(opt->out);
	opt->out = real;
	if (t && str_starts(real, t->root) && (!real[strlen(t->root)] || real[strlen(t->root)] == '/')) {
		log_error("%s lies inside the tree, which is never written; pass a folder outside it with -o", real);
		return -EINVAL;
	}
	return 0;
}
