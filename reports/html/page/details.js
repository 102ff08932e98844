// SPDX-License-Identifier: GPL-2.0-only
// What a row holds when it is open.

function handler_link(id)
{
	return row_by_id.has(id) ? el("a", { href: "#" + new URLSearchParams({ open: id }), click: event => {
		event.preventDefault();
		open_handler(id);
	} }, id) : id;
}

function listed(items)
{
	return items && items.length ? el("ul", { class: "plain" }, items.map(item => el("li", {}, item))) : null;
}

function facts(pairs)
{
	return el("dl", { class: "facts" }, pairs.map(([name, what]) => what && (!Array.isArray(what) || what.length)
		? [el("dt", {}, name), el("dd", {}, what)] : null));
}

function where_installed(handler)
{
	return listed(handler.instances.map(i => [el("span", { class: "code" }, `${i.file}:${i.line}`),
		` ${i.interface} in ${i.name || "a table without a name"} (${i.how})`,
		i.confirmed || i.unread ? null : ", seen by the text search only"]));
}

function what_it_is(row)
{
	const h = row.handler;

	return facts([
		["defined in", el("span", { class: "code" }, `${h.file}:${h.line}`)],
		["installed", where_installed(h)],
		["reached from", listed(h.reached_from.map(handler_link))],
		["read for", h.arch ? `${h.arch}, ${{ full: "whole", partial: "in part", failed: "not" }[h.parse] || h.parse}` : "not read"],
		["class", h.class],
		["patterns", h.patterns.join() === h.class ? "" : h.patterns.join(", ")],
		["state left behind", h.state.join(", ")],
		["sets", h.flags_set.join(", ")],
		["clears", h.flags_cleared.join(", ")],
		["vm_ops", h.vm_ops],
		["verdict", h.verdict],
		["outcome", badge(row.state, h.outcome)],
		["moves with", listed([...h.companions.map(c => `${c.function}() in line ${c.line} (${c.role})`),
				       ...h.together.map(handler_link)])],
		["called by name", listed(h.callers)],
	]);
}

function why(handler)
{
	if (!handler.reasons.length && !handler.needs.length)
		return null;
	return [el("h3", {}, "Why"),
		listed(handler.reasons.map(r => [el("b", {}, r.code), " ", r.line ? [line_button(handler, r.line), " "] : null, r.text])),
		handler.needs.length ? el("p", {}, "It needs ", handler.needs.map((need, i) =>
			[i ? ", " : "", view_link({ needs: need }, need)]), ".") : null];
}

function proof(handler)
{
	const p = handler.conversion && handler.conversion.proof;

	if (!p || !p.verdict)
		return null;
	return [el("h3", {}, "Proof: ", p.verdict),
		p.verdict === "equal" ? el("p", {}, "For every request it does what the handler did.") : null,
		listed(p.differences.map(d => [el("b", {}, d.kind), d.line ? ` (line ${d.line})` : "", ": ", d.text,
					       d.detail ? [" ", el("span", { class: "code" }, d.detail)] : null])),
		p.witness ? facts([["request", el("span", { class: "code" }, p.witness.request)],
				   ["the handler", p.witness.old_does], ["the hook", p.witness.new_does]]) : null,
		p.reason ? el("p", {}, p.reason) : null];
}

/* The hand-finished patch that converts it, or failed to. */
function by_hand(handler)
{
	const h = data.hand.find(one => one.handlers.includes(handler.id));

	if (!h)
		return null;
	return [el("h3", {}, "By hand: ", h.subject),
		facts([
			["kept as", el("span", { class: "code" }, h.name)],
			["written for", `Linux ${h.release}`],
			["rules that mattered", h.rules.join(", ")],
			["stands on", listed(h.prerequisites)],
			["open questions", listed(h.questions)],
		])];
}

/* What a person who read it found. */
function judged(handler)
{
	const j = data.judged.find(one => one.handler === handler.id);

	if (!j)
		return null;
	return [el("h3", {}, "Judged by hand: ", j.state),
		j.message ? el("div", { class: "notice" }, `Not taken over: ${j.message}`) : null,
		el("p", {}, j.why),
		facts([
			["kept as", el("span", { class: "code" }, j.name)],
			["read in", `Linux ${j.release}`],
			["needs", listed(j.needs)],
			["rules that mattered", j.rules.join(", ")],
			["to know of", listed(j.remarks)],
		])];
}

function boot_count(boot)
{
	return [`${count(boot.requests, "request")} reached it, ${count(boot.differences.length, "difference")}`,
		boot.expected.length ? ` and ${boot.expected.length} that ${boot.expected.length === 1 ? "was" : "were"} announced` : "",
		boot.unstable ? `; ${count(boot.unstable, "value")} not compared: two boots of one kernel differ in them` : "", "."];
}

function booted(handler)
{
	const b = handler.boot;

	if (!b)
		return null;
	return [el("h3", {}, "Booted: ", b.verdict),
		b.requests ? el("p", {}, boot_count(b)) : null,
		listed(b.differences.map(d => d.text)),
		listed(b.expected.map(d => [el("b", {}, d.kind), ": ", d.text])),
		b.warnings.length ? [el("p", {}, "In the whole run the patched kernel complained of what the other did not:"),
				     listed(b.warnings)] : null];
}

function checks(handler)
{
	const c = handler.conversion;

	if (!c)
		return null;
	const all = [...c.checks, ...(c.posting ? c.posting.checks : [])];
	return [
		c.stage ? el("div", { class: "notice" }, `Failed in ${c.stage}: ${c.message || "no reason is known"}`) : null,
		c.posting ? [el("h3", {}, "Posting"), el("div", {}, "Batch ", view_link({ batch: c.posting.batch }, c.posting.batch),
			`, v${c.posting.version}, patch ${c.posting.number} of ${c.posting.of}: `,
			el("span", { class: "path" }, c.posting.mail))] : null,
		c.differences.length ? [el("h3", {}, "To know of"), listed(c.differences)] : null,
		all.length ? [el("h3", {}, "Checks"), listed(all.map(check =>
			[el("b", {}, check.name), ` ${check.status}`, check.detail ? `: ${check.detail}` : ""]))] : null];
}

function details(row)
{
	const h = row.handler;

	return el("div", { class: "details " + row.state },
		what_it_is(row), why(h),
		el("div", { class: "columns" },
			el("div", {}, el("h3", {}, "What it does"), contract(h)),
			el("div", {}, el("h3", {}, "Evidence"), sources(h))),
		by_hand(h), judged(h), proof(h), booted(h), checks(h), patch(h));
}
