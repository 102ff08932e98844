# SPDX-License-Identifier: GPL-2.0-only
"""Wrong hooks from a right one: each mutant has one slip that a person, or a rule, could make."""
import random
import re

from statements import Body, LOGGING, is_errno

ERRNOS = ["EINVAL", "ENXIO", "EPERM", "ENODEV", "EAGAIN"]
OTHER_BIT = {"SHARED": "MAYSHARE", "MAYSHARE": "SHARED", "WRITE": "MAYWRITE", "MAYWRITE": "WRITE", "READ": "MAYREAD",
	     "MAYREAD": "READ", "EXEC": "MAYEXEC", "MAYEXEC": "EXEC"}
BITS = ["DONTCOPY", "DONTEXPAND", "DONTDUMP", "LOCKED", "MAYWRITE", "NORESERVE"]
COMPARED = {">": ">=", ">=": ">", "<": "<=", "<=": "<", "==": "!=", "!=": "=="}
SWAPPED = {"+": "-", "-": "+", "<<": ">>", ">>": "<<", "&&": "||", "||": "&&"}
ACTIONS = {"mmap_action_remap_full": "mmap_action_ioremap_full", "mmap_action_ioremap_full": "mmap_action_remap_full",
	   "mmap_action_remap": "mmap_action_ioremap", "mmap_action_ioremap": "mmap_action_remap"}
PROTS = {"pgprot_noncached": "pgprot_writecombine", "pgprot_writecombine": "pgprot_noncached"}


def flag_changes(b, rng):
	for call in b.calls(r"vma_desc_(set|clear)_flags"):
		yield "flags: the call dropped", b.drop_statement(call.name)
		yield "flags: set for clear", b.rename(call, {"vma_desc_set_flags": "vma_desc_clear_flags",
							      "vma_desc_clear_flags": "vma_desc_set_flags"})
		bits = [b.source(a) for a in call.args[1:]]
		for more in [f"VMA_{x}_BIT" for x in BITS if f"VMA_{x}_BIT" not in bits][:1]:
			yield "flags: one more", b.replace(call.args[-1], f"{bits[-1]}, {more}")
		for a in call.args[1:]:
			if len(bits) > 1:
				yield "flags: one dropped", b.drop_argument(call, a)
			others = [f"VMA_{x}_BIT" for x in BITS if f"VMA_{x}_BIT" not in bits]
			yield "flags: another one", b.replace(a, rng.choice(others))


def flag_tests(b, rng):
	del rng
	for call in b.calls(r"vma_desc_test(_any|_all)?"):
		if len(call.args) > 2:
			yield "flags: any for all", b.rename(call, {"vma_desc_test_any": "vma_desc_test_all",
								   "vma_desc_test_all": "vma_desc_test_any"})
			for a in call.args[1:]:
				yield "flags: one not tested", b.drop_argument(call, a)
		for a in call.args[1:]:
			m = re.fullmatch(r"VMA_(\w+)_BIT", b.source(a))
			if m and m[1] in OTHER_BIT:
				yield "flags: another one tested", b.replace(a, f"VMA_{OTHER_BIT[m[1]]}_BIT")
	for call in b.calls(r"vma_desc_is_cow_mapping"):
		yield "flags: another one tested", b.replace(call.whole, f"vma_desc_test({b.desc}, VMA_WRITE_BIT)")


def comparisons(b, rng):
	del rng
	for i in b.operators(COMPARED):
		yield f"bound: {b.word(i)} is {COMPARED[b.word(i)]}", b.replace((i, i), COMPARED[b.word(i)])
		right = b.right_operand(i)
		if b.source(right) not in ("NULL", "0") and not b.source(right).startswith("-E"):
			yield "bound: off by one", b.replace(right, f"({b.source(right)}) + 1")


def loops(b, rng):
	"""A loop's start, step, ways out and what it does; its bound is a comparison's."""
	del rng
	for s in b.loops():
		yield "loop: dropped", b.drop(s)
		yield "loop: its body dropped", b.replace(s.body.span, ";")
		for start, bound, step in b.heads(s):
			if start and "=" in b.source(start):
				yield "loop: another start", b.replace(start, f"{b.source(start)} + 1")
			if step:
				yield "loop: another step", b.replace(step, f"{b.source(step)}, {b.source(step)}")
			if bound:
				yield "loop: no bound", b.replace(bound, "1")
		for at in b.subscripts(s):
			yield "loop: another index", b.replace(at, f"{b.source(at)} + 1")
		for jump in b.jumps(s):
			other = {"break": "continue", "continue": "break"}.get(b.word(jump.span[0]))
			if other:
				yield f"loop: {other} for the other", b.replace(jump.span, f"{other};")


