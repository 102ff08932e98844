// SPDX-License-Identifier: GPL-2.0-only
/* What a command leaves in OUT for its readers. */
#include <errno.h>
#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>

#include "audit/audit.h"
#include "base/file.h"
#include "base/program.h"
#include "cache/cache.h"
#include "cmd/cmd.h"
#include "csv.h"
#include "evidence.h"
#include "html/html.h"
#include "inventory_json.h"
#include "sarif/sarif.h"
#include "scan/scan.h"

int job_write_evidence(struct job *j)
{
	char *path = path_join(j->opt->out, "evidence.json");
	int ret = evidence_write(&j->inv, j->tree.root, path);

	free(path);
	return ret;
}

static int write_findings(struct job *j, const struct hooks *hooks, const struct findings *found)
{
	struct json_object *o = audit_to_json(&j->tree, hooks, found);
	char *path = path_join(j->opt->out, "audit.json");
	struct strbuf b = { 0 };
	int ret;

	json_print(&b, o);
	ret = file_write_result(path, &b);
	strbuf_free(&b);
	free(path);
	json_object_put(o);
	return ret;
}

int job_audit(struct job *j)
{
	struct scan_options so = { .jobs = j->opt->jobs, .parse_timeout_s = j->opt->parse_timeout_s,
				   .no_pch = j->opt->no_pch, .cache = j->cache };
	struct findings found = { 0 };
	struct hooks hooks = { 0 };
	/* Of the hooks: handlers take as long again as all the rest, and `audit --legacy` is there for them. */
	int ret = hooks_read(&j->tree, j->flags, &so, NULL, &hooks);

	if (!ret) {
		audit_hooks(&j->tree, &hooks, &found);
		ret = write_findings(j, &hooks, &found);
	}
	findings_free(&found);
	hooks_free(&hooks);
	return ret;
}

static int write_page(struct job *j)
{
	char *page_dir = program_dir("MMAPCONV_PAGE", "reports/html/page", "page.html", "the parts of the report's page");
	struct html_options opt = { .out = j->opt->out, .page_dir = page_dir };
	char *path = path_join(j->opt->out, "report/index.html");
	int ret = -ENOENT;

	opt.path = path;
	if (page_dir)
		ret = report_html(&j->inv, &opt);
	free(page_dir);
	free(path);
	return ret;
}

int job_write_report(struct job *j)
{
	char *md = path_join(j->opt->out, "report/report.md"), *csv = path_join(j->opt->out, "report/handlers.csv");
	char *sarif = path_join(j->opt->out, "report/report.sarif");
	int ret[] = { report_markdown(&j->inv, md), report_csv(&j->inv, csv), report_sarif(&j->inv, j->opt->out, sarif),
		      write_page(j) };
	size_t i;

	free(md);
	free(csv);
	free(sarif);
	for (i = 0; i < sizeof(ret) / sizeof(*ret); i++)
		if (ret[i])
			return ret[i];
	return 0;
}
