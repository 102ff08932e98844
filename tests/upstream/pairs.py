# SPDX-License-Identifier: GPL-2.0-only
"""Handlers that the new kernel has converted and the old one has not; and how to take one back."""
import os
import re
import subprocess

from ctext import apply_edits, chunks_of, functions, prototypes

# Files that moved: new place -> old place.
MOVED = {"fs/resctrl/pseudo_lock.c": "arch/x86/kernel/cpu/resctrl/pseudo_lock.c"}

# Functions outside the handler's file that were converted for it: (file, new name, old name).
CARRIED = [
	("include/linux/dax.h", "daxdev_mapping_supported", "daxdev_mapping_supported"),
	("drivers/staging/vme_user/vme.c", "vme_master_mmap_prepare", "vme_master_mmap"),
	("drivers/staging/vme_user/vme.h", "vme_master_mmap_prepare", "vme_master_mmap"),
]

# Old text that no longer compiles, for reasons that have nothing to do with mmap:
# handler -> [(expression, replacement)].
ADAPTED = {
	# the folder's other functions have other arguments
	"ntfs_file_mmap": [(r"&new, true\)", "&new, true, NULL, false)"),
			   (r"ni,\s*ni->i_valid, to\)", "ni, to)")],
	# mlock_future_ok() takes a bool
	"secretmem_mmap": [(r"vma->vm_flags \| VM_LOCKED, len", "true, len")],
	# the driver keeps the region's numbers, no longer the region
	"open_dice_mmap": [(r"drvdata->rmem->base", "drvdata->mem_base"),
			   (r"drvdata->rmem->size", "drvdata->mem_size")],
}


def read(root, path):
	with open(os.path.join(root, path), encoding="utf-8", errors="surrogateescape", newline="") as f:
		return f.read()


def aligned(text, field, equal, name):
	"""'name = ' with the equal sign in its column."""
	# one blank stays one
	before, blanks = text[text.rfind("\n", 0, field.start) + 1:field.start], text[field.end:equal.start]
	column = len(text[text.rfind("\n", 0, field.start) + 1:equal.start].expandtabs(8))
	while blanks != " " and len((before + name + blanks).expandtabs(8)) < column:
		blanks += blanks[-1]
	return name + blanks + "= "


class Source:
	"""A file in both kernels, and the edits that take the new one back."""

	def __init__(self, old_root, new_root, path):
		old_path = MOVED.get(path, path)
		self.path, self.new_text = path, read(new_root, path)
		self.old_text = read(old_root, old_path) if os.path.exists(os.path.join(old_root, old_path)) else ""
		self.new, self.old = chunks_of(self.new_text), chunks_of(self.old_text)
		self.edits = {}

	def replace(self, chunk, text):
		self.edits[chunk.start, chunk.end] = text

	def remove(self, chunk):
		end = chunk.end + len("\n\n" if chunk.kind == "function" else "\n")
		self.edits[chunk.start, end] = ""

	def gone(self, piece):
		return any(start <= piece.start and piece.end <= end for start, end in self.edits)

	def text(self):
		return apply_edits(self.new_text, self.edits)


class Pair:
	def __init__(self, table_file, table, old, new):
		self.table_file, self.table, self.old, self.new = table_file, table, old, new
		self.id = f"{table_file}:{old}"
		self.handler = self.id		# mmapconv's name for it
		self.names = {old: new}		# and helpers': old name -> new name
		self.chunks = {(table_file, table)}	# what belongs to it: (file, name in the new kernel)
		self.skipped = None		# why it cannot be taken back


