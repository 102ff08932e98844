// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/file.h"
#include "base/json.h"
#include "base/log.h"
#include "internal.h"

enum { MAX_LIBRARY = 4 << 20 };

/* In the order in which they are loaded. */
static const struct library { const char *name, *package, *path; } libraries[] = {
	{ "jQuery", "libjs-jquery", "/usr/share/javascript/jquery/jquery.min.js" },
	{ "DataTables", "libjs-jquery-datatables", "/usr/share/javascript/jquery-datatables/jquery.dataTables.min.js" },
	{ "Chart.js", "libjs-chart.js", "/usr/share/javascript/chart.js/chart.min.js" },
	{ "Prism", "node-prismjs", "/usr/share/nodejs/prismjs/components/prism-core.min.js" },
	{ NULL, "node-prismjs", "/usr/share/nodejs/prismjs/components/prism-clike.min.js" },
	{ NULL, "node-prismjs", "/usr/share/nodejs/prismjs/components/prism-c.min.js" },
	{ "jsdiff", "node-diff", "/usr/share/nodejs/diff/dist/diff.js" },
};

void html_add_script(struct strbuf *b, const char *text)
{
	const char *end;

	for (; *text; text = end) {
		end = text + strcspn(text, "\n");
		end += *end == '\n';
		if (str_starts(text, "//# sourceMappingURL="))
			continue;
		for (; text < end; text++) {
			if (!strncasecmp(text, "</script", 8) || !strncasecmp(text, "</style", 7) ||
			    !strncmp(text, "<!--", 4)) {
				strbuf_adds(b, "<\\");
				continue;
			}
			strbuf_add(b, text, 1);
		}
	}
}

static int add_library(struct strbuf *b, const struct library *l)
{
	struct strbuf text = { 0 };
	int ret = file_read(l->path, MAX_LIBRARY, &text);

	if (ret) {
		log_error("%s: %s: index.html needs it; install the package %s, or run scripts/install-deps",
			  l->path, strerror(-ret), l->package);
		ret = -ENOENT;
	} else {
		html_add_script(b, text.s ? text.s : "");
		strbuf_adds(b, "\n");
	}
	strbuf_free(&text);
	return ret;
}

int html_scripts(struct strbuf *b)
{
	size_t i;
	int ret = 0, one;

	for (i = 0; i < sizeof(libraries) / sizeof(*libraries); i++) {
		one = add_library(b, &libraries[i]);
		ret = ret ? ret : one;
	}
	return ret;
}

struct json_object *html_credits(void)
{
	struct json_object *list = json_object_new_array(), *o;
	size_t i;

	for (i = 0; i < sizeof(libraries) / sizeof(*libraries); i++) {
		if (!libraries[i].name)
			continue;
		o = json_object_new_object();
		json_set_str(o, "name", libraries[i].name);
		json_set_str(o, "package", libraries[i].package);
		json_object_array_add(list, o);
	}
	return list;
}
