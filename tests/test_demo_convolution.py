"""The convolution demo: its numbers against a foreign convolution, its picture and its manners."""

import base64
import re
import struct

import matplotlib
import numpy as np
import pytest
from scipy.signal import correlate

from cs231n.course.demos.convolution import (
    BIASES,
    COLUMNS,
    PADS,
    ROWS,
    STRIDES,
    ConvolutionDemo,
    SlidingWindow,
    draw_numbers,
    grids_of,
)

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"

#: (stride, pad) and the side of the output that they give.
FITTING = {
    (1, 0): 3,
    (2, 0): 2,
    (1, 1): 5,
    (2, 1): 3,
    (1, 2): 7,
    (2, 2): 4,
    (3, 2): 3,
}
UNFIT = {(3, 0): "1.67", (3, 1): "2.33"}
DOES_NOT_FIT = "is no whole number: this stride does not fit"

fitting = pytest.mark.parametrize(("stride", "pad"), FITTING)
unfit = pytest.mark.parametrize(("stride", "pad"), UNFIT)


def sliding_window(stride, pad, seed=0):
    return SlidingWindow(*draw_numbers(seed), BIASES, stride, pad)


def convolve(x, w, b, stride, pad):
    """The output (F, side, side) by scipy: all places first, then those of the stride."""
    x = np.pad(x, [(0, 0), (pad, pad), (pad, pad)])
    everywhere = [
        correlate(x, weights, mode="valid", method="direct")[0] + bias
        for weights, bias in zip(w, b, strict=True)
    ]
    return np.array(everywhere)[:, ::stride, ::stride]


def number(text):
    return int(text.replace("\N{MINUS SIGN}", "-"))


def numbers(texts):
    return [[number(text) for text in row] for row in texts]


def by_title(window, step):
    """The grids of a picture by their titles; of those with the same one, a list."""
    grids = {}
    for grid in grids_of(window, step):
        grids.setdefault(grid.title, []).append(grid)
    return grids


@fitting
@pytest.mark.parametrize("seed", range(3))
def test_all_steps_agree_with_a_foreign_convolution(stride, pad, seed):
    window = sliding_window(stride, pad, seed)
    expected = convolve(*draw_numbers(seed), BIASES, stride, pad)
    assert window.out_shape == expected.shape
    assert window.num_steps == expected.size
    assert [window.value(step) for step in range(window.num_steps)] == expected.ravel().tolist()
    assert len(np.unique(expected)) > 4


def test_other_sizes_agree_too():
    random = np.random.RandomState(1)
    x, w = random.normal(size=(2, 9, 9)), random.normal(size=(4, 2, 5, 5))
    b = random.normal(size=4)
    window = SlidingWindow(x, w, b, stride=2, pad=2)
    values = [window.value(step) for step in range(window.num_steps)]
    np.testing.assert_allclose(values, convolve(x, w, b, 2, 2).ravel())


@fitting
def test_steps_go_filter_by_filter_and_row_by_row(stride, pad):
    window = sliding_window(stride, pad)
    side = FITTING[stride, pad]
    expected = [(f, row, column) for f in range(2) for row in range(side) for column in range(side)]
    assert [window.place(step) for step in range(window.num_steps)] == expected
    corners = [(stride * row, stride * column) for _, row, column in expected]
    assert [window.corner(step) for step in range(window.num_steps)] == corners


def test_products_are_those_of_the_window():
    window = sliding_window(2, 1)
    x, w = draw_numbers(0)
    # W1 on the window whose corner lies in the padding, at row 1 and column -1 of the input.
    products = window.products(9 + 3)
    for channel, row, column in np.ndindex(3, 3, 3):
        pixel = x[channel, 1 + row, column - 1] if column > 0 else 0
        assert products[channel, row, column] == pixel * w[1, channel, row, column]


def test_numbers_are_small_and_repeat_and_the_seed_matters():
    x, w = draw_numbers(4)
    assert (x.shape, w.shape) == ((3, 5, 5), (2, 3, 3, 3))
    assert set(x.ravel()) == {0, 1, 2}
    assert set(w.ravel()) == {-1, 0, 1}
    assert BIASES.tolist() == [1, 0]
    for one, other in zip(draw_numbers(4), (x, w), strict=True):
        np.testing.assert_array_equal(one, other)
    assert not np.array_equal(draw_numbers(5)[0], x)
    assert not np.array_equal(draw_numbers(5)[1], w)


def test_inputs_are_left_as_they_are():
    x, w = draw_numbers(0)
    window = SlidingWindow(x, w, BIASES, 1, 0)
    for step in range(window.num_steps):
        window.value(step)
    for one, other in zip(draw_numbers(0), (x, w), strict=True):
        np.testing.assert_array_equal(one, other)


