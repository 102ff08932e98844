# SPDX-License-Identifier: GPL-2.0-only
"""What does not agree between --help, the man pages and the completion; one line each, status 1 if there are any.

	manual.py MMAPCONV MAIN.C MAN-FOLDER COMPLETION
"""
import re
import subprocess
import sys
from pathlib import Path

EVERYWHERE = {"0", "1", "2", "3"}       # exit statuses


def output(*argv):
    """What it prints; nothing where it fails, which is a mismatch with all that is awaited."""
    return subprocess.run(argv, check=False, capture_output=True, text=True, timeout=60).stdout


def help_of(program, command):
    """Options {"--out": "=OUT", "-o": …}, their texts, and the exit statuses."""
    options, texts, last = {}, {}, None
    body, _, after = output(program, command, "--help").partition("Exit status:")
    for line in body.splitlines():
        m = re.match(r" {2,6}(?:(-\w), )?(--[\w-]+)(=\w+)?(?: +(.*))?$", line)
        if m:
            last = m[2]
            options[last] = m[3] or ""
            if m[1]:
                options[m[1]] = m[3] or ""
            texts[last] = m[4] or ""
        elif last and line.startswith(" " * 20):
            texts[last] += " " + line.strip()
    return options, texts, set(re.findall(r"(?:^|; ) ?(\d) ", " ".join(after.split())))


def page_of(path):
    """The same of a page, and all that it refers to."""
    options, texts, statuses, refers, section, last = {}, {}, set(), set(), None, []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith(".Sh "):
            section, last = line[4:], []
        elif line.startswith(".It Fl ") and section == "OPTIONS":
            last = []
            for one in line[4:].split(" , "):
                m = re.fullmatch(r"Fl (\S+)(?: (?:Ns = Ns )?Ar (\w+))?", one)
                if not m:
                    print(f"{path.name}: cannot read: {line}")
                    continue
                last.append("-" + m[1])
                options["-" + m[1]] = "=" + m[2] if m[2] else ""
            for name in last:
                texts[name] = ""
        elif m := re.fullmatch(r"\.It (\d+)", line):
            if section == "EXIT STATUS":
                statuses.add(m[1])
        elif m := re.match(r"\.(?:It )?Xr (mmapconv\S*) 1", line):
            refers.add(m[1])
        for name in last:
            texts[name] += " " + line
    return options, texts, statuses, refers


def completed(completion, line):
    """What readline would be offered at the end of the line."""
    script = ('source "$1"; COMP_LINE=$2 COMP_POINT=${#2}; read -ra COMP_WORDS <<<"$2"; '
              'COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _mmapconv; printf "%s\\n" "${COMPREPLY[@]}"')
    return set(output("bash", "-c", script, "-", str(completion), line).split())


def compare(where, have, want, what="--help"):
    for name in sorted(want - have):
        yield f"{where}: lacks {name}, which {what} has"
    for name in sorted(have - want):
        yield f"{where}: has {name}, which {what} has not"


def check_command(program, command, man, completion):
    options, texts, statuses = help_of(program, command)
    where = f"mmapconv-{command}.1"
    yield from compare(f"completion of {command}", completed(completion, f"mmapconv {command} -"), set(options))
    if not statuses:
        yield f"{command} --help: tells no exit status"
    if not (man / where).exists():
        yield f"{where}: is not there"
        return
    on_page, said, page_statuses, refers = page_of(man / where)
    yield from compare(where, {n + a for n, a in on_page.items()}, {n + a for n, a in options.items()})
    yield from compare(f"{where}: EXIT STATUS", page_statuses, statuses)
    if "mmapconv" not in refers:
        yield f"{where}: does not refer to mmapconv(1)"
    for name, text in texts.items():
        default = re.search(r"\(default: ([^)]+)\)", text)
        if default and default[0] not in " ".join(said.get(name, "").split()):
            yield f"{where}: {name}: lacks {default[0]}"


def check(program, main_c, man, completion):
    table = set(re.findall(r'^\t\{ "(\w+)", "', main_c.read_text(encoding="utf-8"), re.M))
    listed = set(re.findall(r"^  (\w+) +\S", output(program, "help"), re.M))
    if not table:
        yield f"{main_c}: no table of commands"
    yield from compare("mmapconv help", listed, table, "main.c")
    yield from compare("completion of commands", completed(completion, "mmapconv "),
                       table | {"help", "-h", "--help", "--version"}, "main.c")
    yield from compare("man/", {p.name for p in man.glob("*")},
                       {f"mmapconv-{c}.1" for c in table} | {"mmapconv.1"}, "main.c")
    if (man / "mmapconv.1").exists():
        _, _, statuses, refers = page_of(man / "mmapconv.1")
        yield from compare("mmapconv.1", refers, {f"mmapconv-{c}" for c in table}, "main.c")
        yield from compare("mmapconv.1: EXIT STATUS", statuses, EVERYWHERE, "the program")
    for command in sorted(table):
        yield from check_command(program, command, man, completion)


mismatches = list(check(sys.argv[1], *map(Path, sys.argv[2:])))
print("\n".join(mismatches))
sys.exit(1 if mismatches else 0)
