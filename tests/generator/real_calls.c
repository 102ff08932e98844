// SPDX-License-Identifier: GPL-2.0-only
/* What a real handler calls: written down, and answered as the run's seed dictates. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "contract/models.h"
#include "real.h"

enum { MOST_STUBS = 4096, STUB_SIZE = 32 };

struct stub {
	char *name;
	uint64_t original, at;
	struct ctype type; /* of the result, as the contract has it; NONE: it does not name it */
	const struct model *model;
	bool ignored, allocates;
};

static struct stub stubs[MOST_STUBS];
static unsigned nr_stubs;
static unsigned char *room;
static struct trace trace;
static unsigned char *copies;
static size_t copies_size;
static const struct contract *contract;
static const struct real_fill *fill;
static const struct real_layout *layout;
static uint64_t random_state;
static unsigned nesting, nr_fresh;
static struct {
	char name[64];
	unsigned nr;
} results[ROOT_NR];
static unsigned nr_results;

extern void real_common(void);
__asm__(".text\n.globl real_common\nreal_common:\n"
	"	push %rbp\n	mov %rsp, %rbp\n	and $-16, %rsp\n	sub $48, %rsp\n"
	"	mov %rdi, 0(%rsp)\n	mov %rsi, 8(%rsp)\n	mov %rdx, 16(%rsp)\n"
	"	mov %rcx, 24(%rsp)\n	mov %r8, 32(%rsp)\n	mov %r9, 40(%rsp)\n"
	"	mov %eax, %edi\n	mov %rsp, %rsi\n	cld\n	call real_dispatch\n"
	"	leave\n	ret\n");

struct pair {
	uint64_t a, d;
};
struct pair real_dispatch(unsigned number, const uint64_t *args);

static void write_stub(unsigned char *to, unsigned number)
{
	uint64_t common = (uint64_t)real_common;

	/* mov $number, %eax; movabs $common, %r11; jmp *%r11 */
	to[0] = 0xb8;
	memcpy(to + 1, &number, 4);
	to[5] = 0x49;
	to[6] = 0xbb;
	memcpy(to + 7, &common, 8);
	memcpy(to + 15, "\x41\xff\xe3", 3);
}

static struct stub *add_stub(const char *name, uint64_t original)
{
	struct stub *s = &stubs[nr_stubs];

	if (nr_stubs == MOST_STUBS)
		return NULL;
	s->name = xstrdup(name);
	s->original = original;
	nr_stubs++;
	return s;
}

uint64_t real_stub(const char *name, uint64_t original)
{
	struct stub *s;
	unsigned i;

	if (!strncmp(name, "real__", 6))
		name += 6;
	for (i = 0; i < nr_stubs; i++)
		if (!strcmp(stubs[i].name, name) && stubs[i].original == original)
			return stubs[i].at;
	if (!room)
		room = real_low_memory(MOST_STUBS * STUB_SIZE);
	s = room ? add_stub(name, original) : NULL;
	if (!s)
		return 0;
	s->at = (uint64_t)room + (uint64_t)(s - stubs) * STUB_SIZE;
	write_stub((unsigned char *)s->at, (unsigned)(s - stubs));
	return s->at;
}

bool real_has_stub(const char *function)
{
	unsigned i;

	for (i = 0; i < nr_stubs; i++)
		if (real_same_function(function, stubs[i].name))
			return true;
	return false;
}

/* What the contract says that it returns. */
static void learn(struct stub *s)
{
	const struct terms *t = contract->terms;
	size_t i;

	s->model = model_find(s->name);
	s->ignored = real_is_ignored(s->name);
	for (i = 0; i < contract->nr_effects; i++)
		s->ignored &= strcmp(contract->effects[i].name, s->name) != 0;
	s->allocates = s->model && s->model->kind == MODEL_TAKE && s->model->state == STATE_MEMORY;
	s->allocates |= strstr(s->name, "kmalloc") || strstr(s->name, "kzalloc");
	for (i = 1; i < t->nr; i++) {
		const struct term *x = term_at(t, (term_t)i);
		const char *name = x->op == TERM_CALL ? x->name : NULL;

		if (x->op == TERM_CALL && !name && s->name[0] == '.' &&
		    term_at(t, x->a)->op == TERM_LOAD &&
		    term_at(t, term_at(t, x->a)->a)->op == TERM_FIELD &&
		    !strcmp(term_at(t, term_at(t, x->a)->a)->name, s->name + 1))
			name = s->name;
		if (name && real_same_function(name, s->name))
			s->type = x->type;
	}
}

