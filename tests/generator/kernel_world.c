// SPDX-License-Identifier: GPL-2.0-only
/* The memory of a run, random at its start and changed by helpers as its seed dictates. */
#include "kernel_world.h"

DRIVER_DATA struct vm_area_struct the_vma = {};
DRIVER_DATA struct vm_area_desc the_desc = {};
DRIVER_DATA static struct mm_struct the_mm = { 0, 0 };
DRIVER_DATA static struct file files[2] = {};
DRIVER_DATA struct dev devices[DEVICES] = {};
DRIVER_DATA struct item items[ITEMS] = {};
DRIVER_DATA struct page all_pages[PAGES] = {};
DRIVER_DATA struct dev *the_dev = NULL;
DRIVER_DATA u32 open_count = 0;

const struct vm_operations_struct demo_vm_ops = { NULL }, other_vm_ops = { NULL },
				  generic_file_vm_ops = { NULL };
static const struct dev_ops tables[2] = { { ops_check, ops_map }, { ops_check, ops_map } };
DRIVER_TABLE static const u32 first_table = 0;
static const struct file_operations the_fops = { NULL };

/* The batch's own variables, that may hold any number. */
extern u32 *const driver_words[];
extern const unsigned char __start_driver_tables[], __stop_driver_tables[];

static struct trace trace;
/* What an event shows of the memory. */
enum { MEMORY_MAX = 4096 };
static unsigned char copies[TRACE_EVENTS][2][MEMORY_MAX];
extern struct run_interface run_interface;
uint64_t seed;
struct populated populated;
static struct vm_area_desc first_desc;
static u64 capabilities, action_seed;
static const uint64_t *hints;
static size_t nr_hints;
static unsigned nesting;

static long offset(uint64_t address, size_t size)
{
	uint64_t base = (uint64_t)__start_driver_data, all = run_interface.memory_size;

	return size <= all && address >= base && address - base <= all - size
		       ? (long)(address - base)
		       : -1;
}

static void copy(unsigned char *to)
{
	__builtin_memcpy(to, __start_driver_data, run_interface.memory_size);
}

/* What a helper calls in turn is not the handler's doing: no event. */
struct event *event_begin(const char *name)
{
	struct event *e;

	if (nesting++)
		return NULL;
	if (trace.nr == TRACE_EVENTS) {
		trace.overflow = true;
		return NULL;
	}
	e = &trace.events[trace.nr++];
	e->name = name;
	e->nr_args = 0;
	e->result.size = 0;
	e->before = copies[trace.nr - 1][0];
	e->after = copies[trace.nr - 1][1];
	copy(e->before);
	return e;
}

static void set_value(struct value *v, const void *from, size_t size)
{
	__builtin_memset(v, 0, sizeof(*v));
	__builtin_memcpy(v->bytes, from, size);
	v->size = (unsigned)size;
}

void event_arg(struct event *e, const void *arg, size_t size)
{
	if (e)
		set_value(&e->args[e->nr_args++], arg, size);
}

void event_result(struct event *e, const void *result, size_t size)
{
	if (e)
		set_value(&e->result, result, size);
}

void event_end(struct event *e)
{
	nesting--;
	if (e)
		copy(e->after);
}

u64 dictated_number(u64 below)
{
	return random_below(&seed, below);
}

u64 dictated_word(void)
{
	return random_word(&seed, hints, nr_hints);
}

int dictated_errno(void)
{
	static const int errors[] = { -EINVAL, -ENOMEM, -EAGAIN, -EBUSY, -ENXIO };

	return random_below(&seed, 4) ? 0 : errors[random_below(&seed, 5)];
}

/* Its errors are a stream of their own: after a hook it is filled later.  None that says that nothing was done. */
int populate(enum filled how, unsigned long address, unsigned long what, unsigned long size, pgprot_t prot)
{
	static const int errors[] = { -ENOMEM, -EAGAIN, -EBUSY };

	if (populated.nr < sizeof(populated.ranges) / sizeof(*populated.ranges)) {
		populated.ranges[populated.nr].how = how;
		populated.ranges[populated.nr].address = address;
		populated.ranges[populated.nr].what = what;
		populated.ranges[populated.nr].size = size;
		populated.ranges[populated.nr].prot = prot.pgprot;
	}
	populated.nr++;
	return random_below(&action_seed, 4) ? 0 : errors[random_below(&action_seed, 3)];
}

int dictated_int(void)
{
	return random_below(&seed, 4) ? dictated_errno() : (int)dictated_word();
}

struct dev *dictated_device(long otherwise)
{
	return random_below(&seed, 4) ? &devices[random_below(&seed, DEVICES)]
				      : (struct dev *)otherwise;
}

int dictated_capability(int cap)
{
	return (int)(capabilities >> (cap & 63) & 1);
}

