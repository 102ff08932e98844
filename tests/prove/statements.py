# SPDX-License-Identifier: GPL-2.0-only
"""A function's body as statements, and edits of them."""
import re

LOGGING = r"(pr|dev|netdev|drm)_(dbg|debug|info|notice|warn|err|alert|crit|emerg)\w*|printk|\w*dbg"
CONTROL = ("for", "while", "switch")


def is_errno(word):
	return re.fullmatch(r"E[A-Z0-9]{2,}", word) is not None


class Statement:
	def __init__(self, kind, first):
		self.kind, self.span = kind, (first, first)
		self.condition = self.body = self.other = self.value = self.target = None
		self.children = []


class Call:
	def __init__(self, name, args, close):
		self.name, self.args, self.whole = name, args, (name, close)


class Body:
	"""Spans are (first token, last token), edits {(start, end): new text} in the file's text."""

	def __init__(self, text, chunk, is_hook):
		self.text, self.tokens, self.is_hook, self.start = text, chunk.tokens, is_hook, chunk.start
		words = chunk.words()
		open_at = words.index("{")
		at = words.index("vm_area_desc") if "vm_area_desc" in words[:open_at] else None
		self.desc = words[at + 2] if at and words[at + 1] == "*" else None
		self.all = []
		self.top, _ = self._parse(open_at)
		self.open = open_at

	# Reading

	def word(self, i):
		return self.tokens[i].text

	def source(self, span):
		return self.text[self.tokens[span[0]].start:self.tokens[span[1]].end]

	def _close(self, i):
		depth = 0
		for j in range(i, len(self.tokens)):
			depth += self.word(j) in ("(", "[", "{")
			depth -= self.word(j) in (")", "]", "}")
			if not depth:
				return j
		raise ValueError("unbalanced")

	def _parse(self, i):
		"""The statement at i, and what comes behind it."""
		s = Statement("other", i)
		w = self.word(i)
		if w == "{":
			s.kind, end = "block", self._close(i)
			j = i + 1
			while j < end:
				child, j = self._parse(j)
				s.children.append(child)
			s.span = (i, end)
		elif w == "if" or w in CONTROL or (self.tokens[i].kind == "name" and self.word(i + 1) == "(" and
						   self.word(self._close(i + 1) + 1) == "{"):
			s.kind = "if" if w == "if" else "control"
			close = self._close(i + 1)
			s.condition = (i + 2, close - 1)
			s.body, j = self._parse(close + 1)
			if w == "if" and self.word(j) == "else":
				s.other, j = self._parse(j + 1)
			s.span = (i, j - 1)
		elif w == "do":
			s.kind = "control"
			s.body, j = self._parse(i + 1)
			s.condition = (j + 2, self._close(j + 1) - 1)
			s.span = (i, self._close(j + 1) + 1)
		elif w == "default" or (self.tokens[i].kind == "name" and self.word(i + 1) == ":"):
			s.kind, s.span = "label", (i, i + 1)
		elif w == "case":
			j = i
			while self.word(j) != ":":
				j += 1
			s.kind, s.span = "label", (i, j)
		else:
			j = i
			while self.word(j) != ";":
				j = self._close(j) if self.word(j) in ("(", "[", "{") else j
				j += 1
			s.span = (i, j)
			self._simple(s)
		self.all.append(s)
		return s, s.span[1] + 1

	def _simple(self, s):
		first, last = s.span
		w, kinds = self.word(first), [t.kind for t in self.tokens[first:last + 1]]
		if w in ("goto", "break", "continue"):
			s.kind = "jump"
		elif w == "return":
			s.kind = "return"
			s.value = (first + 1, last - 1) if last > first + 1 else None
		elif kinds[:2] == ["name", "name"] or (kinds[0] == "name" and self.word(first + 1) == "*"):
			s.kind = "declaration"
		elif last > first:
			s.kind = "expression"
			for j in range(first, last):
				if self.word(j) == "=":
					s.target, s.value = self.source((first, j - 1)), (j + 1, last - 1)
					break

	def statements(self, kind):
		return [s for s in self.all if s.kind == kind]

	def statement_of(self, i):
		"""The smallest that holds the token."""
		return min((s for s in self.all if self.inside(i, s)), key=lambda s: s.span[1] - s.span[0])

	@staticmethod
	def inside(i, s):
		return s.span[0] <= i <= s.span[1]

	def loops(self):
		return [s for s in self.statements("control") if self.word(s.span[0]) in ("for", "while", "do")]

	def heads(self, s):
		"""Of a for: start, bound and step, None where there is none."""
		if self.word(s.span[0]) != "for":
			return
		parts, first = [], s.condition[0]
		for j in range(first, s.condition[1] + 2):
			if self.word(j) == ";" or j == s.condition[1] + 1:
				parts.append((first, j - 1) if j > first else None)
				first = j + 1
		if len(parts) == 3:
			yield tuple(parts)

	def subscripts(self, s):
		"""What stands in [] there."""
		return [(i + 1, self._close(i) - 1) for i in range(s.span[0], s.span[1]) if self.word(i) == "["]

	def jumps(self, s):
		return [x for x in self.statements("jump") if self.inside(x.span[0], s)]

	def neighbours(self):
		return [(x, y) for s in self.all for x, y in zip(s.children, s.children[1:])]

	def ordered(self):
		"""Pairs of one block, in their order."""
		return [(x, y) for s in self.all for n, x in enumerate(s.children) for y in s.children[n + 1:]]

	@staticmethod
	def last(s):
		return s.children[-1] if s.kind == "block" and s.children else s

	def leaves(self, s):
		return self.last(s).kind in ("return", "jump")

	def in_log(self, i):
		return any(c.whole[0] < i < c.whole[1] for c in self.calls(LOGGING))

	def calls(self, name, desc=False):
		"""desc: those that are given the descriptor."""
		out = []
		for i in range(self.open + 1, len(self.tokens) - 1):
			if self.tokens[i].kind != "name" or self.word(i + 1) != "(" or not re.fullmatch(name, self.word(i)):
				continue
			close, first, args = self._close(i + 1), i + 2, []
			j = first
			while j <= close and close > i + 2:
				if j == close or self.word(j) == ",":
					args.append((first, j - 1))
					first = j + 1
				j = self._close(j) + 1 if self.word(j) in ("(", "[", "{") else j + 1
			if not desc or any(self.source(a) == self.desc for a in args):
				out.append(Call(i, args, close))
		return out

	def operators(self, names):
		out = []
		for i in range(self.open + 1, len(self.tokens)):
			before = self.tokens[i - 1]
			if self.word(i) in names and (before.kind in ("name", "number") or before.text in (")", "]")) and \
			   before.text != "return" and not is_errno(self.word(i + 1)) and not self.in_log(i):
				out.append(i)
		return out

	def right_operand(self, i):
		j = i + 1
		while self.word(j) not in ("&&", "||", "?", ":", ";", ",", ")", "]", "==", "!="):
			j = self._close(j) + 1 if self.word(j) in ("(", "[") else j + 1
		return (i + 1, j - 1)

	def assignments(self, target):
		return [s for s in self.statements("expression") if self.desc and s.target == target]

	def members(self, what):
		"""Where desc->FIELD is read."""
		name, field = what.split("->")
		return [(i, i + 2) for i in range(self.open, len(self.tokens) - 3)
			if self.word(i) == name and self.word(i + 1) == "->" and self.word(i + 2) == field and
			not re.fullmatch(r"[-+|&]?=|\+\+|--", self.word(i + 3)) and not self.in_log(i)]

	# Changing

	def _range(self, span):
		return (self.tokens[span[0]].start, self.tokens[span[1]].end)

	def replace(self, span, new):
		return {self._range(span): new}

	def drop(self, s):
		return self.replace(s.span, ";")

	def drop_statement(self, i):
		return self.drop(self.statement_of(i))

	def drop_head(self, s):
		return self.replace((s.span[0], s.condition[1] + 1), "")

	def drop_argument(self, call, arg):
		del call
		return self.replace((arg[0] - 1, arg[1]), "")

	def rename(self, call, names):
		new = names.get(self.word(call.name))
		return self.replace((call.name, call.name), new) if new else {}

	def swap(self, x, y):
		return self.merge(self.replace(x.span, self.source(y.span)), self.replace(y.span, self.source(x.span)))

	def after(self, s, new):
		end = self.tokens[s.span[1]].end
		return {(end, end): " " + new}

	def at_margin(self, new):
		return {(self.start, self.start): new}

	def before_success(self, new):
		"""Before the last return of 0, or of what it is that is returned last."""
		all_returns = self.statements("return")
		zero = [s for s in all_returns if s.value and self.source(s.value) == "0"] or \
		       [s for s in all_returns if s.value and not is_errno(self.word(s.value[1]))]
		if not zero:
			return {}
		last = max(zero, key=lambda s: s.span[0])
		return self.replace(last.span, f"{{ {new} {self.source(last.span)} }}")

	@staticmethod
	def merge(*edits):
		return {k: v for e in edits for k, v in e.items()}
