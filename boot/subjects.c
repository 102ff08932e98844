// SPDX-License-Identifier: GPL-2.0-only
#include "subjects.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "base/log.h"

#define MAX_FILE	(1u << 20)
#define MAX_MIB		512

static bool is_name(const char *s)
{
	return s && *s && strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789-_.") == strlen(s) && *s != '.';
}

/* "UDF_FS", "NAME=value", "!NAME": a line of a configuration and nothing beside it. */
static bool is_symbol(const char *s)
{
	size_t len;

	s += *s == '!';
	len = strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");
	return len && (!s[len] || s[len] == '=') && !strpbrk(s, "\n\r");
}

static bool read_images(struct boot_subject *s, struct json_object *object)
{
	struct json_object *images, *image;
	struct boot_image *i;
	size_t nr, n;
	int64_t mib;

	images = json_get_array(object, "images", &nr);
	for (n = 0; n < nr; n++) {
		image = json_object_array_get_idx(images, n);
		i = vec_push(&s->images);
		i->name = json_get_str(image, "name");
		mib = json_get_int(image, "mib");
		json_get_list(image, "make", &i->make);
		if (!is_name(i->name) || mib < 0 || mib > MAX_MIB || !i->make.nr)
			return false;
		i->mib = (unsigned)mib;
	}
	return true;
}

/* False: it is none. */
static bool read_subject(struct boot_subject *s, struct json_object *object)
{
	struct json_object *qemu;
	size_t nr, n, i;

	s->name = json_get_str(object, "subject");
	json_get_list(object, "config", &s->config);
	json_get_list(object, "append", &s->append);
	for (i = 0; i < s->config.nr; i++)
		if (!is_symbol(s->config.items[i]))
			return false;
	qemu = json_get_array(object, "qemu", &nr);
	/* One argument list, or a list of them. */
	if (nr && json_object_is_type(json_object_array_get_idx(qemu, 0), json_type_string)) {
		json_get_list(object, "qemu", vec_push(&s->qemu));
	} else {
		for (n = 0; n < nr; n++) {
			struct json_object *one = json_object_array_get_idx(qemu, n);
			struct strlist *l = vec_push(&s->qemu);

			for (i = 0; json_object_is_type(one, json_type_array) && i < json_object_array_length(one); i++)
				strlist_addf(l, "%s", json_object_get_string(json_object_array_get_idx(one, i)));
		}
	}
	return is_name(s->name) && read_images(s, object);
}

static int read_family(struct boot_subjects *list, const char *path)
{
	struct strbuf text = { 0 };
	struct json_object *o = NULL;
	size_t n;
	int ret = file_read(path, MAX_FILE, &text);

	if (ret) {
		log_error("%s: cannot be read: %s", path, strerror(-ret));
		goto done;
	}
	o = json_tokener_parse(text.s ? text.s : "");
	ret = json_object_is_type(o, json_type_array) ? 0 : -EINVAL;
	if (ret)
		log_error("%s: is no JSON array of subjects", path);
	for (n = 0; !ret && n < json_object_array_length(o); n++) {
		if (!read_subject(vec_push(list), json_object_array_get_idx(o, n))) {
			log_error("%s: subject %zu has no good name, a line that is no configuration, or an image "
				  "that is none", path, n + 1);
			ret = -EINVAL;
		}
	}
done:
	json_object_put(o);
	strbuf_free(&text);
	return ret;
}

int boot_subjects_read(struct boot_subjects *list, const char *dir)
{
	struct strlist names = { 0 };
	struct dirent *e;
	DIR *d = opendir(dir);
	size_t i;
	char *path;
	int ret = 0;

	if (!d) {
		ret = -errno;
		log_error("%s: cannot be read: %s", dir, strerror(-ret));
		return ret;
	}
	while ((e = readdir(d)))
		if (e->d_name[0] != '.' && str_ends(e->d_name, ".json"))
			strlist_add(&names, e->d_name);
	closedir(d);
	strlist_sort(&names);
	for (i = 0; !ret && i < names.nr; i++) {
		path = path_join(dir, names.items[i]);
		ret = read_family(list, path);
		free(path);
	}
	if (!ret && !list->nr) {
		log_error("%s: has no subjects (*.json)", dir);
		ret = -ENOENT;
	}
	strlist_free(&names);
	return ret;
}

void boot_subjects_free(struct boot_subjects *list)
{
	struct boot_subject *s;
	struct boot_image *i;
	struct strlist *l;

	vec_each(s, list) {
		free(s->name);
		strlist_free(&s->config);
		strlist_free(&s->append);
		vec_each(l, &s->qemu)
			strlist_free(l);
		vec_free(&s->qemu);
		vec_each(i, &s->images) {
			free(i->name);
			strlist_free(&i->make);
		}
		vec_free(&s->images);
	}
	vec_free(list);
}
