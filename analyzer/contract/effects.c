// SPDX-License-Identifier: GPL-2.0-only
/* What calls and assignments do to the vma and to the world. */
#include <stdlib.h>
#include <string.h>

#include "contract/engine.h"
#include "contract/models.h"

static uint32_t first_arg(const struct engine *e, const struct node *call)
{
	return call->child ? engine_node(e, call->child)->next : 0;
}

static uint32_t arg_at(const struct engine *e, const struct node *call, unsigned n)
{
	uint32_t i = first_arg(e, call);

	while (i && n--)
		i = engine_node(e, i)->next;
	return i;
}

static uint32_t through_casts(const struct engine *e, uint32_t node)
{
	while (node && engine_node(e, node)->kind == NODE_CAST && engine_node(e, node)->child)
		node = engine_node(e, node)->child;
	return node;
}

/* The VM_X names of a flag expression, one effect each; what is no such list is FLAGS_OTHER. */
static void flags(struct engine *e, struct state *s, uint32_t node, enum effect_kind kind, const struct node *at)
{
	const struct node *n;
	uint32_t second;
	struct effect *f;
	char *text;

	node = through_casts(e, node);
	if (!node)
		return;
	n = engine_node(e, node);
	second = n->child ? engine_node(e, n->child)->next : 0;
	if (n->macro && str_starts(n->macro, "VM_")) {
		if (strcmp(n->macro, "VM_NONE"))
			add_effect(e, s, kind, at, n->macro);
	} else if (n->kind == NODE_BINARY && n->op && !strcmp(n->op, "|") && second) {
		flags(e, s, n->child, kind, at);
		flags(e, s, second, kind, at);
	} else if (n->kind == NODE_BINARY && n->op && !strcmp(n->op, "<<") && second &&
		   engine_node(e, through_casts(e, second))->kind == NODE_REF &&
		   str_starts(engine_node(e, through_casts(e, second))->name, "VMA_") &&
		   str_ends(engine_node(e, through_casts(e, second))->name, "_BIT")) {
		const char *bit = engine_node(e, through_casts(e, second))->name;

		text = xasprintf("VM_%.*s", (int)(strlen(bit) - 8), bit + 4);
		add_effect(e, s, kind, at, text);
		free(text);
	} else if (!(n->has_value && !n->value)) {
		f = add_effect(e, s, EFFECT_FLAGS_OTHER, at, "");
		f->detail = node_text(e->u, node);
	}
}

/* Does a guard on this path say that the VMA is at least as long as `size`? */
static bool fits(struct engine *e, struct state *s, uint32_t size)
{
	char *want = node_text(e->u, size), *right;
	const struct guard *g;
	const struct node *n;
	uint32_t second;
	bool found = false;

	vec_each(g, &s->guards) {
		n = engine_node(e, g->node);
		second = n->child ? engine_node(e, n->child)->next : 0;
		if (g->stale || n->kind != NODE_BINARY || !n->op || !second ||
		    value_of(e, s, n->child).kind != VALUE_VMA_SIZE)
			continue;
		if (g->taken ? strcmp(n->op, "==") && strcmp(n->op, ">=")
			     : strcmp(n->op, "!=") && strcmp(n->op, "<"))
			continue;
		right = node_text(e->u, second);
		found |= !strcmp(want, right);
		free(right);
	}
	free(want);
	return found;
}

static enum action_extent extent_of(struct engine *e, struct state *s, const struct node *call,
				    const struct model *m)
{
	uint32_t start, size;
	const struct node *n;
	struct value v;

	if (m->action == ACTION_INSERT_PAGE) {
		size = through_casts(e, arg_at(e, call, 2));
		return size && engine_node(e, size)->kind == NODE_INDEX ? EXTENT_ARRAY : EXTENT_OTHER;
	}
	if (m->size_arg < 0)
		return EXTENT_WHOLE;
	start = arg_at(e, call, 1);
	size = arg_at(e, call, (unsigned)m->size_arg);
	if (!start || !size || value_of(e, s, start).kind != VALUE_VMA_START)
		return EXTENT_OTHER;
	v = value_of(e, s, size);
	if (v.kind == VALUE_VMA_SIZE)
		return EXTENT_WHOLE;
	n = engine_node(e, through_casts(e, size));
	if (v.kind == VALUE_CONST && n->macro && !strcmp(n->macro, "PAGE_SIZE"))
		return EXTENT_FIRST_PAGE;
	return fits(e, s, size) ? EXTENT_INSIDE : EXTENT_OTHER;
}

