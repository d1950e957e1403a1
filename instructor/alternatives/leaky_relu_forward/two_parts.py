"""The positive part and what leaks; the cache holds a mask."""

import numpy as np


def leaky_relu_forward(x, slope=0.01):
    positive = x > 0
    out = np.maximum(x, 0) + slope * np.minimum(x, 0)
    return out, (positive, slope)
