"""With a forward pass that keeps the slope."""

import numpy as np


def tanh_forward(x):
    t = np.tanh(x)
    return t, 1 - t * t


def tanh_backward(dout, cache):
    return cache * dout