static void action(struct engine *e, struct state *s, const struct node *call, const struct model *m)
{
	struct effect *f = add_effect(e, s, EFFECT_ACTION, call, call->name);
	const uint32_t *i;
	uint32_t prot;

	f->action = m->action;
	f->extent = extent_of(e, s, call, m);
	f->detail = node_text(e->u, (uint32_t)(call - e->u->nodes));
	if (m->prot_arg >= 0) {
		prot = arg_at(e, call, (unsigned)m->prot_arg);
		f->local_prot = !prot || value_of(e, s, prot).kind != VALUE_VMA_PROT;
		vec_each(i, &s->effects)
			f->prot_written |= e->c->effects[*i].kind == EFFECT_PAGE_PROT;
	}
}

/* Is an object, or what it is part of, the open file's own? */
static bool belongs_to_file(struct engine *e, struct state *s, uint32_t node)
{
	const struct node *n;
	unsigned hops = 0;
	struct value v;

	while (node) {
		v = value_of(e, s, node);
		if (v.kind == VALUE_FILE_PRIVATE || v.kind == VALUE_FILE)
			return true;
		n = engine_node(e, node);
		if (n->kind != NODE_MEMBER && n->kind != NODE_CAST && n->kind != NODE_UNARY)
			return false;
		/* What the object points to is another one. */
		if (n->kind == NODE_MEMBER && n->op && !strcmp(n->op, "->") && hops++)
			return false;
		node = n->child;
	}
	return false;
}

static void modelled(struct engine *e, struct state *s, const struct node *call, const struct model *m)
{
	struct effect *f;

	switch (m->kind) {
	case MODEL_FLAGS_SET:
		flags(e, s, arg_at(e, call, 1), EFFECT_FLAGS_SET, call);
		break;
	case MODEL_FLAGS_CLEAR:
		flags(e, s, arg_at(e, call, 1), EFFECT_FLAGS_CLEAR, call);
		break;
	case MODEL_FLAGS_MOD:
		flags(e, s, arg_at(e, call, 1), EFFECT_FLAGS_SET, call);
		flags(e, s, arg_at(e, call, 2), EFFECT_FLAGS_CLEAR, call);
		break;
	case MODEL_FLAGS_INIT:
		f = add_effect(e, s, EFFECT_FLAGS_OTHER, call, call->name);
		f->detail = node_text(e->u, arg_at(e, call, 1));
		break;
	case MODEL_ACTION:
		action(e, s, call, m);
		break;
	case MODEL_GENERIC:
		add_effect(e, s, EFFECT_GENERIC, call, call->name);
		break;
	case MODEL_STACK:
		add_effect(e, s, EFFECT_STACK, call, call->name);
		break;
	case MODEL_WRITE:
		if (value_of(e, s, first_arg(e, call)).kind == VALUE_LOCAL)
			break;
		f = add_effect(e, s, EFFECT_STORE, call, call->name);
		f->detail = node_text(e->u, first_arg(e, call));
		break;
	case MODEL_SET_FILE:
		add_effect(e, s, EFFECT_VM_FILE, call, call->name);
		break;
	case MODEL_TAKE:
	case MODEL_DROP:
		f = add_effect(e, s, m->kind == MODEL_TAKE ? EFFECT_TAKE : EFFECT_DROP, call, call->name);
		f->state = m->state;
		f->detail = first_arg(e, call) ? node_text(e->u, first_arg(e, call)) : NULL;
		f->file_private = belongs_to_file(e, s, first_arg(e, call));
		break;
	default:
		break;
	}
}

/* Is the vma, or something that is reached through it and can change it, among the arguments? */
bool passes_vma(struct engine *e, struct state *s, const struct node *call)
{
	enum value_kind kind;
	uint32_t i;
	const struct node *n;

	for (i = first_arg(e, call); i; i = engine_node(e, i)->next) {
		if (is_vma(e, s, i))
			return true;
		n = engine_node(e, through_casts(e, i));
		if (n->kind == NODE_UNARY && n->op && !strcmp(n->op, "&") && n->child) {
			kind = value_of(e, s, n->child).kind;
			if (kind == VALUE_VMA || kind == VALUE_HOLDS_VMA)
				return true;
			n = engine_node(e, n->child);
			while (n->kind == NODE_MEMBER && n->child) {
				if (is_vma(e, s, n->child))
					return true;
				n = engine_node(e, n->child);
			}
		}
	}
	return false;
}

