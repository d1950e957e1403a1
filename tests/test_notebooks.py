"""nbval over the notebooks, as CI runs it: unsolved, solved, and answered wrongly."""

import os
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections import Counter

import pytest
from cells import NBVAL, NOTEBOOKS, code_cells, load, tags

from cs231n.course.checking.battery import battery_of
from instructor.answers import find_stubs
from instructor.assemble import TREE, assemble

STUBS = find_stubs(TREE)
HAS_CIFAR10 = (TREE / "datasets/cifar-10-batches-bin").is_dir()


def nbval(tree, dataset, *options, notebooks="notebooks"):
    """Runs nbval; returns {(notebook, number of the code cell): (outcome, text)}."""
    report = tree.parent / "report.xml"
    command = [sys.executable, "-m", "pytest", "--nbval-lax", notebooks, "-p", "no:xdist"]
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
    return {_place(case): _outcome(case) for case in ElementTree.parse(report).iter("testcase")}


def _place(case):
    """('06_two_layer_net', 5) of the class notebooks.06_two_layer_net.ipynb and the name Cell 5."""
    return case.get("classname").split(".")[1], int(case.get("name").removeprefix("Cell "))


def _outcome(case):
    for tag in ("failure", "error"):
        if (element := case.find(tag)) is not None:
            return "failed", element.text
    if (element := case.find("skipped")) is not None:
        text = element.get("message") or ""
        return ("xfailed" if element.get("type") == "pytest.xfail" else "skipped"), text
    return "passed", ""


@pytest.mark.parametrize(
    ("source", "taken"),
    [
        ("y = f(x)", {"f", "x"}),
        ("def f(x):\n    return x + z", {"z"}),
        ("x = 1\ny = x", set()),
        ("x = f(x)", {"f", "x"}),
        ("x = 1\nx = f(x)", {"f"}),
        ("x += 1", {"x"}),
        ("x = f(lambda x: x)", {"f"}),
        ("x = [x for x in y]", {"y"}),
        ("import np\nnp.f(x)", {"x"}),
        ("%matplotlib inline\nx", {"x"}),
    ],
)
def test_the_names_that_a_cell_takes_from_those_before_it(source, taken):
    assert NBVAL["names_of"](source)[0] == taken


def failures(outcomes):
    return [text for outcome, text in outcomes.values() if outcome == "failed"]


def check_places(exercise):
    """Where an exercise is checked, as keys of what nbval() returns."""
    return [
        (path.stem, number)
        for path in NOTEBOOKS
        for number, cell in enumerate(code_cells(load(path)))
        if f"exercise:{exercise}" in tags(cell)
    ]


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
    counts = Counter(outcome for outcome, _ in outcomes.values())
    demos = sum("nbval-skip" in path.read_text() for path in NOTEBOOKS)
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
    """Or that names what its check rests on, where nothing can be told before that is written."""
    todos = {f"TODO: {name}" for name in (exercise, *battery_of(exercise).needs)}
    for place in check_places(exercise):
        outcome, text = student_outcomes[place]
        assert outcome == "xfailed"
        assert text in todos


def test_what_rests_on_a_todo_is_skipped_and_says_why(student_outcomes):
    reasons = [text for outcome, text in student_outcomes.values() if outcome == "skipped"]
    assert any("needs what waits for TODO: " in reason for reason in reasons)


def test_with_runxfail_a_todo_fails(tmp_path):
    """One notebook tells: which cells wait for a TODO is tried above, on all of them."""
    assemble({}, tmp_path / "tree")
    notebook = "06_two_layer_net"
    path = f"notebooks/{notebook}.ipynb"
    outcomes = nbval(tmp_path / "tree", "shapes10", "--runxfail", notebooks=path)
    places = [place for each in STUBS for place in check_places(each) if place[0] == notebook]
    assert len(places) >= 8
    for place in places:
        outcome, text = outcomes[place]
        assert outcome == "failed"
        assert "TODO: " in text


def test_a_wrong_answer_fails_among_todos(tmp_path, collect_mistake):
    assemble(collect_mistake("KNearestNeighbor.compute_distances_l1", "l2"), tmp_path / "tree")
    outcomes = nbval(tmp_path / "tree", "shapes10", notebooks="notebooks/01_knn.ipynb")
    (text,) = failures(outcomes)
    assert "squares are added up and the root is taken: that is L2" in text
