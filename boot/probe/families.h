/* SPDX-License-Identifier: GPL-2.0-only */
/* One row a family, in the order in which they are tried; probe.h says how one is added.  No guard: read twice. */
FAMILY(memory)
