#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The probe of the boot stage as a normal program: its tables, its log, and what it does to subjects that hang or die.
# shellcheck source=tests/run-lib.sh disable=SC2016	# $1 is the inner shell's
. "$(dirname "$0")/../run-lib.sh"

PROBE=$BUILD/probe

try "$PROBE" --list
want_status "--list: status 0" 0
cp "$T/stdout" "$T/list"
check "--list and boot/subjects/*.json name the same subjects, each once" "$PYTHON" - "$T/list" "$ROOT"/boot/subjects/*.json <<'PY'
import json, re, sys
listed, told, bad = open(sys.argv[1]).read().split(), [], []
for path in sys.argv[2:]:
    for s in json.load(open(path)):
        told.append(s["subject"])
        unknown = set(s) - {"subject", "config", "qemu", "append", "images"}
        bad += [f"{path}: {s['subject']}: {key}: not a key" for key in unknown]
        if not re.fullmatch("[a-z0-9-]+", s["subject"]):
            bad.append(f"{path}: {s['subject']}: not a name")
bad += [f"{n}: in no JSON file" for n in listed if n not in told]
bad += [f"{n}: not in the probe" for n in told if n not in listed]
bad += [f"{n}: twice" for n in listed + told if listed.count(n) > 1 or told.count(n) > 1]
print("\n".join(bad))
sys.exit(bool(bad) or not listed)
PY

try "$PROBE" --only memfd,none
want_status "--only with a name that is none: status 2" 2
want_message "--only with a name that is none: says so" 'no subject is called none'
try "$PROBE" word
want_status "a word that is no option: status 2" 2

# What a memfd answers is every kernel's.
try "$PROBE" --only memfd --log "$T/log"
want_status "memfd: status 0" 0
cat >"$T/read.py" <<'PY'
import json, sys
lines = [json.loads(line) for line in open(sys.argv[1])]
assert lines[0]["probe"] == 1 and lines[0]["kernel"], lines[0]
requests = [l for l in lines if "request" in l]
assert lines[-1] == {"end": len(requests)}, lines[-1]
names = [(l["subject"], l["request"]) for l in requests]
assert len(names) == len(set(names)), "a request's name is there twice"
for l in lines:
    for key, value in l.get("result", {}).items():
        assert isinstance(value, (int, str)), (l, key)
results = {l["request"]: l["result"] for l in requests}
states = {(l["subject"], l["state"]): l for l in lines if "state" in l}
PY
check "memfd: the log, and what it says" "$PYTHON" - "$T/read.py" "$T/log" <<'PY'
import sys
sys.argv = sys.argv[1:]
exec(open(sys.argv[0]).read())
assert ("memfd", "ready") in states and ("memfd", "done") in states, states
assert len(results) > 80, len(results)
def want(request, **values):
    got = {key: results[request].get(key.replace("_", " ")) for key in values}
    assert got == values, (request, got, values)
want("shared rw all", mmap="ok", perms="rw-s", pgoff="0", pages="5", vmas=1, read_last="ok", write_last="ok")
want("shared rw a page more", mmap="ok", pages="6", read_first="ok", read_last="SIGBUS")
want("private r last page", mmap="ok", perms="r--p", pages="1", munmap="ok")
want("shared none all", perms="---s")
want("shared rw all then munmap middle", munmap="ok", vmas=2, pages="2|2", pgoff="0|3")
want("shared rw all then mremap shrink", mremap="ok", pages="2", read_behind="SIGSEGV")
want("shared rw all then adjacent", one="ok", two="ok", vmas=1, pages="5", rest_pgoff="2")
want("shared rw all then anonymous over the middle", over="ok", vmas=3, perms="rw-s|rw-p|rw-s")
want("shared rw all then mprotect r", mprotect="ok", perms="r--s")
want("private rw all then fork", child_vmas=1, child_write_first="ok", parent_read_first="ok")
want("shared rw all then close", close="ok", read_first="ok", munmap="ok")
want("sealed against writing", **{"seal while mapped": "EBUSY", "seal": "ok", "shared rw": "EPERM", "private rw": "ok"})
contents = {results[f"{mode} all"]["content"] for mode in ("shared r", "shared rw", "private r", "private rw")}
assert len(contents) == 1 and results["shared r first page"]["content"] not in contents, contents
PY
try "$PROBE" --only memfd --log "$T/again"
# The first line names the kernel; numbers of the whole system are other processes' here, too.
check "memfd: twice the same" diff <(grep '"request"' "$T/log") <(grep '"request"' "$T/again")

# Subjects that hang and die, in place of its own
mapfile -t core < <(find "$BUILD/obj/static/boot/probe" -maxdepth 1 -name '*.o' ! -name families.o)
check "a probe with odd subjects" gcc -static -std=gnu11 -D_GNU_SOURCE -Wall -Wextra -Werror -o "$T/odd" \
	"$ROOT/tests/boot/odd-subjects.c" "${core[@]}"
try "$T/odd" --log "$T/odd.log"
want_status "odd subjects: status 0" 0
check "odd subjects: hung ones are killed, what they had said is kept" "$PYTHON" - "$T/read.py" "$T/odd.log" <<'PY'
import sys
sys.argv = sys.argv[1:]
exec(open(sys.argv[0]).read())
assert states["absent", "absent"]["why"] == "no device here", states
assert states["closed", "absent"]["why"] == "not allowed", states
assert states["dies", "died"]["why"] == "KILL", states
assert ("odd", "done") in states
assert results["hangs"] == {"before": 1, "killed": "after 1 s"}, results["hangs"]
assert results["hangs with a child"]["killed"] == "after 1 s"
assert results["crashes"] == {"said": '"quoted" \\ \x01 \xff', "died": "SIGSEGV"}, results["crashes"]
assert results["talks"]["truncated"] == 1 and results["talks"]["word#3"] == "2"
assert results["errors"] == {"usual": "EINVAL", "internal": "ENOTSUPP", "unknown": "E3000", "none": "ok"}
PY
check "a PFN in place of an offset is a word, and its pieces are distances" "$PYTHON" - "$T/read.py" "$T/odd.log" <<'PY'
import sys
sys.argv = sys.argv[1:]
exec(open(sys.argv[0]).read())
got = {key: value for key, value in results["pfns"].items() if key.endswith("pgoff")}
assert got == {"private pgoff": "pfn", "pieces pgoff": "pfn|pfn+1", "as asked pgoff": "0", "shared pgoff": "1",
	       "read-only pgoff": "1", "no PFNs pgoff": "1"}, got
PY
check "odd subjects: no process of theirs is left" bash -c '! pgrep -f "^$1( |\$)"' - "$T/odd"