def test_every_setting_of_the_sliders_fits_or_is_known_not_to():
    settings = {
        (stride, pad)
        for stride in range(STRIDES[0], STRIDES[1] + 1)
        for pad in range(PADS[0], PADS[1] + 1)
    }
    assert settings == FITTING.keys() | UNFIT.keys()


@fitting
def test_the_size_of_the_output_is_explained(stride, pad):
    side = FITTING[stride, pad]
    first_line = sliding_window(stride, pad).describe(0).splitlines()[0]
    assert first_line == (
        f"Size of the output: (5 + 2*{pad} − 3)/{stride} + 1 = {side}, "
        f"so {side} × {side} for each filter."
    )


@unfit
def test_a_stride_that_does_not_fit_is_said_in_numbers(stride, pad):
    window = sliding_window(stride, pad)
    places = UNFIT[stride, pad]
    assert window.describe(0) == f"(5 + 2*{pad} − 3)/{stride} + 1 = {places} {DOES_NOT_FIT}"
    assert window.num_steps == 0


@fitting
def test_the_arithmetic_of_the_caption_comes_out(stride, pad):
    window = sliding_window(stride, pad, seed=2)
    x, w = draw_numbers(2)
    expected = convolve(x, w, BIASES, stride, pad)
    of_channels = [
        convolve(x[channel : channel + 1], w[:, channel : channel + 1], (0, 0), stride, pad)
        for channel in range(3)
    ]
    for step, (index, row, column) in enumerate(np.ndindex(expected.shape)):
        _, place, arithmetic = window.describe(step).splitlines()
        assert place.startswith(f"Step {step + 1} of {expected.size}: W{index} on rows ")
        assert place.endswith(f" gives out[{index}, {row}, {column}].")
        assert re.sub(r"−?\d+", "#", arithmetic) == (
            "channel #: #, channel #: #, channel #: #, bias # → #"
        )
        shown = re.findall(r"−?\d+(?=,| →|$)", arithmetic)
        *summands, total = map(number, shown)
        assert summands[:3] == [sums[index, row, column] for sums in of_channels]
        assert summands[3:] == [BIASES[index]]
        assert sum(summands) == total == expected[index, row, column]


def test_the_caption_names_the_rows_and_columns_of_the_window():
    assert "on rows 2 to 4 and columns 0 to 2 of the padded input" in sliding_window(
        2, 1
    ).describe_step(3)
    assert "on rows 0 to 2 and columns 2 to 4 of the input" in sliding_window(2, 0).describe_step(1)


@fitting
def test_the_picture_outlines_what_a_step_uses(stride, pad):
    window = sliding_window(stride, pad)
    for step in range(window.num_steps):
        index, row, column = window.place(step)
        outlined = {
            title: {grid.outlined for grid in grids}
            for title, grids in by_title(window, step).items()
        }
        name = "x[{}], padded" if pad else "x[{}]"
        for channel in range(3):
            corner = (stride * row, stride * column)
            assert outlined[name.format(channel)] == {(*corner, 3, 3)}
            assert outlined[f"W{index}[{channel}]"] == {(0, 0, 3, 3)}
            assert outlined[f"W{1 - index}[{channel}]"] == {()}
        assert outlined[f"b{index}"] == {(0, 0, 1, 1)}
        assert outlined[f"b{1 - index}"] == {()}
        assert outlined[f"out[{index}]"] == {(row, column, 1, 1)}
        assert outlined[f"out[{1 - index}]"] == {()}


@fitting
def test_the_picture_has_all_numbers_and_none_before_its_step(stride, pad):
    window = sliding_window(stride, pad)
    x, w = draw_numbers(0)
    expected = convolve(x, w, BIASES, stride, pad)
    for step in range(window.num_steps):
        grids = by_title(window, step)
        for channel in range(3):
            (grid,) = grids[f"x[{channel}], padded" if pad else f"x[{channel}]"]
            assert numbers(grid.texts) == np.pad(x[channel], pad).tolist()
            assert grid.pad == pad
            for index in range(2):
                (grid,) = grids[f"W{index}[{channel}]"]
                assert numbers(grid.texts) == w[index, channel].tolist()
            products = window.products(step)[channel]
            assert numbers(grids["products"][channel].texts) == products.tolist()
            assert numbers(grids["sum"][channel].texts) == [[products.sum()]]
        cells = np.ravel([grids["out[0]"][0].texts, grids["out[1]"][0].texts]).tolist()
        assert [number(text) for text in cells[: step + 1]] == expected.ravel()[: step + 1].tolist()
        assert set(cells[step + 1 :]) <= {""}
        assert [numbers(grids[f"b{index}"][0].texts) for index in range(2)] == [[[1]], [[0]]]


