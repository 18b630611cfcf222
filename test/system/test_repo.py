"""tamis repo against git itself, on histories that git fast-import makes."""

import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import time

import pytest

MAIL = b"A U Thor <author@example.com>"


def git(repository, *arguments, data=None, environment=None):
    done = subprocess.run(["git", "-C", os.fsencode(repository), *arguments], input=data, capture_output=True,
                          env={**os.environ, "GIT_CONFIG_GLOBAL": "/dev/null", **(environment or {})})
    assert done.returncode == 0, (arguments, done.stderr)
    return done.stdout


def tamis_repo(tamis, *arguments, environment=None, **options):
    return subprocess.run([tamis, "repo", *arguments], capture_output=True,
                          env={**os.environ, "GIT_CONFIG_GLOBAL": "/dev/null", **(environment or {})}, **options)


def analyze(tamis, *arguments, **options):
    done = tamis_repo(tamis, *arguments, "--json", **options)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["version"] == 1 and found["command"] == "repo" and found["status"] == "ok"
    return found


def raw(text):
    """A path as bytes; the JSON has bytes that are not UTF-8 as lone surrogates."""
    return os.fsencode(text)


class Stream:
    """A stream for git fast-import."""

    def __init__(self):
        self.parts = []
        self.marks = 0
        self.time = 1_600_000_000

    def blob(self, content):
        self.marks += 1
        self.parts.append(b"blob\nmark :%d\ndata %d\n%s\n" % (self.marks, len(content), content))
        return self.marks

    @staticmethod
    def quote(path):
        return b'"' + b"".join(b"\\%03o" % byte if byte < 32 or byte > 126 or byte in b'"\\' else bytes([byte])
                               for byte in path) + b'"'

    def commit(self, branch, changes, parents=(), message=b"change"):
        """`changes`: path -> the mark of a blob, or None to remove it."""
        self.marks += 1
        self.time += 3600
        when = b"%s %d +0200" % (MAIL, self.time)
        lines = [b"commit refs/heads/" + branch, b"mark :%d" % self.marks, b"author " + when, b"committer " + when,
                 b"data %d\n%s" % (len(message), message)]
        for i, parent in enumerate(parents):
            lines.append((b"merge" if i else b"from") + b" :%d" % parent)
        for path, mark in changes.items():
            path = self.quote(path)
            lines.append(b"D " + path if mark is None else b"M 100644 :%d %s" % (mark, path))
        self.parts.append(b"\n".join(lines) + b"\n\n")
        return self.marks

    def into(self, path, *options):
        path.mkdir(parents=True, exist_ok=True)
        git(path, "init", "-q", "-b", "main", *options)
        git(path, "fast-import", "--quiet", data=b"".join(self.parts))
        return path


ODD = [b"new\nline.txt", b'quo"te.txt', b"back\\slash.txt", b"latin-\xe9.txt", "é/ü ñ.txt".encode(), b"-dash", b"a b/c  d",
       b"tab\there", b".hidden", b"dot.", b"x.tar.gz", b" lead", b"a-b/f", b"a.b/f", b"a0", b"a/f"]


def random_history(seed, commits=150):
    """Branches, merges, renames, removals, the same blob at several paths and again later, odd names."""
    rng = random.Random(seed)
    stream = Stream()
    names = ODD + [f"dir{a}/sub{b}/file{c}.{e}".encode() for a in range(3) for b in range(2)
                   for c, e in enumerate(("c", "png", "JPG", "txt"))]
    blobs = [stream.blob(bytes(rng.randrange(256) for _ in range(rng.randrange(1, 3000)))) for _ in range(20)]
    tips = {}
    files = {}
    for i in range(commits):
        branch = rng.choice([b"main", b"side", b"feature/x"])
        if branch not in tips:
            base = tips.get(b"main")
            parents, now = ([base] if base else []), dict(files.get(b"main", {}))
        else:
            parents, now = [tips[branch]], dict(files[branch])
        changes = {}
        for _ in range(rng.randrange(1, 4)):
            kind = rng.random()
            if now and kind < 0.2:
                changes[rng.choice(sorted(now))] = None
            elif now and kind < 0.4:  # a rename
                old, new = rng.choice(sorted(now)), rng.choice(names)
                if old != new:
                    changes[old], changes[new] = None, now[old]
            elif kind < 0.6:
                changes[rng.choice(names)] = rng.choice(blobs)
            else:
                mark = stream.blob(b"%d " % i * rng.randrange(1, 500))
                blobs.append(mark)
                changes[rng.choice(names)] = mark
        others = [tip for name, tip in tips.items() if name != branch]
        if parents and others and rng.random() < 0.2:
            parents.append(rng.choice(others))
        for path, mark in changes.items():
            if mark is None:
                now.pop(path, None)
            else:
                now[path] = mark
        tips[branch] = stream.commit(branch, changes, parents)
        files[branch] = now
    return stream


