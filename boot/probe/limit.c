// SPDX-License-Identifier: GPL-2.0-only
/* Waiting with an end. */
#include <errno.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>

#include "core.h"

long long now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (long long)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void settle_ms(unsigned ms)
{
	struct timespec t = { .tv_sec = ms / 1000, .tv_nsec = (long)(ms % 1000) * 1000000 };

	nanosleep(&t, NULL);
}

/* SIGCHLD is blocked (main.c), so one that comes between the two calls is not lost. */
int wait_child(pid_t pid, int *status, long long deadline_ms)
{
	sigset_t child;

	sigemptyset(&child);
	sigaddset(&child, SIGCHLD);
	for (;;) {
		long long left = deadline_ms - now_ms();
		struct timespec t;

		if (waitpid(pid, status, WNOHANG) == pid)
			return 0;
		if (left <= 0)
			return -ETIME;
		if (left > 200)
			left = 200; /* were one lost after all */
		t = (struct timespec){ .tv_nsec = (long)left * 1000000 };
		sigtimedwait(&child, NULL, &t);
	}
}
