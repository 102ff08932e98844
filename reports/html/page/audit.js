// SPDX-License-Identifier: GPL-2.0-only
// What audit found in the hooks that are there already, and in the handlers on the way.

const sure_meanings = {
	certain: "the path can be taken and does harm",
	likely: "unless what could not be seen says otherwise",
	look: "whether it matters here is for a person",
};

function finding(f)
{
	return el("div", { class: "path-box" },
		el("div", {}, el("b", {}, `${f.code} ${f.rule}`), " ", el("span", { class: "code" }, `${f.file}:${f.line}:${f.column}`),
		   " in ", el("span", { class: "code" }, f.function + "()"), " ",
		   el("span", { class: "badge sure-" + f.sure, title: sure_meanings[f.sure] }, f.sure)),
		el("div", {}, f.text),
		f.path.length ? el("details", {}, el("summary", {}, "The path that shows it"),
			el("ul", { class: "plain code" }, f.path.map(step => el("li", {}, step)))) : null,
		el("div", { class: "dim" }, "Mend: ", f.mend));
}

function show_audit()
{
	const audit = data.audit, place = by_id("findings");

	if (!audit) {
		place.append(el("p", { class: "dim" }, "The audit is not here: `mmapconv run` writes it, `mmapconv audit` prints it."));
		return;
	}
	const lost = audit.hooks.filter(hook => !hook.audited), partly = audit.hooks.filter(hook => hook.audited && !hook.complete);
	place.append(el("p", { class: "lead" }, `${count(audit.hooks.length, "hook")}, installed in ${count(audit.sites, "place")}; ` +
		`${count(audit.findings.length, "finding")}. Not all is modelled of ${partly.length}, ${lost.length} count as not audited.`));
	place.append(el("div", {}, audit.findings.map(finding)));
	/* What has a place and a mend among the problems is not said twice. */
	const unsaid = lost.map(hook => ({ ...hook, lost: hook.lost.filter(text => !audit.problems.some(p => p.text === text)) }))
		.filter(hook => hook.lost.length);
	if (audit.problems.length || unsaid.length)
		place.append(el("h3", {}, "Not audited, or less sure"), listed([
			...unsaid.map(hook => `${hook.file}:${hook.line}: ${hook.function}(): ${hook.lost.join("; ")}`),
			...audit.problems.map(p => `${p.file}${p.line ? ":" + p.line : ""}: ${p.text}${p.mend ? "; " + p.mend : ""}`)]));
}
