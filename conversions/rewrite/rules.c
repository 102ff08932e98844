// SPDX-License-Identifier: GPL-2.0-only
#include "rewrite/rules.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "base/run.h"
#include "rewrite/source.h"

#define MAX_RULES	(4u << 20)

/* 1 or 0; -EINVAL for a key that no table knows: a rule that silently never runs. */
static int tree_offers(const struct tree *t, const char *key)
{
	size_t i;

	for (i = 0; i < API_NR; i++)
		if (!strcmp(api_table[i].key, key))
			return t->api[i];
	return -EINVAL;
}

/* The words of the "// Needs:" lines, each looked up.  1: all there, 0: one is missing. */
static int needs_met(const struct tree *t, const char *path, const char *text)
{
	char *copy = xstrdup(text), *line, *word, *at, *in;
	int met = 1, one;
	bool said = false;

	for (line = strtok_r(copy, "\n", &at); line && met >= 0; line = strtok_r(NULL, "\n", &at)) {
		if (!str_starts(line, "// Needs:"))
			continue;
		said = true;
		for (word = strtok_r(line + 9, " \t,", &in); word; word = strtok_r(NULL, " \t,", &in)) {
			one = tree_offers(t, word);
			if (one < 0) {
				log_error("%s: \"Needs: %s\" is no key of the API table", path, word);
				met = one;
				break;
			}
			met &= one;
		}
	}
	if (!said) {
		log_error("%s: has no \"// Needs:\" line", path);
		met = -EINVAL;
	}
	free(copy);
	return met;
}

static int add_rule(struct rules *r, const struct tree *t, const char *dir, const char *name,
		    struct strbuf *all)
{
	struct strbuf b = { 0 };
	char *path = NULL;
	int ret = -EINVAL;

	if (!path_is_inside(name)) {
		log_error("%s/ORDER: \"%s\" is no file of this folder", dir, name);
		goto done;
	}
	path = path_join(dir, name);
	ret = file_read(path, MAX_RULES, &b);
	if (ret) {
		log_error("%s: named in ORDER, cannot be read: %s", path, strerror(-ret));
		goto done;
	}
	strbuf_adds(&b, "\n");
	ret = needs_met(t, path, b.s);
	if (ret > 0) {
		strbuf_add(all, b.s, b.len);
		strlist_add(&r->used, name);
	}
done:
	free(path);
	strbuf_free(&b);
	return ret < 0 ? ret : 0;
}

int rules_load(struct rules *r, const struct tree *t, const char *dir, const char *scratch)
{
	char *order = path_join(dir, "ORDER"), *line, *at;
	struct strbuf b = { 0 }, all = { 0 };
	int ret;

	memset(r, 0, sizeof(*r));
	ret = file_read(order, MAX_RULES, &b);
	if (ret)
		log_error("%s: cannot be read: %s; the semantic patches belong beside the program",
			  order, strerror(-ret));
	strbuf_adds(&b, "");
	for (line = strtok_r(b.s, "\n", &at); line && !ret; line = strtok_r(NULL, "\n", &at)) {
		line[strcspn(line, " \t#")] = '\0';
		if (*line)
			ret = add_rule(r, t, dir, line, &all);
	}
	if (!ret && !r->used.nr) {
		log_error("%s: names no rule that this tree's API serves", order);
		ret = -EINVAL;
	}
	if (!ret) {
		ret = file_write_atomic(scratch, all.s, all.len);
		if (ret)
			log_error("%s: cannot be written: %s", scratch, strerror(-ret));
	}
	r->cocci = xstrdup(scratch);
	r->macros = path_join(dir, "macros.h");
	strbuf_free(&all);
	strbuf_free(&b);
	free(order);
	return ret;
}

void rules_free(struct rules *r)
{
	free(r->cocci);
	free(r->macros);
	strlist_free(&r->used);
}

/* The rest of the first line that begins with prefix, or NULL.  Caller frees. */
static char *line_behind(const char *text, const char *prefix)
{
	const char *p = text;
	size_t len;

	for (; *p; p += len + (p[len] == '\n')) {
		len = strcspn(p, "\n");
		if (str_starts(p, prefix))
			return xstrndup(p + strlen(prefix), len - strlen(prefix));
	}
	return NULL;
}

/* What spatch complains of: the first line that speaks of an error, or else the last one. */
static char *complaint(const char *text)
{
	const char *best = "", *p = text;
	size_t len, best_len = 0;
	bool found = false;

	for (; *p && !found; p += len + (p[len] == '\n')) {
		len = strcspn(p, "\n");
		found = memmem(p, len, "error", 5) || memmem(p, len, "exception", 9) ||
			memmem(p, len, "Error", 5);
		if (len || found) {
			best = p;
			best_len = len < 300 ? len : 300;
		}
	}
	return xstrndup(best, best_len);
}

static int judge(const struct run_result *res, const char *out, unsigned timeout_s, char **message)
{
	char *text;

	if (res->timed_out) {
		*message = xasprintf("spatch did not end within %u s", timeout_s);
		return SPATCH_FAILED;
	}
	if (res->signal) {
		*message = xasprintf("spatch was killed by signal %d", res->signal);
		return SPATCH_FAILED;
	}
	if (res->exit_code == 3) {
		text = line_behind(res->err.s, "refused: ");
		*message = text ? text : xstrdup("refused by the semantic patches");
		return SPATCH_REFUSED;
	}
	if (res->exit_code == 255 && strstr(res->err.s, "no modified files"))
		return SPATCH_NOTHING;
	if (!res->exit_code && file_exists(out))
		return SPATCH_CHANGED;
	if (!res->exit_code)
		return SPATCH_NOTHING;
	text = complaint(res->err.s);
	*message = xasprintf("spatch ended with status %d: %s", res->exit_code, text);
	free(text);
	return SPATCH_FAILED;
}

int rules_run(const struct rules *r, const struct rule_run *rr, char **message)
{
	char *handler = xasprintf("handler=%s", rr->function), *new_name = xasprintf("newname=%s", rr->new_name);
	char *companions = xasprintf("companions=%s", *rr->companions ? rr->companions : "none");
	char *open = xasprintf("openname=%s", rr->open ? rr->open : "");
	const char *argv[24] = { "spatch", "--sp-file", r->cocci, "--no-includes", "--macro-file", r->macros,
				 "-D", handler, "-D", new_name, "-D", companions };
	static const char *const env[] = { "LC_ALL=C", "PYTHONHASHSEED=0",
					   "PYTHONDONTWRITEBYTECODE=1", NULL };
	struct run_request req = { .argv = argv, .env = env, .timeout_s = rr->timeout_s };
	struct run_result res;
	size_t n = 12;
	int ret;

	if (rr->is_helper) {
		argv[n++] = "-D";
		argv[n++] = "helper";
	}
	if (rr->open) {
		argv[n++] = "-D";
		argv[n++] = "opened";
		argv[n++] = "-D";
		argv[n++] = open;
	}
	argv[n++] = "-o";
	argv[n++] = rr->out;
	argv[n++] = rr->in;
	*message = NULL;
	ret = run(&req, &res);
	if (!ret)
		ret = judge(&res, rr->out, rr->timeout_s, message);
	run_result_free(&res);
	free(handler);
	free(new_name);
	free(companions);
	free(open);
	return ret;
}
