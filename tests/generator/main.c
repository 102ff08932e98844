// SPDX-License-Identifier: GPL-2.0-only
/*
 * Random handlers against their contracts.  Every batch is a process of its own; the seed of one that
 * fails is printed, and
 *
 *	generator -s SEED -x HANDLER -v		runs that handler again and shows what it does
 *	generator -s SEED -x HANDLER -m		leaves out statements as long as it still fails
 *	generator -s SEED -x HANDLER -p		prints it
 *	generator -e				pairs of handlers: what the proof calls equal has to do the same
 *	generator -E				the same of a handler and a hook that was written from it
 *	generator -c FILE			runs the handlers of a file: tests/generator/cases
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "trial.h"
#include "twins.h"

/* Runs of a construct below which its share says nothing. */
enum { ENOUGH_RUNS = 300, BATCH_SECONDS = 300 };

struct options {
	struct trial trial;
	unsigned batches;
	bool smaller, print;
	int (*pairs)(const struct trial *t, struct pair_totals *totals); /* NULL: contracts alone */
	const char *kernel, *scratch;
};

static int usage(void)
{
	fprintf(stderr,
		"usage: generator [-s SEED] [-b BATCHES] [-n HANDLERS] [-r RUNS] [-k FOLDER of kernel.h] [-o SCRATCH]\n"
		"                 [-x HANDLER [-v|-m|-p]] [-c FILE of handlers] [-t]\n"
		"  -e  pairs of handlers that differ in one place: what prove calls equal, runs the same\n"
		"  -E  a handler and a hook that was written from it: the same\n"
		"  -t  also make every contract wrong on purpose, and want that to be seen\n");
	return 2;
}

