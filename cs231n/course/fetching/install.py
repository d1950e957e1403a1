"""The files' way into their place, so that nothing half-made can be taken for data.

They are written into a folder aside, verified, and only then renamed, on one file system.
"""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from tqdm import tqdm

from cs231n.course.fetching.archives import read_archive
from cs231n.course.fetching.errors import FetchError, SourceError
from cs231n.course.fetching.manifest import Manifest

LOCK = ".get_datasets.lock"
ASIDE = ".incoming-cifar10"
SLACK = 8 << 20  # bytes: folders, the lock, what the file system keeps for itself


@contextmanager
def exclusive(datasets: Path) -> Iterator[None]:
    """Hold the lock of `datasets`. Raises FetchError where another run holds it."""
    lock = FileLock(datasets / LOCK, timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise FetchError(
            f"Another run is at work in {datasets} (it holds {LOCK}). "
            "Wait until it ends, then run this again: it will verify the files."
        ) from error
    except OSError as error:
        raise _cannot_write(datasets, error) from error
    try:
        yield
    finally:
        lock.release()


def sweep(datasets: Path) -> None:
    """Remove what a killed run has left aside. Only under the lock."""
    if (datasets / ASIDE).exists():
        shutil.rmtree(datasets / ASIDE)


def check_space(
    needs: dict[Path, int], free: Callable[[Path], int] = lambda path: shutil.disk_usage(path).free
) -> None:
    """Raise FetchError where a disk has less room than the sum of `needs` in its folders."""
    for device in {path.stat().st_dev for path in needs}:
        folders = [path for path in needs if path.stat().st_dev == device]
        needed = sum(needs[path] for path in folders) + SLACK
        left = free(folders[0])
        if left < needed:
            raise FetchError(
                f"Not enough room for {' and '.join(map(str, folders))}: {needed / 1e6:,.0f} MB "
                f"are needed and {left / 1e6:,.0f} MB are free. Make room, then run this again."
            )


def install(archive: Path, datasets: Path, manifest: Manifest, faults: dict[str, str]) -> None:
    """Take the files that `faults` names out of `archive`, verify them, put them in place.

    Raises SourceError where the archive is not right, FetchError where the disk is not;
    in both cases the data set in `datasets` is as it was before.
    """
    aside = datasets / ASIDE
    sweep(datasets)
    try:
        aside.mkdir()
        _extract(archive, aside, manifest, faults)
        _put_in_place(aside, datasets / manifest.folder, faults)
    except OSError as error:
        raise _cannot_write(datasets, error) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _cannot_write(datasets: Path, error: OSError) -> FetchError:
    return FetchError(
        f"Cannot write to {datasets}: {error.strerror or error}. "
        "Nothing there was changed. Make room, or make the folder writable; then run this again."
    )


def _extract(archive: Path, aside: Path, manifest: Manifest, wanted: Iterable[str]) -> None:
    found = set()
    for name, chunks in tqdm(
        read_archive(archive, manifest, wanted), "  unpack", total=len(wanted), unit=" files"
    ):
        if _write(aside / name, chunks) != manifest.digests[name]:
            raise SourceError(f"its {name} has not the pinned SHA-256")
        found.add(name)
    if found != set(wanted):
        raise SourceError("the archive changed while it was read")


def _write(path: Path, chunks: Iterable[bytes]) -> str:
    """Write `chunks` through to the disk; return their SHA-256."""
    digest = hashlib.sha256()
    with path.open("wb") as file:
        for chunk in chunks:
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest()


def _put_in_place(aside: Path, target: Path, faults: dict[str, str]) -> None:
    if not target.exists():
        aside.rename(target)
        return
    for name, state in faults.items():
        if state == "damaged":
            (target / name).replace(_free_name(target / f"{name}.damaged"))
        (aside / name).replace(target / name)


def _free_name(path: Path) -> Path:
    number = 1
    candidate = path
    while candidate.exists():
        number += 1
        candidate = path.with_name(f"{path.name}-{number}")
    return candidate
