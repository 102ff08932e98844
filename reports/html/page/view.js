// SPDX-License-Identifier: GPL-2.0-only
// What is filtered, sorted and open stands in the link, so that a link shows the same view again.
//
//	#q=free+text&class=remap&sort=file.desc&open=drivers/x.c:x_mmap

let applying = false;

function view_now()
{
	const view = new URLSearchParams();
	const order = table.order();

	if (table.search())
		view.set("q", table.search());
	columns.forEach((column, i) => {
		if (filter_fields[i].value)
			view.set(column.key, filter_fields[i].value);
	});
	if (order.length && !(order.length === 2 && order[0][0] === 7 && order[0][1] === "asc"))
		view.set("sort", order.map(([i, direction]) => `${columns[i].key}.${direction}`).join(" "));
	for (const id of open_ids())
		view.append("open", id);
	return view.toString();
}

function keep_view()
{
	const view = applying ? null : view_now();

	if (view !== null && view !== location.hash.slice(1))
		history.replaceState(null, "", view ? "#" + view : location.pathname + location.search);
}

function order_of(text)
{
	return (text || "").split(" ").map(part => {
		const [key, direction] = part.split(".");

		return [columns.findIndex(column => column.key === key), direction === "desc" ? "desc" : "asc"];
	}).filter(([i]) => i >= 0);
}

/* Bring a view about; what it does not name is as at the beginning. */
function apply_view(view)
{
	const order = order_of(view.get("sort"));
	let first = null;

	applying = true;
	table.search(view.get("q") || "");
	columns.forEach((column, i) => {
		filter_fields[i].value = view.get(column.key) || "";
		filter_column(i, filter_fields[i].value);
	});
	table.order(order.length ? order : [[7, "asc"], [1, "asc"]]);
	for (const tr of document.querySelectorAll("#table tbody tr.row.shown"))
		toggle(tr, false);
	table.draw();
	for (const id of view.getAll("open"))
		first = show_handler(id) || first;
	applying = false;
	keep_view();
	return first;
}

/* Open a handler's row where the filters let it be seen; its <tr>, or null. */
function show_handler(id)
{
	const index = table.rows({ order: "applied", search: "applied" }).data().toArray().findIndex(row => row.id === id);

	if (index < 0)
		return null;
	if (table.page.info().length > 0 && rows.length > MANY)
		table.page(Math.floor(index / PAGE)).draw("page");
	const tr = [...document.querySelectorAll("#table tbody tr.row")].find(tr => tr.dataset.id === id);
	if (tr)
		toggle(tr, true);
	return tr || null;
}

/* Follow a link to a handler; filters that hide it go. */
function open_handler(id)
{
	const tr = show_handler(id) || apply_view(new URLSearchParams({ open: id }));

	keep_view();
	if (tr)
		tr.scrollIntoView({ block: "start" });
}

/* { column: value, … } and nothing else is filtered; the reader is taken to the table. */
function view_only(filters)
{
	const view = new URLSearchParams();

	for (const [key, value] of Object.entries(filters))
		view.set(key, value);
	apply_view(view);
	by_id("handlers").scrollIntoView();
}

/* A link to a part of the table. */
function view_link(filters, inside)
{
	return el("a", { href: "#" + new URLSearchParams(filters), click: event => {
		event.preventDefault();
		view_only(filters);
	} }, inside);
}

/* A hash with "=" in it is a view; any other is an anchor of the page. */
function view_from_link()
{
	if (!location.hash.includes("="))
		return;
	const first = apply_view(new URLSearchParams(location.hash.slice(1)));

	(first || by_id("handlers")).scrollIntoView({ block: "start" });
}

function start_view()
{
	table.on("draw", () => {
		show_chips();
		keep_view();
	});
	addEventListener("hashchange", view_from_link);
	by_id("reset").addEventListener("click", () => apply_view(new URLSearchParams()));
	by_id("copy").addEventListener("click", async () => {
		const link = location.href.split("#")[0] + "#" + view_now();

		try {
			await navigator.clipboard.writeText(link);
			by_id("copied").textContent = "Copied.";
		} catch (error) {
			by_id("copied").textContent = link;
		}
	});
	view_from_link();
}
