// SPDX-License-Identifier: GPL-2.0-only
// A patch, side by side: jsdiff reads it and says which words of a line changed, Prism colours it.

/* Cut tokens where words changed: [{ text, kind, changed }]. */
function with_changes(tokens, words)
{
	const out = [];
	let w = 0, used = 0;

	for (const token of tokens) {
		let text = token.text;

		while (text) {
			const word = words[w];
			const part = word ? text.slice(0, word.value.length - used) : text;

			out.push({ text: part, kind: token.kind, changed: Boolean(word && word.changed) });
			text = text.slice(part.length);
			used += part.length;
			if (word && used === word.value.length) {
				w++;
				used = 0;
			}
		}
	}
	return out;
}

function code_cell(side, tokens, words, tag)
{
	const parts = words ? with_changes(tokens, words) : tokens;

	return el("td", { class: side }, parts.map(part => {
		const node = part.kind ? el("span", { class: "token " + part.kind }, part.text) : part.text;
		return part.changed ? el(tag, {}, node) : node;
	}));
}

/* A line of each side, or null: { text, tokens, nr }. */
function pair_row(before, after)
{
	const same = before && after && before.text === after.text;
	let old_words = null, new_words = null;

	if (before && after && !same) {
		const words = Diff.diffWordsWithSpace(before.text, after.text);

		old_words = words.filter(w => !w.added).map(w => ({ value: w.value, changed: w.removed }));
		new_words = words.filter(w => !w.removed).map(w => ({ value: w.value, changed: w.added }));
	}
	return el("tr", { class: same ? "same" : null },
		el("td", { class: before ? "nr" : "nr none" }, before ? String(before.nr) : ""),
		before ? code_cell(same ? "" : "del", before.tokens, old_words, "del") : el("td", { class: "none" }),
		el("td", { class: after ? "nr" : "nr none" }, after ? String(after.nr) : ""),
		after ? code_cell(same ? "" : "add", after.tokens, new_words, "ins") : el("td", { class: "none" }));
}

/* The lines of one side of a hunk, coloured as one text: a comment goes over several. */
function side_lines(hunk, without, start)
{
	const texts = hunk.lines.filter(line => line[0] !== without && line[0] !== "\\").map(line => line.slice(1));
	const tokens = token_lines(texts.join("\n"));

	return texts.map((text, i) => ({ text, tokens: tokens[i], nr: start + i }));
}

function hunk_rows(hunk)
{
	const before = side_lines(hunk, "+", hunk.oldStart), after = side_lines(hunk, "-", hunk.newStart), out = [];
	let gone = [], come = [];

	function flush()
	{
		for (let i = 0; i < Math.max(gone.length, come.length); i++)
			out.push(pair_row(gone[i], come[i]));
		gone = [];
		come = [];
	}
	for (const line of hunk.lines) {
		if (line[0] === "-") {
			gone.push(before.shift());
		} else if (line[0] === "+") {
			come.push(after.shift());
		} else if (line[0] !== "\\") {
			flush();
			out.push(pair_row(before.shift(), after.shift()));
		}
	}
	flush();
	return [el("tr", { class: "hunk" }, el("td", { colspan: 4 },
		`@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@`)), ...out];
}

function file_diff(file)
{
	return el("div", { class: "diff" }, el("div", { class: "name" }, file.newFileName.replace(/^b\//, "")),
		el("table", {}, el("colgroup", {}, el("col", { class: "nr" }), el("col"), el("col", { class: "nr" }), el("col")),
		   el("tbody", {}, file.hunks.map(hunk_rows))));
}

/* The mail's parts: what is said, and what is changed. */
function patch_parts(text)
{
	const start = text.search(/^diff --git /m);
	const body = start < 0 ? "" : text.slice(start).replace(/\n-- \n[^]*$/, "\n");

	return { mail: start < 0 ? text : text.slice(0, start), body };
}

function patch(handler)
{
	const name = handler.conversion && handler.conversion.patch;
	const text = name && data.patches[name];
	let files;

	if (!name)
		return null;
	if (typeof text !== "string")
		return el("p", { class: "dim" }, `${name} could not be read.`);
	const { mail, body } = patch_parts(text);
	try {
		files = Diff.parsePatch(body).filter(file => file.hunks.length).map(file_diff);
	} catch (error) {
		files = el("pre", { class: "mail" }, body);
	}
	return [el("h3", {}, "Patch"), el("div", { class: "path" }, name),
		el("details", {}, el("summary", {}, "Its message"), el("pre", { class: "mail" }, mail.trim())), files];
}
