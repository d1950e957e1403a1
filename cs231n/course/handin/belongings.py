"""Which files of a copy go into a hand-in."""

import os
from collections.abc import Iterator
from pathlib import Path

from cs231n.course.handin.errors import told
from cs231n.course.handin.releases import RECORD, TEXTS, Release

LARGE = 20 << 20  # bytes; no code is as long
PASSED_OVER = {"__pycache__", ".ipynb_checkpoints"}


def package_files(root: Path, own: Release) -> tuple[dict[str, bytes], list[str]]:
    """The learner's files of the package, by path, and a line on each that cannot come along.

    They are those that differ from what was released, or are not the course's; where nobody knows
    what was released, all but the course's own rooms.
    """
    files, gaps = {}, []
    for path, name in _walk(root / "cs231n", root, gaps):
        if name in (RECORD, TEXTS) or (not own.is_known and name.startswith("cs231n/course/")):
            continue
        data = _read(path, name, root, gaps)
        if data is not None and not own.has(name, data):
            files[name] = data
    return files, gaps


def notebook_files(root: Path) -> tuple[dict[str, bytes], list[str]]:
    """The notebooks, by path, as they stand; and a line on each that cannot come along."""
    files, gaps = {}, []
    for path in sorted((root / "notebooks").glob("*.ipynb")):
        name = path.relative_to(root).as_posix()
        if (
            _is_plain(name, gaps)
            and (data := _read(path, name, root, gaps, limit=None)) is not None
        ):
            files[name] = data
    return files, gaps


def _walk(folder: Path, root: Path, gaps: list[str]) -> Iterator[tuple[Path, str]]:
    for here, folders, names in os.walk(folder):
        for each in [each for each in folders if Path(here, each).is_symlink()]:
            gaps.append(f"{_name(Path(here, each), root)} is a linked folder, and is not in it")
        folders[:] = sorted(f for f in folders if f not in PASSED_OVER and not f.startswith("."))
        for each in sorted(names):
            name = _name(Path(here, each), root)
            is_code = not each.startswith(".") and not each.endswith((".pyc", "~"))
            if is_code and _is_plain(name, gaps):
                yield Path(here, each), name


def _name(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()


def _is_plain(name: str, gaps: list[str]) -> bool:
    """Whether a zip can hold the name so that every system can take it out."""
    if name.isprintable() and not any(c in name for c in '\\:*?"<>|'):
        return True
    gaps.append(f"{name!r} has a name that not every system can read, and is not in it")
    return False


def _read(path: Path, name: str, root: Path, gaps: list[str], limit=LARGE) -> bytes | None:
    try:
        if path.is_symlink() and not path.resolve().is_relative_to(root.resolve()):
            gaps.append(f"{name} is a link to somewhere else, and is not in it")
        elif not path.is_file():
            gaps.append(f"{name} is no file, and is not in it")
        elif limit is not None and path.stat().st_size > limit:
            gaps.append(f"{name} is larger than {limit >> 20} MB, and is not in it")
        else:
            return path.read_bytes()
    except OSError as error:
        gaps.append(f"{name} cannot be read ({told(error)}), and is not in it")
    return None
