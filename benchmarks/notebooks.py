"""Run All on the solved notebooks: `python -m benchmarks.notebooks [--dataset NAME] [NOTEBOOK …]`.

For each notebook the seconds, the memory that its kernel and the processes it started took at
most, and the test accuracy that its last experiment reached: the course's ladder, climbed by the
notebooks' own code with the answer key. No peer runs beside them, so the seconds are those of this
machine on this day.
"""

import argparse
import contextlib
import os
import re
import tempfile
import threading
import time
from pathlib import Path

import nbformat
import psutil
from nbclient import NotebookClient

from instructor.answers import collect, find_stubs
from instructor.assemble import SOLUTIONS, TREE, assemble

CHOICES = ("cifar10", "shapes10")
SAMPLING = 0.1  # seconds


def main():
    """Print the table."""
    options = options_of(__doc__)
    with solved(options.dataset, options.notebooks) as paths:
        print(f"| notebook, {options.dataset} | seconds | peak MB | test accuracy |")
        print("|---|---|---|---|")
        for path in paths:
            seconds, megabytes, accuracy = run(path)
            print(f"| {path.stem} | {seconds:.0f} | {megabytes:.0f} | {accuracy} |", flush=True)


def options_of(docstring):
    """The data set and the notebooks that the command line asks for."""
    parser = argparse.ArgumentParser(description=docstring.splitlines()[0])
    parser.add_argument("--dataset", choices=CHOICES, default="shapes10")
    parser.add_argument("notebooks", nargs="*", metavar="NOTEBOOK", help="such as 01_knn")
    return parser.parse_args()


@contextlib.contextmanager
def solved(dataset, names=()):
    """The paths of notebooks in a solved tree, whose kernels load this data set."""
    names = names or sorted(path.stem for path in (TREE / "notebooks").glob("*.ipynb"))
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "tree"
        assemble(collect([SOLUTIONS], find_stubs(TREE)), tree)
        os.environ |= {"CS231N_DATASET": dataset, "PYTHONPATH": str(tree)}
        yield [tree / "notebooks" / f"{name}.ipynb" for name in names]


def run(path):
    """(seconds, peak megabytes, test accuracy or '') of a notebook's Run All."""
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(notebook, resources={"metadata": {"path": str(path.parent)}})
    with Peak() as peak:
        start = time.perf_counter()
        client.execute()
        seconds = time.perf_counter() - start
    return seconds, peak.megabytes, test_accuracy(notebook)


def test_accuracy(notebook):
    """The last one that a check has printed, such as '✓ test accuracy: 0.531, within …'."""
    texts = [
        output["text"]
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if output.output_type == "stream"
    ]
    found = re.findall(r"✓ test accuracy.*: (0\.\d+), within", "".join(texts))
    return found[-1] if found else ""


class Peak:
    """The most memory that the processes started by this one hold at once, sampled.

    Pages that several of them share, such as a mapped file's, count for each.
    """

    def __enter__(self):
        self.megabytes, self.over = 0.0, threading.Event()
        self.sampler = threading.Thread(target=self.sample)
        self.sampler.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.sampler.join()

    def sample(self):
        while not self.over.wait(SAMPLING):
            total = sum(map(_resident, psutil.Process().children(recursive=True)))
            self.megabytes = max(self.megabytes, total / 1e6)


def _resident(process):
    try:
        return process.memory_info().rss
    except psutil.Error:  # it has ended meanwhile
        return 0


if __name__ == "__main__":
    main()
