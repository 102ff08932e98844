// SPDX-License-Identifier: GPL-2.0-only
// Inventories beside each other: a bar each, and what changed from one to the next.

const data = JSON.parse(by_id("data").textContent);
const states = { waiting: "waiting", blocked: "blocked", nothing: "nothing to do", hand: "hand-finished", converted: "converted" };

function burn_down(title, tier)
{
	const canvas = el("canvas", { role: "img", "aria-label": `${title}: the numbers are below` });

	by_id("charts").append(el("div", { class: "chart" }, el("h3", {}, title),
		el("div", { class: "canvas", style: "height: 22rem" }, canvas)));
	drawn_charts.push(new Chart(canvas, {
		type: "bar",
		data: {
			labels: data.inventories.map(inventory => inventory.tree),
			datasets: Object.entries(states).map(([state, word]) => ({
				label: word, state, data: data.inventories.map(inventory => inventory.tiers[tier][word]),
			})).filter(set => set.data.some(nr => nr)),
		},
		options: {
			animation: false, maintainAspectRatio: false,
			scales: { x: { stacked: true, ticks: {} }, y: { stacked: true, ticks: { precision: 0 } } },
			plugins: { legend: { display: false } },
		},
	}));
}

function sum(inventory, word)
{
	return inventory.tiers[0][word] + inventory.tiers[1][word];
}

function what_changed(change)
{
	const { before, after, what } = change;

	if (!before || !after)
		return "";
	return [what.includes("moved") ? `from ${before.id}` : null,
		...["class", "verdict", "outcome"].filter(key => before[key] !== after[key]).map(key => `${key} ${before[key]} → ${after[key]}`),
		what.includes("needs") ? `needs ${before.needs.join(", ") || "nothing"} → ${after.needs.join(", ") || "nothing"}` : null,
	].filter(text => text).join("; ");
}

/* As in progress/print.c. */
const kind_words = {
	gone: "gone: converted in the tree, or removed", new: "new", moved: "moved to another file", converted: "converted",
	verdict: "judged otherwise", state: "of another state", class: "of another class", needs: "with other needs",
};

function show_step(step, i)
{
	const kinds = Object.keys(kind_words);
	const first = change => kinds.find(kind => change.what.includes(kind));

	by_id("steps").append(el("h2", {}, `${data.inventories[i].tree} → ${data.inventories[i + 1].tree}`),
		el("p", { class: "lead" }, `${count(step.same, "handler")} as before`),
		...kinds.map(kind => [kind, step.changes.filter(change => first(change) === kind)]).filter(([, list]) => list.length)
			.map(([kind, list]) => el("details", {}, el("summary", {}, `${list.length} ${kind_words[kind]}`), plain_table([
				["Handler", change => (change.after || change.before).id],
				["Interface", change => (change.after || change.before).interface],
				["Class", change => (change.after || change.before).class],
				["Verdict", change => (change.after || change.before).verdict],
				["Changed", what_changed],
			], list))));
}

burn_down("file_operations.mmap", 0);
burn_down("Callbacks behind them", 1);
by_id("numbers").append(plain_table([
	["Tree", inventory => inventory.tree],
	["Handlers", inventory => String(inventory.handlers), "number"],
	...Object.entries(states).map(([state, word]) => [el("span", { class: "badge " + state }, word), inventory => String(sum(inventory, word)), "number"]),
], data.inventories));
data.steps.forEach(show_step);
start_theme();
document.documentElement.dataset.ready = "yes";
