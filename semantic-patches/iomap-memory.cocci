// SPDX-License-Identifier: GPL-2.0-only
/// vm_iomap_memory() becomes mmap_action_simple_ioremap().
//
// What: like for like: both add pgoff to the physical address and check the length.
// When: the descriptor's pgoff at the end of the hook is the one the call would have seen.
// Limits: pgoff written after the call is refused by action-order.cocci.
// Confidence: High
// Needs: simple_ioremap

@iomap@
identifier def.V;
expression A, N;
position p : script:python() { here(p) };
@@
- vm_iomap_memory@p(V, A, N)
+ mmap_action_simple_ioremap(desc, A, N)
