// SPDX-License-Identifier: GPL-2.0-only
/// The size of the mapping, in bytes or pages.
//
// What: vm_end - vm_start, vma_pages() and their shifts become vma_desc_size(), vma_desc_pages().
// When: before reads.cocci, which takes the single fields.
//	x + vm_end - vm_start, another tree, has the same value: x + vma_desc_size(). The size is an
//	unsigned long and not below 0, so neither order loses a bit that the other keeps.
// Limits: in any other sum the fields are read one by one.
// Confidence: High
// Needs: desc_size

@size@
identifier def.V;
expression X;
position p : script:python() { here(p) };
@@
(
- X + V@p->vm_end - V->vm_start
+ X + vma_desc_size(desc)
|
- ((V@p->vm_end - V->vm_start) >> PAGE_SHIFT)
+ vma_desc_pages(desc)
|
- (V@p->vm_end - V->vm_start) >> PAGE_SHIFT
+ vma_desc_pages(desc)
|
- (V@p->vm_end - V->vm_start) / PAGE_SIZE
+ vma_desc_pages(desc)
|
- (vma_pages(V@p) << PAGE_SHIFT)
+ vma_desc_size(desc)
|
- vma_pages(V@p) << PAGE_SHIFT
+ vma_desc_size(desc)
|
- vma_pages(V@p) * PAGE_SIZE
+ vma_desc_size(desc)
|
- (V@p->vm_end - V->vm_start)
+ vma_desc_size(desc)
|
- V@p->vm_end - V->vm_start
+ vma_desc_size(desc)
|
- vma_pages(V@p)
+ vma_desc_pages(desc)
)
