// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "base/stamp.h"
#include "boot.h"
#include "cmd/cmd.h"
#include "kept.h"

enum { BUILD_TIMEOUT_S = 7200, BOOT_TIMEOUT_S = 7200 };

/* OUT/boot.json: everything that was seen. */
static int write_result(const char *out, struct json_object *o)
{
	char *path = path_join(out, "boot.json");
	const char *text = json_object_to_json_string_ext(o, JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_NOSLASHESCAPE);
	int ret = file_write_atomic(path, text, strlen(text));

	if (ret)
		log_error("%s: cannot be written: %s; make room", path, strerror(-ret));
	free(path);
	return ret;
}

static struct stamp inventory_stamp(const char *out)
{
	char *path = path_join(out, "inventory.json");
	struct stamp s;

	stamp_of(path, &s);
	free(path);
	return s;
}

/* A run that came meanwhile has the say: the next one takes from what is kept what is still right. */
static int write_inventory(struct job *j, const struct stamp *begun)
{
	const struct stamp now = inventory_stamp(j->opt->out);
	int ret;

	if (memcmp(&now, begun, sizeof(now))) {
		log_warn("%s/inventory.json was written anew while the kernels ran, and is left as it is; `mmapconv run` puts "
			 "into it what the boot said of patches that are still the same", j->opt->out);
		return 0;
	}
	ret = job_write_inventory(j);
	return ret ? ret : job_write_report(j);
}

static int finish(struct job *j, const struct boot *b, const struct stamp *begun)
{
	struct json_object *o = boot_to_json(&b->result);
	int ret = write_result(j->opt->out, o);
	size_t i;

	if (!ret)
		ret = kept_write(&j->inv, &b->sources, j->opt->out);
	if (!ret)
		ret = write_inventory(j, begun);
	if (j->opt->json)
		puts(json_object_to_json_string_ext(o, JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_NOSLASHESCAPE));
	else
		boot_print(&b->result, stdout);
	json_object_put(o);
	for (i = 0; i < sizeof(b->result.logs) / sizeof(*b->result.logs); i++)
		if (b->result.logs[i].cut)
			ret = -EIO;
	if (ret)
		return EXIT_FAILED;
	return boot_findings(&b->result) ? EXIT_FINDINGS : EXIT_DONE;
}

int cmd_boot(struct options *opt)
{
	struct boot_options bo = { .jobs = opt->jobs, .build_timeout_s = opt->build_timeout_s ?: BUILD_TIMEOUT_S,
				   .boot_timeout_s = opt->boot_timeout_s ?: BOOT_TIMEOUT_S, .few = opt->few };
	struct job j = { .opt = opt };
	struct boot b = { .opt = &bo, .tree = &j.tree, .inv = &j.inv };
	int status = EXIT_FAILED;
	struct stamp begun;

	if (opt->no_kbuild) {
		log_error("a kernel cannot be built without executing the tree's Makefiles: leave --no-kbuild out");
		return EXIT_USAGE;
	}
	if (job_open_out(&j))
		goto done;
	if (!job_same_release(&j)) {
		log_error("%s/inventory.json is of Linux %s, the tree is Linux %s; run `mmapconv run -C %s -o %s` first",
			  opt->out, j.inv.tree_version, j.tree.version, opt->tree, opt->out);
		goto done;
	}
	b.out = opt->out;
	begun = inventory_stamp(opt->out);
	if (!boot_run(&b))
		status = finish(&j, &b, &begun);
done:
	boot_free(&b);
	job_close(&j);
	return status;
}
