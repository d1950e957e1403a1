"""The linear demo: its losses, gradients and regions against slow and foreign versions, and
its widget's manners."""

import base64
import re
import struct

import numpy as np
import pytest
from scipy.special import log_softmax

from cs231n.course.demos.linear import (
    KINDS,
    LABELS,
    LIMIT,
    POINTS,
    REACH,
    SQUARE,
    LinearDemo,
    class_regions,
    cut,
    describe,
    draw_weights,
    losses_and_gradients,
    points_table,
    score_losses,
    zero_lines,
)

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


def loss_by_loop(kind, scores, label):
    """The loss of one example, number by number."""
    rivals = [score for j, score in enumerate(scores) if j != label]
    true = scores[label]
    if kind == "Weston-Watkins":
        return sum(max(0, score - true + 1) for score in rivals)
    if kind == "one-vs-all":
        return max(0, 1 - true) + sum(max(0, 1 + score) for score in rivals)
    if kind == "structured":
        return max(0, 1 + max(rivals) - true)
    return -log_softmax(scores)[label]


def example(seed, num_points=11, num_features=2, num_classes=3):
    """X, y, W, b with scores that lie on both sides of every hinge."""
    random = np.random.RandomState(seed)
    return (
        random.normal(size=(num_points, num_features)),
        random.randint(num_classes, size=num_points),
        random.normal(size=(num_features, num_classes)),
        random.normal(scale=0.5, size=num_classes),
    )


def numerical_gradient(function, x, h=1e-6):
    """Central differences of function() while x is changed in place."""
    gradient = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        middle = x[index]
        x[index] = middle + h
        above = function()
        x[index] = middle - h
        below = function()
        x[index] = middle
        gradient[index] = (above - below) / (2 * h)
    return gradient


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(3))
def test_losses_agree_with_a_loop(kind, seed):
    X, y, W, b = example(seed, num_features=4, num_classes=5)
    outcome = losses_and_gradients(kind, X, y, W, b, 0.3)
    scores = np.array([[sum(x * w) + bias for w, bias in zip(W.T, b, strict=True)] for x in X])
    expected = [loss_by_loop(kind, row, label) for row, label in zip(scores, y, strict=True)]
    np.testing.assert_allclose(outcome.scores, scores)
    np.testing.assert_allclose(outcome.per_example, expected, atol=1e-12)
    assert outcome.data_loss == pytest.approx(np.mean(expected))
    assert outcome.reg_loss == pytest.approx(0.3 * sum(w**2 for w in W.ravel()))
    assert outcome.loss == outcome.data_loss + outcome.reg_loss


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("reg", [0, 0.7])
@pytest.mark.parametrize("seed", range(4))
def test_gradients_agree_with_differences(kind, reg, seed):
    X, y, W, b = example(seed)

    def loss():
        return losses_and_gradients(kind, X, y, W, b, reg).loss

    outcome = losses_and_gradients(kind, X, y, W, b, reg)
    # A kink within reach of the differences would show as a far larger error than this.
    np.testing.assert_allclose(outcome.dW, numerical_gradient(loss, W), rtol=1e-6, atol=1e-8)
    np.testing.assert_allclose(outcome.db, numerical_gradient(loss, b), rtol=1e-6, atol=1e-8)
    assert np.abs(outcome.dW).max() > 0.05


@pytest.mark.parametrize("kind", KINDS)
def test_regularisation_adds_twice_the_weights_and_leaves_the_biases(kind):
    X, y, W, b = example(5)
    plain = losses_and_gradients(kind, X, y, W, b, 0)
    regularised = losses_and_gradients(kind, X, y, W, b, 0.25)
    np.testing.assert_allclose(regularised.dW - plain.dW, 0.5 * W)
    np.testing.assert_array_equal(regularised.db, plain.db)
    assert regularised.data_loss == plain.data_loss
    assert plain.reg_loss == 0