/* "v4l2_file_operations.mmap", from `vdev->fops->mmap`, or from a local that was read from it. */
static char *pointer_name(struct engine *e, struct state *s, uint32_t callee)
{
	const struct node *n, *base;
	const struct value *v;
	const char *tag;

	while (callee && (engine_node(e, callee)->kind == NODE_CAST ||
			  (engine_node(e, callee)->kind == NODE_UNARY && engine_node(e, callee)->child)))
		callee = engine_node(e, callee)->child;
	n = engine_node(e, callee);
	if (n->kind == NODE_REF && n->name && (v = local_find(e, s, n->name)) && v->from)
		n = engine_node(e, v->from);
	if (n->kind != NODE_MEMBER || !n->name)
		return xasprintf("%s", n->name ? n->name : "a function pointer");
	base = n->child ? engine_node(e, n->child) : NULL;
	tag = base && base->type ? strstr(base->type, "struct ") : NULL;
	if (!tag)
		return xstrdup(n->name);
	return xasprintf("%.*s.%s", (int)strcspn(tag + 7, " *"), tag + 7, n->name);
}

static bool is_vm_ops_open(const struct engine *e, const struct node *call)
{
	const struct vm_ops_table *t;
	const struct node *callee = call->child ? engine_node(e, call->child) : NULL, *base;
	char *want;
	bool found = false;

	if (call->name && *call->name) {
		want = xasprintf("open=%s", call->name);
		vec_each(t, &e->u->vm_ops)
			found |= strlist_has(&t->fields, want);
		free(want);
		return found;
	}
	if (!callee || callee->kind != NODE_MEMBER || !callee->name || strcmp(callee->name, "open") || !callee->child)
		return false;
	base = engine_node(e, callee->child);
	return base->type && strstr(base->type, "vm_operations_struct");
}

/* Locals whose address is handed out can be anything afterwards. */
static void forget_addressed(struct engine *e, struct state *s, const struct node *call)
{
	const struct node *n;
	uint32_t i;

	for (i = first_arg(e, call); i; i = engine_node(e, i)->next) {
		n = engine_node(e, through_casts(e, i));
		if (n->kind != NODE_UNARY || !n->op || strcmp(n->op, "&") || !n->child)
			continue;
		n = engine_node(e, n->child);
		if (n->kind == NODE_REF && n->name && local_find(e, s, n->name) &&
		    local_find(e, s, n->name)->kind != VALUE_HOLDS_VMA)
			local_set(e, s, n->name, (struct value){ .kind = VALUE_UNKNOWN });
	}
}

void eval_call(struct engine *e, uint32_t node, struct state *s)
{
	const struct node *n = engine_node(e, node);
	const struct model *m = n->name && *n->name ? model_find(n->name) : NULL;
	bool vma = passes_vma(e, s, n);
	struct effect *f;
	char *name;

	forget_addressed(e, s, n);
	s->result = value_of(e, s, node);
	if (s->result.kind == VALUE_UNKNOWN)
		s->result = (struct value){ .kind = VALUE_CALL, .call = n->name ? n->name : "" };
	if (vma && is_vm_ops_open(e, n))
		add_effect(e, s, EFFECT_OPEN, n, n->name);
	if (m) {
		modelled(e, s, n, m);
		if (!strcmp(n->name, "PTR_ERR"))
			s->result.kind = VALUE_ERROR;
		return;
	}
	if (n->name && *n->name && unit_function(e->u, n->name) && unit_function(e->u, n->name)->body)
		return;			/* inlined by the caller */
	if (!n->name || !*n->name) {
		if (is_vm_ops_open(e, n))
			return;
		name = pointer_name(e, s, n->child);
		f = add_effect(e, s, vma ? EFFECT_DELEGATE : EFFECT_CALL, n, name);
		f->detail = xstrdup("pointer");
		free(name);
		return;
	}
	add_effect(e, s, !vma ? EFFECT_CALL : strstr(n->name, "mmap") ? EFFECT_DELEGATE : EFFECT_ESCAPE, n, n->name);
}

static void assign_vma_field(struct engine *e, struct state *s, const struct node *at, const char *field,
			     uint32_t value, const char *op)
{
	const struct node *v = value ? engine_node(e, through_casts(e, value)) : NULL;
	struct effect *f;
	struct local *l;

	if (!strcmp(field, "vm_page_prot")) {
		add_effect(e, s, EFFECT_PAGE_PROT, at, "");
		/* A local that holds the protection holds the old one now. */
		vec_each(l, &s->locals)
			if (l->value.kind == VALUE_VMA_PROT)
				l->value.kind = VALUE_UNKNOWN;
	} else if (!strcmp(field, "vm_ops")) {
		if (v && v->kind == NODE_UNARY && v->child)
			v = engine_node(e, v->child);
		add_effect(e, s, EFFECT_VM_OPS, at, v && v->kind == NODE_REF ? v->name
						    : v && v->has_value && !v->value ? "NULL" : "");
	} else if (!strcmp(field, "vm_private_data")) {
		f = add_effect(e, s, EFFECT_PRIVATE_DATA, at, "");
		f->detail = value ? node_text(e->u, value) : NULL;
		f->file_private = value && (value_of(e, s, value).kind == VALUE_FILE_PRIVATE ||
					    value_of(e, s, value).kind == VALUE_FILE);
	} else if (!strcmp(field, "vm_pgoff")) {
		add_effect(e, s, EFFECT_PGOFF, at, "");
	} else if (!strcmp(field, "vm_file")) {
		add_effect(e, s, EFFECT_VM_FILE, at, "");
	} else if (!strcmp(field, "vm_start") || !strcmp(field, "vm_end")) {
		add_effect(e, s, EFFECT_VM_RANGE, at, field);
	} else if (!strcmp(field, "vm_flags") || !strcmp(field, "__vm_flags")) {
		if (op && !strcmp(op, "|="))
			flags(e, s, value, EFFECT_FLAGS_SET, at);
		else
			add_effect(e, s, EFFECT_FLAGS_OTHER, at, "");
	} else {
		add_effect(e, s, EFFECT_VMA_FIELD, at, field);
	}
}

