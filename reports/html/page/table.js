// SPDX-License-Identifier: GPL-2.0-only
// The table of all handlers.

const MANY = 1000;		/* handlers from which on the table has pages */
const PAGE = 100;

/* key: its name in a link; filter: "choice" among what there is, or "text". */
const columns = [
	{ key: "function", title: "Handler", filter: "text", value: row => row.handler.function, cell: open_button },
	{ key: "file", title: "File", filter: "text", value: row => row.handler.file, kind: "middle",
	  cell: row => breakable(row.handler.file) },
	{ key: "subsystem", title: "Subsystem", filter: "choice", value: row => row.subsystem, kind: "wide widest" },
	{ key: "tier", title: "Tier", filter: "choice", value: row => String(row.handler.tier), kind: "wide" },
	{ key: "interface", title: "Interface", filter: "choice", value: row => row.handler.interface, kind: "wide",
	  cell: row => breakable(row.handler.interface) },
	{ key: "class", title: "Class", filter: "choice", value: row => row.handler.class, kind: "middle" },
	{ key: "verdict", title: "Verdict", filter: "choice", value: row => row.handler.verdict, kind: "middle" },
	{ key: "state", title: "State", filter: "choice", value: row => states[row.state], cell: row => badge(row.state),
	  rank: row => Object.keys(states).indexOf(row.state) },
	{ key: "proof", title: "Proof", filter: "choice", value: row => row.proof, kind: "middle" },
	{ key: "boot", title: "Booted", filter: "choice", value: row => row.boot, kind: "wide" },
	{ key: "needs", title: "Needs", filter: "text", value: row => row.handler.needs.join("; "), kind: "wide",
	  cell: row => breakable(row.handler.needs.join("; ")) },
	{ key: "arch", title: "Read for", filter: "choice", value: row => row.handler.arch || "", kind: "wide widest" },
	{ key: "batch", title: "Batch", filter: "choice", value: row => row.batch, kind: "wide" },
];
let table;

function open_button(row)
{
	return el("button", { type: "button", class: "open", "aria-expanded": "false" }, row.handler.function);
}

/* What the free text looks through, beside the columns. */
function all_text(row)
{
	const h = row.handler;

	return [h.id, h.vm_ops, ...h.patterns, ...h.state, ...h.flags_set, ...h.flags_cleared, ...h.needs,
		...h.reasons.map(r => `${r.code} ${r.text}`), ...h.instances.map(i => `${i.name} ${i.interface}`),
		h.outcome, row.batch].join(" ");
}

function table_column(column, i)
{
	return {
		title: column.title, className: column.kind || "", data: null,
		/* The cell's inside is made of nodes below: DataTables would take a string for markup. */
		render: (unused, type, row) => type === "display" ? "" : type === "sort" && column.rank ? column.rank(row) :
			type === "filter" && !i ? all_text(row) : column.value(row),
		createdCell: (td, unused, row) => td.replaceChildren(...[column.cell ? column.cell(row) : column.value(row)].flat()),
	};
}

function escape_regex(text)
{
	return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

function filter_column(i, text)
{
	if (columns[i].filter === "choice")
		table.column(i).search(text ? `^${escape_regex(text)}$` : "", true, false, false);
	else if (i)
		table.column(i).search(text, false, false);
}

function filter_input(column, i)
{
	const label = `Only where ${column.title} is`;

	if (column.filter === "text")
		return el("input", { type: "search", "aria-label": label.replace(/is$/, "has"), input: event => {
			filter_column(i, event.target.value);
			table.draw();
		} });
	return el("select", { "aria-label": label, change: event => {
		filter_column(i, event.target.value);
		table.draw();
	} }, el("option", { value: "" }), [...new Set(rows.map(column.value))].filter(value => value).sort()
		.map(value => el("option", { value }, value)));
}

/* The first column's text is what the whole row has, so its own filter is a search of ours. */
function by_function(settings, unused, index, row)
{
	const wanted = filter_fields[0].value.toLowerCase();

	return !wanted || row.handler.function.toLowerCase().includes(wanted);
}

const filter_fields = columns.map(filter_input);

function toggle(tr, open)
{
	const row = table.row(tr), is_open = row.child.isShown();

	if (open === is_open)
		return;
	if (is_open) {
		row.child.hide();
		row.child.remove();
	} else {
		row.child(el("div", {}, details(row.data())), "inside").show();
	}
	tr.classList.toggle("shown", !is_open);
	tr.querySelector("button.open").setAttribute("aria-expanded", String(!is_open));
}

/* What is filtered, with a button each: a column may be too narrow, or not shown on a small screen. */
function show_chips()
{
	by_id("chips").replaceChildren(...columns.flatMap((column, i) => filter_fields[i].value
		? el("button", { type: "button", class: "chip", "aria-label": `Do not filter by ${column.title}`, click: () => {
			filter_fields[i].value = "";
			filter_column(i, "");
			table.draw();
		} }, `${column.title}: ${filter_fields[i].value}`) : []));
}

function open_ids()
{
	return [...document.querySelectorAll("#table tbody tr.row.shown")].map(tr => table.row(tr).data().id);
}

function show_table()
{
	$.fn.dataTable.ext.search.push(by_function);
	$.fn.dataTable.ext.errMode = "throw";
	table = $("#table").DataTable({
		data: rows, columns: columns.map(table_column), order: [[7, "asc"], [1, "asc"]], deferRender: true, autoWidth: false,
		orderCellsTop: true, paging: rows.length > MANY, pageLength: PAGE, lengthChange: false, dom: "fitp",
		language: { search: "Free text", info: "_TOTAL_ of _MAX_ handlers", infoEmpty: "no handler", infoFiltered: "",
			    emptyTable: "No handler was found in this tree.", zeroRecords: "No handler is like that." },
		createdRow: (tr, row) => {
			tr.classList.add("row");
			tr.dataset.id = row.id;
		},
	});
	by_id("table").tHead.append(el("tr", { class: "filters" }, columns.map((column, i) =>
		el("th", { class: column.kind }, filter_fields[i]))));
	by_id("table").tBodies[0].addEventListener("click", event => {
		const tr = event.target.closest("tr.row");

		if (!tr || getSelection().toString())
			return;
		toggle(tr);
		keep_view();
	});
}