static void setup_device(struct dev *d)
{
	unsigned i;

	__builtin_memset(d, 0, sizeof(*d));
	d->node.next = d->node.prev = &d->node;
	d->list.next = d->list.prev = &d->list;
	d->ops = &tables[random_below(&seed, 2)];
	d->peer = &devices[random_below(&seed, DEVICES)];
	d->cursor = &devices[random_below(&seed, DEVICES)].count;
	d->page = &all_pages[0];
	d->ref.refcount = 1 + (int)random_below(&seed, 3);
	for (i = 0; i < 4; i++)
		d->pages[i] = &all_pages[random_below(&seed, PAGES)];
	d->mm = &the_mm;
	for (i = 0; i < 48; i++)
		change_field(d);
}

static void setup(uint64_t seed_, const struct request *r, const uint64_t *hints_, size_t nr_hints_)
{
	unsigned i;

	seed = seed_;
	hints = hints_;
	nr_hints = nr_hints_;
	capabilities = random_next(&seed);
	action_seed = random_next(&seed);
	__builtin_memset(&populated, 0, sizeof(populated));
	nesting = 0;
	change_reset();
	trace.nr = 0;
	trace.overflow = false;
	for (i = 0; driver_words[i]; i++)
		RANDOM(*driver_words[i]);
	for (i = 0; i < DEVICES; i++)
		setup_device(&devices[i]);
	__builtin_memset(items, 0, sizeof(items));
	the_dev = &devices[random_below(&seed, DEVICES)];
	RANDOM(open_count);
	for (i = 0; i < 2; i++) {
		files[i].f_mode = (unsigned)r->f_mode;
		files[i].f_flags = (unsigned)r->f_flags;
		files[i].private_data = &devices[(r->device + i) % DEVICES];
		files[i].f_op = &the_fops;
		files[i].f_count = 1 + i;
	}
	__builtin_memset(&the_vma, 0, sizeof(the_vma));
	the_vma.vm_start = r->start;
	the_vma.vm_end = r->end;
	the_vma.vm_mm = &the_mm;
	the_vma.vm_page_prot.pgprot = r->prot;
	the_vma.__vm_flags = r->flags;
	the_vma.vm_ops = r->vm_ops ? &other_vm_ops : NULL;
	the_vma.vm_pgoff = r->pgoff;
	the_vma.vm_file = &files[0];
	the_vma.vm_private_data = (void *)r->private_data;
	__builtin_memset(&the_desc, 0, sizeof(the_desc));
	the_desc.mm = &the_mm;
	the_desc.file = the_desc.vm_file = &files[0];
	the_desc.start = r->start;
	the_desc.end = r->end;
	the_desc.pgoff = r->pgoff;
	the_desc.vm_flags = r->flags;
	the_desc.page_prot.pgprot = r->prot;
	the_desc.vm_ops = the_vma.vm_ops;
	the_desc.private_data = the_vma.vm_private_data;
	first_desc = the_desc;
}

/* A hook has one argument, and does not look at the second. */
static int run(int (*handler)(void *, void *), bool hook)
{
	return hook ? handler(&the_desc, NULL) : handler(&files[0], &the_vma);
}

/* The mapping is all that is left of the descriptor. */
static int complete(int result, enum core_way way)
{
	result = core_complete(result, way);
	the_desc = first_desc;
	return result;
}

#define IS(function) (!__builtin_strcmp(name, function))

static unsigned long number_of(const struct value *v)
{
	unsigned long n = 0;

	__builtin_memcpy(&n, v->bytes, sizeof(n));
	return n;
}

static void set_number(struct value *v, unsigned long n)
{
	set_value(v, &n, sizeof(n));
}

/*
 * What kernel.c leaves of flags and pgoff: (flags, pgoff, result, arguments behind the vma).  Each function has
 * an error of its own for having changed nothing.
 */
static bool after_action(const char *name, const struct value *args, struct value *result)
{
	unsigned long flags = number_of(&args[0]), pgoff = number_of(&args[1]);
	int ret = (int)number_of(&args[2]);
	bool is_pgoff = name[0] == 'p', cow = is_cow_mapping(flags);

	name += sizeof("flags after ") - 1;
	if (IS("remap_pfn_range") || IS("io_remap_pfn_range")) {
		if (ret != -EINVAL)
			flags |= REMAP_FLAGS;
		if (ret != -EINVAL && cow)
			pgoff = number_of(&args[4]);
	} else if (IS("vm_iomap_memory") || IS("dma_mmap_coherent")) {
		if (ret != -EINVAL && cow && is_pgoff)
			return false; /* its other arguments say it */
		if (ret != -EINVAL)
			flags |= REMAP_FLAGS;
	} else if (IS("remap_vmalloc_range")) {
		flags |= ret == -EINVAL ? 0
			 : ret		? VM_MIXEDMAP
					: VM_MIXEDMAP | VM_DONTEXPAND | VM_DONTDUMP;
	} else if (IS("vm_map_pages") || IS("vm_map_pages_zero")) {
		flags |= ret == -ENXIO ? 0 : VM_MIXEDMAP;
	} else {
		flags |= ret == -EINVAL ? 0 : VM_MIXEDMAP;
	}
	set_number(result, is_pgoff ? pgoff : flags);
	return true;
}

