// SPDX-License-Identifier: GPL-2.0-only
/* R13, R15: vm_ops that get lost, fields that are not the hook's to write. */
#include <stdlib.h>
#include <string.h>

#include "audit/internal.h"
#include "classify/rules_internal.h"
#include "contract/describe.h"

/* A callback of the first table that the second has not, or NULL. */
static const char *lost(const struct hook_table *first, const struct hook_table *last)
{
	const struct hook_callback *k;

	if (first && first != last)
		vec_each(k, &first->callbacks)
			if (!hook_callback(last, k->field))
				return k->field;
	return NULL;
}

static void replaced(struct audit *a, const struct path *p)
{
	const struct hook_table *first = NULL, *t;
	const struct effect *e;
	struct finding *n;
	const uint32_t *i;

	vec_each(i, &p->effects) {
		e = &a->c->effects[*i];
		if (e->kind != EFFECT_VM_OPS && e->kind != EFFECT_GENERIC)
			continue;
		t = e->kind == EFFECT_VM_OPS && *e->name ? hook_table(a->hook, e->name) : NULL;
		if (e->kind == EFFECT_VM_OPS && !t && strcmp(e->name, "NULL"))
			return;			/* nobody knows what that is */
		if (lost(first, t)) {
			n = finding_new(a, "vm-ops-lost", &a->hook->fn, e->line, e->kind == EFFECT_GENERIC ? e->name : "vm_ops",
					sure_of(&a->hook->fn), "%s replaces %s, whose %s() will not run",
					t ? t->name : e->kind == EFFECT_GENERIC ? "generic_file_vm_ops" : "NULL", first->name,
					lost(first, t));
			finding_path(n, &a->hook->fn, p, e);
		}
		first = t;
	}
}

/* Can a shared mapping take the path?  A private one without vm_ops can be meant: /dev/zero. */
static bool may_be_shared(const struct audit *a, const struct path *p)
{
	struct terms *t = a->c->terms;
	term_t flags = symbol_of(a->c, "flags"), condition;
	const struct flag_name *f;
	uint64_t bit = 0;

	vec_each(f, &a->c->flags)
		if (!strcmp(f->name, "VM_MAYSHARE"))
			bit = f->value;
	if (!flags || !bit)
		return true;
	condition = term_op(t, TERM_AND, flags, term_const(t, bit, term_at(t, flags)->type), term_at(t, flags)->type);
	return path_allows(a, p, term_truth(t, condition)) != SMT_NO;
}

static void anonymous(struct audit *a, const struct path *p)
{
	const struct effect *e, *last = NULL;
	struct finding *n;
	const uint32_t *i;

	vec_each(i, &p->effects) {
		e = &a->c->effects[*i];
		if (e->kind == EFFECT_VM_OPS || e->kind == EFFECT_GENERIC)
			last = e;
	}
	if (!last || last->kind != EFFECT_VM_OPS || strcmp(last->name, "NULL") || !a->tree->api[API_DUMMY_VM_OPS])
		return;
	if (!path_action(a, p) && !may_be_shared(a, p))
		return;
	n = finding_new(a, "vm-ops-null", &a->hook->fn, last->line, "vm_ops", SURE_LIKELY,
			"vm_ops = NULL makes this mapping of a file an anonymous one");
	finding_path(n, &a->hook->fn, p, NULL);
}

static void fields(struct audit *a, const struct path *p)
{
	const struct effect *e;
	struct finding *n;
	const uint32_t *i;
	const char *name;

	vec_each(i, &p->effects) {
		e = &a->c->effects[*i];
		name = str_starts(e->name, "vm_") ? e->name + strlen("vm_") : e->name;	/* the descriptor's */
		if (e->kind != EFFECT_VM_RANGE &&
		    (e->kind != EFFECT_VMA_FIELD || (strcmp(name, "mm") && strcmp(name, "file"))))
			continue;
		n = finding_new(a, "read-only-field", &a->hook->fn, e->line, name, sure_of(&a->hook->fn),
				"%s() writes desc->%s, which is not a hook's to change", a->hook->fn.name, name);
		finding_path(n, &a->hook->fn, p, e);
	}
}

void audit_fields(struct audit *a)
{
	const struct path *p;

	vec_each(p, &a->c->paths) {
		fields(a, p);
		if (!path_succeeds(p))
			continue;
		replaced(a, p);
		anonymous(a, p);
	}
}
