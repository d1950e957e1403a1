"""The kNN demo: its arithmetic against slow and foreign versions, and its widget's manners."""

import base64
import math
import struct

import numpy as np
import pytest
from sklearn.neighbors import KNeighborsClassifier

from cs231n.course.demos.knn import (
    METRICS,
    PALETTE,
    TIE,
    KNNDemo,
    classify,
    decision_regions,
    describe,
    make_points,
)

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


def regions_by_loop(points, labels, num_classes, k, metric, width, height):
    """The regions pixel by pixel, and whether rounding could change which points vote."""
    regions = np.empty((height, width), np.uint8)
    is_close_call = np.empty((height, width), bool)
    for row in range(height):
        for column in range(width):
            x, y = (column + 0.5) / width, (height - row - 0.5) / height
            far = []
            for px, py in points:
                legs = abs(px - x), abs(py - y)
                far.append(sum(legs) if metric == "L1" else math.hypot(*legs))
            ranked = sorted(far)
            votes = [0] * num_classes
            for distance, label in zip(far, labels, strict=True):
                votes[label] += distance <= ranked[k - 1]
            winners = [c for c in range(num_classes) if votes[c] == max(votes)]
            regions[row, column] = winners[0] if len(winners) == 1 else TIE
            is_close_call[row, column] = ranked[k] - ranked[k - 1] < 1e-5
    return regions, is_close_call


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("seed", range(6))
def test_regions_agree_with_a_loop(metric, seed):
    random = np.random.RandomState(seed)
    num_classes = random.randint(2, 6)
    points = random.rand(random.randint(20, 61), 2)
    labels = random.randint(num_classes, size=len(points))
    setting = (points, labels, num_classes, random.randint(1, 8), metric, 24, 18)
    expected, is_close_call = regions_by_loop(*setting)
    regions = decision_regions(*setting)
    assert regions.shape == (18, 24)
    assert regions.dtype == np.uint8
    assert is_close_call.mean() < 0.05
    np.testing.assert_array_equal(regions[~is_close_call], expected[~is_close_call])


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("k", range(1, 8))
def test_winners_agree_with_scikit_learn(metric, k):
    points, labels = make_points(45, 4, seed=k)
    places = np.random.RandomState(k).rand(500, 2)
    theirs = KNeighborsClassifier(k, p=METRICS.index(metric) + 1).fit(points, labels)
    shares = theirs.predict_proba(places)
    is_tied = np.isclose(shares, shares.max(axis=1, keepdims=True)).sum(axis=1) > 1
    expected = np.where(is_tied, TIE, shares.argmax(axis=1))
    np.testing.assert_array_equal(classify(*places.T, points, labels, 4, k, metric), expected)


@pytest.mark.parametrize("metric", METRICS)
def test_top_row_is_where_y_is_large(metric):
    points = np.array([[0.5, 0.9], [0.5, 0.1]])
    regions = decision_regions(points, np.array([0, 1]), 2, 1, metric, 6, 4)
    np.testing.assert_array_equal(regions, np.repeat([[0], [0], [1], [1]], 6, axis=1))


@pytest.mark.parametrize("metric", METRICS)
def test_places_midway_are_tied_and_no_others(metric):
    points = np.array([[0.2, 0.5], [0.8, 0.5]])
    regions = decision_regions(points, np.array([0, 1]), 2, 1, metric, 5, 5)
    np.testing.assert_array_equal(regions, np.tile([0, 0, TIE, 1, 1], (5, 1)))
    everyone = decision_regions(points, np.array([0, 1]), 2, 2, metric, 5, 5)
    assert (everyone == TIE).all()


@pytest.mark.parametrize("metric", METRICS)
def test_one_neighbour_is_never_tied_in_general_position(metric):
    points, labels = make_points(60, 5, seed=3)
    assert TIE not in decision_regions(points, labels, 5, 1, metric, 61, 47)
    np.testing.assert_array_equal(classify(*points.T, points, labels, 5, 1, metric), labels)


@pytest.mark.parametrize("metric", METRICS)
def test_order_of_points_decides_nothing(metric):
    # On a lattice, many points are equally far.
    points = np.stack(np.meshgrid([0.1, 0.3, 0.5, 0.7, 0.9], [0.2, 0.4, 0.6, 0.8]), -1)
    points = points.reshape(-1, 2)
    labels = np.arange(20) % 3
    order = np.random.RandomState(0).permutation(20)
    np.testing.assert_array_equal(
        decision_regions(points, labels, 3, 3, metric, 20, 20),
        decision_regions(points[order], labels[order], 3, 3, metric, 20, 20),
    )


@pytest.mark.parametrize("k", [0, 4])
def test_impossible_k_is_refused(k):
    points = np.eye(3, 2)
    with pytest.raises(ValueError, match=f"k is {k}; with 3 points it can be 1 to 3"):
        decision_regions(points, np.array([0, 1, 0]), 2, k, "L2", 4, 4)


def test_unknown_metric_is_refused():
    with pytest.raises(ValueError, match="metric is 'cosine'; it can be one of L1, L2"):
        decision_regions(np.eye(3, 2), np.array([0, 1, 0]), 2, 1, "cosine", 4, 4)


@pytest.mark.parametrize("num_classes", [2, 3, 4, 5])
def test_points_lie_in_the_square_and_classes_are_even(num_classes):
    points, labels = make_points(60, num_classes, seed=8)
    assert points.shape == (60, 2)
    assert points.min() >= 0
    assert points.max() <= 1
    sizes = np.bincount(labels)
    assert len(sizes) == num_classes
    assert np.ptp(sizes) <= 2


