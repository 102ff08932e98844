// SPDX-License-Identifier: GPL-2.0-only
/*
 * The table of kernel helpers: every row is reached and does what its kind says, and what each kind
 * does to the mapping, to driver state and to errors.
 */
#include "test_contract_fixture.h"

#include "contract/models.h"

enum { MAX_NAME = 80 };

/* A function that a row's pattern matches. */
static void name_of(const struct model *m, char *name, size_t size)
{
	const char *star = strchr(m->name, '*');

	if (star)
		snprintf(name, size, "%.*s%s", (int)(star - m->name), m->name, star + 1);
	else
		snprintf(name, size, "%s", m->name);
}

/* Rows are tried in order: none may stand where an earlier one takes all its functions. */
static void every_row_is_reached(void **state)
{
	const struct model *m, *found;
	char name[MAX_NAME];
	size_t i;

	(void)state;
	for (i = 0; (m = model_row(i)); i++) {
		name_of(m, name, sizeof(name));
		found = model_find(name);
		if (found != m)
			fail_msg("row %s: %s() is taken by %s", m->name, name, found ? found->name : "none");
		assert_true(m->mirrors && *m->mirrors);
		/* At most one star. */
		assert_true(!strchr(m->name, '*') || strchr(m->name, '*') == strrchr(m->name, '*'));
	}
	assert_true(i > 200);
	assert_null(model_find("no_such_function"));
	assert_null(model_find(""));
}

