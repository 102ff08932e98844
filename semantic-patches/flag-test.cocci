// SPDX-License-Identifier: GPL-2.0-only
/// Tests of VMA flags.
//
// What: vm_flags & VM_X where a truth value is wanted becomes vma_desc_test(), with several bits
//	vma_desc_test_any(); (vm_flags & MASK) == MASK becomes vma_desc_test_all(); == a part of the
//	mask becomes "all of the part and none of the rest".  vma_test*() become vma_desc_test*().
// When: every operand is a single-bit VM_x constant and the place wants a truth value (if, while,
//	!, &&, ||, ?:, == 0, != 0, a bool's initial value).  Any other use of the bits refuses.
// Limits: is_zero and isnt_zero must stay disabled: with them a bare mask would match anywhere.
// Confidence: High
// Needs: desc_flag_helpers

@initialize:python@
@@
def any_of(names):
    if not TESTS:
        refuse("this tree has no test of a descriptor's flags that is known here")
    return "%s(desc, %s)" % (TESTS["one" if len(names) == 1 else "any"], bit_list(names))

def all_of(names):
    if len(names) == 1:
        return any_of(names)
    if TESTS and not TESTS["all"]:
        return " && ".join(any_of([n]) for n in names)
    return any_of(names).replace(TESTS["any"], TESTS["all"], 1)

def closed(text):
    return "(%s)" % text if "&&" in text else text

@tst disable is_zero, isnt_zero@
identifier def.V;
expression E : script:python() { all_bits(E) };
position p : script:python() { here(p) };
@@
V@p->vm_flags & E

@script:python tst_call@
e << tst.E;
L;
@@
names = vm_bits(e)
coccinelle.L = cocci.make_expr(any_of(names))

@eq disable is_zero, isnt_zero@
identifier def.V;
expression E : script:python() { all_bits(E) };
expression X : script:python() { all_bits(X) };
position p : script:python() { here(p) };
@@
(
  (V@p->vm_flags & E) == X
|
  (V@p->vm_flags & E) != X
)

@script:python eq_call@
e << eq.E;
x << eq.X;
Y;
N;
@@
mask = vm_bits(e)
want = vm_bits(x)
if not set(want) <= set(mask):
    refuse("a flag test compares with a bit outside its mask")
else:
    rest = [n for n in mask if n not in want]
    have = all_of(want)
    if rest:
        coccinelle.Y = cocci.make_expr("%s && !%s" % (have, any_of(rest)))
        coccinelle.N = cocci.make_expr("!%s || %s" % (closed(have), any_of(rest)))
    else:
        coccinelle.Y = cocci.make_expr(have)
        coccinelle.N = cocci.make_expr("!" + closed(have))

@eq_if disable is_zero, isnt_zero@
identifier def.V;
expression eq.E, eq.X;
expression eq_call.Y, eq_call.N;
statement S1, S2;
position p : script:python() { here(p) };
@@
(
if (
- (V@p->vm_flags & E) == X
+ Y
  ) S1 else S2
|
if (
- (V@p->vm_flags & E) != X
+ N
  ) S1 else S2
)

@script:python eq_inner@
y << eq_call.Y;
n << eq_call.N;
YP;
NP;
@@
def wrap(t):
    t = bare(t)
    negated = t.startswith("!(") and bare(t[1:]) != t[1:]
    return "(%s)" % t if ("&&" in t or "||" in t) and not negated else t
coccinelle.YP = cocci.make_expr(wrap(y))
coccinelle.NP = cocci.make_expr(wrap(n))

@eq_do disable is_zero, isnt_zero@
identifier def.V;
expression eq.E, eq.X;
expression eq_inner.YP, eq_inner.NP;
position p : script:python() { here(p) };
@@
(
- ((V@p->vm_flags & E) == X)
+ YP
|
- (V@p->vm_flags & E) == X
+ YP
|
- ((V@p->vm_flags & E) != X)
+ NP
|
- (V@p->vm_flags & E) != X
+ NP
)

