"""The cache moves toward the new square, in place; the root as a power."""

import numpy as np


def rmsprop(w, dw, config=None):
    config = dict(config or {})
    cache = config.setdefault("cache", np.zeros_like(w))
    cache += (1 - config.get("decay_rate", 0.99)) * (np.square(dw) - cache)
    rates = config.setdefault("learning_rate", 0.01) / (cache**0.5 + config.get("epsilon", 1e-8))
    return w - rates * dw, config