/* How a row's function is declared and called, and what its contract is then; @: its name. */
static const struct { enum model_kind kind; const char *code, *paths; } kinds[] = {
	{ MODEL_PURE, "unsigned long @(struct dev *);\n" HANDLER "{ if (@(the_dev)) return -EINVAL; return 0; }",
	  "= -22\n= 0\n" },
	{ MODEL_READ, "unsigned long @(struct dev *);\n" HANDLER "{ if (@(the_dev)) return -EINVAL; return 0; }",
	  "= -22\n= 0\n" },
	{ MODEL_VALUE, "unsigned long @(unsigned long);\n"
	  HANDLER "{ if (@(vma->vm_pgoff) != @(vma->vm_pgoff)) return -EBUSY; if (@(vma->vm_pgoff)) return -EINVAL;"
	  " return 0; }", "= -22\n= 0\n" },
	{ MODEL_FLAGS_SET, "void @(struct vm_area_struct *, unsigned long);\n"
	  HANDLER "{ @(vma, VM_IO | VM_PFNMAP); return 0; }", "set:VM_PFNMAP set:VM_IO = 0\n" },
	{ MODEL_FLAGS_CLEAR, "void @(struct vm_area_struct *, unsigned long);\n"
	  HANDLER "{ @(vma, VM_MAYWRITE); return 0; }", "clear:VM_MAYWRITE = 0\n" },
	{ MODEL_FLAGS_MOD, "void @(struct vm_area_struct *, unsigned long, unsigned long);\n"
	  HANDLER "{ @(vma, VM_IO, VM_MAYWRITE); return 0; }", "set:VM_IO clear:VM_MAYWRITE = 0\n" },
	{ MODEL_FLAGS_INIT, "void @(struct vm_area_struct *, unsigned long);\n"
	  HANDLER "{ @(vma, VM_IO); return 0; }", "flags? = 0\n" },
	{ MODEL_BITS_SET, "void @(struct vm_area_struct *, ...);\n" HANDLER "{ @(vma, VMA_IO_BIT); return 0; }",
	  "set:VM_IO = 0\n" },
	{ MODEL_BITS_CLEAR, "void @(struct vm_area_struct *, ...);\n" HANDLER "{ @(vma, VMA_IO_BIT); return 0; }",
	  "clear:VM_IO = 0\n" },
	/* One of two bits, both bits: set or not, what the flags were before is another question. */
	{ MODEL_BITS_TEST_ANY, "_Bool @(struct vm_area_struct *, ...);\n"
	  HANDLER "{ vm_flags_set(vma, VM_IO); vm_flags_clear(vma, VM_PFNMAP);"
	  " if (!@(vma, VMA_IO_BIT, VMA_PFNMAP_BIT)) return -EINVAL;"
	  " if (@(vma, VMA_PFNMAP_BIT)) return -EBUSY; return 0; }", "set:VM_IO clear:VM_PFNMAP = 0\n" },
	{ MODEL_BITS_TEST_ALL, "_Bool @(struct vm_area_struct *, ...);\n"
	  HANDLER "{ vm_flags_set(vma, VM_IO); vm_flags_clear(vma, VM_PFNMAP);"
	  " if (@(vma, VMA_IO_BIT, VMA_PFNMAP_BIT)) return -EINVAL;"
	  " if (!@(vma, VMA_IO_BIT)) return -EBUSY; return 0; }", "set:VM_IO clear:VM_PFNMAP = 0\n" },
	{ MODEL_MASK_TEST_ANY, "_Bool @(struct vm_area_struct *, unsigned long);\n"
	  HANDLER "{ vm_flags_set(vma, VM_IO); vm_flags_clear(vma, VM_PFNMAP);"
	  " if (!@(vma, VM_IO | VM_PFNMAP)) return -EINVAL; return 0; }", "set:VM_IO clear:VM_PFNMAP = 0\n" },
	{ MODEL_MASK_TEST_ALL, "_Bool @(struct vm_area_struct *, unsigned long);\n"
	  HANDLER "{ vm_flags_set(vma, VM_IO); vm_flags_clear(vma, VM_PFNMAP);"
	  " if (@(vma, VM_IO | VM_PFNMAP)) return -EINVAL; return 0; }", "set:VM_IO clear:VM_PFNMAP = 0\n" },
	{ MODEL_BITS_MASK, "unsigned long @(int, ...);\n"
	  HANDLER "{ vm_flags_set(vma, @(VMA_IO_BIT, VMA_PFNMAP_BIT)); return 0; }", "set:VM_PFNMAP set:VM_IO = 0\n" },
	{ MODEL_IDENTITY, "unsigned long @(unsigned long);\n"
	  HANDLER "{ if (@(vma->vm_pgoff) != vma->vm_pgoff) return -EINVAL; return 0; }", "= 0\n" },
	{ MODEL_STACK, "int @(struct file *, struct vm_area_struct *);\n" HANDLER "{ return @(file, vma); }",
	  "stack:@ = call @\n" },
	{ MODEL_GENERIC, "int @(struct file *, struct vm_area_struct *);\n" HANDLER "{ return @(file, vma); }",
	  "generic:@ = call @\n" },
	{ MODEL_SET_FILE, "void @(struct vm_area_struct *, struct file *);\n"
	  HANDLER "{ @(vma, file->private_data); return vma->vm_file == file->private_data ? 0 : -EINVAL; }",
	  "file:@ = 0\n" },
	{ MODEL_WRITE, "void @(void *, int);\n"
	  HANDLER "{ int n = 0, m = 0; @(&n, 1); if (m) return -EBUSY; if (n) return -EINVAL; return 0; }",
	  "= -22\n= 0\n" },
	{ MODEL_TOUCH, "void @(struct dev *);\n" HANDLER "{ unsigned long n = the_dev->pfn; @(the_dev);"
	  " return n == the_dev->pfn ? 0 : -EINVAL; }", "touch:@ = 0\n" },
	{ MODEL_KEEPS, "void @(struct dev *);\n" HANDLER "{ unsigned long n = the_dev->pfn; @(the_dev);"
	  " return n == the_dev->pfn ? 0 : -EINVAL; }", "= 0\n" },
	{ MODEL_OVERFLOW, HANDLER "{ unsigned long n = 7; if (@(vma->vm_pgoff, 1UL, &n)) return -EINVAL;"
	  " return n == 7 ? -EBUSY : 0; }", NULL },
	/* test_contract_helpers.c */
	{ MODEL_HELPER, "int @(struct dev *, struct vm_area_struct *);\n" HANDLER "{ return @(the_dev, vma); }", NULL },
	{ MODEL_NORETURN, "void @(void);\n" HANDLER "{ if (vma->vm_pgoff) @(); return 0; }", NULL },
};

