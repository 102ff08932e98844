#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# SIGINT and SIGTERM in the middle: no half-written file, no child left, and a repeat works.
# shellcheck source=tests/run-lib.sh
. "$(dirname "$0")/../run-lib.sh"

small_sample "$T/small"
SAMPLE=$T/small

try "$MMAPCONV" run -q -C "$SAMPLE" -o "$T/whole"
want_status "an undisturbed run" 1

# Milliseconds that an undisturbed run takes: the signals are spread over it.  Without the cache, so that there are
# workers and spatch to be hit.
begin=$(date +%s%3N)
try "$MMAPCONV" run -q --no-cache -C "$SAMPLE" -o "$T/timed"
took=$(($(date +%s%3N) - begin))

# Processes that still work for us: their command line or folder names our scratch folder.
left_over()
{
	local p
	for p in /proc/[0-9]*; do
		[ "$p" = "/proc/$$" ] && continue
		if tr '\0' ' ' <"$p/cmdline" 2>/dev/null | grep -qF -- "$T/out" ||
		   [[ $(readlink "$p/cwd" 2>/dev/null) = "$T/out"* ]]; then
			tr '\0' ' ' <"$p/cmdline"; echo
		fi
	done
}

hit=0
for percent in 3 15 30 45 60 75 90; do
	signal=INT
	[ "$percent" != 45 ] || signal=TERM
	rm -rf "$T/out"
	# a shell starts background jobs with SIGINT ignored; env puts it back
	env --default-signal=INT "$MMAPCONV" run --no-cache -C "$SAMPLE" -o "$T/out" >"$T/stdout" 2>"$T/stderr" </dev/null &
	pid=$!
	sleep "$(printf '%d.%03d' $((took * percent / 100000)) $((took * percent / 100 % 1000)))"
	kill "-$signal" "$pid" 2>/dev/null || true
	begin=$(date +%s%3N)
	status=0
	wait "$pid" || status=$?
	stopped=$(($(date +%s%3N) - begin))
	[ "$status" -ne 1 ] || continue		# it was done before the signal came
	hit=$((hit + 1))
	last_command="SIG$signal at $percent % of $took ms"
	want_status "SIG$signal at $percent %: status says so" 3 130 143
	if [ "$stopped" -lt 5000 ]; then
		tap_ok "SIG$signal at $percent %: ends soon"
	else
		tap_fail "SIG$signal at $percent %: ends soon" "took $stopped ms"
	fi
	sleep 0.3
	left=$(left_over)
	if [ -z "$left" ]; then
		tap_ok "SIG$signal at $percent %: no child is left"
	else
		tap_fail "SIG$signal at $percent %: no child is left" "$left"
	fi
	[ ! -d "$T/out" ] || want_whole "SIG$signal at $percent %: nothing half-written" "$T/out"
	try "$MMAPCONV" run -q -C "$SAMPLE" -o "$T/out"
	want_status "SIG$signal at $percent %: a repeat works" 1
	check "SIG$signal at $percent %: a repeat gives the whole result" diff -r -x work "$T/whole" "$T/out"
done
if [ "$hit" -ge 3 ]; then
	tap_ok "signals hit a run that was going on"
else
	tap_fail "signals hit a run that was going on" "only $hit of 7 came before the end ($took ms)"
fi