@unfit
def test_the_picture_has_nothing_computed_where_the_stride_does_not_fit(stride, pad):
    grids = grids_of(sliding_window(stride, pad), 0)
    titles = {re.sub(r"\d", "#", grid.title).removesuffix(", padded") for grid in grids}
    assert titles == {"x[#]", "W#[#]", "b#"}
    assert not any(grid.outlined for grid in grids)


@pytest.mark.parametrize(("stride", "pad"), [*FITTING, *UNFIT])
def test_grids_and_their_titles_lie_apart_and_on_the_sheet(stride, pad):
    window = sliding_window(stride, pad)
    for step in {0, max(window.num_steps - 1, 0)}:
        boxes = []
        for grid in grids_of(window, step):
            height, width = np.shape(grid.texts)
            # The title is one cell high, above the grid.
            boxes.append((grid.left, grid.top - 1, grid.left + width, grid.top + height))
        for index, (left, top, right, bottom) in enumerate(boxes):
            assert left > 0
            assert top > 0
            assert right < COLUMNS
            assert bottom < ROWS
            for x0, y0, x1, y1 in boxes[:index]:
                assert right < x0 or x1 < left or bottom < y0 or y1 < top


@fitting
def test_a_click_on_a_cell_of_the_output_means_its_step(stride, pad):
    window = sliding_window(stride, pad)
    side = FITTING[stride, pad]
    starts = {grid.title: grid.first_step for grid in grids_of(window, 0) if grid.first_step >= 0}
    assert starts == {"out[0]": 0, "out[1]": side * side}


def shown(demo):
    """All that a learner sees of the state of a demo."""
    return demo.canvas.grids, demo.caption.value


def request(demo, **content):
    """What the browser sends."""
    demo.canvas._handle_custom_msg(content, [])


def test_step_and_back_stay_within_the_steps():
    demo = ConvolutionDemo()
    assert demo.step == 0
    demo.back.click()
    assert demo.step == 0
    seen = [shown(demo)]
    for step in range(1, 18):
        demo.step_button.click()
        assert demo.step == step
        assert f"Step {step + 1} of 18:" in demo.caption.value
        assert shown(demo) not in seen
        seen.append(shown(demo))
    demo.step_button.click()
    assert demo.step == 17
    for step in range(16, -1, -1):
        demo.back.click()
        assert demo.step == step
        assert shown(demo) == seen[step]


def test_reset_goes_to_the_first_step_and_keeps_the_numbers():
    demo = ConvolutionDemo()
    first = shown(demo)
    request(demo, go=7)
    demo.play.value = True
    demo.reset.click()
    assert not demo.play.value
    assert shown(demo) == first


def test_new_numbers_are_those_of_the_next_seed():
    demo = ConvolutionDemo()
    demo.stride.value = 1
    demo.go(5)
    demo.new_numbers.click()
    other = ConvolutionDemo(seed=1)
    other.stride.value = 1
    assert demo.step == 0
    assert shown(demo) == shown(other)
    assert shown(demo)[0] != shown(ConvolutionDemo())[0]


@fitting
def test_sliders_begin_anew_with_the_same_numbers(stride, pad):
    demo = ConvolutionDemo()
    demo.stride.value, demo.pad.value = 3, 0
    demo.pad.value = pad
    demo.stride.value = stride
    expected = sliding_window(stride, pad)
    assert demo.canvas.grids == [grid._asdict() for grid in grids_of(expected, 0)]
    assert expected.describe(0) in demo.caption.value


@pytest.mark.parametrize(("name", "value"), [("stride", 1), ("pad", 0), ("pad", 2)])
def test_another_geometry_begins_with_its_first_step(name, value):
    demo = ConvolutionDemo()
    demo.go(5)
    getattr(demo, name).value = value
    assert demo.step == 0
    assert "Step 1 of " in demo.caption.value


