// SPDX-License-Identifier: GPL-2.0-only
/// Find the handler, and refuse at once what no later rule may touch.
//
// What: binds the names of the two parameters of every definition of the handler (a file can hold
//	several, one per #if branch), and lends the other rules two Python helpers: here() says
//	whether a position lies in the handler, refuse() ends the run without an output.
// When: always first.  A file without a definition (table, prototype) passes untouched.
// Limits: parameters must be named.  Refused: a name "desc" in the handler, a parameter that is
//	assigned to, a function that has the new name, vm_start, vm_end or vm_mm written, vm_file written, the address of a vma
//	field, the result of a remap ignored.
// Confidence: High
// Needs: mmap_prepare

virtual helper, opened

@initialize:python@
h << virtual.handler;
n << virtual.newname;
c << virtual.companions;
r << virtual.peers;
@@
import re
import sys

HANDLER = h
NEWNAME = n
COMPANIONS = set(str(c).split(","))
PEERS = dict(q.split(":") for q in str(r).split(",") if ":" in q)
NEAR = set()		# locals whose reader a rule may have removed
NOTES = {}		# kind: positions that a rule noted
TESTS = {}		# of flags: the helpers for one, any, all; see flag-names*.cocci

def refuse(why, p=None):
    where = " (line %s)" % p[0].line if p else ""
    sys.stderr.write("refused: %s: %s%s\n" % (HANDLER, why, where))
    sys.stderr.flush()
    sys.exit(3)

def here(p):
    return p[0].current_element in (HANDLER, NEWNAME)

def spot(p):
    return (p[0].file, p[0].line, p[0].column)

def place(p):
    return (p[0].file, p[0].current_element_line)

def note(kind, p):
    NOTES.setdefault(kind, set()).add(spot(p))

def noted(kind, p):
    return spot(p) in NOTES.get(kind, ())

def gets_file(p, plain):
    return place(p) in NOTES.get("users", ()) and (place(p) in NOTES.get("plain", ())) == plain

def unread(which):
    return NOTES["near"][which] in NEAR

# Backslashes cannot stand in a constraint: the regular expressions live here.
def is_errno(text):
    return re.match(r"^-\s*E[A-Z0-9]+$", bare(text)) is not None

def not_null(text):
    return re.search(r"\bNULL\b", text) is None and bare(text) != "0"

def computed(text):
    return re.match(r"^(desc ?-> ?page_prot|[a-z_]\w*)$", bare(text)) is None

def is_wide(text):
    return bare(text) in ("unsigned long", "unsigned long int", "size_t", "unsigned long long",
                          "u64", "uint64_t", "resource_size_t", "phys_addr_t")

def holds_start(name):
    return any(k.startswith("start set %s (" % name) for k in NOTES)

def start_unread(name):
    return str(name) in [n for n, _ in NOTES.get("start near", ())] and \
        str(name) not in NOTES.get("start alive", ())

# dax_dbg() and DRM_INFO() print; dev_set_name() and foo_get_info_size() do not.
def is_log(name):
    return re.match(r"^(\w*_)?(v?dbg|debug|devel|info|notice|warn|warning|err|error|crit|alert"
                    r"|emerg|cont|printk)(_once|_ratelimited)?$", str(name), re.I) is not None

def has_string(args):
    return '"' in str(args)

def bare(text):
    text = " ".join(str(text).split())
    while text.startswith("(") and text.endswith(")"):
        depth = 0
        for i, c in enumerate(text):
            depth += (c == "(") - (c == ")")
            if depth == 0 and i < len(text) - 1:
                return text
        text = text[1:-1].strip()
    return text

@def@
identifier virtual.handler;
identifier V;
@@
handler(..., struct vm_area_struct *V, ...) { ... }

@hook depends on !helper@
identifier virtual.handler;
identifier F, V;
@@
handler(struct file *F, struct vm_area_struct *V) { ... }

@taken depends on !helper@
identifier virtual.newname;
position p;
@@
newname@p(...) { ... }

@script:python@
p << taken.p;
v << def.V;
@@
refuse("%s() exists already" % NEWNAME)

@clash@
identifier I =~ "^desc$";
position p : script:python() { here(p) };
@@
I@p

@clash_decl@
identifier I =~ "^desc$";
type T;
position p : script:python() { here(p) };
@@
T I@p;

@clash_init@
identifier I =~ "^desc$";
type T;
expression E;
position p : script:python() { here(p) };
@@
T I@p = E;

@script:python@
p << clash.p;
@@
refuse("the name desc is taken", p)

@script:python@
p << clash_decl.p;
@@
refuse("a local is already named desc", p)

@script:python@
p << clash_init.p;
@@
refuse("a local is already named desc", p)

@other_parameter@
identifier virtual.handler;
identifier I =~ "^desc$";
type T;
@@
handler(..., T I, ...) { ... }

@script:python@
i << other_parameter.I;
@@
refuse("a parameter is already named desc")

@fixed@
identifier def.V;
identifier fld =~ "^(vm_start|vm_end|vm_mm|vm_file)$";
expression E;
assignment operator aop;
position p : script:python() { here(p) };
@@
(
V@p->fld aop E
|
V@p->fld++
|
V@p->fld--
|
  ++V@p->fld
|
  --V@p->fld
)

@script:python@
p << fixed.p;
f << fixed.fld;
@@
refuse("%s is written: no counterpart in the descriptor" % f, p)

@address@
identifier def.V;
identifier fld;
position p : script:python() { here(p) };
@@
  &V@p->fld

@script:python@
p << address.p;
f << address.fld;
@@
refuse("the address of %s is taken" % f, p)

@parm@
identifier def.V;
expression E;
position p : script:python() { here(p) };
@@
V@p = E

@script:python@
p << parm.p;
@@
refuse("a parameter is assigned to", p)

@parm_file@
identifier hook.F;
expression E;
position p : script:python() { here(p) };
@@
F@p = E

@script:python@
p << parm_file.p;
@@
refuse("a parameter is assigned to", p)

@ignored@
identifier R =~ "^(remap_pfn_range|io_remap_pfn_range|vm_iomap_memory)$";
expression list ES;
position p : script:python() { here(p) };
@@
R@p(ES);

@script:python@
p << ignored.p;
r << ignored.R;
@@
refuse("the result of %s() is ignored: the hook would fail where it succeeds today" % r, p)
