// SPDX-License-Identifier: GPL-2.0-only
/* audit.json is a file like any other: what is missing in it is empty here. */
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "internal.h"

struct finding_text { char *code, *rule, *file, *function, *text, *what, *mend, *sure; };

static char *string_of(struct json_object *o, const char *key)
{
	char *text = json_get_str(o, key);

	return text ? text : xstrdup("");
}

static const char *level_of(const char *sure)
{
	return !strcmp(sure, "certain") ? "error" : !strcmp(sure, "likely") ? "warning" : "note";
}

/* "R3 close-without-mapped" as a name: "CloseWithoutMapped". */
static char *camel(const char *words)
{
	struct strbuf b = { 0 };
	bool start = true;
	char c;

	strbuf_adds(&b, "");
	for (; *words; words++) {
		c = *words;
		if (start && c >= 'a' && c <= 'z')
			c = (char)(c - 'a' + 'A');
		start = c == '-';
		if (!start)
			strbuf_add(&b, &c, 1);
	}
	return strbuf_detach(&b);
}

static unsigned number_of(struct json_object *o, const char *key)
{
	int64_t nr = json_get_int(o, key);

	return nr > 0 && nr < INT32_MAX ? (unsigned)nr : 0;
}

/* The path that shows it, a line each, below the sentence. */
static char *message_of(struct json_object *o, const struct finding_text *f)
{
	struct strlist path = { 0 };
	struct strbuf b = { 0 };
	size_t i;

	strbuf_addf(&b, "%s. Mend: %s. Sure: %s.", f->text, f->mend, f->sure);
	json_get_list(o, "path", &path);
	for (i = 0; i < path.nr; i++)
		strbuf_addf(&b, "%s%s", i ? "; " : " The path: ", path.items[i]);
	strlist_free(&path);
	return strbuf_detach(&b);
}

static void add(struct sarif *s, struct json_object *o)
{
	struct finding_text f = { string_of(o, "code"), string_of(o, "rule"), string_of(o, "file"), string_of(o, "function"),
				  string_of(o, "text"), string_of(o, "what"), string_of(o, "mend"), string_of(o, "sure") };
	char *id = xasprintf("audit/%s/%s", f.code, f.rule), *name = camel(f.rule), *text = message_of(o, &f);
	char *identity = xasprintf("%s:%s", f.file, f.function);
	struct json_object *result, *places = json_object_new_array();

	sarif_rule(s, id, name, f.what, f.mend, level_of(f.sure));
	result = sarif_result(s, id, level_of(f.sure), text, identity);
	json_object_array_add(places, sarif_location(f.file, number_of(o, "line"), number_of(o, "column"), NULL));
	json_object_object_add(result, "locations", places);
	free(id);
	free(name);
	free(text);
	free(identity);
	free(f.code);
	free(f.rule);
	free(f.file);
	free(f.function);
	free(f.text);
	free(f.what);
	free(f.mend);
	free(f.sure);
}

void sarif_findings(struct sarif *s, struct json_object *audit)
{
	struct json_object *list;
	size_t nr = 0, i;

	list = audit ? json_get_array(audit, "findings", &nr) : NULL;
	for (i = 0; i < nr; i++)
		add(s, json_object_array_get_idx(list, i));
}
