// SPDX-License-Identifier: GPL-2.0-only
/*
 * Macros that are kept as one node instead of being expanded.  Two lists; a trailing '*' matches any
 * rest.
 */
#include <stdlib.h>
#include <string.h>

#include "parse/clang.h"

/*
 * They log or assert, do nothing to the mapping or to driver state, and expand to hundreds of nodes of
 * inline assembly and static data.  Their arguments are kept (an argument can have an effect).
 */
static const char *const opaque[] = {
	/* include/linux/printk.h, dev_printk.h, netdevice.h, drm_print.h */
	"pr_*", "printk", "printk_*", "dev_emerg*", "dev_alert*", "dev_crit*", "dev_err",
	"dev_err_*", "dev_warn*", "dev_notice*", "dev_info*", "dev_dbg*", "dev_vdbg", "dev_printk*",
	"dev_WARN*", "netdev_dbg", "netdev_info", "netdev_warn", "netdev_err", "drm_dbg*",
	"drm_err*", "drm_warn*", "drm_info*", "drm_WARN*", "DRM_DEBUG*", "DRM_ERROR*", "DRM_INFO*",
	"DRM_WARN*", "pci_dbg", "pci_info", "pci_warn", "pci_err", "ibdev_*", "fb_WARN*", "fb_dbg",
	"fb_info", "fb_warn", "fb_err",
	/* include/asm-generic/bug.h, linux/mmdebug.h */
	"WARN", "WARN_ON", "WARN_ONCE", "WARN_ON_ONCE", "WARN_TAINT*", "VM_WARN_*", "BUG_ON",
	"VM_BUG_ON*", "BUILD_BUG_ON*", "compiletime_assert", "lockdep_assert*", "might_sleep*",
	"might_fault", "smp_mb", "smp_rmb", "smp_wmb", "barrier", "trace_*", "preempt_enable*",
	"preempt_disable*", "kasan_check_*", "RCU_LOCKDEP_WARN", "snd_BUG_ON", NULL
};

/* What all logging becomes: one statement around one call of a function with a format. */
static const char logging[] =
	"printk_index_wrap dev_printk_index_wrap no_printk dev_no_printk "
	"__dynamic_func_call_cls __dynamic_func_call_cls_no_desc __dynamic_func_call "
	"__dynamic_func_call_no_desc";

/*
 * They stand for a function.  What they expand to depends on architecture or configuration, or is
 * noise around the call.  In another tree the same name is a function; nothing changes then, except
 * that an inline one is not read (callees.c).  The first group that has the name counts.
 */