def oracle(repository):
    """What git lists: of each object its kind, size and packed size, and the path where it was met."""
    listed = git(repository, "rev-list", "--objects", "--all")
    checked = git(repository, "cat-file", "--batch-check=%(objectname) %(objecttype) %(objectsize) %(objectsize:disk)",
                  data=b"\n".join(line.split(b" ")[0] for line in listed.splitlines() if line[:4].isalnum()))
    objects = {}
    for line in checked.decode().splitlines():
        if line.endswith("missing"):  # the rest of a name with a newline
            continue
        name, kind, size, packed = line.split(" ")
        objects[name] = (kind, int(size), int(packed))
    return objects


def history(repository):
    """Of each blob its paths, and the commits that bring it or take it away, the newest first."""
    text = git(repository, "log", "--all", "--date-order", "--raw", "-z", "-c", "--root", "--no-renames",
               "--no-abbrev", "--format=%x00commit %H")
    paths, commits, commit = {}, {}, None
    fields = iter(text.split(b"\0"))
    for field in fields:
        field = field.lstrip(b"\n")
        if field.startswith(b"commit "):
            commit = field[7:].decode()
        elif field.startswith(b":"):
            words = field.lstrip(b":").split(b" ")
            parents = (len(words) - 2) // 2
            ids = [word.decode() for word in words[parents + 1:2 * parents + 2]]
            path = next(fields)
            for name in ids:
                commits.setdefault(name, [])
                if commit not in commits[name]:
                    commits[name].append(commit)
            paths.setdefault(ids[-1], set()).add(path)
    return paths, commits


def check(tamis, repository):
    objects = oracle(repository)
    found = analyze(tamis, "--top", "0", repository)
    for kind in ("commit", "tree", "blob", "tag"):
        of_kind = [(size, packed) for kind_here, size, packed in objects.values() if kind_here == kind]
        assert found[kind + "s"] == {"count": len(of_kind), "size": sum(size for size, _ in of_kind),
                                     "packed_size": sum(packed for _, packed in of_kind)}, kind
    blobs = {name: (size, packed) for name, (kind, size, packed) in objects.items() if kind == "blob"}
    assert {blob["id"]: (blob["size"], blob["packed_size"]) for blob in found["largest"]} == blobs
    sizes = [blob["size"] for blob in found["largest"]]
    assert sizes == sorted(sizes, reverse=True)
    paths, commits = history(repository)
    has_head = subprocess.run(["git", "-C", repository, "rev-parse", "-q", "--verify", "HEAD"],
                              capture_output=True).returncode == 0
    in_head = git(repository, "ls-tree", "-r", "-z", "--format=%(objectname)", "HEAD") if has_head else b""
    in_head = set(in_head.decode().split("\0"))
    for blob in found["largest"]:
        assert {raw(path) for path in blob["paths"]} == paths.get(blob["id"], set()), blob
        assert blob["in_head"] == (blob["id"] in in_head), blob
        if blob["id"] in commits:
            expected = commits[blob["id"]]
            assert (blob["first_commit"]["id"], blob["last_commit"]["id"]) == (expected[-1], expected[0]), blob
        else:
            assert blob["first_commit"] is None and blob["last_commit"] is None, blob
    for group in ("extensions", "directories"):
        sizes = [total["size"] for total in found[group]]
        assert sizes == sorted(sizes, reverse=True)
    for key in ("count", "size", "packed_size"):
        assert sum(total[key] for total in found["extensions"]) == found["blobs"][key]
    return found


