// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "booted.h"
#include "internal.h"
#include "unlocks.h"
#include "utf8.h"

static const struct verdict_rule { const char *verdict, *id, *name, *what, *help; } verdict_rules[] = {
	{ "auto", "mmap/auto", "LegacyMmapAuto", "A legacy mmap handler that a mechanical rewrite moves to mmap_prepare.",
	  "Run `mmapconv convert` on it: the patch is compiled, checked and compared with the handler." },
	{ "assisted", "mmap/assisted", "LegacyMmapAssisted",
	  "A legacy mmap handler that can move to mmap_prepare within the driver's own files, by hand.",
	  "`mmapconv explain` says path by path what it does, and which rules of the conversion a person has to mind." },
	{ "core", "mmap/core", "LegacyMmapCore", "A legacy mmap handler that waits for an API that the tree lacks.",
	  "The result's message names what is missing; the report ranks missing APIs by what each would free." },
	{ "none", "mmap/none", "LegacyMmapDead", "A legacy mmap handler that nothing uses.", "Remove it." },
	{ "unknown", "mmap/unknown", "LegacyMmapUnread", "A legacy mmap handler that could not be read.",
	  "Mend what the notifications say, and scan again." },
};

static const struct verdict_rule *rule_of(const struct handler *h)
{
	size_t i;

	for (i = 0; i + 1 < sizeof(verdict_rules) / sizeof(*verdict_rules); i++)
		if (h->verdict && !strcmp(h->verdict, verdict_rules[i].verdict))
			break;
	return &verdict_rules[i];
}

static char *message_of(const struct handler *h)
{
	struct strbuf b = { 0 };
	size_t i;

	strbuf_addf(&b, "%s() is a legacy handler of %s: class %s, verdict %s", h->function, h->interface, h->class_name,
		    h->verdict);
	for (i = 0; i < h->needs.nr; i++)
		strbuf_addf(&b, "%s%s", i ? ", " : ", needs ", h->needs.items[i]);
	if (handler_is_done(h) && h->conversion.patch)
		strbuf_addf(&b, ". Converted%s: %s", h->outcome && !strcmp(h->outcome, "hand") ? " by hand" : "",
			    h->conversion.patch);
	if (h->conversion.proof.verdict)
		strbuf_addf(&b, " (%s)", h->conversion.proof.verdict);
	if (h->boot.verdict) {
		strbuf_adds(&b, ". Booted: ");
		boot_words_of(&b, &h->boot);
	}
	strbuf_adds(&b, ".");
	return strbuf_detach(&b);
}

/* What a boot said, for a program: its verdict, and the sentence of each difference. */
static struct json_object *properties(const struct boot_record *boot)
{
	struct json_object *o = json_object_new_object(), *list = json_object_new_array();
	const struct boot_difference *d;
	struct strbuf text = { 0 };

	json_set_str(o, "boot", boot->verdict);
	json_set_int(o, "bootRequests", boot->requests);
	vec_each(d, &boot->differences) {
		strbuf_reset(&text);
		utf8_add(&text, d->text);
		json_add_str(list, text.s);
	}
	strbuf_free(&text);
	json_object_object_add(o, "bootDifferences", list);
	return o;
}

static struct json_object *reason_places(const struct handler *h)
{
	struct json_object *list = json_object_new_array();
	const struct reason *r;
	char *text;

	vec_each(r, &h->reasons) {
		text = xasprintf("%s: %s", r->code, r->text);
		json_object_array_add(list, sarif_location(h->file, r->line ? r->line : h->line, 0, text));
		free(text);
	}
	return list;
}

void sarif_handlers(struct sarif *s)
{
	const struct verdict_rule *rule;
	struct json_object *o, *places;
	const struct handler *h;
	char *text;

	vec_each(h, &s->inv->handlers) {
		rule = rule_of(h);
		sarif_rule(s, rule->id, rule->name, rule->what, rule->help, "note");
		text = message_of(h);
		o = sarif_result(s, rule->id, "note", text, h->id);
		free(text);
		places = json_object_new_array();
		json_object_array_add(places, sarif_location(h->file, h->line, 0, NULL));
		json_object_object_add(o, "locations", places);
		if (h->reasons.nr)
			json_object_object_add(o, "relatedLocations", reason_places(h));
		if (h->boot.verdict)
			json_object_object_add(o, "properties", properties(&h->boot));
	}
}
