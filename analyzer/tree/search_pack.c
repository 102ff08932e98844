// SPDX-License-Identifier: GPL-2.0-only
#include "tree/search_pack.h"

#include "tree/fields.h"

static void field(struct pack *k, struct text_field *f)
{
	pack_str(k, &f->file);
	pack_uint(k, &f->line);
	pack_str(k, &f->tag);
	pack_str(k, &f->name);
	pack_bool(k, &f->desc);
	if (!k->to && f->tag && f->file)
		f->excluded = field_excluded(f->tag, f->file);
	k->bad |= !f->file || !f->tag || !f->name;
}

static void site(struct pack *k, struct text_site *s)
{
	pack_str(k, &s->file);
	pack_uint(k, &s->line);
	pack_str(k, &s->tag);
	pack_str(k, &s->field);
	pack_str(k, &s->table);
	pack_str(k, &s->value);
	pack_str(k, &s->how);
	pack_str(k, &s->macro);
	pack_str(k, &s->condition);
	pack_bool(k, &s->is_static);
	pack_bool(k, &s->opaque);
	pack_uint(k, &s->table_arg);
	k->bad |= !s->file || !s->tag || !s->field || !s->table || !s->value || !s->how || !s->condition;
}

static void swap(struct pack *k, struct text_swap *s)
{
	pack_str(k, &s->file);
	pack_str(k, &s->table);
	pack_uint(k, &s->line);
	k->bad |= !s->file || !s->table;
}

static void function(struct pack *k, struct text_function *f)
{
	unsigned kind = f->kind;

	pack_str(k, &f->file);
	pack_uint(k, &f->line);
	pack_str(k, &f->name);
	pack_uint(k, &kind);
	pack_str(k, &f->condition);
	pack_bool(k, &f->is_static);
	pack_strlist(k, &f->names);
	k->bad |= !f->file || !f->name || !f->condition || kind > TEXT_NULL_DEFINE;
	f->kind = k->bad ? TEXT_DEFINITION : (enum text_function_kind)kind;
}

static void macro(struct pack *k, struct text_macro *m)
{
	pack_str(k, &m->file);
	pack_str(k, &m->name);
	pack_str(k, &m->uses);
	pack_bool(k, &m->bare);
	k->bad |= !m->file || !m->name || !m->uses;
}

static void call(struct pack *k, struct text_call *c)
{
	pack_str(k, &c->file);
	pack_str(k, &c->field);
	pack_uint(k, &c->line);
	k->bad |= !c->file || !c->field;
}

static void facts(struct pack *k, struct text_facts *f)
{
	pack_vec(k, &f->fields, field);
	pack_strlist(k, &f->typedefs);
	pack_vec(k, &f->sites, site);
	pack_vec(k, &f->swaps, swap);
	pack_vec(k, &f->functions, function);
	pack_vec(k, &f->macros, macro);
	pack_vec(k, &f->calls, call);
	pack_bool(k, &f->copies_table);
	pack_bool(k, &f->unclear);
}

static void search_problem(struct pack *k, struct search_problem *p)
{
	pack_str(k, &p->file);
	pack_str(k, &p->text);
	k->bad |= !p->file || !p->text;
}

void pack_part(struct pack *k, struct part *part)
{
	facts(k, &part->facts);
	pack_strlist(k, &part->candidates);
	pack_strlist(k, &part->vma_files);
	pack_vec(k, &part->problems, search_problem);
}

static void use(struct pack *k, struct text_use *u)
{
	pack_str(k, &u->file);
	pack_uint(k, &u->line);
	pack_str(k, &u->name);
	pack_bool(k, &u->exported);
	pack_str(k, &u->arguments);
	k->bad |= !u->file || !u->name;
}

void pack_uses(struct pack *k, struct text_uses *uses)
{
	pack_vec(k, uses, use);
}

static void argument(struct pack *k, struct text_argument *a)
{
	pack_str(k, &a->file);
	pack_str(k, &a->function);
	pack_str(k, &a->value);
	pack_uint(k, &a->line);
	pack_uint(k, &a->nr);
	k->bad |= !a->file || !a->function || !a->value;
}

void pack_arguments(struct pack *k, struct text_arguments *arguments)
{
	pack_vec(k, arguments, argument);
}
