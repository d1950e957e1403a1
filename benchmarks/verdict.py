"""From saving a stub to a verdict: a cold `python -m cs231n check`."""

import subprocess
import sys

from benchmarks.measure import time_side_by_side
from instructor.assemble import TREE

EXERCISE = "KNearestNeighbor.compute_distances_no_loops"
GOAL = 1.5  # seconds


def main():
    def run(*arguments):
        subprocess.run([sys.executable, *arguments], cwd=TREE, capture_output=True, check=False)

    check = f"check {EXERCISE.split('.')[1]}"
    seconds = time_side_by_side(
        {
            "python -c 'import numpy'": lambda: run("-c", "import numpy"),
            check: lambda: run("-m", "cs231n", "check", EXERCISE),
            "status, all notebooks": lambda: run("-m", "cs231n", "status"),
        }
    )
    print("From saving to a verdict, cold")
    for name, value in seconds.items():
        goal = f"  goal {GOAL} s: {'met' if value < GOAL else 'MISSED'}" if name == check else ""
        print(f"  {name:42} {value:9.2f} s{goal}")


if __name__ == "__main__":
    main()
