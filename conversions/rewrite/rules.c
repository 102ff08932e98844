// SPDX-License-Identifier: GPL-2.0-only
#include "rewrite/rules.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "base/run.h"
#include "rewrite/rule_text.h"

int rules_load(struct rules *r, const struct tree *t, const char *dir, const char *scratch)
{
	struct rule_texts list = { 0 };
	struct strlist texts = { 0 };
	struct strbuf all = { 0 };
	const char *why;
	size_t i;
	int ret;

	memset(r, 0, sizeof(*r));
	ret = rule_texts_read(&list, &texts, dir);
	for (i = 0; !ret && i < list.nr; i++) {
		if (!rule_text_serves(&list.items[i], t, &why))
			continue;
		strbuf_addf(&all, "%s\n", texts.items[i]);
		strlist_addf(&r->used, "%s.cocci", list.items[i].name);
	}
	if (!ret && !r->used.nr) {
		log_error("%s/ORDER: names no rule that this tree's API serves", dir);
		ret = -EINVAL;
	}
	if (!ret) {
		ret = file_write_atomic(scratch, all.s, all.len);
		if (ret)
			log_error("%s: cannot be written: %s", scratch, strerror(-ret));
	}
	r->cocci = xstrdup(scratch);
	r->macros = path_join(dir, "macros.h");
	rule_texts_free(&list);
	strlist_free(&texts);
	strbuf_free(&all);
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
	char *peers = xasprintf("peers=%s", *rr->peers ? rr->peers : "none");
	char *open = xasprintf("openname=%s", rr->open ? rr->open : "");
	const char *argv[26] = { "spatch", "--sp-file", r->cocci, "--no-includes", "--macro-file", r->macros,
				 "-D", handler, "-D", new_name, "-D", companions, "-D", peers };
	static const char *const env[] = { "LC_ALL=C", "PYTHONHASHSEED=0",
					   "PYTHONDONTWRITEBYTECODE=1", NULL };
	struct run_request req = { .argv = argv, .env = env, .timeout_s = rr->timeout_s };
	struct run_result res;
	size_t n = 14;
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
	free(peers);
	free(open);
	return ret;
}
