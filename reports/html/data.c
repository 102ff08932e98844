// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "base/log.h"
#include "evidence.h"
#include "internal.h"
#include "inventory_json.h"

enum { MAX_COMPANION = 256 << 20, MAX_PATCH = 4 << 20 };

static void note(struct json_object *notes, const char *file, const char *what)
{
	char *text = xasprintf("%s %s", file, what);

	json_add_str(notes, text);
	free(text);
}

/* A file that stands beside the inventory; NULL with a note: it is not there, damaged, or of another tree. */
static struct json_object *beside(const struct inventory *inv, const struct html_options *opt, const char *name,
				  const char *schema, struct json_object *notes)
{
	char *path = path_join(opt->out, name), *has, *tree;
	struct json_object *o = NULL;
	struct strbuf b = { 0 };
	int ret = file_read(path, MAX_COMPANION, &b);

	free(path);
	if (!ret && b.s)
		o = json_tokener_parse(b.s);
	strbuf_free(&b);
	has = json_get_str(o, "schema");
	tree = json_get_str(o, "tree");
	if (ret == -ENOENT)
		note(notes, name, "is not there: `mmapconv run` writes it");
	else if (ret)
		note(notes, name, strerror(-ret));
	else if (!has || strcmp(has, schema))
		note(notes, name, "is damaged or of another version: run `mmapconv run` again");
	else if (!tree || strcmp(tree, inv->tree_version))
		note(notes, name, "is of another tree than the inventory: run `mmapconv run` again");
	else
		goto done;
	json_object_put(o);
	o = NULL;
done:
	free(has);
	free(tree);
	return o;
}

/* path: relative to OUT, from the inventory. */
static void add_patch(struct json_object *patches, const struct html_options *opt, const char *name,
		      struct json_object *notes)
{
	struct strbuf b = { 0 };
	char *path;
	int ret;

	if (!name || json_object_object_get_ex(patches, name, NULL))
		return;
	path = path_join(opt->out, name);
	ret = path_is_inside(name) ? file_read(path, MAX_PATCH, &b) : -EINVAL;
	if (ret)
		note(notes, name, strerror(-ret));
	else
		json_object_object_add(patches, name, lines_text(b.s ? b.s : ""));
	strbuf_free(&b);
	free(path);
}

static struct json_object *patches(const struct inventory *inv, const struct html_options *opt,
				   struct json_object *notes)
{
	struct json_object *o = json_object_new_object();
	const struct handler *h;

	vec_each(h, &inv->handlers)
		add_patch(o, opt, h->conversion.patch, notes);
	return o;
}

/* What no reader of the page asks for, and what is as long as all the rest. */
static void slim(struct json_object *root)
{
	struct json_object *list, *conversion;
	size_t i, nr = 0;

	list = json_get_array(root, "handlers", &nr);
	for (i = 0; i < nr; i++) {
		conversion = json_object_object_get(json_object_array_get_idx(list, i), "conversion");
		if (conversion)
			json_object_object_del(conversion, "rules");
	}
}

struct json_object *html_data(const struct inventory *inv, const struct html_options *opt)
{
	struct json_object *root = inventory_to_json(inv), *notes = json_object_new_array(), *o;

	slim(root);
	o = beside(inv, opt, "evidence.json", EVIDENCE_SCHEMA, notes);
	json_object_object_add(root, "evidence", o ? json_object_get(json_object_object_get(o, "handlers")) : NULL);
	json_object_put(o);
	json_object_object_add(root, "audit", beside(inv, opt, "audit.json", "mmapconv-audit-1", notes));
	json_object_object_add(root, "patches", patches(inv, opt, notes));
	json_object_object_add(root, "credits", html_credits());
	json_object_object_add(root, "notes", notes);
	return root;
}
