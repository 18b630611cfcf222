"""tamis deploy against real SSH servers: what arrives, what stays when something fails, and what is said about it."""

import contextlib
import fcntl
import http.server
import json
import os
import pathlib
import pty
import re
import shutil
import signal
import struct
import subprocess
import termios
import threading
import time

import pytest

from ssh_servers import SshServers, free_port

LOG_LINE = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z \S+ (debug|info|warning|error) \S")
HOSTILE = [b"plain", b"with space", b"new\nline", b"-rf", b"--", b"it's", b'"quoted"', b"$(touch pwned)", b"`id`", b"back\\slash",
           b"\xff\xfe not utf-8", b"\x81\x88", b"*", b"~", b"#x", b"tab\there", b"cr\rx", "é\u2028ü".encode(), b"!", b"(", b"=",
           b"x" * 255]


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    servers = SshServers(tmp_path_factory.mktemp("ssh") / "s")
    try:
        for number in range(1, 5):
            servers.start(f"n{number}", f"127.0.1.{number}")
        yield servers
    finally:
        servers.stop()


class Rollout:
    """A plan with its files in a folder of its own, and the servers as good as new."""

    def __init__(self, tamis, cluster, folder):
        self.tamis, self.cluster, self.folder = tamis, cluster, folder
        self.files = folder / "files"
        self.files.mkdir()
        self.servers = [cluster.servers[f"n{number}"] for number in range(1, 5)]
        for server in cluster.servers.values():
            for item in server.folder.iterdir():
                shutil.rmtree(item) if item.is_dir() and not item.is_symlink() else item.unlink()
        self.write(groups="  web: n[1-4]")

    def write(self, groups, more="", files="- {from: files, to: .}"):
        plan = self.folder / "plan.yaml"
        plan.write_text(f"deploy: app\nssh: {{config: {self.cluster.write_config()}}}\ngroups:\n{groups}\nfiles:\n{files}\n"
                        f"target: {self.cluster.mount}/app\n{more}\n")
        return plan

    def start(self, *words, **options):
        return subprocess.Popen([self.tamis, "deploy", *map(str, words)], cwd=self.folder, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True, **options)

    def run(self, *words, exit_code=0, timeout=100):
        """Runs a deploy command; returns its object, with the log as `log`."""
        with self.start("--json", *words) as process:
            out, err = process.communicate(timeout=timeout)
        assert process.returncode == exit_code, (process.returncode, out, err)
        found = json.loads(out)
        found["log"] = err
        lines = err.removesuffix("\n").split("\n")
        assert all(LOG_LINE.match(line) for line in lines), err
        assert re.search(r" all (info|error) \d+ of \d+ servers?\b", lines[-1]), err
        found["by_server"] = {server["server"]: server for server in found["servers"]}
        return found

    def deploy(self, *words, **options):
        return self.run("plan.yaml", *words, **options)

    def expect(self, mode=0o644):
        """What a server must have of self.files."""
        top = os.fsencode(self.files) + b"/"
        found = {}
        for folder, folders, files in os.walk(top):
            for name in folders + files:
                path = os.path.join(folder, name)
                if os.path.islink(path):
                    found[path[len(top):]] = (None, os.readlink(path))
                elif os.path.isdir(path):
                    found[path[len(top):]] = (0o755, None)
                else:
                    executable = os.stat(path).st_mode & 0o100
                    found[path[len(top):]] = (0o755 if executable else mode, open(path, "rb").read())
        return found

    def clean(self, server):
        """Nothing of a run that is over is left on a server."""
        state = server.target / ".tamis"
        for name in ("lock", "pending", "next", "trash", "breaking"):
            assert not os.path.lexists(state / name), name
        releases = {item.name for item in (server.target / "releases").iterdir()}
        staging = {item.name for item in (state / "staging").iterdir()}
        assert {item.name for item in (state / "manifests").iterdir()} >= releases
        return releases, staging


@pytest.fixture
def rollout(tamis, cluster, tmp_path):
    (tmp_path / "tmp").mkdir()
    return Rollout(tamis, cluster, tmp_path)


def fill(folder):
    for name in HOSTILE:
        pathlib.Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_bytes(b"content of " + name)
    deep = folder / "deep" / "-er" / "and deeper\n"
    deep.mkdir(parents=True)
    (deep / "empty").write_bytes(b"")
    (deep / "run").write_bytes(b"#!/bin/sh\n")
    (deep / "run").chmod(0o700)
    (folder / "deep" / "big").write_bytes(os.urandom(3_000_000))
    (folder / "deep" / "text").write_bytes(b"compressible " * 100_000)
    (folder / "link").symlink_to("deep/-er")
    (folder / "dangling\n").symlink_to("no'where\n")