@pytest.mark.parametrize(("kind", "loss"), [("Weston-Watkins", 1.58), ("softmax", 1.04)])
def test_scores_of_the_lecture(kind, loss):
    scores = np.array([[-2.85, 0.86, 0.28]])
    losses, _ = score_losses(kind, scores, np.array([2]))
    assert losses[0] == pytest.approx(loss, abs=0.005)


@pytest.mark.parametrize("kind", KINDS)
def test_without_weights_the_loss_is_that_of_a_guess(kind):
    nothing = np.zeros((2, 3))
    outcome = losses_and_gradients(kind, POINTS, LABELS, nothing, np.zeros(3), 1)
    guess = {"Weston-Watkins": 2, "one-vs-all": 3, "structured": 1, "softmax": np.log(3)}
    np.testing.assert_allclose(outcome.per_example, guess[kind])


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", [800, 1e6])
def test_large_scores_overflow_nowhere(kind, size):
    scores = size * np.array([[1.0, 0, -1], [1, 0, -1]])
    losses, gradients = score_losses(kind, scores, np.array([0, 2]))
    assert np.isfinite(losses).all()
    assert np.isfinite(gradients).all()
    assert losses[1] >= size
    if kind != "one-vs-all":
        assert losses[0] == 0
        assert not gradients[0].any()


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "one-vs-all"])
def test_a_shift_of_all_scores_changes_nothing(kind):
    X, y, W, b = example(6)
    losses, gradients = score_losses(kind, X @ W + b, y)
    shifted, same = score_losses(kind, X @ W + b + 7, y)
    np.testing.assert_allclose(shifted, losses, atol=1e-12)
    np.testing.assert_allclose(same, gradients, atol=1e-12)
    np.testing.assert_allclose(gradients.sum(axis=1), 0, atol=1e-12)


@pytest.mark.parametrize("kind", KINDS)
def test_inputs_are_left_as_they_are(kind):
    arrays = example(7)
    copies = [array.copy() for array in arrays]
    losses_and_gradients(kind, *arrays, 0.1)
    for array, copy in zip(arrays, copies, strict=True):
        np.testing.assert_array_equal(array, copy)


def test_unknown_kind_is_refused():
    with pytest.raises(ValueError, match="kind is 'hinge'; it can be one of Weston-Watkins, one"):
        losses_and_gradients("hinge", *example(0), 0)


def area(polygon):
    x, y = polygon.T
    return (x @ np.roll(y, -1) - y @ np.roll(x, -1)) / 2


def holds(polygon, place):
    """Does a convex polygon, its corners anticlockwise, hold the place?"""
    sides = np.roll(polygon, -1, axis=0) - polygon
    away = place - polygon
    return len(polygon) > 0 and (sides[:, 0] * away[:, 1] >= sides[:, 1] * away[:, 0]).all()


@pytest.mark.parametrize("seed", range(8))
def test_regions_hold_the_places_where_their_class_wins(seed):
    W, b = draw_weights(seed)
    regions = class_regions(W, b)
    assert sum(area(region) for region in regions) == pytest.approx(4)
    places = np.random.RandomState(seed).uniform(-1, 1, size=(300, 2))
    for place, winner in zip(places, (places @ W + b).argmax(axis=1), strict=True):
        assert [holds(region, place) for region in regions] == [c == winner for c in range(3)]


def test_a_class_that_never_wins_has_no_region():
    first, second, third = class_regions(np.zeros((2, 3)), np.array([0.0, 1.0, 0.5]))
    assert first.shape == third.shape == (0, 2)
    np.testing.assert_array_equal(second, SQUARE)


def test_where_scores_are_equal_nobody_wins():
    assert [len(region) for region in class_regions(np.zeros((2, 3)), np.zeros(3))] == [0, 0, 0]


def test_a_cut_keeps_the_positive_side():
    corners, crossings = cut(SQUARE, np.array([2.0, 0.0]), -1.0)
    assert crossings[:, 0].tolist() == [0.5, 0.5]
    assert corners[:, 0].min() == 0.5
    assert area(corners) == pytest.approx(1)


