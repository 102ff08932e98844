// SPDX-License-Identifier: GPL-2.0-only
// The missing APIs, in the best order: a table, and the drawing's nodes lead to it.

const kinds_of_api = { field: "hook beside an ops field", helper: "function that takes a descriptor", api: "of the core" };

function freed_list(api)
{
	return api.frees.length ? el("details", {}, el("summary", {}, String(api.unlocks)), listed(api.frees.map(handler_link))) : "0";
}

function show_unlocks()
{
	const u = data.unlocks;

	by_id("unlocks-lead").textContent = u.order.length
		? `${count(u.waiting, "handler")} ${u.waiting === 1 ? "waits" : "wait"} for ${count(u.order.length, "API")}; ` +
		  `${u.for_handlers} wait for other handlers only. First comes what frees most handlers, given what stands above it.`
		: "No handler waits for an API.";
	if (u.not_ranked)
		by_id("unlocks-lead").append(` ${count(u.not_ranked, "API")} more are not ranked.`);
	if (!u.order.length)
		return;
	by_id("unlocks-table").append(plain_table([
		["", api => String(u.order.indexOf(api) + 1), "number"],
		["API", api => el("a", { href: "#handlers", click: event => {
			event.preventDefault();
			view_only({ needs: api.name });
		} }, api.name)],
		["Kind", api => kinds_of_api[api.kind] || api.kind],
		["Handlers that need it", api => String(api.waiting), "number"],
		["Frees alone", api => String(api.alone), "number"],
		["Frees here", freed_list, "number"],
		["Freed so far", api => String(api.total), "number"],
	], u.order));
	document.querySelectorAll("#graph .node").forEach(node => node.addEventListener("click", () =>
		view_only({ needs: u.order[Number(node.id.replace("api-", ""))].name })));
}
