// SPDX-License-Identifier: GPL-2.0-only
/* Conditions: which are known on a path, and what a branch says of the variables in them. */
#include <string.h>

#include "contract/engine.h"
#include "contract/models.h"

/* `v op right`: 1 true, 0 false, -1 not known. */
static int compare(const struct value *v, const char *op, int64_t right)
{
	int64_t left = v->number;

	if (v->kind == VALUE_ERROR && !right)
		return !strcmp(op, "<") || !strcmp(op, "!=") || !strcmp(op, "<=");
	if (v->kind == VALUE_NONZERO && !right)
		return !strcmp(op, "!=") ? 1 : !strcmp(op, "==") ? 0 : -1;
	if (v->kind != VALUE_CONST)
		return -1;
	return !strcmp(op, "<") ? left < right : !strcmp(op, "<=") ? left <= right
	     : !strcmp(op, ">") ? left > right : !strcmp(op, ">=") ? left >= right
	     : !strcmp(op, "==") ? left == right : !strcmp(op, "!=") ? left != right : -1;
}

/* 1 true, 0 false, -1 not known; what the branch then says of an error variable is recorded. */
int decide(struct engine *e, uint32_t cond, struct state *s)
{
	const struct node *n = engine_node(e, cond);
	uint32_t second = n->child ? engine_node(e, n->child)->next : 0;
	struct value *v;
	int inner;

	if (n->has_value)
		return n->value != 0;
	if (n->kind == NODE_UNARY && n->op && !strcmp(n->op, "!")) {
		inner = decide(e, n->child, s);
		return inner < 0 ? -1 : !inner;
	}
	if (n->kind == NODE_CAST || (n->kind == NODE_STMTEXPR && !second && n->child))
		return decide(e, n->child, s);
	if (n->kind == NODE_REF && n->name && (v = local_find(e, s, n->name)))
		return compare(v, "!=", 0);
	if (n->kind == NODE_BINARY && n->op && second && engine_node(e, second)->has_value &&
	    engine_node(e, n->child)->kind == NODE_REF &&
	    (v = local_find(e, s, engine_node(e, n->child)->name)))
		return compare(v, n->op, engine_node(e, second)->value);
	return -1;
}

/* Functions that return 0 or a negative errno and nothing else. */
static bool returns_errno(const char *function)
{
	const struct model *m = function ? model_find(function) : NULL;

	return m && (m->kind == MODEL_ACTION || m->kind == MODEL_GENERIC || m->kind == MODEL_STACK);
}

/* On the branch where `cond` is `truth`: a variable that holds a call's result is known better. */
void refine(struct engine *e, uint32_t cond, struct state *s, bool truth)
{
	const struct node *n = engine_node(e, cond);
	const struct node *left = n->child ? engine_node(e, n->child) : NULL;
	uint32_t second = left ? left->next : 0;
	bool negative = false, is_errno;
	struct value *v;

	if (n->kind == NODE_UNARY && n->op && !strcmp(n->op, "!")) {
		refine(e, n->child, s, !truth);
		return;
	}
	if (n->kind == NODE_BINARY && n->op && second && engine_node(e, second)->has_value &&
	    !engine_node(e, second)->value) {
		if (!strcmp(n->op, "=="))
			truth = !truth;
		else if (!strcmp(n->op, "<"))
			negative = true;
		else if (strcmp(n->op, "!="))
			return;
		n = left;
		left = n->child ? engine_node(e, n->child) : NULL;
	}
	/* `if ((ret = f()))` */
	if (n->kind == NODE_ASSIGN && left && left->kind == NODE_REF)
		n = left;
	if (n->kind != NODE_REF || !n->name || !(v = local_find(e, s, n->name)) || v->kind != VALUE_CALL)
		return;
	/* A pointer that is not NULL is no error. */
	if (truth && n->type && str_ends(n->type, "*"))
		return;
	is_errno = returns_errno(v->call);
	if (truth)
		v->kind = negative || is_errno ? VALUE_ERROR : VALUE_NONZERO;
	else if (!negative || is_errno)
		*v = (struct value){ .kind = VALUE_CONST };
	else
		v->kind = VALUE_UNKNOWN;
}
