// SPDX-License-Identifier: GPL-2.0-only
/*
 * Facts as JSON: the form in which a worker hands them over.  A node is an array (a unit has tens
 * of thousands), everything else an object.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "parse/facts.h"

enum { NODE_FIELDS = 22, PARAM_FIELDS = 5, MAX_NODES = 4 << 20, IN_UNION = 8 /* above the first bit */ };

static void ctype_add(struct json_object *a, struct ctype c)
{
	json_object_array_add(a, json_object_new_int(c.kind));
	json_object_array_add(a, json_object_new_int(c.bits));
	json_object_array_add(a, json_object_new_int(c.is_signed));
}

/* Three elements from i on; widths that C does not have are refused. */
static int ctype_at(struct json_object *a, size_t i, struct ctype *c)
{
	int64_t kind = json_at_int(a, i), bits = json_at_int(a, i + 1), is_signed = json_at_int(a, i + 2);
	bool ok;

	if (kind == CTYPE_INT)
		ok = bits == 8 || bits == 16 || bits == 32 || bits == 64 || bits == 128;
	else if (kind == CTYPE_POINTER)
		ok = bits == 32 || bits == 64;
	else
		ok = bits == (kind == CTYPE_BOOL);
	if (!ok || kind < CTYPE_NONE || kind > CTYPE_FUNCTION || is_signed < 0 || is_signed > (kind == CTYPE_INT))
		return -EINVAL;
	c->kind = (uint8_t)kind;
	c->bits = (uint8_t)bits;
	c->is_signed = is_signed;
	return 0;
}

static struct json_object *node_to_json(const struct node *n)
{
	struct json_object *a = json_object_new_array_ext(NODE_FIELDS);

	json_object_array_add(a, json_object_new_int(n->kind));
	json_object_array_add(a, json_object_new_int(n->ref));
	json_object_array_add(a, json_object_new_int64(n->line));
	json_object_array_add(a, json_object_new_int64(n->col));
	json_object_array_add(a, json_object_new_int64(n->child));
	json_object_array_add(a, json_object_new_int64(n->next));
	json_add_str(a, n->name);
	json_add_str(a, n->op);
	json_add_str(a, n->type);
	json_add_str(a, n->macro);
	json_add_str(a, n->file);
	json_add_str(a, n->cleanup);
	json_object_array_add(a, json_object_new_int64(n->value));
	json_object_array_add(a, json_object_new_int(n->has_value));
	ctype_add(a, n->ctype);
	json_object_array_add(a, json_object_new_int64(n->elem));
	json_object_array_add(a, json_object_new_int64(n->offset));
	json_object_array_add(a, json_object_new_int(n->field_bits));
	json_object_array_add(a, json_object_new_int(n->first_bit | (n->in_union ? IN_UNION : 0)));
	json_object_array_add(a, json_object_new_int64(n->size));
	return a;
}

/* Kinds that are nothing without their name. */
static bool needs_name(int64_t kind)
{
	return kind == NODE_REF || kind == NODE_CALL || kind == NODE_LABEL || kind == NODE_GOTO ||
	       kind == NODE_MACRO || kind == NODE_DECL;
}

