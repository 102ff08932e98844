// SPDX-License-Identifier: GPL-2.0-only
/* The accounting of the rewrite step, of convert.h. */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "convert.h"
#include "mail/patches.h"

static bool is(const char *s, const char *word)
{
	return s && !strcmp(s, word);
}

static const char *gap_of(const struct handler *h, const char *out)
{
	const struct conversion *c = &h->conversion;
	char *path;
	bool there;

	if (is(h->outcome, "converted") || is(h->outcome, "hand")) {
		if (is(h->outcome, "converted") && !is(h->verdict, "auto"))
			return "was converted though its verdict is not auto";
		if (!c->patch || !path_is_inside(c->patch))
			return "counts as converted but names no patch";
		path = path_join(out, c->patch);
		there = file_exists(path);
		free(path);
		return there ? NULL : "counts as converted but its patch is not there";
	}
	if (c->patch)
		return "names a patch but does not count as converted";
	if (is(h->outcome, "failed"))
		return c->stage && c->message ? NULL : "failed without a stage or a message";
	if (h->tier == 1 && is(h->verdict, "auto") && !is(h->outcome, "auto"))
		return "was to be rewritten, but was neither converted nor did it fail";
	return NULL;
}

static unsigned check_patches(const struct inventory *inv, const char *out)
{
	char *dir = path_join(out, "patches"), *name;
	const struct hand_patch *p;
	const struct handler *h;
	unsigned gaps = 0, owners;
	struct dirent *e;
	DIR *d = opendir(dir);

	while (d && (e = readdir(d))) {
		if (!patches_is_name(e->d_name))
			continue;
		name = path_join("patches", e->d_name);
		owners = 0;
		vec_each(h, &inv->handlers)
			owners += h->conversion.patch && !strcmp(h->conversion.patch, name);
		/* A fix, or a change of the core, may convert nothing. */
		vec_each(p, &inv->hand)
			owners += p->patch && !strcmp(p->patch, name);
		/* That several owners belong together is inventory_check()'s. */
		if (!owners) {
			log_error("%s/%s: belongs to no converted handler", dir, e->d_name);
			gaps++;
		}
		free(name);
	}
	if (d)
		closedir(d);
	free(dir);
	return gaps;
}

int convert_check(const struct inventory *inv, const struct convert_options *opt)
{
	const struct handler *h;
	const char *gap;
	unsigned gaps = 0;

	vec_each(h, &inv->handlers) {
		gap = gap_of(h, opt->out);
		if (!gap)
			continue;
		log_error("%s: %s; please report it with the tree's version", h->id, gap);
		gaps++;
	}
	gaps += check_patches(inv, opt->out);
	return gaps ? -ERANGE : 0;
}
