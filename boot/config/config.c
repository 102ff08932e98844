// SPDX-License-Identifier: GPL-2.0-only
#include "config/config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"

#define CONFIG_TIMEOUT_S	300
#define MAX_CONFIG		(8u << 20)
#define FRAGMENT		"mmapconv.config"

/* NAME=value, NAME (which is y) or !NAME (n); of: who asks. */
static int wish(struct config_wishes *w, const char *text, size_t len, const char *of, char **why)
{
	bool off = *text == '!';
	const char *name = text + off, *equals = memchr(text, '=', len);
	size_t name_len = equals ? (size_t)(equals - name) : len - off;
	char *value = off ? xstrdup("n") : equals ? xstrndup(equals + 1, len - (size_t)(equals + 1 - text)) : xstrdup("y");
	struct config_wish *c;
	int ret = 0;

	vec_each(c, w)
		if (strlen(c->name) == name_len && !memcmp(c->name, name, name_len))
			break;
	if (c == w->items + w->nr) {
		c = vec_push(w);
		c->name = xstrndup(name, name_len);
		c->value = xstrdup(value);
	} else if (strcmp(c->value, value)) {
		*why = xasprintf("CONFIG_%s: %s wants %s, %s wants %s", c->name, c->of.items[0], c->value, of, value);
		ret = -EINVAL;
	}
	strlist_add_once(&c->of, of);
	free(value);
	return ret;
}

static int wish_base(struct config_wishes *w, const char *base, char **why)
{
	const char *line, *end;
	int ret = 0;

	for (line = base; !ret && *line; line = *end ? end + 1 : end) {
		end = strchrnul(line, '\n');
		if (line == end || *line == '#')
			continue;
		if (!str_starts(line, "CONFIG_") || !memchr(line, '=', (size_t)(end - line))) {
			*why = xasprintf("'%.*s' is no CONFIG_NAME=value", (int)(end - line), line);
			return -EINVAL;
		}
		ret = wish(w, line + strlen("CONFIG_"), (size_t)(end - line) - strlen("CONFIG_"), "base", why);
	}
	return ret;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct config_wish *)a)->name, ((const struct config_wish *)b)->name);
}

int config_wishes_make(struct config_wishes *w, const char *base, const struct boot_subjects *list, char **why)
{
	const struct boot_subject *s;
	size_t i;
	int ret = wish_base(w, base, why);

	vec_each(s, list)
		for (i = 0; !ret && i < s->config.nr; i++)
			ret = wish(w, s->config.items[i], strlen(s->config.items[i]), s->name, why);
	if (w->nr)
		qsort(w->items, w->nr, sizeof(*w->items), by_name);
	return ret;
}

void config_wishes_free(struct config_wishes *w)
{
	struct config_wish *c;

	vec_each(c, w) {
		free(c->name);
		free(c->value);
		strlist_free(&c->of);
	}
	vec_free(w);
}

char *config_text(const struct config_wishes *w)
{
	const struct config_wish *c;
	struct strbuf b = { 0 };

	vec_each(c, w) {
		if (!strcmp(c->value, "n"))
			strbuf_addf(&b, "# CONFIG_%s is not set\n", c->name);
		else
			strbuf_addf(&b, "CONFIG_%s=%s\n", c->name, c->value);
	}
	return strbuf_detach(&b);
}

void config_check(struct config_wishes *w, const char *config)
{
	struct config_wish *c;
	char *line, *any;

	vec_each(c, w) {
		line = xasprintf("\nCONFIG_%s=%s\n", c->name, c->value);
		any = xasprintf("\nCONFIG_%s=", c->name);
		c->refused = strcmp(c->value, "n") ? !strstr(config, line) : strstr(config, any) != NULL;
		free(line);
		free(any);
	}
}

/* With a line's end before the first line, as config_check() looks for. */
static int read_config(const struct kbuild *kb, struct strbuf *b)
{
	char *path = path_join(kb->dir, ".config");
	int ret;

	strbuf_adds(b, "\n");
	ret = file_read(path, MAX_CONFIG, b);
	free(path);
	return ret;
}

int config_apply(struct config_wishes *w, const struct kbuild *kb, char **why)
{
	char *path = path_join(kb->dir, FRAGMENT), *text = config_text(w);
	struct strlist args = { 0 };
	struct strbuf config = { 0 };
	int ret = file_mkdirs(kb->dir);

	if (!ret)
		ret = file_write_atomic(path, text, strlen(text));
	if (ret) {
		*why = xasprintf("%s: %s", path, strerror(-ret));
		goto done;
	}
	strlist_addf(&args, "KCONFIG_ALLCONFIG=%s", path);
	ret = kbuild_make_target(kb, &args, "allnoconfig", CONFIG_TIMEOUT_S, why);
	if (!ret) {
		ret = read_config(kb, &config);
		if (ret)
			*why = xasprintf("%s/.config: %s", kb->dir, strerror(-ret));
		else
			config_check(w, config.s);
	}
done:
	strbuf_free(&config);
	strlist_free(&args);
	free(path);
	free(text);
	return ret;
}
