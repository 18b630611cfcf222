"""Eight servers, some of which fail in each their own way, and tamis killed at any moment: every server has the old
release or the new one, and the next run repairs what is left."""

import contextlib
import os
import random
import signal
import subprocess
import time

import pytest

from ssh_servers import SshServers, free_port
from test_deploy import Rollout, fill, until

CONNECT_S = 5
BIG = 2_500_000

# A `head` that ends its connection, the way a server does that loses power, in the middle of the file of BIG bytes.
DYING_HEAD = """#!/bin/sh
if [ "$2" = %d ]; then
  /usr/bin/head -c 1000000
  for pid in $(cat /proc/%s/task/%s/children); do kill -9 $pid; done
  exit 1
fi
exec /usr/bin/head "$@"
"""


@pytest.fixture
def cluster(tmp_path_factory):
    servers = SshServers(tmp_path_factory.mktemp("ssh") / "s")
    try:
        yield servers
    finally:
        servers.stop()


@pytest.fixture
def mixed(tamis, cluster, tmp_path):
    """n1 and n2 are well; the others aren't, or are far away."""
    for number in (1, 2):
        cluster.start(f"n{number}", f"127.0.1.{number}")
    cluster.add_host("refusing", "127.0.1.3", free_port("127.0.1.3"), None)
    cluster.add_host("hole", cluster.black_hole(), 22, None)
    inside, _, address = cluster.namespace()
    cluster.start("jump", address, inside)
    cluster.start("behind", "127.0.0.1", inside, jump="jump")
    cluster.start("full", "127.0.1.4", tmpfs="5m")
    bin_folder = cluster.root / "bin"
    bin_folder.mkdir()
    dying = cluster.start("dying", "127.0.1.5", environment=[f"PATH={bin_folder}:/usr/bin:/bin"])
    head = bin_folder / "head"
    head.write_text(DYING_HEAD % (BIG, dying.process.pid, dying.process.pid))
    head.chmod(0o755)
    cluster.start("changed", "127.0.1.6")
    rollout = Rollout.__new__(Rollout)
    rollout.tamis, rollout.cluster, rollout.folder = tamis, cluster, tmp_path
    rollout.files = tmp_path / "files"
    rollout.files.mkdir()
    return rollout


GROUPS = "  all: [n1, refusing, n2, hole, behind, full, dying, changed]"


def test_eight_servers_of_which_some_fail(mixed):
    cluster = mixed.cluster
    mixed.write(GROUPS, f"max_failures: 8\nparallel: 8\nssh: {{config: {cluster.root}/ssh_config, connect_timeout: {CONNECT_S}s}}")
    plan = mixed.folder / "plan.yaml"
    lines = [line for line in plan.read_text().splitlines() if not line.startswith("ssh: {config: /") or "connect_timeout" in line]
    plan.write_text("\n".join(lines) + "\n")
    (mixed.files / "old").write_text("old")
    old = mixed.deploy(exit_code=1)
    well = {"n1", "n2", "behind", "full", "dying", "changed"}
    assert {server["server"] for server in old["servers"] if server["status"] == "ok"} == well
    release = old["by_server"]["n1"]["release"]
    before = cluster.servers["n1"].tree()

    (mixed.files / "big").write_bytes(os.urandom(BIG))
    for number in range(800):  # less than is free, but a block each: the file system says no, tamis can't know
        (mixed.files / f"small{number}").write_bytes(b"x" * 10)
    cluster.known = [line for line in cluster.known if not line.startswith("changed ")]
    cluster.known.append("changed " + cluster.make_key("another"))
    cluster.write_config()
    begin = time.monotonic()
    found = mixed.deploy(exit_code=1)
    took = time.monotonic() - begin
    assert took < 2 * CONNECT_S + 30, f"the black hole held the others up: {took:.1f} s"
    messages = {name: server["message"] for name, server in found["by_server"].items()}
    assert {name for name, message in messages.items() if message is None} == {"n1", "n2", "behind"}
    for name in ("n1", "n2", "behind"):
        assert cluster.servers[name].tree() == mixed.expect()
    for name in ("full", "dying", "changed"):
        assert cluster.servers[name].current() == release
        assert cluster.servers[name].tree() == before
    assert "onnection refused" in messages["refusing"]
    assert f"no answer within {CONNECT_S} s" in messages["hole"]
    assert "o space left on device" in messages["full"]
    assert "host key has changed" in messages["changed"] and "ssh-keygen -R" in messages["changed"]
    assert "onnection" in messages["dying"]
    assert "3 of 8 servers; failed: refusing, hole, full, dying, changed" in found["log"].split("\n")[-2]
    # What is left over takes no space, and goes on where it was.
    assert not list((cluster.servers["full"].target / ".tamis/staging").iterdir())
    (cluster.root / "bin/head").unlink()
    until(lambda: not os.path.lexists(cluster.servers["dying"].target / ".tamis/lock"))
    again = mixed.deploy("--limit", "dying")
    assert again["servers"][0]["status"] == "ok"
    assert again["servers"][0]["bytes_copied"] < mixed_bytes(mixed)
    assert cluster.servers["dying"].tree() == mixed.expect()


