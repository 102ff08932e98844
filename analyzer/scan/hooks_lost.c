// SPDX-License-Identifier: GPL-2.0-only
/*
 * What was not read of the hooks, their callbacks and the functions that get their descriptor, or was read with
 * errors: a contract that an error has a part in is no ground for silence.
 */
#include <stdlib.h>
#include <string.h>

#include "scan/hooks_internal.h"

#define MEND_BUILD "build the tree with a configuration that has it, and leave that build's compile_commands.json in its root"
#define MEND_ERRORS "mend that, or leave the compile_commands.json of a build without it in the tree's root"

/* The file that f is read in, as far as it was: its own, or for a header's a file that installs the hook. */
static const struct unit *file_read(struct scan *s, const struct hook *h, const struct hook_function *f)
{
	struct scan_file *file = scan_file_find(s, f->file);
	const struct hook_site *site;

	vec_each(site, &h->sites)
		if (!file && str_ends(f->file, ".h"))
			file = scan_file_find(s, site->file);
	return file && file->reading.unit.file ? &file->reading.unit : NULL;
}

static void say_unread(struct hooks *out, struct hook *h, const struct hook_function *f, const char *role)
{
	const struct unit *u = f->file ? file_read(out->scan, h, f) : NULL;

	if (!f->file)
		hooks_problem(out, h, h->fn.file, h->fn.line, HOOKS_BY_HAND,
			      "no .c file of the tree defines %s()%s: it was not looked at", f->name, role);
	else if (str_ends(f->file, ".rs"))
		hooks_problem(out, h, f->file, f->line, HOOKS_BY_HAND,
			      "%s()%s is Rust, which is not parsed: it was not looked at", f->name, role);
	else if (!u)
		hooks_problem(out, h, f->file, f->line, MEND_BUILD,
			      "no architecture builds this file here: %s()%s was not looked at", f->name, role);
	else if (u->status == UNIT_FAILED)
		hooks_problem(out, h, f->file, f->line, MEND_ERRORS,
			      "the file could not be parsed, %s()%s was not looked at: %s", f->name, role,
			      u->errors.nr ? u->errors.items[0] : "no reason is known");
	else if (u->nr_errors)
		hooks_problem(out, h, f->file, f->line, MEND_ERRORS,
			      "the file was read with %u error%s on %s, and %s()%s was not found there: the first is %s",
			      u->nr_errors, u->nr_errors == 1 ? "" : "s", u->arch, f->name, role,
			      u->errors.nr ? u->errors.items[0] : "not known");
	else
		hooks_problem(out, h, f->file, f->line, MEND_BUILD,
			      "%s()%s is not compiled in the configuration that was parsed: it was not looked at",
			      f->name, role);
}

/* role: " (close of foo_vm_ops)", or "". */
static void say_function(struct hooks *out, struct hook *h, const struct hook_function *f, const char *role)
{
	const struct unit *u = f->unit;

	if (!f->contract)
		say_unread(out, h, f, role);
	else if (u->nr_errors)
		hooks_problem(out, h, f->file, f->line, MEND_ERRORS,
			      "%s()%s was read with %u error%s on %s and may be another one than what is compiled: the first is %s",
			      f->name, role, u->nr_errors, u->nr_errors == 1 ? "" : "s", u->arch,
			      u->errors.nr ? u->errors.items[0] : "not known");
	else if (u->status != UNIT_FULL)
		hooks_doubt(out, f->file, f->line, MEND_BUILD, "%s()%s was read with guessed compile flags: no configuration here builds its file",
			    f->name, role);
}

/* What is said of the hook holds for what was read with it. */
static bool is_new(const struct hook *h, const struct hook_function *f)
{
	return !f->unit || f->unit != h->fn.unit;
}

static void say_rest(struct hooks *out, struct hook *h)
{
	struct hook_callback *k;
	struct hook_function *f;
	struct hook_table *t;
	char *role;

	vec_each(t, &h->tables) {
		if (!t->file)
			hooks_problem(out, h, h->fn.file, h->fn.line, HOOKS_BY_HAND,
				      "the table %s that %s() installs was not found: its callbacks were not looked at",
				      t->name, h->fn.name);
		vec_each(k, &t->callbacks) {
			role = xasprintf(" (%s of %s)", k->field, t->name);
			if (is_new(h, &k->fn))
				say_function(out, h, &k->fn, role);
			free(role);
		}
	}
	/* What becomes of a handler's vma elsewhere is not asked. */
	role = xasprintf(" (gets the descriptor of %s())", h->fn.name);
	vec_each(f, &h->callees)
		if (!h->legacy && is_new(h, f))
			say_function(out, h, f, role);
	free(role);
}

void hooks_say_lost(struct hooks *out)
{
	struct hook *h;

	vec_each(h, &out->list) {
		say_function(out, h, &h->fn, "");
		/* An error makes others: what is not declared is called, and nobody defines it. */
		if (!h->lost.nr)
			say_rest(out, h);
	}
}
