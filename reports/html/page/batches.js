// SPDX-License-Identifier: GPL-2.0-only
// The postings that `series` made of the patches.

function batches_of(list)
{
	const batches = new Map();

	for (const row of list) {
		const posting = row.handler.conversion && row.handler.conversion.posting;

		if (!posting)
			continue;
		if (!batches.has(posting.batch))
			batches.set(posting.batch, { name: posting.batch, version: posting.version, of: posting.of, mails: new Map() });
		const mails = batches.get(posting.batch).mails;
		mails.set(posting.mail, [...(mails.get(posting.mail) || []), row]);
	}
	return [...batches.values()].sort((a, b) => a.name < b.name ? -1 : 1);
}

/* The worst that a check in its place in the series said. */
function batch_checks(batch)
{
	const all = [...batch.mails.values()].flat().flatMap(row => row.handler.conversion.posting.checks);
	const bad = all.filter(check => check.status !== "ok");

	if (!all.length)
		return "no";
	return bad.length ? listed(bad.map(check => `${check.name} ${check.status}: ${check.detail || ""}`)) : "all ok";
}

function batch_proofs(batch)
{
	return tally([...batch.mails.values()].flat(), row => row.proof || "none").map(([verdict, { total }]) => `${total} ${verdict}`)
		.join(", ");
}

function show_batches()
{
	const batches = batches_of(rows), loose = rows.filter(row => ["converted", "hand"].includes(row.state) && !row.batch);
	const place = by_id("batches-table");

	if (batches.length) {
		place.append(el("p", { class: "lead" }, "Postings as `mmapconv series` made them, below OUT. Checked in place: with --check " +
			"it applies and builds each patch where it stands in its batch."));
		place.append(plain_table([
			["Batch", batch => view_link({ batch: batch.name }, batch.name)],
			["Version", batch => "v" + batch.version, "number"],
			["Patches", batch => String(batch.of), "number"],
			["Handlers", batch => String([...batch.mails.values()].flat().length), "number"],
			["Proofs", batch_proofs],
			["Checked in place", batch_checks],
			["Mails", batch => listed([...batch.mails.keys()].sort())],
		], batches));
	} else {
		place.append(el("p", { class: "dim" }, "No batch was made: `mmapconv series` makes them from the patches."));
	}
	if (loose.length)
		place.append(el("p", {}, `${count(loose.length, "converted handler")} in no batch: `, listed(loose.map(row => handler_link(row.id)))));
}
