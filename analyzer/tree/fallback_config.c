// SPDX-License-Identifier: GPL-2.0-only
/* A configuration made up from data: a defconfig, what it selects, and what nearly all kernels have. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "tree/fallback_config.h"

#define MAX_TEXT (4u << 20)

/* The name of the defconfig to start from, and what Kconfig would derive for any of the kind. */
static const struct {
	const char *arch, *defconfig, *symbols;
} configs[] = {
	{ "x86_64", "x86_64_defconfig", "SMP X86 X86_64 64BIT NUMA X86_TSC X86_PAT INSTRUCTION_DECODER "
	  "GENERIC_BUG_RELATIVE_POINTERS X86_L1_CACHE_SHIFT=6 X86_INTERNODE_CACHE_SHIFT=6 PGTABLE_LEVELS=4 "
	  "PHYSICAL_START=0x1000000 PHYSICAL_ALIGN=0x200000 X86_CMPXCHG64 X86_MINIMUM_CPU_FAMILY=64 ACPI "
	  "IA32_EMULATION COMPAT COMPAT_32" },
	{ "arm64", "defconfig", "SMP ARM64 64BIT NUMA ARM64_4K_PAGES ARM64_VA_BITS=48 ARM64_PA_BITS=48 "
	  "PGTABLE_LEVELS=4 ARM64_PAGE_SHIFT=12 ARM64_CONT_PTE_SHIFT=4 ARM64_CONT_PMD_SHIFT=4" },
	{ "arm", "multi_v7_defconfig", "SMP ARM CPU_V7 CPU_32v7 CPU_32v6K CPU_CP15_MMU CPU_TLB_V7 "
	  "CPU_CACHE_V7 CPU_COPY_V6 CPU_ABRT_EV7 CPU_PABRT_V7 CPU_CACHE_VIPT AEABI ARM_L1_CACHE_SHIFT=6 "
	  "ARM_L1_CACHE_SHIFT_6 PGTABLE_LEVELS=2 PAGE_OFFSET=0xC0000000 PHYS_OFFSET=0 VMSPLIT_3G" },
	{ "powerpc", "ppc64_defconfig", "SMP PPC PPC64 64BIT NUMA PPC_BOOK3S PPC_BOOK3S_64 PPC_64S_HASH_MMU "
	  "PPC_RADIX_MMU PPC_PSERIES PPC_POWERNV PPC_64K_PAGES CPU_LITTLE_ENDIAN PGTABLE_LEVELS=4 "
	  "PAGE_OFFSET=0xc000000000000000 KERNEL_START=0xc000000000000000 PHYSICAL_START=0 "
	  "PAGE_SHIFT=16 PPC_PAGE_SHIFT=16 DATA_SHIFT=24 THREAD_SHIFT=14" },
	{ "sparc64", "sparc64_defconfig", "SMP SPARC SPARC64 64BIT NUMA PGTABLE_LEVELS=4 PAGE_SHIFT=13 "
	  "QUEUED_SPINLOCKS QUEUED_RWLOCKS" },
	{ "mips", "malta_defconfig", "MIPS 32BIT CPU_MIPS32 CPU_MIPS32_R2 CPU_LITTLE_ENDIAN "
	  "MIPS_L1_CACHE_SHIFT=6 PGTABLE_LEVELS=2" },
	{ "s390", "defconfig", "SMP S390 64BIT NUMA PGTABLE_LEVELS=5 COMMAND_LINE_SIZE=4096 MAX_PHYSMEM_BITS=46 MARCH_Z13 HAVE_MARCH_Z10_FEATURES "
	  "HAVE_MARCH_Z13_FEATURES" },
	{ "arc", "haps_hs_smp_defconfig", "SMP ARC ISA_ARCV2 ARC_CACHE_LINE_SHIFT=6 PGTABLE_LEVELS=2 "
	  "LINUX_RAM_BASE=0x80000000 LINUX_LINK_BASE=0x80000000 ARC_KVADDR_SIZE=256" },
	{ "m68k", "multi_defconfig", "M68K MMU_MOTOROLA M68KCLASSIC PGTABLE_LEVELS=3" },
	{ "riscv", "defconfig", "SMP RISCV 64BIT THREAD_SIZE_ORDER=2 ARCH_RV64I PGTABLE_LEVELS=5 PAGE_OFFSET=0xff60000000000000" },
};

