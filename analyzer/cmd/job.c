// SPDX-License-Identifier: GPL-2.0-only
/* The steps that several commands share. */
#include <errno.h>
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "base/program.h"
#include "cache/cache.h"
#include "cmd/cmd.h"
#include "convert.h"
#include "kept.h"
#include "pairs/pairs.h"
#include "proof/contracts.h"
#include "scan/scan.h"

int job_scan(struct job *j, struct options *opt)
{
	return job_scan_found(j, opt, NULL, NULL);
}

static void open_flags(struct job *j)
{
	struct flags_options fo = { .no_kbuild = j->opt->no_kbuild, .jobs = j->opt->jobs };

	j->flags = flags_open(&j->tree, &fo);
	if (!j->opt->no_cache)
		j->cache = cache_open(&(struct cache_options){ 0 });
}

int job_open(struct job *j, struct options *opt)
{
	memset(j, 0, sizeof(*j));
	j->opt = opt;
	if (tree_open(&j->tree, opt->tree))
		return EXIT_FAILED;
	open_flags(j);
	return 0;
}

static struct pairs_options pairs_options(const struct job *j)
{
	const struct options *opt = j->opt;

	return (struct pairs_options){ .tree = &j->tree, .flags = j->flags, .cache = j->cache, .jobs = opt->jobs,
				       .parse_timeout_s = opt->parse_timeout_s, .no_pch = opt->no_pch };
}

int job_open_pairs(struct job *j, struct pairs **p)
{
	const struct pairs_options po = pairs_options(j);

	return pairs_open(&po, p);
}

static int scan(struct job *j, void (*found)(const struct scan_found *f, void *ctx), void *ctx)
{
	const struct options *opt = j->opt;
	struct scan_options so = { .jobs = opt->jobs, .parse_timeout_s = opt->parse_timeout_s,
				   .no_pch = opt->no_pch, .only = &opt->args, .maybe = &j->maybe, .found = found, .found_ctx = ctx };
	int ret;

	open_flags(j);
	so.cache = j->cache;
	ret = scan_tree(&j->tree, j->flags, &so, &j->inv);
	return !ret ? 0 : ret == -ENOENT && opt->args.nr ? EXIT_USAGE : EXIT_FAILED;
}

int job_rescan(struct job *j)
{
	return scan(j, NULL, NULL);
}

int job_scan_found(struct job *j, struct options *opt, void (*found)(const struct scan_found *f, void *ctx),
		   void *ctx)
{
	int ret;

	memset(j, 0, sizeof(*j));
	j->opt = opt;
	if (tree_open(&j->tree, opt->tree))
		return EXIT_FAILED;
	ret = selection_clean_all(&opt->args, &j->tree);
	if (ret)
		return ret;
	if (opt->out && options_out(opt, &j->tree))
		return EXIT_FAILED;
	ret = opt->converts && !opt->no_shelf ? job_open_shelf(j) : 0;
	return ret ? ret : scan(j, found, ctx);
}

int job_open_out(struct job *j)
{
	char *path;
	int ret = tree_open(&j->tree, j->opt->tree);

	if (!ret)
		ret = options_out(j->opt, &j->tree);
	if (ret)
		return ret;
	path = path_join(j->opt->out, "inventory.json");
	ret = inventory_read(&j->inv, path);
	if (!ret)
		ret = inventory_check(&j->inv);
	free(path);
	return ret;
}

bool job_same_release(const struct job *j)
{
	return !strcmp(j->inv.tree_version, j->tree.version);
}

void job_close(struct job *j)
{
	series_free(j->series);
	shelf_free(&j->shelf);
	strlist_free(&j->maybe);
	inventory_free(&j->inv);
	flags_close(j->flags);
	cache_close(j->cache);
	tree_close(&j->tree);
}

int job_write_inventory(struct job *j)
{
	char *path = path_join(j->opt->out, "inventory.json");
	int ret = inventory_write(&j->inv, path);

	free(path);
	return ret;
}

int job_write_found(struct job *j)
{
	int ret;

	kept_carry(&j->inv, j->tree.root, j->opt->out);
	ret = job_write_inventory(j);
	return ret ? ret : job_write_evidence(j);
}

