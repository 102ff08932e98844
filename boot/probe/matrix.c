// SPDX-License-Identifier: GPL-2.0-only
/*
 * What every subject is asked: protections, shared or private, ranges, flags; then, on a mapping that stands, what
 * processes do with mappings (after*.c).
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

#include "core.h"

#ifndef MAP_SYNC
#define MAP_SYNC 0x80000
#endif

enum range { ALL, FIRST, LAST, MIDDLE, PAST, MORE, FAR, HUGE_LENGTH, BYTE, RANGES };
static const char *const range_names[RANGES] = {
	[ALL] = "all",
	[FIRST] = "first page",
	[LAST] = "last page",
	[MIDDLE] = "middle page",
	[PAST] = "page past the end",
	[MORE] = "a page more",
	[FAR] = "far past the end",
	[HUGE_LENGTH] = "a huge length",
	[BYTE] = "one byte",
};

struct plain {
	const char *name; /* "shared rw" */
	int prot, flags;
	unsigned ranges; /* bits of enum range */
	bool in_short;	 /* part of the short matrix, with its three ranges */
};

#define BIT(range) (1u << (range))
#define EVERY ((1u << RANGES) - 1)
#define FEW (BIT(ALL) | BIT(FIRST))
#define SHORT (BIT(ALL) | BIT(FIRST) | BIT(MORE))
#define R PROT_READ
#define W PROT_WRITE
#define X PROT_EXEC

static const struct plain plains[] = {
	{ "shared r", R, MAP_SHARED, EVERY, true },
	{ "shared rw", R | W, MAP_SHARED, EVERY, true },
	{ "private r", R, MAP_PRIVATE, EVERY & ~BIT(BYTE), true },
	{ "private rw", R | W, MAP_PRIVATE, EVERY & ~BIT(BYTE), true },
	{ "shared none", PROT_NONE, MAP_SHARED, FEW, false },
	{ "shared w", W, MAP_SHARED, FEW | BIT(MORE), false },
	{ "shared rx", R | X, MAP_SHARED, FEW, false },
	{ "shared rwx", R | W | X, MAP_SHARED, BIT(ALL), false },
	{ "private none", PROT_NONE, MAP_PRIVATE, FEW, false },
	{ "private w", W, MAP_PRIVATE, FEW, false },
	{ "private rx", R | X, MAP_PRIVATE, FEW, false },
	{ "shared r populate", R, MAP_SHARED | MAP_POPULATE, BIT(ALL), false },
	{ "shared rw populate", R | W, MAP_SHARED | MAP_POPULATE, BIT(ALL) | BIT(MORE), true },
	{ "private rw populate", R | W, MAP_PRIVATE | MAP_POPULATE, BIT(ALL), false },
	{ "shared rw locked", R | W, MAP_SHARED | MAP_LOCKED, BIT(ALL), true },
	{ "private r locked", R, MAP_PRIVATE | MAP_LOCKED, BIT(ALL), false },
	{ "shared-validate rw", R | W, MAP_SHARED_VALIDATE, BIT(ALL), false },
	{ "shared-validate rw sync", R | W, MAP_SHARED_VALIDATE | MAP_SYNC, BIT(ALL), false },
	{ "private rw noreserve", R | W, MAP_PRIVATE | MAP_NORESERVE, BIT(ALL), false },
};
#define N_PLAINS (sizeof(plains) / sizeof(*plains))

struct cell {
	const struct plain *plain;
	enum range range;
	const struct after *after;
};

static struct want want_of(const struct cell *c, const struct opened *o)
{
	size_t unit = unit_of(o), n = (size_t)((o->size + unit - 1) / unit);
	struct want w = {
		.prot = c->plain->prot, .flags = c->plain->flags, .offset = o->offset, .len = unit
	};

	if (!n)
		n = 1;
	switch (c->range) {
	case ALL:
		w.len = n * unit;
		break;
	case LAST:
		w.offset += (n - 1) * unit;
		break;
	case MIDDLE:
		w.offset += n / 2 * unit;
		break;
	case PAST:
		w.offset += n * unit;
		break;
	case MORE:
		w.len = (n + 1) * unit;
		break;
	case FAR:
		w.offset += (n + (1u << 18)) * unit;
		break;
	case HUGE_LENGTH:
		w.len = 1u << 30;
		break;
	case BYTE:
		w.len = 1;
		break;
	default:
		break;
	}
	return w;
}

/* A mapping of what the cell asks for; its errno is in the result. */
static bool stands(const struct subject *s, struct opened *o, const struct cell *c,
		   struct standing *st, struct result *r)
{
	long at;