static char *contract_text(const char *code)
{
	struct contract c = { 0 };
	struct unit u = { 0 };
	char *text;

	fixture_parse(code, &u);
	assert_int_equal(contract_build(&u, "foo_mmap", &c), 0);
	text = fixture_text(&c);
	contract_free(&c);
	unit_free(&u);
	return text;
}

static bool is_declared(const char *name)
{
	const char *at = fixture_header;
	size_t len = strlen(name);

	for (; (at = strstr(at, name)); at += len)
		if (at[len] == '(' && (at[-1] == ' ' || at[-1] == '*'))
			return true;
	return false;
}

/*
 * A function that the fixture declares has its own cases, and builtins have their own types; what
 * counts by the header that declares it (test_contract.c) is not there.
 */
static void rows_do_what_their_kind_says(void **state)
{
	char name[MAX_NAME], *code, *want, *have;
	const struct model *m;
	size_t i, k;

	(void)state;
	for (i = 0; (m = model_row(i)); i++) {
		name_of(m, name, sizeof(name));
		if (is_declared(name) || !strncmp(name, "__builtin", 9) || m->in)
			continue;
		for (k = 0; k < sizeof(kinds) / sizeof(*kinds); k++) {
			if (kinds[k].kind != m->kind || !kinds[k].paths)
				continue;
			code = with_name(kinds[k].code, name);
			want = with_name(kinds[k].paths, name);
			have = contract_text(code);
			if (strcmp(have, want))
				fail_msg("row %s:\n%s\nnot\n%s", m->name, have, want);
			free(have);
			free(want);
			free(code);
		}
	}
}

#define RANGE "(struct vm_area_struct *, unsigned long, unsigned long, unsigned long, pgprot_t);\n"
#define PLAIN "vma->vm_start, 1, vma->vm_end - vma->vm_start, vma->vm_page_prot"

