#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""
Handlers that upstream has converted, in their old form, proved against upstream's hooks.

	prove.py OLD NEW SCRATCH MMAPCONV

OLD and NEW are kernel trees; SCRATCH is a folder for NEW's files with OLD's functions.  Prints what
the proof says, pair by pair, and figures.
"""
import os
import re
import subprocess
import sys

from check import write
from pairs import Kernels

ENDED = {"equal": 0, "equal-but": 0, "differs": 1, "unknown": 3}


def prove(mmapconv, tree, old, new):
	"""The verdict and what is said below it; None: prove did not answer."""
	p = subprocess.run([mmapconv, "prove", "-q", "-C", tree, old, new], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
			   text=True)
	verdict = p.stdout.split("\n")[0].split(" ")[0]
	if ENDED.get(verdict) != p.returncode:
		return None, p.stderr + p.stdout
	return verdict, p.stdout


def main():
	old, new, scratch, mmapconv = sys.argv[1:5]
	kernels = Kernels(old, new)
	kernels.find()
	for pair in kernels.pairs:
		kernels.take_back(pair)
	for s in kernels.sources.values():
		if s.edits:
			write(scratch, s.path, s.text())
	count, failed = {}, 0
	for pair in sorted(kernels.pairs, key=lambda p: p.id):
		if pair.skipped:
			continue
		path = pair.handler.split(":")[0]
		was = os.path.join(scratch, path)	# a library's is in the tree yet
		verdict, said = prove(mmapconv, new, f"{was if os.path.exists(was) else path}:{pair.old}", f"{path}:{pair.new}")
		failed += verdict is None
		count[verdict] = count.get(verdict, 0) + 1
		print(f"{'not ok' if verdict is None else 'ok'} {pair.id}: {verdict or 'no answer'}")
		for line in re.sub(re.escape(os.path.abspath(scratch)) + "/", "", said).strip().split("\n")[verdict is not None:]:
			print(f"# {line}")
	print(f"# {sum(count.values())} pairs: " + ", ".join(f"{n} {v}" for v, n in sorted(count.items(), key=str)))
	return 1 if failed else 0


if __name__ == "__main__":
	sys.exit(main())