/* A file or a folder that the search did not get to see may hold handlers that nobody counts. */
static bool search_lost(const struct job *j)
{
	const struct problem *p;
	bool lost = false;

	vec_each(p, &j->inv.problems) {
		if (strcmp(p->stage, "search"))
			continue;
		log_warn("%s%s%s; what it holds may be missing from the inventory: mend that and run again",
			 p->file, *p->file ? ": " : "", p->text);
		lost = true;
	}
	return lost;
}

int job_status(const struct job *j, bool convert)
{
	const struct handler *h;
	bool left = false;

	if (search_lost(j) || j->shelf.damaged)
		return EXIT_FAILED;
	vec_each(h, &j->inv.handlers) {
		if (!strcmp(h->outcome, "unparsed"))
			return EXIT_FAILED;
		left |= strcmp(h->outcome, "converted") && strcmp(h->outcome, "hand") && strcmp(h->outcome, "none");
	}
	return convert && left ? EXIT_FINDINGS : EXIT_DONE;
}

char *job_rules_dir(void)
{
	return program_dir("MMAPCONV_RULES", "semantic-patches", "ORDER", "the semantic patches");
}

static bool all(const struct handler *h, void *ctx)
{
	(void)h;
	(void)ctx;
	return true;
}

int job_convert_with(struct job *j, struct convert_options *co)
{
	struct pairs_options po = pairs_options(j);
	int ret;

	co->compare = proof_contracts;
	co->compare_ctx = &po;
	ret = convert_handlers(&j->tree, j->flags, &j->inv, co, all, NULL);
	if (!ret)
		ret = convert_check(&j->inv, co);
	return ret ? ret : inventory_check(&j->inv);
}

int job_convert(struct job *j)
{
	char *rules = job_rules_dir();
	struct convert_options co = { .out = j->opt->out, .rules_dir = rules, .jobs = j->opt->jobs, .cache = j->cache,
				      .spatch_timeout_s = j->opt->spatch_timeout_s, .unproved = j->opt->unproved,
				      .shelf = j->shelf.dir ? &j->shelf : NULL, .in_part = j->opt->args.nr };
	int ret = rules ? job_convert_with(j, &co) : -ENOENT;

	free(rules);
	return ret ? EXIT_FAILED : 0;
}

int job_series(struct job *j)
{
	const struct options *opt = j->opt;
	struct series_options so = { .out = opt->out, .jobs = opt->jobs, .version = opt->version, .limit = opt->limit,
				     .only = &opt->only, .check = opt->check, .signoff = opt->signoff,
				     .no_scripts = opt->no_kbuild };
	struct flags_options fo = { .no_kbuild = opt->no_kbuild, .jobs = opt->jobs };
	struct strlist asked = { 0 };
	size_t i;
	int ret;

	for (i = 0; i < opt->only.nr; i++)
		strlist_add(&asked, opt->only.items[i]);
	if (selection_clean_all(&asked, &j->tree)) {
		strlist_free(&asked);
		return EXIT_USAGE;
	}
	so.only = &asked;
	if (opt->check && !j->flags)
		j->flags = flags_open(&j->tree, &fo);
	ret = series_make(&j->tree, j->flags, &j->inv, &so, &j->series);
	strlist_free(&asked);
	if (!ret)
		return series_has_losses(j->series) ? EXIT_FAILED : series_has_findings(j->series) ? EXIT_FINDINGS : 0;
	series_free(j->series);
	j->series = NULL;
	if (ret == -ENOENT)
		log_error("%s/patches: there is nothing to post: no handler is converted; run `mmapconv convert` with this "
			  "-o first", opt->out);
	if (ret == -ESRCH)
		log_error("--only: no converted handler's file, name or patch matches; OUT/report/report.md lists them");
	return ret == -ESRCH || ret == -EPERM ? EXIT_USAGE : EXIT_FAILED;
}

void job_print(const struct job *j)
{
	struct json_object *o;

	if (!j->opt->json) {
		report_terminal(&j->inv, stdout);
		return;
	}
	o = inventory_to_json(&j->inv);
	puts(json_object_to_json_string_ext(o, JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_NOSLASHESCAPE));
	json_object_put(o);
}