	*st = (struct standing){ .subject = s, .o = o, .want = want_of(c, o), .unit = unit_of(o) };
	at = map_file(st, &st->want, NULL, 0);
	/* Addresses begin with a 0 bit; those that a handler makes up from an errno are in the last page. */
	result_errno(r, "mmap", at);
	st->at = (char *)at;
	return at >= 0;
}

static void plain_body(const struct subject *s, struct opened *o, const void *arg, struct result *r)
{
	const struct cell *c = arg;
	struct standing st;

	if (!stands(s, o, c, &st, r)) {
		locked_result(r, "");
		return;
	}
	stand_result(st.at, st.want.len, st.want.offset, r, "");
	locked_result(r, "");
	/* A huge mapping's content says nothing more, and takes long. */
	if (c->range != HUGE_LENGTH)
		touch_result(&st, r, "");
	result_errno(r, "munmap", munmap(st.at, st.want.len) ? -errno : 0);
	locked_result(r, "unmapped");
}

static void after_body(const struct subject *s, struct opened *o, const void *arg, struct result *r)
{
	const struct cell *c = arg;
	struct standing st;

	if (stands(s, o, c, &st, r))
		c->after->ask(&st, r);
}

/* Same as the one before it where the file has few pages. */
static bool distinct(enum range range)
{
	size_t n = (size_t)((shared->size + shared->unit - 1) / shared->unit);

	if (range == FIRST || range == LAST)
		return n > 1;
	return range != MIDDLE || n > 2;
}

static bool is_few(const struct subject *s)
{
	return shared->few || s->traits & FEW_REQUESTS;
}

static void plain_requests(const struct subject *s)
{
	bool few = is_few(s);

	for (size_t i = 0; i < N_PLAINS; i++) {
		const struct plain *p = &plains[i];

		for (int range = 0; range < RANGES; range++) {
			struct cell c = { p, (enum range)range, NULL };
			char name[100];

			if (!(p->ranges & BIT(range)) || !distinct(c.range))
				continue;
			if (few && (!p->in_short || !(SHORT & BIT(range))))
				continue;
			snprintf(name, sizeof(name), "%s %s", p->name, range_names[range]);
			request(s, name, plain_body, &c);
		}
	}
}

static void base_body(const struct subject *s, struct opened *o, const void *arg, struct result *r)
{
	const struct cell *tries = arg;
	struct standing st;

	for (int i = 0; tries[i].plain && shared->mode < 0; i++) {
		if (!stands(s, o, &tries[i], &st, r))
			continue;
		munmap(st.at, st.want.len);
		shared->mode = i;
	}
}

/* The mapping that the rest begins with: the first of these that the subject allows. */
static const struct cell *find_base(const struct subject *s)
{
	static const struct cell tries[] = {
		{ &plains[1], ALL, NULL },   { &plains[0], ALL, NULL },
		{ &plains[3], ALL, NULL },   { &plains[2], ALL, NULL },
		{ &plains[1], FIRST, NULL }, { &plains[0], FIRST, NULL },
		{ &plains[3], FIRST, NULL }, { &plains[2], FIRST, NULL },
		{ NULL, ALL, NULL },
	};

	shared->mode = -1;
	request(s, NULL, base_body, tries);
	return shared->mode < 0 ? NULL : &tries[shared->mode];
}

static void after_requests(const struct subject *s, const struct cell *base,
			   const struct after *list, bool private)
{
	size_t n = (size_t)((shared->size + shared->unit - 1) / shared->unit);

	for (const struct after *a = list; a->name; a++) {
		struct cell c = { base->plain, base->range, a };
		char name[100];

		if ((is_few(s) && !(a->when & AFTER_SHORT)) ||
		    (private && !(a->when & AFTER_PRIVATE)) ||
		    (a->when & AFTER_WRITES && s->traits & (NO_WRITE_TOUCH | NO_READ_TOUCH)) ||
		    (a->when & AFTER_PAGES && (base->range != ALL || n < 3)))
			continue;
		snprintf(name, sizeof(name), "%s %s then %s", base->plain->name,
			 range_names[base->range], a->name);
		request(s, name, after_body, &c);
	}
}

void matrix(const struct subject *s)
{
	static const struct cell private = { &plains[3], ALL, NULL };
	const struct cell *base;

	plain_requests(s);
	base = find_base(s);
	if (!base)
		return;
	after_requests(s, base, afters, false);
	after_requests(s, base, file_afters, false);
	after_requests(s, base, hint_afters, false);
	if (base->plain == &plains[1] && base->range == ALL && !(s->traits & FEW_REQUESTS)) {
		after_requests(s, &private, afters, true);
		after_requests(s, &private, file_afters, true);
		after_requests(s, &private, hint_afters, true);
	}
}
