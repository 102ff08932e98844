// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which handlers the kernel enters for a request.  The tracer runs in an instance of its own, so nothing else
 * is in its buffer; it follows the probe and, with the option function-fork, what the probe forks.  That is set once: each
 * change of set_ftrace_pid costs a grace period, and patches the scheduler's code, which has crashed emulated
 * processors.  Of what is in the buffer then, a request's is what was entered by its process or a later one.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core.h"

#define TRACING "/sys/kernel/tracing"
#define INSTANCE TRACING "/instances/probe"
#define NAMES_MAX 64 /* handlers in one request; more than ten would be odd */

static bool tracing;
static int on_fd = -1, pipe_fd = -1;
static pid_t first_pid; /* of the request */

/* The word at the line's begin, without what the compiler added: "f.isra.0 [module]" is f. */
static size_t name_length(const char *line)
{
	return strcspn(line, ". \t\n");
}

static int compare(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

struct names {
	char *text;
	char **list;
	bool *traced;
	size_t n;
};

static int read_names(const char *path, struct names *names)
{
	FILE *f = fopen(path, "re");
	char line[256];
	int ret = 0;

	if (!f)
		return why(-errno, "%s: %m", path);
	while (!ret && fgets(line, sizeof(line), f)) {
		char **list;

		line[strcspn(line, " \t\n")] = '\0';
		if (!*line)
			continue;
		list = realloc(names->list, (names->n + 1) * sizeof(*list));
		if (list)
			names->list = list;
		if (!list || !(names->list[names->n] = strdup(line)))
			ret = why(-ENOMEM, "%s: no memory for its names", path);
		else
			names->n++;
	}
	fclose(f);
	if (!ret && !names->n)
		ret = why(-ENODATA, "%s is empty: no handler to look for", path);
	if (!ret && !(names->traced = calloc(names->n, sizeof(*names->traced))))
		ret = why(-ENOMEM, "%s: no memory for its names", path);
	if (!ret)
		qsort(names->list, names->n, sizeof(*names->list), compare);
	return ret;
}

static void free_names(struct names *names)
{
	for (size_t i = 0; i < names->n; i++)
		free(names->list[i]);
	free(names->traced);
	free(names->list);
}

/* For those that the tracer has not: its own files are not traced, nor are some that it calls. */
static void find_breakpoints(const struct names *names)
{
	const char **left = calloc(names->n, sizeof(*left));
	size_t n = 0;

	for (size_t i = 0; left && i < names->n; i++)
		if (!names->traced[i])
			left[n++] = names->list[i];
	breakpoints_find(left, n);
	free(left);
}

/* The number of functions that are traced from here on, or -errno. */
static int set_filter(const struct names *names)
{
	FILE *known = fopen(TRACING "/available_filter_functions", "re");
	char line[256], word[256];
	int n = 0, fd = -1;

	if (!known)
		return why(-errno, TRACING "/available_filter_functions: %m");
	fd = open(INSTANCE "/set_ftrace_filter", O_WRONLY | O_TRUNC | O_CLOEXEC);
	if (fd < 0)
		n = why(-errno, INSTANCE "/set_ftrace_filter: %m");
	while (n >= 0 && fgets(line, sizeof(line), known)) {
		const char *key = word, *const * at;
		size_t full = strcspn(line, " \t\n");

		snprintf(word, sizeof(word), "%.*s", (int)name_length(line), line);
		at = bsearch(&key, names->list, names->n, sizeof(*names->list), compare);
		if (!at)
			continue;
		line[full] = '\n';
		if (write(fd, line, full + 1) <= 0)
			continue;
		n++;
		names->traced[at - (const char *const *)names->list] = true;
	}
	if (fd >= 0)
		close(fd);
	fclose(known);
	if (!n)
		n = why(-ENOENT, "the kernel has none of the functions");
	return n;
}

int trace_open(const char *functions)
{
	struct names names = { 0 };
	char pid[16];
	int ret;

	ret = read_names(functions, &names);
	if (!ret && mkdir(INSTANCE, 0700) && errno != EEXIST)
		ret = why(-errno, "%s: %m", INSTANCE);
	if (!ret)
		ret = put_text(INSTANCE "/tracing_on", "0");
	/* Never without a process: that would be all of them. */
	snprintf(pid, sizeof(pid), "%d", (int)getpid());
	if (!ret)
		ret = put_text(INSTANCE "/set_ftrace_pid", pid);
	if (!ret)
		ret = put_text(INSTANCE "/options/function-fork", "1");
	if (!ret)
		ret = put_text(INSTANCE "/buffer_size_kb", "64");
	if (!ret)
		ret = set_filter(&names);
	if (ret > 0)
		find_breakpoints(&names);
	if (ret > 0)
		ret = put_text(INSTANCE "/current_tracer", "function");
	if (!ret) {
		on_fd = open(INSTANCE "/tracing_on", O_WRONLY | O_CLOEXEC);
		if (on_fd < 0)
			ret = why(-errno, "%s/tracing_on: %m", INSTANCE);
		pipe_fd = open(INSTANCE "/trace_pipe", O_RDONLY | O_NONBLOCK | O_CLOEXEC);
		if (!ret && pipe_fd < 0)
			ret = why(-errno, "%s/trace_pipe: %m", INSTANCE);
	}
	tracing = !ret;
	free_names(&names);
	return ret;
}

static void turn(const char *on)
{
	if (tracing && pwrite(on_fd, on, 1, 0) != 1)
		dprintf(STDERR_FILENO, "probe: tracing_on: %s\n", strerror(errno));
}

void trace_arm(pid_t pid)
{
	turn("0");
	first_pid = pid;
}

void trace_on(void)
{
	if (tracing)
		breakpoints_on();
	turn("1");
}

void trace_note(void)
{
	if (tracing)
		breakpoints_note();
}

/* "  probe-71  [000] .....  12.345678: udf_file_mmap <-mmap_region": the word before the arrow. */
static const char *called_in(char *line)
{
	char *arrow = strstr(line, " <-"), *cpu = strstr(line, " ["), *name, *pid;

	if (!arrow || !cpu)
		return NULL;
	*arrow = '\0';
	*cpu = '\0';
	/* The name of a process may have a '-' of its own. */
	pid = strrchr(line, '-');
	name = strrchr(cpu + 1, ' ');
	if (!pid || atoi(pid + 1) < first_pid || !name || !name[1])
		return NULL;
	name[1 + name_length(name + 1)] = '\0';
	return name + 1;
}

static size_t remember(char *line, char **found, size_t n)
{
	const char *name = called_in(line);
	size_t i = 0;

	while (name && i < n && strcmp(found[i], name))
		i++;
	if (name && i == n && n < NAMES_MAX && (found[n] = strdup(name)))
		n++;
	return n;
}

const char *trace_read(void)
{
	static char list[4096], text[65536];
	char *found[NAMES_MAX], *end;
	size_t n = 0, len = 1, have = 0;
	ssize_t got;

	if (!tracing)
		return NULL;
	turn("0");
	while ((got = read(pipe_fd, text + have, sizeof(text) - 1 - have)) > 0) {
		char *line = text;

		have += (size_t)got;
		text[have] = '\0';
		for (; (end = strchr(line, '\n')); line = end + 1) {
			*end = '\0';
			n = remember(line, found, n);
		}
		have = strlen(line);
		memmove(text, line, have + 1);
		if (have + 1 >= sizeof(text))
			have = 0; /* no line is as long as that */
	}
	for (size_t i = 0; i < BREAKPOINTS && n < NAMES_MAX; i++)
		if (breakpoint_entered(i) && (found[n] = strdup(breakpoint_entered(i))))
			n++;
	qsort(found, n, sizeof(*found), compare);
	strcpy(list, "[");
	for (size_t i = 0; i < n; i++) {
		if (len + strlen(found[i]) + 8 < sizeof(list))
			len += (size_t)sprintf(list + len, "%s\"%s\"", len > 1 ? "," : "",
					       found[i]);
		free(found[i]);
	}
	strcpy(list + len, "]");
	return list;
}
