// SPDX-License-Identifier: GPL-2.0-only
/*
 * Who uses a handler by name outside tables (R18).  A use that is a call of another handler, with that one's own
 * arguments, makes the two peers; any other is a stranger's.  The text says who uses a name, in all branches
 * of every #if; that the compiler saw the call as well says that the contract of the caller has it.
 */
#include <stdlib.h>
#include <string.h>

#include "contract/models.h"
#include "scan/judged.h"

/* Can only its own file name it? */
static bool is_local(const struct judged *j)
{
	const struct function *f = j->r ? unit_function(&j->r->unit, j->h->function) : NULL;

	return f && f->is_static && !str_ends(j->h->file, ".h");
}

static bool has_field(const struct handler *h, const char *interface)
{
	const struct instance *i;

	vec_each(i, &h->instances)
		if (!strcmp(i->interface, interface))
			return true;
	return false;
}

bool judged_same_fields(const struct judged *a, const struct judged *b)
{
	const struct instance *i;

	vec_each(i, &a->h->instances)
		if (!has_field(b->h, i->interface))
			return false;
	vec_each(i, &b->h->instances)
		if (!has_field(a->h, i->interface))
			return false;
	return true;
}

void judged_bond(struct judged *a, enum peer_kind kind, struct judged *b, const char *helper, const char *file,
		 unsigned line)
{
	struct peer *p;

	vec_each(p, &a->peers)
		if (p->handler == b->h && p->kind == kind && (!helper || !strcmp(p->helper, helper)))
			return;
	p = vec_push(&a->peers);
	*p = (struct peer){ .handler = b->h, .kind = kind, .helper = helper ? xstrdup(helper) : NULL,
			    .place = xasprintf("%s:%u", file, line), .line = line };
}

/* The handler in whose body a line of a file is. */
static struct judged *body_at(struct judged_list *all, const char *file, unsigned line)
{
	struct judged *j;

	vec_each(j, all)
		if (j->function && !strcmp(j->h->file, file) && j->function->line <= line &&
		    line <= j->function->last_line)
			return j;
	return NULL;
}

/* Is what stands between the parentheses the caller's parameters, in their order? */
static bool passes_own(const struct function *caller, const char *arguments)
{
	struct strbuf b = { 0 };
	bool same;
	size_t i;

	for (i = 0; i < caller->nr_params; i++)
		strbuf_addf(&b, "%s%s", i ? "," : "", caller->params[i].name ? caller->params[i].name : "?");
	strbuf_adds(&b, "");
	same = arguments && !strcmp(arguments, b.s);
	strbuf_free(&b);
	return same;
}

static bool is_declared_in(const struct handler *h, const char *file)
{
	size_t i, len = strlen(file);

	for (i = 0; i < h->declarations.nr; i++)
		if (!strncmp(h->declarations.items[i], file, len) && h->declarations.items[i][len] == ':')
			return true;
	return false;
}

/* Did the compiler see this call of h in the caller's body, and is it h's definition that it means? */
static bool is_compiled(const struct judged *caller, const struct handler *h, unsigned line)
{
	const struct vma_call *c;

	vec_each(c, &caller->r->unit.calls)
		if (c->line == line && !strcmp(c->callee, h->function) &&
		    !strcmp(c->function, caller->h->function) && !strcmp(c->file, caller->h->file) &&
		    c->callee_file && (!strcmp(c->callee_file, h->file) || is_declared_in(h, c->callee_file)))
			return true;
	return false;
}

static bool is_peers_call(struct judged_list *all, struct judged *j, const struct text_use *u, struct judged **by)
{
	struct judged *caller = body_at(all, u->file, u->line);

	*by = caller;
	return caller && caller != j && j->function && !str_ends(j->h->file, ".h") && judged_same_fields(caller, j) &&
	       caller->h->definitions.nr == 1 && j->h->definitions.nr == 1 &&
	       caller->function->nr_params == j->function->nr_params && passes_own(caller->function, u->arguments) &&
	       is_compiled(caller, j->h, u->line);
}

static bool is_listed(const struct handler *h, const struct text_function *f)
{
	const struct definition *d;

	vec_each(d, &h->definitions)
		if (d->line == f->line && !strcmp(d->file, f->file))
			return true;
	return false;
}

/* R17: a stub in a header, or another function that the linker could mean. */
static void find_again(const struct scan *s, struct judged *j)
{
	const struct text_function *f;

	if (is_local(j))
		return;
	vec_each(f, &s->search.facts.functions)
		if (f->kind != TEXT_DECLARATION && !strcmp(f->name, j->h->function) && !is_listed(j->h, f) &&
		    (!f->is_static || str_ends(f->file, ".h") || f->kind == TEXT_NULL_DEFINE))
			strlist_addf(&j->again, "%s:%u", f->file, f->line);
}

/* generic_file_mmap(): a call of it becomes one of generic_file_mmap_prepare(), whoever else uses it. */
static bool has_hook_form(const struct scan *s, const char *function)
{
	const struct model *m = model_find(function);

	return m && m->kind == MODEL_GENERIC && s->tree->api[API_GENERIC_PREPARE];
}

int scan_find_callers(struct scan *s, struct judged_list *all)
{
	struct strlist names = { 0 };
	struct text_uses uses = { 0 };
	struct judged *j, *by;
	const struct text_use *u;
	int ret;

	vec_each(j, all)
		strlist_add_once(&names, j->h->function);
	strlist_sort(&names);
	ret = search_uses(s->tree, &s->search, s->opt->cache, s->opt->jobs, &names, &uses);
	vec_each(j, all) {
		if (str_ends(j->h->file, ".rs"))	/* C cannot name it */
			continue;
		find_again(s, j);
		vec_each(u, &uses) {
			if (u->exported || strcmp(u->name, j->h->function) ||
			    (is_local(j) && strcmp(u->file, j->h->file)))
				continue;
			strlist_addf(&j->h->callers, "%s:%u", u->file, u->line);
			if (!is_peers_call(all, j, u, &by)) {
				strlist_addf(&j->strangers, "%s:%u", u->file, u->line);
				if (by && by != j && !has_hook_form(s, j->h->function))
					strlist_addf(&by->names, "%s() in %s:%u", j->h->function, u->file, u->line);
				continue;
			}
			judged_bond(j, PEER_CALLS, by, NULL, u->file, u->line);
			judged_bond(by, PEER_CALLED, j, NULL, u->file, u->line);
		}
	}
	text_uses_free(&uses);
	strlist_free(&names);
	return ret;
}
