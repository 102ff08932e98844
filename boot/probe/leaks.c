// SPDX-License-Identifier: GPL-2.0-only
/* Numbers of the whole system that are the same again when all of a subject's mappings are gone. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core.h"

/* Files and mounts, and what meminfo counts exactly: its other lines are sums of what CPUs keep for themselves. */
enum { FILES, COMMITTED, MLOCKED, HUGE_FREE, HUGE_RESERVED, HUGE_SURPLUS, NUMBERS };
static const struct {
	const char *key, *meminfo;
} numbers[NUMBERS] = {
	[FILES] = { "files", NULL },
	[COMMITTED] = { "committed", "Committed_AS:" },
	[MLOCKED] = { "mlocked", "Mlocked:" },
	[HUGE_FREE] = { "huge free", "HugePages_Free:" },
	[HUGE_RESERVED] = { "huge reserved", "HugePages_Rsvd:" },
	[HUGE_SURPLUS] = { "huge surplus", "HugePages_Surp:" },
};

/* RCU, delayed fput and a dying server take their time, more so with lockdep under emulation. */
#define SETTLE_MS 3000

void leaks_read(struct leaks *l)
{
	FILE *f = fopen("/proc/sys/fs/file-nr", "re");
	char line[200];

	memset(l, 0, sizeof(*l));
	if (f) {
		if (fscanf(f, "%lld", &l->value[FILES]) != 1)
			l->value[FILES] = 0;
		fclose(f);
	}
	f = fopen("/proc/meminfo", "re");
	while (f && fgets(line, sizeof(line), f))
		for (int i = 0; i < NUMBERS; i++) {
			size_t len = numbers[i].meminfo ? strlen(numbers[i].meminfo) : 0;

			if (len && !strncmp(line, numbers[i].meminfo, len))
				l->value[i] = strtoll(line + len, NULL, 10);
		}
	if (f)
		fclose(f);
}

void leaks_result(const struct leaks *before, struct result *r)
{
	long long end = now_ms() + SETTLE_MS;
	struct leaks now;

	if (!shared->alone)
		return;
	for (;;) {
		leaks_read(&now);
		if (!memcmp(&now, before, sizeof(now)) || now_ms() > end)
			break;
		settle_ms(50);
	}
	for (int i = 0; i < NUMBERS; i++)
		/* That no file is left is worth a word; 0 of them is a kernel that does not tell. */
		if ((i == FILES && now.value[i]) || now.value[i] != before->value[i])
			result_int(r, numbers[i].key, now.value[i] - before->value[i]);
}
