// SPDX-License-Identifier: GPL-2.0-only
/// The pages of the mapping, before there was vma_desc_pages().
//
// What: vma_pages() becomes ((desc->end - desc->start) >> PAGE_SHIFT); a size in bytes is left to
//	reads.cocci, which takes vm_end and vm_start one by one.
// When: Linux 6.17 and 6.18.
// Limits: none known.
// Confidence: High
// Needs: mmap_prepare
// Lacks: desc_size

@pages_word@
identifier def.V;
position p : script:python() { here(p) };
@@
- vma_pages(V@p)
+ ((desc->end - desc->start) >> PAGE_SHIFT)