@tst_do disable is_zero, isnt_zero@
identifier def.V;
expression tst.E;
expression tst_call.L;
position p : script:python() { here(p) };
@@
(
- (V@p->vm_flags & E)
+ L
|
- V@p->vm_flags & E
+ L
)

@zero disable is_zero, isnt_zero@
identifier T =~ "^vma_desc_test(_any|_flags)?$";
expression list ES;
position p : script:python() { here(p) };
@@
(
- T@p(ES) == 0
+ !T(ES)
|
- T@p(ES) != 0
+ T(ES)
|
- !!T@p(ES)
+ T(ES)
)

// The places that want a truth value; a test anywhere else would turn a mask into 0 or 1.  One rule a place:
// of a disjunction spatch takes the first branch that the whole statement offers, and no other there.
@truth disable is_zero, isnt_zero@
identifier T =~ "^vma_desc_test(_any|_all|_flags)?$";
expression list ES;
position p : script:python() { here(p) };
@@
  !T@p(ES)

@script:python@
p << truth.p;
@@
note("truth", p)

@truth_choice disable is_zero, isnt_zero@
identifier T =~ "^vma_desc_test(_any|_all|_flags)?$";
expression list ES;
expression X, Z;
position p : script:python() { here(p) };
@@
T@p(ES) ? X : Z

@script:python@
p << truth_choice.p;
@@
note("truth", p)

@truth_left disable is_zero, isnt_zero@
identifier T =~ "^vma_desc_test(_any|_all|_flags)?$";
expression list ES;
expression X;
position p : script:python() { here(p) };
@@
T@p(ES) && X

@script:python@
p << truth_left.p;
@@
note("truth", p)

@truth_left_or disable is_zero, isnt_zero@
identifier T =~ "^vma_desc_test(_any|_all|_flags)?$";
expression list ES;
expression X;
position p : script:python() { here(p) };
@@
T@p(ES) || X

@script:python@
p << truth_left_or.p;
@@
note("truth", p)

@truth_right disable is_zero, isnt_zero@
identifier T =~ "^vma_desc_test(_any|_all|_flags)?$";
expression list ES;
expression X;
position p : script:python() { here(p) };
@@
X && T@p(ES)

@script:python@
p << truth_right.p;
@@
note("truth", p)

@truth_right_or disable is_zero, isnt_zero@
identifier T =~ "^vma_desc_test(_any|_all|_flags)?$";
expression list ES;
expression X;
position p : script:python() { here(p) };
@@
X || T@p(ES)

@script:python@
p << truth_right_or.p;
@@
note("truth", p)

@truth_if disable is_zero, isnt_zero@
identifier T =~ "^vma_desc_test(_any|_all|_flags)?$";
expression list ES;
statement S1, S2;
position p : script:python() { here(p) };
@@
(
if (T@p(ES)) S1 else S2
|
while (T@p(ES)) S1
)

@script:python@
p << truth_if.p;
@@
note("truth", p)

@truth_bool@
identifier T =~ "^vma_desc_test(_any|_all|_flags)?$";
identifier B;
expression list ES;
position p : script:python() { here(p) };
@@
bool B = T@p(ES);

@script:python@
p << truth_bool.p;
@@
note("truth", p)

@truth_not@
identifier T =~ "^vma_desc_test(_any|_all|_flags)?$";
expression list ES;
position p : script:python() { here(p) };
@@
T@p(ES)

@script:python@
p << truth_not.p;
@@
if not noted("truth", p):
    refuse("the bits of vm_flags are used as a value", p)

@bit_test@
identifier def.V;
expression list ES;
position p : script:python() { here(p) };
@@
(
- vma_test@p(V, ES)
+ vma_desc_test(desc, ES)
|
- vma_test_any@p(V, ES)
+ vma_desc_test_any(desc, ES)
|
- vma_test_all@p(V, ES)
+ vma_desc_test_all(desc, ES)
)
