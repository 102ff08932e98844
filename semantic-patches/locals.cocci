// SPDX-License-Identifier: GPL-2.0-only
/// Locals that lost their last reader go.
//
// What: a size, protection or result variable that only an earlier rule's call read is dropped
//	with its declaration and its side-effect free assignment.
// When: the local was a part of the remap statement, and nothing reads it any more.
// Limits: only those locals: what was unused before stays.
// Confidence: High
// Needs: action

// Two locals are enough: the size and the result.
@script:python near@
SIZE;
RESULT;
@@
names = sorted(NEAR) + ["no_such_local", "no_such_local"]
coccinelle.SIZE = cocci.make_ident(names[0])
coccinelle.RESULT = cocci.make_ident(names[1])
NOTES["near"] = {"a": names[0], "b": names[1]}

@lo_a_set@
identifier near.SIZE;
position p : script:python() { here(p) };
@@
SIZE@p = vma_desc_size(desc);

@script:python@
p << lo_a_set.p;
@@
note("dead", p)

@lo_a_use@
identifier near.SIZE;
position p : script:python() { here(p) };
@@
SIZE@p

@script:python@
n << near.SIZE;
p << lo_a_use.p;
@@
if not noted("dead", p):
    NEAR.discard(n)

@lo_a_drop_set@
identifier near.SIZE;
position p : script:python() { here(p) and unread("a") };
@@
- SIZE@p = vma_desc_size(desc);

@lo_a_drop@
identifier near.SIZE;
type T;
constant K;
position p : script:python() { here(p) and unread("a") };
@@
(
- T SIZE@p;
|
- T SIZE@p = vma_desc_size(desc);
|
- T SIZE@p = K;
)

@lo_b_set@
identifier near.RESULT;
position p : script:python() { here(p) };
@@
RESULT@p = vma_desc_size(desc);

@script:python@
p << lo_b_set.p;
@@
note("dead", p)

@lo_b_use@
identifier near.RESULT;
position p : script:python() { here(p) };
@@
RESULT@p

@script:python@
n << near.RESULT;
p << lo_b_use.p;
@@
if not noted("dead", p):
    NEAR.discard(n)

@lo_b_drop_set@
identifier near.RESULT;
position p : script:python() { here(p) and unread("b") };
@@
- RESULT@p = vma_desc_size(desc);

@lo_b_drop@
identifier near.RESULT;
type T;
constant K;
position p : script:python() { here(p) and unread("b") };
@@
(
- T RESULT@p;
|
- T RESULT@p = vma_desc_size(desc);
|
- T RESULT@p = K;
)