@pytest.mark.parametrize("seed", range(8))
def test_lines_are_where_the_score_is_zero(seed):
    W, b = draw_weights(seed)
    lines = zero_lines(W, b)
    assert sum(map(len, lines)) > 0
    for line, weights, bias in zip(lines, W.T, b, strict=True):
        corners = SQUARE @ weights + bias
        assert len(line) == (3 if corners.min() < 0 < corners.max() else 0)
        if len(line):
            start, end, ascent = line
            np.testing.assert_allclose(line[:2] @ weights + bias, 0, atol=1e-12)
            np.testing.assert_allclose(np.abs(line[:2]).max(axis=1), 1)
            assert ascent @ weights == pytest.approx(np.hypot(*weights))
            assert ascent @ (end - start) == pytest.approx(0, abs=1e-12)


def test_weights_repeat_and_the_seed_matters():
    for one, other in zip(draw_weights(4), draw_weights(4), strict=True):
        np.testing.assert_array_equal(one, other)
    assert not np.allclose(draw_weights(4)[0], draw_weights(5)[0])


def test_description_counts_points_and_steps():
    def say(biases, num_steps):
        outcome = losses_and_gradients(
            "softmax", POINTS, LABELS, np.zeros((2, 3)), np.array(biases), 0.5
        )
        return describe("softmax", outcome, LABELS, num_steps)

    assert say([0.0, 0, 0], 1) == (
        "softmax, 1 step: 0 of 9 points are classified right.\n"
        "data loss 1.099 + regularisation loss 0.000 = total loss 1.099"
    )
    assert "softmax, 2 steps:" in say([0.0, 1, 0], 2)
    assert "3 of 9 points" in say([0.0, 1, 0], 2)


def test_table_has_place_scores_and_loss_of_each_point():
    outcome = losses_and_gradients("structured", POINTS, LABELS, *draw_weights(0), 0)
    _, *rows = points_table(POINTS, LABELS, outcome).split("<tr>")[1:]
    assert len(rows) == 9
    for index, row in enumerate(rows):
        expected = [
            index,
            *POINTS[index].round(2),
            LABELS[index],
            *outcome.scores[index].round(2),
            outcome.per_example[index].round(2),
        ]
        shown = [re.sub("<.*?>", "", cell) for cell in row.split("</td>")[:-1]]
        shown = [float(cell.replace("\N{MINUS SIGN}", "-")) for cell in shown]
        np.testing.assert_allclose(shown, expected, atol=0.0101)


def test_points_lie_in_the_plane_and_classes_are_even():
    assert POINTS.shape == (9, 2)
    assert np.abs(POINTS).max() < 1
    assert np.bincount(LABELS).tolist() == [3, 3, 3]


@pytest.mark.parametrize("kind", KINDS)
def test_training_lowers_the_loss_until_all_points_are_right(kind):
    demo = LinearDemo(kind)
    losses = [demo.outcome().loss]
    for _ in range(150):
        demo.step_button.click()
        losses.append(demo.outcome().loss)
    assert demo.num_steps == 150
    # A hinge can let a single step go up a little.
    smooth = np.convolve(losses, np.ones(10) / 10, mode="valid")
    assert (np.diff(smooth) < 0).all()
    assert losses[-1] < 0.5 * losses[0]
    assert "9 of 9 points" in demo.caption.value


def test_a_step_goes_down_the_gradient():
    demo = LinearDemo("softmax")
    demo.step_size.value = 0.5
    W, b, outcome = demo.W.copy(), demo.b.copy(), demo.outcome()
    demo.step()
    np.testing.assert_allclose(demo.W, W - 0.5 * outcome.dW)
    np.testing.assert_allclose(demo.b, b - 0.5 * outcome.db)


