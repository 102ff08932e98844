// SPDX-License-Identifier: GPL-2.0-only
/* The inventory in memory: freed, put in its order, and its accounting checked. */
#include "inventory.h"

#include <stdlib.h>
#include <string.h>

#include "inventory_fields.h"

static void free_record(const struct record *r, void *base)
{
	const struct field *f;
	struct array_view view;
	size_t i;

	for (f = r->fields; f->key; f++) {
		switch (f->kind) {
		case FIELD_STRING:
			free(field_string(f, base));
			break;
		case FIELD_STRINGS:
			strlist_free((struct strlist *)((char *)base + f->offset));
			break;
		case FIELD_RECORDS:
			view = field_array(f, base);
			for (i = 0; i < view.nr; i++)
				free_record(f->record, view.items + i * f->record->size);
			free(view.items);
			break;
		case FIELD_RECORD:
		case FIELD_GROUP:
			free_record(f->record, (char *)base + f->offset);
			break;
		case FIELD_API:
			strlist_free(&((struct inventory *)base)->api);
			strlist_free(&((struct inventory *)base)->api_missing);
			break;
		case FIELD_NUMBER:
		case FIELD_BOOL:
		case FIELD_TOTALS:
		case FIELD_UNLOCKS:
			break;
		}
	}
}

void inventory_free(struct inventory *inv)
{
	free_record(&inventory_record, inv);
	memset(inv, 0, sizeof(*inv));
}

void checks_free(struct checks *c)
{
	struct check *k;

	vec_each(k, c) {
		free(k->name);
		free(k->status);
		free(k->detail);
	}
	vec_free(c);
}

void proof_record_free(struct proof_record *p)
{
	struct proof_difference *d;

	vec_each(d, &p->differences) {
		free(d->kind);
		free(d->text);
		free(d->detail);
	}
	vec_free(&p->differences);
	free(p->verdict);
	free(p->witness.request);
	free(p->witness.old_does);
	free(p->witness.new_does);
	free(p->reason);
	memset(p, 0, sizeof(*p));
}

void boot_difference_free(struct boot_difference *d)
{
	free(d->subject);
	free(d->request);
	free(d->key);
	free(d->old_value);
	free(d->new_value);
	free(d->kind);
	free(d->text);
}

void boot_announced_free(struct boot_announced *a)
{
	free(a->subject);
	free(a->request);
	free(a->key);
	free(a->old_value);
	free(a->new_value);
	free(a->why);
}

void boot_record_free(struct boot_record *b)
{
	struct boot_difference *d;

	vec_each(d, &b->differences)
		boot_difference_free(d);
	vec_free(&b->differences);
	vec_each(d, &b->expected)
		boot_difference_free(d);
	vec_free(&b->expected);
	strlist_free(&b->warnings);
	free(b->verdict);
	free(b->patch);
	memset(b, 0, sizeof(*b));
}

void posting_free(struct posting *p)
{
	free(p->batch);
	free(p->mail);
	checks_free(&p->checks);
	memset(p, 0, sizeof(*p));
}

/* NULL sorts first. */
static int compare_text(const char *a, const char *b)
{
	if (!a || !b)
		return !!a - !!b;
	return strcmp(a, b);
}

static int compare_number(unsigned a, unsigned b)
{
	return (a > b) - (a < b);
}

static int compare_handlers(const void *pa, const void *pb)
{
	const struct handler *a = pa, *b = pb;

	return compare_number(a->tier, b->tier) ?:
	       compare_text(a->file, b->file) ?:
	       compare_text(a->function, b->function) ?:
	       compare_text(a->interface, b->interface) ?:
	       compare_number(a->line, b->line);
}

static int compare_instances(const void *pa, const void *pb)
{
	const struct instance *a = pa, *b = pb;

	return compare_text(a->file, b->file) ?:
	       compare_number(a->line, b->line) ?:
	       compare_text(a->name, b->name) ?:
	       compare_text(a->interface, b->interface) ?:
	       compare_text(a->how, b->how) ?:
	       compare_number(a->confirmed, b->confirmed);
}

static int compare_fields(const void *pa, const void *pb)
{
	const struct vma_field *a = pa, *b = pb;

	return compare_text(a->name, b->name) ?:
	       compare_text(a->file, b->file) ?:
	       compare_number(a->line, b->line);
}

static int compare_definitions(const void *pa, const void *pb)
{
	const struct definition *a = pa, *b = pb;

	return compare_text(a->file, b->file) ?:
	       compare_number(a->line, b->line) ?:
	       compare_text(a->condition, b->condition);
}

static int compare_companions(const void *pa, const void *pb)
{
	const struct companion *a = pa, *b = pb;

	return compare_number(a->line, b->line) ?: compare_text(a->function, b->function);
}

static int compare_problems(const void *pa, const void *pb)
{
	const struct problem *a = pa, *b = pb;

	return compare_text(a->file, b->file) ?:
	       compare_number(a->line, b->line) ?:
	       compare_text(a->text, b->text) ?:
	       compare_text(a->stage, b->stage);
}

/* "file:line", by file, then by line as a number. */
static int compare_places(const void *pa, const void *pb)
{
	const char *a = *(char *const *)pa, *b = *(char *const *)pb;
	const char *colon_a = strrchr(a, ':'), *colon_b = strrchr(b, ':');
	size_t len_a = colon_a ? (size_t)(colon_a - a) : strlen(a);
	size_t len_b = colon_b ? (size_t)(colon_b - b) : strlen(b);

	return memcmp(a, b, len_a < len_b ? len_a : len_b) ?:
	       (len_a > len_b) - (len_a < len_b) ?:
	       compare_number(colon_a ? (unsigned)strtoul(colon_a + 1, NULL, 10) : 0,
			      colon_b ? (unsigned)strtoul(colon_b + 1, NULL, 10) : 0) ?:
	       strcmp(a, b);
}

static int compare_parsed(const void *pa, const void *pb)
{
	const __typeof__(*((struct inventory *)NULL)->parsed) *a = pa, *b = pb;

	return compare_text(a->arch, b->arch);
}

static void sort(void *items, size_t nr, size_t size, int (*compare)(const void *, const void *))
{
	if (nr)
		qsort(items, nr, size, compare);
}

#define SORT(v, compare) sort((v)->items, (v)->nr, sizeof(*(v)->items), compare)

void inventory_sort(struct inventory *inv)
{
	struct handler *h;

	vec_each(h, &inv->handlers) {
		SORT(&h->instances, compare_instances);
		SORT(&h->definitions, compare_definitions);
		SORT(&h->declarations, compare_places);
		SORT(&h->callers, compare_places);
		SORT(&h->companions, compare_companions);
		strlist_sort(&h->together);
		strlist_sort(&h->reached_from);
	}
	SORT(&inv->handlers, compare_handlers);
	SORT(&inv->fields, compare_fields);
	SORT(&inv->problems, compare_problems);
	strlist_sort(&inv->disagreements);
	sort(inv->parsed, inv->nr_parsed, sizeof(*inv->parsed), compare_parsed);
}

const struct check *conversion_check(const struct handler *h, const char *name)
{
	const struct check *c;

	vec_each(c, &h->conversion.checks)
		if (!strcmp(c->name, name))
			return c;
	return NULL;
}
