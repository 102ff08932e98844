// SPDX-License-Identifier: GPL-2.0-only
#include "kept.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xxhash.h>

#include "base/file.h"
#include "base/log.h"
#include "compare/compare.h"

#define MAX_SOURCE	((size_t)32 << 20)
#define MAX_LINES	((size_t)4 << 20)

/* From mmap() to the hook and back: what these do is as much a part of a result as the handler. */
static const char *const core[] = {
	"include/linux/fs.h", "include/linux/mm.h", "include/linux/mm_types.h", "mm/internal.h", "mm/memory.c",
	"mm/mmap.c", "mm/mprotect.c", "mm/mremap.c", "mm/util.c", "mm/vma.c", "mm/vma.h",
};

static char *source_line(const char *root, const char *file)
{
	char *path = path_join(root, file), *line;
	struct strbuf b = { 0 };
	int ret = path_is_inside(file) ? file_read(path, MAX_SOURCE, &b) : -EINVAL;

	/* One that cannot be read is as good as another one, until it can be. */
	line = ret ? xasprintf("- %s", file) :
	       xasprintf("%016llx %s", (unsigned long long)XXH3_64bits(b.s, b.len), file);
	strbuf_free(&b);
	free(path);
	return line;
}

void kept_sources(const struct inventory *inv, const char *root, struct strlist *lines)
{
	struct strlist files = { 0 };
	const struct handler *h;
	size_t i;

	for (i = 0; i < sizeof(core) / sizeof(*core); i++)
		strlist_add(&files, core[i]);
	vec_each(h, &inv->handlers)
		strlist_add(&files, h->file);
	strlist_sort_once(&files);
	for (i = 0; i < files.nr; i++)
		*vec_push(lines) = source_line(root, files.items[i]);
	strlist_sort(lines);
	strlist_free(&files);
}

int kept_write(const struct inventory *inv, const struct strlist *sources, const char *out)
{
	char *results = path_join(out, "boot/inventory.json"), *lines = path_join(out, "boot/sources");
	int ret;

	/* Never one boot's results beside another's sources. */
	unlink(results);
	ret = file_write_lines(lines, sources);
	if (ret)
		log_error("%s: cannot be written: %s; make room", lines, strerror(-ret));
	else
		ret = inventory_write(inv, results);
	free(results);
	free(lines);
	return ret;
}

static int read_lines(const char *out, struct strlist *lines)
{
	char *path = path_join(out, "boot/sources"), *line, *rest;
	struct strbuf b = { 0 };
	int ret = file_read(path, MAX_LINES, &b);

	if (ret)
		log_warn("%s: cannot be read: %s", path, strerror(-ret));
	for (rest = b.s; !ret && (line = strsep(&rest, "\n"));)
		if (*line)
			strlist_add(lines, line);
	strlist_sort(lines);
	strbuf_free(&b);
	free(path);
	return ret;
}

struct kept {
	struct inventory was;		/* as it was booted */
	struct strlist sources;
};

static bool is_same(const struct kept *k, const char *root, const char *file)
{
	char *line = source_line(root, file);
	bool same = *line != '-' && strlist_has_sorted(&k->sources, line);

	free(line);
	return same;
}

/* Does anything of the last boot hold for this tree?  False after a message. */
static bool is_of_tree(const struct kept *k, const struct inventory *inv, const char *root)
{
	size_t i;

	if (strcmp(k->was.tree_version, inv->tree_version)) {
		log_warn("the last boot was of Linux %s, the tree is Linux %s: what it said is dropped; run `mmapconv boot` again",
			 k->was.tree_version, inv->tree_version);
		return false;
	}
	for (i = 0; i < sizeof(core) / sizeof(*core); i++) {
		char *path = path_join(root, core[i]);
		bool there = file_exists(path);

		free(path);
		if (there && !is_same(k, root, core[i])) {
			log_warn("%s is another one than was booted, so what the boot said is dropped; run `mmapconv boot` again",
				 core[i]);
			return false;
		}
	}
	return true;
}

static struct handler *by_id(struct inventory *inv, const char *id)
{
	struct handler *h;

	vec_each(h, &inv->handlers)
		if (!strcmp(h->id, id))
			return h;
	return NULL;
}

static unsigned carry(struct kept *k, struct inventory *inv, const char *root, const char *out)
{
	unsigned nr = 0, other = 0, waiting = 0;
	struct handler *h, *was;

	vec_each(was, &k->was.handlers) {
		if (!was->boot.verdict)
			continue;
		h = by_id(inv, was->id);
		if (!h || (was->boot.patch && !h->conversion.patch)) {
			waiting++;
		} else if (!is_same(k, root, h->file)) {
			other++;
		} else {
			boot_record_free(&h->boot);
			h->boot = was->boot;
			was->boot = (struct boot_record){ 0 };
			nr++;
		}
	}
	if (other)
		log_warn("%u handler%s: the source file is another one than was booted, so what the boot said is dropped; "
			 "run `mmapconv boot` again", other, other == 1 ? "" : "s");
	if (waiting)
		log_note("%u handler%s booted, and %s not here, or not with a patch: what the boot said comes back with %s",
			 waiting, waiting == 1 ? " was" : "s were", waiting == 1 ? "is" : "are", waiting == 1 ? "it" : "them");
	return nr - boot_drop_stale(inv, out);
}

unsigned kept_carry(struct inventory *inv, const char *root, const char *out)
{
	char *path = path_join(out, "boot/inventory.json");
	struct kept k = { 0 };
	unsigned nr = 0;

	if (file_exists(path)) {
		if (inventory_read(&k.was, path) || inventory_check(&k.was) || read_lines(out, &k.sources))
			log_warn("what the last boot said cannot be kept; run `mmapconv boot` again");
		else if (is_of_tree(&k, inv, root))
			nr = carry(&k, inv, root, out);
	}
	inventory_free(&k.was);
	strlist_free(&k.sources);
	free(path);
	return nr;
}
