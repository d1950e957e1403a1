"""Further cases of activation functions."""

import warnings

import numpy as np

from cs231n.course.checking.battery import battery


def relu(x):
    """x where it is positive; also for complex numbers."""
    return np.where(x.real > 0, x, 0)


def cases():
    """(title, inputs): of any shape, of very different sizes; none is 0, where there is a kink."""
    random = np.random.RandomState(1)
    for title, x in [
        ("rows", random.normal(size=(4, 3))),
        ("other rows of the same shape", random.normal(size=(4, 3))),
        ("pictures", random.normal(size=(2, 3, 1, 2))),
        ("one row", random.normal(size=(1, 5))),
        ("a vector", random.normal(size=6)),
        ("small numbers", np.array([[-1e-9, 2e-9], [3e-9, -4e-9], [0.5, -0.5]])),
        ("large numbers", np.array([[-1e6, 1e6], [2e6, -3e6], [-4e6, 5e6]])),
        ("no number is positive", -np.exp(random.normal(size=(2, 3)))),
        ("no number is negative", np.exp(random.normal(size=(2, 3)))),
    ]:
        yield title, {"x": x}


def try_forward(trial, reference, cases):
    """reference: another way to compute out from the inputs, good for complex numbers."""
    for title, inputs in cases:
        out, _ = trial.call(title, inputs)
        trial.close("out", out, reference(**inputs))


def try_backward(trial, forward, reference, cases):
    """forward: id of the forward pass. reference: as for try_forward."""
    random = np.random.RandomState(2)
    for title, inputs in cases:
        dout = random.normal(size=inputs["x"].shape)
        trial.backward(title, forward, reference, inputs, dout)


FORWARD = {"out": "array", "cache": "anything"}


@battery("relu_forward", returns=FORWARD)
def relu_forward(trial):
    try_forward(trial, relu, cases())
    out, _ = trial.call("zeros", {"x": np.array([[0.0, -1], [2, 0]])})
    trial.close("out", out, [[0, 0], [2, 0]])


@battery("relu_backward", returns={"dx": "array"}, needs=["relu_forward"])
def relu_backward(trial):
    try_backward(trial, "relu_forward", relu, cases())
    _, cache = trial.given("relu_forward")(np.array([0.0, 3, 0, -1]))
    dx = trial.call("zeros", {"dout": np.array([1.0, 2, -3, 4]), "cache": cache})
    between = np.all(dx >= [0, 2, -3, 0]) and np.all(dx <= [1, 2, 0, 0])
    cause = "at the kink any slope from 0 to 1 will do, but it must be a number"
    trial.that("where x is 0, dx lies between 0 and dout", between, cause, got=dx)


# --- of 09_activations_and_initialization


def require_kink(trial, forward, given, below, further=1):
    """That dx lies between the values of both sides where x is 0.

    given: what the forward pass takes after x. below: the slope on the left; further: how much of
    it is left at x = -1.
    """
    _, cache = trial.given(forward)(np.array([0.0, 3, 0, -1]), *given)
    got = trial.call("zeros", {"dout": np.array([1.0, 2, -3, 4]), "cache": cache})
    dx = got[0] if isinstance(got, tuple) else got
    left = np.array([below, 2, -3 * below, 4 * below * further])
    right = np.array([1, 2, -3, left[3]])
    low, high = np.minimum(left, right) - 1e-9, np.maximum(left, right) + 1e-9
    between = dx.shape == low.shape and np.all((low <= dx) & (dx <= high))
    cause = "at the kink any slope between the two will do, but it must be a number"
    trial.that("where x is 0, dx lies between the values of both sides", between, cause, got=dx)


def require_no_overflow(trial, x, expected):
    """The right values for numbers of any size, without a warning of numpy's."""
    with warnings.catch_warnings(record=True) as given, np.errstate(all="warn", under="ignore"):
        warnings.simplefilter("always")
        out, _ = trial.call("numbers of any size", {"x": x})
    trial.close("out", out, expected)
    told = "; ".join(sorted({str(warning.message) for warning in given}))
    cause = f"numpy warns: {told}: exp of a large number is too large to be held"
    trial.that("nothing overflows (numbers of any size)", not told, cause)


# Sigmoid and tanh


def sigmoid(x):
    """The logistic function by the hyperbolic tangent; also for complex numbers."""
    return (1 + np.tanh(x / 2)) / 2


def tanh(x):
    """The hyperbolic tangent by exponentials of negative numbers; also for complex numbers."""
    sign = np.where(x.real < 0, -1, 1)
    small = np.exp(-2 * sign * x)
    return sign * (1 - small) / (1 + small)


def smooth_cases():
    """As cases(), with numbers of any size beside one that is not saturated, and zeros."""
    yield from (case for case in cases() if case[0] != "large numbers")
    yield "numbers beyond what saturates", {"x": np.array([[-1000.0, 1e6], [0.5, -30]])}
    yield "zeros", {"x": np.array([[0.0, -1], [2, 0]])}


@battery("sigmoid_forward", returns=FORWARD)
def sigmoid_forward(trial):
    x = np.array([-1000.0, 0, np.log(3), 1000, -np.log(4), 40])
    require_no_overflow(trial, x, [0, 0.5, 0.75, 1, 0.2, 1])
    try_forward(trial, sigmoid, smooth_cases())


@battery("sigmoid_backward", returns={"dx": "array"}, needs=["sigmoid_forward"])
def sigmoid_backward(trial):
    try_backward(trial, "sigmoid_forward", sigmoid, smooth_cases())