void real_stub_at(uint64_t address, const char *name)
{
	uint64_t page = address & ~(uint64_t)(REAL_PAGE - 1);
	struct stub *s = add_stub(name, 0);

	if (!s)
		return;
	mmap((void *)page, 2 * REAL_PAGE, PROT_READ | PROT_WRITE | PROT_EXEC,
	     MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
	write_stub((unsigned char *)address, (unsigned)(s - stubs));
	learn(s);
}

void real_calls_open(const struct contract *c)
{
	unsigned i;

	contract = c;
	for (i = 0; i < nr_stubs; i++)
		learn(&stubs[i]);
}

void real_calls_begin(const struct real_fill *f, const struct real_layout *l)
{
	size_t size = real_memory_size();

	fill = f;
	layout = l;
	random_state = f->seed ^ 0x5851f42d4c957f2dULL;
	nesting = nr_fresh = nr_results = 0;
	trace.nr = 0;
	trace.overflow = false;
	if (size != copies_size) {
		free(copies);
		copies = xcalloc(TRACE_EVENTS * 2, size);
		copies_size = size;
	}
}

struct trace *real_trace(void)
{
	return &trace;
}

static struct event *begin(const struct stub *s, const uint64_t *args)
{
	struct event *e;
	unsigned i;

	if (trace.nr == TRACE_EVENTS) {
		trace.overflow = true;
		return NULL;
	}
	e = &trace.events[trace.nr++];
	e->name = s->name;
	e->nr_args = TRACE_ARGS;
	for (i = 0; i < TRACE_ARGS; i++) {
		memset(&e->args[i], 0, sizeof(e->args[i]));
		memcpy(e->args[i].bytes, &args[i], 8);
		e->args[i].size = 8;
	}
	e->result.size = 0;
	e->before = copies + (size_t)(trace.nr - 1) * 2 * copies_size;
	e->after = e->before + copies_size;
	real_copy(e->before);
	return e;
}

/* An object for each function and occurrence. */
static uint64_t object(const char *name)
{
	unsigned i, nr = 0;

	for (i = 0; i < trace.nr; i++)
		nr += !strcmp(trace.events[i].name, name);
	for (i = 0; i < nr_results; i++)
		if (results[i].nr == nr &&
		    !strncmp(results[i].name, name, sizeof(results[i].name) - 1))
			break;
	if (i == nr_results && nr_results < ROOT_NR - ROOT_RESULT) {
		snprintf(results[i].name, sizeof(results[i].name), "%s", name);
		results[i].nr = nr;
		nr_results++;
	}
	return real_root(ROOT_RESULT + i);
}

static uint64_t new_item(void)
{
	if (nr_fresh == FRESH_ITEMS || (!fill->no_null && !random_below(&random_state, 5)))
		return 0;
	return real_fresh(nr_fresh++);
}

static uint64_t hash(const char *name, const uint64_t *args, unsigned nr)
{
	uint64_t h = 14695981039346656037ULL ^ fill->seed;

	for (; *name; name++)
		h = (h ^ (unsigned char)*name) * 1099511628211ULL;
	for (; nr; nr--)
		h = (h ^ args[nr - 1]) * 1099511628211ULL;
	return h;
}

static uint64_t answer(const struct stub *s, const uint64_t *args, bool silent)
{
	static const int errors[] = { -22, -12, -11, -16, -6, -1 };
	bool repeats = s->model && (s->model->kind == MODEL_PURE || s->model->kind == MODEL_VALUE ||
				    s->model->kind == MODEL_READ);
	uint64_t own = repeats ? hash(s->name, args, 2) : 0,
		 *random = repeats ? &own : &random_state;

	if (s->allocates)
		return new_item();
	if (s->ignored)
		return 0;
	switch (s->type.kind) {
	case CTYPE_BOOL:
		return random_below(random, 2);
	case CTYPE_POINTER:
		if (!fill->no_null && !random_below(random, 6))
			return random_below(random, 2)
				       ? 0
				       : (uint64_t)(int64_t)errors[random_below(random, 6)];
		return object(s->name);
	case CTYPE_INT:
		if (s->type.is_signed && s->type.bits == 32 && random_below(random, 6))
			return random_below(random, 3)
				       ? 0
				       : (uint64_t)(int64_t)errors[random_below(random, 6)];
		return random_word(random, fill->hints, fill->nr_hints);
	case CTYPE_RECORD:
		return random_next(random) & 0xfffffff;
	default:
		/* Who is not in the contract: inside something that is modelled. */
		return fill->no_null && silent ? object(s->name) : 0;
	}
}

static uint64_t *cell(enum vma_cell c)
{
	return (uint64_t *)(real_root(ROOT_VMA) + layout->cells[c]);
}

/* mm/memory.c's checks, and what it does to the mapping. */
static uint64_t do_action(const struct stub *s, const uint64_t *args, uint64_t ret)
{
	enum { IO = 0x4000, PFNMAP = 0x400, DONTEXPAND = 0x40000, DONTDUMP = 0x4000000 };
	const uint64_t remap = IO | PFNMAP | DONTEXPAND | DONTDUMP, mixed = 0x10000000;
	bool cow = (*cell(CELL_FLAGS) & 0x28) == 0x20;
	uint64_t start = *cell(CELL_START), end = *cell(CELL_END), pages = (end - start) >> 12, n;
	uint64_t einval = (uint64_t)-22;

	if (ret == einval)
		ret = (uint64_t)-12;
	switch (s->model->action) {
	case ACTION_REMAP:
	case ACTION_IOREMAP:
		if (cow && (args[1] != start || args[1] + ((args[3] + 4095) & ~4095ULL) != end))
			return einval;
		if (cow)
			*cell(CELL_PGOFF) = args[2];
		*cell(CELL_FLAGS) |= remap;
		return ret;
	case ACTION_SIMPLE_IOREMAP:
		n = ((args[2] + (args[1] & 4095)) + 4095) >> 12;
		if (args[1] + args[2] < args[1] || *cell(CELL_PGOFF) > n ||
		    pages > n - *cell(CELL_PGOFF))
			return einval;
		if (cow)
			*cell(CELL_PGOFF) += args[1] >> 12;
		*cell(CELL_FLAGS) |= remap;
		return ret;
	case ACTION_DMA:
		/* Which way depends on the kind of memory. */
		if (ret)
			return einval;
		if (cow)
			*cell(CELL_PGOFF) = args[3] >> 12;
		*cell(CELL_FLAGS) |= remap;
		return 0;
	case ACTION_VMALLOC:
		if (ret)
			return einval;
		*cell(CELL_FLAGS) |= mixed | DONTEXPAND | DONTDUMP;
		return 0;
	case ACTION_INSERT_PFN:
		return 256 /* VM_FAULT_NOPAGE */;
	default:
		*cell(CELL_FLAGS) |= mixed;
		return ret;
	}
}

static uint64_t do_external(const struct stub *s, const uint64_t *args, bool silent)
{
	uint64_t ret = answer(s, args, silent);
	enum model_kind kind = s->model ? s->model->kind : MODEL_NORETURN;

	if (s->ignored || silent || s->allocates)
		return ret;
	if (kind == MODEL_SET_FILE && args[0] == real_root(ROOT_VMA)) {
		*cell(CELL_FILE) = args[1];
	} else if (!s->model) {
		real_change_some(&random_state);
	} else if (kind == MODEL_ACTION && args[0] == real_root(ROOT_VMA)) {
		ret = do_action(s, args, ret);
	} else if (kind == MODEL_ACTION && args[1] == real_root(ROOT_VMA)) {
		/* dma_mmap_*(device, vma, address, handle, size) */
		const uint64_t moved[6] = { args[1], args[2], args[2], args[3], args[4], args[5] };

		ret = do_action(s, moved, ret);
	} else if (s->model->state == STATE_LOCK) {
		real_change_some(&random_state);
	}
	return ret;
}

struct pair real_dispatch(unsigned number, const uint64_t *args)
{
	typedef struct pair original(uint64_t, uint64_t, uint64_t, uint64_t, uint64_t, uint64_t);
	struct stub *s = &stubs[number];
	struct event *e = nesting || s->ignored ? NULL : begin(s, args);
	struct pair r = { 0, 0 };

	if (s->original) {
		nesting++;
		r = ((original *)s->original)(args[0], args[1], args[2], args[3], args[4], args[5]);
		nesting--;
	} else {
		r.a = do_external(s, args, !e);
	}
	if (e) {
		memcpy(e->result.bytes, &r.a, 8);
		e->result.size = s->type.kind == CTYPE_INT && s->type.bits < 64 ? s->type.bits / 8
				 : s->type.kind == CTYPE_BOOL			? 1
										: 8;
		memset(e->result.bytes + e->result.size, 0, 8 - e->result.size);
		real_copy(e->after);
	}
	return r;
}

/* Of nothing that runs natively is more known than its events tell. */
bool real_pure(const char *name, const struct value *args, unsigned nr, const unsigned char *then,
	       struct value *result)
{
	uint64_t a = nr ? value_number(&args[0]) : 0;

	(void)then;
	if (nr == 1 && (!strcmp(name, "IS_ERR") || !strcmp(name, "IS_ERR_OR_NULL")))
		value_set_number(result, a >= (uint64_t)-4095 || (!a && name[6]), 8);
	else if (nr == 1 && (!strcmp(name, "PTR_ERR") || !strcmp(name, "ERR_PTR")))
		value_set_number(result, a, 8);
	else
		return false;
	return true;
}
