// SPDX-License-Identifier: GPL-2.0-only
#include "tree/fields.h"

#include <stdlib.h>
#include <string.h>

/*
 * Fields that take a vma and are no callback of mmap().  By the struct's tag or by the folder that
 * declares it.
 */
static const struct { const char *tag, *folder, *why; } excluded[] = {
	{ .tag = "vm_operations_struct", .why = "vm_ops: called for a mapping that is there" },
	{ .tag = "vm_special_mapping", .why = "vm_ops of the mappings that the kernel makes itself" },
	{ .tag = "vm_uffd_ops", .why = "vm_ops, the part for userfaultfd" },
	{ .tag = "rmap_walk_control", .why = "rmap: a walk over the mappings of a page" },
	{ .tag = "pfn_address_space", .why = "rmap: from a failed page to its mappings" },
	{ .folder = "arch/", .why = "arch: caches, TLBs and page tables of an architecture, paravirt" },
};

const char *field_excluded(const char *tag, const char *file)
{
	size_t i;

	for (i = 0; i < sizeof(excluded) / sizeof(*excluded); i++)
		if (excluded[i].tag ? !strcmp(excluded[i].tag, tag) : str_starts(file, excluded[i].folder))
			return excluded[i].why;
	return NULL;
}

void field_list(const struct text_facts *facts, struct strlist *fields)
{
	const struct text_field *f;

	/* There is always tier 1, and the hook beside it, whatever the headers look like. */
	strlist_add(fields, TIER_1_FIELD);
	vec_each(f, &facts->fields)
		if (!f->desc && !f->excluded)
			strlist_addf(fields, "%s.%s", f->tag, f->name);
	strlist_sort_once(fields);
}

void field_hooks(const struct text_facts *facts, struct strlist *fields)
{
	const struct text_field *f;

	vec_each(f, &facts->fields)
		if (f->desc)
			strlist_addf(fields, "%s.%s", f->tag, f->name);
	strlist_sort_once(fields);
}

void field_names(const struct strlist *fields, struct strlist *names)
{
	const char *dot;
	size_t i;

	for (i = 0; i < fields->nr; i++) {
		dot = strrchr(fields->items[i], '.');
		strlist_add(names, dot ? dot + 1 : fields->items[i]);
	}
	strlist_sort_once(names);
}

bool field_listed(const struct strlist *fields, const char *tag, const char *name)
{
	char *field = xasprintf("%s.%s", tag, name);
	bool found = strlist_has_sorted(fields, field);

	free(field);
	return found;
}
