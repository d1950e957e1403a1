"""The pinned digests of the data set's files, and what does not agree with them."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from cs231n.course.fetching.errors import FetchError

RECORD_BYTES = 1 + 3 * 32 * 32  # a label, then the red, green and blue plane
RECORDS = 10_000  # in each file
CHUNK = 1 << 20


@dataclass(frozen=True)
class Manifest:
    """What the data set must be: `digests` maps file names in `folder` to SHA-256."""

    folder: str
    digests: dict[str, str]
    records: int = RECORDS

    @property
    def file_size(self) -> int:
        """Bytes in each of the files."""
        return self.records * RECORD_BYTES


def read_manifest(path: Path, records: int = RECORDS) -> Manifest:
    """Read `path`, in the form that sha256sum writes. Raises FetchError."""
    try:
        lines = path.read_text(encoding="ascii").splitlines()
        entries = [line.split() for line in lines if line.strip()]
        digests = {Path(name).name: digest for digest, name in entries}
        (folder,) = {Path(name).parent.as_posix() for _, name in entries}
    except (OSError, ValueError) as error:
        raise FetchError(
            f"The pinned digests in {path} cannot be read ({error}). "
            "The file belongs to the repository: restore it from there."
        ) from error
    return Manifest(folder, digests, records)


def find_faults(target: Path, manifest: Manifest) -> dict[str, str]:
    """Map each file of `target` that is not as pinned to "missing" or "damaged"."""
    if target.exists() and not target.is_dir():
        raise FetchError(f"{target} is there, but it is not a folder: move it away.")
    states = {name: _state(target / name, manifest, name) for name in manifest.digests}
    return {name: state for name, state in states.items() if state != "right"}


def _state(path: Path, manifest: Manifest, name: str) -> str:
    if not path.exists():
        return "missing"
    if not path.is_file() or path.stat().st_size != manifest.file_size:
        return "damaged"
    return "right" if _sha256(path) == manifest.digests[name] else "damaged"


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
