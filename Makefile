# SPDX-License-Identifier: GPL-2.0-only
# mmapconv: `make demo` and `make check` are all a new user needs; `make help` lists the rest.

CC ?= gcc
BUILD ?= build
LLVM_CONFIG ?= llvm-config-19
LLVM_PREFIX := $(shell $(LLVM_CONFIG) --prefix 2>/dev/null)

WARN := -Wall -Wextra -Wshadow -Wmissing-prototypes -Wstrict-prototypes -Werror
CFLAGS ?= -O2 -g
override CFLAGS += -std=gnu11 -D_GNU_SOURCE $(WARN) $(SANITIZE)
CPPFLAGS += -Ianalyzer -Ireports -Iconversions -I$(LLVM_PREFIX)/include
override LDFLAGS += $(SANITIZE) -pthread
LDLIBS += -L$(LLVM_PREFIX)/lib -lclang-19 -ljson-c

LIB_SRC := $(sort $(filter-out analyzer/cmd/main.c,$(wildcard analyzer/*/*.c conversions/*.c reports/*.c)))
LIB_OBJ := $(LIB_SRC:%.c=$(BUILD)/obj/%.o)
MAIN_OBJ := $(BUILD)/obj/analyzer/cmd/main.o
TEST_SRC := $(sort $(wildcard tests/unit/*.c))
TEST_BIN := $(TEST_SRC:tests/unit/%.c=$(BUILD)/tests/%)

.PHONY: all
all: $(BUILD)/mmapconv

$(BUILD)/mmapconv: $(MAIN_OBJ) $(BUILD)/libmmapconv.a
	$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(BUILD)/libmmapconv.a: $(LIB_OBJ)
	@rm -f $@
	$(AR) rcs $@ $^

$(BUILD)/obj/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/tests/%: tests/unit/%.c $(BUILD)/libmmapconv.a
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP $(LDFLAGS) -o $@ $< $(BUILD)/libmmapconv.a $(LDLIBS) -lcmocka

-include $(LIB_OBJ:.o=.d) $(MAIN_OBJ:.o=.d) $(TEST_BIN:%=%.d)
