// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>

#include "base/log.h"
#include "cmd/cmd.h"

static bool any_patch(const struct job *j)
{
	const struct hand_patch *p;
	const struct handler *h;

	vec_each(h, &j->inv.handlers)
		if (h->conversion.patch)
			return true;
	vec_each(p, &j->inv.hand)
		if (p->patch)
			return true;
	return false;
}

/* The main job: on a tree that offers no hook yet there is still an inventory and a report. */
int cmd_run(struct options *opt)
{
	struct job j;
	int status = job_scan(&j, opt), failed = 0, lost = 0;

	if (!status)
		failed = job_convert(&j);
	/* As soon as there is something to lose. */
	if (!status && job_write_found(&j))
		status = EXIT_FAILED;
	/* What is wrong already keeps nothing from being posted. */
	if (!status && job_audit(&j))
		lost = EXIT_FAILED;
	if (!status && !failed && any_patch(&j))
		failed = job_series(&j);
	if (!status && ((j.series && job_write_inventory(&j)) || job_write_report(&j)))
		status = EXIT_FAILED;
	if (!status) {
		job_print(&j);
		if (j.series && !opt->json)
			series_print_total(j.series, stdout);
		status = failed ? failed : lost ? lost : job_status(&j, true);
	}
	job_close(&j);
	return status;
}