/* Node i of nr.  Links lead forward only, so that every walk ends. */
static int node_from_json(struct json_object *a, struct node *n, size_t i, size_t nr)
{
	int64_t kind, ref, child, next, elem, offset, bits, first, size;

	if (!json_object_is_type(a, json_type_array) || json_object_array_length(a) != NODE_FIELDS)
		return -EINVAL;
	kind = json_at_int(a, 0);
	ref = json_at_int(a, 1);
	child = json_at_int(a, 4);
	next = json_at_int(a, 5);
	elem = json_at_int(a, 17);
	offset = json_at_int(a, 18);
	bits = json_at_int(a, 19);
	first = json_at_int(a, 20);
	size = json_at_int(a, 21);
	if (kind < 0 || kind > NODE_UNKNOWN || ref < 0 || ref > REF_ENUM || child < 0 || next < 0 ||
	    (uint64_t)child >= nr || (uint64_t)next >= nr || (child && (uint64_t)child <= i) ||
	    (next && (uint64_t)next <= i) || elem < 0 || elem > UINT32_MAX || offset < 0 ||
	    offset > UINT32_MAX || bits < 0 || bits > 64 ||
	    first < 0 || first >= 2 * IN_UNION || size < 0 || size > UINT32_MAX || ctype_at(a, 14, &n->ctype))
		return -EINVAL;
	n->kind = (enum node_kind)kind;
	n->ref = (enum ref_kind)ref;
	n->line = (unsigned)json_at_int(a, 2);
	n->col = (unsigned)json_at_int(a, 3);
	n->child = (uint32_t)child;
	n->next = (uint32_t)next;
	n->name = json_at_str(a, 6);
	n->op = json_at_str(a, 7);
	n->type = json_at_str(a, 8);
	n->macro = json_at_str(a, 9);
	n->file = json_at_str(a, 10);
	n->cleanup = json_at_str(a, 11);
	n->value = json_at_int(a, 12);
	n->has_value = json_at_int(a, 13);
	n->elem = (uint32_t)elem;
	n->offset = (uint32_t)offset;
	n->field_bits = (uint8_t)bits;
	n->first_bit = (uint8_t)(first & (IN_UNION - 1));
	n->in_union = first & IN_UNION;
	n->size = (uint32_t)size;
	return needs_name(kind) && !n->name ? -EINVAL : 0;
}

static struct json_object *function_to_json(const struct function *f)
{
	struct json_object *o = json_object_new_object(), *params = json_object_new_array();
	struct json_object *result = json_object_new_array();
	size_t i;

	json_set_str(o, "name", f->name);
	json_set_str(o, "file", f->file);
	json_set_int(o, "line", f->line);
	json_set_int(o, "last", f->last_line);
	json_set_int(o, "static", f->is_static);
	json_set_int(o, "body", f->body);
	for (i = 0; i < f->nr_params; i++) {
		json_add_str(params, f->params[i].name);
		json_add_str(params, f->params[i].type);
		ctype_add(params, f->params[i].ctype);
	}
	json_object_object_add(o, "params", params);
	ctype_add(result, f->result);
	json_object_object_add(o, "result", result);
	return o;
}

static int function_from_json(struct json_object *o, struct function *f, size_t nr_nodes)
{
	size_t i, len, nr_result;
	struct json_object *params = json_get_array(o, "params", &len);
	struct json_object *result = json_get_array(o, "result", &nr_result);
	int64_t body = json_get_int(o, "body");

	f->name = json_get_str(o, "name");
	f->file = json_get_str(o, "file");
	f->line = (unsigned)json_get_int(o, "line");
	f->last_line = (unsigned)json_get_int(o, "last");
	f->is_static = json_get_int(o, "static");
	f->params = xcalloc(len / PARAM_FIELDS, sizeof(*f->params));
	f->nr_params = len / PARAM_FIELDS;
	for (i = 0; i < f->nr_params; i++) {
		f->params[i].name = json_at_str(params, PARAM_FIELDS * i);
		f->params[i].type = json_at_str(params, PARAM_FIELDS * i + 1);
		if (!f->params[i].name || !f->params[i].type ||
		    ctype_at(params, PARAM_FIELDS * i + 2, &f->params[i].ctype))
			return -EINVAL;
	}
	if (!f->name || !f->file || body < 0 || (body && (uint64_t)body >= nr_nodes) || len % PARAM_FIELDS ||
	    nr_result != 3 || ctype_at(result, 0, &f->result))
		return -EINVAL;
	f->body = (uint32_t)body;
	return 0;
}

static struct json_object *site_to_json(const struct fops_site *s)
{
	struct json_object *o = json_object_new_object();

	json_set_str(o, "tag", s->tag);
	json_set_str(o, "table", s->table);
	json_set_str(o, "target", s->target);
	json_set_str(o, "field", s->field);
	json_set_str(o, "value", s->value);
	json_set_str(o, "how", s->how);
	json_set_str(o, "file", s->file);
	json_set_int(o, "line", s->line);
	json_set_str(o, "def_file", s->def_file);
	json_set_str(o, "setter", s->setter);
	json_set_int(o, "argument", s->argument);
	json_set_int(o, "local", s->setter_is_static);
	return o;
}

