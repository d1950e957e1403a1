"""What a learner reads below an error that the answer ran into."""

import numpy as np
import pytest

from cs231n.course.checking.telling import told
from cs231n.course.paths import ROOT


class Gate:
    def __init__(self):
        self.W = np.eye(2)


def cause_of(code, **given):
    """The cause that is told of code that stands in a file of the learner's."""
    file = str(ROOT / "cs231n" / "warmup.py")
    answer = compile(f"def answer(self):\n    {code}\nanswer(self)", file, "exec")
    try:
        exec(answer, given)
    except Exception as error:
        return told(error).cause
    raise AssertionError(f"no error: {code}")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("np.zeros((2, 3)) / np.ones(2)", "a column (N, 1)"),
        ("a = np.zeros((2, 3)); a -= np.ones(2)", "a column (N, 1)"),
        ("np.zeros(2, 3)", "np.zeros((N, D))"),
        ("np.zeros((2, 3)) @ np.zeros((2, 3))", ".T"),
        ("np.zeros((2, 3)).dot(np.zeros(2))", ".T"),
        ("3 @ 4", "* multiplies numbers"),
        ("2 .real(3 + 4)", "is a * missing"),
        ("np.random.randn((2, 3))", "randn(*shape)"),
        ("a = np.zeros(3, int); a += 0.5", "array of integers"),
        ("np.zeros(2)[0] = np.ones(3)", "single number"),
        ("np.zeros((2, 3))[0] = np.ones(2)", "another shape"),
        ("import math; math.exp(np.ones(3))", "np.exp"),
        ("None.shape", "returned None"),
        ("x = None; x[0]", "returned None"),
        ("[1, 2].T", "np.array(…)"),
        ("if np.ones(2): pass", "np.where"),
    ],
)
def test_errors_that_everybody_meets_are_explained(code, words):
    assert words in cause_of(code, np=np, self=Gate())


def test_a_name_that_belongs_to_the_object_gets_its_self():
    assert cause_of("W + 1", self=Gate()) == "it belongs to the object: self.W"
    assert cause_of("V + 1", self=Gate()) is None


def test_what_forward_did_not_keep_is_missing_in_backward():
    assert "nothing has set self.x" in cause_of("self.x", self=Gate())
    assert cause_of("self.W.upside_down", self=Gate()) is None


def test_numpy_is_missing_in_a_file_and_not_in_the_notebook():
    assert "import numpy as np" in cause_of("np.zeros(3)", self=None)


def test_shapes_that_no_column_would_mend_are_left_alone():
    assert cause_of("np.zeros((2, 3)) + np.zeros((4, 3))", np=np, self=None) is None


def test_a_known_mistake_that_ends_in_an_error_is_named_outside_of_a_notebook_too():
    error = AttributeError("'NoneType' object has no attribute 'values'")
    assert told(error, "count_labels").cause == "nothing is returned: return counts"


def test_an_error_in_what_an_answer_called_shows_both_lines():
    file = str(ROOT / "cs231n" / "warmup.py")
    code = "def helper(x):\n    return x.T\n\n\nhelper([1])"
    with pytest.raises(AttributeError) as raised:
        exec(compile(code, file, "exec"), {})
    shown = told(raised.value).details
    assert shown[0].startswith("In cs231n/warmup.py, line 2:")
    assert shown[-1].startswith("Called in cs231n/warmup.py, line 5:")
