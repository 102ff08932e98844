/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A kernel small enough to run: what generated handlers see.  Read twice, by libclang for the
 * contract and by gcc for the run, so both have the same types and the same inlines.  Names and
 * argument lists are the kernel's, bodies are our own.  kernel_*.c implement what is declared here.
 *
 * Records that are copied as a whole have no padding, and member names of records that travel by
 * value are unique: values.c finds their layout by name.
 */
#ifndef GENERATOR_KERNEL_H
#define GENERATOR_KERNEL_H

#include "kernel_language.h"

struct mutex {
	int locked;
};
typedef struct {
	int held;
} spinlock_t;
struct kref {
	int refcount;
};
typedef struct {
	int counter;
} atomic_t;
struct list_head {
	struct list_head *next, *prev;
};
struct page {
	unsigned long flags;
};
struct mm_struct {
	unsigned long total_vm, locked_vm;
};
struct vm_fault;
struct file;
struct vm_area_struct;

struct vm_operations_struct {
	void (*open)(struct vm_area_struct *vma);
	void (*close)(struct vm_area_struct *vma);
	vm_fault_t (*fault)(struct vm_fault *vmf);
	int (*mapped)(unsigned long start, unsigned long end, pgoff_t pgoff, const struct file *file,
		      void **vm_private_data);
};

struct vm_area_desc;
struct file_operations {
	int (*mmap)(struct file *file, struct vm_area_struct *vma);
	int (*mmap_prepare)(struct vm_area_desc *desc);
};

struct file {
	unsigned int f_mode, f_flags;
	void *private_data;
	const struct file_operations *f_op;
	unsigned long f_count;
};

struct vm_area_struct {
	union {
		struct {
			unsigned long vm_start, vm_end;
		};
		struct list_head vm_freeptr;
	};
	struct mm_struct *vm_mm;
	pgprot_t vm_page_prot;
	union {
		const vm_flags_t vm_flags;
		vm_flags_t __vm_flags;
	};
	const struct vm_operations_struct *vm_ops;
	unsigned long vm_pgoff;
	struct file *vm_file;
	void *vm_private_data;
};

/* What a hook gets; both ways in which kernels have had its flags. */
typedef struct {
	unsigned long bits[1];
} vma_flags_t;

enum mmap_action_type {
	MMAP_NOTHING,
	MMAP_REMAP_PFN,
	MMAP_IO_REMAP_PFN,
	MMAP_SIMPLE_IO_REMAP,
	MMAP_MAP_KERNEL_PAGES
};

struct mmap_action {
	unsigned long start, start_pfn, size; /* start_pfn: or an address, or an array */
	pgprot_t pgprot;
	enum mmap_action_type type;
	int error_override;	    /* Linux 7.2 and later */
	int (*error_hook)(int err); /* before */
};

struct vm_area_desc {
	struct mm_struct *mm;
	struct file *file;
	unsigned long start, end;
	pgoff_t pgoff;
	struct file *vm_file;
	union {
		vm_flags_t vm_flags;
		vma_flags_t vma_flags;
	};
	pgprot_t page_prot;
	const struct vm_operations_struct *vm_ops;
	void *private_data;
	struct mmap_action action;
};

/* A driver's own. */
struct region {
	u32 base, len;
};
struct window {
	struct region inner;
	u64 tag;
};
struct span {
	s16 lead;
	u16 tail;
	s32 shift;
};
struct bits {
	u32 lo : 3, mid : 7;
	s32 sig : 6;
	u32 top : 16;
};
struct regs {
	u32 reg[4];
};
struct modes {
	bool on : 1;
	u8 kind : 3;
	u16 wide : 12;
};
enum mode { MODE_OFF, MODE_ON, MODE_SLOW = 7, MODE_ODD = 0x40 };

struct dev;
struct dev_ops {
	int (*check)(struct dev *d, unsigned long arg);
	int (*map)(struct dev *d, struct vm_area_struct *vma);
};

