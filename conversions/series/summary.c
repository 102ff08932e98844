// SPDX-License-Identifier: GPL-2.0-only
/* What a run made: as JSON, and for a person. */
#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "series/internal.h"
#include "utf8.h"

/* Text of the tree is bytes. */
static void set_text(struct json_object *o, const char *key, const char *text)
{
	struct strbuf b = { 0 };

	if (text) {
		strbuf_adds(&b, "");
		utf8_add(&b, text);
	}
	json_set_str(o, key, text ? b.s : NULL);
	strbuf_free(&b);
}

static void set_recipients(struct json_object *o, const char *key, const struct recipients *l)
{
	struct json_object *array = json_object_new_array();
	const struct recipient *r;

	vec_each(r, l) {
		struct json_object *x = json_object_new_object();

		set_text(x, "name", r->name);
		set_text(x, "address", r->address);
		json_object_array_add(array, x);
	}
	json_object_object_add(o, key, array);
}

static struct json_object *patch_to_json(const struct batch *b, const struct driver *d)
{
	struct json_object *o = json_object_new_object(), *handlers = json_object_new_array(),
			   *checks = json_object_new_array();
	const struct check *c;
	struct handler **h;

	json_set_int(o, "number", (int64_t)posting_number(b, d));
	set_text(o, "subject", d->subject);
	set_text(o, "mail", d->name);
	set_text(o, "message_id", d->id);
	vec_each(h, &d->handlers)
		json_add_str(handlers, (*h)->id);
	json_object_object_add(o, "handlers", handlers);
	json_set_list(o, "files", &d->files);
	json_set_list(o, "patches", &d->patches);
	set_recipients(o, "to", &d->to);
	set_recipients(o, "cc", &d->cc);
	vec_each(c, &d->checks) {
		struct json_object *x = json_object_new_object();

		set_text(x, "name", c->name);
		set_text(x, "status", c->status);
		set_text(x, "detail", c->detail);
		json_object_array_add(checks, x);
	}
	json_object_object_add(o, "checks", checks);
	return o;
}

struct json_object *posting_to_json(const struct series *s, const struct batch *b)
{
	struct json_object *o = json_object_new_object(), *patches = json_object_new_array();
	struct strbuf changes = { 0 };

	changes_text(b, &changes);
	json_set_str(o, "batch", b->name);
	json_set_int(o, "version", b->version);
	set_text(o, "tree", b->tree);
	set_text(o, "subsystem", b->subsystem);
	set_text(o, "linux", s->tree_version);
	json_set_str(o, "base_commit", b->base);
	json_set_str(o, "branch", b->branch);
	json_set_str(o, "change_id", b->change_id);
	json_set_str(o, "message_id", b->id);
	json_set_int(o, "nr_patches", (int64_t)posting_size(b));
	set_text(o, "cover", b->cover.len ? "0000-cover-letter.patch" : NULL);
	set_text(o, "changes", changes.len ? changes.s : NULL);
	set_recipients(o, "to", &b->to);
	set_recipients(o, "cc", &b->cc);
	posting_each(d, b)
		json_object_array_add(patches, patch_to_json(b, d));
	json_object_object_add(o, "patches", patches);
	strbuf_free(&changes);
	return o;
}

static struct json_object *loss(const char *what, const char *why)
{
	struct json_object *o = json_object_new_object();

	set_text(o, "what", what);
	set_text(o, "why", why);
	return o;
}

struct json_object *series_to_json(const struct series *s)
{
	struct json_object *o = json_object_new_object(), *batches = json_object_new_array(),
			   *left_out = json_object_new_array();
	const struct driver *d;
	const struct batch *b;

