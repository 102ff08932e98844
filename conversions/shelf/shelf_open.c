// SPDX-License-Identifier: GPL-2.0-only
/* A shelf's folder, of shelf.h. */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/log.h"
#include "shelf/shelf.h"

enum { MAX_PATCH = 4 << 20, MAX_META = 1 << 20, MAX_PATCHES = 1000 };	/* bytes, bytes, files */

/* The first error stays. */
static void spoil_named(struct shelf *s, const char *name, char **at, char *error)
{
	log_error("%s/%s: %s; nothing of it is used", s->dir, name, error);
	if (*at)
		free(error);
	else
		*at = error;
	s->damaged++;
}

static void spoil(struct shelf *s, struct shelf_patch *p, char *error)
{
	spoil_named(s, p->name, &p->error, error);
}

static void spoil_judgement(struct shelf *s, struct shelf_judgement *j, char *error)
{
	spoil_named(s, j->name, &j->error, error);
}

/* A link could lead anywhere. */
static int read_plain(const struct shelf *s, const char *name, const char *suffix, size_t max, struct strbuf *b, char **error)
{
	char *path = xasprintf("%s/%s%s", s->dir, name, suffix);
	struct stat st;
	int ret = lstat(path, &st) ? -errno : S_ISREG(st.st_mode) ? file_read(path, max, b) : -EINVAL;

	if (ret == -ENOENT)
		*error = xasprintf("there is no %s%s beside it", name, suffix);
	else if (ret == -EINVAL)
		*error = xasprintf("%s%s is no plain file", name, suffix);
	else if (ret == -EFBIG)
		*error = xasprintf("%s%s is larger than %zu KiB", name, suffix, max >> 10);
	else if (ret)
		*error = xasprintf("%s%s cannot be read: %s", name, suffix, strerror(-ret));
	free(path);
	return ret;
}

static unsigned number_of(const char *name)
{
	return (unsigned)strtoul(name, NULL, 10);
}

static void read_judgement(struct shelf *s, const char *name, const struct strbuf *meta)
{
	struct shelf_judgement *j = vec_push(&s->judged);
	char *path = xasprintf("%s/%s.patch", s->dir, name), *why = NULL;
	struct stat st;

	j->name = xstrdup(name);
	j->number = number_of(name);
	if (shelf_read_judgement(j, meta, &why))
		spoil_judgement(s, j, xasprintf("%s.json: %s", name, why));
	else if (!lstat(path, &st))
		spoil_judgement(s, j, xasprintf("there is a %s.patch beside it: what a patch does is not judged to be out of reach", name));
	free(why);
	free(path);
}

static void read_patch(struct shelf *s, const char *name, int ret, const struct strbuf *meta, char *error)
{
	struct shelf_patch *p = vec_push(&s->patches);
	char *why = NULL;

	p->name = xstrdup(name);
	p->number = number_of(name);
	if (!ret && shelf_read_meta(p, meta, &why))
		error = xasprintf("%s.json: %s", p->name, why);
	if (error)
		spoil(s, p, error);
	free(why);
	error = why = NULL;
	ret = read_plain(s, p->name, ".patch", MAX_PATCH, &p->text, &error);
	if (!ret && shelf_read_patch(p, &why))
		error = xasprintf("%s.patch: it %s", p->name, why);
	if (error)
		spoil(s, p, error);
	free(why);
}

static void read_one(struct shelf *s, const char *name)
{
	struct strbuf meta = { 0 };
	char *error = NULL;
	int ret = read_plain(s, name, ".json", MAX_META, &meta, &error);

	if (!ret && shelf_is_judgement(&meta))
		read_judgement(s, name, &meta);
	else
		read_patch(s, name, ret, &meta, error);
	strbuf_free(&meta);
}

static bool is_number(const char *name)
{
	return strspn(name, "0123456789") >= 4;
}

/* The names of the folder's patches, without suffix; what looks like one and is none is an error. */
static int read_names(struct shelf *s, struct strlist *names)
{
	DIR *d = opendir(s->dir);
	struct dirent *e;
	char *name;
	size_t len;

	if (!d) {
		int ret = -errno;

		log_error("%s: the shelf cannot be read: %s; --shelf names another folder", s->dir, strerror(-ret));
		return ret;
	}
	while ((e = readdir(d))) {
		if (!str_ends(e->d_name, ".patch") && !(str_ends(e->d_name, ".json") && is_number(e->d_name)))
			continue;
		len = strlen(e->d_name) - strlen(str_ends(e->d_name, ".patch") ? ".patch" : ".json");
		name = xstrndup(e->d_name, len);
		if (shelf_is_name(name)) {
			strlist_add_once(names, name);
		} else {
			log_error("%s/%s: is not named NNNN-slug; nothing of it is used", s->dir, e->d_name);
			s->damaged++;
		}
		free(name);
	}
	closedir(d);
	strlist_sort(names);
	if (names->nr <= MAX_PATCHES)
		return 0;
	log_error("%s: holds more than %d patches: that is no shelf", s->dir, MAX_PATCHES);
	return -E2BIG;
}

/* Prerequisites have lower numbers, so that none goes in a circle. */
static void resolve(struct shelf *s, struct shelf_patch *p)
{
	size_t i, at, own = (size_t)(p - s->patches.items);

	for (i = 0; i < p->prerequisites.nr; i++) {
		at = shelf_find(s, p->prerequisites.items[i]);
		if (at < own)
			*vec_push(&p->on) = at;
		else
			spoil(s, p, xasprintf("its prerequisite %s %s", p->prerequisites.items[i], at == s->patches.nr ?
					      "is not on the shelf" : "does not come before it: a lower number goes first"));
	}
}

