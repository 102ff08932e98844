# SPDX-License-Identifier: GPL-2.0-only
"""SARIF 2.1.0 as a JSON Schema, of what Debian has of it.

No Debian package holds the standard's schema itself.  golang-github-haya14busa-go-sarif-dev (18 KB) holds the Go types
that quicktype made from it: each object's members, their types, which of them must be there, and the words of each
enumeration.  That is turned back into a schema here.  What a Go type cannot say is added below; the whole schema, with
the standard's advice, is checked by `make check-sarif`, with a validator that Debian lacks."""
import re

import jsonschema

TYPES = "/usr/share/gocode/src/github.com/haya14busa/go-sarif/sarif/sarif.go"
PLAIN = {"string": {"type": "string"}, "bool": {"type": "boolean"}, "int64": {"type": "integer"},
         "float64": {"type": "number"}}
MEMBER = re.compile(r'^\t(\w+)\s+(\S+)\s+`json:"([^",]+)(,omitempty)?"`')
# Of the standard's text (3.30.5 to 3.30.8): lines and columns count from 1.
FROM_ONE = {"startLine", "endLine", "startColumn", "endColumn"}


def of_type(go):
    if go.startswith("*"):
        return of_type(go[1:])
    if go.startswith("[]"):
        return {"type": "array", "items": of_type(go[2:])}
    if go.startswith("map[string]"):
        return {"type": "object", "additionalProperties": of_type(go[len("map[string]"):])}
    return PLAIN.get(go) or {"$ref": f"#/definitions/{go}"}


def an_object(body):
    members, required = {}, []
    for line in body.split("\n"):
        if m := MEMBER.match(line):
            members[m[3]] = dict(of_type(m[2]), minimum=1) if m[3] in FROM_ONE else of_type(m[2])
            if not m[4]:
                required.append(m[3])
    return {"type": "object", "properties": members, "required": required, "additionalProperties": False}


def validator(path=TYPES):
    with open(path, encoding="utf-8") as f:
        text = f.read()
    definitions = {name: an_object(body) for name, body in re.findall(r"^type (\w+) struct \{\n(.*?)^\}", text, re.M | re.S)}
    for name in re.findall(r"^type (\w+) string$", text, re.M):
        definitions[name] = {"enum": re.findall(rf'^\t\w+ {name} = "([^"]*)"$', text, re.M)}
    # a bag for whatever a tool wants to say
    definitions["PropertyBag"]["additionalProperties"] = True
    schema = {"$ref": "#/definitions/Sarif", "definitions": definitions}
    jsonschema.Draft7Validator.check_schema(schema)
    return jsonschema.Draft7Validator(schema)


def findings(checker, log):
    for error in checker.iter_errors(log):
        yield f"{'/'.join(map(str, error.absolute_path)) or 'the file'}: {error.message[:300]}"
