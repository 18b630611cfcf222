"""docs/deploy.schema.json and the program agree about what a plan may be."""

import copy
import json
import pathlib
import subprocess

import jsonschema
import pytest
import yaml

from built import ROOT

SCHEMA = json.loads((ROOT / "docs/deploy.schema.json").read_text())
HEAD = {"deploy": "app", "groups": {"web": "127.0.0.1"}, "target": "/opt/app"}
# Everything that a plan can hold.
FULL = {
    **HEAD,
    "ssh": {"config": "c", "user": "u", "port": 22, "identity": "i", "known_hosts": "k", "host_keys": "strict",
            "connect_timeout": "5s", "keep_alive": "300ms"},
    "groups": {"web": "10.0.0.[1-3]", "db": ["a", "b@c:22"], "app": {"servers": ["x"], "serial": [1, "25%"]}},
    "order": ["db", "web", "app"], "serial": ["1", "100%"],
    "files": ["one", {"from": "x", "to": "y", "mode": "644", "folder_mode": "0750", "owner": "a:b", "exclude": ["z"]}],
    "parallel": 2, "max_failures": 1, "hold_off": "1min", "keep": 2, "timeout": "1h", "compress": True,
    "commands": {"before": ["a"], "after": [{"command": "b", "timeout": "1m"}]},
    "health": {"before": ["reachable", {"reachable": True}, {"free_disk": "5MB"}],
               "after": [{"command": "x", "timeout": "1s", "within": "2s", "every": "3s"}, {"tcp": 80}, {"tcp": "localhost:80"},
                         {"http": "http://localhost/", "status": 204}]},
}
# (where, what is put there, whether that is a plan)
CHANGES = [
    ((), {}, True), (("deploy",), None, False), (("target",), None, False), (("groups",), None, False),
    (("target",), "relative", False), (("groups",), {"g": []}, False), (("groups",), {"g": {"serial": 1}}, False),
    (("ssh", "host_keys"), "no", False), (("ssh", "host_keys"), "accept-new", True), (("ssh", "port"), 0, False),
    (("ssh", "port"), 65536, False), (("ssh", "connect_timeout"), "5", False), (("ssh", "connect_timeout"), 5, False),
    (("ssh", "connect_timeout"), "5 s", True), (("ssh", "password"), "x", False), (("serial",), 3, True), (("serial",), 0, False),
    (("serial",), "0%", False), (("serial",), "101%", False), (("serial",), [], False), (("serial",), "20%", True),
    (("files",), "x", False), (("files",), [{"to": "x"}], False), (("files",), [{"from": "x", "mode": "9"}], False),
    (("files",), [{"from": "x", "mode": "99"}], False), (("files",), [{"from": "x", "mode": "abc"}], False),
    (("files",), [{"from": "x", "exclude": "y"}], True), (("parallel",), 0, False), (("parallel",), "many", False),
    (("parallel",), 1001, False), (("max_failures",), -1, False), (("max_failures",), 0, True), (("keep",), 0, False),
    (("compress",), "perhaps", False), (("hold_off",), "soon", False), (("timeout",), "2 h", True),
    (("commands", "during"), [], False), (("commands", "before"), "x", False), (("commands", "before"), [""], False),
    (("commands", "before"), [{"timeout": "1s"}], False), (("health", "after"), ["alive"], False),
    (("health", "after"), [{"tcp": 1, "command": "x"}], False), (("health", "after"), [{"timeout": "1s"}], False),
    (("health", "after"), [{"http": "https://x"}], False), (("health", "after"), [{"tcp": 80, "status": 200}], False),
    (("health", "after"), [{"http": "http://x", "status": 99}], False), (("health", "after"), [{"reachable": False}], False),
    (("order",), ["web", "db", "app"], True),
]


def accepts(tamis, folder, plan):
    """Whether the program gets beyond the plan: it then misses the files that the plan names."""
    path = folder / "plan.yaml"
    path.write_text(yaml.safe_dump(plan))
    ended = subprocess.run([tamis, "deploy", path, "--dry-run", "--limit", "nobody"], capture_output=True, text=True)
    assert ended.returncode == 2, ended.stderr
    assert "plan.yaml:" in ended.stderr or "--limit: no group or server" in ended.stderr, ended.stderr
    return "plan.yaml:" not in ended.stderr


def changed(place, value):
    plan = copy.deepcopy(FULL)
    if not place:
        return plan
    at = plan
    for key in place[:-1]:
        at = at[key]
    if value is None:
        del at[place[-1]]
    else:
        at[place[-1]] = value
    return plan


@pytest.mark.parametrize("place, value, good", CHANGES, ids=str)
def test_schema_and_program_agree(tamis, tmp_path, place, value, good):
    plan = changed(place, value)
    if place == ("groups",) and good is False and isinstance(value, dict):
        plan.pop("order")
    assert jsonschema.Draft202012Validator(SCHEMA).is_valid(plan) is good
    assert accepts(tamis, tmp_path, plan) is good


def places(plan, at=()):
    """Every mapping of a plan whose keys are fixed."""
    if isinstance(plan, dict):
        if at != ("groups",):
            yield at
        for key, value in plan.items():
            yield from places(value, (*at, key))
    elif isinstance(plan, list):
        for index, value in enumerate(plan):
            yield from places(value, (*at, index))


@pytest.mark.parametrize("place", list(places(FULL)), ids=str)
def test_unknown_keys_are_refused_everywhere(tamis, tmp_path, place):
    plan = changed((*place, "unknown_key"), "x")
    assert not jsonschema.Draft202012Validator(SCHEMA).is_valid(plan)
    assert not accepts(tamis, tmp_path, plan)


def test_examples_are_plans(tamis, tmp_path):
    for path in pathlib.Path(ROOT / "examples/deploy").glob("*.yaml"):
        plan = yaml.safe_load(path.read_text())
        jsonschema.validate(plan, SCHEMA)
        assert accepts(tamis, tmp_path, plan), path
