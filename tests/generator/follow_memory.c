// SPDX-License-Identifier: GPL-2.0-only
/* What a path's effects do to memory and to the mapping, and whether the run's is the same. */
#include <stdlib.h>
#include <string.h>

#include "follow_internal.h"

bool follow_fail(struct follow *f, char *why)
{
	if (f->why)
		free(why);
	else
		f->why = why;
	return false;
}

void follow_leave_open(struct follow *f, const char *what)
{
	if (!f->left_open)
		f->left_open = what;
}

size_t follow_memory_size(const struct follow *f)
{
	return f->w->run->memory_size;
}

static long offset_of(const struct follow *f, uint64_t address, size_t size)
{
	return f->w->run->offset(address, size);
}

bool follow_within(const struct follow *f, uint64_t address, size_t size)
{
	return offset_of(f, address, size) >= 0;
}

/* Memory of an allocation belongs to the path until its address is stored: no effects show it. */
static bool is_fresh(const struct follow *f, size_t i)
{
	long first = f->w->run->fresh_size ? offset_of(f, (uint64_t)f->w->run->fresh, 1) : -1;

	return first >= 0 && i >= (size_t)first && i < (size_t)first + f->w->run->fresh_size;
}

bool follow_same_memory(struct follow *f, const unsigned char *now, const char *when)
{
	size_t i, vma = (size_t)offset_of(f, (uint64_t)f->w->run->vma, 1);

	for (i = 0; i < follow_memory_size(f); i++) {
		/* Most of it is as it was. */
		while (i + 64 <= follow_memory_size(f) && !memcmp(f->memory + i, now + i, 64))
			i += 64;
		if (i < follow_memory_size(f) && !f->open[i] && !is_fresh(f, i) &&
		    f->memory[i] != now[i])
			return follow_fail(
				f,
				xasprintf(
					"%s: byte %zu of the memory (the vma is at %zu) is %02x, predicted %02x",
					when, i, vma, now[i], f->memory[i]));
	}
	memcpy(f->memory, now, follow_memory_size(f));
	memset(f->open, 0, follow_memory_size(f));
	return true;
}

static void open_bytes(struct follow *f, uint64_t address, size_t size)
{
	if (!follow_within(f, address, size))
		return;
	memset(f->open + offset_of(f, address, size), 1, size);
	follow_leave_open(f, "a value that is stored");
}

static void write_bytes(struct follow *f, uint64_t address, const void *from, size_t size)
{
	size_t offset;

	if (!follow_within(f, address, size))
		return;
	offset = (size_t)offset_of(f, address, size);
	memcpy(f->memory + offset, from, size);
	memset(f->open + offset, 0, size);
}

static size_t value_size(const struct follow *f, term_t address, const struct value *v)
{
	const struct term *t = term_at(f->w->c->terms, address);
	const struct member *m = t->op == TERM_FIELD ? member_at(t->name, t->value) : NULL;

	/* A record that was zeroed has no size of its own. */
	return v->size ? v->size : m ? m->size : 0;
}

/* The bytes of an object that a term names, which nothing is known of from now on. */
static size_t object_size(const struct follow *f, term_t address, term_t value)
{
	const struct term *t = term_at(f->w->c->terms, address),
			  *v = term_at(f->w->c->terms, value);
	const struct member *m = t->op == TERM_FIELD ? member_at(t->name, t->value) : NULL;

	if (v->type.kind == CTYPE_INT || v->type.kind == CTYPE_POINTER)
		return v->type.bits / 8;
	return v->type.kind == CTYPE_BOOL ? 1 : m ? m->size : 16;
}

bool follow_store(struct follow *f, const struct effect *e)
{
	const struct member *bits;
	struct value v;
	uint64_t address;
	size_t offset;

	if (e->args.nr < 2)
		return follow_fail(
			f, xasprintf("a store without address and value, line %u", e->line));
	if (world_address(f->w, e->args.items[0], &address, &bits)) {
		/* Anywhere. */
		memset(f->open, 1, follow_memory_size(f));
		follow_leave_open(f, "where something is stored");
	} else if (world_value(f->w, e->args.items[1], &v)) {
		open_bytes(f, address,
			   bits ? bits->size : object_size(f, e->args.items[0], e->args.items[1]));
	} else if (bits && follow_within(f, address, bits->size)) {
		offset = (size_t)offset_of(f, address, bits->size);
		bits_write(bits, f->memory + offset, value_number(&v));
	} else if (!bits) {
		write_bytes(f, address, v.bytes, value_size(f, e->args.items[0], &v));
	}
	return true;
}

unsigned char *follow_cell(const struct follow *f, const unsigned char *memory, enum vma_cell cell)
{
	return (unsigned char *)memory + offset_of(f, (uint64_t)f->w->run->vma, 1) +
	       f->w->run->cells[cell];
}

bool follow_set_cell(struct follow *f, const struct effect *e, enum vma_cell cell)
{
	unsigned char *at = follow_cell(f, f->memory, cell);
	struct value v;

	if (e->args.nr && !world_value(f->w, e->args.items[0], &v)) {
		memcpy(at, v.bytes, 8);
		memset(f->open + (at - f->memory), 0, 8);
	} else {
		memset(f->open + (at - f->memory), 1, 8);
		follow_leave_open(f, "a value of the mapping");
	}
	return true;
}

bool follow_flags(struct follow *f, const struct effect *e)
{
	unsigned char *at = follow_cell(f, f->memory, CELL_FLAGS);
	uint64_t flags, mask;

	if (e->kind == EFFECT_FLAGS_OTHER)
		return follow_set_cell(f, e, CELL_FLAGS);
	memcpy(&flags, at, sizeof(flags));
	if (!e->args.nr || world_number(f->w, e->args.items[0], &mask)) {
		memset(f->open + (at - f->memory), 1, 8);
		follow_leave_open(f, "a value of the mapping");
		return true;
	}
	flags = e->kind == EFFECT_FLAGS_SET ? flags | mask : flags & ~mask;
	memcpy(at, &flags, sizeof(flags));
	return true;
}
