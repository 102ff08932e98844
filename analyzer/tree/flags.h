/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Compile flags: with which command is a file of the tree compiled, on an architecture?
 * Sources, in this order: the tree's compile_commands.json; kbuild (an O= folder per architecture
 * in the cache, allmodconfig + prepare, then `make V=1 -n` for the files' objects, all files of an
 * architecture in one call); a built-in fallback that runs nothing from the tree.
 */
#ifndef MMAPCONV_TREE_FLAGS_H
#define MMAPCONV_TREE_FLAGS_H

#include "base/mem.h"
#include "tree/tree.h"

struct arch {
	const char *name;		/* kbuild's ARCH=, and handlers[].arch: "x86_64", "sparc64" */
	const char *srcarch;		/* arch/SRCARCH: "x86", "sparc" */
	const char *target;		/* clang's -target triple */
	const char *cross;		/* CROSS_COMPILE= prefix for gcc; NULL: built with LLVM=-19 */
	const char *config;		/* lines that allmodconfig has to keep to, or NULL */
	bool own_only;			/* tried for files below its arch/ folder only */
};
/* x86_64 first, then in the order in which a file that does not parse is tried elsewhere. */
extern const struct arch arch_table[];
extern const size_t arch_nr;

/* By ARCH= name; NULL if unknown. */
const struct arch *arch_by_name(const char *name);
/* The architecture whose arch/SRCARCH/ holds path, or NULL for a path outside arch/. */
const struct arch *arch_of_path(const char *path);

enum flags_source { FLAGS_COMPDB, FLAGS_KBUILD, FLAGS_FALLBACK };

/* How a file is compiled. */
struct compile_command {
	char *file;			/* relative to the tree */
	enum flags_source source;
	char *cwd;			/* absolute folder in which the arguments hold */
	/*
	 * argv[0] is the compiler; without -c, -o FILE, -MMD/-Wp,-MMD…, and without the source
	 * itself: a caller appends "-fsyntax-only"/"-c -o X" and the source's path.
	 */
	struct strlist argv;
	/* The same for libclang 19: options only it does not know dropped, -target added, absolute
	 * paths kept valid from cwd. */
	struct strlist clang_args;
};

struct flags_db;

struct flags_options {
	bool no_kbuild;			/* --no-kbuild */
	unsigned jobs;
};

/* Never fails: what is missing shows in flags_load(). */
struct flags_db *flags_open(const struct tree *t, const struct flags_options *opt);
void flags_close(struct flags_db *db);

/*
 * Learn the commands of these files (relative .c paths) on arch, in one go.  Where kbuild cannot
 * be had (tool missing, prepare fails) there is one warning that says why and the fallback serves.
 * Returns 0, or -EINTR.
 */
int flags_load(struct flags_db *db, const struct arch *arch, const struct strlist *files);

/*
 * Remember what kbuild answers, in the cache, as long as makefiles (relative to the tree: all that it can
 * read) are what they were.  Both are kept by reference until flags_close().
 */
struct cache;
void flags_remember(struct flags_db *db, struct cache *cache, const struct strlist *makefiles);

/* NULL when flags_load() was not asked for it or no source knows it (kbuild builds no such object). */
const struct compile_command *flags_find(const struct flags_db *db, const struct arch *arch,
					 const char *file);

/* The kbuild folder of arch (absolute), or NULL when there is none. */
const char *flags_kbuild_dir(const struct flags_db *db, const struct arch *arch);

#endif