/* One batch in a child: a handler that crashes or hangs costs that batch. */
static int in_child(const struct trial *t, struct totals *totals)
{
	int status;
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (pid < 0)
		return -errno;
	if (!pid) {
		alarm(BATCH_SECONDS);
		status = trial_run(t, totals);
		fflush(stdout);
		_exit(status ? 1 : 0);
	}
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (WIFEXITED(status) && !WEXITSTATUS(status))
		return 0;
	if (!t->quiet)
		printf("# the batch with seed %llu ended with %s %d\n", (unsigned long long)t->seed,
		       WIFSIGNALED(status) ? "signal" : "status",
		       WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
	return -EIO;
}

static bool still_fails(const struct trial *t, struct totals *totals)
{
	memset(totals, 0, sizeof(*totals));
	return !in_child(t, totals) && totals->verdicts[VERDICT_MISMATCH];
}

static void print_text(const struct trial *t)
{
	struct batch b;
	char *first, *text;

	batch_generate(&b, t->seed, (unsigned)t->only, 1, t->skip, t->nr_skip);
	first = xasprintf("DRIVER_DATA HANDLER_STATIC u32 h%d_opens", t->only);
	text = strstr(b.text, first);
	printf("%.*s", (int)(strstr(text, "#ifndef __clang__") - text), text);
	free(first);
	batch_free(&b);
}

/* Leave out one statement after the other; what is still wrong stays out. */
static void make_smaller(struct trial *t, struct totals *totals)
{
	enum { MOST = 400 };
	static bool skip[MOST];
	static char kind[sizeof(totals->kind)];
	bool changed = true;
	unsigned i, last = MOST;

	t->skip = skip;
	t->nr_skip = MOST;
	t->quiet = true;
	if (!still_fails(t, totals)) {
		printf("# it does not fail\n");
		return;
	}
	memcpy(kind, totals->kind, sizeof(kind));
	t->kind = kind;
	while (changed) {
		changed = false;
		for (i = MOST; i-- > 1;) {
			if (skip[i])
				continue;
			skip[i] = true;
			if (still_fails(t, totals))
				changed |= i < last;
			else
				skip[i] = false;
		}
		/* A second round, for what only was needed by what is gone. */
		last = 0;
	}
	t->quiet = false;
	print_text(t);
	still_fails(t, totals);
}

static unsigned percent(unsigned part, unsigned all)
{
	return all ? (unsigned)((uint64_t)part * 100 / all) : 100;
}

static bool result(bool ok, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static bool result(bool ok, const char *fmt, ...)
{
	va_list ap;

	printf("%s - ", ok ? "ok" : "not ok");
	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	printf("\n");
	return ok;
}

static bool report_mutants(const struct totals *t)
{
	bool ok = true;
	unsigned i;

	for (i = 0; i < MUTATION_NR; i++)
		ok &= result(t->mutants[i] && t->caught[i] == t->mutants[i],
			     "wrong contract is seen: %s (%u of %u)", mutation_names[i],
			     t->caught[i], t->mutants[i]);
	return ok;
}

static void report_runs(const struct totals *t)
{
	unsigned k;

	printf("# results: %u zero, %u an error, %u another number\n# calls:", t->zeros, t->errors,
	       t->others);
	for (k = 0; k < TOTAL_FUNCTIONS && t->functions[k].name[0]; k++)
		printf("%s%s %u", k % 4 ? ", " : "\n#	", t->functions[k].name,
		       t->functions[k].calls);
	printf("\n");
}

/* What is by nature open is in few handlers: the floors are for the others. */
static bool report(const struct options *o, const struct totals *t, unsigned lost)
{
	unsigned u, share = percent(t->verdicts[VERDICT_EXACT], t->runs);
	bool ok = true;

	printf("# %u runs of %u handlers (%u contracts without unmodelled paths, %u paths): %u exact, "
	       "%u open, %u not modelled, %u mismatches; %u runs too long\n",
	       t->runs, t->handlers, t->complete, t->paths, t->verdicts[VERDICT_EXACT],
	       t->verdicts[VERDICT_OPEN], t->verdicts[VERDICT_UNMODELLED],
	       t->verdicts[VERDICT_MISMATCH], t->skipped);
	ok &= result(!lost && !t->failed, "every batch ran to its end (seeds from %llu)",
		     (unsigned long long)o->trial.seed);
	ok &= result(t->runs && !t->verdicts[VERDICT_MISMATCH], "no mismatch in %u runs", t->runs);
	ok &= result(share >= 70, "%u %% of the runs predicted exactly, 70 at least", share);
	for (u = 0; u < USE_NR; u++) {
		if (t->construct_runs[u] < ENOUGH_RUNS) {
			printf("# %s: %u runs, %u exact\n", construct_names[u],
			       t->construct_runs[u], t->construct_exact[u]);
			continue;
		}
		share = percent(t->construct_exact[u], t->construct_runs[u]);
		ok &= result(share >= construct_floors[u],
			     "%s: %u %% of %u runs exact, %u at least", construct_names[u], share,
			     t->construct_runs[u], construct_floors[u]);
	}
	report_runs(t);
	if (o->trial.mutate)
		ok &= report_mutants(t);
	return ok;
}

static int parse_options(int argc, char **argv, struct options *o)
{
	int c;

	while ((c = getopt(argc, argv, "s:b:n:r:k:o:x:c:eEvmpt")) != -1)
		switch (c) {
		case 's':
			o->trial.seed = strtoull(optarg, NULL, 0);
			break;
		case 'b':
			o->batches = (unsigned)strtoul(optarg, NULL, 0);
			break;
		case 'n':
			o->trial.handlers = (unsigned)strtoul(optarg, NULL, 0);
			break;
		case 'r':
			o->trial.runs = (unsigned)strtoul(optarg, NULL, 0);
			break;
		case 'k':
			o->kernel = optarg;
			break;
		case 'o':
			o->scratch = optarg;
			break;
		case 'x':
			o->trial.only = (int)strtol(optarg, NULL, 0);
			break;
		case 'c':
			o->trial.cases = optarg;
			break;
		case 'v':
			o->trial.verbose = true;
			break;
		case 'm':
			o->smaller = true;
			break;
		case 'p':
			o->print = true;
			break;
		case 'e':
			o->pairs = twins_run;
			break;
		case 'E':
			o->pairs = moves_run;
			break;
		case 't':
			o->trial.mutate = true;
			break;
		default:
			return -EINVAL;
		}
	if (optind < argc || !o->trial.handlers || o->trial.handlers > 200 ||
	    ((o->smaller || o->print) && o->trial.only < 0))
		return -EINVAL;
	return 0;
}

static int run_all(struct options *o, struct totals *totals)
{
	unsigned i, lost = 0;
	struct trial t = o->trial;

	for (i = 0; i < o->batches; i++, t.seed++)
		lost += in_child(&t, totals) != 0;
	if (t.cases)
		return result(!lost && totals->runs, "%s ran to its end", t.cases) &&
				       totals->verdicts[VERDICT_EXACT] == totals->runs
			       ? 0
			       : 1;
	return report(o, totals, lost) ? 0 : 1;
}

/* Each batch in a child, as above; one whose change does not compile says nothing. */
static int run_pairs(struct options *o)
{
	struct pair_totals *totals = mmap(NULL, sizeof(*totals), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	struct trial t = o->trial;
	unsigned i, lost = 0;
	bool ok = true;
	int status;
	pid_t pid;

	if (totals == MAP_FAILED)
		return 3;
	for (i = 0; i < o->batches; i++, t.seed++) {
		fflush(stdout);
		pid = fork();
		if (!pid) {
			alarm(BATCH_SECONDS);
			status = o->pairs(&t, totals);
			fflush(stdout);
			_exit(status ? 1 : 0);
		}
		if (pid < 0 || waitpid(pid, &status, 0) < 0 || !WIFEXITED(status) || WEXITSTATUS(status)) {
			printf("# the batch with seed %llu did not end well\n", (unsigned long long)t.seed);
			lost++;
		}
	}
	printf("# pairs: %u equal, %u equal-but, %u differ, %u unknown; %u runs; %u of %u batches do not compile\n",
	       totals->verdicts[0], totals->verdicts[1], totals->verdicts[2], totals->verdicts[3], totals->runs,
	       totals->uncompiled, o->batches);
	/* A change can make a handler trap: that is no matter of the comparison. */
	ok &= result(lost * 20 <= o->batches && totals->uncompiled < o->batches,
		     "batches of pairs ran to their end, but for %u", lost);
	ok &= result(totals->verdicts[0] && totals->verdicts[2], "some pairs are equal, some differ");
	ok &= result(totals->shown * 10 >= totals->verdicts[2] * 7, "%u of %u that differ are seen to, 7 of 10 at least",
		     totals->shown, totals->verdicts[2]);
	ok &= result(!totals->wrong, "what is called equal does the same: %u pairs do not", totals->wrong);
	munmap(totals, sizeof(*totals));
	return ok ? 0 : 1;
}

int main(int argc, char **argv)
{
	struct options o = { .trial = { .seed = 1, .handlers = 20, .runs = 10, .only = -1 },
			     .batches = 1,
			     .kernel = "tests/generator" };
	char scratch[] = "/tmp/mmapconv-generator-XXXXXX";
	struct workshop shop = { 0 };
	struct totals *totals;
	int ret;

	if (parse_options(argc, argv, &o))
		return usage();
	if (o.print) {
		print_text(&o.trial);
		return 0;
	}
	totals = mmap(NULL, sizeof(*totals), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1,
		      0);
	if (totals == MAP_FAILED || (!o.scratch && !mkdtemp(scratch))) {
		perror("generator");
		return 3;
	}
	o.kernel = realpath(o.kernel, NULL);
	if (!o.kernel || workshop_open(&shop, o.scratch ? o.scratch : scratch, o.kernel)) {
		fprintf(stderr, "generator: kernel.h's folder cannot be used; name it with -k\n");
		ret = 3;
	} else if (o.smaller) {
		o.trial.shop = &shop;
		make_smaller(&o.trial, totals);
		ret = 1;
	} else if (o.pairs) {
		o.trial.shop = &shop;
		ret = run_pairs(&o);
	} else {
		o.trial.shop = &shop;
		ret = run_all(&o, totals);
	}
	workshop_close(&shop);
	free((char *)o.kernel);
	if (!o.scratch)
		file_remove_tree(scratch);
	munmap(totals, sizeof(*totals));
	return ret;
}
