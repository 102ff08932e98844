// SPDX-License-Identifier: GPL-2.0-only
/// What the test of a descriptor's flags was called in Linux 7.0.
//
// What: tells flag-test.cocci that vma_desc_test_flags() asks for any of its bits; all of several are asked
//	for one by one.
// When: Linux 7.0 only.
// Limits: none.
// Confidence: High
// Needs: desc_test_flags
// Lacks: desc_test

@initialize:python@
@@
TESTS.update(one="vma_desc_test_flags", any="vma_desc_test_flags", all=None)
