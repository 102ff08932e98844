// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "cmd/cmd.h"
#include "compare/compare.h"

int cmd_series(struct options *opt)
{
	struct job j = { .opt = opt };
	struct json_object *o;
	int status = EXIT_FAILED;

	if (job_open_out(&j))
		goto done;
	boot_drop_stale(&j.inv, opt->out);
	if (!job_same_release(&j))
		log_warn("%s/inventory.json is of Linux %s, the tree is Linux %s: patches that no longer apply are left out; "
			 "`mmapconv convert` makes new ones", opt->out, j.inv.tree_version, j.tree.version);
	status = job_series(&j);
	if (j.series && status != EXIT_USAGE && (job_write_inventory(&j) || job_write_report(&j)))
		status = EXIT_FAILED;
	if (j.series && opt->json) {
		o = series_to_json(j.series);
		puts(json_object_to_json_string_ext(o, JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_NOSLASHESCAPE));
		json_object_put(o);
	} else if (j.series) {
		series_print(j.series, stdout);
	}
done:
	job_close(&j);
	return status;
}
