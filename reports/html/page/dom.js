// SPDX-License-Identifier: GPL-2.0-only
// Elements are made here and nowhere else, and text is always text: nothing out of a tree is markup.

/* el("p", { class: "dim" }, "text", el(...), [more, …]) ; null and "" are left out, a function is an event's. */
function el(tag, attributes, ...inside)
{
	const e = document.createElement(tag);

	for (const [name, value] of Object.entries(attributes || {})) {
		if (typeof value === "function")
			e.addEventListener(name, value);
		else if (value !== null && value !== undefined && value !== false)
			e.setAttribute(name, value === true ? "" : value);
	}
	for (const part of inside.flat(Infinity)) {
		if (part !== null && part !== undefined && part !== "")
			e.append(part);
	}
	return e;
}

function by_id(id)
{
	return document.getElementById(id);
}

/* A list of objects as a table: columns are [heading, what of a row, "number"]. */
function plain_table(columns, rows, caption)
{
	return el("div", { class: "scroll" }, el("table", { class: "list" },
		caption ? el("caption", {}, caption) : null,
		el("thead", {}, el("tr", {}, columns.map(([heading, , kind]) =>
			el("th", { scope: "col", class: kind }, heading)))),
		el("tbody", {}, rows.map(row => el("tr", {}, columns.map(([, what, kind]) =>
			el("td", { class: kind }, what(row))))))));
}

/* A long name with places where a line may be broken. */
function breakable(text)
{
	return text.split(/(?<=[/._])/).flatMap((part, i) => i ? [el("wbr"), part] : [part]);
}

function count(number, one, many)
{
	return `${number} ${number === 1 ? one : many || one + "s"}`;
}
