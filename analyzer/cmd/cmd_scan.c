// SPDX-License-Identifier: GPL-2.0-only
#include "cmd/cmd.h"

int cmd_scan(struct options *opt)
{
	struct job j;
	int status = job_scan(&j, opt);

	if (!status && opt->out && (job_write_found(&j) || job_write_report(&j)))
		status = EXIT_FAILED;
	if (!status) {
		job_print(&j);
		status = job_status(&j, false);
	}
	job_close(&j);
	return status;
}
