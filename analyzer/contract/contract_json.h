/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Contracts as JSON, to the last bit: what workers answer, the cache keeps and `explain --json` shows.
 * Members that are 0, false or NULL are left out.
 *
 * Terms are a list; term 1 is its first element.  Each is [op, type, number, name, a, b, c], cut behind the
 * last that is not 0 or null.  A type is a letter and its width: "i32" signed, "u64" unsigned, "p64" pointer,
 * "b1" _Bool, "r" record, "a" array, "f" function, "v" void, "n" none.
 */
#ifndef MMAPCONV_CONTRACT_CONTRACT_JSON_H
#define MMAPCONV_CONTRACT_CONTRACT_JSON_H

#include "contract/contract.h"

struct json_object;

/*
 * Only the terms that the contract uses are written, in their order; so indices can differ after a round
 * trip, and nothing else does.  json_object_put() frees.
 */
struct json_object *contract_to_json(const struct contract *c);

/*
 * Into a zeroed contract.  0, or -EINVAL, with nothing left to free, for anything that contract_to_json()
 * does not write: unknown members and words, indices out of range, terms that refer forward, terms that no
 * constructor makes.
 */
int contract_from_json(struct json_object *json, struct contract *c);

/* Inside contract/. */
enum { CONTRACT_MAX_ITEMS = 1 << 16, CONTRACT_MAX_TERMS = 1 << 20 };

/* map[i]: the number that term i is written as, 0: it is not.  Has t->nr elements; frees nothing. */
struct json_object *terms_to_json(const struct terms *t, const uint32_t *map);
/* NULL: no such terms. */
struct terms *terms_from_json(struct json_object *json);

#endif
