# SPDX-License-Identifier: GPL-2.0-only
"""
Wrong hooks made of a run's right ones: prove must call none of them equal or equal-but.

	mutants.py PROVE-BATCH OUT TREE SCRATCH [SAMPLE [SEED]]		SAMPLE: so many, evenly; 0: all

One TAP line for each demand; a table of kinds and verdicts; every survivor, every one that is not known.
"""
import collections
import json
import pathlib
import random
import shutil
import subprocess
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent / "upstream"))
from ctext import apply_edits, chunks_of, functions  # noqa: E402
from mutate import function_mutants, loop_mutants, table_mutants  # noqa: E402

VERDICTS = ["differs", "unknown", "equal-but", "equal"]
PROCESSES = 2
Mutant = collections.namedtuple("Mutant", "handler kind place line was now text old", defaults=[False])
Answer = collections.namedtuple("Answer", "verdict kinds reason request old new")


class Handler:
	def __init__(self, h, converted, tree):
		self.id, self.file, self.function = h["id"], h["file"], h["function"]
		self.new = h["conversion"]["new_name"]
		self.files = h["conversion"]["files"]
		self.text = (converted / self.file).read_text(encoding="latin-1")	# any bytes
		self.legacy = (tree / self.file).read_text(encoding="latin-1")
		lines = [d["line"] for d in h["definitions"] if d["file"] == self.file]
		self.which = lines.index(h["line"]) if h["line"] in lines else 0


def apply_patches(out, tree, to):
	"""The files that OUT's patches touch, as they are with all of them."""
	patches = sorted((out / "patches").glob("*.patch"))
	touched = {l[6:] for p in patches for l in p.read_text(encoding="latin-1").splitlines() if l.startswith("--- a/")}
	for f in touched:
		(to / f).parent.mkdir(parents=True, exist_ok=True)
		shutil.copyfile(tree / f, to / f)
	for p in patches:
		subprocess.run(["patch", "-s", "-p1", "-d", to, "-i", p], check=True)


def with_files_in_common(handlers):
	"""A file that two conversions touch brings along what else they touch."""
	changed = True
	while changed:
		changed = False
		for a in handlers:
			for b in handlers:
				if set(a.files) & set(b.files) and set(a.files) != set(b.files):
					a.files = b.files = sorted(set(a.files) | set(b.files))
					changed = True


def mutants_of(h, seed):
	"""Each once."""
	chunks = chunks_of(h.text)
	by_name = collections.defaultdict(list)
	for c in functions(chunks):
		by_name[c.name].append(c)
	hooks = by_name[h.new]
	hook = hooks[min(h.which, len(hooks) - 1)]
	todo, done, found = [hook], [], []
	while todo:
		now = todo.pop(0)
		done.append(now)
		todo += [c for w in dict.fromkeys(now.words()) for c in by_name.get(w, [])
			 if "vm_area_desc" in c.head() and c not in done + todo and len(by_name[w]) == 1]

	tables = [c for c in chunks if c.kind == "declaration" and c.field("mapped") and
		  any(c.name in f.words() for f in done)]
	for t in tables:
		mapped = t.field("mapped")[0][1]
		found += [(hook, *m) for m in table_mutants(h.text, hook, t, mapped)]
		done += by_name[mapped]
	for f in done:
		if any(t.kind == "directive" for t in f.tokens):
			continue		# what is not compiled changes nothing
		found += [(f, *m) for m in
			  function_mutants(h.text, f, f is hook, lambda what: random.Random(f"{seed} {h.id} {what}"))]

	yield from once(h, h.text, found, False)
	chunks = [c for c in functions(chunks_of(h.legacy)) if c.name == h.function]
	if len(chunks) == 1 and not any(t.kind == "directive" for t in chunks[0].tokens):
		yield from once(h, h.legacy, [(chunks[0], *m) for m in loop_mutants(h.legacy, chunks[0])], True)


def once(h, whole, found, old):
	seen = set()
	for f, kind, edits in found:
		text = apply_edits(whole, edits)
		if text == whole or text in seen:
			continue
		seen.add(text)
		at = max(edits)
		yield Mutant(h, kind, f"{f.name}+{whole.count(chr(10), f.start, at[0])}", whole.count("\n", 0, at[0]) + 1,
			     " ... ".join(short(whole[s:e]) for s, e in sorted(edits)),
			     " ... ".join(short(edits[k]) for k in sorted(edits)), text, old)


def short(s):
	return " ".join(s.split()) or "(nothing)"


