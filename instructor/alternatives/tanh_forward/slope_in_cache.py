"""The cache holds the slope."""

import numpy as np


def tanh_forward(x):
    t = np.tanh(x)
    return t, 1 - t * t