def test_everything_arrives(rollout):
    fill(rollout.files)
    found = rollout.deploy()
    for server in rollout.servers:
        assert server.tree() == rollout.expect()
        assert rollout.clean(server) == ({found["servers"][0]["release"]}, set())
    assert not (rollout.servers[0].folder / "pwned").exists()
    first = found["by_server"]["n1"]
    assert first["status"] == "ok" and first["previous"] is None
    assert first["files_copied"] == first["files"] == len(HOSTILE) + 4
    assert first["bytes_sent"] < 3_300_000  # compressed
    assert "4 of 4 servers" in found["log"].splitlines()[-1]


def test_nothing_changed_copies_nothing(rollout):
    fill(rollout.files)
    first = rollout.deploy()
    again = rollout.deploy()
    for server in rollout.servers:
        assert server.current() == first["servers"][0]["release"]
    for result in again["servers"]:
        assert (result["status"], result["files_copied"], result["bytes_copied"]) == ("unchanged", 0, 0)
    assert "nothing copied" in again["log"]
    assert "4 of 4 servers, 4 unchanged" in again["log"].splitlines()[-1]


def test_only_what_changed_is_copied(rollout):
    fill(rollout.files)
    old = rollout.deploy()["servers"][0]["release"]
    before = rollout.servers[0].tree()
    (rollout.files / "plain").write_bytes(b"new content")
    (rollout.files / "added").write_bytes(b"x")
    (rollout.files / "it's").unlink()
    (rollout.files / '"quoted"').chmod(0o755)  # same bytes, other mode: must not touch the old release
    (rollout.files / "link").unlink()
    (rollout.files / "link").symlink_to("elsewhere")
    found = rollout.deploy()
    for server in rollout.servers:
        assert server.tree() == rollout.expect()
        same = [server.target / "releases" / release / "deep/big" for release in (old, server.current())]
        assert same[0].stat().st_ino == same[1].stat().st_ino
    result = found["by_server"]["n2"]
    assert result["files_copied"] == 2 and result["bytes_copied"] == 12
    assert set(result["changes"]) == {"~ plain (content, 16 B to 11 B)", "+ added (1 B)", "- it's", '~ "quoted" (mode 644 to 755)',
                                      "~ link (link deep/-er to elsewhere)"}
    rollout.run("rollback", "plan.yaml")
    for server in rollout.servers:
        assert server.current() == old
        assert server.tree() == before


def test_damage_on_the_server_is_found_and_mended(rollout):
    fill(rollout.files)
    rollout.deploy()
    server = rollout.servers[2]
    (server.target / "current" / "plain").write_bytes(b"tampered content")
    (server.target / "current" / "-rf").chmod(0o666)
    (server.target / "current" / "deep/text").unlink()
    (server.target / "current" / "#x").unlink()
    os.mkfifo(server.target / "current" / "#x")
    assert "is not what it was, in 4 files: #x and others" in rollout.run("check", "plan.yaml", exit_code=1)["log"]
    found = rollout.deploy()
    assert server.tree() == rollout.expect()
    assert found["by_server"]["n3"]["files_copied"] == 4
    assert found["by_server"]["n1"]["status"] == "unchanged"


def test_modes_owners_and_excludes(rollout):
    (rollout.files / "a").write_bytes(b"a")
    (rollout.files / "b.bak").write_bytes(b"b")
    (rollout.files / "sub").mkdir()
    (rollout.files / "sub" / "c").write_bytes(b"c")
    rollout.write("  web: n[1-2]", files="- {from: files, to: x/y, mode: 640, folder_mode: 750, owner: 'daemon:12', exclude: '*.bak'}")
    rollout.deploy()
    for server in rollout.servers[:2]:
        assert server.tree() == {b"x": (0o755, None), b"x/y": (0o750, None), b"x/y/a": (0o640, b"a"), b"x/y/sub": (0o750, None),
                                 b"x/y/sub/c": (0o640, b"c")}
        info = (server.target / "current/x/y/sub/c").stat()
        assert (info.st_uid, info.st_gid) == (1, 12)
    rollout.write("  web: n[1-2]", files="- {from: files, to: x, owner: nobody-of-that-name}")
    old = rollout.servers[0].current()
    found = rollout.deploy(exit_code=1)
    assert "chown: invalid user" in found["by_server"]["n1"]["message"]
    assert rollout.servers[0].current() == old
    assert rollout.servers[1].current() == old


