// SPDX-License-Identifier: GPL-2.0-only
/* The inventory as JSON, by the table of inventory_fields.c. */
#include "inventory_json.h"

#include <json-c/json.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "inventory_counts.h"
#include "inventory_fields.h"
#include "gaps.h"
#include "unlocks.h"
#include "utf8.h"

/* Paths and names hold no control character: the reader refuses them. */
static bool is_name(enum text_rule rule)
{
	return rule == RULE_NAME || rule == RULE_PATH || rule == RULE_PATH_OR_EMPTY ||
	       rule == RULE_PLACE;
}

/*
 * Bytes that are no UTF-8 become U+FFFD; so do control characters in a name: one oddly named file
 * of the tree must not make the whole inventory unreadable.
 */
static struct json_object *new_text(const char *s, enum text_rule rule)
{
	struct strbuf clean = { 0 }, text = { 0 };
	struct json_object *value;

	if (!s)
		return NULL;
	strbuf_adds(&clean, "");
	for (; is_name(rule) && *s; s++) {
		if ((unsigned char)*s < 0x20 || *s == 0x7f)
			strbuf_adds(&clean, UTF8_REPLACEMENT);
		else
			strbuf_add(&clean, s, 1);
	}
	utf8_add(&text, is_name(rule) ? clean.s : s);
	value = json_object_new_string_len(text.s, (int)text.len);
	strbuf_free(&clean);
	strbuf_free(&text);
	return value;
}

struct json_object *inventory_text(const char *s)
{
	return new_text(s, RULE_NAME);
}

struct json_object *lines_text(const char *s)
{
	struct json_object *o;
	struct strbuf b = { 0 };

	utf8_add(&b, s);
	o = json_object_new_string_len(b.s, (int)b.len);
	strbuf_free(&b);
	return o;
}

static struct json_object *strings_to_json(const struct strlist *list, enum text_rule rule)
{
	struct json_object *array = json_object_new_array_ext((int)list->nr);
	size_t i;

	for (i = 0; i < list->nr; i++)
		json_object_array_add(array, new_text(list->items[i], rule));
	return array;
}

static struct json_object *api_to_json(const struct inventory *inv)
{
	struct json_object *api = json_object_new_object();
	size_t i;

	for (i = 0; i < inv->api.nr; i++)
		json_object_object_add(api, inv->api.items[i], json_object_new_boolean(true));
	for (i = 0; i < inv->api_missing.nr; i++)
		json_object_object_add(api, inv->api_missing.items[i], json_object_new_boolean(false));
	return api;
}

bool conversion_is_empty(const struct conversion *c)
{
	return !c->new_name && !c->patch && !c->stage && !c->message && !c->files.nr &&
	       !c->rules.nr && !c->differences.nr && !c->checks.nr && !c->proof.verdict && !c->module && !c->prefix &&
	       !c->old_form && !c->new_form && !c->prerequisites.nr && !c->posting.batch;
}

static void add_counts(struct json_object *totals, const char *key, const char *const *words,
		       const unsigned *counts)
{
	struct json_object *obj = json_object_new_object();
	size_t i;

	for (i = 0; words[i]; i++)
		json_set_int(obj, words[i], counts[i]);
	json_object_object_add(totals, key, obj);
}

static void add_all_counts(struct json_object *totals, const struct counts *c)
{
	json_set_int(totals, "handlers", c->handlers);
	add_counts(totals, "by_class", class_words, c->by_class);
	add_counts(totals, "by_verdict", verdict_words, c->by_verdict);
	add_counts(totals, "by_outcome", outcome_words, c->by_outcome);
}

static struct json_object *tier_totals(const struct inventory *inv, unsigned tier)
{
	struct json_object *totals = json_object_new_object(), *contracts = json_object_new_object();
	struct counts c;
	struct gaps g;

	inventory_count_tier(inv, tier, &c);
	inventory_gaps(inv, tier, &g);
	json_set_int(totals, "tier", tier);
	add_all_counts(totals, &c);
	json_set_int(contracts, "complete", g.complete);
	json_set_int(contracts, "incomplete", g.incomplete);
	json_set_int(contracts, "none", g.none);
	json_object_object_add(totals, "contracts", contracts);
	vec_free(&g.reasons);
	return totals;
}

struct json_object *inventory_totals(const struct inventory *inv)
{
	struct json_object *totals = json_object_new_object(), *tiers = json_object_new_array();
	struct counts c;
	unsigned tier;

	inventory_count(inv, &c);
	add_all_counts(totals, &c);
	for (tier = 1; tier <= 2; tier++)
		json_object_array_add(tiers, tier_totals(inv, tier));
	json_object_object_add(totals, "tiers", tiers);
	return totals;
}

static struct json_object *record_to_json(const struct record *r, const void *base);

static struct json_object *field_to_json(const struct field *f, const void *base)
{
	const void *at = (const char *)base + f->offset;
	struct json_object *array;
	struct array_view view;
	size_t i;

	switch (f->kind) {
	case FIELD_STRING:
		return new_text(field_string(f, base), f->rule);
	case FIELD_NUMBER:
		return json_object_new_int64(*(const unsigned *)at);
	case FIELD_BOOL:
		return json_object_new_boolean(*(const bool *)at);
	case FIELD_STRINGS:
		return strings_to_json(at, f->rule);
	case FIELD_RECORDS:
		view = field_array(f, base);
		array = json_object_new_array_ext((int)view.nr);
		for (i = 0; i < view.nr; i++)
			json_object_array_add(array, record_to_json(f->record,
								    view.items + i * f->record->size));
		return array;
	case FIELD_RECORD:
		return f->is_empty(at) ? NULL : record_to_json(f->record, at);
	case FIELD_GROUP:
		return record_to_json(f->record, base);
	case FIELD_API:
		return api_to_json(base);
	case FIELD_TOTALS:
		return inventory_totals(base);
	case FIELD_UNLOCKS:
		return unlocks_to_json(base);
	}
	return NULL;
}

static struct json_object *record_to_json(const struct record *r, const void *base)
{
	struct json_object *obj = json_object_new_object();
	const struct field *f;

	for (f = r->fields; f->key; f++)
		json_object_object_add(obj, f->key, field_to_json(f, base));
	return obj;
}

struct json_object *inventory_to_json(const struct inventory *inv)
{
	return record_to_json(&inventory_record, inv);
}

int inventory_write(const struct inventory *inv, const char *path)
{
	struct json_object *root = inventory_to_json(inv);
	struct strbuf text = { 0 };
	int ret;

	json_print(&text, root);
	json_object_put(root);
	ret = file_write_result(path, &text);
	strbuf_free(&text);
	return ret;
}
