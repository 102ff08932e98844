// SPDX-License-Identifier: GPL-2.0-only
/* A comparison as data, of compare.h. */
#include <json-c/json.h>

#include "base/json.h"
#include "compare/internal.h"

static struct json_object *logs(const struct boot_log_state *states, size_t nr)
{
	struct json_object *list = json_object_new_array(), *o;
	size_t i;

	for (i = 0; i < nr && states[i].what; i++) {
		const struct boot_log_state *s = &states[i];

		o = json_object_new_object();
		json_set_str(o, "what", s->what);
		json_set_str(o, "kernel", s->kernel);
		json_set_str(o, "trace", s->trace);
		json_set_int(o, "requests", s->requests);
		json_set_int(o, "subjects", s->subjects);
		json_set_str(o, "cut", s->cut);
		json_set_int(o, "bad", s->bad);
		json_set_list(o, "bad_lines", &s->bad_lines);
		json_object_array_add(list, o);
	}
	return list;
}

static struct json_object *difference(const struct boot_difference *d)
{
	struct json_object *o = json_object_new_object();

	json_set_str(o, "subject", d->subject);
	json_set_str(o, "request", d->request);
	json_set_str(o, "key", d->key);
	json_set_str(o, "old", d->old_value);
	json_set_str(o, "new", d->new_value);
	json_set_str(o, "kind", d->kind);
	json_set_str(o, "text", d->text);
	return o;
}

static struct json_object *differences(const struct boot_difference *items, size_t nr)
{
	struct json_object *list = json_object_new_array_ext((int)nr);
	size_t i;

	for (i = 0; i < nr; i++)
		json_object_array_add(list, difference(&items[i]));
	return list;
}

static struct json_object *handlers(const struct boot_result *r)
{
	struct json_object *list = json_object_new_array(), *o;
	const struct boot_handler *h;

	vec_each(h, &r->handlers) {
		o = json_object_new_object();
		json_set_str(o, "id", h->id);
		json_set_int(o, "tier", h->tier);
		json_set_str(o, "verdict", h->record.verdict);
		json_object_object_add(o, "built", json_object_new_boolean(h->built));
		json_object_object_add(o, "patched", json_object_new_boolean(h->patched));
		json_object_object_add(o, "reached_old", json_object_new_boolean(h->reached_old));
		json_object_object_add(o, "reached_new", json_object_new_boolean(h->reached_new));
		json_set_int(o, "requests", h->record.requests);
		json_set_int(o, "unstable", h->record.unstable);
		json_object_object_add(o, "differences", differences(h->record.differences.items, h->record.differences.nr));
		json_object_object_add(o, "expected", differences(h->record.expected.items, h->record.expected.nr));
		json_set_list(o, "warnings", &h->record.warnings);
		json_set_str(o, "patch", h->record.patch);
		json_object_array_add(list, o);
	}
	return list;
}

static struct json_object *unstable(const struct boot_result *r)
{
	struct json_object *list = json_object_new_array(), *o;
	const struct boot_unstable *u;

	vec_each(u, &r->unstable) {
		o = json_object_new_object();
		json_set_str(o, "subject", u->subject);
		json_set_str(o, "request", u->request);
		json_set_str(o, "key", u->key);
		json_set_str(o, "first", u->first);
		json_set_str(o, "second", u->second);
		json_object_array_add(list, o);
	}
	return list;
}

static struct json_object *absent(const struct boot_result *r)
{
	struct json_object *list = json_object_new_array(), *o;
	const struct boot_absent *a;

	vec_each(a, &r->absent) {
		o = json_object_new_object();
		json_set_str(o, "subject", a->subject);
		json_set_str(o, "why", a->why);
		json_object_array_add(list, o);
	}
	return list;
}

struct json_object *boot_to_json(const struct boot_result *r)
{
	struct json_object *o = json_object_new_object();

	json_set_str(o, "schema", "mmapconv-boot-1");
	json_set_int(o, "requests", r->requests);
	json_set_int(o, "values", r->values);
	json_set_int(o, "findings", boot_findings(r));
	json_object_object_add(o, "logs", logs(r->logs, LOGS));
	json_object_object_add(o, "retries", logs(r->retries, RETRIES));
	json_object_object_add(o, "handlers", handlers(r));
	json_object_object_add(o, "others", differences(r->others.items, r->others.nr));
	json_object_object_add(o, "once", differences(r->once.items, r->once.nr));
	json_object_object_add(o, "unstable", unstable(r));
	json_object_object_add(o, "absent", absent(r));
	json_set_list(o, "idle", &r->idle);
	json_set_list(o, "unclear", &r->unclear);
	json_set_list(o, "losses", &r->losses);
	json_set_list(o, "old_warnings", &r->old_warnings);
	json_set_list(o, "new_warnings", &r->new_warnings);
	json_set_list(o, "warnings", &r->warnings);
	return o;
}