static const struct {
	struct macro_call call;
	const char *names; /* separated by blanks */
} calls[] = {
	/* x86 tests boot_cpu_data, powerpc calls a function, others add bits or do nothing. */
	{ { .kind = MACRO_CALL },
	  "pgprot_noncached pgprot_writecombine pgprot_writethrough pgprot_device "
	  "pgprot_dmacoherent pgprot_decrypted pgprot_encrypted pgprot_nx pgprot_modify pgprot_cached* "
	  "phys_mem_access_prot" },
	/* An array of bit numbers that a loop turns into a bitmap; before, a word. */
	{ { .kind = MACRO_CALL },
	  "vma_desc_set_flags vma_desc_clear_flags vma_desc_test vma_desc_test_* "
	  "vma_set_flags vma_clear_flags vma_test vma_test_* vma_flags_* mk_vma_flags" },
	/* The interrupt state is an output. */
	{ { .kind = MACRO_CALL, .writes = 2 },
	  "spin_lock_irqsave* spin_trylock_irqsave* "
	  "raw_spin_lock_irqsave* read_lock_irqsave* write_lock_irqsave*" },
	{ { .kind = MACRO_CALL, .writes = 1 }, "local_irq_save" },
	/* lockdep and PREEMPT_RT choose what they are. */
	{ { .kind = MACRO_CALL },
	  "mutex_lock* mutex_trylock* mutex_init spin_* raw_spin_* read_lock* "
	  "read_unlock* write_lock* write_unlock* down_* init_rwsem rcu_read_lock* rcu_read_unlock* "
	  "srcu_read_* xa_* local_irq_*" },
	/* The first argument gives the size only. */
	{ { .kind = MACRO_CALL, .types = 1 },
	  "kmalloc_obj* kmalloc_flex kzalloc_obj* kzalloc_flex "
	  "kvmalloc_obj* kvmalloc_flex kvzalloc_obj* kvzalloc_flex" },
	/* The allocation profiler's tag around the call, kmalloc's size classes inside. */
	{ { .kind = MACRO_CALL },
	  "kmalloc* kzalloc* kcalloc* kvmalloc* kvzalloc* kvcalloc* krealloc* "
	  "kmemdup* kmem_cache_alloc* kmem_cache_zalloc vmalloc* vzalloc* alloc_page* __get_free_page* "
	  "get_zeroed_page" },
	/* The memory model and the architecture choose the arithmetic. */
	{ { .kind = MACRO_CALL },
	  "page_to_pfn pfn_to_page virt_to_page virt_to_phys phys_to_virt "
	  "virt_to_pfn page_to_phys page_address page_to_virt virt_addr_valid pfn_valid __pa __va" },
	/* Fortified: checks of both objects' sizes. */
	{ { .kind = MACRO_CALL }, "memset memcpy memmove strcpy strscpy*" },
	/* The architecture's assembly. */
	{ { .kind = MACRO_CALL, .writes = 1 }, "get_user" },
	{ { .kind = MACRO_CALL },
	  "put_user copy_to_user* copy_from_user* access_ok atomic_* atomic64_* "
	  "atomic_long_* refcount_* cmpxchg* try_cmpxchg* xchg array_index_nospec smp_processor_id "
	  "raw_smp_processor_id test_bit set_bit clear_bit test_and_* static_branch_* static_key_* "
	  "smp_load_acquire smp_store_release" },
	{ { .kind = MACRO_CALL, .object = true }, "current" },
	{ { .kind = MACRO_CALL }, "current_*" },
	/* A loop around the condition. */
	{ { .kind = MACRO_CALL }, "wait_event* swait_event*" },
	/* Checks of the type around one access. */
	{ { .kind = MACRO_READ }, "READ_ONCE rcu_dereference* rcu_access_pointer" },
	{ { .kind = MACRO_WRITE }, "WRITE_ONCE smp_store_mb rcu_assign_pointer" },
};

static bool matches(const char *pattern, size_t len, const char *name)
{
	if (pattern[len - 1] == '*')
		return !strncmp(name, pattern, len - 1);
	return strlen(name) == len && !strncmp(name, pattern, len);
}

static bool lists(const char *names, const char *name)
{
	size_t len;

	for (; *names; names += len + strspn(names + len, " ")) {
		len = strcspn(names, " ");
		if (matches(names, len, name))
			return true;
	}
	return false;
}

bool macro_is_opaque(const char *name)
{
	size_t i;

	for (i = 0; opaque[i]; i++)
		if (matches(opaque[i], strlen(opaque[i]), name))
			return true;
	return false;
}

void macros_of_file(const char *text, size_t len, struct strlist *names)
{
	const char *p = text, *end = text + len, *nl;
	size_t n;
	char *name;

	for (; p < end; p = nl + 1) {
		nl = memchr(p, '\n', (size_t)(end - p));
		if (!nl)
			nl = end;
		p += strspn(p, " \t");
		if (*p != '#')
			continue;
		p += 1 + strspn(p + 1, " \t");
		if (strncmp(p, "define", 6))
			continue;
		p += 6 + strspn(p + 6, " \t");
		n = strcspn(p, " \t(\r\n");
		name = xstrndup(p, n);
		if (macro_is_opaque(name) || macro_call_find(name))
			strlist_add_once(names, name);
		free(name);
	}
}

bool macro_is_log(const char *name)
{
	return lists(logging, name);
}

const struct macro_call *macro_call_find(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(calls) / sizeof(*calls); i++)
		if (lists(calls[i].names, name))
			return &calls[i].call;
	return NULL;
}