@battery("tanh_forward", returns=FORWARD)
def tanh_forward(trial):
    try_forward(trial, tanh, smooth_cases())


@battery("tanh_backward", returns={"dx": "array"}, needs=["tanh_forward"])
def tanh_backward(trial):
    try_backward(trial, "tanh_forward", tanh, smooth_cases())


# Relus that leak


def leaky(x, slope=0.01):
    """x times 1 where it is positive, and times slope elsewhere; also for complex numbers."""
    return x * np.where(x.real > 0, 1, slope)


def with_settings(cases, name, values):
    """These cases, and others with each value of what the forward pass takes after x."""
    yield from cases
    random = np.random.RandomState(4)
    for value in values:
        inputs = {"x": random.normal(size=(3, 4)), name: value}
        yield f"{name} {np.ravel(value)[0]:g}", inputs


def leaky_cases():
    return with_settings(cases(), "slope", (0.25, 0.0, 1.0))


@battery("leaky_relu_forward", returns=FORWARD)
def leaky_relu_forward(trial):
    try_forward(trial, leaky, leaky_cases())
    out, _ = trial.call("zeros", {"x": np.array([[0.0, -1], [2, 0]])})
    trial.close("out", out, [[0, -0.01], [2, 0]])


@battery("leaky_relu_backward", returns={"dx": "array"}, needs=["leaky_relu_forward"])
def leaky_relu_backward(trial):
    try_backward(trial, "leaky_relu_forward", leaky, leaky_cases())
    require_kink(trial, "leaky_relu_forward", (), 0.01)


def learned_cases():
    """As cases() with a slope; then slopes of either sign and any size."""
    usual = ((title, {**inputs, "slope": np.array([0.25])}) for title, inputs in cases())
    return with_settings(usual, "slope", [np.array([slope]) for slope in (-0.5, 0.0, 1.5)])


@battery("prelu_forward", returns=FORWARD)
def prelu_forward(trial):
    try_forward(trial, leaky, learned_cases())


@battery("prelu_backward", returns={"dx": "array", "dslope": "array"}, needs=["prelu_forward"])
def prelu_backward(trial):
    try_backward(trial, "prelu_forward", leaky, learned_cases())
    require_kink(trial, "prelu_forward", (np.array([-0.5]),), -0.5)


# Exponential linear units


def elu(x, alpha=1.0):
    """x where it is positive, alpha (exp(x) - 1) elsewhere; also for complex numbers."""
    return np.where(x.real > 0, x, alpha * np.exp(np.where(x.real > 0, 0, x)) - alpha)


def elu_cases():
    return with_settings(smooth_cases(), "alpha", (0.5, 3.0))


@battery("elu_forward", returns=FORWARD)
def elu_forward(trial):
    try_forward(trial, elu, elu_cases())


@battery("elu_backward", returns={"dx": "array"}, needs=["elu_forward"])
def elu_backward(trial):
    try_backward(trial, "elu_forward", elu, elu_cases())
    require_kink(trial, "elu_forward", (0.5,), 0.5, further=np.exp(-1))


# Maxout


def maxout(x, w, b):
    """The largest of the pieces, number by number; of equal ones the first."""
    out = np.empty((len(x), w.shape[2]), dtype=np.result_type(x, w, b))
    for n, m in np.ndindex(out.shape):
        pieces = [np.sum(x[n] * w[k, :, m]) + b[k, m] for k in range(len(w))]
        out[n, m] = max(pieces, key=np.real)
    return out


def maxout_cases():
    """(title, inputs, dout)."""
    random = np.random.RandomState(5)
    for title, N, D, K, M in [
        ("two pieces", 4, 3, 2, 5),
        ("other numbers of the same shape", 4, 3, 2, 5),
        ("as many of each", 3, 3, 3, 3),
        ("four pieces", 6, 2, 4, 3),
        ("one piece", 5, 2, 1, 3),
        ("one example, one output", 1, 4, 3, 1),
    ]:
        sizes = {"x": (N, D), "w": (K, D, M), "b": (K, M)}
        inputs = {name: random.normal(size=size) for name, size in sizes.items()}
        yield title, inputs, random.normal(size=(N, M))
    low = {**inputs, "b": inputs["b"] - 100}
    yield "no piece is positive", low, np.array([[2.0]])
    x, w = random.randint(-3, 4, size=(5, 2)), random.randint(-3, 4, size=(2, 3))
    tied = {"x": x * 1.0, "w": np.stack([w, w, 2 * w]) * 1.0, "b": np.zeros((3, 3))}
    yield "equal pieces", tied, random.normal(size=(5, 3))


@battery("maxout_forward", returns=FORWARD)
def maxout_forward(trial):
    for title, inputs, _ in maxout_cases():
        out, _ = trial.call(title, inputs)
        trial.close("out", out, maxout(**inputs))
    trial.no_loop("examples", many_examples, 3, 30)


def many_examples(N):
    return {"x": np.ones((N, 2)), "w": np.ones((3, 2, 4)), "b": np.ones((3, 4))}


@battery(
    "maxout_backward",
    returns={"dx": "array", "dw": "array", "db": "array"},
    needs=["maxout_forward"],
)
def maxout_backward(trial):
    for title, inputs, dout in maxout_cases():
        trial.backward(title, "maxout_forward", maxout, inputs, dout)

    def inputs_of(N):
        _, cache = trial.given("maxout_forward")(*many_examples(N).values())
        return {"dout": np.ones((N, 4)), "cache": cache}

    trial.no_loop("examples", inputs_of, 3, 30)
