"""The files of a course that comes as a folder or as a zip. They are read, never run."""

import lzma
import os
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from cs231n.course.handin.errors import HandInError, told
from cs231n.course.handin.parts import FILES, FOLDERS, is_of_course
from cs231n.course.handin.releases import (
    RECORD,
    TEXTS,
    Release,
    record_of,
    release_from,
    release_of,
)

LIMIT = 200 << 20  # bytes; the course has about three million
MOST = 20_000  # files
STAFF = "instructor"
DAMAGE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, ValueError,
    RuntimeError,
)  # fmt: skip
PASSED_OVER = {"__pycache__", ".ipynb_checkpoints", ".git", ".venv"}


def read_course(source: Path) -> tuple[dict[str, bytes], Release]:
    """The files of a course, by path with forward slashes, and the Release that they are.

    Raises HandInError where the source is no course, is not as it was released, or is a zip whose
    names or sizes are not to be trusted.
    """
    try:
        files = _from_folder(source) if source.is_dir() else _from_zip(source)
    except OSError as error:
        raise HandInError(f"{source} cannot be read: {told(error)}") from error
    if "cs231n/__init__.py" not in files:
        raise HandInError(f"{source} is not the course: there is no cs231n/ in it.")
    release = release_from(files.get(RECORD), files.get(TEXTS))
    if not release.is_known:
        if any(path.startswith(f"{STAFF}/") for path in files):
            raise HandInError(
                f"{source} is the staff's checkout. Take what is made of it for learners: there, "
                "python -m instructor.release FOLDER"
            )
        files = {path: data for path, data in files.items() if is_of_course(path)}
        files |= record_of(files)
        return files, release_from(files[RECORD], files[TEXTS])
    damaged = [path for path in release.digests if not release.has(path, files.get(path))]
    if damaged:
        more = f" ({len(damaged)} files in all)" if len(damaged) > 1 else ""
        raise HandInError(
            f"{source} is not as it was released: {damaged[0]} was changed or is missing{more}. "
            "Take a fresh copy, not one that somebody works in."
        )
    return {path: files[path] for path in (*release.digests, RECORD, TEXTS)}, release


def _from_folder(folder: Path) -> dict[str, bytes]:
    return dict(
        _bounded((name, path.stat().st_size, path.read_bytes) for name, path in _walk(folder))
    )


def _walk(folder: Path) -> Iterator[tuple[str, Path]]:
    """The course's files below a folder, in which there may be much else. No links."""
    own = {*release_of(folder).digests}
    own |= {RECORD, TEXTS} if own else set()
    tops = {name.split("/")[0] for name in own or (*FOLDERS, *FILES, STAFF)}
    for here, folders, names in os.walk(folder):
        is_top = Path(here) == folder
        folders[:] = sorted(
            f for f in folders if f not in PASSED_OVER and (f in tops or not is_top)
        )
        for path in (Path(here, name) for name in sorted(names)):
            name = path.relative_to(folder).as_posix()
            is_wanted = name in own or (
                not own and (is_of_course(name) or name.startswith(f"{STAFF}/"))
            )
            if is_wanted and path.is_file() and not path.is_symlink():
                yield name, path


def _from_zip(path: Path) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = [each for each in archive.infolist() if not each.is_dir()]
            for member in archive.infolist():
                _check_member(member, path)
            # Else its end is lost, and what was opened is a zip that lies in it.
            if min((each.header_offset for each in archive.infolist()), default=0) > 0:
                raise zipfile.BadZipFile("it is not whole")
            if len({each.filename for each in members}) < len(members):
                raise HandInError(f"{path} is refused: it holds a name twice.")
            top = _top([each.filename for each in members])
            return dict(
                _bounded(
                    (each.filename.removeprefix(top), each.file_size, _reader(archive, each))
                    for each in members
                    if each.filename.startswith(top)
                    and not PASSED_OVER & {*each.filename.split("/")}
                )
            )
    except DAMAGE as error:
        raise HandInError(f"{path} is no zip that can be read: {error}") from error


def _check_member(member: zipfile.ZipInfo, path: Path) -> None:
    name, kind = member.filename, stat.S_IFMT(member.external_attr >> 16)
    parts = name.rstrip("/").split("/")
    if name.startswith("/") or {"..", ".", ""} & {*parts} or any(c in name for c in "\\:\0"):
        raise HandInError(f"{path} is refused: it holds {name!r}, which leads elsewhere.")
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise HandInError(f"{path} is refused: {name!r} is no plain file.")


def _top(names: list[str]) -> str:
    """What stands before the course's names: the one folder that all are in, or nothing."""
    first = names[0].partition("/")[0] + "/" if names else ""
    is_packed = all(name.startswith(first) for name in names) and first != "cs231n/"
    return first if is_packed else ""


def _reader(archive: zipfile.ZipFile, member: zipfile.ZipInfo):
    # No more comes than the member's header says, whatever it unpacks to.
    return lambda: archive.read(member)


def _bounded(members) -> Iterator[tuple[str, bytes]]:
    """The names and bytes of members (name, size, read), as long as they stay within the limits."""
    total = count = 0
    for name, size, read in members:
        total, count = total + size, count + 1
        if total > LIMIT or count > MOST:
            raise HandInError(
                f"The source is refused: it holds more than {LIMIT >> 20} MB or {MOST:,} files, "
                "and the course has much less."
            )
        yield name, read()
