"""An if for each kind, np.random.normal."""

import numpy as np


def initialize(fan_in, fan_out, kind):
    if kind == "zero":
        return np.zeros((fan_in, fan_out))
    if kind == "small":
        scale = 0.01
    elif kind == "xavier":
        scale = (1 / fan_in) ** 0.5
    elif kind == "he":
        scale = (2 / fan_in) ** 0.5
    else:
        raise ValueError(f"unknown kind: {kind}")
    return np.random.normal(loc=0.0, scale=scale, size=(fan_in, fan_out))
