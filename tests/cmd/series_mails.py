# SPDX-License-Identifier: GPL-2.0-only
"""series_mails.py [--wide] OUT: are the mails of each posting fit to be sent?

--wide: texts were made hostile, lines may be longer than 75 columns.
"""
import email
import email.header
import email.policy
import glob
import json
import os
import re
import sys

import jsonschema

wide = sys.argv[1:2] == ["--wide"]
out = sys.argv[-1]
bad = []


def complain(path, *what):
    bad.append(f"{path}: " + " ".join(str(w) for w in what))


def people(message, header):
    value = message.get(header)
    return [] if value is None else [(a.display_name, f"{a.username}@{a.domain}") for a in value.addresses]


def listed(recipients):
    return [(r["name"] or "", r["address"]) for r in recipients]


def words(subject):
    return " ".join(subject.split())


def check_posting(folder, posting):
    version, nr = posting["version"], posting["nr_patches"]
    names = sorted(os.path.basename(p) for p in glob.glob(folder + "/*.patch"))
    want = (["0000-cover-letter.patch"] if nr > 1 else []) + [p["mail"] for p in posting["patches"]]
    if names != want:
        complain(folder, "files", names, "wanted", want)
        return
    if nr > 15:
        complain(folder, nr, "patches in a posting")
    v = f" v{version}" if version > 1 else ""
    width = len(str(nr))
    first = None
    for name in names:
        path = f"{folder}/{name}"
        with open(path, "rb") as f:
            data = f.read()
        message = email.message_from_bytes(data, policy=email.policy.default)
        number = int(name[:4])
        patch = posting["patches"][number - 1] if number else None
        subject = words(message["Subject"])
        tag = f"[PATCH{v}]" if nr == 1 else f"[PATCH{v} {number:0{width}}/{nr}]"
        if not subject.startswith(tag + " "):
            complain(path, "subject", subject, "wanted", tag)
        if patch and subject != words(f"{tag} {patch['subject']}"):
            complain(path, "subject", subject, "not that of the summary")
        record = patch or posting
        for header in ("To", "Cc"):
            if people(message, header) != listed(record[header.lower()]):
                complain(path, header, people(message, header), "wanted", listed(record[header.lower()]))
        if {a for _, a in people(message, "To")} & {a for _, a in people(message, "Cc")}:
            complain(path, "somebody is To: and Cc:")
        for header in message.keys():
            if header not in ("From", "Date", "Subject", "To", "Cc", "Message-ID", "In-Reply-To", "References",
                              "MIME-Version", "Content-Type", "Content-Transfer-Encoding"):
                complain(path, "unknown header", header)
            if len(message.get_all(header)) > 1:
                complain(path, header, "is there twice")
        if not re.fullmatch(r"<[\w.@-]+>", message["Message-ID"]):
            complain(path, "Message-ID", message["Message-ID"])
        if first is None:
            first = message["Message-ID"]
            if message["In-Reply-To"] or message["References"]:
                complain(path, "the first mail answers another one")
            body = data.decode()
            if f"\nchange-id: {posting['change_id']}\n" not in body:
                complain(path, "no change-id")
            if posting["base_commit"] and f"\nbase-commit: {posting['base_commit']}\n" not in body:
                complain(path, "no base-commit")
        elif message["In-Reply-To"] != first or message["References"] != first:
            complain(path, "does not answer the first mail")
        if re.search(rb"^Signed-off-by:", data, re.M):
            complain(path, "is signed off")
        text = data.decode(errors="replace")
        head, _, body = text.partition("\n\n")
        # Message-IDs cannot be folded
        if any(len(line) > 78 and not re.match("Message-ID|In-Reply-To|References", line)
               for line in head.split("\n")) and not wide:
            complain(path, "a header of more than 78 columns")
        if not data.isascii() and not message["Content-Type"]:
            complain(path, "not ASCII and no Content-Type")
        if re.search(r"[^\x00-\x7f]", head):
            complain(path, "a header that is not ASCII")
        if patch:
            if body.count("\n---\n") != 1:
                complain(path, body.count("\n---\n"), "cuts")
            message_text = body.partition("\n---\n")[0]
        else:
            message_text = body.partition("\nRange-diff against ")[0]
            for h in [h for p in posting["patches"] for h in p["handlers"]]:
                if h.rpartition(":")[2] + "()" not in message_text:
                    complain(path, "the table lacks", h)
        for line in message_text.split("\n"):
            if len(line) > 75 and " " in line.strip() and not wide and "/lore." not in line:
                complain(path, len(line), "columns:", line)
    ids = [p["message_id"] for p in posting["patches"]] + ([posting["message_id"]] if nr > 1 else [])
    if len(set(ids)) != len(ids):
        complain(folder, "a Message-ID is there twice")


summary = json.load(open(f"{out}/series/series.json"))
schema = json.load(open(os.path.dirname(os.path.abspath(__file__)) + "/../../conversions/series/series.schema.json"))
for error in jsonschema.Draft7Validator(schema).iter_errors(summary):
    complain("series.json", "/".join(map(str, error.absolute_path)), error.message)
if not summary["batches"]:
    complain(out, "no postings")
for posting in summary["batches"]:
    folder = f"{out}/series/{posting['batch']}/v{posting['version']}"
    if json.load(open(f"{folder}/series.json")) != posting:
        complain(folder, "series.json is not what OUT/series/series.json says")
    check_posting(folder, posting)
print("\n".join(bad))
sys.exit(bool(bad))
