// SPDX-License-Identifier: GPL-2.0-only
// What the tool did not see, in plain sight.

function gap_rows()
{
	const gaps = new Map();

	for (const row of rows) {
		const c = row.handler.contract;
		for (const reason of new Set(c ? c.unmodelled.map(gap => gap.reason) : []))
			gaps.set(reason, [...(gaps.get(reason) || []), row]);
	}
	return [...gaps].sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1));
}

/* Patches of which a check did not run, or found something: "compile" says whether they were built. */
function show_unbuilt(place)
{
	const patches = rows.filter(row => row.handler.conversion && row.handler.conversion.patch);
	const bad = patches.flatMap(row => row.handler.conversion.checks.filter(check => check.status !== "ok").map(check => ({ row, check })));

	const failed = data.hand.filter(h => h.state === "failed");

	if (failed.length)
		place.append(el("h3", {}, "Hand-finished patches that were not used"), listed(failed.map(h =>
			[el("span", { class: "code" }, h.name), ` (${h.stage}) ${h.message}`])));
	place.append(el("h3", {}, "Not built"), bad.length ? listed(bad.map(({ row, check }) =>
		[handler_link(row.id), ` ${check.name} ${check.status}${check.detail ? ": " + check.detail : ""}`]))
		: el("p", { class: "dim" }, patches.length ? `All ${patches.length} converted handlers were built, and passed every check.`
							  : "There is no patch that could have been built."));
}

function show_unseen()
{
	const place = by_id("losses");
	const parsed = ["full", "partial", "failed"].map(how => data.parsed.reduce((sum, arch) => sum + arch[how], 0));
	const unread = rows.filter(row => row.handler.parse !== "full");
	const gaps = gap_rows(), incomplete = rows.filter(row => row.handler.contract && row.handler.contract.unmodelled.length);
	const outside = data.fields.filter(field => field.role === "not-reached" || field.role === "excluded");

	place.append(el("p", { class: "lead" }, `${data.search.files} files searched, ${data.search.candidates} handed to libclang: ` +
		`${parsed[0]} read whole, ${parsed[1]} in part, ${parsed[2]} not at all.`));
	show_unbuilt(place);
	place.append(el("h3", {}, "Not parsed"), data.problems.length ? listed(data.problems.map(p =>
		[el("span", { class: "code" }, p.file + (p.line ? ":" + p.line : "")), ` (${p.stage}) ${p.text}`]))
		: el("p", { class: "dim" }, "Nothing was lost."));
	if (unread.length)
		place.append(el("h3", {}, "Handlers not read whole"), listed(unread.map(row =>
			[handler_link(row.id), ` ${row.handler.parse || "text only"}`])));
	if (data.disagreements.length)
		place.append(el("h3", {}, "Where the text search and libclang disagree"), listed(data.disagreements));
	place.append(el("h3", {}, "Not modelled"), el("p", {}, `The contracts of ${incomplete.length} of ${count(rows.length, "handler")} ` +
		"have something in them that is not modelled; most often:"));
	if (gaps.length)
		place.append(plain_table([["Why", ([reason]) => reason], ["Handlers", ([, list]) => el("details", {},
			el("summary", {}, String(list.length)), listed(list.map(row => handler_link(row.id)))), "number"]], gaps));
	place.append(el("h3", {}, "By architecture"), plain_table([["Architecture", a => a.arch], ["Whole", a => String(a.full), "number"],
		["In part", a => String(a.partial), "number"], ["Not", a => String(a.failed), "number"]], data.parsed));
	if (outside.length)
		place.append(el("details", {}, el("summary", {}, `${count(outside.length, "field")} with a vma that no handler of the table stands for`),
			plain_table([["Field", f => f.name], ["Declared", f => `${f.file}:${f.line}`], ["Functions", f => String(f.handlers), "number"],
				["Why", f => f.why || "no tier 1 handler calls through it"]], outside)));
}
