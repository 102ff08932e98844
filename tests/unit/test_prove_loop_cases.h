/* SPDX-License-Identifier: GPL-2.0-only */
/* Loops: one on both sides, and a loop of the handler for an action of the hook. */

/* What stands in a loop is on both sides, so that what it is made of is, too. */
#define DEV_OF(file) "struct dev *d = " file "->private_data; unsigned long i; int r = 0; "
#define LOOPS(old, hook) \
	DEV_OF("file") old " if (r) return r; vm_flags_set(vma, VM_DONTEXPAND); return 0;", \
	DEV_OF("desc->file") hook " if (r) return r; vma_desc_set_flags(desc, VMA_DONTEXPAND_BIT); return 0;"

#define CHECKED(bound, check) \
	"struct dev *d = file->private_data; unsigned long i; int r; if (" check ") return -EINVAL; " bound " return 0;"
#define INSERTED(head, address, page) \
	CHECKED(head " { r = vm_insert_page(vma, " address ", " page "); if (r) return r; }", "vma_pages(vma) != d->size")
#define COUNTED_PAGES "for (i = 0; i < d->size; i++)"
#define PAGE_AT "vma->vm_start + i * PAGE_SIZE"
#define ACTION(check, array, nr) \
	"struct dev *d = desc->file->private_data; if (" check ") return -EINVAL;" \
	" mmap_action_map_kernel_pages(desc, desc->start, " array ", " nr "); return 0;"
#define ALL_PAGES ACTION("vma_desc_pages(desc) != d->size", "d->pages", "d->size")

#define REMAPPED(address, pfn, size, check) \
	"struct dev *d = file->private_data; unsigned long i; int r; if (" check ") return -EINVAL;" \
	" for (i = 0; i < vma_pages(vma); i++) { r = remap_pfn_range(vma, " address ", " pfn ", " size "," \
	" vma->vm_page_prot); if (r) return r; } return 0;"
#define REMAP_ALL "struct dev *d = desc->file->private_data; if (!vma_desc_test(desc, VMA_SHARED_BIT)) return -EINVAL;" \
	" mmap_action_remap_full(desc, d->pfn); return 0;"
#define SHARED_ONLY "!(vma->vm_flags & VM_SHARED)"

