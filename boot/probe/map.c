// SPDX-License-Identifier: GPL-2.0-only
/* Mapping a subject's file. */
#include <errno.h>
#include <sys/mman.h>

#include "core.h"

size_t unit_of(const struct opened *o)
{
	return o->page ? (size_t)o->page : 4096;
}

long map_file(const struct standing *s, const struct want *w, void *at, int more_flags)
{
	void *p;

	if (s->subject->map) {
		long ret = s->subject->map(s->o, at, w->len, w->prot, w->flags | more_flags,
					   w->offset);

		if (ret == -ENOTSUP)
			shared->skip = true;
		return ret;
	}
	p = mmap(at, w->len, w->prot, w->flags | more_flags, s->o->fd, (off_t)w->offset);
	return p == MAP_FAILED ? -errno : (long)p;
}

char *map_room(size_t len, size_t unit)
{
	char *p = mmap(NULL, len + unit, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1,
		       0);

	if (p == MAP_FAILED)
		return NULL;
	munmap(p, len + unit);
	return (char *)(((uintptr_t)p + unit - 1) / unit * unit);
}
