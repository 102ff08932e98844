// SPDX-License-Identifier: GPL-2.0-only
/* New users of file_operations.mmap in a patch. */
#include <stdlib.h>
#include <string.h>

#include "audit/audit.h"
#include "tree/fields.h"
#include "tree/text.h"

static void sites_of(const char *file, const struct strbuf *text, struct text_facts *facts)
{
	static char *field = (char *)TIER_1_NAME, *tag = (char *)TIER_1_TAG;
	static const struct strlist fields = { .items = &field, .nr = 1 }, structs = { .items = &tag, .nr = 1 }, none;
	struct text_query q = { .fields = &fields, .structs = &structs, .macros = &none };

	if (text && text->len)
		text_scan(file, text->s, text->len, &q, facts);
}

/* A table that gets one.  An assignment does not say of which struct: libclang would have to be asked. */
static bool installs(const struct text_site *s)
{
	return !strcmp(s->field, TIER_1_NAME) && !strcmp(s->tag, TIER_1_TAG) && strcmp(s->value, "NULL");
}

static bool is_old(const struct text_facts *before, const struct text_site *site)
{
	const struct text_site *s;

	vec_each(s, &before->sites)
		if (installs(s) && !strcmp(s->table, site->table) && !strcmp(s->value, site->value))
			return true;
	return false;
}

void audit_new_users(const char *file, const struct strbuf *before, const struct strbuf *after, struct findings *out)
{
	struct text_facts old = { 0 }, new = { 0 };
	const struct audit_rule *rule = audit_rules;
	const struct text_site *s;
	struct finding *n;

	while (strcmp(rule->name, "new-legacy-user"))
		rule++;
	sites_of(file, before, &old);
	sites_of(file, after, &new);
	vec_each(s, &new.sites) {
		if (!installs(s) || is_old(&old, s))
			continue;
		n = vec_push(out);
		n->rule = rule;
		n->file = xstrdup(file);
		n->function = xstrdup(s->value);
		n->hook = xasprintf("%s:%s", file, s->value);
		n->line = s->line;
		n->col = 1;
		n->text = xasprintf("%s installs %s as its mmap: a new user of the hook that is to go",
				    *s->table ? s->table : "a table", *s->value ? s->value : "a handler");
		n->sure = SURE_CERTAIN;
	}
	text_facts_free(&old);
	text_facts_free(&new);
}
