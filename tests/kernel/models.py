#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Does each row of the model table name a function, and a file where the tree has it?

    models.py analyzer/contract/models.c TREE...

A row's pattern may hold one '*'.  Its `mirrors` is a file or a folder of the tree, "arch: FILE" or
"arch" for what every architecture has its own of, or "compiler".  Functions come and go between
releases: one of the trees has to have it, there or in another file of the same folder.  Prints one
line a bad row, and ends with 1 if there was one.
"""
import os
import re
import sys

ROW = re.compile(r'\b[A-Z][A-Z_0-9]*\("([^"]+)"((?:[^()"]|"[^"]*")*)\)'
                 r'|\{ \.name = "([^"]+)"(.*?)\}', re.S)
# Of releases that the tests have no tree of, and the release.
ELSEWHERE = {"vma_desc_test_flags": "7.0", "mmap_action_map_discontig_kernel_pages*": "after 7.3"}
WHERE = {"FLAGS": "include/linux/mm.h", "DEFERRED": "include/linux/mm.h"}


def rows(path):
    with open(path, encoding="utf-8") as f:
        text = f.read()
    body = text[text.index("models[] = {"):text.index("\n};")]
    for m in ROW.finditer(body):
        name = m.group(1) or m.group(3)
        rest = m.group(2) if m.group(1) else m.group(4)
        strings = re.findall(r'"([^"]*)"', rest)
        macro = re.match(r"\w+", m.group(0))
        yield name, strings[-1] if strings else WHERE[macro.group(0)]


def sources(tree, where):
    """The files that `where` stands for."""
    if where.startswith("arch"):
        name = where.split(": ", 1)[1] if ": " in where else None
        top = os.path.join(tree, "arch" if ":" in where or where == "arch" else where)
        for folder in (top, os.path.join(tree, "include/asm-generic")):
            for base, _, files in os.walk(folder):
                for f in files:
                    full = os.path.join(base, f)
                    if f.endswith((".h", ".c", ".S")) and (not name or "asm/" not in name or "/asm" in full or
                                                           "asm-generic" in full):
                        yield full
        return
    full = os.path.join(tree, where)
    if os.path.isfile(full):
        yield full
        full = os.path.dirname(full)
    for base, _, files in os.walk(full):
        for f in files:
            if f.endswith((".h", ".c")):
                yield os.path.join(base, f)


def has(tree, where, word, cache):
    """Is it there?"""
    if not where.startswith("arch") and not os.path.exists(os.path.join(tree, where)):
        return False
    for full in cache.setdefault((tree, where), list(sources(tree, where))):
        with open(full, "rb") as f:
            if word.search(f.read()):
                return True
    return False


def main():
    table, trees = sys.argv[1], sys.argv[2:]
    cache, bad, nr = {}, 0, 0
    for name, where in rows(table):
        nr += 1
        if where == "compiler" or name in ELSEWHERE:
            continue
        # Names that a macro puts together stand as class_##_name##_ctx.
        word = re.compile(rb"\b" + re.escape(name.encode()).replace(rb"\*", rb"[\w#]*") + rb"\b")
        if "." in name:		# what a table has in a field
            table, field = (re.escape(part.encode()) for part in name.split("."))
            word = re.compile(rb"\b" + table + rb"\s*=\s*\{[^}]*\." + field + rb"\s*=")
        if not any(has(tree, where, word, cache) for tree in trees):
            print(f"# {name}: not in {where}")
            bad += 1
    print(f"# {nr} rows, {bad} bad")
    return bad > 0 or nr < 200


if __name__ == "__main__":
    sys.exit(main())
