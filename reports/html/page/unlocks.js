// SPDX-License-Identifier: GPL-2.0-only
// The missing APIs, in the best order: a table, and what the drawing's colours mean.

const kinds_of_api = { field: "hook beside an ops field", helper: "function that takes a descriptor", api: "of the core of mm" };

function freed_list(api)
{
	return api.frees.length ? el("details", {}, el("summary", {}, String(api.unlocks)), listed(api.frees.map(handler_link))) : "0";
}

function show_unlocks()
{
	const u = data.unlocks;

	const others = u.for_handlers ? `${u.for_handlers} more only for other handlers. ` : "";

	by_id("unlocks-lead").textContent = u.order.length
		? `${count(u.waiting, "handler")} ${u.waiting === 1 ? "waits" : "wait"} for ${count(u.order.length, "API")}. ${others}` +
		  "First comes what frees most handlers, given what stands above it" +
		  (u.order[0].patch ? "; before that, what a hand-finished patch offers." : ".")
		: "No handler waits for an API.";
	if (u.not_ranked)
		by_id("unlocks-lead").append(` ${count(u.not_ranked, "API")} more are not ranked.`);
	if (!u.order.length)
		return;
	by_id("unlocks-table").append(plain_table([
		["", api => String(u.order.indexOf(api) + 1), "number"],
		["API", api => [view_link({ needs: api.name }, breakable(api.name)),
			       api.patch ? ` (on the shelf: ${api.patch.slice(0, 4)})` : null]],
		["Kind", api => kinds_of_api[api.kind] || api.kind, "wide"],
		["Handlers that need it", api => String(api.waiting), "number"],
		["Frees alone", api => String(api.alone), "number middle"],
		["Frees here", freed_list, "number"],
		["Freed so far", api => String(api.total), "number middle"],
	], u.order));
	show_legend();
}

/* The drawing's nodes are links already. */
function show_legend()
{
	by_id("graph-legend").append(
		el("ul", { class: "legend" }, Object.entries(kinds_of_api).map(([kind, words]) =>
			el("li", { class: "api-kind " + kind }, words)), el("li", { class: "api-kind none" }, "frees nothing by itself")),
		el("button", { type: "button", "aria-pressed": "false", click: event => {
			const fit = by_id("graph").classList.toggle("fit");

			event.target.setAttribute("aria-pressed", String(fit));
		} }, "Fit the width"));
}
