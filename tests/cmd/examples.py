# SPDX-License-Identifier: GPL-2.0-only
"""What the pages show of a run is what a run prints: a result a line.

	examples.py pages MMAPCONV MAN-FOLDER SAMPLE-TREE OUT PRINTED SCRATCH
	examples.py text FILE WORDS PRINTED OUT

pages: every command of EXAMPLES that has output below it, run in a folder where the sample tree is tests/sample-tree and
OUT is a copy of OUT, of a run whose standard output is in the file PRINTED: `run` itself is not repeated.  `cat FILE`
makes the file as the page shows it.
text: the block below the line of FILE that holds WORDS is a choice of the lines in PRINTED.

A line of "..." stands for any lines, one that ends in " ..." for all that begin so."""
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path


def mismatch(shown, printed):
    """None, or what is not printed as it is shown."""
    at, anywhere = 0, False
    for line in shown:
        line = line.replace("…", "...")
        if line.strip() == "...":
            anywhere = True
            continue
        if line.endswith("..."):
            start = line[:-3].rstrip()
            hits = [i for i, has in enumerate(printed[at:], at) if has.startswith(start)]
        else:
            hits = [i for i, has in enumerate(printed[at:], at) if has == line]
        if not hits or not anywhere and hits[0] != at:
            return f"shown: {line}", f"printed: {printed[at] if at < len(printed) else '(the end)'}"
        at, anywhere = hits[0] + 1, False
    return None if anywhere or at == len(printed) else ("shown: (the end)", f"printed: {printed[at]}")


def lines_of(printed, out):
    """OUT was a folder of another name."""
    return Path(printed).read_text(encoding="utf-8").replace(out, "OUT").splitlines()


def result(name, why):
    print(("not ok " if why else "ok ") + name)
    for line in why or ():
        print("#", line)


def examples(page):
    """(command, the lines below it) of each command."""
    text = page.read_text(encoding="utf-8").partition("\n.Sh EXAMPLES\n")[2].partition("\n.Sh ")[0]
    for block in re.findall(r"^\.Bd -literal\n(.*?)^\.Ed$", text, re.M | re.S):
        block = block.replace(r"\&", "").replace(r"\-", "-").replace(r"\e", "\\")
        block = re.sub(r"^(\$ .*)\\\n\s*", r"\1", block, flags=re.M)
        for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
            command, _, shown = part.partition("\n")
            yield command, shown.rstrip("\n").split("\n") if shown.strip() else []


def options_of(program, command):
    """The options in a command that is only named: are there any that the program has not?"""
    words = shlex.split(command)
    if words[0] != "mmapconv":
        return None
    got = subprocess.run([program, words[1], "--help"], check=False, capture_output=True, text=True, timeout=60)
    bad = [w for w in words[2:] if w.startswith("-") and not re.search(rf"(?<![\w-]){re.escape(w)}\b", got.stdout)]
    return [f"{words[1]} --help does not have {w}" for w in bad] if bad or got.returncode else None


def run(program, command, shown, folder, printed):
    words = shlex.split(command)
    if words[0] == "cat":
        (folder / words[1]).write_text("\n".join(shown) + "\n", encoding="utf-8")
        return None
    if words[:2] == ["mmapconv", "run"]:
        return mismatch(shown, printed)
    if words[0] == "mmapconv":
        words[0] = program
    elif words[0] != "ls":
        return [f"{words[0]} is not known here"]
    got = subprocess.run(words, check=False, capture_output=True, text=True, timeout=300, cwd=folder)
    if got.returncode not in (0, 1):
        return got.stderr.splitlines()[:20]
    lines = got.stdout.splitlines()
    if words[1:] == ["version"]:        # of the libraries that are here
        shown, lines = ([re.sub(r"\d[\w.]*$", "N", line) for line in text] for text in (shown, lines))
    return mismatch(shown, lines)


def pages(program, man, tree, out, printed, scratch):
    printed, compared = lines_of(printed, out), 0
    for page in sorted(Path(man).glob("*.1")):
        folder = Path(scratch) / page.stem
        (folder / "tests").mkdir(parents=True)
        (folder / "tests" / "sample-tree").symlink_to(os.path.abspath(tree))
        (folder / "tests" / "shelf").symlink_to(os.path.join(os.path.dirname(os.path.abspath(tree)), "shelf"))
        of_page = list(examples(page))
        if any("OUT" in command and "mmapconv convert" not in command for command, shown in of_page if shown):
            shutil.copytree(out, folder / "OUT", ignore=shutil.ignore_patterns("work"))
        for command, shown in of_page:
            why = run(program, command, shown, folder, printed) if shown else options_of(program, command)
            compared += bool(shown)
            result(f"{page.name}: {command}", why)
        if not of_page:
            result(f"{page.name}: has examples", ["it has none"])
    result("examples are compared", compared < 10 and [f"only {compared} of them"])


def text_block(path, words, printed, out):
    lines = Path(path).read_text(encoding="utf-8").split("\n")
    start = next((i for i, line in enumerate(lines) if words in line), None)
    if start is None:
        return result(f"{path}: {words}", ["no such line"])
    while start < len(lines) and not lines[start].startswith("    "):
        start += 1
    block = []
    while start < len(lines) and (lines[start].startswith("    ") or not lines[start]):
        block += ["...", lines[start][4:]] if lines[start] else []
        start += 1
    return result(f"{os.path.basename(path)}: {words} …", mismatch(block + ["..."], lines_of(printed, out)))


{"pages": pages, "text": text_block}[sys.argv[1]](*sys.argv[2:])