def mixed_bytes(mixed):
    return sum(path.stat().st_size for path in mixed.files.iterdir())


def test_no_space_is_seen_before_the_copy(mixed):
    mixed.write("  all: [full]")
    (mixed.files / "big").write_bytes(os.urandom(6_000_000))
    assert "no space left there: 6.0 MB to copy, 5" in mixed.deploy(exit_code=1)["servers"][0]["message"]


def test_unknown_host_keys_are_refused_unless_asked_for(mixed):
    (mixed.files / "a").write_text("a")
    mixed.cluster.known = []
    mixed.write("  all: [n1]")
    message = mixed.deploy(exit_code=1)["servers"][0]["message"]
    assert "the host key is not known" in message and "accept-new" in message
    plan = mixed.folder / "plan.yaml"
    plan.write_text(plan.read_text().replace("ssh_config}", "ssh_config, host_keys: accept-new}"))
    mixed.deploy()
    assert "n1 ssh-ed25519 " in (mixed.cluster.root / "known_hosts").read_text()


def test_an_unwritable_target_and_a_missing_login(mixed):
    (mixed.files / "a").write_text("a")
    mixed.write("  all: [n1]")
    (mixed.cluster.servers["n1"].folder / "app").write_text("a file")
    message = mixed.deploy(exit_code=1)["servers"][0]["message"]
    assert "can't begin in" in message and "ot a directory" in message
    assert "is no folder" in mixed.run("check", "plan.yaml", exit_code=1)["servers"][0]["message"]
    mixed.cluster.make_key("stranger")
    plan = mixed.folder / "plan.yaml"
    plan.write_text(plan.read_text().replace("ssh_config}", f"ssh_config, identity: {mixed.cluster.root}/stranger}}"))
    config = mixed.cluster.root / "ssh_config"
    config.write_text(config.read_text().replace(f"IdentityFile {mixed.cluster.root}/client\n", ""))
    message = mixed.deploy(exit_code=1)["servers"][0]["message"]
    assert "Permission denied" in message and "load a key into the agent" in message


def test_a_connection_that_goes_silent(mixed):
    """A network that swallows everything in the middle of a command: keep-alives end it, and the server goes back."""
    (mixed.files / "a").write_text("a")
    mixed.write("  all: [behind]", "")
    old = mixed.deploy()["servers"][0]["release"]
    server = mixed.cluster.servers["behind"]
    (mixed.files / "a").write_text("b")
    plan = mixed.write("  all: [behind]", "commands: {after: [sleep 100]}")
    plan.write_text(plan.read_text().replace("ssh_config}", "ssh_config, keep_alive: 1s}"))
    namespace = mixed.cluster.namespaces[-1]
    begin = time.monotonic()
    with mixed.start("plan.yaml") as run:
        until(lambda: server.current() not in (None, old))
        subprocess.run(["ip", "-n", namespace, "link", "set", "eth0", "down"], check=True)
        _, err = run.communicate(timeout=60)
    assert run.returncode == 1 and time.monotonic() - begin < 45
    assert "the server itself goes back to " + old in err, err
    for pid in server.sessions():  # what the server's own keep-alive does in its time
        os.kill(pid, signal.SIGTERM)
    until(lambda: server.current() == old and not os.path.lexists(server.target / ".tamis/lock"))


