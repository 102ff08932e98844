// SPDX-License-Identifier: GPL-2.0-only
/* report.md: how far a tree is, for someone who steers the effort, and fit to be mailed. */
#include "markdown.h"

#include <string.h>

#include "base/file.h"

int report_markdown(const struct inventory *inv, const char *path)
{
	struct strbuf b = { 0 };
	struct counts c;
	int ret;

	inventory_count(inv, &c);
	md_summary(&b, inv, &c);
	md_next_steps(&b, inv, &c);
	md_boot(&b, inv);
	md_hand(&b, inv);
	md_handlers(&b, inv);
	md_coverage(&b, inv, &c);
	ret = file_write_result(path, &b);
	strbuf_free(&b);
	return ret;
}
