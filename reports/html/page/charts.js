// SPDX-License-Identifier: GPL-2.0-only
// Progress: a bar a tier, and charts by subsystem, class and interface that filter the table when clicked.

const MOST_BARS = 16;

function tier_bar(title, list)
{
	const numbers = Object.keys(states).map(state => [state, list.filter(row => row.state === state).length])
		.filter(([, nr]) => nr);
	const said = numbers.map(([state, nr]) => `${nr} ${states[state]}`).join(", ");

	return el("div", { class: "tier" },
		el("div", {}, el("b", {}, title), ` ${count(list.length, "handler")}`),
		el("div", { class: "bar", role: "img", "aria-label": said },
			numbers.map(([state, nr]) => el("span", { class: state, style: `flex-grow: ${nr}`, title: `${nr} ${states[state]}` }))),
		el("ul", { class: "legend" }, numbers.map(([state, nr]) =>
			el("li", {}, view_link({ tier: String(list[0].handler.tier), state: states[state] }, badge(state)), " ", el("b", {}, String(nr)), " ",
			   el("span", { class: "dim" }, Math.round(100 * nr / list.length) + " %")))));
}

function show_progress()
{
	const tiers = by_id("tiers");

	tiers.append(tier_bar("file_operations.mmap", rows.filter(row => row.handler.tier === 1)));
	tiers.append(tier_bar("Callbacks behind them", rows.filter(row => row.handler.tier === 2)));
	for (const text of data.notes)
		by_id("notes").append(el("p", { class: "notice" }, text));
	show_chart("By subsystem", "subsystem", row => row.subsystem);
	show_chart("By class", "class", row => row.handler.class);
	show_chart("By interface", "interface", row => row.handler.interface);
	if (rows.some(row => row.boot))
		show_chart("Booted with the patches and without", "boot", row => row.boot || "not booted");
}

function numbers_table(heading, kinds)
{
	const used = Object.keys(states).filter(state => kinds.some(([, numbers]) => numbers[state]));

	return el("details", {}, el("summary", {}, "As numbers"), plain_table([
		[heading, ([kind]) => view_link({ [heading]: kind }, kind)],
		...used.map(state => [states[state], ([, numbers]) => String(numbers[state] || 0), "number"]),
		["all", ([, numbers]) => String(numbers.total), "number"],
	], kinds));
}

/* The axis takes half of a narrow chart at the most, and cuts what is longer. */
function short_label(index)
{
	const label = this.getLabelForValue(index), half = this.chart.width < 450 ? 12 : 24;

	return label.length > 2 * half + 1 ? label.slice(0, half) + "…" + label.slice(-half) : label;
}

function show_chart(title, column, kind_of)
{
	const kinds = tally(rows, kind_of), shown = kinds.slice(0, MOST_BARS);
	const canvas = el("canvas", { role: "img", "aria-label": `${title}: the numbers are below` });

	by_id("charts").append(el("div", { class: "chart" }, el("h3", {}, title),
		el("div", { class: "canvas", style: `height: ${shown.length * 1.45 + 2}rem` }, canvas),
		kinds.length > shown.length ? el("div", { class: "dim" }, `and ${kinds.length - shown.length} with fewer handlers`) : null,
		numbers_table(column, kinds)));
	drawn_charts.push(new Chart(canvas, {
		type: "bar",
		data: {
			labels: shown.map(([kind]) => kind),
			datasets: Object.keys(states).map(state => ({
				label: states[state], state, data: shown.map(([, numbers]) => numbers[state] || 0),
			})).filter(set => set.data.some(nr => nr)),
		},
		options: {
			indexAxis: "y", animation: false, maintainAspectRatio: false,
			scales: { x: { stacked: true, ticks: { precision: 0 } }, y: { stacked: true, ticks: { autoSkip: false, callback: short_label } } },
			plugins: { legend: { display: false } },
			onClick: (event, hit) => { if (hit.length) view_only({ [column]: shown[hit[0].index][0] }); },
		},
	}));
}
