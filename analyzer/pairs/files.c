// SPDX-License-Identifier: GPL-2.0-only
#include "pairs/internal.h"

#include <stdlib.h>
#include <string.h>

static const char *const callbacks[] = { "close", "mapped", "open" };

static bool same_instead(const struct pair_file *s, const struct read_instead *instead, size_t nr)
{
	size_t i;

	if (s->nr_instead != nr)
		return false;
	for (i = 0; i < nr; i++)
		if (strcmp(s->instead[i].file, instead[i].file) || strcmp(s->instead[i].path, instead[i].path))
			return false;
	return true;
}

bool pair_file_is_of(const struct pair_file *s, const struct pair_side *side)
{
	return !strcmp(s->file, side->file) && same_instead(s, side->instead, side->nr_instead);
}

struct pair_file *pair_file_get(struct pairs *p, const char *file, const struct read_instead *instead, size_t nr,
			  const struct arch *arch)
{
	struct pair_file **s;

	vec_each(s, &p->files)
		if ((*s)->arch == arch && !strcmp((*s)->file, file) && same_instead(*s, instead, nr))
			return *s;
	s = vec_push(&p->files);
	*s = xcalloc(1, sizeof(**s));
	(*s)->file = xstrdup(file);
	(*s)->instead = instead;
	(*s)->nr_instead = nr;
	(*s)->arch = arch;
	return *s;
}

bool pair_file_want(struct pair_file *s, const char *function)
{
	if (!strlist_add_once(&s->functions, function))
		return false;
	strlist_sort(&s->functions);
	reading_free(&s->reading);
	memset(&s->reading, 0, sizeof(s->reading));
	s->done = false;
	return true;
}

void pair_file_free(struct pair_file *s)
{
	strlist_free(&s->functions);
	reading_free(&s->reading);
	free(s->file);
	free(s);
}

const struct contract *pair_file_contract(const struct pair_file *s, const char *function)
{
	const struct function *fn = s->reading.unit.file ? unit_function(&s->reading.unit, function) : NULL;

	return fn && !strcmp(fn->file, s->file) ? reading_contract(&s->reading, function) : NULL;
}

static int load_flags(struct pairs *p)
{
	struct strlist names = { 0 };
	const struct arch *arch;
	struct pair_file **s;
	int ret = 0;

	for (arch = arch_table; arch < arch_table + arch_nr && !ret; arch++) {
		vec_each(s, &p->files)
			if (!(*s)->done && (*s)->arch == arch)
				strlist_add_once(&names, (*s)->file);
		strlist_sort(&names);
		if (names.nr)
			ret = flags_load(p->opt.flags, arch, &names);
		strlist_free(&names);
	}
	return ret;
}

static void request_of(const struct pair_file *s, struct strlist *calls, struct read_request *q)
{
	size_t i;

	*q = (struct read_request){ .arch = s->arch, .file = s->file, .command = s->command,
				    .functions = s->functions, .callbacks = *calls, .no_pch = s->no_pch };
	for (i = 0; i < s->nr_instead; i++)
		*vec_push(&q->instead) = s->instead[i];
}

/* One pass; what is doubtful is asked for again. */
static int read_pass(struct pairs *p, struct pair_file **todo, size_t nr, bool *again)
{
	struct read_request *requests = xcalloc(nr, sizeof(*requests));
	struct reading *readings = xcalloc(nr, sizeof(*readings));
	const struct read_options opt = { .jobs = p->opt.jobs, .timeout_s = p->opt.parse_timeout_s,
					  .no_pch = p->opt.no_pch, .kept = p->kept };
	struct strlist calls = { 0 };
	size_t i;
	int ret;

	for (i = 0; i < sizeof(callbacks) / sizeof(*callbacks); i++)
		strlist_add(&calls, callbacks[i]);
	for (i = 0; i < nr; i++)
		request_of(todo[i], &calls, &requests[i]);
	ret = read_files(p->opt.tree, requests, nr, &opt, readings);
	for (i = 0; i < nr; i++) {
		vec_free(&requests[i].instead);
		if (ret || (readings[i].unit.doubtful && !todo[i]->no_pch)) {
			reading_free(&readings[i]);
			todo[i]->no_pch = true;
			*again = true;
			continue;
		}
		todo[i]->reading = readings[i];
		todo[i]->done = true;
	}
	strlist_free(&calls);
	free(requests);
	free(readings);
	return ret;
}

int pair_files_read(struct pairs *p)
{
	struct pair_file **todo = xcalloc(p->files.nr + 1, sizeof(struct pair_file *)), **s;
	bool again = true;
	int ret = load_flags(p);
	size_t nr;

	while (again && !ret) {
		again = false;
		nr = 0;
		vec_each(s, &p->files) {
			if ((*s)->done)
				continue;
			(*s)->command = flags_find(p->opt.flags, (*s)->arch, (*s)->file);
			(*s)->done = !(*s)->command;
			if (!(*s)->done)
				todo[nr++] = *s;
		}
		if (nr)
			ret = read_pass(p, todo, nr, &again);
	}
	free(todo);
	return ret;
}
