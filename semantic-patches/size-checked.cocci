// SPDX-License-Identifier: GPL-2.0-only
/// A constant size that was checked against the VMA's makes the action a _full one.
//
// What: after "if (vma_desc_size(desc) != PAGE_SIZE) return ...", a remap of PAGE_SIZE bytes at
//	desc->start covers the whole VMA and is written as such.
// When: the size is one constant name, and the check is a statement of the handler's outermost
//	block that every path to the action passes.
// Limits: the check may be one arm of an ||; a check through a local is not seen.
// Confidence: High
// Needs: action desc_size

@sc@
identifier virtual.handler;
constant K;
expression X, N, C;
position p : script:python() { here(p) };
parameter list PS;
@@
handler(PS)
{
... when any
(
if (vma_desc_size(desc) != K) return C;
|
if (vma_desc_size(desc) != K || X) return C;
|
if (X || vma_desc_size(desc) != K) return C;
)
... when any
\(mmap_action_remap@p\|mmap_action_ioremap@p\)(desc, desc->start, N, K)
... when any
}

@sc_full@
constant sc.K;
expression sc.N;
position sc.p;
@@
(
- mmap_action_remap@p(desc, desc->start, N, K)
+ mmap_action_remap_full(desc, N)
|
- mmap_action_ioremap@p(desc, desc->start, N, K)
+ mmap_action_ioremap_full(desc, N)
)
