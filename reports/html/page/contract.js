// SPDX-License-Identifier: GPL-2.0-only
// What a handler does, path by path.

/* "12: vm_ops = …" with the number to click. */
function said_line(handler, text)
{
	const [, nr, rest] = /^(\d+): (.*)$/s.exec(text) || [null, null, text];

	return el("li", {}, nr ? [line_button(handler, nr), " "] : null, el("span", { class: "code" }, rest));
}

function contract_path(handler, path)
{
	return el("div", { class: "path-box" },
		path.guards.length ? [el("div", { class: "dim" }, "if"),
				      el("ul", {}, path.guards.map(text => said_line(handler, text)))] : null,
		path.effects.length ? [el("div", { class: "dim" }, path.guards.length ? "then" : "always"),
				       el("ul", {}, path.effects.map(text => said_line(handler, text)))] : null,
		path.unmodelled ? el("div", { class: "notice" }, "not modelled: ", path.unmodelled) : null,
		el("div", { class: "result" }, "→ ", el("span", { class: "code" }, path.result || "?"),
		   path.line ? [" ", line_button(handler, path.line)] : null));
}

function contract(handler)
{
	const c = handler.contract;

	if (!c || !c.paths.length && !c.unmodelled.length)
		return el("p", { class: "dim" }, "Nobody has read its body: there is no contract.");
	return [
		c.complete ? null : el("div", { class: "notice" }, "Not all that it does is modelled:",
			el("ul", { class: "plain" }, c.unmodelled.map(gap =>
				el("li", {}, gap.line ? [line_button(handler, gap.line), " "] : null, gap.reason)))),
		c.paths.map(path => contract_path(handler, path)),
		c.more_paths ? el("p", { class: "dim" }, `and ${count(c.more_paths, "path")} more`) : null,
	];
}
