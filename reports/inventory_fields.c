// SPDX-License-Identifier: GPL-2.0-only
#include "inventory_fields.h"

#include <limits.h>
#include <string.h>

#include "gaps.h"
#include "inventory_json.h"
#include "inventory_words.h"

#define STRING(T, m, k, ...) \
	{ .key = k, .kind = FIELD_STRING, .offset = offsetof(T, m), __VA_ARGS__ }
#define WORD(T, m, k, w) STRING(T, m, k, .rule = RULE_WORD, .words = w)
#define NUMBER(T, m, k, low, high) \
	{ .key = k, .kind = FIELD_NUMBER, .offset = offsetof(T, m), .min = low, .max = high }
#define LINE(T) NUMBER(T, line, "line", 1, INT_MAX)
#define BOOL(T, m, k) { .key = k, .kind = FIELD_BOOL, .offset = offsetof(T, m) }
#define STRINGS(T, m, k, r) \
	{ .key = k, .kind = FIELD_STRINGS, .offset = offsetof(T, m), .rule = r }
#define RECORDS(T, m, k, r) \
	{ .key = k, .kind = FIELD_RECORDS, .offset = offsetof(T, m.items), .record = &(r), \
	  .count_offset = offsetof(T, m.nr), .cap_offset = offsetof(T, m.cap) }
#define GROUP(k, r) { .key = k, .kind = FIELD_GROUP, .record = &(r) }
#define END { .key = NULL }

static const struct field instance_fields[] = {
	STRING(struct instance, interface, "interface", .rule = RULE_NAME),
	STRING(struct instance, name, "name"),
	STRING(struct instance, file, "file", .rule = RULE_PATH),
	LINE(struct instance),
	STRING(struct instance, how, "how", .rule = RULE_HOW),
	BOOL(struct instance, confirmed, "confirmed"),
	BOOL(struct instance, unread, "unread"),
	END
};
static const struct record instance_record = { sizeof(struct instance), instance_fields };

static const struct field definition_fields[] = {
	STRING(struct definition, file, "file", .rule = RULE_PATH),
	LINE(struct definition),
	STRING(struct definition, condition, "condition"),
	BOOL(struct definition, is_null_define, "is_null_define"),
	END
};
static const struct record definition_record = { sizeof(struct definition), definition_fields };

static const struct field companion_fields[] = {
	STRING(struct companion, function, "function", .rule = RULE_NAME),
	LINE(struct companion),
	WORD(struct companion, role, "role", companion_words),
	END
};
static const struct record companion_record = { sizeof(struct companion), companion_fields };

static const struct field reason_fields[] = {
	STRING(struct reason, code, "code", .rule = RULE_FULL),
	NUMBER(struct reason, line, "line", 0, INT_MAX),
	STRING(struct reason, text, "text", .rule = RULE_FULL),
	END
};
static const struct record reason_record = { sizeof(struct reason), reason_fields };

static const struct field check_fields[] = {
	STRING(struct check, name, "name", .rule = RULE_FULL),
	WORD(struct check, status, "status", status_words),
	STRING(struct check, detail, "detail", .nullable = true),
	END
};
static const struct record check_record = { sizeof(struct check), check_fields };

static const struct field proof_difference_fields[] = {
	STRING(struct proof_difference, kind, "kind", .rule = RULE_NAME),
	STRING(struct proof_difference, text, "text", .rule = RULE_FULL),
	NUMBER(struct proof_difference, line, "line", 0, INT_MAX),
	STRING(struct proof_difference, detail, "detail", .rule = RULE_FULL, .nullable = true),
	END
};
static const struct record proof_difference_record = { sizeof(struct proof_difference), proof_difference_fields };

static const struct field proof_witness_fields[] = {
	STRING(struct proof_witness, request, "request", .rule = RULE_FULL),
	STRING(struct proof_witness, old_does, "old", .rule = RULE_FULL),
	STRING(struct proof_witness, new_does, "new", .rule = RULE_FULL),
	END
};
static const struct record proof_witness_record = { sizeof(struct proof_witness), proof_witness_fields };

