"""How long an exercise takes and how hard it is: told by a rule, and written above each one."""

import ast

import pytest
from cells import NOTEBOOKS, code_cells, load, tags

from cs231n.course.source import Definition, Source
from instructor import effort
from instructor.answers import find_stubs
from instructor.assemble import TREE

EFFORTS = effort.efforts()


def key(text):
    """A function's text as an answer of the key."""
    tree = ast.parse(text)
    return Definition(tree.body[0].name, Source(TREE, TREE, text, tree), tree.body[0], None)


def points(text):
    """The points of each line of a function's body."""
    answer = key(text)
    return [effort.points_of(line, answer) for line in effort._lines(answer.body)]


def test_a_plain_line_is_one_point_and_a_comment_none():
    assert points("def f(x):\n    # twice\n    y = 2 * x\n    return y") == [1, 1]


@pytest.mark.parametrize(
    "line", ["y = x @ x", "y = x.sum(axis=0)", "y = x[:, None]", "y = x.T", "y = np.argsort(x)"]
)
def test_work_on_whole_arrays_is_two(line):
    assert points(f"def f(x):\n    {line}") == [2]


@pytest.mark.parametrize("line", ["dx = 2 * x", "grads['w'] = x", "return 2 * dout"])
def test_a_step_of_a_gradient_is_three(line):
    assert points(f"def f(dout, x):\n    {line}") == [3]


def test_a_name_with_a_d_is_no_gradient():
    assert points("def f(x):\n    data = 2 * x") == [1]


def test_of_a_loop_the_head_counts_and_each_line_in_it():
    assert points(
        "def f(x):\n  for a in x:\n    if a:\n      y = a\n    else:\n      y = x @ x"
    ) == [1, 1, 1, 2]


def test_known_mistakes_make_it_longer_and_harder():
    answer = key("def f(x):\n    return x")
    easy, feared = effort.effort(answer, 0), effort.effort(answer, 40)
    assert feared.minutes == easy.minutes + 10
    assert (easy.stars, feared.stars) == ("★☆☆", "★☆☆")
    assert effort.effort(answer, 60).stars == "★★☆"


def test_the_stages_of_an_exercise_share_its_minutes():
    name = "FullyConnectedNet.loss"
    stages = ["", "batchnorm", "layernorm", "dropout"]
    parts = [effort.part(name, stage, EFFORTS).minutes for stage in stages]
    assert sum(parts) == pytest.approx(EFFORTS[name].minutes)
    assert parts[0] == pytest.approx(EFFORTS[name].minutes / 2)


def test_every_exercise_has_its_effort():
    assert EFFORTS.keys() == find_stubs(TREE).keys()


def test_each_number_of_stars_is_given():
    assert {each.stars for each in EFFORTS.values()} == {"★☆☆", "★★☆", "★★★"}


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def path(request):
    return request.param


def test_every_check_stands_below_a_heading(path):
    notebook = load(path)
    checked = {t for cell in code_cells(notebook) for t in tags(cell) if t.startswith("exercise:")}
    below = {f"exercise:{e}" for _, stages in effort.headings(notebook) for e, _ in stages}
    assert checked == below


def test_every_heading_has_something_to_check(path):
    assert all(stages for _, stages in effort.headings(load(path)))


def test_headings_tell_the_effort(path):
    stale = "run: python -m instructor.effort"
    assert effort.rewritten(path, EFFORTS) == path.read_text(encoding="utf-8"), stale
