// SPDX-License-Identifier: GPL-2.0-only
#include "base/log.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static bool quiet;
static bool on_progress_line;

void log_set_quiet(bool q)
{
	quiet = q;
}

static void clear_progress(void)
{
	if (on_progress_line)
		fputs("\r\033[K", stderr);
	on_progress_line = false;
}

static void print(const char *kind, const char *fmt, va_list ap)
{
	pthread_mutex_lock(&lock);
	clear_progress();
	fprintf(stderr, "mmapconv: %s", kind);
	vfprintf(stderr, fmt, ap);
	fputc('\n', stderr);
	pthread_mutex_unlock(&lock);
}

void log_error(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	print("error: ", fmt, ap);
	va_end(ap);
}

void log_warn(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	print("warning: ", fmt, ap);
	va_end(ap);
}

void log_note(const char *fmt, ...)
{
	va_list ap;

	if (quiet)
		return;
	va_start(ap, fmt);
	print("", fmt, ap);
	va_end(ap);
}

void log_progress(const char *what, unsigned long done, unsigned long total)
{
	if (quiet || !isatty(STDERR_FILENO))
		return;
	pthread_mutex_lock(&lock);
	fprintf(stderr, "\r\033[K%s %lu/%lu", what, done, total);
	fflush(stderr);
	on_progress_line = true;
	pthread_mutex_unlock(&lock);
}

void log_progress_end(void)
{
	pthread_mutex_lock(&lock);
	clear_progress();
	pthread_mutex_unlock(&lock);
}
