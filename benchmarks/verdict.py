"""From saving a stub to a verdict: a cold `python -m cs231n check`."""

import subprocess
import sys

from benchmarks.measure import Row, print_table, time_side_by_side
from instructor.assemble import TREE

EXERCISE = "KNearestNeighbor.compute_distances_no_loops"
GOAL = 1.5  # seconds
SETUP = "import cs231n.course.desk.extension; import numpy"
SETUP_GOAL = 0.8  # seconds


def rows():
    """The seconds of each, in a process of its own."""

    def run(*arguments):
        subprocess.run([sys.executable, *arguments], cwd=TREE, capture_output=True, check=False)

    seconds = time_side_by_side(
        {
            "python -c 'import numpy'": lambda: run("-c", "import numpy"),
            "what a setup cell imports": lambda: run("-c", SETUP),
            "check of one exercise": lambda: run("-m", "cs231n", "check", EXERCISE),
            "status of all notebooks, stubs": lambda: run("-m", "cs231n", "status"),
        }
    )
    goals = {"check of one exercise": GOAL, "what a setup cell imports": SETUP_GOAL}
    for what, value in seconds.items():
        yield Row(f"cold: {what}", value, "s", goals.get(what))


if __name__ == "__main__":
    print_table(rows())
