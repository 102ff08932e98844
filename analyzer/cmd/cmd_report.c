// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "cmd/cmd.h"
#include "compare/compare.h"

int cmd_report(struct options *opt)
{
	struct job j = { .opt = opt };
	char *path = path_join(opt->out, "inventory.json");
	int status = EXIT_DONE;

	if (inventory_read(&j.inv, path) || inventory_check(&j.inv))
		status = EXIT_FAILED;
	if (!status)
		boot_drop_stale(&j.inv, opt->out);
	if (status || job_write_report(&j))
		status = EXIT_FAILED;
	else
		job_print(&j);
	inventory_free(&j.inv);
	free(path);
	return status;
}