static bool no_witness(const void *record)
{
	return !((const struct proof_witness *)record)->request;
}

static const struct field proof_fields[] = {
	WORD(struct proof_record, verdict, "verdict", proof_words),
	RECORDS(struct proof_record, differences, "differences", proof_difference_record),
	{ .key = "witness", .kind = FIELD_RECORD, .offset = offsetof(struct proof_record, witness),
	  .record = &proof_witness_record, .is_empty = no_witness },
	STRING(struct proof_record, reason, "reason", .rule = RULE_FULL, .nullable = true),
	END
};
static const struct record proof_record_record = { sizeof(struct proof_record), proof_fields };

static bool no_proof(const void *record)
{
	return !((const struct proof_record *)record)->verdict;
}

static const struct field posting_fields[] = {
	STRING(struct posting, batch, "batch", .rule = RULE_NAME),
	NUMBER(struct posting, version, "version", 1, INT_MAX),
	NUMBER(struct posting, number, "number", 1, INT_MAX),
	NUMBER(struct posting, of, "of", 1, INT_MAX),
	STRING(struct posting, mail, "mail", .rule = RULE_PATH),
	RECORDS(struct posting, checks, "checks", check_record),
	END
};
static const struct record posting_record = { sizeof(struct posting), posting_fields };

static bool no_posting(const void *record)
{
	return !((const struct posting *)record)->batch;
}

static const struct field conversion_fields[] = {
	STRING(struct conversion, new_name, "new_name", .rule = RULE_FULL, .nullable = true),
	STRING(struct conversion, patch, "patch", .rule = RULE_PATH, .nullable = true),
	STRINGS(struct conversion, files, "files", RULE_PATH),
	STRINGS(struct conversion, rules, "rules", RULE_FULL),
	STRINGS(struct conversion, differences, "differences", RULE_FULL),
	RECORDS(struct conversion, checks, "checks", check_record),
	{ .key = "proof", .kind = FIELD_RECORD, .offset = offsetof(struct conversion, proof),
	  .record = &proof_record_record, .is_empty = no_proof },
	STRING(struct conversion, stage, "stage", .rule = RULE_WORD,
	       .words = conversion_stage_words, .nullable = true),
	STRING(struct conversion, message, "message", .nullable = true),
	STRING(struct conversion, module, "module", .rule = RULE_PATH, .nullable = true),
	STRING(struct conversion, prefix, "prefix", .rule = RULE_NAME, .nullable = true),
	STRING(struct conversion, old_form, "old_form", .rule = RULE_NAME, .nullable = true),
	STRING(struct conversion, new_form, "new_form", .rule = RULE_NAME, .nullable = true),
	STRINGS(struct conversion, prerequisites, "prerequisites", RULE_PATH),
	{ .key = "posting", .kind = FIELD_RECORD, .offset = offsetof(struct conversion, posting),
	  .record = &posting_record, .is_empty = no_posting },
	END
};
static const struct record conversion_record = { sizeof(struct conversion), conversion_fields };

static bool no_conversion(const void *record)
{
	return conversion_is_empty(record);
}

static const struct field contract_path_fields[] = {
	STRINGS(struct contract_path, guards, "guards", RULE_FULL),
	STRINGS(struct contract_path, effects, "effects", RULE_FULL),
	STRING(struct contract_path, result, "result", .rule = RULE_FULL),
	NUMBER(struct contract_path, line, "line", 0, INT_MAX),
	STRING(struct contract_path, unmodelled, "unmodelled", .rule = RULE_FULL, .nullable = true),
	END
};
static const struct record contract_path_record = { sizeof(struct contract_path), contract_path_fields };

static const struct field contract_gap_fields[] = {
	NUMBER(struct contract_gap, line, "line", 0, INT_MAX),
	STRING(struct contract_gap, reason, "reason", .rule = RULE_FULL),
	END
};
static const struct record contract_gap_record = { sizeof(struct contract_gap), contract_gap_fields };

