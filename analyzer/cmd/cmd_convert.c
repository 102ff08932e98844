// SPDX-License-Identifier: GPL-2.0-only
#include "base/log.h"
#include "cmd/cmd.h"

int cmd_convert(struct options *opt)
{
	struct job j;
	int status, failed = 0;

	if (opt->list_rules)
		return list_rules(opt);
	status = job_scan(&j, opt);
	/* Also when nothing could be converted: the inventory then says so of every handler. */
	if (!status)
		failed = job_convert(&j);
	if (!status && (job_write_found(&j) || job_write_report(&j)))
		status = EXIT_FAILED;
	if (!status) {
		job_print(&j);
		status = failed ? failed : job_status(&j, true);
	}
	job_close(&j);
	return status;
}