static bool starts(const char *name, const char *with)
{
	return !__builtin_strncmp(name, with, __builtin_strlen(with));
}

static _Bool pure(const char *name, const struct value *args, unsigned nr,
		  const unsigned char *then, struct value *result)
{
	unsigned long a = nr ? number_of(&args[0]) : 0, next;
	pgprot_t prot;
	int counter;

	if (nr >= 4 && (starts(name, "flags after ") || starts(name, "pgoff after ")))
		return after_action(name, args, result);
	if (nr != 1)
		return false;
	prot.pgprot = a;
	if (IS("pgprot_noncached") || IS("pgprot_writecombine") || IS("vm_get_page_prot")) {
		prot = IS("pgprot_noncached")	   ? pgprot_noncached(prot)
		       : IS("pgprot_writecombine") ? pgprot_writecombine(prot)
						   : vm_get_page_prot(a);
		set_value(result, &prot, sizeof(prot));
	} else if (IS("capable")) {
		set_number(result, capable((int)a));
	} else if (IS("is_cow_mapping")) {
		set_number(result, is_cow_mapping(a));
	} else if (IS("IS_ERR")) {
		set_number(result, IS_ERR((void *)a));
	} else if (IS("PTR_ERR") || IS("ERR_PTR")) {
		set_number(result, a);
	} else if (IS("atomic_read") && then && in_driver_data((void *)a)) {
		__builtin_memcpy(&counter, then + (a - (unsigned long)__start_driver_data),
				 sizeof(counter));
		set_number(result, (unsigned long)counter);
	} else if (IS("list_empty") && then && in_driver_data((void *)a)) {
		__builtin_memcpy(&next, then + (a - (unsigned long)__start_driver_data),
				 sizeof(next));
		set_number(result, next == a);
	} else {
		return false;
	}
	return true;
}

static _Bool readable(uint64_t address, size_t size)
{
	const unsigned char *p = (const unsigned char *)address;

#define WITHIN(object) \
	(p >= (const unsigned char *)&(object) && \
	 p + size <= (const unsigned char *)(&(object) + 1))
	(void)first_table;
	if (p >= __start_driver_tables && p + size <= __stop_driver_tables)
		return true;
	return WITHIN(demo_vm_ops) || WITHIN(other_vm_ops) || WITHIN(generic_file_vm_ops) ||
	       WITHIN(tables) || WITHIN(the_fops);
}

struct run_interface run_interface = {
	/* start, end, pgoff, flags, prot, vm_ops, private_data, file, mm */
	.cells = { offsetof(struct vm_area_struct, vm_start),
		   offsetof(struct vm_area_struct, vm_end),
		   offsetof(struct vm_area_struct, vm_pgoff),
		   offsetof(struct vm_area_struct, vm_flags),
		   offsetof(struct vm_area_struct, vm_page_prot),
		   offsetof(struct vm_area_struct, vm_ops),
		   offsetof(struct vm_area_struct, vm_private_data),
		   offsetof(struct vm_area_struct, vm_file),
		   offsetof(struct vm_area_struct, vm_mm) },
	.desc_cells = { offsetof(struct vm_area_desc, start), offsetof(struct vm_area_desc, end),
			offsetof(struct vm_area_desc, pgoff),
			offsetof(struct vm_area_desc, vm_flags),
			offsetof(struct vm_area_desc, page_prot),
			offsetof(struct vm_area_desc, vm_ops),
			offsetof(struct vm_area_desc, private_data),
			offsetof(struct vm_area_desc, vm_file), offsetof(struct vm_area_desc, mm) },
	.desc = &the_desc,
	.trace = &trace,
	.offset = offset,
	.copy = copy,
	.vma = &the_vma,
	.vma_size = sizeof(the_vma),
	.file = &files[0],
	.mm = &the_mm,
	.fresh = (unsigned char *)items,
	.fresh_size = sizeof(items),
	.setup = setup,
	.run = run,
	.complete = complete,
	.be_still = be_still,
	.populated = &populated,
	.populated_size = sizeof(populated),
	.pure = pure,
	.readable = readable,
};

__attribute__((constructor)) static void measure(void)
{
	run_interface.memory_size = (size_t)(__stop_driver_data - __start_driver_data);
	/* A driver with more memory than that is none of ours. */
	if (run_interface.memory_size > MEMORY_MAX)
		__builtin_trap();
}
