# SPDX-License-Identifier: GPL-2.0-only
"""
Every test of the semantic patches whose handler is rewritten: what went in proved against what came out.

	rules.py PROVE-BATCH ROOT SCRATCH [--update]		ROOT: the checkout

A file is proved once for each of the macros that its conditions ask for, in the sample tree, or in that of the
release whose form its rule writes.  Beside this file are prelude.h, which the fragments are read with, and
expected.txt.  There, "NAME [MACRO]: VERDICT" has behind a colon what prove says, and where that is unknown or
differs, a line "	why: ..." below, which is ours.  --update rewrites all but that.  One TAP line for each pair.
"""
import json
import pathlib
import re
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
# From the newest on, each of which stands on the one before it; what only an older one is written with.
RELEASES = ["7.3", "7.1", "7.0", "6.19", "6.18"]
RULES = {"action-error-hook": "7.1", "flag-names-any": "7.0", "flag-word": "6.18"}
# What stands there beside the handler is the newest one's.
OTHER = {"action-error-hook-other": "7.3"}
MAPPED = """static int foo_vma_mapped(unsigned long start, unsigned long end, pgoff_t pgoff, const struct file *file,
			  void **vm_private_data)
{
	struct foo *foo = *vm_private_data;

	atomic_inc(&foo->mappings);
	return 0;
}
"""
# What a test's "peers" are: bar_mmap() stands in the file.
PEER = """static int map_baz(struct file *file, struct vm_area_struct *vma)
{
	vm_flags_set(vma, VM_DONTCOPY);
	return 0;
}
"""
PEER_HOOKS = """static int bar_mmap_prepare(struct vm_area_desc *desc)
{
	mmap_action_remap_full(desc, 0);
	return 0;
}

static int map_baz_mmap_prepare(struct vm_area_desc *desc)
{
	vma_desc_set_flags(desc, VMA_DONTCOPY_BIT);
	return 0;
}
"""
TABLE = """static const struct vm_operations_struct foo_vm_ops = {
	.open = foo_vma_open,
	.mapped = MAPPED,
};
"""
CLEAR = ("equal", "equal-but")


class Test:
	def __init__(self, path):
		head, self.name = path.read_text().splitlines()[1], path.stem
		said = dict(re.findall(r"(handler|exit|helper|open|peers|with): ([\w-]+)", head))
		self.source, self.result = path, path.with_suffix(".res")
		self.handler, self.status = said["handler"], said["exit"]
		self.new = self.handler if said.get("helper") == "yes" else self.handler + "_prepare"
		self.release = RULES[said["with"]] if "with" in said else RELEASES[0]
		self.opens, self.peers = "open" in said, "peers" in said
		if self.name in OTHER:
			self.release = OTHER[self.name]

	def before(self):
		text = self.source.read_text()
		if self.peers:
			text = self.ahead(text, self.handler, PEER)
		return self.ahead(text, self.handler, TABLE.replace("MAPPED", "NULL")) if self.opens else text

	def after(self):
		"""
		What came out, with the functions that the program writes (conversions/rewrite/error_hook.c, mapped.c), and
		those that other runs of the rules rewrite.
		"""
		text = self.result.read_text()
		for name in sorted(set(re.findall(r"error_hook = (\w+)", text))):
			errno = name.removeprefix(self.handler + "_").upper()
			text = self.ahead(text, self.new, f"static int {name}(int err)\n{{\n\treturn -{errno};\n}}\n")
		if self.peers:
			text = self.ahead(text, self.new, PEER_HOOKS)
		if self.opens:
			text = self.ahead(text, self.new, MAPPED + TABLE.replace("MAPPED", "foo_vma_mapped"))
		return text

	def ahead(self, text, function, more):
		return text.replace(f"static int {function}(", f"{more}\nstatic int {function}(", 1)


def macros(text):
	"""The macros that choose a branch: None, for the last one, and each of the others."""
	asked = re.findall(r"^#\s*(?:el)?if.*", text, re.M)
	return [None, *dict.fromkeys(name for line in asked for name in re.findall(r"CONFIG_\w+", line))]


