#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""
Handlers that upstream has converted, taken back to their old form and converted again.

	check.py OLD NEW TREE OUT MMAPCONV EXPECTED

OLD and NEW are kernel trees; TREE is a copy of NEW that may be written.  Prints one ok/not ok line
a handler, the differences to upstream's hooks, and figures.
"""
import os
import re
import shutil
import subprocess
import sys

from outcome import compare, run
from pairs import Kernels, read
from rules import rewrite


def write(root, path, text):
	"""A new file in the place of the old one, which may be a hard link."""
	name = os.path.join(root, path)
	os.makedirs(os.path.dirname(name), exist_ok=True)
	if os.path.lexists(name):
		os.unlink(name)
	with open(name, "w", encoding="utf-8", errors="surrogateescape", newline="") as f:
		f.write(text)


def take_back(kernels, tree):
	"""Write the files as they would be, had upstream converted nothing; returns their names."""
	for pair in kernels.pairs:
		kernels.take_back(pair)
	changed = {s.path: s.text() for s in kernels.sources.values() if s.edits}
	for path, text in changed.items():
		if read(tree, path) != text:
			write(tree, path, text)
	return changed


def apply_patch(out, patch, folder):
	env = {**os.environ, "GIT_CEILING_DIRECTORIES": os.path.dirname(os.path.abspath(folder))}
	subprocess.run(["git", "apply", os.path.abspath(os.path.join(out, patch))], cwd=folder, env=env, check=True)


def names_of(pair, new_name, before, after, upstream):
	"""Our names of the hook and of the mapped function, as upstream has them."""
	def mapped(text):
		return re.findall(r"\.mapped\s*=\s*(\w+)", text)

	names = {k: v for k, v in pair.names.items() if k != pair.old}
	names[new_name] = pair.new
	for path in after:
		made = [m for m in mapped(after[path]) if m not in mapped(before[path])]
		want = [n for p, n in pair.chunks if p == path and n in mapped(upstream[path])]
		names.update(zip(made, want))
	return names


class Outcome:
	def __init__(self, text, differences=(), sentences=()):
		self.text, self.differences, self.sentences = text, list(differences), list(sentences)
		if differences:		# how much differs is expected too
			self.text += f" -{sum(d.less for d in differences)} +{sum(d.more for d in differences)}"


class Patched:
	"""A folder of the touched files; what is rewritten stands on what was rewritten before."""

	def __init__(self, kernels, changed, folder):
		self.kernels, self.folder = kernels, folder
		shutil.rmtree(folder, ignore_errors=True)
		for path, text in changed.items():
			write(folder, path, text)

	def read(self, paths):
		for path in paths:
			if not os.path.exists(os.path.join(self.folder, path)):
				write(self.folder, path, read(self.kernels.new_root, path))
		return {path: read(self.folder, path) for path in paths}

	def compare(self, pair, new_name, before, after):
		upstream = {path: read(self.kernels.new_root, path) for path in after}
		return compare(pair, before, after, upstream, names_of(pair, new_name, before, after, upstream))

	def convert(self, pair, conversion, out):
		paths = set(conversion["files"]) | {path for path, _ in pair.chunks}
		before = self.read(paths)
		apply_patch(out, conversion["patch"], self.folder)
		differences = self.compare(pair, conversion["new_name"], before, self.read(paths))
		return Outcome("differs" if differences else "same", differences)

	def rules_alone(self, pair, verdict, sentences, api):
		"""What the semantic patches make of a handler that the verdict leaves to a person."""
		paths = {path for path, _ in pair.chunks}
		helpers = [n for n in pair.names if n != pair.old and
			   any(n in self.kernels.source(p).text() for p in paths if p.endswith(".c"))]
		before, after = self.read(paths), {}
		for path, text in before.items():
			after[path], why = rewrite(pair.old, pair.new, helpers, path, text, api)
			if why:
				return Outcome(f"{verdict}, rules refuse", (), sentences + [f"{path}: {why}"])
		for path, text in after.items():
			write(self.folder, path, text)
		differences = self.compare(pair, pair.new, before, after)
		return Outcome(f"{verdict}, rules " + ("differ" if differences else "same"), differences, sentences)


def outcomes(kernels, rows, api, changed, out):
	"""{id: Outcome}"""
	result, patched = {}, Patched(kernels, changed, os.path.join(out, "patched"))
	done = {p.id: (rows.get(p.handler) or {}).get("conversion") or {} for p in kernels.pairs}
	# in the patches' order, then the others; the library's last, once nobody calls them
	for p in sorted(kernels.pairs, key=lambda p: (not done[p.id].get("patch"), done[p.id].get("patch") or "",
						      kernels.is_library(p.old))):
		row = rows.get(p.handler)
		if p.skipped:
			result[p.id] = Outcome("skipped", (), [p.skipped])
		elif not row:
			result[p.id] = Outcome("not found")
		elif row["outcome"] == "converted":
			result[p.id] = patched.convert(p, done[p.id], out)
		else:
			why = [f"{r['code']} {r['text']}" for r in row["reasons"]]
			if done[p.id].get("message"):
				why.append(done[p.id]["message"])
			result[p.id] = patched.rules_alone(p, row["outcome"], why, api)
	return result


def read_expected(path):
	"""{id: (outcome, explanation)}: FILE:FUNC <tab> OUTCOME, explanations indented below."""
	expected, last = {}, None
	with open(path, encoding="utf-8") as f:
		for line in f:
			if line.startswith("#") or not line.strip():
				continue
			if line[0] == "\t":
				expected[last] = (expected[last][0], (expected[last][1] + " " + line.strip()).strip())
			else:
				last, outcome = line.rstrip("\n").split("\t")
				expected[last] = (outcome, "")
	return expected


def report(result, expected):
	failed = 0
	for name, got in sorted(result.items()):
		want, why = expected.get(name, ("nothing", ""))
		good = got.text == want and (why or want == "same")
		failed += not good
		print(f"{'ok' if good else 'not ok'} {name}: {got.text}")
		if not good:
			print(f"# expected: {want}" + ("" if why or want == "same" else ", and a word why"))
		for line in [why] * bool(why) + got.sentences + [line for d in got.differences for line in d.lines()]:
			print(f"# {line}")
	for name in sorted(set(expected) - set(result)):
		failed += 1
		print(f"not ok {name}: expected, but no such pair was found")
	kinds = [re.sub(" [-+][0-9]+", "", r.text) for r in result.values()]
	print(f"# {len(kinds)} pairs: " + "; ".join(f"{kinds.count(k)} {k}" for k in sorted(set(kinds))))
	return failed


def main():
	old, new, tree, out, mmapconv, expected = sys.argv[1:7]
	kernels = Kernels(old, new)
	kernels.find()
	changed = take_back(kernels, tree)
	files = sorted({p.handler.split(":")[0] for p in kernels.pairs if not p.skipped})
	rows, api = run(mmapconv, tree, out, files, os.environ.get("JOBS", "2"))
	result = outcomes(kernels, rows, api, changed, out)
	return 1 if report(result, read_expected(expected)) else 0


if __name__ == "__main__":
	sys.exit(main())