def test_points_repeat_and_their_number_and_seed_matter():
    points, labels = make_points(60, 4, seed=2)
    again, labels_again = make_points(60, 4, seed=2)
    np.testing.assert_array_equal(points, again)
    np.testing.assert_array_equal(labels, labels_again)
    fewer, fewer_labels = make_points(25, 4, seed=2)
    np.testing.assert_array_equal(fewer, points[:25])
    np.testing.assert_array_equal(fewer_labels, labels[:25])
    assert not np.allclose(make_points(60, 4, seed=3)[0], points)


def test_description_counts_ties_and_outvoted_points():
    points = np.array([[0.1, 0.5], [0.2, 0.5], [0.3, 0.5], [0.25, 0.5]])
    labels = np.array([0, 0, 0, 1])
    regions = np.full((10, 10), 0, np.uint8)
    regions[:3] = TIE
    assert describe(points, labels, 2, 3, "L2", regions) == (
        "K = 3, L2: 30 % of the plane is tied (white); "
        "1 of 4 points are outvoted by their neighbours."
    )
    regions = np.zeros((20, 20), np.uint8)
    assert ": 0 % " in describe(points, labels, 2, 3, "L2", regions)
    regions[0, 0] = TIE
    assert ": less than 1 % " in describe(points, labels, 2, 3, "L2", regions)


def expected_regions(demo):
    """What the picture of a demo should show, by its points and controls."""
    canvas = demo.canvas
    return decision_regions(
        np.array(canvas.points),
        np.array(canvas.labels),
        demo.num_classes.value,
        demo.k.value,
        demo.metric.value,
        canvas.width,
        canvas.height,
    ).tobytes()


def set_control(name, value):
    def act(demo):
        getattr(demo, name).value = value

    return act


@pytest.mark.parametrize(
    "act",
    [
        pytest.param(set_control("metric", "L1"), id="metric"),
        pytest.param(set_control("k", 4), id="k"),
        pytest.param(set_control("num_classes", 5), id="more classes"),
        pytest.param(set_control("num_classes", 2), id="fewer classes"),
        pytest.param(set_control("num_points", 60), id="more points"),
        pytest.param(set_control("num_points", 20), id="fewer points"),
        pytest.param(lambda demo: demo.new_points.click(), id="new points"),
        pytest.param(lambda demo: demo.canvas.move_point(0, 0.9, 0.9), id="move"),
    ],
)
def test_whatever_is_changed_the_picture_follows(act):
    demo = KNNDemo()
    regions, frame, caption = demo.canvas.regions, demo.canvas.frame, demo.caption.value
    act(demo)
    assert demo.canvas.regions != regions
    assert demo.canvas.regions == expected_regions(demo)
    assert demo.canvas.frame == frame + 1
    assert demo.caption.value != caption
    assert len(demo.canvas.points) == len(demo.canvas.labels) == demo.num_points.value


def test_metric_and_k_leave_dragged_points_where_they_are():
    demo = KNNDemo()
    demo.canvas.move_point(5, 0.25, 0.75)
    demo.metric.value = "L1"
    demo.k.value = 7
    assert demo.canvas.points[5] == [0.25, 0.75]


def test_a_request_to_move_is_answered_in_one_message(monkeypatch):
    demo = KNNDemo()
    sent = []
    monkeypatch.setattr(demo.canvas, "send_state", lambda key=None: sent.append(set(key)))
    demo.canvas._handle_custom_msg({"move": [2, 0.5, 0.75]}, [])
    assert demo.canvas.points[2] == [0.5, 0.75]
    assert demo.canvas.regions == expected_regions(demo)
    assert sent == [{"points", "regions", "frame"}]


@pytest.mark.parametrize(
    "move",
    [
        pytest.param(lambda points: [0, *points[0]], id="to where it is"),
        pytest.param(lambda points: [len(points), 0.5, 0.5], id="of a point that is gone"),
    ],
)
def test_a_request_that_changes_nothing_is_answered_too(move):
    demo = KNNDemo()
    points, frame = demo.canvas.points, demo.canvas.frame
    demo.canvas._handle_custom_msg({"move": move(points)}, [])
    assert demo.canvas.points == points
    assert demo.canvas.frame > frame


def test_a_point_cannot_leave_the_square():
    demo = KNNDemo()
    demo.canvas.move_point(1, -3, 1.5)
    assert demo.canvas.points[1] == [0, 1]


def test_two_demos_are_alike_and_apart():
    one, other = KNNDemo(), KNNDemo()
    assert one.canvas.regions == other.canvas.regions
    one.k.value = 7
    one.new_points.click()
    assert other.canvas.points == KNNDemo().canvas.points
    assert one.canvas.points == KNNDemo(seed=1).canvas.points


def test_every_class_has_its_own_colours():
    colours = [colour for pair in PALETTE for colour in pair]
    assert len(set(colours)) == 10
    assert KNNDemo().num_classes.max == len(PALETTE)


def test_shown_as_widget_picture_and_text():
    demo = KNNDemo()
    bundle = demo._repr_mimebundle_()
    assert bundle[WIDGET_VIEW]["model_id"] == demo.model_id
    assert bundle["text/plain"] == demo.caption.value
    image = base64.b64decode(bundle["image/png"], validate=True)
    assert image.startswith(b"\x89PNG\r\n")
    assert struct.unpack(">II", image[16:24]) == (440, 480)
    assert len(image) < 100_000
    assert bundle["image/png"] == KNNDemo()._repr_mimebundle_()["image/png"]
    demo.k.value = 7
    assert bundle["image/png"] != demo._repr_mimebundle_()["image/png"]
