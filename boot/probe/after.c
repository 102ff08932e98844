// SPDX-License-Identifier: GPL-2.0-only
/* What is done with a mapping that stands: its place, its size, its parts. */
#include <errno.h>
#include <sys/mman.h>

#include "core.h"

#ifndef MREMAP_DONTUNMAP
#define MREMAP_DONTUNMAP 4
#endif

static size_t pages(const struct standing *s)
{
	return s->want.len / s->unit;
}

void after_see(struct standing *s, char *at, size_t len, struct result *r, const char *prefix)
{
	struct standing there = *s;

	stand_result(at, len, s->want.offset, r, prefix);
	there.at = at;
	there.want.len = len;
	touch_result(&there, r, prefix);
	locked_result(r, prefix);
}

static char *remap(char *from, size_t len, size_t to_len, int flags, char *to, struct result *r)
{
	char *at = mremap(from, len, to_len, flags, to);

	result_errno(r, "mremap", at == MAP_FAILED ? -errno : 0);
	return at == MAP_FAILED ? NULL : at;
}

static void grow(struct standing *s, struct result *r)
{
	size_t len = s->want.len + s->unit;
	char *at = remap(s->at, s->want.len, len, MREMAP_MAYMOVE, NULL, r);

	if (at)
		after_see(s, at, len, r, "grown");
	else
		after_see(s, s->at, s->want.len, r, "");
}

static void shrink(struct standing *s, struct result *r)
{
	size_t len = pages(s) / 2 * s->unit;
	char *at = remap(s->at, s->want.len, len, MREMAP_MAYMOVE, NULL, r);

	after_see(s, at ? at : s->at, at ? len : s->want.len, r, "");
	result_text(r, "read behind", "%s", touch_read(s->at + s->want.len - s->unit));
}

static void move(struct standing *s, struct result *r)
{
	char *room = map_room(s->want.len + s->unit, s->unit);
	char *at = remap(s->at, s->want.len, s->want.len, MREMAP_MAYMOVE | MREMAP_FIXED, room, r);

	if (!at) {
		after_see(s, s->at, s->want.len, r, "");
		return;
	}
	after_see(s, at, s->want.len, r, "moved");
	result_int(r, "left behind", stand_count(s->at, s->want.len));
}

static void move_part(struct standing *s, struct result *r)
{
	char *room = map_room(2 * s->unit, s->unit);
	char *at = remap(s->at + s->unit, s->unit, s->unit, MREMAP_MAYMOVE | MREMAP_FIXED, room, r);

	if (at)
		after_see(s, at, s->unit, r, "moved");
	stand_result(s->at, s->want.len, s->want.offset, r, "rest");
}

static void move_dontunmap(struct standing *s, struct result *r)
{
	char *at =
		remap(s->at, s->want.len, s->want.len, MREMAP_MAYMOVE | MREMAP_DONTUNMAP, NULL, r);

	if (at)
		after_see(s, at, s->want.len, r, "moved");
	after_see(s, s->at, s->want.len, r, "");
}

static void duplicate(struct standing *s, struct result *r)
{
	char *at = remap(s->at, 0, s->want.len, MREMAP_MAYMOVE, NULL, r);

	if (at)
		after_see(s, at, s->want.len, r, "second");
}

static void unmap(struct standing *s, char *from, struct result *r)
{
	result_errno(r, "munmap", munmap(from, s->unit) ? -errno : 0);
	stand_result(s->at, s->want.len, s->want.offset, r, "");
	locked_result(r, "");
	if (s->subject->traits & NO_READ_TOUCH)
		return;
	result_text(r, "read first", "%s", touch_read(s->at));
	result_text(r, "read last", "%s", touch_read(s->at + s->want.len - s->unit));
}

static void unmap_first(struct standing *s, struct result *r)
{
	unmap(s, s->at, r);
}

static void unmap_middle(struct standing *s, struct result *r)
{
	unmap(s, s->at + pages(s) / 2 * s->unit, r);
}

