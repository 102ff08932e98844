// SPDX-License-Identifier: GPL-2.0-only
#include <json-c/json.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "base/program.h"
#include "cmd/cmd.h"
#include "html/html.h"
#include "inventory_json.h"
#include "progress/progress.h"

static int write_page(const struct options *opt, struct json_object *data)
{
	char *page_dir = program_dir("MMAPCONV_PAGE", "reports/html/page", "page.html", "the parts of the report's page");
	struct html_options html = { .out = opt->out, .page_dir = page_dir };
	char *path = path_join(opt->out, "report/progress.html");
	int ret = -1;

	html.path = path;
	if (page_dir)
		ret = progress_html(data, &html);
	if (!ret)
		log_note("the picture is %s", path);
	free(page_dir);
	free(path);
	return ret;
}

static int show(const struct options *opt, const struct inventory *inventories, size_t nr, const struct step *steps)
{
	struct json_object *o = progress_to_json(inventories, nr, steps);
	struct strbuf b = { 0 };
	int ret = 0;

	json_print(&b, o);
	if (opt->json)
		fputs(b.s, stdout);
	else
		progress_print(inventories, nr, steps, stdout);
	if (opt->out)
		ret = write_page(opt, o);
	strbuf_free(&b);
	json_object_put(o);
	return ret;
}

int cmd_diff(struct options *opt)
{
	struct inventory *inventories;
	struct step *steps;
	size_t i, nr = opt->args.nr;
	int ret = 0;

	if (nr < 2) {
		log_error("diff needs two inventories or more, the oldest first: mmapconv diff OLD.json NEW.json");
		return EXIT_USAGE;
	}
	inventories = xcalloc(nr, sizeof(*inventories));
	steps = xcalloc(nr, sizeof(*steps));
	for (i = 0; !ret && i < nr; i++)
		ret = inventory_read(&inventories[i], opt->args.items[i]);
	for (i = 0; !ret && i + 1 < nr; i++)
		progress_compare(&inventories[i], &inventories[i + 1], &steps[i]);
	if (!ret)
		ret = show(opt, inventories, nr, steps);
	for (i = 0; i < nr; i++) {
		vec_free(&steps[i].changes);
		inventory_free(&inventories[i]);
	}
	free(inventories);
	free(steps);
	return ret ? EXIT_FAILED : EXIT_DONE;
}
