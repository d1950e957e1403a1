"""A new config, and the one given as it was."""

import numpy as np


def sgd_momentum(w, dw, config=None):
    defaults = {"learning_rate": 1e-2, "momentum": 0.9, "velocity": np.zeros_like(w)}
    config = {**defaults, **(config or {})}
    velocity = config["momentum"] * config["velocity"] - config["learning_rate"] * dw
    return w + velocity, {**config, "velocity": velocity}
