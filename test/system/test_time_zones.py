"""Wall clocks of every time zone that the system knows, against Python's zoneinfo."""

import csv
import os
import random
import subprocess
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo, available_timezones

CONTRACT = """apiVersion: v3.1.0
kind: DataContract
id: t
version: 1.0.0
status: active
schema:
  - name: t
    properties:
      - {{name: t, logicalType: timestamp}}
    customProperties:
      - {{property: tamis.format, value: {{timestamp_zone: {zone}}}}}
"""

def times(generator, zone):
    """Random times of ten centuries, and those around the changes of clocks of some years."""
    start = datetime(1850, 1, 1)
    found = [start + timedelta(seconds=generator.randrange(1150 * 365 * 86400)) for _ in range(60)]
    found += [datetime(1970, 1, 1) + timedelta(seconds=generator.randrange(80 * 365 * 86400))
              for _ in range(60)]
    for year in (1945, 1980, 1996, 2026, 2100, 2426):
        offset = None
        for hour in range(0, 366 * 24, 6):
            time = datetime(year, 1, 1) + timedelta(hours=hour)
            now = time.replace(tzinfo=zone).utcoffset()
            if offset is not None and now != offset:
                found += [time - timedelta(minutes=minutes) for minutes in range(0, 420, 15)]
            offset = now
    return found

def test_every_zone(tamis, tmp_path):
    generator = random.Random(20261121)
    zones = sorted(available_timezones() - {"localtime"})
    assert len(zones) > 400
    wrong = []
    for name in zones:
        zone = ZoneInfo(name)
        local = times(generator, zone)
        (tmp_path / "t.csv").write_text("t\n" + "".join(f"{t.isoformat()}\n" for t in local))
        (tmp_path / "t.odcs.yaml").write_text(CONTRACT.format(zone=name))
        subprocess.run([tamis, "convert", "t.csv", "out.csv", "--contract", "t.odcs.yaml", "-q"],
                       cwd=tmp_path, check=True)
        with open(tmp_path / "out.csv", newline="") as file:
            found = [row["t"] for row in csv.DictReader(file)]
        assert len(found) == len(local)
        for time, text in zip(local, found):
            expected = time.replace(tzinfo=zone).astimezone(timezone.utc)
            if datetime.fromisoformat(text.replace("Z", "+00:00")) != expected:
                wrong.append(f"{name} {time.isoformat()}: {text}, not {expected.isoformat()}")
    assert not wrong, "\n".join(wrong[:20])

def test_unknown_zones(tamis, tmp_path):
    (tmp_path / "t.csv").write_text("t\n2026-01-01\n")

    def run(zone, **environment):
        (tmp_path / "t.odcs.yaml").write_text(CONTRACT.format(zone=zone))
        return subprocess.run(
            [tamis, "convert", "t.csv", "out.csv", "--contract", "t.odcs.yaml", "-q"],
            cwd=tmp_path, capture_output=True, text=True, env={**os.environ, **environment})

    done = run("Europe/Rom")
    assert done.returncode == 2
    assert "no time zone is known by the name Europe/Rom" in done.stderr
    assert "did you mean Europe/Rome?" in done.stderr
    done = run("Europe/Rome", TZDIR=str(tmp_path / "none"))
    assert done.returncode == 2
    assert "install tzdata" in done.stderr
    (tmp_path / "zones").mkdir()
    (tmp_path / "zones" / "Here").write_bytes(b"TZif2" + bytes(20))
    done = run("Here", TZDIR=str(tmp_path / "zones"))
    assert done.returncode == 2
    assert "timestamp_zone: Here: not a time zone file: no header" in done.stderr
    assert not (tmp_path / "out.csv").exists()
