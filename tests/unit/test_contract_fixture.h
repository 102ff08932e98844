/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * For tests of what is read from C: a file of made-up kernel declarations, a handler's text behind
 * it, libclang's facts and the contract of foo_mmap().  Contracts are compared as text.
 */
#ifndef MMAPCONV_TEST_CONTRACT_FIXTURE_H
#define MMAPCONV_TEST_CONTRACT_FIXTURE_H

#include <errno.h>

#include "contract/contract.h"
#include "test_parse_files.h"

static const char fixture_header[] =
"#define NULL ((void *)0)\n"
"typedef unsigned long size_t; typedef _Bool bool; typedef struct { unsigned long pgprot; }"
" pgprot_t;\n"
"#define PAGE_SHIFT 12\n#define PAGE_SIZE (1UL << PAGE_SHIFT)\n"
"#define EINVAL 22\n#define ENOMEM 12\n#define ENXIO 6\n#define EBUSY 16\n#define EPERM 1\n#define"
" EAGAIN 11\n"
"/* Flags as words, and by the number of their bit. */\n"
"enum { VMA_PFNMAP_BIT = 10, VMA_IO_BIT = 14 };\n#define BIT(n) (1UL << (n))\n"
"#define VM_WRITE 0x2UL\n#define VM_SHARED 0x8UL\n#define VM_IO BIT(VMA_IO_BIT)\n#define VM_PFNMAP"
" BIT(VMA_PFNMAP_BIT)\n"
"#define VM_DONTEXPAND 0x40000UL\n#define VM_DONTDUMP 0x4000000UL\n#define VM_MIXEDMAP"
" 0x10000000UL\n"
"#define VM_MAYWRITE 0x20UL\n#define VM_DONTCOPY 0x20000UL\n"
"#define GFP_KERNEL 0xcc0\n#define likely(x) __builtin_expect(!!(x), 1)\n"
"#define unlikely(x) __builtin_expect(!!(x), 0)\n"
"struct page; struct mm_struct { int users; }; struct inode { int i; };\n"
"struct mutex { int v; }; struct kref { int v; }; typedef struct { int counter; } atomic_t;\n"
"struct list_head { struct list_head *next, *prev; };\n"
"struct vm_area_struct;\nstruct vm_fault;\nstruct file;\n"
"struct vm_operations_struct { void (*open)(struct vm_area_struct *); void (*close)(struct"
" vm_area_struct *);\n"
"	int (*fault)(struct vm_fault *);\n"
"	int (*mapped)(unsigned long, unsigned long, unsigned long, const struct file *, void **); };\n"
"struct file_operations { void *owner; int (*mmap)(struct file *, struct"
" vm_area_struct *); };\n"
"struct file { void *private_data; const struct file_operations *f_op; };\n"
"struct vm_area_struct {\n"
"	union { struct { unsigned long vm_start, vm_end; }; int freeptr; };\n"
"	struct mm_struct *vm_mm; pgprot_t vm_page_prot;\n"
"	union { const unsigned long vm_flags; unsigned long __vm_flags; };\n"
"	const struct vm_operations_struct *vm_ops; unsigned long vm_pgoff; struct file *vm_file;\n"
"	void *vm_private_data; int odd; };\n"
"int remap_pfn_range(struct vm_area_struct *, unsigned long, unsigned long, unsigned long,"
" pgprot_t);\n"
"int io_remap_pfn_range(struct vm_area_struct *, unsigned long, unsigned long, unsigned long,"
" pgprot_t);\n"
"int vm_iomap_memory(struct vm_area_struct *, unsigned long, unsigned long);\n"
"int vm_insert_page(struct vm_area_struct *, unsigned long, struct page *);\n"
"int vm_map_pages(struct vm_area_struct *, struct page **, unsigned long);\n"
"int remap_vmalloc_range(struct vm_area_struct *, void *, unsigned long);\n"
"int dma_mmap_coherent(void *, struct vm_area_struct *, void *, unsigned long, size_t);\n"
"int vmf_insert_mixed(struct vm_area_struct *, unsigned long, unsigned long);\n"
"int generic_file_mmap(struct file *, struct vm_area_struct *);\n"
"int vfs_mmap(struct file *, struct vm_area_struct *);\nvoid vma_set_file(struct vm_area_struct *,"
" struct file *);\n"
"void vm_flags_set(struct vm_area_struct *, unsigned long);\n"
"void vm_flags_clear(struct vm_area_struct *, unsigned long);\n"
"void vm_flags_mod(struct vm_area_struct *, unsigned long, unsigned long);\n"
"pgprot_t pgprot_noncached(pgprot_t);\n"
"static inline unsigned long vma_pages(const struct vm_area_struct *v) {"
" return (v->vm_end - v->vm_start) >> PAGE_SHIFT; }\n"
"void mutex_lock(struct mutex *);\nvoid mutex_unlock(struct mutex *);\n"
"void kref_get(struct kref *);\nint kref_put(struct kref *, void (*)(struct kref *));\n"
"void atomic_inc(atomic_t *);\nvoid atomic_dec(atomic_t *);\nint capable(int);\n"
"void *kmalloc(size_t, unsigned);\nvoid kfree(const void *);\nvoid *memset(void *, int, size_t);\n"
"void list_add(struct list_head *, struct list_head *);\n"
"static inline bool IS_ERR(const void *p) { return (unsigned long)p >= (unsigned long)-4095; }\n"
"static inline long PTR_ERR(const void *p) { return (long)p; }\n"
"/* A guard and a __free(), as the kernel's cleanup.h spells them. */\n"
"typedef struct mutex *class_mutex_t;\n"
"static inline void class_mutex_destructor(class_mutex_t *m) { if (*m) mutex_unlock(*m); }\n"
"static inline class_mutex_t class_mutex_constructor(struct mutex *m) { mutex_lock(m); return m;"
" }\n"
"#define guard_mutex(m) class_mutex_t scope __attribute__((cleanup(class_mutex_destructor))) = \\\n"
"	class_mutex_constructor(m)\n"
"static inline void __free_kfree(void *p) { kfree(*(void **)p); }\n"
"#define __free(x) __attribute__((cleanup(__free_##x)))\n"
"struct dev { struct mutex lock; struct kref ref; atomic_t count; struct list_head list, node; struct dev *next; unsigned"
" long pfn, size;\n"
"	unsigned long base; int ready, used, mode, maps; struct page **pages; unsigned nr; void"
" *mem; struct vm_area_struct *vma;\n"
"	struct mm_struct *mm; int (*map)(struct dev *, struct vm_area_struct *); int"
" (*poke)(struct dev *); };\n"
"struct dev *dev_find(int);\nint dev_check(struct dev *);\nint dev_other(struct dev *);\nvoid"
" dev_release(struct kref *);\n"
"int outside_mmap(struct dev *, struct vm_area_struct *);\nvoid takes_vma(struct vm_area_struct"
" *);\n"
"int fills(int *);\nint counts(void);\n"
"static inline unsigned long dev_end(const struct dev *d) { return d->base + d->size; }\n"
"struct mixed { union { unsigned long word; struct { unsigned low, high; }; }; unsigned next; atomic_t count; };\n"
"struct bits { unsigned lo:3, mid:3, hi:26; unsigned next; };\n"
"struct other { unsigned first, second; };\nextern struct mixed *the_mixed, *a_mixed; extern struct bits *the_bits;\n"
"int atomic_read(const atomic_t *);\nvoid keeps(void *);\n"
"extern struct dev *the_dev;\nextern const struct vm_operations_struct foo_vm_ops;\n"
"/* A header's own ways to an action. */\n"
"#define header_remap(v) remap_pfn_range(v, (v)->vm_start, 1, (v)->vm_end - (v)->vm_start, (v)->vm_page_prot)\n"
"static inline int inline_remap(struct vm_area_struct *v) { return header_remap(v); }\n";

