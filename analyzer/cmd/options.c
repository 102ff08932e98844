// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "cmd/option_list.h"

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

/* An option that does nothing here is not passed over: who gives it expects something of it. */
static void refuse_unless_taken(const struct command *c, const struct option_row *row, struct argp_state *state)
{
	char *spelling, *takers;

	if (option_taken(row, c))
		return;
	spelling = option_spelling(row);
	takers = option_takers(row);
	argp_error(state, "%s has no meaning here; commands that take it: %s", spelling, takers);
	free(spelling);
	free(takers);
}

static error_t parse_option(int key, char *arg, struct argp_state *state)
{
	struct parse *p = state->input;
	struct options *opt = p->opt;

	if (key > 0 && option_row_of(key))
		refuse_unless_taken(p->c, option_row_of(key), state);
	switch (key) {
	case 'h':		/* both end the program, as argp's own do */
		argp_state_help(state, state->out_stream, ARGP_HELP_STD_HELP);
		break;
	case OPT_USAGE:
		argp_state_help(state, state->out_stream, ARGP_HELP_USAGE | ARGP_HELP_EXIT_OK);
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
	case OPT_BUILD_TIMEOUT:
		opt->build_timeout_s = number(state, arg, "--build-timeout", 86400);
		break;
	case OPT_BOOT_TIMEOUT:
		opt->boot_timeout_s = number(state, arg, "--boot-timeout", 86400);
		break;
	case OPT_SHORT:
		opt->few = true;
		break;
	case OPT_LIST_RULES:
		opt->list_rules = true;
		break;
	case OPT_SELF:
		opt->self = true;
		break;
	case OPT_UNPROVED:
		opt->unproved = true;
		break;
	case OPT_SHELF:
	case OPT_BASE:
		if (!*arg)
			argp_error(state, "%s takes a folder", key == OPT_SHELF ? "--shelf" : "--base");
		free(key == OPT_SHELF ? opt->shelf : opt->base);
		*(key == OPT_SHELF ? &opt->shelf : &opt->base) = xstrdup(arg);
		break;
	case OPT_NO_SHELF:
		opt->no_shelf = true;
		break;
	case OPT_DIFF:
		free(opt->diff);
		opt->diff = xstrdup(arg);
		break;
	case OPT_LEGACY:
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
			argp_error(state, "no argument is taken: '%s'", arg);
		strlist_add(&opt->args, arg);
		break;
	case ARGP_KEY_END:
		if (opt->shelf && opt->no_shelf)
			argp_error(state, "--shelf and --no-shelf contradict each other");
		if (opt->list_rules)
			break;
		if ((p->c->needs & NEEDS_TREE) && !opt->tree)
			argp_error(state, "a kernel tree is needed: -C TREE");
		if ((p->c->needs & TAKES_DIFF) && !opt->diff)
			argp_error(state, "a patch is needed: --diff FILE");
		if ((p->c->needs & NEEDS_OUT) && !opt->out)
			argp_error(state, "a folder for the results is needed: -o OUT");
		break;
	default:
		return ARGP_ERR_UNKNOWN;
	}
	return 0;
}

/* What stands around the options; the caller frees. */
static char *help_doc(const struct command *c)
{
	return xasprintf("%s\v%s  The manual: man mmapconv-%s.", c->summary, c->exits, c->name);
}

/* What --tree=TREE wants, -C wants too: who would think otherwise? */
static char *no_note(int key, const char *text, void *input)
{
	(void)input;
	return key == ARGP_KEY_HELP_DUP_ARGS_NOTE ? NULL : (char *)text;
}

int options_parse(const struct command *c, int argc, char **argv, struct options *opt)
{
	struct parse p = { c, opt };
	struct argp_option *list = option_argp_list(c);
	char *name = xasprintf("mmapconv %s", c->name), *doc = help_doc(c);
	struct argp argp = { list, parse_option, *c->args ? c->args : NULL, doc, NULL, no_note, NULL };
	long processors = sysconf(_SC_NPROCESSORS_ONLN);

	argp_err_exit_status = EXIT_USAGE;
	argv[0] = name;
	opt->command = c->name;
	opt->converts = c->needs & CONVERTS;
	opt->jobs = processors > 0 && processors <= 64 ? (unsigned)processors : 1;
	argp_parse(&argp, argc, argv, ARGP_NO_HELP, NULL, &p);
	log_set_quiet(opt->quiet);
	free(name);
	free(doc);
	free(list);
	return 0;
}

void options_free(struct options *opt)
{
	free(opt->tree);
	free(opt->out);
	free(opt->diff);
	free(opt->shelf);
	free(opt->base);
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
