// SPDX-License-Identifier: GPL-2.0-only
#include "base/json.h"
#include "inventory_json.h"
#include "progress/progress.h"

static struct json_object *text_or_null(const char *text)
{
	return text ? inventory_text(text) : NULL;
}

static struct json_object *side(const struct handler *h)
{
	struct json_object *o;

	if (!h)
		return NULL;
	o = json_object_new_object();
	json_object_object_add(o, "id", inventory_text(h->id));
	json_set_int(o, "tier", h->tier);
	json_object_object_add(o, "interface", text_or_null(h->interface));
	json_object_object_add(o, "class", text_or_null(h->class_name));
	json_object_object_add(o, "verdict", text_or_null(h->verdict));
	json_object_object_add(o, "outcome", text_or_null(h->outcome));
	json_set_str(o, "state", state_words[handler_state(h)]);
	json_set_list(o, "needs", &h->needs);
	return o;
}

static void flag(struct json_object *list, bool is, const char *word)
{
	if (is)
		json_add_str(list, word);
}

static struct json_object *change(const struct change *c)
{
	struct json_object *o = json_object_new_object(), *what = json_object_new_array();

	flag(what, !c->before, "new");
	flag(what, !c->after, "gone");
	flag(what, c->moved, "moved");
	flag(what, c->converted, "converted");
	flag(what, c->verdict, "verdict");
	flag(what, c->class_name, "class");
	flag(what, c->needs, "needs");
	flag(what, c->state, "state");
	json_object_object_add(o, "what", what);
	json_object_object_add(o, "before", side(c->before));
	json_object_object_add(o, "after", side(c->after));
	return o;
}

static struct json_object *tree(const struct inventory *inv)
{
	struct json_object *o = json_object_new_object(), *tiers = json_object_new_array(), *t;
	unsigned states[2][NR_STATES] = { { 0 } };
	const struct handler *h;
	size_t i, k;

	vec_each(h, &inv->handlers)
		states[h->tier == 2][handler_state(h)]++;
	json_object_object_add(o, "tree", inventory_text(inv->tree_version));
	json_set_int(o, "handlers", (int64_t)inv->handlers.nr);
	for (i = 0; i < 2; i++) {
		t = json_object_new_object();
		for (k = 0; k < NR_STATES; k++)
			json_set_int(t, state_words[k], states[i][k]);
		json_object_array_add(tiers, t);
	}
	json_object_object_add(o, "tiers", tiers);
	return o;
}

struct json_object *progress_to_json(const struct inventory *inventories, size_t nr, const struct step *steps)
{
	struct json_object *root = json_object_new_object(), *list = json_object_new_array(), *o, *changes;
	const struct change *c;
	size_t i;

	json_set_str(root, "schema", "mmapconv-progress-1");
	for (i = 0; i < nr; i++)
		json_object_array_add(list, tree(&inventories[i]));
	json_object_object_add(root, "inventories", list);
	list = json_object_new_array();
	for (i = 0; i + 1 < nr; i++) {
		o = json_object_new_object();
		json_set_int(o, "same", steps[i].same);
		changes = json_object_new_array();
		vec_each(c, &steps[i].changes)
			json_object_array_add(changes, change(c));
		json_object_object_add(o, "changes", changes);
		json_object_array_add(list, o);
	}
	json_object_object_add(root, "steps", list);
	return root;
}
