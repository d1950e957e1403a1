"""How a net starts."""

import numpy as np


def initialize(fan_in, fan_out, kind):
    stds = {"zero": 0, "small": 0.01, "xavier": 1 / np.sqrt(fan_in), "he": np.sqrt(2 / fan_in)}
    if kind not in stds:
        raise ValueError(f"kind is {kind!r}, and there are {', '.join(stds)}")
    return stds[kind] * np.random.randn(fan_in, fan_out)


def layer_statistics(X, weights, activation):
    means, stds = [], []
    for W in weights:
        X = activation(X @ W)
        means.append(X.mean())
        stds.append(X.std())
    return np.array(means), np.array(stds)
