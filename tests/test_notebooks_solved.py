"""nbval over the solved notebooks, as CI runs it.

A class for each data set: so that both cores have one, as these are the longest tests of all.
"""

from collections import Counter

import pytest
from cells import NOTEBOOKS
from nbval_runs import failures, nbval

from instructor.assemble import TREE


def require_run_through(solved, dataset):
    outcomes = nbval(solved, dataset, "--runxfail")
    assert not failures(outcomes)
    counts = Counter(outcome for outcome, _ in outcomes.values())
    demos = sum("nbval-skip" in path.read_text(encoding="utf-8") for path in NOTEBOOKS)
    assert counts.keys() <= {"passed", "skipped"}
    assert counts["skipped"] == demos


@pytest.mark.skipif(
    not (TREE / "datasets/cifar-10-batches-bin").is_dir(), reason="CIFAR-10 is not in datasets/"
)
class TestOnCifar10:
    def test_the_solved_notebooks_run_through(self, solved):
        require_run_through(solved, "cifar10")


class TestOnShapes10:
    def test_the_solved_notebooks_run_through(self, solved):
        require_run_through(solved, "shapes10")
