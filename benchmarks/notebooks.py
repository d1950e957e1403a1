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

from benchmarks.measure import Row, print_table
from instructor.answers import collect, find_stubs
from instructor.assemble import SOLUTIONS, TREE, assemble

CHOICES = ("shapes10", "cifar10")
# Seconds on two quiet cores, for each of the two data sets.
GOALS = {
    "01_knn": (15, 18),
    "02_svm": (15, 18),
    "03_softmax": (12, 14),
    "06_two_layer_net": (15, 40),
    "08_fully_connected_nets": (18, 25),
    "10_normalization_and_dropout": (14, 15),
    "12_convnet": (25, 70),
}
MOST_MEGABYTES = 700
SAMPLING = 0.1  # seconds


def rows(datasets=CHOICES, names=()):
    """Seconds, megabytes and accuracy of each notebook."""
    for dataset in datasets:
        with solved(dataset, names) as paths:
            for path in paths:
                seconds, megabytes, accuracy = run(path)
                goal = GOALS.get(path.stem, (None, None))[CHOICES.index(dataset)]
                what = f"Run All of {path.stem}, {dataset}"
                yield Row(what, seconds, "s", goal)
                yield Row(f"{what}: peak", megabytes, "MB", MOST_MEGABYTES)
                if accuracy is not None:
                    yield Row(f"{what}: test accuracy", accuracy, "")


def options_of(docstring):
    """The data sets and the notebooks that the command line asks for."""
    parser = argparse.ArgumentParser(description=docstring.splitlines()[0])
    parser.add_argument("--dataset", choices=CHOICES)
    parser.add_argument("notebooks", nargs="*", metavar="NOTEBOOK", help="such as 01_knn")
    options = parser.parse_args()
    return [options.dataset] if options.dataset else CHOICES, options.notebooks


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
    """(seconds, peak megabytes, test accuracy or None) of a notebook's Run All."""
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
    return float(found[-1]) if found else None


class Peak:
    """The most memory that the processes started by this one hold at once, sampled.

    On Linux a page that several of them share, such as a mapped file's, counts once.
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
        memory = process.memory_full_info()
    except psutil.Error:  # it has ended meanwhile
        return 0
    return getattr(memory, "pss", memory.rss)


if __name__ == "__main__":
    print_table(rows(*options_of(__doc__)))
