// SPDX-License-Identifier: GPL-2.0-only
/// A local that holds the start of the mapping.
//
// What: where the remap call takes its address from such a local, or the size is computed with it
//	(vm_end - start), it reads vm_start instead, and the later rules see the plain form.  The
//	local goes when nobody reads it any more; else it stays, and reads.cocci makes it desc->start.
// When: the local is declared in the handler, is as wide as unsigned long, and gets vm_start once.
// Limits: never by paths: any other write, a static, or its address taken, anywhere in the handler,
//	leaves it alone, and so does a variable of the file with the same name.  vm_start itself is
//	never written (handler.cocci).
// Confidence: High
// Needs: mmap_prepare

@st_set@
identifier def.V;
identifier S;
position p : script:python() { here(p) };
@@
S@p = V->vm_start

@script:python@
s << st_set.S;
p << st_set.p;
@@
note("start set %s %s" % (s, place(p)), p)

@st_init@
identifier def.V;
identifier S;
type T;
position p : script:python() { here(p) };
@@
T S@p = V->vm_start;

@script:python@
s << st_init.S;
p << st_init.p;
@@
note("start set %s %s" % (s, place(p)), p)

@st_name@
identifier S : script:python() { holds_start(S) };
type T : script:python() { is_wide(T) };
expression E;
position p : script:python() { here(p) };
@@
(
T S@p;
|
T S@p = E;
)

@st_write@
identifier st_name.S;
identifier W =~ "^(swap|do_div|(__|unsafe_)?get_user)$";
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
|
W(..., S@p, ...)
)

@script:python@
s << st_name.S;
p << st_write.p;
@@
note("start write %s %s" % (s, place(p)), p)

@st_decl@
identifier st_name.S;
type T;
expression E;
position p : script:python() { here(p) };
@@
T S@p = E;

@script:python@
s << st_name.S;
p << st_decl.p;
@@
note("start write %s %s" % (s, place(p)), p)

@st_static@
identifier st_name.S;
type T;
expression E;
position p : script:python() { here(p) };
@@
(
static T S@p;
|
static T S@p = E;
)

@script:python@
s << st_name.S;
p << st_static.p;
@@
note("start static %s %s" % (s, place(p)), p)

// A variable of the file with that name may be what is read outside the local's block.
@st_global@
identifier st_name.S;
type T;
expression E;
position p : script:python() { not here(p) };
@@
(
T S@p;
|
T S@p = E;
)

@script:python@
s << st_name.S;
p << st_global.p;
@@
if p[0].current_element == s:	# what spatch calls a declaration outside functions
    note("start global %s" % s, p)

@script:python@
s << st_name.S;
p << st_name.p;
@@
key = "%s %s" % (s, place(p))
good = NOTES.get("start set " + key, set())
if len(good) == 1 and NOTES.get("start write " + key, set()) <= good and \
   "start static " + key not in NOTES and "start global %s" % s not in NOTES:
    NOTES.setdefault("start", set()).add((str(s), place(p)))

@st_use@
identifier def.V;
identifier S : script:python() { holds_start(S) };
identifier R =~ "^(io_)?remap_pfn_range$";
expression X, B, C, D;
position p : script:python() { here(p) };
@@
(
R(V, S@p, B, C, D)
|
R(V, S@p + X, B, C, D)
|
V->vm_end - S@p
)

@script:python@
s << st_use.S;
p << st_use.p;
@@
if (str(s), place(p)) in NOTES.get("start", ()):
    note("start read", p)
    NOTES.setdefault("start near", set()).add((str(s), place(p)))

@st_put@
identifier def.V;
identifier S;
position p : script:python() { noted("start read", p) };
@@
- S@p
+ V->vm_start

// What is left of the local: its one value, and perhaps readers.
@st_dead@
identifier def.V;
identifier S : script:python() { holds_start(S) };
position p : script:python() { here(p) };
@@
S@p = V->vm_start;

@script:python@
p << st_dead.p;
@@
note("start dead", p)

@st_alive@
identifier S : script:python() { holds_start(S) };
position p : script:python() { here(p) };
@@
S@p

@script:python@
s << st_alive.S;
p << st_alive.p;
@@
if not noted("start dead", p):
    NOTES.setdefault("start alive", set()).add(str(s))

@st_drop_set@
identifier def.V;
identifier S : script:python() { start_unread(S) };
position p : script:python() { here(p) };
@@
- S@p = V->vm_start;

@st_drop@
identifier def.V;
identifier S : script:python() { start_unread(S) };
type T;
position p : script:python() { here(p) };
@@
(
- T S@p;
|
- T S@p = V->vm_start;
)