@pytest.mark.parametrize("seed", range(6))
def test_agrees_with_git_on_random_histories(tamis, tmp_path, seed):
    repository = random_history(seed).into(tmp_path / "r")
    check(tamis, repository)
    git(repository, "gc", "-q")  # deltas: other packed sizes, a commit graph
    check(tamis, repository)


def test_agrees_with_git_on_sha256(tamis, tmp_path):
    repository = random_history(7).into(tmp_path / "r", "--object-format=sha256")
    found = check(tamis, repository)
    assert found["object_format"] == "sha256" and len(found["largest"][0]["id"]) == 64


def test_agrees_with_find_object(tamis, tmp_path):
    stream = Stream()
    big, other = stream.blob(b"x" * 5000), stream.blob(b"y")
    one = stream.commit(b"main", {b"a.bin": big, b"o": other})
    two = stream.commit(b"main", {b"a.bin": None}, [one])
    three = stream.commit(b"main", {b"b/c.bin": big}, [two])
    stream.commit(b"main", {b"b/c.bin": other}, [three])
    repository = stream.into(tmp_path / "r")
    blob = analyze(tamis, repository)["largest"][0]
    listed = git(repository, "log", "--all", "--format=%H", "--find-object=" + blob["id"]).decode().split()
    assert (blob["first_commit"]["id"], blob["last_commit"]["id"]) == (listed[-1], listed[0])
    assert blob["first_commit"]["time"] == "2020-09-13T13:26:40Z"
    assert blob["first_commit"]["author"] == MAIL.decode()
    assert sorted(blob["paths"]) == ["a.bin", "b/c.bin"] and not blob["in_head"]


def test_totals_by_extension_and_folder(tamis, tmp_path):
    stream = Stream()
    files = {b"a/x.png": 100, b"a/b/y.png": 50, b"a/b/z": 7, b"c/.profile": 5, b"top.txt": 3, b"c/d.tar.gz": 11}
    stream.commit(b"main", {path: stream.blob(bytes([size]) * size) for path, size in files.items()})
    found = analyze(tamis, stream.into(tmp_path / "r"))
    assert {total["name"]: (total["count"], total["size"]) for total in found["extensions"]} == {
        ".png": (2, 150), "": (2, 12), ".gz": (1, 11), ".txt": (1, 3)}
    assert [(total["name"], total["count"], total["size"]) for total in found["directories"]] == [
        ("a/", 3, 157), ("a/b/", 2, 57), ("c/", 2, 16)]
    measures = {measure["name"]: measure for measure in found["measures"]}
    assert measures["checkout_files"]["value"] == 6 and measures["checkout_bytes"]["value"] == sum(files.values())
    assert (measures["path_depth"]["value"], measures["path_depth"]["path"]) in ((3, "a/b/y.png"), (3, "a/b/z"))
    assert (measures["path_bytes"]["value"], measures["path_bytes"]["path"]) == (10, "c/.profile") or \
        measures["path_bytes"]["path"] == "c/d.tar.gz"


def test_top_and_sort(tamis, tmp_path):
    stream = Stream()
    noise = random.Random(1).randbytes(4000)
    stream.commit(b"main", {b"zeros.bin": stream.blob(b"0" * 9000), b"noise.dat": stream.blob(noise),
                            b"small.txt": stream.blob(b"s")})
    repository = stream.into(tmp_path / "r")
    assert [blob["paths"] for blob in analyze(tamis, repository, "--top", "1")["largest"]] == [["zeros.bin"]]
    found = analyze(tamis, repository, "--top", "2", "--sort", "packed")
    assert [blob["paths"] for blob in found["largest"]] == [["noise.dat"], ["zeros.bin"]]
    assert [total["name"] for total in found["extensions"]] == [".dat", ".bin"] and found["extension_count"] == 3
    assert tamis_repo(tamis, repository, "--top", "-1").returncode == 2
    assert tamis_repo(tamis, repository, "--sort", "colour").returncode == 2