def shown(demo):
    """All that a learner sees of the state of a demo."""
    return (
        [slider.value for row in demo.sliders for slider in row],
        [numbers.value for numbers in demo.numbers],
        demo.canvas.regions,
        demo.canvas.lines,
        demo.canvas.points,
        demo.formula.value,
        demo.table.value,
        demo.caption.value,
    )


@pytest.mark.parametrize("label", range(3))
@pytest.mark.parametrize("index", range(3))
def test_each_slider_sets_its_own_parameter(label, index):
    demo = LinearDemo()
    frame = demo.canvas.frame
    before, parameters = shown(demo), np.vstack([demo.W, demo.b])
    demo.sliders[label][index].value = -3.3
    parameters[index, label] = -3.3
    np.testing.assert_array_equal(np.vstack([demo.W, demo.b]), parameters)
    assert demo.canvas.frame == frame + 1
    assert demo.canvas.lines == [line.tolist() for line in zero_lines(demo.W, demo.b)]
    assert demo.canvas.regions == [r.tolist() for r in class_regions(demo.W, demo.b)]
    assert demo.canvas.lines != before[3]
    assert demo.canvas.regions != before[2]
    assert demo.caption.value != before[-1]


def set_control(name, value):
    def act(demo):
        getattr(demo, name).value = value

    return act


@pytest.mark.parametrize(
    ("act", "follows"),
    [
        pytest.param(set_control("kind", "structured"), "numbers formula table", id="kind"),
        pytest.param(set_control("reg", 0.5), "numbers", id="regularisation"),
        pytest.param(lambda d: d.step(), "numbers regions lines table", id="step"),
        pytest.param(
            lambda d: d.randomize.click(), "sliders numbers regions lines table", id="randomize"
        ),
        pytest.param(
            lambda d: d.canvas.move_point(0, 0.9, -0.9), "numbers points table", id="move"
        ),
    ],
)
def test_whatever_is_changed_the_picture_follows(act, follows):
    demo = LinearDemo()
    names = ["sliders", "numbers", "regions", "lines", "points", "formula", "table", "caption"]
    before, frame = shown(demo), demo.canvas.frame
    act(demo)
    pairs = zip(names, before, shown(demo), strict=True)
    changed = {name for name, old, new in pairs if old != new}
    # A single step may or may not bring a slider to its next notch.
    assert changed - {"sliders"} == set(follows.split()) - {"sliders"} | {"caption"}
    assert demo.canvas.frame == frame + 1


def test_sliders_stand_at_a_notch_and_leave_the_weights_alone():
    demo = LinearDemo()
    demo.step()
    W = demo.W.copy()
    demo.reg.value = 0.01
    np.testing.assert_array_equal(demo.W, W)
    slider = demo.sliders[2][1]
    assert slider.value == pytest.approx(W[1, 2], abs=0.025)
    # Browsers report where a slider was put, but for some rounding.
    slider.value += 1e-9
    np.testing.assert_array_equal(demo.W, W)


def test_a_weight_beyond_its_slider_is_kept_until_the_slider_is_moved():
    demo = LinearDemo()
    demo.sliders[0][0].value = REACH
    demo.step_size.value = 10
    demo.reg.value = 0.3
    demo.step()
    assert demo.W[0, 0] < -REACH
    assert demo.sliders[0][0].value == -REACH
    assert f"{-demo.W[0, 0]:.2f}" in demo.numbers[0].value
    demo.sliders[0][0].value = -1
    assert demo.W[0, 0] == -1


def test_run_and_stop():
    demo = LinearDemo()
    request = {"step": True}
    demo.canvas._handle_custom_msg(request, [])
    assert demo.num_steps == 0
    demo.run.value = True
    assert demo.canvas.running
    assert demo.run.description == "Stop"
    # It is the browser that asks for steps; by itself the kernel takes none.
    assert demo.num_steps == 0
    for _ in range(3):
        demo.canvas._handle_custom_msg(request, [])
    assert demo.num_steps == 3
    demo.run.value = False
    assert not demo.canvas.running
    assert demo.run.description == "Run"
    frame = demo.canvas.frame
    demo.canvas._handle_custom_msg(request, [])
    assert demo.num_steps == 3
    assert demo.canvas.frame > frame


