"""nbval over the notebooks, as CI runs it: unsolved, solved, and answered wrongly."""

import os
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections import Counter

import pytest

from instructor.answers import find_stubs
from instructor.assemble import TREE, assemble

STUBS = find_stubs(TREE)
HAS_CIFAR10 = (TREE / "datasets/cifar-10-batches-bin").is_dir()


def nbval(tree, dataset, *options):
    """Runs nbval; returns a list of (outcome, text), one for each code cell."""
    report = tree.parent / "report.xml"
    command = [sys.executable, "-m", "pytest", "--nbval-lax", "notebooks", "-p", "no:xdist"]
    environment = {**os.environ, "CS231N_DATASET": dataset}
    environment.pop("PYTEST_ADDOPTS", None)
    run = subprocess.run(
        [*command, f"--junitxml={report}", *options],
        cwd=tree,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert report.is_file(), run.stdout + run.stderr
    return [_outcome(case) for case in ElementTree.parse(report).iter("testcase")]


def _outcome(case):
    for tag in ("failure", "error"):
        if (element := case.find(tag)) is not None:
            return "failed", element.text
    if (element := case.find("skipped")) is not None:
        text = element.get("message") or ""
        return ("xfailed" if element.get("type") == "pytest.xfail" else "skipped"), text
    return "passed", ""


def failures(outcomes):
    return [text for outcome, text in outcomes if outcome == "failed"]


@pytest.mark.parametrize(
    "dataset",
    [
        "shapes10",
        pytest.param(
            "cifar10",
            marks=pytest.mark.skipif(not HAS_CIFAR10, reason="CIFAR-10 is not in datasets/"),
        ),
    ],
)
def test_the_solved_notebooks_run_through(solved, dataset):
    outcomes = nbval(solved, dataset, "--runxfail")
    assert not failures(outcomes)
    counts = Counter(outcome for outcome, _ in outcomes)
    demos = sum("nbval-skip" in path.read_text() for path in (TREE / "notebooks").glob("*.ipynb"))
    assert counts.keys() <= {"passed", "skipped"}
    assert counts["skipped"] == demos


@pytest.fixture(scope="module")
def student_outcomes(tmp_path_factory):
    folder = tmp_path_factory.mktemp("student")
    assemble({}, folder / "tree")
    return nbval(folder / "tree", "shapes10")


def test_the_student_notebooks_do_not_fail(student_outcomes):
    assert not failures(student_outcomes)


@pytest.mark.parametrize("exercise", STUBS)
def test_each_todo_is_an_expected_failure_that_names_it(student_outcomes, exercise):
    assert ("xfailed", f"TODO: {exercise}") in student_outcomes


def test_what_rests_on_a_todo_is_skipped_and_says_why(student_outcomes):
    reasons = [text for outcome, text in student_outcomes if outcome == "skipped"]
    assert any("needs what waits for TODO: " in reason for reason in reasons)


def test_with_runxfail_a_todo_fails(tmp_path):
    assemble({}, tmp_path / "tree")
    texts = failures(nbval(tmp_path / "tree", "shapes10", "--runxfail"))
    for exercise in STUBS:
        assert any(f"TODO: {exercise}" in text for text in texts)


def test_a_wrong_answer_fails_among_todos(tmp_path, collect_mistake):
    assemble(collect_mistake("KNearestNeighbor.compute_distances_l1", "l2"), tmp_path / "tree")
    (text,) = failures(nbval(tmp_path / "tree", "shapes10"))
    assert "squares are summed and the root is taken (L2)" in text
