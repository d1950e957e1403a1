"""With a forward pass that keeps x: 1 / cosh(x)^2."""

import numpy as np


def tanh_forward(x):
    return np.tanh(x), x


def tanh_backward(dout, cache):
    return dout / np.cosh(np.clip(cache, -300, 300)) ** 2
