// SPDX-License-Identifier: GPL-2.0-only
/// What the tests of a descriptor's flags are called.
//
// What: tells flag-test.cocci the helpers for one bit, any and all of several.
// When: Linux 7.1 and later.
// Limits: none.
// Confidence: High
// Needs: desc_test desc_test_any

@initialize:python@
@@
TESTS.update(one="vma_desc_test", any="vma_desc_test_any", all="vma_desc_test_all")