/* Single functions: what they populate, what they change, what they return. */
static const struct { const char *name, *code, *paths; } cases[] = {
	{ "remap_pfn_range", HANDLER "{ return remap_pfn_range(vma, " PLAIN "); }",
	  "action:remap_pfn_range[whole] = call remap_pfn_range\n" },
	{ "it returns 0 or an errno",
	  HANDLER "{ int ret = remap_pfn_range(vma, " PLAIN "); if (ret > 0) return 7; if (ret < -4095) return -EBUSY;"
	  " return ret; }", "action:remap_pfn_range[whole] = call remap_pfn_range\n" },
	{ "it sets flags, which are not known then",
	  HANDLER "{ int ret; vm_flags_clear(vma, VM_IO); ret = remap_pfn_range(vma, " PLAIN "); if (ret) return ret;"
	  " return vma->vm_flags & VM_IO ? 0 : -EINVAL; }",
	  "clear:VM_IO action:remap_pfn_range[whole] = -22\nclear:VM_IO action:remap_pfn_range[whole] = 0\n"
	  "clear:VM_IO action:remap_pfn_range[whole] = error remap_pfn_range\n" },
	{ "and pgoff of a private mapping",
	  HANDLER "{ int ret; vma->vm_pgoff = 0; ret = remap_pfn_range(vma, " PLAIN "); if (ret) return ret;"
	  " return vma->vm_pgoff ? 0 : -EINVAL; }",
	  "pgoff action:remap_pfn_range[whole] = -22\npgoff action:remap_pfn_range[whole] = 0\n"
	  "pgoff action:remap_pfn_range[whole] = error remap_pfn_range\n" },
	{ "not the protection",
	  HANDLER "{ int ret = remap_pfn_range(vma, " PLAIN "); return vma->vm_page_prot.pgprot =="
	  " vma->vm_page_prot.pgprot ? ret : -EINVAL; }",
	  "action:remap_pfn_range[whole] = call remap_pfn_range\n" },
	{ "remap_pfn_range with its own protection",
	  HANDLER "{ return remap_pfn_range(vma, vma->vm_start, 1, vma->vm_end - vma->vm_start,"
	  " pgprot_noncached(vma->vm_page_prot)); }",
	  "action:remap_pfn_range[whole]~prot = call remap_pfn_range\n" },
	{ "of its first page", HANDLER "{ return remap_pfn_range(vma, vma->vm_start, 1, PAGE_SIZE,"
	  " vma->vm_page_prot); }", "action:remap_pfn_range[first] = call remap_pfn_range\n" },
	{ "io_remap_pfn_range", HANDLER "{ return io_remap_pfn_range(vma, " PLAIN "); }",
	  "action:io_remap_pfn_range[whole] = call io_remap_pfn_range\n" },
	{ "remap_pfn_range_notrack", "int remap_pfn_range_notrack" RANGE
	  HANDLER "{ return remap_pfn_range_notrack(vma, " PLAIN "); }",
	  "action:remap_pfn_range_notrack[whole] = call remap_pfn_range_notrack\n" },
	{ "vm_iomap_memory", HANDLER "{ return vm_iomap_memory(vma, the_dev->base, the_dev->size); }",
	  "action:vm_iomap_memory[whole] = call vm_iomap_memory\n" },
	{ "vm_insert_page of an array",
	  HANDLER "{ unsigned i; int ret; for (i = 0; i < the_dev->nr; i++) { ret = vm_insert_page(vma, vma->vm_start +"
	  " i * PAGE_SIZE, the_dev->pages[i]); if (ret) return ret; } return 0; }",
	  "loop:i < the_dev->nr action:vm_insert_page[array]* = 0\n"
	  "loop:i < the_dev->nr action:vm_insert_page[array]* action:vm_insert_page[array]* = error vm_insert_page\n" },
	{ "vm_map_pages", HANDLER "{ return vm_map_pages(vma, the_dev->pages, the_dev->nr); }",
	  "action:vm_map_pages[whole] = call vm_map_pages\n" },
	{ "vm_map_pages_zero", "int vm_map_pages_zero(struct vm_area_struct *, struct page **, unsigned long);\n"
	  HANDLER "{ return vm_map_pages_zero(vma, the_dev->pages, the_dev->nr); }",
	  "action:vm_map_pages_zero[whole] = call vm_map_pages_zero\n" },
	{ "vm_insert_pages", "int vm_insert_pages(struct vm_area_struct *, unsigned long, struct page **,"
	  " unsigned long *);\n" HANDLER "{ unsigned long n = 3; int ret = vm_insert_pages(vma, vma->vm_start,"
	  " the_dev->pages, &n); if (n) return -EINVAL; return ret; }",
	  "action:vm_insert_pages[whole] = -22\naction:vm_insert_pages[whole] = call vm_insert_pages\n" },
	{ "remap_vmalloc_range", HANDLER "{ return remap_vmalloc_range(vma, the_dev->mem, vma->vm_pgoff); }",
	  "action:remap_vmalloc_range[whole] = call remap_vmalloc_range\n" },
	{ "dma_mmap_coherent", HANDLER "{ return dma_mmap_coherent(the_dev, vma, the_dev->mem, 0, the_dev->size); }",
	  "action:dma_mmap_coherent[whole] = call dma_mmap_coherent\n" },
	{ "generic_file_mmap installs its vm_ops",
	  HANDLER "{ int ret = generic_file_mmap(file, vma); if (ret) return ret; vma->vm_ops = &foo_vm_ops; return 0; }",
	  "generic:generic_file_mmap = error generic_file_mmap\ngeneric:generic_file_mmap ops:foo_vm_ops = 0\n" },
	{ "vfs_mmap can do anything to the mapping",
	  HANDLER "{ int ret; vma->vm_pgoff = 0; ret = vfs_mmap(file, vma); if (ret) return ret;"
	  " return vma->vm_pgoff ? -EINVAL : 0; }",
	  "pgoff stack:vfs_mmap = -22\npgoff stack:vfs_mmap = 0\npgoff stack:vfs_mmap = error vfs_mmap\n" },
	/* The attempt is an effect of both paths, and has a state where the lock is held. */
	{ "a lock that may not be had",
	  "int mutex_lock_interruptible(struct mutex *);\n"
	  HANDLER "{ int ret = mutex_lock_interruptible(&the_dev->lock); if (ret) return ret;"
	  " mutex_unlock(&the_dev->lock); return 0; }",
	  "take: = error mutex_lock_interruptible\ntake:lock drop:lock = 0\n" },
	{ "a reference, taken and given back",
	  HANDLER "{ kref_get(&the_dev->ref); kref_put(&the_dev->ref, dev_release); return 0; }",
	  "take:ref drop:ref = 0\n" },
	{ "a count", HANDLER "{ atomic_inc(&the_dev->count); return 0; }", "take:count = 0\n" },
	{ "memory", HANDLER "{ void *p = kmalloc(8, GFP_KERNEL); if (!p) return -ENOMEM; kfree(p); return 0; }",
	  "take:memory = -12\ntake:memory drop:memory = 0\n" },
	{ "what is written into memory of one's own is no change of others'",
	  HANDLER "{ void *p = kmalloc(8, GFP_KERNEL); if (!p) return -ENOMEM; memset(p, 0, 8); vma->vm_private_data = p;"
	  " return 0; }", "take:memory = -12\ntake:memory private:kmalloc(8, 0xcc0) = 0\n" },
	{ "into others' it is", HANDLER "{ memset(the_dev, 0, 8); return 0; }", "store:*the_dev = 0\n" },
	{ "a list", HANDLER "{ list_add(&the_dev->list, &the_dev->list); return 0; }", "take:list = 0\n" },
	{ "panic() ends a path", "void panic(const char *, ...);\n"
	  HANDLER "{ if (vma->vm_pgoff) panic(\"no\"); return 0; }", "= 0\n" },
	{ "an overflow is found, and its result is known",
	  HANDLER "{ unsigned long n; if (__builtin_add_overflow(the_dev->size, 1UL, &n)) return -EINVAL;"
	  " return n == the_dev->size + 1 ? 0 : -EBUSY; }", "= -22\n= 0\n" },
	{ "a protection is a function of its argument",
	  HANDLER "{ pgprot_t a = pgprot_noncached(vma->vm_page_prot), b = pgprot_noncached(vma->vm_page_prot);"
	  " return a.pgprot == b.pgprot ? 0 : -EINVAL; }", "= 0\n" },
	{ "text that is printed into a buffer", "int snprintf(char *, size_t, const char *, ...);\n"
	  HANDLER "{ char name[8] = \"a\"; snprintf(name, sizeof(name), \"%d\", 3); if (name[0] == 'a') return -EINVAL;"
	  " return 0; }", "= -22\n= 0\n" },
	{ "a walk, which takes what it finds and gives back what it came from", "struct device_node; struct device_node *of_get_next_child("
	  "const struct device_node *, struct device_node *);\nvoid of_node_put(struct device_node *); extern struct device_node *all;\n"
	  HANDLER "{ of_node_put(of_get_next_child(all, of_get_next_child(all, NULL))); return 0; }",
	  "take: take: drop: = 0\ntake: take:ref drop:ref = 0\ntake:ref drop:ref take: drop: = 0\n"
	  "take:ref drop:ref take:ref drop:ref = 0\n" },
};

static void function_is(void **state)
{
	size_t i = (size_t)(uintptr_t)*state;
	char *text = contract_text(cases[i].code);

	assert_string_equal(text, cases[i].paths);
	free(text);
}

int main(void)
{
	enum { NR = sizeof(cases) / sizeof(*cases) };
	struct CMUnitTest tests[NR + 2];
	size_t i;

	for (i = 0; i < NR; i++)
		tests[i] = (struct CMUnitTest){ cases[i].name, function_is, NULL, NULL, (void *)(uintptr_t)i };
	tests[i++] = (struct CMUnitTest)cmocka_unit_test(every_row_is_reached);
	tests[i++] = (struct CMUnitTest)cmocka_unit_test(rows_do_what_their_kind_says);
	return cmocka_run_group_tests(tests, fixture_setup, parse_teardown);
}