struct dev {
	struct mutex lock;
	spinlock_t slock;
	struct kref ref;
	atomic_t users;
	struct list_head node, list;
	u32 ready, count;
	s32 level, error;
	u16 port;
	s16 delta;
	u8 unit;
	s8 trim;
	bool enabled, busy;
	u64 size, limit;
	s64 skew;
	unsigned long pfn, state;
	struct bits bits;
	enum mode mode;
	struct region region;
	struct window window;
	struct regs regs;
	union {
		u32 word;
		struct {
			u16 low, high;
		};
	} mixed;
	struct modes modes;
	u16 spare;
	struct dev *peer;
	u32 *cursor;
	const struct dev_ops *ops;
	struct page *page, *pages[4];
	void *mem;
	struct vm_area_struct *vma;
	struct mm_struct *mm;
};

/* What a handler allocates. */
struct item {
	struct dev *owner;
	struct list_head link;
	u32 key, mark;
	u64 span_end;
};

extern struct dev *the_dev;
extern u32 open_count;
extern const struct vm_operations_struct demo_vm_ops, other_vm_ops, generic_file_vm_ops;

/* Of the mapping. */
int remap_pfn_range(struct vm_area_struct *vma, unsigned long addr, unsigned long pfn,
		    unsigned long size, pgprot_t prot);
int io_remap_pfn_range(struct vm_area_struct *vma, unsigned long addr, unsigned long pfn,
		       unsigned long size, pgprot_t prot);
int vm_iomap_memory(struct vm_area_struct *vma, phys_addr_t start, unsigned long len);
int vm_insert_page(struct vm_area_struct *vma, unsigned long addr, struct page *page);
int vm_map_pages(struct vm_area_struct *vma, struct page **pages, unsigned long num);
int vm_map_pages_zero(struct vm_area_struct *vma, struct page **pages, unsigned long num);
int remap_vmalloc_range(struct vm_area_struct *vma, void *addr, unsigned long pgoff);
int dma_mmap_coherent(struct dev *d, struct vm_area_struct *vma, void *addr, unsigned long handle,
		      size_t size);
int generic_file_mmap(struct file *file, struct vm_area_struct *vma);
int vfs_mmap(struct file *file, struct vm_area_struct *vma);
void vma_set_file(struct vm_area_struct *vma, struct file *file);
pgprot_t pgprot_noncached(pgprot_t prot);
pgprot_t pgprot_writecombine(pgprot_t prot);
pgprot_t vm_get_page_prot(unsigned long flags);

/* Of the descriptor. */
void mmap_action_remap(struct vm_area_desc *desc, unsigned long start, unsigned long start_pfn,
		       unsigned long size);
void mmap_action_remap_full(struct vm_area_desc *desc, unsigned long start_pfn);
void mmap_action_ioremap(struct vm_area_desc *desc, unsigned long start, unsigned long start_pfn,
			 unsigned long size);
void mmap_action_ioremap_full(struct vm_area_desc *desc, unsigned long start_pfn);
void mmap_action_simple_ioremap(struct vm_area_desc *desc, phys_addr_t start, unsigned long size);
void mmap_action_map_kernel_pages_full(struct vm_area_desc *desc, struct page **pages);

/* Outside state. */
void mutex_lock(struct mutex *lock);
int mutex_lock_interruptible(struct mutex *lock);
int mutex_trylock(struct mutex *lock);
void mutex_unlock(struct mutex *lock);
void spin_lock(spinlock_t *lock);
void spin_unlock(spinlock_t *lock);
void kref_get(struct kref *ref);
int kref_put(struct kref *ref, void (*release)(struct kref *ref));
void atomic_inc(atomic_t *v);
void atomic_dec(atomic_t *v);
int atomic_read(const atomic_t *v);
int atomic_inc_return(atomic_t *v);
void set_bit(long nr, volatile unsigned long *addr);
int test_and_set_bit(long nr, volatile unsigned long *addr);
void *kmalloc(size_t size, gfp_t flags);
void *kzalloc(size_t size, gfp_t flags);
void kfree(const void *p);
void list_add(struct list_head *item, struct list_head *head);
void list_del(struct list_head *item);
struct file *get_file(struct file *file);
void fput(struct file *file);
int capable(int cap);
#ifndef __clang__ /* not the C library's */
#define memset traced_memset
#define memcpy traced_memcpy
#endif
void *memset(void *to, int c, size_t n);
void *memcpy(void *to, const void *from, size_t n);

