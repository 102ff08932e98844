// SPDX-License-Identifier: GPL-2.0-only
#include "html.h"

#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "base/log.h"
#include "internal.h"
#include "utf8.h"

enum { MAX_PAGE = 1 << 20 };
#define TITLE ": mmap \u2192 mmap_prepare"

/* What stands for @NAME@ in frame.html, which every page has, and in the page's own body. */
enum slot { SLOT_TITLE, SLOT_STYLE, SLOT_BODY, SLOT_LIBRARIES, SLOT_SCRIPTS, SLOT_DATA, SLOT_GRAPH, SLOT_NR };
static const char *const slot_names[SLOT_NR] = {
	[SLOT_TITLE] = "@TITLE@", [SLOT_STYLE] = "@STYLE@", [SLOT_BODY] = "@BODY@", [SLOT_LIBRARIES] = "@LIBRARIES@",
	[SLOT_SCRIPTS] = "@SCRIPTS@", [SLOT_DATA] = "@DATA@", [SLOT_GRAPH] = "@GRAPH@",
};

static int read_own(const struct html_options *opt, const char *name, struct strbuf *b)
{
	char *path = path_join(opt->page_dir, name);
	int ret = file_read(path, MAX_PAGE, b);

	if (ret)
		log_error("%s: %s; it belongs to mmapconv: install that again", path, strerror(-ret));
	free(path);
	return ret;
}

static int add_own_script(const struct html_options *opt, const char *name, struct strbuf *b)
{
	struct strbuf text = { 0 };
	int ret = read_own(opt, name, &text);

	if (!ret)
		html_add_script(b, text.s ? text.s : "");
	strbuf_free(&text);
	return ret;
}

static void add_text(struct strbuf *b, const char *text)
{
	struct strbuf clean = { 0 };
	const char *s;

	utf8_add(&clean, text);
	for (s = clean.s ? clean.s : ""; *s; s++) {
		if (*s == '<')
			strbuf_adds(b, "&lt;");
		else if (*s == '&')
			strbuf_adds(b, "&amp;");
		else if (*s == '"')
			strbuf_adds(b, "&quot;");
		else
			strbuf_add(b, s, 1);
	}
	strbuf_free(&clean);
}

/* In JSON "<" stands in strings only; as an escape it cannot end the element. */
static void add_json(struct strbuf *b, struct json_object *o)
{
	const char *text = json_object_to_json_string_ext(o, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE);
	size_t len;

	for (; *text; text += len) {
		len = strcspn(text, "<");
		strbuf_add(b, text, len);
		if (text[len] == '<') {
			strbuf_adds(b, "\\u003c");
			len++;
		}
	}
}

static void fill_graph(const struct inventory *inv, struct strbuf *b)
{
	char *why, *svg = html_graph(inv, &why);

	if (svg) {
		strbuf_adds(b, svg);
	} else {
		strbuf_adds(b, "<p>");
		add_text(b, why);
		strbuf_adds(b, "</p>");
	}
	free(svg);
	free(why);
}

static int add_own_scripts(const struct html_options *opt, const char *const *names, struct strbuf *b)
{
	int ret = 0;

	for (; !ret && *names; names++)
		ret = add_own_script(opt, *names, b);
	return ret;
}

/* Each slot is filled once; what fills it is not looked at again. */
static void put_together(struct strbuf *b, const char *text, const struct strbuf *slots)
{
	size_t i, len;

	for (; *text; text += len) {
		len = strcspn(text, "@");
		strbuf_add(b, text, len);
		if (text[len] != '@')
			continue;
		for (i = 0; i < SLOT_NR; i++)
			if (str_starts(text + len, slot_names[i]))
				break;
		if (i == SLOT_NR) {
			strbuf_add(b, text + len++, 1);
			continue;
		}
		strbuf_add(b, slots[i].s ? slots[i].s : "", slots[i].len);
		len += strlen(slot_names[i]);
	}
}

static int add_filled(const struct html_options *opt, const char *name, const struct strbuf *slots, struct strbuf *b)
{
	struct strbuf text = { 0 };
	int ret = read_own(opt, name, &text);

	if (!ret)
		put_together(b, text.s ? text.s : "", slots);
	strbuf_free(&text);
	return ret;
}

/* The body of that name in the frame, with what every page has.  slots are freed. */
static int write_page(const struct html_options *opt, const char *name, const char *const *scripts,
		      struct json_object *data, struct strbuf *slots)
{
	struct strbuf b = { 0 }, body = { 0 };
	int ret = add_filled(opt, name, slots, &body);
	size_t i;

	slots[SLOT_BODY] = body;
	if (!ret)
		ret = add_own_script(opt, "page.css", &slots[SLOT_STYLE]);
	if (!ret)
		ret = add_own_scripts(opt, scripts, &slots[SLOT_SCRIPTS]);
	if (!ret)
		ret = html_scripts(&slots[SLOT_LIBRARIES]);
	if (!ret) {
		add_json(&slots[SLOT_DATA], data);
		ret = add_filled(opt, "frame.html", slots, &b);
	}
	if (!ret)
		ret = file_write_result(opt->path, &b);
	for (i = 0; i < SLOT_NR; i++)
		strbuf_free(&slots[i]);
	strbuf_free(&b);
	return ret;
}

int report_html(const struct inventory *inv, const struct html_options *opt)
{
	/* In the order in which they need each other. */
	static const char *const scripts[] = {
		"dom.js", "theme.js", "data.js", "charts.js", "source.js", "contract.js", "diff.js", "details.js", "table.js",
		"view.js", "unlocks.js", "batches.js", "audit.js", "unseen.js", "main.js", NULL,
	};
	struct json_object *data = html_data(inv, opt);
	struct strbuf slots[SLOT_NR] = { { 0 } };
	int ret;

	strbuf_adds(&slots[SLOT_TITLE], "Linux ");
	add_text(&slots[SLOT_TITLE], inv->tree_version);
	strbuf_adds(&slots[SLOT_TITLE], TITLE);
	fill_graph(inv, &slots[SLOT_GRAPH]);
	ret = write_page(opt, "page.html", scripts, data, slots);
	json_object_put(data);
	return ret;
}

int progress_html(struct json_object *data, const struct html_options *opt)
{
	static const char *const scripts[] = { "dom.js", "theme.js", "progress.js", NULL };
	struct strbuf slots[SLOT_NR] = { { 0 } };

	strbuf_adds(&slots[SLOT_TITLE], "Progress" TITLE);
	return write_page(opt, "progress.html", scripts, data, slots);
}
