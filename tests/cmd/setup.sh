#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The scripts around the program: install-deps, fetch-kernel, make, demo.
# shellcheck source=tests/run-lib.sh
. "$(dirname "$0")/../run-lib.sh"

# install-deps with stand-ins for dpkg and apt that say what they were asked.
bin=$T/bin
mkdir "$bin"
cat >"$bin/dpkg-query" <<-X
	#!/bin/bash
	while [ "\$1" != -- ] && [[ \$1 = -* ]]; do shift; [[ \$1 = *Status* ]] && shift; done
	for p in "\$@"; do
		grep -qxF "\$p" "$T/missing" || echo "installed \$p"
	done
	exit 1
X
cat >"$bin/apt-get" <<-X
	#!/bin/bash
	echo "\$*" >>"$T/apt"
	case " \$* " in
	*" update "*) exit 100 ;;	# a broken third-party source
	*" install "*) [ ! -e "$T/apt-broken" ] || exit 100; : >"$T/missing" ;;
	esac
X
cat >"$bin/id" <<-X
	#!/bin/bash
	cat "$T/uid"
X
printf '#!/bin/bash\nexec "$@"\n' >"$bin/sudo"
chmod +x "$bin"/*
echo 0 >"$T/uid"

: >"$T/missing"
PATH=$bin:$PATH try "$ROOT/scripts/install-deps"
want_status "install-deps, all there: status 0" 0
check "install-deps, all there: apt is not called, nothing said" test ! -s "$T/apt" -a ! -s "$T/stdout"

printf 'coccinelle\nlld-19\n' >"$T/missing"
PATH=$bin:$PATH try "$ROOT/scripts/install-deps"
want_status "install-deps: a failing apt-get update does not stop it" 0
check "install-deps: says what it installs" grep -q 'coccinelle lld-19' "$T/stdout"
check "install-deps: installs only what is missing" grep -qE 'install.* coccinelle lld-19$' "$T/apt"

echo coccinelle >"$T/missing"
: >"$T/apt-broken"
PATH=$bin:$PATH try "$ROOT/scripts/install-deps"
want_status "install-deps, apt fails: status 3" 3
want_message "install-deps, apt fails: says what is missing" '^  coccinelle$'
rm "$T/apt-broken"

echo 1000 >"$T/uid"
: >"$T/apt"
PATH=$bin:$PATH try "$ROOT/scripts/install-deps"
want_status "install-deps with sudo: status 0" 0
mkdir "$T/nosudo"
for tool in bash env sed grep cat dirname; do
	ln -s "$(command -v "$tool")" "$T/nosudo/$tool"
done
cp "$bin/dpkg-query" "$bin/apt-get" "$bin/id" "$T/nosudo"
echo coccinelle >"$T/missing"
: >"$T/apt"
try env -i PATH="$T/nosudo" "$T/nosudo/bash" "$ROOT/scripts/install-deps"
want_status "install-deps, neither root nor sudo: status 3" 3
want_message "install-deps, neither root nor sudo: says what to run as root" 'apt-get install coccinelle'
check "install-deps, neither root nor sudo: apt is not called" test ! -s "$T/apt"

# fetch-kernel, as far as it goes without a network
for arguments in "x" "7" "7.3 extra" "../7.3"; do
	# shellcheck disable=SC2086	# several arguments
	try "$ROOT/scripts/fetch-kernel" -d "$T/k" $arguments
	want_status "fetch-kernel $arguments: status 2" 2
done
mkdir -p "$T/k/linux-7.3/include/linux" "$T/k/linux-7.2"
touch "$T/k/linux-7.3/Makefile" "$T/k/linux-7.3/include/linux/mm.h"
try "$ROOT/scripts/fetch-kernel" -d "$T/k" 7.3
want_status "fetch-kernel, tree is there: status 0" 0
check "fetch-kernel, tree is there: prints it" grep -qx "$T/k/linux-7.3" "$T/stdout"
try "$ROOT/scripts/fetch-kernel" -d "$T/k" 7.2
want_status "fetch-kernel, half a tree: status 3" 3
want_message "fetch-kernel, half a tree: says what to do" 'linux-7.2 .*remove it'
printf '#!/bin/bash\nexit 0\n' >"$bin/apt-get"
printf '#!/bin/bash\nexit 0\n' >"$bin/apt-cache"
chmod +x "$bin"/*
PATH=$bin:$PATH try "$ROOT/scripts/fetch-kernel" -d "$T/k" 6.12
want_status "fetch-kernel, no mirror: status 3" 3
want_message "fetch-kernel, no mirror: says so" 'mirror'
check "fetch-kernel leaves nothing behind" test "$(ls -A "$T/k")" = $'linux-7.2\nlinux-7.3'

# no name of a host, no path of a developer's machine in what we ship
# shellcheck disable=SC2016
check "no registry host and no private path is written down" bash -c '
	cd "$1" && ! git grep -nIE "(deb|security|ftp[.a-z]*)\.debian\.org|ports\.ubuntu|pypi\.org|/root/|/home/[a-z]" -- \
		. ":!COPYING" ":!tests/cmd/setup.sh"' - "$ROOT"

try env BUILD="$BUILD" "$ROOT/scripts/demo"
want_status "make demo's script: status 0" 0
check "demo: says how many were found" grep -qE '[0-9]+ mmap handlers found' "$T/stdout"
for what in 'Report: .*report\.md' 'Patches: .*/patches/' 'What to do next'; do
	check "demo: $what" grep -qE "$what" "$T/stdout"
done
try env BUILD="$BUILD" "$ROOT/scripts/demo" "$T/k"
want_status "demo on a folder that is no kernel tree: status 2 or 3" 2 3
