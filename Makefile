# SPDX-License-Identifier: GPL-2.0-only
# mmapconv: `make demo` and `make check` are all a new user needs; `make help` lists the rest.

ifeq ($(origin CC),default)
CC := gcc
endif
BUILD ?= build
# One spelling, or the lists of headers, which name their target, would be of another one's.
override BUILD := $(patsubst $(CURDIR)/%,%,$(abspath $(BUILD)))
LLVM_CONFIG ?= llvm-config-19
LLVM_PREFIX := $(shell $(LLVM_CONFIG) --prefix 2>/dev/null)

WARN := -Wall -Wextra -Wshadow -Wmissing-prototypes -Wstrict-prototypes -Werror
CFLAGS ?= -O2 -g
override CFLAGS += -std=gnu11 -D_GNU_SOURCE $(WARN) $(SANITIZE)
CPPFLAGS += -Ianalyzer -Ireports -Iconversions -Iboot -I$(LLVM_PREFIX)/include
override LDFLAGS += $(SANITIZE) -pthread
LDLIBS += -L$(LLVM_PREFIX)/lib -lclang-19 -ljson-c -lxxhash -lsqlite3 -lz3

LIB_SRC := $(sort $(filter-out analyzer/cmd/main.c boot/probe/% boot/provider/%,$(wildcard analyzer/*/*.c conversions/*.c conversions/*/*.c reports/*.c reports/*/*.c boot/*.c boot/*/*.c)))
LIB_OBJ := $(LIB_SRC:%.c=$(BUILD)/obj/%.o)
MAIN_OBJ := $(BUILD)/obj/analyzer/cmd/main.o
TEST_SRC := $(sort $(wildcard tests/unit/*.c))
TEST_BIN := $(TEST_SRC:tests/unit/%.c=$(BUILD)/tests/%)
# Random handlers against their contracts; kernel*.c there are compiled when it runs.
GENERATOR_SRC := $(sort $(filter-out tests/generator/kernel% tests/generator/real%,$(wildcard tests/generator/*.c)))
GENERATOR_OBJ := $(GENERATOR_SRC:%.c=$(BUILD)/obj/%.o)
# A kernel's own handlers against theirs.
REAL_SRC := $(sort $(wildcard tests/generator/real*.c)) $(addprefix tests/generator/,follow.c follow_memory.c predict.c values.c world.c)
REAL_OBJ := $(REAL_SRC:%.c=$(BUILD)/obj/%.o)
# Many comparisons in one go, for tests/prove/mutants.py.
BATCH_OBJ := $(BUILD)/obj/tests/prove/batch.o
# Runs in a guest that has nothing else: static, and no library of ours.
PROBE_SRC := $(sort $(wildcard boot/probe/*.c boot/probe/*/*.c))
PROBE_OBJ := $(PROBE_SRC:%.c=$(BUILD)/obj/static/%.o)

# Unit tests and the hostile-input tests run under these, in a build folder of their own.
SAN := -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer

# The headers' place is asked from llvm-config when make starts, so what installs it must be done
# before: targets for users install first and build in a make of their own.
# As many jobs as there are processors, unless make was told how many.
SUBMAKE = +@$(MAKE) --no-print-directory $(if $(findstring -j,$(MAKEFLAGS)),,-j$(shell nproc))

.PHONY: all
all: $(BUILD)/mmapconv $(if $(SANITIZE),,$(BUILD)/probe)

$(BUILD)/mmapconv: $(MAIN_OBJ) $(BUILD)/libmmapconv.a
	$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(BUILD)/libmmapconv.a: $(LIB_OBJ)
	@rm -f $@
	$(AR) rcs $@ $^

$(BUILD)/probe: $(PROBE_OBJ)
	$(CC) -static -o $@ $^

$(BUILD)/obj/static/%.o: %.c
	@mkdir -p $(@D)
	$(CC) -O2 -g -std=gnu11 -D_GNU_SOURCE $(WARN) -MMD -MP -c -o $@ $<

$(BUILD)/obj/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/tests/%: tests/unit/%.c $(BUILD)/libmmapconv.a
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -MF $@.d $(LDFLAGS) -o $@ $< $(BUILD)/libmmapconv.a $(LDLIBS) -lcmocka

$(BUILD)/generator: $(GENERATOR_OBJ) $(BUILD)/libmmapconv.a
	$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS) -ldl

$(BUILD)/real-handlers: $(REAL_OBJ) $(BUILD)/libmmapconv.a
	$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(BUILD)/prove-batch: $(BATCH_OBJ) $(BUILD)/libmmapconv.a
	$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

