"""The larger of both, as slope is at most 1."""

import numpy as np


def leaky_relu_forward(x, slope=0.01):
    return np.maximum(x, slope * x), (x, slope)
