"""nbval over the notebooks as they are handed out, and with a wrong answer in them."""

import pytest
from cells import NBVAL, NOTEBOOKS, code_cells, load, tags
from nbval_runs import failures, nbval

from cs231n.course.checking.battery import battery_of
from instructor.answers import find_stubs
from instructor.assemble import TREE, assemble

STUBS = find_stubs(TREE)


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


def check_places(exercise):
    """Where an exercise is checked, as keys of what nbval() returns."""
    return [
        (path.stem, number)
        for path in NOTEBOOKS
        for number, cell in enumerate(code_cells(load(path)))
        if f"exercise:{exercise}" in tags(cell)
    ]


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
    assemble({}, tmp_path / "tree")
    outcomes = nbval(tmp_path / "tree", "shapes10", "--runxfail")
    for exercise in STUBS:
        for place in check_places(exercise):
            outcome, text = outcomes[place]
            assert outcome == "failed"
            assert "TODO: " in text


def test_a_wrong_answer_fails_among_todos(tmp_path, collect_mistake):
    assemble(collect_mistake("KNearestNeighbor.compute_distances_l1", "l2"), tmp_path / "tree")
    outcomes = nbval(tmp_path / "tree", "shapes10", notebooks="notebooks/01_knn.ipynb")
    (text,) = failures(outcomes)
    assert "squares are added up and the root is taken: that is L2" in text
