// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "beside.h"
#include "evidence.h"
#include "internal.h"
#include "inventory_json.h"

enum { MAX_PATCH = 4 << 20 };

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
		beside_note(notes, name, strerror(-ret));
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
	o = beside_read(inv, opt->out, "evidence.json", EVIDENCE_SCHEMA, notes);
	json_object_object_add(root, "evidence", o ? json_object_get(json_object_object_get(o, "handlers")) : NULL);
	json_object_put(o);
	json_object_object_add(root, "audit", beside_read(inv, opt->out, "audit.json", AUDIT_SCHEMA, notes));
	json_object_object_add(root, "patches", patches(inv, opt, notes));
	json_object_object_add(root, "credits", html_credits());
	json_object_object_add(root, "notes", notes);
	return root;
}
