// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "cmd/hand_cmd.h"

static const struct { const char *name; int (*run)(struct job *j, const struct strlist *names); } actions[] = {
	{ "list", hand_list }, { "check", hand_check }, { "refresh", hand_refresh },
};

char *hand_scratch(void)
{
	const char *tmp = getenv("TMPDIR");
	char *dir = xasprintf("%s/mmapconv-XXXXXX", tmp && *tmp ? tmp : "/tmp");

	if (mkdtemp(dir))
		return dir;
	log_error("%s: cannot be made: %s; set TMPDIR to a folder that can be written", dir, strerror(errno));
	free(dir);
	return NULL;
}

static bool is_called(const char *arg, unsigned number, const char *name, const char *suffix)
{
	size_t digits = strspn(arg, "0123456789"), len = strlen(arg);

	if (str_ends(arg, suffix))
		len -= strlen(suffix);
	return (digits && digits == strlen(arg) && digits < 9 && strtoul(arg, NULL, 10) == number) ||
	       (strlen(name) == len && !strncmp(name, arg, len));
}

/* "3", "0003", "0003-slug", and with the suffix of its file behind: the shelf's name for it, or NULL. */
static const char *find(const struct shelf *s, const char *arg)
{
	const struct shelf_judgement *j;
	const struct shelf_patch *p;

	vec_each(p, &s->patches)
		if (is_called(arg, p->number, p->name, ".patch"))
			return p->name;
	vec_each(j, &s->judged)
		if (is_called(arg, j->number, j->name, ".json"))
			return j->name;
	return NULL;
}

static int names_of(const struct job *j, const struct strlist *args, struct strlist *names)
{
	const char *name;
	size_t i;

	for (i = 0; i < args->nr; i++) {
		name = find(&j->shelf, args->items[i]);
		if (!name) {
			log_error("%s: is no patch and no judgement of %s; `mmapconv hand -C TREE list` names them", args->items[i], j->shelf.dir);
			return EXIT_USAGE;
		}
		strlist_add_once(names, name);
	}
	return 0;
}

/* The first argument, where it is an action; the rest are patches.  The tree is scanned as a whole: no selection is left. */
static size_t take_action(struct options *opt, struct strlist *args)
{
	size_t i, nr = sizeof(actions) / sizeof(*actions), action = nr;

	*args = opt->args;
	memset(&opt->args, 0, sizeof(opt->args));
	for (i = 0; args->nr && i < nr; i++)
		if (!strcmp(args->items[0], actions[i].name))
			action = i;
	if (action == nr)
		return 0;
	free(args->items[0]);
	memmove(args->items, args->items + 1, --args->nr * sizeof(*args->items));
	return action;
}

static int check_usage(const struct options *opt, size_t action)
{
	bool refresh = actions[action].run == hand_refresh;

	if (refresh && !opt->out)
		log_error("hand refresh: a folder for the refreshed patches is needed: -o OUT");
	else if (!refresh && opt->out)
		log_error("hand %s: -o has no meaning here; refresh takes it", actions[action].name);
	else
		return 0;
	return EXIT_USAGE;
}

/* --base is a tree, and is read as its files. */
static int open_base(struct options *opt)
{
	struct tree base;

	if (!opt->base)
		return 0;
	if (tree_open(&base, opt->base))
		return EXIT_FAILED;
	free(opt->base);
	opt->base = xstrdup(base.root);
	tree_close(&base);
	return 0;
}

int cmd_hand(struct options *opt)
{
	struct strlist args = { 0 }, names = { 0 };
	size_t action = take_action(opt, &args);
	struct job j = { .opt = opt };
	int status = check_usage(opt, action);

	if (!status && tree_open(&j.tree, opt->tree))
		status = EXIT_FAILED;
	if (!status && opt->out && options_out(opt, &j.tree))
		status = EXIT_FAILED;
	if (!status)
		status = open_base(opt);
	if (!status)
		status = job_open_shelf(&j);
	if (!status)
		status = names_of(&j, &args, &names);
	if (!status)
		status = actions[action].run(&j, &names);
	strlist_free(&args);
	strlist_free(&names);
	job_close(&j);
	return status;
}
