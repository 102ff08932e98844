// SPDX-License-Identifier: GPL-2.0-only
/// A local that holds the size of the VMA makes the action a _full one.
//
// What: mmap_action_(io)remap(desc, desc->start, pfn, S) becomes ..._full(desc, pfn).
// When: S is declared in the handler with a type as wide as unsigned long, is set to
//	vma_desc_size(desc) once, and is not written in any other way nor has its address taken.
// Limits: never by paths: any other write anywhere in the handler keeps the sized form.
// Confidence: High
// Needs: action desc_size

@sl@
identifier S;
expression N;
identifier A =~ "^mmap_action_(io)?remap$";
position p : script:python() { here(p) };
@@
A@p(desc, desc->start, N, S)

@sl_decl@
identifier sl.S;
type T : script:python() { is_wide(T) };
position p : script:python() { here(p) };
@@
(
T S@p;
|
T S@p = vma_desc_size(desc);
)

@sl_set@
identifier sl.S;
position p : script:python() { here(p) };
@@
S@p = vma_desc_size(desc)

@script:python@
s << sl.S;
p << sl_set.p;
@@
note("set %s %s" % (s, place(p)), p)

@sl_init@
identifier sl.S;
type T;
position p : script:python() { here(p) };
@@
T S@p = vma_desc_size(desc);

@script:python@
s << sl.S;
p << sl_init.p;
@@
note("set %s %s" % (s, place(p)), p)

@sl_bad@
identifier sl.S;
expression E;
assignment operator aop;
position p : script:python() { here(p) };
@@
(
S@p aop E
|
S@p++
|
S@p--
|
  ++S@p
|
  --S@p
|
  &S@p
)

@script:python@
s << sl.S;
p << sl_bad.p;
@@
note("write %s %s" % (s, place(p)), p)

@sl_badinit@
identifier sl.S;
type T;
expression E;
position p : script:python() { here(p) };
@@
T S@p = E;

@script:python@
s << sl.S;
p << sl_badinit.p;
@@
note("write %s %s" % (s, place(p)), p)

@script:python@
s << sl.S;
p << sl_decl.p;
@@
good = NOTES.get("set %s %s" % (s, place(p)), set())
if len(good) == 1 and NOTES.get("write %s %s" % (s, place(p)), set()) <= good:
    NEAR.add(s)
    NOTES.setdefault("full", set()).add((s, place(p)))

@sl_use@
identifier sl.S;
expression N;
identifier A =~ "^mmap_action_(io)?remap$";
position p : script:python() { here(p) };
@@
A@p(desc, desc->start, N, S)

@script:python@
s << sl.S;
p << sl_use.p;
@@
if (s, place(p)) in NOTES.get("full", ()):
    note("full call", p)

@sl_full@
identifier S;
expression N;
position p : script:python() { noted("full call", p) };
@@
(
- mmap_action_remap@p(desc, desc->start, N, S)
+ mmap_action_remap_full(desc, N)
|
- mmap_action_ioremap@p(desc, desc->start, N, S)
+ mmap_action_ioremap_full(desc, N)
)
