// SPDX-License-Identifier: GPL-2.0-only
/// The vm_ops' open, called by hand for the new mapping, goes: vm_ops->mapped does its work (R5).
//
// What: "open(vma); return 0;" becomes "return 0;", also through vma->vm_ops->open.
// When: the program gives the open function's name as "openname", has seen that nothing else is left behind
//	and nothing else follows (-D opened), has written the function for `mapped` and put it into the table.
// Limits: only right before a return; any other call is left, so refused.
// Confidence: High
// Needs: mmap_prepare mapped

@open_named depends on opened@
identifier virtual.openname;
identifier def.V;
position p : script:python() { here(p) };
@@
- openname@p(V);
  return 0;

@open_called depends on opened@
identifier def.V;
position p : script:python() { here(p) };
@@
(
- V@p->vm_ops->open(V);
|
- if (V@p->vm_ops->open) V->vm_ops->open(V);
|
- if (V@p->vm_ops && V->vm_ops->open) V->vm_ops->open(V);
)
  return 0;
