// SPDX-License-Identifier: GPL-2.0-only
/* On which architecture a file is read next, and whether without a precompiled header. */
#include <stdlib.h>
#include <string.h>

#include "scan/internal.h"

/* The architectures to try for a file, in order: the one that its path names, or all. */
static const struct arch *next_arch(const struct scan_file *f)
{
	const struct arch *own = arch_of_path(f->file);
	size_t i;

	/* An architecture that no compiler here builds is no reason to try the others. */
	if (!own && str_starts(f->file, "arch/"))
		own = &arch_table[0];
	if (own)
		return f->tried & (1u << (own - arch_table)) ? NULL : own;
	for (i = 0; i < arch_nr; i++)
		if (!(f->tried & (1u << i)) && (f->hinted & (1u << i)))
			return &arch_table[i];
	for (i = 0; i < arch_nr; i++)
		if (!(f->tried & (1u << i)) && !arch_table[i].own_only)
			return &arch_table[i];
	return NULL;
}

/* Is its first error an #include of its own that leads nowhere?  No precompiled header is to blame for that. */
static bool lacks_header(const struct unit *u)
{
	const char *first = u->errors.nr ? u->errors.items[0] : "";
	size_t len = strlen(u->file);

	return !strncmp(first, u->file, len) && first[len] == ':' && str_ends(first, "' file not found");
}

/*
 * Is a reading with these errors no better, whatever a precompiled header did to it?  The best one has the
 * same without any, and on its own architecture the header had no part in them.
 */
static bool is_no_better(const struct scan_file *f, const struct strlist *errors)
{
	const struct unit *best = &f->reading.unit;

	return best->file && f->innocent && best->status == UNIT_PARTIAL && strlist_equal(&best->errors, errors);
}

void scan_doubt(struct scan_file *f, const struct turn *t, const struct unit *u)
{
	struct doubt *d;
	size_t i;

	if (!f->done && is_no_better(f, &u->errors))
		return;
	d = vec_push(&f->doubts);
	*d = (struct doubt){ .arch = t->arch, .rank = t->rank, .now = f->done || !f->varies || !lacks_header(u) };
	for (i = 0; i < u->errors.nr; i++)
		strlist_add(&d->errors, u->errors.items[i]);
}

bool scan_doubt_was_idle(const struct scan_file *f, const struct turn *t, const struct unit *u)
{
	const struct doubt *d;

	vec_each(d, &f->doubts)
		if (d->asked && d->arch == t->arch)
			return strlist_equal(&d->errors, &u->errors);
	return false;
}

void scan_drop_doubts(struct scan_file *f)
{
	struct doubt *d;

	vec_each(d, &f->doubts)
		strlist_free(&d->errors);
	vec_free(&f->doubts);
}

/* Read again without what made it doubtful; now: what can wait does. */
static bool next_doubt(struct scan_file *f, bool now, struct turn *t)
{
	struct doubt *d;

	vec_each(d, &f->doubts) {
		if (d->asked || (now && !d->now) || (!f->done && is_no_better(f, &d->errors)))
			continue;
		d->asked = true;
		*t = (struct turn){ .arch = d->arch, .rank = d->rank, .no_pch = true };
		return true;
	}
	return false;
}

bool scan_next_turn(struct scan_file *f, struct turn *t)
{
	const struct arch *arch;

	if (f->again) {
		scan_drop_doubts(f);
		*t = (struct turn){ .arch = f->arch, .no_pch = f->no_pch };
		return true;
	}
	if (f->done)
		return false;
	if (next_doubt(f, true, t))
		return true;
	arch = next_arch(f);
	if (arch)
		*t = (struct turn){ .arch = arch, .rank = f->turns++ };
	return arch || next_doubt(f, false, t);
}

void scan_wanted_functions(const struct scan_file *f, struct strlist *functions)
{
	const struct reading *r = f->done ? &f->reading : NULL;
	const struct strlist *all = r ? &r->unit.wanted : &f->functions;
	size_t i, k;
	bool found;

	for (i = 0; i < all->nr; i++) {
		for (k = 0, found = false; k < f->more.nr; k++)
			found |= unit_function(&f->more.items[k].unit, all->items[i]) != NULL;
		if (!found)
			strlist_add_once(functions, all->items[i]);
	}
}

static bool has_condition(struct scan *s, const char *file, const char *function)
{
	const struct text_function *f;

	vec_each(f, &s->search.facts.functions)
		if (f->kind == TEXT_DEFINITION && *f->condition && !strcmp(f->name, function) &&
		    !strcmp(f->file, file))
			return true;
	return false;
}

/* Can another architecture have what this file's reading lacks, as the text has it? */
static bool lacks_functions(struct scan *s, const struct scan_file *f)
{
	struct strlist missing = { 0 };
	bool lacks = false;
	size_t i;

	if (!f->done || !f->varies || arch_of_path(f->file) || str_starts(f->file, "arch/"))
		return false;
	scan_wanted_functions(f, &missing);
	for (i = 0; i < missing.nr && !lacks; i++)
		lacks = has_condition(s, f->file, missing.items[i]);
	strlist_free(&missing);
	return lacks;
}

bool scan_next_for_functions(struct scan *s, struct scan_file *f, struct turn *t)
{
	const struct arch *arch;

	if (next_doubt(f, true, t))
		return true;
	if (!lacks_functions(s, f))
		return false;
	for (arch = arch_table; arch < arch_table + arch_nr; arch++)
		if (!arch->own_only && !(f->tried & (1u << (arch - arch_table)))) {
			*t = (struct turn){ .arch = arch };
			return true;
		}
	return false;
}