static const struct prove_case loop_cases[] = {
	{ "a loop", NULL, LOOPS("for (i = 0; i < d->nr; i++) if (!d->pages[i]) return -EINVAL;",
				"for (i = 0; i < d->nr; i++) if (!d->pages[i]) return -EINVAL;"), "equal" },
	{ "a loop, written otherwise", NULL, LOOPS("for (i = 0; i < d->nr; i++) if (!d->pages[i]) return -EINVAL;",
				"i = 0; while (d->nr > i) { if (d->pages[i] == NULL) return -EINVAL; i += 1; }"), "equal" },
	{ "a loop, another bound", NULL, LOOPS("for (i = 0; i < d->nr; i++) if (!d->pages[i]) return -EINVAL;",
				"for (i = 0; i <= d->nr; i++) if (!d->pages[i]) return -EINVAL;"), "unknown: " },
	{ "a loop, another start", NULL, LOOPS("for (i = 0; i < d->nr; i++) if (!d->pages[i]) return -EINVAL;",
				"for (i = 1; i < d->nr; i++) if (!d->pages[i]) return -EINVAL;"), "unknown: what a loop's variable begins" },
	{ "a loop, another step", NULL, LOOPS("for (i = 0; i < d->nr; i++) if (!d->pages[i]) return -EINVAL;",
				"for (i = 0; i < d->nr; i += 2) if (!d->pages[i]) return -EINVAL;"), "unknown: what a pass makes of" },
	{ "a loop, another index", NULL, LOOPS("for (i = 0; i < d->nr; i++) if (!d->pages[i]) return -EINVAL;",
				"for (i = 0; i < d->nr; i++) if (!d->pages[i + 1]) return -EINVAL;"), "unknown: " },
	{ "a loop, another way out", NULL, LOOPS("for (i = 0; i < d->nr; i++) if (!d->pages[i]) return -EINVAL;",
				"for (i = 0; i < d->nr; i++) if (!d->pages[i]) break;"), "unknown: " },
	{ "a loop, another errno", NULL, LOOPS("for (i = 0; i < d->nr; i++) if (!d->pages[i]) return -EINVAL;",
				"for (i = 0; i < d->nr; i++) if (!d->pages[i]) return -ENXIO;"), "unknown: " },
	{ "loops that never end with the same", NULL,
	  LOOPS("for (i = 0; i != 50; i++) if (!d->pages[i]) ;", "for (i = 0; i != 60; i++) if (!d->pages[i]) ;"), "unknown: " },
	{ "a loop that ends for no request that the other side takes", NULL,
	  LOOPS("if (!d->nr) return -EINVAL; while (d->nr) ;", "return -EINVAL;"), "unknown: " },
	{ "a loop in a loop that never ends with the same", NULL,
	  LOOPS("unsigned long k; for (i = 0; i < d->nr; i++) for (k = 0; k != 50; k++) if (!d->pages[k]) ;",
		"unsigned long k; for (i = 0; i < d->nr; i++) for (k = 0; k != 60; k++) if (!d->pages[k]) ;"), "unknown: " },
	{ "a loop that is gone", NULL, LOOPS("for (i = 0; i < d->nr; i++) if (!d->pages[i]) return -EINVAL;", ""), "unknown: " },
	{ "a loop that counts", NULL, LOOPS("unsigned long n = 0; for (i = 0; i < d->nr; i++) if (d->pages[i]) n++;"
				" if (n != vma_pages(vma)) return -EINVAL;",
				"unsigned long n = 0; for (i = 0; i < d->nr; i++) if (d->pages[i]) n++;"
				" if (n != vma_desc_pages(desc)) return -EINVAL;"), "equal" },
	{ "a loop that counts what is not there", NULL, LOOPS("unsigned long n = 0; for (i = 0; i < d->nr; i++) if (d->pages[i]) n++;"
				" if (n != vma_pages(vma)) return -EINVAL;",
				"unsigned long n = 0; for (i = 0; i < d->nr; i++) if (!d->pages[i]) n++;"
				" if (n != vma_desc_pages(desc)) return -EINVAL;"), "unknown: " },
	{ "a loop whose count begins with one", NULL, LOOPS("unsigned long n = 0; for (i = 0; i < d->nr; i++) if (d->pages[i]) n++;"
				" if (n != vma_pages(vma)) return -EINVAL;",
				"unsigned long n = 1; for (i = 0; i < d->nr; i++) if (d->pages[i]) n++;"
				" if (n != vma_desc_pages(desc)) return -EINVAL;"), "unknown: what a loop's variable begins" },
	{ "what a loop found", NULL, LOOPS("for (i = 0; i < d->nr; i++) if (d->pages[i]) break; if (i == d->nr) return -ENXIO;",
				"for (i = 0; i < d->nr; i++) if (d->pages[i]) break; if (i == d->nr) return -ENXIO;"), "equal" },
	{ "what a loop found, asked for otherwise", NULL,
	  LOOPS("for (i = 0; i < d->nr; i++) if (d->pages[i]) break; if (i == d->nr) return -ENXIO;",
		"for (i = 0; i < d->nr; i++) if (d->pages[i]) break; if (i > d->nr) return -ENXIO;"), "unknown: " },
	{ "a loop in a loop", NULL,
	  LOOPS("unsigned long k; for (i = 0; i < d->nr; i++) for (k = 0; k < i; k++) if (d->pages[i] == d->pages[k]) return -EINVAL;",
		"unsigned long k; for (i = 0; i < d->nr; i++) for (k = 0; k < i; k++) if (d->pages[i] == d->pages[k]) return -EINVAL;"),
	  "equal" },
	{ "a loop in a loop, another bound inside", NULL,
	  LOOPS("unsigned long k; for (i = 0; i < d->nr; i++) for (k = 0; k < i; k++) if (d->pages[i] == d->pages[k]) return -EINVAL;",
		"unsigned long k; for (i = 0; i < d->nr; i++) for (k = 0; k <= i; k++) if (d->pages[i] == d->pages[k]) return -EINVAL;"),
	  "unknown: " },
	{ "a do loop", NULL,
	  LOOPS("i = 0; do { if (!d->pages[i]) return -EINVAL; } while (++i < d->nr);",
		"i = 0; do { if (!d->pages[i]) return -EINVAL; } while (++i < d->nr);"), "equal" },
	{ "a do loop for a loop", NULL,
	  LOOPS("for (i = 0; i < d->nr; i++) if (!d->pages[i]) return -EINVAL;",
		"i = 0; do { if (!d->pages[i]) return -EINVAL; } while (++i < d->nr);"), "unknown: " },
	{ "a loop after another read of its bound", NULL,
	  LOOPS("unsigned n; mutex_lock(&d->lock); n = d->nr; mutex_unlock(&d->lock);"
		" for (i = 0; i < n; i++) if (!d->pages[i]) return -EINVAL;",
		"unsigned n = d->nr; mutex_lock(&d->lock); mutex_unlock(&d->lock);"
		" for (i = 0; i < n; i++) if (!d->pages[i]) return -EINVAL;"), "unknown: " },
	{ "a loop that calls what nobody knows", NULL,
	  LOOPS("for (i = 0; i < d->nr; i++) { r = dev_check(d); if (r) break; }",
		"for (i = 0; i < d->nr; i++) { r = dev_check(d); if (r) break; }"), "unknown: what the loop there does could leave" },
	{ "a loop that leaves something behind", NULL,
	  LOOPS("for (i = 0; i < d->nr; i++) d->used++;", "for (i = 0; i < d->nr; i++) d->used++;"),
	  "unknown: what the loop there does could leave" },
	{ "a loop with an array of its own", NULL,
	  LOOPS("int seen[4] = { 0 }; for (i = 0; i < d->nr; i++) seen[i & 3] = 1; if (!seen[vma->vm_pgoff & 3]) return -EINVAL;",
		"int seen[4] = { 0 }; for (i = 0; i < d->nr; i++) seen[i & 3] = 1; if (!seen[desc->pgoff & 3]) return -EINVAL;"),
	  "unknown: what a pass makes of seen is not followed" },

	{ "pages in order", NULL, INSERTED(COUNTED_PAGES, PAGE_AT, "d->pages[i]"), ALL_PAGES, "equal" },
	{ "pages in order, another bound of the loop", NULL, INSERTED("for (i = 0; i != d->size; i++)", PAGE_AT, "d->pages[i]"),
	  ALL_PAGES, "equal" },
	{ "pages in order, by address", NULL,
	  CHECKED("unsigned long at; for (i = 0, at = vma->vm_start; at < vma->vm_end; i++, at += PAGE_SIZE) {"
		  " r = vm_insert_page(vma, at, d->pages[i]); if (r) return r; }", "vma_pages(vma) != d->size"),
	  ALL_PAGES, "equal" },
	{ "pages in order, counted in a narrow type", NULL,
	  "struct dev *d = file->private_data; unsigned i; int r; if (vma_pages(vma) != d->nr) return -EINVAL;"
	  " for (i = 0; i < d->nr; i++) { r = vm_insert_page(vma, vma->vm_start + ((unsigned long)i << PAGE_SHIFT), d->pages[i]);"
	  " if (r) return r; } return 0;",
	  ACTION("vma_desc_pages(desc) != d->nr", "d->pages", "d->nr"), "equal" },
	{ "pages in order, their address in a narrow type", NULL,
	  "struct dev *d = file->private_data; unsigned i; int r; if (vma_pages(vma) != d->nr) return -EINVAL;"
	  " for (i = 0; i < d->nr; i++) { r = vm_insert_page(vma, vma->vm_start + (i << PAGE_SHIFT), d->pages[i]);"
	  " if (r) return r; } return 0;",
	  ACTION("vma_desc_pages(desc) != d->nr", "d->pages", "d->nr"), "unknown: " },
	{ "pages in order, counted with a sign", NULL,
	  "struct dev *d = file->private_data; int i, r; if (vma_pages(vma) < d->used) return -EINVAL;"
	  " for (i = 0; i < d->used; i++) { r = vm_insert_page(vma, " PAGE_AT ", d->pages[i]); if (r) return r; } return 0;",
	  ACTION("vma_desc_pages(desc) < d->used", "d->pages", "d->used"), "differs: the result is 0" },
	{ "pages in order, counted with a sign, some", NULL,
	  "struct dev *d = file->private_data; int i, r; if (vma_pages(vma) < d->used || !d->used) return -EINVAL;"
	  " for (i = 0; i < d->used; i++) { r = vm_insert_page(vma, " PAGE_AT ", d->pages[i]); if (r) return r; } return 0;",
	  ACTION("vma_desc_pages(desc) < d->used || !d->used", "d->pages", "d->used"), "equal" },
	{ "pages in order, a number that can be negative", NULL,
	  "struct dev *d = file->private_data; int i, r; if (d->used > 4 || !d->used) return -EINVAL;"
	  " for (i = 0; i < d->used; i++) { r = vm_insert_page(vma, " PAGE_AT ", d->pages[i]); if (r) return r; } return 0;",
	  ACTION("d->used > 4 || !d->used", "d->pages", "d->used"), "unknown: " },
	{ "pages from pgoff on", NULL,
	  CHECKED("for (i = 0; i < vma_pages(vma); i++) { r = vm_insert_page(vma, " PAGE_AT ", d->pages[vma->vm_pgoff + i]);"
		  " if (r) return r; }", "vma->vm_pgoff > d->size"),
	  ACTION("desc->pgoff > d->size", "d->pages + desc->pgoff", "vma_desc_pages(desc)"), "equal" },
	{ "pages from pgoff on, and pgoff lost", NULL,
	  CHECKED("for (i = 0; i < vma_pages(vma); i++) { r = vm_insert_page(vma, " PAGE_AT ", d->pages[vma->vm_pgoff + i]);"
		  " if (r) return r; }", "vma->vm_pgoff > d->size"),
	  ACTION("desc->pgoff > d->size", "d->pages", "vma_desc_pages(desc)"), "differs: the second is " },
	{ "pages, the loop left with break", NULL,
	  CHECKED("r = 0; " COUNTED_PAGES " { r = vm_insert_page(vma, " PAGE_AT ", d->pages[i]); if (r < 0) break; } if (r) return r;",
		  "vma_pages(vma) != d->size"), ALL_PAGES, "equal" },
	{ "pages, another error in place of the call's", NULL,
	  CHECKED(COUNTED_PAGES " if (vm_insert_page(vma, " PAGE_AT ", d->pages[i])) return -EAGAIN;", "vma_pages(vma) != d->size"),
	  "struct dev *d = desc->file->private_data; if (vma_desc_pages(desc) != d->size) return -EINVAL;"
	  " mmap_action_map_kernel_pages(desc, desc->start, d->pages, d->size); desc->action.error_override = -EAGAIN; return 0;",
	  "equal" },
	{ "pages, another error that is lost", NULL,
	  CHECKED(COUNTED_PAGES " if (vm_insert_page(vma, " PAGE_AT ", d->pages[i])) return -EAGAIN;", "vma_pages(vma) != d->size"),
	  ALL_PAGES, "differs: the result is -EAGAIN" },
	{ "pages, an error that is not looked at", NULL,
	  CHECKED(COUNTED_PAGES " vm_insert_page(vma, " PAGE_AT ", d->pages[i]);", "vma_pages(vma) != d->size"), ALL_PAGES, "unknown: " },
	{ "pages, an error that ends the loop only", NULL,
	  CHECKED(COUNTED_PAGES " if (vm_insert_page(vma, " PAGE_AT ", d->pages[i])) break;", "vma_pages(vma) != d->size"), ALL_PAGES,
	  "differs: the result is 0" },
	{ "pages, one error that is let pass", NULL,
	  CHECKED(COUNTED_PAGES " { r = vm_insert_page(vma, " PAGE_AT ", d->pages[i]); if (r && r != -EBUSY) return r; }",
		  "vma_pages(vma) != d->size"), ALL_PAGES, "unknown: " },
	{ "pages, to a bound that each moves", NULL,
	  CHECKED("unsigned long n = d->size; for (i = 0; i < n; i++) { r = vm_insert_page(vma, " PAGE_AT ", d->pages[i]);"
		  " if (r) return r; n = n / 2 + 1; }", "vma_pages(vma) != d->size"), ALL_PAGES, "unknown: " },
	{ "pages, to a bound that comes nearer", NULL,
	  CHECKED("unsigned long n = d->size; for (i = 0; i < n; i++, n--) { r = vm_insert_page(vma, " PAGE_AT ", d->pages[i]);"
		  " if (r) return r; }", "vma_pages(vma) != d->size"), ALL_PAGES, "unknown: " },
	{ "pages, one too many", NULL, INSERTED("for (i = 0; i <= d->size; i++)", PAGE_AT, "d->pages[i]"), ALL_PAGES, "unknown: " },
	{ "pages, one too few", NULL, INSERTED("for (i = 0; i < d->size - 1; i++)", PAGE_AT, "d->pages[i]"), ALL_PAGES,
	  "differs: " },
	{ "pages, the first left out", NULL, INSERTED("for (i = 1; i < d->size; i++)", PAGE_AT, "d->pages[i]"), ALL_PAGES, "unknown: " },
	{ "pages, every second", NULL, INSERTED("for (i = 0; i < d->size; i += 2)", PAGE_AT, "d->pages[i]"), ALL_PAGES, "unknown: " },
	{ "pages, the last first", NULL, INSERTED(COUNTED_PAGES, PAGE_AT, "d->pages[d->size - 1 - i]"), ALL_PAGES, "unknown: " },
	{ "pages, the next one's", NULL, INSERTED(COUNTED_PAGES, PAGE_AT, "d->pages[i + 1]"), ALL_PAGES, "differs: the second is " },
	{ "pages, always the first", NULL, INSERTED(COUNTED_PAGES, PAGE_AT, "d->pages[0]"), ALL_PAGES, "unknown: " },
	{ "pages, at the next one's place", NULL, INSERTED(COUNTED_PAGES, "vma->vm_start + (i + 1) * PAGE_SIZE", "d->pages[i]"),
	  ALL_PAGES, "unknown: " },
	{ "pages, at one place", NULL, INSERTED(COUNTED_PAGES, "vma->vm_start", "d->pages[i]"), ALL_PAGES, "unknown: " },
	{ "pages, at every second place", NULL, INSERTED(COUNTED_PAGES, "vma->vm_start + i * PAGE_SIZE * 2", "d->pages[i]"),
	  ALL_PAGES, "unknown: " },
	{ "pages, of another array", NULL, INSERTED(COUNTED_PAGES, PAGE_AT, "d->pages[i]"),
	  ACTION("vma_desc_pages(desc) != d->size", "d->next->pages", "d->size"), "differs: the second is " },
	{ "pages, the array a page late", NULL, INSERTED(COUNTED_PAGES, PAGE_AT, "d->pages[i]"),
	  ACTION("vma_desc_pages(desc) != d->size", "d->pages + 1", "d->size"), "differs: the second is " },
	{ "pages, one more in the action", NULL, INSERTED(COUNTED_PAGES, PAGE_AT, "d->pages[i]"),
	  ACTION("vma_desc_pages(desc) != d->size", "d->pages", "d->size + 1"), "differs: the result is 0 | the result is -EFAULT" },
	{ "pages, one fewer in the action", NULL, INSERTED(COUNTED_PAGES, PAGE_AT, "d->pages[i]"),
	  ACTION("vma_desc_pages(desc) != d->size", "d->pages", "d->size - 1"), "differs: the third is " },
	{ "pages, which can be none", NULL,
	  CHECKED(COUNTED_PAGES " { r = vm_insert_page(vma, " PAGE_AT ", d->pages[i]); if (r) return r; }", "vma_pages(vma) < d->size"),
	  ACTION("vma_desc_pages(desc) < d->size", "d->pages", "d->size"), "differs: " },
	{ "pages, fewer than the mapping has", NULL,
	  CHECKED(COUNTED_PAGES " { r = vm_insert_page(vma, " PAGE_AT ", d->pages[i]); if (r) return r; }",
		  "vma_pages(vma) < d->size || !d->size"),
	  ACTION("vma_desc_pages(desc) < d->size || !d->size", "d->pages", "d->size"), "equal" },
	{ "pages, more than the mapping has", NULL,
	  CHECKED(COUNTED_PAGES " { r = vm_insert_page(vma, " PAGE_AT ", d->pages[i]); if (r) return r; }", "!d->size"),
	  ACTION("!d->size", "d->pages", "d->size"), "unknown: the loop there can insert more pages" },
	{ "pages, and a count of them", NULL,
	  INSERTED(COUNTED_PAGES, PAGE_AT, "(d->used++, d->pages[i])"), ALL_PAGES, "unknown: " },
	{ "pages, of which one is looked at", NULL,
	  CHECKED(COUNTED_PAGES " { if (!d->pages[i]) return -EINVAL; r = vm_insert_page(vma, " PAGE_AT ", d->pages[i]);"
		  " if (r) return r; }", "vma_pages(vma) != d->size"), ALL_PAGES, "unknown: " },
	{ "pages under a lock", NULL,
	  CHECKED("unsigned long n = d->size; r = 0; mutex_lock(&d->lock); for (i = 0; i < n; i++) { r = vm_insert_page(vma, " PAGE_AT ", d->pages[i]); if (r) break; }"
		  " mutex_unlock(&d->lock); if (r) return r;", "vma_pages(vma) != d->size"),
	  "struct dev *d = desc->file->private_data; unsigned long n = d->size; if (vma_desc_pages(desc) != n) return -EINVAL;"
	  " mutex_lock(&d->lock); mmap_action_map_kernel_pages(desc, desc->start, d->pages, n); mutex_unlock(&d->lock); return 0;",
	  "unknown: vm_insert_page() runs under a lock" },
	{ "pages with another protection", NULL,
	  CHECKED("vma->vm_page_prot = pgprot_noncached(vma->vm_page_prot); " COUNTED_PAGES
		  " { r = vm_insert_page(vma, " PAGE_AT ", d->pages[i]); if (r) return r; }", "vma_pages(vma) != d->size"),
	  "struct dev *d = desc->file->private_data; if (vma_desc_pages(desc) != d->size) return -EINVAL;"
	  " desc->page_prot = pgprot_noncached(desc->page_prot);"
	  " mmap_action_map_kernel_pages(desc, desc->start, d->pages, d->size); return 0;", "equal" },
	{ "pages with the protection from before", NULL,
	  CHECKED(COUNTED_PAGES " { r = vm_insert_page(vma, " PAGE_AT ", d->pages[i]); if (r) return r; }"
		  " vma->vm_page_prot = pgprot_noncached(vma->vm_page_prot);", "vma_pages(vma) != d->size"),
	  "struct dev *d = desc->file->private_data; if (vma_desc_pages(desc) != d->size) return -EINVAL;"
	  " desc->page_prot = pgprot_noncached(desc->page_prot);"
	  " mmap_action_map_kernel_pages(desc, desc->start, d->pages, d->size); return 0;", "differs: the protection of the pages" },
	{ "pages twice", NULL,
	  CHECKED(COUNTED_PAGES " { r = vm_insert_page(vma, " PAGE_AT ", d->pages[i]); if (r) return r; } "
		  COUNTED_PAGES " { r = vm_insert_page(vma, " PAGE_AT ", d->pages[i]); if (r) return r; }", "vma_pages(vma) != d->size"),
	  ALL_PAGES, "unknown: " },
	{ "pages of an array that is gone", NULL,
	  "struct dev *d = file->private_data; unsigned long i, n = d->size; struct page *own[4]; int r;"
	  " if (vma_pages(vma) != n || n > 4) return -EINVAL; fills((int *)own);"
	  " for (i = 0; i < n; i++) { r = vm_insert_page(vma, " PAGE_AT ", own[i]); if (r) return r; } return 0;",
	  "struct dev *d = desc->file->private_data; unsigned long n = d->size; struct page *own[4];"
	  " if (vma_desc_pages(desc) != n || n > 4) return -EINVAL; fills((int *)own);"
	  " mmap_action_map_kernel_pages(desc, desc->start, own, n); return 0;", "unknown: " },
	{ "pages of an array that was allocated", NULL,
	  "struct dev *d = file->private_data; unsigned long i, n = d->size; struct page **own = kmalloc(n, GFP_KERNEL); int r = 0;"
	  " if (!own) return -ENOMEM; if (vma_pages(vma) != n) { kfree(own); return -EINVAL; }"
	  " for (i = 0; i < n; i++) { r = vm_insert_page(vma, " PAGE_AT ", own[i]); if (r) break; } kfree(own); return r;",
	  "struct dev *d = desc->file->private_data; unsigned long n = d->size; struct page **own = kmalloc(n, GFP_KERNEL);"
	  " if (!own) return -ENOMEM; if (vma_desc_pages(desc) != n) { kfree(own); return -EINVAL; }"
	  " mmap_action_map_kernel_pages(desc, desc->start, own, n); kfree(own); return 0;", "unknown: " },

	{ "a range page by page", NULL, REMAPPED(PAGE_AT, "d->pfn + i", "PAGE_SIZE", SHARED_ONLY), REMAP_ALL, "equal" },
	{ "a range page by page, private", NULL, REMAPPED(PAGE_AT, "d->pfn + i", "PAGE_SIZE", "vma->vm_pgoff"),
	  "struct dev *d = desc->file->private_data; if (desc->pgoff) return -EINVAL; mmap_action_remap_full(desc, d->pfn); return 0;",
	  "unknown: the loop there can go on behind the mapping's end, or map a private one" },
	{ "a range page by page, one PFN", NULL, REMAPPED(PAGE_AT, "d->pfn", "PAGE_SIZE", SHARED_ONLY), REMAP_ALL, "unknown: " },
	{ "a range page by page, the next PFN", NULL, REMAPPED(PAGE_AT, "d->pfn + i + 1", "PAGE_SIZE", SHARED_ONLY), REMAP_ALL,
	  "differs: the second is " },
	{ "a range page by page, every second PFN", NULL, REMAPPED(PAGE_AT, "d->pfn + 2 * i", "PAGE_SIZE", SHARED_ONLY), REMAP_ALL,
	  "unknown: " },
	{ "a range two pages by two", NULL, REMAPPED(PAGE_AT, "d->pfn + i", "2 * PAGE_SIZE", SHARED_ONLY), REMAP_ALL, "unknown: " },
	{ "a range page by page, at one place", NULL, REMAPPED("vma->vm_start", "d->pfn + i", "PAGE_SIZE", SHARED_ONLY), REMAP_ALL,
	  "unknown: " },
};