/* True of (nearly) every kernel that a handler is built for. */
static const char common[] =
	"MMU MODULES PRINTK BUG GENERIC_BUG FUTEX EPOLL SHMEM PROC_FS SYSFS BLOCK NET INET PCI "
	"OF HAS_IOMEM HAS_IOPORT HAS_DMA NEED_SG_DMA_LENGTH SPARSEMEM "
	"KERNFS CGROUPS SOCK_CGROUP_DATA TASKS_TRACE_RCU TASKS_RCU INFINIBAND_USER_ACCESS INFINIBAND_USER_MEM "
	"SPARSEMEM_VMEMMAP SPARSEMEM_EXTREME PAGE_SHIFT=12 HZ=250 HZ_250 NR_CPUS=64 "
	"NODES_SHIFT=6 LOG_BUF_SHIFT=17 BASE_SMALL=0 PANIC_TIMEOUT=0 PREEMPT_NONE "
	"INPUT TTY VT USB_SUPPORT USB DRM FB SOUND SND SND_PCM MEDIA_SUPPORT VIDEO_DEV INFINIBAND "
	"VFIO DMA_SHARED_BUFFER DEFAULT_MMAP_MIN_ADDR=65536 PM PM_SLEEP "
	"FRAME_WARN=2048 ILLEGAL_POINTER_VALUE=0 CC_HAS_ASM_GOTO_OUTPUT AS_HAS_NON_CONST_ULEB128 "
	"CC_IS_CLANG CLANG_VERSION=190000 LOCKDEP_SUPPORT TRACEPOINTS EVENTFD XARRAY_MULTI "
	"ARCH_DMA_ADDR_T_64BIT PHYS_ADDR_T_64BIT SPLIT_PTLOCK_CPUS=4 MIGRATION GENERIC_HARDIRQS "
	"TREE_RCU TREE_SRCU THREAD_INFO_IN_TASK JUMP_LABEL USE_PERCPU_NUMA_NODE_ID ASSOCIATIVE_ARRAY "
	"IRQ_DOMAIN SPARSE_IRQ GENERIC_CLOCKEVENTS HIGH_RES_TIMERS SECURITY KALLSYMS PERF_EVENTS";

static void define(struct strbuf *b, const char *name, size_t len, const char *value)
{
	/* The first word about a symbol holds. */
	strbuf_addf(b, "#ifndef CONFIG_%.*s\n#define CONFIG_%.*s %s\n#endif\n", (int)len, name,
		    (int)len, name, value);
}

static void define_words(struct strbuf *b, const char *words)
{
	size_t len, name;
	char *value;

	for (; *words; words += len + (words[len] == ' ')) {
		len = strcspn(words, " ");
		name = strcspn(words, "= ");
		if (str_starts(words, "CONFIG_") || !len)
			continue;
		value = name < len ? xstrndup(words + name + 1, len - name - 1) : xstrdup("1");
		define(b, words, name, value);
		free(value);
	}
}

/* "CONFIG_X=y|m|value" lines of a defconfig. */
static void define_defconfig(struct strbuf *b, const char *text)
{
	const char *end, *eq;
	char *value;

	for (; *text; text = *end ? end + 1 : end) {
		end = strchrnul(text, '\n');
		if (!str_starts(text, "CONFIG_"))
			continue;
		text += strlen("CONFIG_");
		eq = memchr(text, '=', (size_t)(end - text));
		if (!eq)
			continue;
		value = xstrndup(eq + 1, (size_t)(end - eq - 1));
		if (!strcmp(value, "y") || !strcmp(value, "m"))
			define(b, text, (size_t)(eq - text), "1");
		else
			define(b, text, (size_t)(eq - text), value);
		free(value);
	}
}

static bool is_defined(const struct strbuf *b, const char *name, size_t len)
{
	char *line = xasprintf("#define CONFIG_%.*s ", (int)len, name);
	bool found = b->len && strstr(b->s, line);

	free(line);
	return found;
}

/*
 * What the architecture's Kconfig selects by symbols that are on: `config A`, then `select B` or
 * `select B if C` with one symbol C.  No more of the language is read.
 */
static void define_selected(struct strbuf *b, const char *text)
{
	const char *end, *name, *cond;
	bool on = false;
	size_t len;

	for (; *text; text = *end ? end + 1 : end) {
		end = strchrnul(text, '\n');
		if (str_starts(text, "config ")) {
			name = text + strlen("config ");
			on = is_defined(b, name, (size_t)(end - name));
			continue;
		}
		name = text + strspn(text, " \t");
		if (!on || !str_starts(name, "select "))
			continue;
		name += strlen("select ");
		len = strcspn(name, " \t\n");
		cond = name + len + strspn(name + len, " \t");
		if (str_starts(cond, "if ")) {
			cond += strlen("if ");
			if (!is_defined(b, cond, (size_t)(end - cond)))
				continue;
		} else if (cond != end && *cond != '#') {
			continue;
		}
		define(b, name, len, "1");
	}
}

void fallback_config(const struct tree *t, const struct arch *arch, struct strbuf *b)
{
	struct strbuf text = { 0 };
	char *path;
	size_t i;

	for (i = 0; i < sizeof(configs) / sizeof(*configs); i++) {
		if (strcmp(configs[i].arch, arch->name))
			continue;
		define_words(b, configs[i].symbols);
		path = xasprintf("%s/arch/%s/configs/%s", t->root, arch->srcarch,
				 configs[i].defconfig);
		if (!file_read(path, MAX_TEXT, &text))
			define_defconfig(b, text.s);
		free(path);
	}
	define_words(b, common);
	path = xasprintf("%s/arch/%s/Kconfig", t->root, arch->srcarch);
	strbuf_reset(&text);
	if (!file_read(path, MAX_TEXT, &text))
		define_selected(b, text.s);
	free(path);
	strbuf_free(&text);
}