/* The patch that converts the handler as well, or NULL. */
static struct shelf_patch *rival(struct shelf *s, const struct shelf_patch *p, const char *id)
{
	const struct shelf_handler *h;
	struct shelf_patch *o;

	vec_each(o, &s->patches)
		if (o != p)
			vec_each(h, &o->handlers)
				if (h->hook && h->id && !strcmp(h->id, id))
					return o;
	return NULL;
}

static void check_judgement(struct shelf *s, struct shelf_judgement *j)
{
	struct shelf_judgement *o;
	struct shelf_patch *p;

	vec_each(p, &s->patches)
		if (p->number == j->number)
			spoil_judgement(s, j, xasprintf("%s has the same number", p->name));
	vec_each(o, &s->judged) {
		if (o == j)
			continue;
		if (o->number == j->number)
			spoil_judgement(s, j, xasprintf("%s has the same number", o->name));
		if (o->id && j->id && !strcmp(o->id, j->id))
			spoil_judgement(s, j, xasprintf("%s judges %s, too: only one can", o->name, j->id));
	}
	p = j->id ? rival(s, NULL, j->id) : NULL;
	if (p)
		spoil_judgement(s, j, xasprintf("%s converts %s: remove one of the two", p->name, j->id));
}

static void check(struct shelf *s)
{
	struct shelf_judgement *j;

	const struct shelf_handler *h;
	struct shelf_patch *p, *o;

	vec_each(p, &s->patches) {
		if (p > s->patches.items && p[-1].number == p->number) {
			spoil(s, &p[-1], xasprintf("%s has the same number", p->name));
			spoil(s, p, xasprintf("%s has the same number", p[-1].name));
		}
		vec_each(h, &p->handlers) {
			o = h->hook && h->id ? rival(s, p, h->id) : NULL;
			if (o)
				spoil(s, p, xasprintf("%s converts %s, too: only one can", o->name, h->id));
		}
		resolve(s, p);
	}
	vec_each(j, &s->judged)
		check_judgement(s, j);
	/* What stands on a damaged one cannot be used either. */
	vec_each(p, &s->patches) {
		size_t *on;

		vec_each(on, &p->on)
			if (!p->error && s->patches.items[*on].error)
				spoil(s, p, xasprintf("it stands on %s, which is damaged", s->patches.items[*on].name));
	}
}

int shelf_open(struct shelf *s, const char *dir)
{
	struct strlist names = { 0 };
	size_t i;
	int ret;

	memset(s, 0, sizeof(*s));
	s->dir = xstrdup(dir);
	ret = read_names(s, &names);
	for (i = 0; !ret && i < names.nr; i++)
		read_one(s, names.items[i]);
	if (!ret)
		check(s);
	strlist_free(&names);
	return ret;
}

size_t shelf_find(const struct shelf *s, const char *name)
{
	size_t i;

	for (i = 0; i < s->patches.nr; i++)
		if (!strcmp(s->patches.items[i].name, name))
			break;
	return i;
}

bool shelf_is_name(const char *s)
{
	size_t len = strspn(s, "0123456789");

	return len == 4 && s[4] == '-' && (islower((unsigned char)s[5]) || isdigit((unsigned char)s[5])) && strlen(s) < 100 &&
	       s[5 + strspn(s + 5, "abcdefghijklmnopqrstuvwxyz0123456789-_")] == '\0';
}

bool shelf_text_names(const char *text, const char *kind)
{
	static const char part[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
	size_t len = strlen(kind);
	const char *p = text;

	while (p && (p = strstr(p, kind))) {
		if ((p == text || !strchr(part, p[-1])) && (!p[len] || !strchr(part, p[len])))
			return true;
		p++;
	}
	return false;
}

const struct shelf_judgement *shelf_judgement(const struct shelf *s, const char *name)
{
	const struct shelf_judgement *j;

	vec_each(j, &s->judged)
		if (!strcmp(j->name, name))
			return j;
	return NULL;
}

unsigned shelf_converts(const struct shelf_patch *p)
{
	const struct shelf_handler *h;
	unsigned nr = 0;

	vec_each(h, &p->handlers)
		nr += !!h->hook;
	return nr;
}

void shelf_verified_free(struct shelf_verified *v)
{
	free(v->release);
	free(v->date);
	free(v->compile);
	free(v->checkpatch);
	free(v->audit);
	free(v->boot);
}

static void free_patch(struct shelf_patch *p)
{
	struct boot_announced *a;
	struct shelf_handler *h;
	struct shelf_file *f;

	vec_each(f, &p->files) {
		free(f->path);
		free(f->blob);
	}
	vec_free(&p->files);
	vec_each(h, &p->handlers) {
		free(h->id);
		free(h->file);
		free(h->function);
		free(h->hook);
		free(h->proof);
		free(h->why);
	}
	vec_free(&p->handlers);
	strlist_free(&p->rules);
	strlist_free(&p->prerequisites);
	strlist_free(&p->archs);
	strlist_free(&p->questions);
	strlist_free(&p->differences);
	vec_each(a, &p->boot)
		boot_announced_free(a);
	vec_free(&p->boot);
	strlist_free(&p->provides);
	vec_free(&p->on);
	strbuf_free(&p->text);
	free(p->name);
	free(p->subject);
	free(p->kind);
	free(p->class_name);
	shelf_verified_free(&p->verified);
	free(p->error);
}

void shelf_free(struct shelf *s)
{
	struct shelf_judgement *j;
	struct shelf_patch *p;

	vec_each(p, &s->patches)
		free_patch(p);
	vec_free(&s->patches);
	vec_each(j, &s->judged)
		shelf_judgement_free(j);
	vec_free(&s->judged);
	free(s->dir);
	memset(s, 0, sizeof(*s));
}