/* On the command line: a macro of no header. */
#define REMAP_DEFINITION \
	"-DREMAP(v)=remap_pfn_range(v, (v)->vm_start, 1, (v)->vm_end - (v)->vm_start, (v)->vm_page_prot)"

/* A handler, and its paths as fixture_text() writes them. */
struct contract_case { const char *name, *code, *paths; };

/* Where every handler's text begins. */
#define HANDLER "static int foo_mmap(struct file *file, struct vm_area_struct *vma)\n"

static inline int fixture_setup(void **state)
{
	if (parse_setup(state))
		return -1;
	parse_write("kernel.h", fixture_header);
	return 0;
}

/* Parse text as foo.c; it must compile. */
static inline void fixture_parse(const char *text, struct unit *u)
{
	struct parse_job job = PARSE_FOO;

	strlist_add(&job.args, REMAP_DEFINITION);
	strlist_add(&job.functions, "foo_mmap");
	strlist_add(&job.fields, "file_operations.mmap");
	parse_foo(&job, "kernel.h", text, u);
	parse_compiles(u);
}

static inline void fixture_effect(struct strbuf *b, const struct effect *e)
{
	static const char *const kinds[] = {
		[EFFECT_FLAGS_SET] = "set", [EFFECT_FLAGS_CLEAR] = "clear",
		      [EFFECT_FLAGS_OTHER] = "flags?",
		[EFFECT_PAGE_PROT] = "prot", [EFFECT_VM_OPS] = "ops",
		      [EFFECT_PRIVATE_DATA] = "private",
		[EFFECT_PGOFF] = "pgoff", [EFFECT_VM_FILE] = "file", [EFFECT_VM_RANGE] = "range",
		[EFFECT_VMA_FIELD] = "field", [EFFECT_ACTION] = "action",
		      [EFFECT_GENERIC] = "generic",
		[EFFECT_TAKE] = "take", [EFFECT_DROP] = "drop", [EFFECT_STORE] = "store",
		[EFFECT_STORE_VMA] = "store-vma", [EFFECT_OPEN] = "open",
		      [EFFECT_DELEGATE] = "delegate",
		[EFFECT_STACK] = "stack", [EFFECT_ESCAPE] = "escape", [EFFECT_CALL] = "call",
		[EFFECT_TOUCH] = "touch", [EFFECT_LOOP] = "loop",
	};
	static const char *const extents[] = {
		[EXTENT_WHOLE] = "whole", [EXTENT_FIRST_PAGE] = "first", [EXTENT_INSIDE] = "inside",
		[EXTENT_ARRAY] = "array", [EXTENT_OTHER] = "other",
	};
	static const char *const states[] = {
		[STATE_NONE] = "", [STATE_REFERENCE] = "ref", [STATE_COUNT] = "count",
		      [STATE_LATCH] = "latch",
		[STATE_LOCK] = "lock", [STATE_MEMORY] = "memory", [STATE_LIST] = "list",
	};

	strbuf_addf(b, "%s%s", b->len ? " " : "", kinds[e->kind]);
	if (e->kind == EFFECT_ACTION)
		strbuf_addf(b, ":%s[%s]%s", e->name, extents[e->extent],
		      e->local_prot ? "~prot" : "");
	else if (e->kind == EFFECT_TAKE || e->kind == EFFECT_DROP)
		strbuf_addf(b, ":%s", states[e->state]);
	else if (e->kind == EFFECT_STORE || e->kind == EFFECT_STORE_VMA || e->kind == EFFECT_PRIVATE_DATA)
		strbuf_addf(b, ":%s%s", e->detail ? e->detail : "",
		      e->state == STATE_COUNT ? "#" : "");
	else if (*e->name)
		strbuf_addf(b, ":%s", e->name);
	if (e->file_private)
		strbuf_adds(b, "@file");
	if (e->in_loop)
		strbuf_adds(b, "*");
}

