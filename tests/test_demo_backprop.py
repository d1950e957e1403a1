"""The backprop demo: its gradients against PyTorch's, its forecast, its picture and its manners."""

import base64
import re
import struct

import matplotlib
import numpy as np
import pytest

from cs231n.course.demos.backprop import (
    EXAMPLES,
    NOTCH,
    REACH,
    WIDTH,
    BackpropDemo,
    computed,
    nudged,
    picture_of,
    slopes,
)

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
FIRST, DOUBLED, NEURON, CUBE = EXAMPLES

examples = pytest.mark.parametrize("title", EXAMPLES)

IN_TORCH = {
    FIRST: lambda torch, x, y, z: (x + y) * z,
    DOUBLED: lambda torch, x, y, z, w: 2 * (x * y + torch.maximum(z, w)),
    NEURON: lambda torch, w0, x0, w1, x1, w2: torch.sigmoid(w0 * x0 + w1 * x1 + w2),
    CUBE: lambda torch, x: x**3,
}


def drawn(title, seed=0):
    """{name: value} for the inputs of a graph."""
    random = np.random.RandomState(seed)
    return {name: float(random.uniform(-REACH, REACH)) for name in EXAMPLES[title].inputs}


@examples
@pytest.mark.parametrize("seed", range(5))
def test_values_and_gradients_are_pytorchs(title, seed):
    torch = pytest.importorskip("torch")
    inputs = drawn(title, seed)
    tensors = {
        name: torch.tensor(value, dtype=torch.float64, requires_grad=True)
        for name, value in inputs.items()
    }
    expected = IN_TORCH[title](torch, **tensors)
    expected.backward()
    gradients, _ = slopes(EXAMPLES[title], inputs)
    assert computed(EXAMPLES[title], inputs)["f"] == pytest.approx(expected.item(), rel=1e-12)
    for name, tensor in tensors.items():
        assert gradients[name] == pytest.approx(tensor.grad.item(), rel=1e-10, abs=1e-12)


@examples
def test_what_comes_back_along_branches_adds_up(title):
    example = EXAMPLES[title]
    gradients, shares = slopes(example, drawn(title, 7))
    sums = dict.fromkeys(gradients, 0.0)
    for user, (_, *sources) in example.gates.items():
        for source, share in zip(sources, shares[user], strict=True):
            sums[source] += share
    assert sums.pop("f") == 0
    assert sums == pytest.approx({name: gradients[name] for name in sums})
    assert gradients["f"] == 1


def test_the_facts_of_the_notebook():
    gradients, _ = slopes(EXAMPLES[FIRST], EXAMPLES[FIRST].inputs)
    assert [gradients[name] for name in "xyz"] == [-4, -4, 3]
    values = computed(EXAMPLES[NEURON], EXAMPLES[NEURON].inputs)
    gradients, _ = slopes(EXAMPLES[NEURON], EXAMPLES[NEURON].inputs)
    assert round(values["f"], 2) == 0.73
    assert [round(gradients[n], 2) for n in ("w0", "w1", "w2")] == [-0.2, -0.39, 0.2]
    assert computed(EXAMPLES[DOUBLED], EXAMPLES[DOUBLED].inputs)["f"] == -20


@examples
@pytest.mark.parametrize("by", [1.0, -0.5, 0.0])
def test_a_nudge_is_foretold_and_happens(title, by):
    example, inputs = EXAMPLES[title], drawn(title, 3)
    for name in inputs:
        nudge = nudged(example, inputs, name, by)
        after = computed(example, {**inputs, name: inputs[name] + by})["f"]
        assert nudge.start + nudge.happened == pytest.approx(after)
        assert nudge.foretold == pytest.approx(by * slopes(example, inputs)[0][name])


def test_a_nudge_half_as_long_is_off_by_about_a_quarter():
    misses = []
    for by in (0.2, 0.1):
        nudge = nudged(EXAMPLES[NEURON], EXAMPLES[NEURON].inputs, "w1", by)
        misses.append(nudge.happened - nudge.foretold)
    assert misses[0] / misses[1] == pytest.approx(4, rel=0.1)


def test_a_forecast_along_a_straight_line_is_exact():
    nudge = nudged(EXAMPLES[FIRST], EXAMPLES[FIRST].inputs, "x", 1.0)
    assert nudge.describe() == (
        "Nudge <b>x</b> by 1. The gradient foretells a change of 1 × −4 = <b>−4</b>.<br>"
        "f goes from −12 to −16, a change of <b>−4</b>: exactly so."
    )
    assert "off by 5.5." in nudged(EXAMPLES[CUBE], {"x": 1.5}, "x", 1.0).describe()


@examples
@pytest.mark.parametrize("seed", range(3))
def test_all_that_is_drawn_lies_on_the_sheet(title, seed):
    inputs = drawn(title, seed)
    for name in inputs:
        nudge = nudged(EXAMPLES[title], inputs, name, 2.0)
        sheet, panel, height = picture_of(EXAMPLES[title], inputs, nudge)
        assert sheet.width <= WIDTH
        points = [point for points, _ in panel.lines for point in points]
        points += [(x, y) for x, y, _ in panel.dots]
        for x, y in points:
            assert 0 < x < WIDTH
            assert sheet.height - 1e-6 <= y <= height


