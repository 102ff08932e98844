// SPDX-License-Identifier: GPL-2.0-only
#include "base/stamp.h"

#include <string.h>
#include <sys/stat.h>
#include <time.h>

static const uint64_t SECOND = 1000000000, TICK = 2;		/* ns, s */

static uint64_t ns(const struct timespec *ts)
{
	return (uint64_t)ts->tv_sec * SECOND + (uint64_t)ts->tv_nsec;
}

bool stamp_of(const char *path, struct stamp *s)
{
	struct stat st;

	memset(s, 0, sizeof(*s));
	if (stat(path, &st))
		return false;
	*s = (struct stamp){ .device = st.st_dev, .inode = st.st_ino, .size = (uint64_t)st.st_size,
			     .modified = ns(&st.st_mtim), .changed = ns(&st.st_ctim) };
	return true;
}

uint64_t stamp_now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_REALTIME, &ts);
	return ns(&ts);
}

bool stamp_is_old(const struct stamp *s, uint64_t now)
{
	uint64_t last = s->modified > s->changed ? s->modified : s->changed;

	return last + TICK * SECOND < now;
}
