// SPDX-License-Identifier: GPL-2.0-only
/*
 * The memory of a real handler's run.  Types are not known: an address tells where the pointer to it
 * stood (the number of its page and of its word), so that following one is enough to know what has to
 * be there.  Objects never overlap, as a kernel's of different types do not.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "real.h"

#define ROOTS 0x180000000000ULL
#define WINDOWS 0x200000000000ULL
enum {
	MOST_PAGES = 160,
	WORDS = REAL_PAGE / 8,
	WINDOW_SHIFT = 20,
	MIDDLE = 1 << (WINDOW_SHIFT - 1),
	TABLE = 1024,
	RESERVED = 2048, /* undefined variables */
	RESERVED_SIZE = 16 * REAL_PAGE
};

struct page {
	uint64_t address;
	const unsigned char *pristine; /* of the object's data */
	bool fresh;
	unsigned char marks[REAL_PAGE];
};

static struct page pages[MOST_PAGES];
static size_t nr_pages;
static short table[TABLE]; /* 1 + index, by address */
static const struct real_code *code;
static unsigned char *reserve;
static unsigned nr_reserved;
static uint64_t fresh;

static struct page *find(uint64_t address)
{
	uint64_t page = address & ~(uint64_t)(REAL_PAGE - 1);
	unsigned k;

	for (k = (unsigned)((page >> 12) * 2654435761u) % TABLE; table[k]; k = (k + 1) % TABLE)
		if (pages[table[k] - 1].address == page)
			return &pages[table[k] - 1];
	return NULL;
}

static struct page *add(uint64_t page, bool map)
{
	unsigned k = (unsigned)((page >> 12) * 2654435761u) % TABLE;
	struct page *p;

