/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the tests of the semantic patches leave out, included before each of them: the fragments compile.
 * TEST_<name> is set while <name>.c is read; NO_MMU for its branches without CONFIG_MMU.
 */
#include <linux/atomic.h>
#include <linux/cleanup.h>
#include <linux/device.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>

#ifdef NO_MMU
#undef CONFIG_MMU
#endif

#define EROFS	30
#define O_SYNC	04010000

#define PAGE_SHARED	__pgprot(0x67)
#define VM_WIPEONFORK	BIT(25)
#define FOO_FLAGS	VM_DONTEXPAND
enum { VMA_SEQ_READ_BIT = 15, VMA_WIPEONFORK_BIT = 25, VMA_HUGEPAGE_BIT = 29 };

#define min_t(type, a, b)	min((type)(a), (type)(b))
#define pr_devel(fmt, ...)	pr_debug(fmt, ##__VA_ARGS__)
#define dev_info(dev, fmt, ...)	pr_info("%s: " fmt, (dev)->init_name, ##__VA_ARGS__)
#define dev_info_once(dev, fmt, ...)	dev_info(dev, fmt, ##__VA_ARGS__)

static inline bool vma_is_cow_mapping(const struct vm_area_struct *vma)
{
	return is_cow_mapping(vma->vm_flags);
}

static inline bool is_nommu_shared_mapping(vm_flags_t flags)
{
	return flags & (VM_MAYSHARE | VM_IO);
}

#ifdef mk_vma_flags
static inline bool vma_test(const struct vm_area_struct *vma, vma_flag_t bit)
{
	return vma->vm_flags & BIT(bit);
}

#define vma_set_flags(vma, ...) \
	((vma)->flags.__vma_flags[0] |= mk_vma_flags(__VA_ARGS__).__vma_flags[0])

static inline bool is_nommu_shared_vma_flags(const vma_flags_t *flags)
{
	return flags->__vma_flags[0] & (VM_MAYSHARE | VM_IO);
}

static inline vm_flags_t vma_flags_to_legacy(vma_flags_t flags)
{
	return flags.__vma_flags[0];
}
#endif

struct foo {
	struct device *dev;
	struct page **pages;
	unsigned long nr_pages, size, len, mask, limit, base, skip, pfn;
	phys_addr_t phys;
	atomic_t mappings;
	struct file file;
	bool whole, io, one, loud, user, shared, zero, desc;
};

extern struct foo *foo;
extern struct device *foo_dev;
extern struct mutex foo_lock;
extern bool foo_io, foo_fast, foo_debug, foo_secret, foo_a, foo_b, foo_c, foo_small, foo_strict, foo_is_nommu;
extern unsigned long foo_pfn, bar_pfn, foo_base;
extern phys_addr_t foo_phys;

extern const struct vm_operations_struct foo_user_ops;
#if !defined(TEST_open_by_hand) && !defined(TEST_open_by_hand_asked) && !defined(TEST_open_by_hand_called)
extern const struct vm_operations_struct foo_vm_ops;
#endif

#ifdef TEST_size_local
static inline unsigned long foo_len(const struct file *file)
{
	return ((const struct foo *)file->private_data)->len;
}
#else
extern unsigned long foo_len;
#endif

#ifdef TEST_locals_read
static inline int foo_check(const struct file *file, unsigned long size)
{
	return size > ((const struct foo *)file->private_data)->size ? -EINVAL : 0;
}
#elif !defined(TEST_companions) && !defined(TEST_companions_helper)
static inline int foo_check(const struct file *file)
{
	return file->f_flags ? -EINVAL : 0;
}
#endif

static inline bool foo_seq(const struct file *file)
{
	return ((const struct foo *)file->private_data)->loud;
}

static inline bool foo_too_big(unsigned long size, unsigned long odd, unsigned long pages)
{
	return size > SZ_1M || odd > SZ_64K || pages > 7;
}

static inline pgprot_t foo_access_prot(const struct file *file, unsigned long pgoff, unsigned long size, pgprot_t prot)
{
	return file->f_flags & O_SYNC && pgoff + size > foo_base ? pgprot_noncached(prot) : prot;
}

static inline pgprot_t foo_prot(const struct file *file)
{
	return file->f_flags & O_SYNC ? PAGE_SHARED : __pgprot(0);
}

/* Cannot fail: what can has another error than the action that fails later. */
static inline int foo_done(const struct file *file)
{
	return 0;
}

static inline void foo_round(unsigned long *size)
{
	*size = PAGE_ALIGN(*size);
}

/* What nobody knows anything of. */
bool foo_more(void);
int foo_call(struct file *file, const char *what);
void foo_step(void);
