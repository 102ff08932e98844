/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * For tests of the lowering: C text in, the nodes of its functions out as text.  What a test compares
 * has been through JSON and back, so every field's round trip is tested with it.
 *
 *	(= x:u64 (cast:u64 (->len@8:u32 d:p64)))	operators, conversions, members with their offset
 *	(call f:i32 f:fn 3:i32)				the callee is the first child
 */
#ifndef MMAPCONV_TEST_PARSE_FIXTURE_H
#define MMAPCONV_TEST_PARSE_FIXTURE_H

#include <ctype.h>
#include <inttypes.h>

#include "base/json.h"
#include "test_parse_files.h"

/* Parse header as k.h and text, behind it, as foo.c; foo() and what it calls are lowered. */
static inline void parse_unchecked(const char *header, const char *text, const char *target,
				   struct unit *u)
{
	struct parse_job job = PARSE_FOO;
	struct json_object *json;
	struct unit raw = { 0 };

	parse_write("k.h", header);
	strlist_add(&job.args, "-w");
	if (target) {
		strlist_add(&job.args, "-target");
		strlist_add(&job.args, target);
	}
	strlist_add(&job.functions, "foo");
	parse_foo(&job, "k.h", text, &raw);
	json = unit_to_json(&raw);
	memset(u, 0, sizeof(*u));
	assert_int_equal(unit_from_json(json, u), 0);
	json_object_put(json);
	unit_free(&raw);
}

/* The same for text that must compile. */
static inline void parse_text(const char *header, const char *text, const char *target,
			      struct unit *u)
{
	parse_unchecked(header, text, target, u);
	parse_compiles(u);
}

static inline void dump_type(struct strbuf *b, struct ctype c)
{
	static const char *const names[] = {
		[CTYPE_NONE] = "?",	   [CTYPE_VOID] = "void",   [CTYPE_BOOL] = "bool",
		[CTYPE_RECORD] = "record", [CTYPE_ARRAY] = "array", [CTYPE_FUNCTION] = "fn"
	};

	if (c.kind == CTYPE_INT || c.kind == CTYPE_POINTER)
		strbuf_addf(b, ":%c%u",
			    c.kind == CTYPE_POINTER ? 'p'
			    : c.is_signed	    ? 'i'
						    : 'u',
			    c.bits);
	else
		strbuf_addf(b, ":%s", names[c.kind]);
}

static inline bool has_type(enum node_kind kind)
{
	return kind == NODE_DECL || (kind >= NODE_CALL && kind != NODE_UNKNOWN);
}

static inline void dump_node(const struct unit *u, uint32_t at, struct strbuf *b)
{
	static const char *const kinds[] = {
#define X(k) [NODE_##k] = #k,
		NODE_KINDS(X)
#undef X
	};
	const struct node *n = &u->nodes[at];
	bool leaf = (n->kind == NODE_INT || n->kind == NODE_REF) && !n->child;
	const char *p;
	uint32_t i;

	if (!leaf)
		strbuf_adds(b, "(");
	if (n->kind == NODE_INT)
		strbuf_addf(b, "%" PRId64, n->value);
	else if (n->kind == NODE_REF || n->kind == NODE_DESIGNATE)
		strbuf_addf(b, "%s%s", n->kind == NODE_DESIGNATE ? "." : "",
			    n->name ? n->name : "");
	else if (n->kind == NODE_MEMBER)
		strbuf_addf(b, "%s%s", n->op, n->name);
	else if (n->kind == NODE_UNARY || n->kind == NODE_BINARY || n->kind == NODE_ASSIGN)
		strbuf_adds(b, n->op);
	else
		for (p = kinds[n->kind]; *p; p++)
			strbuf_addf(b, "%c", tolower((unsigned char)*p));
	if (n->kind == NODE_MEMBER || (n->kind == NODE_DESIGNATE && n->name))
		strbuf_addf(b, "@%u", n->offset);
	if (n->kind == NODE_DESIGNATE && !n->name && n->has_value)
		strbuf_addf(b, "%" PRId64, n->value);
	if (n->first_bit)
		strbuf_addf(b, ".%u", n->first_bit);
	if (n->field_bits)
		strbuf_addf(b, "/%u", n->field_bits);
	if (n->in_union)
		strbuf_adds(b, "|");
	if ((n->kind == NODE_CALL || n->kind == NODE_DECL || n->kind == NODE_MACRO ||
	     n->kind == NODE_UNKNOWN || n->kind == NODE_LABEL || n->kind == NODE_GOTO ||
	     n->kind == NODE_STRING) &&
	    n->name)
		strbuf_addf(b, " %s", n->name);
	if ((n->kind == NODE_COND || n->kind == NODE_ASM) && n->op)
		strbuf_addf(b, " %s", n->op);
	if (n->has_value && n->kind != NODE_INT && n->kind != NODE_DESIGNATE)
		strbuf_addf(b, "=%" PRId64, n->value);
	if (has_type(n->kind))
		dump_type(b, n->ctype);
	if (n->cleanup)
		strbuf_addf(b, " ~%s", n->cleanup);
	for (i = n->child; i; i = u->nodes[i].next) {
		strbuf_adds(b, " ");
		dump_node(u, i, b);
	}
	if (!leaf)
		strbuf_adds(b, ")");
}

/* The statements of a function's body, one a line; caller frees. */
static inline char *dump_function(const struct unit *u, const char *name)
{
	const struct function *f = unit_function(u, name);
	struct strbuf b = { 0 };
	uint32_t i;

	strbuf_adds(&b, "");
	if (!f || !f->body) {
		strbuf_adds(&b, "none\n");
		return strbuf_detach(&b);
	}
	for (i = u->nodes[f->body].child; i; i = u->nodes[i].next) {
		dump_node(u, i, &b);
		strbuf_adds(&b, "\n");
	}
	return strbuf_detach(&b);
}

/* The whole test in most cases: header and text, and what foo() must look like. */
static inline void check_for(const char *target, const char *header, const char *text,
			     const char *expected)
{
	struct unit u;
	char *dump;

	parse_text(header, text, target, &u);
	dump = dump_function(&u, "foo");
	assert_string_equal(dump, expected);
	free(dump);
	unit_free(&u);
}

static inline void check(const char *header, const char *text, const char *expected)
{
	check_for(NULL, header, text, expected);
}

/* The first node of a kind with that name (NULL: any), or NULL. */
static inline const struct node *find_node(const struct unit *u, enum node_kind kind,
					   const char *name)
{
	size_t i;

	for (i = 1; i < u->nr_nodes; i++)
		if (u->nodes[i].kind == kind &&
		    (!name || (u->nodes[i].name && !strcmp(u->nodes[i].name, name))))
			return &u->nodes[i];
	return NULL;
}

#endif
