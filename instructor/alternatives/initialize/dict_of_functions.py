"""Functions in a dict, and an error made of another one."""

import numpy as np


def initialize(fan_in, fan_out, kind):
    scales = {
        "zero": lambda: 0.0,
        "small": lambda: 1e-2,
        "xavier": lambda: fan_in**-0.5,
        "he": lambda: np.sqrt(2.0) / np.sqrt(fan_in),
    }
    try:
        scale = scales[kind]()
    except KeyError:
        raise ValueError("there is no start of the kind " + repr(kind)) from None
    return np.random.standard_normal((fan_in, fan_out)) * scale
