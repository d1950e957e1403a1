"""Further cases of activation functions."""

import numpy as np

from cs231n.course.checking.battery import battery


def relu(x):
    """x where it is positive; also for complex numbers."""
    return np.where(x.real > 0, x, 0)


def cases():
    """(title, x): of any shape, and of very different sizes; none is 0, where there is a kink."""
    random = np.random.RandomState(1)
    yield "rows", random.normal(size=(4, 3))
    yield "other rows of the same shape", random.normal(size=(4, 3))
    yield "pictures", random.normal(size=(2, 3, 1, 2))
    yield "one row", random.normal(size=(1, 5))
    yield "a vector", random.normal(size=6)
    yield "small numbers", np.array([[-1e-9, 2e-9], [3e-9, -4e-9], [0.5, -0.5]])
    yield "large numbers", np.array([[-1e6, 1e6], [2e6, -3e6], [-4e6, 5e6]])
    yield "no number is positive", -np.exp(random.normal(size=(2, 3)))
    yield "no number is negative", np.exp(random.normal(size=(2, 3)))


@battery("relu_forward", returns={"out": "array", "cache": "anything"})
def relu_forward(trial):
    for title, x in cases():
        out, _ = trial.call(title, {"x": x})
        trial.close("out", out, relu(x))
    out, _ = trial.call("zeros", {"x": np.array([[0.0, -1], [2, 0]])})
    trial.close("out", out, [[0, 0], [2, 0]])


@battery("relu_backward", returns={"dx": "array"}, needs=["relu_forward"])
def relu_backward(trial):
    random = np.random.RandomState(2)
    for title, x in cases():
        dout = random.normal(size=x.shape)
        trial.backward(title, "relu_forward", relu, {"x": x}, dout)
    _, cache = trial.given("relu_forward")(np.array([0.0, 3, 0, -1]))
    dx = trial.call("zeros", {"dout": np.array([1.0, 2, -3, 4]), "cache": cache})
    between = np.all(dx >= [0, 2, -3, 0]) and np.all(dx <= [1, 2, 0, 0])
    cause = "at the kink any slope from 0 to 1 will do, but it must be a number"
    trial.that("where x is 0, dx lies between 0 and dout", between, cause, got=dx)