def arithmetic(b, rng):
	del rng
	for i in b.operators(SWAPPED):
		yield f"arithmetic: {b.word(i)} is {SWAPPED[b.word(i)]}", b.replace((i, i), SWAPPED[b.word(i)])


def errors(b, rng):
	for i in range(1, len(b.tokens)):
		if not is_errno(b.word(i)) or b.word(i - 1) != "-" or b.in_log(i):
			continue
		yield "errno: another one", b.replace((i, i), rng.choice([e for e in ERRNOS if e != b.word(i)]))
		if b.word(i - 2) in ("return", "="):
			yield "errno: none", b.replace((i - 1, i), "0")
	for s in b.statements("return"):
		if s.value and b.source(s.value) == "0":
			yield "errno: for success", b.replace(s.value, f"-{rng.choice(ERRNOS)}")


def checks(b, rng):
	del rng
	for s in b.statements("if"):
		leaves = b.leaves(s.body)
		yield "check: dropped" if leaves else "condition: dropped", b.drop(s)
		yield "condition: negated", b.replace(s.condition, f"!({b.source(s.condition)})")
		if not leaves and not s.other:
			yield "condition: always", b.replace(s.condition, "1")
	for x, y in b.neighbours():
		if x.kind == y.kind == "if" and b.leaves(x.body) and b.leaves(y.body) and not x.other and not y.other and \
		   b.source(b.last(x.body).span) != b.source(b.last(y.body).span):
			yield "check: order of two", b.swap(x, y)


def locks(b, rng):
	del rng
	taken = {}
	for call in b.calls(r"\w+_(un)?lock(_\w+)?|up_read|up_write|down_read|down_write|(scoped_)?guard"):
		s = b.statement_of(call.name)
		if b.word(call.name) in ("guard", "scoped_guard"):
			yield "lock: the pair dropped", b.drop_head(s) if s.kind == "control" else b.drop(s)
			continue
		taken.setdefault(b.source(call.args[0]), []).append((call, s))
		if "unlock" in b.word(call.name) or b.word(call.name).startswith("up_"):
			yield "lock: an unlock dropped", b.drop(s)
	for x, y in b.neighbours():
		if x.kind == "expression" and re.fullmatch(r"(\w*_)?lock|down_read|down_write|guard", b.word(x.span[0])):
			yield "lock: taken late", b.swap(x, y)
	for uses in taken.values():
		if len(uses) > 1 and all(s.kind == "expression" for _, s in uses):
			yield "lock: the pair dropped", b.merge(*[b.drop(s) for _, s in uses])


def protection(b, rng):
	del rng
	for s in b.assignments(f"{b.desc}->page_prot"):
		yield "protection: dropped", b.drop(s)
		for call in b.calls(r"mmap_action_(io)?remap(_full)?"):
			a = b.statement_of(call.name)
			if (s, a) in b.ordered():
				yield "protection: after the action", b.merge(b.drop(s), b.after(a, b.source(s.span)))
		for call in b.calls("|".join(PROTS)):
			if b.inside(call.name, s):
				yield "protection: another one", b.rename(call, PROTS)


def actions(b, rng):
	del rng
	for call in b.calls(r"mmap_action_\w+"):
		s, name = b.statement_of(call.name), b.word(call.name)
		yield "action: dropped", b.drop(s)
		if name in ACTIONS:
			yield "action: another kind", b.rename(call, ACTIONS)
		if name != "mmap_action_simple_ioremap":
			yield "action: a second one", b.after(s, f"mmap_action_simple_ioremap({b.desc}, 0, PAGE_SIZE);")
		for n, a in enumerate(call.args[1:], 1):
			what = {"simple_ioremap": ["", "address", "size"], "remap_full": ["", "pfn"], "ioremap_full": ["", "pfn"],
				"remap": ["", "address", "pfn", "size"], "ioremap": ["", "address", "pfn", "size"],
				"map_kernel_pages_full": ["", "array"], "map_kernel_pages": ["", "address", "array", "size"],
				}.get(name[len("mmap_action_"):], [""] * 9)[n]
			step = "PAGE_SIZE" if what in ("address", "size") and "kernel" not in name or what == "address" else "1"
			yield f"action: another {what}", b.replace(a, f"({b.source(a)}) + {step}")
	if b.is_hook and not b.calls(r"mmap_action_\w+") and not b.calls(r"\w+", desc=True):
		yield "action: one more", b.before_success(f"mmap_action_simple_ioremap({b.desc}, 0, PAGE_SIZE);")


