"""examples/warehouse on real SSH servers: rolled out, run as an array job, and every row made once."""

import json
import pathlib
import shutil
import subprocess

import duckdb
import pytest

from ssh_servers import SshServers

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
EXAMPLE = ROOT / "examples" / "warehouse"
SERVERS = 3
SCALE = "2e-6"
ROWS = "SELECT * FROM read_parquet({}, hive_partitioning = true) ORDER BY ALL"


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    servers = SshServers(tmp_path_factory.mktemp("ssh") / "s")
    try:
        for number in range(1, SERVERS + 1):
            servers.start(f"n{number}", f"127.0.4.{number}")
        yield servers
    finally:
        servers.stop()


@pytest.fixture
def example(tamis, cluster, tmp_path):
    """The example's folder with the test's servers in its plan."""
    folder = tmp_path / "warehouse"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("out"))
    plan = (folder / "cluster.yaml").read_text()
    for old, new in (("10.0.0.[10-16]", f"n[1-{SERVERS}]"), ("/opt/warehouse", f"{cluster.mount}/app"),
                     ("deploy: warehouse\n", f"deploy: warehouse\nssh: {{config: {cluster.write_config()}}}\n")):
        assert plan.count(old) == 1
        plan = plan.replace(old, new)
    (folder / "cluster.yaml").write_text(plan)
    return folder


def run(*words, cwd, exit_code=0):
    done = subprocess.run([str(word) for word in words], cwd=cwd, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert done.returncode == exit_code, (done.stdout, done.stderr)
    return done


def test_an_array_job_over_ssh(tamis, cluster, example):
    run(example / "pack.sh", tamis, cwd=example)
    assert {path.name for path in (example / "out" / "pack" / "lib").iterdir()} >= {"libarrow.so.2600", "libstdc++.so.6"}
    rolled_out = run(tamis, "deploy", "cluster.yaml", cwd=example)
    assert f"{SERVERS} of {SERVERS} servers" in rolled_out.stderr.splitlines()[-1]
    data = f"{cluster.mount}/sales"
    run(tamis, "deploy", "exec", "cluster.yaml", "--gather", "out/parts", "--", "./part.sh", "{part}", "{parts}", SCALE, data,
        cwd=example)

    records = {path.stem: json.loads(path.read_text()) for path in (example / "out" / "parts").glob("*.out")}
    assert sorted(records) == [f"n{number}" for number in range(1, SERVERS + 1)]
    run(tamis, "generate", "sales.odcs.yaml", "--slices", "sales.slices", "--scale", SCALE, "-o", "out/whole", cwd=example)
    whole = duckdb.sql(ROWS.format(f"'{example}/out/whole/**/*.parquet'")).fetchall()
    parts = [str(server.folder / "sales" / "**" / "*.parquet") for server in cluster.servers.values()]
    assert duckdb.sql(ROWS.format(parts)).fetchall() == whole and len(whole) > 40_000
    made = [record["outputs"][0]["rows"] for record in records.values()]
    assert sum(made) == len(whole) and max(made) - min(made) <= 1

    # What the README says of the records, and that a part can be made again.
    text = run(tamis, "sql", "SELECT sum(outputs[1].rows) AS rows FROM read_json('out/parts/*.out')", cwd=example).stdout
    assert text.split() == ["rows", str(len(whole))]
    run(tamis, "deploy", "exec", "cluster.yaml", "--limit", "n2", "--", "./part.sh", "2", str(SERVERS), SCALE, data, cwd=example)
    assert duckdb.sql(ROWS.format(parts)).fetchall() == whole


def test_a_server_that_fails_is_told(tamis, cluster, example):
    run(example / "pack.sh", tamis, cwd=example)
    run(tamis, "deploy", "cluster.yaml", cwd=example)
    blocked = cluster.servers["n2"].folder / "blocked"
    blocked.write_text("a file where the data should go")
    done = run(tamis, "deploy", "exec", "cluster.yaml", "--gather", "out/parts", "--", "./part.sh", "{part}", "{parts}", SCALE,
               f"{cluster.mount}/blocked", cwd=example, exit_code=1)
    assert "n2" in done.stderr.splitlines()[-1]
    record = json.loads((example / "out" / "parts" / "n2.out").read_text())
    assert record["status"] == "failed" and "blocked" in record["error"]["message"]
    assert json.loads((example / "out" / "parts" / "n1.out").read_text())["status"] == "ok"
