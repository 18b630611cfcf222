"""datacontract-cli, which others check their contracts with, accepts what tamis accepts and writes."""

import json
import pathlib
import subprocess
import sys

import datacontract
import pytest
import yaml

from built import ROOT, program

REWRITE = program("contract_rewrite")
CONTRACTS = sorted((ROOT / "test" / "contracts").glob("*.odcs.yaml"))


def lint(path):
    """The output of `datacontract lint` if it refuses the file, else nothing."""
    done = subprocess.run([pathlib.Path(sys.executable).parent / "datacontract", "lint", path],
                          capture_output=True, text=True)
    return done.stdout + done.stderr if done.returncode != 0 else ""


def rewrite(path):
    return subprocess.run([REWRITE, path], capture_output=True, text=True)


def test_there_are_contracts():
    assert len(CONTRACTS) >= 8


@pytest.mark.parametrize("path", CONTRACTS, ids=lambda path: path.name)
def test_lint_accepts(path, tmp_path):
    assert lint(path) == ""
    done = rewrite(path)
    assert done.returncode == 0, done.stderr
    written = tmp_path / path.name
    written.write_text(done.stdout)
    assert lint(written) == ""
    assert yaml.safe_load(done.stdout)["apiVersion"] == "v3.1.0"
    again = rewrite(written)
    assert again.returncode == 0, again.stderr
    assert again.stdout == done.stdout


# One change to people.odcs.yaml that the standard's JSON schema refuses.
REFUSED = [
    ("status: active", "status: active\nx-team: a"),
    ("status: active", "status: active\nowner: a"),
    ("version: 1.2.0\n", ""),
    ("logicalType: date\n", "logicalType: day\n"),
    ("required: true\n", "required: maybe\n"),
    ("logicalTypeOptions: {minimum:", "logicalTypeOptions: {minimun:"),
    ("- name: address\n", "- nam: address\n"),
    ("{property: tamis.anonymize, value: {method: hmac}}", "{property: tamis.anonymize}"),
    ("classification: personal\n", "classification: [personal]\n"),
]


@pytest.mark.parametrize("before, after", REFUSED)
def test_what_lint_refuses_tamis_refuses(before, after, tmp_path):
    text = (ROOT / "test" / "contracts" / "people.odcs.yaml").read_text()
    assert before in text
    path = tmp_path / "people.odcs.yaml"
    path.write_text(text.replace(before, after, 1))
    assert lint(path) != ""
    done = rewrite(path)
    assert done.returncode == 2
    assert done.stderr.startswith(f"{path}:"), done.stderr


def test_every_key_of_the_standard_is_accepted(tmp_path):
    """Walks the JSON schemas that datacontract-cli ships: no key of theirs is unknown to tamis."""
    folder = pathlib.Path(datacontract.__file__).parent / "schemas"
    unknown = []
    for version in ["3.0.2", "3.1.0", "3.2.0"]:
        schema = json.loads((folder / f"odcs-{version}.schema.json").read_text())
        base = {"apiVersion": f"v{version}", "kind": "DataContract", "id": "t", "version": "1.0.0"}
        places = {
            "Contract": (schema["properties"], lambda key: {key: None}),
            "SchemaObject": (keys_of(schema, "SchemaObject"),
                             lambda key: {"schema": [{"name": "t", key: None}]}),
            "SchemaProperty": (keys_of(schema, "SchemaProperty"), lambda key: {
                "schema": [{"name": "t", "properties": [{"name": "a", key: None}]}]}),
            "DataQuality": (keys_of(schema, "DataQuality"), lambda key: {
                "schema": [{"name": "t", "quality": [{"type": "text", key: None}]}]}),
        }
        for name, (keys, document) in places.items():
            assert len(keys) > 10, name
            for key in keys:
                path = tmp_path / "t.odcs.yaml"
                path.write_text(yaml.safe_dump(document(key) | base))
                done = rewrite(path)
                if "unknown key" in done.stderr:
                    unknown.append((version, name, key, done.stderr))
    assert unknown == []


def keys_of(schema, name):
    """All property names of a definition, through allOf, if/then and $ref; not of what lies below."""
    keys = set()

    def walk(node):
        keys.update(node.get("properties", {}))
        for part in node.get("allOf", []) + node.get("oneOf", []) + node.get("anyOf", []):
            walk(part)
        for part in ["then", "else"]:
            if part in node:
                walk(node[part])
        if "$ref" in node:
            target = schema
            for step in node["$ref"].split("/")[1:]:
                target = target[step]
            walk(target)

    walk(schema["$defs"][name])
    return keys