/* The innermost object of an lvalue, and whether it is reached through a pointer. */
static uint32_t lvalue_root(const struct engine *e, uint32_t lhs, bool *indirect)
{
	const struct node *n;

	*indirect = false;
	for (;;) {
		lhs = through_casts(e, lhs);
		n = engine_node(e, lhs);
		if (n->kind == NODE_MEMBER && n->child) {
			*indirect |= n->op && !strcmp(n->op, "->");
		} else if (n->kind == NODE_INDEX && n->child) {
			const char *type = engine_node(e, n->child)->type;

			*indirect |= !type || !strchr(type, '[');
		} else if (n->kind == NODE_UNARY && n->op && !strcmp(n->op, "*") && n->child) {
			*indirect = true;
		} else {
			return lhs;
		}
		lhs = n->child;
	}
}

static bool is_fresh(const struct value *v)
{
	const struct model *m;

	if (v->kind != VALUE_CALL || !v->call || !*v->call)
		return false;
	m = model_find(v->call);
	return m && m->kind == MODEL_TAKE && m->state == STATE_MEMORY;
}

void eval_assign(struct engine *e, uint32_t node, struct state *s)
{
	const struct node *n = engine_node(e, node), *l, *root;
	uint32_t lhs = through_casts(e, n->child), rhs = 0, at;
	bool plain = n->kind == NODE_ASSIGN && n->op && !strcmp(n->op, "="), indirect, vma_value = false;
	struct value v = s->result, *old;
	struct effect *f;

	if (!lhs)
		return;
	if (n->kind == NODE_ASSIGN)
		rhs = engine_node(e, n->child)->next;
	l = engine_node(e, lhs);
	if (l->kind == NODE_MEMBER && l->name && is_vma(e, s, l->child)) {
		assign_vma_field(e, s, n, l->name, rhs, n->op);
		s->result = v;
		return;
	}
	at = lvalue_root(e, lhs, &indirect);
	root = engine_node(e, at);
	if (rhs) {
		locals_addressed(e, s, rhs);
		vma_value = v.kind == VALUE_VMA || v.kind == VALUE_VMA_MM || is_vma(e, s, rhs) ||
			    value_of(e, s, rhs).kind == VALUE_VMA_MM;
	}

	if (!indirect && root->kind == NODE_REF && (root->ref == REF_LOCAL || root->ref == REF_PARAM) && root->name) {
		if (lhs == at)
			local_set(e, s, root->name, plain ? v : (struct value){ .kind = VALUE_UNKNOWN });
		else if (vma_value)
			local_set(e, s, root->name, (struct value){ .kind = VALUE_HOLDS_VMA });
		else if ((old = local_find(e, s, root->name)) && old->kind != VALUE_HOLDS_VMA)
			local_set(e, s, root->name, (struct value){ .kind = VALUE_UNKNOWN });
		return;
	}
	if (root->kind == NODE_REF && value_of(e, s, at).kind == VALUE_LOCAL)
		return;
	/* A nested field of the vma (vma->vm_page_prot.pgprot), or memory that is not the function's. */
	for (at = lhs; at && engine_node(e, at)->kind == NODE_MEMBER; at = engine_node(e, at)->child)
		if (is_vma(e, s, engine_node(e, at)->child)) {
			assign_vma_field(e, s, n, engine_node(e, at)->name, 0, "");
			return;
		}
	/* Memory that the function has just allocated is its own until a pointer to it is stored. */
	if (!vma_value && root->kind == NODE_REF && root->name && (old = local_find(e, s, root->name)) &&
	    is_fresh(old))
		return;
	f = add_effect(e, s, vma_value ? EFFECT_STORE_VMA : EFFECT_STORE, n, "");
	f->detail = node_text(e->u, lhs);
	if (n->kind == NODE_UNARY)
		f->state = STATE_COUNT;
}
