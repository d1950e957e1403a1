"""Every setting in a name of its own, and a new config."""

import numpy as np


def rmsprop(w, dw, config=None):
    given = config if config is not None else {}
    learning_rate = given.get("learning_rate", 1e-2)
    decay_rate = given.get("decay_rate", 0.99)
    epsilon = given.get("epsilon", 1e-8)
    previous = given.get("cache")
    squares = (1 - decay_rate) * np.power(dw, 2)
    cache = squares if previous is None else squares + decay_rate * previous
    next_w = w + -learning_rate * np.divide(dw, np.sqrt(cache) + epsilon)
    return next_w, {
        "learning_rate": learning_rate,
        "decay_rate": decay_rate,
        "epsilon": epsilon,
        "cache": cache,
    }
