# SPDX-License-Identifier: GPL-2.0-only
"""C text as tokens and top-level chunks: a function, a table, a prototype, a directive."""
import re

TOKEN = re.compile(r"""
	(?P<skip>	\s+ | /\*.*?\*/ | //[^\n]* | \\\n )
|	(?P<directive>	\#(?:/\*.*?\*/ | \\\n | [^\n])* )
|	(?P<string>	L?"(?:\\.|[^"\\])*" | L?'(?:\\.|[^'\\])*' )
|	(?P<name>	[A-Za-z_]\w* )
|	(?P<number>	\.?\d(?:[eEpP][+-]|[\w.])* )
|	(?P<punct>	\.\.\. | <<= | >>= | -> | \+\+ | -- | << | >> | [-+*/%&|^<>=!]= | && | \|\| | [^\s\w] )
""", re.X | re.S)
OPEN, CLOSE = "([{", ")]}"


class Token:
	__slots__ = ("text", "kind", "start", "end")

	def __init__(self, m):
		self.kind, self.start, self.end = m.lastgroup, m.start(), m.end()
		self.text = m.group()
		if self.kind == "directive":
			self.text = " ".join(re.sub(r"/\*.*?\*/|\\\n", " ", self.text, flags=re.S).split())


def tokens_of(text):
	return [Token(m) for m in TOKEN.finditer(text) if m.lastgroup != "skip"]


class Chunk:
	"""A top-level piece; kind: function, declaration (tables and prototypes), directive."""

	def __init__(self, text, tokens, kind):
		self.tokens, self.kind = tokens, kind
		self.start, self.end = tokens[0].start, tokens[-1].end
		self.text = text[self.start:self.end]
		self.name = self._name()

	def _name(self):
		if self.kind == "directive":
			return self.tokens[0].text
		last = None
		for i, t in enumerate(self.tokens):
			if t.text in "([=;{" and last and not (t.text == "(" and last.startswith("__")):
				return last
			if t.kind == "name":
				last = t.text
			elif t.text == "(" and last:
				last = None
		return last or ""

	def words(self):
		return [t.text for t in self.tokens]

	def head(self):
		"""The words before the body."""
		words = self.words()
		return words[:words.index("{")] if "{" in words else words

	def field(self, name):
		"""[(index of the value's token, value)] of .name = value."""
		w = self.words()
		return [(i + 3, w[i + 3]) for i in range(len(w) - 3)
			if w[i] == "." and w[i + 1] == name and w[i + 2] == "="]


def chunks_of(text):
	chunks, now, depth, assigned, branches = [], [], 0, False, []

	def end(kind):
		nonlocal now, assigned
		chunks.append(Chunk(text, now, kind))
		now, assigned = [], False

	for t in tokens_of(text):
		at_margin = t.start == 0 or text[t.start - 1] == "\n"
		# A macro's call without a semicolon; "int f(void)\n__acquires(x)" goes on.
		if now and not depth and at_margin and t.kind == "name" and now[-1].text == ")" and \
		   not t.text.startswith("__"):
			end("declaration")
		now.append(t)
		if t.kind == "directive":
			if t.text.startswith("#if"):
				branches.append(depth)
			elif t.text.startswith("#el") and branches:
				depth = branches[-1]		# "{" in both branches counts once
			elif t.text.startswith("#endif") and branches:
				branches.pop()
			if len(now) == 1:
				end("directive")
			continue
		assigned |= t.text == "=" and not depth
		if t.text in OPEN:
			depth += 1
		elif t.text in CLOSE:
			depth -= 1
			words = [x.text for x in now]
			if t.text == "}" and not depth and not assigned and \
			   words[words.index("{") - 1] != "]" and "(" in words[:words.index("{")]:
				end("function")
		elif t.text == ";" and not depth:
			end("declaration")
	if now:
		end("declaration")
	return chunks


def functions(chunks, name=None):
	return [c for c in chunks if c.kind == "function" and name in (None, c.name)]


def prototypes(chunks, name):
	return [c for c in chunks if c.kind == "declaration" and c.name == name and "=" not in c.words()]


def apply_edits(text, edits):
	"""edits: {(start, end): new text}."""
	for (start, end), new in sorted(edits.items(), reverse=True):
		text = text[:start] + new + text[end:]
	return text