def prove(batch, tree, scratch, items):
	"""items: (handler, text or None, is it the legacy side's); their answers."""
	lists = []
	for n, (h, text, old) in enumerate(items):
		path = {f: scratch / "converted" / f for f in h.files}
		if text is not None:
			where = f"-{h.file}" if old else h.file
			path[where] = scratch / "mutants" / str(n) / h.file
			path[where].parent.mkdir(parents=True, exist_ok=True)
			path[where].write_text(text, encoding="latin-1")
		lists.append("\t".join([h.file, h.function, h.new] + [f"{f}={p}" for f, p in sorted(path.items())]))
	step = (len(lists) + PROCESSES - 1) // PROCESSES or 1
	parts = [lists[i:i + step] for i in range(0, len(lists), step)]
	children = []
	for n, part in enumerate(parts):
		(scratch / f"list{n}").write_text("\n".join(part) + "\n")
		with open(scratch / f"list{n}") as stdin, open(scratch / f"answers{n}", "w") as stdout:
			children.append(subprocess.Popen([batch, tree], stdin=stdin, stdout=stdout))
	status = [c.wait() for c in children]
	if any(status):
		sys.exit(f"{batch} ended with status {status}")
	answers = [Answer(*l.split("\t")) for n in range(len(parts))
		   for l in (scratch / f"answers{n}").read_text().splitlines()]
	assert len(answers) == len(items)
	return answers


def equivalents():
	"""{(file, place, kind)}: argued to be no slips after all."""
	out, where = set(), None
	for line in pathlib.Path(__file__).with_name("equivalent.txt").read_text().splitlines():
		if line.startswith("\t"):
			out.add((*where, line.strip()))
		elif line and not line.startswith("#"):
			where = (line.split()[0], line.split()[1].rstrip(":"))
	return out


def print_table(rows):
	kinds = collections.defaultdict(collections.Counter)
	for m, a in rows:
		kinds[m.kind][a.verdict] += 1
	print(f"# {'kind':40}" + "".join(f"{v:>10}" for v in VERDICTS))
	for kind in sorted(kinds):
		print(f"# {kind:40}" + "".join(f"{kinds[kind][v] or '-':>10}" for v in VERDICTS))
	total = collections.Counter(a.verdict for _, a in rows)
	print(f"# {'all ' + str(len(rows)):40}" + "".join(f"{total[v]:>10}" for v in VERDICTS))
	return total


def show(m, a):
	print(f"# {a.verdict}: {m.handler.file}:{m.line}: {m.place}: {m.kind}: {m.was}  =>  {m.now}")
	print(f"#\t{a.reason or a.kinds}")


def tap(ok, what):
	print(("ok " if ok else "not ok ") + what)
	return ok


def main():
	batch, out, tree, scratch = (pathlib.Path(a).resolve() for a in sys.argv[1:5])
	sample = int(sys.argv[5]) if len(sys.argv) > 5 else 0
	seed = int(sys.argv[6]) if len(sys.argv) > 6 else 1
	apply_patches(out, tree, scratch / "converted")
	inventory = json.loads((out / "inventory.json").read_text())
	handlers = [Handler(h, scratch / "converted", tree) for h in inventory["handlers"] if h["outcome"] == "converted"]
	with_files_in_common(handlers)

	right = prove(batch, tree, scratch, [(h, None, False) for h in handlers])
	for h, a in zip(handlers, right):
		if not a.verdict.startswith("equal"):
			print(f"# left out: {h.id}: {a.verdict}: {a.reason}{a.old}{a.new}")
	proved = [h for h, a in zip(handlers, right) if a.verdict.startswith("equal")]
	mutants = [m for h in proved for m in mutants_of(h, seed)]
	total = len(mutants)
	if sample and total > sample:
		mutants = [mutants[i * total // sample] for i in range(sample)]
	rows = list(zip(mutants, prove(batch, tree, scratch, [(m.handler, m.text, m.old) for m in mutants])))
	invalid = sum(a.verdict == "invalid" for _, a in rows)
	known = equivalents()
	same = [(m, a) for m, a in rows if a.verdict in ("equal", "equal-but") and
		(m.handler.file, m.place, m.kind) in known]
	rows = [r for r in rows if r[1].verdict != "invalid" and r not in same]
	print(f"# {len(handlers)} conversions, {len(proved)} proved; {total} mutants, {len(mutants)} tried; {invalid} do not "
	      f"compile, {len(same)} are equivalent")
	counts = print_table(rows)
	for m, a in rows:
		if a.verdict != "differs":
			show(m, a)

	ok = tap(not counts["equal"] and not counts["equal-but"], "no mutant is called equal or equal-but")
	ok &= tap(counts["differs"] >= 0.95 * len(rows), "at least 95 % of the mutants are called differs")
	need = 0.8 * sample if sample else 500
	ok &= tap(len(rows) >= need, f"at least {need:.0f} mutants compile")
	sys.exit(0 if ok else 1)


if __name__ == "__main__":
	main()
