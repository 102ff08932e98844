// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>

#include "base/json.h"
#include "contract/contract_json.h"
#include "workers/workers.h"

enum { MAX_CONTRACTS = 4096 };

struct json_object *reading_to_json(const struct reading *r)
{
	struct json_object *o = json_object_new_object(), *a = json_object_new_array();
	const struct contract *c;

	json_object_object_add(o, "unit", unit_to_json(&r->unit));
	vec_each(c, &r->contracts)
		json_object_array_add(a, contract_to_json(c));
	json_object_object_add(o, "contracts", a);
	return o;
}

int reading_from_json(struct json_object *o, struct reading *r)
{
	struct json_object *unit, *a;
	struct contract c = { 0 };
	size_t i, len;

	if (!json_object_is_type(o, json_type_object) || !json_object_object_get_ex(o, "unit", &unit) ||
	    unit_from_json(unit, &r->unit))
		return -EINVAL;
	a = json_get_array(o, "contracts", &len);
	for (i = 0; i < len && i < MAX_CONTRACTS; i++) {
		if (contract_from_json(json_object_array_get_idx(a, i), &c))
			break;
		*vec_push(&r->contracts) = c;
		c = (struct contract){ 0 };
	}
	if (a && i == len)
		return 0;
	reading_free(r);
	return -EINVAL;
}
