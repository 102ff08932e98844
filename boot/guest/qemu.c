// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/run.h"
#include "guest/guest.h"

#define QEMU		"qemu-system-x86_64"
#define MAX_ONLY	1024		/* bytes, of the 2048 of a command line */
#define MAX_LOG		"67108864"	/* bytes of a log or console: a guest that talks without end is ended */

/*
 * What every guest has: two serial ports, a clock with an HPET, two processors.  They take turns: QEMU's parallel ones
 * have tripped over code that the kernel patches (the tracer's static calls), and are no faster here.
 */
static const char *const machine[] = {
	"-M", "q35,hpet=on", "-accel", "tcg,thread=single", "-cpu", "max,la57=off", "-smp", "2", "-m", "3G",
	"-display", "none", "-monitor", "none", "-no-reboot", "-nic", "none",
};

static const char command_line[] =
	"console=ttyS0 panic=-1 oops=panic nokaslr loglevel=5 net.ifnames=0 printk.always_kmsg_dump=0";

bool guest_tools(void)
{
	static const struct { const char *program, *package; } tools[] = {
		{ QEMU, "qemu-system-x86" }, { "cpio", "cpio" }, { "prlimit", "util-linux" },
	};
	size_t i;

	for (i = 0; i < sizeof(tools) / sizeof(*tools); i++)
		if (!run_have(tools[i].program)) {
			log_error("%s is not installed; install %s: the kernels are booted with it", tools[i].program,
				  tools[i].package);
			return false;
		}
	return true;
}

static void add_lists(struct strlist *argv, const struct boot_subjects *list)
{
	struct strlist seen = { 0 };
	const struct boot_subject *s;
	const struct strlist *l;
	size_t i;

	vec_each(s, list)
		vec_each(l, &s->qemu) {
			struct strbuf b = { 0 };

			for (i = 0; i < l->nr; i++)
				strbuf_addf(&b, "%s\n", l->items[i]);
			if (strlist_add_once(&seen, b.s ? b.s : ""))
				for (i = 0; i < l->nr; i++)
					strlist_add(argv, l->items[i]);
			strbuf_free(&b);
		}
	strlist_free(&seen);
}

static char *append(const struct guest *g)
{
	const struct boot_subjects *list = g->subjects;
	struct strlist seen = { 0 };
	const struct boot_subject *s;
	struct strbuf b = { 0 };
	size_t i;

	strbuf_adds(&b, command_line);
	if (g->few)
		strbuf_adds(&b, " probe.short=1");
	/* Before the subjects' own words: the probe takes the first.  More than the kernel takes: all are tried. */
	if (g->only && strlen(g->only) < MAX_ONLY)
		strbuf_addf(&b, " probe.only=%s", g->only);
	vec_each(s, list)
		for (i = 0; i < s->append.nr; i++)
			if (strlist_add_once(&seen, s->append.items[i]))
				strbuf_addf(&b, " %s", s->append.items[i]);
	strlist_free(&seen);
	return strbuf_detach(&b);
}

int guest_run(const struct guest *g, char **ended)
{
	struct strlist argv = { 0 };
	struct run_request req = { .timeout_s = g->timeout_s, .max_output = 1u << 16 };
	struct run_result res = { 0 };
	char *words = append(g);
	size_t i;
	int ret;

	*ended = NULL;
	/* What an earlier boot said is not taken for this one's. */
	unlink(g->log);
	unlink(g->console);
	strlist_add(&argv, "prlimit");
	strlist_add(&argv, "--fsize=" MAX_LOG);
	strlist_add(&argv, "--core=0");
	strlist_add(&argv, QEMU);
	for (i = 0; i < sizeof(machine) / sizeof(*machine); i++)
		strlist_add(&argv, machine[i]);
	add_lists(&argv, g->subjects);
	strlist_add(&argv, "-kernel");
	strlist_add(&argv, g->kernel);
	strlist_add(&argv, "-initrd");
	strlist_add(&argv, g->initrd);
	strlist_add(&argv, "-append");
	strlist_add(&argv, words);
	strlist_add(&argv, "-serial");
	strlist_addf(&argv, "file:%s", g->console);
	strlist_add(&argv, "-serial");
	strlist_addf(&argv, "file:%s", g->log);
	vec_push(&argv);
	req.argv = (const char *const *)argv.items;
	ret = run(&req, &res);
	argv.nr--;		/* the NULL */
	if (ret && ret != -EINTR)
		log_error(QEMU ": cannot be run: %s", strerror(-ret));
	else if (!ret && res.timed_out)
		*ended = xasprintf("the guest was killed after %u s; its last words are in %s", g->timeout_s, g->console);
	else if (!ret && (res.exit_code || res.signal))
		*ended = xasprintf(QEMU " ended with status %d: %.*s", res.exit_code,
				   res.err.s ? (int)strcspn(res.err.s, "\n") : 0, res.err.s ? res.err.s : "");
	run_result_free(&res);
	strlist_free(&argv);
	free(words);
	return ret;
}
