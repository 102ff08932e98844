// SPDX-License-Identifier: GPL-2.0-only
/// page_prot, vm_ops and private_data of the mapping.
//
// What: vm_page_prot and vm_private_data are renamed wherever they stand; vm_ops where it is set.
// When: after the size and flag rules.
// Limits: vm_ops set to something that can be NULL makes the mapping anonymous in 7.2 and later,
//	and a vm_ops that is read is somebody else's: both are left, so refused.
// Confidence: High
// Needs: mmap_prepare

@prot@
identifier def.V;
position p : script:python() { here(p) };
@@
- V@p->vm_page_prot
+ desc->page_prot

@private@
identifier def.V;
position p : script:python() { here(p) };
@@
- V@p->vm_private_data
+ desc->private_data

@ops@
identifier def.V;
expression E : script:python() { not_null(E) };
position p : script:python() { here(p) };
@@
- V@p->vm_ops
+ desc->vm_ops
  = E
