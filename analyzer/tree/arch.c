// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "tree/flags.h"

/*
 * The triples are those of the kernel's scripts/Makefile.clang, so that a file reads the same way
 * whether kbuild or the fallback gave its flags.  Where `cross` is set, the tree does not build
 * with LLVM (sparc64, arc) or its headers trip clang's assembler (m68k).
 */
const struct arch arch_table[] = {
	/* powerpc: handlers of the cell files exist with 4K pages only, allmodconfig takes 64K. */
	{ "x86_64", "x86", "x86_64-linux-gnu", NULL, NULL, false },
	{ "arm64", "arm64", "aarch64-linux-gnu", NULL, NULL, false },
	{ "arm", "arm", "arm-linux-gnueabi", NULL, NULL, false },
	{ "powerpc", "powerpc", "powerpc64le-linux-gnu", NULL,
	  "CONFIG_PPC_4K_PAGES=y\n", false },
	{ "sparc64", "sparc", "sparc64-linux-gnu", "sparc64-linux-gnu-", NULL, false },
	{ "mips", "mips", "mipsel-linux-gnu", NULL, NULL, false },
	{ "s390", "s390", "s390x-linux-gnu", NULL, NULL, false },
	{ "arc", "arc", "arc-linux-gnu", "arc-linux-gnu-", NULL, true },
	{ "m68k", "m68k", "m68k-linux-gnu", "m68k-linux-gnu-", NULL, true },
	{ "riscv", "riscv", "riscv64-linux-gnu", NULL, NULL, true },
};
const size_t arch_nr = sizeof(arch_table) / sizeof(*arch_table);

const struct arch *arch_by_name(const char *name)
{
	size_t i;

	for (i = 0; i < arch_nr; i++)
		if (!strcmp(arch_table[i].name, name))
			return &arch_table[i];
	return NULL;
}

const struct arch *arch_of_path(const char *path)
{
	size_t i, len;

	if (strncmp(path, "arch/", 5))
		return NULL;
	path += 5;
	for (i = 0; i < arch_nr; i++) {
		len = strlen(arch_table[i].srcarch);
		if (!strncmp(path, arch_table[i].srcarch, len) && path[len] == '/')
			return &arch_table[i];
	}
	return NULL;
}