static const struct field contract_fields[] = {
	BOOL(struct contract_record, complete, "complete"),
	RECORDS(struct contract_record, paths, "paths", contract_path_record),
	NUMBER(struct contract_record, more_paths, "more_paths", 0, INT_MAX),
	RECORDS(struct contract_record, unmodelled, "unmodelled", contract_gap_record),
	END
};
static const struct record contract_record_record = { sizeof(struct contract_record), contract_fields };

static bool no_contract(const void *record)
{
	return contract_is_missing(record);
}

static const struct field boot_difference_fields[] = {
	STRING(struct boot_difference, subject, "subject", .rule = RULE_NAME),
	STRING(struct boot_difference, request, "request", .rule = RULE_NAME, .nullable = true),
	STRING(struct boot_difference, key, "key", .rule = RULE_NAME, .nullable = true),
	STRING(struct boot_difference, old_value, "old", .nullable = true),
	STRING(struct boot_difference, new_value, "new", .nullable = true),
	STRING(struct boot_difference, kind, "kind", .rule = RULE_NAME, .nullable = true),
	STRING(struct boot_difference, text, "text", .rule = RULE_FULL),
	END
};
static const struct record boot_difference_record = { sizeof(struct boot_difference), boot_difference_fields };

static const struct field boot_fields[] = {
	WORD(struct boot_record, verdict, "verdict", boot_words),
	BOOL(struct boot_record, reached, "reached"),
	NUMBER(struct boot_record, requests, "requests", 0, INT_MAX),
	NUMBER(struct boot_record, unstable, "unstable", 0, INT_MAX),
	RECORDS(struct boot_record, differences, "differences", boot_difference_record),
	RECORDS(struct boot_record, expected, "expected", boot_difference_record),
	STRINGS(struct boot_record, warnings, "warnings", RULE_FULL),
	STRING(struct boot_record, patch, "patch", .rule = RULE_NAME, .nullable = true),
	END
};
static const struct record boot_record_record = { sizeof(struct boot_record), boot_fields };

static bool no_boot(const void *record)
{
	return !((const struct boot_record *)record)->verdict;
}

static const struct field handler_fields[] = {
	STRING(struct handler, id, "id", .rule = RULE_NAME),
	STRING(struct handler, file, "file", .rule = RULE_PATH),
	LINE(struct handler),
	STRING(struct handler, function, "function", .rule = RULE_NAME),
	STRING(struct handler, interface, "interface", .rule = RULE_NAME),
	NUMBER(struct handler, tier, "tier", 1, 2),
	RECORDS(struct handler, instances, "instances", instance_record),
	RECORDS(struct handler, definitions, "definitions", definition_record),
	STRINGS(struct handler, declarations, "declarations", RULE_PLACE),
	STRINGS(struct handler, callers, "callers", RULE_PLACE),
	RECORDS(struct handler, companions, "companions", companion_record),
	STRINGS(struct handler, together, "together", RULE_NAME),
	STRINGS(struct handler, reached_from, "reached_from", RULE_FULL),
	STRING(struct handler, arch, "arch", .rule = RULE_FULL, .nullable = true),
	STRING(struct handler, parse, "parse", .rule = RULE_WORD, .words = parse_words,
	       .nullable = true),
	WORD(struct handler, class_name, "class", class_words),
	STRINGS(struct handler, patterns, "patterns", RULE_FULL),
	STRINGS(struct handler, state, "state", RULE_FULL),
	STRINGS(struct handler, flags_set, "flags_set", RULE_FULL),
	STRINGS(struct handler, flags_cleared, "flags_cleared", RULE_FULL),
	STRING(struct handler, vm_ops, "vm_ops", .rule = RULE_NAME, .nullable = true),
	WORD(struct handler, verdict, "verdict", verdict_words),
	STRINGS(struct handler, needs, "needs", RULE_FULL),
	RECORDS(struct handler, reasons, "reasons", reason_record),
	{ .key = "contract", .kind = FIELD_RECORD, .offset = offsetof(struct handler, contract),
	  .record = &contract_record_record, .is_empty = no_contract },
	WORD(struct handler, outcome, "outcome", outcome_words),
	{ .key = "conversion", .kind = FIELD_RECORD, .offset = offsetof(struct handler, conversion),
	  .record = &conversion_record, .is_empty = no_conversion },
	{ .key = "boot", .kind = FIELD_RECORD, .offset = offsetof(struct handler, boot),
	  .record = &boot_record_record, .is_empty = no_boot },
	END
};
static const struct record handler_record = { sizeof(struct handler), handler_fields };

