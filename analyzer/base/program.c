// SPDX-License-Identifier: GPL-2.0-only
#include "base/program.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"

/* From the program's own folder: build/san/mmapconv is the deepest. */
enum { MOST_UP = 4 };

/* base/name if it holds the witness, or NULL. */
static char *with_witness(const char *base, const char *name, const char *witness)
{
	char *dir = path_join(base, name), *file = path_join(dir, witness);

	if (!file_exists(file)) {
		free(dir);
		dir = NULL;
	}
	free(file);
	return dir;
}

char *program_dir(const char *variable, const char *name, const char *witness, const char *what)
{
	char exe[4096], *slash, *dir = NULL, *shared;
	const char *set = getenv(variable);
	ssize_t len = readlink("/proc/self/exe", exe, sizeof(exe) - 1);
	unsigned up;

	if (set)
		return xstrdup(set);
	shared = path_join("share/mmapconv", name);
	exe[len < 0 ? 0 : len] = '\0';
	for (up = 0; !dir && up < MOST_UP && (slash = strrchr(exe, '/')); up++) {
		*slash = '\0';
		dir = with_witness(exe, name, witness);
		if (!dir)
			dir = with_witness(exe, shared, witness);
	}
	free(shared);
	if (!dir)
		log_error("%s were not found beside the program; set %s to their folder", what, variable);
	return dir;
}