static int site_from_json(struct json_object *o, struct fops_site *s)
{
	s->tag = json_get_str(o, "tag");
	s->table = json_get_str(o, "table");
	s->target = json_get_str(o, "target");
	s->field = json_get_str(o, "field");
	s->value = json_get_str(o, "value");
	s->how = json_get_str(o, "how");
	s->file = json_get_str(o, "file");
	s->line = (unsigned)json_get_int(o, "line");
	s->def_file = json_get_str(o, "def_file");
	s->setter = json_get_str(o, "setter");
	s->argument = (unsigned)json_get_int(o, "argument");
	s->setter_is_static = json_get_int(o, "local");
	return s->tag && s->table && s->target && s->field && s->value && s->how && s->file ? 0 : -EINVAL;
}

static struct json_object *call_to_json(const struct vma_call *c)
{
	struct json_object *o = json_object_new_object();

	json_set_str(o, "function", c->function);
	json_set_str(o, "file", c->file);
	json_set_str(o, "callee", c->callee);
	json_set_str(o, "callee_file", c->callee_file);
	json_set_int(o, "line", c->line);
	return o;
}

static int call_from_json(struct json_object *o, struct vma_call *c)
{
	c->function = json_get_str(o, "function");
	c->file = json_get_str(o, "file");
	c->callee = json_get_str(o, "callee");
	c->callee_file = json_get_str(o, "callee_file");
	c->line = (unsigned)json_get_int(o, "line");
	return c->function && c->file && c->callee ? 0 : -EINVAL;
}

static struct json_object *flags_to_json(const struct flag_names *flags)
{
	struct json_object *o = json_object_new_object();
	const struct flag_name *f;

	vec_each(f, flags)
		json_set_int(o, f->name, (int64_t)f->value);
	return o;
}

/* Single bits only, as facts.h says. */
static int flags_from_json(struct json_object *o, struct flag_names *flags)
{
	struct flag_name *f;

	if (!json_object_is_type(o, json_type_object))
		return -EINVAL;
	json_object_object_foreach(o, name, value) {
		f = vec_push(flags);
		f->name = xstrdup(name);
		f->value = (uint64_t)json_object_get_int64(value);
		if (!f->value || (f->value & (f->value - 1)))
			return -EINVAL;
	}
	return 0;
}

static struct json_object *initial_to_json(const struct initial *k)
{
	struct json_object *o = json_object_new_object();

	json_set_str(o, "name", k->name);
	json_set_str(o, "hash", k->hash);
	json_set_int(o, "table", k->is_table);
	json_set_list(o, "names", &k->names);
	return o;
}

static int initial_from_json(struct json_object *o, struct initial *k)
{
	k->name = json_get_str(o, "name");
	k->hash = json_get_str(o, "hash");
	k->is_table = json_get_int(o, "table");
	json_get_list(o, "names", &k->names);
	return k->name && k->hash ? 0 : -EINVAL;
}

struct json_object *unit_to_json(const struct unit *u)
{
	struct json_object *o = json_object_new_object(), *a, *t;
	const struct vm_ops_table *ops;
	const struct fops_site *s;
	const struct initial *k;
	const struct vma_call *c;
	const struct function *f;
	size_t i;

