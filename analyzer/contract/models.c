// SPDX-License-Identifier: GPL-2.0-only
#include "contract/models.h"

#include <string.h>

#define VALUE(n, where) { .name = n, .kind = MODEL_VALUE, .mirrors = where }
#define READ(n, where) { .name = n, .kind = MODEL_READ, .mirrors = where }
#define KIND(n, k, where) { .name = n, .kind = k, .mirrors = where }
#define PURE(n, where) { .name = n, .kind = MODEL_PURE, .mirrors = where }
#define FLAGS(n, k) { .name = n, .kind = k, .mirrors = "include/linux/mm.h" }
#define ACTION(n, a, size, prot, where) \
	{ .name = n, .kind = MODEL_ACTION, .action = a, .size_arg = size, .prot_arg = prot, \
	  .returns = RETURNS_ERRNO, .mirrors = where }
#define DEFERRED(n, a, size) \
	{ .name = n, .kind = MODEL_ACTION, .action = a, .size_arg = size, .prot_arg = -1, .deferred = true, \
	  .mirrors = "include/linux/mm.h" }
#define TAKE(n, s, where) { .name = n, .kind = MODEL_TAKE, .state = s, .mirrors = where }
/* Returns what it was given. */
#define TAKE_SAME(n, s, where) { .name = n, .kind = MODEL_TAKE, .state = s, .returns_first = true, .mirrors = where }
/* Only if it returns something else than 0 (a pointer, true), or only if it returns 0. */
#define TAKE_IF(n, s, where) { .name = n, .kind = MODEL_TAKE, .state = s, .taken = TAKEN_NONZERO, .mirrors = where }
#define TAKE_IF_0(n, s, where) { .name = n, .kind = MODEL_TAKE, .state = s, .taken = TAKEN_ZERO, .mirrors = where }
/* If there is one behind argument n, whose reference it gives back. */
#define TAKE_NEXT(name_, n, where) \
	{ .name = name_, .kind = MODEL_TAKE, .state = STATE_REFERENCE, .taken = TAKEN_NONZERO, .follows = n + 1, \
	  .mirrors = where }
#define KEEPS(n, where) { .name = n, .kind = MODEL_KEEPS, .wants_vma = true, .mirrors = where }
/* w: what it may write of the mapping, in any release. */
#define HELPER(n, w, what, where) \
	{ .name = n, .kind = MODEL_HELPER, .writes = w, .returns = RETURNS_ERRNO, .does = what, .mirrors = where }
#define W(cell) (1u << CELL_##cell)
#define MAPS (W(FLAGS) | W(PGOFF))		/* remap_pfn_range() and its kin */
#define DROP(n, s, where) { .name = n, .kind = MODEL_DROP, .state = s, .mirrors = where }

