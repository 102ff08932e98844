// SPDX-License-Identifier: GPL-2.0-only
/*
 * The probe's main(): as /init of the guest, and as a normal program for a look and for tests.
 *
 *	probe [--list] [--only NAME,…] [--skip NAME,…] [--short] [--log FILE] [--functions FILE]
 *
 * As /init it takes "probe.only=", "probe.skip=" and "probe.short=1" from the kernel's command line, and powers off at the end.
 */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/reboot.h>
#include <sys/resource.h>
#include <unistd.h>

#include "core.h"

struct shared *shared;

struct options {
	const char *only, *skip, *log, *functions;
	bool list;
};

static const char usage[] =
	"usage: probe [--list] [--only NAME,...] [--skip NAME,...] [--short] [--log FILE] [--functions FILE]\n";

static int parse(int argc, char **argv, struct options *options)
{
	static const struct option longs[] = {
		{ "list", no_argument, NULL, 'l' },
		{ "only", required_argument, NULL, 'o' },
		{ "skip", required_argument, NULL, 's' }, { "short", no_argument, NULL, 'S' },
		{ "log", required_argument, NULL, 'L' },
		{ "functions", required_argument, NULL, 'f' },
		{ "help", no_argument, NULL, 'h' },
		{ NULL, 0, NULL, 0 },
	};
	int c;

	while ((c = getopt_long(argc, argv, "h", longs, NULL)) != -1) {
		switch (c) {
		case 'l':
			options->list = true;
			break;
		case 'o':
			options->only = optarg;
			break;
		case 's':
			options->skip = optarg;
			break;
		case 'S':
			shared->few = true;
			break;
		case 'L':
			options->log = optarg;
			break;
		case 'f':
			options->functions = optarg;
			break;
		default:
			fputs(usage, c == 'h' ? stdout : stderr);
			return c == 'h' ? 1 : -EINVAL;
		}
	}
	if (optind < argc) {
		fprintf(stderr, "probe: %s: not an option\n%s", argv[optind], usage);
		return -EINVAL;
	}
	return 0;
}

static bool in_list(const char *list, const char *name)
{
	size_t len = strlen(name);

	for (const char *p = list; p && *p; p += strcspn(p, ","), p += *p == ',')
		if (strcspn(p, ",") == len && !strncmp(p, name, len))
			return true;
	return false;
}

/* Every name of --only is a subject's, or the one who gave it waits for results that never come. */
static int known(const char *list)
{
	char name[100];

	for (const char *p = list; p && *p; p += strcspn(p, ","), p += *p == ',') {
		bool found = false;

		snprintf(name, sizeof(name), "%.*s", (int)strcspn(p, ","), p);
		for (size_t f = 0; families[f]; f++)
			for (size_t i = 0; families[f][i]; i++)
				found |= !strcmp(families[f][i]->name, name);
		if (!found) {
			fprintf(stderr, "probe: no subject is called %s; --list prints them\n",
				name);
			return -ENOENT;
		}
	}
	return 0;
}

static char *from_command_line(char *line, const char *key)
{
	char *at = strstr(line, key);

	return at ? strndup(at + strlen(key), strcspn(at + strlen(key), " \n")) : NULL;
}

/* Not all of them are there in every kernel; what needs one says so. */
static void be_init(struct options *options)
{
	static const struct {
		const char *type, *where;
	} mounts[] = {
		{ "proc", "/proc" },
		{ "sysfs", "/sys" },
		{ "devtmpfs", "/dev" },
		{ "tmpfs", "/tmp" },
		{ "tmpfs", "/dev/shm" },
		{ "debugfs", "/sys/kernel/debug" },
		{ "tracefs", "/sys/kernel/tracing" },
		{ "configfs", "/sys/kernel/config" },
		{ "bpf", "/sys/fs/bpf" },
		{ "selinuxfs", "/sys/fs/selinux" },
		{ "devpts", "/dev/pts" },
		{ "binder", "/dev/binderfs" },
	};
	static char line[4096];
	int fd;

	for (size_t i = 0; i < sizeof(mounts) / sizeof(*mounts); i++)
		if (mount_at(mounts[i].type, mounts[i].where, mounts[i].type, NULL))
			fprintf(stderr, "probe: %s\n", shared->why);
	/* The same addresses in every process of every boot. */
	put_text("/proc/sys/kernel/randomize_va_space", "0");
	/* Later processes have larger numbers: trace.c counts on it. */
	put_text("/proc/sys/kernel/pid_max", "4194304");
	options->functions = "/functions";
	options->log = "/dev/ttyS1";
	fd = open("/proc/cmdline", O_RDONLY | O_CLOEXEC);
	if (fd >= 0 && read(fd, line, sizeof(line) - 1) > 0) {
		options->only = from_command_line(line, "probe.only=");
		options->skip = from_command_line(line, "probe.skip=");
		shared->few = strstr(line, "probe.short=1");
	}
	if (fd >= 0)
		close(fd);
}

static void go_through_all(const struct options *options)
{
	for (size_t f = 0; families[f]; f++)
		for (size_t i = 0; families[f][i]; i++) {
			const struct subject *s = families[f][i];

			if ((options->only && !in_list(options->only, s->name)) ||
			    in_list(options->skip, s->name))
				continue;
			if (options->list)
				printf("%s\n", s->name);
			else if (run_subject(s))
				fprintf(stderr, "probe: %s: %s\n", s->name, shared->why);
		}
}

static int probe(const struct options *options)
{
	sigset_t child;
	int ret;

	ret = log_open(options->log);
	if (ret) {
		fprintf(stderr, "probe: %s: %s\n", options->log, strerror(-ret));
		return ret;
	}
	/* wait_child() waits for it; children take it back. */
	sigemptyset(&child);
	sigaddset(&child, SIGCHLD);
	sigprocmask(SIG_BLOCK, &child, NULL);
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 });
	kmsg_open();
	if (options->functions)
		ret = trace_open(options->functions);
	log_start(!options->functions ? "not asked for" : ret ? shared->why : "ok");
	go_through_all(options);
	if (shared->alone && !options->only)
		selftests_run();
	log_end(shared->requests);
	return 0;
}

int main(int argc, char **argv)
{
	struct options options = { 0 };
	bool init = getpid() == 1;
	int ret = 0;

	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1,
		      0);
	if (shared == MAP_FAILED) {
		perror("probe: mmap");
		return 1;
	}
	shared->alone = init;
	if (init)
		be_init(&options);
	else
		ret = parse(argc, argv, &options);
	if (!ret && !init && (known(options.only) || known(options.skip)))
		ret = -ENOENT;
	if (ret)
		return ret < 0 ? 2 : 0;
	if (options.list)
		go_through_all(&options);
	else
		ret = probe(&options);
	if (init) {
		sync();
		reboot(RB_POWER_OFF);
	}
	return ret ? 1 : 0;
}
