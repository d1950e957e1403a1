"""The hiker demo: its slopes, its steps, and its widget's manners."""

import numpy as np
import pytest

from cs231n.course.demos.hiker import (
    METHODS,
    REACH,
    SURFACES,
    HikerDemo,
    Walk,
    height,
    map_of,
    slope,
)


@pytest.mark.parametrize("surface", SURFACES)
def test_slopes_are_those_of_the_heights(surface):
    for place in np.random.RandomState(0).uniform(-2, 2, size=(20, 2)):
        h = 1e-6 * np.eye(2)
        numerical = [(height(surface, place + d) - height(surface, place - d)) / 2e-6 for d in h]
        np.testing.assert_allclose(slope(surface, place), numerical, atol=1e-5)


def test_gradient_descent_takes_the_step_of_its_rule():
    walk = Walk([1.0, -2.0])
    walk.step("bowl", "gradient descent", 0.25, np.random.RandomState(0))
    np.testing.assert_allclose(walk.place, [0.75, -1.5])


def test_momentum_keeps_nine_tenths_of_the_step_before():
    walk = Walk([1.0, 0.0])
    random = np.random.RandomState(0)
    walk.step("bowl", "momentum", 0.1, random)
    walk.step("bowl", "momentum", 0.1, random)
    np.testing.assert_allclose(walk.place, [1 - 0.1 - (0.09 + 0.09), 0])


@pytest.mark.parametrize("method", ["random search", "random local search"])
def test_whoever_looks_at_random_never_gets_higher(method):
    walk, random = Walk([1.0, 1.0]), np.random.RandomState(0)
    for _ in range(50):
        walk.step("two valleys", method, 0.5, random)
    heights = [height("two valleys", place) for place in walk.path]
    assert heights == sorted(heights, reverse=True)
    assert len(walk.path) - 1 + len(walk.tried) == 50


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("method", METHODS)
def test_every_method_gets_lower_on_every_surface(surface, method):
    demo = HikerDemo(surface, method)
    demo.step_size.value = 0.1
    before = height(surface, demo.walk.place)
    for _ in range(40):
        demo.step()
    assert height(surface, demo.walk.place) < before


def test_the_map_is_light_where_it_is_low():
    picture = map_of("bowl", side=40).astype(int).sum(axis=2)
    assert picture[20, 20] > picture[0, 0]
    assert picture[20, 20] == picture.max()


def test_a_moved_hiker_begins_a_new_walk():
    demo = HikerDemo()
    for _ in range(3):
        demo.step()
    demo.canvas.answer({"move": [0, 0.5, -0.5]})
    assert len(demo.walk.path) == 1
    np.testing.assert_allclose(demo.walk.place, [0.5, -0.5])
    demo.step()
    demo.back.click()
    np.testing.assert_allclose(demo.walk.place, [0.5, -0.5])


def test_a_step_does_not_count_as_a_move_of_the_hand():
    demo = HikerDemo("ravine", "gradient descent")
    demo.step_size.value = 1.0  # too long: it soon leaves the map
    for _ in range(6):
        demo.step()
    assert len(demo.walk.path) == 7
    assert np.abs(demo.walk.place).max() > REACH


def test_a_lost_hiker_is_told_of_and_stops():
    demo = HikerDemo("ravine", "gradient descent")
    demo.step_size.value = 3.0
    demo.run.value = True
    for _ in range(12):
        demo.canvas.answer({"step": True})
    assert not demo.run.value
    assert "too long" in demo.message.value


def test_another_method_begins_at_the_same_place():
    demo = HikerDemo()
    demo.canvas.answer({"move": [0, 1.0, 1.0]})
    demo.step()
    demo.method.value = "momentum"
    np.testing.assert_allclose(demo.walk.place, [1, 1])


def test_a_request_that_comes_after_the_stop_is_no_step():
    demo = HikerDemo()
    demo.canvas.answer({"step": True})
    assert len(demo.walk.path) == 1


def test_it_shows_a_picture_where_no_widget_runs():
    bundle = HikerDemo()._repr_mimebundle_()
    assert bundle["image/png"].startswith("iVBOR")
    assert "gradient descent: 0 looks" in bundle["text/plain"]
