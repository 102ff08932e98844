// SPDX-License-Identifier: GPL-2.0-only
/// Helpers that get the vma get the descriptor.
//
// What: helper(a, vma, b) becomes helper(a, desc, b) for the functions named in "companions", which the
//	program rewrites one by one with these same rules (-D helper), before the handler.
// When: nobody but the handler, or another of them, uses such a function (the program's business).
// Limits: a direct call; a pointer to the helper is left alone, and the compiler complains.
// Confidence: High
// Needs: mmap_prepare

@companion@
identifier def.V;
identifier C : script:python() { str(C) in COMPANIONS };
expression list A, B;
position p : script:python() { here(p) };
@@
  C@p(A,
- V
+ desc
  , B)
