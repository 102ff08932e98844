// SPDX-License-Identifier: GPL-2.0-only
#include "parse/facts.h"

#include <stdlib.h>
#include <string.h>

const struct function *unit_function(const struct unit *u, const char *name)
{
	const struct function *f;

	vec_each(f, &u->functions)
		if (!strcmp(f->name, name))
			return f;
	return NULL;
}

const char *vm_ops_callback(const struct vm_ops_table *t, const char *callback)
{
	size_t i, len = strlen(callback);
	const char *field;

	for (i = 0; i < t->fields.nr; i++) {
		field = t->fields.items[i];
		if (!strncmp(field, callback, len) && field[len] == '=' && field[len + 1])
			return field + len + 1;
	}
	return NULL;
}

void unit_callbacks(const struct unit *u, const struct strlist *callbacks, struct strlist *functions)
{
	const struct vm_ops_table *t;
	const char *name;
	size_t i;

	vec_each(t, &u->vm_ops)
		for (i = 0; i < callbacks->nr; i++) {
			name = vm_ops_callback(t, callbacks->items[i]);
			if (name)
				strlist_add_once(functions, name);
		}
}

void node_free(struct node *n)
{
	free(n->name);
	free(n->op);
	free(n->type);
	free(n->macro);
	free(n->file);
	free(n->cleanup);
}

static void function_free(struct function *f)
{
	size_t i;

	for (i = 0; i < f->nr_params; i++) {
		free(f->params[i].name);
		free(f->params[i].type);
	}
	free(f->params);
	free(f->name);
	free(f->file);
}

void unit_drop_nodes(struct unit *u)
{
	struct function *f;
	size_t i;

	for (i = 0; i < u->nr_nodes; i++)
		node_free(&u->nodes[i]);
	free(u->nodes);
	u->nodes = NULL;
	u->nr_nodes = u->cap_nodes = 0;
	vec_each(f, &u->functions)
		f->body = 0;
}

void unit_free(struct unit *u)
{
	struct vm_ops_table *t;
	struct flag_name *flag;
	struct initial *k;
	struct fops_site *s;
	struct vma_call *c;
	struct function *f;

	unit_drop_nodes(u);
	vec_each(f, &u->functions)
		function_free(f);
	vec_each(s, &u->sites) {
		free(s->tag);
		free(s->table);
		free(s->target);
		free(s->field);
		free(s->value);
		free(s->how);
		free(s->file);
		free(s->def_file);
		free(s->setter);
	}
	vec_each(c, &u->calls) {
		free(c->function);
		free(c->file);
		free(c->callee);
		free(c->callee_file);
	}
	vec_each(t, &u->vm_ops) {
		free(t->name);
		strlist_free(&t->fields);
	}
	vec_each(k, &u->initials) {
		free(k->name);
		free(k->hash);
		strlist_free(&k->names);
	}
	vec_free(&u->initials);
	vec_each(flag, &u->flags)
		free(flag->name);
	vec_free(&u->flags);
	vec_free(&u->functions);
	vec_free(&u->sites);
	vec_free(&u->calls);
	vec_free(&u->vm_ops);
	strlist_free(&u->errors);
	strlist_free(&u->wanted);
	free(u->file);
	free(u->arch);
	memset(u, 0, sizeof(*u));
}