def overrides(b, rng):
	del rng
	for s in b.assignments(f"{b.desc}->action.error_override"):
		yield "errno: the override dropped", b.drop(s)
		yield "errno: the override is 0", b.replace(s.value, "0")


def fields(b, rng):
	del rng
	for field, name in (("vm_ops", "vm_ops"), ("private_data", "private data")):
		for s in b.assignments(f"{b.desc}->{field}"):
			yield f"{name}: dropped", b.drop(s)
			if b.source(s.value) != "NULL":
				yield f"{name}: NULL", b.replace(s.value, "NULL")
			if field == "private_data":
				yield f"{name}: another", b.replace(s.value, f"(void *){b.desc}->file")
	if b.is_hook:
		yield "pgoff: written", b.before_success(f"{b.desc}->pgoff += 1;")


def reads(b, rng):
	del rng
	for span in b.members(f"{b.desc}->pgoff"):
		yield "pgoff: not looked at", b.replace(span, "0")
		yield "pgoff: cut to 32 bits", b.replace(span, f"(unsigned int){b.source(span)}")
	for span in b.members(f"{b.desc}->start"):
		yield "start: another", b.replace(span, f"({b.desc}->start + PAGE_SIZE)")
	for call in b.calls(r"vma_desc_(size|pages)"):
		if b.in_log(call.name):
			continue
		step = "PAGE_SIZE" if b.word(call.name).endswith("size") else "1"
		yield "size: cut to 32 bits", b.replace(call.whole, f"(unsigned int){b.source(call.whole)}")
		yield "size: another", b.replace(call.whole, f"({b.source(call.whole)} + {step})")


def state(b, rng):
	"""Something left behind by the hook itself."""
	del rng
	count = b.before_success("nr_hooks++;") if b.is_hook else {}
	if count:
		yield "state: a count in the hook", b.merge(b.at_margin("static unsigned long nr_hooks;\n"), count)


DONE_ABOVE = re.compile(rf"vma_desc_\w+|mmap_action_\w+|{LOGGING}|\w*lock\w*|up_\w+|down_\w+|guard|scoped_guard")


def rest(b, rng):
	"""Any other statement dropped; a tail call's result ignored."""
	del rng
	done = re.compile(rf"{re.escape(b.desc)}->(page_prot|vm_ops|private_data|action\.error_override)" if b.desc else "$^")
	for s in b.statements("expression"):
		first = b.source((s.span[0], s.span[0]))
		if not DONE_ABOVE.fullmatch(first) and not done.match(b.source(s.span)):
			yield "statement: dropped", b.drop(s)
	for s in b.statements("return"):
		if b.word(s.span[0] + 2) == "(":
			yield "result: of a call, ignored", b.replace((s.span[0] + 1, s.span[1] - 1), f"({b.source(s.value)}, 0)")


OPERATORS = [flag_changes, flag_tests, comparisons, loops, arithmetic, errors, checks, locks, protection, actions, overrides,
	     fields, reads, state, rest]


def loop_mutants(text, chunk):
	"""The same of what a legacy handler does in its loops: the hook beside it is wrong then."""
	b = Body(text, chunk, False)
	inside = [(b.tokens[s.span[0]].start, b.tokens[s.span[1]].end) for s in b.loops()]
	for op in (loops, comparisons, arithmetic, errors, checks):
		for kind, edits in op(b, random.Random(chunk.name + op.__name__)):
			if edits and all(any(x <= at[0] and at[1] <= y for x, y in inside) for at in edits):
				yield f"legacy {kind}", edits


def function_mutants(text, chunk, is_hook, rng_of):
	"""(kind, edits) of one function; edits: {(start, end): new text} of the file."""
	b = Body(text, chunk, is_hook)
	for op in OPERATORS:
		for kind, edits in op(b, rng_of(chunk.name + op.__name__)):
			if edits:
				yield kind, edits


def table_mutants(text, hook, table, mapped):
	"""Of a hook whose vm_ops table has a mapped: (kind, edits)."""
	b = Body(text, hook, True)
	at, _ = table.field("mapped")[0]
	t = table.tokens
	drop = {(t[at - 3].start, t[at + 1].end): ""}
	call = f"{mapped}({b.desc}->start, {b.desc}->end, {b.desc}->pgoff, {b.desc}->file, &{b.desc}->private_data);"
	yield "mapped: not in the table", drop
	yield "state: mapped's in the hook", b.merge(drop, b.before_success(call))
	yield "state: mapped's in the hook as well", b.before_success(call)
