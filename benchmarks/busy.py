"""Run All beside other work: `python -m benchmarks.busy [--dataset NAME] [NOTEBOOK …]`.

Each solved notebook runs alone, and beside as many busy processes as there are cores: then half of
the machine is its own, so a ratio of 2 is what the machine makes of it. What is above that is
waiting: threads of matrix products that wait for one another.
"""

import contextlib
import os
import subprocess
import sys

from benchmarks.notebooks import options_of, run, solved

GOAL = 2.2
BUSY = "x = 1.0\nwhile True: x = x * 1.0000001 % 3"


def main():
    """Print the table."""
    options = options_of(__doc__)
    with solved(options.dataset, options.notebooks) as paths:
        print(f"| notebook, {options.dataset} | quiet, s | busy, s | ratio, goal {GOAL} |")
        print("|---|---|---|---|")
        for path in paths:
            quiet, _, _ = run(path)
            with other_work():
                busy, _, _ = run(path)
            print(f"| {path.stem} | {quiet:.0f} | {busy:.0f} | {busy / quiet:.2f} |", flush=True)


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
    main()
