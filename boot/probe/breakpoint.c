// SPDX-License-Identifier: GPL-2.0-only
/*
 * Handlers that the function tracer cannot see, as it is made of the same files: a processor's own breakpoints count
 * them.  There are four; what has no place any more is not seen.  A kernel without CONFIG_KPROBES refuses them.
 */
#include <linux/hw_breakpoint.h>
#include <linux/perf_event.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "core.h"

static struct {
	char name[64];
	uint64_t address;
	int fd;
} points[BREAKPOINTS];
static size_t n_points;

static bool wanted(const char *name, const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(names[i], name))
			return true;
	return false;
}

void breakpoints_find(const char *const *names, size_t n)
{
	FILE *f = fopen("/proc/kallsyms", "re");
	char line[512], name[256], type;
	unsigned long long address;

	while (f && n_points < BREAKPOINTS && fgets(line, sizeof(line), f)) {
		if (sscanf(line, "%llx %c %255s", &address, &type, name) != 3 || !address ||
		    (type | 32) != 't' || strlen(name) >= sizeof(points[0].name) ||
		    !wanted(name, names, n))
			continue;
		strcpy(points[n_points].name, name);
		points[n_points].address = address;
		points[n_points++].fd = -1;
	}
	if (f)
		fclose(f);
}

/* Of this process, and of the children that it makes from here on. */
void breakpoints_on(void)
{
	for (size_t i = 0; i < n_points; i++) {
		struct perf_event_attr attr = {
			.type = PERF_TYPE_BREAKPOINT,
			.size = sizeof(attr),
			.bp_type = HW_BREAKPOINT_X,
			.bp_addr = points[i].address,
			.bp_len = sizeof(long),
			.inherit = 1,
		};

		points[i].fd =
			(int)syscall(SYS_perf_event_open, &attr, 0, -1, -1, PERF_FLAG_FD_CLOEXEC);
	}
}

void breakpoints_note(void)
{
	for (size_t i = 0; i < n_points; i++) {
		uint64_t count = 0;

		if (points[i].fd < 0)
			continue;
		shared->entered[i] = read(points[i].fd, &count, sizeof(count)) == sizeof(count) &&
				     count;
		close(points[i].fd);
		points[i].fd = -1;
	}
}

const char *breakpoint_entered(size_t i)
{
	return i < n_points && shared->entered[i] ? points[i].name : NULL;
}