def test_tags_of_blobs_and_trees(tamis, tmp_path):
    stream = Stream()
    stream.commit(b"main", {b"d/f.txt": stream.blob(b"in a commit")})
    repository = stream.into(tmp_path / "r")
    lonely = git(repository, "hash-object", "-w", "--stdin", data=b"lonely" * 100).decode().strip()
    git(repository, "tag", "straight", lonely)
    git(repository, "-c", "user.name=a", "-c", "user.email=a@b", "tag", "-a", "-m", "x", "annotated", lonely)
    tree = git(repository, "mktree", data=b"100644 blob %s\tin-tree.txt\n" % lonely.encode()).decode().strip()
    git(repository, "tag", "of-tree", tree)
    found = check_counts(tamis, repository)
    blob = found["largest"][0]
    assert blob["id"] == lonely and blob["first_commit"] is None
    assert blob["refs"] == ["refs/tags/annotated", "refs/tags/straight"] and blob["paths"] == ["in-tree.txt"]
    assert found["tags"]["count"] == 1
    git(repository, "tag", "-d", "of-tree")
    blob = analyze(tamis, repository)["largest"][0]
    assert blob["paths"] == []
    assert b"(refs/tags/annotated)" in tamis_repo(tamis, repository).stdout


def check_counts(tamis, repository):
    objects = oracle(repository)
    found = analyze(tamis, repository, "--top", "0")
    for kind in ("commit", "tree", "blob", "tag"):
        assert found[kind + "s"]["count"] == sum(of == kind for of, _, _ in objects.values()), kind
    return found


def test_what_no_ref_reaches_is_not_counted(tamis, tmp_path):
    repository = random_history(3, 20).into(tmp_path / "r")
    before = analyze(tamis, repository)
    git(repository, "hash-object", "-w", "--stdin", data=b"z" * 100_000)
    after = analyze(tamis, repository)
    assert after["blobs"] == before["blobs"] and after["largest"] == before["largest"]
    assert after["unreachable"]["count"] == before["unreachable"]["count"] + 1
    assert b"are reached by no ref" in tamis_repo(tamis, repository).stderr


