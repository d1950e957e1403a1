"""What it costs to load the images: `python -m benchmarks.loading`.

Each row runs in a fresh process of its own. The time is that of the call, after the
imports; the peak is the whole process's.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import Row, print_table

REPOSITORY = Path(__file__).resolve().parent.parent

TIMED = """
import contextlib, io, json, time
import numpy as np
from benchmarks.loading import peak_megabytes
from cs231n.data_utils import DATASETS, get_CIFAR10_data, load_CIFAR10, load_dataset
start = time.perf_counter()
with contextlib.redirect_stdout(io.StringIO()):
    kept = {call}
print(json.dumps([time.perf_counter() - start, peak_megabytes()]))
"""
# what 01_knn does: a mapped file costs nothing before its rows are used
ROWS = """[
    X.reshape(len(X), -1).astype(float)
    for data in [load_dataset(5000, 0, 500)]
    for X in (data.X_train, data.X_test)
]"""
# what other people's notebooks do; the floats alone are 1,475 MB
ALL = 'load_CIFAR10(DATASETS / "cifar-10-batches-bin")'
# the plain way: every file read whole, every pixel a double
PLAIN = """[
    np.frombuffer(path.read_bytes(), np.uint8).reshape(-1, 3073)[:, 1:].astype(float)
    for path in sorted((DATASETS / "cifar-10-batches-bin").glob("*.bin"))
]"""


@dataclass(frozen=True)
class Case:
    """A way of loading, and the goals for it: `seconds` and `megabytes`, None for none."""

    title: str
    call: str
    seconds: float | None = None
    megabytes: float | None = None


CASES = (
    Case("01_knn: load_dataset, its rows as floats", ROWS, 1, 400),
    Case("get_CIFAR10_data(), float32", "get_CIFAR10_data()", None, 1600),
    Case("load_CIFAR10(), all of it, float64", ALL, None, 1700),
    Case("the plain way: read all, float64", PLAIN),
)


def peak_megabytes() -> float:
    """Return the most memory that this process has held so far."""
    status = Path("/proc/self/status")
    if status.exists():  # getrusage would count what the parent held before it started us
        (line,) = (
            line
            for line in status.read_text(encoding="utf-8").splitlines()
            if line.startswith("VmHWM")
        )
        return int(line.split()[1]) * 1024 / 1e6
    import resource  # not on Windows

    unit = 1 if sys.platform == "darwin" else 1024  # bytes
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def measure(call: str) -> tuple[float, float]:
    """Return the seconds that `call` takes in a fresh process, and its peak in MB."""
    child = subprocess.run(
        [sys.executable, "-c", TIMED.format(call=call)],
        cwd=REPOSITORY,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    seconds, megabytes = json.loads(child.stdout)
    return seconds, megabytes


def rows():
    """The seconds and the peak of each case."""
    for case in CASES:
        seconds, megabytes = measure(case.call)
        yield Row(f"loading, {case.title}", seconds, "s", case.seconds)
        yield Row(f"loading, {case.title}: peak", megabytes, "MB", case.megabytes)


if __name__ == "__main__":
    print_table(rows())
