"""Reads a submission: the Python files of its `cs231n/`, and nothing else of it.

A submission is a zip or a folder, made by a stranger. Nothing is unpacked: files are read, as far
as they are small and few, and their names are only looked at.
"""

import hashlib
import os
import re
import stat
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

LARGEST = 1_000_000  # bytes of a file; an answer of the course has a few thousand
LARGEST_OF_ALL = 20_000_000
MOST = 2_000  # Python files
MOST_NAMES = 100_000  # of whatever kind
LARGEST_ZIP = 500_000_000
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # others may ask for gigabytes of memory
LONGEST = 180  # bytes of a name
PACKAGE = "cs231n"
TAKEN = ("grades.csv", "unnamed.md", "wrong.png")  # in the folder of results
# What is the course's, whoever brings it along.
OURS = ("course", "checks.py", "__main__.py")


@dataclass(frozen=True)
class Submission:
    """name: as in the table of grades. files: {path below cs231n/: bytes}. fault: why there are
    none, or None."""

    name: str
    files: dict
    fault: str | None = None

    @property
    def digest(self):
        whole = hashlib.sha256(str(self.fault).encode())
        for path, data in sorted(self.files.items()):
            for each in (os.fsencode(path), data):
                whole.update(len(each).to_bytes(8, "big") + each)
        return whole.hexdigest()


class Unreadable(Exception):
    """Why a submission cannot be read, in words."""


def names_of(paths):
    """A name for each submission, fit for a folder and a table, and each another."""
    names = []
    for path in paths:
        stem = path.stem if path.suffix.lower() == ".zip" else path.name
        plain = re.sub(r"[\x00-\x1f\x7f/\\\ud800-\udfff]", "_", stem).strip()
        plain = plain.encode()[:LONGEST].decode(errors="ignore") or "_"
        # A table would take what begins so for a formula, a command for an option.
        plain = re.sub(r"^[-=+@.]", lambda match: "_" + match[0], plain)
        name, count = plain, 1
        while name.casefold() in {each.casefold() for each in (*names, *TAKEN)}:
            count += 1
            name = f"{plain} ({count})"
        names.append(name)
    return names


def read(path, name):
    """A Submission, of a zip or a folder; with a fault where nothing can be read."""
    try:
        files = _of_folder(path) if path.is_dir() else _of_zip(path)
        if not files:
            raise Unreadable("there is no folder cs231n/ with Python files in it")
    except Unreadable as error:
        return Submission(name, {}, str(error))
    except (OSError, ValueError, RuntimeError, NotImplementedError, EOFError, MemoryError,
            zipfile.BadZipFile, zlib.error, UnicodeError, OverflowError) as error:  # fmt: skip
        return Submission(name, {}, f"it cannot be read: {error or type(error).__name__}")
    return Submission(name, files)


def _of_zip(path):
    if not path.is_file() or path.stat().st_size > LARGEST_ZIP:
        raise Unreadable("it is no file, or too large")
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
        if len(entries) > MOST_NAMES:
            raise Unreadable(f"{len(entries):,} files")
        found = {}
        for entry in entries:
            place = _place(entry.filename)
            plain = entry.compress_type in METHODS and not stat.S_ISLNK(entry.external_attr >> 16)
            if place and plain and not entry.is_dir():
                found[place] = entry

        def data(entry):
            with archive.open(entry) as file:
                return file.read(LARGEST + 1)

        return _package(found, data)


def _of_folder(path):
    found = {}
    for folder, folders, files in os.walk(path):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        for name in files:
            file = Path(folder) / name
            place = _place(file.relative_to(path).as_posix())
            if place and stat.S_ISREG(file.lstat().st_mode):
                found[place] = file
        if len(found) > MOST_NAMES:
            raise Unreadable(f"more than {MOST_NAMES:,} files")

    def data(file):
        with os.fdopen(os.open(file, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0)), "rb") as opened:
            return opened.read(LARGEST + 1)

    return _package(found, data)


def _place(name):
    """The parts of a Python file's name, or None where it is none, or leads out of its folder."""
    name = name.replace("\\", "/")
    parts = PurePosixPath(name).parts
    odd = name.startswith("/") or ":" in name or "\x00" in name or ".." in parts
    hidden = any(part.startswith((".", "__MACOSX")) for part in parts)
    if odd or hidden or not parts or not parts[-1].endswith(".py") or PACKAGE not in parts[:-1]:
        return None
    return parts


def _package(found, data):
    """{path below cs231n/: bytes} of the cs231n/ that stands highest."""
    tops = sorted(
        {parts[: parts.index(PACKAGE)] for parts in found}, key=lambda top: (len(top), top)
    )
    files, size = {}, 0
    for parts, entry in sorted(found.items()):
        inside = parts[len(tops[0]) + 1 :]
        if parts[: len(tops[0]) + 1] != (*tops[0], PACKAGE) or inside[0] in OURS:
            continue
        content = data(entry)
        size += len(content)
        if len(content) > LARGEST or size > LARGEST_OF_ALL or len(files) >= MOST:
            raise Unreadable(f"{'/'.join(inside)} is too large, or there are too many files")
        files["/".join(inside)] = content
    return files
