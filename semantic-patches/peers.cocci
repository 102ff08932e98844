// SPDX-License-Identifier: GPL-2.0-only
/// A call of another handler, by name, that moves along.
//
// What: return other_mmap(file, vma); becomes return other_mmap_prepare(desc), for the handlers named in "peers" with
//	their new names, "other_mmap:other_mmap_prepare".
// When: the other handler is rewritten in the same patch (the program's business).
// Limits: a direct call with the two parameters, whose result is returned as it is: an error of the other
//	one's action, which comes later, could not be changed here.  Anything else is left, so refused
//	(residue.cocci).
// Confidence: High
// Needs: mmap_prepare

@peer_call@
identifier hook.F, hook.V;
identifier Q : script:python() { str(Q) in PEERS };
fresh identifier N = script:python(Q) { PEERS[str(Q)] };
position p : script:python() { here(p) };
@@
  return
- Q@p(F, V)
+ N(desc)
  ;
