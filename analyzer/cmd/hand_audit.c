// SPDX-License-Identifier: GPL-2.0-only
/* `mmapconv hand check`: the audit of the hooks that the patches of the shelf write or change. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "cmd/audit.h"
#include "cmd/hand_cmd.h"
#include "review.h"

enum { MAX_PATCH = 16 << 20 };		/* bytes, as review.h takes it */

/* All patches that were applied, in their order: one patch.  False after a message. */
static bool join(const struct job *j, const char *scratch, struct strbuf *all)
{
	const struct hand_patch *p;
	struct strbuf one = { 0 };
	bool good = true;
	char *path;

	vec_each(p, &j->inv.hand) {
		if (!p->patch || !good)
			continue;
		path = path_join(scratch, p->patch);
		strbuf_reset(&one);
		good = !file_read(path, MAX_PATCH, &one);
		if (good)
			strbuf_add(all, one.s, one.len);
		else
			log_error("%s: cannot be read again; is somebody removing files below TMPDIR?", path);
		free(path);
	}
	strbuf_free(&one);
	return good;
}

/* Does it touch the file, or else one beside it, which the hook calls? */
static bool touches(const struct hand_patch *p, const char *file, bool beside)
{
	size_t dir = strrchr(file, '/') ? (size_t)(strrchr(file, '/') - file) + 1 : 0, i;

	for (i = 0; beside && i < p->files.nr; i++)
		if (!strncmp(p->files.items[i], file, dir) && !strchr(p->files.items[i] + dir, '/'))
			return true;
	return strlist_has(&p->files, file);
}

/*
 * Whose is what was found in the file, of that hook ("file:function", or NULL): who converts it, or changed the file last, or
 * one beside it.  NULL: nobody's that was asked for; *known: but somebody's.
 */
static struct hand_result *owner(const struct job *j, struct hand_results *results, const char *file, const char *hook,
				 bool *known)
{
	const char *function = hook ? strrchr(hook, ':') : NULL;
	const struct shelf_handler *h;
	const struct hand_patch *p;
	struct hand_result *r, *hit = NULL;
	const char *last = NULL;
	int beside;

	*known = true;
	vec_each(r, results) {
		if (!r->record || !function)
			continue;
		vec_each(h, &r->patch->handlers)
			if (h->hook && !strcmp(h->hook, function + 1) && strlist_has(&r->record->files, file))
				return r;
	}
	for (beside = 0; beside < 2 && !last; beside++)
		vec_each(p, &j->inv.hand)
			if (p->patch && touches(p, file, beside))
				last = p->name;
	*known = last;
	vec_each(r, results)
		if (last && !strcmp(r->name, last))
			hit = r;
	return hit;
}

static void tell(const struct job *j, struct hand_results *results, const struct hooks *hooks, const struct findings *found)
{
	const struct hook_problem *p;
	const struct finding *f;
	struct hand_result *r;
	bool known;

	vec_each(f, found) {
		r = owner(j, results, f->file, f->hook, &known);
		if (!known)
			log_warn("audit: %s:%u: %s %s: %s; no patch touches that file: `mmapconv check --diff` tells more", f->file, f->line,
				 f->rule->code, f->rule->name, f->text);
		if (r && !shelf_text_names(r->patch->verified.audit, f->rule->name))
			strlist_addf(&r->broken, "audit: %s:%u: %s %s: %s", f->file, f->line, f->rule->code, f->rule->name, f->text);
	}
	vec_each(p, &hooks->problems) {
		r = p->lost ? owner(j, results, p->file, NULL, &known) : NULL;
		if (p->lost && !known)
			log_warn("audit: %s:%u: %s; %s", p->file, p->line, p->text, p->mend);
		if (r)
			strlist_addf(&r->unread, "audit: %s:%u: %s", p->file, p->line, p->text);
	}
}

/* What kbuild does not build is not the kernel's. */
static void add_kernel(const struct review *r, struct strlist *only)
{
	size_t i;

	for (i = 0; i < r->files.nr; i++)
		if (!str_starts(r->files.items[i], "tools/") && !str_starts(r->files.items[i], "scripts/"))
			strlist_add(only, r->files.items[i]);
}

int hand_audit(struct job *j, const char *scratch, struct hand_results *results)
{
	char *path = path_join(scratch, "all.patch");
	struct findings found = { 0 };
	struct hooks hooks = { 0 };
	struct review review = { 0 };
	struct strlist only = { 0 };
	struct strbuf all = { 0 };
	int status = join(j, scratch, &all) ? EXIT_DONE : EXIT_FAILED;

	if (!status && all.len) {
		if (file_write_atomic(path, all.s, all.len)) {
			log_error("%s: cannot be written; make room, or set TMPDIR to another folder", path);
			status = EXIT_FAILED;
		} else if (review_open(&review, &j->tree, path)) {
			status = EXIT_FAILED;
		} else {
			add_kernel(&review, &only);
			status = audit_review(j, &review, &only, &hooks, &found);
		}
		if (!status)
			tell(j, results, &hooks, &found);
		review_close(&review);
	}
	findings_free(&found);
	hooks_free(&hooks);
	strlist_free(&only);
	strbuf_free(&all);
	free(path);
	return status;
}
