// SPDX-License-Identifier: GPL-2.0-only
/* What kbuild would generate, made up: enough for most headers to be read. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "tree/fallback.h"

#define MAX_TEXT (4u << 20)

/* The name of the defconfig to start from, and what Kconfig would derive for any of the kind. */
static const struct {
	const char *arch, *defconfig, *symbols;
} configs[] = {
	{ "x86_64", "x86_64_defconfig", "X86 X86_64 64BIT X86_TSC X86_PAT INSTRUCTION_DECODER "
	  "GENERIC_BUG_RELATIVE_POINTERS X86_L1_CACHE_SHIFT=6 PGTABLE_LEVELS=4 "
	  "PHYSICAL_START=0x1000000 PHYSICAL_ALIGN=0x200000 X86_CMPXCHG64 X86_MINIMUM_CPU_FAMILY=64" },
	{ "arm64", "defconfig", "ARM64 64BIT ARM64_4K_PAGES ARM64_VA_BITS=48 ARM64_PA_BITS=48 "
	  "PGTABLE_LEVELS=4 ARM64_PAGE_SHIFT=12 ARM64_CONT_PTE_SHIFT=4 ARM64_CONT_PMD_SHIFT=4" },
	{ "arm", "multi_v7_defconfig", "ARM CPU_V7 CPU_32v7 CPU_32v6K CPU_CP15_MMU CPU_TLB_V7 "
	  "CPU_CACHE_V7 CPU_COPY_V6 CPU_ABRT_EV7 CPU_PABRT_V7 CPU_CACHE_VIPT AEABI ARM_L1_CACHE_SHIFT=6 "
	  "ARM_L1_CACHE_SHIFT_6 PGTABLE_LEVELS=2 PAGE_OFFSET=0xC0000000" },
	{ "powerpc", "ppc64_defconfig", "PPC PPC64 64BIT PPC_BOOK3S PPC_BOOK3S_64 PPC_64S_HASH_MMU "
	  "PPC_RADIX_MMU PPC_PSERIES PPC_POWERNV PPC_64K_PAGES CPU_LITTLE_ENDIAN PGTABLE_LEVELS=4 "
	  "PAGE_OFFSET=0xc000000000000000 KERNEL_START=0xc000000000000000 PHYSICAL_START=0 "
	  "PPC_PAGE_SHIFT=16 DATA_SHIFT=24 THREAD_SHIFT=14" },
	{ "sparc64", "sparc64_defconfig", "SPARC SPARC64 64BIT PGTABLE_LEVELS=4" },
	{ "mips", "malta_defconfig", "MIPS 32BIT CPU_MIPS32 CPU_MIPS32_R2 CPU_LITTLE_ENDIAN "
	  "MIPS_L1_CACHE_SHIFT=6 PGTABLE_LEVELS=2" },
	{ "s390", "defconfig", "S390 64BIT PGTABLE_LEVELS=5 MARCH_Z13 HAVE_MARCH_Z10_FEATURES "
	  "HAVE_MARCH_Z13_FEATURES" },
	{ "arc", "haps_hs_smp_defconfig", "ARC ISA_ARCV2 ARC_CACHE_LINE_SHIFT=6 PGTABLE_LEVELS=2 "
	  "LINUX_RAM_BASE=0x80000000 LINUX_LINK_BASE=0x80000000 ARC_KVADDR_SIZE=256" },
	{ "m68k", "multi_defconfig", "M68K MMU_MOTOROLA M68KCLASSIC PGTABLE_LEVELS=3" },
	{ "riscv", "defconfig", "RISCV 64BIT ARCH_RV64I PGTABLE_LEVELS=5 PAGE_OFFSET=0xff60000000000000" },
};

/* True of (nearly) every kernel that a handler is built for. */
static const char common[] =
	"MMU SMP MODULES PRINTK BUG GENERIC_BUG FUTEX EPOLL SHMEM PROC_FS SYSFS BLOCK NET INET PCI "
	"OF HAS_IOMEM HAS_IOPORT HAS_DMA NEED_SG_DMA_LENGTH SPARSEMEM "
	"SPARSEMEM_VMEMMAP SPARSEMEM_EXTREME PAGE_SHIFT=12 HZ=250 HZ_250 NR_CPUS=64 "
	"NODES_SHIFT=6 LOG_BUF_SHIFT=17 BASE_SMALL=0 PANIC_TIMEOUT=0 PREEMPT_NONE "
	"INPUT TTY VT USB_SUPPORT USB DRM FB SOUND SND SND_PCM MEDIA_SUPPORT VIDEO_DEV INFINIBAND "
	"VFIO DMA_SHARED_BUFFER DEFAULT_MMAP_MIN_ADDR=65536 PM PM_SLEEP "
	"FRAME_WARN=2048 ILLEGAL_POINTER_VALUE=0 CC_HAS_ASM_GOTO_OUTPUT AS_HAS_NON_CONST_ULEB128 "
	"CC_IS_CLANG CLANG_VERSION=190000 LOCKDEP_SUPPORT TRACEPOINTS EVENTFD XARRAY_MULTI "
	"ARCH_DMA_ADDR_T_64BIT PHYS_ADDR_T_64BIT SPLIT_PTLOCK_CPUS=4 MIGRATION GENERIC_HARDIRQS "
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

static void make_config(const struct tree *t, const struct arch *arch, struct strbuf *b)
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
	strbuf_free(&text);
}

