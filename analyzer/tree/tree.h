/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The kernel tree at hand: where it is, which release, what its mmap API offers.
 * Probed from tokens in its headers, never from the version number: stable releases carry
 * back-ports.  The tree is read, never written.
 */
#ifndef MMAPCONV_TREE_TREE_H
#define MMAPCONV_TREE_TREE_H

#include "base/mem.h"

/* Order: the api table of probe.c.  A feature is named in JSON and in rule files by its key. */
enum api_feature {
	API_MMAP_PREPARE,		/* fs.h: f_op->mmap_prepare */
	API_VM_FILE,			/* vm_area_desc.vm_file (before: file was replaceable) */
	API_VMA_FLAGS,			/* vm_area_desc.vma_flags bitmap */
	API_VM_FLAGS_FIELD,		/* vm_area_desc.vm_flags word */
	API_ACTION,			/* enum mmap_action_type: remap and ioremap */
	API_SIMPLE_IOREMAP,		/* mmap_action_simple_ioremap() */
	API_MAP_KERNEL_PAGES,		/* mmap_action_map_kernel_pages() */
	API_MAPPED,			/* vm_ops->mapped */
	API_ERROR_OVERRIDE,		/* action.error_override (7.2+) */
	API_ERROR_HOOK,			/* action.error_hook (6.19..7.1) */
	API_DESC_SIZE,			/* vma_desc_size(), vma_desc_pages() */
	API_DESC_FLAG_HELPERS,		/* vma_desc_set_flags(), vma_desc_clear_flags() */
	API_DESC_TEST,			/* vma_desc_test(): one bit; vma_desc_test_all() (7.1+) */
	API_DESC_TEST_ANY,		/* vma_desc_test_any() (7.1+) */
	API_DESC_TEST_FLAGS,		/* vma_desc_test_flags(): any (7.0 only) */
	API_GENERIC_PREPARE,		/* generic_file_mmap_prepare() */
	API_COMPAT_DESC,		/* compat_set_desc_from_vma() */
	API_COMPAT_ERROR,		/* is_compat: no double unmap */
	API_DUMMY_VM_OPS,		/* desc->vm_ops starts as the dummy ops */
	API_DESC_IS_COW,		/* vma_desc_is_cow_mapping() */
	API_FLAGS_TO_LEGACY,		/* vma_flags_to_legacy(): the word behind vma_flags */
	API_NOMMU_FLAGS,		/* is_nommu_shared_vma_flags() */
	API_DISCONTIG_PAGES,		/* mmap_action_map_discontig_kernel_pages() */
	API_NR
};

struct api_info {
	const char *key;		/* "error_override" */
	const char *file;		/* header read, relative to the tree */
	const char *token;		/* what must occur there, white space folded, outside comments */
	const char *within;		/* only inside "struct NAME {...}"; NULL: anywhere in the file */
	const char *summary;		/* for a person */
};
extern const struct api_info api_table[API_NR];

struct tree {
	char *root;			/* absolute, no trailing slash */
	char *version;			/* "7.3.4", from the top Makefile */
	bool api[API_NR];
	bool is_git;			/* root is the top of a git checkout */
};

/*
 * Open a tree: check that it is one, read version and API.  Returns 0, or a negative errno after
 * a message that says what is missing and what to pass instead.  tree_close() frees.
 */
int tree_open(struct tree *t, const char *path);
void tree_close(struct tree *t);

/* The first release that offers mmap_prepare, for messages. */
#define API_FIRST_RELEASE "6.16"

#endif
