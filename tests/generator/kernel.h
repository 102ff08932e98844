/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A kernel small enough to run: what generated handlers see.  Read twice, by libclang for the
 * contract and by gcc for the run, so both have the same types and the same inlines.  Names and
 * argument lists are the kernel's, bodies are our own.  kernel.c implements what is declared here.
 *
 * Records that are copied as a whole have no padding, and member names of records that travel by
 * value are unique: values.c finds their layout by name.
 */
#ifndef GENERATOR_KERNEL_H
#define GENERATOR_KERNEL_H

#define NULL ((void *)0)
#define offsetof(type, member) __builtin_offsetof(type, member)
typedef unsigned long size_t;
typedef _Bool bool;
enum { false, true };
typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef signed char s8;
typedef short s16;
typedef int s32;
typedef long long s64;
typedef unsigned long pgoff_t, vm_flags_t, phys_addr_t;
typedef unsigned int gfp_t;
typedef int vm_fault_t;
typedef struct {
	unsigned long pgprot;
} pgprot_t;

/* What is static to the analyzer has to be found by name in the shared object. */
#ifdef __clang__
#define HANDLER_STATIC static
#define DRIVER_DATA
#define DRIVER_TABLE
#else
#define HANDLER_STATIC
#define DRIVER_DATA __attribute__((section("driver_data")))
#define DRIVER_TABLE __attribute__((section("driver_tables")))
#endif

#define PAGE_SHIFT 12
#define PAGE_SIZE (1UL << PAGE_SHIFT)
#define PAGE_MASK (~(PAGE_SIZE - 1))
#define EPERM 1
#define EIO 5
#define ENXIO 6
#define EAGAIN 11
#define ENOMEM 12
#define EACCES 13
#define EFAULT 14
#define EBUSY 16
#define ENODEV 19
#define EINVAL 22
#define EOVERFLOW 75
#define BIT(nr) (1UL << (nr))
#define GENMASK(h, l) (((~0UL) << (l)) & (~0UL >> (64 - 1 - (h))))
#define U32_MAX ((u32)~0U)
#define S32_MAX ((s32)(U32_MAX >> 1))
#define ULONG_MAX (~0UL)
#define GFP_KERNEL 0xcc0U
#define CAP_SYS_ADMIN 21
#define CAP_SYS_RAWIO 17

/* Flags as words, and by the number of their bit. */
enum {
	VMA_WRITE_BIT = 1,
	VMA_SHARED_BIT = 3,
	VMA_MAYWRITE_BIT = 5,
	VMA_PFNMAP_BIT = 10,
	VMA_LOCKED_BIT = 13,
	VMA_IO_BIT = 14,
	VMA_DONTEXPAND_BIT = 18,
	VMA_DONTDUMP_BIT = 26
};
#define VM_NONE 0x00000000UL
#define VM_READ 0x00000001UL
#define VM_WRITE 0x00000002UL
#define VM_EXEC 0x00000004UL
#define VM_SHARED 0x00000008UL
#define VM_MAYREAD 0x00000010UL
#define VM_MAYWRITE 0x00000020UL
#define VM_MAYEXEC 0x00000040UL
#define VM_MAYSHARE 0x00000080UL
#define VM_PFNMAP BIT(VMA_PFNMAP_BIT)
#define VM_LOCKED 0x00002000UL
#define VM_IO BIT(VMA_IO_BIT)
#define VM_DONTCOPY 0x00020000UL
#define VM_DONTEXPAND 0x00040000UL
#define VM_WIPEONFORK 0x02000000UL
#define VM_DONTDUMP 0x04000000UL
#define VM_MIXEDMAP 0x10000000UL
#define VM_HUGEPAGE 0x20000000UL

#define likely(x) __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)
#define fallthrough __attribute__((__fallthrough__))
#define __always_inline inline __attribute__((__always_inline__))
#define READ_ONCE(x) (*(const volatile __typeof__(x) *)&(x))
#define WRITE_ONCE(x, val) \
	do { \
		*(volatile __typeof__(x) *)&(x) = (val); \
	} while (0)
#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))
#define container_of(ptr, type, member) \
	({ \
		void *__ptr = (void *)(ptr); \
		(type *)(__ptr - offsetof(type, member)); \
	})
#define PASTE_(a, b) a##b
#define PASTE(a, b) PASTE_(a, b)

/* CONFIG_X is defined as 1 or not at all. */
#define CONFIG_MMU 1
#define CONFIG_DEMO 1
#define SECOND_(a, b, ...) b
#define SECOND(...) SECOND_(__VA_ARGS__)
#define ENABLED_1 0, 1
#define IS_ENABLED__(value) SECOND(ENABLED_##value, 0, 0)
#define IS_ENABLED_(value) IS_ENABLED__(value)
#define IS_ENABLED(option) IS_ENABLED_(option)

/* Checked for their types, evaluated once. */
#define CHOOSE_(op, x, y, ux, uy) \
	({ \
		__auto_type ux = (x); \
		__auto_type uy = (y); \
		(void)((__typeof__(ux) *)0 == (__typeof__(uy) *)0); \
		ux op uy ? ux : uy; \
	})
#define min(x, y) CHOOSE_(<, x, y, PASTE(ux_, __COUNTER__), PASTE(uy_, __COUNTER__))
#define max(x, y) CHOOSE_(>, x, y, PASTE(ux_, __COUNTER__), PASTE(uy_, __COUNTER__))
#define min_t(type, x, y) min((type)(x), (type)(y))
#define max_t(type, x, y) max((type)(x), (type)(y))
#define clamp_t(type, v, lo, hi) min_t(type, max_t(type, v, lo), hi)
#define swap(a, b) \
	do { \
		__typeof__(a) __t = (a); \
		(a) = (b); \
		(b) = __t; \
	} while (0)
#define ALIGN(x, a) (((x) + ((__typeof__(x))(a) - 1)) & ~((__typeof__(x))(a) - 1))
#define PAGE_ALIGN(addr) ALIGN(addr, PAGE_SIZE)
#define IS_ALIGNED(x, a) (((x) & ((__typeof__(x))(a) - 1)) == 0)
#define DIV_ROUND_UP(n, d) (((n) + (d) - 1) / (d))
#define check_add_overflow(a, b, d) __builtin_add_overflow(a, b, d)
#define check_mul_overflow(a, b, d) __builtin_mul_overflow(a, b, d)

/* Logging: kept as one node by the parser; arguments are evaluated. */
void log_message(const char *format, ...);
#define pr_info(format, ...) log_message(format, ##__VA_ARGS__)
#define dev_err(dev, format, ...) log_message(format, dev, ##__VA_ARGS__)
#define dev_dbg(dev, format, ...) log_message(format, dev, ##__VA_ARGS__)
#define WARN_ON(condition) \
	({ \
		int __ret = !!(condition); \
		if (unlikely(__ret)) \
			log_message("warning"); \
		unlikely(__ret); \
	})
#define WARN_ON_ONCE(condition) WARN_ON(condition)

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
	unsigned long start, start_pfn, size;
	enum mmap_action_type type;
	int error_override;
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

static inline void dev_set_mode(struct dev *d, enum mode mode)
{
	d->mode = mode;
	d->ready |= 1;
}

#include "cleanup.h"
#endif
