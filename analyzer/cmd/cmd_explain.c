// SPDX-License-Identifier: GPL-2.0-only
#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "cmd/explain.h"
#include "contract/contract_json.h"
#include "contract/listing.h"
#include "terminal_colour.h"

struct collector { struct explained_list list; bool colour; };

static const char *takes(const struct function *f)
{
	size_t i;

	for (i = 0; i < f->nr_params; i++) {
		if (strstr(f->params[i].type, "struct vm_area_struct *"))
			return "vma";
		if (strstr(f->params[i].type, "struct vm_area_desc *"))
			return "descriptor";
	}
	return NULL;
}

static void found(const struct scan_found *f, void *ctx)
{
	const struct function *fn = unit_function(f->unit, f->function);
	struct collector *c = ctx;
	struct explained *e = vec_push(&c->list);
	const struct fops_site *site;
	struct strbuf b = { 0 };

	e->id = xasprintf("%s:%s", f->file, f->function);
	e->line = fn->line;
	e->is_handler = f->handler != NULL;
	e->takes = takes(fn);
	vec_each(site, &f->unit->sites)
		if (!strcmp(site->value, f->function) && str_ends(site->field, "_prepare"))
			strlist_addf(&e->hooks, "%s.%s in %s, %s:%u", site->tag, site->field,
				     *site->table ? site->table : "a table without a name", site->file, site->line);
	contract_listing(f->contract, c->colour, &b);
	e->listing = strbuf_detach(&b);
	e->contract = contract_to_json(f->contract);
}

const struct explained *explained_find(const struct explained_list *l, const char *id)
{
	const struct explained *e;

	vec_each(e, l)
		if (!strcmp(e->id, id))
			return e;
	return NULL;
}

static void free_list(struct explained_list *l)
{
	struct explained *e;

	vec_each(e, l) {
		free(e->id);
		free(e->listing);
		strlist_free(&e->hooks);
		json_object_put(e->contract);
	}
	vec_free(l);
}

int cmd_explain(struct options *opt)
{
	struct collector c = { .colour = terminal_has_colour(stdout) && !opt->json };
	struct job j;
	int status;

	if (!opt->args.nr) {
		log_error("explain needs the name of a handler: FILE:FUNC, as `mmapconv scan --json` lists it");
		return EXIT_USAGE;
	}
	status = job_scan_found(&j, opt, found, &c);
	if (!status && opt->json)
		explain_json(&j.inv, &c.list);
	else if (!status)
		explain_text(&j.inv, &c.list, c.colour);
	free_list(&c.list);
	job_close(&j);
	return status;
}
