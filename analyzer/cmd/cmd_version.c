// SPDX-License-Identifier: GPL-2.0-only
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/version.h"
#include "cmd/cmd.h"
#include "contract/smt.h"
#include "parse/parse.h"

int cmd_version(struct options *opt)
{
	char *libclang = parse_libclang_version(), *z3 = smt_version();

	(void)opt;
	printf("mmapconv %s\nlibclang %s\njson-c %s\nz3 %s\n", MMAPCONV_VERSION, libclang, json_c_version(), z3);
	free(libclang);
	free(z3);
	return EXIT_DONE;
}