def test_keeps_n_releases_and_goes_back(rollout):
    rollout.write("  web: n1", "keep: 3")
    releases = []
    for number in range(5):
        (rollout.files / "number").write_text(str(number))
        releases.append(rollout.deploy()["servers"][0]["release"])
    server = rollout.servers[0]
    assert rollout.clean(server) == (set(releases[2:]), set())
    found = rollout.run("rollback", "plan.yaml")
    assert found["servers"][0]["release"] == releases[3] == server.current()
    assert found["servers"][0]["previous"] == releases[4]
    rollout.run("rollback", "plan.yaml", "--to", releases[4])
    assert server.current() == releases[4]
    found = rollout.run("rollback", "plan.yaml", "--to", "20200101-nothing", exit_code=1)
    assert "no release 20200101-nothing there" in found["log"]
    status = rollout.run("status", "plan.yaml")["servers"][0]
    assert status["release"] == releases[4] and status["releases"] == releases[2:] and status["status"] == "unchanged"
    (server.target / "releases" / releases[2] / "number").write_text("damaged")
    assert "is not what it was" in rollout.run("rollback", "plan.yaml", "--to", releases[2], exit_code=1)["log"]
    assert server.current() == releases[4]


def test_health_checks_decide(rollout):
    (rollout.files / "health").write_text("exit 0\n")
    checks = "health: {after: [reachable, {command: sh ./health}]}\ncommands: {before: [test -f health], after: [cat health >>../../log]}"
    rollout.write("  web: n[1-4]", checks)
    old = rollout.deploy()["servers"][0]["release"]
    (rollout.files / "health").write_text("echo it is sick; exit 3\n")
    rollout.write("  web: n[1-4]", checks + "\nserial: [1, 50%]")
    found = rollout.deploy(exit_code=1)
    assert [result["status"] for result in found["servers"]] == ["failed", "not_started", "not_started", "not_started"]
    assert found["servers"][0]["rolled_back"]
    assert "command sh ./health: exit code 3: it is sick; back to " + old in found["servers"][0]["message"]
    for server in rollout.servers:
        assert server.current() == old
        rollout.clean(server)
    # The service was told of both switches.
    assert (rollout.servers[0].target / "log").read_text() == "exit 0\necho it is sick; exit 3\nexit 0\n"
    assert "0 of 4 servers; failed: n1; not started: n2, n3, n4" in found["log"].splitlines()[-1]
    rollout.write("  web: n[1-4]", "commands: {before: ['echo no >&2; exit 7']}")
    found = rollout.deploy(exit_code=1)
    assert "the command before failed: echo no >&2; exit 7: exit code 7: no" in found["servers"][0]["message"]
    assert rollout.servers[0].current() == old


def test_checks_of_ports_come_from_the_server_itself(rollout):
    (rollout.files / "a").write_text("a")
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(204 if self.path == "/ok" else 500)
            self.end_headers()

        def log_message(self, *_):
            pass
    web = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=web.serve_forever, daemon=True).start()
    port, closed = web.server_address[1], free_port()
    try:
        rollout.write("  web: n1", f"health: {{after: [{{tcp: {port}}}, {{http: 'http://127.0.0.1:{port}/ok', status: 204}}], "
                                   f"before: [{{free_disk: 1kB}}]}}")
        old = rollout.deploy()["servers"][0]["release"]
        for check, why in [(f"{{tcp: {closed}}}", "onnection refused"),
                           (f"{{http: 'http://localhost:{port}/bad'}}", "it answers HTTP/1.0 500 Internal Server Error"),
                           (f"{{http: 'http://127.0.0.1:{closed}/ok'}}", "onnection refused")]:
            (rollout.files / "a").write_text(check)
            rollout.write("  web: n1", f"health: {{after: [{check}]}}")
            found = rollout.deploy(exit_code=1)
            assert why in found["servers"][0]["message"]
            assert rollout.servers[0].current() == old
        rollout.write("  web: n1", "health: {before: [{free_disk: 900TB}]}")
        found = rollout.deploy(exit_code=1)
        assert re.search(r"health check failed: free disk 900 TB: .* are free", found["servers"][0]["message"])
        late = threading.Timer(2.5, lambda: (rollout.servers[0].folder / "ready").write_text(""))
        late.start()
        rollout.write("  web: n1", f"health: {{after: [{{command: test -e {rollout.cluster.mount}/ready, within: 60s, every: 200ms}}]}}")
        rollout.deploy()
    finally:
        web.shutdown()


