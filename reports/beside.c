// SPDX-License-Identifier: GPL-2.0-only
#include "beside.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"

enum { MAX_SIZE = 256 << 20 };

void beside_note(struct json_object *notes, const char *name, const char *what)
{
	char *text = notes ? xasprintf("%s %s", name, what) : NULL;

	if (text)
		json_add_str(notes, text);
	free(text);
}

/* What is wrong with it, or NULL. */
static const char *fault(const struct inventory *inv, struct json_object *o, const char *schema)
{
	char *has = json_get_str(o, "schema"), *tree = json_get_str(o, "tree");
	const char *what = NULL;

	if (!has || strcmp(has, schema))
		what = "is damaged or of another version: run `mmapconv run` again";
	else if (!tree || strcmp(tree, inv->tree_version))
		what = "is of another tree than the inventory: run `mmapconv run` again";
	free(has);
	free(tree);
	return what;
}

struct json_object *beside_read(const struct inventory *inv, const char *out, const char *name, const char *schema,
				struct json_object *notes)
{
	char *path = path_join(out, name);
	struct json_object *o = NULL;
	struct strbuf b = { 0 };
	int ret = file_read(path, MAX_SIZE, &b);
	const char *what;

	if (!ret && b.s)
		o = json_tokener_parse(b.s);
	what = ret == -ENOENT ? "is not there: `mmapconv run` writes it" : ret ? strerror(-ret) : fault(inv, o, schema);
	if (what) {
		beside_note(notes, name, what);
		json_object_put(o);
		o = NULL;
	}
	strbuf_free(&b);
	free(path);
	return o;
}
