// SPDX-License-Identifier: GPL-2.0-only
/*
 * The kernel's own complaints, put to the request that raised them; and the request's name in the kernel's log, so
 * that the console shows what ran before something died.
 */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core.h"

static int kmsg_fd = -1;

void kmsg_open(void)
{
	if (!shared->alone)
		return; /* others' complaints, in others' log */
	put_text("/proc/sys/kernel/printk_devkmsg", "on\n");
	kmsg_fd = open("/dev/kmsg", O_RDWR | O_NONBLOCK | O_CLOEXEC);
	if (kmsg_fd >= 0)
		lseek(kmsg_fd, 0, SEEK_END);
}

void kmsg_say(const char *subject, const char *request)
{
	char line[256];
	int n = snprintf(line, sizeof(line), "<6>probe: %s: %s\n", subject, request);

	/* Not dprintf(): it asks for the file's position, which this one has not. */
	if (kmsg_fd >= 0 && n > 0 && write(kmsg_fd, line, strlen(line)) < 0)
		kmsg_fd = -1;
}

static bool complains(const char *text)
{
	static const char *const words[] = {
		"WARNING:",
		"BUG:",
		"kernel BUG at",
		"Oops",
		"KASAN:",
		"KCSAN:",
		"UBSAN:",
		"KFENCE:",
		"general protection fault",
		"bad page",
		"Bad page",
		"Bad rss-counter",
		"refcount_t:",
		"possible recursive locking",
		"possible circular locking",
		"inconsistent lock state",
		"suspicious RCU usage",
		"sleeping function called",
		"page dumped because",
		"soft lockup",
		"blocked for more than",
		"non-zero pgtables_bytes",
		"VMA lock",
		"corrupted",
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (strstr(text, words[i]))
			return true;
	return false;
}

/* Numbers (of CPUs, processes, lines, addresses) are no two boots' the same: all become '#'. */
static void without_numbers(char *text)
{
	char *out = text;

	for (const char *p = text; *p;) {
		bool word = p > text && (isalpha((unsigned char)p[-1]) || p[-1] == '_');

		if (!word && isdigit((unsigned char)*p)) {
			while (isxdigit((unsigned char)*p) || *p == 'x')
				p++;
			*out++ = '#';
		} else {
			*out++ = *p++;
		}
	}
	*out = '\0';
}

void kmsg_result(struct result *r)
{
	char record[2048];
	unsigned said = 0;
	ssize_t n;

	if (kmsg_fd < 0)
		return;
	while ((n = read(kmsg_fd, record, sizeof(record) - 1)) > 0 || (n < 0 && errno == EPIPE)) {
		char *text;

		if (n < 0)
			continue; /* some were overwritten; the console has them */
		record[n] = '\0';
		text = strchr(record, ';');
		if (!text || !strncmp(text, ";probe: ", 8))
			continue;
		text[strcspn(text, "\n")] = '\0';
		if (!complains(text) || said++ >= 3)
			continue;
		without_numbers(text + 1);
		result_text(r, "warning", "%.200s", text + 1);
	}
}