class Kernels:
	def __init__(self, old_root, new_root):
		self.old_root, self.new_root, self.sources, self.pairs = old_root, new_root, {}, []

	def source(self, path):
		if path not in self.sources:
			self.sources[path] = Source(self.old_root, self.new_root, path)
		return self.sources[path]

	def find(self):
		out = subprocess.run(["grep", "-rlE", "--include=*.c", r"\.mmap_prepare[[:space:]]*=", "."],
				     cwd=self.new_root, stdout=subprocess.PIPE, text=True, check=True).stdout
		for path in sorted(os.path.normpath(p) for p in out.split()):
			s = self.source(path)
			for c in s.new:
				for _, new in c.field("mmap_prepare"):
					old = [v for o in s.old if o.name == c.name for _, v in o.field("mmap")]
					self._add(path, c.name, old[0] if old else None, new)

	def _add(self, path, table, old, new):
		for p in self.pairs:
			if (p.new, p.old) == (new, old) and not self.is_library(new) and \
			   os.path.dirname(p.table_file) == os.path.dirname(path):
				p.chunks.add((path, table))	# one handler, several tables
				return
		p = Pair(path, table, old or new.replace("_prepare", ""), new)
		if not old:
			p.skipped = "the old kernel has no such table"
		self.pairs.append(p)

	@staticmethod
	def is_library(name):
		return name.startswith("generic_file_")

	def _home(self, pair):
		"""Where the hook is defined: the table's file, or one of its folder."""
		folder = os.path.dirname(pair.table_file)
		names = [pair.table_file] + sorted(os.path.join(folder, n) for n in
						  os.listdir(os.path.join(self.new_root, folder)) if n.endswith(".c"))
		return next(n for n in names if pair.new in read(self.new_root, n) and
			    functions(self.source(n).new, pair.new))

	def take_back(self, pair):
		if pair.skipped:
			return
		if self.is_library(pair.new) and not self.is_library(pair.old):
			pair.skipped = f"the new kernel has no {pair.old}() of its own"
			return
		for path, table in pair.chunks:
			self._table(self.source(path), table, pair)
		if self.is_library(pair.new):
			pair.handler = f"mm/filemap.c:{pair.old}"
			return
		home = self.source(self._home(pair))
		pair.handler = f"{home.path}:{pair.old}"
		for path in self._headers(pair, home):
			self._prototypes(self.source(path), pair)
		hooks, handlers = functions(home.new, pair.new), functions(home.old, pair.old)
		if len(hooks) != len(handlers):
			raise SystemExit(f"{home.path}: {len(handlers)} {pair.old}(), {len(hooks)} {pair.new}()")
		for hook, handler in zip(hooks, handlers):
			text = handler.text
			for pattern, by in ADAPTED.get(pair.old, []):
				text, n = re.subn(pattern, by, text)
				if not n:
					raise SystemExit(f"{home.path}:{pair.old}: nothing reads {pattern} any more")
			home.replace(hook, text)
			pair.chunks.add((home.path, hook.name))
			self._helpers(home, hook, handler, pair)
		self._mapped(home, pair)
		self._rename_rest(home, pair)
		for path, new, old in CARRIED:
			if old in handlers[0].words() or old in [w for h in pair.names for c in
								 functions(home.old, h) for w in c.words()]:
				self._carry(self.source(path), new, old)
				pair.names[old] = new
				pair.chunks.add((path, new))

	@staticmethod
	def _table(s, table, pair):
		for c in s.new:
			for i, value in c.field("mmap_prepare") if c.name == table else []:
				if value == pair.new:
					s.edits[c.tokens[i - 2].start, c.tokens[i].end] = \
						aligned(s.new_text, c.tokens[i - 2], c.tokens[i - 1], "mmap") + pair.old

	def _headers(self, pair, home):
		folder = os.path.dirname(home.path)
		yield home.path
		for n in sorted(os.listdir(os.path.join(self.new_root, folder))):
			if n.endswith(".h") and pair.new in read(self.new_root, os.path.join(folder, n)):
				yield os.path.join(folder, n)

	@staticmethod
	def _prototypes(s, pair):
		old = prototypes(s.old, pair.old)
		for c in prototypes(s.new, pair.new):
			s.replace(c, old[0].text)
			pair.chunks.add((s.path, c.name))

	def _rename_rest(self, home, pair):
		"""What else names the hook: EXPORT_SYMBOL(), a driver's other tables."""
		folder = os.path.dirname(home.path)
		for n in sorted(os.listdir(os.path.join(self.new_root, folder))):
			path = os.path.join(folder, n)
			if not n.endswith((".c", ".h")) or pair.new not in read(self.new_root, path):
				continue
			s = self.source(path)
			for c in s.new:
				if c.name.startswith(f"#define {pair.new} "):
					s.replace(c, next(o.text for o in s.old if o.name.startswith(f"#define {pair.old} ")))
					pair.chunks.add((path, pair.new))
				for t in c.tokens:
					if t.text == pair.new and not s.gone(t):
						s.edits[t.start, t.end] = pair.old
						pair.chunks.add((path, c.name))

	def _helpers(self, home, hook, handler, pair):
		"""Functions of the file that took a vma with the handler and take a desc with the hook."""
		def called(chunks, top, kind):
			found, todo = [], [top]
			while todo:
				words = set(todo.pop().words())
				for c in functions(chunks):
					if c.name in words and c not in found and c is not top and kind in c.head():
						found.append(c)
						todo.append(c)
			return found

		was = [c for c in called(home.old, handler, "vm_area_struct")
		       if c.head() not in [n.head() for n in functions(home.new, c.name)]]
		now = called(home.new, hook, "vm_area_desc")
		for c in was:
			same = [n for n in now if n.name == c.name] or \
			       [n for n in now if n.name not in [w.name for w in was]]
			if same:
				home.replace(same[0], c.text)
				pair.names[c.name] = same[0].name
				pair.chunks.add((home.path, same[0].name))
				now.remove(same[0])
			else:
				home.edits[hook.start, hook.start] = c.text + "\n\n"
				pair.chunks.add((home.path, c.name))

	@staticmethod
	def _mapped(home, pair):
		"""The vm_ops' function that came with the hook."""
		words = [w for c in functions(home.new) if (home.path, c.name) in pair.chunks for w in c.words()]
		for table in home.new:
			for i, mapped in table.field("mapped") if table.name in words else []:
				end = table.tokens[i].end
				home.edits[table.tokens[i - 3].start, end + len(",\n\t")] = ""
				pair.chunks |= {(home.path, table.name), (home.path, mapped)}
				for c in prototypes(home.new, mapped) + functions(home.new, mapped):
					home.remove(c)

	@staticmethod
	def _carry(s, new, old):
		was, now = ([c for c in chunks if c.name == n and c.kind != "directive"]
			    for chunks, n in ((s.old, old), (s.new, new)))
		for n, o in zip(now, was):
			s.replace(n, o.text)