	json_set_str(o, "file", u->file);
	json_set_str(o, "arch", u->arch);
	json_set_int(o, "status", u->status);
	json_set_int(o, "nr_errors", u->nr_errors);
	json_set_int(o, "doubtful", u->doubtful);
	json_set_list(o, "errors", &u->errors);
	json_set_list(o, "wanted", &u->wanted);
	a = json_object_new_array_ext((int)(u->nr_nodes + 1));
	for (i = 0; i < u->nr_nodes; i++)
		json_object_array_add(a, node_to_json(&u->nodes[i]));
	json_object_object_add(o, "nodes", a);
	a = json_object_new_array();
	vec_each(f, &u->functions)
		json_object_array_add(a, function_to_json(f));
	json_object_object_add(o, "functions", a);
	a = json_object_new_array();
	vec_each(s, &u->sites)
		json_object_array_add(a, site_to_json(s));
	json_object_object_add(o, "sites", a);
	a = json_object_new_array();
	vec_each(c, &u->calls)
		json_object_array_add(a, call_to_json(c));
	json_object_object_add(o, "calls", a);
	a = json_object_new_array();
	vec_each(ops, &u->vm_ops) {
		t = json_object_new_object();
		json_set_str(t, "name", ops->name);
		json_set_int(t, "line", ops->line);
		json_set_int(t, "const", ops->is_const);
		json_set_int(t, "whole", ops->is_whole);
		json_set_list(t, "fields", &ops->fields);
		json_object_array_add(a, t);
	}
	json_object_object_add(o, "vm_ops", a);
	a = json_object_new_array();
	vec_each(k, &u->initials)
		json_object_array_add(a, initial_to_json(k));
	json_object_object_add(o, "initials", a);
	json_object_object_add(o, "flags", flags_to_json(&u->flags));
	json_set_int(o, "page_shift", u->page_shift);
	return o;
}

int unit_from_json(struct json_object *o, struct unit *u)
{
	struct json_object *a, *t;
	struct vm_ops_table *ops;
	int64_t status = json_get_int(o, "status"), page_shift = json_get_int(o, "page_shift");
	size_t i, len;

	u->file = json_get_str(o, "file");
	u->arch = json_get_str(o, "arch");
	u->nr_errors = (unsigned)json_get_int(o, "nr_errors");
	u->doubtful = json_get_int(o, "doubtful");
	json_get_list(o, "errors", &u->errors);
	json_get_list(o, "wanted", &u->wanted);
	a = json_get_array(o, "nodes", &len);
	if (page_shift < 0 || page_shift > MAX_PAGE_SHIFT ||
	    flags_from_json(json_object_object_get(o, "flags"), &u->flags))
		goto bad;
	u->page_shift = (unsigned)page_shift;
	if (!u->file || !u->arch || status < UNIT_FULL || status > UNIT_FAILED || len > MAX_NODES)
		goto bad;
	u->status = (enum unit_status)status;
	u->nodes = xcalloc(len, sizeof(*u->nodes));
	u->nr_nodes = u->cap_nodes = len;
	for (i = 0; i < len; i++)
		if (node_from_json(json_object_array_get_idx(a, i), &u->nodes[i], i, len))
			goto bad;
	a = json_get_array(o, "functions", &len);
	for (i = 0; i < len; i++)
		if (function_from_json(json_object_array_get_idx(a, i), vec_push(&u->functions), u->nr_nodes))
			goto bad;
	a = json_get_array(o, "sites", &len);
	for (i = 0; i < len; i++)
		if (site_from_json(json_object_array_get_idx(a, i), vec_push(&u->sites)))
			goto bad;
	a = json_get_array(o, "calls", &len);
	for (i = 0; i < len; i++)
		if (call_from_json(json_object_array_get_idx(a, i), vec_push(&u->calls)))
			goto bad;
	a = json_get_array(o, "vm_ops", &len);
	for (i = 0; i < len; i++) {
		t = json_object_array_get_idx(a, i);
		ops = vec_push(&u->vm_ops);
		ops->name = json_get_str(t, "name");
		ops->line = (unsigned)json_get_int(t, "line");
		ops->is_const = json_get_int(t, "const");
		ops->is_whole = json_get_int(t, "whole");
		json_get_list(t, "fields", &ops->fields);
		if (!ops->name)
			goto bad;
	}
	a = json_get_array(o, "initials", &len);
	for (i = 0; i < len; i++)
		if (initial_from_json(json_object_array_get_idx(a, i), vec_push(&u->initials)))
			goto bad;
	return 0;
bad:
	unit_free(u);
	return -EINVAL;
}
