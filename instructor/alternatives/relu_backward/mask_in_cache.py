"""The cache is the mask."""

import numpy as np


def relu_forward(x):
    mask = x > 0
    return np.where(mask, x, 0), mask


def relu_backward(dout, cache):
    return np.where(cache, dout, 0)