-include $(LIB_OBJ:.o=.d) $(MAIN_OBJ:.o=.d) $(TEST_BIN:%=%.d) $(GENERATOR_OBJ:.o=.d) $(REAL_OBJ:.o=.d) $(BATCH_OBJ:.o=.d) $(PROBE_OBJ:.o=.d)

.PHONY: help
help:
	@echo 'make demo [KTREE=path]      build, and run the main job on tests/sample-tree (or on a kernel tree)'
	@echo 'make check                  install what is missing, build, run every test'
	@echo 'make check TESTS="unit cmd" only these groups: unit rules cmd generator kernel'
	@echo 'make check-long             more than 10,000 runs of random handlers against their contracts'
	@echo 'make check-real KTREE=path  the real handlers of a kernel tree, run beside their contracts'
	@echo 'make check-prove [KTREE=path]  every handler of Linux 7.3 proved against itself'
	@echo 'make check-mutants [KTREE=path]  wrong hooks made from right ones: prove must see through each'
	@echo 'make check-upstream         handlers of 6.12 that 7.3 has converted: our hooks beside upstream'"'"'s'
	@echo 'make boot-check [KTREE=path] [OUT=path]  Linux 7.3 booted with and without its patches'
	@echo 'make boot-sample [KTREE=path]  a small kernel, kept for make check to boot'
	@echo 'make check-sarif OUT=path   a report.sarif against the schema, with a validator from npm'
	@echo 'make check-update           rewrite the tests'"'"' expectations; read the diff before committing'
	@echo 'make kernel [VERSION=7.3]   fetch and unpack a Debian kernel source below $(BUILD)/'
	@echo 'make bench [KTREE=path]     time scan and run beside spatch searching the same tree'
	@echo 'make install [PREFIX=/usr/local] [DESTDIR=]  program, man pages, completion; make uninstall'
	@echo 'make deps                   install the Debian packages that are missing'
	@echo 'make all                    build $(BUILD)/mmapconv, nothing else'
	@echo 'make lint, make format      sparse, cppcheck, shellcheck; clang-format'
	@echo 'make clean                  remove what was built, keep fetched kernels'

.PHONY: deps
deps:
	@scripts/install-deps

.PHONY: demo
demo: deps
	$(SUBMAKE) all
	@BUILD='$(BUILD)' scripts/demo $(if $(KTREE),'$(KTREE)')

.PHONY: unit-tests
unit-tests: $(TEST_BIN) $(BUILD)/generator $(BUILD)/prove-batch

.PHONY: san
san:
	$(SUBMAKE) BUILD='$(BUILD)/san' SANITIZE='$(SAN)' CFLAGS='-O1 -g' all unit-tests

.PHONY: check
check: deps
	$(SUBMAKE) all
	$(SUBMAKE) san
	@BUILD='$(BUILD)' tests/run $(TESTS)

.PHONY: check-long
check-long: deps
	$(SUBMAKE) '$(BUILD)/generator'
	@BUILD='$(BUILD)' tests/run tests/generator/long.sh

.PHONY: check-real
check-real: deps
	$(SUBMAKE) all '$(BUILD)/real-handlers'
	@BUILD='$(BUILD)' KTREE='$(KTREE)' tests/run tests/generator/real.sh

.PHONY: check-prove
check-prove: deps
	$(SUBMAKE) all
	@BUILD='$(BUILD)' KTREE='$(KTREE)' tests/run tests/prove/self.sh

# Of the sample tree's conversions, and of a kernel's; OUT: of a run on that tree, to save making one.
.PHONY: check-mutants
check-mutants: deps
	$(SUBMAKE) all '$(BUILD)/prove-batch'
	@BUILD='$(BUILD)' KTREE='$(KTREE)' OUT='$(OUT)' tests/run tests/prove/mutants.sh

# What the new kernel has converted by hand, converted from the old one's form: expected.txt there.
.PHONY: check-upstream
check-upstream: deps
	$(SUBMAKE) all
	@scripts/install-deps kernel
	@BUILD='$(BUILD)' tests/run tests/upstream/check.sh

# Two kernels of KTREE (7.3 is fetched if none is given), with and without the patches, booted and compared.
.PHONY: boot-check
boot-check: deps
	$(SUBMAKE) all
	@scripts/install-deps boot
	@LIMIT=28800 BUILD='$(BUILD)' KTREE='$(KTREE)' OUT='$(OUT)' tests/run tests/boot/check.sh

