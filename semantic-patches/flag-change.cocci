// SPDX-License-Identifier: GPL-2.0-only
/// VMA flags set, cleared, modified, in every spelling.
//
// What: vm_flags_set(), vm_flags_clear(), vm_flags_mod(), and vm_flags_init()/vm_flags_reset()
//	of the old value plus or minus bits, become vma_desc_set_flags()/vma_desc_clear_flags()
//	with a list of VMA_x_BIT; so do vma_set_flags() and vma_clear_flags().
// When: every operand is a single-bit VM_x constant.
// Limits: a mask in a variable or a macro, VM_ constants that stand for several bits
//	(VM_SPECIAL, VM_ACCESS_FLAGS, ...) and a whole new value are left, so refused.
// Confidence: High
// Needs: desc_flag_helpers

@initialize:python@
@@
import re

MASKS = {"NONE", "SPECIAL", "REMAP_FLAGS", "ACCESS_FLAGS", "LOCKED_MASK", "STACK_FLAGS",
         "STACK_INCOMPLETE_SETUP", "DATA_DEFAULT_FLAGS", "DATA_FLAGS_NON_EXEC",
         "DATA_FLAGS_TSK_EXEC", "DATA_FLAGS_EXEC", "SEALED_SYSMAP", "STARTGAP_FLAGS",
         "STACK_DEFAULT_FLAGS", "COPY_ON_FORK", "IGNORE_MERGE", "STICKY", "NO_KHUGEPAGED",
         "INIT_DEF_MASK", "ARCH_CLEAR", "PKEY_SHIFT", "FLAGS_CLEAR", "LOCKED_FLAGS", "UFFD_FLAGS"}

def vm_bits(text):
    """ "VM_A | VM_B" as a list of names without VM_, or None when any operand is no single bit. """
    names = []
    if not re.match(r"^[A-Z0-9_|() ]+$", bare(text)):
        return None
    for part in re.sub(r"[() ]", "", bare(text)).split("|"):
        if not re.match(r"^VM_[A-Z0-9_]+$", part) or part[3:] in MASKS:
            return None
        if part[3:] not in names:
            names.append(part[3:])
    return names

def all_bits(text):
    return bool(vm_bits(text))

def bit_list(names):
    return ", ".join("VMA_%s_BIT" % n for n in names)

@chg@
identifier def.V;
expression E : script:python() { all_bits(E) };
identifier fn =~ "^vm_flags_(set|clear)$";
position p : script:python() { here(p) };
@@
fn@p(V, E);

@script:python chg_list@
e << chg.E;
fn << chg.fn;
L;
G;
@@
names = vm_bits(e)
coccinelle.L = cocci.make_expr(bit_list(names))
coccinelle.G = cocci.make_ident("vma_desc_set_flags" if fn == "vm_flags_set" else "vma_desc_clear_flags")

@chg_do@
identifier def.V;
expression chg.E;
identifier chg.fn;
expression chg_list.L;
identifier chg_list.G;
position p : script:python() { here(p) };
@@
- fn@p(V, E);
+ G(desc, L);

@mod@
identifier def.V;
expression S : script:python() { all_bits(S) };
expression C : script:python() { all_bits(C) };
position p : script:python() { here(p) };
@@
vm_flags_mod@p(V, S, C);

@script:python mod_list@
s << mod.S;
c << mod.C;
SL;
CL;
@@
sets, clears = vm_bits(s), vm_bits(c)
coccinelle.SL = cocci.make_expr(bit_list(sets))
coccinelle.CL = cocci.make_expr(bit_list(clears))

@mod_do@
identifier def.V;
expression mod.S, mod.C;
expression mod_list.SL, mod_list.CL;
position p : script:python() { here(p) };
@@
- vm_flags_mod@p(V, S, C);
+ vma_desc_set_flags(desc, SL);
+ vma_desc_clear_flags(desc, CL);

@half@
identifier def.V;
expression E : script:python() { all_bits(E) };
position p : script:python() { here(p) };
@@
(
vm_flags_mod@p(V, E, 0);
|
vm_flags_init@p(V, V->vm_flags | E);
|
vm_flags_reset@p(V, V->vm_flags | E);
)

@script:python half_list@
e << half.E;
L;
@@
names = vm_bits(e)
coccinelle.L = cocci.make_expr(bit_list(names))

@half_do@
identifier def.V;
expression half.E;
expression half_list.L;
position p : script:python() { here(p) };
@@
(
- vm_flags_mod@p(V, E, 0);
+ vma_desc_set_flags(desc, L);
|
- vm_flags_init@p(V, V->vm_flags | E);
+ vma_desc_set_flags(desc, L);
|
- vm_flags_reset@p(V, V->vm_flags | E);
+ vma_desc_set_flags(desc, L);
)

@less@
identifier def.V;
expression E : script:python() { all_bits(E) };
position p : script:python() { here(p) };
@@
(
vm_flags_mod@p(V, 0, E);
|
vm_flags_init@p(V, V->vm_flags & ~E);
|
vm_flags_reset@p(V, V->vm_flags & ~E);
)

@script:python less_list@
e << less.E;
L;
@@
names = vm_bits(e)
coccinelle.L = cocci.make_expr(bit_list(names))

@less_do@
identifier def.V;
expression less.E;
expression less_list.L;
position p : script:python() { here(p) };
@@
(
- vm_flags_mod@p(V, 0, E);
+ vma_desc_clear_flags(desc, L);
|
- vm_flags_init@p(V, V->vm_flags & ~E);
+ vma_desc_clear_flags(desc, L);
|
- vm_flags_reset@p(V, V->vm_flags & ~E);
+ vma_desc_clear_flags(desc, L);
)

@bits_set@
identifier def.V;
expression list ES;
position p : script:python() { here(p) };
@@
(
- vma_set_flags@p(V, ES);
+ vma_desc_set_flags(desc, ES);
|
- vma_clear_flags@p(V, ES);
+ vma_desc_clear_flags(desc, ES);
)
