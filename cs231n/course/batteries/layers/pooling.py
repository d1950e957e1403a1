"""Further cases of max pooling."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from cs231n.course.batteries.layers.convolution import STRICT
from cs231n.course.checking.battery import battery


def windows_of(x, pool_param):
    """(N, C, H', W', numbers in a window)."""
    shape = pool_param["pool_height"], pool_param["pool_width"]
    stride = pool_param["stride"]
    windows = sliding_window_view(x, shape, axis=(2, 3))[:, :, ::stride, ::stride]
    return windows.reshape(*windows.shape[:4], -1)


def pooled(x, pool_param):
    """The largest of each window, by its real part."""
    windows = windows_of(x, pool_param)
    return np.take_along_axis(windows, windows.real.argmax(axis=-1)[..., None], axis=-1)[..., 0]


def cases():
    """(title, inputs): all numbers differ, most are below 0, all sizes differ where it matters."""
    random = np.random.RandomState(5)
    for title, shape, height, width, stride in [
        ("2 x 2, stride 2", (3, 2, 4, 6), 2, 2, 2),
        ("2 x 3, stride 2, which overlap", (2, 3, 4, 7), 2, 3, 2),
        ("3 x 4, stride 1", (1, 2, 4, 6), 3, 4, 1),
        ("1 x 3, stride 3, with rows in no window", (3, 1, 4, 6), 1, 3, 3),
        ("one window", (2, 3, 3, 2), 3, 2, 1),
        ("windows of one pixel", (2, 2, 3, 4), 1, 1, 1),
    ]:
        x = random.permutation(np.prod(shape)).reshape(shape) / 2 - 0.4 * np.prod(shape)
        yield title, {"x": x, "pool_param": settings(height, width, stride)}


def settings(height, width, stride):
    return {"pool_height": height, "pool_width": width, "stride": stride}


def left_over():
    """Sizes where the last row and column of pixels lie in no window."""
    x = np.random.RandomState(6).permutation(30).reshape(1, 2, 3, 5) - 20.0
    return {"x": x, "pool_param": settings(2, 2, 2)}


def behind_a_relu():
    """(inputs, dout) where the same numbers come again, in other windows, and zeros in most."""
    x = np.array([[1, 0, 0, 0], [0, 0, 0, 3], [2, 0, 1, 0], [0, 0, 0, 0]])
    x = np.stack([x, x[::-1], 2 * x.T])[None] + 0.0
    return {"x": x, "pool_param": settings(2, 2, 2)}


@battery("max_pool_forward_naive", returns={"out": "array", "cache": "anything"})
def max_pool_forward_naive(trial):
    for title, inputs in [*cases(), ("many equal numbers", behind_a_relu())]:
        out, _ = trial.call(title, inputs)
        trial.close("out", out, pooled(**inputs))
    inputs = left_over()
    if not trial.refuses(STRICT, inputs):
        out, _ = trial.call("a row and a column are left over", inputs)
        trial.close("out", out, pooled(**inputs))


@battery("max_pool_backward_naive", returns={"dx": "array"}, needs=["max_pool_forward_naive"])
def max_pool_backward_naive(trial):
    random = np.random.RandomState(7)
    for title, inputs in cases():
        dout = random.normal(size=pooled(**inputs).shape)
        trial.backward(title, "max_pool_forward_naive", pooled, inputs, dout)
    require_own_window(trial)
    inputs = left_over()
    if not trial.refuses(STRICT, inputs, "max_pool_forward_naive"):
        dout = random.normal(size=pooled(**inputs).shape)
        title = "a row and a column are left over"
        trial.backward(title, "max_pool_forward_naive", pooled, inputs, dout)


def require_own_window(trial):
    """Each window's gradient goes to its own largest number, not to equal ones elsewhere."""
    inputs = behind_a_relu()
    cache = trial.given("max_pool_forward_naive")(*inputs.values())[1]
    dout = np.arange(1.0, 13).reshape(1, 3, 2, 2)
    dx = trial.call("equal numbers in other windows", {"dout": dout, "cache": cache})
    trial.close("the shape of dx", np.shape(dx), inputs["x"].shape)
    # Windows that hold nothing but zeros have a kink: theirs may go to one of them, or to each.
    windows, got = (windows_of(a, inputs["pool_param"]) for a in (inputs["x"], dx))
    wins = windows == windows.max(axis=-1, keepdims=True)
    alone = wins.sum(axis=-1) == 1
    expected = wins * dout[..., None]
    trial.close("dx in windows with one largest number", got[alone], expected[alone])
    trial.close("dx where nothing is largest", got[~wins], np.zeros(np.sum(~wins)))
