"""Further cases of how nets start, and of what a start does."""

from itertools import pairwise
from math import fsum, sqrt

import numpy as np

from cs231n.course.batteries.draws import ERRORS, require_bell
from cs231n.course.checking.battery import battery

# What is expected of 200 inputs, and of 50.
STDS = {"small": (0.01, 0.01), "xavier": (sqrt(0.005), sqrt(0.02)), "he": (0.1, 0.2)}


@battery("initialize", returns={"W": "array"})
def initialize(trial):
    W = trial.call("zeros", {"fan_in": 3, "fan_out": 4, "kind": "zero"}, random=True)
    trial.close("W", W, np.zeros((3, 4)))
    for kind, stds in STDS.items():
        for (fan_in, fan_out), std in zip([(200, 130), (50, 310)], stds, strict=True):
            inputs = {"fan_in": fan_in, "fan_out": fan_out, "kind": kind}
            title = f"{kind}, {fan_in} inputs, {fan_out} units"
            W = trial.call(title, inputs, random=True)
            trial.close("the shape of W", np.shape(W), (fan_in, fan_out), rtol=0)
            require_gaussian(trial, title, W, std)
    require_stream(trial)
    for kind in ("uniform", "", "He "):
        inputs = {"fan_in": 3, "fan_out": 4, "kind": kind}
        trial.raises(ValueError, f"kind {kind!r}", inputs, mentions=[kind])


def require_gaussian(trial, title, W, std):
    """That W is gaussian around 0 with this standard deviation, drawn number by number."""
    error = 1 / sqrt(W.size)
    repeated = len(np.unique(np.abs(W))) < 0.9 * W.size
    once = "numbers occur again and again, perhaps with another sign: each weight is a draw"
    trial.that(f"the weights are drawn one by one ({title})", not repeated, once)
    wide = W.std() / std
    close = abs(wide - 1) < ERRORS * error / sqrt(2)
    times = f"it is {wide:.2g} times as large"
    trial.that(f"the standard deviation is {std:.3g} ({title})", close, times)
    where = f"their mean is {W.mean() / std:.1g} standard deviations"
    positive = ": there are only positive numbers" if W.min() >= 0 else ""
    middle = abs(W.mean()) < ERRORS * error * std
    trial.that(f"the weights are centred at 0 ({title})", middle, where + positive)
    require_bell(trial, f"the weights are gaussian ({title})", W / std)


def require_stream(trial):
    """The weights come from numpy's global stream, and go on with each call."""
    inputs = {"fan_in": 5, "fan_out": 4, "kind": "he"}

    def drawn(seed=None):
        trial.settle()  # which draws, too
        if seed is not None:
            np.random.seed(seed)
        return trial.call("draws", inputs, random=True)

    first, following = drawn(1), drawn()
    same = "each call gives the same numbers: is there a seed in the function?"
    trial.that("two calls draw different weights", not np.array_equal(first, following), same)
    stream = "the weights are not drawn by np.random.randn or np.random.normal"
    again = np.array_equal(first, drawn(1))
    trial.that("np.random.seed(1) gives the same weights again", again, stream)


# --- statistics of layers


def statistics(X, weights, activation):
    """Mean and standard deviation of the numbers of each layer, one number at a time."""
    means, stds = [], []
    for W in weights:
        sums = [[fsum(row * W[:, m]) for m in range(W.shape[1])] for row in X]
        X = activation(np.array(sums))
        numbers = X.ravel().tolist()
        means.append(fsum(numbers) / len(numbers))
        stds.append(sqrt(fsum((x - means[-1]) ** 2 for x in numbers) / len(numbers)))
    return np.array(means), np.array(stds)


def identity(x):
    return x.copy()


def rectified(x):
    return np.where(x > 0, x, 0)


@battery("layer_statistics", returns={"means": "array", "stds": "array"})
def layer_statistics(trial):
    random = np.random.RandomState(0)
    for title, N, sizes, activation in [
        ("three layers of tanh", 5, [4, 3, 6, 2], np.tanh),
        ("relus", 6, [3, 5, 4], rectified),
        ("layers that pass everything", 4, [2, 3, 2], identity),
        ("as many examples as units", 3, [3, 3, 3, 3], np.tanh),
        ("one layer", 7, [3, 2], rectified),
        ("one example, one unit", 1, [4, 3, 1], np.tanh),
        ("six layers", 5, [3] * 7, np.cos),
    ]:
        weights = [random.normal(size=pair) for pair in pairwise(sizes)]
        inputs = {"X": random.normal(0.5, 1, size=(N, sizes[0])), "weights": weights}
        means, stds = trial.call(title, {**inputs, "activation": activation})
        expected = statistics(**inputs, activation=activation)
        trial.close("means", means, expected[0])
        trial.close("stds", stds, expected[1])
