// SPDX-License-Identifier: GPL-2.0-only
/// Locals that lost their last reader go.
//
// What: a size, protection or result variable that only an earlier rule's call read is dropped
//	with its declaration and its side-effect free assignment.
// When: the local was a part of the remap statement, and nothing reads it any more.
// Limits: only those locals: what was unused before stays.
// Confidence: High
// Needs: action

@lo_set@
identifier D : script:python() { D in NEAR };
position p : script:python() { here(p) };
@@
D@p = vma_desc_size(desc);

@script:python@
p << lo_set.p;
@@
note("dead", p)

@lo_use@
identifier N;
position p : script:python() { here(p) };
@@
N@p

@script:python@
n << lo_use.N;
p << lo_use.p;
@@
if not noted("dead", p):
    NEAR.discard(n)

@lo_drop_set@
identifier D : script:python() { D in NEAR };
position p : script:python() { here(p) };
@@
- D@p = vma_desc_size(desc);

@lo_drop@
identifier D : script:python() { D in NEAR };
type T;
constant K;
position p : script:python() { here(p) };
@@
(
- T D@p;
|
- T D@p = vma_desc_size(desc);
|
- T D@p = K;
)