static const struct field boot_announced_fields[] = {
	STRING(struct boot_announced, subject, "subject", .rule = RULE_NAME),
	STRING(struct boot_announced, request, "request", .rule = RULE_NAME, .nullable = true),
	STRING(struct boot_announced, key, "key", .rule = RULE_NAME),
	STRING(struct boot_announced, old_value, "old", .nullable = true),
	STRING(struct boot_announced, new_value, "new", .nullable = true),
	STRING(struct boot_announced, why, "why", .rule = RULE_FULL),
	END
};
static const struct record boot_announced_record = { sizeof(struct boot_announced), boot_announced_fields };

static const struct field hand_patch_fields[] = {
	STRING(struct hand_patch, name, "name", .rule = RULE_PATH),
	WORD(struct hand_patch, kind, "kind", hand_kind_words),
	WORD(struct hand_patch, state, "state", hand_state_words),
	STRING(struct hand_patch, subject, "subject", .rule = RULE_NAME),
	STRING(struct hand_patch, release, "release", .rule = RULE_NAME),
	STRING(struct hand_patch, patch, "patch", .rule = RULE_PATH, .nullable = true),
	STRINGS(struct hand_patch, handlers, "handlers", RULE_NAME),
	STRINGS(struct hand_patch, provides, "provides", RULE_FULL),
	STRING(struct hand_patch, class_name, "class", .rule = RULE_WORD, .words = class_words, .nullable = true),
	STRINGS(struct hand_patch, rules, "rules", RULE_NAME),
	STRINGS(struct hand_patch, prerequisites, "prerequisites", RULE_PATH),
	STRINGS(struct hand_patch, files, "files", RULE_PATH),
	STRINGS(struct hand_patch, archs, "arch", RULE_NAME),
	STRING(struct hand_patch, known, "known", .rule = RULE_NAME, .nullable = true),
	STRINGS(struct hand_patch, differences, "differences", RULE_FULL),
	RECORDS(struct hand_patch, boot, "boot", boot_announced_record),
	STRINGS(struct hand_patch, questions, "questions", RULE_FULL),
	RECORDS(struct hand_patch, checks, "checks", check_record),
	STRING(struct hand_patch, stage, "stage", .rule = RULE_WORD, .words = conversion_stage_words, .nullable = true),
	STRING(struct hand_patch, message, "message", .nullable = true),
	{ .key = "posting", .kind = FIELD_RECORD, .offset = offsetof(struct hand_patch, posting),
	  .record = &posting_record, .is_empty = no_posting },
	END
};
static const struct record hand_patch_record = { sizeof(struct hand_patch), hand_patch_fields };

static const struct field judgement_fields[] = {
	STRING(struct judgement, name, "name", .rule = RULE_PATH),
	STRING(struct judgement, handler, "handler", .rule = RULE_NAME),
	WORD(struct judgement, state, "state", judgement_state_words),
	STRING(struct judgement, message, "message", .rule = RULE_FULL, .nullable = true),
	STRING(struct judgement, why, "why"),
	STRING(struct judgement, release, "release", .rule = RULE_NAME),
	STRINGS(struct judgement, needs, "needs", RULE_FULL),
	STRINGS(struct judgement, rules, "rules", RULE_NAME),
	STRINGS(struct judgement, remarks, "remarks", RULE_FULL),
	END
};
static const struct record judgement_record = { sizeof(struct judgement), judgement_fields };

static const struct field vma_field_fields[] = {
	STRING(struct vma_field, name, "name", .rule = RULE_NAME),
	STRING(struct vma_field, file, "file", .rule = RULE_PATH),
	LINE(struct vma_field),
	WORD(struct vma_field, role, "role", role_words),
	STRING(struct vma_field, why, "why", .rule = RULE_FULL, .nullable = true),
	NUMBER(struct vma_field, handlers, "handlers", 0, INT_MAX),
	NUMBER(struct vma_field, reached_from, "reached_from", 0, INT_MAX),
	END
};
static const struct record vma_field_record = { sizeof(struct vma_field), vma_field_fields };

