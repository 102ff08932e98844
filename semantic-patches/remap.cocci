// SPDX-License-Identifier: GPL-2.0-only
/// remap_pfn_range() and io_remap_pfn_range() become an action.
//
// What: the call alone, wherever it stands; action-*.cocci then rewrite the statement around it.
//	The whole VMA becomes mmap_action_(io)remap_full(), any other size mmap_action_(io)remap().
// When: the protection is desc->page_prot, and the start is that of the VMA, plus an offset or not.
// Limits: any other start address or protection is left, so refused.  A partial range must lie
//	in the VMA: the contract's business.
// Confidence: High
// Needs: action

@remap@
identifier def.V;
expression X, N, C;
position p : script:python() { here(p) };
@@
(
- remap_pfn_range@p(V, desc->start, N, vma_desc_size(desc), desc->page_prot)
+ mmap_action_remap_full(desc, N)
|
- remap_pfn_range@p(V, desc->start, N, C, desc->page_prot)
+ mmap_action_remap(desc, desc->start, N, C)
|
- remap_pfn_range@p(V, desc->start + X, N, C, desc->page_prot)
+ mmap_action_remap(desc, desc->start + X, N, C)
)

@ioremap@
identifier def.V;
expression X, N, C;
position p : script:python() { here(p) };
@@
(
- io_remap_pfn_range@p(V, desc->start, N, vma_desc_size(desc), desc->page_prot)
+ mmap_action_ioremap_full(desc, N)
|
- io_remap_pfn_range@p(V, desc->start, N, C, desc->page_prot)
+ mmap_action_ioremap(desc, desc->start, N, C)
|
- io_remap_pfn_range@p(V, desc->start + X, N, C, desc->page_prot)
+ mmap_action_ioremap(desc, desc->start + X, N, C)
)
