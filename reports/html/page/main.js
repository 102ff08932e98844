// SPDX-License-Identifier: GPL-2.0-only

function flip_theme()
{
	const root = document.documentElement;
	const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;

	root.dataset.theme = dark ? "light" : "dark";
	colour_charts();
}

function show_footer()
{
	by_id("footer").append(`mmapconv ${data.tool.version}, libclang ${data.tool.libclang || "?"}, spatch ${data.tool.spatch || "?"}. ` +
		"This file needs nothing else and asks for nothing. It carries ",
		data.credits.map((lib, i) => [i ? ", " : "", lib.name]).flat().join(""), " from Debian.");
}

show_progress();
show_table();
show_unlocks();
show_batches();
show_audit();
show_unseen();
show_footer();
colour_charts();
start_view();
by_id("theme").addEventListener("click", flip_theme);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", colour_charts);
document.documentElement.dataset.ready = "yes";
