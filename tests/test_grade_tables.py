"""What a grading makes of all results: candidates for mistakes, a plot; and values on the wire."""

import io

import numpy as np
import pytest

from instructor.grading import candidates, plot, results, wire
from instructor.grading.submissions import names_of

NAMED = "loss is wrong.\nLikely cause: N is forgotten"


@pytest.fixture
def found(tmp_path):
    """The results of three submissions to two exercises."""
    told = {
        "Ada": {"relu_forward": ("wrong", "out is 3."), "svm_loss": ("wrong", NAMED)},
        "Ben": {"relu_forward": ("wrong", "out is 3."), "svm_loss": ("wrong", "loss is 5.")},
        "Cem": {"relu_forward": ("done", "✓ out"), "svm_loss": ("wrong", NAMED)},
    }
    for name, verdicts in told.items():
        results.write(tmp_path / name / "results.json", {}, list(verdicts), verdicts)
    return {name: results.read(tmp_path / name / "results.json") for name in told}


def test_wrong_answers_without_a_cause_come_the_most_frequent_first(found):
    assert candidates.unnamed(found) == [
        ("relu_forward", "out is 3.", ["Ada", "Ben"]),
        ("svm_loss", "loss is 5.", ["Ben"]),
    ]


def test_the_page_and_the_plot_are_written(found, tmp_path):
    candidates.write(tmp_path / "unnamed.md", found)
    plot.write(tmp_path / "wrong.png", found)
    assert "## relu_forward: 2 ×\n\nIn Ada, Ben.\n\n    out is 3.\n" in (
        tmp_path / "unnamed.md"
    ).read_text(encoding="utf-8")
    assert (tmp_path / "wrong.png").read_bytes().startswith(b"\x89PNG")


def test_what_orders_a_terminal_about_is_taken_out_of_messages():
    assert results.plain("a\x1b[2Jb\u202ec\nd") == "a?[2Jb?c\nd"


def test_names_are_fit_for_folders_and_each_another(tmp_path):
    paths = [tmp_path / each for each in ("a.zip", "A", ".hidden", "grades.csv.zip", "x" * 200)]
    names = names_of(paths)
    assert names[:4] == ["a", "A (2)", "_.hidden", "grades.csv (2)"]
    assert len(names[4]) < 200


class Nobody(wire.World):
    def describe(self, value):
        return "opaque", 0

    def named(self, kind, number):
        return kind, number


def over(value):
    """A value, as it arrives on the other side."""
    message, buffers, _ = wire.Heap(0, Nobody()).pack(value)
    pipe = io.BytesIO()
    wire.send(pipe, message, buffers)
    pipe.seek(0)
    return wire.Heap(1, Nobody()).unpack(*wire.receive(pipe))[0]


@pytest.mark.parametrize(
    "value",
    [
        None, True, 3, 10**30, -0.5, "学", b"\x00", (1, [2, {"a": 3}]), {1: {2}, (3, 4): []},
        np.arange(6.0).reshape(2, 3), np.zeros((0, 3)), np.array(["a", "bcd"]), np.float32(3),
        slice(1, None), range(3), np.float64, np.dtype("float32"),
    ],
)  # fmt: skip
def test_data_comes_over_as_it_is(value):
    got = over(value)
    assert type(got) is type(value)
    np.testing.assert_equal(got, value)


def test_what_refers_to_one_thing_does_so_on_the_other_side():
    one = np.ones(2)
    first, second = over([one, one])
    assert first is second


class Liar(np.ndarray):
    def __eq__(self, other):
        return True


@pytest.mark.parametrize("value", [np.ones(2).view(Liar), lambda: 1, np.array([object()])])
def test_what_can_act_comes_over_as_a_number(value):
    assert over(value) == ("opaque", 0)


@pytest.mark.parametrize(
    "message",
    [
        {}, {"root": ["@", 7], "nodes": {}, "passing": []},
        {"root": ["call", 1], "nodes": {}, "passing": []},
        {"root": ["@", 0], "nodes": {"0": ["array", "O", [1], 0]}, "passing": []},
        {"root": ["@", 0], "nodes": {"0": ["array", "<f8", [10**12], 0]}, "passing": []},
        {"root": ["dtype", "O"], "nodes": {}, "passing": []},
    ],
)  # fmt: skip
def test_what_is_no_data_is_refused(message):
    with pytest.raises(wire.Refused):
        wire.Heap(1, Nobody()).unpack(message, [b"12345678"])


def test_a_message_that_is_too_large_is_refused():
    with pytest.raises(wire.Refused):
        wire.receive(io.BytesIO(wire.HEAD.pack(100, 10**12)))