def test_max_failures_and_order(rollout):
    (rollout.files / "a").write_text("a")
    (rollout.servers[1].target).mkdir()
    (rollout.servers[1].target / "current").write_text("not a link")
    groups = "  late: n[3-4]\n  early: n[1-2]"
    rollout.write(groups, "order: [early, late]\nparallel: 1")
    found = rollout.deploy(exit_code=1)
    assert {result["server"]: result["status"] for result in found["servers"]} == {
        "n1": "ok", "n2": "failed", "n3": "not_started", "n4": "not_started"}
    assert "app/current is there and is no link that tamis made" in found["by_server"]["n2"]["message"]
    rollout.write(groups, "order: [early, late]\nmax_failures: 1")
    found = rollout.deploy(exit_code=1)
    assert [result["status"] for result in found["servers"]] == ["unchanged", "failed", "ok", "ok"]
    assert (rollout.servers[1].target / "current").read_text() == "not a link"
    rollout.write(groups)
    found = rollout.deploy("--limit", "late")
    assert [result["server"] for result in found["servers"]] == ["n3", "n4"]
    assert [result["server"] for result in rollout.deploy("--limit", "n1", "--limit", "n[34]")["servers"]] == ["n3", "n4", "n1"]


def test_dry_run_changes_nothing(rollout):
    fill(rollout.files)
    found = rollout.deploy("--dry-run", "--diff")
    for server in rollout.servers:
        assert list(server.folder.iterdir()) == []
    assert "n1 info + deep/big (3.0 MB)" in found["log"]
    assert found["servers"][0]["files_copied"] == len(HOSTILE) + 4
    assert rollout.run("check", "plan.yaml")["servers"][0]["status"] == "ok"
    assert rollout.run("status", "plan.yaml")["servers"][0]["release"] is None
    for server in rollout.servers:
        assert list(server.folder.iterdir()) == []


def test_two_at_once(rollout):
    (rollout.files / "a").write_text("a")
    mark = rollout.servers[0].folder / "go"
    rollout.write("  web: n1", f"commands: {{before: ['while ! [ -e {rollout.cluster.mount}/go ]; do sleep 0.1; done']}}")
    with rollout.start("plan.yaml") as first:
        while not list(rollout.servers[0].target.glob(".tamis/staging/*/a")):
            time.sleep(0.02)
        found = rollout.deploy(exit_code=1)
        assert re.search(r"another roll-out has the lock: root@\S+, run \S+ \(wait for it; if it is dead, --break-lock\)",
                         found["servers"][0]["message"])
        assert "locked by root@" in rollout.run("status", "plan.yaml")["log"]
        mark.write_text("")
        assert first.communicate()[1] and first.returncode == 0
    rollout.clean(rollout.servers[0])
    mark.unlink()
    (rollout.files / "a").write_text("b")
    with rollout.start("plan.yaml") as first:
        while not list(rollout.servers[0].target.glob(".tamis/staging/*/a")):
            time.sleep(0.02)
        mark.write_text("")
        (rollout.files / "a").write_text("c")
        rollout.deploy("--break-lock")
        first.communicate()
    assert rollout.servers[0].tree() == {b"a": (0o644, b"c")}
    rollout.clean(rollout.servers[0])


def test_many_at_once_make_one_release(rollout):
    """The lock is taken by one at a time, also while it is left by one that was killed."""
    (rollout.files / "a").write_text("a")
    rollout.write("  web: n1")
    for _ in range(3):
        runs = [rollout.start("plan.yaml") for _ in range(4)]
        ends = []
        for run in runs:
            run.communicate(timeout=100)
            ends.append(run.returncode)
        assert set(ends) <= {0, 1} and 0 in ends
        assert rollout.servers[0].tree() == rollout.expect()
        rollout.clean(rollout.servers[0])


def test_interrupted(rollout):
    (rollout.files / "a").write_text("old")
    old = rollout.deploy()["servers"][0]["release"]
    (rollout.files / "a").write_text("new")
    rollout.write("  web: n[1-4]", "commands: {after: [sleep 60]}")
    with rollout.start("plan.yaml", "--json") as run:
        while any(server.current() == old for server in rollout.servers):
            time.sleep(0.02)
        run.send_signal(signal.SIGINT)
        out, _ = run.communicate(timeout=30)
    assert run.returncode == 130
    found = json.loads(out)
    assert found["status"] == "interrupted" and {server["status"] for server in found["servers"]} == {"interrupted"}
    for server in rollout.servers:
        until(lambda: server.current() == old and not os.path.lexists(server.target / ".tamis/lock"))


def until(condition, seconds=30):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "never came true"
        time.sleep(0.02)