	if (nr_pages == MOST_PAGES)
		return NULL;
	if (map && mmap((void *)page, REAL_PAGE, PROT_READ | PROT_WRITE,
			MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == MAP_FAILED)
		return NULL;
	while (table[k])
		k = (k + 1) % TABLE;
	p = &pages[nr_pages++];
	p->address = page;
	table[k] = (short)nr_pages;
	return p;
}

void real_memory_open(const struct real_code *c)
{
	unsigned i;

	code = c;
	mprotect(c->data, c->data_size, PROT_NONE);
	fresh = ROOTS - (1ULL << 32);
	for (i = 0; i < FRESH_ITEMS * FRESH_SIZE / REAL_PAGE; i++)
		add(fresh + (uint64_t)i * REAL_PAGE, true)->fresh = true;
}

uint64_t real_memory_reserve(void)
{
	if (!reserve) {
		reserve = real_low_memory((size_t)RESERVED * RESERVED_SIZE);
		if (reserve)
			mprotect(reserve, (size_t)RESERVED * RESERVED_SIZE, PROT_NONE);
	}
	if (!reserve || nr_reserved == RESERVED)
		return 0;
	return (uint64_t)reserve + (uint64_t)nr_reserved++ * RESERVED_SIZE + RESERVED_SIZE / 2;
}

uint64_t real_root(unsigned root)
{
	return ROOTS + ((uint64_t)root << WINDOW_SHIFT) + MIDDLE;
}

uint64_t real_fresh(unsigned item)
{
	return fresh + (uint64_t)item * FRESH_SIZE;
}

static bool is_data(uint64_t address)
{
	return address >= (uint64_t)code->data && address < (uint64_t)code->data + code->data_size;
}

bool real_is_world(uint64_t a)
{
	return is_data(a) ||
	       (reserve && a >= (uint64_t)reserve &&
		a < (uint64_t)reserve + (uint64_t)RESERVED * RESERVED_SIZE) ||
	       (a >= ROOTS && a < ROOTS + ((uint64_t)ROOT_NR << WINDOW_SHIFT)) ||
	       (a >= WINDOWS && a < WINDOWS + ((uint64_t)MOST_PAGES * WORDS << WINDOW_SHIFT));
}

bool real_appear(uint64_t address)
{
	uint64_t page = address & ~(uint64_t)(REAL_PAGE - 1);
	struct page *p;

	if (!real_is_world(address) || find(address))
		return false;
	p = add(page, !is_data(address));
	if (p && is_data(address)) {
		p->pristine = code->pristine + (page - (uint64_t)code->data);
		mprotect((void *)page, REAL_PAGE, PROT_READ | PROT_WRITE);
	}
	return p;
}

bool real_mark(uint64_t address, enum real_mark mark, unsigned size)
{
	struct page *p = find(address);
	unsigned at = address % REAL_PAGE, i;
	bool changed;

	if (!p || p->fresh || at + size > REAL_PAGE || !size || size > 8)
		return false;
	if (!mark)
		mark = (enum real_mark)size;
	/* What was known first stays: members of a union. */
	for (i = 0; i < size; i++)
		if (p->marks[at + i])
			return false;
	if (mark == MARK_POINTER && at % 8)
		return false;
	changed = p->marks[at] != mark;
	p->marks[at] = (unsigned char)mark;
	for (i = 1; i < size; i++)
		p->marks[at + i] = MARK_REST;
	return changed;
}

bool real_is_marked(uint64_t address, unsigned size)
{
	const struct page *p = find(address);
	unsigned mark = p && !p->fresh ? p->marks[address % REAL_PAGE] : 0;

	return mark == size || (mark == MARK_POINTER && size == 8);
}

bool real_is_full(void)
{
	return nr_pages == MOST_PAGES;
}

void real_forget(void)
{
	size_t i, first = FRESH_ITEMS * FRESH_SIZE / REAL_PAGE + 2, kept;

	for (kept = first, i = first; i < nr_pages; i++) {
		if (pages[i].pristine)
			mprotect((void *)pages[i].address, REAL_PAGE, PROT_NONE);
		else
			mmap((void *)pages[i].address, REAL_PAGE, PROT_NONE,
			     MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
		memset(&pages[i], 0, sizeof(pages[i]));
	}
	nr_pages = kept;
	memset(table, 0, sizeof(table));
	for (i = 0; i < nr_pages; i++) {
		unsigned k = (unsigned)((pages[i].address >> 12) * 2654435761u) % TABLE;

		while (table[k])
			k = (k + 1) % TABLE;
		table[k] = (short)(i + 1);
	}
}

static uint64_t pointer_at(const struct page *p, unsigned word)
{
	return WINDOWS + (((uint64_t)(p - pages) * WORDS + word) << WINDOW_SHIFT) + MIDDLE;
}

/* Where a list of which this word is a link began: links lead to links.  0: it is none. */
static uint64_t list_head(const struct page *p, unsigned word)
{
	uint64_t window = p->address + word * 8, slot;
	unsigned depth;

	for (depth = 0; depth < MOST_PAGES && window >= WINDOWS &&
			((window - WINDOWS) & ((1 << WINDOW_SHIFT) - 1)) == MIDDLE;
	     depth++) {
		slot = (window - WINDOWS) >> WINDOW_SHIFT;
		window = pages[slot / WORDS].address + slot % WORDS * 8;
	}
	return depth ? window : 0;
}

static void fill_page(struct page *p, const struct real_fill *f)
{
	unsigned char *to = (unsigned char *)p->address;
	uint64_t random = f->seed * 31 + p->address, v;
	unsigned w, i, mark;

	for (w = 0; w < WORDS; w++) {
		v = pointer_at(p, w);
		if (p->marks[w * 8] == MARK_POINTER && !f->no_null && !random_below(&random, 8))
			v = random_below(&random, 3) ? 0 : (uint64_t)-12;
		if (f->closed && list_head(p, w) && random_below(&random, 3))
			v = list_head(p, w);
		if (!p->pristine || p->marks[w * 8] == MARK_POINTER ||
		    ((const uint64_t *)p->pristine)[w] == 0)
			memcpy(to + w * 8, &v, 8);
		else
			memcpy(to + w * 8, p->pristine + w * 8, 8);
	}
	for (i = 0; i < REAL_PAGE; i++) {
		mark = p->marks[i];
		if (mark == MARK_BOOL) {
			to[i] = (unsigned char)random_below(&random, 2);
		} else if (mark && mark <= 8) {
			v = random_word(&random, f->hints, f->nr_hints);
			memcpy(to + i, &v, mark);
		}
	}
}

void real_fill(const struct real_fill *f, const struct request *r, const struct real_layout *l)
{
	unsigned char *vma = (unsigned char *)real_root(ROOT_VMA);
	uint64_t values[CELL_NR] = {
		[CELL_START] = r->start,
		[CELL_END] = r->end,
		[CELL_PGOFF] = r->pgoff,
		[CELL_FLAGS] = r->flags,
		[CELL_PROT] = r->prot,
		[CELL_VM_OPS] = 0,
		[CELL_PRIVATE_DATA] = r->private_data,
		[CELL_FILE] = real_root(ROOT_FILE),
		[CELL_MM] = real_root(ROOT_MM),
	};
	size_t i;

	for (i = 0; i < nr_pages; i++) {
		if (pages[i].fresh)
			memset((void *)pages[i].address, 0, REAL_PAGE);
		else
			fill_page(&pages[i], f);
	}
	for (i = 0; i < CELL_NR; i++)
		memcpy(vma + l->cells[i], &values[i], 8);
}

/* What an unknown function may do. */
void real_change_some(uint64_t *random)
{
	struct page *p;
	unsigned n, at;
	uint64_t v;

	for (n = 0; n < 64; n++) {
		p = &pages[random_below(random, nr_pages)];
		at = (unsigned)random_below(random, REAL_PAGE);
		if (p->fresh || (p->address & ~0xfffULL) == (real_root(ROOT_VMA) & ~0xfffULL) ||
		    !p->marks[at] || p->marks[at] > 8)
			continue;
		v = random_word(random, NULL, 0);
		memcpy((void *)(p->address + at), &v, p->marks[at]);
	}
}

long real_offset(uint64_t address, size_t size)
{
	const struct page *p = find(address), *q = size > 1 ? find(address + size - 1) : p;

	if (!p || !q ||
	    (q - pages) * REAL_PAGE - (p - pages) * REAL_PAGE != (long)(q->address - p->address))
		return -1;
	return (p - pages) * REAL_PAGE + (long)(address % REAL_PAGE);
}

void real_copy(unsigned char *to)
{
	size_t i;

	for (i = 0; i < nr_pages; i++)
		memcpy(to + i * REAL_PAGE, (const void *)pages[i].address, REAL_PAGE);
}

size_t real_memory_size(void)
{
	return nr_pages * REAL_PAGE;
}

size_t real_pages(void)
{
	return nr_pages;
}

/* Constant tables of the object. */
bool real_readable(uint64_t address, size_t size)
{
	return address >= (uint64_t)code->image && address + size <= (uint64_t)code->data;
}