/* Of other files of the driver: nothing is known of them. */
int dev_check(struct dev *d);
int dev_claim(struct dev *d, unsigned long flags);
void dev_poke(struct dev *d);
u32 dev_status(const struct dev *d, u32 which);
s64 dev_clock(void);
bool dev_ready(struct dev *d);
u8 dev_lane(struct dev *d);
struct dev *dev_find(int minor);	   /* NULL when there is none */
struct dev *dev_open(int minor);	   /* or an ERR_PTR */
int dev_query(struct dev *d, u32 *answer); /* writes the local that it gets */
int dev_query_span(struct dev *d, struct span *answer);
void dev_register(u32 *watched); /* may write it at any later time */
struct region dev_region(struct dev *d, u32 which);
int dev_accepts(struct dev *d, struct region region);
int dev_mmap(struct dev *d, struct vm_area_struct *vma);
void dev_track(struct vm_area_struct *vma);
void dev_release(struct kref *ref);

static inline unsigned long vma_pages(const struct vm_area_struct *vma)
{
	return (vma->vm_end - vma->vm_start) >> PAGE_SHIFT;
}

static inline unsigned long vma_desc_size(const struct vm_area_desc *desc)
{
	return desc->end - desc->start;
}

static inline unsigned long vma_desc_pages(const struct vm_area_desc *desc)
{
	return vma_desc_size(desc) >> PAGE_SHIFT;
}

static inline unsigned long bits_mask(const int *bits, unsigned nr)
{
	unsigned long mask = 0;

	while (nr--)
		mask |= BIT(bits[nr]);
	return mask;
}

/* Lists of bits, as macros. */
#define VMA_BITS(...) \
	bits_mask((const int[]){ __VA_ARGS__ }, sizeof((const int[]){ __VA_ARGS__ }) / sizeof(int))
#define vma_desc_set_flags(desc, ...) ((void)((desc)->vm_flags |= VMA_BITS(__VA_ARGS__)))
#define vma_desc_clear_flags(desc, ...) ((void)((desc)->vm_flags &= ~VMA_BITS(__VA_ARGS__)))
#define vma_desc_test_any(desc, ...) (((desc)->vm_flags & VMA_BITS(__VA_ARGS__)) != 0)
#define vma_desc_test_all(desc, ...) \
	(((desc)->vm_flags & VMA_BITS(__VA_ARGS__)) == VMA_BITS(__VA_ARGS__))

static inline int list_empty(const struct list_head *head)
{
	return READ_ONCE(head->next) == head;
}

static inline bool is_cow_mapping(vm_flags_t flags)
{
	return (flags & (VM_SHARED | VM_MAYWRITE)) == VM_MAYWRITE;
}

static inline void vm_flags_set(struct vm_area_struct *vma, vm_flags_t flags)
{
	vma->__vm_flags |= flags;
}

static inline void vm_flags_clear(struct vm_area_struct *vma, vm_flags_t flags)
{
	vma->__vm_flags &= ~flags;
}

static inline void vm_flags_mod(struct vm_area_struct *vma, vm_flags_t set, vm_flags_t clear)
{
	vma->__vm_flags = (vma->__vm_flags | set) & ~clear;
}

static inline bool IS_ERR(const void *p)
{
	return (unsigned long)p >= (unsigned long)-4095;
}

static inline long PTR_ERR(const void *p)
{
	return (long)p;
}

static inline void *ERR_PTR(long error)
{
	return (void *)error;
}

/* The driver's own inlines. */
static inline u64 dev_end(const struct dev *d)
{
	return d->size + d->limit;
}

static inline u32 region_end(struct region r)
{
	return r.base + r.len;
}

static inline struct region region_grow(struct region r, u32 by)
{
	r.len += by;
	return r;
}

static inline struct dev *node_to_dev(struct list_head *node)
{
	return container_of(node, struct dev, node);
}

static inline bool vma_fits(const struct vm_area_struct *vma, u64 size)
{
	return vma->vm_end - vma->vm_start <= size;
}

static inline bool vma_desc_fits(const struct vm_area_desc *desc, u64 size)
{
	return desc->end - desc->start <= size;
}

static inline void dev_set_mode(struct dev *d, enum mode mode)
{
	d->mode = mode;
	d->ready |= 1;
}

#include "cleanup.h"
#endif
