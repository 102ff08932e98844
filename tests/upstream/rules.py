# SPDX-License-Identifier: GPL-2.0-only
"""The semantic patches by themselves, for a handler that mmapconv leaves to a person."""
import os
import re
import subprocess
import tempfile

from ctext import chunks_of

RULES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "semantic-patches")
NOTHING = 255			# spatch: the file does not name the handler


def concatenated(api):
	"""The rules that a tree has the API for: api is {name: whether it is there}."""
	with open(os.path.join(RULES, "ORDER"), encoding="utf-8") as order:
		names = [n.strip() for n in order if not n.startswith("#")]
	text = ""
	for name in names:
		with open(os.path.join(RULES, name), encoding="utf-8") as f:
			rule = f.read()
		if all(api[n] for n in re.search(r"^// Needs: (.*)", rule, re.M).group(1).split()):
			text += rule
	return text


def spatch(text, suffix, defines, api):
	"""(the new text or None, what stopped it)."""
	with tempfile.TemporaryDirectory() as scratch:
		def name(n):
			return os.path.join(scratch, n)

		for n, content in (("all.cocci", concatenated(api)), ("in" + suffix, text)):
			with open(name(n), "w", encoding="utf-8", errors="surrogateescape") as f:
				f.write(content)
		argv = ["spatch", "--sp-file", name("all.cocci"), "--no-includes", "--macro-file",
			os.path.join(RULES, "macros.h"), "-o", name("out" + suffix), name("in" + suffix)]
		for d in defines:
			argv += ["-D", d]
		run = subprocess.run(argv, cwd=scratch, capture_output=True, text=True, timeout=300, check=False)
		if run.returncode == NOTHING:
			return text, None
		if run.returncode:
			why = re.findall(r"^(?:refused|.*[Ee]rror).*", run.stderr + run.stdout, re.M)
			return None, (why or [f"spatch ended with status {run.returncode}"])[0]
		with open(name("out" + suffix), encoding="utf-8", errors="surrogateescape") as f:
			return f.read(), None


def rewrite(old, new, helpers, path, text, api):
	"""A file with the handler called new; helpers, when they are the file's own, take the desc too."""
	suffix = os.path.splitext(path)[1]
	companions = "companions=" + (",".join(helpers) or "none")
	for h in helpers:
		takes = [c.head() for c in chunks_of(text) if c.name == h]
		if any("vm_area_struct" in head for head in takes):		# another handler's run can have done it
			text, why = spatch(text, suffix, [f"handler={h}", f"newname={h}", companions, "peers=none", "helper"], api)
			if why:
				return None, f"{h}: {why}"
	return spatch(text, suffix, [f"handler={old}", f"newname={new}", companions, "peers=none"], api)
