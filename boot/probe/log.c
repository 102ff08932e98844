// SPDX-License-Identifier: GPL-2.0-only
/* The lines that the probe says. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
#include <termios.h>
#include <unistd.h>

#include "core.h"

static int log_fd = STDOUT_FILENO;

int log_open(const char *path)
{
	struct termios tty;

	if (!path)
		return 0;
	log_fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_NOCTTY | O_CLOEXEC, 0644);
	if (log_fd < 0)
		return -errno;
	/* A serial line's bytes are to arrive as they are. */
	if (!tcgetattr(log_fd, &tty)) {
		cfmakeraw(&tty);
		tcsetattr(log_fd, TCSANOW, &tty);
	}
	return 0;
}

static void put(const char *line, size_t len)
{
	while (len) {
		ssize_t n = write(log_fd, line, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return; /* nobody to tell */
		line += n;
		len -= (size_t)n;
	}
}

void log_start(const char *trace)
{
	char line[1024], kernel[160], quoted[700];
	struct utsname name;
	int n;

	uname(&name);
	json_text(kernel, sizeof(kernel), name.release);
	json_text(quoted, sizeof(quoted), trace);
	n = snprintf(line, sizeof(line), "{\"probe\":1,\"kernel\":%s,\"trace\":%s}\n", kernel,
		     quoted);
	put(line, (size_t)n);
}

void log_state(const char *subject, const char *state, const char *reason, const struct result *r)
{
	char line[RESULT_MAX + 2048], quoted[1200];
	int n;

	n = snprintf(line, sizeof(line), "{\"subject\":\"%s\",\"state\":\"%s\"", subject, state);
	if (reason) {
		json_text(quoted, sizeof(quoted), reason);
		n += sprintf(line + n, ",\"why\":%s", quoted);
	}
	if (r)
		n += sprintf(line + n, ",\"result\":{%s}", r->text);
	n += sprintf(line + n, "}\n");
	put(line, (size_t)n);
}

void log_request(const char *subject, const char *request, const char *called,
		 const struct result *r)
{
	char line[RESULT_MAX + 8192], quoted[300];
	int n;

	json_text(quoted, sizeof(quoted), request);
	n = snprintf(line, sizeof(line), "{\"subject\":\"%s\",\"request\":%s", subject, quoted);
	if (called)
		n += snprintf(line + n, 6000, ",\"called\":%s", called);
	n += sprintf(line + n, ",\"result\":{%s}}\n", r->text);
	put(line, (size_t)n);
}

void log_end(unsigned long requests)
{
	char line[64];
	int n = snprintf(line, sizeof(line), "{\"end\":%lu}\n", requests);

	put(line, (size_t)n);
	if (isatty(log_fd))
		tcdrain(log_fd);
}
