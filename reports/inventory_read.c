// SPDX-License-Identifier: GPL-2.0-only
/*
 * Read an inventory.  The file is not trusted: it may be cut off, edited, or made to hurt.  Every
 * member is checked against the table of inventory_fields.c, and the first one that does not fit
 * ends the reading with a sentence that names it.
 */
#include <errno.h>
#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "inventory_json.h"
#include "inventory_reader.h"
#include "unlocks.h"

/* Linux 7.3 with both tiers stays below 4 MiB; what json-c makes of 16 MiB fits any machine. */
#define MAX_BYTES ((size_t)16 << 20)
#define MAX_DEPTH 16		/* the schema needs 6 */

static int compare_ids(const void *a, const void *b)
{
	const struct handler *ha = *(const struct handler *const *)a;
	const struct handler *hb = *(const struct handler *const *)b;
	int c = strcmp(ha->id, hb->id);

	return c ? c : (ha > hb) - (ha < hb);
}

/* What no single member shows: ids that say file and function, unique; totals that fit. */
static int check_whole(const struct reader *r, const struct inventory *inv,
		       struct json_object *root)
{
	struct where handlers = { .key = "handlers" }, totals = { .key = "totals" }, unlocks = { .key = "unlocks" };
	struct where element = { .up = &handlers, .is_element = true };
	struct where id = { .up = &element, .key = "id" };
	const struct handler **sorted = xcalloc(inv->handlers.nr, sizeof(*sorted));
	struct json_object *computed = inventory_totals(inv), *graph = unlocks_to_json(inv);
	const struct handler *h;
	char *expected;
	bool same;
	int ret = 0;

	for (element.index = 0; !ret && element.index < inv->handlers.nr; element.index++) {
		h = sorted[element.index] = &inv->handlers.items[element.index];
		expected = xasprintf("%s:%s", h->file, h->function);
		same = !strcmp(h->id, expected);
		free(expected);
		if (!same)
			ret = reader_bad(r, &id, h->id, "is not the handler's file:function");
	}
	if (!ret && inv->handlers.nr)
		qsort(sorted, inv->handlers.nr, sizeof(*sorted), compare_ids);
	for (size_t i = 1; !ret && i < inv->handlers.nr; i++) {
		if (strcmp(sorted[i - 1]->id, sorted[i]->id))
			continue;
		element.index = (size_t)(sorted[i] - inv->handlers.items);
		ret = reader_bad(r, &id, sorted[i]->id, "is there twice");
	}
	if (!ret && !json_object_equal(json_object_object_get(root, "totals"), computed))
		ret = reader_bad(r, &totals, NULL, "do not fit the handlers");
	if (!ret && !json_object_equal(json_object_object_get(root, "unlocks"), graph))
		ret = reader_bad(r, &unlocks, NULL, "do not fit what the handlers need");
	json_object_put(computed);
	json_object_put(graph);
	free(sorted);
	return ret;
}

static int parse(const struct reader *r, const struct strbuf *text, struct json_object **root)
{
	struct json_tokener *tok;
	enum json_tokener_error error;
	char *what;
	int ret = 0;

	*root = NULL;
	if (memchr(text->s, '\0', text->len))
		return reader_bad(r, NULL, NULL, "holds a NUL byte");
	tok = json_tokener_new_ex(MAX_DEPTH);
	if (!tok)
		return -ENOMEM;
	json_tokener_set_flags(tok, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8);
	*root = json_tokener_parse_ex(tok, text->s, (int)text->len);
	error = json_tokener_get_error(tok);
	if (error != json_tokener_success) {
		what = xasprintf("is no JSON at byte %zu (%s)", json_tokener_get_parse_end(tok),
				 error == json_tokener_continue ? "it ends too early" :
				 json_tokener_error_desc(error));
		ret = reader_bad(r, NULL, NULL, what);
		free(what);
	}
	json_tokener_free(tok);
	return ret;
}

/* Read the file; a size or kind of file that no inventory has counts as damage. */
static int load(const struct reader *r, struct strbuf *text)
{
	int ret = file_read(r->path, MAX_BYTES, text);

	if (ret == -EFBIG)
		return reader_bad(r, NULL, NULL, "is larger than 16 MiB");
	if (ret == -EINVAL)
		return reader_bad(r, NULL, NULL, "is not a regular file");
	if (ret == -ENOENT)
		log_error("%s: there is no inventory yet: run `mmapconv scan` with this -o first",
			  r->path);
	else if (ret)
		log_error("%s: cannot read the inventory: %s; check its permissions", r->path,
			  strerror(-ret));
	return ret;
}

int inventory_read(struct inventory *inv, const char *path)
{
	struct reader r = { .path = path };
	struct json_object *root = NULL;
	struct strbuf text = { 0 };
	int ret;

	memset(inv, 0, sizeof(*inv));
	ret = load(&r, &text);
	if (!ret)
		ret = parse(&r, &text, &root);
	if (!ret)
		ret = reader_record(&r, NULL, &inventory_record, root, inv);
	if (!ret)
		ret = check_whole(&r, inv, root);
	if (ret)
		inventory_free(inv);
	json_object_put(root);
	strbuf_free(&text);
	return ret;
}
