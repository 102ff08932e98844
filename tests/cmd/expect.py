# SPDX-License-Identifier: GPL-2.0-only
"""Compare the sample tree's expectations with an inventory.

    expect.py [--update] TREE INVENTORY

A source file says above each handler what is to come out of it:

    // expect: class=remap verdict=auto patterns=remap state= outcome=converted
    static int x_mmap(struct file *file, struct vm_area_struct *vma)

The handler is the next function in the file, or handler=NAME.  Lists are compared as sets; `state`
only as empty or not, because its words are sentences.  Every handler of the inventory must be
expected, and every expectation must have its handler.  --update rewrites the lines in place.

A struct whose members take a vma says what becomes of each of them:

    // expect-field: x_ops.mmap role=tier-2 handlers=2 reached_from=1
"""
import json
import os
import re
import sys

EXPECT = re.compile(rb"^(\s*// expect: )(.*?)\s*$")
EXPECT_FIELD = re.compile(r"^\s*// expect-field: (\S+) (.*?)\s*$", re.M)
NAME = re.compile(rb"\b([A-Za-z_]\w*)\s*\(")
# Of the instances: the fields that they stand in, and how they are written.
INSTANCES = {"instances": "interface", "how": "how"}
LISTS = ("patterns", "state", "flags_set", "flags_cleared", "needs", "reached_from", *INSTANCES)
KEYS = {"class", "verdict", "outcome", "parse", "arch", "vm_ops", "tier", "interface", "handler", *LISTS}


def function_after(lines, start):
    """The name of the first function whose definition begins after lines[start]."""
    for line in lines[start + 1:start + 12]:
        if line.lstrip().startswith((b"//", b"/*", b"*", b"#")):
            continue
        for m in NAME.finditer(line):
            if m.group(1) not in (b"__attribute__", b"__acquires", b"__releases"):
                return m.group(1).decode()
    return None


def expectations(tree):
    for folder, dirs, files in os.walk(tree):
        dirs.sort()
        for name in sorted(files):
            path = os.path.join(folder, name)
            if not name.endswith((".c", ".h", ".rs")) or os.path.islink(path):
                continue
            with open(path, "rb") as f:
                lines = f.read().split(b"\n")
            for i, line in enumerate(lines):
                m = EXPECT.match(line)
                if m:
                    want = dict(word.partition("=")[::2] for word in m.group(2).decode().split())
                    function = want.get("handler") or function_after(lines, i)
                    yield path, os.path.relpath(path, tree), i, function, want


def actual(handler, key):
    if key in INSTANCES:
        return sorted({i[INSTANCES[key]] for i in handler["instances"]})
    value = handler.get(key)
    if key in LISTS:
        return sorted(v if isinstance(v, str) else json.dumps(v) for v in value or [])
    return "" if value is None else str(value)


def differs(handler, key, want):
    have = actual(handler, key)
    if key == "state":
        return bool(have) != bool(want)
    if key in LISTS:
        return have != sorted(w for w in want.split(",") if w)
    return have != want


def spelled(handler, key, old):
    if not differs(handler, key, old):
        return old
    have = actual(handler, key)
    if key == "state":
        return "yes" if have else ""
    return ",".join(have) if key in LISTS else have


def update(path, index, handler, want):
    with open(path, "rb") as f:
        lines = f.read().split(b"\n")
    text = " ".join(f"{k}={v if k == 'handler' else spelled(handler, k, v)}" for k, v in want.items())
    lines[index] = EXPECT.match(lines[index]).group(1) + text.encode()
    with open(path, "wb") as f:
        f.write(b"\n".join(lines))


def check_fields(tree, fields):
    """Print a line for each field; returns how many are not as expected."""
    want = {}
    for folder, _, files in os.walk(tree):
        for name in files:
            if name.endswith((".c", ".h")):
                with open(os.path.join(folder, name), encoding="utf-8", errors="replace") as f:
                    want.update(EXPECT_FIELD.findall(f.read()))
    failed = 0
    for name in sorted(set(want) | set(fields)):
        pairs = [word.partition("=")[::2] for word in want.get(name, "").split()]
        problems = [f"{k}: expected {v!r}, got {str(fields.get(name, {}).get(k))!r}"
                    for k, v in pairs if str(fields.get(name, {}).get(k)) != v]
        if name not in want or name not in fields:
            problems = ["no such field is expected" if name in fields else "the inventory has no such field"]
        failed += bool(problems)
        print(f"{'not ok' if problems else 'ok'} expect field {name}")
        for p in problems:
            print(f"# {p}")
    return failed


def main(args):
    rewrite = args[:1] == ["--update"]
    tree, inventory = args[1:] if rewrite else args
    with open(inventory, encoding="utf-8") as f:
        whole = json.load(f)
    handlers = {h["id"]: h for h in whole["handlers"]}
    seen = set()
    failed = check_fields(tree, {f["name"]: f for f in whole["fields"]})
    for path, rel, index, function, want in expectations(tree):
        ident = f"{rel}:{function}"
        problems = [f"unknown key {k}" for k in want if k not in KEYS]
        handler = handlers.get(ident)
        if ident in seen:
            problems.append("expected twice")
        seen.add(ident)
        if handler is None:
            problems.append("the inventory has no such handler")
        elif not problems:
            problems += [f"{k}: expected {v!r}, got {actual(handler, k)!r}"
                         for k, v in want.items() if k != "handler" and differs(handler, k, v)]
            if problems:
                problems += [f"reason {r['code']} line {r['line']}: {r['text']}"
                             for r in handler.get("reasons", [])]
                message = (handler.get("conversion") or {}).get("message")
                problems += [f"conversion: {message}"] if message else []
                if rewrite:
                    update(path, index, handler, want)
                    print(f"updated {ident}")
                    continue
        failed += bool(problems)
        print(f"{'not ok' if problems else 'ok'} expect {ident}")
        for p in problems:
            print(f"# {rel}:{index + 1}: {p}")
    for ident in sorted(set(handlers) - seen):
        failed += 1
        print(f"not ok expect {ident}\n# in the inventory, but the sample tree expects no such handler")
    if not seen:
        failed += 1
        print("not ok expect\n# the tree carries no expectation")
    return bool(failed)


sys.exit(main(sys.argv[1:]))