static const struct model models[] = {
	/* The vma's flags. */
	FLAGS("vm_flags_set", MODEL_FLAGS_SET), FLAGS("vm_flags_clear", MODEL_FLAGS_CLEAR),
	FLAGS("vm_flags_mod", MODEL_FLAGS_MOD), FLAGS("vm_flags_init", MODEL_FLAGS_INIT),
	FLAGS("vm_flags_reset", MODEL_FLAGS_INIT), FLAGS("vm_flags_reset_once", MODEL_FLAGS_INIT),
	FLAGS("__vm_flags_mod", MODEL_FLAGS_MOD),
	FLAGS("vma_set_flags", MODEL_BITS_SET), FLAGS("vma_clear_flags", MODEL_BITS_CLEAR),
	FLAGS("vma_desc_set_flags", MODEL_BITS_SET), FLAGS("vma_desc_clear_flags", MODEL_BITS_CLEAR),
	FLAGS("vma_set_flags_mask", MODEL_FLAGS_SET), FLAGS("vma_clear_flags_mask", MODEL_FLAGS_CLEAR),
	FLAGS("vma_desc_set_flags_mask", MODEL_FLAGS_SET), FLAGS("vma_desc_clear_flags_mask", MODEL_FLAGS_CLEAR),
	/* Tests: one bit, a list of bits, a mask; the object, or where its flags are. */
	FLAGS("vma_test", MODEL_BITS_TEST_ANY), FLAGS("vma_test_any", MODEL_BITS_TEST_ANY),
	FLAGS("vma_test_all", MODEL_BITS_TEST_ALL),
	FLAGS("vma_test_any_mask", MODEL_MASK_TEST_ANY), FLAGS("vma_test_all_mask", MODEL_MASK_TEST_ALL),
	FLAGS("vma_desc_test", MODEL_BITS_TEST_ANY), FLAGS("vma_desc_test_any", MODEL_BITS_TEST_ANY),
	FLAGS("vma_desc_test_flags", MODEL_BITS_TEST_ANY), FLAGS("vma_desc_test_all", MODEL_BITS_TEST_ALL),
	FLAGS("vma_desc_test_any_mask", MODEL_MASK_TEST_ANY), FLAGS("vma_desc_test_all_mask", MODEL_MASK_TEST_ALL),
	FLAGS("vma_flags_test", MODEL_BITS_TEST_ANY), FLAGS("vma_flags_test_any", MODEL_BITS_TEST_ANY),
	FLAGS("vma_flags_test_all", MODEL_BITS_TEST_ALL),
	FLAGS("vma_flags_test_any_mask", MODEL_MASK_TEST_ANY), FLAGS("vma_flags_test_all_mask", MODEL_MASK_TEST_ALL),
	FLAGS("vma_flags_set", MODEL_BITS_SET), FLAGS("vma_flags_clear", MODEL_BITS_CLEAR),
	FLAGS("vma_flags_set_mask", MODEL_FLAGS_SET), FLAGS("vma_flags_clear_mask", MODEL_FLAGS_CLEAR),
	PURE("vma_flags_is_cow_mapping", "include/linux/mm.h"), PURE("vma_flags_empty", "include/linux/mm.h"),
	PURE("vma_flags_same*", "include/linux/mm.h"), PURE("vma_flags_count", "include/linux/mm.h"),
	FLAGS("mk_vma_flags", MODEL_BITS_MASK),
	FLAGS("vma_flags_to_legacy", MODEL_IDENTITY), FLAGS("legacy_to_vma_flags", MODEL_IDENTITY),

	/* PTEs are populated. */
	ACTION("remap_pfn_range", ACTION_REMAP, 3, 4, "mm/memory.c"),
	ACTION("remap_pfn_range_notrack", ACTION_REMAP, 3, 4, "mm/memory.c"),
	ACTION("io_remap_pfn_range", ACTION_IOREMAP, 3, 4, "include/linux/mm.h"),
	ACTION("vm_iomap_memory", ACTION_SIMPLE_IOREMAP, -1, -1, "mm/memory.c"),
	ACTION("vm_insert_page", ACTION_INSERT_PAGE, -1, -1, "mm/memory.c"),
	ACTION("vm_insert_pages", ACTION_INSERT_PAGES, -1, -1, "mm/memory.c"),
	ACTION("vm_map_pages", ACTION_MAP_PAGES, -1, -1, "mm/memory.c"),
	ACTION("vm_map_pages_zero", ACTION_MAP_PAGES_ZERO, -1, -1, "mm/memory.c"),
	ACTION("remap_vmalloc_range", ACTION_VMALLOC, -1, -1, "mm/vmalloc.c"),
	ACTION("remap_vmalloc_range_partial", ACTION_VMALLOC, -1, -1, "mm/vmalloc.c"),
	ACTION("vmf_insert_*", ACTION_INSERT_PFN, -1, -1, "mm/memory.c"),
	ACTION("dma_mmap_coherent", ACTION_DMA, -1, -1, "include/linux/dma-mapping.h"),
	ACTION("dma_mmap_wc", ACTION_DMA, -1, -1, "include/linux/dma-mapping.h"),
	ACTION("dma_mmap_attrs", ACTION_DMA, -1, -1, "kernel/dma/mapping.c"),
	ACTION("dma_mmap_pages", ACTION_DMA, -1, -1, "kernel/dma/mapping.c"),
	ACTION("dma_mmap_noncontiguous", ACTION_DMA, -1, -1, "kernel/dma/mapping.c"),
	/* And where a hook asks for that. */
	DEFERRED("mmap_action_remap", ACTION_REMAP, 3), DEFERRED("mmap_action_remap_full", ACTION_REMAP, -1),
	DEFERRED("mmap_action_ioremap", ACTION_IOREMAP, 3), DEFERRED("mmap_action_ioremap_full", ACTION_IOREMAP, -1),
	DEFERRED("mmap_action_simple_ioremap", ACTION_SIMPLE_IOREMAP, -1),
	DEFERRED("mmap_action_map_kernel_pages*", ACTION_INSERT_PAGES, -1),
	DEFERRED("mmap_action_map_discontig_kernel_pages*", ACTION_INSERT_PAGES, -1),

	/* File systems. */
	{ .name = "generic_file_mmap", .kind = MODEL_GENERIC, .returns = RETURNS_ERRNO, .mirrors = "mm/filemap.c" },
	{ .name = "generic_file_readonly_mmap", .kind = MODEL_GENERIC, .returns = RETURNS_ERRNO,
	  .mirrors = "mm/filemap.c" },
	{ .name = "generic_file_mmap_prepare", .kind = MODEL_GENERIC, .returns = RETURNS_ERRNO,
	  .mirrors = "mm/filemap.c" },
	{ .name = "generic_file_readonly_mmap_prepare", .kind = MODEL_GENERIC, .returns = RETURNS_ERRNO,
	  .mirrors = "mm/filemap.c" },
	{ .name = "vfs_mmap", .kind = MODEL_STACK, .returns = RETURNS_ERRNO, .mirrors = "include/linux/fs.h" },
	{ .name = "call_mmap", .kind = MODEL_STACK, .returns = RETURNS_ERRNO, .mirrors = "include/linux/fs.h" },
	{ .name = "backing_file_mmap", .kind = MODEL_STACK, .returns = RETURNS_ERRNO, .mirrors = "fs/backing-file.c" },
	{ .name = "vma_set_file", .kind = MODEL_SET_FILE, .mirrors = "mm/util.c" },
	KIND("file_accessed", MODEL_TOUCH, "include/linux/fs.h"), KIND("touch_atime", MODEL_TOUCH, "fs/inode.c"),
	PURE("file_inode", "include/linux/fs.h"), PURE("file_dentry", "include/linux/fs.h"),
	READ("i_size_read", "include/linux/fs.h"), PURE("mapping_can_writeback", "include/linux/backing-dev.h"),
	PURE("iminor", "include/linux/fs.h"), PURE("imajor", "include/linux/fs.h"),
	PURE("daxdev_mapping_supported", "include/linux/dax.h"), PURE("inode_is_open_for_write", "include/linux/fs.h"),

	/* Reads of the vma. */
	PURE("vma_pages", "include/linux/mm.h"),
	PURE("vma_start_pgoff", "include/linux/mm.h"), PURE("vma_end_pgoff", "include/linux/mm.h"),
	PURE("vma_last_pgoff", "include/linux/mm.h"),
	PURE("is_cow_mapping", "include/linux/mm.h"), PURE("vma_is_anonymous", "include/linux/mm.h"),
	PURE("vma_is_shared_maywrite", "include/linux/mm.h"), PURE("is_shared_maywrite*", "include/linux/mm.h"),
	PURE("vma_is_dax", "include/linux/fs.h"), PURE("I_BDEV", "block/bdev.c"),
	PURE("is_nommu_shared_mapping", "include/linux/mm.h"),
	PURE("vm_get_page_prot", "mm/mmap.c"), PURE("vma_get_page_prot", "include/linux/mm.h"),

	/* Protections: values only. */
	VALUE("pgprot_*", "arch: asm/pgtable.h"), VALUE("__pgprot*", "arch: asm/pgtable.h"),
	VALUE("pgprot2cachemode", "arch/x86"), VALUE("cachemode2protval", "arch/x86"),
	VALUE("phys_mem_access_prot", "arch: asm/pgtable.h"), VALUE("pat_enabled", "arch/x86"),

	/* Addresses and pages: arithmetic. */
	VALUE("virt_to_phys", "arch: asm/io.h"), VALUE("phys_to_virt", "arch: asm/io.h"),
	VALUE("__pa*", "arch: asm/page.h"), VALUE("__phys_addr*", "arch/x86"), VALUE("__va*", "arch: asm/page.h"),
	VALUE("virt_to_page", "arch: asm/page.h"), VALUE("page_to_pfn", "include/asm-generic/memory_model.h"),
	VALUE("pfn_to_page", "include/asm-generic/memory_model.h"), VALUE("page_to_phys", "arch: asm/io.h"),
	VALUE("vmalloc_to_pfn", "mm/vmalloc.c"), VALUE("vmalloc_to_page", "mm/vmalloc.c"),
	VALUE("pfn_valid", "include/linux/mmzone.h"), VALUE("get_order", "include/asm-generic/getorder.h"),
	PURE("offset_in_page", "include/linux/mm.h"), PURE("resource_size", "include/linux/ioport.h"),
	VALUE("page_address", "mm/highmem.c"), VALUE("lowmem_page_address", "include/linux/mm.h"),
	VALUE("__virt_to_*", "arch"), VALUE("virt_to_pfn", "arch: asm/page.h"), VALUE("__phys_to_pfn", "include/asm-generic"),

	/* Objects: pointer arithmetic and reads. */
	PURE("dev_get_drvdata", "include/linux/device.h"), PURE("pci_get_drvdata", "include/linux/pci.h"),
	PURE("platform_get_drvdata", "include/linux/platform_device.h"),
	PURE("dev_name", "include/linux/device.h"), PURE("pci_name", "include/linux/pci.h"),
	PURE("pci_resource_*", "include/linux/pci.h"), PURE("netdev_priv", "include/linux/netdevice.h"),
	PURE("IS_ERR*", "include/linux/err.h"), PURE("PTR_ERR*", "include/linux/err.h"),
	PURE("ERR_PTR", "include/linux/err.h"), READ("test_bit", "include/linux/bitops.h"),
	READ("_test_bit", "include/asm-generic/bitops"), READ("arch_test_bit*", "arch"),
	READ("atomic_read", "include/linux/atomic"), READ("atomic64_read", "include/linux/atomic"),
	READ("atomic_long_read", "include/linux/atomic"), READ("refcount_read", "include/linux/refcount.h"),
	READ("list_empty*", "include/linux/list.h"), VALUE("array_index_nospec", "include/linux/nospec.h"),
	VALUE("array_index_mask_nospec", "include/linux/nospec.h"),
	READ("strcmp", "lib/string.c"), READ("strlen", "lib/string.c"), READ("memcmp", "lib/string.c"),
	PURE("cpu_to_*", "include/linux/byteorder"), PURE("get_unaligned*", "include/linux/unaligned.h"),

	/* The caller: who asks. */
	PURE("capable", "kernel/capability.c"), PURE("ns_capable", "kernel/capability.c"),
	PURE("file_ns_capable", "kernel/capability.c"), PURE("security_locked_down", "security/security.c"),
	VALUE("get_current", "arch"), VALUE("current", "arch: asm/current.h"), PURE("task_tgid*", "include/linux/pid.h"), PURE("current_*id", "include/linux/cred.h"),
	PURE("from_kuid", "kernel/user_namespace.c"), PURE("from_kgid", "kernel/user_namespace.c"),
	PURE("task_pid*", "include/linux/pid.h"), PURE("signal_pending", "include/linux/sched/signal.h"),

	KIND("__builtin_*_overflow", MODEL_OVERFLOW, "compiler"),

	KIND("smp_store_release", MODEL_WRITE, "include/asm-generic/barrier.h"),

	/* Where a path ends. */
	KIND("__builtin_unreachable", MODEL_NORETURN, "compiler"), KIND("panic", MODEL_NORETURN, "kernel/panic.c"),

	/* Compiler builtins and messages that are functions; of the builtins, those that write first. */
	KIND("*memset", MODEL_WRITE, "lib/string.c"), KIND("*memcpy", MODEL_WRITE, "lib/string.c"),
	KIND("*memmove", MODEL_WRITE, "lib/string.c"), KIND("*strcpy", MODEL_WRITE, "lib/string.c"),
	KIND("*strncpy", MODEL_WRITE, "lib/string.c"), KIND("snprintf", MODEL_WRITE, "lib/vsprintf.c"),
	READ("__builtin_mem*", "compiler"), READ("__builtin_str*", "compiler"), READ("__builtin_bcmp", "compiler"),
	VALUE("__builtin_*", "compiler"), PURE("_printk", "kernel/printk/printk.c"),
	PURE("__mlog_printk", "fs/ocfs2/cluster/masklog.c"),
	PURE("__dynamic_pr_debug", "lib/dynamic_debug.c"), PURE("__dynamic_dev_dbg", "lib/dynamic_debug.c"),
	PURE("_dev_*", "drivers/base/core.c"), PURE("__warn_printk", "kernel/panic.c"),
	PURE("__compiletime_assert_*", "include/linux/compiler_types.h"), PURE("__fortify_*", "include/linux/fortify-string.h"),
	PURE("debug_lockdep_rcu_enabled", "kernel/rcu/update.c"),
	PURE("lockdep_is_held*", "include/linux/lockdep.h"), PURE("lock_is_held*", "kernel/locking/lockdep.c"),
	PURE("mmap_assert_*", "include/linux/mmap_lock.h"), PURE("vma_assert_*", "include/linux/mmap_lock.h"),
	PURE("__might_*", "kernel/sched/core.c"), PURE("no_printk", "include/linux/printk.h"),
	PURE("___ratelimit", "lib/ratelimit.c"), PURE("class_*_lock_ptr", "include/linux/cleanup.h"),
	PURE("__guard_ptr*", "include/linux/cleanup.h"),

	/* What guard() and kin expand to beside the lock itself, and lock debugging. */
	PURE("__class_*_ctx", "include/linux/cleanup.h"), PURE("spinlock_check", "include/linux/spinlock.h"),
	PURE("alloc_tag_*", "include/linux/alloc_tag.h"), PURE("mem_alloc_profiling_enabled", "include/linux/alloc_tag.h"),
	PURE("kcsan_*", "include/linux/kcsan-checks.h"), PURE("__kcsan_*", "include/linux/kcsan-checks.h"),
	PURE("instrument_*", "include/linux/instrumented.h"), PURE("kasan_check_*", "include/linux/kasan-checks.h"),
	PURE("sdev_prefix_printk", "drivers/scsi/scsi_logging.c"), PURE("_p9_debug", "net/9p/mod.c"),

	PURE("debug_smp_processor_id", "lib/smp_processor_id.c"), PURE("__write_overflow*", "include/linux/fortify-string.h"),
	PURE("__read_overflow*", "include/linux/fortify-string.h"),

	/* Firmware descriptions: lookups. */
	PURE("of_read_number", "include/linux/of.h"),
	TAKE_NEXT("of_find_node_by_name", 0, "drivers/of/base.c"), TAKE_NEXT("of_find_node_by_type", 0, "drivers/of/base.c"),
	TAKE_NEXT("of_find_node_with_property", 0, "drivers/of/base.c"),
	TAKE_IF("of_find_node_*", STATE_REFERENCE, "drivers/of/base.c"),
	TAKE_NEXT("of_get_next_parent", 0, "drivers/of/base.c"), TAKE_NEXT("of_get_next_cpu_node", 0, "drivers/of/base.c"),
	TAKE_NEXT("of_get_next_*", 1, "drivers/of/base.c"),
	TAKE_SAME("of_node_get", STATE_REFERENCE, "include/linux/of.h"), 
	{ .name = "of_node_put", .kind = MODEL_DROP, .state = STATE_REFERENCE, .none_for_null = true,
	  .mirrors = "include/linux/of.h" },
	/* A firmware method is run, the object that it returns is the caller's. */
	TAKE("acpi_evaluate_*", STATE_MEMORY, "drivers/acpi/utils.c"), DROP("acpi_os_free", STATE_MEMORY, "include/acpi/platform/aclinuxex.h"),
	PURE("fortify_mem*_chk", "include/linux/fortify-string.h"),
	PURE("is_acpi_device_node", "drivers/acpi/property.c"),

	/* Known in what they do, but they want a vma. */
	KEEPS("zap_vma_ptes", "mm/memory.c"), KEEPS("zap_special_vma_range", "mm/memory.c"),
	KEEPS("zap_page_range_single", "mm/memory.c"), KEEPS("pci_mmap_fits", "drivers/pci/mmap.c"),
	KEEPS("security_mmap_backing_file", "security/security.c"),
	{ .name = "rdma_user_mmap_entry_get", .kind = MODEL_TAKE, .state = STATE_REFERENCE, .taken = TAKEN_NONZERO,
	  .wants_vma = true, .mirrors = "drivers/infiniband/core/ib_core_uverbs.c" },

	/* Subsystems' helpers. */
	{ .name = "rdma_user_mmap_io", .kind = MODEL_HELPER, .writes = MAPS | W(PROT) | W(PRIVATE_DATA),
	  .keeps_vma = true, .returns = RETURNS_ERRNO,
	  .does = "sets page_prot, maps the range, lists the vma with the entry's reference in private_data",
	  .mirrors = "drivers/infiniband/core/ib_core_uverbs.c" },
	HELPER("sbusfb_mmap_helper", MAPS | W(PROT), "sets page_prot, maps the ranges of the table that pgoff is in",
	       "drivers/video/fbdev/sbuslib.c"),
	HELPER("fb_deferred_io_mmap", W(PROT) | W(VM_OPS) | W(FLAGS) | W(PRIVATE_DATA),
	       "sets page_prot, vm_ops, flags and private_data, takes references that close gives back",
	       "drivers/video/fbdev/core/fb_defio.c"),
	HELPER("ttm_bo_mmap_obj", W(VM_OPS) | W(FLAGS) | W(PRIVATE_DATA),
	       "sets vm_ops where there are none, flags and private_data, takes the object's reference",
	       "drivers/gpu/drm/ttm/ttm_bo_vm.c"),
	HELPER("drm_gem_ttm_mmap", W(VM_OPS) | W(FLAGS) | W(PRIVATE_DATA),
	       "sets vm_ops where there are none, flags and private_data, trades the GEM reference for TTM's",
	       "drivers/gpu/drm/drm_gem_ttm_helper.c"),
	HELPER("drm_gem_dma_mmap", MAPS | W(PROT),
	       "takes the fake offset out of pgoff, sets flags, maps the buffer, gives the reference back if that fails",
	       "drivers/gpu/drm/drm_gem_dma_helper.c"),
	HELPER("pci_mmap_resource_range", MAPS | W(PROT) | W(VM_OPS), "sets page_prot, pgoff and vm_ops, maps the range",
	       "drivers/pci/mmap.c, arch"),
	HELPER("pci_mmap_legacy_page_range", MAPS | W(PROT) | W(VM_OPS) | W(FILE),
	       "sets page_prot and pgoff and maps the range, or sets up zeroed memory", "arch"),
	HELPER("snd_dma_buffer_mmap", MAPS | W(PROT), "maps the buffer as its kind wants it", "sound/core/memalloc.c"),
	HELPER("snd_pcm_lib_default_mmap", MAPS | W(PROT) | W(VM_OPS),
	       "sets flags, maps the buffer as its kind wants it or sets vm_ops with a fault", "sound/core/pcm_native.c"),
	HELPER("ring_buffer_map", W(FLAGS), "sets flags, inserts the buffer's pages, counts the mapping",
	       "kernel/trace/ring_buffer.c"),
	{ .name = "hugetlb_reserve_pages", .kind = MODEL_HELPER, .writes = W(PRIVATE_DATA), .keeps_vma = true,
	  .does = "reserves pages, notes them in the inode or in private_data", .mirrors = "mm/hugetlb.c" },
	{ .name = "dma_mmap_from_dev_coherent", .kind = MODEL_HELPER, .writes = MAPS,
	  .does = "maps the range if it is of the device's own pool", .mirrors = "kernel/dma/coherent.c" },
	/* vm_ops of other files whose callbacks handlers call by hand, and callbacks that are functions for it. */
	{ .name = "vb2_common_vm_ops.open", .kind = MODEL_TAKE, .state = STATE_COUNT, .of_private = true,
	  .mirrors = "drivers/media/common/videobuf2/videobuf2-memops.c" },
	{ .name = "drm_gem_vm_open", .kind = MODEL_TAKE, .state = STATE_REFERENCE, .of_private = true, .wants_vma = true,
	  .mirrors = "drivers/gpu/drm/drm_gem.c" },
	{ .name = "drm_gem_vm_close", .kind = MODEL_DROP, .state = STATE_REFERENCE, .of_private = true, .wants_vma = true,
	  .mirrors = "drivers/gpu/drm/drm_gem.c" },

	/* Tracepoints: static inlines that a macro makes. */
	{ .name = "trace_*", .kind = MODEL_PURE, .in = "trace", .mirrors = "include/linux/tracepoint.h" },
	KIND("__wake_up*", MODEL_TOUCH, "kernel/sched/wait.c"), KIND("wake_up_process", MODEL_TOUCH, "kernel/sched/core.c"),
	VALUE("vma_flags_to_page_prot", "include/linux/mm.h"),

	/* Taken only if they say so; before the rows for the others of their name. */
	TAKE_IF("kref_get_unless_zero", STATE_REFERENCE, "include/linux/kref.h"),
	TAKE_IF("kobject_get_unless_zero", STATE_REFERENCE, "lib/kobject.c"),
	TAKE_IF("mmget_not_zero", STATE_REFERENCE, "include/linux/sched/mm.h"),
	TAKE_IF("try_module_get", STATE_REFERENCE, "kernel/module"),
	TAKE_IF("rdma_user_mmap_entry_get_pgoff", STATE_REFERENCE, "drivers/infiniband/core/ib_core_uverbs.c"),
	DROP("rdma_user_mmap_entry_put", STATE_REFERENCE, "drivers/infiniband/core/ib_core_uverbs.c"),
	TAKE_IF("scsi_host_get", STATE_REFERENCE, "drivers/scsi/hosts.c"),
	DROP("scsi_host_put", STATE_REFERENCE, "drivers/scsi/hosts.c"),
	TAKE("drm_dev_get", STATE_REFERENCE, "drivers/gpu/drm/drm_drv.c"),
	DROP("drm_dev_put", STATE_REFERENCE, "drivers/gpu/drm/drm_drv.c"),
	TAKE_IF("drm_dev_enter", STATE_LOCK, "drivers/gpu/drm/drm_drv.c"),
	DROP("drm_dev_exit", STATE_LOCK, "drivers/gpu/drm/drm_drv.c"),
	TAKE_IF("refcount_inc_not_zero*", STATE_COUNT, "include/linux/refcount.h"),
	TAKE_IF("refcount_add_not_zero*", STATE_COUNT, "include/linux/refcount.h"),
	TAKE_IF("atomic_inc_not_zero", STATE_COUNT, "include/linux/atomic"),
	TAKE_IF("atomic_inc_unless_negative", STATE_COUNT, "include/linux/atomic"),
	TAKE_IF("atomic_add_unless", STATE_COUNT, "include/linux/atomic"),
	TAKE_IF("atomic64_inc_not_zero", STATE_COUNT, "include/linux/atomic"),
	TAKE_IF("atomic_long_inc_not_zero", STATE_COUNT, "include/linux/atomic"),
	TAKE_IF_0("test_and_set_bit*", STATE_LATCH, "include/linux/bitops.h"),
	TAKE_IF("mutex_trylock*", STATE_LOCK, "kernel/locking/mutex.c"),
	TAKE_IF("_mutex_trylock*", STATE_LOCK, "kernel/locking/mutex.c"),
	TAKE_IF_0("mutex_lock_interruptible*", STATE_LOCK, "kernel/locking/mutex.c"),
	TAKE_IF_0("mutex_lock_killable*", STATE_LOCK, "kernel/locking/mutex.c"),
	TAKE_IF_0("_mutex_lock_killable*", STATE_LOCK, "kernel/locking/mutex.c"),
	TAKE_IF_0("ww_mutex_lock_interruptible", STATE_LOCK, "kernel/locking/mutex.c"),
	{ .name = "ww_mutex_lock", .kind = MODEL_TAKE, .state = STATE_LOCK, .taken = TAKEN_ZERO, .sure_without = true,
	  .mirrors = "kernel/locking/mutex.c" },
	TAKE_IF("ww_mutex_trylock", STATE_LOCK, "kernel/locking/mutex.c"),
	DROP("ww_mutex_unlock", STATE_LOCK, "kernel/locking/mutex.c"),
	TAKE_IF("spin_trylock*", STATE_LOCK, "include/linux/spinlock.h"),
	TAKE_IF("_raw_spin_trylock*", STATE_LOCK, "kernel/locking/spinlock.c"),
	TAKE_IF("down_read_trylock", STATE_LOCK, "kernel/locking/rwsem.c"),
	TAKE_IF("down_write_trylock", STATE_LOCK, "kernel/locking/rwsem.c"),
	TAKE_IF_0("down_read_interruptible", STATE_LOCK, "kernel/locking/rwsem.c"),
	TAKE_IF_0("down_read_killable*", STATE_LOCK, "kernel/locking/rwsem.c"),
	TAKE_IF_0("down_write_killable*", STATE_LOCK, "kernel/locking/rwsem.c"),
	TAKE_IF_0("down_trylock", STATE_LOCK, "kernel/locking/semaphore.c"),
	TAKE_IF_0("down_interruptible", STATE_LOCK, "kernel/locking/semaphore.c"),
	TAKE_IF_0("down_killable", STATE_LOCK, "kernel/locking/semaphore.c"),
	TAKE_IF("inode_trylock*", STATE_LOCK, "include/linux/fs.h"),

	/* References. */
	TAKE("kref_get*", STATE_REFERENCE, "include/linux/kref.h"), DROP("kref_put*", STATE_REFERENCE, "include/linux/kref.h"),
	TAKE_SAME("get_device", STATE_REFERENCE, "drivers/base/core.c"), DROP("put_device", STATE_REFERENCE, "drivers/base/core.c"),
	TAKE_SAME("kobject_get", STATE_REFERENCE, "lib/kobject.c"), DROP("kobject_put", STATE_REFERENCE, "lib/kobject.c"),
	{ .name = "get_file", .kind = MODEL_TAKE, .state = STATE_REFERENCE, .returns_first = true, .follows_first = true,
	  .mirrors = "include/linux/fs.h" },
	TAKE("get_file_*", STATE_REFERENCE, "include/linux/fs.h"), DROP("fput", STATE_REFERENCE, "fs/file_table.c"),
	TAKE("fget*", STATE_REFERENCE, "fs/file.c"), TAKE("igrab", STATE_REFERENCE, "fs/inode.c"),
	DROP("iput", STATE_REFERENCE, "fs/inode.c"), TAKE("get_page", STATE_REFERENCE, "include/linux/mm.h"),
	DROP("put_page", STATE_REFERENCE, "include/linux/mm.h"), TAKE("folio_get", STATE_REFERENCE, "include/linux/mm.h"),
	DROP("folio_put", STATE_REFERENCE, "include/linux/mm.h"), TAKE("__module_get", STATE_REFERENCE, "kernel/module"),
	DROP("module_put", STATE_REFERENCE, "kernel/module"),
	TAKE("mmget*", STATE_REFERENCE, "include/linux/sched/mm.h"), DROP("mmput*", STATE_REFERENCE, "kernel/fork.c"),
	TAKE("mmgrab", STATE_REFERENCE, "include/linux/sched/mm.h"), DROP("mmdrop", STATE_REFERENCE, "include/linux/sched/mm.h"),
	TAKE_SAME("get_task_struct", STATE_REFERENCE, "include/linux/sched"),
	TAKE("get_task_*", STATE_REFERENCE, "include/linux/sched"), DROP("put_task_struct", STATE_REFERENCE, "include/linux/sched"),
	TAKE_SAME("get_pid", STATE_REFERENCE, "include/linux/pid.h"), DROP("put_pid", STATE_REFERENCE, "kernel/pid.c"),
	TAKE("pm_runtime_get*", STATE_REFERENCE, "include/linux/pm_runtime.h"),
	DROP("pm_runtime_put*", STATE_REFERENCE, "include/linux/pm_runtime.h"),
	TAKE("refcount_inc*", STATE_COUNT, "include/linux/refcount.h"), DROP("refcount_dec*", STATE_COUNT, "include/linux/refcount.h"),
	TAKE("refcount_add*", STATE_COUNT, "include/linux/refcount.h"), DROP("refcount_sub*", STATE_COUNT, "include/linux/refcount.h"),
	TAKE("refcount_set", STATE_COUNT, "include/linux/refcount.h"),
	TAKE("atomic_inc*", STATE_COUNT, "include/linux/atomic"), DROP("atomic_dec*", STATE_COUNT, "include/linux/atomic"),
	TAKE("atomic_add*", STATE_COUNT, "include/linux/atomic"), DROP("atomic_sub*", STATE_COUNT, "include/linux/atomic"),
	TAKE("atomic64_inc*", STATE_COUNT, "include/linux/atomic"), DROP("atomic64_dec*", STATE_COUNT, "include/linux/atomic"),
	TAKE("atomic_long_inc*", STATE_COUNT, "include/linux/atomic"), DROP("atomic_long_dec*", STATE_COUNT, "include/linux/atomic"),
	TAKE("atomic_set", STATE_COUNT, "include/linux/atomic"), TAKE("atomic_xchg", STATE_COUNT, "include/linux/atomic"),
	TAKE("atomic_cmpxchg", STATE_COUNT, "include/linux/atomic"),
	TAKE("set_bit", STATE_LATCH, "include/linux/bitops.h"), DROP("clear_bit*", STATE_LATCH, "include/linux/bitops.h"),
	DROP("test_and_clear_bit*", STATE_LATCH, "include/linux/bitops.h"),

	/* Locks: mutex_lock() and kin are macros under lockdep, these are what they expand to too. */
	TAKE("mutex_lock*", STATE_LOCK, "kernel/locking/mutex.c"),
	DROP("mutex_unlock", STATE_LOCK, "kernel/locking/mutex.c"), TAKE("_mutex_lock*", STATE_LOCK, "kernel/locking/mutex.c"),
	TAKE("spin_lock*", STATE_LOCK, "include/linux/spinlock.h"), DROP("spin_unlock*", STATE_LOCK, "include/linux/spinlock.h"),
	TAKE("_raw_spin_lock*", STATE_LOCK, "kernel/locking/spinlock.c"), DROP("_raw_spin_unlock*", STATE_LOCK, "kernel/locking/spinlock.c"),
	TAKE("_raw_read_lock*", STATE_LOCK, "kernel/locking/spinlock.c"), DROP("_raw_read_unlock*", STATE_LOCK, "kernel/locking/spinlock.c"),
	TAKE("_raw_write_lock*", STATE_LOCK, "kernel/locking/spinlock.c"), DROP("_raw_write_unlock*", STATE_LOCK, "kernel/locking/spinlock.c"),
	TAKE("down_read*", STATE_LOCK, "kernel/locking/rwsem.c"), DROP("up_read*", STATE_LOCK, "kernel/locking/rwsem.c"),
	TAKE("down_write*", STATE_LOCK, "kernel/locking/rwsem.c"), DROP("up_write*", STATE_LOCK, "kernel/locking/rwsem.c"),
	TAKE("down", STATE_LOCK, "kernel/locking/semaphore.c"),
	DROP("up", STATE_LOCK, "kernel/locking/semaphore.c"), DROP("downgrade_write", STATE_NONE, "kernel/locking/rwsem.c"),
	TAKE("rcu_read_lock", STATE_LOCK, "include/linux/rcupdate.h"), DROP("rcu_read_unlock", STATE_LOCK, "include/linux/rcupdate.h"),
	TAKE("srcu_read_lock*", STATE_LOCK, "include/linux/srcu.h"), DROP("srcu_read_unlock*", STATE_LOCK, "include/linux/srcu.h"),
	TAKE("gfs2_glock_nq_init", STATE_LOCK, "fs/gfs2/glock.h"), DROP("gfs2_glock_dq_uninit", STATE_LOCK, "fs/gfs2/glock.c"),
	TAKE("inode_lock*", STATE_LOCK, "include/linux/fs.h"), DROP("inode_unlock*", STATE_LOCK, "include/linux/fs.h"),

	/* Memory. */
	TAKE("kmalloc*", STATE_MEMORY, "mm/slub.c"), TAKE("kzalloc*", STATE_MEMORY, "include/linux/slab.h"),
	TAKE("kcalloc*", STATE_MEMORY, "include/linux/slab.h"), TAKE("__kmalloc*", STATE_MEMORY, "mm/slub.c"),
	TAKE("kvmalloc*", STATE_MEMORY, "mm/slub.c"), TAKE("__kvmalloc*", STATE_MEMORY, "mm/slub.c"),
	TAKE("_kmalloc*", STATE_MEMORY, "mm/slub.c"), TAKE("_kzalloc*", STATE_MEMORY, "include/linux/slab.h"),
	TAKE("kmem_cache_alloc*", STATE_MEMORY, "mm/slub.c"), TAKE("vmalloc*", STATE_MEMORY, "mm/vmalloc.c"),
	TAKE("vzalloc*", STATE_MEMORY, "mm/vmalloc.c"), TAKE("alloc_page*", STATE_MEMORY, "mm/page_alloc.c"),
	TAKE("__get_free_page*", STATE_MEMORY, "mm/page_alloc.c"), TAKE("get_zeroed_page*", STATE_MEMORY, "mm/page_alloc.c"),
	TAKE("kmemdup*", STATE_MEMORY, "mm/util.c"), TAKE("dma_alloc_*", STATE_MEMORY, "kernel/dma/mapping.c"),
	TAKE("hcd_buffer_alloc_pages", STATE_MEMORY, "drivers/usb/core/buffer.c"),
	DROP("hcd_buffer_free_pages", STATE_MEMORY, "drivers/usb/core/buffer.c"),
	DROP("kfree*", STATE_MEMORY, "mm/slub.c"), DROP("kvfree*", STATE_MEMORY, "mm/slub.c"),
	DROP("vfree*", STATE_MEMORY, "mm/vmalloc.c"), DROP("kmem_cache_free", STATE_MEMORY, "mm/slub.c"),
	DROP("free_page*", STATE_MEMORY, "mm/page_alloc.c"), DROP("__free_page*", STATE_MEMORY, "mm/page_alloc.c"),
	DROP("dma_free_*", STATE_MEMORY, "kernel/dma/mapping.c"),

	/* Lists. */
	TAKE("list_add*", STATE_LIST, "include/linux/list.h"), DROP("list_del*", STATE_LIST, "include/linux/list.h"),
	TAKE("hlist_add*", STATE_LIST, "include/linux/list.h"), DROP("hlist_del*", STATE_LIST, "include/linux/list.h"),
	TAKE("list_move*", STATE_LIST, "include/linux/list.h"),
};

/* One '*' in a row's name stands for any text. */
static bool matches(const char *row, const char *name)
{
	const char *star = strchr(row, '*');
	size_t before, after;

	if (!star)
		return !strcmp(row, name);
	before = (size_t)(star - row);
	after = strlen(star + 1);
	return strlen(name) >= before + after && !strncmp(row, name, before) &&
	       !strcmp(star + 1, name + strlen(name) - after);
}

const struct model *model_find(const char *function)
{
	size_t i;

	for (i = 0; i < sizeof(models) / sizeof(*models); i++)
		if (matches(models[i].name, function))
			return &models[i];
	return NULL;
}

const struct model *model_row(size_t i)
{
	return i < sizeof(models) / sizeof(*models) ? &models[i] : NULL;
}
