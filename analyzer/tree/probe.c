// SPDX-License-Identifier: GPL-2.0-only
#include "tree/probe.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"

#define FS_H		"include/linux/fs.h"
#define MM_H		"include/linux/mm.h"
#define MM_TYPES_H	"include/linux/mm_types.h"
#define VMA_C		"mm/vma.c"
#define MAX_HEADER	(16u << 20)

/* The helpers' first parameter is part of their tokens: forms that only appeared in review differ
 * in it, and what we emit would not compile there. */
const struct api_info api_table[API_NR] = {
	[API_MMAP_PREPARE] = { "mmap_prepare", FS_H, "(*mmap_prepare)(struct vm_area_desc *",
		"struct file_operations", "file_operations has a mmap_prepare hook" },
	[API_VM_FILE] = { "vm_file", MM_TYPES_H, "*vm_file;", "struct vm_area_desc",
		"a hook replaces the file through desc->vm_file" },
	[API_VMA_FLAGS] = { "vma_flags", MM_TYPES_H, "vma_flags_t vma_flags;",
		"struct vm_area_desc", "desc->vma_flags is a bitmap" },
	[API_VM_FLAGS_FIELD] = { "vm_flags_field", MM_TYPES_H, "vm_flags_t vm_flags;",
		"struct vm_area_desc", "desc->vm_flags is a word" },
	[API_ACTION] = { "action", MM_H, "mmap_action_remap(struct vm_area_desc *", NULL,
		"mmap_action_remap() and mmap_action_ioremap()" },
	[API_SIMPLE_IOREMAP] = { "simple_ioremap", MM_H,
		"mmap_action_simple_ioremap(struct vm_area_desc *", NULL,
		"mmap_action_simple_ioremap(), for vm_iomap_memory()" },
	[API_MAP_KERNEL_PAGES] = { "map_kernel_pages", MM_H,
		"mmap_action_map_kernel_pages(struct vm_area_desc *", NULL,
		"mmap_action_map_kernel_pages(), for an array of pages" },
	[API_MAPPED] = { "mapped", MM_H, "(*mapped)(", "struct vm_operations_struct",
		"vm_ops->mapped, where state of the mapping is taken" },
	[API_ERROR_OVERRIDE] = { "error_override", MM_TYPES_H, "error_override;",
		"struct mmap_action", "action.error_override replaces an action's error" },
	[API_ERROR_HOOK] = { "error_hook", MM_TYPES_H, "(*error_hook)(", "struct mmap_action",
		"action.error_hook replaces an action's error" },
	[API_DESC_SIZE] = { "desc_size", MM_H, "vma_desc_size(const struct vm_area_desc *", NULL,
		"vma_desc_size() and vma_desc_pages()" },
	[API_DESC_FLAG_HELPERS] = { "desc_flag_helpers", MM_H, "vma_desc_set_flags(", NULL,
		"vma_desc_set_flags() and vma_desc_clear_flags()" },
	[API_DESC_TEST] = { "desc_test", MM_H, "vma_desc_test(const struct vm_area_desc *", NULL,
		"vma_desc_test(), one flag, and vma_desc_test_all()" },
	[API_DESC_TEST_ANY] = { "desc_test_any", MM_H, "vma_desc_test_any(", NULL,
		"vma_desc_test_any()" },
	[API_DESC_TEST_FLAGS] = { "desc_test_flags", MM_H, "vma_desc_test_flags(", NULL,
		"vma_desc_test_flags(), any of several flags" },
	[API_GENERIC_PREPARE] = { "generic_prepare", FS_H,
		"generic_file_mmap_prepare(struct vm_area_desc *", NULL,
		"generic_file_mmap_prepare()" },
	[API_COMPAT_DESC] = { "compat_desc", FS_H,
		"compat_set_desc_from_vma(struct vm_area_desc *", NULL,
		"compat_set_desc_from_vma(), a hook below a legacy handler" },
	[API_COMPAT_ERROR] = { "compat_error", MM_H, "bool is_compat", NULL,
		"a failed action unmaps once under the compat layer" },
	[API_DUMMY_VM_OPS] = { "dummy_vm_ops", VMA_C, ".vm_ops = &vma_dummy_vm_ops", NULL,
		"desc->vm_ops starts as dummy operations; NULL means anonymous" },
	[API_DESC_IS_COW] = { "desc_is_cow", MM_H,
		"vma_desc_is_cow_mapping(struct vm_area_desc *", NULL,
		"vma_desc_is_cow_mapping()" },
	[API_FLAGS_TO_LEGACY] = { "flags_to_legacy", MM_TYPES_H,
		"vma_flags_to_legacy(vma_flags_t", NULL,
		"vma_flags_to_legacy(), the bits as a word" },
	[API_NOMMU_FLAGS] = { "nommu_flags", MM_H,
		"is_nommu_shared_vma_flags(const vma_flags_t *", NULL,
		"is_nommu_shared_vma_flags()" },
	[API_DISCONTIG_PAGES] = { "discontig_pages", MM_H,
		"mmap_action_map_discontig_kernel_pages(", NULL,
		"mmap_action_map_discontig_kernel_pages()" },
};

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_' || (unsigned char)c >= 0x80;
}

