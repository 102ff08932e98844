// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>

#include "base/log.h"
#include "cmd/cmd.h"

static void print_list(const char *what, const struct strlist *l)
{
	size_t i;

	if (!l->nr)
		return;
	printf("  %-12s", what);
	for (i = 0; i < l->nr; i++)
		printf("%s%s", i ? ", " : "", l->items[i]);
	putchar('\n');
}

static void print_handler(const struct handler *h)
{
	const struct instance *i;
	const struct reason *r;

	printf("%s (%s:%u)\n", h->id, h->file, h->line);
	vec_each(i, &h->instances)
		printf("  %-12s%s at %s:%u (%s)\n", "installed", *i->name ? i->name : "-", i->file, i->line, i->how);
	printf("  %-12s%s\n  %-12s%s\n", "class", h->class_name, "verdict", h->verdict);
	print_list("patterns", &h->patterns);
	print_list("state", &h->state);
	print_list("sets", &h->flags_set);
	print_list("clears", &h->flags_cleared);
	if (h->vm_ops)
		printf("  %-12s%s\n", "vm_ops", h->vm_ops);
	print_list("needs", &h->needs);
	print_list("called at", &h->callers);
	vec_each(r, &h->reasons)
		printf("  %-12s%s:%u: %s\n", r->code, h->file, r->line, r->text);
}

int cmd_explain(struct options *opt)
{
	struct handler *h;
	struct job j;
	int status;

	if (!opt->args.nr) {
		log_error("explain needs the name of a handler: FILE:FUNC, as `mmapconv scan --json` lists it");
		return EXIT_USAGE;
	}
	status = job_scan(&j, opt);
	if (!status && opt->json)
		job_print(&j);
	else if (!status)
		vec_each(h, &j.inv.handlers)
			print_handler(h);
	job_close(&j);
	return status;
}
