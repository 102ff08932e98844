// SPDX-License-Identifier: GPL-2.0-only
/// The question whether the mapping is private and can become writable.
//
// What: is_cow_mapping(vm_flags) and vma_is_cow_mapping() become vma_desc_is_cow_mapping().
// When: the argument is the handler's own vma, or its bare vm_flags.
// Limits: any other argument (a mask, a local copy, another vma) is left, and refused by name.
//	The bits it reads are none of those that an action sets, so it may stand behind one.
// Confidence: High
// Needs: desc_is_cow

@cow@
identifier def.V;
position p : script:python() { here(p) };
@@
(
- is_cow_mapping@p(V->vm_flags)
+ vma_desc_is_cow_mapping(desc)
|
- vma_is_cow_mapping@p(V)
+ vma_desc_is_cow_mapping(desc)
)

@cow_left@
identifier C =~ "^(vma_)?is_cow_mapping$";
position p : script:python() { here(p) };
@@
C@p(...)

@script:python@
p << cow_left.p;
c << cow_left.C;
@@
refuse("%s() is asked about other flags than the mapping's own" % c, p)
