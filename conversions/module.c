// SPDX-License-Identifier: GPL-2.0-only
#include "module.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"

/*
 * An object that is not part of another one, or that kbuild was asked for by itself: named after the
 * source (not always with its folder).
 */
static bool is_own_object(const char *module, const char *file)
{
	const char *a = strrchr(module, '/'), *b = strrchr(file, '/');
	size_t len;

	a = a ? a + 1 : module;
	b = b ? b + 1 : file;
	len = strlen(a);
	return !strncmp(a, b, len) && b[len] == '.';
}

char *job_module(const struct flags_db *flags, const struct job *job)
{
	static const char define[] = "-DKBUILD_MODFILE=";
	const struct arch *arch = job->h->arch ? arch_by_name(job->h->arch) : NULL;
	const struct compile_command *c = arch && flags ? flags_find(flags, arch, job->h->file) : NULL;
	const char *s;
	char *module;
	size_t i;

	for (i = 0; c && i < c->argv.nr; i++) {
		if (!str_starts(c->argv.items[i], define))
			continue;
		s = c->argv.items[i] + strlen(define);
		s += *s == '"';
		module = xstrndup(s, strcspn(s, "\""));
		if (path_is_inside(module) && !is_own_object(module, job->h->file))
			return module;
		free(module);
	}
	return NULL;
}