def test_a_request_is_answered_in_one_message_when_all_else_is_said(monkeypatch):
    demo = LinearDemo()
    demo.run.value = True
    sent = []
    for widget in (demo.table, demo.caption):
        monkeypatch.setattr(widget, "send_state", lambda key=None: sent.append("words"))
    monkeypatch.setattr(demo.canvas, "send_state", lambda key=None: sent.append(set(key)))
    demo.canvas._handle_custom_msg({"move": [2, 0.5, 0.75], "step": True}, [])
    assert demo.canvas.points[2] == [0.5, 0.75]
    assert demo.num_steps == 1
    *words, picture = sent
    assert set(words) == {"words"}
    assert picture == {"points", "regions", "lines", "frame"}


def test_a_point_cannot_leave_the_plane_nor_come_from_nowhere():
    demo = LinearDemo()
    demo.canvas._handle_custom_msg({"move": [1, -3, 1.5]}, [])
    assert demo.canvas.points[1] == [-1, 1]
    points, frame = demo.canvas.points, demo.canvas.frame
    demo.canvas._handle_custom_msg({"move": [9, 0, 0]}, [])
    assert demo.canvas.points == points
    assert demo.canvas.frame > frame


@pytest.mark.parametrize("kind", KINDS)
def test_too_large_a_step_stops_with_a_message(kind):
    demo = LinearDemo(kind)
    demo.step_size.value = demo.step_size.base**demo.step_size.max
    demo.reg.value = 1
    demo.run.value = True
    for _ in range(50):
        demo.canvas._handle_custom_msg({"step": True}, [])
    assert not demo.run.value
    assert not demo.canvas.running
    assert "the step size is too large" in demo.message.value
    assert demo.num_steps < 10
    assert np.abs(demo.W).max() <= LIMIT
    assert np.isfinite(demo.outcome().loss)
    demo.step_button.click()
    assert "the step size is too large" in demo.message.value
    assert b"PNG" in base64.b64decode(demo._repr_mimebundle_()["image/png"])[:8]

    demo.step_size.value = 0.1
    demo.randomize.click()
    assert demo.message.value == ""
    demo.step_button.click()
    assert demo.num_steps == 1


def test_two_demos_are_alike_and_apart():
    one, other = LinearDemo(), LinearDemo()
    assert shown(one) == shown(other)
    for _ in range(5):
        one.step()
    one.canvas.move_point(3, 0, 0)
    assert shown(other) == shown(LinearDemo())
    other.randomize.click()
    assert shown(other) == shown(LinearDemo(seed=1))
    assert other.num_steps == 0
    assert LinearDemo("one-vs-all").kind.value == "one-vs-all"


def test_shown_as_widget_picture_and_text():
    demo = LinearDemo()
    bundle = demo._repr_mimebundle_()
    assert bundle[WIDGET_VIEW]["model_id"] == demo.model_id
    assert bundle["text/plain"] == demo.describe()
    assert bundle["text/plain"] in demo.caption.value
    image = base64.b64decode(bundle["image/png"], validate=True)
    assert image.startswith(b"\x89PNG\r\n")
    assert struct.unpack(">II", image[16:24]) == (440, 480)
    assert len(image) < 100_000
    assert bundle["image/png"] == LinearDemo()._repr_mimebundle_()["image/png"]
    demo.step()
    assert bundle["image/png"] != demo._repr_mimebundle_()["image/png"]


def test_static_picture_without_any_line_or_region():
    demo = LinearDemo()
    for row in demo.sliders:
        for slider in row:
            slider.value = 0
    assert demo.canvas.regions == demo.canvas.lines == [[], [], []]
    assert "0 of 9 points" in demo.caption.value
    assert demo._repr_mimebundle_()["image/png"]
