"""What a reader that only lists files sees, for the tests of publishing."""

import os
import pathlib
import subprocess

from built import program

WRITER = program("publish_writer")


def is_hidden(name):
    return name[0] in "_."


def content(run, index, size):
    line = f"{run}:{index}\n".encode()
    return line * -(-size // len(line))


def files_of(run, files, size, flat=False):
    folder = "" if flat else "k={0}/"
    return {(folder + "part-{0}-{1}.txt").format(i, run): content(run, i, size) for i in range(files)}


def view(dataset):
    """Relative path to bytes of all files that are not hidden."""
    found = {}
    for folder, folders, names in os.walk(dataset):
        folders[:] = [name for name in folders if not is_hidden(name)]
        for name in names:
            if not is_hidden(name):
                path = pathlib.Path(folder, name)
                found[str(path.relative_to(dataset))] = path.read_bytes()
    return found


def litter(dataset):
    """All that no published version needs, beside the dataset and inside it."""
    dataset = pathlib.Path(dataset)
    found = [path.name for path in dataset.parent.iterdir() if path.name.startswith(".")]
    if not dataset.exists():
        return found
    found += [path.name for path in dataset.iterdir()
              if is_hidden(path.name) and path.name not in ("_SUCCESS", "_tamis")]
    for path in (dataset / "_tamis").rglob("*"):
        relative = str(path.relative_to(dataset / "_tamis"))
        if relative not in ("manifest.json", "commits") and not (
                relative.startswith("commits/") and relative.endswith(".json")):
            found.append(relative)
    found += [str(path) for path in dataset.rglob("*") if path.is_dir() and not any(path.iterdir())]
    return found


def run(*arguments, check=True):
    done = subprocess.run([WRITER, *map(str, arguments)], capture_output=True, text=True)
    assert not check or done.returncode == 0, done.stderr
    return done
