"""The velocity itself is changed in place."""

import numpy as np


def sgd_momentum(w, dw, config=None):
    config = dict(config or {})
    rate = config.setdefault("learning_rate", 0.01)
    velocity = config.setdefault("velocity", np.zeros_like(w))
    velocity *= config.get("momentum", 0.9)
    velocity -= rate * dw
    return w + velocity, config
