// SPDX-License-Identifier: GPL-2.0-only
// The tree's text, coloured, with the lines marked that something is said of.

/* C as [{ text, kind }]: Prism's tokens laid out flat. */
function tokens_of(text)
{
	const flat = [];

	function add(token, kind)
	{
		if (typeof token === "string")
			flat.push({ text: token, kind });
		else
			[token.content].flat().forEach(part => add(part, token.type));
	}
	for (const token of Prism.tokenize(text, Prism.languages.c))
		add(token, "");
	return flat;
}

function coloured(tokens)
{
	return tokens.map(token => token.kind ? el("span", { class: "token " + token.kind }, token.text)
					      : document.createTextNode(token.text));
}

/* One list of tokens a line: a comment may go over several. */
function token_lines(text)
{
	const lines = [[]];

	for (const token of tokens_of(text)) {
		token.text.split("\n").forEach((part, i) => {
			if (i)
				lines.push([]);
			if (part)
				lines[lines.length - 1].push({ text: part, kind: token.kind });
		});
	}
	return lines;
}

function source_piece(piece, said)
{
	const lines = token_lines(piece.text.replace(/\n$/, ""));

	return el("div", { class: "source" }, el("div", { class: "name" }, `${piece.file}:${piece.line}`),
		el("table", {}, el("tbody", {}, lines.map((tokens, i) => {
			const nr = piece.line + i;

			return el("tr", { class: said.has(nr) ? "said" : null, "data-place": `${piece.file}:${nr}` },
				el("td", { class: "nr" }, String(nr)), el("td", {}, coloured(tokens)));
		}))));
}

/* Lines that the contract and the reasons name. */
function said_lines(handler)
{
	const said = new Set();

	for (const path of handler.contract ? handler.contract.paths : []) {
		for (const text of [...path.guards, ...path.effects])
			said.add(parseInt(text, 10));
		said.add(path.line);
	}
	for (const reason of handler.reasons)
		said.add(reason.line);
	return said;
}

function sources(handler)
{
	const pieces = data.evidence && data.evidence[handler.id];

	if (!data.evidence)
		return el("p", { class: "dim" }, "The tree's text was not kept: run `mmapconv run` with this version.");
	if (!pieces || !pieces.length)
		return el("p", { class: "dim" }, "The tree's text of it could not be read.");
	return pieces.map(piece => source_piece(piece, piece.file === handler.file ? said_lines(handler) : new Set()));
}

/* A line number that shows its line in the text beside it. */
function line_button(handler, nr)
{
	return el("button", { type: "button", class: "line", click: event => {
		const details = event.target.closest(".details");
		const place = `${handler.file}:${nr}`;

		for (const tr of details.querySelectorAll(".source tr")) {
			const here = tr.dataset.place === place;
			tr.classList.toggle("at", here);
			if (here)
				tr.scrollIntoView({ block: "nearest" });
		}
	} }, String(nr));
}