def test_killed_at_100_random_moments(tamis, cluster, tmp_path):
    """kill -9 of tamis: each server has the old release or the new one, whole, and the next run repairs."""
    for number in (1, 2):
        cluster.start(f"n{number}", f"127.0.1.{number}")
    rollout = Rollout.__new__(Rollout)
    rollout.tamis, rollout.cluster, rollout.folder = tamis, cluster, tmp_path
    rollout.files = tmp_path / "files"
    rollout.files.mkdir()
    rollout.write("  all: n[1-2]", "keep: 2\ncommands: {after: ['true']}")
    servers = [cluster.servers["n1"], cluster.servers["n2"]]
    rng = random.Random(5)

    def renew(number):
        for name in range(20):
            (rollout.files / f"f{name}").write_text(f"{name} of {number if name % 3 else 0}" * 50)
        (rollout.files / "big").write_bytes(rng.randbytes(1_000_000))
        return rollout.expect()

    renew(0)
    rollout.deploy()
    content = renew(1)
    begin = time.monotonic()
    rollout.deploy()
    whole_s = time.monotonic() - begin
    has = {server.name: content for server in servers}
    seen = {"old": 0, "new": 0}
    for number in range(2, 102):
        new = renew(number)
        with rollout.start("plan.yaml") as run:
            with contextlib.suppress(subprocess.TimeoutExpired):
                run.wait(rng.uniform(0, 1.1 * whole_s))
            run.kill()
            run.communicate()
        for server in servers:
            assert server.tree() in (has[server.name], new), f"round {number}"
        if number % 10 == 0:  # at once, while the servers are still letting go
            found = rollout.run("plan.yaml", "--break-lock")
            assert {server["status"] for server in found["servers"]} <= {"ok", "unchanged"}
        for server in servers:
            until(lambda: not os.path.lexists(server.target / ".tamis/lock"))
            assert not os.path.lexists(server.target / ".tamis/pending")
            tree = server.tree()
            assert tree in (has[server.name], new), f"round {number}"
            seen["new" if tree == new else "old"] += 1
            has[server.name] = tree
        if number % 5 == 0:
            rollout.deploy()
            for server in servers:
                assert server.tree() == new
                releases, staging = rollout.clean(server)
                assert len(releases) <= 2 and not staging
                has[server.name] = new
    assert seen["old"] > 20 and seen["new"] > 5, seen


@pytest.mark.parametrize("shell", ["busybox", "bash", "dash"])
def test_other_tools_on_the_server(tamis, cluster, tmp_path, shell):
    """The server's sh and tools are those of busybox, or its sh is another one."""
    tools = cluster.root / "tools"
    tools.mkdir()
    if shell == "busybox":
        for name in subprocess.run(["busybox", "--list"], capture_output=True, text=True, check=True).stdout.split():
            (tools / name).symlink_to("/bin/busybox")
        path = str(tools)
    else:
        (tools / "sh").symlink_to(f"/bin/{shell}")
        path = f"{tools}:/usr/bin:/bin"
    server = cluster.start("n1", "127.0.1.1", environment=[f"PATH={path}"])
    rollout = Rollout.__new__(Rollout)
    rollout.tamis, rollout.cluster, rollout.folder = tamis, cluster, tmp_path
    rollout.files = tmp_path / "files"
    rollout.files.mkdir()
    fill(rollout.files)
    rollout.write("  all: n1", "commands: {after: ['test -e plain']}\nhealth: {after: [{command: test -e plain}], before: [{free_disk: 1kB}]}")
    assert rollout.run("check", "plan.yaml")["servers"][0]["status"] == "ok"
    old = rollout.deploy()["servers"][0]["release"]
    assert server.tree() == rollout.expect()
    assert rollout.deploy()["servers"][0]["status"] == "unchanged"
    (rollout.files / "it's").write_bytes(b"new")
    assert rollout.deploy()["servers"][0]["files_copied"] == 1
    assert server.tree() == rollout.expect()
    rollout.run("rollback", "plan.yaml")
    assert server.current() == old
    rollout.clean(server)
