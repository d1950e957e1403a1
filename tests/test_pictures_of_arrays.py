"""What the pictures of 00 say of memory is what numpy says."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from cs231n.course.pictures.arrays import draw_broadcast, draw_memory


@pytest.fixture
def drawn(monkeypatch):
    """The axes of the figure that was drawn last, kept from being shown."""
    monkeypatch.setattr(plt, "show", lambda: None)
    yield lambda: plt.gcf().axes
    plt.close("all")


def test_stretched_boxes_are_pale(drawn):
    column, row = np.array([[0], [10]]), np.array([1, 2, 3])
    with plt.rc_context({"figure.constrained_layout.use": True}):
        draw_broadcast(column, row, "+", column + row)
    pale = [sum(text.get_color() == "grey" for text in ax.texts) for ax in drawn()]
    assert pale == [4, 3, 0]
    assert [ax.get_title() for ax in drawn()] == ["(2, 1)", "+  (3,)", "=  (2, 3)"]


def test_dots_stand_below_the_entries_of_each_array(drawn):
    whole = np.arange(8)
    draw_memory(whole=whole, part=whole[2:5], steps=whole[::-3], chosen=whole[[1, 2]])
    (ax,) = drawn()
    dots = [line.get_xdata().tolist() for line in ax.lines]
    assert dots == [list(range(8)), [2, 3, 4], [1, 4, 7], [0, 1]]
