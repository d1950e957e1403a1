"""The official archive, over HTTP."""

from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import IO

import pooch
import requests
from tqdm import tqdm

from cs231n.course.fetching.errors import FetchError, SourceError

# the archive as it is: a server's gzip on top of it would be undone on the way
HEADERS = {"Accept-Encoding": "identity"}


@dataclass(frozen=True)
class HttpSource:
    """An archive of `size` bytes at `url`; `patience` is in seconds."""

    name: str
    url: str
    sha256: str
    size: int
    patience: float = 10

    @property
    def scratch_bytes(self) -> int:
        """Room that the download takes in the temporary folder."""
        return self.size

    def download(self, folder: Path) -> Path:
        """Fetch the archive into `folder`; return its path. Raises SourceError."""
        self._probe()
        pooch.get_logger().setLevel("WARNING")  # its news is told by the progress bar
        try:
            path = pooch.retrieve(
                self.url, f"sha256:{self.sha256}", "archive", folder, downloader=self._save
            )
        except requests.RequestException as error:
            raise SourceError(f"the download broke off ({_brief(error)})") from error
        except ValueError as error:  # pooch's word for a wrong digest
            raise SourceError("what it sent has not the pinned SHA-256") from error
        except OSError as error:
            raise FetchError(f"Cannot write to {folder}: {error.strerror}.") from error
        return Path(path)

    def _probe(self) -> None:
        """Ask for the headers, in a thread: no timeout covers the look-up of a name."""
        answers = SimpleQueue()
        Thread(target=self._ask, args=(answers,), daemon=True).start()
        try:
            answer = answers.get(timeout=self.patience)
        except Empty:
            answer = requests.Timeout()
        if isinstance(answer, requests.Timeout):
            raise SourceError(f"no answer within {self.patience:g} s")
        if isinstance(answer, Exception):
            raise SourceError(f"it cannot be reached ({_brief(answer)})")
        if not answer:
            raise SourceError(f"it does not offer {self.url}")

    def _ask(self, answers: SimpleQueue) -> None:
        ask = pooch.HTTPDownloader(timeout=self.patience)
        try:
            answers.put(ask(self.url, None, None, check_only=True))
        except Exception as error:
            answers.put(error)  # a thread's own traceback would help nobody

    def _save(self, url: str, path: str, _pooch: object) -> None:
        fetch = pooch.HTTPDownloader(timeout=self.patience, chunk_size=1 << 16, headers=HEADERS)
        bar = tqdm(total=self.size, desc="  download", unit="B", unit_scale=True)
        with bar, Path(path).open("wb") as file:
            fetch(url, _Watched(file, bar), None)


class _Watched:
    """A file that moves a progress bar, and takes no more bytes than the bar's total."""

    def __init__(self, file: IO[bytes], bar: tqdm) -> None:
        self.file = file
        self.bar = bar
        self.flush = file.flush

    def write(self, chunk: bytes) -> None:
        """Write `chunk`. Raises SourceError where it is more than was promised."""
        if self.bar.n + len(chunk) > self.bar.total:
            raise SourceError(f"it sends more than the {self.bar.total:,} bytes expected")
        self.file.write(chunk)
        self.bar.update(len(chunk))


def _brief(error: Exception) -> str:
    """Say what kind of error it is: the texts of network errors run over lines."""
    known = {
        "ConnectionError": "no connection",
        "SSLError": "its certificate is not accepted",
        "ProxyError": "the proxy does not let it through",
    }
    return known.get(type(error).__name__, type(error).__name__)
