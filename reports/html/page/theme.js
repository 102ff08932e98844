// SPDX-License-Identifier: GPL-2.0-only
// Light or dark: as the reader's system is, until the button is used.  Charts do not follow a style sheet by themselves.

const drawn_charts = [];

function colour(name)
{
	return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/* Each data set names its state: the style sheet has that one's colour. */
function colour_charts()
{
	for (const chart of drawn_charts) {
		for (const set of chart.data.datasets)
			set.backgroundColor = colour("--" + set.state);
		for (const axis of Object.values(chart.options.scales)) {
			axis.ticks.color = colour("--fg");
			axis.grid = { color: colour("--line") };
		}
		chart.update();
	}
}

function flip_theme()
{
	const root = document.documentElement;
	const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;

	root.dataset.theme = dark ? "light" : "dark";
	colour_charts();
}

function start_theme()
{
	colour_charts();
	by_id("theme").addEventListener("click", flip_theme);
	matchMedia("(prefers-color-scheme: dark)").addEventListener("change", colour_charts);
}
