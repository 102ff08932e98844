// SPDX-License-Identifier: GPL-2.0-only
#include "boots.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "base/run.h"
#include "guest/guest.h"

#define WORD "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-"

/*
 * Twice the kernel as it is: what then differs says nothing of the patches.  And what differs in the third boot is tried
 * once more in both.
 */
enum { OLD, AGAIN, NEW, OLD_RETRY, NEW_RETRY, BOOTS, FIRST = OLD_RETRY };
static const char *const boot_names[BOOTS] = { "old-1", "old-2", "new", "old-3", "new-2" };

struct boots {
	struct boot *b;
	size_t first;			/* of those that run now */
	char *only;			/* subjects, with commas between; NULL: all */
	char *log[BOOTS], *console[BOOTS], *ended[BOOTS];
};

static int boot_one(size_t at, void *ctx)
{
	struct boots *all = ctx;
	struct boot *b = all->b;
	size_t i = all->first + at;
	char *kernel = kernels_image(i == NEW || i == NEW_RETRY ? b->kernels.new : b->kernels.old);
	char *initrd = path_join(b->kernels.dir, "initrd.cpio");
	struct guest g = { .kernel = kernel, .initrd = initrd, .console = all->console[i], .log = all->log[i],
			   .subjects = &b->subjects, .only = all->only, .few = b->opt->few,
			   .timeout_s = b->opt->boot_timeout_s };
	int ret;

	log_note("booting %s", boot_names[i]);
	ret = guest_run(&g, &all->ended[i]);
	free(kernel);
	free(initrd);
	return ret;
}

static int boot_some(struct boots *all, size_t first, size_t end)
{
	struct boot *b = all->b;
	size_t i;
	int ret;

	all->first = first;
	ret = run_parallel(end - first, b->opt->jobs, boot_one, all);
	for (i = first; i < end; i++)
		if (all->ended[i]) {
			log_warn("%s: %s", boot_names[i], all->ended[i]);
			strlist_addf(&b->losses, "%s: %s", boot_names[i], all->ended[i]);
		}
	return ret;
}

/* Of names out of a guest's log none is more than a word on a command line. */
static char *joined(const struct strlist *subjects)
{
	struct strbuf b = { 0 };
	size_t i;

	for (i = 0; i < subjects->nr; i++)
		if (!subjects->items[i][strspn(subjects->items[i], WORD)])
			strbuf_addf(&b, "%s%s", b.len ? "," : "", subjects->items[i]);
	return strbuf_detach(&b);
}

/* Both kernels again, where there is something to try again; then what both pairs say is the result. */
static int retry(struct boots *all, struct boot_inputs *in)
{
	struct strlist subjects = { 0 };
	struct boot *b = all->b;
	int ret = 0;

	boot_to_retry(&b->result, &subjects);
	all->only = joined(&subjects);
	if (*all->only) {
		log_note("%zu subject%s differ%s: they are tried again", subjects.nr, subjects.nr == 1 ? "" : "s",
			 subjects.nr == 1 ? "s" : "");
		ret = boot_some(all, FIRST, BOOTS);
		if (!ret) {
			in->retry_logs[0] = all->log[OLD_RETRY];
			in->retry_logs[1] = all->log[NEW_RETRY];
			in->retry_consoles[0] = all->console[OLD_RETRY];
			in->retry_consoles[1] = all->console[NEW_RETRY];
			boot_result_free(&b->result);
			ret = boot_compare(in, &b->result);
		}
	}
	strlist_free(&subjects);
	return ret;
}

int boots_run(struct boot *b)
{
	struct boots all = { .b = b };
	struct boot_inputs in = { .inv = b->inv, .out = b->out, .built = &b->built, .applied = &b->applied,
				 .hashes = &b->hashes };
	size_t i;
	int ret;

	for (i = 0; i < BOOTS; i++) {
		all.log[i] = xasprintf("%s/%s.log", b->kernels.dir, boot_names[i]);
		all.console[i] = xasprintf("%s/%s.console", b->kernels.dir, boot_names[i]);
	}
	ret = boot_some(&all, OLD, FIRST);
	if (!ret) {
		in.old_logs[0] = all.log[OLD];
		in.old_logs[1] = all.log[AGAIN];
		in.new_log = all.log[NEW];
		in.old_consoles[0] = all.console[OLD];
		in.old_consoles[1] = all.console[AGAIN];
		in.new_console = all.console[NEW];
		ret = boot_compare(&in, &b->result);
	}
	if (!ret)
		ret = retry(&all, &in);
	for (i = 0; i < BOOTS; i++) {
		free(all.log[i]);
		free(all.console[i]);
		free(all.ended[i]);
	}
	free(all.only);
	return ret;
}
