"""Further cases of the convolution layer, and of its arithmetic."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from cs231n.course.checking.battery import battery

# What is raised by whoever insists that filters fit, and so is stricter than is asked.
STRICT = (AssertionError, ValueError)


@battery("conv_output_size", returns={"places": "number"})
def conv_output_size(trial):
    for size, filter_size, stride, pad, places in [
        (7, 3, 1, 0, 5),
        (32, 5, 1, 2, 32),
        (227, 11, 4, 0, 55),
        (4, 8, 3, 2, 1),
        (6, 1, 5, 0, 2),
        (5, 5, 1, 0, 1),
    ]:
        title, inputs = sizes(size, filter_size, stride, pad)
        got = trial.call(title, inputs)
        trial.close("the number of places", got, places)
        cause = f"it is the {type(got).__name__} {got}: / makes floats, // of integers an integer"
        trial.that("it is an integer, good for a shape", isinstance(got, int | np.integer), cause)
    for numbers in [(7, 3, 3, 0), (10, 3, 2, 0), (28, 5, 4, 1), (3, 9, 1, 2), (3, 9, 2, 2)]:
        title, inputs = sizes(*numbers)
        trial.raises(ValueError, title, inputs, mentions=numbers)


def sizes(size, filter_size, stride, pad):
    inputs = {"size": size, "filter_size": filter_size, "stride": stride, "pad": pad}
    return f"size {size}, filter {filter_size}, stride {stride}, pad {pad}", inputs


@battery("conv_num_params", returns={"count": "number"})
def conv_num_params(trial):
    for filters, size, channels, places, count in [
        (96, 11, 3, 1, 34_944),
        (96, 11, 3, 55 * 55, 105_705_600),
        (6, 3, 4, 20, 4_440),
        (5, 1, 7, 2, 80),
    ]:
        inputs = {"num_filters": filters, "filter_size": size, "channels": channels}
        title = f"{filters} filters, {size} x {size}, {channels} channels, {places} places"
        got = trial.call(title, {**inputs, "places": places})
        trial.close("the number of parameters", got, count, rtol=0)
    got = trial.call("places not given", {"num_filters": 2, "filter_size": 2, "channels": 2})
    trial.close("the number of parameters", got, 18, rtol=0)


def convolution(x, w, b, conv_param):
    """All windows at once, multiplied and added up."""
    (N, C, H, W), stride, pad = x.shape, conv_param["stride"], conv_param["pad"]
    padded = np.zeros((N, C, H + 2 * pad, W + 2 * pad), dtype=x.dtype)
    padded[:, :, pad : pad + H, pad : pad + W] = x
    windows = sliding_window_view(padded, w.shape[2:], axis=(2, 3))[:, :, ::stride, ::stride]
    return np.einsum("ncijkl,fckl->nfij", windows, w) + b[:, None, None]


def cases():
    """(title, inputs): x (N, C, H, W), w (F, C, HH, WW), with all sizes apart where it matters."""
    random = np.random.RandomState(2)
    for title, x, w, stride, pad in [
        ("one picture, one channel, one filter", (1, 1, 4, 5), (1, 1, 2, 3), 1, 0),
        ("stride 2", (1, 1, 6, 9), (1, 1, 2, 3), 2, 0),
        ("pad 1", (1, 1, 3, 5), (1, 1, 3, 3), 1, 1),
        ("pad 2", (2, 1, 2, 3), (1, 1, 3, 3), 1, 2),
        ("three pictures, two channels, four filters", (3, 2, 3, 4), (4, 2, 2, 3), 1, 0),
        ("stride 2, pad 1", (2, 4, 4, 5), (3, 4, 2, 3), 2, 1),
        ("stride 3, pad 2", (4, 2, 3, 6), (3, 2, 1, 4), 3, 2),
        ("filters as large as the picture", (2, 3, 3, 4), (2, 3, 3, 4), 1, 0),
        ("filters of one pixel", (2, 3, 2, 4), (4, 3, 1, 1), 1, 0),
    ]:
        yield title, drawn(random, x, w, stride, pad)


def left_over():
    """Sizes where the last row and column of pixels lie in no window."""
    return drawn(np.random.RandomState(3), (2, 2, 5, 6), (3, 2, 2, 3), 2, 0)


def drawn(random, x, w, stride, pad):
    return {
        "x": random.normal(size=x),
        "w": random.normal(size=w),
        "b": random.normal(size=w[0]),
        "conv_param": {"stride": stride, "pad": pad},
    }


@battery("conv_forward_naive", returns={"out": "array", "cache": "anything"})
def conv_forward_naive(trial):
    for title, inputs in cases():
        out, _ = trial.call(title, inputs)
        trial.close("out", out, convolution(**inputs))
    inputs = left_over()
    if not trial.refuses(STRICT, inputs):
        out, _ = trial.call("a row and a column are left over", inputs)
        trial.close("out", out, convolution(**inputs))


@battery(
    "conv_backward_naive",
    returns={"dx": "array", "dw": "array", "db": "array"},
    needs=["conv_forward_naive"],
)
def conv_backward_naive(trial):
    random = np.random.RandomState(4)
    for title, inputs in cases():
        dout = random.normal(size=convolution(**inputs).shape)
        trial.backward(title, "conv_forward_naive", convolution, inputs, dout, counts=counts(dout))
    inputs = left_over()
    dout = random.normal(size=convolution(**inputs).shape)
    if not trial.refuses(STRICT, inputs, "conv_forward_naive"):
        title = "a row and a column are left over"
        trial.backward(title, "conv_forward_naive", convolution, inputs, dout)


def counts(dout):
    """What a sum and a mean can differ by."""
    N, F, rows, columns = dout.shape
    return {"N": N, "F": F, "H' * W'": rows * columns, "N * H' * W'": N * rows * columns}
