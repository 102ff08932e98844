// SPDX-License-Identifier: GPL-2.0-only
// What the page shows, and the few things that follow from it.

const data = JSON.parse(by_id("data").textContent);
by_id("data").textContent = "";

const states = {
	converted: "converted",
	hand: "hand-finished",
	waiting: "waiting",
	blocked: "blocked",
	nothing: "nothing to do",
};
const state_meanings = {
	converted: "a rule wrote its patch",
	hand: "a hand-finished patch applies",
	waiting: "it could move: by hand, or once a person has looked",
	blocked: "an API is missing that has to come first",
	nothing: "dead code",
};

/* As handler_state() of progress/compare.c. */
function state_of(handler)
{
	/* scan alone: a rule could, were the field's hook there */
	if (handler.outcome === "auto" && handler.needs.length)
		return "blocked";
	return { converted: "converted", hand: "hand", core: "blocked", none: "nothing" }[handler.outcome] || "waiting";
}

/* The folder that maintainers divide the tree by. */
function subsystem_of(file)
{
	const parts = file.split("/");

	return parts.length > 2 && ["drivers", "arch", "net", "sound"].includes(parts[0]) ? parts[0] + "/" + parts[1]
											   : parts[0];
}

function proof_of(handler)
{
	return handler.conversion && handler.conversion.proof && handler.conversion.proof.verdict || "";
}

function boot_of(handler)
{
	return handler.boot && handler.boot.verdict || "";
}

function batch_of(handler)
{
	return handler.conversion && handler.conversion.posting && handler.conversion.posting.batch || "";
}

const rows = data.handlers.map(handler => ({
	handler,
	id: handler.id,
	state: state_of(handler),
	subsystem: subsystem_of(handler.file),
	proof: proof_of(handler),
	boot: boot_of(handler),
	batch: batch_of(handler),
}));
const row_by_id = new Map(rows.map(row => [row.id, row]));

/* How many of each kind there are, the most first: [kind, { total, state: number … }]. */
function tally(list, kind_of)
{
	const found = new Map();

	for (const row of list) {
		for (const kind of [kind_of(row)].flat()) {
			if (!found.has(kind))
				found.set(kind, { total: 0 });
			const numbers = found.get(kind);
			numbers.total++;
			numbers[row.state] = (numbers[row.state] || 0) + 1;
		}
	}
	return [...found].sort(([a, x], [b, y]) => y.total - x.total || (a < b ? -1 : a > b ? 1 : 0));
}

function badge(state, text)
{
	return el("span", { class: "badge " + state, title: state_meanings[state] }, text || states[state]);
}