@unfit
def test_where_the_stride_does_not_fit_only_other_settings_can_be_chosen(stride, pad):
    demo = ConvolutionDemo()
    first = shown(demo)
    demo.play.value = True
    demo.pad.value = pad
    demo.stride.value = stride
    assert f"= {UNFIT[stride, pad]} {DOES_NOT_FIT}" in demo.caption.value
    assert not demo.play.value
    steps = [demo.back, demo.step_button, demo.play, demo.reset]
    assert all(button.disabled for button in steps)
    assert not demo.new_numbers.disabled
    nothing = shown(demo)
    for content in ({"by": 1}, {"by": -1}, {"go": 3}, {"play": True}):
        request(demo, **content)
        assert shown(demo) == nothing
    demo.new_numbers.click()
    assert DOES_NOT_FIT in demo.caption.value
    demo.stride.value, demo.pad.value = 2, 1
    assert not any(button.disabled for button in steps)
    assert shown(demo)[0] != first[0]
    assert shown(demo) == shown(ConvolutionDemo(seed=1))


def test_play_and_pause():
    demo = ConvolutionDemo()
    request(demo, play=True)
    assert demo.step == 0
    demo.play.value = True
    assert demo.canvas.running
    assert (demo.play.description, demo.play.icon) == ("Pause", "pause")
    # It is the browser that asks for steps; by itself the kernel takes none.
    assert demo.step == 0
    for _ in range(3):
        request(demo, play=True)
    assert demo.step == 3
    demo.play.value = False
    assert not demo.canvas.running
    assert (demo.play.description, demo.play.icon) == ("Play", "play")
    frame = demo.canvas.frame
    request(demo, play=True)
    assert demo.step == 3
    assert demo.canvas.frame > frame


def test_play_ends_with_the_last_step_and_then_starts_again():
    demo = ConvolutionDemo()
    demo.play.value = True
    for step in range(1, 18):
        assert demo.play.value
        request(demo, play=True)
        assert demo.step == step
    assert not demo.play.value
    demo.play.value = True
    request(demo, play=True)
    assert demo.step == 0
    assert demo.play.value
    request(demo, play=True)
    assert demo.step == 1


def test_the_hand_and_the_keys_ask_for_steps():
    demo = ConvolutionDemo()
    request(demo, go=12)
    assert demo.step == 12
    request(demo, by=1)
    assert demo.step == 13
    request(demo, by=-1)
    request(demo, by=-1)
    assert demo.step == 11
    # The output may have become smaller while the request was on its way.
    request(demo, go=97)
    assert demo.step == 17
    frame = demo.canvas.frame
    request(demo, by=1)
    assert demo.step == 17
    assert demo.canvas.frame > frame


def test_a_request_is_answered_in_one_message_when_all_else_is_said(monkeypatch):
    demo = ConvolutionDemo()
    sent = []
    monkeypatch.setattr(demo.caption, "send_state", lambda key=None: sent.append("words"))
    monkeypatch.setattr(demo.canvas, "send_state", lambda key=None: sent.append(set(key)))
    request(demo, go=4)
    assert sent == ["words", {"grids", "frame"}]


def test_two_demos_are_alike_and_apart():
    one, other = ConvolutionDemo(), ConvolutionDemo()
    assert shown(one) == shown(other)
    one.go(9)
    one.pad.value = 2
    one.new_numbers.click()
    assert shown(other) == shown(ConvolutionDemo())


def test_shown_as_widget_picture_and_text():
    demo = ConvolutionDemo()
    bundle = demo._repr_mimebundle_()
    assert bundle[WIDGET_VIEW]["model_id"] == demo.model_id
    assert bundle["text/plain"] == demo.describe()
    assert bundle["text/plain"] in demo.caption.value
    image = base64.b64decode(bundle["image/png"], validate=True)
    assert image.startswith(b"\x89PNG\r\n")
    width, height = struct.unpack(">II", image[16:24])
    assert 800 <= width <= 1000
    assert 400 <= height <= 600
    assert len(image) < 150_000
    assert bundle["image/png"] == ConvolutionDemo()._repr_mimebundle_()["image/png"]
    demo.go(1)
    assert bundle["image/png"] != demo._repr_mimebundle_()["image/png"]


@pytest.mark.parametrize(("stride", "pad"), [(1, 2), *UNFIT])
def test_static_picture_of_much_and_of_nothing(stride, pad):
    demo = ConvolutionDemo()
    demo.stride.value, demo.pad.value = stride, pad
    bundle = demo._repr_mimebundle_()
    assert base64.b64decode(bundle["image/png"]).startswith(b"\x89PNG\r\n")
    assert (DOES_NOT_FIT in bundle["text/plain"]) == ((stride, pad) in UNFIT)


def test_static_picture_keeps_its_layout_whatever_the_notebook_prefers():
    plain = ConvolutionDemo()._repr_mimebundle_()["image/png"]
    with matplotlib.rc_context({"figure.constrained_layout.use": True}):
        assert ConvolutionDemo()._repr_mimebundle_()["image/png"] == plain
