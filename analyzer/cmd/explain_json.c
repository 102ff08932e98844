// SPDX-License-Identifier: GPL-2.0-only
/*
 * explain for a program: the inventory of the selected handlers, with two members more: "contracts",
 * whole, with their terms, and "rules", the texts of the codes that come in reasons.
 */
#include <stdio.h>

#include "base/json.h"
#include "classify/rule_texts.h"
#include "cmd/explain.h"
#include "inventory_json.h"

static struct json_object *contract(const struct explained *e)
{
	struct json_object *o = json_object_new_object();

	json_object_object_add(o, "id", inventory_text(e->id));
	json_set_int(o, "line", e->line);
	json_object_object_add(o, "is_handler", json_object_new_boolean(e->is_handler));
	json_set_str(o, "takes", e->takes);
	json_set_list(o, "hooks", &e->hooks);
	json_object_object_add(o, "contract", json_object_get(e->contract));
	return o;
}

static struct json_object *rules(const struct inventory *inv)
{
	struct json_object *list = json_object_new_array(), *o;
	struct strlist codes = { 0 };
	const struct rule_text *t;
	const struct handler *h;
	const struct reason *r;
	size_t i;

	vec_each(h, &inv->handlers)
		vec_each(r, &h->reasons)
			strlist_add_once(&codes, r->code);
	strlist_sort(&codes);
	for (i = 0; i < codes.nr; i++) {
		t = rule_text(codes.items[i]);
		o = json_object_new_object();
		json_set_str(o, "code", codes.items[i]);
		json_set_str(o, "name", t ? t->name : NULL);
		json_set_str(o, "text", t ? t->text : NULL);
		json_object_array_add(list, o);
	}
	strlist_free(&codes);
	return list;
}

void explain_json(const struct inventory *inv, const struct explained_list *l)
{
	struct json_object *root = inventory_to_json(inv), *list = json_object_new_array();
	const struct explained *e;
	struct strbuf b = { 0 };

	vec_each(e, l)
		json_object_array_add(list, contract(e));
	json_object_object_add(root, "contracts", list);
	json_object_object_add(root, "rules", rules(inv));
	json_print(&b, root);
	fputs(b.s, stdout);
	strbuf_free(&b);
	json_object_put(root);
}
