"""Run All beside other work: `python -m benchmarks.busy [--dataset NAME] [NOTEBOOK …]`.

Each solved notebook runs alone, and beside as many busy processes as there are cores: then half of
the machine is its own, so a ratio of 2 is what the machine makes of it. What is above that is
waiting: threads of matrix products that wait for one another.
"""

import contextlib
import os
import subprocess
import sys

from benchmarks.measure import Row, print_table
from benchmarks.notebooks import CHOICES, options_of, run, solved

GOAL = 2.2
BUSY = "x = 1.0\nwhile True: x = x * 1.0000001 % 3"


def rows(datasets=CHOICES, names=()):
    """The ratio busy / quiet of each notebook."""
    for dataset in datasets:
        with solved(dataset, names) as paths:
            for path in paths:
                quiet, _, _ = run(path)
                with other_work():
                    busy, _, _ = run(path)
                what = (
                    f"Run All of {path.stem}, {dataset}: busy / quiet, {busy:.0f} / {quiet:.0f} s"
                )
                yield Row(what, busy / quiet, "x", GOAL)


@contextlib.contextmanager
def other_work():
    """As many processes as cores, which compute until the block ends."""
    others = [subprocess.Popen([sys.executable, "-c", BUSY]) for _ in range(os.cpu_count())]
    try:
        yield
    finally:
        for other in others:
            other.kill()
            other.wait()


if __name__ == "__main__":
    print_table(rows(*options_of(__doc__)))