static const struct field problem_fields[] = {
	STRING(struct problem, file, "file", .rule = RULE_PATH_OR_EMPTY),
	NUMBER(struct problem, line, "line", 0, INT_MAX),
	WORD(struct problem, stage, "stage", problem_stage_words),
	STRING(struct problem, text, "text", .rule = RULE_FULL),
	END
};
static const struct record problem_record = { sizeof(struct problem), problem_fields };

typedef __typeof__(*((struct inventory *)NULL)->parsed) parsed_arch;

static const struct field parsed_fields[] = {
	STRING(parsed_arch, arch, "arch", .rule = RULE_FULL),
	NUMBER(parsed_arch, full, "full", 0, INT_MAX),
	NUMBER(parsed_arch, partial, "partial", 0, INT_MAX),
	NUMBER(parsed_arch, failed, "failed", 0, INT_MAX),
	END
};
static const struct record parsed_record = { sizeof(parsed_arch), parsed_fields };

static const struct field tool_fields[] = {
	STRING(struct inventory, tool_version, "version", .rule = RULE_FULL),
	STRING(struct inventory, libclang_version, "libclang", .nullable = true),
	STRING(struct inventory, spatch_version, "spatch", .nullable = true),
	END
};
static const struct record tool_group = { 0, tool_fields };

static const struct field tree_fields[] = {
	STRING(struct inventory, tree_version, "version", .rule = RULE_FULL),
	{ .key = "api", .kind = FIELD_API },
	END
};
static const struct record tree_group = { 0, tree_fields };

static const struct field search_fields[] = {
	NUMBER(struct inventory, files_searched, "files", 0, INT_MAX),
	NUMBER(struct inventory, candidates, "candidates", 0, INT_MAX),
	END
};
static const struct record search_group = { 0, search_fields };

static const struct field inventory_fields[] = {
	STRING(struct inventory, schema, "schema", .rule = RULE_SCHEMA),
	GROUP("tool", tool_group),
	GROUP("tree", tree_group),
	RECORDS(struct inventory, handlers, "handlers", handler_record),
	RECORDS(struct inventory, hand, "hand", hand_patch_record),
	RECORDS(struct inventory, judged, "judged", judgement_record),
	RECORDS(struct inventory, fields, "fields", vma_field_record),
	RECORDS(struct inventory, problems, "problems", problem_record),
	STRINGS(struct inventory, disagreements, "disagreements", RULE_FULL),
	{ .key = "parsed", .kind = FIELD_RECORDS, .offset = offsetof(struct inventory, parsed),
	  .record = &parsed_record, .count_offset = offsetof(struct inventory, nr_parsed) },
	GROUP("search", search_group),
	{ .key = "unlocks", .kind = FIELD_UNLOCKS },
	{ .key = "totals", .kind = FIELD_TOTALS },
	END
};
const struct record inventory_record = { sizeof(struct inventory), inventory_fields };

/* memcpy: the item pointers differ in type from array to array. */
struct array_view field_array(const struct field *f, const void *base)
{
	struct array_view view;

	memcpy(&view.items, (const char *)base + f->offset, sizeof(view.items));
	memcpy(&view.nr, (const char *)base + f->count_offset, sizeof(view.nr));
	return view;
}

void field_set_array(const struct field *f, void *base, void *items, size_t nr)
{
	memcpy((char *)base + f->offset, &items, sizeof(items));
	memcpy((char *)base + f->count_offset, &nr, sizeof(nr));
	if (f->cap_offset)
		memcpy((char *)base + f->cap_offset, &nr, sizeof(nr));
}

char *field_string(const struct field *f, const void *base)
{
	return *(char *const *)((const char *)base + f->offset);
}

void field_set_string(const struct field *f, void *base, char *value)
{
	*(char **)((char *)base + f->offset) = value;
}
