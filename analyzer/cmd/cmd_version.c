// SPDX-License-Identifier: GPL-2.0-only
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/version.h"
#include "cmd/cmd.h"
#include "parse/parse.h"

int cmd_version(struct options *opt)
{
	char *libclang = parse_libclang_version();

	(void)opt;
	printf("mmapconv %s\nlibclang %s\njson-c %s\n", MMAPCONV_VERSION, libclang, json_c_version());
	free(libclang);
	return EXIT_DONE;
}
