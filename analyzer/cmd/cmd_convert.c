// SPDX-License-Identifier: GPL-2.0-only
#include "base/log.h"
#include "cmd/cmd.h"

int cmd_convert(struct options *opt)
{
	struct job j;
	int status = job_scan(&j, opt);

	if (!status)
		status = job_convert(&j);
	if (!status && (job_write_inventory(&j) || job_write_report(&j)))
		status = EXIT_FAILED;
	if (!status) {
		job_print(&j);
		status = job_status(&j, true);
	}
	job_close(&j);
	return status;
}
