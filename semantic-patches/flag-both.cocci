// SPDX-License-Identifier: GPL-2.0-only
/// Two single-bit tests that belong together become one vma_desc_test_all().
//
// What: vma_desc_test(desc, A) && vma_desc_test(desc, B) becomes vma_desc_test_all(desc, A, B), as
//	the kernel's own conversions write it.
// When: the two stand beside each other in one && chain.
// Limits: longer chains keep single tests.
// Confidence: High
// Needs: desc_test

@both@
identifier A, B;
position p : script:python() { here(p) };
@@
(
- vma_desc_test@p(desc, A) && vma_desc_test(desc, B)
+ vma_desc_test_all(desc, A, B)
)

@both_tail@
identifier A, B;
expression X;
position p : script:python() { here(p) };
@@
  X &&
- vma_desc_test@p(desc, A) && vma_desc_test(desc, B)
+ vma_desc_test_all(desc, A, B)
