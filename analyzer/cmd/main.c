// SPDX-License-Identifier: GPL-2.0-only
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "base/run.h"
#include "cmd/cmd.h"
#include "workers/workers.h"

const struct command commands[] = {
	{ "run", "", "scan, convert, series, report", NEEDS_TREE | NEEDS_OUT | TAKES_UNPROVED, cmd_run },
	{ "scan", "", "find, parse and classify every handler; writes OUT/inventory.json",
	  NEEDS_TREE | TAKES_OUT, cmd_scan },
	{ "explain", "FILE:FUNC", "what a handler does, path by path, and what blocks it",
	  NEEDS_TREE | TAKES_ARGS, cmd_explain },
	{ "convert", "[FILE:FUNC | FILE | DIR]...", "scan these (default: all), rewrite and check them; writes OUT/patches",
	  NEEDS_TREE | NEEDS_OUT | TAKES_ARGS | TAKES_LIST_RULES | TAKES_UNPROVED, cmd_convert },
	{ "prove", "OLD.c:FUNC NEW.c:FUNC\n--self [FILE:FUNC | FILE | DIR]...",
	  "does a hook do to every request what the legacy handler did?", NEEDS_TREE | TAKES_ARGS | TAKES_SELF, cmd_prove },
	{ "audit", "[FILE:FUNC | FILE | DIR]...", "misuse in the mmap_prepare hooks that are already there",
	  NEEDS_TREE | TAKES_ARGS | TAKES_LEGACY, cmd_audit },
	{ "check", "", "a patch under review: new users of mmap, misuse in the hooks that it touches",
	  NEEDS_TREE | TAKES_DIFF, cmd_check },
	{ "series", "", "mail-ready postings in OUT/series from OUT/patches; nothing is sent",
	  NEEDS_TREE | NEEDS_OUT | TAKES_SERIES, cmd_series },
	{ "report", "", "write OUT/report from OUT/inventory.json", NEEDS_OUT, cmd_report },
	{ "diff", "OLD.json NEW.json...", "what moved between inventories; with -o a picture of it, OUT/report/progress.html",
	  TAKES_OUT | TAKES_ARGS, cmd_diff },
	{ "version", "", "the versions of the tool and its libraries", 0, cmd_version },
	{ 0 },
};

static void on_signal(int sig)
{
	(void)sig;
	run_interrupt();
}

static void usage(FILE *to)
{
	const struct command *c;

	fputs("usage: mmapconv COMMAND [-C TREE] [-o OUT] [options] [arguments]\n\n", to);
	for (c = commands; c->name; c++)
		fprintf(to, "  %-8s %s\n", c->name, c->summary);
	fputs("\n`mmapconv COMMAND -h` lists the options of a command.\n", to);
}

int main(int argc, char **argv)
{
	struct sigaction act = { .sa_handler = on_signal };
	struct options opt = { 0 };
	const struct command *c;
	int status;

	if (argc < 2) {
		usage(stderr);
		return EXIT_USAGE;
	}
	if (!strcmp(argv[1], "-h") || !strcmp(argv[1], "--help") || !strcmp(argv[1], "help")) {
		usage(stdout);
		return EXIT_DONE;
	}
	if (!strcmp(argv[1], "--version"))
		argv[1] = (char[]){ "version" };
	if (argc == 2 && !strcmp(argv[1], "worker"))
		return worker_main() ? EXIT_FAILED : EXIT_DONE;
	for (c = commands; c->name && strcmp(c->name, argv[1]); c++)
		;
	if (!c->name) {
		log_error("'%s' is no command of mmapconv; `mmapconv help` lists them", argv[1]);
		return EXIT_USAGE;
	}
	sigaction(SIGINT, &act, NULL);
	sigaction(SIGTERM, &act, NULL);
	status = options_parse(c, argc - 1, argv + 1, &opt);
	if (!status)
		status = c->run(&opt);
	if (run_interrupted()) {
		log_error("interrupted: what was finished is whole, the rest was not written; run the command again");
		status = EXIT_FAILED;
	}
	options_free(&opt);
	if (fflush(stdout) || ferror(stdout)) {
		log_error("standard output could not be written; is the disk full?");
		status = EXIT_FAILED;
	}
	return status;
}
