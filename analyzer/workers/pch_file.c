// SPDX-License-Identifier: GPL-2.0-only
/*
 * A precompiled header on disk: the header itself, and beside it (".json") what it was made from.
 * The latter is written last: without it the former does not count.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include "base/file.h"
#include "base/json.h"
#include "workers/pch.h"

enum { BUFFER = 1 << 20, MAX_LIST = 16 << 20, MAX_HEADER = 16 << 20 };	/* bytes */

void pch_free(struct pch *p)
{
	free(p->path);
	strlist_free(&p->includes);
	strlist_free(&p->tested);
	free(p->defined);
	memset(p, 0, sizeof(*p));
}

static char *list_path(const char *path)
{
	return xasprintf("%s.json", path);
}

/* Size and time of change, as libclang itself compares them, or NULL. */
static char *stamp(const char *path)
{
	struct stat st;

	if (stat(path, &st))
		return NULL;
	return xasprintf("%lld %lld.%09ld", (long long)st.st_size, (long long)st.st_mtim.tv_sec,
			 st.st_mtim.tv_nsec);
}

/* A damaged one would crash the workers. */
static char *checksum(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);	/* of a FIFO: its end */
	XXH3_state_t *state = XXH3_createState();
	char *buffer = xcalloc(1, BUFFER), *sum = NULL;
	ssize_t n = fd < 0 ? -1 : 1;

	XXH3_64bits_reset(state);
	while (n > 0) {
		n = read(fd, buffer, BUFFER);
		if (n > 0)
			XXH3_64bits_update(state, buffer, (size_t)n);
	}
	if (!n)
		sum = xasprintf("%016llx", (unsigned long long)XXH3_64bits_digest(state));
	if (fd >= 0)
		close(fd);
	XXH3_freeState(state);
	free(buffer);
	return sum;
}

static bool same(char *a, char *b)
{
	bool equal = a && b && !strcmp(a, b);

	free(a);
	free(b);
	return equal;
}

static bool read_list(struct json_object *o, const char *path, struct pch *p)
{
	struct strlist stamps = { 0 };
	bool good;
	size_t i;

	json_get_list(o, "includes", &p->includes);
	json_get_list(o, "stamps", &stamps);
	json_get_list(o, "tested", &p->tested);
	p->defined = json_get_str(o, "defined");
	good = p->defined && p->includes.nr && p->includes.nr == stamps.nr;
	for (i = 0; good && i < stamps.nr; i++)
		good = same(stamp(p->includes.items[i]), xstrdup(stamps.items[i]));
	strlist_free(&stamps);
	return good && same(json_get_str(o, "sum"), checksum(path));
}

bool pch_load(const char *path, struct pch *p)
{
	char *list = list_path(path);
	struct json_object *o = NULL;
	struct strbuf b = { 0 };
	bool good = false;

	if (!file_read(list, MAX_LIST, &b) && b.len)
		o = json_tokener_parse(b.s);
	if (o && json_object_is_type(o, json_type_object))
		good = read_list(o, path, p);
	if (good) {
		strlist_sort(&p->tested);
		p->path = xstrdup(path);
		/* Those that were not used for longest are removed one day. */
		utimensat(AT_FDCWD, list, NULL, 0);
		utimensat(AT_FDCWD, path, NULL, 0);
	} else {
		pch_free(p);
	}
	json_object_put(o);
	strbuf_free(&b);
	free(list);
	return good;
}

static void read_macros(const struct strlist *includes, struct pch *p)
{
	struct strbuf defined = { 0 };
	struct strbuf b = { 0 };
	size_t i;

	strbuf_adds(&defined, "\n");
	for (i = 0; i < includes->nr; i++) {
		strbuf_reset(&b);
		if (file_read(includes->items[i], MAX_HEADER, &b) || !b.len)
			continue;
		pch_tested(b.s, b.len, &p->tested);
		pch_header_macros(b.s, b.len, &defined);
	}
	strbuf_free(&b);
	strlist_sort_once(&p->tested);
	p->defined = strbuf_detach(&defined);
}

int pch_finish(const char *path, const struct strlist *includes, struct pch *p)
{
	struct json_object *o = json_object_new_object();
	char *list = list_path(path), *sum = checksum(path), *one;
	struct strlist stamps = { 0 };
	const char *text;
	int ret = sum ? 0 : -EIO;
	size_t i;

	for (i = 0; i < includes->nr && !ret; i++) {
		one = stamp(includes->items[i]);
		strlist_add(&stamps, one ? one : "");
		strlist_add(&p->includes, includes->items[i]);
		if (!one)
			ret = -ESTALE;
		free(one);
	}
	read_macros(includes, p);
	json_set_str(o, "sum", sum);
	json_set_list(o, "includes", includes);
	json_set_list(o, "stamps", &stamps);
	json_set_list(o, "tested", &p->tested);
	json_set_str(o, "defined", p->defined);
	text = json_object_to_json_string_ext(o, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE);
	if (!ret)
		ret = file_write_atomic(list, text, strlen(text));
	if (!ret)
		p->path = xstrdup(path);
	else
		pch_free(p);
	json_object_put(o);
	strlist_free(&stamps);
	free(list);
	free(sum);
	return ret;
}