def test_a_cut_copy_goes_on_where_it_was(rollout):
    """kill -9 in the middle of a big file: the next run sends only the rest of it."""
    (rollout.files / "big").write_bytes(os.urandom(150_000_000))
    rollout.write("  web: n1", "compress: false")
    server = rollout.servers[0]
    with rollout.start("plan.yaml") as run:
        def size():
            found = list(server.target.glob(".tamis/staging/*/big"))
            return found[0].stat().st_size if found else 0
        until(lambda: size() > 20_000_000)
        run.kill()
        run.communicate()
    until(lambda: not os.path.lexists(server.target / ".tamis/lock"))
    cut = size()
    assert 20_000_000 < cut < 150_000_000 and server.current() is None
    found = rollout.deploy()
    assert found["servers"][0]["bytes_copied"] == 150_000_000 - cut
    assert server.tree() == rollout.expect()
    rollout.clean(server)


def test_exec_gives_each_server_its_part(rollout, tamis):
    (rollout.files / "data").write_text("shared\n")
    rollout.deploy()
    found = rollout.run("exec", "plan.yaml", "--", "echo", "{part}/{parts}", "$HOME", "it's; id")
    assert [server["stdout"] for server in found["servers"]] == [f"{part}/4 $HOME it's; id\n" for part in range(1, 5)]
    found = rollout.run("exec", "plan.yaml", "--", "cat data | tr a-z A-Z; echo part {part} >&2")
    assert {server["stdout"] for server in found["servers"]} == {"SHARED\n"}
    assert "n3 info part 3" in found["log"]
    found = rollout.run("exec", "plan.yaml", "--gather", "out", "--", "head -c 3000000 /dev/zero; exit $(({part} / 4))", exit_code=1)
    assert [server["exit_code"] for server in found["servers"]] == [0, 0, 0, 1]
    assert (rollout.folder / "out/n4.out").read_bytes() == bytes(3_000_000)
    with rollout.start("exec", "plan.yaml", "--limit", "n2", "-q", "--", "printf 'a\\nb'") as run:
        assert run.communicate()[0] == "n2: a\nn2: b\n"


def test_wrong_lines(rollout):
    for words, message in [(["gone.yaml"], "gone.yaml: no such file"), (["plan.yaml", "--limit", "wbe"], "did you mean web?"),
                           ([], "PLAN is missing"), (["exec", "plan.yaml"], "COMMAND is required")]:
        with rollout.start(*words) as run:
            _, err = run.communicate()
        assert message in err, err
        assert run.returncode in (2, 3)
    rollout.write("  web: n[1-4]", files="- files/gone")
    with rollout.start("plan.yaml") as run:
        assert "files/gone: no such file" in run.communicate()[1]
    assert run.returncode == 3


def test_no_secret_or_shell_text_on_the_command_line(rollout):
    """Names of files and commands go through the connection, not through argument lists that everybody can read."""
    (rollout.files / "very secret name").write_text("x")
    rollout.write("  web: n1", "commands: {before: ['sleep 1; : password=hunter2']}")
    seen = set()
    with rollout.start("plan.yaml") as run:
        while run.poll() is None:
            for process in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
                with contextlib.suppress(OSError):
                    words = process.read_bytes()
                    if words.startswith(b"ssh\0"):
                        seen.add(words)
        run.communicate()
    assert run.returncode == 0 and seen
    assert not [words for words in seen if b"secret" in words or b"hunter2" in words]
    assert all(b"StrictHostKeyChecking=yes" in words and b"BatchMode=yes" in words for words in seen if b"-T" in words)


def test_a_terminal_has_live_lines(rollout, tamis):
    """On a terminal each server at work has a line that is drawn again; what stays are last words and the sum."""
    (rollout.files / "a").write_text("a")
    rollout.write("  web: n[1-2]", "commands: {before: [sleep 0.5]}")
    ours, its = pty.openpty()
    fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 60, 0, 0))
    with subprocess.Popen([tamis, "deploy", "plan.yaml"], cwd=rollout.folder, stdin=subprocess.DEVNULL, stdout=its, stderr=its,
                          env={**os.environ, "NO_COLOR": "1"}) as run:
        os.close(its)
        shown = b""
        with contextlib.suppress(OSError):  # what the end of a terminal is
            while piece := os.read(ours, 65536):
                shown += piece
    os.close(ours)
    text = shown.decode().replace("\r\n", "\n")
    assert run.returncode == 0, text
    assert "n2  before: sleep 0.5\n" in text and "\x1b[2A\r\x1b[J" in text
    stays = [line for line in text.split("\n") if LOG_LINE.match(line.rpartition("\x1b[J")[2])]
    assert len(stays) == 3 and "2 of 2 servers" in stays[-1]