static int put(const char *dir, const char *name, const char *text)
{
	char *path = path_join(dir, name);
	int ret = file_write_atomic(path, text, strlen(text));

	free(path);
	return ret;
}

/* NAME.h from asm-generic, in dir/sub, unless the architecture has its own. */
static int wrap(const char *dir, const char *own, const char *name)
{
	char *mine = path_join(own, name), *rel = xasprintf("asm/%s", name), *text;
	int ret = 0;

	if (path_is_inside(rel) && !strchr(name, '/') && !file_exists(mine)) {
		text = xasprintf("#include <asm-generic/%s>\n", name);
		ret = put(dir, rel, text);
		free(text);
	}
	free(rel);
	free(mine);
	return ret;
}

/* The headers that a Kbuild file lists in `generic-y += x.h` and `mandatory-y += x.h`. */
static int wrap_listed(const char *dir, const char *kbuild, const char *own)
{
	struct strbuf text = { 0 };
	const char *p, *end, *word;
	char *name;
	size_t len;
	int ret = 0;

	if (file_read(kbuild, MAX_TEXT, &text))
		goto done;
	for (p = text.s; *p && !ret; p = *end ? end + 1 : end) {
		end = strchrnul(p, '\n');
		if (!str_starts(p, "generic-y") && !str_starts(p, "mandatory-y"))
			continue;
		word = memmem(p, (size_t)(end - p), "+=", 2);
		if (!word)
			continue;
		word += 2 + strspn(word + 2, " \t");
		len = strcspn(word, " \t\r\n#");
		name = xstrndup(word, len);
		if (str_ends(name, ".h"))
			ret = wrap(dir, own, name);
		free(name);
	}
done:
	strbuf_free(&text);
	return ret;
}

static int make_wrappers(const struct tree *t, const struct arch *arch, const char *dir)
{
	char *own = xasprintf("%s/arch/%s/include/asm", t->root, arch->srcarch);
	char *own_uapi = xasprintf("%s/arch/%s/include/uapi/asm", t->root, arch->srcarch);
	char *lists[] = {
		path_join(own, "Kbuild"), path_join(t->root, "include/asm-generic/Kbuild"),
		path_join(own_uapi, "Kbuild"), path_join(t->root, "include/uapi/asm-generic/Kbuild"),
	};
	char *uapi = path_join(dir, "uapi");
	size_t i;
	int ret = 0;

	for (i = 0; i < sizeof(lists) / sizeof(*lists); i++) {
		if (!ret)
			ret = wrap_listed(i < 2 ? dir : uapi, lists[i], i < 2 ? own : own_uapi);
		free(lists[i]);
	}
	free(uapi);
	free(own_uapi);
	free(own);
	return ret;
}

/* Numbers that kbuild takes from compiled C; right in kind, which is all that parsing needs. */
static const struct {
	const char *name, *text;
} constants[] = {
	{ "generated/bounds.h", "#define NR_PAGEFLAGS 24\n#define MAX_NR_ZONES 4\n"
	  "#define NR_CPUS_BITS 6\n#define SPINLOCK_SIZE 4\n#define LRU_GEN_WIDTH 0\n"
	  "#define __LRU_REFS_WIDTH 0\n" },
	{ "generated/asm-offsets.h", "" },
	{ "generated/rq-offsets.h", "" },
	{ "generated/timeconst.h", "#define HZ_TO_MSEC_NUM 4\n#define HZ_TO_MSEC_DEN 1\n"
	  "#define MSEC_TO_HZ_NUM 1\n#define MSEC_TO_HZ_DEN 4\n" },
	{ "generated/compile.h", "#define UTS_MACHINE \"\"\n" },
	{ "generated/utsversion.h", "#define UTS_VERSION \"\"\n" },
	{ "asm/cpufeaturemasks.h", "#define REQUIRED_MASK_BIT_SET(x) 0\n"
	  "#define DISABLED_MASK_BIT_SET(x) 0\n" },
	{ "generated/cpucap-defs.h", "" },
};

char *fallback_headers(const struct tree *t, const struct arch *arch, const char *base)
{
	char *dir = xasprintf("%s/fallback-%s", base, arch->name), *release, *uapi;
	struct strbuf config = { 0 };
	bool whole = true;
	size_t i;
	char *own = path_join(t->root, "include/generated/autoconf.h");

	make_config(t, arch, &config);
	/* A tree that was built in place has its own. */
	if (!file_exists(own))
		whole &= !put(dir, "generated/autoconf.h", config.len ? config.s : "");
	for (i = 0; i < sizeof(constants) / sizeof(*constants); i++)
		whole &= !put(dir, constants[i].name, constants[i].text);
	release = xasprintf("#define UTS_RELEASE \"%s\"\n", t->version);
	whole &= !put(dir, "generated/utsrelease.h", release);
	uapi = xasprintf("#define LINUX_VERSION_CODE 0\n#define KERNEL_VERSION(a, b, c) "
			 "(((a) << 16) + ((b) << 8) + ((c) > 255 ? 255 : (c)))\n");
	whole &= !put(dir, "uapi/linux/version.h", uapi);
	whole &= !make_wrappers(t, arch, dir);
	if (!whole)
		log_warn("%s: cannot write all made-up headers there; more files will be read only "
			 "in part: make it a folder that can be written", dir);
	strbuf_free(&config);
	free(release);
	free(uapi);
	free(own);
	return dir;
}
