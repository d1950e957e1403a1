"""The velocity is kept with its sign changed on the way, and a helper fills in the defaults."""

import numpy as np


def filled(config, **defaults):
    return defaults | (config if config is not None else {})


def sgd_momentum(w, dw, config=None):
    config = filled(config, learning_rate=1e-2, momentum=0.9, velocity=0 * w)
    pull = config["learning_rate"] * dw - config["momentum"] * config["velocity"]
    config["velocity"] = np.negative(pull)
    return np.subtract(w, pull), config
