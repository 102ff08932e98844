// SPDX-License-Identifier: GPL-2.0-only
#include "tree/fallback.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "tree/command.h"

/* What an architecture's own Makefile would add, as far as headers look at it. */
static const struct {
	const char *arch;
	const char *options[8];
} extra[] = {
	{ "x86_64", { "-m64", "-mno-sse", "-mno-mmx", "-mno-sse2", "-mcmodel=kernel",
		      "-mno-red-zone", "-DCC_USING_FENTRY" } },
	{ "arm64", { "-mgeneral-regs-only" } },
	{ "arm", { "-D__LINUX_ARM_ARCH__=7", "-march=armv7-a", "-msoft-float",
		   "-DPAGE_OFFSET=0xC0000000" } },
	{ "powerpc", { "-m64", "-mlittle-endian", "-mno-altivec", "-mno-vsx" } },
	{ "sparc64", { "-m64" } },
	{ "mips", { "-mabi=32", "-EL", "-mno-abicalls", "-msoft-float", "-D_MIPS_ISA=7" } },
	{ "s390", { "-m64", "-march=z13", "-msoft-float", "-mbackchain" } },
	{ "riscv", { "-mabi=lp64", "-march=rv64imac" } },
};

/* -I dir/sub, or dir where sub is NULL, if it is there. */
static void add_include(struct strlist *argv, const char *dir, const char *sub)
{
	char *path = sub ? path_join(dir, sub) : xstrdup(dir);

	if (file_is_dir(path))
		strlist_addf(argv, "-I%s", path);
	free(path);
}

static void add_header(struct strlist *argv, const char *dir, const char *name)
{
	char *path = path_join(dir, name);

	if (file_exists(path)) {
		strlist_add(argv, "-include");
		strlist_add(argv, path);
	}
	free(path);
}

/* The file's own folder, its include/, and the same one and two levels up. */
static void add_near(struct strlist *argv, const char *root, const char *file)
{
	char *dir = xstrdup(file), *slash, *path;
	int level;

	for (level = 0; level < 3; level++) {
		slash = strrchr(dir, '/');
		if (!slash)
			break;
		*slash = '\0';
		path = path_join(root, dir);
		add_include(argv, path, NULL);
		add_include(argv, path, "include");
		free(path);
	}
	free(dir);
}

static void add_names(struct strlist *argv, const char *file)
{
	const char *base = path_base(file, strlen(file));
	char *name = xstrndup(base, strcspn(base, ".")), *p;

	for (p = name; *p; p++)
		if (*p == '-' || *p == ',')
			*p = '_';
	strlist_addf(argv, "-DKBUILD_BASENAME=\"%s\"", name);
	strlist_addf(argv, "-DKBUILD_MODNAME=\"%s\"", name);
	strlist_addf(argv, "-D__KBUILD_MODNAME=kmod_%s", name);
	strlist_addf(argv, "-DKBUILD_MODFILE=\"%.*s\"", (int)(strlen(file) - 2), file);
	free(name);
}

struct compile_command *fallback_command(const struct tree *t, const struct arch *arch,
					 const char *headers, const char *file)
{
	static const char *const fixed[] = {
		"-nostdinc", "-D__KERNEL__", "-std=gnu11", "-O2", "-fshort-wchar",
		"-funsigned-char", "-fno-common", "-fno-strict-aliasing", "-fms-extensions",
		"-Wno-microsoft-anon-tag", "-ffreestanding",
	};
	struct compile_command *c = command_new(file, FLAGS_FALLBACK, t->root);
	char *arch_dir = xasprintf("%s/arch/%s", t->root, arch->srcarch);
	size_t i, j;

	strlist_add(&c->argv, "clang-19");
	strlist_addf(&c->argv, "--target=%s", arch->target);
	for (i = 0; i < sizeof(fixed) / sizeof(*fixed); i++)
		strlist_add(&c->argv, fixed[i]);
	for (i = 0; i < sizeof(extra) / sizeof(*extra); i++)
		for (j = 0; !strcmp(extra[i].arch, arch->name) && extra[i].options[j]; j++)
			strlist_add(&c->argv, extra[i].options[j]);
	/* kbuild's own order. */
	add_include(&c->argv, arch_dir, "include");
	/* mips keeps what differs from board to board in these. */
	add_include(&c->argv, arch_dir, "include/asm/mach-malta");
	add_include(&c->argv, arch_dir, "include/asm/mach-generic");
	if (headers)
		add_include(&c->argv, headers, NULL);
	add_include(&c->argv, t->root, "include");
	add_include(&c->argv, arch_dir, "include/uapi");
	if (headers)
		add_include(&c->argv, headers, "uapi");
	add_include(&c->argv, t->root, "include/uapi");
	add_near(&c->argv, t->root, file);
	add_header(&c->argv, t->root, "include/linux/compiler-version.h");
	add_header(&c->argv, t->root, "include/linux/kconfig.h");
	add_header(&c->argv, t->root, "include/linux/compiler_types.h");
	add_names(&c->argv, file);
	command_clang_args(c, arch);
	free(arch_dir);
	return c;
}
