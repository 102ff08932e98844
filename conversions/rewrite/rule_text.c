// SPDX-License-Identifier: GPL-2.0-only
#include "rewrite/rule_text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"

#define MAX_RULES	(4u << 20)	/* bytes of one file */

/* A line of the head is "// Word: text" or, going on, "//<tab>text". */
static const char *const words[] = { "What:", "When:", "Limits:", "Confidence:", "Needs:", "Lacks:" };
enum { NR_WORDS = sizeof(words) / sizeof(*words), NR_NEEDED = NR_WORDS - 1 };	/* the last can be missing */

static void add_words(struct strbuf *b, const char *s, size_t len)
{
	size_t n;

	for (;;) {
		n = 0;
		while (len && (*s == ' ' || *s == '\t')) {
			s++;
			len--;
		}
		while (n < len && s[n] != ' ' && s[n] != '\t')
			n++;
		if (!n)
			return;
		strbuf_addf(b, "%s%.*s", b->len ? " " : "", (int)n, s);
		s += n;
		len -= n;
	}
}

/* Which of words the line (behind "//") begins with, or NR_WORDS. */
static size_t word_of(const char *s)
{
	size_t k;

	for (k = 0; k < NR_WORDS; k++)
		if (*s == ' ' && str_starts(s + 1, words[k]))
			break;
	return k;
}

static int known(const char *path, const struct strlist *keys)
{
	size_t i, k;

	for (k = 0; k < keys->nr; k++) {
		for (i = 0; i < API_NR && strcmp(api_table[i].key, keys->items[k]); i++)
			;
		if (i == API_NR) {
			/* Else it would be a rule that silently never runs. */
			log_error("%s: needs or lacks \"%s\", which is no key of the API table", path, keys->items[k]);
			return -EINVAL;
		}
	}
	return 0;
}

static void split(const char *text, struct strlist *out)
{
	char *copy = xstrdup(text), *word, *at;

	for (word = strtok_r(copy, " ,", &at); word; word = strtok_r(NULL, " ,", &at))
		strlist_add(out, word);
	free(copy);
}

static int check(const char *path, const struct rule_text *t, char *const *parts)
{
	size_t k;

	if (!*t->summary) {
		log_error("%s: no line \"/// …\" says what it is", path);
		return -EINVAL;
	}
	for (k = 0; k < NR_NEEDED; k++)
		if (!*parts[k]) {
			log_error("%s: has no \"// %s\" line", path, words[k]);
			return -EINVAL;
		}
	if (strcmp(t->confidence, "High") && strcmp(t->confidence, "Moderate") && strcmp(t->confidence, "Low")) {
		log_error("%s: its confidence is High, Moderate or Low, not \"%s\"", path, t->confidence);
		return -EINVAL;
	}
	return known(path, &t->needs) ?: known(path, &t->lacks);
}

int rule_text_read(struct rule_text *t, const char *path, const char *text)
{
	const char *base = strrchr(path, '/'), *line;
	struct strbuf summary = { 0 }, parts[NR_WORDS] = { { 0 } };
	char *said[NR_WORDS];
	size_t len, k, now = NR_WORDS;
	int ret;

	memset(t, 0, sizeof(*t));
	base = base ? base + 1 : path;
	t->name = xasprintf("%.*s", (int)(str_ends(base, ".cocci") ? strlen(base) - 6 : strlen(base)), base);
	for (line = text; str_starts(line, "//") || *line == '\n'; line += len + (line[len] == '\n')) {
		len = strcspn(line, "\n");
		if (str_starts(line, "///")) {
			add_words(&summary, line + 3, len - 3);
			continue;
		}
		if (len < 2)
			continue;
		k = word_of(line + 2);
		if (k < NR_WORDS) {
			now = k;
			add_words(&parts[now], line + 3 + strlen(words[k]), len - 3 - strlen(words[k]));
		} else if (line[2] == '\t' && now < NR_WORDS) {
			add_words(&parts[now], line + 2, len - 2);
		}
	}
	strbuf_adds(&summary, "");
	t->summary = strbuf_detach(&summary);
	for (k = 0; k < NR_WORDS; k++) {
		strbuf_adds(&parts[k], "");
		said[k] = strbuf_detach(&parts[k]);
	}
	t->what = said[0];
	t->when = said[1];
	t->limits = said[2];
	t->confidence = said[3];
	split(said[4], &t->needs);
	split(said[5], &t->lacks);
	ret = check(path, t, said);
	free(said[4]);
	free(said[5]);
	return ret;
}

void rule_text_free(struct rule_text *t)
{
	free(t->name);
	free(t->summary);
	free(t->what);
	free(t->when);
	free(t->limits);
	free(t->confidence);
	strlist_free(&t->needs);
	strlist_free(&t->lacks);
}

static const char *first_key(const struct strlist *keys, const struct tree *tree, bool offered)
{
	size_t i, k;

	for (k = 0; k < keys->nr; k++)
		for (i = 0; i < API_NR; i++)
			if (!strcmp(api_table[i].key, keys->items[k]) && tree->api[i] == offered)
				return keys->items[k];
	return NULL;
}

bool rule_text_serves(const struct rule_text *t, const struct tree *tree, const char **why)
{
	*why = first_key(&t->needs, tree, false);
	if (!*why)
		*why = first_key(&t->lacks, tree, true);
	return !*why;
}

static int read_one(struct rule_texts *list, struct strlist *texts, const char *dir, const char *name)
{
	struct strbuf b = { 0 };
	char *path;
	int ret;

	if (!path_is_inside(name)) {
		log_error("%s/ORDER: \"%s\" is no file of this folder", dir, name);
		return -EINVAL;
	}
	path = path_join(dir, name);
	ret = file_read(path, MAX_RULES, &b);
	strbuf_adds(&b, "");
	if (ret)
		log_error("%s: named in ORDER, cannot be read: %s", path, strerror(-ret));
	else
		ret = rule_text_read(vec_push(list), path, b.s);
	if (!ret && texts)
		strlist_add(texts, b.s);
	strbuf_free(&b);
	free(path);
	return ret;
}

int rule_texts_read(struct rule_texts *list, struct strlist *texts, const char *dir)
{
	char *order = path_join(dir, "ORDER"), *line, *at;
	struct strbuf b = { 0 };
	int ret = file_read(order, MAX_RULES, &b);

	if (ret)
		log_error("%s: cannot be read: %s; the semantic patches belong beside the program", order,
			  strerror(-ret));
	strbuf_adds(&b, "");
	for (line = strtok_r(b.s, "\n", &at); line && !ret; line = strtok_r(NULL, "\n", &at)) {
		line[strcspn(line, " \t#")] = '\0';
		if (*line)
			ret = read_one(list, texts, dir, line);
	}
	strbuf_free(&b);
	free(order);
	return ret;
}

void rule_texts_free(struct rule_texts *list)
{
	struct rule_text *t;

	vec_each(t, list)
		rule_text_free(t);
	vec_free(list);
}
