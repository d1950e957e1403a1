"""Both means move toward their new values in place; the correction sits in the learning rate."""

import numpy as np


def adam(w, dw, config=None):
    config = dict(config or {})
    rate = config.setdefault("learning_rate", 1e-3)
    m = config.setdefault("m", np.zeros_like(w))
    v = config.setdefault("v", np.zeros_like(w))
    beta1, beta2 = config.get("beta1", 0.9), config.get("beta2", 0.999)
    config["t"] = config.get("t", 0) + 1
    m += (1 - beta1) * (dw - m)
    v += (1 - beta2) * (dw * dw - v)
    root = np.sqrt(v) / (1 - beta2 ** config["t"]) ** 0.5
    rate = rate / (1 - beta1 ** config["t"])
    return w - rate * m / (root + config.get("epsilon", 1e-8)), config