# A small kernel of KTREE (7.3 is fetched if none is given), kept in the user's cache for tests/cmd/boot-sample.sh.
.PHONY: boot-sample
boot-sample: deps
	$(SUBMAKE) all
	@scripts/install-deps boot
	@BUILD='$(BUILD)' tests/boot/make-sample $(if $(KTREE),'$(KTREE)')

# OUT/report/report.sarif against the standard's schema and rules, by a validator that Debian lacks (npm's, 100 MB).
.PHONY: check-sarif
check-sarif:
	npm install --prefix '$(BUILD)/npm' --no-audit --no-fund --silent @microsoft/sarif-multitool
	'$(BUILD)/npm/node_modules/.bin/sarif-multitool' validate '$(OUT)/report/report.sarif'

.PHONY: check-update
check-update: deps
	$(SUBMAKE) all '$(BUILD)/prove-batch'
	@BUILD='$(BUILD)' tests/run-update

VERSION ?= 7.3
.PHONY: kernel
kernel:
	@scripts/install-deps kernel
	@scripts/fetch-kernel -d '$(BUILD)' '$(VERSION)'

.PHONY: bench
bench: deps
	$(SUBMAKE) all
	@BUILD='$(BUILD)' tests/bench $(if $(KTREE),'$(KTREE)')

# What an installed program needs when it runs (base/program.h says where it looks), and what tells of it.
PREFIX ?= /usr/local
INSTALL_DIRS := share/mmapconv share/mmapconv/semantic-patches share/mmapconv/conversions/linux-7.3 share/mmapconv/reports/html/page \
		share/mmapconv/boot/config share/mmapconv/boot/subjects share/mmapconv/boot/provider \
		share/man/man1 \
		share/bash-completion/completions
share/mmapconv := $(BUILD)/probe
share/mmapconv/semantic-patches := $(addprefix semantic-patches/,ORDER macros.h) $(wildcard semantic-patches/*.cocci)
share/mmapconv/conversions/linux-7.3 := conversions/linux-7.3/README conversions/linux-7.3/BUGS-SEEN $(wildcard conversions/linux-7.3/*.patch conversions/linux-7.3/*.json)
share/mmapconv/reports/html/page := $(wildcard reports/html/page/*)
share/mmapconv/boot/config := boot/config/base.config
share/mmapconv/boot/subjects := $(wildcard boot/subjects/*.json)
share/mmapconv/boot/provider := $(wildcard boot/provider/*)
share/man/man1 := $(wildcard man/*.1)
share/bash-completion/completions := completions/mmapconv

.PHONY: install
install: all
	install -D -m 755 '$(BUILD)/mmapconv' '$(DESTDIR)$(PREFIX)/bin/mmapconv'
	$(foreach dir,$(INSTALL_DIRS),install -d '$(DESTDIR)$(PREFIX)/$(dir)' && \
		install -m 644 $($(dir)) '$(DESTDIR)$(PREFIX)/$(dir)' &&) :

# These files and the folders that are mmapconv's alone, unless somebody put something into them.
.PHONY: uninstall
uninstall:
	rm -f '$(DESTDIR)$(PREFIX)/bin/mmapconv' \
		$(foreach dir,$(INSTALL_DIRS),$(patsubst %,'$(DESTDIR)$(PREFIX)/$(dir)/%',$(notdir $($(dir)))))
	-@cd '$(DESTDIR)$(PREFIX)/share' 2>/dev/null && rmdir -p --ignore-fail-on-non-empty \
		mmapconv/semantic-patches mmapconv/conversions/linux-7.3 mmapconv/reports/html/page mmapconv/boot/config mmapconv/boot/subjects \
		mmapconv/boot/provider 2>/dev/null || :

.PHONY: lint
lint:
	@scripts/install-deps lint
	@CPPFLAGS='$(CPPFLAGS)' scripts/lint

.PHONY: format
format:
	@scripts/install-deps lint
	clang-format-19 -i $(wildcard analyzer/*/*.[ch] conversions/*.[ch] conversions/*/*.[ch] reports/*.[ch] reports/*/*.[ch] boot/*.[ch] boot/*/*.[ch] tests/unit/*.[ch])

# Fetched kernels (linux-*) stay: they cost a download.
.PHONY: clean
clean:
	rm -rf $(addprefix $(BUILD)/,obj tests san demo demo-* test-out upstream bench libmmapconv.a mmapconv probe generator real-handlers prove-batch)
