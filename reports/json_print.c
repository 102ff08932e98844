// SPDX-License-Identifier: GPL-2.0-only
#include <json-c/json.h>

#include "inventory_json.h"

static void indent(struct strbuf *b, unsigned depth)
{
	strbuf_addf(b, "\n%*s", (int)(2 * depth), "");
}

static void print_string(struct strbuf *b, const char *s)
{
	struct json_object *string = json_object_new_string(s);

	strbuf_adds(b, json_object_to_json_string_ext(string, JSON_C_TO_STRING_PLAIN |
						      JSON_C_TO_STRING_NOSLASHESCAPE));
	json_object_put(string);
}

static void print_value(struct strbuf *b, struct json_object *value, unsigned depth)
{
	enum json_type type = json_object_get_type(value);
	const char *comma = "";
	size_t i;

	if (type == json_type_array) {
		strbuf_adds(b, "[");
		for (i = 0; i < json_object_array_length(value); i++) {
			strbuf_adds(b, comma);
			indent(b, depth + 1);
			print_value(b, json_object_array_get_idx(value, i), depth + 1);
			comma = ",";
		}
		if (i)
			indent(b, depth);
		strbuf_adds(b, "]");
	} else if (type == json_type_object) {
		strbuf_adds(b, "{");
		json_object_object_foreach(value, key, member) {
			strbuf_adds(b, comma);
			indent(b, depth + 1);
			print_string(b, key);
			strbuf_adds(b, ": ");
			print_value(b, member, depth + 1);
			comma = ",";
		}
		if (*comma)
			indent(b, depth);
		strbuf_adds(b, "}");
	} else {
		strbuf_adds(b, json_object_to_json_string_ext(value, JSON_C_TO_STRING_PLAIN |
							      JSON_C_TO_STRING_NOSLASHESCAPE));
	}
}

void json_print(struct strbuf *b, struct json_object *value)
{
	print_value(b, value, 0);
	strbuf_adds(b, "\n");
}