/*
 * One line a different path, sorted: "take:lock action:remap_pfn_range[whole] = call remap_pfn_range".
 * ~prot: not vma->vm_page_prot; @file: the open file's own; *: in a loop.  Then "unmodelled: reason".
 */
static inline char *fixture_text(const struct contract *c)
{
	const struct unmodelled *m;
	struct strlist lines = { 0 };
	struct strbuf b = { 0 };
	const struct path *p;
	const uint32_t *i;
	size_t k;

	vec_each(p, &c->paths) {
		strbuf_reset(&b);
		strbuf_adds(&b, "");
		vec_each(i, &p->effects)
			fixture_effect(&b, &c->effects[*i]);
		strbuf_adds(&b, b.len ? " = " : "= ");
		if (p->result == RESULT_ZERO)
			strbuf_adds(&b, "0");
		else if (p->result == RESULT_ERROR && p->value)
			strbuf_addf(&b, "%d", (int)p->value);
		else if (p->result == RESULT_UNKNOWN)
			strbuf_adds(&b, "?");
		else
			strbuf_addf(&b, "%s %s", p->result == RESULT_ERROR ? "error" : "call",
		      p->call ? p->call : "");
		strlist_add_once(&lines, b.s);
	}
	strlist_sort(&lines);
	vec_each(m, &c->unmodelled)
		strlist_addf(&lines, "unmodelled: %s", m->reason);
	strbuf_reset(&b);
	strbuf_adds(&b, "");
	for (k = 0; k < lines.nr; k++)
		strbuf_addf(&b, "%s\n", lines.items[k]);
	strlist_free(&lines);
	return strbuf_detach(&b);
}

/* The text with name for every '@'; the caller frees. */
static inline char *with_name(const char *text, const char *name)
{
	struct strbuf b = { 0 };

	strbuf_adds(&b, "");
	for (; *text; text++)
		if (*text == '@')
			strbuf_adds(&b, name);
		else
			strbuf_add(&b, text, 1);
	return strbuf_detach(&b);
}

#endif
