// SPDX-License-Identifier: GPL-2.0-only
/* What kbuild would generate, made up: enough for most headers to be read. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "tree/fallback.h"
#include "tree/fallback_config.h"

#define MAX_TEXT (4u << 20)

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
	{ "generated/asm-offsets.h", "#define STACK_FRAME_PARAMS 48\n" },
	{ "generated/rq-offsets.h", "#define RQ_nr_pinned 0\n" },
	{ "generated/timeconst.h", "#define HZ_TO_MSEC_NUM 4\n#define HZ_TO_MSEC_DEN 1\n"
	  "#define MSEC_TO_HZ_NUM 1\n#define MSEC_TO_HZ_DEN 4\n" },
	{ "generated/compile.h", "#define UTS_MACHINE \"\"\n" },
	{ "generated/utsversion.h", "#define UTS_VERSION \"\"\n" },
	{ "asm/cpufeaturemasks.h", "#define REQUIRED_MASK_BIT_SET(x) 0\n"
	  "#define DISABLED_MASK_BIT_SET(x) 0\n" },
};

/* Tables of numbers that no handler looks at: empty, so that an #include of one does not end the file. */
static const char *const tables[] = {
	"asm/unistd_32.h", "asm/unistd_64.h", "asm/unistd_x32.h", "asm/unistd_32_ia32.h",
	"asm/unistd_64_x32.h", "asm/unistd_compat_32.h", "asm/unistd-nr.h", "asm/unistd-oabi.h",
	"asm/unistd-eabi.h", "asm/unistd_n32.h", "asm/unistd_n64.h", "asm/unistd_o32.h",
	"asm/unistd_nr_n32.h", "asm/unistd_nr_n64.h", "asm/unistd_nr_o32.h", "asm/syscalls_32.h",
	"asm/syscalls_64.h", "asm/syscall_table_32.h", "asm/syscall_table_64.h",
	"asm/syscall_table.h", "asm/sysreg-defs.h", "asm/cpucap-defs.h", "asm/kernel-hwcap.h",
	"asm/mach-types.h", "asm/facility-defs.h", "asm/dis-defs.h", "asm/xen-hypercalls.h",
};

/* A folder's -I order lets the tree's own stand before these. */
static bool put_tables(const char *dir)
{
	bool whole = true;
	char *uapi;
	size_t i;

	for (i = 0; i < sizeof(tables) / sizeof(*tables); i++) {
		uapi = path_join("uapi", tables[i]);
		whole &= !put(dir, tables[i], "") && !put(dir, uapi, "");
		free(uapi);
	}
	return whole;
}

char *fallback_headers(const struct tree *t, const struct arch *arch, const char *base)
{
	char *dir = xasprintf("%s/fallback-%s", base, arch->name), *release, *uapi;
	struct strbuf config = { 0 };
	bool whole = true;
	size_t i;
	char *own = path_join(t->root, "include/generated/autoconf.h");

	fallback_config(t, arch, &config);
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
	whole &= put_tables(dir);
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
