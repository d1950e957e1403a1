"""The magnifying glass: its numbers, its picture and its manners."""

import base64
import struct

import numpy as np
import pytest

from cs231n.course.demos.gradients import WHEEL, Cells, GradientDemo, hex_colours
from cs231n.course.pictures.gradients import cells_of

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


@pytest.fixture
def pictures():
    return np.random.RandomState(0).randint(0, 256, size=(3, 32, 24, 3)).astype(np.uint8)


def ramp(right, down):
    """A picture that gets brighter by so much a pixel."""
    i, j = np.mgrid[0:16, 0:16]
    return np.stack([right * j + down * i + 100] * 3, axis=-1).astype(np.uint8)


def request(demo, **content):
    """What the browser sends."""
    demo.canvas._handle_custom_msg(content, [])


def test_the_histograms_are_those_of_the_exercise(import_solved, pictures):
    """Before the blocks are divided by their length, of which only their direction is left."""
    features = import_solved("cs231n.features")
    cells = Cells(pictures[0])
    block = np.concatenate([cells.histogram(i, j) for i in (0, 1) for j in (0, 1)])
    expected = features.hog_feature(pictures[0])[:36]
    np.testing.assert_allclose(block / np.linalg.norm(block), expected, rtol=1e-6)


@pytest.mark.parametrize(
    ("right", "down", "best"), [(3, 0, 0), (0, 3, 4), (3, 3, 2), (-3, 3, 6), (-3, -3, 2)]
)
def test_a_ramp_has_one_direction(right, down, best):
    cells = Cells(ramp(right, down))
    histogram = cells.histogram(0, 1)
    length = np.hypot(right, down)
    np.testing.assert_allclose(histogram, np.eye(9)[best] * 64 * length, atol=1e-8)
    assert f"100% of it between {20 * best}° and {20 * best + 20}°" in cells.describe(0, 1)
    arrows = np.array(cells.arrows(0, 1))
    assert len(arrows) == 64
    np.testing.assert_allclose(arrows[:, 2:4], [[0.9 * right / length, 0.9 * down / length]] * 64)
    assert set(arrows[:, 4]) == {best}


def test_where_nothing_changes_it_says_so():
    cells = Cells(np.full((16, 16, 3), 99, np.uint8))
    assert cells.arrows(0, 0) == []
    assert cells.describe(0, 0).endswith("Nothing changes here.")
    assert not cells.histogram(0, 0).any()


def test_each_direction_has_a_colour():
    assert len(set(WHEEL)) == 9
    assert hex_colours(np.array([[[255, 128, 0], [0, 1, 2]]], np.uint8)) == [["#ff8000", "#000102"]]


def test_it_goes_to_the_cell_that_is_asked_for(pictures):
    demo = GradientDemo(pictures)
    assert demo.chosen == (2, 1)
    request(demo, go=[3, 2])
    assert demo.chosen == (3, 2)
    assert demo.canvas.chosen == [3, 2]
    assert "rows 24 to 31, columns 16 to 23" in demo.caption.value
    frame = demo.canvas.frame
    request(demo, by=[1, 1])  # there is no further one
    assert demo.chosen == (3, 2)
    assert demo.canvas.frame > frame
    request(demo, by=[-1, 0])
    assert demo.chosen == (2, 2)
    assert max(demo.canvas.bars) == 1
    assert len(demo.canvas.bars) == 9


def test_another_picture_begins_in_its_middle(pictures):
    demo = GradientDemo(pictures)
    before = demo.canvas.pixels
    request(demo, go=[0, 0])
    demo.which.value = 2
    assert demo.chosen == (2, 1)
    assert demo.canvas.pixels == hex_colours(pictures[2]) != before


def test_without_scripts_there_is_a_picture_and_a_line(pictures):
    bundle = GradientDemo(pictures)._repr_mimebundle_()
    assert WIDGET_VIEW in bundle
    png = base64.b64decode(bundle["image/png"])
    width, height = struct.unpack(">II", png[16:24])
    assert width > 2 * height > 400
    assert bundle["text/plain"].startswith("Cell in row 2, column 1")


def test_stars_show_the_mean_of_the_blocks_that_hold_a_cell():
    blocks = np.zeros((2, 2, 2, 2, 9))
    blocks[:, :, 1, 1, 4] = 1  # in each block, the cell below and to the right
    cells = cells_of(blocks.ravel(), (24, 31, 3))
    expected = np.array([[0, 0, 0], [0, 0.25, 0.5], [0, 0.5, 1]])
    np.testing.assert_allclose(cells[..., 4], expected)
    assert cells.sum() == expected.sum()