	json_set_str(o, "schema", "mmapconv-series-1");
	set_text(o, "linux", s->tree_version);
	json_set_str(o, "base_commit", s->checkout.commit);
	set_text(o, "maintainers_not_asked", s->unasked);
	vec_each(b, &s->batches) {
		if (b->failed)
			json_object_array_add(left_out, loss(b->name, b->failed));
		else
			json_object_array_add(batches, posting_to_json(s, b));
	}
	vec_each(d, &s->drivers)
		if (d->left_out && d->selected)
			json_object_array_add(left_out, loss(d->patches.items[0], d->left_out));
	json_object_object_add(o, "batches", batches);
	json_object_object_add(o, "left_out", left_out);
	return o;
}

bool check_failed(const struct checks *checks)
{
	const struct check *c;

	vec_each(c, checks)
		if (!strcmp(c->status, "failed"))
			return true;
	return false;
}

bool series_has_findings(const struct series *s)
{
	const struct batch *b;

	vec_each(b, &s->batches)
		posting_each(d, b)
			if (check_failed(&d->checks))
				return true;
	return false;
}

bool series_has_losses(const struct series *s)
{
	const struct driver *d;
	const struct batch *b;

	vec_each(b, &s->batches)
		if (b->failed)
			return true;
	vec_each(d, &s->drivers)
		if (d->left_out && d->selected)
			return true;
	return false;
}

/* A word for a shell, quoted where it has to be. */
static void add_word(struct strbuf *b, const char *word)
{
	static const char safe[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-./+=:,@%";
	const char *p;

	if (!word[strspn(word, safe)]) {
		strbuf_adds(b, word);
		return;
	}
	strbuf_adds(b, "'");
	for (p = word; *p; p++)
		strbuf_addf(b, *p == '\'' ? "'\\''" : "%c", *p);
	strbuf_adds(b, "'");
}

static void print_checks(const struct driver *d, FILE *f)
{
	const struct check *c;

	vec_each(c, &d->checks)
		if (strcmp(c->status, "ok"))
			fprintf(f, "        %s: %s: %s\n", c->name, c->status,
				c->detail ? c->detail : "");
}

static void print_batch(const struct batch *b, FILE *f)
{
	size_t nr = posting_size(b);

	fprintf(f, "%s v%u: %zu patch%s, To: %zu, Cc: %zu%s%s\n", b->name, b->version, nr,
		nr == 1 ? "" : "es", b->to.nr, b->cc.nr, b->tree ? ", for " : "",
		b->tree ? strchr(b->tree, ' ') + 1 : "");
	posting_each(d, b) {
		fprintf(f, "  %3zu  %s\n", posting_number(b, d), d->subject);
		print_checks(d, f);
	}
}

void series_print_total(const struct series *s, FILE *f)
{
	size_t patches = 0, postings = 0;
	const struct batch *b;

	vec_each(b, &s->batches)
		if (!b->failed) {
			postings++;
			patches += posting_size(b);
		}
	fprintf(f, "%zu posting%s, %zu patch%s, below %s/series. Nothing was sent.\n", postings,
		postings == 1 ? "" : "s", patches, patches == 1 ? "" : "es", s->out);
}

void series_print(const struct series *s, FILE *f)
{
	struct strbuf dir = { 0 };
	const struct driver *d;
	const struct batch *b;

	vec_each(b, &s->batches)
		if (!b->failed)
			print_batch(b, f);
	vec_each(b, &s->batches)
		if (b->failed)
			fprintf(f, "left out: %s: %s\n", b->name, b->failed);
	vec_each(d, &s->drivers)
		if (d->left_out && d->selected)
			fprintf(f, "left out: %s\n", d->left_out);
	fprintf(f, "\n");
	series_print_total(s, f);
	fprintf(f, "Read the mails, then:\n");
	vec_each(b, &s->batches) {
		char *path;

		if (b->failed)
			continue;
		path = xasprintf("%s/series/%s/v%u", s->out, b->name, b->version);
		strbuf_reset(&dir);
		add_word(&dir, path);
		fprintf(f, "  git send-email --no-thread %s%s/*.patch\n",
			b->to.nr ? "" : "--to=MAINTAINER ", dir.s);
		free(path);
	}
	strbuf_free(&dir);
}
