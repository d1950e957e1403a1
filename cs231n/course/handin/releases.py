"""What a copy of the course was when it was released: its version, its files, and some texts.

A released copy holds a record: the version and a SHA-256 of each file in release.json, and beside
it the texts that a learner works on (exercises, given code, notebooks) as they were, in
pristine.zip.
With them it can be told who changed what since. A staff's checkout has no record.
"""

import hashlib
import io
import json
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

RECORD = "cs231n/course/handin/release.json"
TEXTS = "cs231n/course/handin/pristine.zip"
VERSION = re.compile(r'^version = "([^"]+)"', re.MULTILINE)
LIMIT = 64 << 20  # bytes of texts; the course has less than one million
STAMP = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip knows: the same files give the same bytes


@dataclass(frozen=True)
class Release:
    """A copy as it was released; of a copy without a record, nothing is known.

    digests: SHA-256 by path. texts: what pristine.zip holds, by path.
    """

    version: str | None = None
    digests: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_known(self) -> bool:
        return self.version is not None

    def has(self, path: str, data: bytes | None) -> bool:
        """Whether these are the bytes that the file had; line ends do not count."""
        return data is not None and self.digests.get(path) == digest(data)


def digest(data: bytes) -> str:
    """SHA-256 of a file; of text the same with the line ends of Windows, which git may write."""
    return hashlib.sha256(data if b"\0" in data else data.replace(b"\r\n", b"\n")).hexdigest()


def as_text(data: bytes) -> str:
    """The text of bytes in UTF-8, without a byte order mark, lines ending as in Python."""
    return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


def is_merged(path: str) -> bool:
    """Whether a learner works on such a file, so that an update looks into it."""
    parts = PurePosixPath(path).parts
    if parts[0] == "cs231n" and len(parts) > 1:
        return parts[-1].endswith(".py") and parts[1] not in ("course", "__main__.py")
    return len(parts) == 2 and parts[0] == "notebooks" and parts[1].endswith(".ipynb")


def record_of(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The two files of the record for a copy with these files, by path. Same files, same bytes."""
    files = {path: data for path, data in sorted(files.items()) if path not in (RECORD, TEXTS)}
    digests = {path: digest(data) for path, data in files.items()}
    texts = io.BytesIO()
    with zipfile.ZipFile(texts, "w") as archive:
        for path, data in files.items():
            if is_merged(path):
                member = zipfile.ZipInfo(path, STAMP)
                member.create_system = 3  # the same on Windows
                archive.writestr(member, as_text(data).encode(), zipfile.ZIP_DEFLATED)
    named = VERSION.search(files.get("pyproject.toml", b"").decode("utf-8", "replace"))
    whole = hashlib.sha256(json.dumps(digests).encode()).hexdigest()
    record = {"version": f"{named[1] if named else '0'}+{whole[:8]}", "files": digests}
    text = json.dumps(record, indent=1) + "\n"
    return {RECORD: text.encode(), TEXTS: texts.getvalue()}


def release_from(record: bytes | None, texts: bytes | None) -> Release:
    """The Release that the two files of a record tell of; an unknown one where they do not."""
    if record is None or texts is None:
        return Release()
    try:
        entries = json.loads(record)
        with zipfile.ZipFile(io.BytesIO(texts)) as archive:
            if sum(member.file_size for member in archive.infolist()) > LIMIT:
                return Release()
            pristine = {name: archive.read(name).decode() for name in archive.namelist()}
        return Release(str(entries["version"]), dict(entries["files"]), pristine)
    except (ValueError, KeyError, TypeError, RecursionError, zipfile.BadZipFile, zlib.error):
        return Release()


def release_of(root: Path) -> Release:
    """The Release that a copy was made from."""
    return release_from(_bytes(root / RECORD), _bytes(root / TEXTS))


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None
