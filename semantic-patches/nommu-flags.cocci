// SPDX-License-Identifier: GPL-2.0-only
/// The question whether a mapping without an MMU is shared.
//
// What: is_nommu_shared_mapping(vm_flags) becomes is_nommu_shared_vma_flags(&vma_flags).
// When: the argument is the handler's own, bare vm_flags.
// Limits: any other argument (a mask, a local copy, another vma) is left, so refused.
//	The bits it reads are none of those that an action sets, so it may stand behind one.
// Confidence: High
// Needs: nommu_flags

@nommu@
identifier def.V;
position p : script:python() { here(p) };
@@
- is_nommu_shared_mapping@p(V->vm_flags)
+ is_nommu_shared_vma_flags(&desc->vma_flags)
