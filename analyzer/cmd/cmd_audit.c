// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <json-c/json.h>
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "cmd/audit.h"
#include "inventory_json.h"

/* The handlers of the whole tree: which of them are selected is a question for later. */
static int find_handlers(struct job *j)
{
	struct scan_options so = { .jobs = j->opt->jobs, .parse_timeout_s = j->opt->parse_timeout_s,
				   .no_pch = j->opt->no_pch, .cache = j->cache };

	return scan_tree(&j->tree, j->flags, &so, &j->inv);
}

int audit_look(struct job *j, const struct strlist *only, const struct read_instead *instead, size_t nr_instead,
	       struct hooks *hooks, struct findings *found)
{
	struct options *opt = j->opt;
	struct scan_options so = { .jobs = opt->jobs, .parse_timeout_s = opt->parse_timeout_s, .no_pch = opt->no_pch,
				   .only = only, .cache = j->cache, .instead = instead, .nr_instead = nr_instead };
	int ret = opt->legacy ? find_handlers(j) : 0;

	if (!ret)
		ret = hooks_read(&j->tree, j->flags, &so, opt->legacy ? &j->inv : NULL, hooks);
	if (ret)
		return ret == -ENOENT ? EXIT_USAGE : EXIT_FAILED;
	audit_hooks(&j->tree, hooks, found);
	return 0;
}

static void print_all(const struct job *j, const struct hooks *hooks, const struct findings *found)
{
	struct json_object *o;
	struct strbuf b = { 0 };

	if (!j->opt->json) {
		audit_print(stdout, found);
		return;
	}
	o = audit_to_json(&j->tree, hooks, found);
	json_print(&b, o);
	fputs(b.s, stdout);
	strbuf_free(&b);
	json_object_put(o);
}

/* Nobody shall take silence about what was not read for soundness. */
static void say_lost(const struct hooks *hooks, const struct findings *found)
{
	const struct hook_problem *p;
	size_t nr = hooks->list.nr, lost = hooks_lost(hooks);

	vec_each(p, &hooks->problems)
		if (p->lost)
			log_warn("%s:%u: %s; %s", p->file, p->line, p->text, p->mend);
		else
			log_note("%s:%u: %s; %s", p->file, p->line, p->text, p->mend);
	if (lost)
		log_warn("%zu of %zu hooks count as not audited, for the reasons above; findings: %zu", lost, nr, found->nr);
	else if (hooks_lost_any(hooks))
		log_warn("%zu hooks audited, but not what is named above; findings: %zu", nr, found->nr);
	else
		log_note("%zu hooks audited; findings: %zu", nr, found->nr);
}

int audit_end(const struct job *j, const struct hooks *hooks, const struct findings *found)
{
	print_all(j, hooks, found);
	say_lost(hooks, found);
	return hooks_lost_any(hooks) ? EXIT_FAILED : found->nr ? EXIT_FINDINGS : EXIT_DONE;
}

int cmd_audit(struct options *opt)
{
	struct flags_options fo = { .no_kbuild = opt->no_kbuild, .jobs = opt->jobs };
	struct job j = { .opt = opt };
	struct hooks hooks = { 0 };
	struct findings found = { 0 };
	int status = EXIT_FAILED;

	if (tree_open(&j.tree, opt->tree))
		goto done;
	status = selection_clean_all(&opt->args, &j.tree);
	if (status)
		goto done;
	j.flags = flags_open(&j.tree, &fo);
	if (!opt->no_cache)
		j.cache = cache_open(&(struct cache_options){ 0 });
	status = audit_look(&j, &opt->args, NULL, 0, &hooks, &found);
done:
	if (!status)
		status = audit_end(&j, &hooks, &found);
	findings_free(&found);
	hooks_free(&hooks);
	job_close(&j);
	return status;
}