def test_the_line_touches_the_curve_where_f_is_now():
    example, inputs = EXAMPLES[CUBE], {"x": 1.5}
    _, panel, _ = picture_of(example, inputs, nudged(example, inputs, "x", 1.0))
    lines = {kind: np.array(points) for points, kind in panel.lines}
    here, foretold, happened = (np.array([x, y]) for x, y, _ in panel.dots)
    assert [kind for *_, kind in panel.dots] == ["here", "tangent", "curve"]
    assert np.isclose(lines["curve"], here).all(axis=1).any()
    assert np.isclose(lines["curve"], happened).all(axis=1).any()
    (x0, y0), (x1, y1) = lines["tangent"]
    for x, y in (here, foretold):
        assert y == pytest.approx(y0 + (y1 - y0) * (x - x0) / (x1 - x0))


def test_a_result_that_does_not_move_has_a_level_line():
    example, inputs = EXAMPLES[FIRST], {"x": 1.0, "y": 2.0, "z": 0.0}
    _, panel, _ = picture_of(example, inputs, nudged(example, inputs, "x", 1.0))
    ((_, y0), (_, y1)) = next(points for points, kind in panel.lines if kind == "tangent")
    assert y0 == y1


def shown(demo):
    """All that a learner sees of the state of a demo."""
    return demo.canvas.sheet, demo.canvas.panel, demo.canvas.chosen, demo.caption.value


def request(demo, **content):
    """What the browser sends."""
    demo.canvas._handle_custom_msg(content, [])


def texts(demo, kind):
    return [label.text for label in demo.canvas.sheet["labels"] if label.kind == kind]


def test_values_and_gradients_follow_a_slider():
    demo = BackpropDemo()
    assert set(texts(demo, "value")) == {"x = −2", "y = 5", "z = −4", "q = 3", "f = −12"}
    demo.sliders["z"].value = 2.0
    assert "f = 6" in texts(demo, "value")
    assert texts(demo, "gradient")[:2] == ["2", "2"]


def test_a_hand_chooses_and_moves_an_input():
    demo = BackpropDemo()
    request(demo, choose="y")
    assert demo.canvas.chosen == demo.input.value == "y"
    request(demo, move=["z", 1.26])
    assert demo.canvas.chosen == "z"
    assert demo.sliders["z"].value == pytest.approx(1.3)
    assert demo.canvas.handles["z"][2] == pytest.approx(1.3)
    for far, end in [(97.0, REACH), (-97.0, -REACH)]:
        request(demo, move=["z", far])
        assert demo.sliders["z"].value == end


def test_what_the_graph_does_not_have_is_passed_over():
    demo = BackpropDemo()
    before, frame = shown(demo), demo.canvas.frame
    for content in ({"choose": "w1"}, {"move": ["w1", 2.0]}, {}):
        request(demo, **content)
        assert shown(demo) == before
    assert demo.canvas.frame > frame


def test_another_graph_begins_with_its_start_values():
    demo = BackpropDemo()
    demo.sliders["x"].value = 4.0
    demo.example.value = NEURON
    assert demo.inputs == EXAMPLES[NEURON].inputs
    assert list(demo.input.options) == list(EXAMPLES[NEURON].inputs)
    assert demo.canvas.chosen == "w0"
    assert shown(demo) == shown(BackpropDemo(NEURON))
    demo.example.value = FIRST
    assert shown(demo) == shown(BackpropDemo())


def test_start_values_are_put_back():
    demo = BackpropDemo()
    request(demo, move=["y", -3.0])
    demo.reset.click()
    assert shown(demo) == shown(BackpropDemo())


def test_the_nudge_has_an_input_and_a_length():
    demo = BackpropDemo(CUBE)
    demo.by.value = -0.5
    assert "by −0.5" in demo.caption.value
    demo = BackpropDemo()
    demo.input.value = "z"
    assert "Nudge <b>z</b>" in demo.caption.value
    assert demo.canvas.chosen == "z"


def test_a_request_is_answered_in_one_message_when_all_else_is_said(monkeypatch):
    demo = BackpropDemo()
    sent = []
    monkeypatch.setattr(demo.caption, "send_state", lambda key=None: sent.append("words"))
    monkeypatch.setattr(demo.canvas, "send_state", lambda key=None: sent.append(set(key)))
    request(demo, move=["x", 1.0])
    assert sent[0] == "words"
    assert {"sheet", "panel", "handles", "frame"} <= sent[-1]
    assert sum(each != "words" for each in sent) == 1


def test_notches_are_numbers_with_one_digit():
    demo = BackpropDemo()
    for notch in range(-50, 51):
        request(demo, move=["x", notch * NOTCH])
        assert re.fullmatch(r"x = −?\d(\.\d)?", texts(demo, "value")[0])


def test_two_demos_are_alike_and_apart():
    one, other = BackpropDemo(), BackpropDemo()
    request(one, move=["x", 3.0])
    one.example.value = CUBE
    assert shown(other) == shown(BackpropDemo())


@examples
def test_shown_as_widget_picture_and_text(title):
    demo = BackpropDemo(title)
    bundle = demo._repr_mimebundle_()
    assert bundle[WIDGET_VIEW]["model_id"] == demo.model_id
    assert bundle["text/plain"] == demo.describe()
    assert bundle["text/plain"].startswith("Nudge ")
    assert "<" not in bundle["text/plain"]
    image = base64.b64decode(bundle["image/png"], validate=True)
    assert image.startswith(b"\x89PNG\r\n")
    width, height = struct.unpack(">II", image[16:24])
    assert 800 <= width <= 1000
    assert 350 <= height <= 750
    assert len(image) < 150_000
    demo.by.value = -1.0
    assert bundle["image/png"] != demo._repr_mimebundle_()["image/png"]


def test_static_picture_keeps_its_layout_whatever_the_notebook_prefers():
    plain = BackpropDemo()._repr_mimebundle_()["image/png"]
    with matplotlib.rc_context({"figure.constrained_layout.use": True}):
        assert BackpropDemo()._repr_mimebundle_()["image/png"] == plain
