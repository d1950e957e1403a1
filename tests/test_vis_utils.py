"""Pictures side by side."""

import numpy as np
import pytest

from cs231n.vis_utils import visualize_grid


def grid_by_hand(Xs, ubound, padding):
    """The same grid, pixel by pixel."""
    N, H, W, C = Xs.shape
    across = 1
    while across**2 < N:
        across += 1
    grid = np.zeros((across * (H + padding) - padding, across * (W + padding) - padding, C))
    for n, picture in enumerate(Xs):
        top, left = n // across * (H + padding), n % across * (W + padding)
        stretched = (picture - picture.min()) / (picture.max() - picture.min())
        grid[top : top + H, left : left + W] = ubound * stretched
    return grid


@pytest.mark.parametrize("N", [1, 4, 5, 9, 10])
@pytest.mark.parametrize(("ubound", "padding"), [(255.0, 1), (1.0, 3), (1.0, 0)])
def test_each_picture_has_its_place_and_the_whole_range(N, ubound, padding):
    Xs = np.random.RandomState(N).normal(size=(N, 3, 2, 3))
    got = visualize_grid(Xs, ubound, padding)
    np.testing.assert_allclose(got, grid_by_hand(Xs, ubound, padding), rtol=0, atol=1e-12 * ubound)


def test_a_grid_has_the_usual_range_and_padding():
    Xs = np.arange(48.0).reshape(4, 2, 2, 3)
    np.testing.assert_array_equal(visualize_grid(Xs), visualize_grid(Xs, 255.0, 1))
    assert visualize_grid(Xs).shape == (5, 5, 3)


def test_bytes_do_not_wrap_around():
    Xs = np.array([200, 255], np.uint8).reshape(1, 1, 2, 1)
    assert visualize_grid(Xs).ravel().tolist() == [0, 255]


def test_a_picture_of_a_single_colour_is_black():
    assert not visualize_grid(np.full((2, 2, 2, 1), 7.0)).any()
