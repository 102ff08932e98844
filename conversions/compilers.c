// SPDX-License-Identifier: GPL-2.0-only
#include "compilers.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/run.h"
#include "hand/hand.h"

bool job_builds(const struct job *job, const struct arch *arch, const char *file)
{
	if (job->hand)
		return hand_builds(job->hand, arch, file);
	return job->h->arch && !strcmp(job->h->arch, arch->name) && str_ends(file, ".c");
}

static void want(const struct flags_db *flags, const struct job *job, const struct arch *arch, const char *file,
		 struct strlist *files)
{
	if (job_builds(job, arch, file) && !flags_find(flags, arch, file))
		strlist_add_once(files, file);
}

int compilers_load(struct flags_db *flags, const struct plan *p)
{
	const struct job_file *f;
	const struct job *job;
	struct strlist files;
	size_t i, k;
	int ret = 0;

	for (i = 0; flags && i < arch_nr && !ret; i++) {
		memset(&files, 0, sizeof(files));
		vec_each(job, &p->jobs) {
			if (job->error)
				continue;
			vec_each(f, &job->files)
				want(flags, job, &arch_table[i], f->path, &files);
			for (k = 0; job->hand && k < job->hand->also.nr; k++)
				want(flags, job, &arch_table[i], job->hand->also.items[k], &files);
		}
		strlist_sort(&files);
		if (files.nr)
			ret = flags_load(flags, &arch_table[i], &files);
		strlist_free(&files);
	}
	return ret;
}

/* "sparc64-linux-gnu-gcc" comes with gcc-sparc64-linux-gnu, clang-19 with clang-19. */
static char *package_of(const char *compiler)
{
	if (!str_ends(compiler, "-gcc"))
		return xstrdup(compiler);
	return xasprintf("gcc-%.*s", (int)(strlen(compiler) - strlen("-gcc")), compiler);
}

void compilers_warn(const struct flags_db *flags, const struct plan *p)
{
	const struct compile_command *cmd;
	struct strlist missing = { 0 };
	const struct job_file *f;
	const struct job *job;
	char *package;
	size_t i;

	vec_each(job, &p->jobs) {
		if (!flags || job->error)
			continue;
		vec_each(f, &job->files)
			for (i = 0; i < arch_nr; i++) {
				cmd = job_builds(job, &arch_table[i], f->path) ? flags_find(flags, &arch_table[i], f->path) : NULL;
				if (cmd && cmd->argv.nr && !run_have(cmd->argv.items[0]))
					strlist_add_once(&missing, cmd->argv.items[0]);
			}
	}
	for (i = 0; i < missing.nr; i++) {
		package = package_of(missing.items[i]);
		log_warn("%s is not installed: patches that need it are not compiled; install %s",
			 missing.items[i], package);
		free(package);
	}
	strlist_free(&missing);
}
