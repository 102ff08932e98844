// SPDX-License-Identifier: GPL-2.0-only
/* Each handler of a selection against itself: whatever the model of contracts covers is equal. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/log.h"
#include "base/run.h"
#include "cmd/prove.h"
#include "inventory_json.h"

enum { VERDICTS = PROVE_UNKNOWN + 1 };

struct self {
	struct pair *pairs;			/* of handlers whose body was read */
	size_t nr;
	struct proof *proofs;			/* of all handlers of the inventory */
	unsigned totals[VERDICTS];
};

/* Why a handler cannot be read, or NULL. */
static const char *not_read(const struct handler *h)
{
	if (str_ends(h->file, ".rs"))
		return "it is written in Rust";
	if (!str_ends(h->file, ".c"))
		return "it stands in a header";
	return h->arch ? NULL : "its file was not parsed";
}

/* Those that can be read, each on the architecture on which the scan did. */
static void choose(struct self *s, const struct inventory *inv)
{
	const struct handler *h;

	s->pairs = xcalloc(inv->handlers.nr + 1, sizeof(*s->pairs));
	s->proofs = xcalloc(inv->handlers.nr + 1, sizeof(*s->proofs));
	vec_each(h, &inv->handlers) {
		struct pair *p = &s->pairs[s->nr];

		if (not_read(h))
			continue;
		p->old.file = p->new_side.file = h->file;
		p->old.function = p->new_side.function = h->function;
		p->arch = arch_by_name(h->arch);
		s->nr++;
	}
}

static void print_line(const char *id, const struct proof *proof)
{
	const char *colon = strrchr(id, ':');
	const struct difference *d;

	printf("%-9s  %s", prove_verdict_name(proof->verdict), id);
	vec_each(d, &proof->differences)
		printf("%s%s", d == proof->differences.items ? ": " : ", ", d->kind->name);
	if (proof->request)
		printf(": %s: old %s, new %s", proof->request, proof->old_does, proof->new_does);
	if (proof->reason && proof->line)
		printf(": %.*s:%u: %s", (int)(colon ? colon - id : 0), id, proof->line, proof->reason);
	else if (proof->reason)
		printf(": %s", proof->reason);
	putchar('\n');
}

static void prove_each(struct self *s, const struct inventory *inv)
{
	const struct pair *pair = s->pairs;
	struct proof *proof;
	size_t i;

	for (i = 0; i < inv->handlers.nr && !run_interrupted(); i++) {
		proof = &s->proofs[i];
		if (!not_read(&inv->handlers.items[i])) {
			pair_prove(pair++, proof);
		} else {
			proof->verdict = PROVE_UNKNOWN;
			proof->reason = xstrdup(not_read(&inv->handlers.items[i]));
		}
		s->totals[proof->verdict]++;
		log_progress("prove", i + 1, inv->handlers.nr);
	}
	log_progress_end();
}

static int by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

/* Times are no result: they are for whoever wonders where they went. */
static void note_questions(const struct self *s, size_t nr)
{
	VEC(uint32_t) took = { 0 };
	unsigned undecided = 0;
	const uint32_t *us;
	size_t i;

	for (i = 0; i < nr; i++) {
		undecided += s->proofs[i].undecided;
		vec_each(us, &s->proofs[i].took)
			*vec_push(&took) = *us;
	}
	if (took.nr) {
		qsort(took.items, took.nr, sizeof(*took.items), by_number);
		log_note("Z3 was asked %zu questions and did not decide %u; processor time: median %.1f ms, 99 %% below %.1f ms, "
			 "at most %.1f ms", took.nr, undecided, took.items[took.nr / 2] / 1e3,
			 took.items[took.nr - 1 - took.nr / 100] / 1e3, took.items[took.nr - 1] / 1e3);
	}
	vec_free(&took);
}

static void print_text(const struct self *s, const struct inventory *inv)
{
	size_t i;

	for (i = 0; i < inv->handlers.nr; i++)
		print_line(inv->handlers.items[i].id, &s->proofs[i]);
	printf("\n%zu handlers:", inv->handlers.nr);
	for (i = 0; i < VERDICTS; i++)
		printf("%s %u %s", i ? "," : "", s->totals[i], prove_verdict_name((enum prove_verdict)i));
	putchar('\n');
}

static void print_json(const struct self *s, const struct inventory *inv)
{
	struct json_object *root = json_object_new_object(), *totals = json_object_new_object(),
			   *list = json_object_new_array();
	const struct handler *h;
	struct strbuf b = { 0 };
	size_t i;

	vec_each(h, &inv->handlers)
		json_object_array_add(list, prove_to_json(&s->proofs[h - inv->handlers.items], h->id, h->id,
							  h->arch ? arch_by_name(h->arch) : NULL));
	for (i = 0; i < VERDICTS; i++)
		json_set_int(totals, prove_verdict_name((enum prove_verdict)i), s->totals[i]);
	json_object_object_add(root, "handlers", list);
	json_object_object_add(root, "totals", totals);
	json_print(&b, root);
	fputs(b.s, stdout);
	strbuf_free(&b);
	json_object_put(root);
}

int prove_self(struct options *opt)
{
	struct self s = { 0 };
	struct pairs *p = NULL;
	struct job j;
	int status = job_scan(&j, opt);
	size_t i;

	if (!status) {
		choose(&s, &j.inv);
		if (job_open_pairs(&j, &p) || pairs_read(p, s.pairs, s.nr))
			status = EXIT_FAILED;
	}
	if (!status) {
		prove_each(&s, &j.inv);
		note_questions(&s, j.inv.handlers.nr);
		if (opt->json)
			print_json(&s, &j.inv);
		else
			print_text(&s, &j.inv);
		status = s.totals[PROVE_DIFFERS] ? EXIT_FINDINGS : s.totals[PROVE_UNKNOWN] ? EXIT_FAILED : EXIT_DONE;
	}
	for (i = 0; i < s.nr; i++)
		pair_free(&s.pairs[i]);
	for (i = 0; s.proofs && i < j.inv.handlers.nr; i++)
		proof_free(&s.proofs[i]);
	free(s.pairs);
	free(s.proofs);
	pairs_free(p);
	job_close(&j);
	return status;
}