static void unmap_last(struct standing *s, struct result *r)
{
	unmap(s, s->at + s->want.len - s->unit, r);
}

/* Two halves side by side: one VMA where they can merge. */
static void adjacent(struct standing *s, struct result *r)
{
	size_t half = pages(s) > 1 ? pages(s) / 2 * s->unit : s->unit;
	struct want one = s->want, two = s->want;
	char *room;
	long at;

	munmap(s->at, s->want.len);
	room = map_room(2 * s->want.len, s->unit);
	one.len = half;
	two.offset += half;
	two.len = pages(s) > 1 ? s->want.len - half : s->unit;
	at = map_file(s, &one, room, MAP_FIXED_NOREPLACE);
	result_errno(r, "one", at);
	if (at < 0)
		return;
	at = map_file(s, &two, room + half, MAP_FIXED_NOREPLACE);
	result_errno(r, "two", at);
	stand_result(room, one.len + two.len, one.offset, r, "");
	result_errno(r, "munmap one", munmap(room, one.len) ? -errno : 0);
	stand_result(room, one.len + two.len, one.offset, r, "rest");
}

static void adjacent_before(struct standing *s, struct result *r)
{
	size_t half = pages(s) / 2 * s->unit;
	struct want one = s->want, two = s->want;
	char *room;

	munmap(s->at, s->want.len);
	room = map_room(2 * s->want.len, s->unit);
	one.len = half;
	two.offset += half;
	two.len = s->want.len - half;
	result_errno(r, "two", map_file(s, &two, room + half, MAP_FIXED_NOREPLACE));
	result_errno(r, "one", map_file(s, &one, room, MAP_FIXED_NOREPLACE));
	stand_result(room, s->want.len, one.offset, r, "");
}

static void anonymous_over(struct standing *s, struct result *r)
{
	char *at = mmap(s->at + pages(s) / 2 * s->unit, s->unit, PROT_READ | PROT_WRITE,
			MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);

	result_errno(r, "over", at == MAP_FAILED ? -errno : 0);
	stand_result(s->at, s->want.len, s->want.offset, r, "");
}

static void itself_over(struct standing *s, struct result *r)
{
	struct want w = s->want;

	w.len = s->unit;
	result_errno(r, "over", map_file(s, &w, s->at, MAP_FIXED));
	after_see(s, s->at, s->want.len, r, "");
}

/* What stands is torn down before the new one is refused, or not. */
static void bad_over(struct standing *s, struct result *r)
{
	struct want w = s->want;

	w.offset = s->o->offset + (1ull << 44);
	result_errno(r, "over", map_file(s, &w, s->at, MAP_FIXED));
	stand_result(s->at, s->want.len, s->want.offset, r, "");
}

const struct after afters[] = {
	{ "mremap grow", grow, AFTER_SHORT | AFTER_PRIVATE },
	{ "mremap shrink", shrink, AFTER_PAGES | AFTER_PRIVATE },
	{ "mremap move", move, AFTER_SHORT | AFTER_PRIVATE },
	{ "mremap move the second page", move_part, AFTER_PAGES },
	{ "mremap dontunmap", move_dontunmap, 0 },
	{ "mremap duplicate", duplicate, 0 },
	{ "munmap first", unmap_first, AFTER_PAGES | AFTER_SHORT },
	{ "munmap middle", unmap_middle, AFTER_PAGES | AFTER_PRIVATE },
	{ "munmap last", unmap_last, AFTER_PAGES },
	{ "adjacent", adjacent, AFTER_SHORT | AFTER_PRIVATE },
	{ "adjacent before", adjacent_before, AFTER_PAGES },
	{ "anonymous over the middle", anonymous_over, AFTER_PAGES },
	{ "itself over the first page", itself_over, 0 },
	{ "a bad one over it", bad_over, AFTER_PRIVATE },
	{ NULL, NULL, 0 },
};
