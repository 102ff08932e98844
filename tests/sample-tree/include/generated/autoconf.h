/* SPDX-License-Identifier: GPL-2.0-only */
/* What a configuration run would have written.  Delete CONFIG_MMU to see the other branches. */
#define CONFIG_64BIT 1
#define CONFIG_X86_64 1
#define CONFIG_MMU 1
#define CONFIG_DEMO 1
#define CONFIG_DEMO_OPT 1
#define CONFIG_DEMO_SUB 1
#define CONFIG_DRM_DEMO 1
#define CONFIG_DEMOFS 1
#define CONFIG_SND_DEMO 1
