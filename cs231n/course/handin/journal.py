"""Changes many files so that a kill at any moment loses nothing.

All that is new is written aside, and all that it replaces is copied, before a journal says so. From
then on a file after the other is renamed into its place, and whoever comes next goes on from there:
before the journal exists nothing has changed, and once it exists everything can be finished.

Needs nothing but Python: it must run while the package is half old, half new.
"""

import contextlib
import hashlib
import json
import os
import shutil
from pathlib import Path

STAGE = ".update"
JOURNAL = "journal.json"
KEPT = "before_update"


# What finishes an update comes before all else, lest half of it is old and half new.
FIRST = ("cs231n/__main__.py", "cs231n/course/handin/")


def prepare(root, writes, removals, last, stamp):
    """Writes aside what is to come, copies what it replaces, and then the journal.

    writes: {path: bytes}, paths relative to root with forward slashes. removals: paths. last: those
    of writes that come at the end, and only where all others could be written. stamp: the name of
    the folder below before_update/ for what was there before.
    """
    root = Path(root)
    stage = root / STAGE
    discard(root)
    steps = []
    for path in sorted({*writes, *removals}, key=lambda path: _turn(path, last)):
        if _digest(root / path) is not None:
            _copy(root / path, stage / "kept" / path)
        if path in writes:
            _write(stage / "new" / path, writes[path])
            if writes[path].startswith(b"#!"):
                (stage / "new" / path).chmod(0o755)
        steps.append(
            {
                "path": path,
                "was": _digest(root / path),
                "becomes": _digest(stage / "new" / path),
                "last": path in last,
            }
        )
    kept = _free_name(root / KEPT / stamp).relative_to(root).as_posix()
    _write(stage / f"{JOURNAL}.part", json.dumps({"kept": kept, "steps": steps}).encode())
    (stage / f"{JOURNAL}.part").replace(stage / JOURNAL)


def is_interrupted(root):
    """Whether there is a journal, so that an update has begun and not ended."""
    return (Path(root) / STAGE / JOURNAL).is_file()


def finish(root):
    """Does what the journal says and is not done yet.

    Returns (kept, left): the folder with what was there before, or None where nothing was, and the
    paths that somebody has changed since, which stay as they are.
    """
    root = Path(root)
    stage = root / STAGE
    journal = json.loads((stage / JOURNAL).read_text(encoding="utf-8"))
    kept, left = root / journal["kept"], []
    if (stage / "kept").is_dir():
        kept.parent.mkdir(exist_ok=True)
        (stage / "kept").replace(kept)
    for step in journal["steps"]:
        if not (step["last"] and left) and not _take(step, root, stage / "new"):
            left.append(step["path"])
    (stage / JOURNAL).unlink()
    discard(root)
    return (journal["kept"] if kept.is_dir() else None), left


def discard(root):
    """Removes what was written aside. No journal stands there, so nothing has been changed."""
    stage = Path(root) / STAGE
    if stage.is_dir():
        shutil.rmtree(stage)


def _take(step, root, new):
    """One step; False where the file is neither as it was nor as it is to become."""
    path = root / step["path"]
    now = _digest(path)
    if now == step["becomes"]:
        return True
    if now != step["was"]:
        return False
    if step["becomes"] is None:
        path.unlink()
        with contextlib.suppress(OSError):  # others are still in there
            path.parent.rmdir()
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        (new / step["path"]).replace(path)
    return True


def _turn(path, last):
    return path in last, not path.startswith(FIRST), path


def _digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None


def _copy(path, target):
    _write(target, path.read_bytes())
    shutil.copystat(path, target)


def _write(path, data):
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _free_name(path):
    number, candidate = 1, path
    while candidate.exists():
        number += 1
        candidate = path.with_name(f"{path.name}_{number}")
    return candidate
