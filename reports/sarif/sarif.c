// SPDX-License-Identifier: GPL-2.0-only
#include "sarif/sarif.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "beside.h"
#include "internal.h"
#include "inventory_json.h"

static void notify(struct sarif *s, const char *file, unsigned line, const char *text)
{
	struct json_object *o = json_object_new_object(), *places = json_object_new_array();

	json_set_str(o, "level", "warning");
	json_object_object_add(o, "message", sarif_message(text));
	if (file && *file) {
		json_object_array_add(places, sarif_location(file, line, 0, NULL));
		json_object_object_add(o, "locations", places);
	} else {
		json_object_put(places);
	}
	json_object_array_add(s->notifications, o);
}

static void losses(struct sarif *s, struct json_object *notes)
{
	const struct problem *p;
	size_t i;

	vec_each(p, &s->inv->problems)
		notify(s, p->file, p->line, p->text);
	for (i = 0; i < s->inv->disagreements.nr; i++)
		notify(s, NULL, 0, s->inv->disagreements.items[i]);
	for (i = 0; i < json_object_array_length(notes); i++)
		notify(s, NULL, 0, json_object_get_string(json_object_array_get_idx(notes, i)));
}

static struct json_object *one(const char *key, struct json_object *value)
{
	struct json_object *o = json_object_new_object();

	json_object_object_add(o, key, value);
	return o;
}

static struct json_object *run_of(struct sarif *s)
{
	struct json_object *run = json_object_new_object(), *driver = json_object_new_object();
	struct json_object *invocation = json_object_new_object(), *invocations = json_object_new_array(), *base;
	char *text = xasprintf("The top of the Linux %s tree.", s->inv->tree_version);

	json_set_str(driver, "name", "mmapconv");
	json_object_object_add(driver, "version", inventory_text(s->inv->tool_version));
	json_object_object_add(driver, "rules", s->rules);
	json_object_object_add(run, "tool", one("driver", driver));
	json_object_object_add(invocation, "executionSuccessful", json_object_new_boolean(true));
	json_object_object_add(invocation, "toolExecutionNotifications", s->notifications);
	json_object_array_add(invocations, invocation);
	json_object_object_add(run, "invocations", invocations);
	base = one("description", sarif_message(text));
	json_object_object_add(run, "originalUriBaseIds", one("SRCROOT", base));
	json_set_str(run, "columnKind", "utf16CodeUnits");
	json_object_object_add(run, "results", s->results);
	free(text);
	return run;
}

int report_sarif(const struct inventory *inv, const char *out, const char *path)
{
	struct sarif s = { inv, json_object_new_array(), json_object_new_array(), json_object_new_array(),
			   json_object_new_object() };
	struct json_object *log = json_object_new_object(), *runs = json_object_new_array();
	struct json_object *notes = json_object_new_array(), *audit;
	struct strbuf b = { 0 };
	int ret;

	audit = beside_read(inv, out, "audit.json", AUDIT_SCHEMA, notes);
	sarif_findings(&s, audit);
	sarif_handlers(&s);
	losses(&s, notes);
	json_set_str(log, "$schema", "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json");
	json_set_str(log, "version", "2.1.0");
	json_object_array_add(runs, run_of(&s));
	json_object_object_add(log, "runs", runs);
	json_print(&b, log);
	ret = file_write_result(path, &b);
	json_object_put(log);
	json_object_put(s.seen);
	json_object_put(notes);
	json_object_put(audit);
	strbuf_free(&b);
	return ret;
}
