#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# --help, the man pages and the completion say the same; the pages are sound; what the completion offers.
# shellcheck disable=SC2016	# bash -c with arguments
# shellcheck source=tests/run-lib.sh
. "$(dirname "$0")/../run-lib.sh"

agree() { "$PYTHON" "$ROOT/tests/cmd/manual.py" "$MMAPCONV" "$1/main.c" "$1/man" "$1/mmapconv"; }
copy()
{
	mkdir "$1"
	cp -r "$ROOT/man" "$ROOT/completions/mmapconv" "$ROOT/analyzer/cmd/main.c" "$1"
}
lint() { ! mandoc -Tlint -W warning "$1"/man/*.1 2>&1 | grep .; }

copy "$T/right"
check "--help, man pages and completion agree" agree "$T/right"
check "man pages: mandoc has no warning" lint "$T/right"
check "man pages: groff has no warning" bash -c '! groff -ww -mandoc -Tutf8 -z "$1"/man/*.1 2>&1 | grep .' - "$ROOT"

# NAME FILE SED-SCRIPT MESSAGE: a copy that the script spoils is found out
spoil()
{
	local dir=$T/spoilt

	rm -rf "$dir"
	copy "$dir"
	sed -i -E "$3" "$dir/$2"
	if cmp -s "$dir/$2" "$T/right/$2"; then
		tap_fail "found: $1" "nothing was spoilt"
	elif agree "$dir" >"$T/said"; then
		tap_fail "found: $1" "nothing was said"
	else
		check "found: $1" grep -E -- "$4" "$T/said"
	fi
}
spoil "a command without a page" main.c 's/^(\t\{ )"scan"/\1"look"/' 'mmapconv-look.1, which main.c has'
spoil "a command that mmapconv.1 does not name" man/mmapconv.1 '/Xr mmapconv-prove 1/d' 'mmapconv.1: lacks mmapconv-prove'
spoil "an option that a page lacks" man/mmapconv-scan.1 '/^\.It Fl -no-pch/d' 'mmapconv-scan.1: lacks --no-pch'
spoil "an option that only a page has" man/mmapconv-scan.1 's/^\.It Fl -no-pch/.It Fl -no-such\n&/' 'mmapconv-scan.1: has --no-such'
spoil "an argument of another name" man/mmapconv-run.1 's/^(\.It Fl o Ar )OUT/\1DIR/' 'mmapconv-run.1: lacks -o=OUT'
spoil "another default" man/mmapconv-run.1 's/default: 60/default: 90/' '--parse-timeout: lacks .default: 60'
spoil "an exit status that is not told" man/mmapconv-audit.1 '/^\.It 1$/d' 'mmapconv-audit.1: EXIT STATUS: lacks 1'
spoil "an exit status that is none" man/mmapconv-scan.1 's/^\.It 2$/.It 1\nx\n&/' 'mmapconv-scan.1: EXIT STATUS: has 1'
spoil "a command that is not completed" mmapconv "s/^(_mmapconv_commands=.*) check/\1/" 'completion of commands: lacks check'
spoil "an option that is not completed" mmapconv 's/ --legacy / /' 'completion of audit: lacks --legacy'
spoil "an option that only the completion has" mmapconv 's/ --legacy / --legacy --no-such /' 'completion of audit: has --no-such'
rm -rf "$T/spoilt"
copy "$T/spoilt"
echo .Zz >>"$T/spoilt/man/mmapconv-run.1"
check "found: a macro that is none" bash -c '! { mandoc -Tlint -W warning "$1"; } >/dev/null 2>&1' - "$T/spoilt/man/mmapconv-run.1"

# What the line, up to its end, is completed with; $T is the folder that one is in.
completions()
{
	(cd "$T" && bash -c 'source "$1"; COMP_LINE=$2 COMP_POINT=${#2} COMP_WORDBREAKS=${3-$COMP_WORDBREAKS}
		_mmapconv; printf "%s\n" "${COMPREPLY[@]}"' - "$ROOT/completions/mmapconv" "$@") | sort | tr '\n' ' '
}
want_completions()		# LINE WORDS
{
	local got

	got=$(completions "$1")
	if [ "$got" = "$2 " ]; then
		tap_ok "completion: $1"
	else
		tap_fail "completion: $1" "wanted: $2" "got:    $got"
	fi
}
mkdir -p "$T/tree/drivers/a b" "$T/out" "$T/tree/fs"
touch "$T/tree/drivers/uio.c" "$T/tree/drivers/uio.h" "$T/tree/drivers/uio.o" "$T/tree/drivers/\$(touch x).c" "$T/x.patch"
cat >"$T/out/inventory.json" <<-'X'
	{ "handlers": [ {
	      "id": "drivers/uio.c:uio_mmap",
	      "id": "drivers/uio.c:uio_$(touch x)",
	      "id": "drivers/uio.c:uio_next_mmap"
	} ] }
X
want_completions "mmapconv re" "report"
want_completions "mmapconv s" "scan series"
want_completions "mmapconv scan --no-" "--no-cache --no-kbuild --no-pch"
want_completions "mmapconv series --s" "--signoff"
want_completions "mmapconv nothing --" ""
want_completions "mmapconv scan -C tr" "tree"
want_completions "mmapconv scan --tree=tr" "tree"
want_completions "mmapconv run -C tree -o o" "out"
want_completions "mmapconv check -C tree --diff x." "x.patch"
want_completions "mmapconv scan -j " ""
want_completions "mmapconv explain -C tree dr" "drivers/"
want_completions "mmapconv explain -C tree/ drivers/u" "drivers/uio.c drivers/uio.h"
want_completions "mmapconv convert -C tree -o out drivers/uio.c:uio_n" "uio_next_mmap"
want_completions "mmapconv convert -C tree -o out --json drivers/uio.c" \
	"drivers/uio.c drivers/uio.c:uio_mmap drivers/uio.c:uio_next_mmap"
want_completions "mmapconv series -C tree -o out --only drivers/uio.c:uio_m" "uio_mmap"
want_completions "mmapconv convert -C tree --out=out drivers/uio.c:uio_m" "uio_mmap"
want_completions "mmapconv version " ""
want_completions "mmapconv hand -C tree r" "refresh"
want_completions "mmapconv hand --base tr" "tree"
completions "mmapconv explain -C tree drivers/" >/dev/null
check "completion: names are not run" bash -c '! find "$1" -name x | grep .' - "$T"

# As readline has it: a real shell on a terminal, and the Tab key.
check "completion in an interactive bash" "$PYTHON" - "$ROOT/completions/mmapconv" "$T/tree" <<-'PY'
	import os, pty, select, sys, time
	pid, fd = pty.fork()
	if not pid:
	    os.environ.update(PS1="$ ", TERM="dumb", INPUTRC="/dev/null")
	    os.execvp("bash", ["bash", "--norc", "--noprofile", "-i"])
	def send(text, awaited):
	    os.write(fd, text.encode())
	    got, end = "", time.time() + 20
	    while awaited not in got and time.time() < end:
	        if select.select([fd], [], [], 0.2)[0]:
	            got += os.read(fd, 4096).decode(errors="replace")
	    if awaited not in got:
	        sys.exit(f"typed {text!r}, and {awaited!r} did not come: {got!r}")
	send("mmapconv() { echo given \"$@\" .; }; source '" + sys.argv[1] + "'; echo re''ady\n", "ready")
	send("mmapconv expl\t-C " + sys.argv[2] + " drivers/uio.c\t\n", "given explain -C " + sys.argv[2] + " drivers/uio.c .")
	send("mmapconv con\t--list\t\n", "given convert --list-rules .")
	os.write(fd, b"exit\n")
PY
