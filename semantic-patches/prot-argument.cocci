// SPDX-License-Identifier: GPL-2.0-only
/// A protection computed in the argument of the remap call is set on the descriptor first.
//
// What: remap_pfn_range(.., pgprot_noncached(vm_page_prot)) becomes an assignment to
//	desc->page_prot and a remap with it: an action has no protection of its own.
// When: the call stands in return, in the condition of an if, or is assigned to a variable.
// Limits: behaviour note: the VMA's own protection changes too, where before only the page
//	tables had it.  A local variable is local-prot.cocci's.
// Confidence: Moderate
// Needs: action

@protarg@
identifier def.V;
identifier R =~ "^(io_)?remap_pfn_range$";
expression A, B, C;
expression E : script:python() { computed(E) };
position p : script:python() { here(p) };
statement S1, S2;
identifier r;
@@
(
+ desc->page_prot = E;
  return R@p(V, A, B, C,
- E
+ desc->page_prot
  );
|
+ desc->page_prot = E;
  if (R@p(V, A, B, C,
- E
+ desc->page_prot
  )) S1 else S2
|
+ desc->page_prot = E;
  r = R@p(V, A, B, C,
- E
+ desc->page_prot
  );
)
