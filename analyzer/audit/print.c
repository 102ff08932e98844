// SPDX-License-Identifier: GPL-2.0-only
/* Findings for a person, and for a program. */
#include "audit/audit.h"

#include "base/json.h"

void audit_print(FILE *to, const struct findings *list)
{
	const struct finding *n;
	size_t i;

	vec_each(n, list) {
		fprintf(to, "%s:%u:%u: %s %s: %s\n", n->file, n->line, n->col, n->rule->code, n->rule->name, n->text);
		for (i = 0; i < n->path.nr; i++)
			fprintf(to, "    %s\n", n->path.items[i]);
		fprintf(to, "    mend: %s\n", n->rule->mend);
		fprintf(to, "    sure: %s\n", sure_word(n->sure));
	}
}

static struct json_object *finding(const struct finding *n)
{
	struct json_object *o = json_object_new_object();

	json_set_str(o, "code", n->rule->code);
	json_set_str(o, "rule", n->rule->name);
	json_set_str(o, "file", n->file);
	json_set_int(o, "line", n->line);
	json_set_int(o, "column", n->col);
	json_set_str(o, "function", n->function);
	json_set_str(o, "hook", n->hook);
	json_set_str(o, "text", n->text);
	json_set_str(o, "what", n->rule->what);
	json_set_list(o, "path", &n->path);
	json_set_str(o, "mend", n->rule->mend);
	json_set_str(o, "sure", sure_word(n->sure));
	return o;
}

static struct json_object *hook(const struct hook *h)
{
	struct json_object *o = json_object_new_object(), *sites = json_object_new_array(), *x;
	const struct hook_site *s;
	const struct hook_table *t;
	struct strlist tables = { 0 };

	json_set_str(o, "file", h->fn.file);
	json_set_str(o, "function", h->fn.name);
	json_set_int(o, "line", h->fn.line);
	json_object_object_add(o, "read", json_object_new_boolean(h->fn.contract != NULL));
	json_object_object_add(o, "audited", json_object_new_boolean(!h->lost.nr));
	json_set_list(o, "lost", &h->lost);
	json_object_object_add(o, "complete",
			       json_object_new_boolean(h->fn.contract && contract_is_complete(h->fn.contract)));
	vec_each(s, &h->sites) {
		x = json_object_new_object();
		json_set_str(x, "field", s->field);
		json_set_str(x, "table", s->table);
		json_set_str(x, "file", s->file);
		json_set_int(x, "line", s->line);
		json_object_array_add(sites, x);
	}
	json_object_object_add(o, "sites", sites);
	vec_each(t, &h->tables)
		strlist_add(&tables, t->name);
	json_set_list(o, "vm_ops", &tables);
	strlist_free(&tables);
	return o;
}

static struct json_object *totals(const struct hooks *hooks, const struct findings *list)
{
	struct json_object *o = json_object_new_object();
	int lost = (int)hooks_lost(hooks);

	json_set_int(o, "hooks", (int)hooks->list.nr);
	json_set_int(o, "audited", (int)hooks->list.nr - lost);
	json_set_int(o, "not_audited", lost);
	json_set_int(o, "findings", (int)list->nr);
	return o;
}

struct json_object *audit_to_json(const struct tree *t, const struct hooks *hooks, const struct findings *list)
{
	struct json_object *root = json_object_new_object(), *o, *a;
	const struct hook_problem *p;
	const struct finding *n;
	const struct hook *h;

	json_set_str(root, "schema", "mmapconv-audit-1");
	json_set_str(root, "tree", t->version);
	json_set_int(root, "sites", hooks->nr_sites);
	json_set_list(root, "fields", &hooks->fields);
	a = json_object_new_array();
	vec_each(h, &hooks->list)
		json_object_array_add(a, hook(h));
	json_object_object_add(root, "hooks", a);
	a = json_object_new_array();
	vec_each(n, list)
		json_object_array_add(a, finding(n));
	json_object_object_add(root, "findings", a);
	a = json_object_new_array();
	vec_each(p, &hooks->problems) {
		o = json_object_new_object();
		json_set_str(o, "file", p->file);
		json_set_int(o, "line", p->line);
		json_set_str(o, "text", p->text);
		json_set_str(o, "mend", p->mend);
		json_object_object_add(o, "lost", json_object_new_boolean(p->lost));
		json_object_array_add(a, o);
	}
	json_object_object_add(root, "problems", a);
	json_object_object_add(root, "totals", totals(hooks, list));
	return root;
}