/* The length of what separates words at p: white space, a splice, a comment; 0 if none. */
static size_t gap(const char *p, const char *end)
{
	const char *q;

	if (isspace((unsigned char)*p))
		return 1;
	if (*p == '\\' && p + 1 < end && (p[1] == '\n' || p[1] == '\r'))
		return 2;
	if (*p != '/' || p + 1 == end)
		return 0;
	if (p[1] == '*') {
		q = memmem(p + 2, (size_t)(end - p - 2), "*/", 2);
		return q ? (size_t)(q + 2 - p) : (size_t)(end - p);
	}
	if (p[1] != '/')
		return 0;
	for (q = p; q < end && (*q != '\n' || q[-1] == '\\'); q++)
		;
	return (size_t)(q - p);
}

/* The length of the literal at p; it ends with its line if nothing closes it. */
static size_t literal(const char *p, const char *end)
{
	const char *q;

	for (q = p + 1; q < end && *q != *p && *q != '\n'; q++)
		if (*q == '\\' && q + 1 < end)
			q++;
	return (size_t)(q - p) + (q < end);
}

void probe_fold(const char *text, size_t len, struct strbuf *out)
{
	const char *p = text, *end = text + len;
	bool apart = false;
	size_t n;

	while (p < end) {
		n = gap(p, end);
		if (n) {
			apart = true;
			p += n;
			continue;
		}
		if (apart && out->len && is_word(out->s[out->len - 1]) && is_word(*p))
			strbuf_adds(out, " ");
		apart = false;
		n = *p == '"' || *p == '\'' ? literal(p, end) : 1;
		strbuf_add(out, p, n);
		p += n;
	}
	strbuf_adds(out, "");
}

/* Where token occurs in [start, end) as whole words; NULL if it does not. */
static const char *find_words(const char *start, const char *end, const struct strbuf *token)
{
	const char *p, *hit, *after;

	for (p = start; (hit = memmem(p, (size_t)(end - p), token->s, token->len)); p = hit + 1) {
		after = hit + token->len;
		if (is_word(token->s[0]) && hit > start && is_word(hit[-1]))
			continue;
		if (is_word(after[-1]) && after < end && is_word(*after))
			continue;
		return hit;
	}
	return NULL;
}

/* The end of the braces that open at p. */
static const char *closing_brace(const char *p, const char *end)
{
	int depth = 0;

	for (; p < end; p++) {
		if (*p == '{')
			depth++;
		else if (*p == '}' && !--depth)
			return p;
	}
	return end;
}

bool probe_has(const char *folded, const char *token, const char *within)
{
	const char *end = folded + strlen(folded), *from = folded, *stop;
	struct strbuf t = { 0 }, w = { 0 };
	bool found = false;

	probe_fold(token, strlen(token), &t);
	if (!within) {
		found = find_words(from, end, &t);
		goto done;
	}
	probe_fold(within, strlen(within), &w);
	strbuf_adds(&w, "{");
	/* A struct may be there twice, in two #if branches. */
	while (!found && (from = find_words(from, end, &w))) {
		from += w.len - 1;
		stop = closing_brace(from, end);
		found = find_words(from, stop, &t);
		from = stop;
	}
done:
	strbuf_free(&t);
	strbuf_free(&w);
	return found;
}

int probe_api(const char *root, bool api[API_NR])
{
	struct strbuf text = { 0 }, folded = { 0 };
	const char *loaded = NULL;
	char *path;
	int ret = 0;
	size_t i;

	for (i = 0; i < API_NR && !ret; i++) {
		/* The table is sorted loosely by header: a few of them are read twice, no more. */
		if (!loaded || strcmp(loaded, api_table[i].file)) {
			loaded = api_table[i].file;
			strbuf_reset(&text);
			strbuf_reset(&folded);
			path = path_join(root, loaded);
			ret = file_read(path, MAX_HEADER, &text);
			free(path);
			if (ret && ret != -ENOENT) {
				log_error("%s: cannot read it to learn the tree's mmap API: %s; "
					  "make it readable, or unpack the tree again",
					  loaded, ret == -EINVAL ? "not a regular file" :
					  strerror(-ret));
				break;
			}
			ret = 0;
			probe_fold(text.len ? text.s : "", text.len, &folded);
		}
		api[i] = probe_has(folded.s, api_table[i].token, api_table[i].within);
	}
	strbuf_free(&text);
	strbuf_free(&folded);
	return ret;
}
