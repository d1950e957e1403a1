"""The demo of a deep stack: its numbers, its picture and its manners."""

import numpy as np
import pytest

from cs231n.course.demos.stack import (
    ACTIVATIONS,
    BINS,
    DEPTH,
    EXAMPLES,
    STARTS,
    WIDTH,
    StackDemo,
    heights,
    passes,
    short,
)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_slopes_are_those_of_the_functions(name):
    kind, z, h = ACTIVATIONS[name], np.linspace(-4, 4, 80), 1e-6
    numerical = (kind.function(z + h) - kind.function(z - h)) / (2 * h)
    np.testing.assert_allclose(kind.slope(z), numerical, atol=1e-8)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_gradients_are_those_of_autograd(name):
    """Of the numbers behind the first layer, with the upstream gradient of the demo."""
    kind, depth = ACTIVATIONS[name], 3
    random = np.random.RandomState(0)
    _, upstream = random.normal(size=(2, EXAMPLES, WIDTH))
    weights = 0.2 * random.normal(size=(DEPTH, WIDTH, WIDTH))
    found = passes(kind, depth, 0.2)
    direction = np.random.RandomState(1).normal(size=(EXAMPLES, WIDTH))

    def loss(h):
        for W in weights[1:depth]:
            h = kind.function(h @ W)
        return np.sum(h * upstream)

    step = 1e-6 * direction
    numerical = (loss(found.forward[0] + step) - loss(found.forward[0] - step)) / 2e-6
    np.testing.assert_allclose(np.sum(found.backward[0] * direction), numerical, rtol=1e-3)


def test_each_start_does_what_it_is_known_for():
    tanh, relu = ACTIVATIONS["tanh"], ACTIVATIONS["relu"]
    assert passes(tanh, DEPTH, STARTS["small"]).forward[-1].std() < 1e-9
    assert passes(tanh, DEPTH, STARTS["Xavier"]).forward[-1].std() > 0.2
    assert np.mean(np.abs(passes(tanh, DEPTH, STARTS["large"]).forward[-1]) > 0.99) > 0.6
    assert 0.5 < passes(relu, DEPTH, STARTS["He"]).forward[-1].std() < 1.5
    assert passes(relu, DEPTH, STARTS["Xavier"]).backward[0].std() < 0.1


def test_a_histogram_counts_all_and_its_highest_bar_is_one():
    bars = heights(np.array([-9.0, -0.99, 0, 0, 0, 7]), -1, 1)
    assert len(bars) == BINS
    assert max(bars) == 1
    np.testing.assert_allclose([bars[0], bars[-1]], [2 / 3, 1 / 3])


def test_sizes_are_short():
    assert [short(v) for v in (0.234, 12.3, 3e-7, 2e10)] == ["0.23", "12.30", "3e-7", "2e10"]


def test_the_picture_follows_the_controls():
    demo = StackDemo()
    before, frame = demo.canvas.rows, demo.canvas.frame
    demo.scale.value = 0.2
    assert demo.canvas.rows != before
    assert demo.canvas.frame == frame + 1
    demo.depth.value = 4
    assert [len(row["panels"]) for row in demo.canvas.rows] == [4, 4]
    demo.activation.value = "relu"
    assert "relu, 4 layers of 100 units, weights of 0.2:" in demo.caption.value


@pytest.mark.parametrize("name", STARTS)
def test_a_button_sets_the_scale(name):
    demo = StackDemo()
    demo.starts[name].click()
    np.testing.assert_allclose(demo.scale.value, STARTS[name])


def test_it_shows_a_picture_where_no_widget_runs():
    bundle = StackDemo()._repr_mimebundle_()
    assert bundle["image/png"].startswith("iVBOR")
    assert bundle["text/plain"].startswith("tanh, 10 layers of 100 units, weights of 0.05:")
