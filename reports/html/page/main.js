// SPDX-License-Identifier: GPL-2.0-only

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
start_theme();
start_view();
document.documentElement.dataset.ready = "yes";
