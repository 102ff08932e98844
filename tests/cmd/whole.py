# SPDX-License-Identifier: GPL-2.0-only
"""whole.py OUT: is every result file under OUT whole?  Scratch (OUT/work) is not a result."""
import hashlib
import json
import os
import re
import sys

SIGNATURE = re.compile(rb"\n-- \n[^\n]+\n\n?\Z")
out = sys.argv[1]
bad = []
for folder, names, files in os.walk(out):
    if folder == out and "work" in names:
        names.remove("work")
    for name in files:
        path = os.path.join(folder, name)
        if name.startswith(".") or ".tmp" in name or name.endswith("~"):
            bad.append(f"{path}: a temporary file was left")
            continue
        with open(path, "rb") as f:
            data = f.read()
        if name.endswith(".bundle"):
            # git's own sum of the pack ends it
            pack = data[data.index(b"\n\nPACK") + 2:] if b"\n\nPACK" in data else b""
            if not data.startswith(b"# v") or hashlib.sha1(pack[:-20]).digest() != pack[-20:]:
                bad.append(f"{path}: not a whole bundle")
        elif not data.endswith(b"\n"):
            bad.append(f"{path}: does not end with a newline, {len(data)} bytes")
        if name.endswith(".html") and not data.endswith(b"</html>\n"):
            bad.append(f"{path}: not a whole page")
        if name.endswith(".json"):
            try:
                json.loads(data)
            except ValueError as e:
                bad.append(f"{path}: {e}")
        # git ends a mail with a signature: what is cut short anywhere has none
        if name.endswith(".patch") and not (data.startswith(b"From ") and SIGNATURE.search(data)):
            bad.append(f"{path}: not a whole mail")
print("\n".join(bad))
sys.exit(bool(bad))
