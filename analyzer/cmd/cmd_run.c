// SPDX-License-Identifier: GPL-2.0-only
#include "base/log.h"
#include "cmd/cmd.h"

/* The main job: on a tree that offers no hook yet there is still an inventory and a report. */
int cmd_run(struct options *opt)
{
	struct job j;
	int status = job_scan(&j, opt), failed = 0;

	if (!status)
		failed = job_convert(&j);
	if (!status && (job_write_inventory(&j) || job_write_report(&j)))
		status = EXIT_FAILED;
	if (!status) {
		job_print(&j);
		status = failed ? failed : job_status(&j, true);
	}
	job_close(&j);
	return status;
}