def test_other_worktrees_and_detached_heads_count(tamis, tmp_path):
    stream = Stream()
    stream.commit(b"main", {b"f": stream.blob(b"1")})
    repository = stream.into(tmp_path / "r")
    git(repository, "worktree", "add", "-q", "--detach", tmp_path / "other", "main")
    (tmp_path / "other" / "g.bin").write_bytes(b"g" * 500)
    git(tmp_path / "other", "add", "-A")
    git(tmp_path / "other", "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "-m", "detached")
    found = check(tamis, repository)
    assert found["largest"][0]["paths"] == ["g.bin"] and not found["largest"][0]["in_head"]
    found = check(tamis, tmp_path / "other")
    assert found["largest"][0]["in_head"] and len(found["head"]) == 40


def test_bare_subfolder_and_git_folder(tamis, tmp_path):
    repository = random_history(4, 30).into(tmp_path / "r")
    git(repository, "checkout", "-q", "-f", "main")
    (repository / "deep" / "er").mkdir(parents=True)
    expected = analyze(tamis, repository)
    for path in (repository / "deep" / "er", repository / ".git"):
        found = analyze(tamis, path)
        assert found["largest"] == expected["largest"] and not found["shallow"]
    git(tmp_path, "clone", "-q", "--bare", repository, tmp_path / "bare.git")
    bare = analyze(tamis, tmp_path / "bare.git")
    assert bare["bare"] and bare["head"] == "main" and bare["blobs"]["count"] == expected["blobs"]["count"]
    inside = subprocess.run([tamis, "repo", "--json"], cwd=repository, capture_output=True)
    assert json.loads(inside.stdout)["path"] == "." and inside.returncode == 0
    dashes = tmp_path / "-C"
    shutil.copytree(repository, dashes)
    assert tamis_repo(tamis, "--", "-C", cwd=tmp_path).returncode == 0


def test_shallow_clone(tamis, tmp_path):
    repository = random_history(5, 40).into(tmp_path / "r")
    git(tmp_path, "clone", "-q", "--depth", "3", "file://" + str(repository), tmp_path / "shallow")
    found = check(tamis, tmp_path / "shallow")
    assert found["shallow"] and found["commits"]["count"] < 40
    assert b"a shallow clone" in tamis_repo(tamis, tmp_path / "shallow").stderr


@pytest.mark.parametrize("filter", ["blob:none", "tree:0"])
def test_partial_clone_fetches_nothing(tamis, tmp_path, filter):
    repository = random_history(6, 40).into(tmp_path / "r")
    git(repository, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "-q", "--no-checkout", "--filter=" + filter, "file://" + str(repository), tmp_path / "p")
    before = snapshot(tmp_path / "p")
    found = analyze(tamis, tmp_path / "p")
    assert found["partial"] and found["missing"] > 0 and found["blobs"]["count"] == 0
    assert found["commits"]["count"] == 40
    assert snapshot(tmp_path / "p") == before
    assert b"a partial clone" in tamis_repo(tamis, tmp_path / "p").stderr


def test_submodules_and_links(tamis, tmp_path):
    stream = Stream()
    stream.commit(b"main", {b"f": stream.blob(b"1")})
    repository = stream.into(tmp_path / "r")
    link = git(repository, "hash-object", "-w", "--stdin", data=b"target").decode().strip()
    git(repository, "read-tree", "main")
    git(repository, "update-index", "--add", "--cacheinfo", "160000," + "1" * 40 + ",sub/module")
    git(repository, "update-index", "--add", "--cacheinfo", "120000," + link + ",link")
    git(repository, "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "-m", "submodule")
    found = check_counts(tamis, repository)
    measures = {measure["name"]: measure["value"] for measure in found["measures"]}
    assert found["submodules"] == 1 and measures["checkout_submodules"] == 1 and measures["checkout_links"] == 1
    assert b"1 paths are submodules" in tamis_repo(tamis, repository).stderr


def test_no_commits_yet(tamis, tmp_path):
    git(tmp_path, "init", "-q", "-b", "main", "r")
    found = analyze(tamis, tmp_path / "r")
    assert found["commits"]["count"] == 0 and found["largest"] == [] and found["head"] == "main"
    text = tamis_repo(tamis, tmp_path / "r")
    assert text.returncode == 0 and b"no commits yet" in text.stdout


def refused(tamis, exit_code, *arguments, **options):
    done = tamis_repo(tamis, *arguments, **options)
    assert done.returncode == exit_code, done
    as_json = json.loads(tamis_repo(tamis, *arguments, "--json", **options).stdout)
    assert as_json["status"] == "failed" and as_json["error"]["exit_code"] == exit_code
    return done.stderr.decode()


def test_not_a_repository(tamis, tmp_path):
    assert "not a git repository (name a folder of a work tree" in refused(tamis, 2, tmp_path)
    assert "no such file or directory" in refused(tamis, 3, tmp_path / "nowhere")
    (tmp_path / "file").write_text("x")
    assert "not a directory" in refused(tamis, 3, tmp_path / "file")


def test_no_git(tamis, tmp_path):
    repository = random_history(1, 3).into(tmp_path / "r")
    (tmp_path / "bin").mkdir()
    message = refused(tamis, 3, repository, environment={"PATH": str(tmp_path / "bin")})
    assert "git: not found (install git" in message


def test_a_repository_of_another_user(tamis, tmp_path):
    repository = random_history(1, 3).into(tmp_path / "r")
    # git's own switch for its tests; tamis clears GIT_*, so that it is set behind it.
    wrapper = tmp_path / "bin" / "git"
    wrapper.parent.mkdir()
    wrapper.write_text(f'#!/bin/sh\nGIT_TEST_ASSUME_DIFFERENT_OWNER=1 exec {shutil.which("git")} "$@"\n')
    wrapper.chmod(0o755)
    environment = {"PATH": f"{wrapper.parent}:{os.environ['PATH']}"}
    message = refused(tamis, 3, repository, environment=environment)
    assert "belongs to another user" in message
    assert f"git config --global --add safe.directory {repository}" in message
    config = tmp_path / "config"
    config.write_text(f"[safe]\n\tdirectory = {repository}\n")
    assert tamis_repo(tamis, repository, environment={**environment, "GIT_CONFIG_GLOBAL": str(config)}).returncode == 0


def loose(repository, name):
    return repository / ".git" / "objects" / name[:2] / name[2:]


@pytest.mark.parametrize("kind", ["blob", "tree", "commit"])
@pytest.mark.parametrize("damage", ["remove", "empty", "garbage", "cut"])
def test_damaged_objects(tamis, tmp_path, kind, damage):
    repository = tmp_path / "r"
    git(tmp_path, "init", "-q", "-b", "main", "r")
    for i in range(3):
        (repository / "d").mkdir(exist_ok=True)
        (repository / "d" / "f").write_bytes(random.Random(i).randbytes(3000))
        git(repository, "add", "-A")
        git(repository, "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "-m", str(i))
    name = {"blob": "HEAD~1:d/f", "tree": "HEAD~1:d", "commit": "HEAD~1"}[kind]
    path = loose(repository, git(repository, "rev-parse", name).decode().strip())
    content = path.read_bytes()
    path.chmod(0o644)
    if damage == "remove":
        path.unlink()
    else:
        path.write_bytes({"empty": b"", "garbage": b"garbage" * 9, "cut": content[:len(content) // 2]}[damage])
    done = tamis_repo(tamis, repository)
    if kind == "blob" and damage == "cut":  # nobody has read its content
        assert done.returncode == 0
        return
    assert done.returncode == 1, done
    assert b"the repository is damaged" in done.stderr and b"git fsck" in done.stderr


def test_damaged_pack_and_refs(tamis, tmp_path):
    repository = random_history(2, 30).into(tmp_path / "r")
    (repository / ".git" / "refs" / "heads" / "broken").write_text("1" * 40 + "\n")
    assert "refs/heads/broken is missing" in refused(tamis, 1, repository)
    (repository / ".git" / "refs" / "heads" / "broken").unlink()
    [pack] = (repository / ".git" / "objects" / "pack").glob("*.pack")
    pack.chmod(0o644)
    content = pack.read_bytes()
    pack.write_bytes(content[:40] + bytes(len(content) - 60) + content[-20:])
    assert "the repository is damaged" in refused(tamis, 1, repository)


def snapshot(folder):
    return {path: (path.lstat().st_mtime_ns, path.lstat().st_size, path.is_file() and path.read_bytes())
            for path in sorted(pathlib.Path(folder).rglob("*"))}


def test_a_hostile_repository_runs_and_writes_nothing(tamis, tmp_path):
    repository = random_history(8, 20).into(tmp_path / "r")
    git(repository, "checkout", "-q", "-f", "main")
    trap = tmp_path / "trap"
    bait = tmp_path / "trap.sh"
    bait.write_text(f"#!/bin/sh\ntouch {trap}\n")
    bait.chmod(0o755)
    for key in ("core.fsmonitor", "core.pager", "core.sshCommand", "core.askPass", "core.editor", "core.gitProxy",
                "core.alternateRefsCommand", "gpg.program", "diff.external", "pager.cat-file", "pager.for-each-ref",
                "pager.rev-parse", "pager.config", "pager.worktree", "alias.cat-file", "filter.x.smudge",
                "filter.x.process", "diff.x.textconv", "credential.helper", "uploadpack.packObjectsHook"):
        git(repository, "config", key, f"!{bait}" if key == "credential.helper" else str(bait))
    git(repository, "config", "core.hooksPath", str(tmp_path / "hooks"))
    git(repository, "config", "log.showSignature", "true")
    (tmp_path / "hooks").mkdir()
    for hook in ("post-checkout", "post-index-change", "reference-transaction", "pre-auto-gc", "fsmonitor-watchman"):
        shutil.copy(bait, tmp_path / "hooks" / hook)
    (repository / ".gitattributes").write_text("* filter=x diff=x\n")
    before = snapshot(repository)
    other = random_history(9, 5).into(tmp_path / "elsewhere")
    environment = {"GIT_DIR": str(other / ".git"), "GIT_WORK_TREE": str(other), "GIT_PAGER": str(bait),
                   "GIT_EXTERNAL_DIFF": str(bait), "GIT_SSH_COMMAND": str(bait), "GIT_TRACE": str(tmp_path / "trace"),
                   "GIT_OBJECT_DIRECTORY": str(other / ".git" / "objects"), "PAGER": str(bait),
                   "GIT_INDEX_FILE": str(tmp_path / "index"), "GIT_NAMESPACE": "n", "GIT_REPLACE_REF_BASE": "x"}
    expected = analyze(tamis, repository)
    found = analyze(tamis, repository, environment=environment)
    assert {**found, "seconds": 0} == {**expected, "seconds": 0} and found["commits"]["count"] == 20
    assert not trap.exists() and not (tmp_path / "trace").exists()
    assert snapshot(repository) == before


def test_replaced_and_grafted_commits_are_counted_as_stored(tamis, tmp_path):
    repository = random_history(10, 20).into(tmp_path / "r")
    expected = analyze(tamis, repository)
    first, second = git(repository, "rev-list", "-n", "2", "main").decode().split()
    git(repository, "replace", "--graft", first)
    (repository / ".git" / "info" / "grafts").write_text(second + "\n")
    found = analyze(tamis, repository)
    assert found["commits"]["count"] == expected["commits"]["count"] + 1  # the replacement itself has a ref
    assert found["blobs"] == expected["blobs"]


def test_trees_that_unfold_without_end(tamis, tmp_path):
    """Ten trees, each ten times in the next: 10^10 files in one checkout."""
    git(tmp_path, "init", "-q", "-b", "main", "r")
    repository = tmp_path / "r"
    name = git(repository, "hash-object", "-w", "--stdin", data=b"boom").decode().strip()
    kind = "100644 blob"
    for _ in range(10):
        lines = "".join(f"{kind} {name}\td{i}\n" for i in range(10))
        name = git(repository, "mktree", data=lines.encode()).decode().strip()
        kind = "040000 tree"
    commit = git(repository, "-c", "user.name=a", "-c", "user.email=a@b", "commit-tree", "-m", "bomb", name).decode()
    git(repository, "update-ref", "refs/heads/main", commit.strip())
    begin = time.monotonic()
    found = analyze(tamis, repository)
    assert time.monotonic() - begin < 60
    measures = {measure["name"]: measure["value"] for measure in found["measures"]}
    assert measures["checkout_files"] == 10**10 and measures["checkout_bytes"] == 4 * 10**10
    assert found["blobs"]["count"] == 1 and not found["largest"][0]["paths_complete"]
    assert len(found["largest"][0]["paths"]) == 1000


def test_folders_nested_deep(tamis, tmp_path):
    stream = Stream()
    stream.commit(b"main", {b"d/" * 1500 + b"f.bin": stream.blob(b"deep")})
    found = analyze(tamis, stream.into(tmp_path / "r"), "--top", "3")
    measures = {measure["name"]: measure["value"] for measure in found["measures"]}
    assert measures["path_depth"] == 1501
    stream.commit(b"side", {b"d/" * 4500 + b"f.bin": stream.blob(b"deeper")})
    assert "nested more than 4,096 deep" in refused(tamis, 1, stream.into(tmp_path / "deeper"))


def many_objects(count):
    """A repository of about `count` objects."""
    rng = random.Random(1)
    stream = Stream()
    paths = [f"d{a}/s{b}/f{c}.{e}".encode() for a in range(20) for b in range(10)
             for c, e in enumerate(("cc", "h", "py", "txt", "md", "png", "json", "bin", "go", "rs"))]
    last = stream.commit(b"main", {path: stream.blob(path * rng.randrange(1, 40)) for path in paths})
    for i in range(count // 8):
        changes = {path: stream.blob(b"%d %s\n" % (i, path) * rng.randrange(1, 20)) for path in rng.sample(paths, 2)}
        last = stream.commit(b"main", changes, [last])
    return stream


def test_a_hundred_thousand_objects(tamis, tmp_path):
    repository = many_objects(100_000).into(tmp_path / "r")
    begin = time.monotonic()
    found = analyze(tamis, repository)
    took = time.monotonic() - begin
    objects = oracle(repository)
    assert len(objects) > 100_000
    for kind in ("commit", "tree", "blob"):
        assert found[kind + "s"]["count"] == sum(of == kind for of, _, _ in objects.values())
    largest = sorted((size for kind, size, _ in objects.values() if kind == "blob"), reverse=True)[:20]
    assert [blob["size"] for blob in found["largest"]] == largest
    begin = time.monotonic()
    history(repository)
    assert took < 3 * (time.monotonic() - begin) + 2  # no process for each object


def test_words_for_people(tamis, tmp_path):
    repository = random_history(11, 60).into(tmp_path / "r")
    done = tamis_repo(tamis, repository, "--top", "3")
    lines = done.stdout.decode().splitlines()
    assert done.returncode == 0 and lines[0].startswith(f"{repository}: HEAD main, ")
    assert "largest blobs:" in lines and "by extension:" in lines and "by folder:" in lines
    assert lines.index("by extension:") - lines.index("largest blobs:") == 6  # a header, three lines, an empty one
    assert all(byte >= 32 or byte == 10 for byte in done.stdout)


def test_a_file_name_can_not_drive_the_terminal(tamis, tmp_path):
    stream = Stream()
    stream.commit(b"main", {b"\x1b[2Jclear\n.txt": stream.blob(b"x")})
    done = tamis_repo(tamis, stream.into(tmp_path / "r"))
    assert b"\\x1b[2Jclear\\n.txt" in done.stdout and b"\x1b" not in done.stdout


def test_interrupt_ends_git_too(tamis, tmp_path):
    repository = random_history(1, 5).into(tmp_path / "r")
    wrapper = tmp_path / "bin" / "git"
    wrapper.parent.mkdir()
    wrapper.write_text(f'#!/bin/sh\necho $$ > {tmp_path}/pid\nexec sleep 600\n')
    wrapper.chmod(0o755)
    running = subprocess.Popen([tamis, "repo", repository], stderr=subprocess.PIPE,
                               env={**os.environ, "PATH": f"{wrapper.parent}:{os.environ['PATH']}"})
    deadline = time.monotonic() + 30
    while not (tmp_path / "pid").exists() or not (tmp_path / "pid").read_text().strip():
        assert time.monotonic() < deadline
        time.sleep(0.02)
    running.send_signal(signal.SIGTERM)
    assert running.wait(30) == 130
    child = int((tmp_path / "pid").read_text())
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


def test_deploy_analyzes_too(tamis, tmp_path):
    repository = random_history(12, 20).into(tmp_path / "r")
    done = subprocess.run([tamis, "deploy", "--analyze", repository, "--json"], capture_output=True)
    expected = analyze(tamis, repository)
    assert {**json.loads(done.stdout), "seconds": 0} == {**expected, "command": "deploy", "seconds": 0}
    inside = subprocess.run([tamis, "deploy", "--analyze"], cwd=repository, capture_output=True)
    assert inside.returncode == 0 and inside.stdout.startswith(b".: HEAD main, ")
    both = subprocess.run([tamis, "deploy", "--analyze", "--dry-run"], cwd=repository, capture_output=True)
    assert both.returncode == 2 and b"--dry-run excludes --analyze" in both.stderr
