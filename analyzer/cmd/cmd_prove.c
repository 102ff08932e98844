// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <stdlib.h>

#include "base/json.h"
#include "base/log.h"
#include "cmd/prove.h"
#include "inventory_json.h"
#include "terminal_colour.h"

static void show(const struct options *opt, const struct pair *pair, const struct prove_name *names,
		 const struct proof *proof)
{
	struct json_object *o;
	struct strbuf b = { 0 };

	if (!opt->json) {
		prove_print_text(proof, names[0].arg, names[1].arg, terminal_has_colour(stdout));
		return;
	}
	o = prove_to_json(proof, names[0].arg, names[1].arg, pair->arch);
	json_print(&b, o);
	fputs(b.s, stdout);
	strbuf_free(&b);
	json_object_put(o);
}

static void set_side(struct pair_side *s, const struct prove_name *n)
{
	s->file = n->file;
	s->function = n->function;
	s->instead = n->path ? &n->instead : NULL;
	s->nr_instead = n->path ? 1 : 0;
}

static int compare(struct job *j, struct pairs *p, const struct prove_name *names)
{
	struct pair pair = { 0 };
	struct proof proof = { 0 };
	int status;

	set_side(&pair.old, &names[0]);
	set_side(&pair.new_side, &names[1]);
	if (pairs_read(p, &pair, 1)) {
		status = EXIT_FAILED;
	} else if (pair.missing) {
		prove_name_missing(p, &names[!pair.missing_old], pair.missing_old ? &pair.old : &pair.new_side, pair.error);
		status = EXIT_USAGE;
	} else {
		pair_prove(&pair, &proof);
		show(j->opt, &pair, names, &proof);
		status = prove_status(proof.verdict);
		proof_free(&proof);
	}
	pair_free(&pair);
	return status;
}

static int prove_two(struct options *opt)
{
	struct prove_name names[2] = { 0 };
	struct pairs *p = NULL;
	struct job j;
	int status = job_open(&j, opt), i;

	if (!status && job_open_pairs(&j, &p))
		status = EXIT_FAILED;
	for (i = 0; i < 2 && !status; i++)
		status = prove_name_parse(opt->args.items[i], &j.tree, p, &names[i]);
	if (!status)
		status = compare(&j, p, names);
	for (i = 0; i < 2; i++)
		prove_name_free(&names[i]);
	pairs_free(p);
	job_close(&j);
	return status;
}

int cmd_prove(struct options *opt)
{
	if (opt->self)
		return prove_self(opt);
	if (opt->args.nr != 2) {
		log_error("prove takes two functions, not %zu: OLD.c:FUNC NEW.c:FUNC, the legacy handler and the hook; or --self",
			  opt->args.nr);
		return EXIT_USAGE;
	}
	return prove_two(opt);
}
