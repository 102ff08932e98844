// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "base/json.h"
#include "internal.h"
#include "inventory_json.h"
#include "uri.h"

static void set_text(struct json_object *o, const char *key, const char *text)
{
	json_object_object_add(o, key, inventory_text(text));
}

/*
 * A message string, where braces are placeholders unless they are doubled, and "[x](y)" is a link (3.11.5, 3.11.6):
 * text of a tree has neither.
 */
struct json_object *sarif_message(const char *text)
{
	struct json_object *o = json_object_new_object();
	struct strbuf b = { 0 };

	strbuf_adds(&b, "");
	for (; *text; text++) {
		strbuf_add(&b, text, 1);
		if (*text == '{' || *text == '}')
			strbuf_add(&b, text, 1);
		else if (text[0] == ']' && text[1] == '(')
			strbuf_adds(&b, " ");
	}
	set_text(o, "text", b.s);
	strbuf_free(&b);
	return o;
}

struct json_object *sarif_location(const char *file, unsigned line, unsigned column, const char *message)
{
	struct json_object *o = json_object_new_object(), *physical = json_object_new_object();
	struct json_object *artifact = json_object_new_object(), *region;
	char *text = uri_encode(file);

	json_set_str(artifact, "uri", text);
	json_set_str(artifact, "uriBaseId", "SRCROOT");
	json_object_object_add(physical, "artifactLocation", artifact);
	if (line) {
		region = json_object_new_object();
		json_set_int(region, "startLine", line);
		if (column)
			json_set_int(region, "startColumn", column);
		json_object_object_add(physical, "region", region);
	}
	json_object_object_add(o, "physicalLocation", physical);
	if (message)
		json_object_object_add(o, "message", sarif_message(message));
	free(text);
	return o;
}

/* The n-th result of this rule and identity: from 1. */
static int64_t place_among_equals(struct sarif *s, const char *key)
{
	int64_t n = json_get_int(s->seen, key) + 1;

	json_set_int(s->seen, key, n);
	return n;
}

static void add_fingerprint(struct sarif *s, struct json_object *result, const char *rule, const char *identity)
{
	struct json_object *prints = json_object_new_object();
	char *key = xasprintf("%s\n%s", rule, identity), *text, print[33];
	XXH128_hash_t hash;

	text = xasprintf("%s\n%lld", key, (long long)place_among_equals(s, key));
	hash = XXH3_128bits(text, strlen(text));
	snprintf(print, sizeof(print), "%016llx%016llx", (unsigned long long)hash.high64, (unsigned long long)hash.low64);
	json_set_str(prints, "mmapconv/v1", print);
	json_object_object_add(result, "partialFingerprints", prints);
	free(key);
	free(text);
}

struct json_object *sarif_result(struct sarif *s, const char *rule, const char *level, const char *text,
				 const char *identity)
{
	struct json_object *o = json_object_new_object();

	json_set_str(o, "ruleId", rule);
	json_set_str(o, "level", level);
	json_object_object_add(o, "message", sarif_message(text));
	add_fingerprint(s, o, rule, identity);
	json_object_array_add(s->results, o);
	return o;
}

void sarif_rule(struct sarif *s, const char *id, const char *name, const char *what, const char *help, const char *level)
{
	struct json_object *o, *configuration;
	size_t i;

	for (i = 0; i < json_object_array_length(s->rules); i++) {
		o = json_object_array_get_idx(s->rules, i);
		if (!strcmp(json_object_get_string(json_object_object_get(o, "id")), id))
			return;
	}
	o = json_object_new_object();
	set_text(o, "id", id);
	set_text(o, "name", name);
	json_object_object_add(o, "shortDescription", sarif_message(what));
	json_object_object_add(o, "help", sarif_message(help));
	configuration = json_object_new_object();
	json_set_str(configuration, "level", level);
	json_object_object_add(o, "defaultConfiguration", configuration);
	json_object_array_add(s->rules, o);
}
