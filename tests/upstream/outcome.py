# SPDX-License-Identifier: GPL-2.0-only
"""What became of each pair: converted as the new kernel has it, otherwise, or not."""
import difflib
import json
import os
import subprocess

from ctext import chunks_of, tokens_of

TYPES = {"char", "short", "int", "long", "unsigned", "signed", "bool", "void", "*"}


def run(mmapconv, tree, out, files, jobs):
	"""Convert the handlers of files; returns ({handler's id: its row}, the tree's API)."""
	status = subprocess.run([mmapconv, "convert", "--no-shelf", "--unproved", "-q", "-j", jobs, "-C", tree, "-o", out] + files,
				check=False).returncode
	if status not in (0, 1):
		raise SystemExit(f"mmapconv convert ended with status {status}; its messages are above")
	with open(os.path.join(out, "inventory.json"), encoding="utf-8") as f:
		inventory = json.load(f)
	return {h["id"]: h for h in inventory["handlers"]}, inventory["tree"]["api"]


def locals_of(words):
	"""Names that are declared in a function: its parameters too."""
	return {w for i, w in enumerate(words[1:-1], 1)
		if w.isidentifier() and words[i + 1] in "=,;)[" and words[i - 1] not in ("return", "goto") and
		(words[i - 1] == "*" or words[i - 1].isidentifier())}


def same_but_for_locals(a, b):
	"""The same tokens, when local names may differ: one name for one other."""
	if len(a) != len(b):
		return False
	there, back, mine, theirs = {}, {}, locals_of(a), locals_of(b)
	for i, (x, y) in enumerate(zip(a, b)):
		if x == y and x not in there and y not in back:
			continue
		if x not in mine or y not in theirs or (i and a[i - 1] in (".", "->")):
			return False
		if there.setdefault(x, y) != y or back.setdefault(y, x) != x:
			return False
	return True


def pieces(text, names):
	"""{(name, n): words} of a file's chunks, with our names replaced by the new kernel's."""
	found = {}
	for c in chunks_of(text):
		if c.kind == "directive" and not c.name.startswith("#define"):
			continue
		tokens = tokens_of(c.name[1:]) if c.kind == "directive" else c.tokens
		words = [names.get(t.text, t.text) if t.kind == "name" else t.text for t in tokens]
		name = words[1] if c.kind == "directive" else names.get(c.name, c.name)
		n = 0
		while (name, n) in found:
			n += 1
		found[name, n] = words
	return found


class Difference:
	def __init__(self, path, name, ours, theirs):
		self.path, self.name, self.ours, self.theirs = path, name, ours, theirs
		self.less = self.more = 0
		for kind, a, b, c, d in difflib.SequenceMatcher(None, theirs, ours, autojunk=False).get_opcodes():
			if kind != "equal":
				self.less += b - a
				self.more += d - c

	def lines(self):
		"""Statements a line, upstream's with -, ours with +."""
		def split(words):
			out, line = [], []
			for w in words:
				line.append(w)
				if w in ";{}":
					out.append(" ".join(line))
					line = []
			return out + [" ".join(line)] * bool(line)

		diff = difflib.unified_diff(split(self.theirs), split(self.ours), "upstream", "ours", n=1, lineterm="")
		return [f"{self.path}: {self.name}"] + ["\t" + x for x in list(diff)[2:]]


def compare(pair, before, after, upstream, names):
	"""
	The differences in what belongs to the pair and in what the patch touched.  before, after,
	upstream: {path: text}.
	"""
	found = []
	for path in sorted(set(after) | {p for p, _ in pair.chunks}):
		was, now, want = (pieces(texts[path], names) for texts in (before, after, upstream))
		mine = {k for k in set(was) | set(now) if was.get(k) != now.get(k)}
		mine |= {k for k in set(now) | set(want) if (path, k[0]) in pair.chunks}
		for key in sorted(mine):
			a, b = now.get(key, []), want.get(key, [])
			if not same_but_for_locals(b, a):
				found.append(Difference(path, key[0], a, b))
	return found
