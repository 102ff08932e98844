// SPDX-License-Identifier: GPL-2.0-only
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "base/run.h"
#include "cmd/cmd.h"
#include "workers/workers.h"

#define LOST "the tool failed or could not look at everything"
#define EXITS(done, findings, failed) \
	"Exit status: 0 " done "; 1 " findings "; 2 wrong usage; 3 " failed ", the messages say at what."
#define EXITS_ALL_OR_NOTHING(done, failed) \
	"Exit status: 0 " done "; 2 wrong usage; 3 " failed ", the messages say at what."

const struct command commands[] = {
	{ "run", "-C TREE -o OUT", "scan, convert, series, report",
	  EXITS("every handler moves", "some handlers do not, as in every real tree", LOST),
	  NEEDS_TREE | NEEDS_OUT | READS | CONVERTS, cmd_run },
	{ "scan", "-C TREE [-o OUT]", "find, parse and classify every handler; writes OUT/inventory.json",
	  EXITS_ALL_OR_NOTHING("done", LOST), NEEDS_TREE | TAKES_OUT | READS, cmd_scan },
	{ "explain", "-C TREE FILE:FUNC...", "what a handler does, path by path, and what blocks it",
	  EXITS_ALL_OR_NOTHING("done", "the tool failed"), NEEDS_TREE | TAKES_ARGS | READS, cmd_explain },
	{ "convert", "-C TREE -o OUT [FILE:FUNC | FILE | DIR]...\n--list-rules [-C TREE]",
	  "scan these (default: all), rewrite and check them; writes OUT/patches",
	  EXITS("all that was asked for is converted", "some handlers are not", LOST),
	  NEEDS_TREE | NEEDS_OUT | TAKES_ARGS | TAKES_LIST_RULES | READS | CONVERTS, cmd_convert },
	{ "hand", "-C TREE [list | check] [NNNN]...\n-C TREE -o OUT refresh [NNNN]...",
	  "list, check or refresh the hand-finished patches",
	  EXITS("all as claimed", "some do not apply, fail a check or are not what they claim",
		"one could not be looked at, or the tool failed"),
	  NEEDS_TREE | TAKES_OUT | TAKES_ARGS | READS | SHELVES, cmd_hand },
	{ "prove", "-C TREE OLD.c:FUNC NEW.c:FUNC\n-C TREE --self [FILE:FUNC | FILE | DIR]...",
	  "does a hook do to every request what the legacy handler did?",
	  EXITS("equal or equal-but", "differs", "unknown, or the tool failed"),
	  NEEDS_TREE | TAKES_ARGS | TAKES_SELF | READS, cmd_prove },
	{ "audit", "-C TREE [FILE:FUNC | FILE | DIR]...", "misuse in the mmap_prepare hooks that are already there",
	  EXITS("nothing found", "findings", LOST), NEEDS_TREE | TAKES_ARGS | TAKES_LEGACY | READS, cmd_audit },
	{ "check", "-C TREE --diff FILE", "a patch under review: new users of mmap, misuse in its hooks",
	  EXITS("nothing found", "findings", LOST), NEEDS_TREE | TAKES_DIFF | READS, cmd_check },
	{ "series", "-C TREE -o OUT", "mail-ready postings in OUT/series from OUT/patches; nothing is sent",
	  EXITS("done", "a check found something", "a patch was left out, or the tool failed"),
	  NEEDS_TREE | NEEDS_OUT | TAKES_SERIES, cmd_series },
	{ "boot", "-C TREE -o OUT", "boot the tree with and without OUT/patches, and compare what is done",
	  EXITS("no difference", "differences, or warnings of the patched kernel", LOST), NEEDS_TREE | NEEDS_OUT | BOOTS, cmd_boot },
	{ "report", "-o OUT", "write OUT/report from OUT/inventory.json",
	  EXITS_ALL_OR_NOTHING("done", "the tool failed"), NEEDS_OUT, cmd_report },
	{ "diff", "[-o OUT] OLD.json NEW.json...",
	  "what moved between inventories; with -o as a picture, too",
	  EXITS_ALL_OR_NOTHING("done", "the tool failed"), TAKES_OUT | TAKES_ARGS, cmd_diff },
	{ "version", "", "the versions of the tool and its libraries", EXITS_ALL_OR_NOTHING("done", "the tool failed"), 0,
	  cmd_version },
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
	fputs("\n`mmapconv COMMAND -h` lists a command's options, `man mmapconv` is the manual.\n", to);
}

int main(int argc, char **argv)
{
	struct sigaction act = { .sa_handler = on_signal };
	char version[] = "version";
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
		argv[1] = version;
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