def make_trees(root, scratch):
	trees = {}
	for release in RELEASES:
		trees[release] = scratch / release
		shutil.copytree(root / "tests/sample-tree" if release == RELEASES[0] else last, trees[release])
		last = trees[release]
		if release != RELEASES[0]:
			form = root / f"tests/generations/{release}.diff"
			subprocess.run(["patch", "-s", "-p1", "-d", last, "-i", form], check=True)
	return trees


def add_file(tree, rows, file, text, flags):
	model = next(r for r in rows if r["file"] == "drivers/demo/remap.c")
	args = [a.replace(model["file"][:-2], file[:-2]) for a in model["arguments"]]
	(tree / file).parent.mkdir(exist_ok=True)
	(tree / file).write_text(text)
	rows.append(model | {"file": file, "arguments": args[:-1] + flags + args[-1:]})


def prepare(tests, tree, results):
	"""Lines for prove-batch, by what each is of."""
	path, lines = tree / "compile_commands.json", {}
	rows = json.loads(path.read_text())
	results.mkdir()
	add_file(tree, rows, "drivers/rules/tables.c", (HERE / "tables.c").read_text(), [])
	for t in tests:
		for nr, macro in enumerate(macros(t.source.read_text())):
			file = f"drivers/rules/{t.name}-{nr}.c"
			branch = ["-DNO_MMU"] if macro == "CONFIG_MMU" else [f"-D{macro}"] if macro else []
			test = f"-DTEST_{t.name.replace('-', '_')}"
			add_file(tree, rows, file, t.before(), [test, *branch, "-include", str(HERE / "prelude.h")])
			(results / f"{t.name}-{nr}.c").write_text(t.after())
			what = f"{t.name} {macro}" if macro else t.name
			lines[what] = "\t".join([file, t.handler, t.new, f"{file}={results}/{t.name}-{nr}.c"])
	path.write_text(json.dumps(rows))
	return lines


def prove(batch, tests, tree, results):
	lines = prepare(tests, tree, results)
	done = subprocess.run([batch, tree], input="".join(f"{l}\n" for l in lines.values()), stdout=subprocess.PIPE,
			      text=True, check=True)
	answers = {}
	for what, line in zip(lines, done.stdout.splitlines(), strict=True):
		verdict, kinds, reason, request, old, new = line.split("\t")
		if request:
			reason = f"old: {old}; new: {new}"
		answers[what] = ": ".join(filter(None, [verdict, kinds, re.sub(r"drivers/rules/([\w-]+)-\d+\.c", r"\1.c", reason)]))
	return answers


def read_expected(text):
	"""{ what: (verdict and more, why or None) }"""
	found, last = {}, None
	for line in text.splitlines():
		if line.startswith("\twhy: "):
			found[last] = (found[last][0], line)
		elif line and not line.startswith("#"):
			last, said = line.split(": ", 1)
			found[last] = (said, None)
	return found


def main():
	batch, root, scratch = (pathlib.Path(a).resolve() for a in sys.argv[1:4])
	tests = [Test(p) for p in sorted((root / "semantic-patches").glob("*.c"))]
	tests = [t for t in tests if t.status == "0"]
	scratch.mkdir()
	trees, answers = make_trees(root, scratch), {}
	for release in dict.fromkeys(t.release for t in tests):
		of = [t for t in tests if t.release == release]
		answers |= prove(batch, of, trees[release], scratch / f"results-{release}")
	path = HERE / "expected.txt"
	text = path.read_text() if path.exists() else ""
	expected = read_expected(text)
	if "--update" in sys.argv:
		head = [line for line in text.splitlines() if line.startswith("#")]
		for what in sorted(answers):
			why = expected.get(what, (None, None))[1]
			head += [f"{what}: {answers[what]}"]
			if answers[what].split(":")[0] not in CLEAR:
				head += [why or "\twhy: nobody has looked"]
		path.write_text("\n".join(head) + "\n")
		return
	for what in sorted(answers.keys() | expected.keys()):
		said, (wanted, why) = answers.get(what), expected.get(what, (None, None))
		good = said == wanted and (why or said.split(":")[0] in CLEAR)
		print(f"{'ok' if good else 'not ok'} prove {what}: {said}")
		if not good:
			print(f"# expected: {wanted}{'' if why else ', and why it is not equal'}")


main()
